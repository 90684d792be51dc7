"""Compare plain data with what is right, numbers within a tolerance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .answers import Frame

ROUNDING = 1e-9


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be off: `within` in its own unit, or `relative`, a share of it."""

    within: float = 0.0
    relative: float = 0.0

    def __post_init__(self) -> None:
        if not (0 <= self.within < math.inf and 0 <= self.relative < 1):
            raise ValueError("within is a distance from 0 up; relative is a share from 0 to 1")

    def accepts(self, came: float, wanted: float) -> bool:
        """Whether a number is near enough."""
        # The rounding term lets 18.3 pass for 18.0 within 0.3, which floats miss by 7e-16.
        allowed = max(self.within, self.relative * abs(wanted))
        return abs(came - wanted) <= allowed + ROUNDING * max(1.0, abs(wanted))

    def agrees(self, came: Any, wanted: Any) -> bool:
        """Compare two pieces of plain data, numbers within the tolerance."""
        if type(came) in (int, float) and type(wanted) in (int, float):
            return self.accepts(came, wanted)
        if type(came) is not type(wanted):
            return False
        if type(wanted) is list:
            pairs = zip(came, wanted, strict=False)
            return len(came) == len(wanted) and all(self.agrees(a, b) for a, b in pairs)
        if type(wanted) is dict:
            return came.keys() == wanted.keys() and all(
                self.agrees(came[k], wanted[k]) for k in wanted
            )
        if type(wanted) is Frame:
            return self.agrees(came.columns, wanted.columns)
        return bool(came == wanted)


EXACT = Tolerance()
