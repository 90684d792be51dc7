"""The course as a book: the built pages in one document, ready for paper.

Nothing runs on paper. What a page shows without scripts is what the book shows: figures at rest,
their numbers, the questions, the tables of a map or a game. What waits on a page until a reader
asks for it (answers, hints, keys) moves to the end of its part. Solutions are on no page of a book.

Each reference to another place carries a number that is not known before the book is printed: see
`paper`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indopacific.publishing import addressed, repeats
from indopacific.publishing.marks import UNKNOWN, soup
from indopacific.publishing.part import NoBook, Part, quoted

THEME = Path(__file__).parent / "theme"

# The page of all tables is in the book of all pages only.
_WHOLE = "sources"

_NUMBER = re.compile(r'(<span class="book-page" data-to="(?P<to>[^"]+)">)[^<]*(</span>)')


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
    listed = soup(site / "index.html").select(".sidebar-tree a.internal")
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


def title(site: Path, name: str = "") -> str:
    """Return the title of a page as the book has it; without a name, that of the whole course."""
    if name:
        return Part(site, name).title
    brand = soup(site / "index.html").select_one(".sidebar-brand-text")
    return brand.get_text(strip=True) if brand else ""


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
    parts = [Part(site, name) for name in names]
    inside = {part.name for part in parts}
    lists = [part for part in parts if part.name == addressed.LIST]
    # The whole book holds the whole list; a lesson's file, the addresses that stand in it.
    named = {
        each for part in parts if part not in lists or _WHOLE in inside for each in part.outside()
    }
    numbers = lists[0].list_addresses(named) if lists else {}
    if not numbers:
        parts = [part for part in parts if part not in lists]
        inside = {part.name for part in parts}
    for part in parts:
        part.prepare(inside, cover.address, numbers)
    repeats.tables((part.name, part.title, part.article) for part in parts)
    styles = dict.fromkeys((site / "_static" / "pygments.css", THEME / "book.css"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{_safe(cover.title)}</title>\n<style>\n"
        + "\n".join(file.read_text(encoding="utf-8") for file in styles)
        + f"\n@page {{ @top-left {{ content: {quoted(cover.title)}; }} }}\n"
        + "\n".join(part.running_head() for part in parts)
        + "\n@page :first { @bottom-center { content: none } @top-left { content: none } }"
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


def headings(document: str) -> list[str]:
    """Return the words of every heading of a document, in order."""
    found = re.findall(r"<(h[1-6])\b[^>]*>(.*?)</\1>", document, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", words)).strip() for _, words in found]


def _front(cover: Cover, parts: list[Part]) -> str:
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
        "<li><strong>Predict first.</strong> Where a question has a box, its answer stands at the "
        "end of the lesson, and hints at the end of the exercise; beside each is the number of "
        "their page.</li>"
        "<li><strong>Figures stand still.</strong> Where one moves on a screen, a table gives its "
        f"controls, and a line says where it moves: in JupyterLab, and {where}. What a lesson lets "
        "you press, drag or try needs one of the two.</li>"
        "<li><strong>Figures need no colour.</strong> Lines and marks differ in form too; their "
        "numbers stand below them.</li>"
        "<li><strong>The Python is printed</strong> below what it shows; a long line goes on in "
        "the next one, further in.</li>"
        "<li><strong>Long addresses are numbers:</strong> [12] is the twelfth in the list at the "
        "end.</li>"
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


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
