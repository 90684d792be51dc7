"""Lists, dicts and Series whose entries are all of one kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pandas as pd

from .answers import column, listed, scalar
from .comparing import EXACT, Tolerance
from .entries import keyed, read_each
from .kind import Kind
from .limits import MOST_ITEMS
from .numbers import number
from .verdicts import Refused, Verdict
from .wording import describe, shown, some


@dataclass(frozen=True, kw_only=True)
class listing(Kind):
    """A list whose entries are all of one kind.

    Parameters
    ----------
    of : kind
        What each entry is.
    length : int, optional
        How many entries.
    ordered : bool
        Whether the order matters.
    """

    of: Kind = field(default_factory=number)
    length: int | None = None
    ordered: bool = True
    wanted: tuple[Any, ...] | None = field(default=None, repr=False)
    tolerance: Tolerance = field(default=EXACT, repr=False)
    _parts: ClassVar[bool] = True

    def right(
        self, entries: Sequence[Any], *, within: float = 0.0, relative: float = 0.0
    ) -> listing:
        """Give the right entries and the tolerance of the numbers among them."""
        wanted = tuple(self._own_answer(list(entries)))
        return dataclasses.replace(self, wanted=wanted, tolerance=Tolerance(within, relative))

    @property
    def _expects(self) -> str:
        length = "" if self.length is None else f" of length {self.length}"
        return f"a list{length}; each entry {self.of._expects}"

    def _read(self, answer: Any) -> list[Any]:
        entries = listed(answer)
        if entries is None:
            raise Refused(f"This is {describe(answer)}. Write a list.")
        if len(entries) > MOST_ITEMS:
            raise Refused(f"It has more than {MOST_ITEMS:,} entries.")
        if self.length is not None and len(entries) != self.length:
            raise Refused(f"The list has length {len(entries)}, not {self.length}.")
        return list(read_each(enumerate(entries, start=1), self.of).values())

    def _judge(self, value: Any) -> Verdict:
        assert self.wanted is not None
        came = shown(value)
        if not self.ordered:
            left = list(self.wanted)
            for entry in value:
                place = next(
                    (i for i, w in enumerate(left) if self.tolerance.agrees(entry, w)), None
                )
                if place is not None:
                    del left[place]
            hits = len(self.wanted) - len(left)
            size = max(len(value), len(self.wanted)) or 1
            problem = f"{hits} of {len(self.wanted)} entries found."
            if len(value) > len(self.wanted):
                problem += f" The list has {len(value) - len(self.wanted)} too many."
            right = hits == size or not (value or self.wanted)
            return Verdict(1.0 if right else hits / size, came, "" if right else problem)
        if len(value) != len(self.wanted):
            return Verdict(
                0.0, came, f"The list has {len(value)} entries; another number is right."
            )
        pairs = list(enumerate(zip(value, self.wanted, strict=True), start=1))
        wrong = [i for i, (a, b) in pairs if not self.tolerance.agrees(a, b)]
        share = 1 - len(wrong) / len(pairs) if wrong else 1.0
        places = f"Wrong in place {some(wrong, most=5)}, counting from 1." if wrong else ""
        if wrong and sorted(map(repr, value)) == sorted(map(repr, self.wanted)):
            places += " The entries are the right ones in the wrong order."
        return Verdict(share, came, places)


@dataclass(frozen=True)
class mapping(Kind):
    """A dict from given keys to entries of one kind.

    Parameters
    ----------
    keys : sequence
        The keys; every one must be there and no other.
    of : kind
        What each entry is.
    """

    keys: Sequence[Any] = ()
    of: Kind = field(default_factory=number, kw_only=True)
    wanted: Mapping[Any, Any] | None = field(default=None, kw_only=True, repr=False)
    tolerance: Tolerance = field(default=EXACT, kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(scalar(k) for k in self.keys))

    def right(
        self, entries: Mapping[Any, Any], *, within: float = 0.0, relative: float = 0.0
    ) -> mapping:
        """Give the right entries and the tolerance of the numbers among them."""
        return dataclasses.replace(
            self,
            keys=self.keys or tuple(entries),
            wanted=self._own_answer(dict(entries)),
            tolerance=Tolerance(within, relative),
        )

    @property
    def _expects(self) -> str:
        keys = f" with the keys {some(self.keys, most=6)}" if self.keys else ""
        return f"a dict{keys}; each entry {self.of._expects}"

    def _read(self, answer: Any) -> dict[Any, Any]:
        if type(answer) is not dict:
            raise Refused(f"This is {describe(answer)}. Write a dict: {{key: entry, ...}}.")
        return read_each(keyed(answer, self.keys, "keys").items(), self.of)

    def _judge(self, value: Any) -> Verdict:
        assert self.wanted is not None
        labels = value.keys() | self.wanted.keys()
        wrong = [
            k
            for k in [*self.wanted, *(labels - self.wanted.keys())]
            if k not in value
            or k not in self.wanted
            or not self.tolerance.agrees(value[k], self.wanted[k])
        ]
        share = 1 - len(wrong) / len(labels) if wrong else 1.0
        return Verdict(share, shown(value), f"Wrong for {some(wrong, most=5)}." if wrong else "")


@dataclass(frozen=True)
class series(mapping):
    """A pandas Series; its rows are matched by label, so their order does not matter.

    Parameters
    ----------
    keys : sequence
        The labels of the index.
    of : kind
        What each value is. With `number()`, a missing value is refused, never read as 0.
    """

    @property
    def _expects(self) -> str:
        keys = f" indexed by {some(self.keys, most=6)}" if self.keys else ""
        return f"a Series{keys}; each value {self.of._expects}"

    def _read(self, answer: Any) -> dict[Any, Any]:
        if type(answer) is not pd.Series:
            raise Refused(f"This is {describe(answer)}, not a Series.")
        if answer.size > MOST_ITEMS:
            raise Refused(f"It has more than {MOST_ITEMS:,} rows.")
        labels = column(answer.index)
        twice = [k for k in labels if labels.count(k) > 1] if len(labels) < 500 else []
        if twice or len(set(labels)) != len(labels):
            raise Refused(f"A label stands twice in the index: {some(dict.fromkeys(twice))}.")
        found = dict(zip(labels, answer.tolist(), strict=True))
        return read_each(keyed(found, self.keys, "labels").items(), self.of)

    def _own_answer(self, answer: Any) -> Any:
        return super()._own_answer(pd.Series(answer, dtype=object))
