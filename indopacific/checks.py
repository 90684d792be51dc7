"""The language of questions: what a right answer is, and what a wrong one has misunderstood.

A test cell names the item, the learner's answer, and the kind of answer that is wanted::

    from indopacific.checks import check, mistaken, near, number

    check("alignment-3-share", share, number(unit="percent", low=0, high=100))
    ### BEGIN HIDDEN TESTS
    check("alignment-3-share", share, number(unit="percent").near(18.0, within=0.3),
          mistakes=[mistaken(near(3.0, within=0.6), "That is Russia's share of China's trade.")],
          again="lesson 01, section 3")
    ### END HIDDEN TESTS

A kind without an answer looks at kind and shape only: that is the visible part. A kind that has
been told the answer (`near`, `between`, `right`, `cases`, `like`, `such_that`) judges the value.

The kinds
---------
number
    ``number(unit="percent", low=0, high=100, whole=False).near(18.0, within=0.3)``, or
    ``.near(18.0, relative=0.02)``, or ``.between(17, 19)``. A share given for a percentage (or the
    reverse) and a wrong sign are named without being told.
choice
    ``choice("abcd").right("b", reasons={"a": "Art. 9 of the 2001 treaty only says: consult."})``.
    Options are letters, or words in a list: ``choice(["min-max", "z-score"])``.
choices
    ``choices("abcde").right("ace", reasons={"b": "Trade is not a promise of help."})``.
ordering
    ``ordering(["China", "DPRK", "Russia"]).right(["Russia", "China", "DPRK"])``.
labelling
    ``labelling(["t1", "t2"], codes=["assist", "consult"]).right({"t1": "assist", "t2": "consult"},
    reasons={("t2", "assist"): "To consult is not to assist."}, floor=0.5)``.
listing
    ``listing(of=number(low=0), length=3).right([0.5, 0.3, 0.2], within=0.01)``.
mapping
    ``mapping(["China", "Russia"], of=number()).right({"China": 314, "Russia": 149}, within=1)``.
series
    ``series([2018, 2019], of=number()).right({2018: 0.77, 2019: 0.79}, within=0.005)``.
table
    ``table(["year", "share"], key="year", rows=10).right(frame, within=0.01)``.
function
    ``function("values", "weights").cases(case([0, 1], [0.5, 0.5], gives=0.5))``, or
    ``function("values", "weights", returns=number()).like(reference, on=[([0, 1], [1, 0])])``.
    A mistake is an alternative function: ``mistaken(unweighted, "The weights are not used.")``.
setting
    ``setting(weight=number(low=0, high=1)).such_that(judge, "2019 ranks below 2018")``, where
    ``judge(weight=...)`` says True, False, or in words what the setting gives instead.
text
    ``text(at_least=80, at_most=200)``: length in words only. A person judges the rest.

Marks
-----
`check` is all or nothing. `grade` gives part marks and must be the last line of its hidden part::

    grade("alignment-5-code", codes, labelling(...).right({...}), points=3)

`points` repeats the points of the cell's metadata; the release refuses to be made if they differ.

What is refused, in words: an answer of another kind; a subclass or an object that only looks like
plain data; nan and infinity; anything too long, too deep or too large to be an honest answer.
Nothing here writes to stderr, because nbgrader gives no marks to a test cell that does.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import datetime
import difflib
import inspect
import io
import itertools
import math
import textwrap
import types
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pandas as pd

__all__ = [
    "CheckFailed",
    "NotAnswered",
    "WrongKind",
    "case",
    "check",
    "choice",
    "choices",
    "function",
    "grade",
    "labelling",
    "listing",
    "mapping",
    "marks",
    "mistaken",
    "near",
    "number",
    "ordering",
    "series",
    "setting",
    "table",
    "text",
]

#: What a text cell says before anyone has written in it.
TEXT_STUB = "*Write your answer here, in place of this line.*"

_WIDTH = 80  # nbgrader's own report cuts every line at 87 characters
_MOST_ITEMS = 10_000
_MOST_CELLS = 200_000
_MOST_CHARACTERS = 20_000
_DEEPEST = 12
_ROUNDING = 1e-9

_UNGIVEN: Any = object()
_NUMPY_INTEGERS = frozenset(
    {np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64}
)
_NUMPY_REALS = frozenset({np.float16, np.float32, np.float64, np.longdouble})
_MISSING_TYPES = frozenset({type(pd.NA), type(pd.NaT)})
_FUNCTION_TYPES = frozenset(
    {types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc}
)


class CheckFailed(AssertionError):
    """A wrong answer; its text is everything that the learner needs to read.

    The subclasses tell a program why: `NotAnswered`, `WrongKind`. A plain `CheckFailed` is an
    answer of the right kind with a wrong value.
    """

    def _render_traceback_(self) -> list[str]:
        # IPython shows these lines instead of a traceback: the stack of a check teaches nothing.
        return str(self).splitlines()


class NotAnswered(CheckFailed):
    """The stub is still there."""


class WrongKind(CheckFailed):
    """The answer is not of the kind asked for, or has the wrong shape."""


class _Refused(Exception):
    """A reader's complaint, in words."""


class _Blank(_Refused):
    """A reader has found the stub."""


@dataclass(frozen=True)
class _Verdict:
    share: float
    came: str
    problem: str = ""


# --- Reading: from whatever the learner left behind to plain Python data ---------------------


def _type_name(value: Any) -> str:
    """Name a type without trusting the object: a metaclass may lie about its name."""
    name = type.__dict__["__name__"].__get__(type(value))
    return "".join(c for c in name if c.isalnum() or c == "_")[:40] or "object"


def _a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def _describe(value: Any) -> str:
    """Say what an object is, in a learner's words."""
    kind = type(value)
    if kind is bool or kind is np.bool_:
        return f"the truth value {bool(value)}"
    if kind is str:
        return f"text ({_shown(value)})"
    if kind in (int, float) or kind in _NUMPY_INTEGERS or kind in _NUMPY_REALS:
        return f"the number {_shown(value)}"
    if kind in (list, tuple, set, frozenset, dict):
        return f"{_a(kind.__name__)} of length {len(value)}"
    if kind is pd.DataFrame:
        return f"a DataFrame with {value.shape[0]} rows and {value.shape[1]} columns"
    if kind is pd.Series or kind is np.ndarray:
        return f"{_a(_type_name(value))} of length {value.size}"
    if kind in _FUNCTION_TYPES:
        return "a function"
    return f"an object of type {_type_name(value)}"


def _shown(value: Any, limit: int = 60, depth: int = 0) -> str:
    """Shorten a value for a message; `repr` is asked of exact built-in types only."""
    kind = type(value)
    if kind in _NUMPY_INTEGERS or kind in _NUMPY_REALS:
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
        parts = [_shown(v, 20, depth + 1) for v in value[:6]] + ["..."] * (len(value) > 6)
        return "[" + ", ".join(parts) + "]" if kind is list else "(" + ", ".join(parts) + ")"
    if kind is dict and depth < 3:
        pairs = itertools.islice(value.items(), 6)
        parts = [f"{_shown(k, 20, depth + 1)}: {_shown(v, 20, depth + 1)}" for k, v in pairs]
        return "{" + ", ".join(parts + ["..."] * (len(value) > 6)) + "}"
    return f"<{_type_name(value)}>"


def _is_blank(answer: Any) -> bool:
    """Whether nobody has answered: dots, None, an empty text, or a container of dots."""
    if answer is ... or answer is None:
        return True
    if type(answer) is str:
        return answer.strip() in ("", "...", TEXT_STUB)
    if type(answer) in (list, tuple) and answer:
        return all(v is ... for v in answer[:_MOST_ITEMS])
    if type(answer) is dict and answer:
        return all(v is ... for v in itertools.islice(answer.values(), _MOST_ITEMS))
    return False


def _scalar(value: Any) -> Any:
    """Turn one cell into None (missing), bool, int, float or str; refuse anything else."""
    kind = type(value)
    if kind in _MISSING_TYPES or value is None:
        return None
    if kind is np.bool_:
        return bool(value)
    if kind in _NUMPY_INTEGERS:
        return int(value)
    if kind in _NUMPY_REALS or kind is float:
        return None if math.isnan(value) else float(value)
    if kind is np.str_:
        return str(value)
    if kind in (pd.Timestamp, datetime.datetime, datetime.date):
        return value.isoformat().removesuffix("T00:00:00")
    if kind is int and value.bit_length() > 1000:
        raise _Refused("A number in it has hundreds of digits.")
    if kind is str and len(value) > _MOST_CHARACTERS:
        raise _Refused(f"A text in it is longer than {_MOST_CHARACTERS:,} characters.")
    if kind in (bool, int, str):
        return value
    raise _Refused(f"It contains {_describe(value)}; only numbers and text can be judged.")


def _plain(value: Any, depth: int = 0, seen: list[int] | None = None) -> Any:
    """Copy nested lists, tuples and dicts of scalars; refuse what is too deep or too large."""
    seen = [0] if seen is None else seen
    seen[0] += 1
    if depth > _DEEPEST:
        raise _Refused("It is nested too deeply to be looked at.")
    if seen[0] > _MOST_ITEMS:
        raise _Refused(f"It has more than {_MOST_ITEMS:,} parts.")
    if type(value) in (list, tuple):
        return [_plain(v, depth + 1, seen) for v in value]
    if type(value) is dict:
        return {_scalar(k): _plain(v, depth + 1, seen) for k, v in value.items()}
    return _scalar(value)


def _column(values: Any) -> list[Any]:
    """Read a Series, Index or array as a list of scalars."""
    return [_scalar(v) for v in values.tolist()]


@dataclass(frozen=True)
class _Frame:
    """A DataFrame as plain data: column name -> values, all of one length."""

    columns: dict[str, list[Any]]

    def records(self, key: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
        rows = zip(*self.columns.values(), strict=True)
        named = [dict(zip(self.columns, row, strict=True)) for row in rows]
        return {tuple(row[k] for k in key): row for row in named}


# --- Comparing plain data ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Tolerance:
    within: float = 0.0
    relative: float = 0.0

    def __post_init__(self) -> None:
        if not (0 <= self.within < math.inf and 0 <= self.relative < 1):
            raise ValueError("within is a distance from 0 up; relative is a share from 0 to 1")

    def accepts(self, came: float, wanted: float) -> bool:
        # The rounding term lets 18.3 pass for 18.0 within 0.3, which floats miss by 7e-16.
        allowed = max(self.within, self.relative * abs(wanted))
        return abs(came - wanted) <= allowed + _ROUNDING * max(1.0, abs(wanted))

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
        if type(wanted) is _Frame:
            return self.agrees(came.columns, wanted.columns)
        return bool(came == wanted)


def _suggest(word: Any, known: Iterable[Any]) -> str:
    words = [k for k in known if type(k) is str]
    near_ones = difflib.get_close_matches(word, words, n=1) if type(word) is str else []
    return f" Did you mean {near_ones[0]!r}?" if near_ones else ""


def _some(items: Iterable[Any], most: int = 3) -> str:
    items = list(items)
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(_shown(i, 30) for i in items[:most]) + more


def _count(amount: int, noun: str) -> str:
    return f"{amount} {noun}{'' if amount == 1 else 's'}"


# --- Kinds -------------------------------------------------------------------------------------


class _Kind:
    """What every kind can do: say what it expects, read an answer, judge what it has read."""

    _parts: ClassVar[bool] = False  # whether an answer can be partly right

    @property
    def _expects(self) -> str:
        """A noun phrase, for the line "Expected: ..."."""
        raise NotImplementedError

    @property
    def _answered(self) -> bool:
        """Whether this kind has been told what is right."""
        raise NotImplementedError

    def _read(self, answer: Any) -> Any:
        """Return the answer as plain data, or raise `_Refused` in words."""
        raise NotImplementedError

    def _judge(self, value: Any) -> _Verdict:
        """Judge what `_read` returned."""
        raise NotImplementedError

    def _show(self, value: Any) -> str:
        """Say how an answer was read."""
        return _shown(value)

    def _passed(self) -> str:
        """Say what was found right."""
        return "right."

    def _own_answer(self, answer: Any) -> Any:
        """Read the author's answer with the learner's reader, so that it is of this kind."""
        try:
            return self._read(answer)
        except _Refused as problem:
            raise ValueError(
                f"the answer given to {type(self).__name__} is not one: {problem}"
            ) from None


@dataclass(frozen=True, kw_only=True)
class number(_Kind):
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
    tolerance: _Tolerance = field(default=_Tolerance(), repr=False)

    def near(self, value: float, *, within: float = 0.0, relative: float = 0.0) -> number:
        """Accept `value`, give or take `within` (in the unit) or `relative` (a share of it)."""
        if within and relative:
            raise ValueError("give within or relative, not both")
        exact = self._own_answer(value)
        return dataclasses.replace(
            self, wanted=(exact, exact), tolerance=_Tolerance(within, relative)
        )

    def between(self, low: float, high: float) -> number:
        """Accept any value from `low` to `high`, ends included."""
        if not low <= high:
            raise ValueError(f"between({low}, {high}): the lower end comes first")
        return dataclasses.replace(self, wanted=(self._own_answer(low), self._own_answer(high)))

    @property
    def _expects(self) -> str:
        phrase = _a("whole number" if self.whole else "number")
        phrase += f" in {self.unit}" if self.unit else ""
        if math.isfinite(self.low) and math.isfinite(self.high):
            return f"{phrase}, from {self.low:g} to {self.high:g}"
        if math.isfinite(self.low):
            return f"{phrase}, {self.low:g} or more"
        return f"{phrase}, {self.high:g} or less" if math.isfinite(self.high) else phrase

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> int | float:
        kind = type(answer)
        if kind is str:
            raise _Refused(
                f"This is text ({_shown(answer)}). Give the number itself: no quotation marks, "
                "no unit, no per cent sign."
            )
        if kind in (pd.Series, np.ndarray, list, tuple) and len(np.shape(answer)) == 1:
            raise _Refused(f"This is {_describe(answer)}. Take the one number out of it.")
        if kind in _NUMPY_INTEGERS:
            answer, kind = int(answer), int
        elif kind in _NUMPY_REALS:
            answer, kind = float(answer), float
        if kind not in (int, float):
            raise _Refused(f"This is {_describe(answer)}, not a number.")
        if kind is float and not math.isfinite(answer):
            raise _Refused(
                "The number is nan or infinite: look for a missing value or a zero "
                "that you divide by."
            )
        if kind is int and answer.bit_length() > 1000:
            raise _Refused(f"This is {_shown(answer)}.")
        if self.whole and answer != int(answer):
            raise _Refused(f"{_shown(answer)} is not a whole number.")
        if not self.low <= answer <= self.high:
            raise _Refused(f"{self._show(answer)} lies outside the possible range.")
        return answer

    def _show(self, value: Any) -> str:
        return f"{_shown(value)} {self.unit}".strip()

    def _accepts(self, value: float) -> bool:
        assert self.wanted is not None
        low, high = self.wanted
        return low <= value <= high or any(self.tolerance.accepts(value, v) for v in (low, high))

    def _judge(self, value: Any) -> _Verdict:
        came = self._show(value)
        if self._accepts(value):
            return _Verdict(1.0, came)
        if self.unit == "percent" and value and self._accepts(value * 100):
            return _Verdict(0.0, came, "You gave a share of one. The answer is asked in percent.")
        if self.unit == "share" and self._accepts(value / 100):
            return _Verdict(
                0.0, came, "You gave a percentage. The answer is asked as a share of one."
            )
        if value and self._accepts(-value):
            return _Verdict(
                0.0,
                came,
                "The size is right and the sign is wrong: look at which value is taken from which.",
            )
        return _Verdict(0.0, came)


def near(value: float, *, within: float = 0.0, relative: float = 0.0) -> number:
    """Stand for ``number().near(value, ...)``, for use in `mistaken`."""
    return number().near(value, within=within, relative=relative)


def _options(options: Iterable[str]) -> tuple[str, ...]:
    found = tuple(options)
    if not found or any(type(o) is not str or not o for o in found):
        raise ValueError("options are letters in one text, or a list of words")
    if len(set(found)) != len(found):
        raise ValueError("an option stands twice")
    return found


@dataclass(frozen=True)
class choice(_Kind):
    """One of several options.

    Parameters
    ----------
    options : str or sequence of str
        A text of letters ("abcd"), or a list of words. Case does not matter.
    """

    options: Sequence[str]
    wanted: str | None = field(default=None, kw_only=True, repr=False)
    reasons: Mapping[str, str] = field(default_factory=dict, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", _options(self.options))

    def right(self, option: str, *, reasons: Mapping[str, str] | None = None) -> choice:
        """Name the right option, and why each of the others is not."""
        reasons = {self._own_answer(k): v for k, v in (reasons or {}).items()}
        return dataclasses.replace(self, wanted=self._own_answer(option), reasons=reasons)

    @property
    def _expects(self) -> str:
        return f"one of {', '.join(repr(o) for o in self.options)}"

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> str:
        if type(answer) is not str:
            raise _Refused(
                f"This is {_describe(answer)}. Write one option in quotation marks, "
                f"for example {self.options[0]!r}."
            )
        if len(answer) > _MOST_CHARACTERS:
            raise _Refused("The text is far too long to be one of the options.")
        for option in self.options:
            if answer.strip().casefold() == option.casefold():
                return option
        raise _Refused(
            f"{_shown(answer)} is none of the options." + _suggest(answer[:200], self.options)
        )

    def _judge(self, value: Any) -> _Verdict:
        share = float(value == self.wanted)
        return _Verdict(share, _shown(value), "" if share else self.reasons.get(value, ""))


@dataclass(frozen=True)
class choices(_Kind):
    """Several of the options, in any order.

    Parameters
    ----------
    options : str or sequence of str
        As for `choice`. Part marks: right picks less wrong picks, over the number of right ones.
    """

    options: Sequence[str]
    wanted: frozenset[str] | None = field(default=None, kw_only=True, repr=False)
    reasons: Mapping[str, str] = field(default_factory=dict, kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", _options(self.options))

    def right(self, options: Iterable[str], *, reasons: Mapping[str, str] | None = None) -> choices:
        """Name the right options, and why the others do not belong."""
        single = choice(self.options)
        reasons = {single._own_answer(k): v for k, v in (reasons or {}).items()}
        return dataclasses.replace(self, wanted=self._own_answer(list(options)), reasons=reasons)

    @property
    def _expects(self) -> str:
        return f"a list with some of {', '.join(repr(o) for o in self.options)}"

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> frozenset[str]:
        if type(answer) not in (list, tuple, set, frozenset):
            raise _Refused(
                f"This is {_describe(answer)}. Write a list, for example "
                f"{list(self.options[:2])!r}."
            )
        if not 0 < len(answer) <= len(self.options):
            raise _Refused(
                f"{_count(len(answer), 'option')} picked; pick from 1 to {len(self.options)}."
            )
        single = choice(self.options)
        picked = frozenset(single._read(a) for a in answer)
        if len(picked) != len(answer):
            raise _Refused("An option stands twice in the list.")
        return picked

    def _show(self, value: Any) -> str:
        return _shown(sorted(value))

    def _judge(self, value: Any) -> _Verdict:
        assert self.wanted is not None
        false = sorted(value - self.wanted)
        missed = len(self.wanted - value)
        share = max(0.0, (len(value & self.wanted) - len(false)) / len(self.wanted))
        said = [f"{o!r} does not belong: {self.reasons[o]}" for o in false if o in self.reasons]
        if len(said) < len(false):
            said.append(f"{_count(len(false) - len(said), 'pick')} that should not be there.")
        if missed:
            said.append(f"You left out {_count(missed, 'option')} that should be there.")
        return _Verdict(share, self._show(value), " ".join(said))


@dataclass(frozen=True)
class ordering(_Kind):
    """The given items, each once, in the right order.

    Parameters
    ----------
    items : sequence of str
        Part marks: Kendall's tau with the right order, never below 0, so that guessing earns
        nothing on average.
    """

    items: Sequence[str]
    wanted: tuple[str, ...] | None = field(default=None, kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", _options(self.items))
        if len(self.items) < 2:
            raise ValueError("an ordering needs two items")

    def right(self, order: Sequence[str]) -> ordering:
        """Give the items in the right order."""
        return dataclasses.replace(self, wanted=tuple(self._own_answer(list(order))))

    @property
    def _expects(self) -> str:
        return f"a list with {', '.join(repr(i) for i in self.items)}, each once, in order"

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> list[str]:
        if type(answer) not in (list, tuple):
            raise _Refused(f"This is {_describe(answer)}. Write a list.")
        if len(answer) > 10 * len(self.items):
            raise _Refused(f"The list has {len(answer):,} entries; there are {len(self.items)}.")
        single = choice(self.items)
        found = [single._read(a) for a in answer]
        missing = [i for i in self.items if i not in found]
        if missing:
            raise _Refused(f"Not in the list: {_some(missing)}.")
        if len(found) > len(self.items):
            raise _Refused(
                f"More than once in the list: {_some(i for i in self.items if found.count(i) > 1)}."
            )
        return found

    def _judge(self, value: Any) -> _Verdict:
        assert self.wanted is not None
        place = {item: i for i, item in enumerate(self.wanted)}
        pairs = list(itertools.combinations(value, 2))
        wrong = [(a, b) for a, b in pairs if place[a] > place[b]]
        share = max(0.0, 1 - 2 * len(wrong) / len(pairs))
        if not wrong:
            return _Verdict(1.0, _shown(value))
        a, b = wrong[0]
        return _Verdict(
            share, _shown(value), f"For one, {a!r} and {b!r} stand the wrong way round."
        )


def _keyed(answer: Mapping[Any, Any], keys: Sequence[Any], noun: str) -> dict[Any, Any]:
    """Match an answer's keys with the wanted ones, and say which are missing or unknown."""
    if len(answer) > _MOST_ITEMS:
        raise _Refused(f"It has more than {_MOST_ITEMS:,} entries.")
    found = {_scalar(k): v for k, v in answer.items()}
    if not keys:
        return found
    unknown = [k for k in found if k not in keys]
    if unknown:
        raise _Refused(
            f"{_shown(unknown[0], 30)} is not one of the {noun}." + _suggest(unknown[0], keys)
        )
    missing = [k for k in keys if k not in found]
    if missing:
        raise _Refused(f"Missing: {_some(missing)}.")
    return found


def _read_each(pairs: Iterable[tuple[Any, Any]], of: _Kind) -> dict[Any, Any]:
    """Read every entry as `of`, and name the entry that cannot be read."""
    found = {}
    for key, value in pairs:
        if _is_blank(value):
            raise _Blank(f"The entry for {_shown(key, 30)} is still empty.")
        try:
            found[key] = of._read(value)
        except _Refused as problem:
            raise _Refused(f"Entry {_shown(key, 30)}: {problem}") from None
    return found


@dataclass(frozen=True)
class labelling(_Kind):
    """A code for each text: a dict from text id to code.

    Parameters
    ----------
    ids : sequence of str
        The texts. A text that is still `...` counts as wrong, not as an error.
    codes : sequence of str
        The codebook.
    """

    ids: Sequence[str]
    codes: Sequence[str]
    wanted: Mapping[str, str] | None = field(default=None, kw_only=True, repr=False)
    reasons: Mapping[Any, str] = field(default_factory=dict, kw_only=True, repr=False)
    floor: float = field(default=0.0, kw_only=True)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", _options(self.ids))
        object.__setattr__(self, "codes", _options(self.codes))
        if not 0 <= self.floor < 1:
            raise ValueError("floor is a share from 0 up to, not including, 1")

    def right(
        self,
        labels: Mapping[str, str],
        *,
        reasons: Mapping[Any, str] | None = None,
        floor: float = 0.0,
    ) -> labelling:
        """Give the right codes.

        Parameters
        ----------
        labels : dict of str to str
        reasons : dict
            By text id, or by (text id, wrong code).
        floor : float
            The share right at which marks begin: what one code for everything would score.
        """
        reasons = dict(reasons or {})
        for key in reasons:
            if (key[0] if type(key) is tuple else key) not in self.ids:
                raise ValueError(f"a reason is given for {key!r}, which is not one of the texts")
        wanted = self._own_answer(dict(labels))
        if None in wanted.values():
            raise ValueError("a right code is missing")
        return dataclasses.replace(self, wanted=wanted, reasons=reasons, floor=floor)

    @property
    def _expects(self) -> str:
        return (
            f"a dict with one of {', '.join(repr(c) for c in self.codes)} for each of "
            f"{len(self.ids)} texts"
        )

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> dict[str, str | None]:
        if type(answer) is not dict:
            raise _Refused(
                f"This is {_describe(answer)}. Write a dict: "
                f"{{{self.ids[0]!r}: {self.codes[0]!r}, ...}}."
            )
        found = _keyed(answer, self.ids, "text ids")
        done = {i: found[i] for i in self.ids if not _is_blank(found[i])}
        return dict.fromkeys(self.ids) | _read_each(done.items(), choice(self.codes))

    def _show(self, value: Any) -> str:
        return f"codes for {sum(v is not None for v in value.values())} of {len(value)} texts"

    def _judge(self, value: Any) -> _Verdict:
        assert self.wanted is not None
        wrong = [i for i in self.ids if value[i] != self.wanted[i]]
        hits = 1 - len(wrong) / len(self.ids)
        share = 1.0 if not wrong else max(0.0, (hits - self.floor) / (1 - self.floor))
        if not wrong:
            return _Verdict(1.0, self._show(value))
        said = [
            f"{len(self.ids) - len(wrong)} of {len(self.ids)} right. "
            f"Read again: {_some(wrong, most=5)}."
        ]
        for i in wrong:
            reason = self.reasons.get((i, value[i])) or self.reasons.get(i)
            if reason:
                said.append(f"{i}: {reason}")
        return _Verdict(share, self._show(value), " ".join(said))


@dataclass(frozen=True, kw_only=True)
class listing(_Kind):
    """A list whose entries are all of one kind.

    Parameters
    ----------
    of : kind
        What each entry is.
    length : int, optional
        How many entries.
    ordered : bool
        Whether the order matters.
    """

    of: _Kind = field(default_factory=number)
    length: int | None = None
    ordered: bool = True
    wanted: tuple[Any, ...] | None = field(default=None, repr=False)
    tolerance: _Tolerance = field(default=_Tolerance(), repr=False)
    _parts: ClassVar[bool] = True

    def right(
        self, entries: Sequence[Any], *, within: float = 0.0, relative: float = 0.0
    ) -> listing:
        """Give the right entries and the tolerance of the numbers among them."""
        wanted = tuple(self._own_answer(list(entries)))
        return dataclasses.replace(self, wanted=wanted, tolerance=_Tolerance(within, relative))

    @property
    def _expects(self) -> str:
        length = "" if self.length is None else f" of length {self.length}"
        return f"a list{length}; each entry {self.of._expects}"

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> list[Any]:
        if type(answer) is np.ndarray and answer.ndim == 1:
            answer = answer.tolist()
        if type(answer) not in (list, tuple):
            raise _Refused(f"This is {_describe(answer)}. Write a list.")
        if len(answer) > _MOST_ITEMS:
            raise _Refused(f"It has more than {_MOST_ITEMS:,} entries.")
        if self.length is not None and len(answer) != self.length:
            raise _Refused(f"The list has length {len(answer)}, not {self.length}.")
        return list(_read_each(enumerate(answer, start=1), self.of).values())

    def _judge(self, value: Any) -> _Verdict:
        assert self.wanted is not None
        came = _shown(value)
        if not self.ordered:
            left = list(self.wanted)
            for entry in value:
                match = next((w for w in left if self.tolerance.agrees(entry, w)), _UNGIVEN)
                if match is not _UNGIVEN:
                    left.remove(match)
            hits = len(self.wanted) - len(left)
            size = max(len(value), len(self.wanted)) or 1
            problem = f"{hits} of {len(self.wanted)} entries found."
            if len(value) > len(self.wanted):
                problem += f" The list has {len(value) - len(self.wanted)} too many."
            right = hits == size or not (value or self.wanted)
            return _Verdict(1.0 if right else hits / size, came, "" if right else problem)
        if len(value) != len(self.wanted):
            return _Verdict(
                0.0, came, f"The list has {len(value)} entries; another number is right."
            )
        pairs = list(enumerate(zip(value, self.wanted, strict=True), start=1))
        wrong = [i for i, (a, b) in pairs if not self.tolerance.agrees(a, b)]
        share = 1 - len(wrong) / len(pairs) if wrong else 1.0
        places = f"Wrong in place {_some(wrong, most=5)}, counting from 1." if wrong else ""
        if wrong and sorted(map(repr, value)) == sorted(map(repr, self.wanted)):
            places += " The entries are the right ones in the wrong order."
        return _Verdict(share, came, places)


@dataclass(frozen=True)
class mapping(_Kind):
    """A dict from given keys to entries of one kind.

    Parameters
    ----------
    keys : sequence
        The keys; every one must be there and no other.
    of : kind
        What each entry is.
    """

    keys: Sequence[Any] = ()
    of: _Kind = field(default_factory=number, kw_only=True)
    wanted: Mapping[Any, Any] | None = field(default=None, kw_only=True, repr=False)
    tolerance: _Tolerance = field(default=_Tolerance(), kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(_scalar(k) for k in self.keys))

    def right(
        self, entries: Mapping[Any, Any], *, within: float = 0.0, relative: float = 0.0
    ) -> mapping:
        """Give the right entries and the tolerance of the numbers among them."""
        return dataclasses.replace(
            self,
            keys=self.keys or tuple(entries),
            wanted=self._own_answer(dict(entries)),
            tolerance=_Tolerance(within, relative),
        )

    @property
    def _expects(self) -> str:
        keys = f" with the keys {_some(self.keys, most=6)}" if self.keys else ""
        return f"a dict{keys}; each entry {self.of._expects}"

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> dict[Any, Any]:
        if type(answer) is not dict:
            raise _Refused(f"This is {_describe(answer)}. Write a dict: {{key: entry, ...}}.")
        return _read_each(_keyed(answer, self.keys, "keys").items(), self.of)

    def _judge(self, value: Any) -> _Verdict:
        assert self.wanted is not None
        labels = value.keys() | self.wanted.keys()
        wrong = [
            k
            for k in [*self.wanted, *(labels - self.wanted.keys())]
            if k not in value
            or k not in self.wanted
            or not self.tolerance.agrees(value[k], self.wanted[k])
        ]
        share = 1 - len(wrong) / len(labels) if wrong else 1.0
        return _Verdict(share, _shown(value), f"Wrong for {_some(wrong, most=5)}." if wrong else "")


@dataclass(frozen=True)
class series(mapping):
    """A pandas Series; its rows are matched by label, so their order does not matter.

    Parameters
    ----------
    keys : sequence
        The labels of the index.
    of : kind
        What each value is. With `number()`, a missing value is refused, never read as 0.
    """

    @property
    def _expects(self) -> str:
        keys = f" indexed by {_some(self.keys, most=6)}" if self.keys else ""
        return f"a Series{keys}; each value {self.of._expects}"

    def _read(self, answer: Any) -> dict[Any, Any]:
        if type(answer) is not pd.Series:
            raise _Refused(f"This is {_describe(answer)}, not a Series.")
        if answer.size > _MOST_ITEMS:
            raise _Refused(f"It has more than {_MOST_ITEMS:,} rows.")
        labels = _column(answer.index)
        twice = [k for k in labels if labels.count(k) > 1] if len(labels) < 500 else []
        if twice or len(set(labels)) != len(labels):
            raise _Refused(f"A label stands twice in the index: {_some(dict.fromkeys(twice))}.")
        found = dict(zip(labels, answer.tolist(), strict=True))
        return _read_each(_keyed(found, self.keys, "labels").items(), self.of)

    def _own_answer(self, answer: Any) -> Any:
        return super()._own_answer(pd.Series(answer, dtype=object))


@dataclass(frozen=True)
class table(_Kind):
    """A DataFrame; rows are matched by key and columns by name, so neither order matters.

    Parameters
    ----------
    columns : sequence of str
        The columns, all and no other.
    key : str or sequence of str
        The column or columns that identify a row.
    rows : int, optional
        How many rows.
    """

    columns: Sequence[str]
    key: str | Sequence[str] = field(kw_only=True)
    rows: int | None = field(default=None, kw_only=True)
    wanted: _Frame | None = field(default=None, kw_only=True, repr=False)
    tolerance: _Tolerance = field(default=_Tolerance(), kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", _options(self.columns))
        key = (self.key,) if isinstance(self.key, str) else tuple(self.key)
        object.__setattr__(self, "key", key)
        if not key or not set(key) < set(self.columns):
            raise ValueError("key names some, not all, of the columns")

    def right(self, frame: pd.DataFrame, *, within: float = 0.0, relative: float = 0.0) -> table:
        """Give the right table and the tolerance of the numbers in it."""
        return dataclasses.replace(
            self, wanted=self._own_answer(frame), tolerance=_Tolerance(within, relative)
        )

    @property
    def _expects(self) -> str:
        rows = "" if self.rows is None else f" and {self.rows} rows"
        return f"a DataFrame with the columns {', '.join(self.columns)}{rows}"

    @property
    def _answered(self) -> bool:
        return self.wanted is not None

    def _read(self, answer: Any) -> _Frame:
        if type(answer) is not pd.DataFrame:
            raise _Refused(f"This is {_describe(answer)}, not a DataFrame.")
        rows, width = answer.shape
        if rows * width > _MOST_CELLS:
            raise _Refused(f"The table has {rows:,} rows and {width:,} columns: far too many.")
        names = _column(answer.columns) if answer.columns.nlevels == 1 else []
        if not names:
            raise _Refused("The columns have several levels, or there are none.")
        indexed = [n for n in answer.index.names if n in self.key and n not in names]
        if indexed:
            raise _Refused(f"{_some(indexed)} is in the index. Make it a column: .reset_index().")
        for name in self.columns:
            if name not in names:
                raise _Refused(f"There is no column {name!r}." + _suggest(name, names))
        extra = [n for n in names if n not in self.columns]
        if extra:
            raise _Refused(f"These columns are not asked for: {_some(extra)}.")
        if len(names) != len(set(names)):
            raise _Refused("Two columns have the same name.")
        if self.rows is not None and rows != self.rows:
            raise _Refused(f"The table has {_count(rows, 'row')}, not {self.rows}.")
        return self._cells(answer, names)

    def _cells(self, answer: pd.DataFrame, names: list[str]) -> _Frame:
        cells = {}
        for name in self.columns:
            try:
                cells[name] = _column(answer.iloc[:, names.index(name)])
            except _Refused as problem:
                raise _Refused(f"Column {name!r}: {problem}") from None
        frame = _Frame(cells)
        if len(frame.records(self.key)) != len(answer):
            raise _Refused(f"Two rows have the same {', '.join(self.key)}.")
        return frame

    def _show(self, value: Any) -> str:
        size = len(next(iter(value.columns.values())))
        return f"a table with {_count(size, 'row')} and {_count(len(value.columns), 'column')}"

    def _judge(self, value: Any) -> _Verdict:
        assert self.wanted is not None
        mine, theirs = self.wanted.records(self.key), value.records(self.key)
        said = []
        if missing := [k for k in mine if k not in theirs]:
            said.append(
                f"No row for {self._row(missing[0])}"
                + (f" and {len(missing) - 1} more." if missing[1:] else ".")
            )
        if extra := [k for k in theirs if k not in mine]:
            said.append(
                f"A row that should not be there: {self._row(extra[0])}"
                + (f" and {len(extra) - 1} more." if extra[1:] else ".")
            )
        inner = [c for c in self.columns if c not in self.key]
        wrong = [
            (k, c)
            for c in inner
            for k in mine
            if k in theirs and not self.tolerance.agrees(theirs[k][c], mine[k][c])
        ]
        if wrong:
            k, c = wrong[0]
            said.append(
                f"Column {c!r} is wrong where {self._row(k)} ("
                f"{self._cell(theirs[k][c])} there)"
                + (f", and in {_count(len(wrong) - 1, 'more cell')}." if wrong[1:] else ".")
            )
        cells = len(mine.keys() | theirs.keys()) * len(inner)
        bad = len(wrong) + (len(missing) + len(extra)) * len(inner)
        return _Verdict(1 - bad / cells if bad else 1.0, self._show(value), " ".join(said))

    def _row(self, key: tuple[Any, ...]) -> str:
        return ", ".join(f"{n} is {_shown(v, 30)}" for n, v in zip(self.key, key, strict=True))

    @staticmethod
    def _cell(value: Any) -> str:
        return "a missing value" if value is None else _shown(value, 30)


@dataclass(frozen=True, init=False)
class case:
    """One call of a function, and what it should give.

    Parameters
    ----------
    *arguments
        Plain data, DataFrames or Series.
    gives
        The right result.
    """

    arguments: tuple[Any, ...]
    gives: Any

    def __init__(self, *arguments: Any, gives: Any) -> None:
        object.__setattr__(self, "arguments", arguments)
        object.__setattr__(self, "gives", gives)


@dataclass(frozen=True)
class _Call:
    """What one call of a learner's function did."""

    result: Any = None
    problem: str = ""
    nothing: bool = False


def _same(before: Any, after: Any) -> bool:
    """Whether an argument is still what it was."""
    if isinstance(before, pd.DataFrame):
        return type(after) is pd.DataFrame and before.equals(after)
    if isinstance(before, pd.Series):
        return type(after) is pd.Series and before.equals(after)
    if isinstance(before, np.ndarray):
        return type(after) is np.ndarray and np.array_equal(before, after, equal_nan=True)
    try:
        return _Tolerance().agrees(_plain(after), _plain(before))
    except _Refused:
        return False


def _line_of(error: BaseException, code: Any) -> str:
    """Say in which line of the learner's function an error was raised."""
    step, line = error.__traceback__, 0
    while step is not None:
        if code is not None and step.tb_frame.f_code is code:
            line = step.tb_lineno - code.co_firstlineno + 1
        step = step.tb_next
    return f" in line {line} of it" if line > 0 else ""


def _error_text(error: BaseException) -> str:
    said = error.args[0] if error.args and type(error.args[0]) is str else ""
    return _type_name(error) + (f": {_shown(said)[1:-1]}" if said else "")


@dataclass(frozen=True, init=False)
class function(_Kind):
    """A function of plain data, judged by what it returns.

    Parameters
    ----------
    *parameters : str
        Their names, in order; the function is called by position.
    returns : kind
        What it returns; `number()` unless told otherwise.
    """

    parameters: tuple[str, ...]
    returns: _Kind
    wanted: tuple[case, ...]
    tolerance: _Tolerance

    def __init__(
        self,
        *parameters: str,
        returns: _Kind | None = None,
        wanted: tuple[case, ...] = (),
        tolerance: _Tolerance = _Tolerance(),
    ) -> None:
        object.__setattr__(self, "parameters", _options(parameters))
        object.__setattr__(self, "returns", returns or number())
        object.__setattr__(self, "wanted", wanted)
        object.__setattr__(self, "tolerance", tolerance)

    def cases(self, *calls: case, within: float = 0.0, relative: float = 0.0) -> function:
        """Judge the function by calls whose right results are given."""
        if not calls:
            raise ValueError("give at least one case")
        for call in calls:
            if len(call.arguments) != len(self.parameters):
                raise ValueError(f"a case needs {len(self.parameters)} arguments: {call}")
        wanted = tuple(
            case(*call.arguments, gives=self.returns._own_answer(call.gives)) for call in calls
        )
        return function(
            *self.parameters,
            returns=self.returns,
            wanted=wanted,
            tolerance=_Tolerance(within, relative),
        )

    def like(
        self,
        reference: Callable[..., Any],
        *,
        on: Iterable[tuple[Any, ...]],
        within: float = 0.0,
        relative: float = 0.0,
    ) -> function:
        """Judge the function by comparing it with a right one on the given arguments."""
        calls = [case(*args, gives=reference(*copy.deepcopy(args))) for args in on]
        return self.cases(*calls, within=within, relative=relative)

    @property
    def _expects(self) -> str:
        return f"a function of ({', '.join(self.parameters)}) that returns {self.returns._expects}"

    @property
    def _answered(self) -> bool:
        return bool(self.wanted)

    def _show(self, value: Any) -> str:
        return "a function"

    def _passed(self) -> str:
        return f"right on the {_count(len(self.wanted), 'input')} tried here."

    def _read(self, answer: Any) -> Any:
        if type(answer) not in _FUNCTION_TYPES:
            raise _Refused(
                f"This is {_describe(answer)}, not a function. Write "
                f"`def name({', '.join(self.parameters)}):` and leave out the call."
            )
        try:
            inspect.signature(answer).bind(*self.parameters)
        except TypeError:
            raise _Refused(
                f"It cannot be called with {_count(len(self.parameters), 'argument')}: "
                f"({', '.join(self.parameters)})."
            ) from None
        except Exception:
            return answer  # a built-in without a signature: the call itself will tell
        return answer

    def _call(self, answer: Any, arguments: tuple[Any, ...]) -> _Call:
        """Call a function on copies of the arguments, and say in words what went wrong."""
        given = copy.deepcopy(arguments)
        printed = io.StringIO()
        try:
            with (
                contextlib.redirect_stdout(printed),
                contextlib.redirect_stderr(io.StringIO()),
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("ignore")
                result = answer(*given)
        except KeyboardInterrupt:
            raise  # this is how a grader stops an endless loop
        except BaseException as error:
            line = _line_of(error, getattr(answer, "__code__", None))
            return _Call(problem=f"It stopped{line} with {_error_text(error)}.")
        changed = [
            name
            for name, a, b in zip(self.parameters, arguments, given, strict=True)
            if not _same(a, b)
        ]
        if changed:
            return _Call(problem=f"It changes its input {changed[0]!r}. Work on a copy.")
        if result is None and printed.getvalue().strip():
            return _Call(problem="It prints its result instead of returning it: use `return`.")
        if result is None or result is ...:
            return _Call(
                problem="It returns nothing: `return` is missing, or the function is "
                "not written yet.",
                nothing=True,
            )
        try:
            return _Call(result=_read_safely(self.returns, result))
        except _Refused as problem:
            return _Call(problem=f"It returns something else: {problem}")

    def _judge(self, value: Any) -> _Verdict:
        calls = [self._call(value, c.arguments) for c in self.wanted]
        if all(c.nothing for c in calls):
            raise _Blank(
                "The function returns nothing (None): it is not written yet, or `return` "
                "is missing."
            )
        for done, wanted in zip(calls, self.wanted, strict=True):
            at = f"Called with ({', '.join(_shown_argument(a) for a in wanted.arguments)}). "
            if done.problem:
                return _Verdict(0.0, "a function", at + done.problem)
            if not self.tolerance.agrees(done.result, wanted.gives):
                gave = self.returns._show(done.result)
                due = self.returns._show(wanted.gives)
                words = f"It returns {gave}; {due} is right."
                if gave == due:
                    words = f"It returns {gave} with a wrong value inside."
                return _Verdict(0.0, "a function", at + words)
        return _Verdict(1.0, "a function")

    def _behaves_like(self, value: Any, alternative: Callable[..., Any]) -> bool:
        """Whether a function gives on every case what a known wrong one gives."""
        for wanted in self.wanted:
            mine = self._call(value, wanted.arguments)
            other = self._call(alternative, wanted.arguments)
            if mine.problem or other.problem:
                if mine.problem != other.problem:
                    return False
            elif not self.tolerance.agrees(mine.result, other.result):
                return False
        return True


def _shown_argument(value: Any) -> str:
    if isinstance(value, pd.DataFrame | pd.Series):
        return _describe(value)
    return _shown(value.tolist() if isinstance(value, np.ndarray) else value, 40)


@dataclass(frozen=True, init=False)
class setting(_Kind):
    """A recorded setting of an explorer: a dict from parameter to value.

    Parameters
    ----------
    **parameters : kind
        What each parameter may be, for example ``weight=number(low=0, high=1)``.
    """

    parameters: dict[str, _Kind]
    holds: Callable[..., bool | str] | None
    aim: str

    def __init__(self, **parameters: _Kind) -> None:
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
        each = "; ".join(f"{name!r} {kind._expects}" for name, kind in self.parameters.items())
        return f"a dict: {each}" + (f"; such that {self.aim}" if self.aim else "")

    @property
    def _answered(self) -> bool:
        return self.holds is not None

    def _read(self, answer: Any) -> dict[str, Any]:
        if type(answer) is not dict:
            raise _Refused(
                f"This is {_describe(answer)}. Write the setting as a dict: "
                f"{{{next(iter(self.parameters))!r}: ..., }}."
            )
        found = _keyed(answer, tuple(self.parameters), "parameters")
        values: dict[str, Any] = {}
        for name, kind in self.parameters.items():
            values |= _read_each([(name, found[name])], kind)
        return values

    def _judge(self, value: Any) -> _Verdict:
        assert self.holds is not None
        verdict = self.holds(**copy.deepcopy(value))
        if type(verdict) is str:
            return _Verdict(0.0, _shown(value), verdict)
        return _Verdict(
            float(bool(verdict)),
            _shown(value),
            "" if verdict else f"With this setting it is not so that {self.aim}.",
        )


@dataclass(frozen=True, kw_only=True)
class text(_Kind):
    """A short argument in words; only its length is looked at, a person judges the rest.

    Parameters
    ----------
    at_least, at_most : int
        In words.
    """

    at_least: int = 1
    at_most: int = 400

    @property
    def _expects(self) -> str:
        return f"text of {self.at_least} to {self.at_most} words"

    @property
    def _answered(self) -> bool:
        return False

    def _read(self, answer: Any) -> str:
        if type(answer) is not str:
            raise _Refused(f"This is {_describe(answer)}, not text in quotation marks.")
        if len(answer) > _MOST_CHARACTERS:
            raise _Refused(f"The text is longer than {_MOST_CHARACTERS:,} characters.")
        words = len(answer.split())
        if not self.at_least <= words <= self.at_most:
            raise _Refused(f"The text has {_count(words, 'word')}.")
        return answer

    def _show(self, value: Any) -> str:
        return _count(len(value.split()), "word")


# --- Mistakes, checks, marks -------------------------------------------------------------------


@dataclass(frozen=True)
class mistaken:
    """A misconception: how to recognise it in a wrong answer, and what to say.

    Parameters
    ----------
    when : kind, value or callable
        A kind that has been told the mistaken answer (``near(3, within=.6)``); a plain value; or
        a callable. For a `function` item the callable is the mistaken function; otherwise it is
        asked about the answer and says True or False.
    message : str
        What was probably misunderstood.
    again : str
        Where to look again; the check's own `again` if empty.

    Notes
    -----
    Mistakes are looked at only when an answer is wrong: they never cost a right answer its marks.
    """

    when: Any
    message: str
    again: str = ""

    def explains(self, kind: _Kind, answer: Any, value: Any) -> bool:
        """Whether this is the mistake behind a wrong answer."""
        try:
            if isinstance(self.when, _Kind):
                return self.when._judge(self.when._read(answer)).share == 1
            if isinstance(kind, function):
                return kind._behaves_like(value, self.when)
            if callable(self.when):
                return bool(self.when(value))
            return _Tolerance().agrees(value, kind._read(self.when))
        except Exception:
            return False  # a detector may stumble over an answer that it was not written for


def _wrapped(line: str) -> str:
    return textwrap.fill(line, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _message(
    item: str, headline: str, kind: _Kind, came: str = "", why: str = "", again: str = ""
) -> str:
    lines = [f"{item}: {headline}", f"Expected: {kind._expects}."]
    lines += [f"Came: {came}."] if came else []
    lines += [why] if why else []
    lines += [f"Look again at: {again.rstrip('.')}."] if again else []
    return "\n".join(map(_wrapped, lines))


def _read_safely(kind: _Kind, answer: Any) -> Any:
    """Read an answer; whatever goes wrong in a hostile object is a refusal, not a crash."""
    try:
        return kind._read(answer)
    except _Refused:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException:
        raise _Refused(f"This is {_describe(answer)}, and it cannot be read.") from None


def _verdict(
    item: str,
    answer: Any,
    kind: _Kind,
    mistakes: Iterable[mistaken],
    again: str,
    earned: Callable[[float], str],
) -> tuple[_Verdict, str]:
    """Judge an answer; raise for one that is missing or of the wrong kind."""
    if not isinstance(kind, _Kind):
        raise TypeError(f"{item}: the third argument is a kind, such as number(), not {kind!r}")
    if _is_blank(answer):
        raise NotAnswered(_message(item, "not answered yet.", kind, again=again))
    try:
        value = _read_safely(kind, answer)
        if not kind._answered:
            return _Verdict(1.0, kind._show(value)), ""
        found = kind._judge(value)
    except _Blank as problem:
        raise NotAnswered(
            _message(item, "not answered yet.", kind, why=str(problem), again=again)
        ) from None
    except _Refused as problem:
        raise WrongKind(
            _message(
                item,
                "not the kind of answer that is asked for.",
                kind,
                why=str(problem),
                again=again,
            )
        ) from None
    if found.share == 1:
        return found, ""
    known = next((m for m in mistakes if m.explains(kind, answer, value)), None)
    if known is None:
        why, where = found.problem, again
    else:
        why, where = f"Probably: {known.message}", known.again or again
    return found, _message(item, earned(found.share), kind, found.came, why, where)


def check(
    item: str,
    answer: Any,
    kind: _Kind,
    *,
    mistakes: Iterable[mistaken] = (),
    again: str = "",
) -> None:
    """Judge an answer, all or nothing.

    Parameters
    ----------
    item : str
        The item's id, for example "alignment-3-share".
    answer : object
        The learner's answer, of any type whatever.
    kind : kind
        `number(...)`, `choice(...)` and so on; see the module's text.
    mistakes : iterable of mistaken
        Misconceptions, the most telling first.
    again : str
        Where to look again, for example "lesson 01, section 3".

    Raises
    ------
    NotAnswered, WrongKind, CheckFailed
        With a text for the learner.
    """
    found, problem = _verdict(item, answer, kind, mistakes, again, lambda share: "not right yet.")
    if problem:
        raise CheckFailed(problem)
    if kind._answered:
        print(f"{item}: {kind._passed()}")
    elif isinstance(kind, text):
        print(f"{item}: the length is right ({found.came}). A person reads and marks it.")
    else:
        open_question = "Whether the value is right is checked when it is graded."
        print(_wrapped(f"{item}: kind and shape are right (read as {found.came}). {open_question}"))


def marks(share: float, points: float, *, step: float = 0.5) -> float:
    """Turn a share earned into marks that nbgrader cannot misread.

    Parameters
    ----------
    share : float
        From 0 to 1. Anything else, nan included, counts as 0.
    points : float
        The points of the test cell.
    step : float
        Marks are rounded down to a multiple of this, so that full marks mean all right.

    Returns
    -------
    float
        A plain float from 0 to `points`. nbgrader gives full marks for text, nan and negative
        numbers, and drops the whole submission for a number above `points`.
    """
    if not (0 < points < math.inf and 0 < step < math.inf):
        raise ValueError("points and step are positive numbers")
    if type(share) not in (int, float) and type(share) not in _NUMPY_REALS:
        return 0.0
    if not 0 <= share <= 1:
        return 0.0
    if share == 1:
        return float(points)
    return float(min(points, math.floor(share * points / step + _ROUNDING) * step))


def grade(
    item: str,
    answer: Any,
    kind: _Kind,
    *,
    points: float,
    mistakes: Iterable[mistaken] = (),
    again: str = "",
    step: float = 0.5,
) -> float:
    """Judge an answer and give part marks; the last line of a hidden test.

    Parameters
    ----------
    item, answer, kind, mistakes, again
        As for `check`.
    points : float
        The points of the test cell, as in its metadata.
    step : float
        As for `marks`.

    Returns
    -------
    float
        The marks, for nbgrader to read from the cell's output. What is still wrong is printed.

    Raises
    ------
    NotAnswered, WrongKind, CheckFailed
        With a text for the learner, when nothing is earned.
    """
    if not kind._parts or not kind._answered:
        raise ValueError(f"{item}: grade needs a kind that can be partly right, with its answer")

    def headline(share: float) -> str:
        part = marks(share, points, step=step)
        return f"partly right, {part:g} of {points:g} marks." if part else "not right yet."

    found, problem = _verdict(item, answer, kind, mistakes, again, headline)
    earned = marks(found.share, points, step=step)
    if not earned:
        raise CheckFailed(problem)
    print(problem or f"{item}: {kind._passed()}")
    return earned
