"""Read whatever the learner left behind as plain Python data, or refuse it in words."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .limits import (
    DEEPEST,
    MISSING_TYPES,
    MOST_CHARACTERS,
    MOST_ITEMS,
    NUMPY_INTEGERS,
    NUMPY_REALS,
)
from .verdicts import Refused
from .wording import describe

#: What a text cell says before anyone has written in it.
TEXT_STUB = "*Write your answer here, in place of this line.*"


def is_blank(answer: Any) -> bool:
    """Whether nobody has answered: dots, None, an empty text, or a container of dots."""
    if answer is ... or answer is None:
        return True
    if type(answer) is str:
        return answer.strip() in ("", "...", TEXT_STUB)
    if type(answer) in (list, tuple) and answer:
        return all(v is ... for v in answer[:MOST_ITEMS])
    if type(answer) is dict and answer:
        return all(v is ... for v in itertools.islice(answer.values(), MOST_ITEMS))
    return False


def scalar(value: Any) -> Any:
    """Turn one cell into None (missing), bool, int, float or str; refuse anything else."""
    kind = type(value)
    if kind in MISSING_TYPES or value is None:
        return None
    if kind is np.bool_:
        return bool(value)
    if kind in NUMPY_INTEGERS:
        return int(value)
    if kind in NUMPY_REALS or kind is float:
        return None if math.isnan(value) else float(value)
    if kind is np.str_:
        return str(value)
    if kind in (pd.Timestamp, datetime.datetime, datetime.date):
        return value.isoformat().removesuffix("T00:00:00")
    if kind is int and value.bit_length() > 1000:
        raise Refused("A number in it has hundreds of digits.")
    if kind is str and len(value) > MOST_CHARACTERS:
        raise Refused(f"A text in it is longer than {MOST_CHARACTERS:,} characters.")
    if kind in (bool, int, str):
        return value
    raise Refused(f"It contains {describe(value)}; only numbers and text can be judged.")


def plain(value: Any, depth: int = 0, seen: list[int] | None = None) -> Any:
    """Copy nested lists, tuples and dicts of scalars; refuse what is too deep or too large."""
    seen = [0] if seen is None else seen
    seen[0] += 1
    if depth > DEEPEST:
        raise Refused("It is nested too deeply to be looked at.")
    if seen[0] > MOST_ITEMS:
        raise Refused(f"It has more than {MOST_ITEMS:,} parts.")
    if type(value) in (list, tuple):
        return [plain(v, depth + 1, seen) for v in value]
    if type(value) is dict:
        return {scalar(k): plain(v, depth + 1, seen) for k, v in value.items()}
    return scalar(value)


def column(values: Any) -> list[Any]:
    """Read a Series, Index or array as a list of scalars."""
    return [scalar(v) for v in values.tolist()]


def listed(answer: Any) -> list[Any] | None:
    """Read a list of whatever make: list, tuple, Series, Index or array; None for anything else."""
    kind = type(answer)
    if kind in (list, tuple):
        return list(answer)
    if kind in (pd.Series, pd.Index) or (kind is np.ndarray and answer.ndim == 1):
        if answer.size > MOST_ITEMS:
            raise Refused(f"It has more than {MOST_ITEMS:,} entries.")
        return list(answer.tolist())
    return None


@dataclass(frozen=True)
class Frame:
    """A DataFrame as plain data: column name -> values, all of one length."""

    columns: dict[str, list[Any]]

    def records(self, key: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
        """Return its rows by the values in the key columns."""
        rows = zip(*self.columns.values(), strict=True)
        named = [dict(zip(self.columns, row, strict=True)) for row in rows]
        return {tuple(row[k] for k in key): row for row in named}
