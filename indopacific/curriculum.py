"""Which lessons and exercises there are, and which are planned: read from the course's own files.

Nothing here is kept by hand: question and minutes stand in each lesson's notebook, points in the
released exercise, and what is planned in the table `lessons`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indopacific.datasets import load


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise as it is released: how much there is to do, and for how many points."""

    questions: int
    points: float
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    number : int
    id : str
        Name of its files, such as "01-alignment".
    title, question : str
    reading, doing : int or None
        Minutes; None for a lesson that is planned and not yet written.
    exercise : Exercise or None
    """

    number: int
    id: str
    title: str
    question: str
    reading: int | None
    doing: int | None
    exercise: Exercise | None

    @property
    def written(self) -> bool:
        """Whether the lesson is there."""
        return self.reading is not None

    @property
    def minutes(self) -> int:
        """Minutes for reading and doing together; 0 if it is not written."""
        return (self.reading or 0) + (self.doing or 0)

    @property
    def name(self) -> str:
        """Number and title, as in "01 Alignment"."""
        return f"{self.number:02} {self.title}"


def course_folder(start: Path | None = None) -> Path | None:
    """Return the course folder around a place, or None where there is none."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        # A learner's room has lessons and exercises, too, but no settings of nbgrader.
        if (folder / "lessons").is_dir() and (folder / "nbgrader_config.py").is_file():
            return folder
    return None


def lessons(course: Path) -> list[Lesson]:
    """List the lessons, written and planned, in order.

    Parameters
    ----------
    course : Path
        The course folder.

    Returns
    -------
    list of Lesson
    """
    planned = load("lessons").set_index("id")
    return [_lesson(str(name), row, course) for name, row in planned.iterrows()]


def lesson(name: str, course: Path) -> Lesson:
    """Return one lesson by its id.

    Raises
    ------
    LookupError
        When no lesson of this id is written or planned.
    """
    known = {each.id: each for each in lessons(course)}
    if name not in known:
        raise LookupError(f"There is no lesson {name!r}; there are {', '.join(known)}.")
    return known[name]


def _lesson(name: str, row: Any, course: Path) -> Lesson:
    notebook = course / "lessons" / f"{name}.ipynb"
    about = _about(notebook) if notebook.is_file() else {}
    minutes = about.get("minutes", {})
    released = course / "exercises" / name / f"{name}.ipynb"
    return Lesson(
        number=int(row["number"]),
        id=name,
        title=row["title"],
        question=about.get("question", row["question"]),
        reading=minutes.get("reading"),
        doing=minutes.get("doing"),
        exercise=exercise(name, course) if released.is_file() else None,
    )


def _about(notebook: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
    return dict(found.get("indopacific", {}))


def exercise(name: str, course: Path) -> Exercise:
    """Return how much a released exercise asks for.

    Raises
    ------
    FileNotFoundError
        When it is not released.
    """
    notebook = course / "exercises" / name / f"{name}.ipynb"
    found = json.loads(notebook.read_text(encoding="utf-8"))
    marked = [cell["metadata"].get("nbgrader", {}) for cell in found["cells"]]
    graded = [each for each in marked if each.get("grade") or each.get("task")]
    return Exercise(
        questions=len(graded),
        points=sum(each.get("points", 0) for each in graded),
        minutes=int(found["metadata"].get("indopacific", {}).get("minutes", 0)),
    )
