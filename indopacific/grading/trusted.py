"""What `marking.mark` asks the trusted process to do; nothing here needs nbgrader or nbformat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..exercises.known import Cell, KnownCell
from ..exercises.questions import Role
from .contract import Exercise, Limits
from .learner import set_limits
from .marker import Link, Marker, Names, asked_names
from .shell import Shell, make_shell
from .wire import Message

# Seconds of processor time, above what the cells may take.
_SPARE = 60.0


def work(message: Message, *, connect: Callable[[], Link], emit: Callable[[Message], None]) -> None:
    """Run one submission, and say of each cell what became of it.

    Parameters
    ----------
    message : dict
        Cells, files, exercise and limits.
    connect : callable
        Starts a learner's process.
    emit : callable
        Takes what is to be said.
    """
    exercise, limits = Exercise.from_dict(message["exercise"]), Limits(**message["limits"])
    # A test that lists what the learner calls a range must not take the machine's memory.
    own = {"memory_bytes": limits.memory_bytes, "cpu_seconds": limits.total_seconds + _SPARE}
    set_limits(own)
    if Shell.initialized():
        shell = Shell.instance()
        shell.user_ns.asked = asked_names(exercise)
    else:
        shell = make_shell(names=Names(asked_names(exercise)))
    Marker(
        exercise,
        [cell_from(cell) for cell in message["cells"]],
        limits,
        files=[(name, bytes.fromhex(content)) for name, content in message["files"]],
        connect=connect,
        shell=shell,
    ).run(emit)


def cell_from(data: Mapping[str, Any]) -> Cell:
    """Read what `dataclasses.asdict` made of a cell."""
    known = data["known"]
    if known is not None:
        known = KnownCell(**(known | {"role": Role(**known["role"])}))
    return Cell(data["cell_type"], data["source"], known, data["number"], data["shown"])
