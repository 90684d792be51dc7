"""How a value is written in a sentence, and which values cannot be."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.prose.numerals import NotWritable, value_of, written


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.3849, ".0%", "38%"),
        (np.float64(1205.5), ",.1f", "1,205.5"),
        (np.int64(3), "words", "three"),
        (5.0, "words", "five"),
        (0, "words", "no"),
        (1, "times", "once"),
        (2, "times", "twice"),
        (4, "times", "four"),
        ("China-Brazil", "", "China-Brazil"),
        (datetime.date(2022, 2, 4), "%Y", "2022"),
        (pd.Timestamp("2022-02-04"), "%Y", "2022"),
    ],
)
def test_a_value_is_written(value, form, text):
    assert written(value, form) == text


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (None, "", "missing"),
        (float("nan"), ".1f", "missing"),
        (float("inf"), ".1f", "not finite"),
        (pd.NA, "", "missing"),
        (pd.NaT, "", "missing"),
        (pd.Series([1, 2]), ".1f", "Series"),
        (True, "", "bool"),
        (2.5, "words", "not a whole number"),
        (21, "words", "too large"),
        (-1, "words", "too large"),
        ("text", ".1f", "cannot be written"),
    ],
)
def test_a_value_that_cannot_stand_in_a_sentence_is_refused(value, form, words):
    with pytest.raises(NotWritable, match=words):
        written(value, form)


@given(st.integers(1, 20))
def test_a_number_in_words_can_be_read_back(number):
    assert value_of(written(number, "words")) == number
