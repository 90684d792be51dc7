"""The course's own steps in nbgrader's assembly lines; nbgrader_config.py switches them on.

For a release: `StandardKernel`, `ShowPoints`, `MarkGenerated`.
For a submission: `RepairCells`, `BoundedExecute`, `SetAsideWarnings`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Integer

from .questions import POINTS, TOTAL, Role, item_of, items, points_in_words, role, text_of
from .repair import Cell, KnownCell, repair

#: Notebook metadata under which a release says what it was made from.
OWN_METADATA = "indopacific"

_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

Resources = dict[str, Any]


class ShowPoints(NbGraderPreprocessor):
    """Write points where the headings ask for them.

    `{points}` in a task cell becomes the points of its item and `{total}`, in one cell without
    nbgrader metadata, those of the notebook: metadata is the only place where points are set.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Fill in every placeholder.

        Raises
        ------
        ValueError
            If an item's task lacks the placeholder, or a placeholder has nothing to show.
        """
        points = {item.id: item.points for item in items(nb.cells)}
        for cell in nb.cells:
            grade_id = role(cell).id
            name = item_of(grade_id)
            shows = POINTS in cell.source and cell.cell_type == "markdown"
            if shows and name not in points:
                raise ValueError(f"{POINTS} in cell {grade_id!r} belongs to no item")
            if grade_id.endswith("-task") and name in points and not shows:
                raise ValueError(f"the task cell {grade_id!r} does not show its points: {POINTS}")
            if shows:
                cell.source = cell.source.replace(POINTS, points_in_words(points[name]))
        totals = [c for c in nb.cells if c.cell_type == "markdown" and TOTAL in c.source]
        if len(totals) != 1:
            raise ValueError(f"{TOTAL} stands in {len(totals)} cells; it belongs in the first one")
        totals[0].source = totals[0].source.replace(TOTAL, points_in_words(sum(points.values())))
        return nb, resources


class StandardKernel(NbGraderPreprocessor):
    """Name the kernel that every installation has, before the gradebook remembers another.

    Grading restores the recorded kernel; an author's own "my-env" exists on no other machine.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Replace the notebook's kernel."""
        nb.metadata["kernelspec"] = NotebookNode(_KERNELSPEC)
        return nb, resources


class MarkGenerated(NbGraderPreprocessor):
    """Say in the first cell that the notebook is generated, and make its bytes reproducible."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Add the notice, fix ids and metadata, and record a digest of the sources."""
        own = resources["nbgrader"]
        source = f"solutions/{own['assignment']}/{own['notebook']}.ipynb"
        notice = nbformat.v4.new_markdown_cell(
            f"<!-- Generated from {source}: edit that file, then run `indopacific release`. "
            "-->\n*Work on a copy of your own, in `my-work/` or as fetched in class: the one in "
            "`exercises/` is replaced when the course is updated.*",
            metadata={"deletable": False, "editable": False},
        )
        nb.cells.insert(0, notice)
        for number, cell in enumerate(nb.cells):
            cell.id = role(cell).id or (f"text-{number}" if number else "generated")
        nb.nbformat, nb.nbformat_minor = 4, 5
        nb.metadata = NotebookNode(
            kernelspec=dict(_KERNELSPEC),
            language_info={"name": "python"},
            **{OWN_METADATA: {"source": source, "digest": digest(nb.cells)}},
        )
        return nb, resources


def digest(cells: Iterable[Mapping[str, Any]]) -> str:
    """Return a fingerprint of what stands in the cells; outputs and metadata do not count."""
    content = [[cell.get("cell_type"), text_of(cell)] for cell in cells]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


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
        nb.metadata = NotebookNode(kernelspec=dict(_KERNELSPEC), language_info={"name": "python"})
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
