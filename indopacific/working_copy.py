"""The learner's room: a copy of everything a learner reads, runs and answers, in `my-work/`.

The room has the layout of the course (`lessons/`, `exercises/`, `data/`, README), so that a link
leads to the same thing in both. What the learner has not touched follows the course; what the
learner has touched is never overwritten. The course's own files stay as they came, so that the
next update finds nothing in its way.
"""

import contextlib
import difflib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

LESSONS = "lessons"
RELEASED = "exercises"
DATA = "data"
README = "README.md"
OWN = "my-work"

#: What each copy was made from: {its name in the room: fingerprint}.
RECORD = ".copies.json"

# A picture with a still one beside it, for readers who want no motion, is written as HTML.
_PICTURE = re.compile(r"<picture>.*?</picture>\n*", re.DOTALL)
_FILE_OF_PICTURE = re.compile(r'src(?:set)?="([^"]+)"')
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.IGNORECASE)


class UnknownExercise(LookupError):
    """No exercise of that name is released in this course."""


@dataclass
class Furnished:
    """What became of the learner's room, for those who tell the learner.

    Attributes
    ----------
    updated : list of str
        Untouched copies that now are what the course has; names from the room.
    newer : dict of str to str
        For every notebook that the learner has changed and the course has changed since: where
        the course's version was put, beside the learner's.
    moved : list of str
        Exercises that stood where an earlier version of the course had put them.
    """

    updated: list[str] = field(default_factory=list)
    newer: dict[str, str] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)


# ---------------------------------------------------------------- exercises


def released_exercises(course: Path) -> list[str]:
    """Return the names of the released exercises, in order.

    Parameters
    ----------
    course
        The course folder.

    Returns
    -------
    list of str
        Names such as ``"01-alignment"``; empty if nothing is released.
    """
    return sorted(
        notebook.stem
        for notebook in course.joinpath(RELEASED).glob("*/*.ipynb")
        if notebook.stem == notebook.parent.name
    )


def own_notebooks(exercise_id: str, course: Path) -> list[Path]:
    """Return where a learner's notebook of an exercise may stand, whether or not it does.

    The first is the learner's copy, the second what was fetched in a class.
    """
    name = f"{exercise_id}.ipynb"
    own = course / OWN
    return [own / RELEASED / exercise_id / name, own / exercise_id / name]


def working_copy(exercise_id: str, course: Path) -> Path:
    """Return the learner's own notebook of an exercise, made from the release if missing.

    Parameters
    ----------
    exercise_id
        Name of the exercise, for example ``"01-alignment"``.
    course
        The course folder.

    Returns
    -------
    Path
        ``my-work/exercises/<id>/<id>.ipynb`` in the course folder. A file that is there already is
        left as it is, whatever it holds.

    Raises
    ------
    UnknownExercise
        If no such exercise is released; names the nearest one.
    OSError
        If the course folder cannot be written.
    """
    released = released_exercises(course)
    if exercise_id not in released:
        near = difflib.get_close_matches(exercise_id, released, n=1, cutoff=0.4)
        guess = f" Did you mean '{near[0]}'?" if near else ""
        raise UnknownExercise(
            f"There is no exercise '{exercise_id}' in {course / RELEASED}.{guess} "
            f"There is: {', '.join(released) or 'none yet'}."
        )
    own = own_notebooks(exercise_id, course)[0]
    if not own.exists():
        put(course.joinpath(RELEASED, exercise_id, own.name).read_bytes(), own)
    return own


# ---------------------------------------------------------------- the room


def furnish(course: Path) -> Furnished:
    """Make the learner's room, or bring it up to date with the course.

    Parameters
    ----------
    course
        The course folder. Nothing but its `my-work/` is written.

    Returns
    -------
    Furnished

    Raises
    ------
    OSError
        If the course folder cannot be written.
    """
    room = course / OWN
    room.mkdir(exist_ok=True)
    done = Furnished(moved=[name for name in released_exercises(course) if _move_in(name, course)])
    record = _read_record(room)
    wanted = contents(course)
    for name, content in wanted.items():
        _bring_up_to_date(room, name, content, record, done)
    for name in set(record) - set(wanted) - {_beside(name) for name in wanted}:
        # The course has it no more; what the learner made of it stays.
        if _is_untouched(room / name, record[name]):
            room.joinpath(name).unlink()
        del record[name]
    put(json.dumps(record, indent=1, sort_keys=True).encode(), room / RECORD, replace=True)
    return done


def contents(course: Path) -> dict[str, bytes]:
    """Return what belongs into the room: {name with forward slashes: bytes}."""
    folders = [course / LESSONS, *(course / RELEASED / n for n in released_exercises(course))]
    files = [file for folder in [*folders, course / DATA] for file in folder.rglob("*")]
    shown = [
        file
        for file in sorted(files)
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(course).parts)
    ]
    found = {file.relative_to(course).as_posix(): file.read_bytes() for file in shown}
    readme = course / README
    if readme.is_file():
        found[README] = without_dead_links(readme.read_text(encoding="utf-8"), found).encode()
    return found


def without_dead_links(text: str, names: Iterable[str]) -> str:
    """Return markdown in which only what leads to one of `names`, or out of here, is a link."""
    there = {str(place) for name in names for place in (name, *PurePosixPath(name).parents)}

    def keep(link: re.Match[str]) -> str:
        picture, words, target = link.groups()
        path = target.partition("#")[0]
        if _WITH_SCHEME.match(target) or str(PurePosixPath(path)) in there:
            return link.group()
        return "" if picture else words

    def show(picture: re.Match[str]) -> str:
        files = _FILE_OF_PICTURE.findall(picture.group())
        return picture.group() if all(file in there for file in files) else ""

    return _LINK.sub(keep, _PICTURE.sub(show, text))


def _bring_up_to_date(
    room: Path, name: str, content: bytes, record: dict[str, str], done: Furnished
) -> None:
    """Make one file of the room what the course has, unless the learner has touched it."""
    own, new = room / name, fingerprint(content)
    if not own.exists():
        put(content, own)
    elif fingerprint(own.read_bytes()) != new:
        if not _is_untouched(own, record.get(name)):
            if record.get(name) != new and name.endswith(".ipynb"):
                _put_beside(room, name, content, record, done)
            return
        put(content, own, replace=True)
        done.updated.append(name)
    record[name] = new
    newer = _beside(name)
    if _is_untouched(room / newer, record.pop(newer, None)):
        room.joinpath(newer).unlink()


def _put_beside(
    room: Path, name: str, content: bytes, record: dict[str, str], done: Furnished
) -> None:
    """Put the course's version beside a notebook that the learner has changed."""
    beside, new = _beside(name), fingerprint(content)
    target = room / beside
    if record.get(beside) != new:
        if target.exists() and not _is_untouched(target, record.get(beside)):
            return  # the learner works on that one, too
        put(content, target, replace=True)
        record[beside] = new
    # Offered once: who has removed it does not get it again before the next change.
    if target.exists():
        done.newer[name] = beside


def _beside(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-newer{path.suffix}"))


def _move_in(exercise_id: str, course: Path) -> bool:
    """Move an exercise from where an earlier version of the course had put the learner's copy."""
    new, old = own_notebooks(exercise_id, course)
    if new.parent.exists() or not old.is_file():
        return False
    new.parent.parent.mkdir(exist_ok=True)
    old.parent.rename(new.parent)
    return True


# ---------------------------------------------------------------- files


def fingerprint(content: bytes) -> str:
    """Return what stays the same as long as nobody writes: running a notebook is not writing."""
    try:
        cells = json.loads(content)["cells"]
        said = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
        content = json.dumps(said).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        content = content.replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()[:32]


def _is_untouched(file: Path, made_from: str | None) -> bool:
    return made_from is not None and file.is_file() and fingerprint(file.read_bytes()) == made_from


def _read_record(room: Path) -> dict[str, str]:
    """Return the record; without a readable one, everything counts as touched."""
    try:
        found = json.loads(room.joinpath(RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, Mapping):
        return {}
    return {
        name: made_from
        for name, made_from in found.items()
        if isinstance(made_from, str) and not PurePosixPath(name).is_absolute() and ".." not in name
    }


def put(content: bytes, target: Path, *, replace: bool = False) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    content
    target
        Folders on the way are made.
    replace
        Without it, a target that appears meanwhile is left as it is; with it, the file keeps
        its permissions.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # A temporary file is private to its owner; what a course holds is for everyone.
        part.chmod(target.stat().st_mode & 0o777 if replace and target.exists() else 0o644)
        if replace:
            part.replace(target)
            return
        try:
            with contextlib.suppress(FileExistsError):
                os.link(part, target)
        except OSError:
            # A file system without hard links cannot refuse to overwrite: look once more.
            if not target.exists():
                part.replace(target)
    finally:
        part.unlink(missing_ok=True)
