"""Read the cells out of a file that ought to be a notebook, whatever has happened to it.

The bytes are a stranger's. Nothing here runs, unpickles or follows anything; what cannot be saved
is refused in words that say what to do.
"""

from __future__ import annotations

import codecs
import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...exercises.known import Cell, KnownCell
from ...exercises.questions import text_of
from ..contract import CannotMark
from ..repair import recognised, repair, without_conflicts

MOST_BYTES = 64_000_000
MOST_CELLS = 2_000
# To compare two versions cell by cell takes time that grows with the square of their length.
MOST_MERGED = 600
# Fewer outputs than this are no news to anyone.
LARGE_OUTPUTS = 1_000_000

Cells = list[Mapping[str, Any]]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAVE_AGAIN = "Open it in JupyterLab and save it, or copy your answers into a fresh notebook."


@dataclass(frozen=True)
class Saved:
    """What could be read.

    Attributes
    ----------
    cells : list of notebook cells
        Dicts, in order; nothing else about them is certain.
    notes : tuple of str
        What was wrong with the file, one sentence each.
    """

    cells: Cells
    notes: tuple[str, ...]


def read_notebook(data: bytes) -> Saved:
    """Read a notebook's cells.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    Saved

    Raises
    ------
    CannotMark
        If nothing can be saved, in words: the file is empty, too large, not a notebook, or holds
        too many cells.
    """
    if len(data) > MOST_BYTES:
        raise CannotMark(
            f"The file has {len(data) / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read. "
            "Clear its outputs (Edit, Clear Outputs of All Cells) and save it."
        )
    notes: list[str] = []
    text = _text(data, notes)
    if not text.strip(" \t\r\n\0\ufeff"):
        raise CannotMark(f"The file is empty. {_SAVE_AGAIN}")
    cells = _cells(_parsed(text, notes), notes)
    if len(cells) > MOST_CELLS:
        raise CannotMark(
            f"The notebook has {len(cells):,} cells; at most {MOST_CELLS:,} are read. Delete the "
            "cells that are not needed."
        )
    size = len(data) - sum(len(text_of(cell)) for cell in cells)
    if size > LARGE_OUTPUTS:
        notes.append(f"Outputs of {size / 1e6:.1f} MB were left out; they do not count.")
    return Saved(cells, tuple(notes))


def mend(data: bytes, known: Sequence[KnownCell]) -> tuple[list[Cell], list[str]]:
    """Read a notebook and put its cells back into the released shape.

    Parameters
    ----------
    data : bytes
    known : sequence of KnownCell
        The exercise, in order.

    Returns
    -------
    cells : list of Cell
        As `repair` returns them.
    notes : list of str
        One sentence for each repair.

    Raises
    ------
    CannotMark
        If the file cannot be read, or is not this exercise.
    """
    saved = read_notebook(data)
    if not recognised(saved.cells, known):
        raise CannotMark(
            "The notebook holds none of this exercise's cells. Is it the right file? If you wrote "
            "your answers in a new notebook, copy them into a fresh copy of the exercise."
        )
    cells, notes = repair(saved.cells, known)
    return cells, [*saved.notes, *notes]


def _text(data: bytes, notes: list[str]) -> str:
    """Decode bytes; notebooks are UTF-8, and some editors do not know it."""
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            if name:
                notes.append(f"The file was in {name} and has been read as such.")
            return data.decode(encoding, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return text
    for encoding, zeros in (("utf-16-le", data[1:200:2]), ("utf-16-be", data[0:200:2])):
        if zeros and zeros.count(0) > 0.8 * len(zeros):
            notes.append("The file was in UTF-16 and has been read as such.")
            return data.decode(encoding, "replace")
    if text:
        return text
    notes.append("The file was not in UTF-8; some accented letters may be wrong.")
    return data.decode("cp1252", "replace")


def _parsed(text: str, notes: list[str]) -> Any:
    """Parse JSON, or as much of it as makes sense."""
    text = text.lstrip(" \t\r\n\x00\ufeff")
    try:
        found, end = _decoder.raw_decode(text)
    except (ValueError, RecursionError):
        return _saved(text, notes)
    if text[end:].strip(" \t\r\n\x00\x1a"):
        notes.append("Something stood behind the end of the notebook and was left out.")
    return found


def _number(digits: str) -> int:
    # Python refuses to read very long integers, and no field of a notebook needs one.
    return int(digits) if len(digits) < 19 else 0


_decoder = json.JSONDecoder(parse_int=_number, strict=False)


def _saved(text: str, notes: list[str]) -> Any:
    """Save the cells of a text that is not JSON: one left by a merge, or cut off."""
    if "\n<<<<<<<" in "\n" + text:
        sides = []
        for lower in (False, True):
            try:
                sides.append(_decoder.raw_decode(without_conflicts(text, lower=lower))[0])
            except (ValueError, RecursionError):
                continue
        if sides:
            notes.append(
                "The file held two versions with a merge's marks (<<<<<<<) around them; where they "
                "differ, the upper one counts."
            )
            return _merged(*sides) if len(sides) == 2 else sides[0]
    cells, whole = _one_by_one(text)
    if not cells:
        raise CannotMark(f"The file is damaged: it is not valid JSON. {_SAVE_AGAIN}")
    notes.append(
        f"The file is damaged: its first {len(cells)} cells were saved"
        + (", and all of them could be read." if whole else "; what stood behind them is lost.")
    )
    return {"cells": cells}


def _merged(upper: Any, lower: Any) -> Any:
    """Keep what only the lower version has in front of the upper, whose copies count."""
    try:
        ours, theirs = (_cells(side, []) for side in (upper, lower))
    except CannotMark:
        return upper
    if len(ours) + len(theirs) > MOST_MERGED:
        return upper
    keys = [[text_of(cell) for cell in cells] for cells in (ours, theirs)]
    merged: Cells = []
    matcher = difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        if keys[0][i1:i2] != keys[1][j1:j2]:
            merged += theirs[j1:j2]
        merged += ours[i1:i2]
    return {"cells": merged}


def _one_by_one(text: str) -> tuple[Cells, bool]:
    """Read the cells that are whole, and say whether the list of cells came to its end."""
    start = text.find('"cells"')
    start = text.find("[", start) + 1 if start >= 0 else 0
    cells: Cells = []
    while start and len(cells) <= MOST_CELLS:
        while start < len(text) and text[start] in " \t\r\n,":
            start += 1
        try:
            cell, start = _decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return cells, text[start : start + 1] == "]"
        if isinstance(cell, dict):
            cells.append(cell)
    return cells, False


def _cells(found: Any, notes: list[str]) -> Cells:
    """Find the cells, in the form of nbformat 4."""
    if not isinstance(found, dict):
        raise CannotMark(f"The file is JSON but not a notebook. {_SAVE_AGAIN}")
    cells = found.get("cells")
    old = found.get("worksheets")
    if not isinstance(cells, list) and isinstance(old, list):
        sheets = [s.get("cells") for s in old if isinstance(s, dict)]
        cells = [_modern(c) for s in sheets if isinstance(s, list) for c in s]
        notes.append("The notebook was in an old format (before 2015) and has been converted.")
    if not isinstance(cells, list):
        raise CannotMark(f"The file is not a notebook: it has no list of cells. {_SAVE_AGAIN}")
    whole: Cells = [cell for cell in cells if isinstance(cell, dict)]
    if len(whole) < len(cells):
        notes.append(f"{len(cells) - len(whole)} things that are not cells were left out.")
    return whole


def _modern(cell: Any) -> Any:
    """Convert a cell of nbformat 2 or 3: code stood in `input`, and headings were cells."""
    if not isinstance(cell, dict):
        return cell
    if cell.get("cell_type") == "code":
        return cell | {"source": cell.get("input", ""), "outputs": []}
    if cell.get("cell_type") == "heading":
        level = cell.get("level")
        mark = "#" * (level if type(level) is int and 1 <= level <= 6 else 1)
        return cell | {"cell_type": "markdown", "source": f"{mark} {text_of(cell)}"}
    return cell
