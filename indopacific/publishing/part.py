"""One page of the site, made ready for paper as a part of a book."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Set
from pathlib import Path

from bs4 import NavigableString, Tag

from indopacific.publishing import addressed, apart, fitting, repeats
from indopacific.publishing.marks import classes, made, number, place, plain, soup

# What does nothing on paper.
_IDLE = "script, style, noscript, fieldset, button, .headerlink"
# Entries of a list that is set in columns, in a lesson and behind all of them.
_MANY, _MANY_OF_REFERENCE = 20, 8
# Terms of a list of definitions that is.
_TERMS = 12


class NoBook(Exception):
    """No book can be made of these pages; the message says why."""


class Part:
    """One page of the site as a part of a book.

    Parameters
    ----------
    site : Path
        Folder of the built pages.
    name : str
        Such as "lessons/01-alignment".

    Raises
    ------
    NoBook
        When there is no such page.
    """

    def __init__(self, site: Path, name: str) -> None:
        self.name = name
        self._site = site
        self._kind, _, self._rest = name.rpartition("/")
        file = site / f"{name}.html"
        if not file.is_file():
            raise NoBook(f"{file} is missing: build the pages again.")
        self._page = soup(file)
        article = self._page.find("article")
        if article is None:
            raise NoBook(f"{file} holds no article: build the pages again.")
        self._article = article
        self._clear()
        self._mark()

    @property
    def title(self) -> str:
        """The heading of the page; a lesson's with its number."""
        heading = self._article.find("h1")
        return heading.get_text() if heading else self.name

    @property
    def id(self) -> str:
        """Where the part begins."""
        return place(self.name, "")

    def sections(self) -> list[tuple[str, str]]:
        """Return place and title of every section that the list of contents names."""
        return [
            (str(heading["id"]), heading.get_text())
            for section in self._article.find_all("section")
            if (heading := section.find("h2", recursive=False))
        ]

    def running_head(self) -> str:
        """Return the style that writes the part's short title above each of its pages."""
        words = re.split(r"[:?]", self.title)[0]
        return f"@page {self.id} {{ @top-right {{ content: {quoted(words)}; }} }}"

    @property
    def article(self) -> Tag:
        """What the part holds."""
        return self._article

    def html(self) -> str:
        """Return the part, as it stands in the document."""
        inner = self._article.decode_contents()
        return f'<div class="book-part" id="{self.id}" style="page: {self.id}">{inner}</div>'

    def outside(self) -> set[str]:
        """Return the addresses outside the course to which the part leads."""
        return addressed.outside(self._article)

    def list_addresses(self, named: Set[str]) -> dict[str, int]:
        """Keep of the list of addresses what the book names, and return the numbers of these."""
        return addressed.listed(self._article, named)

    def prepare(self, inside: Set[str], address: str, numbers: Mapping[str, int]) -> None:
        """Make the part ready for its book.

        Parameters
        ----------
        inside : set of str
            Names of all pages in the book.
        address : str
            Where the pages are published; "" if that is not known.
        numbers : mapping
            Of addresses outside the course, in the list at the end of the book.
        """
        repeats.lists_within_their_own_words(self._article)
        for element in self._article.find_all(id=True):
            element["id"] = place(self.name, str(element["id"]))
        for picture in self._article.find_all("img"):
            here = (self._site / self.name).parent
            picture["src"] = (here / str(picture["src"])).resolve().as_uri()
            del picture["loading"]
        for moves in self._article.select(".ipx-moves"):
            self._say_where(moves, address)
        links = self._article.find_all("a")
        repeats.entries(self._article, self.name)
        for each in links:
            self._follow(each, inside, address, numbers)
        apart.set_apart(self._article, self.name)
        for folded in self._article.find_all("details"):
            self._open(folded)
        for table in self._article.find_all("table"):
            fitting.fit(table)
        many = _MANY if self._kind else _MANY_OF_REFERENCE
        for listing in self._article.find_all("ul", class_=lambda name: name != "book-addresses"):
            if len(listing.find_all("li", recursive=False)) > many:
                listing["class"] = "book-many"
        for source in self._article.find_all(["li", "p"] if self.name == "sources" else "li"):
            if "Licence:" in source.get_text():
                source["class"] = "book-source"
        for terms in self._article.find_all("dl"):
            if len(terms.find_all("dt", recursive=False)) > _TERMS:
                terms["class"] = "book-many"
        # A section may begin at the foot of a page, and its heading stand on the next.
        for section in self._article.find_all("section", id=True):
            if heading := section.find(["h1", "h2", "h3"], recursive=False):
                heading["id"] = section["id"]
                del section["id"]
        for frame in self._article.find_all(["figure", "figcaption"]):
            frame.name = "div"  # in a file both it and its picture would be tagged as figures

    def _clear(self) -> None:
        """Take away what does nothing on paper."""
        for output in self._article.select(".course-output"):
            code = output.find_next_sibling(class_="course-code")
            lines = code.get_text().strip().splitlines() if code else []
            words = output.select(".ipp-held") and not output.find("img")
            if code and len(lines) == 2 and (words or output.select(apart.CONTROLS)):
                code.decompose()  # its title, and one line that only brings a control up
                output["class"] = "course-output book-last"
        for element in self._article.select(_IDLE):
            element.decompose()
        for output in self._article.select(".course-output"):
            if not output.get_text(strip=True) and not output.find("img"):
                output.decompose()
        for guide in self._article.select(".course-about a[href*='index.html']"):
            if isinstance(guide.previous_sibling, NavigableString):
                guide.previous_sibling.extract()
            guide.decompose()

    def _mark(self) -> None:
        """Give names to what paper shows in a way of its own."""
        heading = self._article.find("h1")
        if self._kind == "lessons" and heading is not None:
            heading.insert(0, f"{self._rest.partition('-')[0]} ")
        for question in self._article.select("div[id^='ipp-']"):
            question["class"] = "book-question"
        for paragraph in self._article.find_all("p"):
            strong = paragraph.find("strong", recursive=False)
            words = plain(paragraph)
            if strong and words.startswith("Predict."):
                paragraph["class"] = "book-asks"
            elif words.endswith(":") or (strong and plain(strong) == words):
                paragraph["class"] = "book-lead"
        for code in self._article.select(".highlight pre"):
            lines = code.get_text().rstrip("\n").split("\n")
            code.clear()
            code.extend(made("span", line or "\u200b", "book-line") for line in lines)

    def _say_where(self, moves: Tag, address: str) -> None:
        section = moves.find_parent("section")
        mark = str(section["id"]).rpartition("--")[2] if section else ""
        page = f"{self.name}.html{f'#{mark}' if mark else ''}"
        if address:
            there = made("a", f"{address.rstrip('/')}/{page}")
            there["href"] = there.get_text()
            moves.extend([" · its page: ", there])
        else:
            moves.extend([" · its page: ", made("code", page)])

    def _follow(
        self, link: Tag, inside: Set[str], address: str, numbers: Mapping[str, int]
    ) -> None:
        target = str(link.get("href", ""))
        if "://" in target:
            if self.name != addressed.LIST:
                addressed.shown(link, numbers)
            return
        if target.startswith("mailto:"):
            return
        path, _, mark = target.partition("#")
        base = posixpath.dirname(self.name)
        name = posixpath.normpath(posixpath.join(base, path)).removesuffix(".html")
        name = self.name if not path else name
        if name in inside:
            to = place(name, mark)
            link["href"] = f"#{to}"
            following = link.next_sibling
            enclosed = isinstance(following, NavigableString) and following.startswith(")")
            before, after = (", page\u00a0", "") if enclosed else (" (page\u00a0", ")")
            link.insert_after(before, number(to), after)
        elif address:
            link["href"] = f"{address.rstrip('/')}/{name}.html{f'#{mark}' if mark else ''}"
        else:
            if name.startswith("solutions/"):
                link.insert_after(f" ({name}.html)")
            link.unwrap()

    def _open(self, folded: Tag) -> None:
        """Show what was folded; numbers leave their figure, which must fit on one page."""
        code = "course-code" in classes(folded)
        summary = folded.find("summary", recursive=False)
        if summary and code:
            summary.decompose()
        elif summary:
            summary.name = "p"
            summary["class"] = "book-summary"
        folded.name = "div"
        folded["class"] = "book-code" if code else "book-opened"
        if figure := folded.find_parent("figure"):
            figure.insert_after(folded.extract())


def quoted(words: str) -> str:
    """Return words as a string of CSS."""
    return '"' + re.sub(r'["\\\n]', " ", words) + '"'
