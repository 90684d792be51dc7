"""Read what grading has left: results in autograded/, marks and comments in the gradebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from ..exercises.questions import Item, items, text_of
from .contract import CannotMark
from .feedback import ByHand, Feedback, feedback
from .intake import read_notebook
from .intake.limits import Limits, Refused
from .intake.listing import list_folder
from .intake.taking import RECORD

#: Behind an exercise's name, in a student's folder of autograded/.
RESULT = ".marks.json"


@dataclass(frozen=True)
class StudentResult:
    """How far one student has come.

    Attributes
    ----------
    student, first_name, last_name, email : str
    platform, number : str
        As the learning platform names the student; empty if unknown.
    status : str
        "marked", "stopped", "refused", "waiting" (handed in, not graded) or "nothing" (not handed
        in).
    feedback : Feedback or None
    """

    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    platform: str = ""
    number: str = ""
    status: str = "nothing"
    feedback: Feedback | None = None

    @property
    def name(self) -> str:
        """The student's name, or the id where there is none."""
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.student


def course_directory(course: Path) -> CourseDirectory:
    """Return nbgrader's view of a course, from its nbgrader_config.py."""
    config = Config(PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config())
    config.CourseDirectory.root = str(course)
    return CourseDirectory(config=config)


def student_feedback(
    folder: Path, exercise: str, student: str, gradebook: Gradebook, *, title: str = ""
) -> Feedback:
    """Put together what a student reads.

    Parameters
    ----------
    folder : Path
        The student's folder in autograded/.
    exercise, student : str
    gradebook : Gradebook
    title : str, optional
    """
    cells = _cells(folder / f"{exercise}.ipynb")
    by_hand, penalty = _by_hand(gradebook, exercise, student)
    marked = read_result(folder, exercise) or _from_marks(exercise, items(cells), by_hand)
    return feedback(
        marked,
        student=student,
        title=title or heading(cells) or exercise,
        cells=cells,
        by_hand=by_hand,
        penalty=penalty,
    )


def read_result(folder: Path, exercise: str) -> dict[str, Any] | None:
    """Read the result of grading; None where there is none, or none that can be read."""
    try:
        found = json.loads((folder / f"{exercise}{RESULT}").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "items" in found else None


def heading(cells: list[Mapping[str, Any]]) -> str:
    """Return a notebook's own title, from its first heading."""
    for cell in cells[:4]:
        first = next((x for x in text_of(cell).splitlines() if x.startswith("# ")), "")
        if first:
            return first.removeprefix("# ").strip()
    return ""


def class_results(course: Path, exercise: str) -> list[StudentResult]:
    """List the students of a class, and how far each has come, in the order of their ids.

    Parameters
    ----------
    course : Path
    exercise : str
    """
    directory = course_directory(course)
    submitted = course / directory.submitted_directory
    autograded = course / directory.autograded_directory
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        known = {s.id: s for s in gradebook.students}
        there = {p.parent.name for p in submitted.glob(f"[!.]*/{exercise}")}
        done = {p.parent.name for p in autograded.glob(f"[!.]*/{exercise}")}
        listed = []
        for student in sorted({*known, *there, *done}):
            one = known.get(student)
            platform, number = _record(submitted / student / exercise)
            found = None
            status = "waiting" if student in there else "nothing"
            if student in done:
                found = student_feedback(
                    autograded / student / exercise, exercise, student, gradebook
                )
                status = found.status
            listed.append(
                StudentResult(
                    student=student,
                    first_name=(one.first_name or "") if one else "",
                    last_name=(one.last_name or "") if one else "",
                    email=(one.email or "") if one else "",
                    platform=platform,
                    number=number,
                    status=status,
                    feedback=found,
                )
            )
    return listed


def _cells(file: Path) -> list[Mapping[str, Any]]:
    try:
        return list(read_notebook(file.read_bytes()).cells)
    except (OSError, CannotMark):
        return []


def _by_hand(gradebook: Gradebook, exercise: str, student: str) -> tuple[dict[str, ByHand], float]:
    """Read marks and comments of each item, and the penalty for being late."""
    try:
        sheet = gradebook.find_submission_notebook(exercise, exercise, student)
    except MissingEntry:
        return {}, 0.0
    comments = {c.name: c.comment or "" for c in sheet.comments}
    found = {}
    for grade in sheet.grades:
        item = grade.name.removesuffix("-test")
        given = grade.manual_score is not None
        score = float(grade.score) if given or grade.auto_score is not None else None
        found[item] = ByHand(score, given, comments.get(item, ""))
    return found, float(sheet.late_submission_penalty or 0.0)


def _from_marks(exercise: str, listed: list[Item], by_hand: Mapping[str, ByHand]) -> dict[str, Any]:
    """Make a result of the gradebook alone, for work that was graded before results were kept."""

    def state(item: Item) -> str:
        score = by_hand[item.id].score if item.id in by_hand else None
        if score is None:
            return "by hand"
        return "right" if score >= item.points else "partly" if score else "wrong"

    made = [
        {
            "id": item.id,
            "title": item.title,
            "points": item.points,
            "earned": by_hand[item.id].score if item.id in by_hand else None,
            "state": state(item),
            "message": item.rubric,
            "hint": "",
        }
        for item in listed
    ]
    return {
        "exercise": exercise,
        "status": "marked",
        "items": made,
        "repairs": [],
        "notes": [],
        "faults": [],
    }


def _record(folder: Path) -> tuple[str, str]:
    """Return platform and number, as the intake has written them down."""
    try:
        listing = list_folder(folder, Limits())
        entry = next(e for e in listing.entries if e.name == RECORD)
        found = json.loads(entry.read(100_000))
        return str(found.get("platform", "")), str(found.get("number", ""))
    except (Refused, StopIteration, ValueError, AttributeError):
        return "", ""
