"""Markdown as its readers see it: without comments, and by its headings."""

from __future__ import annotations

import re

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_HEADING = re.compile(r"^#{1,3} +(.+)$", re.MULTILINE)


def without_comments(text: str) -> str:
    """Return a passage without anything that its readers do not see."""
    return COMMENT.sub("", text)


def headings(text: str) -> list[tuple[int, str]]:
    """Return the headings of a passage, each with the place at which it begins.

    Parameters
    ----------
    text : str
        Markdown; headings of the first three levels count.

    Returns
    -------
    list of (int, str)
        The words as they are displayed, which is what a heading's address is made of.
    """
    return [
        (found.start(), re.sub(r"[*`]", "", without_comments(found[1])).strip())
        for found in _HEADING.finditer(text)
    ]
