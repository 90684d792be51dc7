# ruff: noqa: D102  (a kind's methods do what `Question` says of them)
"""What can be predicted: one of several, an order, a number, a line over years.

A question is declared, not programmed. Its answer is computed from tables and models when it is
needed, never typed in. No widgets here: the same questions serve a notebook, a page and the tests.

A guess is plain data in the unit of the data: an option, a tuple of names (highest first), a
number, or a mapping of year to number.
"""

from __future__ import annotations

import itertools
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from indopacific.figures import guesses
from indopacific.figures.guesses import Unit
from indopacific.figures.wording import listed

_MOST_NAMES = 5


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """One question that a lesson asks before it shows the answer.

    Attributes
    ----------
    id : str
        As in ``predict(id)``; begins with the name of the file that declares it.
    section : str
        The lesson's heading under which it is asked, word for word.
    asks : str
        What is to be predicted, in one line; the prose before it says more.
    by : {"data", "model"}
        What answers. An answer of a model is never called one of the data.
    at_once : bool
        Whether the answer is told as soon as a reader has given one; otherwise a later cell does.
    """

    id: str
    section: str
    asks: str
    by: Literal["data", "model"] = "data"
    kind: ClassVar[str]
    at_once: ClassVar[bool] = False

    def voiced(self, said: str) -> str:
        """Return the words of an answer in the name of what gave it."""
        return guesses.of_model(said) if self.by == "model" else said

    @abstractmethod
    def accept(self, raw: Any) -> Any:
        """Return a guess, as it came from a page or a file, as plain data of this question.

        Raises
        ------
        ValueError
            When it is no guess at this question; the message says why.
        """

    def stored(self, guess: Any) -> Any:
        """Return a guess as JSON can hold it; `accept` leads back."""
        return guess

    def drawn(self, guess: Any) -> Any:
        """Return a guess as a drawing takes it; None where there is nothing to draw."""
        return guess

    @abstractmethod
    def controls(self) -> dict[str, Any]:
        """Return what a page needs to ask, as plain data; the answer is not in it."""

    def revealed(self) -> dict[str, Any]:
        """Return what a page draws beside the guess once it was answered, as plain data."""
        return {}

    @abstractmethod
    def told(self, guess: Any) -> str:
        """Return the answer's words: what was said, what the data say, how they differ."""

    @abstractmethod
    def truth(self) -> str:
        """Return the answer alone, in words."""

    @abstractmethod
    def surprise(self, guess: Any) -> float:
        """Return how far off a guess is, from 0 (not at all) to 1: to order, never to mark."""

    @abstractmethod
    def answers(self) -> Any:
        """Return the words for every possible guess: what a page without Python answers with."""

    @abstractmethod
    def surprises(self) -> Any:
        """Return the surprise of every possible guess, in the form of `answers`."""


@dataclass(frozen=True, kw_only=True)
class Choose(Question):
    """One of several options.

    Attributes
    ----------
    options : tuple of str
    answer : callable
        Takes nothing and returns one of the options.
    """

    options: tuple[str, ...]
    answer: Callable[[], str]
    kind: ClassVar[str] = "choose"

    def __post_init__(self) -> None:
        if len(self.options) < 2 or len(set(self.options)) < len(self.options):
            raise ValueError(f"{self.id}: give at least two different options.")

    def accept(self, raw: Any) -> str:
        if not isinstance(raw, str) or raw not in self.options:
            raise ValueError(f"a choice is one of {', '.join(self.options)}; got {raw!r}.")
        return raw

    def drawn(self, guess: str) -> None:
        return None

    def controls(self) -> dict[str, Any]:
        return {"options": list(self.options)}

    def told(self, guess: str) -> str:
        found = self._found()
        if guess == found:
            return self.voiced(f"You said {guess}, and so do the data.")
        return self.voiced(f"You said {guess}; the data say {found}.")

    def truth(self) -> str:
        return self.voiced(f"The data say {self._found()}.")

    def surprise(self, guess: str) -> float:
        return float(guess != self._found())

    def answers(self) -> dict[str, str]:
        return {option: self.told(option) for option in self.options}

    def surprises(self) -> dict[str, float]:
        return {option: self.surprise(option) for option in self.options}

    def _found(self) -> str:
        found = self.answer()
        if found not in self.options:
            raise ValueError(f"{self.id}: the answer {found!r} is not among the options.")
        return found


@dataclass(frozen=True, kw_only=True)
class Order(Question):
    """Some names in order, highest first.

    Attributes
    ----------
    names : tuple of str
        Two to five, as they stand at first: not in the order of the answer.
    first, last : str
        What the two ends mean, such as "most agreement".
    answer : callable
        Takes nothing and returns a mapping or Series of name to number; it may hold more names.
        Equal numbers share their places.
    """

    names: tuple[str, ...]
    first: str
    last: str
    answer: Callable[[], Any]
    kind: ClassVar[str] = "order"

    def __post_init__(self) -> None:
        if not 2 <= len(self.names) <= _MOST_NAMES or len(set(self.names)) < len(self.names):
            raise ValueError(f"{self.id}: give from 2 to {_MOST_NAMES} different names.")

    def accept(self, raw: Any) -> tuple[str, ...]:
        if not isinstance(raw, list | tuple) or sorted(map(str, raw)) != sorted(self.names):
            raise ValueError(f"an order holds each of {', '.join(self.names)} once; got {raw!r}.")
        return tuple(raw)

    def stored(self, guess: tuple[str, ...]) -> list[str]:
        return list(guess)

    def controls(self) -> dict[str, Any]:
        return {"names": list(self.names), "first": self.first, "last": self.last}

    def told(self, guess: tuple[str, ...]) -> str:
        return self.voiced(guesses.order(list(guess), self._found()))

    def truth(self) -> str:
        found = self._found()
        ranked = sorted(self.names, key=lambda name: -found[name])
        return self.voiced(f"In the data: {', '.join(ranked)} ({self.first} first).")

    def surprise(self, guess: tuple[str, ...]) -> float:
        found = self._found()
        pairs = list(itertools.combinations(guess, 2))
        return sum(found[above] < found[below] for above, below in pairs) / len(pairs)

    def answers(self) -> dict[str, str]:
        return {"|".join(guess): self.told(guess) for guess in itertools.permutations(self.names)}

    def surprises(self) -> dict[str, float]:
        every = itertools.permutations(self.names)
        return {"|".join(guess): self.surprise(guess) for guess in every}

    def _found(self) -> dict[str, float]:
        found = dict(self.answer())
        if lacking := [name for name in self.names if name not in found]:
            raise ValueError(f"{self.id}: the answer has no number for {', '.join(lacking)}.")
        return {name: float(found[name]) for name in self.names}


@dataclass(frozen=True, kw_only=True)
class _Measured(Question):
    """What `Number` and `Line` share: a unit and a range with steps."""

    unit: Unit
    low: float
    high: float
    step: float

    def __post_init__(self) -> None:
        steps = (self.high - self.low) / self.step if self.step > 0 else 0.5
        if abs(steps - round(steps)) > 1e-9 or steps < 1:
            raise ValueError(f"{self.id}: whole steps of {self.step:g} must lead from low to high.")
        shown = self.step * self.unit.scale * 10**self.unit.decimals
        if abs(shown - round(shown)) > 1e-9:
            raise ValueError(
                f"{self.id}: a step of {self.step:g} cannot be written with "
                f"{self.unit.decimals} decimals: take a larger step or a finer unit."
            )

    @property
    def steps(self) -> int:
        """How many steps lead from `low` to `high`."""
        return round((self.high - self.low) / self.step)

    def grid(self) -> list[float]:
        """Return every number that can be set, lowest first."""
        return [round(self.low + place * self.step, 10) for place in range(self.steps + 1)]

    def number(self, raw: Any) -> float:
        """Return a number in the range, on the nearest step; raises ValueError as `accept`."""
        wanted = f"a number from {self.unit.write(self.low)} to {self.unit.write(self.high)}"
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
            raise ValueError(f"give {wanted}; got {raw!r}.")
        if not self.low <= raw <= self.high:
            raise ValueError(f"give {wanted}; got {self.unit.write(raw)}.")
        return self.grid()[round((raw - self.low) / self.step)]

    def controls(self) -> dict[str, Any]:
        unit = self.unit
        return {
            **{"low": self.low, "high": self.high, "step": self.step, "steps": self.steps},
            **{"form": unit.value, "decimals": unit.decimals, "scale": unit.scale},
        }


@dataclass(frozen=True, kw_only=True)
class Number(_Measured):
    """One number with a unit, on a range.

    Attributes
    ----------
    unit : Unit
        How it is written.
    low, high, step : float
        In the unit of the data (0.01 for one percentage point of a share).
    name : str
        What the following figure calls the entry that is guessed; "" where there is one only.
    answer : callable
        Takes nothing and returns the number; missing if the data have none.
    """

    name: str = ""
    answer: Callable[[], float]
    kind: ClassVar[str] = "number"

    def accept(self, raw: Any) -> float:
        return self.number(raw)

    def drawn(self, guess: float) -> Any:
        return {self.name: guess} if self.name else guess

    def told(self, guess: float) -> str:
        return self.voiced(guesses.number(guess, self._found(), self.unit))

    def truth(self) -> str:
        found = self._found()
        if math.isnan(found):
            return self.voiced("The data have no figure.")
        return self.voiced(f"The data say {self.unit.write(found)}.")

    def surprise(self, guess: float) -> float:
        return _share(guess - self._found(), self.high - self.low)

    def answers(self) -> list[str]:
        return [self.told(guess) for guess in self.grid()]

    def surprises(self) -> list[float]:
        return [self.surprise(guess) for guess in self.grid()]

    def _found(self) -> float:
        return _number(self.answer())


@dataclass(frozen=True, kw_only=True)
class Line(_Measured):
    """A line over years: some are given, the rest is drawn.

    Attributes
    ----------
    unit, low, high, step
        As for `Number`.
    drawn_years : tuple of int
        The first and the last year to draw.
    since : int
        The first year that is given; 0 for all that the answer has.
    answer : callable
        Takes nothing and returns a mapping or Series of year to number. Years outside
        `drawn_years` are given to the reader; a missing one is a gap.
    """

    drawn_years: tuple[int, int]
    since: int = 0
    answer: Callable[[], Any]
    kind: ClassVar[str] = "line"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.drawn_years[0] > self.drawn_years[1]:
            raise ValueError(f"{self.id}: the years to draw end before they begin.")

    @property
    def years(self) -> list[int]:
        """The years to draw."""
        return list(range(self.drawn_years[0], self.drawn_years[1] + 1))

    def accept(self, raw: Any) -> dict[int, float]:
        wanted = f"a line gives one number for each year from {self.years[0]} to {self.years[-1]}"
        if not isinstance(raw, Mapping):
            raise ValueError(f"{wanted}; got {raw!r}.")
        own = {str(year): value for year, value in raw.items()}
        if set(own) != {str(year) for year in self.years}:
            raise ValueError(f"{wanted}; got {listed(sorted(own))}.")
        return {year: self.number(own[str(year)]) for year in self.years}

    def stored(self, guess: dict[int, float]) -> dict[str, float]:
        return {str(year): value for year, value in guess.items()}

    def controls(self) -> dict[str, Any]:
        found, drawn = self._found(), set(self.years)
        years = [year for year in found if year >= self.since and year not in drawn]
        given = {str(year): _plain(found[year]) for year in years}
        return {**super().controls(), "years": self.years, "given": given}

    def revealed(self) -> dict[str, Any]:
        found = self._found()
        return {str(year): _plain(found.get(year, math.nan)) for year in self.years}

    def told(self, guess: dict[int, float]) -> str:
        return guesses.line(guess, self._found(), self.unit)

    def truth(self) -> str:
        found = {year: self._found().get(year, math.nan) for year in self.years}
        said = [
            f"{year} {'no figure' if math.isnan(value) else self.unit.write(value)}"
            for year, value in found.items()
        ]
        return f"In the data: {', '.join(said)}."

    def surprise(self, guess: dict[int, float]) -> float:
        found = self._found()
        off = [
            _share(value - found.get(year, math.nan), self.high - self.low)
            for year, value in guess.items()
        ]
        return sum(off) / len(off)

    def answers(self) -> dict[str, list[str]]:
        """Return, for each year, the words for every number: a page shows the farthest year's."""
        found = self._found()
        return {
            str(year): [guesses.line({year: guess}, found, self.unit) for guess in self.grid()]
            for year in self.years
        }

    def surprises(self) -> None:
        """Return nothing: a page computes it from what was revealed."""

    def _found(self) -> dict[int, float]:
        return {int(year): _number(value) for year, value in dict(self.answer()).items()}


def _number(value: Any) -> float:
    return math.nan if value is None or value != value else float(value)


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value


def _share(difference: float, whole: float) -> float:
    return 0.0 if math.isnan(difference) else min(1.0, abs(difference) / whole)
