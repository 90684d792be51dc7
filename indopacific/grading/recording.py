"""Write results where nbgrader keeps them: autograded/ and the gradebook, one student at a time.

The gradebook is written first, in one transaction; then the student's folder is put in place in
one step. Whatever stops the machine in between, the next run finds no folder with this result in
it, and marks that student again.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from traitlets.config import Config

from ..exercises.assembly import KERNELSPEC
from .contract import REFUSED, Marked, Submission

RESULT = ".marks.json"


def result_of(folder: Path, exercise: str) -> dict[str, Any] | None:
    """Read the result that stands in a student's folder of autograded/; None if there is none."""
    try:
        found = json.loads((folder / f"{exercise}{RESULT}").read_text("utf-8"))
        return found if isinstance(found, dict) and isinstance(found.get("inputs"), str) else None
    except (OSError, ValueError):
        return None


class Recorder:
    """The one writer of a class's results.

    Parameters
    ----------
    config : Config
        nbgrader's.
    db_url : str
    autograded : Path
        The folder of all students' graded work.
    exercise : str
    """

    def __init__(self, config: Config, *, db_url: str, autograded: Path, exercise: str) -> None:
        self._config, self._exercise, self._autograded = config, exercise, autograded
        self._gradebook = Gradebook(db_url)

    def close(self) -> None:
        """Let the gradebook go."""
        self._gradebook.close()

    def recorded(self, student: str) -> dict[str, float | None]:
        """Return the automatic marks that the gradebook has for a student, by cell."""
        try:
            sheet = self._gradebook.find_submission_notebook(
                self._exercise, self._exercise, student
            )
        except MissingEntry:
            return {}
        return {grade.name: grade.auto_score for grade in sheet.grades}

    def record(
        self, student: str, submission: Submission | None, marked: Marked, inputs: str
    ) -> None:
        """Write one student's result.

        Parameters
        ----------
        student : str
        submission : Submission or None
            None if it could not be taken in.
        marked : Marked
        inputs : str
            A hash of everything that the result depends on.
        """
        if marked.status != REFUSED:
            self._grade(student, submission, marked)
        self._put(student, submission, marked, inputs)

    def _grade(self, student: str, submission: Submission | None, marked: Marked) -> None:
        gradebook, exercise = self._gradebook, self._exercise
        with warnings.catch_warnings():
            # SQLAlchemy's, about how nbgrader makes a submission; they are nobody's business here.
            warnings.simplefilter("ignore")
            self._save(gradebook, exercise, student, submission, marked)

    def _save(
        self,
        gradebook: Gradebook,
        exercise: str,
        student: str,
        submission: Submission | None,
        marked: Marked,
    ) -> None:
        gradebook.update_or_create_student(student)
        stamp = _time(submission.submitted_at if submission is not None else "")
        own = {"timestamp": stamp} if stamp is not None else {}
        found = gradebook.update_or_create_submission(exercise, student, **own)
        sheet = next(n for n in found.notebooks if n.name == exercise)
        for grade in sheet.grades:
            grade.auto_score = marked.marks.get(grade.name)
            # A person's mark stays, and is to be looked at again.
            by_hand = grade.auto_score is None or grade.manual_score is not None
            grade.needs_manual_grade = by_hand
        unanswered = {item.id for item in marked.items if item.state == "unanswered"}
        for comment in sheet.comments:
            comment.auto_comment = "No response." if comment.name in unanswered else None
        gradebook.db.flush()
        sheet.late_submission_penalty = self._penalty(student, found, sheet)
        gradebook.db.commit()

    def _penalty(self, student: str, submission: Any, sheet: Any) -> float | None:
        """Ask the course's own rule about a late submission."""
        if submission.total_seconds_late <= 0:
            return None
        rule = AssignLatePenalties(config=self._config)
        rule.init_plugin()
        late = rule.plugin_inst.late_submission_penalty(
            student, sheet.score, submission.total_seconds_late
        )
        return None if late is None else rule._check_late_penalty(sheet, late)

    def _put(
        self, student: str, submission: Submission | None, marked: Marked, inputs: str
    ) -> None:
        """Put the student's folder in place, whole or not at all."""
        exercise = self._exercise
        self._autograded.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=self._autograded))
        try:
            os.chmod(new, 0o755)
            text = notebook_of(marked) if marked.cells else notice(exercise, marked.notes)
            _write(new / f"{exercise}.ipynb", text.encode())
            for name, content in submission.files if submission is not None else ():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                _write(new / name, content)
            if submission is not None and submission.submitted_at:
                _write(new / "timestamp.txt", submission.submitted_at.encode())
            result = {"student": student, "inputs": inputs} | marked.as_dict()
            text = json.dumps(result, ensure_ascii=False, indent=1)
            _write(new / f"{exercise}{RESULT}", text.encode("utf-8", "replace"))
            target = self._autograded / student / exercise
            target.parent.mkdir(parents=True, exist_ok=True)
            old = Path(tempfile.mkdtemp(prefix=".old-", dir=self._autograded))
            with contextlib.suppress(FileNotFoundError):
                os.rename(target, old / exercise)
            os.rename(new, target)
            _settle(target.parent)
            shutil.rmtree(old, ignore_errors=True)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise


def tidy(autograded: Path) -> None:
    """Remove what a run that was stopped has left."""
    for left in (*autograded.glob(".new-*"), *autograded.glob(".old-*")):
        shutil.rmtree(left, ignore_errors=True)


def notebook_of(marked: Marked) -> str:
    """Return the notebook as it was run, with what was put right at its top."""
    cells = [nbformat.from_dict(cell) for cell in marked.cells]
    told = [*marked.repairs, *marked.notes]
    if told:
        listed = "\n".join(f"* {_escaped(note)}" for note in told)
        cells.insert(0, nbformat.v4.new_markdown_cell(f"Before grading:\n\n{listed}", id="notes"))
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata = nbformat.from_dict(
        {"kernelspec": dict(KERNELSPEC), "language_info": {"name": "python"}}
    )
    return nbformat.writes(made)


def notice(exercise: str, notes: Iterable[str]) -> str:
    """Return a notebook in place of one that could not be marked.

    nbgrader's own `generate_feedback` makes a page of every notebook in autograded/, and so the
    student whose work could not be marked gets one too.
    """
    listed = "\n".join(f"* {_escaped(note)}" for note in notes)
    text = f"# {exercise}\n\nThis could not be marked:\n\n{listed}"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="notice")])
    return nbformat.writes(made)


def _escaped(text: str) -> str:
    """Let no text of a student's become markup on the page of whoever reads it."""
    for sign, shown in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, shown)
    return text


def _time(text: str) -> Any:
    try:
        return parse_utc(text) if text else None
    except (ValueError, TypeError, OverflowError):
        return None


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
