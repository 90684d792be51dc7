"""What may come in: how much, and by which names."""

from __future__ import annotations

import re
from dataclasses import dataclass


class Refused(Exception):
    """One file or archive is not taken in; the text is one sentence that says why."""


@dataclass(frozen=True)
class Limits:
    """How much is taken in.

    Attributes
    ----------
    files : int
        Files in one listing.
    file_bytes, total_bytes : int
        Of one file, and of all files of one student.
    depth : int
        Folders inside each other.
    ratio : int
        How many times larger a packed file may become. Honest notebooks become 3 to 50 times
        larger; a file made to fill disks becomes 1,000 times larger.
    """

    files: int = 200
    file_bytes: int = 64_000_000
    total_bytes: int = 128_000_000
    depth: int = 6
    ratio: int = 200


#: For the download of a whole class.
CLASS = Limits(files=20_000, total_bytes=2_000_000_000)

#: Files that may lie beside a notebook. Code is not among them: it could stand in for a module.
ALLOWED = (".csv", ".txt", ".md", ".png", ".jpg", ".jpeg")

#: What operating systems and editors leave behind; nobody need be told.
_LITTER = re.compile(
    r"\.ipynb_checkpoints|__pycache__|__MACOSX|\._.*|\.DS_Store|Thumbs\.db|desktop\.ini|feedback"
    r"|\.~.*|~\$.*|\.git",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def is_litter(parts: tuple[str, ...]) -> bool:
    """Whether a file is of no interest to anyone."""
    return any(_LITTER.fullmatch(part) for part in parts)


def quoted(name: str) -> str:
    """Quote a stranger's file name: short, on one line, nothing for a terminal to obey."""
    return repr(name if len(name) <= 80 else name[:80] + "…")


def parts_of(name: str, limits: Limits) -> tuple[str, ...]:
    """Split a name in an archive into folders and file.

    Raises
    ------
    Refused
        If it would lead anywhere else than into its own folder.
    """
    shown = quoted(name)
    if _CONTROL.search(name):
        raise Refused(f"{shown} was left out: its name holds control characters.")
    path = name.replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise Refused(f"{shown} was left out: its name is an absolute path.")
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if ".." in parts:
        raise Refused(f"{shown} was left out: its name leads out of its folder.")
    if not parts or len(parts) > limits.depth + 1 or max(map(len, parts)) > 200:
        raise Refused(f"{shown} was left out: its name is too long or too deep.")
    return parts
