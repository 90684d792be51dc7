"""Our pages at nbgrader's own extension points: its feedback command and its exporters.

Switched on by nbgrader_config.py: `GenerateFeedback.exporter_class`; `nbgrader export` takes
`--exporter=indopacific.grading.nbgrader_pages.CanvasMarks` and the like.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from .exports import canvas, moodle, plain, write_csv
from .feedback import render
from .results import class_results, student_feedback


class FeedbackPage(HTMLExporter):
    """Write a student's page, and the same as data beside it.

    nbgrader's own page shows the whole notebook: tests with what was hidden in them, and whatever
    markup the student's code has put out.
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> Any:
        """Return the page of one graded notebook."""
        resources = {} if resources is None else resources
        own = resources["nbgrader"]
        with Gradebook(own["db_url"]) as gradebook:
            found = student_feedback(
                Path(filename).parent, own["notebook"], own["student"], gradebook
            )
        data = json.dumps(found.as_dict(), ensure_ascii=False, indent=1)
        name = f"{own['notebook']}.feedback.json"
        resources["output_extension"] = ".html"
        resources["outputs"] = {name: data.encode("utf-8", "replace")}
        return render(found), resources


class _Marks(ExportPlugin):
    """Write marks in one form."""

    form = staticmethod(plain)

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        course = Path(self.parent.coursedir.root)
        names = [str(a) for a in self.assignment] or [a.name for a in gradebook.assignments]
        wanted = {str(s) for s in self.student}
        results = {
            name: [r for r in class_results(course, name) if not wanted or r.student in wanted]
            for name in names
        }
        rows, left_out = self.form(results)
        write_csv(Path(self.to or "marks.csv"), rows)
        for note in left_out:
            self.log.warning("%s", note)


class PlainMarks(_Marks):
    """Write a line for each student and exercise, as nbgrader's own exporter, quoted and safe."""


class CanvasMarks(_Marks):
    """Write a file for Canvas's gradebook import."""

    form = staticmethod(canvas)


class MoodleMarks(_Marks):
    """Write a file for Moodle's grade import."""

    form = staticmethod(moodle)
