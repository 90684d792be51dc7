"""Put a submitted notebook's cells back into the shape that was released.

A learner may copy, delete, split, move, rename or re-label cells by accident. Only two things in a
submission are the learner's: what stands in the answer cells, and extra cells. Everything else is
taken from what the instructor knows, so that one broken notebook neither stops a class nor changes
a mark. What a learner has written is never dropped: it is the answer, or an extra cell.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from ..exercises.known import Cell, KnownCell
from ..exercises.questions import Role, role

#: A student reads no more than this.
MOST_NOTES = 60

_TYPES = ("code", "markdown", "raw")
_HIDDEN = re.compile(
    r"^[^\n]*BEGIN HIDDEN TESTS.*?(?:END HIDDEN TESTS[^\n]*(?:\n|\Z)|\Z)", re.S | re.M
)
_BINDS = r"^(?:def[ \t]+({0})[ \t]*\(|({0})[ \t]*(?::[^=\n]*)?=(?!=))"
# An unclosed string ends with its line, so that no text takes more than one pass.
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|#[^\n]*")
# Names that a release gives to cells that nbgrader does not know.
_AUTHORS = re.compile(r"text-\d+|generated")


def repair(
    submitted: Sequence[Mapping[str, Any]], known: Sequence[KnownCell]
) -> tuple[list[Cell], list[str]]:
    """Return the cells to run and grade, and what had to be put right.

    Parameters
    ----------
    submitted : sequence of notebook cells
        As they stand in the learner's file; nothing about them is trusted.
    known : sequence of KnownCell
        The exercise, in order.

    Returns
    -------
    cells : list of Cell
        The known cells in their order, each followed by the extra cells that stood behind it:
        those of the learner, and those of the author that nbgrader does not know, such as the
        imports. Of a copied cell the last that was written in is the answer, and the others are
        extra cells. A deleted answer cell stays away, unless a person marks it.
    notes : list of str
        One sentence for each repair, for the learner and the instructor.
    """
    cells = [_Theirs.read(cell, place) for place, cell in enumerate(submitted)]
    notes: list[str] = []
    copies = _by_name(cells, known)
    notes += _recover(cells, known, copies)
    for one in known:
        _add_half(one, copies, cells)
    answers = {k.role.id: _answer(k, copies[k.role.id], notes) for k in known if copies[k.role.id]}
    notes += _tags(cells)
    extras, moved = _extras(cells, known, answers, notes)
    repaired = list(extras.get("", []))
    for one in known:
        repaired += _restored(one, answers.get(one.role.id), notes)
        repaired += extras.get(one.role.id, [])
    if moved:
        notes.append("Cells were moved; they are run in the exercise's own order.")
    more = len(notes) - MOST_NOTES
    return repaired, notes[:MOST_NOTES] + ([f"And {more} more repairs."] if more > 0 else [])


def recognised(submitted: Sequence[Mapping[str, Any]], known: Sequence[KnownCell]) -> int:
    """Return how many of an exercise's cells stand in a notebook, by name or by content."""
    cells = [_Theirs.read(cell, place) for place, cell in enumerate(submitted)]
    copies = _by_name(cells, known)
    _recover(cells, known, copies)
    return sum(bool(found) for found in copies.values())


# --- What was submitted ------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class _Theirs:
    """A submitted cell with everything that is not text of the expected kind taken out.

    Attributes
    ----------
    place : int
    cell_type, source : str
    role : Role
    name : str
        nbformat's own id of the cell, which in a release is the `grade_id`.
    shown : int or None
    tags : tuple of str
    lost : str
        What it held that no repaired cell holds: "pictures that were pasted into it", ...
    """

    place: int
    cell_type: str
    source: str
    role: Role
    name: str
    shown: int | None
    tags: tuple[str, ...]
    lost: str

    @classmethod
    def read(cls, cell: Mapping[str, Any], place: int) -> _Theirs:
        metadata = cell.get("metadata")
        tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
        count = cell.get("execution_count")
        found = cell.get("cell_type")
        return cls(
            place=place,
            cell_type=found if isinstance(found, str) and found in _TYPES else "raw",
            source=_source(cell),
            role=role(cell),
            name=cell["id"] if isinstance(cell.get("id"), str) else "",
            shown=count if type(count) is int and 0 < count < 1_000_000 else None,
            tags=tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else (),
            lost=_lost(cell),
        )

    @property
    def number(self) -> int:
        return self.place + 1

    @cached_property
    def plain(self) -> str:
        return _plain(self.source)


def _lost(cell: Mapping[str, Any]) -> str:
    if not isinstance(cell.get("source", ""), str | list):
        return "something that is no text"
    return "pasted pictures" if cell.get("attachments") else ""


def _source(cell: Mapping[str, Any]) -> str:
    """Return a cell's text, saved from whatever form it has."""
    found = cell.get("source", "")
    parts = found if isinstance(found, list) else [found]
    text = "".join(part for part in parts if isinstance(part, str))
    # Half a surrogate pair is valid JSON and no text: it could not be written to any file.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\r\n", "\n").replace("\r", "\n")


def _said(text: str) -> str:
    """Quote a learner's own text in a note: short, on one line, nothing for a terminal to obey."""
    return repr(text if len(text) <= 40 else text[:40] + "…")


def _plain(text: str) -> str:
    """Return a text as it is compared: blanks at the ends of lines do not count."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _as_released(known: KnownCell) -> str:
    """Return what students see of a cell."""
    return _HIDDEN.sub("", known.source)


# --- Which cell is which -----------------------------------------------------------------------

_Copies = dict[str, list[_Theirs]]


def _by_name(cells: Iterable[_Theirs], known: Sequence[KnownCell]) -> _Copies:
    copies: _Copies = {k.role.id: [] for k in known}
    for cell in cells:
        if cell.role.id in copies:
            copies[cell.role.id].append(cell)
    return copies


def _recover(cells: Sequence[_Theirs], known: Sequence[KnownCell], copies: _Copies) -> list[str]:
    """Find the cells that have lost their names, and add them to `copies`."""
    notes = []
    lost = {c.place: c for c in cells if c.role.id not in copies}
    by_id = {c.name: c for c in reversed(lost.values()) if c.name}
    for index, one in enumerate(known):
        name = one.role.id
        if copies[name]:
            continue
        found = by_id.get(name)
        if found is None or found.place not in lost:
            found = _by_content(one, _between(lost, index, known, copies))
        if found is not None:
            del lost[found.place]
            copies[name].append(found)
            notes.append(
                f"Cell {found.number} had lost its name {name!r}; it was recognised and has it "
                "again."
            )
    return notes + [
        f"Cell {cell.number} has the name {_said(cell.role.id)}, which this exercise does not "
        "have; it is run but not marked."
        for cell in lost.values()
        if cell.role.id
    ]


def _between(
    lost: Mapping[int, _Theirs], index: int, known: Sequence[KnownCell], copies: _Copies
) -> list[_Theirs]:
    """Return the nameless cells where a known cell should stand, or all if that cannot be said."""
    above = next((copies[k.role.id][-1] for k in known[:index][::-1] if copies[k.role.id]), None)
    below = next((copies[k.role.id][0] for k in known[index + 1 :] if copies[k.role.id]), None)
    first = above.place if above else -1
    last = below.place if below else max(lost, default=0) + 1
    if first >= last:
        return list(lost.values())
    return [cell for place, cell in lost.items() if first < place < last]


def _by_content(known: KnownCell, cells: Sequence[_Theirs]) -> _Theirs | None:
    """Recognise a cell by what it says: a released text, or an answer to the stub's question."""
    cells = [cell for cell in cells if not _AUTHORS.fullmatch(cell.name)]
    if not known.learners:
        shown = _plain(_as_released(known))
        return next((cell for cell in cells if cell.plain == shown), None)
    if known.cell_type == "markdown":
        prose = (c for c in cells if c.cell_type != "code" and c.plain)
        return next((c for c in prose if not c.source.lstrip().startswith("#")), None)
    name = re.search(_BINDS.format(r"\w+"), known.source, re.M)
    if name is None:
        return None
    binds = re.compile(_BINDS.format(re.escape(name[1] or name[2])), re.M)
    return next((cell for cell in reversed(cells) if binds.search(cell.source)), None)


# --- Which copy counts -------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class _Answer:
    """The cell that counts, its text, and its copies that say nothing of their own."""

    cell: _Theirs
    source: str
    dropped: frozenset[int]


def _answer(known: KnownCell, copies: Sequence[_Theirs], notes: list[str]) -> _Answer:
    """Choose among the cells of one name."""
    name = known.role.id
    if not known.learners:
        notes += [f"Cell {c.number} is a copy of {name!r} and was left out." for c in copies[:-1]]
        return _Answer(copies[-1], known.source, frozenset(c.place for c in copies[:-1]))
    parts = _split(known, copies)
    if parts:
        numbers = " and ".join(str(part.number) for part in parts)
        notes.append(f"Cells {numbers} are the parts of {name!r}, and have been joined.")
        end = parts[-1]
        joined = "\n".join(part.source.strip("\n") for part in parts)
        return _Answer(end, joined, frozenset(c.place for c in parts[:-1]))
    written = [c for c in copies if c.plain not in ("", _plain(known.source))]
    chosen = (written or copies)[-1]
    rest = [c for c in copies if c is not chosen]
    for copy in rest:
        notes.append(
            f"Cell {copy.number} is a copy of {name!r}; cell {chosen.number}, the last copy that "
            "was written in, counts as the answer."
        )
    empty = (c for c in rest if c not in written or c.plain == chosen.plain)
    return _Answer(chosen, _settled(known, chosen, notes), frozenset(c.place for c in empty))


def _add_half(known: KnownCell, copies: _Copies, cells: Sequence[_Theirs]) -> None:
    """Find the other half of an answer that an editor has cut without naming both halves."""
    found = copies[known.role.id]
    if len(found) != 1 or not known.learners or known.cell_type != "code":
        return
    one = found[0]
    if one.plain == _plain(known.source):
        return
    taken = {c.place for group in copies.values() for c in group}
    free = [c for c in cells[max(0, one.place - 1) : one.place + 2] if c.place not in taken]
    for other in free:
        if other.cell_type != "code" or not other.plain or _AUTHORS.fullmatch(other.name):
            continue
        pair = sorted((one, other), key=lambda c: c.place)
        if _code_goes_on(pair[0].source, pair[1].source):
            copies[known.role.id] = pair
            return


def _split(known: KnownCell, copies: Sequence[_Theirs]) -> list[_Theirs]:
    """Return the copies if they are one answer in parts, one right behind the other."""
    written = [c for c in copies if c.plain]
    if len(written) < 2 or any(b.place != a.place + 1 for a, b in pairwise(written)):
        return []
    goes_on = _code_goes_on if known.cell_type == "code" else _text_goes_on
    if any(c.plain == _plain(known.source) for c in written):
        return []
    return written if any(goes_on(a.source, b.source) for a, b in pairwise(written)) else []


def _code_goes_on(first: str, second: str) -> bool:
    """Whether two pieces of code are one statement cut in two."""
    bare = _STRING.sub(lambda found: "" if found[0].startswith("#") else "_", first)
    opened = sum(map(bare.count, "([{")) > sum(map(bare.count, ")]}"))
    return opened or bare.rstrip().endswith((":", "\\")) or second.lstrip("\n")[:1] in (" ", "\t")


def _text_goes_on(first: str, second: str) -> bool:
    """Whether two texts are one cut in two, and not two drafts of the same."""
    one, two = (text.split() for text in (first, second))
    phrases, others = (set(zip(w, w[1:], w[2:], strict=False)) for w in (one, two))
    return 2 * len(phrases & others) <= min(len(phrases), len(others))


def _settled(known: KnownCell, cell: _Theirs, notes: list[str]) -> str:
    """Return an answer's code; of two versions with a merge's marks around them, one."""
    if known.cell_type != "code":
        return cell.source
    settled = without_conflicts(cell.source, empty=known.source)
    if settled != cell.source:
        notes.append(
            f"Cell {cell.number}, {known.role.id!r}, held two versions with a merge's marks "
            "(<<<<<<<) around them; the upper one was taken, or the lower where there was nothing "
            "above."
        )
    return settled


def without_conflicts(text: str, *, empty: str = "", lower: bool = False) -> str:
    """Take one of the two versions wherever a merge has left both.

    Parameters
    ----------
    text : str
    empty : str
        A version that stands in here counts as nothing, and gives way to the other.
    lower : bool
        Prefer the second version.

    Returns
    -------
    str
        The text itself, if its marks are none or incomplete.
    """
    kept: list[str] = []
    versions: tuple[list[str], list[str]] = ([], [])
    side = -1
    for line in text.splitlines(keepends=True):
        mark = line[:7]
        if side < 0 and mark == "<" * 7:
            side, versions = 0, ([], [])
        elif side == 0 and mark == "=" * 7:
            side = 1
        elif side == 1 and mark == ">" * 7:
            first, second = reversed(versions) if lower else versions
            kept += first if "".join(first).strip() not in empty.strip() else second
            side = -1
        else:
            (kept if side < 0 else versions[side]).append(line)
    return text if side >= 0 else "".join(kept)


# --- What comes of the rest --------------------------------------------------------------------


def _tags(cells: Sequence[_Theirs]) -> list[str]:
    """Say what was taken out of cells."""
    tagged = [c for c in cells if c.tags]
    listed = ", ".join(sorted({_said(t) for c in tagged for t in c.tags})[:3])
    lost = [f"Cell {c.number} held {c.lost}, left out." for c in cells if c.lost]
    if not tagged:
        return lost
    return [f"Tags ({listed}) were taken off {len(tagged)} cell(s): none counts.", *lost]


def _extras(
    cells: Sequence[_Theirs],
    known: Sequence[KnownCell],
    answers: Mapping[str, _Answer],
    notes: list[str],
) -> tuple[dict[str, list[Cell]], bool]:
    """Return the cells that nobody released, by the known cell that they follow; and if any moved.

    What follows a moved cell did not move with it.
    """
    there = [(k, answers[k.role.id]) for k in known if k.role.id in answers]
    weights = [1 if k.role.grade or k.learners else 2 for k, _ in there]
    unmoved = _unmoved([a.cell.place for _, a in there], weights)
    named = {a.cell.place: k.role.id for k, a in there}
    gone = set().union(*(a.dropped for _, a in there))
    extras: dict[str, list[Cell]] = {}
    behind = ""
    for cell in cells:
        if cell.place in named:
            behind = named[cell.place] if cell.place in unmoved else behind
        elif cell.place not in gone and cell.plain:
            extra = Cell(cell.cell_type, cell.source, None, cell.number, cell.shown)
            extras.setdefault(behind, []).append(extra)
    return extras, len(unmoved) < len(there)


def _unmoved(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Return the heaviest set of places that still stand in ascending order.

    Task cells weigh more than answers and tests: between two that changed places, the task is
    taken to have stayed, so that the imports above it stay above it.
    """
    best: list[tuple[int, tuple[int, ...]]] = []
    for i, place in enumerate(places):
        before = [best[j] for j in range(i) if places[j] < place]
        weight, chain = max(before, key=lambda found: found[0], default=(0, ()))
        best.append((weight + weights[i], (*chain, place)))
    return set(max(best, key=lambda found: found[0], default=(0, ()))[1])


def _restored(known: KnownCell, answer: _Answer | None, notes: list[str]) -> list[Cell]:
    """Return the cell to use for a known cell, if any."""
    name = known.role.id
    if answer is None:
        if known.learners and not known.role.grade:
            notes.append(f"The answer cell {name!r} is missing.")
            return []
        if known.role.grade:
            notes.append(f"The cell {name!r} was missing and has been put back.")
        return [Cell(known.cell_type, known.source, known)]
    cell = answer.cell
    if cell.cell_type != known.cell_type:
        notes.append(
            f"The cell {name!r} had become {cell.cell_type} and is {known.cell_type} again."
        )
    theirs, ours = cell.role, known.role
    if theirs.id == name:
        roles = [(r.grade, r.solution) for r in (theirs, ours)]
        if roles[0] != roles[1]:
            notes.append(f"The cell {name!r} had lost its role and has it again.")
        elif ours.grade and theirs.points != ours.points:
            notes.append(f"The points of {name!r} had been changed and are {ours.points:g} again.")
    released = {_plain(known.source), _plain(_as_released(known))}
    if not known.learners and cell.plain not in released:
        notes.append(f"The cell {name!r} had been changed and is as released again.")
    return [Cell(known.cell_type, answer.source, known, cell.number, cell.shown)]
