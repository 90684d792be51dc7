"""How the processes of a submission are started: in a sandbox or without, cold or warm."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .contract import Limits
from .wire import Message, Wire

PACKAGE = Path(__file__).resolve().parents[2]

_MOST_BYTES = 2**30


def environment() -> dict[str, str]:
    """Return the environment of both processes: the same answers give the same marks anywhere."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JPY_", "IPYTHON"))}
    return kept | settings()


def settings() -> dict[str, str]:
    """Return what is set for both processes, in a sandbox too."""
    return {
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH", "")])
        ),
        # Sets of texts have one order everywhere.
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
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


def _begin(message: Message) -> ColdJob:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "indopacific.grading.pair"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=environment(),
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    wire = Wire(process.stdout, process.stdin, most_bytes=_MOST_BYTES)  # type: ignore[arg-type]
    wire.send(message)
    return ColdJob(process, wire)
