"""Words for messages: what an answer is, how it looks when shortened, what was meant."""

from __future__ import annotations

import difflib
import itertools
import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from .limits import FUNCTION_TYPES, NUMPY_INTEGERS, NUMPY_REALS


def type_name(value: Any) -> str:
    """Name a type without trusting the object: a metaclass may lie about its name."""
    name = type.__dict__["__name__"].__get__(type(value))
    return "".join(c for c in name if c.isalnum() or c == "_")[:40] or "object"


def with_article(noun: str) -> str:
    """Say "a number", "an object"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def count(amount: int, noun: str) -> str:
    """Say "1 row", "2 rows"."""
    return f"{amount} {noun}{'' if amount == 1 else 's'}"


def describe(value: Any) -> str:
    """Say what an object is, in a learner's words."""
    kind = type(value)
    if kind is bool or kind is np.bool_:
        return f"the truth value {bool(value)}"
    if kind is str:
        return f"text ({shown(value)})"
    if kind in (int, float) or kind in NUMPY_INTEGERS or kind in NUMPY_REALS:
        return f"the number {shown(value)}"
    if kind in (list, tuple, set, frozenset, dict):
        return f"{with_article(kind.__name__)} of length {len(value)}"
    if kind is pd.DataFrame:
        return f"a DataFrame with {value.shape[0]} rows and {value.shape[1]} columns"
    if kind is pd.Series or kind is np.ndarray:
        return f"{with_article(type_name(value))} of length {value.size}"
    if kind in FUNCTION_TYPES:
        return "a function"
    return f"an object of type {type_name(value)}"


def shown(value: Any, limit: int = 60, depth: int = 0, most: int = 6) -> str:
    """Shorten a value for a message; `repr` is asked of exact built-in types only."""
    kind = type(value)
    if kind in NUMPY_INTEGERS or kind in NUMPY_REALS:
        value, kind = value.item(), type(value.item())
    if kind is int and value.bit_length() > 200:
        return f"a whole number of about {int(value.bit_length() * 0.30103) + 1} digits"
    if kind is float and math.isfinite(value):
        return f"{value:.10g}"
    if kind in (int, float, bool, type(None)):
        return repr(value)
    if kind is str:
        return repr(value if len(value) <= limit else value[: limit - 3] + "...")
    if value is ...:
        return "..."
    if kind in (list, tuple) and depth < 3:
        parts = [shown(v, 20, depth + 1) for v in value[:most]] + ["..."] * (len(value) > most)
        return "[" + ", ".join(parts) + "]" if kind is list else "(" + ", ".join(parts) + ")"
    if kind is dict and depth < 3:
        pairs = itertools.islice(value.items(), 6)
        parts = [f"{shown(k, 20, depth + 1)}: {shown(v, 20, depth + 1)}" for k, v in pairs]
        return "{" + ", ".join(parts + ["..."] * (len(value) > 6)) + "}"
    return f"<{type_name(value)}>"


def some(items: Iterable[Any], most: int = 3) -> str:
    """Name the first few, and how many more there are."""
    items = list(items)
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(shown(i, 30) for i in items[:most]) + more


def suggest(word: Any, known: Iterable[Any]) -> str:
    """Ask whether the nearest known word was meant; empty if none is near."""
    words = [k for k in known if type(k) is str]
    near_ones = difflib.get_close_matches(word, words, n=1) if type(word) is str else []
    return f" Did you mean {near_ones[0]!r}?" if near_ones else ""
