"""Which lessons and exercises there are, and which are planned: read from the course's own files.

Nothing here is kept by hand: question and minutes stand in each lesson's notebook, points in the
released exercise, and what is planned in the table `lessons`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indopacific.datasets import load
from indopacific.handing_in import in_browser
from indopacific.markdown import without_comments


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


@dataclass(frozen=True, kw_only=True)
class Step:
    """One lesson of a route.

    Attributes
    ----------
    lesson : Lesson
    parts : tuple of str
        The headings to read; none for the whole lesson.
    exercise : bool
        Whether its exercise is done, too.
    minutes : int
        For the lesson or its parts, and the exercise.
    """

    lesson: Lesson
    parts: tuple[str, ...]
    exercise: bool
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Route:
    """A way through the course for readers who have so much time.

    Attributes
    ----------
    name : str
        Such as "An hour".
    limit : int
        Minutes that there are, at most; 0 for no limit.
    steps : tuple of Step
    weeks : int
        How many it is spread over, if it is; else 0.
    """

    name: str
    limit: int
    steps: tuple[Step, ...]
    weeks: int = 0

    @property
    def minutes(self) -> int:
        """All steps together."""
        return sum(step.minutes for step in self.steps)


_HOUR = ("One pair, several measures", "1. Votes: one record, several numbers", "5. One index?")
_DAY = ("01-alignment", "05-ambiguity")
_WEEKS = {True: 2, False: 1}  # for a lesson with an exercise, and for one without


def routes(course: Path) -> tuple[Route, ...]:
    """Return the ways through the course of one hour, one day and one term.

    The term is every lesson that there is; a lesson that is added becomes part of it.

    Parameters
    ----------
    course : Path
        The course folder.

    Returns
    -------
    tuple of Route

    Raises
    ------
    LookupError
        When a lesson lacks a heading that a route names.
    """
    there = [each for each in lessons(course) if each.written]
    start, *_ = there
    chosen = [each for each in there if each.id in _DAY]
    closing = there[-1:] if there[-1].exercise is None else []
    hour = (_step(start, course), _step(chosen[0], course, parts=_HOUR))
    day = [_step(each, course, exercise=each in chosen) for each in (start, *chosen, *closing)]
    term = [_step(each, course, exercise=each.exercise is not None) for each in there]
    return (
        Route(name="An hour", limit=60, steps=hour),
        Route(name="A day", limit=8 * 60, steps=tuple(day)),
        Route(
            name="A term",
            limit=0,
            steps=tuple(term),
            weeks=sum(_WEEKS[step.exercise] for step in term),
        ),
    )


def described(route: Route, link: Callable[[Lesson], str]) -> str:
    """Return a route as one line of markdown.

    Parameters
    ----------
    route : Route
    link : callable
        Returns the markdown that names and reaches a lesson.
    """
    length = duration(route.minutes)
    if route.weeks:
        done = "every lesson, and its exercise if it has one"
        return f"**{route.name}** ({length} in {route.weeks} weeks): {done}."
    steps = []
    for step in route.steps:
        name = f"{link(step.lesson)}{' with its exercise' if step.exercise else ''}"
        parts = ", ".join(f"\u201c{part}\u201d" for part in step.parts)
        steps.append(f"{name}, of which {parts}" if parts else name)
    return f"**{route.name}** ({length}): {'; '.join(steps)}."


def duration(minutes: int) -> str:
    """Return minutes in words.

    Examples
    --------
    >>> duration(55), duration(125)
    ('55 minutes', '2 hours 5 minutes')
    """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    parts += [f"{rest} minute{'' if rest == 1 else 's'}"] if rest or not hours else []
    return " ".join(parts)


def _step(
    each: Lesson, course: Path, *, parts: tuple[str, ...] = (), exercise: bool = False
) -> Step:
    minutes: float = each.minutes
    if parts:
        minutes *= _share(course / "lessons" / f"{each.id}.ipynb", parts)
    if exercise and each.exercise:
        minutes += each.exercise.minutes
    return Step(lesson=each, parts=parts, exercise=exercise, minutes=round(minutes))


def _share(notebook: Path, parts: Iterable[str]) -> float:
    """Return which part of a lesson's words stands under some of its headings."""
    lengths: dict[str, int] = {}
    heading = ""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        text = without_comments("".join(cell["source"]))
        if found := re.match(r"## (.+)", text):
            heading = found[1].strip()
        lengths[heading] = lengths.get(heading, 0) + len(text.split())
    if missing := [part for part in parts if part not in lengths]:
        raise LookupError(f"{notebook.name} has no heading {', '.join(map(repr, missing))}.")
    return sum(lengths[part] for part in parts) / sum(lengths.values())


def course_folder(start: Path | None = None) -> Path | None:
    """Return the course folder around a place, or None where there is none."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        # A learner's room has lessons and exercises, too, but no settings of nbgrader. In the
        # in-browser edition there is no room within a course: what is there is the learner's own.
        ours = in_browser() or (folder / "nbgrader_config.py").is_file()
        if (folder / "lessons").is_dir() and ours:
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
