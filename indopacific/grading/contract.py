"""What goes into grading one submission, and what comes out: plain, frozen data."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..exercises.known import Cell, KnownCell
from ..exercises.questions import Item, Role, items

#: right, partly, wrong, unanswered, by hand, broken
State = str
#: Called with how many cells are done, how many there are, and the item at hand.
Progress = Callable[[int, int, str], None]

MARKED = "marked"
STOPPED = "stopped"
REFUSED = "refused"

MEGABYTE = 1_000_000


class CannotMark(Exception):
    """A submission that cannot be marked; the text says why and what to do."""


class GraderFailed(Exception):
    """The grader could not begin; no submission is to blame, and none gets a mark by it."""


class NotProtected(Exception):
    """Nothing can be marked, because submissions cannot be run safely here; the text says why."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    cell_seconds : float
        For one cell, an answer or a test.
    total_seconds : float
        For all cells of a submission together, restarts included.
    memory_bytes : int
        Address space of each process.
    processes : int
        Processes and threads at one time.
    open_files : int
    file_bytes, scratch_bytes : int
        Size of one file, and of all files in the working folder.
    output_bytes : int
        Output that is kept of one cell.
    answer_bytes : int
        Size of one value on its way to a test.
    restarts : int
        How often a submission that ended its own process is started again.
    """

    cell_seconds: float = 30.0
    total_seconds: float = 300.0
    memory_bytes: int = 4_000 * MEGABYTE
    processes: int = 64
    open_files: int = 256
    file_bytes: int = 64 * MEGABYTE
    scratch_bytes: int = 128 * MEGABYTE
    output_bytes: int = MEGABYTE
    answer_bytes: int = 20 * MEGABYTE
    restarts: int = 3

    def for_solution(self, seconds: float) -> Limits:
        """Derive the time for a whole submission from the time that the author's own takes."""
        return dataclasses.replace(self, total_seconds=min(600.0, max(60.0, 20.0 * seconds)))


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes
    ----------
    student : str
    notebook : bytes
        The file as it came.
    files : tuple of (str, bytes)
        Other files that are allowed, by their names in the student's folder.
    submitted_at : str
        As nbgrader's timestamp.txt has it; "" if unknown.
    notes : tuple of str
        What taking it in had to put right.
    """

    student: str
    notebook: bytes
    files: tuple[tuple[str, bytes], ...] = ()
    submitted_at: str = ""
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return a hash of the content, whoever handed it in and when."""
        whole = hashlib.sha256(self.notebook)
        for name, content in self.files:
            whole.update(f"\0{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
        return whole.hexdigest()


@dataclass(frozen=True)
class Exercise:
    """What the instructor knows of an exercise.

    Attributes
    ----------
    id : str
    cells : tuple of KnownCell
        In the order of the release; test cells with their hidden tests, if the course has them.
    visible : mapping of str to str
        For each test cell, the source that students see.
    hidden_tests : bool
        Whether the full tests are there. If not, right means: right in kind and shape.
    """

    id: str
    cells: tuple[KnownCell, ...]
    visible: Mapping[str, str]
    hidden_tests: bool = True

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions, in order; a graded cell that belongs to none is one of its own."""
        found = items(as_cell(Cell(k.cell_type, k.source, k)) for k in self.cells)
        theirs = {name for item in found for name in (item.id, f"{item.id}-test")}
        loose = [
            Item(k.role.id, k.role.id, k.role.points, k.role.solution, "", (), "")
            for k in self.cells
            if k.role.grade and k.role.id not in theirs
        ]
        return (*found, *loose)

    @property
    def digest(self) -> str:
        """Return a hash of everything that a mark may depend on."""
        return hashlib.sha256(json.dumps(self.as_dict(), sort_keys=True).encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """Return the exercise as data that `json.dumps` accepts."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Exercise:
        """Read what `as_dict` returned."""
        cells = tuple(KnownCell(**(k | {"role": Role(**k["role"])})) for k in data["cells"])
        return cls(data["id"], cells, data["visible"], data["hidden_tests"])


@dataclass(frozen=True)
class ItemMark:
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
        What the check said; the rubric, for an item that a person marks. Never test source.
    look_again : str
        A place in a lesson; empty if the check named none, or nothing is to be looked up.
    hint : str
        The item's first hint; empty if the answer is right.
    seconds : float
        Time of the item's answer and test.
    """

    id: str
    title: str
    earned: float | None
    points: float
    state: State
    message: str
    look_again: str = ""
    hint: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class CellFault:
    """An error in a cell of the learner's own.

    Attributes
    ----------
    number : int
        The cell's place in the file, counted from 1.
    error : str
        Kind and text of the error, in one line.
    shown : int or None
        The number that JupyterLab shows in brackets beside the cell; None if it shows none.
    task : str
        The item to which the cell is the answer; "" for an extra cell.
    line : int or None
        The line in the cell, counted from 1.
    code : str
        What stands in that line.
    """

    number: int
    error: str
    shown: int | None = None
    task: str = ""
    line: int | None = None
    code: str = ""

    @property
    def place(self) -> str:
        """Say where it is, with the number that the reader sees: "cell [18], line 3"."""
        cell = f"cell [{self.shown}]" if self.shown is not None else f"cell {self.number}"
        return cell + (f", line {self.line}" if self.line else "")

    def __str__(self) -> str:
        """Return place, code and error in one line."""
        return f"{self.place}{f': `{self.code}`' if self.code else ''}. {self.error}"


@dataclass(frozen=True)
class Marked:
    """The result of marking one submission.

    Attributes
    ----------
    exercise : str
    status : str
        "marked"; "stopped" (some items could not be judged, and are "broken"); "refused" (the
        notes say why; there are no marks).
    items : tuple of ItemMark
    marks : mapping of str to (float or None)
        For every graded cell, by its `grade_id`; None until a person has marked it.
    faults : tuple of CellFault
    repairs : tuple of str
        What had to be put right before the notebook could be run.
    notes : tuple of str
        What else the student and the instructor should know.
    hidden_tests : bool
    protected : bool
        Whether the submission ran in a sandbox.
    seconds : float
    cells : tuple of dict
        The notebook as it was run, with outputs, in nbformat's form.
    """

    exercise: str
    status: str
    items: tuple[ItemMark, ...] = ()
    marks: Mapping[str, float | None] = dataclasses.field(default_factory=dict)
    faults: tuple[CellFault, ...] = ()
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hidden_tests: bool = True
    protected: bool = False
    seconds: float = 0.0
    cells: tuple[dict[str, Any], ...] = ()

    @property
    def earned(self) -> float:
        """Marks earned in the items that are not marked by a person."""
        return sum(item.earned for item in self.items if item.earned is not None)

    @property
    def points(self) -> float:
        """Points of the items that `earned` counts."""
        return sum(item.points for item in self.items if item.earned is not None)

    def as_dict(self) -> dict[str, Any]:
        """Return everything but the cells, as data that `json.dumps` accepts."""
        own = dataclasses.asdict(dataclasses.replace(self, cells=()))
        del own["cells"]
        return own | {"earned": self.earned, "possible": self.points}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Marked:
        """Read what `as_dict` returned."""
        return cls(
            exercise=data["exercise"],
            status=data["status"],
            items=tuple(ItemMark(**item) for item in data["items"]),
            marks=data["marks"],
            faults=tuple(CellFault(**fault) for fault in data["faults"]),
            repairs=tuple(data["repairs"]),
            notes=tuple(data["notes"]),
            hidden_tests=data["hidden_tests"],
            protected=data["protected"],
            seconds=data["seconds"],
            cells=tuple(data.get("cells", ())),
        )


#: The version of nbgrader's cell metadata that is written.
SCHEMA = 3


def as_cell(cell: Cell) -> dict[str, Any]:
    """Return a notebook cell with the released metadata and nothing else."""
    made: dict[str, Any] = {"cell_type": cell.cell_type, "metadata": {}, "source": cell.source}
    if cell.cell_type == "code":
        made |= {"execution_count": None, "outputs": []}
    if cell.known is not None:
        known = cell.known.role
        made["metadata"]["nbgrader"] = {
            "grade_id": known.id,
            "grade": known.grade,
            "solution": known.solution,
            "locked": known.locked,
            "task": False,
            "cell_type": cell.known.cell_type,
            "checksum": cell.known.checksum,
            "schema_version": SCHEMA,
        } | ({"points": known.points} if known.grade else {})
    return made
