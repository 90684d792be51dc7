"""A learner's own copy of an exercise: made once, never overwritten.

`exercises/` is generated and changes when the course is updated; learners write in `my-work/`.
"""

import contextlib
import difflib
import os
import shutil
import tempfile
from pathlib import Path

RELEASED = "exercises"
OWN = "my-work"


class UnknownExercise(LookupError):
    """No exercise of that name is released in this course."""


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
        ``my-work/<id>/<id>.ipynb`` in the course folder. A file that is there already is left as
        it is, whatever it holds.

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
    name = f"{exercise_id}.ipynb"
    own = course / OWN / exercise_id / name
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        copy_if_missing(course / RELEASED / exercise_id / name, own)
    return own


def copy_if_missing(source: Path, target: Path) -> None:
    """Copy a file whole or not at all, leaving a `target` that appears meanwhile as it is."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        shutil.copyfile(source, part)
        part.chmod(0o644)
        try:
            with contextlib.suppress(FileExistsError):
                os.link(part, target)
        except OSError:
            # A file system without hard links cannot refuse to overwrite: look once more.
            if not target.exists():
                part.replace(target)
    finally:
        part.unlink(missing_ok=True)
