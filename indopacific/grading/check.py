"""Check one's own exercise: run it as a grader would, and say what to look at again.

The learner's file is read, never written. Only what stands in its answer cells and extra cells is
taken; tests come from the course, and run in a process that the answers cannot reach.
"""

from __future__ import annotations

import dataclasses
import difflib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..exercises.release import RELEASE, is_untouched
from ..working_copy import UnknownExercise, own_notebooks, released_exercises
from .contract import (
    REFUSED,
    CannotMark,
    CellFault,
    GraderFailed,
    ItemMark,
    Limits,
    Progress,
    Submission,
)
from .intake.notebook import MOST_BYTES
from .knowing import exercise_of
from .marking import mark
from .starting import Plain

CELL_SECONDS = 30
TOTAL_SECONDS = 300


class CannotCheck(Exception):
    """The file cannot be checked; the text says why and what to do."""


@dataclass(frozen=True)
class Report:
    """The result of a check.

    Attributes
    ----------
    exercise : str
    file : str
        The notebook that was read.
    hidden_tests : bool
        Whether the full tests were run. If not, right means: right in kind and shape.
    items : tuple of ItemMark
    errors : tuple of CellFault
    notes : tuple of str
        What had to be put right before the notebook could be run, and what stopped it.
    seconds : float
    """

    exercise: str
    file: str
    hidden_tests: bool
    items: tuple[ItemMark, ...]
    errors: tuple[CellFault, ...]
    notes: tuple[str, ...]
    seconds: float

    @property
    def earned(self) -> float:
        """Marks earned in the items that are not marked by a person."""
        return sum(item.earned for item in self.items if item.earned is not None)

    @property
    def points(self) -> float:
        """Points of the items that `earned` counts."""
        return sum(item.points for item in self.items if item.earned is not None)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as data that `json.dumps` accepts."""
        own = dataclasses.asdict(self)
        return own | {"earned": self.earned, "points": self.points}


def check_exercise(
    exercise: str,
    notebook: Path | None = None,
    *,
    course: Path,
    progress: Progress | None = None,
    cell_seconds: float = CELL_SECONDS,
    total_seconds: float = TOTAL_SECONDS,
) -> Report:
    """Run a learner's notebook with the course's tests.

    Parameters
    ----------
    exercise : str
        Such as "01-alignment".
    notebook : Path, optional
        The learner's file. Without it: the copy in my-work/ or the notebook in exercises/,
        whichever has been written in; the newer, if both have.
    course : Path
        The course folder.
    progress : callable, optional
    cell_seconds, total_seconds : float
        Limits for one cell and for all of them.

    Returns
    -------
    Report

    Raises
    ------
    UnknownExercise
        If there is no such exercise.
    CannotCheck
        If the file is missing, too large, a link, or not a notebook.
    """
    begun = time.monotonic()
    course = course.resolve()
    exercise = _known_exercise(exercise, course)
    file = _own_notebook(exercise, course) if notebook is None else Path(notebook)
    content = _content(file)
    try:
        known = exercise_of(course, exercise)
    except CannotMark as error:
        raise CannotCheck(str(error)) from None
    limits = Limits(cell_seconds=cell_seconds, total_seconds=total_seconds)
    try:
        done = mark(Submission("", content), known, limits, start=Plain(), progress=progress)
    except GraderFailed as error:
        raise CannotCheck(f"The check could not begin: {error}. Try again.") from None
    if done.status == REFUSED:
        raise CannotCheck(f"{file} cannot be checked. {' '.join(done.notes)}")
    return Report(
        exercise=exercise,
        file=str(file),
        hidden_tests=done.hidden_tests,
        items=done.items,
        errors=done.faults,
        notes=done.repairs + done.notes,
        seconds=round(time.monotonic() - begun, 2),
    )


def _known_exercise(exercise: str, course: Path) -> str:
    known = released_exercises(course)
    if exercise in known:
        return exercise
    near = difflib.get_close_matches(exercise, known, n=1, cutoff=0.4)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise UnknownExercise(
        f"There is no exercise {exercise!r}.{guess} There is: {', '.join(known) or 'none yet'}."
    )


def _own_notebook(exercise: str, course: Path) -> Path:
    """Choose the file that the learner has written in."""
    places = [*own_notebooks(exercise, course), course / RELEASE / exercise / f"{exercise}.ipynb"]
    there = [p for p in places if p.is_file()]
    written = [p for p in there if not is_untouched(p)]
    return max(written or there[:1], key=lambda p: p.stat().st_mtime)


def _content(file: Path) -> bytes:
    """Read a file that may be anything.

    Raises
    ------
    CannotCheck
        In words.
    """
    if file.is_symlink():
        raise CannotCheck(f"{file} is a link. Give the notebook itself.")
    if not file.is_file():
        raise CannotCheck(f"There is no file {file}.")
    if file.stat().st_size > MOST_BYTES:
        raise CannotCheck(
            f"{file} is larger than {MOST_BYTES // 1_000_000} MB. Clear its outputs (Edit, Clear "
            "Outputs of All Cells) and save it."
        )
    return file.read_bytes()
