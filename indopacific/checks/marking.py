"""Check or grade an answer: name the mistake behind it, and turn a share into marks."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .answers import is_blank
from .comparing import ROUNDING
from .functions import function
from .kind import Kind, read_safely
from .limits import NUMPY_REALS
from .numbers import number
from .texts import text
from .verdicts import Blank, CheckFailed, NotAnswered, Refused, Verdict, WrongKind

_WIDTH = 80  # nbgrader's own report cuts every line at 87 characters


@dataclass(frozen=True)
class mistaken:
    """A misconception: how to recognise it in a wrong answer, and what to say.

    Parameters
    ----------
    when : value, kind or callable
        The mistaken answer itself, recognised as precisely as the right one would be; a number
        with a tolerance of its own (``near(3, within=.6)``); or a callable. For a `function` item
        the callable is the mistaken function; otherwise it is asked about the answer and says
        True or False.
    message : str
        What was probably misunderstood.
    again : str
        Where to look again; the question's own `again` if empty.

    Notes
    -----
    Mistakes are looked at only when an answer is wrong: they never cost a right answer its marks.
    A mistake is named only if it alone explains the answer; a range of numbers is refused, because
    it would explain answers that have another reason.
    """

    when: Any
    message: str
    again: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.when, number) and self.when._is_range:
            raise ValueError(
                f"a range explains too much: name the mistaken values one by one ({self.message!r})"
            )

    @property
    def example(self) -> Any:
        """The mistaken answer; `...` for a mistake that is recognised in another way."""
        if isinstance(self.when, number) and self.when.wanted:
            return self.when.wanted[0]
        return ... if isinstance(self.when, Kind) else self.when

    def explains(self, kind: Kind, answer: Any, value: Any) -> bool:
        """Whether this is the mistake behind a wrong answer."""
        try:
            if isinstance(self.when, Kind):
                return self.when._judge(self.when._read(answer)).share == 1
            if isinstance(kind, function):
                return kind._behaves_like(value, self.when)
            if callable(self.when):
                return bool(self.when(value))
            return kind._as_if(self.when)._judge(value).share == 1
        except Exception:
            return False  # a detector may stumble over an answer that it was not written for


def check(
    item: str,
    answer: Any,
    kind: Kind,
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


def grade(
    item: str,
    answer: Any,
    kind: Kind,
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
    if type(share) not in (int, float) and type(share) not in NUMPY_REALS:
        return 0.0
    if not 0 <= share <= 1:
        return 0.0
    if share == 1:
        return float(points)
    return float(min(points, math.floor(share * points / step + ROUNDING) * step))


def _verdict(
    item: str,
    answer: Any,
    kind: Kind,
    mistakes: Iterable[mistaken],
    again: str,
    earned: Callable[[float], str],
) -> tuple[Verdict, str]:
    """Judge an answer; raise for one that is missing or of the wrong kind."""
    if not isinstance(kind, Kind):
        raise TypeError(f"{item}: the third argument is a kind, such as number(), not {kind!r}")
    if is_blank(answer):
        raise NotAnswered(message(item, "not answered yet.", kind, again=again))
    try:
        value = read_safely(kind, answer)
        if not kind._answered:
            return Verdict(1.0, kind._show(value)), ""
        found = kind._judge(value)
    except Blank as problem:
        raise NotAnswered(
            message(item, "not answered yet.", kind, why=str(problem), again=again)
        ) from None
    except Refused as problem:
        raise WrongKind(
            message(
                item,
                "not the kind of answer that is asked for.",
                kind,
                why=str(problem),
                again=again,
            )
        ) from None
    if found.share == 1:
        return found, ""
    named = explained(mistakes, kind, answer, value)
    known = next(iter(named.values())) if len(named) == 1 else None
    if known is None:
        why, where = found.problem, "" if found.understood else again
    else:
        why, where = f"Probably: {known.message}", known.again or again
    return found, message(item, earned(found.share), kind, found.came, why, where)


def explained(
    mistakes: Iterable[mistaken], kind: Kind, answer: Any, value: Any
) -> dict[str, mistaken]:
    """Return the mistakes that explain a wrong answer, by their words.

    Two values of one mistake have the same words and are one mistake.
    """
    return {m.message: m for m in mistakes if m.explains(kind, answer, value)}


def message(
    item: str, headline: str, kind: Kind, came: str = "", why: str = "", again: str = ""
) -> str:
    """Say what was expected, what came, why it is not that, and where to look again."""
    lines = [f"{item}: {headline}", f"Expected: {kind._expects}."]
    lines += [f"Came: {came}."] if came else []
    lines += [why] if why else []
    lines += [f"Look again at: {again.rstrip('.')}."] if again else []
    return "\n".join(map(_wrapped, lines))


def _wrapped(line: str) -> str:
    return textwrap.fill(line, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)
