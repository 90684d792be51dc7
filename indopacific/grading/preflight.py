"""Is this file fit to hand in? The same reading and repairs as in grading, before it counts.

The file is read, never written; nothing in it is run unless that is asked for.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..exercises.known import Cell, KnownCell, known_cells
from ..exercises.questions import Item, item_of, items
from ..exercises.release import RELEASE
from ..working_copy import released_exercises
from .contract import CannotMark, CellFault, as_cell
from .intake import mend, read_notebook
from .intake.notebook import MOST_BYTES
from .repair import recognised

ANSWERED, UNANSWERED, MISSING = "answered", "not answered", "missing"


@dataclass(frozen=True)
class TaskState:
    """Where one task stands.

    Attributes
    ----------
    id, title : str
    points : float
    state : str
        "answered", "not answered" or "missing" (its answer cell is not there).
    cell : int or None
        The answer cell's place in the file, counted from 1.
    """

    id: str
    title: str
    points: float
    state: str
    cell: int | None = None


@dataclass(frozen=True)
class Preflight:
    """What was found.

    Attributes
    ----------
    file : str
    bytes : int
    exercise : str
        Which exercise it is; "" if none.
    problem : str
        Why the file could not be marked at all; "" if it could.
    tasks : tuple of TaskState
    repairs : tuple of str
        What grading would put right.
    faults : tuple of CellFault
        Cells that are not Python, and, if it was run, cells that stopped.
    ran : bool
        Whether it was run: never with cells in it that are not Python.
    stopped : str
        Why the run ended early; "" if it did not, or was not asked for.
    """

    file: str
    bytes: int
    exercise: str = ""
    problem: str = ""
    tasks: tuple[TaskState, ...] = ()
    repairs: tuple[str, ...] = ()
    faults: tuple[CellFault, ...] = ()
    ran: bool = False
    stopped: str = ""

    @property
    def fit(self) -> bool:
        """Whether everything is answered and nothing is broken."""
        answered = all(task.state == ANSWERED for task in self.tasks)
        return answered and not (self.problem or self.faults or self.stopped)

    def as_dict(self) -> dict[str, Any]:
        """Return it as data that `json.dumps` accepts."""
        return dataclasses.asdict(self) | {"fit": self.fit}


def preflight(
    file: Path, *, course: Path, exercise: str | None = None, run: bool = False
) -> Preflight:
    """Look at a notebook as grading would.

    Parameters
    ----------
    file : Path
    course : Path
        The course folder.
    exercise : str, optional
        Which exercise it is to be; otherwise that is recognised.
    run : bool
        Also run it from top to bottom.

    Returns
    -------
    Preflight
        Also of a file that cannot be marked: `problem` says why.
    """
    course = course.resolve()
    try:
        data = _bytes(file)
        size = len(data)
        found, known = _which(data, file, exercise, course)
        cells, repairs = mend(data, known)
    except CannotMark as refusal:
        size = file.lstat().st_size if file.is_file() else 0
        return Preflight(str(file), size, problem=str(refusal))
    if file.name != f"{found}.ipynb":
        repairs = [f"Hand it in under the name {found}.ipynb, not {file.name}.", *repairs]
    own = [cell for cell in cells if cell.known is None or cell.known.learners]
    faults = [*_not_python(own)]
    ran = run and not faults
    stopped = ""
    if ran:
        faults, stopped = _run(found, file, course, repairs)
    listed = items(as_cell(Cell(k.cell_type, k.source, k)) for k in known)
    return Preflight(
        file=str(file),
        bytes=size,
        exercise=found,
        tasks=tuple(_task(item, cells) for item in listed),
        repairs=tuple(repairs),
        faults=tuple(faults),
        ran=ran,
        stopped=stopped,
    )


def _bytes(file: Path) -> bytes:
    if file.is_symlink():
        raise CannotMark(f"{file} is a link. Hand in the notebook itself.")
    if file.is_dir():
        raise CannotMark(f"{file} is a folder. Give the notebook in it.")
    if not file.is_file():
        raise CannotMark(f"There is no file {file}.")
    if file.suffix.lower() != ".ipynb":
        raise CannotMark(f"{file} is not a notebook: its name does not end in .ipynb.")
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _which(
    data: bytes, file: Path, exercise: str | None, course: Path
) -> tuple[str, list[KnownCell]]:
    """Return the exercise that a notebook is, and its cells."""
    names = released_exercises(course)
    if exercise is not None and exercise not in names:
        listed = ", ".join(names) or "none yet"
        raise CannotMark(f"There is no exercise {exercise!r}. There is: {listed}.")
    cells = read_notebook(data).cells
    known = {name: _released(course, name) for name in names}
    counts = {name: recognised(cells, known[name]) for name in names}
    best = max(names, key=lambda name: (counts[name], name == file.stem), default="")
    if not best or not counts[best]:
        raise CannotMark(f"{file.name} is none of the course's exercises. Is it the right file?")
    if exercise is not None and counts[exercise] == 0:
        raise CannotMark(f"{file.name} is exercise {best}, not {exercise}. Is it the right file?")
    return (exercise or best), known[exercise or best]


def _released(course: Path, exercise: str) -> list[KnownCell]:
    path = course / RELEASE / exercise / f"{exercise}.ipynb"
    return known_cells(read_notebook(path.read_bytes()).cells)


def _task(item: Item, cells: Sequence[Cell]) -> TaskState:
    answer = next((c for c in cells if c.known is not None and c.known.role.id == item.id), None)
    if answer is None or answer.number is None:
        return TaskState(item.id, item.title, item.points, MISSING)
    state = UNANSWERED if _is_stub(answer) else ANSWERED
    return TaskState(item.id, item.title, item.points, state, answer.number)


def _is_stub(answer: Cell) -> bool:
    """Whether an answer cell says no more than when it was released."""
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    known = answer.known
    assert known is not None  # the caller chose it by its name
    bare = _bare(answer.source, known.cell_type)
    sums = [
        compute_checksum(from_dict(as_cell(Cell(known.cell_type, source, known))))
        for source in (known.source, answer.source)
    ]
    # A learner who has worked in exercises/ has overwritten the stub there, but not its checksum.
    stub_is_there = sums[0] == known.checksum
    same = stub_is_there and bare == _bare(known.source, known.cell_type)
    return not bare or same or bool(sums[1] == known.checksum)


def _bare(source: str, cell_type: str) -> str:
    """Return what a cell does: code without its comments and blank lines."""
    lines = [line.rstrip() for line in source.splitlines()]
    if cell_type == "code":
        lines = [line for line in lines if not re.match(r"\s*#", line)]
    return "\n".join(filter(None, lines))


def _not_python(cells: Sequence[Cell]) -> Iterator[CellFault]:
    """Find cells that Python cannot read."""
    from IPython.core.inputtransformer2 import TransformerManager

    for cell in cells:
        if cell.cell_type != "code" or cell.source.lstrip().startswith("%%"):
            continue
        try:
            code = TransformerManager().transform_cell(cell.source)
            compile(code, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except SyntaxError as error:
            lines = cell.source.splitlines()
            line = error.lineno if error.lineno and error.lineno <= len(lines) else None
            yield CellFault(
                number=cell.number or 0,
                error=f"{type(error).__name__}: {error.msg}",
                shown=cell.shown,
                task=item_of(cell.known.role.id) if cell.known else "",
                line=line,
                code=lines[line - 1].strip()[:120] if line else "",
            )
        except (ValueError, RecursionError, MemoryError) as error:
            yield CellFault(cell.number or 0, f"{type(error).__name__}: {error}", cell.shown)


def _run(
    exercise: str, file: Path, course: Path, repairs: Sequence[str]
) -> tuple[list[CellFault], str]:
    """Run the notebook as `check` does; return where it stopped, and why it ended early."""
    from .check import CannotCheck, check_exercise

    try:
        report = check_exercise(exercise, file, course=course)
    except CannotCheck as error:
        return [], str(error)
    faults = [CellFault(**dataclasses.asdict(error)) for error in report.errors]
    said = [note for note in report.notes if note not in repairs]
    broken = any(item.state == "broken" for item in report.items)
    return faults, " ".join(said) if broken and not faults else ""
