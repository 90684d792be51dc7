"""Read a student's folder in submitted/, once, following no link."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from .contract import CannotMark, Submission
from .reading import MOST_BYTES, too_large


def take_in(folder: Path, exercise: str, student: str) -> Submission:
    """Return what a student has handed in.

    Raises
    ------
    CannotMark
        If there is no notebook to mark, in words.
    """
    notebook = _read(folder / f"{exercise}.ipynb", most=MOST_BYTES)
    stamp = ""
    with contextlib.suppress(CannotMark):
        stamp = _read(folder / "timestamp.txt", most=1000).decode("utf-8", "replace").strip()
    return Submission(student, notebook, (), stamp)


def _read(path: Path, *, most: int) -> bytes:
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        )
    except OSError:
        raise CannotMark(f"There is no file {path.name}, or it is a link.") from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise CannotMark(f"{path.name} is not a file.")
        content = file.read(most + 1)
    if len(content) > most:
        raise CannotMark(too_large(path.name))
    return content
