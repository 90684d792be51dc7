"""Whose file is this? The names that learning platforms, and people, give to submissions.

Moodle
    ``Full Name_1234567_assignsubmission_file_/01-alignment.ipynb``, or the same without folders.
Canvas
    ``namefull_LATE_4321_98765_01-alignment-2.ipynb``: sortable name, user, upload, the learner's
    own file name with a number for each attempt.
Plain
    ``ana/01-alignment.ipynb``, ``ana/01-alignment/01-alignment.ipynb``, ``ana.zip``,
    ``ana_01-alignment.ipynb``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .listing import ARCHIVES

_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?"
)
_CANVAS = re.compile(
    r"(?P<name>[^_]+)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<upload>\d+)_(?P<file>.+)"
)
_STUDENT = re.compile(r"[^\W_][\w.@-]{0,63}")


@dataclass(frozen=True)
class Person:
    """A student as a platform, or a folder, names one.

    Attributes
    ----------
    name : str
    platform : str
        "moodle", "canvas" or "plain".
    number : str
        The platform's number of the student; "" if it gives none.
    """

    name: str
    platform: str = "plain"
    number: str = ""


@dataclass(frozen=True)
class Claim:
    """What a path says.

    Attributes
    ----------
    person : Person
    file : tuple of str
        What is left of the path: the student's own file.
    attempt : int
        The higher, the later.
    late : bool
        Whether the platform calls it late.
    """

    person: Person
    file: tuple[str, ...]
    attempt: int = 0
    late: bool = False


def claim(parts: tuple[str, ...], exercise: str) -> Claim | None:
    """Read who handed in a file.

    Parameters
    ----------
    parts : tuple of str
        Folders and name, from where the class's files begin.
    exercise : str

    Returns
    -------
    Claim or None
        None for what a platform adds of its own, and for names that say nothing.
    """
    for place, part in enumerate(parts):
        if found := _MOODLE.fullmatch(part):
            rest = tuple(filter(None, (found["file"] or "", *parts[place + 1 :])))
            person = Person(found["name"], "moodle", found["id"])
            return Claim(person, rest) if rest and found["kind"] == "file" else None
        if found := _CANVAS.fullmatch(part):
            person = Person(found["name"], "canvas", found["id"])
            rest = (_first_attempt(found["file"], exercise), *parts[place + 1 :])
            return Claim(person, rest, int(found["upload"]), found["late"] is not None)
    if len(parts) == 1:
        name = _without(parts[0].split(".")[0], exercise)
        whole = parts[0].lower().endswith((".ipynb", *ARCHIVES))
        return Claim(Person(name), parts) if name and whole else None
    return Claim(Person(parts[0]), parts[2 if parts[1] == exercise and len(parts) > 2 else 1 :])


def without_wrapper(paths: list[tuple[str, ...]], exercise: str) -> int:
    """Return how many leading folders wrap a whole class, as when a download was unpacked."""
    depth = 0
    paths = [path for path in paths if path[-1].lower().endswith(".ipynb")]
    while paths and all(len(p) > depth + 2 for p in paths):
        outer = {p[depth] for p in paths}
        inner = {p[depth + 1] for p in paths}
        if len(outer) > 1 or len(inner) < 2 or exercise in inner:
            break
        depth += 1
    return depth


def student_id(person: Person) -> str:
    """Make an nbgrader student id of a name; with the platform's number, so that it is unique."""
    name = unicodedata.normalize("NFKC", person.name).strip()
    if not person.number and _STUDENT.fullmatch(name):
        return name
    plain = re.sub(r"[\W_]+", "-", name.lower()).strip("-")[:40]
    return "-".join(filter(None, (plain, person.number))) or "nameless"


def folded(name: str) -> str:
    """Return a name as names are compared: its letters, without case and accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalnum())


def _first_attempt(file: str, exercise: str) -> str:
    """Take off the number that Canvas adds to a file that was uploaded again."""
    first = re.sub(r"-\d{1,3}(?=\.[A-Za-z]+$)", "", file)
    return first if first.startswith(f"{exercise}.") else file


def _without(stem: str, exercise: str) -> str:
    """Take the exercise's name out of a file's."""
    return re.sub(rf"[\s_.-]*{re.escape(exercise)}[\s_.-]*", "", stem)
