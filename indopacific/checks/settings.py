"""A recorded setting of an explorer, judged by what the model makes of it."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .entries import keyed, read_each
from .kind import Kind
from .verdicts import Blank, Refused, Verdict
from .wording import describe, shown, some

_MOST_SPELT_OUT = 3  # of more parameters, only the faulty one has its range said


@dataclass(frozen=True, init=False)
class setting(Kind):
    """A recorded setting of an explorer: a dict from parameter to value.

    Parameters
    ----------
    **parameters : kind
        What each parameter may be, for example ``weight=number(low=0, high=1)``.
    """

    parameters: dict[str, Kind]
    holds: Callable[..., bool | str] | None
    aim: str

    def __init__(self, **parameters: Kind) -> None:
        if not parameters:
            raise ValueError("a setting has at least one parameter")
        object.__setattr__(self, "parameters", parameters)
        object.__setattr__(self, "holds", None)
        object.__setattr__(self, "aim", "")

    def such_that(self, holds: Callable[..., bool | str], aim: str) -> setting:
        """Accept every setting for which `holds(**setting)` is True.

        Parameters
        ----------
        holds : callable
            Returns True, False, or a text: what the setting gives instead.
        aim : str
            What was to be found, to complete "a setting such that ...".
        """
        told = setting(**self.parameters)
        object.__setattr__(told, "holds", holds)
        object.__setattr__(told, "aim", aim)
        return told

    @property
    def _expects(self) -> str:
        if self._long:
            phrase = f"a dict with {some(self.parameters, most=_MOST_SPELT_OUT)}"
        else:
            each = (f"{name!r} {kind._expects}" for name, kind in self.parameters.items())
            phrase = f"a dict: {'; '.join(each)}"
        return phrase + (f"; such that {self.aim}" if self.aim else "")

    @property
    def _long(self) -> bool:
        return len(self.parameters) > _MOST_SPELT_OUT

    @property
    def _answered(self) -> bool:
        return self.holds is not None

    def _read(self, answer: Any) -> dict[str, Any]:
        if type(answer) is not dict:
            way = f"{{{next(iter(self.parameters))!r}: ..., }}"
            if _keeps_values(answer):
                way = "put `.values` behind it"
            raise Refused(f"This is {describe(answer)}. Write the setting as a dict: {way}.")
        found = keyed(answer, tuple(self.parameters), "parameters")
        values: dict[str, Any] = {}
        for name, kind in self.parameters.items():
            try:
                values |= read_each([(name, found[name])], kind)
            except Blank:
                raise
            except Refused as problem:
                due = f" Needed there: {kind._expects}." if self._long else ""
                raise Refused(f"{problem}{due}") from None
        return values

    def _judge(self, value: Any) -> Verdict:
        assert self.holds is not None
        verdict = self.holds(**copy.deepcopy(value))
        if type(verdict) is str:
            return Verdict(0.0, shown(value), verdict)
        return Verdict(
            float(bool(verdict)),
            shown(value),
            "" if verdict else f"With this setting it is not so that {self.aim}.",
        )


def _keeps_values(answer: Any) -> bool:
    """Whether an object seems to hold a setting in `.values`, found without running its code."""
    if issubclass(type(answer), type | pd.DataFrame | pd.Series | pd.Index):
        return False  # the `.values` of a class or a table is something else
    return type(inspect.getattr_static(answer, "values", None)) in (property, dict)
