"""Check one's own exercise: run it as a grader would, and say what to look at again.

The learner's file is read, never written. Only what stands in its answer cells and extra cells is
taken; tests come from the course. Marks are nbgrader's own, on the cells that nbgrader would run.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, determine_grade

from ..exercises.known import Cell, KnownCell, known_cells
from ..exercises.questions import Item, items, role, text_of
from ..exercises.release import RELEASE, SOURCE, ReleaseError, generate, is_untouched
from ..working_copy import UnknownExercise, own_notebooks, released_exercises
from .preprocessors import BoundedExecute, SetAsideWarnings, as_notebook_cell
from .repair import repair

MOST_BYTES = 20_000_000
MOST_CELLS = 2_000
CELL_SECONDS = 30
TOTAL_SECONDS = 300

_AGAIN = re.compile(r"^Look again at: (.*?)\.?$", re.MULTILINE | re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

# What a cell ends with when its time is over: the kernel's answer to the interrupt, or none.
_TIMEOUTS = ("KeyboardInterrupt", "CellTimeoutError")

#: right, partly, wrong, unanswered, by hand, broken
State = str
#: Called with how many cells are done, how many there are, and the item at hand.
Progress = Callable[[int, int, str], None]


class CannotCheck(Exception):
    """The file cannot be checked; the text says why and what to do."""


@dataclass(frozen=True)
class ItemReport:
    """What became of one item.

    Attributes
    ----------
    id, title : str
    earned : float or None
        None until a person has marked it.
    points : float
    state : str
        "right", "partly", "wrong", "unanswered", "by hand" or "broken" (it could not be judged).
    message : str
        What the check said; the rubric, for an item that a person marks.
    look_again : str
        A place in a lesson; empty if the check named none, or nothing is to be looked up.
    hint : str
        The item's first hint; empty if the answer is right.
    """

    id: str
    title: str
    earned: float | None
    points: float
    state: State
    message: str
    look_again: str = ""
    hint: str = ""


@dataclass(frozen=True)
class CellError:
    """An error in a cell of the learner's own.

    Attributes
    ----------
    number : int
        The cell's place in the file, counted from 1.
    error : str
        Kind and text of the error, in one line.
    """

    number: int
    error: str


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
    items : tuple of ItemReport
    errors : tuple of CellError
    notes : tuple of str
        What had to be put right before the notebook could be run.
    seconds : float
    """

    exercise: str
    file: str
    hidden_tests: bool
    items: tuple[ItemReport, ...]
    errors: tuple[CellError, ...]
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
    cell_seconds: int = CELL_SECONDS,
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
    submitted = read_notebook(file)
    release, hidden = _template(exercise, course)
    cells, notes = repair(submitted, release)
    ran, stopped = run(
        cells, progress=progress, cell_seconds=cell_seconds, total_seconds=total_seconds
    )
    errors = tuple(_errors(cells, ran))
    listed = items(as_notebook_cell(Cell(k.cell_type, k.source, k)) for k in release)
    failed = {error.number: error.error for error in errors}
    reports = tuple(_report(item, cells, ran, failed, stopped) for item in listed)
    return Report(
        exercise=exercise,
        file=str(file),
        hidden_tests=hidden,
        items=reports,
        errors=errors,
        notes=tuple(notes + ([stopped] if stopped else [])),
        seconds=round(time.monotonic() - begun, 2),
    )


# --- Reading -----------------------------------------------------------------------------------


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


def read_notebook(file: Path) -> list[Mapping[str, Any]]:
    """Read the cells of a file that may be anything.

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
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError):
        raise CannotCheck(
            f"{file} is damaged: it is not valid JSON. Open it in JupyterLab and save it, or copy "
            "your answers into a fresh notebook."
        ) from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise CannotCheck(f"{file} is not a notebook of this exercise: it has no list of cells.")
    if len(cells) > MOST_CELLS:
        raise CannotCheck(f"{file} has {len(cells):,} cells; at most {MOST_CELLS:,} are checked.")
    return cells


def _template(exercise: str, course: Path) -> tuple[list[KnownCell], bool]:
    """Return the exercise's cells, with the full tests where the course has them."""
    source = course / SOURCE / exercise / f"{exercise}.ipynb"
    if not source.is_file():
        release = read_notebook(course / RELEASE / exercise / f"{exercise}.ipynb")
        return _genuine(known_cells(release)), False
    # Generated anew, because a learner may have answered in exercises/ itself.
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        try:
            release = read_notebook(generate(course, exercise, Path(folder)))
        except ReleaseError as error:
            raise CannotCheck(f"The course's own exercise has a fault.\n{error}") from None
    full = {role(cell).id: text_of(cell) for cell in read_notebook(source)}
    return [
        dataclasses.replace(k, source=full[k.role.id])
        if k.role.grade and not k.role.solution
        else k
        for k in known_cells(release)
    ], True


def _genuine(known: list[KnownCell]) -> list[KnownCell]:
    """Refuse a release whose tests have been edited: passing them would say nothing."""
    for one in known:
        if (
            one.role.locked
            and compute_checksum(as_notebook_cell(Cell(one.cell_type, one.source, one)))
            != one.checksum
        ):
            raise CannotCheck(
                f"The cell {one.role.id!r} of the exercise in {RELEASE}/ has been changed. Put "
                "back the original file: it comes with the course."
            )
    return known


# --- Running -----------------------------------------------------------------------------------


@contextmanager
def _environment() -> Iterator[None]:
    """Let the kernel import this package, installed or not, and tell it that it is graded."""
    package = str(Path(__file__).resolve().parents[2])
    changed = {
        "PYTHONPATH": os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")])),
        "NBGRADER_EXECUTION": "autograde",
    }
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _TimeIsOver(Exception):
    """All cells together took too long."""


def run(
    cells: Sequence[Cell],
    *,
    progress: Progress | None = None,
    cell_seconds: int = CELL_SECONDS,
    total_seconds: float = TOTAL_SECONDS,
) -> tuple[list[NotebookNode], str]:
    """Execute repaired cells in an empty folder, as nbgrader would.

    Parameters
    ----------
    cells : sequence of Cell
    progress : callable, optional
    cell_seconds, total_seconds : float

    Returns
    -------
    cells : list of notebook cells
        With outputs; cells after a stop have none.
    stopped : str
        Why the run ended early; "" if it did not.
    """
    notebook = nbformat.v4.new_notebook(cells=[as_notebook_cell(cell) for cell in cells])
    end = time.monotonic() + total_seconds

    def begin(cell: NotebookNode, cell_index: int) -> None:
        if progress is not None:
            progress(cell_index, len(cells), role(cell).id)
        if time.monotonic() > end:
            raise _TimeIsOver

    execute = BoundedExecute(
        timeout=cell_seconds,
        startup_timeout=120,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # ipykernel's warnings are not the learner's
        on_cell_start=begin,
    )
    stopped = ""
    with tempfile.TemporaryDirectory(prefix="check-") as folder, _environment():
        try:
            execute.preprocess(notebook, {"metadata": {"path": folder}})
        except DeadKernelError:
            stopped = "Python itself stopped (out of memory, or ended by the code)"
        except _TimeIsOver:
            stopped = f"The notebook took longer than {total_seconds:g} seconds"
        except RuntimeError as error:
            stopped = f"Python did not start or answer ({_short(error)})"
    ran: list[NotebookNode] = notebook.cells
    if stopped:
        last = max((i for i, c in enumerate(ran) if c.get("outputs")), default=0)
        number = next((c.number for c in reversed(cells[: last + 2]) if c.number), 1)
        stopped += f" near cell {number}; what follows was not run."
    SetAsideWarnings().preprocess(notebook, {})
    if progress is not None:
        progress(len(cells), len(cells), "")
    return ran, stopped


def _short(error: object) -> str:
    return " ".join(_COLOUR.sub("", str(error)).split())[:200].rstrip(": ")


def _failure(cell: NotebookNode) -> NotebookNode | None:
    return next((o for o in cell.get("outputs", []) if o.output_type == "error"), None)


def _errors(cells: Sequence[Cell], ran: Sequence[NotebookNode]) -> Iterator[CellError]:
    """List the errors in cells that the learner has written."""
    for cell, done in zip(cells, ran, strict=True):
        failure = _failure(done)
        own = cell.known is None or cell.known.learners
        if failure is not None and own and cell.number is not None:
            if failure.ename in _TIMEOUTS:
                yield CellError(cell.number, "It did not end in time; is there an endless loop?")
            else:
                yield CellError(cell.number, _short(f"{failure.ename}: {failure.evalue}"))


# --- Reporting ---------------------------------------------------------------------------------


def _report(
    item: Item,
    cells: Sequence[Cell],
    ran: Sequence[NotebookNode],
    failed: Mapping[int, str],
    stopped: str,
) -> ItemReport:
    found = {
        c.known.role.id: (c, done)
        for c, done in zip(cells, ran, strict=True)
        if c.known is not None
    }
    answer = found.get(item.id)
    if item.by_hand and answer is not None:
        return _by_hand(item, answer[1])
    _, test = found[f"{item.id}-test"]
    if stopped and test.execution_count is None:
        return _broken(item, stopped)
    if answer is None:
        return _broken(item, "The answer cell is missing. Copy it from a fresh exercise.")
    score, _ = determine_grade(test)
    state, message = _state(test, score, item.points)
    number = answer[0].number
    if state in ("broken", "unanswered") and number is not None and number in failed:
        return _broken(item, f"Your cell {number} failed. {failed[number]}", _first_hint(item))
    if state == "right":
        return ItemReport(item.id, item.title, score, item.points, state, message)
    message, place = _without_place(message)
    return ItemReport(
        item.id, item.title, score, item.points, state, message, place, _first_hint(item)
    )


def _broken(item: Item, message: str, hint: str = "") -> ItemReport:
    return ItemReport(item.id, item.title, 0.0, item.points, "broken", message, hint=hint)


def _by_hand(item: Item, cell: NotebookNode) -> ItemReport:
    score, _ = determine_grade(cell)
    if score == 0:
        message, hint = "Not answered yet.", _first_hint(item)
        return ItemReport(item.id, item.title, 0.0, item.points, "unanswered", message, hint=hint)
    message = f"A person marks this, by these criteria:\n{item.rubric}"
    return ItemReport(item.id, item.title, None, item.points, "by hand", message)


def _state(test: NotebookNode, score: float, points: float) -> tuple[State, str]:
    """Say what a test cell's outputs mean."""
    failure = _failure(test)
    printed = "".join(o.text for o in test.outputs if o.output_type == "stream")
    if failure is None:
        state = "right" if score == points else "partly" if score else "wrong"
        return state, _last_check(printed)
    if failure.ename == "NotAnswered":
        return "unanswered", failure.evalue
    if failure.ename in ("CheckFailed", "WrongKind"):
        return "wrong", failure.evalue
    if failure.ename in _TIMEOUTS:
        return "broken", "The test did not end in time: does your function loop for ever?"
    return "broken", f"The test could not run: {_short(f'{failure.ename}: {failure.evalue}')}"


def _last_check(printed: str) -> str:
    """Return what the last check of a cell said; lines after the first are indented or named."""
    lines = printed.strip().splitlines()
    first = max((i for i, x in enumerate(lines) if re.match(r"[a-z0-9-]+: ", x)), default=0)
    return "\n".join(lines[first:])


def _without_place(message: str) -> tuple[str, str]:
    """Take the place in the lesson out of a check's message; return both."""
    place = _AGAIN.search(message)
    if not place:
        return message, ""
    return message[: place.start()].rstrip(), " ".join(place.group(1).split())


def _first_hint(item: Item) -> str:
    return item.hints[0] if item.hints else ""
