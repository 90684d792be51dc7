"""One question of every kind, with right and wrong answers, for all tests of the language."""

import pandas as pd
import pytest

from indopacific.checks import (
    CheckFailed,
    choice,
    choices,
    function,
    labelling,
    listing,
    mapping,
    number,
    ordering,
    series,
    setting,
    table,
)
from indopacific.checks.marking import check

FRAME = pd.DataFrame({"year": [2017, 2018, 2019], "share": [0.1, 0.2, 0.3]})
TABLE = table(["year", "share"], key="year")


def weighted(values, weights):
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def unweighted(values, weights):
    return sum(values) / len(values)


#: One question of every kind, with its right answer and a wrong one of the right kind.
KINDS = {
    "number": (number(unit="percent", low=0, high=100).near(18.0, within=0.3), 18.1, 3.1),
    "choice": (choice("abcd").right("b"), "b", "c"),
    "choices": (choices("abcde").right("ace"), ["e", "a", "c"], ["b", "d"]),
    "ordering": (ordering(["x", "y", "z"]).right("zyx"), ["z", "y", "x"], ["x", "y", "z"]),
    "labelling": (
        labelling(["t1", "t2"], codes=["assist", "consult"]).right(
            {"t1": "assist", "t2": "consult"}
        ),
        {"t2": "consult", "t1": "assist"},
        {"t1": "consult", "t2": "assist"},
    ),
    "listing": (listing(length=2).right([0.7, 0.3], within=0.01), [0.7, 0.3], [0.3, 0.7]),
    "mapping": (mapping(["a", "b"]).right({"a": 1, "b": 2}), {"b": 2, "a": 1}, {"a": 2, "b": 1}),
    "series": (
        series([2018, 2019]).right({2018: 0.77, 2019: 0.79}, within=0.005),
        pd.Series({2019: 0.79, 2018: 0.77}),
        pd.Series({2018: 0.0, 2019: 0.0}),
    ),
    "table": (
        TABLE.right(FRAME, within=0.01),
        FRAME[::-1],
        FRAME.assign(share=0.9),
    ),
    "function": (
        function("values", "weights").like(weighted, on=[([0, 1], [1, 3]), ([2, 4], [1, 1])]),
        weighted,
        unweighted,
    ),
    "setting": (
        setting(weight=number(low=0, high=1)).such_that(lambda weight: weight > 0.5, "it tips"),
        {"weight": 0.6},
        {"weight": 0.4},
    ),
}


PART_MARKS = [name for name, (kind, _, _) in KINDS.items() if kind._parts]


def verdict(answer, kind):
    """Return what a check says, whether it passes or fails."""
    try:
        check("alignment-1-item", answer, kind)
    except CheckFailed as failed:
        return str(failed)
    return ""


def failure(answer, kind, error=CheckFailed, **more):
    """Return what a check says about a wrong answer."""
    with pytest.raises(CheckFailed) as caught:
        check("alignment-1-item", answer, kind, **more)
    assert type(caught.value) is error
    return " ".join(str(caught.value).split())
