"""How the processes of a submission are started: in a sandbox or without, cold or warm."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import sandbox
from .contract import Limits
from .quick import bytecode
from .wire import Message, TimeIsUp, Wire, WireClosed

if TYPE_CHECKING:
    from .marking import Start

PACKAGE = Path(__file__).resolve().parents[2]

_MOST_BYTES = 2**30
_WARM_SECONDS = 120.0


def environment() -> dict[str, str]:
    """Return the environment of both processes: the same answers give the same marks anywhere."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JPY_", "IPYTHON"))}
    folder = bytecode()
    if folder is not None:
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        kept["PYTHONPYCACHEPREFIX"] = str(folder)
    return kept | settings()


def settings() -> dict[str, str]:
    """Return what is set for both processes, in a sandbox too."""
    return {
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH", "")])
        ),
        # Sets of texts have one order everywhere.
        "PYTHONHASHSEED": "0",
        "NBGRADER_EXECUTION": "autograde",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # One submission, one core; and only a process with one thread is safe to fork.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def learner_command(limits: dict[str, Any]) -> list[str]:
    """Return the command that starts a learner's process."""
    # -P: no module that lies in the working folder takes the place of one of the course's.
    return [sys.executable, "-P", "-m", "indopacific.grading.learner", json.dumps(limits)]


@dataclasses.dataclass
class ColdJob:
    """A pair of processes that were started for one submission.

    Attributes
    ----------
    process : Popen
    wire : Wire
    """

    process: subprocess.Popen[bytes]
    wire: Wire

    def serve(self, message: Message) -> bool:
        """Do nothing: this process starts the learner's itself."""
        return False

    def end(self) -> None:
        """End both: the learner's process ends when its connection does."""
        self.wire.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)
        self.process.kill()
        self.process.wait()


class Plain:
    """Two processes of this user, without a sandbox: for work that one trusts."""

    protected = False

    def begin(self, message: Message, limits: Limits) -> ColdJob:
        """Start the pair."""
        own = {"memory_bytes": limits.memory_bytes, "file_bytes": limits.file_bytes}
        return _begin(message | {"command": learner_command(own), "folder": None})


class Cold:
    """A pair of processes, the learner's in a sandbox of its own, started for each submission.

    Parameters
    ----------
    course : Path

    Raises
    ------
    NotProtected
        If there is no sandbox here.
    """

    protected = True

    def __init__(self, course: Path) -> None:
        sandbox.require()
        self._course = course

    def begin(self, message: Message, limits: Limits) -> ColdJob:
        """Start the pair."""
        line = sandbox.command(
            learner_command(_all(limits)),
            course=self._course,
            settings=settings(),
            scratch=limits.scratch_bytes,
        )
        return _begin(message | {"command": line, "folder": "/"})


def _all(limits: Limits) -> dict[str, Any]:
    return dataclasses.asdict(limits) | {"cpu_seconds": limits.total_seconds + 60}


@dataclasses.dataclass
class WarmJob:
    """A pair of processes that two nurseries have forked for one submission."""

    wire: Wire
    handing: socket.socket
    learners: Nursery
    folder: tempfile.TemporaryDirectory[str]

    def serve(self, message: Message) -> bool:
        """Give the trusted process a connection to a new learner's process."""
        if "need" not in message:
            return False
        here, there = socket.socketpair()
        self.learners.fork(there)
        socket.send_fds(self.handing, [b"L"], [here.fileno()])
        here.close()
        return True

    def end(self) -> None:
        """End both: each ends when its connection does."""
        self.wire.close()
        self.handing.close()
        self.folder.cleanup()


class Nursery:
    """A warm process that forks.

    Parameters
    ----------
    command : list of str
    settings : dict of str to str
    """

    def __init__(self, command: list[str], settings: dict[str, str]) -> None:
        here, there = socket.socketpair()
        self._socket = here
        self._lock = threading.Lock()
        self._ready = False
        self._said: Any = tempfile.TemporaryFile()  # noqa: SIM115 (`end` closes it)
        self.process = subprocess.Popen(
            command,
            stdin=there.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            env=settings,
            cwd="/",
            start_new_session=True,
        )
        there.close()

    def wait(self) -> None:
        """Wait until it is warm.

        Raises
        ------
        NotWarm
            If it does not start here.
        """
        self._socket.settimeout(_WARM_SECONDS)
        try:
            ready = self._socket.recv(1)
        except OSError:
            ready = b""
        self._socket.settimeout(None)
        if ready != b"R":
            self._said.seek(0)
            text = self._said.read().decode("utf-8", "replace")[-500:]
            raise NotWarm(text or "it has threads and cannot be forked")
        self._ready = True

    def fork(self, *ends: socket.socket) -> None:
        """Fork a process that holds these ends of connections; they are closed here."""
        with self._lock:
            socket.send_fds(self._socket, [b"F"], [end.fileno() for end in ends])
        for end in ends:
            end.close()

    def end(self) -> None:
        """End it, and what it has forked."""
        self._socket.close()
        # It ends when it sees that; while it is still warming up it does not look.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=0.5 if self._ready else 0)
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, 9)
        self.process.wait()
        self._said.close()


class NotWarm(Exception):
    """A nursery does not work here; the text says why."""


class Warm:
    """Processes forked from two warm ones; a learner's is shut in inside the sandbox.

    The two begin to warm up at once, and `wait` waits for them: whoever has something else to
    import does so meanwhile.

    Parameters
    ----------
    course : Path
    limits : Limits
    explorers : sequence of str
        Those that the exercise names; they are drawn once, for all.

    Raises
    ------
    NotProtected
        If there is no sandbox here.
    """

    protected = True

    def __init__(self, course: Path, limits: Limits, *, explorers: Sequence[str] = ()) -> None:
        sandbox.require()
        python = [sys.executable, "-P", "-m", "indopacific.grading.nursery"]
        line = sandbox.command(
            [*python, "learner", json.dumps(_all(limits)), *explorers],
            course=course,
            settings=settings(),
            scratch=limits.scratch_bytes,
        )
        self._learners = Nursery(line, environment())
        self._markers = Nursery([*python, "marker"], environment())

    def wait(self) -> Warm:
        """Wait until processes can be forked; return this.

        Raises
        ------
        NotWarm
            If there is a sandbox, but no second within it; `Cold` works then.
        """
        try:
            self._learners.wait()
            self._markers.wait()
            self._try()
        except NotWarm:
            self.end()
            raise
        return self

    def begin(self, message: Message, limits: Limits) -> WarmJob:
        """Have the trusted process forked; it asks for the learner's itself."""
        here, there = socket.socketpair()
        handing, handed = socket.socketpair()
        self._markers.fork(there, handed)
        file = here.makefile("rwb", buffering=0)
        here.close()
        folder = tempfile.TemporaryDirectory(prefix="tests-")
        wire = Wire(file, file, most_bytes=_MOST_BYTES)
        wire.send(message | {"folder": folder.name})
        return WarmJob(wire, handing, self._learners, folder)

    def _try(self) -> None:
        """Fork one learner's process and see whether it answers."""
        here, there = socket.socketpair()
        self._learners.fork(there)
        file = here.makefile("rwb", buffering=0)
        here.close()
        wire = Wire(file, file, most_bytes=_MOST_BYTES)
        try:
            wire.send({"do": "get", "name": "nothing"})
            wire.receive(until=time.monotonic() + _WARM_SECONDS)
        except (WireClosed, TimeIsUp):
            raise NotWarm("a sandbox within the sandbox is not allowed here") from None
        finally:
            wire.close()

    def end(self) -> None:
        """End all processes."""
        self._learners.end()
        self._markers.end()


class Soon:
    """What starts processes, warm where that works and cold where it does not.

    Parameters
    ----------
    course : Path
    limits : Limits
    trust : bool
        Without a sandbox.
    explorers : sequence of str
    """

    def __init__(
        self, course: Path, limits: Limits, *, trust: bool, explorers: Sequence[str] = ()
    ) -> None:
        self._course, self._limits, self._trust = course, limits, trust
        self._explorers = explorers
        self._warm: Warm | None = None

    def begin(self) -> None:
        """Begin to warm up; `ready` waits for it."""
        if self._warm is None and not self._trust:
            self._warm = Warm(self._course, self._limits, explorers=self._explorers)

    def ready(self) -> Start:
        """Wait for it."""
        if self._trust:
            return Plain()
        self.begin()
        assert self._warm is not None
        try:
            return self._warm.wait()
        except NotWarm:
            self._warm = None
            return Cold(self._course)

    def end(self) -> None:
        """End what was begun."""
        if self._warm is not None:
            self._warm.end()


def _begin(message: Message) -> ColdJob:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "indopacific.grading.pair"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=environment(),
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    wire = Wire(process.stdout, process.stdin, most_bytes=_MOST_BYTES)
    wire.send(message)
    return ColdJob(process, wire)
