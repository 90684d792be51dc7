"""Mark a class: submitted/ to autograded/ and the gradebook, several submissions at a time.

Any number of workers mark, one writer records. What has not changed since it was marked is left
alone; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from . import sandbox
from .contract import Limits, Marked
from .quick import quick_imports
from .starting import Soon

_EXPLORER = re.compile(rb'explore\(\\*"(\w+)')


class CannotGrade(Exception):
    """The class cannot be graded; the text says why and what to do."""


@dataclass(frozen=True)
class Outcome:
    """What became of one student's submission.

    Attributes
    ----------
    student : str
    marked : Marked
    unchanged : bool
        Whether it had been marked before, with the same result then.
    changes : tuple of (str, float or None, float or None)
        Graded cells whose mark in the gradebook was another: name, mark before, mark now.
    """

    student: str
    marked: Marked
    unchanged: bool = False
    changes: tuple[tuple[str, float | None, float | None], ...] = ()


@dataclass(frozen=True)
class Time:
    """Seconds that the instructor allows; None for what the course finds fit."""

    cell: float | None = None
    total: float | None = None


@dataclass(frozen=True)
class ClassReport:
    """The result of grading a class.

    Attributes
    ----------
    exercise : str
    outcomes : tuple of Outcome
        In the order of the students' names.
    notes : tuple of str
        What the instructor should know.
    protected : bool
    workers : int
    seconds : float
    """

    exercise: str
    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]
    protected: bool
    workers: int
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return the report as data that `json.dumps` accepts."""
        students = [
            {"student": o.student, "unchanged": o.unchanged, "changes": o.changes}
            | o.marked.as_dict()
            for o in self.outcomes
        ]
        own = dataclasses.asdict(dataclasses.replace(self, outcomes=()))
        return own | {"outcomes": students}


#: Called with how many students are done, how many there are, and the last outcome.
Told = Callable[[int, int, Outcome], None]


def grade_class(
    exercise: str,
    *,
    course: Path,
    workers: int | None = None,
    trust: bool = False,
    anew: bool = False,
    keep: bool = False,
    time: Time | None = None,
    told: Told | None = None,
) -> ClassReport:
    """Mark every submission of an exercise.

    Parameters
    ----------
    exercise : str
    course : Path
        The folder with nbgrader_config.py.
    workers : int, optional
        Submissions at one time; as many as the machine has processors unless given.
    trust : bool
        Run submissions without a sandbox. It is recorded in every result.
    anew : bool
        Mark also what has not changed.
    keep : bool
        Write nothing: neither folders nor gradebook.
    time : Time, optional
    told : callable, optional

    Returns
    -------
    ClassReport

    Raises
    ------
    CannotGrade
        If there is no such exercise, it has a fault, or nothing was handed in.
    NotProtected
        If there is no sandbox, and `trust` is not set.
    """
    begun = monotonic()
    if not trust:
        sandbox.require()
    course = course.resolve()
    source = course / "solutions" / exercise / f"{exercise}.ipynb"
    soon = Soon(course, Limits(), trust=trust, explorers=_explorers(source))
    try:
        if _anything_new(course, exercise):
            soon.begin()
        with quick_imports():
            # nbgrader takes seconds to import; the processes warm up meanwhile.
            from .class_run import ClassRun

        run = ClassRun(course, exercise, soon, time=time or Time(), trust=trust)
        workers = workers or os.cpu_count() or 1
        outcomes, notes = run.grade(workers=workers, anew=anew, keep=keep, told=told)
    finally:
        soon.end()
    return ClassReport(
        exercise=exercise,
        outcomes=tuple(sorted(outcomes, key=lambda o: o.student)),
        notes=tuple(notes),
        protected=not trust,
        workers=workers,
        seconds=round(monotonic() - begun, 2),
    )


def _anything_new(course: Path, exercise: str) -> bool:
    """Guess whether a submission is to be marked; whether one is, its content decides later."""
    for notebook in course.glob(f"submitted/*/{exercise}/{exercise}.ipynb"):
        result = course / "autograded" / notebook.parts[-3] / exercise / f"{exercise}.marks.json"
        try:
            if result.stat().st_mtime < notebook.stat().st_mtime:
                return True
        except OSError:
            return True
    return False


def _explorers(source: Path) -> tuple[str, ...]:
    """List the explorers that an exercise names."""
    try:
        found = _EXPLORER.findall(source.read_bytes())
    except OSError:
        return ()
    return tuple(sorted({name.decode() for name in found}))
