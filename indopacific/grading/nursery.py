"""A warm process that forks one process for each submission, with everything imported.

Run as `python -m indopacific.grading.nursery marker` or `... learner LIMITS EXPLORER...`, with a
socket as standard input; each message on it brings the ends of connections for one new process. A
learner's process is shut in (`confine.py`) before it gets a word of the submission, and a guard
outside ends it when its connection ends or its memory grows too large.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .shell import make_shell, warm_up
from .wire import Wire, WireClosed

# Parts of the package that no notebook imports: the commands, and what they alone need.
_NOT_FOR_NOTEBOOKS = (
    "cli",
    "corpus",
    "exercises",
    "grading",
    "jupyter",
    "lab",
    "prose",
    "publishing",
    "reporting",
    "terminal",
    "terminals",
    "upkeep",
    "working_copy",
)
# What IPython and pandas import only when a cell first fails, shows a table or turns one around.
_LATE = (
    "IPython.core.logger",
    "bdb",
    "pandas.core.computation.api",
    "pandas.core.reshape.api",
    "pandas.io.formats.string",
)
_MOST_BYTES = 2**30
_LOOK_SECONDS = 0.1


def main() -> None:
    """Fork on request until the socket is closed."""
    role = sys.argv[1]
    limits = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    # What a fork would have to import is imported here.
    if role == "marker":
        from . import trusted  # noqa: F401
        from .marker import Names

        make_shell(names=Names(frozenset()))
    else:
        from . import confine, learner, sandbox  # noqa: F401

        make_shell()
    warm_up(("pandas", "ipywidgets", *_LATE, *_course_modules()))
    _read_tables()
    _draw(sys.argv[3:])
    # Nothing that exists now is ever collected: forks share its memory.
    gc.collect()
    gc.freeze()
    if threading.active_count() != 1:
        control.sendall(b"T")
        return
    control.sendall(b"R")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    while True:
        try:
            message, fds, _, _ = socket.recv_fds(control, 1, 4)
        except InterruptedError:
            continue
        if not message:
            break
        if os.fork() == 0:
            try:
                control.close()
                if role == "marker":
                    _marker(fds)
                else:
                    _guard(fds, limits)
            finally:
                os._exit(1)
        for fd in fds:
            os.close(fd)
        _clear_away()
    os._exit(0)


def _clear_away() -> None:
    """Forget the processes that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _course_modules() -> Iterator[str]:
    """List what the course's notebooks may import."""
    import indopacific

    for found in pkgutil.walk_packages(indopacific.__path__, "indopacific."):
        if found.name.split(".")[1] not in _NOT_FOR_NOTEBOOKS:
            yield found.name


def _read_tables() -> None:
    """Have the course's tables read once, for all."""
    from indopacific import load, tables

    # A table that cannot be read is the notebook's matter, if it asks for it.
    with contextlib.suppress(Exception):
        for name in tables()["name"]:
            load(name)


def _draw(explorers: list[str]) -> None:
    """Draw explorers once: what they look up and work out is then there in every process."""
    from indopacific import explore

    for name in explorers:
        with contextlib.suppress(Exception):
            explore(name)


# --- the trusted process ----------------------------------------------------------------------


class _Handed:
    """A learner's process that another nursery has forked."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def wire(self, most_bytes: int) -> Wire:
        """Return the connection."""
        file = self._connection.makefile("rwb", buffering=0)
        return Wire(file, file, most_bytes=most_bytes)

    def kill(self) -> None:
        """Close the connection: the guard sees it."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()


def _marker(fds: list[int]) -> None:
    from .trusted import work

    job, handed = (socket.socket(fileno=fd) for fd in fds)
    file = job.makefile("rwb", buffering=0)
    host = Wire(file, file, most_bytes=_MOST_BYTES)

    def connect() -> _Handed:
        host.send({"need": "learner"})
        _, given, _, _ = socket.recv_fds(handed, 1, 1)
        if not given:
            raise WireClosed
        return _Handed(socket.socket(fileno=given[0]))

    with contextlib.suppress(WireClosed):
        message = host.receive()
        os.chdir(message["folder"])
        work(message, connect=connect, emit=host.send)
    os._exit(0)


# --- the learner's process --------------------------------------------------------------------


def _guard(fds: list[int], limits: dict[str, Any]) -> None:
    """Fork the learner's process into its namespaces, and stay outside to watch it."""
    from . import confine
    from .sandbox import HOME

    (fd,) = fds
    confine.leave_namespaces()
    child = os.fork()
    if child == 0:
        _learner(fd, limits, HOME)
    _watch(child, fd, int(limits["memory_bytes"]))
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os._exit(0)


def _learner(fd: int, limits: dict[str, Any], folder: str) -> None:
    from . import confine
    from .learner import Learner, set_limits
    from .shell import Shell

    confine.shut_in(scratch_bytes=int(limits["scratch_bytes"]), folder=folder)
    set_limits(limits)
    reader, writer = os.fdopen(fd, "rb", 0), os.fdopen(os.dup(fd), "wb", 0)
    Learner(Shell.instance(), reader, writer).serve()
    os._exit(0)


def _watch(child: int, fd: int, most: int) -> None:
    """Return when the learner's process or its connection ends, or it takes too much memory."""
    ended = os.pidfd_open(child)
    poll = select.poll()
    poll.register(fd, 0)  # POLLHUP is always reported
    poll.register(ended, select.POLLIN)
    tree = os.stat(f"/proc/{child}/ns/pid").st_ino
    start = _own_memory(child)
    while not poll.poll(_LOOK_SECONDS * 1000):
        used = 0
        for process in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if process.name.isdigit() and (process / "ns/pid").stat().st_ino == tree:
                    used += max(0, _own_memory(int(process.name)) - start)
        if used > most:
            return


def _own_memory(process: int) -> int:
    """Return the bytes that a process holds and no file does."""
    status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    line = next((x for x in status.splitlines() if x.startswith("RssAnon:")), "RssAnon: 0 kB")
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main()
