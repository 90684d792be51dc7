"""A shell that runs cells as a notebook's kernel does, without a kernel.

IPython itself runs the code, so magics, displays, top-level await and the value of a last line are
what they are in JupyterLab. Outputs are kept, up to a size, in nbformat's form. Tables are kept as
text and pictures as PNG: nothing that is kept can run a script on the page of whoever reads it.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance, Type
from traitlets.config import Config

Output = dict[str, Any]

KEPT_TYPES = ("text/plain", "image/png")
INLINE = "module://matplotlib_inline.backend_inline"


class Outputs:
    """What one cell has put out, up to a number of characters."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.clear()

    def clear(self) -> None:
        """Begin a new cell."""
        self.kept: list[Output] = []
        self.size = 0
        self.cut = False

    def stream(self, name: str, text: str) -> None:
        """Add printed text."""
        room = max(0, self.most - self.size)
        self.cut = self.cut or len(text) > room
        text = text[:room]
        self.size += len(text)
        if not text:
            return
        if self.kept and self.kept[-1].get("name") == name:
            self.kept[-1]["text"] += text
        else:
            self.kept.append({"output_type": "stream", "name": name, "text": text})

    def add(self, output: Output, size: int) -> None:
        """Add a display, a result or an error; results and errors are always kept."""
        if output["output_type"] == "display_data" and self.size + size > self.most:
            self.cut = True
            return
        self.size += size
        self.kept.append(output)

    def all(self) -> list[Output]:
        """Return the outputs, with a word if some were left out."""
        if self.cut:
            return [
                *self.kept,
                {
                    "output_type": "stream",
                    "name": "stdout",
                    "text": "\n(More was put out than is kept.)\n",
                },
            ]
        return list(self.kept)


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a cell."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._outputs.stream(self.name, text)
        return len(text)


def _streams(shell: Shell) -> tuple[Any, Any]:
    return _Stream("stdout", shell.outputs), _Stream("stderr", shell.outputs)


def _bundle(data: dict[str, Any], most: int) -> dict[str, str]:
    kept = {kind: data[kind] for kind in KEPT_TYPES if isinstance(data.get(kind), str)}
    return {
        kind: text[:most] if kind == "text/plain" else text
        for kind, text in kept.items()
        if kind == "text/plain" or len(text) <= most
    }


class _Display(DisplayPublisher):
    shell: Shell

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        outputs = self.shell.outputs
        kept = _bundle(data, outputs.most)
        if kept:
            outputs.add(
                {"output_type": "display_data", "data": kept, "metadata": {}},
                sum(map(len, kept.values())),
            )

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _Result(DisplayHook):
    shell: Shell

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        outputs = self.shell.outputs
        kept = _bundle(format_dict, outputs.most)
        outputs.add(
            {
                "output_type": "execute_result",
                "data": kept,
                "metadata": {},
                "execution_count": self.prompt_count,
            },
            sum(map(len, kept.values())),
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


class Shell(InteractiveShell):
    """IPython, keeping what a cell puts out."""

    display_pub_class = Type(_Display)
    displayhook_class = Type(_Result)
    outputs = Instance(Outputs)
    fault: dict[str, Any] | None = None
    last_value: Any = None

    def init_io(self) -> None:
        """Leave the process's own streams alone."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Accept what `%matplotlib` asks for; there is no window here."""

    def ask_exit(self) -> None:
        """Go on: `exit` in a cell ends nothing."""

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Show an error without the advice that belongs to a terminal."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            super().showtraceback(*args, **kwargs)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.fault = {"ename": _name(etype), "evalue": _words(evalue)}
        lines = [str(line) for line in stb]
        self.outputs.add(
            {"output_type": "error", "traceback": lines, **self.fault}, sum(map(len, lines))
        )


def _name(kind: type) -> str:
    name = getattr(kind, "__name__", "")
    return name if isinstance(name, str) else "Error"


def _words(error: BaseException) -> str:
    try:
        return str(error)[:20_000]
    except BaseException:
        return "(its text cannot be shown)"


def make_shell(*, names: dict[str, Any] | None = None, output_bytes: int = 1_000_000) -> Shell:
    """Make the shell of this process; there can be only one.

    Parameters
    ----------
    names : dict, optional
        Where the names of the cells live; a subclass of dict may say where else to look.
    output_bytes : int
    """
    os.environ["MPLBACKEND"] = INLINE
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Context"
    shell: Shell = Shell.instance(
        config=config, user_ns=names, outputs=Outputs(output_bytes), separate_in=""
    )
    formatter: Any = shell.display_formatter
    formatter.active_types = list(KEPT_TYPES)
    return shell


def warm_up(modules: tuple[str, ...] = ()) -> None:
    """Import what nearly every notebook needs, before a process is forked for it."""
    import importlib

    import matplotlib
    from IPython.core.pylabtools import print_figure

    matplotlib.use("module://matplotlib_inline.backend_inline")
    import matplotlib.pyplot as plt

    plt.switch_backend(INLINE)
    # The first figure of a process looks up fonts, reads mathematics and loads what writes PNG.
    figure = plt.figure(figsize=(2, 2))
    axes = figure.subplots()
    axes.plot([1, 2], label="$x$")
    axes.set_title("Warm", weight="bold", style="italic")
    axes.legend()
    print_figure(figure)
    plt.close(figure)
    for module in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)


def begin_anew(shell: Shell, *, seed: int, output_bytes: int) -> None:
    """Give a freshly forked or started process its own streams, loop and fixed seeds."""
    import numpy as np

    shell.outputs.most = output_bytes
    random.seed(seed)
    np.random.seed(seed % 2**32)
    sys.stdout, sys.stderr = _streams(shell)
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr  # type: ignore[misc]
    asyncio.set_event_loop(asyncio.new_event_loop())
    # A job in the background inherits a SIGINT that is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def run_cell(shell: Shell, source: str) -> tuple[list[Output], dict[str, Any] | None]:
    """Run a cell as a kernel does.

    Returns
    -------
    outputs : list of dict
    fault : dict or None
        Keys ename, evalue, line (in the cell, from 1; or None) and code (of that line).
    """
    shell.outputs.clear()
    shell.fault = shell.last_value = None
    number = shell.execution_count
    loop = asyncio.get_event_loop()
    transformed, failed = source, None
    try:
        transformed = shell.transform_cell(source)
    except Exception:
        failed = sys.exc_info()
    try:
        done = loop.run_until_complete(
            shell.run_cell_async(
                source,
                store_history=True,
                transformed_cell=transformed,
                preprocessing_exc_tuple=failed,
            )
        )
        error = done.error_before_exec or done.error_in_exec
        shell.last_value = done.result
        # What the kernel does after each cell; pending figures are shown by it.
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", done)
    except KeyboardInterrupt as stopped:
        error = stopped
    shell.execution_count = number + 1
    if error is None:
        return shell.outputs.all(), shell.fault
    fault = shell.fault or {"ename": _name(type(error)), "evalue": _words(error)}
    if shell.fault is None:
        shell.outputs.add({"output_type": "error", "traceback": [], **fault}, 0)
    return shell.outputs.all(), fault | _place(error, number, transformed)


def _place(error: BaseException, number: int, source: str) -> dict[str, Any]:
    """Say in which line of the cell an error arose."""
    line: int | None = None
    if isinstance(error, SyntaxError):
        line = error.lineno
    step = error.__traceback__
    while step is not None and not isinstance(error, SyntaxError):
        if step.tb_frame.f_code.co_filename.startswith(f"<ipython-input-{number}-"):
            line = step.tb_lineno
        step = step.tb_next
    lines = source.splitlines()
    code = lines[line - 1].strip()[:200] if line and 1 <= line <= len(lines) else ""
    return {"line": line if code else None, "code": code}


@contextlib.contextmanager
def kept_apart(shell: Shell) -> Iterator[Callable[[], str]]:
    """Keep what is printed meanwhile out of the cell's outputs; yield what returns it."""
    before, shell.outputs = shell.outputs, Outputs(100_000)
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _streams(shell)
    now = shell.outputs
    try:
        yield lambda: "".join(o["text"] for o in now.kept if o.get("name") == "stdout")
    finally:
        shell.outputs = before
        sys.stdout, sys.stderr = streams


def interrupt_main() -> None:
    """Raise KeyboardInterrupt in the main thread, also while it sleeps."""
    if hasattr(signal, "pthread_kill"):
        ident = threading.main_thread().ident
        if ident is not None:
            signal.pthread_kill(ident, signal.SIGINT)
    else:
        import _thread

        _thread.interrupt_main()
