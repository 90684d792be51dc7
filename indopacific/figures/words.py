"""What a figure says: its finding, its reading and its numbers, for eyes, ears and tests."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words that go with one state of a figure.

    Attributes
    ----------
    title : str
        The finding, in one sentence.
    reading : str
        What there is to see, in one short paragraph: it stands in for the picture.
    table : DataFrame
        The numbers drawn, as text or rounded for reading; column names carry units.
    source : str
        Who published the data.
    """

    title: str
    reading: str
    table: pd.DataFrame
    source: str

    @property
    def alt(self) -> str:
        """The alternative text of the picture."""
        return f"{self.title} {self.reading}"

    def rows(self) -> list[list[str]]:
        """Return the table as text: the header first, then one list for each row."""
        header = [str(column) for column in self.table.columns]
        return [header, *([_cell(value) for value in row] for row in self.table.to_numpy())]

    def html_table(self) -> str:
        """Return the table as HTML, with header cells that name rows and columns."""
        header, *rows = self.rows()
        head = "".join(f'<th scope="col">{safe(cell)}</th>' for cell in header)
        body = "".join(
            f'<tr><th scope="row">{safe(row[0])}</th>'
            + "".join(f"<td>{safe(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def safe(text: object) -> str:
    """Return a text as HTML. JupyterLab sets what stands between two dollar signs as a formula.

    Examples
    --------
    >>> safe("NT$780bn < NT$1.25tn")
    'NT<span>$</span>780bn &lt; NT<span>$</span>1.25tn'
    """
    return html.escape(str(text)).replace("$", "<span>$</span>")


def by_year(columns: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
    """Return columns over years as the table of a figure, one row a year."""
    return pd.DataFrame(columns).rename_axis("Year").reset_index().astype({"Year": str})


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return "no figure"
    return f"{value:g}" if isinstance(value, float) else str(value)
