"""Where `nbgrader export` puts marks."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin


class ExportAside(CsvExportPlugin):
    """nbgrader's own table of marks, in a folder that is made when it is missing."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table."""
        if self.to:
            Path(self.to).absolute().parent.mkdir(parents=True, exist_ok=True)
        super().export(gradebook)
