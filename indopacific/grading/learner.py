"""The process in which a learner's cells run; nothing that it says is believed.

Run as `python -m indopacific.grading.learner`: one submission, over standard input and output.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .peer import Peer
from .shell import Shell, begin_anew, interrupt_main, kept_apart, make_shell, run_cell
from .wire import Message, Stream, Wire, WireClosed


class Learner:
    """Runs cells and gives values by name, as the other side asks.

    Parameters
    ----------
    shell : Shell
    reader, writer : unbuffered binary files
    """

    def __init__(self, shell: Shell, reader: Stream, writer: Stream) -> None:
        self._shell = shell
        self._busy = False
        self._wire = Wire(reader, writer, most_bytes=2**31, urgent=self._urgent)
        self._peer = Peer(self._wire, apart=lambda: kept_apart(shell), attributes=True)
        for do in ("begin", "run", "lend", "get", "set", "delete"):
            self._peer.handle(do, getattr(self, f"_{do}"))

    def serve(self) -> None:
        """Answer until the other side has gone."""
        while True:
            try:
                message = self._wire.receive()
                self._busy = True
                self._peer.answer(message)
            except WireClosed:
                return
            except KeyboardInterrupt:
                with contextlib.suppress(WireClosed):
                    self._wire.send({"raised": {"kinds": ["RuntimeError"]}})
            finally:
                self._busy = False

    def _urgent(self, message: Message) -> None:
        if self._busy:
            interrupt_main()

    def _begin(self, message: Message) -> Message:
        begin_anew(self._shell, seed=message["seed"], output_bytes=message["output_bytes"])
        place_files({name: bytes.fromhex(data) for name, data in message["files"].items()})
        sys.path.insert(0, "")
        return {"ready": True}

    def _run(self, message: Message) -> Message:
        outputs, fault = run_cell(self._shell, message["source"])
        return {"outputs": outputs, "fault": fault}

    def _lend(self, message: Message) -> Message:
        """Run a check that the learner could see; bind what it names, but re-bind nothing."""
        names = self._shell.user_ns
        before = dict(names)
        run_cell(self._shell, message["source"])
        names.update(before)
        return {}

    def _get(self, message: Message) -> Message:
        names = self._shell.user_ns
        name = message["name"]
        if name not in names or name in self._shell.user_ns_hidden:
            return {"missing": True}
        return {"value": self._peer.pack(names[name])}

    def _set(self, message: Message) -> Message:
        self._shell.user_ns[message["name"]] = self._peer.unpack(message["value"])
        return {}

    def _delete(self, message: Message) -> Message:
        return {"missing": self._shell.user_ns.pop(message["name"], self) is self}


def place_files(files: Mapping[str, bytes]) -> None:
    """Write a submission's other files into the working folder, and nowhere else."""
    for name, content in files.items():
        path = Path(name)
        if path.is_absolute() or ".." in path.parts:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def set_limits(limits: Mapping[str, Any]) -> None:
    """Limit what this process and its children may use, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_AS": limits.get("memory_bytes"),
        "RLIMIT_FSIZE": limits.get("file_bytes"),
        "RLIMIT_NOFILE": limits.get("open_files"),
        "RLIMIT_CPU": limits.get("cpu_seconds"),
        "RLIMIT_NPROC": limits.get("processes"),
    }
    for name, value in wanted.items():
        if value is not None and hasattr(resource, name):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (int(value), int(value)))


def silence() -> tuple[Stream, Stream]:
    """Take standard input and output for oneself, and leave the code nothing there."""
    reader, writer = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)
    return reader, writer


def main() -> None:
    """Serve one submission, then end."""
    import json

    reader, writer = silence()
    shell = make_shell()
    # The last argument: limits, as JSON. Set once everything has been imported.
    set_limits(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {})
    Learner(shell, reader, writer).serve()
    os._exit(0)


if __name__ == "__main__":
    main()
