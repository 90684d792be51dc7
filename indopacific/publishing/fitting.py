"""Tables on paper: which fit beside themselves, which stay whole, which need small letters."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from bs4 import Tag

from indopacific.publishing.marks import made, plain

# Longer tables may be cut between two rows, under a head that comes again.
_ROWS_ON_ONE_PAGE = 24
# So may tables of more letters, which would leave half a page empty.
_LETTERS_ON_ONE_PAGE = 1500
# Letters of a cell that stays on one line, and of all such columns together.
_SHORT, _ALL_SHORT = 15, 70
# Tables of few letters in a line stand beside themselves: how often, letters, rows at least.
_BESIDE = ((3, 40, 15), (2, 66, 10))
# Those of more rows may need several pages.
_ROWS_BESIDE = 75


def fit(table: Tag) -> None:
    """Give a table the classes by which paper shows it, and a frame if it stands in columns."""
    rows = [list(row.find_all(["td", "th"])) for row in table.find_all("tr")]
    columns = max(map(len, rows), default=0)
    letters = len(plain(table))
    average = letters / max(1, len(rows) * columns)
    whole = len(rows) <= _ROWS_ON_ONE_PAGE and letters <= _LETTERS_ON_ONE_PAGE
    names = ["book-table", "book-whole" if whole else "book-long"]
    if columns >= 6 or (columns >= 4 and average > 40):
        names.append("book-small")
    table["class"] = " ".join(names)
    body = [row for row in rows if row and row[0].find_parent("thead") is None]
    cells = _longest(body, columns, len)
    # A head may be broken between its words.
    heads = _longest(rows[: len(rows) - len(body)], columns, _longest_word)
    _keep_on_one_line(body, cells)
    width = sum(map(max, cells, heads)) + 2 * columns
    spans = table.select("[rowspan], tbody [colspan]")
    for times, room, fewest in _BESIDE:
        if fewest <= len(rows) and width <= room and not spans:
            if len(rows) <= _ROWS_BESIDE:
                _split(table, times)
            else:
                table.wrap(made("div", style=f"book-columns book-columns-{times}"))
            return


def _split(table: Tag, times: int) -> None:
    """Divide the rows of a table among several, each under the same head."""
    rows = [row for row in table.find_all("tr") if row.find_parent("thead") is None]
    beside = made("div", style="book-beside")
    table.insert_before(beside)
    each = -(-len(rows) // times)
    for start in range(0, len(rows), each):
        part = made("table")
        part.attrs = dict(table.attrs)
        body = made("tbody")
        for child in table.find_all(["caption", "colgroup", "thead"], recursive=False):
            if child.name != "caption" or start == 0:
                part.append(copy(child))
        body.extend(rows[start : start + each])
        part.append(body)
        beside.append(part)
    table.decompose()


def _longest(rows: list[list[Tag]], columns: int, letters: Callable[[str], int]) -> list[int]:
    """Return the letters of the longest cell of each column."""
    full = [[letters(plain(cell)) for cell in row] for row in rows if len(row) == columns]
    return [max(column, default=0) for column in zip(*full, strict=True)] or [0] * columns


def _longest_word(words: str) -> int:
    return max(map(len, words.split()), default=0)


def _keep_on_one_line(rows: list[list[Tag]], longest: list[int]) -> None:
    short = [at for at, width in enumerate(longest) if 0 < width <= _SHORT]
    if sum(longest[at] for at in short) > _ALL_SHORT:
        return
    for row in rows:
        for at in short:
            if len(row) == len(longest):
                row[at]["class"] = "book-short"
