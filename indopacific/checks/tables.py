"""DataFrames: rows are matched by key and columns by name."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pandas as pd

from .answers import Frame, column
from .comparing import EXACT, Tolerance
from .kind import Kind, distinct_words
from .limits import MOST_CELLS
from .verdicts import Refused, Verdict
from .wording import count, describe, shown, some, suggest


@dataclass(frozen=True)
class table(Kind):
    """A DataFrame; rows are matched by key and columns by name, so neither order matters.

    Parameters
    ----------
    columns : sequence of str
        The columns, all and no other.
    key : str or sequence of str
        The column or columns that identify a row.
    rows : int, optional
        How many rows.
    """

    columns: Sequence[str]
    key: str | Sequence[str] = field(kw_only=True)
    rows: int | None = field(default=None, kw_only=True)
    wanted: Frame | None = field(default=None, kw_only=True, repr=False)
    tolerance: Tolerance = field(default=EXACT, kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", distinct_words(self.columns))
        key = (self.key,) if isinstance(self.key, str) else tuple(self.key)
        object.__setattr__(self, "key", key)
        if not key or not set(key) < set(self.columns):
            raise ValueError("key names some, not all, of the columns")

    def right(self, frame: pd.DataFrame, *, within: float = 0.0, relative: float = 0.0) -> table:
        """Give the right table and the tolerance of the numbers in it."""
        return dataclasses.replace(
            self, wanted=self._own_answer(frame), tolerance=Tolerance(within, relative)
        )

    @property
    def _expects(self) -> str:
        rows = "" if self.rows is None else f" and {self.rows} rows"
        return f"a DataFrame with the columns {', '.join(self.columns)}{rows}"

    def _read(self, answer: Any) -> Frame:
        if type(answer) is not pd.DataFrame:
            raise Refused(f"This is {describe(answer)}, not a DataFrame.")
        rows, width = answer.shape
        if rows * width > MOST_CELLS:
            raise Refused(f"The table has {rows:,} rows and {width:,} columns: far too many.")
        names = column(answer.columns) if answer.columns.nlevels == 1 else []
        if not names:
            raise Refused("The columns have several levels, or there are none.")
        indexed = [n for n in answer.index.names if n in self.key and n not in names]
        if indexed:
            raise Refused(f"{some(indexed)} is in the index. Make it a column: .reset_index().")
        for name in self.columns:
            if name not in names:
                raise Refused(f"There is no column {name!r}." + suggest(name, names))
        extra = [n for n in names if n not in self.columns]
        if extra:
            raise Refused(f"These columns are not asked for: {some(extra)}.")
        if len(names) != len(set(names)):
            raise Refused("Two columns have the same name.")
        if self.rows is not None and rows != self.rows:
            raise Refused(f"The table has {count(rows, 'row')}, not {self.rows}.")
        return self._cells(answer, names)

    def _cells(self, answer: pd.DataFrame, names: list[str]) -> Frame:
        cells = {}
        for name in self.columns:
            try:
                cells[name] = column(answer.iloc[:, names.index(name)])
            except Refused as problem:
                raise Refused(f"Column {name!r}: {problem}") from None
        frame = Frame(cells)
        if len(frame.records(self.key)) != len(answer):
            raise Refused(f"Two rows have the same {', '.join(self.key)}.")
        return frame

    def _show(self, value: Any) -> str:
        size = len(next(iter(value.columns.values())))
        return f"a table with {count(size, 'row')} and {count(len(value.columns), 'column')}"

    def _judge(self, value: Any) -> Verdict:
        assert self.wanted is not None
        mine, theirs = self.wanted.records(self.key), value.records(self.key)
        said = []
        if missing := [k for k in mine if k not in theirs]:
            said.append(
                f"No row for {self._row(missing[0])}"
                + (f" and {len(missing) - 1} more." if missing[1:] else ".")
            )
        if extra := [k for k in theirs if k not in mine]:
            said.append(
                f"A row that should not be there: {self._row(extra[0])}"
                + (f" and {len(extra) - 1} more." if extra[1:] else ".")
            )
        inner = [c for c in self.columns if c not in self.key]
        wrong = [
            (k, c)
            for c in inner
            for k in mine
            if k in theirs and not self.tolerance.agrees(theirs[k][c], mine[k][c])
        ]
        if wrong:
            k, c = wrong[0]
            said.append(
                f"Column {c!r} is wrong where {self._row(k)} ("
                f"{self._cell(theirs[k][c])} there)"
                + (f", and in {count(len(wrong) - 1, 'more cell')}." if wrong[1:] else ".")
            )
        cells = len(mine.keys() | theirs.keys()) * len(inner)
        bad = len(wrong) + (len(missing) + len(extra)) * len(inner)
        return Verdict(1 - bad / cells if bad else 1.0, self._show(value), " ".join(said))

    def _row(self, key: tuple[Any, ...]) -> str:
        return ", ".join(f"{n} is {shown(v, 30)}" for n, v in zip(self.key, key, strict=True))

    @staticmethod
    def _cell(value: Any) -> str:
        return "a missing value" if value is None else shown(value, 30)
