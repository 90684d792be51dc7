"""Make exercises/ from solutions/, with nbgrader's own assembly line.

solutions/ is the only place where exercises are edited; exercises/ is generated, committed, and
proven by a test to be byte for byte what this module makes.
"""

from __future__ import annotations

import difflib
import io
import json
import logging
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from ..working_copy import put
from . import notes
from .assembly import OWN_METADATA, digest
from .lint import lint

SOURCE = "solutions"
RELEASE = "exercises"
KEPT = "my-work/exercises"


class ReleaseError(Exception):
    """An exercise cannot be released; the text says what to change, and where."""


@dataclass(frozen=True)
class Change:
    """What a release did, or would do, to a file.

    Attributes
    ----------
    path : str
        From the course folder, with forward slashes.
    action : str
        "added", "changed", "kept a copy" (of answers that were there), or "not from the source"
        (left alone).
    """

    path: str
    action: str


def sources(course: Path) -> list[str]:
    """List the exercises that have a source, in order."""
    found = (course / SOURCE).glob("*/*.ipynb")
    return sorted(p.stem for p in found if p.stem == p.parent.name)


def release(
    course: Path,
    exercises: Iterable[str] | None = None,
    *,
    check_only: bool = False,
    force: bool = False,
) -> list[Change]:
    """Generate exercises from their sources.

    Parameters
    ----------
    course : Path
        The course folder, which holds nbgrader_config.py.
    exercises : iterable of str, optional
        Ids such as "01-alignment"; all of them unless given.
    check_only : bool
        Change nothing, say what would change.
    force : bool
        Replace a released notebook although somebody has written in it. A copy is kept.

    Returns
    -------
    list of Change
        Empty if everything is up to date.

    Raises
    ------
    ReleaseError
        For an unknown exercise, a fault in a source, or a released notebook with answers in it.
    """
    course = course.resolve()
    known = sources(course)
    wanted = known if exercises is None else list(exercises)
    for name in wanted:
        if name not in known:
            raise ReleaseError(_unknown(name, known, course))
    if told := "\n".join(filter(None, (_refusal(name, faults(course, name)) for name in wanted))):
        raise ReleaseError(told)
    changes: list[Change] = []
    # All are made before the first is moved, so that a fault in one leaves nothing half released.
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        for name in wanted:
            generate(course, name, Path(folder))
        for name in wanted:
            made = Path(folder) / name
            changes += _install(course, name, made, check_only=check_only, force=force)
    return changes


def _unknown(name: str, known: list[str], course: Path) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    return (
        f"There is no exercise {name!r} in {course / SOURCE}.{guess} "
        f"There is: {', '.join(known) or 'none yet'}."
    )


def generate(course: Path, exercise: str, into: Path, *, gradebook: str = "") -> Path:
    """Make one exercise and check it.

    Parameters
    ----------
    course : Path
    exercise : str
    into : Path
        The exercise appears in a folder of its own name in it.
    gradebook : str
        Address of the gradebook that records the exercise's cells; none unless given.

    Returns
    -------
    Path
        The released notebook.

    Raises
    ------
    ReleaseError
        With every fault, one a line.
    """
    source = course / SOURCE / exercise / f"{exercise}.ipynb"
    before = _read(source)
    # First without a release: nbgrader stops at some of these faults with less helpful words.
    _refuse(exercise, lint(before.cells, []))
    _run_nbgrader(course, exercise, into, gradebook)
    made = into / exercise / f"{exercise}.ipynb"
    # Python writes the line ends of the machine; the bytes must be the same on every one.
    made.write_bytes(made.read_text(encoding="utf-8").replace("\r\n", "\n").encode())
    _refuse(exercise, lint(before.cells, _read(made).cells))
    return made


def faults(course: Path, exercise: str) -> list[str]:
    """Say all that is wrong with the source of an exercise, and with its notes.

    Parameters
    ----------
    course : Path
    exercise : str

    Returns
    -------
    list of str
        One sentence per fault: of form, of marks (its own solution earns everything, a blank
        answer nothing), of mistakes that would be named wrongly, of the notes for instructors.
    """
    from . import rehearsal  # loads pandas, which grading has no need of here

    folder = course / SOURCE / exercise
    cells = _read(folder / f"{exercise}.ipynb").cells
    return [
        *lint(cells, []),
        *rehearsal.faults(cells),
        *notes.faults(folder / notes.NAME, cells),
    ]


def _refusal(exercise: str, found: list[str]) -> str:
    listed = "\n".join(f"  {fault}" for fault in found)
    name = f"{SOURCE}/{exercise}/{exercise}.ipynb"
    return f"{name} cannot be released:\n{listed}" if found else ""


def _refuse(exercise: str, found: list[str]) -> None:
    if told := _refusal(exercise, found):
        raise ReleaseError(told)


def _read(path: Path) -> Any:
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.validator.NotebookValidationError) as error:
        raise ReleaseError(f"{path} cannot be read as a notebook: {error}") from None


def _run_nbgrader(course: Path, exercise: str, into: Path, gradebook: str) -> None:
    """Run the assembly line of nbgrader_config.py."""
    config = Config(PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config())
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.assignment_id = exercise
    config.CourseDirectory.release_directory = str(into)
    if gradebook:
        config.CourseDirectory.db_url = gradebook
    else:
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
    said = io.StringIO()
    log = logging.Logger("indopacific.release", level=logging.ERROR)
    log.addHandler(logging.StreamHandler(said))
    coursedir = CourseDirectory(config=config, log=log)
    try:
        GenerateAssignment(coursedir=coursedir, config=config, log=log).start()
    except Exception as error:
        # nbgrader logs the cause as a traceback and raises "see the traceback": quote the cause.
        lines = [x for x in said.getvalue().splitlines() if re.match(r"[\w.]*(Error|Exc\w*): ", x)]
        cause = lines[-1].partition(": ")[2] if lines else str(error)
        raise ReleaseError(f"{SOURCE}/{exercise}/{exercise}.ipynb: {cause}") from None


def is_untouched(notebook: Path) -> bool:
    """Whether a notebook still says exactly what the release made it say.

    Outputs and metadata may differ: running a notebook is not answering it.
    """
    try:
        found = json.loads(notebook.read_text(encoding="utf-8"))
        stated = found["metadata"][OWN_METADATA]["digest"]
        return bool(stated == digest(found["cells"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _install(
    course: Path, exercise: str, made: Path, *, check_only: bool, force: bool
) -> list[Change]:
    """Move one generated folder into place, file by file."""
    target = course / RELEASE / exercise
    notebook = target / f"{exercise}.ipynb"
    new = {p.relative_to(made).as_posix(): p for p in sorted(made.rglob("*")) if p.is_file()}
    changes = []
    for name, path in new.items():
        there = target / name
        if there.is_file() and there.read_bytes() == path.read_bytes():
            continue
        action = "changed" if there.exists() else "added"
        changes.append(Change(f"{RELEASE}/{exercise}/{name}", action))
    if target.is_dir():
        old = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()}
        for name in sorted(old - new.keys()):
            if ".ipynb_checkpoints" not in name:
                changes.append(Change(f"{RELEASE}/{exercise}/{name}", "not from the source"))
    answered = any(c.path.endswith(f"/{notebook.name}") and c.action == "changed" for c in changes)
    if answered and not is_untouched(notebook):
        if not force:
            raise ReleaseError(
                f"{RELEASE}/{exercise}/{notebook.name} has been written in since it was released. "
                f"Move your answers to {KEPT}/{exercise}/ first, or use --force: a copy is kept "
                "there."
            )
        if not check_only:
            changes.insert(0, Change(_keep(course, exercise, notebook), "kept a copy"))
    if not check_only:
        for change in changes:
            name = change.path.removeprefix(f"{RELEASE}/{exercise}/")
            if change.action in ("added", "changed"):
                put(new[name].read_bytes(), target / name, replace=True)
    return changes


def _keep(course: Path, exercise: str, notebook: Path) -> str:
    """Copy a notebook with answers to the learner's own folder, never onto another file."""
    folder = course / KEPT / exercise
    folder.mkdir(parents=True, exist_ok=True)
    names = [notebook.name] + [f"{notebook.stem}-{n}.ipynb" for n in range(2, 1000)]
    kept = next(folder / name for name in names if not (folder / name).exists())
    shutil.copyfile(notebook, kept)
    return kept.relative_to(course).as_posix()
