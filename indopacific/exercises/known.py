"""What an exercise's cells are, as whoever releases or grades it knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .questions import Role, role, text_of


@dataclass(frozen=True)
class KnownCell:
    """A cell as the instructor knows it.

    Attributes
    ----------
    role : Role
    cell_type : str
        "code" or "markdown".
    source : str
        For an answer cell, the stub.
    checksum : str
        nbgrader's checksum of the released cell.
    """

    role: Role
    cell_type: str
    source: str
    checksum: str = ""

    @property
    def learners(self) -> bool:
        """Whether the content is the learner's."""
        return self.role.solution


@dataclass(frozen=True)
class Cell:
    """A cell of a repaired notebook.

    Attributes
    ----------
    cell_type, source : str
    known : KnownCell or None
        None for a learner's own extra cell.
    number : int or None
        Place in the learner's file, counted from 1; None for a cell that was put back.
    shown : int or None
        The number that JupyterLab shows in brackets beside the cell; None if it shows none.
    """

    cell_type: str
    source: str
    known: KnownCell | None = None
    number: int | None = None
    shown: int | None = None


def known_cells(cells: Iterable[Mapping[str, Any]]) -> list[KnownCell]:
    """List the cells of a release that nbgrader knows, in order."""
    return [
        KnownCell(
            role(cell),
            cell["cell_type"],
            text_of(cell),
            str(cell["metadata"]["nbgrader"].get("checksum", "")),
        )
        for cell in cells
        if role(cell).id
    ]
