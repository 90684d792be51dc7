"""What the course knows of an exercise: its cells, and its tests in full where they are there."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.utils import compute_checksum

from ..exercises.known import Cell, KnownCell, known_cells
from ..exercises.questions import Role, role, text_of
from ..exercises.release import RELEASE, SOURCE, ReleaseError, generate
from .contract import CannotMark, Exercise, as_cell
from .intake import read_notebook

_HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$", re.MULTILINE | re.DOTALL)


def exercise_of(course: Path, exercise: str) -> Exercise:
    """Read an exercise from the course: from its source, or from its release without one.

    Raises
    ------
    CannotMark
        If the source has a fault, or a test of the release has been changed.
    """
    source = course / SOURCE / exercise / f"{exercise}.ipynb"
    if not source.is_file():
        known = _genuine(known_cells(_cells(course / RELEASE / exercise / f"{exercise}.ipynb")))
        return Exercise(exercise, tuple(known), _visible(known), hidden_tests=False)
    # Generated anew, because a learner may have answered in exercises/ itself.
    with tempfile.TemporaryDirectory(prefix="exercise-") as folder:
        try:
            known = known_cells(_cells(generate(course, exercise, Path(folder))))
        except ReleaseError as error:
            raise CannotMark(f"The course's own exercise has a fault.\n{error}") from None
    full = {role(cell).id: text_of(cell) for cell in _cells(source)}
    cells = [dataclasses.replace(k, source=full[k.role.id]) if _is_test(k) else k for k in known]
    return Exercise(exercise, tuple(cells), _visible(known))


def exercise_in(notebook: Any, exercise: str) -> Exercise:
    """Read an exercise from a notebook of nbgrader's gradebook.

    Parameters
    ----------
    notebook : nbgrader.api.Notebook
    exercise : str
    """
    known = known_in(notebook)
    visible = {k.role.id: _HIDDEN.sub("", k.source) for k in known if _is_test(k)}
    return Exercise(exercise, tuple(known), visible)


def known_in(notebook: Any) -> list[KnownCell]:
    """List an exercise's cells from the gradebook, in the order in which they were released."""
    points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    return [
        KnownCell(
            Role(
                id=cell.name,
                grade=cell.name in points,
                solution=cell.name in solutions,
                locked=cell.locked,
                points=points.get(cell.name, 0.0),
            ),
            cell.cell_type,
            cell.source,
            cell.checksum or "",
        )
        for cell in notebook.source_cells
    ]


def _cells(file: Path) -> list[Any]:
    return list(read_notebook(file.read_bytes()).cells)


def _is_test(known: KnownCell) -> bool:
    return known.role.grade and not known.role.solution and known.cell_type == "code"


def _visible(known: Sequence[KnownCell]) -> dict[str, str]:
    return {k.role.id: k.source for k in known if _is_test(k)}


def _genuine(known: list[KnownCell]) -> list[KnownCell]:
    """Refuse a release whose tests have been edited: passing them would say nothing."""
    for one in known:
        now = from_dict(as_cell(Cell(one.cell_type, one.source, one)))
        if one.role.locked and compute_checksum(now) != one.checksum:
            raise CannotMark(
                f"The cell {one.role.id!r} of the exercise in {RELEASE}/ has been changed. Put "
                "back the original file: it comes with the course."
            )
    return known
