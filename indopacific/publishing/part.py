"""One page of the site, made ready for paper as a part of a book."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Set
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag

#: A number of a page that is not known yet: as wide as most, so that filling it in moves nothing.
UNKNOWN = "000"

# Longer tables may be cut between two rows, under a head that comes again.
_ROWS_ON_ONE_PAGE = 24
# Tables of so few columns stand twice beside each other.
_NARROW = 4
# What only a screen moves: a prediction, an explorer, a map.
_CONTROLS = "div[id^='ipp-'], .ipx-still, #ipm-map"
# What does nothing on paper.
_IDLE = "script, style, noscript, fieldset, button, .headerlink"
_APART = {"lessons": "Answers", "exercises": "Hints"}


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
        return _place(self.name, "")

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

    def html(self) -> str:
        """Return the part, as it stands in the document."""
        inner = self._article.decode_contents()
        return f'<div class="book-part" id="{self.id}" style="page: {self.id}">{inner}</div>'

    def prepare(self, inside: Set[str], address: str) -> None:
        """Make the part ready for its book.

        Parameters
        ----------
        inside : set of str
            Names of all pages in the book.
        address : str
            Where the pages are published; "" if that is not known.
        """
        for element in self._article.find_all(id=True):
            element["id"] = _place(self.name, str(element["id"]))
        for picture in self._article.find_all("img"):
            here = (self._site / self.name).parent
            picture["src"] = (here / str(picture["src"])).resolve().as_uri()
            del picture["loading"]
        for moves in self._article.select(".ipx-moves"):
            self._say_where(moves, address)
        for link in self._article.find_all("a"):
            self._follow(link, inside, address)
        if self._kind in _APART:
            self._set_apart(_APART[self._kind])
        for folded in self._article.find_all("details"):
            self._open(folded)
        for table in self._article.find_all("table"):
            self._fit(table)
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
            if code and output.select(_CONTROLS) and len(lines) == 2:
                code.decompose()  # its title, and one line that only brings a control up
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
            if strong and strong.get_text(strip=True) == paragraph.get_text(strip=True):
                paragraph["class"] = "book-lead"
        for code in self._article.select(".highlight pre"):
            lines = code.get_text().rstrip("\n").split("\n")
            code.clear()
            code.extend(self._new("span", line or "\u200b", "book-line") for line in lines)

    def _say_where(self, moves: Tag, address: str) -> None:
        section = moves.find_parent("section")
        mark = str(section["id"]).rpartition("--")[2] if section else ""
        page = f"{self.name}.html{f'#{mark}' if mark else ''}"
        if address:
            link = self._new("a", f"{address.rstrip('/')}/{page}")
            link["href"] = link.get_text()
            moves.extend([" · its page: ", link])
        else:
            moves.extend([" · its page: ", self._new("code", page)])

    def _follow(self, link: Tag, inside: Set[str], address: str) -> None:
        target = str(link.get("href", ""))
        if "://" in target or target.startswith("mailto:"):
            if "://" in link.get_text():
                link["class"] = "book-address"
            elif not re.search(r"\w\.\w", link.get_text()):
                shown = re.sub(r"^https?://(www\.)?|/$", "", target)
                link.insert_after(self._new("span", f" ({shown})", "book-url"))
            return
        path, _, mark = target.partition("#")
        base = posixpath.dirname(self.name)
        name = posixpath.normpath(posixpath.join(base, path)).removesuffix(".html")
        name = self.name if not path else name
        if name in inside:
            to = _place(name, mark)
            link["href"] = f"#{to}"
            following = link.next_sibling
            enclosed = isinstance(following, NavigableString) and following.startswith(")")
            number = self._number(to)
            before, after = (", page ", "") if enclosed else (" (page ", ")")
            link.insert_after(before, number, after)
        elif address:
            link["href"] = f"{address.rstrip('/')}/{name}.html{f'#{mark}' if mark else ''}"
        else:
            if name.startswith("solutions/"):
                link.insert_after(f" ({name}.html)")
            link.unwrap()

    def _set_apart(self, name: str) -> None:
        """Move what waits until it is asked for to the end, with a number here and there."""
        waiting = [
            element
            for element in self._article.select("details, .ipp-held")
            if "course-code" not in _classes(element)
            and not _only_a_table(element)
            and not element.find_parent(["figure", "details"])
            and not element.find_parent(class_="ipp-held")
        ]
        if not waiting:
            return
        end = self._new("section", style="book-apart")
        end["id"] = _place(self.name, "book-apart")
        end.append(self._new("h2", name))
        for number, element in enumerate(waiting, start=1):
            there = _place(self.name, f"book-apart-{number}")
            here = _place(self.name, f"book-asked-{number}")
            question, sign = self._asked(element)
            section = element.find_parent("section")
            heading = section.find(["h1", "h2", "h3"]) if section else None
            where = heading.get_text() if heading else self.title
            one = f"{name.removesuffix('s').lower()} {number}"
            pointer = self._new("p", style="book-waits")
            pointer["id"] = here
            pointer.extend([self._new("strong", sign), " " if sign[-1:] in "?.!" else ": "])
            pointer.extend([self._link(one, there), ", page ", self._number(there)])
            element.replace_with(pointer)
            head = self._new("p", style="book-entry-head")
            head.extend([self._new("strong", f"{number} · {question}"), " · "])
            head.extend([self._link(where, here), ", page ", self._number(here)])
            if summary := element.find("summary", recursive=False):
                summary.decompose()
            entry = self._new("div", style="book-entry")
            entry["id"] = there
            entry.extend([head, *element.contents])
            end.append(entry)
        (self._article.find("section") or self._article).append(end)

    def _asked(self, element: Tag) -> tuple[str, str]:
        """Return what an answer answers, and what stands in its place where it is asked."""
        if element.name == "details":
            summary = element.find("summary", recursive=False)
            words = summary.get_text(" ", strip=True) if summary else "More"
            return words, words
        question = self._article.find(id=_place(self.name, f"ipp-{element.get('data-answers')}"))
        asked = question.find("p") if isinstance(question, Tag) else None
        words = asked.get_text(" ", strip=True).removeprefix("Predict.").strip() if asked else ""
        return words or "Your prediction", "What the data say"

    def _open(self, folded: Tag) -> None:
        """Show what was folded; numbers leave their figure, which must fit on one page."""
        code = "course-code" in _classes(folded)
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

    def _fit(self, table: Tag) -> None:
        rows = table.find_all("tr")
        columns = max((len(row.find_all(["td", "th"])) for row in rows), default=0)
        words = len(table.get_text()) / max(1, len(rows) * columns)
        names = ["book-table", "book-whole" if len(rows) <= _ROWS_ON_ONE_PAGE else "book-long"]
        if columns >= 6 or (columns >= 4 and words > 40):
            names.append("book-small")
        elif len(rows) > _ROWS_ON_ONE_PAGE and columns <= _NARROW and words < 12:
            names.append("book-narrow")
        table["class"] = " ".join(names)
        if "book-narrow" in names:
            table.wrap(self._new("div", "", "book-columns"))

    def _link(self, words: str, to: str) -> Tag:
        link = self._new("a", words)
        link["href"] = f"#{to}"
        return link

    def _number(self, to: str) -> Tag:
        number = self._new("span", UNKNOWN, "book-page")
        number["data-to"] = to
        return number

    def _new(self, name: str, words: str = "", style: str = "") -> Tag:
        made = self._page.new_tag(name)
        if words:
            made.string = words
        if style:
            made["class"] = style
        return made


def _place(name: str, mark: str) -> str:
    """Return the id of a place in the book, made of plain letters so that every reader finds it."""
    plain = name.replace("/", "-")
    if not mark:
        return f"p-{plain}"
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", mark):
        return f"p-{plain}--{mark}"
    return f"p-{plain}--{hashlib.sha256(mark.encode()).hexdigest()[:12]}"


def _only_a_table(element: Tag) -> bool:
    """Say whether an element folds nothing but numbers: they give nothing away."""
    within = [child for child in element.find_all(recursive=False) if child.name != "summary"]
    return bool(within) and all(child.name == "table" for child in within)


def _classes(element: Tag) -> list[str]:
    found: str | list[str] = element.get("class") or []
    return found.split() if isinstance(found, str) else list(found)


def quoted(words: str) -> str:
    """Return words as a string of CSS."""
    return '"' + re.sub(r'["\\\n]', " ", words) + '"'


def soup(file: Path) -> BeautifulSoup:
    """Return a page, read."""
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
