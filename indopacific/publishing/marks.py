"""Pieces of HTML that books are made of: elements, places, links, and numbers of pages."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

#: A number of a page that is not known yet: as wide as most, so that filling it in moves nothing.
UNKNOWN = "000"

_MAKER = BeautifulSoup("", "html.parser")


def made(name: str, words: str = "", style: str = "") -> Tag:
    """Return a new element.

    Parameters
    ----------
    name : str
    words : str
        What stands in it.
    style : str
        Its class.
    """
    element = _MAKER.new_tag(name)
    if words:
        element.string = words
    if style:
        element["class"] = style
    return element


def link(words: str, to: str) -> Tag:
    """Return a link to a place in the book."""
    element = made("a", words)
    element["href"] = f"#{to}"
    return element


def number(to: str) -> Tag:
    """Return the number of the page on which a place stands, not known yet."""
    element = made("span", UNKNOWN, "book-page")
    element["data-to"] = to
    return element


def place(name: str, mark: str) -> str:
    """Return the id of a place in the book, made of plain letters so that every reader finds it.

    Parameters
    ----------
    name : str
        Of a page, such as "lessons/01-alignment".
    mark : str
        An id within it; "" for the page itself.
    """
    plain = name.replace("/", "-")
    if not mark:
        return f"p-{plain}"
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", mark):
        return f"p-{plain}--{mark}"
    return f"p-{plain}--{hashlib.sha256(mark.encode()).hexdigest()[:12]}"


def classes(element: Tag) -> list[str]:
    """Return the classes of an element."""
    found: str | list[str] = element.get("class") or []
    return found.split() if isinstance(found, str) else list(found)


def plain(element: Tag) -> str:
    """Return the words of an element with single spaces."""
    return " ".join(element.get_text().split())


def soup(file: Path) -> BeautifulSoup:
    """Return a page, read."""
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
