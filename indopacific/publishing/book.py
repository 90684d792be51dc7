"""The course as a book: the built pages in one document, ready for paper.

Nothing runs on paper. What a page shows without scripts is what the book shows: figures at rest,
their numbers, the questions, the tables of a map or a game. What waits on a page until a reader
asks for it (answers, hints, keys) moves to the end of its part. Solutions are on no page of a book.

Each reference to another place carries a number that is not known before the book is printed: see
`paper`.
"""

from __future__ import annotations

import copy
import hashlib
import html
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

THEME = Path(__file__).parent / "theme"

#: A number of a page that is not known yet: as wide as most, so that filling it in moves nothing.
UNKNOWN = "000"

_NUMBER = re.compile(r'(<span class="book-page" data-to="(?P<to>[^"]+)">)[^<]*(</span>)')
# Longer tables may be cut between two rows, under a head that comes again.
_ROWS_ON_ONE_PAGE = 24
_APART = {"lessons": "Answers", "exercises": "Hints"}


class NoBook(Exception):
    """No book can be made of these pages; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands on the first page.

    Attributes
    ----------
    title, subtitle : str
    edition : str
        Which version this is.
    licence : str
    address : str
        Where the pages are published; "" if that is not known.
    """

    title: str
    subtitle: str = ""
    edition: str = ""
    licence: str = ""
    address: str = ""


def contents(site: Path) -> list[str]:
    """Return the names of all pages, in the order of the site's own list: "lessons/01-alignment".

    An exercise comes behind its lesson. Solutions are in no list, and so in no book.
    """
    listed = _soup(site / "index.html").select(".sidebar-tree a.internal")
    names = [str(link["href"]).removesuffix(".html") for link in listed]
    lessons = [name for name in names if name.startswith("lessons/")]
    others = [name for name in names if "/" not in name]
    known = set(names)
    ordered = []
    for name in lessons:
        exercise = name.replace("lessons/", "exercises/")
        ordered += [name, *([exercise] if exercise in known else [])]
    if not ordered:
        raise NoBook(f"{site} lists no lesson: build the site again.")
    return [*ordered, *others]


def compose(site: Path, names: Iterable[str], cover: Cover) -> str:
    """Return the document of a book.

    Parameters
    ----------
    site : Path
        Folder of the built pages.
    names : iterable of str
        Which pages, in the order of the book; as `contents` gives them.
    cover : Cover

    Returns
    -------
    str
        HTML without scripts. Numbers of pages are `UNKNOWN` until `numbered` fills them in.
    """
    parts = [_Part(site, name) for name in names]
    inside = {part.name for part in parts}
    for part in parts:
        part.set(inside, cover.address)
    styles = dict.fromkeys((site / "_static" / "pygments.css", THEME / "book.css"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{_safe(cover.title)}</title>\n<style>\n"
        + "\n".join(file.read_text(encoding="utf-8") for file in styles)
        + "\n"
        + "\n".join(part.running_head() for part in parts)
        + f"\n</style></head>\n<body>\n{_front(cover, parts)}\n"
        + "\n".join(part.html() for part in parts)
        + "\n</body></html>\n"
    )


def numbered(document: str, pages: Mapping[str, int]) -> str:
    """Return a document with the numbers of pages filled in.

    Raises
    ------
    NoBook
        When a reference leads to a place that was not printed.
    """

    def fill(place: re.Match[str]) -> str:
        to = html.unescape(place["to"])
        if to not in pages:
            raise NoBook(f"A reference in the book leads to {to!r}, which is on no page.")
        return f"{place[1]}{pages[to]}{place[3]}"

    return _NUMBER.sub(fill, document)


class _Part:
    """One page of the site as a part of the book."""

    def __init__(self, site: Path, name: str) -> None:
        self.name = name
        self._site = site
        page = _soup(site / f"{name}.html")
        article = page.find("article")
        if not isinstance(article, Tag):
            raise NoBook(f"{name}.html holds no article: build the site again.")
        self._article = article
        self._apart: list[Tag] = []
        self._page = page
        self._clear()

    @property
    def title(self) -> str:
        heading = self._article.find("h1")
        return heading.get_text() if heading else self.name

    @property
    def id(self) -> str:
        return _place(self.name, "")

    def sections(self) -> list[tuple[str, str]]:
        """Return address and title of every section that the list of contents names."""
        found = []
        for section in self._article.find_all("section"):
            heading = section.find("h2", recursive=False)
            if heading:
                found.append((str(section["id"]), heading.get_text()))
        return found

    def running_head(self) -> str:
        words = re.split(r"[:?]", self.title)[0].replace("\\", "").replace('"', "")
        kind, _, rest = self.name.partition("/")
        number = rest[:2]
        lead = f"Lesson {number} · " if kind == "lessons" else ""
        return f'@page {self.id} {{ @top-right {{ content: "{lead}{words}"; }} }}'

    def html(self) -> str:
        return f'<div class="book-part" id="{self.id}" style="page: {self.id}">{self._inner()}</div>'

    def set(self, inside: set[str], address: str) -> None:
        """Make the part ready for a book that holds the pages `inside`."""
        for element in self._article.find_all(id=True):
            element["id"] = _place(self.name, str(element["id"]))
        for picture in self._article.find_all("img"):
            here = (self._site / self.name).parent
            picture["src"] = (here / str(picture["src"])).resolve().as_uri()
            del picture["loading"]
        for link in self._article.find_all("a"):
            self._follow(link, inside, address)
        if self.name.partition("/")[0] in _APART:
            self._set_apart()
        for folded in self._article.find_all("details"):
            self._open(folded)
        for table in self._article.find_all("table"):
            self._fit(table)

    def _clear(self) -> None:
        gone = "script, style, .headerlink, .course-about a[href*='index.html'], noscript"
        for element in self._article.select(gone):
            element.decompose()
        for output in self._article.select(".course-output"):
            if not output.get_text(strip=True) and not output.find("img"):
                output.decompose()

    def _follow(self, link: Tag, inside: set[str], address: str) -> None:
        target = str(link.get("href", ""))
        if "://" in target or target.startswith("mailto:"):
            words = link.get_text()
            if not re.search(r"\w\.\w", words):
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
            enclosed = isinstance(following, str) and following.startswith(")")
            number = self._number(to)
            before, after = (", page ", "") if enclosed else (" (page ", ")")
            link.insert_after(before, number, after)
        elif address:
            link["href"] = f"{address.rstrip('/')}/{name}.html{f'#{mark}' if mark else ''}"
        else:
            if name.startswith("solutions/"):
                link.insert_after(f" ({name}.html)")
            link.unwrap()

    def _set_apart(self) -> None:
        """Move what waits until it is asked for to the end, with a number here and there."""
        waiting = [
            element
            for element in self._article.select("details, .ipp-held")
            if "course-code" not in _classes(element)
            and not element.find_parent(["figure", "details"])
            and not element.find_parent(class_="ipp-held")
        ]
        if not waiting:
            return
        word = _APART[self.name.partition("/")[0]]
        one = word.removesuffix("s")
        end = self._new("section", "", "book-apart")
        end["id"] = _place(self.name, "book-apart")
        end.append(self._new("h2", word))
        for number, element in enumerate(waiting, start=1):
            there = _place(self.name, f"book-apart-{number}")
            here = _place(self.name, f"book-asked-{number}")
            asked = self._asked(element)
            sign = self._new("p", "", "book-waits")
            sign["id"] = here
            sign.extend([self._new("strong", asked), " " if asked[-1:] in "?.!" else ": "])
            link = self._new("a", f"{one.lower()} {number}")
            link["href"] = f"#{there}"
            sign.extend([link, ", page ", self._number(there)])
            element.replace_with(sign)
            entry = self._new("div", "", "book-entry")
            entry["id"] = there
            head = self._new("p", "", "book-entry-head")
            back = self._new("a", "asked")
            back["href"] = f"#{here}"
            head.extend([self._new("strong", f"{number} · {asked}"), " ", back, " on page "])
            head.append(self._number(here))
            entry.append(head)
            summary = element.find("summary", recursive=False)
            if isinstance(summary, Tag):
                summary.decompose()
            entry.extend(list(element.contents))
            end.append(entry)
        (self._article.find("section") or self._article).append(end)

    def _asked(self, element: Tag) -> str:
        if element.name == "details":
            summary = element.find("summary", recursive=False)
            return summary.get_text(" ", strip=True) if summary else "More"
        return "The answer to your prediction"

    def _open(self, folded: Tag) -> None:
        """Show what was folded; a long list of numbers leaves its figure, so that both can stay."""
        summary = folded.find("summary", recursive=False)
        code = "course-code" in _classes(folded)
        if isinstance(summary, Tag):
            summary.name = "p"
            summary["class"] = "book-summary"
            if code:
                summary.decompose()
        folded.name = "div"
        folded["class"] = "book-code" if code else "book-opened"
        figure = folded.find_parent("figure")
        if figure:
            figure.insert_after(folded.extract())

    def _fit(self, table: Tag) -> None:
        rows = table.find_all("tr")
        columns = max((len(row.find_all(["td", "th"])) for row in rows), default=0)
        words = len(table.get_text()) / max(1, len(rows) * columns)
        names = ["book-table", "book-whole" if len(rows) <= _ROWS_ON_ONE_PAGE else "book-long"]
        if columns >= 6 or (columns >= 4 and words > 40):
            names.append("book-small")
        table["class"] = " ".join(names)

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

    def _inner(self) -> str:
        article = copy.copy(self._article)
        article.attrs = {}
        return article.decode_contents()


def _front(cover: Cover, parts: list[_Part]) -> str:
    lines = [f'<div class="book-cover"><h1>{_safe(cover.title)}</h1>']
    lines += [
        f'<p class="book-{name}">{_safe(text)}</p>'
        for name, text in (
            ("subtitle", cover.subtitle),
            ("edition", cover.edition),
            ("licence", cover.licence),
        )
        if text
    ]
    where = f"at {_safe(cover.address)}" if cover.address else "in the course's web pages"
    lines.append(
        '</div><div class="book-guide"><h2>How to read this on paper</h2><ul>'
        "<li><strong>Predict first.</strong> Answers stand at the end of each lesson, hints at the "
        "end of each exercise; beside each question is the number of their page.</li>"
        "<li><strong>Figures stand still.</strong> Where one moves on a screen, a table gives its "
        f"controls, and a line says where it moves: in JupyterLab, and {where}.</li>"
        "<li><strong>Figures need no colour.</strong> Lines and marks differ in form too; their "
        "numbers stand below them.</li>"
        "<li><strong>The Python is printed</strong> below what it shows; a long line goes on in "
        "the next one, further in.</li>"
        "<li><strong>Solutions are not in this book.</strong></li></ul></div>"
    )
    lines.append('<div class="book-contents"><h2>Contents</h2><ol>')
    for part in parts:
        lines.append(f"<li>{_entry(part.id, part.title)}")
        if part.name.startswith("lessons/"):
            inner = "".join(f"<li>{_entry(to, title)}</li>" for to, title in part.sections())
            lines.append(f"<ol>{inner}</ol>")
        lines.append("</li>")
    return "\n".join([*lines, "</ol></div>"])


def _entry(to: str, title: str) -> str:
    safe = html.escape(to)
    return (
        f'<a href="#{safe}"><span class="book-title">{_safe(title)}</span></a>'
        f'<span class="book-page" data-to="{safe}">{UNKNOWN}</span>'
    )


def _place(name: str, mark: str) -> str:
    """Return the id of a place in the book, made of plain letters so that every reader finds it."""
    plain = name.replace("/", "-")
    if not mark:
        return f"p-{plain}"
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", mark):
        return f"p-{plain}--{mark}"
    return f"p-{plain}--{hashlib.sha256(mark.encode()).hexdigest()[:12]}"


def _classes(element: Tag) -> list[str]:
    found = element.get("class") or []
    return found.split() if isinstance(found, str) else list(found)


def _safe(text: str) -> str:
    return html.escape(text, quote=False)


def _soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
