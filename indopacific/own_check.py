"""Check one's own exercise from inside the notebook: `selfcheck("01-alignment")`.

The report is that of `check`, made by another process from the notebook as it stands on disk, so
that neither names nor files of the learner's change.
"""

from __future__ import annotations

import html
import io
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from indopacific import handing_in

#: Seconds after which it is likely that something was typed since the notebook was saved.
SOON = 60

# Set in the process that checks: the notebook that it runs has this very cell.
_CHECKING = "INDOPACIFIC_CHECKING"


@dataclass(frozen=True)
class Shown:
    """A report for a notebook to show; as text where there is no page."""

    page: str
    text: str

    def _repr_html_(self) -> str:
        return self.page

    def __repr__(self) -> str:
        return self.text


def selfcheck(exercise: str) -> Shown:
    """Check this notebook, as it was last saved, and show the report.

    Write it as the last line of a cell. The file is read, never changed.

    Parameters
    ----------
    exercise : str
        Such as ``"01-alignment"``.

    Returns
    -------
    Shown
        Your marks, item by item, and where to look again; or why the check could not be made. In
        the in-browser edition, which has visible checks only: your notebook as a file to hand in.
    """
    if os.environ.get("NBGRADER_EXECUTION") or os.environ.get(_CHECKING):
        return _message("The self-check is left out while the notebook is graded.")
    if handing_in.in_browser():
        return Shown(*handing_in.offer(exercise, Path.cwd(), now=time.time()))
    # Rich is large, and no lesson needs it.
    from rich.console import Console

    from indopacific.reporting import on_page, on_terminal

    file = this_notebook(exercise)
    command = [sys.executable, "-P", "-m", "indopacific.cli", "check", exercise, "--json"]
    done = subprocess.run(
        [*command, str(file)] if file else command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, _CHECKING: "1"},
        check=False,
    )
    if done.returncode != 0:
        return _message(done.stderr.strip() or f"The check ended with status {done.returncode}.")
    report = json.loads(done.stdout)
    saved = when_saved(Path(report["file"]).stat().st_mtime, now=time.time())
    text = io.StringIO()
    # In a notebook, rich would show the text at once, above the page.
    console = Console(file=text, width=88, no_color=True, force_jupyter=False)
    console.print(on_terminal(report))
    about = f"{html.escape(Path(report['file']).name)}: {saved} Your file was not changed."
    return Shown(on_page(report, before=f"<p>{about}</p>"), f"{saved}\n\n{text.getvalue()}")


def this_notebook(exercise: str) -> Path | None:
    """Return the notebook that this kernel belongs to, or None if that cannot be known."""
    # Jupyter's server names the notebook to its kernel; another front end may only give the folder.
    named = Path(os.environ.get("JPY_SESSION_NAME", ""))
    beside = Path.cwd() / f"{exercise}.ipynb"
    there = [file for file in (named, beside) if file.suffix == ".ipynb" and file.is_file()]
    return there[0].absolute() if there else None


def when_saved(saved: float, *, now: float) -> str:
    """Say how old the file is, and to save first if it may lack what was typed since.

    Examples
    --------
    >>> when_saved(1000.0, now=1020.0)[:22]
    'saved 20 seconds ago, '
    """
    age = max(0, round(now - saved))
    clock = time.strftime("%H:%M:%S", time.localtime(saved))
    if age <= SOON:
        return f"saved {age} seconds ago, at {clock}."
    return (
        f"saved {_long_ago(age)}, at {clock}. What you have changed since is not in this report: "
        "save first (Ctrl+S, on a Mac Cmd+S), then run this cell again."
    )


def _long_ago(seconds: int) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if count := seconds // length:
            return f"{count} {unit}{'s' * (count > 1)} ago"
    return f"{seconds} seconds ago"


def _message(text: str) -> Shown:
    lines = "<br>".join(map(html.escape, text.splitlines()))
    return Shown(f'<p role="status">{lines}</p>', text)
