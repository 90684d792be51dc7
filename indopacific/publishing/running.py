"""Runs lessons for their pages, each in a kernel of its own, and remembers what they showed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from indopacific import curriculum
from indopacific.publishing import kernel

_SECONDS = 600
_PACKAGE = Path(__file__).resolve().parents[1]

# Parts of the package that no lesson runs: a change of them runs no lesson again.
_APART = ("grading", "publishing", "upkeep")


class NotRun(Exception):
    """A lesson did not run to its end; the message names lesson, cell and error."""


class Runner:
    """Runs the lessons of a course, in a room apart from the reader's own.

    Parameters
    ----------
    course : Path
        The course folder.
    work : Path
        Folder for the room and for what earlier runs showed.
    """

    def __init__(self, course: Path, work: Path) -> None:
        self._course = course
        self._kept = work / "shown"
        self._room = work / "room"
        self._basis = _digest(_basis(course))
        self.ran: list[str] = []

    def run(self, notebook: Path) -> NotebookNode:
        """Return a lesson with its outputs, from an earlier run if nothing has changed since.

        Raises
        ------
        NotRun
            When a cell fails.
        """
        name = f"{notebook.stem}-{_digest([self._basis.encode(), notebook.read_bytes()])[:16]}"
        kept = self._kept / f"{name}.ipynb"
        if not kept.is_file():
            made = self._execute(notebook)
            self._kept.mkdir(parents=True, exist_ok=True)
            for old in self._kept.glob(f"{notebook.stem}-*.ipynb"):
                old.unlink()
            part = kept.with_suffix(".part")
            nbformat.write(made, part)
            part.replace(kept)
            self.ran.append(notebook.stem)
        return nbformat.read(kept, as_version=4)

    def _execute(self, notebook: Path) -> NotebookNode:
        self._furnish()
        lesson = nbformat.read(notebook, as_version=4)
        first = nbformat.v4.new_code_cell(f"%load_ext {kernel.__name__}", id="for-the-page")
        lesson.cells.insert(0, first)
        paths = [str(_PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
        client = NotebookClient(
            lesson,
            timeout=_SECONDS,
            resources={"metadata": {"path": str(self._room / "lessons")}},
            extra_arguments=["--log-level=ERROR"],
        )
        try:
            client.execute(env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))})
        except CellExecutionError as error:
            cells = [each for each in lesson.cells if each.cell_type == "code"]
            failed = next(
                (c.id for c in cells if any(o.output_type == "error" for o in c.outputs)), "?"
            )
            raise NotRun(
                f"{notebook.name}, cell {failed!r} does not run: {error.ename}: {error.evalue}"
            ) from None
        except (RuntimeError, TimeoutError) as error:
            raise NotRun(f"{notebook.name} did not run to its end: {error}") from None
        lesson.cells = [cell for cell in lesson.cells if cell.id != first.id]
        return lesson

    def _furnish(self) -> None:
        """Make the room: a lesson finds the course around it, and no predictions of anybody's."""
        if self._room.exists():
            shutil.rmtree(self._room)
        for part in ("lessons", "exercises"):
            shutil.copytree(self._course / part, self._room / part)
        for name in ("pyproject.toml", "nbgrader_config.py"):
            shutil.copy(self._course / name, self._room)


def _basis(course: Path) -> Iterator[bytes]:
    """Yield everything that what a lesson shows depends on, besides the lesson itself."""
    yield sys.version.encode()
    yield repr(sorted({(d.name, d.version) for d in metadata.distributions()})).encode()
    yield repr(curriculum.lessons(course)).encode()
    files = [file for file in _PACKAGE.rglob("*") if file.suffix in (".py", ".js", ".css")]
    own = [file for file in files if file.relative_to(_PACKAGE).parts[0] not in _APART]
    data = [file for file in (course / "data").rglob("*") if file.is_file()]
    for file in sorted([*own, *data, Path(kernel.__file__)]):
        yield str(file).encode()
        yield file.read_bytes()


def _digest(parts: Iterator[bytes] | list[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()
