"""Read the cells of a file that may be anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .contract import CannotMark

MOST_BYTES = 20_000_000
MOST_CELLS = 2_000


def read_cells(content: bytes, name: str) -> list[Mapping[str, Any]]:
    """Return the cells of a notebook.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file, for what is said.

    Raises
    ------
    CannotMark
        In words.
    """
    if len(content) > MOST_BYTES:
        raise CannotMark(too_large(name))
    try:
        found = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError, MemoryError):
        raise CannotMark(
            f"{name} is damaged: it is not valid JSON. Open it in JupyterLab and save it, or copy "
            "your answers into a fresh notebook."
        ) from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise CannotMark(f"{name} is not a notebook of this exercise: it has no list of cells.")
    if len(cells) > MOST_CELLS:
        raise CannotMark(f"{name} has {len(cells):,} cells; at most {MOST_CELLS:,} are checked.")
    return cells


def too_large(name: str) -> str:
    """Say what to do about a file that is too large."""
    return (
        f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Clear its outputs (Edit, Clear "
        "Outputs of All Cells) and save it."
    )
