"""The prediction of lesson 00: one question, to see how a prediction works."""

from __future__ import annotations

from indopacific.datasets import load
from indopacific.figures.guesses import COUNT
from indopacific.predictions.questions import Number


def _missing() -> float:
    own = load("trade").query("counter == 'GACC' and partner == 'Russia' and flow == 'total'")
    return float(own["value"].isna().sum())


MISSING = Number(
    id="start_here-missing",
    section="A prediction, and a table",
    asks="Years without a figure in the table of China's trade with Russia",
    unit=COUNT,
    low=0,
    high=27,
    step=1,
    answer=_missing,
)
