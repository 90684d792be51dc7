"""Numbers as words, and how a value is written in a sentence."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pandas as pd

_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_SMALL)}
_VALUES |= {word: 10 * tens for tens, word in enumerate(_TENS, start=3)}
_VALUES |= {"once": 1, "twice": 2, "hundred": 100, "thousand": 1000, "dozen": 12}

#: Words that state a number wherever they stand; "one" and "two" do so only before a unit.
NUMBER_WORDS = (
    *(word for word in _VALUES if word not in ("no", "one", "two", "once")),
    *("half", "halved", "doubled", "tripled", "tenfold", "twentyfold"),
)


class NotWritable(ValueError):
    """A value that cannot stand in a sentence; the text says why."""


def value_of(word: str) -> int | None:
    """Return the number that a word means, or None."""
    return _VALUES.get(word.lower())


def written(value: Any, form: str = "") -> str:
    """Write a value as it stands in a sentence.

    Parameters
    ----------
    value : object
        A number, a text or a date.
    form : str
        A format of Python's, ``words`` for a small whole number in words, or ``times`` for once,
        twice and then words.

    Returns
    -------
    str

    Raises
    ------
    NotWritable
        For a missing value, a collection, a number too large for words, or an unknown format.

    Examples
    --------
    >>> written(0.3849, ".0%"), written(3, "words"), written(2, "times")
    ('38%', 'three', 'twice')
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        raise NotWritable("the value is missing: a gap is told in words")
    if isinstance(value, float) and not math.isfinite(value):
        raise NotWritable("the value is missing or not finite: a gap is told in words")
    if not isinstance(value, str | int | float | datetime.date) or isinstance(value, bool):
        raise NotWritable(f"the value is a {type(value).__name__}, not one number, text or date")
    if form in ("words", "times"):
        if not (isinstance(value, int | float) and value == int(value)):
            raise NotWritable(f"{value!r} is not a whole number")
        if form == "times" and value in (1, 2):
            return "once" if value == 1 else "twice"
        if not 0 <= value < len(_SMALL):
            raise NotWritable(f"{value:g} is too large for words: write it in digits")
        return _SMALL[int(value)]
    try:
        return format(value, form)
    except ValueError as error:
        raise NotWritable(f"{value!r} cannot be written as {form!r}: {error}") from None
