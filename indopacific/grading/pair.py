"""Start the trusted process and, from it, the learner's: a pair for one submission.

Run as `python -m indopacific.grading.pair`. The first message on standard input says how to start
the learner's process, and what to mark. Nothing heavy is imported before that process is on its
way, so that both start at the same time.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import cast

from .wire import Message, Wire, WireClosed

_MOST_BYTES = 2**31


class Started:
    """A learner's process that was started with a command.

    Parameters
    ----------
    command : list of str
    folder : str or None
        Its working folder; a new one, which goes away with it, unless given.
    """

    def __init__(self, command: list[str], folder: str | None) -> None:
        self._scratch = None if folder else tempfile.TemporaryDirectory(prefix="answers-")
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder or cast(tempfile.TemporaryDirectory[str], self._scratch).name,
            bufsize=0,
            start_new_session=True,
        )

    def wire(self, most_bytes: int) -> Wire:
        """Return the connection."""
        reader, writer = self._process.stdout, self._process.stdin
        assert reader is not None
        assert writer is not None
        return Wire(reader, writer, most_bytes=most_bytes)

    def kill(self) -> None:
        """End the process and those of its group."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, 9)
            else:
                self._process.kill()
        self._process.wait()
        if self._scratch is not None:
            with contextlib.suppress(OSError):
                self._scratch.cleanup()


def _links(job: Message) -> Iterator[Started]:
    """Start one process after another; the first at once."""
    ready = Started(job["command"], job["folder"])
    while True:
        yield ready
        ready = Started(job["command"], job["folder"])


def main() -> None:
    """Mark one submission, then end."""
    reader, writer = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    host = Wire(reader, writer, most_bytes=_MOST_BYTES)
    job = host.receive()
    started = _links(job)
    first = [next(started)]

    from .trusted import work

    with tempfile.TemporaryDirectory(prefix="tests-") as folder, contextlib.suppress(WireClosed):
        os.chdir(folder)
        work(
            job,
            connect=lambda: first.pop() if first else next(started),
            emit=host.send,
        )
        os.chdir("/")
    for left in first:
        left.kill()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
