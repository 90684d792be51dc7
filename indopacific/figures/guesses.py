"""What is said of a reader's guess: both numbers, how far off, and in which direction.

Pure wording: no figures, no widgets. A direction is taken from the numbers themselves, never from
rounded ones, and a difference too small to be written is said to be small, not to be nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from indopacific.figures.wording import count, ordinal, spans


@dataclass(frozen=True, kw_only=True)
class Unit:
    """How a quantity is written.

    Attributes
    ----------
    value : str
        A format with one place, such as ``"USD {} billion"``.
    gap : str
        The same for a difference, such as ``"{} percentage points"``.
    decimals : int
        How many are written.
    scale : float
        By what a number is multiplied before it is written: 100 for a share.
    """

    value: str
    gap: str
    decimals: int = 0
    scale: float = 1.0

    def write(self, number: float) -> str:
        """Return a number with its unit."""
        return self.value.format(self._digits(self.rounded(number)))

    def apart(self, one: float, other: float) -> str:
        """Return how far apart two numbers are, as the difference of what is written of them."""
        shown = abs(self.rounded(one) - self.rounded(other))
        if one == other or shown > 0:
            return self._gap(shown)
        return f"less than {self._gap(10.0**-self.decimals)}"

    def rounded(self, number: float) -> float:
        """Return the number as it is written, without a minus before a zero."""
        return round(number * self.scale, self.decimals) + 0.0

    def _gap(self, size: float) -> str:
        digits = self._digits(size)
        said = self.gap.format(digits)
        return said.removesuffix("s") if digits == "1" else said

    def _digits(self, number: float) -> str:
        return f"{number:,.{self.decimals}f}"


COUNT = Unit(value="{}", gap="{}")
WHOLE_SHARE = Unit(value="{}%", gap="{} percentage points", scale=100)
SHARE = Unit(value="{}%", gap="{} percentage points", decimals=1, scale=100)
PERCENT = Unit(value="{}%", gap="{} percentage points", decimals=1)
POINTS = Unit(value="{} points", gap="{} points", decimals=1)
USD_BILLION = Unit(value="USD {} billion", gap="USD {} billion", decimals=1)
MILLION = Unit(value="{} million", gap="{} million", decimals=1, scale=1e-6)
TIV = Unit(value="{} million TIV", gap="{} million TIV")
DISTANCE = Unit(value="{}", gap="{}", decimals=2)

_OF_MODEL = (
    ("he data say", "he model says"),
    ("he data show", "he model shows"),
    ("he data have", "he model has"),
    ("so do the data", "so does the model"),
    ("n the data", "n the model"),
)
"""What is said of data, and of a model."""


def number(guess: float, data: float, unit: Unit) -> str:
    """Compare a guessed number with the data.

    Parameters
    ----------
    guess : float
    data : float
        Missing when there is no figure.
    unit : Unit

    Returns
    -------
    str

    Raises
    ------
    ValueError
        When the guess is not a finite number.

    Examples
    --------
    >>> number(0.6, 0.38, SHARE)
    'You said 60.0%; the data say 38.0%. Your guess is 22.0 percentage points too high.'
    >>> number(0.38, 0.3801, SHARE)
    'You said 38.0%; the data say 38.0%. Your guess is less than 0.1 percentage points too low.'
    """
    _finite(guess)
    said = f"You said {unit.write(guess)}"
    if not math.isfinite(data):
        return f"{said}; there is no figure to set it against."
    if guess == data:
        return f"{said}, and so do the data."
    side = "high" if guess > data else "low"
    return (
        f"{said}; the data say {unit.write(data)}. "
        f"Your guess is {unit.apart(guess, data)} too {side}."
    )


def move(guess: float, data: float, unit: Unit) -> str:
    """Compare a guessed rise (positive) or fall (negative) with the one in the data.

    Raises
    ------
    ValueError
        When the guess is not a finite number.

    Examples
    --------
    >>> move(-5, -12.2, POINTS)
    'You said a fall of 5.0 points; the data show a fall of 12.2 points: 7.2 points more.'
    >>> move(5, -12.2, POINTS)
    'You said a rise of 5.0 points; the data show a fall of 12.2 points: the other direction.'
    """
    _finite(guess)
    said = f"You said {_moved(guess, unit)}"
    if not math.isfinite(data):
        return f"{said}; there is no figure to set it against."
    if guess == data:
        return f"{said}, and so do the data."
    found = f"{said}; the data show {_moved(data, unit)}"
    if guess * data < 0:
        return f"{found}: the other direction."
    more = "more" if abs(data) > abs(guess) else "less"
    return f"{found}: {unit.apart(abs(guess), abs(data))} {more}."


def line(guess: Mapping[int, float], data: Mapping[int, float], unit: Unit) -> str:
    """Compare a guessed line over years with the data, year by year.

    Parameters
    ----------
    guess, data : mapping of year to number
        A year that only one of them has is not compared.
    unit : Unit

    Returns
    -------
    str

    Raises
    ------
    ValueError
        When a guess is not a finite number, or there is none.

    Examples
    --------
    >>> line({2024: 300, 2025: 200}, {2024: 244.8, 2025: 228.1}, USD_BILLION)
    'Of two years that you drew, one lies above the data and one below. Farthest off is 2024: \
you said USD 300.0 billion; the data say USD 244.8 billion. \
Your guess is USD 55.2 billion too high.'
    """
    if not guess:
        raise ValueError("A guessed line has at least one year.")
    for value in guess.values():
        _finite(value)
    known = {year: data[year] for year in guess if math.isfinite(data.get(year, math.nan))}
    open_years = [year for year in guess if year not in known]
    rest = f" There is no figure for {spans(open_years)}." if open_years else ""
    if not known:
        return f"You drew {count(len(guess), 'year')}.{rest}"
    above = sum(guess[year] > known[year] for year in known)
    below = sum(guess[year] < known[year] for year in known)
    drawn = f"Of {count(len(known), 'year')} that you drew" if len(known) > 1 else "Your year"
    if above + below == 0:
        return (
            f"{drawn}: every one is as in the data.{rest}"
            if len(known) > 1
            else (f"{drawn} is as in the data.{rest}")
        )
    on = len(known) - above - below
    if len(known) > 1:
        sides = (
            f"{drawn}, {_lie(above)} above the data and {count(below) if below else 'none'} below"
        )
        sides += f", {count(on)} on it. " if on else ". "
    else:
        sides = ""
    worst = max(known, key=lambda year: abs(guess[year] - known[year]))
    told = _small(number(guess[worst], known[worst], unit))
    where = f"Farthest off is {worst}: " if len(known) > 1 else f"In {worst}: "
    return f"{sides}{where}{told}{rest}"


def order(guess: Sequence[str], data: Mapping[str, float]) -> str:
    """Compare a guessed order, highest first, with the one in the data.

    Parameters
    ----------
    guess : sequence of str
        Some of the names, each once.
    data : mapping of name to number
        Names with equal numbers share their places: either order of the two is right.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        For fewer than two names, one given twice, or one that has no figure.

    Examples
    --------
    >>> order(["b", "a", "c"], {"a": 3.0, "b": 2.0, "c": 1.0})
    'Your order: b, a, c; in the data: a, b, c. One of three is in its place. b is farthest off: \
you put it 1st, and it is 2nd (one place too high).'
    """
    places = true_places(guess, data)
    ranked = sorted(guess, key=lambda name: -data[name])
    off = {name: _off(at, places[name]) for at, name in enumerate(guess, start=1)}
    said = f"Your order: {', '.join(guess)}; in the data: {', '.join(ranked)}."
    right = sum(miss == 0 for miss in off.values())
    if right == len(guess):
        return f"Your order is right: {', '.join(guess)}."
    worst = max(off, key=lambda name: abs(off[name]))
    first, last = places[worst]
    there = ordinal(first) if first == last else f"{ordinal(first)} to {ordinal(last)}"
    side = "low" if off[worst] > 0 else "high"
    found = count(right).capitalize() if right else "None"
    return (
        f"{said} {found} of {count(len(guess))} {'is' if right < 2 else 'are'} in "
        f"{'its place' if right < 2 else 'their places'}. {worst} is farthest off: you put it "
        f"{ordinal(list(guess).index(worst) + 1)}, and it is {there} "
        f"({count(abs(off[worst]), 'place')} too {side})."
    )


def true_places(guess: Sequence[str], data: Mapping[str, float]) -> dict[str, tuple[int, int]]:
    """Return the places that each guessed name may have among them, first and last.

    Raises
    ------
    ValueError
        As `order` does.
    """
    if len(guess) < 2 or len(set(guess)) < len(guess):
        raise ValueError(f"An order has at least two names, each once; got {list(guess)}.")
    unknown = [name for name in guess if not math.isfinite(data.get(name, math.nan))]
    if unknown:
        raise ValueError(f"There is no figure for {', '.join(unknown)}.")
    values = [data[name] for name in guess]
    return {
        name: (
            1 + sum(value > data[name] for value in values),
            sum(value >= data[name] for value in values),
        )
        for name in guess
    }


def given(guess: Any) -> Any:
    """Return a guess without what was left open; None when nothing was guessed.

    A reader who made no prediction sees the figure as it is, so ``None`` and
    ``{"China-DPRK": None}`` mean the same.
    """
    if isinstance(guess, Mapping | pd.Series):
        made = {name: value for name, value in dict(guess).items() if value is not None}
        return made or None
    return None if guess is None or (not np.isscalar(guess) and not len(guess)) else guess


def answer(
    guess: Any, data: Any, unit: Unit, *, how: Callable[[float, float, Unit], str] = number
) -> str:
    """Return what is said of a guess, beginning with a blank; nothing if there is none.

    Parameters
    ----------
    guess : number, sequence of str, mapping, or None
        An order is a sequence of names; a line maps years, other numbers map names.
    data : number or Series
        Of the same kind; for an order the numbers that make it.
    unit : Unit
    how : callable
        `number` or `move`.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        For a name that the data lack, and as `number`, `line` and `order` do.
    """
    guess, known = given(guess), dict(data) if isinstance(data, pd.Series) else {}
    if guess is None:
        return ""
    if not isinstance(data, pd.Series):
        return f" {how(guess, data, unit)}"
    if not isinstance(guess, Mapping):
        return f" {order(list(guess), known)}"
    if pd.api.types.is_integer_dtype(data.index):
        return f" {line(guess, known, unit)}"
    unknown = [name for name in guess if name not in data.index]
    if unknown:
        raise ValueError(f"There is no {', '.join(unknown)} in this figure.")
    return "".join(f" {name}: {_small(how(guess[name], data[name], unit))}" for name in guess)


def of_model(said: str) -> str:
    """Return what is said of a guess when no data answered it but a model.

    Examples
    --------
    >>> of_model("You said 0.3; the data say 0.5. Your guess is 0.2 too low.")
    'You said 0.3; the model says 0.5. Your guess is 0.2 too low.'
    """
    for data, model in _OF_MODEL:
        said = said.replace(data, model)
    return said


def _off(at: int, places: tuple[int, int]) -> int:
    first, last = places
    return at - last if at > last else min(at - first, 0)


def _lie(above: int) -> str:
    return f"{count(above) if above else 'none'} {'lies' if above < 2 else 'lie'}"


def _moved(change: float, unit: Unit) -> str:
    if change == 0:
        return "no change"
    size = unit.apart(abs(change), 0)
    return f"a {'rise' if change > 0 else 'fall'} of {size}"


def _finite(guess: float) -> None:
    if not math.isfinite(guess):
        raise ValueError(f"A guess is a finite number; got {guess}.")


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
