"""Keep the gradebook in step with solutions/, whoever made it and when."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Application, Config
from traitlets.config.loader import PyFileConfigLoader

from ..exercises.release import SOURCE, ReleaseError, generate

# What this process has recorded: {(address of the gradebook, exercise): text of its source}.
_recorded: dict[tuple[str, str], bytes] = {}


def before_grading(*, assignment: str, student: str, notebooks: list[str]) -> None:
    """Record an exercise before a submission to it is graded.

    nbgrader calls this before each submission (`pre_convert_hook`), and would refuse all of them
    had nobody run `generate_assignment`; had somebody changed the source since, it would grade
    with the old tests.
    """
    directory, log = _at_hand()
    try:
        record(Path(directory.root), assignment, directory.db_url)
    except ReleaseError as error:
        # nbgrader only whispers about an exception here, and goes on with what it has.
        log.error("The gradebook could not be brought up to date. %s", error)


def _at_hand() -> tuple[CourseDirectory, logging.Logger]:
    """Return where the running command, or else the course in this folder, keeps its things."""
    app = Application.instance() if Application.initialized() else None
    directory = getattr(app, "coursedir", None)
    if directory is None:
        # Graded from JupyterLab's formgrader, whose settings are those of the course.
        loader = PyFileConfigLoader("nbgrader_config.py", path=str(Path.cwd()))
        directory = CourseDirectory(config=Config(loader.load_config()))
    return directory, app.log if app else logging.getLogger(__name__)


def begin_gradebook(address: str) -> None:
    """Make a gradebook that is not there yet, whole or not at all.

    nbgrader first makes its tables, then asks another program for its version and writes it down;
    stopped in between, it would leave a gradebook that can never be upgraded.
    """
    path = Path(address.removeprefix("sqlite:///"))
    if not address.startswith("sqlite:///") or path.exists():
        return
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with Gradebook(f"sqlite:///{new}"):
        pass
    os.replace(new, path)


def record(course: Path, exercise: str, gradebook: str) -> None:
    """Make a gradebook know the cells of an exercise as its source has them now.

    Parameters
    ----------
    course : Path
        The course folder; its exercises/ is not touched.
    exercise : str
    gradebook : str
        The address of its database.

    Raises
    ------
    ReleaseError
        If the source has a fault, or lost or gained cells after somebody was graded.
    """
    source = course / SOURCE / exercise / f"{exercise}.ipynb"
    if not source.is_file():
        raise ReleaseError(f"There is no {SOURCE}/{exercise}/{exercise}.ipynb in {course}.")
    text = source.read_bytes()
    if _recorded.get((gradebook, exercise)) == text and _knows(gradebook, exercise):
        return
    with tempfile.TemporaryDirectory(prefix="record-") as folder:
        generate(course, exercise, Path(folder), gradebook=gradebook)
    _recorded[gradebook, exercise] = text


def _knows(gradebook: str, exercise: str) -> bool:
    with Gradebook(gradebook) as book:
        try:
            book.find_notebook(exercise, exercise)
        except MissingEntry:
            return False
    return True
