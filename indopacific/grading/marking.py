"""Mark one submission: a pure function of submission, exercise and limits.

The command line, the workers of a class, nbgrader's own autograde and a learner's check all call
`mark`. It starts a trusted process, which has the tests and asks a second one, the learner's, for
the answers; here, what the trusted process says of each cell becomes marks and words.
"""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from nbformat import from_dict
from nbgrader.utils import compute_checksum

from ..exercises.known import Cell
from ..exercises.questions import Item, plain_text
from .contract import (
    MARKED,
    REFUSED,
    STOPPED,
    CannotMark,
    CellFault,
    Exercise,
    GraderFailed,
    ItemMark,
    Limits,
    Marked,
    Progress,
    State,
    Submission,
    as_cell,
)
from .intake import mend
from .wire import Message, TimeIsUp, Wire, WireClosed

# Time for interpreters to start, above what the cells may take.
_START_SECONDS = 120.0

# A check breaks its lines at 80 characters and sets in what goes on.
_AGAIN = re.compile(r"^Look again at: (.*(?:\n {2}.*)*)", re.MULTILINE)
_TIMEOUTS = ("KeyboardInterrupt", "CellTimeoutError")


class Job(Protocol):
    """A trusted process at work on one submission."""

    wire: Wire

    def serve(self, message: Message) -> bool:
        """Do what the process asks of its starter; say whether this was such a message."""

    def end(self) -> None:
        """End it, and the learner's process with it."""


class Start(Protocol):
    """How processes are started here."""

    #: Whether a learner's process is kept in a sandbox.
    protected: bool

    def begin(self, message: Message, limits: Limits) -> Job:
        """Start a trusted process and give it its work."""


@dataclasses.dataclass(frozen=True)
class _Ran:
    """What the trusted process said of one cell."""

    state: str = "not run"
    outputs: tuple[dict[str, Any], ...] = ()
    fault: Mapping[str, Any] | None = None
    value: float | None = None
    flaw: str = ""
    seconds: float = 0.0


def mark(
    submission: Submission,
    exercise: Exercise,
    limits: Limits | None = None,
    *,
    start: Start,
    progress: Progress | None = None,
) -> Marked:
    """Mark a submission.

    Parameters
    ----------
    submission : Submission
    exercise : Exercise
    limits : Limits, optional
    start : Start
        Gives the processes, in a sandbox or without.
    progress : callable, optional

    Returns
    -------
    Marked
        Whatever the submission does: a fault of its own is part of the result.

    Raises
    ------
    GraderFailed
        If the processes did not start, twice.
    """
    begun = time.monotonic()
    limits = limits or Limits()
    try:
        cells, repairs = mend(submission.notebook, exercise.cells)
    except CannotMark as refusal:
        notes = (*submission.notes, str(refusal))
        return Marked(exercise.id, REFUSED, notes=notes, protected=start.protected)
    try:
        ran, said = _run(cells, submission, exercise, limits, start=start, progress=progress)
    except GraderFailed:
        ran, said = _run(cells, submission, exercise, limits, start=start, progress=progress)
    faults = tuple(_faults(cells, ran))
    marks = tuple(_item(item, cells, ran, faults) for item in exercise.items)
    stopped = any(r.state == "not run" for c, r in zip(cells, ran, strict=True) if _code(c))
    return Marked(
        exercise=exercise.id,
        status=STOPPED if stopped else MARKED,
        items=marks,
        marks=dict(_marks(cells, ran)),
        faults=faults,
        repairs=tuple(repairs),
        notes=(*submission.notes, *said, *_notes(cells, ran, limits)),
        hidden_tests=exercise.hidden_tests,
        protected=start.protected,
        seconds=round(time.monotonic() - begun, 2),
        cells=tuple(_executed(cells, ran)),
    )


# --- Running -----------------------------------------------------------------------------------


def _run(
    cells: Sequence[Cell],
    submission: Submission,
    exercise: Exercise,
    limits: Limits,
    *,
    start: Start,
    progress: Progress | None,
) -> tuple[list[_Ran], list[str]]:
    """Have the cells run; whatever ends early, what was said until then counts."""
    ran = [_Ran() for _ in cells]
    begun = False
    notes: list[str] = []
    job = start.begin(
        {
            "cells": [dataclasses.asdict(cell) for cell in cells],
            "files": [(name, content.hex()) for name, content in submission.files],
            "exercise": exercise.as_dict(),
            "limits": dataclasses.asdict(limits),
        },
        limits,
    )
    until = time.monotonic() + limits.total_seconds + limits.cell_seconds + _START_SECONDS
    try:
        while "end" not in (message := job.wire.receive(until=until)):
            if job.serve(message):
                continue
            if "failed" in message:
                raise GraderFailed(message["failed"])
            begun = begun or "begin" in message
            if "begin" in message and progress is not None:
                progress(message["begin"], len(cells), message["item"])
            if "ran" in message:
                told = message["run"] | {"outputs": tuple(message["run"]["outputs"])}
                ran[message["ran"]] = _Ran(**told)
    except (WireClosed, TimeIsUp) as error:
        if not begun:
            raise GraderFailed("the process with the tests did not start") from None
        why = "ended unexpectedly" if isinstance(error, WireClosed) else "did not end in time"
        notes.append(f"The process with the tests {why}; what follows was not judged.")
    finally:
        job.end()
    if progress is not None:
        progress(len(cells), len(cells), "")
    return ran, notes


# --- Judging -----------------------------------------------------------------------------------


def _code(cell: Cell) -> bool:
    return cell.cell_type == "code"


def _is_test(cell: Cell) -> bool:
    return _graded(cell) and not (cell.known is not None and cell.known.role.solution)


def _graded(cell: Cell) -> bool:
    return cell.known is not None and cell.known.role.grade


def _marks(cells: Sequence[Cell], ran: Sequence[_Ran]) -> Iterator[tuple[str, float | None]]:
    for cell, done in zip(cells, ran, strict=True):
        if cell.known is not None and cell.known.role.grade:
            yield cell.known.role.id, _earned(cell, done)


def _earned(cell: Cell, done: _Ran) -> float | None:
    """Return the mark of a graded cell; None if a person gives it."""
    assert cell.known is not None
    if cell.known.role.solution:
        return 0.0 if _is_blank(cell) else None
    return _judged(done, cell.known.role.points)[0] if _code(cell) else None


def _is_blank(cell: Cell) -> bool:
    """Whether an answer cell that a person marks is as it was released."""
    assert cell.known is not None
    return bool(compute_checksum(from_dict(as_cell(cell))) == cell.known.checksum)


def _executed(cells: Sequence[Cell], ran: Sequence[_Ran]) -> Iterator[dict[str, Any]]:
    """Return the notebook's cells with what they put out."""
    count = 0
    for place, (cell, done) in enumerate(zip(cells, ran, strict=True)):
        made = as_cell(cell) | {"id": f"cell-{place}"}
        if _code(cell):
            count += 1
            made["outputs"] = _shown(done, test=_is_test(cell))
            made["execution_count"] = None if done.state == "not run" else count
        yield made


def _shown(done: _Ran, *, test: bool) -> list[dict[str, Any]]:
    """Return a cell's outputs; of a test, such that nbgrader reads the same mark from them."""
    listed = [dict(output) for output in done.outputs]
    for output in listed if test else ():
        if output.get("name") == "stderr":
            output["name"] = "stdout"  # a library's warning is not a wrong answer
        if output["output_type"] == "execute_result" and done.value is not None:
            output["data"] = {"text/plain": repr(done.value)}
    failed = any(output["output_type"] == "error" for output in listed)
    words = {
        "late": ("CellTimeoutError", "The time for this cell was over."),
        "gone": ("DeadKernelError", "Python itself ended in this cell."),
        "not run": ("NotRun", "This cell was not run."),
    }
    if done.state in words and not failed:
        name, text = words[done.state]
        listed.append({"output_type": "error", "ename": name, "evalue": text, "traceback": [text]})
    if done.flaw:
        text = f"The test has a fault: {done.flaw}."
        listed.append(
            {"output_type": "error", "ename": "NoMark", "evalue": text, "traceback": [text]}
        )
    return listed


def _faults(cells: Sequence[Cell], ran: Sequence[_Ran]) -> Iterator[CellFault]:
    """List the errors in cells that the learner has written."""
    for cell, done in zip(cells, ran, strict=True):
        if (
            not _code(cell)
            or cell.number is None
            or not (cell.known is None or cell.known.learners)
        ):
            continue
        task = cell.known.role.id if cell.known is not None else ""
        made = CellFault(
            number=cell.number,
            error="",
            shown=cell.shown,
            task=task,
        )
        if done.state == "late":
            words = "It did not end in time; is there an endless loop?"
            yield dataclasses.replace(made, error=words)
        elif done.state == "gone":
            words = "Python itself stopped in it (out of memory, or ended by the code)."
            yield dataclasses.replace(made, error=words)
        elif done.fault is not None:
            fault = done.fault
            yield dataclasses.replace(
                made,
                error=_short(f"{fault['ename']}: {fault['evalue']}"),
                line=fault.get("line"),
                code=fault.get("code", ""),
            )


def _short(text: str) -> str:
    # IPython puts its own name for the cell behind a SyntaxError; nobody knows it by that.
    text = re.sub(r"\s*\((?:<ipython-input[^>]*>|[\w.-]+\.py), line \d+\)", "", text)
    return " ".join(text.split())[:200].rstrip(": ")


def _item(
    item: Item, cells: Sequence[Cell], ran: Sequence[_Ran], faults: Sequence[CellFault]
) -> ItemMark:
    """Say what became of one item."""
    found = {c.known.role.id: (c, r) for c, r in zip(cells, ran, strict=True) if c.known}
    answer, test = found.get(item.id), found.get(f"{item.id}-test")
    made = ItemMark(item.id, item.title, 0.0, item.points, "broken", "", hint=_first_hint(item))
    seconds = sum(done.seconds for _, done in filter(None, (answer, test)))
    made = dataclasses.replace(made, seconds=round(seconds, 3))
    if item.by_hand and answer is not None:
        return _by_hand(item, answer[0], made)
    if test is None and answer is not None and _graded(answer[0]):
        test = answer
    if answer is None:
        return dataclasses.replace(
            made, message="The answer cell is missing. Copy it from a fresh exercise."
        )
    if test is None:
        return dataclasses.replace(made, message="The exercise has no test for this item.")
    earned, state, message = _judged(test[1], item.points)
    fault = next((f for f in faults if f.task == item.id), None)
    if state in ("broken", "unanswered") and fault is not None:
        message = f"Your {fault}"
        return dataclasses.replace(made, message=message)
    if state == "right":
        return dataclasses.replace(made, earned=earned, state=state, message=message, hint="")
    message, place = without_place(message)
    return dataclasses.replace(made, earned=earned, state=state, message=message, look_again=place)


def _by_hand(item: Item, cell: Cell, made: ItemMark) -> ItemMark:
    if _is_blank(cell):
        return dataclasses.replace(made, state="unanswered", message="Not answered yet.")
    words = len(plain_text(cell.source).split())
    message = f"Your text has {words:,} word{'' if words == 1 else 's'}. A person marks this"
    message += f", by these criteria:\n{item.rubric}" if item.rubric else "."
    return dataclasses.replace(made, earned=None, state="by hand", message=message, hint="")


def _judged(done: _Ran, points: float) -> tuple[float, State, str]:
    """Say what a test cell's run means: marks, state and words."""
    if done.state == "not run":
        return (
            0.0,
            "broken",
            "It was not judged: the time for the whole notebook was over, or "
            "Python had ended too often.",
        )
    if done.state == "gone":
        return (
            0.0,
            "broken",
            "Python itself stopped during the test (out of memory, or ended by the code).",
        )
    name = done.fault["ename"] if done.fault is not None else ""
    if done.state == "late" or name in _TIMEOUTS:
        return 0.0, "broken", "The test did not end in time: does your function loop for ever?"
    if done.flaw:
        return 0.0, "broken", f"The test itself has a fault: {done.flaw}. Tell your instructor."
    if done.fault is not None:
        said = done.fault["evalue"]
        if name == "NotAnswered":
            return 0.0, "unanswered", said
        if name in ("CheckFailed", "WrongKind"):
            return 0.0, "wrong", said
        return 0.0, "broken", f"The test could not run: {_short(f'{name}: {said}')}"
    score = points if done.value is None else done.value
    printed = "".join(o["text"] for o in done.outputs if o["output_type"] == "stream")
    state = "right" if score == points else "partly" if score else "wrong"
    return score, state, _last_check(printed)


def _last_check(printed: str) -> str:
    """Return what the last check of a cell said; lines after the first are indented or named."""
    lines = printed.strip().splitlines()
    first = max((i for i, x in enumerate(lines) if re.match(r"[a-z0-9-]+: ", x)), default=0)
    return "\n".join(lines[first:])


def without_place(message: str) -> tuple[str, str]:
    """Take the place in the lesson out of a check's message; return both."""
    place = _AGAIN.search(message)
    if not place:
        return message, ""
    rest = message[: place.start()] + message[place.end() :].lstrip("\n")
    return rest.rstrip(), " ".join(place.group(1).split()).removesuffix(".")


def _first_hint(item: Item) -> str:
    return item.hints[0] if item.hints else ""


def _notes(cells: Sequence[Cell], ran: Sequence[_Ran], limits: Limits) -> Iterator[str]:
    """Say which cells cost time or ended Python, and whether the rest was run."""
    for place, (cell, done) in enumerate(zip(cells, ran, strict=True)):
        where = f"cell {cell.number}" if cell.number else f"cell {place + 1} of the exercise"
        what = f"{where} ({cell.known.role.id})" if cell.known is not None else where
        if done.state == "late":
            yield f"The time for {what} was over: {limits.cell_seconds:g} seconds."
        elif done.state == "gone":
            yield f"Python itself stopped in {what}; it was started again without that cell."
    left = [c for c, r in zip(cells, ran, strict=True) if _code(c) and r.state == "not run"]
    if left:
        number = next((c.number for c in left if c.number), None)
        where = f"From cell {number} on, the" if number else "The last"
        yield (
            f"{where} cells were not run: the notebook took longer than "
            f"{limits.total_seconds:g} seconds, or Python ended too often."
        )
