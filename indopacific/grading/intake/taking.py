"""Take in one submission: choose its notebook, keep what is allowed, put it down whole or not."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...exercises.known import KnownCell
from ..contract import CannotMark, Submission
from ..repair import recognised
from .limits import ALLOWED, Limits, Refused, quoted
from .listing import ARCHIVES, CLOSED, Entry, list_archive, list_folder
from .notebook import read_notebook

#: Beside a submission that was taken in: when, from where, and what was said. Ours, never theirs.
RECORD = ".intake.json"
TIMESTAMP = "timestamp.txt"
#: What nbgrader's submit adds, to hand feedback back; no part of the work.
SECRET = "submission_secret.txt"
#: The time as it came, where nobody can read it; nbgrader stops the class at such a file.
UNREADABLE = "timestamp-unreadable.txt"
#: Archives inside an archive, counted from a student's own.
NESTING = 1
MOST_NOTES = 40
_NO_TIME = (
    f"When this was handed in is not known: its {TIMESTAMP} cannot be read. Nothing was taken off "
    "for it."
)


@dataclass(frozen=True)
class Parcel:
    """What was taken from one student.

    Attributes
    ----------
    files : mapping of str to bytes
        The exercise's notebook under its own name, untouched, and allowed files.
    notes : tuple of str
        One sentence for each thing that was refused or renamed.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Keep no more notes than anyone reads."""
        if (more := len(self.notes) - MOST_NOTES) > 0:
            kept = (*self.notes[:MOST_NOTES], f"And {more} more files were left out.")
            object.__setattr__(self, "notes", kept)


def gather(
    entries: Sequence[Entry],
    exercise: str,
    known: Sequence[KnownCell] = (),
    *,
    limits: Limits | None = None,
    notes: Sequence[str] = (),
) -> Parcel:
    """Choose from a student's files what is handed on.

    Parameters
    ----------
    entries : sequence of Entry
    exercise : str
        The notebook is `<exercise>.ipynb`.
    known : sequence of KnownCell, optional
        The exercise, by which a notebook under another name is recognised.
    limits : Limits, optional
    notes : sequence of str
        What has been said already.

    Returns
    -------
    Parcel
        Without a notebook, if there is none; the notes say so.
    """
    limits = limits or Limits()
    said = list(notes)
    files = _read(entries, limits, NESTING, said)
    notebooks = {name: data for name, data in files.items() if name.lower().endswith(".ipynb")}
    chosen = _choose(notebooks, exercise, known, said)
    taken = {f"{exercise}.ipynb": notebooks[chosen]} if chosen is not None else {}
    for name, data in files.items():
        if name in notebooks or name.rpartition("/")[2] == TIMESTAMP:
            continue
        if not name.lower().endswith(ALLOWED):
            said.append(
                f"{quoted(name)} was left out: only notebooks, tables and pictures are taken."
            )
        elif (
            not name.isprintable()
            or "/." in f"/{name}"
            or any(f"{a}/".startswith(f"{b}/") for t in taken for a, b in ((t, name), (name, t)))
        ):
            said.append(f"{quoted(name)} was left out: choose another name for it.")
        else:
            taken[name] = data
    return Parcel(taken, tuple(said))


def _read(
    entries: Iterable[Entry], limits: Limits, nesting: int, notes: list[str]
) -> dict[str, bytes]:
    """Read files, and those of archives among them."""
    files: dict[str, bytes] = {}
    left = limits.total_bytes
    for entry in entries:
        shown, low = quoted(entry.name), entry.name.lower()
        try:
            if low.endswith(CLOSED):
                raise Refused(f"{shown} was left out: only .zip and .tar.gz archives are opened.")
            if len(files) >= limits.files or left <= 0:
                raise Refused(f"{shown} was left out: there is too much of everything.")
            if not low.endswith((".ipynb", *ALLOWED, *ARCHIVES)):
                files[entry.name] = b""  # named in a note, never read
                continue
            data = entry.read(min(limits.file_bytes, left))
            left -= len(data)
            if not low.endswith(ARCHIVES):
                files.setdefault(entry.name, data)
                continue
            if nesting == 0:
                raise Refused(f"{shown} was left out: it is an archive inside an archive.")
            inner = list_archive(io.BytesIO(data), entry.parts[-1], limits)
            notes += inner.notes
            rest = replace(limits, total_bytes=left, files=limits.files - len(files))
            found = _read(inner.entries, rest, nesting - 1, notes)
            left -= sum(map(len, found.values()))
            for name, content in found.items():
                files.setdefault(name, content)
        except Refused as refused:
            notes.append(str(refused))
    return files


def _choose(
    notebooks: Mapping[str, bytes], exercise: str, known: Sequence[KnownCell], notes: list[str]
) -> str | None:
    """Choose the notebook: by its name, or else by its cells."""
    name = f"{exercise}.ipynb"
    ranked = sorted(notebooks, key=lambda n: (n.rpartition("/")[2] != name, n.count("/"), n))
    exact = [n for n in ranked if n.rpartition("/")[2] == name]
    cells = {n: _recognised(notebooks[n], known) for n in ranked} if not exact and known else {}
    likely = sorted((n for n in cells if cells[n]), key=lambda n: -cells[n])
    if not known and not exact and len(ranked) == 1:
        likely = ranked
    found = next(iter([*exact, *likely]), None)
    if found is None:
        notes.append(f"No notebook {quoted(name)} was handed in.")
    elif not exact:
        notes.append(f"The notebook came as {quoted(found)} and was taken as {quoted(name)}.")
    others = [n for n in ranked if n != found]
    notes += [f"{quoted(n)} was left out: it is not {quoted(name)}." for n in others[:5]]
    return found


def _recognised(data: bytes, known: Sequence[KnownCell]) -> int:
    try:
        return recognised(read_notebook(data).cells, known)
    except CannotMark:
        return 0


# --- A student's folder ------------------------------------------------------------------------


def take_in(folder: Path, exercise: str, student: str) -> Submission:
    """Read a student's folder in submitted/, once, and change nothing in it.

    Parameters
    ----------
    folder : Path
        Such as submitted/ana/01-alignment.
    exercise, student : str

    Returns
    -------
    Submission

    Raises
    ------
    CannotMark
        If there is no notebook to mark, in words.
    """
    limits = Limits()
    try:
        listing = list_folder(folder, limits)
    except Refused as refused:
        raise CannotMark(str(refused)) from None
    ours = (RECORD, TIMESTAMP, SECRET, UNREADABLE)
    own = {e.name: e for e in listing.entries if e.name in ours}
    if RECORD in own and TIMESTAMP not in own:
        raise CannotMark("This submission was not copied completely. Collect it again.")
    record = _small_text(own.get(RECORD))
    rest = [e for e in listing.entries if e.name not in own]
    parcel = gather(rest, exercise, limits=limits, notes=[*_said(record), *listing.notes])
    notebook = parcel.files.get(f"{exercise}.ipynb")
    if notebook is None:
        raise CannotMark(" ".join(parcel.notes))
    others = tuple((n, d) for n, d in sorted(parcel.files.items()) if d is not notebook)
    stamp = _small_text(own.get(TIMESTAMP)).strip()
    notes = parcel.notes
    if UNREADABLE in own or not is_time(stamp):
        stamp, notes = "", (*notes, _NO_TIME)
    return Submission(student, notebook, others, stamp, notes)


def is_time(text: str) -> bool:
    """Whether nbgrader can read a time; no text at all is none that it stops at."""
    from nbgrader.utils import parse_utc

    try:
        return not text or isinstance(parse_utc(text), datetime)
    except (ValueError, TypeError, OverflowError, AttributeError):
        return False


def _small_text(entry: Entry | None) -> str:
    if entry is None:
        return ""
    try:
        return entry.read(100_000).decode("utf-8", "replace")
    except Refused:
        return ""


def _said(record: str) -> list[str]:
    """Read the notes of a record; it may have been put there by anybody."""
    try:
        notes = json.loads(record)["notes"] if record else []
    except (ValueError, TypeError, LookupError, RecursionError):
        return []
    return [n[:500] for n in notes if isinstance(n, str)] if isinstance(notes, list) else []


# --- Putting down ------------------------------------------------------------------------------


def put_down(target: Path, parcel: Parcel, *, time: datetime, record: Mapping[str, Any]) -> None:
    """Write a parcel as a student's folder in submitted/.

    Parameters
    ----------
    target : Path
        What stood there is replaced.
    parcel : Parcel
    time : datetime
        When it was handed in.
    record : mapping
        What else the instructor may want to know.
    """
    stamp = stamped(time)
    files = {**parcel.files, RECORD: recorded(parcel, time=time, record=record)}
    write_whole(target, {**files, TIMESTAMP: stamp.encode()})


def stamped(time: datetime) -> str:
    """Write a time as nbgrader does."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f %Z")


def recorded(parcel: Parcel, *, time: datetime, record: Mapping[str, Any]) -> bytes:
    """Write down what was taken in, and what was said."""
    full = {**record, "handed_in": stamped(time), "notes": list(parcel.notes)}
    return json.dumps(full, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def write_whole(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is there whole or not at all, whenever the machine stops."""
    new, old = (target.with_name(f".{target.name}.{which}") for which in ("new", "old"))
    tidy(target)
    for name, data in files.items():
        _write(new / name, data)
    if target.exists():
        target.rename(old)
    new.rename(target)
    _settle(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def tidy(target: Path) -> None:
    """Finish or undo what an interrupted `write_whole` has left."""
    new, old = (target.with_name(f".{target.name}.{which}") for which in ("new", "old"))
    if old.exists() and not target.exists():
        old.rename(target)
    for rest in (new, old):
        shutil.rmtree(rest, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
