"""What occurs in a row, and what does not."""

import datetime

import numpy as np
import pandas as pd
import pytest

from indopacific.prose.probe import Evidence, answer

ROW = {
    "date": pd.Timestamp("2022-02-04"),
    "article": "9",
    "quote": "Friendship has no limits, there are no ‘forbidden’ areas",
    "tiv": 3066.0,
    "rounds": "over 1,205 rounds in nine months",
    "missing": np.nan,
}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("quotation", '"no limits"'),
        ("quotation", "\"has no limits, there are no 'forbidden' areas.\""),
        ("quotation", "\"Friendship ... no 'forbidden'\""),
        ("date", "4 February 2022"),
        ("date", "4 February"),
        ("date", "February 2022"),
        ("number", "2022"),
        ("number", "9"),
        ("number", "3,066"),
        ("number", "1,205"),
        ("number", "nine"),
    ],
)
def test_it_occurs(kind, text):
    assert Evidence.of(ROW).has(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("quotation", '"no limit"'),
        ("quotation", '"limits no"'),
        ("quotation", '"areas ... Friendship"'),
        ("quotation", '"..."'),
        ("date", "5 February 2022"),
        ("date", "4 March 2022"),
        ("date", "4 February 2021"),
        ("number", "2021"),
        ("number", "4"),
        ("number", "306"),
        ("number", "205"),
        ("number", "ten"),
        ("number", "12"),
    ],
)
def test_it_does_not_occur(kind, text):
    assert not Evidence.of(ROW).has(kind, text)


@pytest.mark.parametrize(
    "value",
    [
        pd.DataFrame([ROW]),
        pd.Series(ROW),
        [ROW],
        datetime.date(2022, 2, 4),
        pd.Series([5.0], name="4 February 2022"),
    ],
)
def test_evidence_comes_from_rows_tables_dates_and_labels(value):
    assert Evidence.of(value).has("date", "4 February 2022")


def test_an_expression_that_fails_says_why():
    asked = [
        {"expression": "rates['Atlantis']", "form": ".0%"},
        {"expression": "rats", "form": ""},
        {"expression": "rates['x']", "form": ".0%"},
        {"expression": "rates['gap']", "form": ".0%"},
    ]
    names = {"rates": pd.Series({"x": 0.5, "gap": np.nan})}
    first, second, third, fourth = answer(asked, names)
    assert first["problem"] == "KeyError: Atlantis"
    assert second["problem"].startswith("NameError: name 'rats' is not defined")
    assert third == {"is": "50%"}
    assert "missing" in fourth["problem"]
