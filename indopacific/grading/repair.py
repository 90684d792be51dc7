"""Put a submitted notebook's cells back into the shape that was released.

A learner may copy, delete, move or re-label cells by accident. Only two things in a submission are
the learner's: what stands in the answer cells, and extra cells. Everything else is taken from what
the instructor knows, so that one broken notebook neither stops a class nor changes a mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..exercises.known import Cell, KnownCell
from ..exercises.questions import role, text_of

_TYPES = ("code", "markdown", "raw")


def repair(
    submitted: Sequence[Mapping[str, Any]], known: Sequence[KnownCell]
) -> tuple[list[Cell], list[str]]:
    """Return the cells to run and grade, and what had to be put right.

    Parameters
    ----------
    submitted : sequence of notebook cells
        As they stand in the learner's file; nothing about them is trusted.
    known : sequence of KnownCell
        The exercise, in order.

    Returns
    -------
    cells : list of Cell
        The known cells in their order, each followed by the extra cells that stood behind it:
        those of the learner, and those of the author that nbgrader does not know, such as the
        imports. Of a copied cell the last is the answer and the others are extra cells. A
        deleted answer cell stays away, unless a person marks it.
    notes : list of str
        One sentence for each repair, for the learner.
    """
    by_id = {k.role.id: k for k in known}
    mine = {role(cell).id: place for place, cell in enumerate(submitted) if role(cell).id in by_id}
    notes: list[str] = []
    extras: dict[str, list[Cell]] = {}
    places = [mine[k.role.id] for k in known if k.role.id in mine]
    unmoved = _unmoved(
        places, [1 if k.role.grade or k.learners else 2 for k in known if k.role.id in mine]
    )
    behind = ""
    for place, cell in enumerate(submitted):
        name = role(cell).id
        if mine.get(name) == place:
            # What follows a moved cell did not move with it.
            behind = name if place in unmoved else behind
            continue
        if name in by_id:
            notes.append(
                f"Cell {place + 1} is a copy of {name!r}; the last copy counts as the answer."
            )
            if not by_id[name].learners:
                continue
        extras.setdefault(behind, []).append(Cell(_type(cell), text_of(cell), None, place + 1))
    cells = list(extras.get("", []))
    for one in known:
        cells += _restored(one, submitted, mine.get(one.role.id), notes)
        cells += extras.get(one.role.id, [])
    if len(unmoved) < len(places):
        notes.append("Cells were moved; they are run in the exercise's own order.")
    return cells, notes


def _unmoved(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Return the heaviest set of places that still stand in ascending order.

    Task cells weigh more than answers and tests: between two that changed places, the task is
    taken to have stayed, so that the imports above it stay above it.
    """
    best: list[tuple[int, tuple[int, ...]]] = []
    for i, place in enumerate(places):
        before = [best[j] for j in range(i) if places[j] < place]
        weight, chain = max(before, key=lambda found: found[0], default=(0, ()))
        best.append((weight + weights[i], (*chain, place)))
    return set(max(best, key=lambda found: found[0], default=(0, ()))[1])


def _type(cell: Mapping[str, Any]) -> str:
    return cell["cell_type"] if cell.get("cell_type") in _TYPES else "raw"


def _restored(
    known: KnownCell, submitted: Sequence[Mapping[str, Any]], place: int | None, notes: list[str]
) -> list[Cell]:
    """Return the cell to use for a known cell, if any."""
    name = known.role.id
    if place is None:
        if known.learners and not known.role.grade:
            notes.append(f"The answer cell {name!r} is missing.")
            return []
        if known.role.grade:
            notes.append(f"The cell {name!r} was missing and has been put back.")
        return [Cell(known.cell_type, known.source, known)]
    cell = submitted[place]
    if _type(cell) != known.cell_type:
        notes.append(f"The cell {name!r} had become {_type(cell)} and is {known.cell_type} again.")
    theirs = role(cell)
    if (theirs.grade, theirs.solution) != (known.role.grade, known.role.solution):
        notes.append(f"The cell {name!r} had lost its role and has it again.")
    source = text_of(cell) if known.learners else known.source
    return [Cell(known.cell_type, source, known, place + 1)]
