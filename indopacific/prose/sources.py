"""What the expressions behind figures and quotations may use, beside a notebook's own names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from indopacific import curriculum, datasets, predictions
from indopacific.curriculum import Lesson
from indopacific.predictions.concepts import Concept


def names() -> dict[str, Any]:
    """Return the names, for an expression that stands in the course's folder.

    Returns
    -------
    dict
        ``load``, ``row``, ``field``, ``source``, ``reference``, and what is made of the course's
        own files: ``lesson``, ``neighbours``, ``around_exercise``, ``course_table``, ``routes``,
        ``reading``, ``read_again``, ``project``.
    """
    return {
        "load": datasets.load,
        "source": datasets.source_of,
        "reference": datasets.reference_of,
        "row": row,
        "field": field,
        "lesson": lesson,
        "neighbours": neighbours,
        "around_exercise": around_exercise,
        "course_table": course_table,
        "routes": routes,
        "reading": reading,
        "read_again": read_again,
        "project": project,
    }


def row(table: str, **where: Any) -> dict[str, Any]:
    """Find the one row of a table in which columns have given values.

    Parameters
    ----------
    table : str
    **where
        Column names and values; a day is given as text, ``date="2022-02-04"``.

    Returns
    -------
    dict
        The row, column by column.

    Raises
    ------
    LookupError
        When there is no such column, no such row, or more than one.
    """
    frame = datasets.load(table)
    for column, value in where.items():
        if column not in frame:
            raise LookupError(f"the table {table!r} has no column {column!r}")
        have: Any = frame[column]
        if pd.api.types.is_datetime64_any_dtype(have):
            have = have.dt.strftime("%Y-%m-%d")
        frame = frame[have.astype(str) == str(value)]
    if len(frame) != 1:
        asked = ", ".join(f"{column}={value!r}" for column, value in where.items())
        raise LookupError(f"{len(frame)} rows of {table!r} have {asked}; one is needed")
    (found,) = frame.to_dict("records")
    return {str(column): value for column, value in found.items()}


def field(table: str, column: str) -> dict[str, Any]:
    """Return what the course says of one column: title, unit, type and description.

    Raises
    ------
    LookupError
        When there is no such table or column.
    """
    known = datasets.describe(table).set_index("column")
    if column not in known.index:
        raise LookupError(f"the table {table!r} has no column {column!r}")
    return {str(name): value for name, value in known.loc[column].items()}


def reading(**notes: str) -> str:
    """Return works to read as a list: keys of the bibliography, each with a few words or none."""
    lines = []
    for key, note in notes.items():
        lines.append(f"- {datasets.reference_of(key)}{f': {note}' if note else ''}.")
    return "\n".join(lines)


def read_again(name: str) -> str:
    """Return a link to what a question of the concept check is about."""
    asked = predictions.find(name)
    if not isinstance(asked, Concept):
        raise LookupError(f"{name!r} is no question of the concept check")
    place = f"#{asked.heading.replace(' ', '-')}" if asked.heading else ""
    section = f", \u201c{asked.heading}\u201d" if asked.heading else ""
    words = f"Lesson {asked.lesson[:2]}{section}"
    if not lesson(asked.lesson).written:
        return f"{words} (in preparation)"
    return f"[{words}]({asked.lesson}.ipynb{place})"


def lesson(name: str) -> Lesson:
    """Return what a lesson says of itself: question, minutes, exercise."""
    return curriculum.lesson(name, _course())


def neighbours(name: str) -> str:
    """Return the links from a lesson to the one before, the map and the one behind."""
    before, _, behind = _beside(name)
    return _ways(before, behind)


def around_exercise(name: str) -> str:
    """Return the links from an exercise back to its lesson, to the map, and to the next lesson."""
    _, own, behind = _beside(name)
    return _ways(own, behind, base="../../lessons/")


def _beside(name: str) -> tuple[Lesson | None, Lesson, Lesson | None]:
    """Return a lesson between the one before and the one behind, if there are such."""
    order = curriculum.lessons(_course())
    known = {each.id: place for place, each in enumerate(order)}
    if name not in known:
        raise LookupError(f"There is no lesson {name!r}; there are {', '.join(known)}.")
    place = known[name]
    before = order[place - 1] if place else None
    return before, order[place], order[place + 1] if place + 1 < len(order) else None


def _ways(before: Lesson | None, behind: Lesson | None, base: str = "") -> str:
    parts = [f"Previous: {_link(before, base)}"] if before else []
    parts.append(f"[Contents]({base}00-start-here.ipynb#The-map)")
    parts += [f"Next: {_link(behind, base)}"] if behind else []
    return " · ".join(parts)


def course_table(base: str = "") -> str:
    """Return the map of the course as a table: lessons, questions, minutes, exercises.

    Parameters
    ----------
    base : str
        What leads from the document to the folder of lessons, such as "lessons/".
    """
    lines = ["| lesson | question | minutes | exercise |", "|---|---|---|---|"]
    for each in curriculum.lessons(_course()):
        minutes = f"{each.minutes}" if each.written else "in preparation"
        lines.append(f"| {_link(each, base)} | {each.question} | {minutes} | {_work(each, base)} |")
    return "\n".join(lines)


def routes(base: str = "") -> str:
    """Return the ways through the course, of an hour, a day and a term, as a list.

    Parameters
    ----------
    base : str
        As for `course_table`.
    """
    ways = curriculum.routes(_course())
    return "\n".join(f"- {curriculum.described(way, lambda e: _link(e, base))}" for way in ways)


def _work(each: Lesson, base: str) -> str:
    if each.exercise is None:
        return ""
    folder = base.removesuffix("lessons/")
    asked = f"{each.exercise.points:g} points, about {each.exercise.minutes} minutes"
    return f"[{asked}]({folder}exercises/{each.id}/{each.id}.ipynb)"


def _link(each: Lesson, base: str = "") -> str:
    if each.written:
        return f"[{each.name}]({base}{each.id}.ipynb)"
    return each.name if base else f"{each.name} (in preparation)"


def project() -> Mapping[str, Any]:
    """Return what pyproject.toml says of the course, such as ``["requires-python"]``."""
    text = (_course() / "pyproject.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)["project"]
    return found


def _course() -> Path:
    found = curriculum.course_folder()
    if found is None:
        raise LookupError("no course folder is around this place")
    return found
