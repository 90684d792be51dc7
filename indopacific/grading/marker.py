"""The trusted process: it has the tests, asks the learner's process for answers, and judges.

Answers are read by value at the moment at which a test names them; nothing of the learner's runs
here.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import json
import math
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from ..exercises.known import Cell
from .contract import Exercise, Limits
from .crossing import Foreign
from .peer import Gone, Peer
from .shell import Output, Shell, begin_anew, interrupt_main, kept_apart, run_cell
from .wire import Message, TimeIsUp, Wire, WireClosed

#: Seconds in which an interrupted process has to answer before it is ended.
GRACE = 4.0
_START_SECONDS = 60.0
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PNG = "iVBORw0KGgo"

Emit = Callable[[dict[str, Any]], None]


class Link(Protocol):
    """A learner's process, just started."""

    def wire(self, most_bytes: int) -> Wire:
        """Return the connection."""

    def kill(self) -> None:
        """End the process and all that it has started."""


@dataclass(frozen=True)
class CellRun:
    """What became of one cell.

    Attributes
    ----------
    state : str
        "ran", "late" (its time was over), "gone" (the process ended in it) or "not run".
    outputs : list of dict
        In nbformat's form.
    fault : dict or None
        Keys ename, evalue, line and code, if it ended in an error.
    value : float or None
        For a test: the share of the points as its last line gave it, in points; None if it gave
        none.
    flaw : str
        For a test: what is wrong with the value of its last line.
    seconds : float
    """

    state: str
    outputs: list[Output]
    fault: dict[str, Any] | None = None
    value: float | None = None
    flaw: str = ""
    seconds: float = 0.0


NOT_RUN = CellRun("not run", [])


class _Late(KeyboardInterrupt):
    """The time for an answer is over; the process was stopped in time to go on."""

    reply: Message | None = None


class Companion(Peer):
    """The learner's process as seen from here: it may lie, loop, or end at any moment."""

    def __init__(self, link: Link, *, most_bytes: int, apart: Any) -> None:
        super().__init__(link.wire(most_bytes), apart=apart)
        self._link = link
        self.gone = False
        self.late = False  # it had to be ended because its time was over

    def ask(self, do: str, **fields: Any) -> Message:
        """Ask; a process that does not answer in time is interrupted, then ended."""
        if self.gone:
            raise Gone
        try:
            return super().ask(do, **fields)
        except WireClosed:
            self.end()
            raise Gone from None
        except TimeIsUp:
            late = _Late()
            late.reply = self._interrupted()
            raise late from None

    def _interrupted(self) -> Message:
        self.until = time.monotonic() + GRACE
        try:
            self.wire.send({"urgent": "interrupt"})
            message = self.wire.receive(until=self.until)
        except (WireClosed, TimeIsUp):
            message = {"do": "nothing"}
        if "do" in message or self._depth > 0:
            self.late = True
            self.end()
            raise Gone
        return message

    def end(self) -> None:
        """End the process."""
        self.gone = True
        self._link.kill()
        self.wire.close()


class Names(dict[str, Any]):
    """The names of test cells; those that they do not bind are fetched from the learner.

    A built-in is never the learner's, unless the exercise asks for one of that name.
    """

    def __init__(self, asked: frozenset[str]) -> None:
        super().__init__()
        self.asked = asked
        self._fetched: dict[str, Any] = {}
        self._taken: set[str] = set()
        self.companion: Companion | None = None

    def forget(self) -> None:
        """Forget what was fetched: calls may have changed it."""
        self._fetched.clear()

    def _theirs(self, name: str) -> bool:
        if self.companion is None or (name.startswith("__") and name.endswith("__")):
            return False
        return not hasattr(builtins, name) or name in self.asked

    def __missing__(self, name: str) -> Any:
        if not self._theirs(name):
            raise KeyError(name)
        if name not in self._fetched:
            assert self.companion is not None
            reply = self.companion.ask("get", name=name)
            if reply.get("missing"):
                raise KeyError(name)
            self._fetched[name] = self.companion._result(reply)
        return self._fetched[name]

    def __delitem__(self, name: str) -> None:
        if name in self or not self._theirs(name):
            super().__delitem__(name)
            return
        assert self.companion is not None
        self._fetched.pop(name, None)
        if self.companion.ask("delete", name=name).get("missing"):
            raise KeyError(name)
        self._taken.add(name)

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self._taken and self.companion is not None:
            # A test took the name away for a moment, to see what depends on it.
            self._taken.discard(name)
            self.companion.ask("set", name=name, value=self.companion.pack(value))
        else:
            super().__setitem__(name, value)


class Marker:
    """Runs one repaired notebook: answers there, tests here.

    Parameters
    ----------
    exercise : Exercise
    cells : sequence of Cell
    limits : Limits
    files : sequence of (str, bytes)
    connect : callable
        Starts a learner's process.
    shell : Shell
        The shell of this process, with `Names` as its names.
    """

    def __init__(
        self,
        exercise: Exercise,
        cells: Sequence[Cell],
        limits: Limits,
        *,
        files: Sequence[tuple[str, bytes]] = (),
        connect: Callable[[], Link],
        shell: Shell,
    ) -> None:
        self._exercise, self._cells, self._limits = exercise, cells, limits
        self._files = files
        self._connect = connect
        self._shell = shell
        self._names: Names = shell.user_ns
        self._companion: Companion | None = None
        self._starts = 0
        self._done: list[str] = []
        self._seed = int(exercise.digest[:8], 16)
        self._end = 0.0
        self.notes: list[str] = []

    def run(self, emit: Emit) -> None:
        """Run every cell; emit one message for each, and one at the end."""
        begin_anew(self._shell, seed=self._seed ^ 0x5EED, output_bytes=self._limits.output_bytes)
        if not self._start():
            emit({"failed": "the process for the answers did not start"})
            return
        # The bound is for the submission: starting an interpreter is not its fault.
        self._end = time.monotonic() + self._limits.total_seconds
        for place, cell in enumerate(self._cells):
            item = cell.known.role.id if cell.known is not None else ""
            emit({"begin": place, "item": item})
            emit({"ran": place, "run": asdict(self._cell(place, cell))})
        if self._companion is not None:
            self._companion.end()
        emit({"end": True, "notes": self.notes})

    # --- the learner's process

    def _start(self) -> bool:
        """Start the learner's process, and run again what had run; say whether it is there."""
        if self._starts > self._limits.restarts:
            return False
        self._starts += 1
        companion = Companion(
            self._connect(),
            most_bytes=self._limits.answer_bytes,
            apart=lambda: kept_apart(self._shell),
        )
        companion.on_call = self._names.forget
        companion.until = time.monotonic() + _START_SECONDS
        self._companion = self._names.companion = companion
        try:
            companion.ask(
                "begin",
                seed=self._seed,
                output_bytes=self._limits.output_bytes,
                files={name: content.hex() for name, content in self._files},
            )
            for source in self._done:
                companion.until = self._until()
                companion.ask("run", source=source)
        except KeyboardInterrupt:
            companion.end()
            return False
        return True

    def _ready(self) -> Companion | None:
        """Return the learner's process, started again if need be; None if it may not be."""
        if self._companion is None or self._companion.gone:
            while not self._start():
                if self._starts > self._limits.restarts or time.monotonic() > self._end:
                    return None
        return self._companion

    def _until(self) -> float:
        return min(time.monotonic() + self._limits.cell_seconds, self._end)

    # --- cells

    def _cell(self, place: int, cell: Cell) -> CellRun:
        if cell.cell_type != "code":
            return CellRun("ran", [])
        begun = time.monotonic()
        if begun > self._end:
            return NOT_RUN
        companion = self._ready()
        if companion is None:
            return NOT_RUN
        if cell.known is not None and cell.known.role.grade and not cell.known.role.solution:
            ran = self._test(cell, companion)
        else:
            self._lend(place, cell, companion)
            ran = self._answer(cell, companion)
        return replace(ran, seconds=round(time.monotonic() - begun, 3))

    def _answer(self, cell: Cell, companion: Companion) -> CellRun:
        for name in bound_names(cell.known.source if cell.known else ""):
            self._names.pop(name, None)
        companion.until = self._until()
        try:
            reply, state = companion.ask("run", source=cell.source), "ran"
        except _Late as late:
            reply, state = late.reply or {}, "late"
        except Gone:
            return CellRun("late" if companion.late else "gone", [])
        if state == "ran":
            self._done.append(cell.source)
        outputs = clean_outputs(reply.get("outputs"), self._limits.output_bytes)
        return CellRun(state, outputs, clean_fault(reply.get("fault")))

    def _lend(self, place: int, cell: Cell, companion: Companion) -> None:
        """Give a later cell the names that a check which the learner could see had bound."""
        for earlier in self._cells[:place]:
            name = earlier.known.role.id if earlier.known is not None else ""
            source = self._exercise.visible.get(name, "")
            lent = [n for n in bound_names(source) if not n.startswith("__")]
            if any(re.search(rf"\b{re.escape(n)}\b", cell.source) for n in lent):
                companion.until = self._until()
                with contextlib.suppress(KeyboardInterrupt):
                    companion.ask("lend", source=source)

    def _test(self, cell: Cell, companion: Companion) -> CellRun:
        assert cell.known is not None
        self._names.forget()
        companion.until = until = self._until()
        done: tuple[list[Output], dict[str, Any] | None] = ([], None)
        late = False
        with _alarm(until + GRACE + 1) as rang:
            done = run_cell(self._shell, cell.source)
            late = rang()
        outputs, fault = done
        if fault is not None and fault["ename"] in ("_Late", "Gone"):
            fault = fault | {"ename": "CellTimeoutError"}
        if companion.gone and not companion.late:
            return CellRun("gone", outputs, fault)
        if late or companion.late or time.monotonic() > until:
            return CellRun("late", outputs, fault)
        value, flaw = _mark(self._shell.last_value, cell.known.role.points)
        return CellRun("ran", outputs, fault, value, flaw)


@contextlib.contextmanager
def _alarm(moment: float) -> Iterator[Callable[[], bool]]:
    """Interrupt this process if it is still here at a moment."""
    lock, state = threading.Lock(), {"on": True, "rang": False}

    def ring() -> None:
        with lock:
            if state["on"]:
                state["rang"] = True
                interrupt_main()

    timer = threading.Timer(max(0.0, moment - time.monotonic()), ring)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: state["rang"]
    except KeyboardInterrupt:
        state["rang"] = True
    finally:
        while state["on"]:
            with contextlib.suppress(KeyboardInterrupt), lock:
                state["on"] = False
        timer.cancel()


def _mark(value: Any, points: float) -> tuple[float | None, str]:
    """Read the value of a test's last line as marks; return them, or what is wrong with it.

    nbgrader gives full marks for text, for a negative number and for nan, and drops the whole
    submission for more than the points.
    """
    if value is None:
        return None, ""
    if type(value) in (bool, np.bool_):
        return (points if value else 0.0), ""
    if isinstance(value, int | float | np.integer | np.floating):
        number = float(value)
        if math.isfinite(number) and 0 <= number <= points:
            return number, ""
        return 0.0, f"its last line gave {number:g}, which is not between 0 and {points:g}"
    plain = str | bytes | list | tuple | dict | set | frozenset | complex | np.ndarray | Foreign
    if isinstance(value, plain):
        return 0.0, f"its last line gave a {type(value).__name__}, which is not a mark"
    return None, ""


@lru_cache(maxsize=1000)
def bound_names(source: str) -> frozenset[str]:
    """List the names that a cell binds at its top level."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return frozenset(re.findall(r"^(?:def|class)?\s*(\w+)\s*(?:=|\()", source, re.MULTILINE))
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                found.add(part.id)
            elif isinstance(part, ast.alias):
                found.add((part.asname or part.name).split(".")[0])
    return frozenset(found)


# --- What the learner's process says ------------------------------------------------------------


def clean_outputs(told: Any, most: int) -> list[Output]:
    """Keep of outputs what is of the known shape, and no more than a size."""
    kept: list[Output] = []
    room = 2 * most + 100_000
    for one in told if type(told) is list else []:
        made = _clean_output(one) if type(one) is dict else None
        size = len(json.dumps(made)) if made else 0
        if made is not None and size <= room:
            kept.append(made)
            room -= size
    return kept


def _clean_output(one: dict[str, Any]) -> Output | None:
    kind = one.get("output_type")
    if kind == "stream" and one.get("name") in ("stdout", "stderr"):
        return {"output_type": kind, "name": one["name"], "text": _line(one.get("text"), 10**7)}
    if kind == "error":
        trace = one.get("traceback")
        lines = [_line(x, 20_000) for x in trace[:200]] if type(trace) is list else []
        return {
            "output_type": kind,
            "ename": _line(one.get("ename"), 100),
            "evalue": _line(one.get("evalue"), 20_000),
            "traceback": lines,
        }
    if kind not in ("display_data", "execute_result"):
        return None
    data = one.get("data")
    kept: dict[str, str] = {}
    if type(data) is dict:
        if type(data.get("text/plain")) is str:
            kept["text/plain"] = _line(data["text/plain"], 10**6)
        picture = data.get("image/png")
        if type(picture) is str and re.fullmatch(r"iVBORw0KGgo[A-Za-z0-9+/=\n]*", picture):
            kept["image/png"] = picture
    made: Output = {"output_type": kind, "data": kept, "metadata": {}}
    if kind == "execute_result":
        count = one.get("execution_count")
        made["execution_count"] = count if type(count) is int else None
    return made


def clean_fault(told: Any) -> dict[str, Any] | None:
    """Keep of a fault what is of the known shape."""
    if type(told) is not dict:
        return None
    line = told.get("line")
    return {
        "ename": _line(told.get("ename"), 100),
        "evalue": _line(told.get("evalue"), 2_000),
        "line": line if type(line) is int and 0 < line < 10**6 else None,
        "code": _line(told.get("code"), 200),
    }


def _line(text: Any, most: int) -> str:
    if type(text) is not str:
        return ""
    # Lone surrogates cannot be written to a file.
    return _COLOUR.sub("", text[:most]).encode("utf-8", "replace").decode("utf-8")


def asked_names(exercise: Exercise) -> frozenset[str]:
    """List the names that the answer cells of an exercise bind."""
    sources = [k.source for k in exercise.cells if k.learners and k.cell_type == "code"]
    return frozenset().union(*map(bound_names, sources)) if sources else frozenset()
