"""A number with a unit, a range and a tolerance."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .comparing import EXACT, ROUNDING, Tolerance
from .kind import Kind
from .limits import NUMPY_INTEGERS, NUMPY_REALS
from .verdicts import Refused, Verdict
from .wording import describe, shown, with_article

_SINGLE = 1e-7  # what a number in single precision may be off


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
    decimals: int | None = field(default=None, repr=False)

    def near(
        self,
        value: float,
        *,
        within: float = 0.0,
        relative: float = 0.0,
        decimals: int | None = None,
    ) -> number:
        """Accept `value`, give or take `within` (in the unit) or `relative` (a share of it).

        With `decimals`, also accept it rounded, or cut off, to so many decimals: a question that
        asks for one decimal can take 11.3 for 11.26 and still tell 11.32 apart.
        """
        if within and relative:
            raise ValueError("give within or relative, not both")
        exact = self._own_answer(value)
        return dataclasses.replace(
            self, wanted=(exact, exact), tolerance=Tolerance(within, relative), decimals=decimals
        )

    def between(self, low: float, high: float) -> number:
        """Accept any value from `low` to `high`, ends included."""
        if not low <= high:
            raise ValueError(f"between({low}, {high}): the lower end comes first")
        return dataclasses.replace(self, wanted=(self._own_answer(low), self._own_answer(high)))

    @property
    def _is_range(self) -> bool:
        return self.wanted is not None and self.wanted[0] != self.wanted[1]

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
        # 1 - 0.8 is 2e-16 below 0.2: a float at the edge of the range is in it.
        slack = ROUNDING * max(1.0, abs(answer))
        if not self.low - slack <= answer <= self.high + slack:
            raise Refused(f"{self._show(answer)} lies outside the possible range.")
        if self.low <= answer <= self.high:
            return answer
        return self.low if answer < self.low else self.high

    def _show(self, value: Any) -> str:
        return f"{shown(value)} {self.unit}".strip()

    def _accepts(self, value: float) -> bool:
        assert self.wanted is not None
        low, high = self.wanted
        if low <= value <= high or any(self.tolerance.accepts(value, v) for v in (low, high)):
            return True
        if self.decimals is None:
            return False
        step = 10.0**-self.decimals
        shortened = (round(low, self.decimals), math.trunc(low / step) * step)
        return any(math.isclose(value, v, rel_tol=_SINGLE, abs_tol=1e-9) for v in shortened)

    def _as_if(self, wanted: Any) -> number:
        value = self._own_answer(wanted)
        return dataclasses.replace(self, wanted=(value, value))

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
    """Stand for ``number().near(value, ...)``, for a `mistaken` with a tolerance of its own."""
    return number().near(value, within=within, relative=relative)
