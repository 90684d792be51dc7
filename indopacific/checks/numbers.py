"""A number with a unit, a range and a tolerance."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .comparing import EXACT, Tolerance
from .kind import Kind
from .limits import NUMPY_INTEGERS, NUMPY_REALS
from .verdicts import Refused, Verdict
from .wording import describe, shown, with_article


@dataclass(frozen=True, kw_only=True)
class number(Kind):
    """A number with a unit.

    Parameters
    ----------
    unit : str
        "percent" and "share" are understood as a pair that learners mix up.
    low, high : float
        The ends of what is possible; both are allowed.
    whole : bool
        Whether only whole numbers make sense.
    """

    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    whole: bool = False
    wanted: tuple[float, float] | None = field(default=None, repr=False)
    tolerance: Tolerance = field(default=EXACT, repr=False)

    def near(self, value: float, *, within: float = 0.0, relative: float = 0.0) -> number:
        """Accept `value`, give or take `within` (in the unit) or `relative` (a share of it)."""
        if within and relative:
            raise ValueError("give within or relative, not both")
        exact = self._own_answer(value)
        return dataclasses.replace(
            self, wanted=(exact, exact), tolerance=Tolerance(within, relative)
        )

    def between(self, low: float, high: float) -> number:
        """Accept any value from `low` to `high`, ends included."""
        if not low <= high:
            raise ValueError(f"between({low}, {high}): the lower end comes first")
        return dataclasses.replace(self, wanted=(self._own_answer(low), self._own_answer(high)))

    @property
    def _expects(self) -> str:
        phrase = with_article("whole number" if self.whole else "number")
        phrase += f" in {self.unit}" if self.unit else ""
        if math.isfinite(self.low) and math.isfinite(self.high):
            return f"{phrase}, from {self.low:g} to {self.high:g}"
        if math.isfinite(self.low):
            return f"{phrase}, {self.low:g} or more"
        return f"{phrase}, {self.high:g} or less" if math.isfinite(self.high) else phrase

    def _read(self, answer: Any) -> int | float:
        kind = type(answer)
        if kind is str:
            raise Refused(
                f"This is text ({shown(answer)}). Give the number itself: no quotation marks, "
                "no unit, no per cent sign."
            )
        if kind in (pd.Series, np.ndarray, list, tuple) and len(np.shape(answer)) == 1:
            raise Refused(f"This is {describe(answer)}. Take the one number out of it.")
        if kind in NUMPY_INTEGERS:
            answer, kind = int(answer), int
        elif kind in NUMPY_REALS:
            answer, kind = float(answer), float
        if kind not in (int, float):
            raise Refused(f"This is {describe(answer)}, not a number.")
        if kind is float and not math.isfinite(answer):
            raise Refused(
                "The number is nan or infinite: look for a missing value or a zero "
                "that you divide by."
            )
        if kind is int and answer.bit_length() > 1000:
            raise Refused(f"This is {shown(answer)}.")
        if self.whole and answer != int(answer):
            raise Refused(f"{shown(answer)} is not a whole number.")
        if not self.low <= answer <= self.high:
            raise Refused(f"{self._show(answer)} lies outside the possible range.")
        return answer

    def _show(self, value: Any) -> str:
        return f"{shown(value)} {self.unit}".strip()

    def _accepts(self, value: float) -> bool:
        assert self.wanted is not None
        low, high = self.wanted
        return low <= value <= high or any(self.tolerance.accepts(value, v) for v in (low, high))

    def _judge(self, value: Any) -> Verdict:
        came = self._show(value)
        if self._accepts(value):
            return Verdict(1.0, came)
        if self.unit == "percent" and value and self._accepts(value * 100):
            return Verdict(0.0, came, "You gave a share of one. The answer is asked in percent.")
        if self.unit == "share" and self._accepts(value / 100):
            return Verdict(
                0.0, came, "You gave a percentage. The answer is asked as a share of one."
            )
        if value and self._accepts(-value):
            return Verdict(
                0.0,
                came,
                "The size is right and the sign is wrong: look at which value is taken from which.",
            )
        return Verdict(0.0, came)


def near(value: float, *, within: float = 0.0, relative: float = 0.0) -> number:
    """Stand for ``number().near(value, ...)``, for use in `mistaken`."""
    return number().near(value, within=within, relative=relative)
