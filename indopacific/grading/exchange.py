"""Listing assignments where no exchange folder has been set up."""

from __future__ import annotations

import os
from typing import Any

from nbgrader.exchange import ExchangeFactory
from nbgrader.exchange.default import ExchangeList


class ListIfThere(ExchangeList):
    """List what the exchange offers; in JupyterLab's panel, nothing where there is no exchange.

    nbgrader's own list answers with an error there, which tells a self-study reader about a fault
    that is none. On the command line and in the formgrader, which pass themselves as `parent`, a
    missing exchange is still reported.
    """

    def start(self) -> list[dict[str, Any]]:
        """Return the assignments, or an empty list."""
        if isinstance(self.parent, ExchangeFactory) and not os.path.isdir(self.root):
            return []
        found: list[dict[str, Any]] = super().start()
        return found
