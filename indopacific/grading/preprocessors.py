"""The course's own steps in nbgrader's assembly lines for a submission.

`RepairCells`, `BoundedExecute` and `SetAsideWarnings` are switched on by nbgrader_config.py.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Integer

from ..exercises.assembly import KERNELSPEC, Resources
from ..exercises.known import Cell, KnownCell
from ..exercises.questions import Role
from .repair import repair


class RepairCells(NbGraderPreprocessor):
    """Restore what is not the learner's before anything is run; first of the sanitizing steps.

    Stock nbgrader stops the whole class at a copied cell, and leaves metadata such as the tag
    `skip-execution` in place.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Rebuild the notebook from the gradebook's cells and the learner's sources."""
        own = resources["nbgrader"]
        with Gradebook(own["db_url"]) as gradebook:
            known = _known_from(gradebook.find_notebook(own["notebook"], own["assignment"]))
        cells, notes = repair(nb.cells, known)
        nb.cells = [as_notebook_cell(cell) for cell in cells]
        for note in notes:
            self.log.warning("%s: %s", own["student"], note)
        if notes:
            listed = "\n".join(f"* {note}" for note in notes)
            nb.cells.insert(0, nbformat.v4.new_markdown_cell(f"Before grading:\n\n{listed}"))
        nb.metadata = NotebookNode(kernelspec=dict(KERNELSPEC), language_info={"name": "python"})
        nb.nbformat, nb.nbformat_minor = 4, 5
        return nb, resources


def _known_from(notebook: Any) -> list[KnownCell]:
    """Read an exercise's cells from the gradebook, in the order in which they were released."""
    points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    return [
        KnownCell(
            Role(
                id=cell.name,
                grade=cell.name in points,
                solution=cell.name in solutions,
                locked=cell.locked,
                points=points.get(cell.name, 0.0),
            ),
            cell.cell_type,
            cell.source,
            cell.checksum or "",
        )
        for cell in notebook.source_cells
    ]


def as_notebook_cell(cell: Cell) -> NotebookNode:
    """Make a notebook cell with the released metadata and nothing else."""
    if cell.cell_type == "code":
        made = nbformat.v4.new_code_cell(cell.source)
    elif cell.cell_type == "markdown":
        made = nbformat.v4.new_markdown_cell(cell.source)
    else:
        made = nbformat.v4.new_raw_cell(cell.source)
    if cell.known is not None:
        known = cell.known.role
        made.metadata["nbgrader"] = NotebookNode(
            grade_id=known.id,
            grade=known.grade,
            solution=known.solution,
            locked=known.locked,
            task=False,
            cell_type=cell.known.cell_type,
            checksum=cell.known.checksum,
            schema_version=MetadataValidator.schema_version,
        )
        if known.grade:
            made.metadata["nbgrader"]["points"] = known.points
    return made


class BoundedExecute(Execute):
    """Run a notebook; keep only so much of what a cell puts out.

    An endless `print` would otherwise fill the grader's memory before its time is over.
    """

    max_output = Integer(
        1_000_000, help="Characters of output kept per cell; errors and results are always kept."
    ).tag(config=True)

    def preprocess_cell(self, cell: NotebookNode, resources: Resources, index: int) -> Any:
        """Run one cell with an empty count."""
        self._kept = 0
        return super().preprocess_cell(cell, resources, index)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Drop streams and displays beyond the limit."""
        if msg["msg_type"] in ("stream", "display_data", "update_display_data"):
            size = len(str(msg["content"]))
            if self._kept + size > self.max_output:
                return None
            self._kept += size
        return super().process_message(msg, cell, cell_index)


class SetAsideWarnings(NbGraderPreprocessor):
    """Show what a test cell wrote to stderr as ordinary output.

    nbgrader gives no marks to a test cell with anything on stderr, and a deprecation warning of a
    library is not a wrong answer. Errors are not touched.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, index: int
    ) -> tuple[NotebookNode, Resources]:
        """Rename the stream."""
        if cell.cell_type == "code" and is_grade(cell):
            for output in cell.outputs:
                if output.output_type == "stream" and output.name == "stderr":
                    output.name = "stdout"
        return cell, resources
