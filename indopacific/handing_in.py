"""Hands a learner's notebook over from the in-browser edition, where no course is installed.

The browser has the visible checks, which stand in the notebook. For the rest of the marks the
notebook goes to an instructor, or into a copy of the course with an installation, as a file.
"""

from __future__ import annotations

import base64
import html
import json
import sys
import time
from pathlib import Path


def in_browser() -> bool:
    """Say whether this Python runs in a web page."""
    return sys.platform == "emscripten"


def offer(exercise: str, folder: Path, *, now: float) -> tuple[str, str]:
    """Return a link that downloads a notebook as it was last saved: as HTML, and as plain text.

    Parameters
    ----------
    exercise : str
        Such as ``"01-alignment"``.
    folder : Path
        Where the notebook stands.
    now : float
        The time, in seconds since 1970.
    """
    file = folder / f"{exercise}.ipynb"
    try:
        content = _without_outputs(file.read_bytes())
    except (OSError, ValueError, LookupError, TypeError) as problem:
        words = (
            f"{file.name} could not be read ({problem}). Save it (Ctrl+S), then run this cell "
            "again; or choose Download in the menu File."
        )
        return f'<p role="status">{html.escape(words)}</p>', words
    age = max(0, round(now - file.stat().st_mtime))
    clock = time.strftime("%H:%M:%S", time.localtime(now - age))
    saved = f"saved at {clock} UTC" if time.timezone == 0 else f"saved at {clock}"
    data = base64.b64encode(content).decode()
    words = (
        "In the browser the checks below each task judge your answers; they see kind and shape, "
        "and sometimes a small example. The full tests run where the course is installed: hand in "
        f"the file {file.name}, or put it into your copy of the course and run "
        f"python3 course.py check {exercise} {file.name}."
    )
    link = (
        f'<a class="indopacific-hand-in" download="{file.name}" '
        f'href="data:application/x-ipynb+json;base64,{data}">Download {file.name} to hand in</a>'
    )
    save = (
        f"It is your notebook as {saved}: save first (Ctrl+S, on a Mac Cmd+S), then run this cell "
        "again if you have changed something since."
    )
    page = f"<p><strong>{link}</strong></p><p>{html.escape(save)}</p><p>{html.escape(words)}</p>"
    return page, f"{save}\n{words}"


def _without_outputs(notebook: bytes) -> bytes:
    """Return a notebook without what its cells showed: one output is this very link."""
    found = json.loads(notebook)
    for cell in found["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()
