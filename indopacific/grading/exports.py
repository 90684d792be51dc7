"""Marks as tables for learning platforms, which no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from .feedback import number
from .results import StudentResult

Results = Mapping[str, Sequence[StudentResult]]
Rows = list[list[str]]

# What a spreadsheet may take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(value: str) -> str:
    """Return a text that stays a text in a spreadsheet."""
    flat = " ".join(value.replace("\0", "").split())
    return f"'{flat}" if value.startswith(_FORMULA) or flat.startswith(_FORMULA) else flat


def write_csv(path: Path, rows: Rows) -> None:
    """Write a table whole or not at all."""
    path.absolute().parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(csv_text(rows), encoding="utf-8", newline="")
    os.replace(beside, path)


def csv_text(rows: Rows) -> str:
    """Return rows as CSV, every field quoted."""
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def plain(results: Results) -> tuple[Rows, list[str]]:
    """Return a line for each student and exercise."""
    rows = [
        ["exercise", "student_id", "last_name", "first_name", "email", "status", "score",
         "late_penalty", "waiting", "max_score"]
    ]  # fmt: skip
    for exercise, students in results.items():
        for one in students:
            found = one.feedback
            numbers = (found.earned, found.penalty, found.waiting) if found else ()
            rows.append(
                [
                    *map(safe, (exercise, one.student, one.last_name, one.first_name, one.email)),
                    one.status,
                    *(number(n) for n in numbers),
                    *[""] * (3 - len(numbers)),
                    _possible(students),
                ]
            )
    return rows, []


def canvas(results: Results) -> tuple[Rows, list[str]]:
    """Return Canvas's import: a line for each student, a column for each exercise.

    Students whose work still waits for a person have an empty field, which Canvas leaves alone.
    """
    names = list(results)
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *map(safe, names)]]
    rows.append(["    Points Possible", "", "", "", "", *(_possible(results[n]) for n in names)])
    notes: list[str] = []
    for one, scores in _by_student(results, notes):
        sortable = ", ".join(filter(None, (one.last_name, one.first_name))) or one.student
        number_ = one.number if one.platform == "canvas" else ""
        rows.append([safe(sortable), safe(number_), "", safe(one.student), "", *scores])
    return rows, notes


def moodle(results: Results) -> tuple[Rows, list[str]]:
    """Return Moodle's import: a line for each student, a column for each exercise.

    Students whose work still waits for a person have an empty field.
    """
    names = list(results)
    rows = [["Username", "First name", "Last name", "Email address", *map(safe, names)]]
    notes: list[str] = []
    for one, scores in _by_student(results, notes):
        own = (one.student, one.first_name, one.last_name, one.email)
        rows.append([*map(safe, own), *scores])
    return rows, notes


def _by_student(results: Results, notes: list[str]) -> list[tuple[StudentResult, list[str]]]:
    """Turn results by exercise into one line for each student."""
    students: dict[str, StudentResult] = {}
    for listed in results.values():
        for one in listed:
            students[one.student] = students.get(one.student, one)
    lines = []
    for student, one in sorted(students.items()):
        scores = []
        for exercise, listed in results.items():
            here = next((r for r in listed if r.student == student), None)
            scores.append(_score(exercise, here, notes))
        lines.append((one, scores))
    return lines


def _score(exercise: str, one: StudentResult | None, notes: list[str]) -> str:
    if one is None or one.feedback is None:
        return ""
    if one.feedback.waiting or one.status != "marked":
        why = "waits for a person" if one.feedback.waiting else f"was {one.status}"
        notes.append(f"{one.student}, {exercise}: {why}; the field is left empty.")
        return ""
    return number(one.feedback.earned)


def _possible(students: Sequence[StudentResult]) -> str:
    found = [s.feedback.points for s in students if s.feedback is not None and s.feedback.points]
    return number(max(found)) if found else ""
