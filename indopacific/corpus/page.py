"""From a page to the numbered paragraphs of its text, and whether they are the text wanted.

A web page brings menus, links and footers along. What counts is the longest run of paragraphs
numbered 1, 2, 3 and so on, whether the numbers are written or those of an ordered list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

FEWEST = 3
"""Paragraphs that a text must have when it is not known how many there are."""

_SILENT = {"script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template"}
_BLOCKS = {"p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "blockquote", "pre"}
_BLOCKS |= {"section", "article", "main", "body", "ul", "ol", "table", "tr", "figure", "br", "hr"}
_VOID = {
    "br",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
    "area",
    "base",
    "col",
    "embed",
}
_NUMBERED = re.compile(r"(\d{1,3})\s*[.)]\s+(?=\S)")
_ENGLISH = {"the", "of", "and", "to", "in", "we", "our", "is", "are", "for", "with", "that"}
_SHARE_OF_ENGLISH = 0.15


class WrongText(ValueError):
    """A page that is not the text wanted, or not all of it; its message says why."""


@dataclass(frozen=True)
class Block:
    """A piece of text that stands by itself, and the elements around it, outermost first.

    Attributes
    ----------
    text : str
    inside : tuple of int
        Which elements.
    shape : tuple of str
        Their kinds: the paragraphs of one text mostly have one shape.
    """

    text: str
    inside: tuple[int, ...] = ()
    shape: tuple[str, ...] = ()


def paragraphs_of(page: str, *, html: bool) -> list[str]:
    """Return the numbered paragraphs of a page, without their numbers.

    Parameters
    ----------
    page : str
    html : bool
        Otherwise plain text, in which a paragraph begins on a line of its own.

    Returns
    -------
    list of str
        The longest run that begins with 1; empty when nothing is numbered.

    Raises
    ------
    WrongText
        When a number is left out in the run: paragraph 24 is followed by paragraph 26.
    """
    blocks = list(_blocks(page)) if html else [Block(line) for line in page.splitlines()]
    blocks = [block for block in blocks if block.text.strip()]
    starts = [_number(block.text) for block in blocks]
    best = _longest_run(blocks, starts)
    if not best:
        return []
    gap = len(best) + 1
    if gap + 1 in starts[best[-1] :]:
        raise WrongText(f"paragraph {gap} is missing: {gap - 1} is followed by {gap + 1}")
    return [_joined(blocks, at, end) for at, end in _ends(blocks, best)]


def check(
    paragraphs: Sequence[str], *, expected: int | None, quotations: Collection[str] = ()
) -> list[str]:
    """Return the quotations that a text lacks; refuse one that is wrong or not whole.

    Parameters
    ----------
    paragraphs : sequence of str
    expected : int or None
        How many there should be; None: it is not known.
    quotations : collection of str
        Words that the course quotes from this text. Copies differ in a letter here and there, so
        up to half of them may be absent.

    Raises
    ------
    WrongText
        When the text is not in English, has another number of paragraphs, an empty one, or too
        few of the words quoted.
    """
    # The commands import this module; what is heavy waits until it is needed.
    from indopacific.models.language import keys

    if not paragraphs:
        raise WrongText("it has no numbered paragraphs")
    spoken = [key for paragraph in paragraphs for key in keys(paragraph)]
    known = sum(word in _ENGLISH for word in spoken)
    if known < _SHARE_OF_ENGLISH * len(spoken):
        raise WrongText("it is not in English")
    if expected is not None and len(paragraphs) != expected:
        raise WrongText(f"it has {len(paragraphs)} numbered paragraphs, the text has {expected}")
    if len(paragraphs) < FEWEST:
        raise WrongText(f"it has only {len(paragraphs)} numbered paragraphs")
    line = f" {' '.join(spoken)} "
    absent = [each for each in quotations if f" {' '.join(keys(each))} " not in line]
    if len(absent) > len(quotations) / 2:
        raise WrongText(
            f"{len(absent)} of the {len(quotations)} passages that the course quotes from this "
            f"text do not stand in it, such as '{absent[0]}'"
        )
    return absent


# ---------------------------------------------------------------- runs of numbers


def _number(text: str) -> int | None:
    found = _NUMBERED.match(text.strip())
    return int(found.group(1)) if found else None


def _longest_run(blocks: Sequence[Block], starts: Sequence[int | None]) -> list[int]:
    """Return where 1, 2, 3 and so on begin; of two such runs the one of one shape, or the later.

    A menu before the text has numbers, too, and so have lists within a paragraph.
    """
    found: list[tuple[int, bool, int, list[int]]] = [(0, False, 0, [])]
    for first, number in enumerate(starts):
        if number != 1:
            continue
        for alike in (True, False):
            run = [first]
            for at in range(first + 1, len(starts)):
                same = not alike or blocks[at].shape == blocks[first].shape
                if same and starts[at] == len(run) + 1:
                    run.append(at)
            found.append((len(run), alike, first, run))
    return max(found)[-1]


def _ends(blocks: Sequence[Block], run: Sequence[int]) -> Iterator[tuple[int, int]]:
    yield from pairwise(run)
    # What follows the last paragraph may be the page's: only its neighbours belong to the text.
    around = blocks[run[-1]].inside[:-1]
    end = run[-1] + 1
    while end < len(blocks) and blocks[end].inside[: len(around)] == around:
        end += 1
    yield run[-1], end


def _joined(blocks: Sequence[Block], at: int, end: int) -> str:
    first = _NUMBERED.sub("", blocks[at].text.strip(), count=1)
    parts = [first, *(block.text for block in blocks[at + 1 : end])]
    return " ".join(" ".join(parts).split())


# ---------------------------------------------------------------- blocks of a page


def _blocks(page: str) -> list[Block]:
    parser = _Blocks()
    parser.feed(page)
    parser.close()
    parser.cut()
    return parser.found


class _Blocks(HTMLParser):
    """Cuts a page into blocks of text, and writes out the numbers of ordered lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._open: list[tuple[str, int]] = []
        self._silent = 0
        self._lists: list[int | None] = []  # the next number of each list that is open
        self._number: int | None = None
        self._text: list[str] = []
        self._made = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.cut()
        given = {name: value for name, value in attrs if value and value.isdigit()}
        if tag in _VOID:
            return
        self._made += 1
        self._open.append((tag, self._made))
        self._silent += tag in _SILENT
        if tag in ("ol", "ul"):
            self._lists.append(int(given.get("start") or 1) if tag == "ol" else None)
        if tag == "li" and self._lists and self._lists[-1] is not None:
            self._number = int(given.get("value") or self._lists[-1])
            self._lists[-1] = self._number + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.cut()
        if tag not in (name for name, _ in self._open):
            return  # an end without a beginning
        while self._open:
            name, _ = self._open.pop()
            self._silent -= name in _SILENT
            if name in ("ol", "ul"):
                self._lists.pop()
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def cut(self) -> None:
        """End the block at hand."""
        text = " ".join("".join(self._text).split())
        self._text = []
        if not text:
            return
        if self._number is not None and _number(text) is None:
            text = f"{self._number}. {text}"
        self._number = None
        around = [(name, made) for name, made in self._open if name in _BLOCKS]
        shape = tuple(name for name, _ in around)
        self.found.append(Block(text, tuple(made for _, made in around), shape))
