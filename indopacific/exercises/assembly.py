"""The course's own steps in nbgrader's assembly line for a release.

`StandardKernel`, `HideSources`, `ShowPoints` and `MarkGenerated` are switched on by
nbgrader_config.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from ..prose.reading import without_sources
from .questions import POINTS, TOTAL, item_of, items, points_in_words, role, text_of

#: Notebook metadata under which a release says what it was made from.
OWN_METADATA = "indopacific"

#: The kernel that every installation has.
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

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


class HideSources(NbGraderPreprocessor):
    """Take out the comments that say where a figure in the prose comes from.

    They are for authors and tests; in an exercise they could give an answer away.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, index: int
    ) -> tuple[NotebookNode, Resources]:
        """Keep what a reader sees."""
        if cell.cell_type == "markdown":
            cell.source = without_sources(cell.source)
        return cell, resources


class StandardKernel(NbGraderPreprocessor):
    """Name the kernel that every installation has, before the gradebook remembers another.

    Grading restores the recorded kernel; an author's own "my-env" exists on no other machine.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Replace the notebook's kernel."""
        nb.metadata["kernelspec"] = NotebookNode(KERNELSPEC)
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
        stated = nb.metadata.get(OWN_METADATA, {})
        about = {"minutes": stated["minutes"]} if "minutes" in stated else {}
        nb.metadata = NotebookNode(
            kernelspec=dict(KERNELSPEC),
            language_info={"name": "python"},
            **{OWN_METADATA: {"source": source, "digest": digest(nb.cells)} | about},
        )
        return nb, resources


def digest(cells: Iterable[Mapping[str, Any]]) -> str:
    """Return a fingerprint of what stands in the cells; outputs and metadata do not count."""
    content = [[cell.get("cell_type"), text_of(cell)] for cell in cells]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
