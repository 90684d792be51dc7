"""Steps of nbgrader's autograde: repair what was submitted, run it apart from its tests.

`RepairCells` and `SeparateExecute` are switched on by nbgrader_config.py.
"""

from __future__ import annotations

import atexit
import json
import os
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float

from ..exercises.assembly import KERNELSPEC, Resources
from ..exercises.known import Cell
from .contract import REFUSED, CannotMark, Limits, Marked, Submission, as_cell
from .intake import take_in
from .knowing import exercise_in, known_in
from .marking import Start, mark
from .recording import RESULT, notebook_of, notice
from .repair import repair
from .starting import Soon


class RepairCells(NbGraderPreprocessor):
    """Restore what is not the learner's before anything is run; first of the cleaning steps.

    Stock nbgrader stops the whole class at a copied cell, and leaves metadata such as the tag
    `skip-execution` in place.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Rebuild the notebook from the gradebook's cells and the learner's sources."""
        own = resources["nbgrader"]
        with Gradebook(own["db_url"]) as gradebook:
            known = known_in(gradebook.find_notebook(own["notebook"], own["assignment"]))
        cells, _ = repair(nb.cells, known)
        nb.cells = [as_notebook_cell(cell) for cell in cells]
        nb.metadata = NotebookNode(kernelspec=dict(KERNELSPEC), language_info={"name": "python"})
        nb.nbformat, nb.nbformat_minor = 4, 5
        return nb, resources


def as_notebook_cell(cell: Cell) -> NotebookNode:
    """Make a notebook cell with the released metadata and nothing else."""
    return nbformat.from_dict(as_cell(cell) | {"id": nbformat.v4.new_raw_cell().id})


class SeparateExecute(NbGraderPreprocessor):
    """Run answers in a sandbox and tests in a process that no answer reaches.

    In place of nbgrader's `Execute`, which runs both in one kernel. Without a sandbox nothing is
    run, unless `trust_submissions` is set.
    """

    trust_submissions = Bool(
        bool(os.environ.get("INDOPACIFIC_TRUST_SUBMISSIONS")),
        help="Run submissions without a sandbox, with your own rights.",
    ).tag(config=True)
    cell_seconds = Float(30.0, help="Seconds for one cell.").tag(config=True)
    total_seconds = Float(300.0, help="Seconds for all cells of a submission.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Mark what was submitted; leave in the notebook what nbgrader reads marks from."""
        own = resources["nbgrader"]
        with Gradebook(own["db_url"]) as gradebook:
            found = gradebook.find_notebook(own["notebook"], own["assignment"])
            exercise = exercise_in(found, own["notebook"])
        start = starter(trust=self.trust_submissions)
        limits = Limits(cell_seconds=self.cell_seconds, total_seconds=self.total_seconds)
        try:
            marked = mark(self._submission(own), exercise, limits, start=start)
        except CannotMark as refusal:
            marked = Marked(exercise.id, REFUSED, notes=(str(refusal),), protected=start.protected)
        for note in (*marked.repairs, *marked.notes):
            self.log.warning("%s: %s", own["student"], note)
        result = {"student": own["student"], "inputs": ""} | marked.as_dict()
        text = json.dumps(result, ensure_ascii=False, indent=1)
        beside = Path(resources["metadata"]["path"]) / f"{own['notebook']}{RESULT}"
        beside.write_bytes(text.encode("utf-8", "replace"))
        if marked.status == REFUSED:
            # No mark in it, so nbgrader saves none; its feedback says why.
            self.log.error("%s: could not be marked.", own["student"])
            return nbformat.reads(notice(own["notebook"], marked.notes), as_version=4), resources
        return nbformat.reads(notebook_of(marked), as_version=4), resources

    def _submission(self, own: dict[str, str]) -> Submission:
        """Read what the student handed in: nbgrader's copy of it has other cells."""
        coursedir = CourseDirectory(config=self.config, log=self.log)
        folder = coursedir.format_path(
            coursedir.submitted_directory, own["student"], own["assignment"]
        )
        return take_in(Path(folder), own["notebook"], own["student"])


@cache
def starter(*, trust: bool) -> Start:
    """Return what starts the processes of all submissions of this command."""
    soon = Soon(Path(__file__).resolve().parents[2], Limits(), trust=trust)
    atexit.register(soon.end)
    return soon.ready()
