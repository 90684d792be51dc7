"""Take in a whole class: what a learning platform gives to download, or a folder per student."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ...exercises.known import KnownCell
from .limits import CLASS, Refused
from .listing import ARCHIVES, Entry, list_archive, list_folder
from .names import Claim, Person, claim, folded, student_id, without_wrapper
from .taking import Parcel, gather


@dataclass(frozen=True)
class Enrolled:
    """A student whom the gradebook knows."""

    id: str
    first_name: str = ""
    last_name: str = ""


@dataclass(frozen=True)
class HandIn:
    """What one student of a class handed in.

    Attributes
    ----------
    student : str
    person : Person
        As the platform names the student.
    parcel : Parcel
    time : datetime
    late : bool
        Whether the platform calls it late.
    """

    student: str
    person: Person
    parcel: Parcel
    time: datetime
    late: bool


@dataclass(frozen=True)
class _Found:
    claim: Claim
    entry: Entry


def hand_ins(
    downloads: Path,
    exercise: str,
    *,
    known: Sequence[KnownCell] = (),
    enrolled: Sequence[Enrolled] = (),
    notes: list[str],
) -> Iterator[HandIn]:
    """Go through a folder of downloads, student by student.

    Parameters
    ----------
    downloads : Path
        Holds what was downloaded: archives of the class, of single students, folders, notebooks.
    exercise : str
    known : sequence of KnownCell, optional
        The exercise, by which a renamed notebook is recognised.
    enrolled : sequence of Enrolled, optional
        The gradebook's students, by whom names are matched.
    notes : list of str
        Gets a sentence for everything that belongs to no student.

    Yields
    ------
    HandIn
        Of every student with at least one file, whether or not a notebook is among them.
    """
    with ExitStack() as opened:
        listing = list_folder(downloads, CLASS)
        notes += listing.notes
        entries = _flattened(listing.entries, downloads, exercise, enrolled, opened, notes)
        groups = _groups(entries, exercise, notes)
        ids = _ids(list(groups), enrolled)
        for person, found in groups.items():
            times = [f.entry.time for f in found if f.entry.time]
            made = (
                []
                if ids[person] in {e.id for e in enrolled} or not enrolled
                else [
                    f"No student {person.name!r} is in the gradebook; taken in as {ids[person]!r}."
                ]
            )
            yield HandIn(
                ids[person],
                person,
                gather([_theirs(f) for f in found], exercise, known, notes=made),
                max(times, default=datetime.now(UTC)),
                any(f.claim.late for f in found),
            )


def _flattened(
    entries: Sequence[Entry],
    downloads: Path,
    exercise: str,
    enrolled: Sequence[Enrolled],
    opened: ExitStack,
    notes: list[str],
) -> list[Entry]:
    """Replace a class's archives by what they hold; take off the folders that wrap a class."""
    names = {e.id for e in enrolled}
    loose: list[Entry] = []
    packed: list[Entry] = []
    for entry in entries:
        stem = entry.parts[-1].split(".")[0]
        if not entry.name.lower().endswith(ARCHIVES) or len(entry.parts) > 1 or stem in names:
            loose.append(entry)
            continue
        try:
            # The instructor's own folder: nobody exchanges files in it meanwhile.
            file = opened.enter_context(downloads.joinpath(*entry.parts).open("rb"))
            inner = list_archive(file, entry.name, CLASS)
        except Refused:
            loose.append(entry)  # told when it is read, with its owner's name
            continue
        if _of_a_class([e.parts for e in inner.entries], exercise):
            notes += inner.notes
            own = [Entry(e.parts, e.read, e.time or entry.time) for e in inner.entries]
            packed += _unwrapped(own, exercise)
        else:
            loose.append(entry)
    return _unwrapped(loose, exercise) + packed


def _unwrapped(entries: Sequence[Entry], exercise: str) -> list[Entry]:
    depth = without_wrapper([e.parts for e in entries], exercise)
    return [Entry(e.parts[depth:] or e.parts, e.read, e.time) for e in entries]


def _of_a_class(paths: list[tuple[str, ...]], exercise: str) -> bool:
    """Whether an archive holds many students' files, and not one student's."""
    claims = [claim(path, exercise) for path in paths]
    if any(c and c.person.platform != "plain" for c in claims):
        return True
    depth = without_wrapper(paths, exercise)
    owners = {
        path[depth] for path in paths if path[-1].endswith(".ipynb") and len(path) > depth + 1
    }
    return len(owners - {exercise}) > 1


def _groups(
    entries: Sequence[Entry], exercise: str, notes: list[str]
) -> dict[Person, list[_Found]]:
    """Sort files by student; of several attempts the last."""
    groups: dict[Person, dict[tuple[str, ...], _Found]] = {}
    for entry in entries:
        found = claim(entry.parts, exercise)
        if found is None:
            if "assignsubmission_onlinetext" not in entry.name:
                notes.append(f"{entry.name!r} belongs to no student by its name; it was left out.")
            continue
        files = groups.setdefault(found.person, {})
        if found.file not in files or files[found.file].claim.attempt < found.attempt:
            files[found.file] = _Found(found, entry)
    return {person: list(files.values()) for person, files in sorted(groups.items(), key=str)}


def _theirs(found: _Found) -> Entry:
    return Entry(found.claim.file, found.entry.read, found.entry.time)


def _ids(people: Sequence[Person], enrolled: Sequence[Enrolled]) -> dict[Person, str]:
    """Give each person a student id; two never get the same."""
    by_name: dict[str, set[str]] = {}
    for one in enrolled:
        both = (one.first_name, one.last_name)
        for name in {folded("".join(both)), folded("".join(reversed(both)))} - {""}:
            by_name.setdefault(name, set()).add(one.id)
    known = {e.id for e in enrolled}

    def matched(person: Person) -> str:
        direct = {person.number, person.name} & known
        named = by_name.get(folded(person.name), set())
        return next(iter(direct or (named if len(named) == 1 else set())), "")

    found = {person: matched(person) for person in people}
    count = Counter(found.values())
    return _unique({p: n if n and count[n] == 1 else student_id(p) for p, n in found.items()})


def _unique(ids: dict[Person, str]) -> dict[Person, str]:
    """Add a number to an id that is there twice."""
    taken: set[str] = set()
    result = {}
    for person, name in ids.items():
        tries = itertools.chain([name], (f"{name}-{n}" for n in itertools.count(2)))
        result[person] = next(t for t in tries if t not in taken)
        taken.add(result[person])
    return result
