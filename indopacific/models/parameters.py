"""What a model's parameter is: declared once, used by sliders, documentation, checks and tests.

A model declares its parameters as the fields of a frozen dataclass::

    @dataclass(frozen=True, kw_only=True)
    class SpiralParameters(Parameters):
        depth: float = real(
            1.0, low=0, high=5, step=0.1, label="Depth of partnership", unit="index",
            meaning="How much NATO and its partners do together.",
        )

Everything else follows from that declaration: `Parameters` refuses a value outside its range
with a message that names the parameter, `declared` lists the declarations in order, and an
explorer makes one control of each.
"""

from __future__ import annotations

import dataclasses
import difflib
from dataclasses import dataclass
from typing import Any

import numpy as np

ILLUSTRATIVE = "illustrative"
LONGEST = 300
"""Characters that an `Entry` may have."""


@dataclass(frozen=True, kw_only=True)
class Real:
    """A number on a range.

    Attributes
    ----------
    name : str
        The field's name, as in code.
    label : str
        The plain name that a reader sees.
    default, low, high, step : float
        In `unit`. The range is closed: `low` and `high` are valid values.
    unit : str
        "" for a number without a unit.
    meaning : str
        One sentence.
    source : str
        Where the default or the range comes from, or "illustrative".
    """

    name: str
    label: str
    default: float
    low: float
    high: float
    step: float
    unit: str
    meaning: str
    source: str

    def check(self, value: Any) -> None:
        """Raise ValueError unless every element of `value` is a finite number in the range."""
        try:
            numbers = np.asarray(value, dtype=float)
        except (TypeError, ValueError):
            numbers = None
        if value is None or numbers is None or isinstance(value, bool | str):
            raise ValueError(f"{self.name} must be a number {self._range()}; got {value!r}.")
        bad = ~np.isfinite(numbers) | (numbers < self.low) | (numbers > self.high)
        if bad.any():
            first = float(numbers[bad][0]) if numbers.ndim else float(numbers)
            raise ValueError(f"{self.name} must lie {self._range()}; got {first:g}.")

    def _range(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"from {self.low:g} to {self.high:g}{unit}"

    def grid(self) -> np.ndarray:
        """Return every value that a slider can take.

        Returns
        -------
        ndarray of float, shape (n,)
            From `low` to `high` in steps of `step`; both ends are included.
        """
        steps = round((self.high - self.low) / self.step)
        return np.round(np.linspace(self.low, self.high, steps + 1), 10)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a few named options; attributes as for `Real`."""

    name: str
    label: str
    default: str
    options: tuple[str, ...]
    meaning: str
    source: str

    def check(self, value: Any) -> None:
        """Raise ValueError, with the nearest option, unless `value` is one of the options."""
        if isinstance(value, str) and value in self.options:
            return
        known = ", ".join(repr(option) for option in self.options)
        near = difflib.get_close_matches(str(value), self.options, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{self.name} must be one of {known}; got {value!r}.{hint}")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line that the reader writes; attributes as for `Real`.

    Attributes
    ----------
    examples : tuple of str
        Lines that a reader may start from.
    """

    name: str
    label: str
    default: str
    examples: tuple[str, ...]
    meaning: str
    source: str

    @property
    def options(self) -> tuple[str, ...]:
        """Lines on which it is tried: the examples, and an empty one."""
        return (*self.examples, "")

    def check(self, value: Any) -> None:
        """Raise ValueError unless `value` is one line of text that is not too long."""
        if not isinstance(value, str):
            raise ValueError(f"{self.name} must be a text in quotation marks; got {value!r}.")
        if len(value) > LONGEST or not value.isprintable():
            raise ValueError(
                f"{self.name} must be one line of at most {LONGEST} characters; got {len(value)}."
            )


Declaration = Real | Choice | Entry


def real(
    default: float,
    *,
    low: float,
    high: float,
    step: float,
    label: str,
    meaning: str,
    unit: str = "",
    source: str = ILLUSTRATIVE,
) -> Any:
    """Declare a dataclass field as a number on a range; see `Real` for the arguments."""
    steps = (high - low) / step
    if not (low <= default <= high and step > 0 and abs(steps - round(steps)) < 1e-9):
        raise ValueError(
            f"{label}: the default {default:g} must lie from {low:g} to {high:g}, "
            f"and whole steps of {step:g} must lead from one end to the other."
        )
    declared = dict(label=label, low=low, high=high, step=step, unit=unit)
    return _field(Real, default, **declared, meaning=meaning, source=source)


def choice(
    default: str, *, options: tuple[str, ...], label: str, meaning: str, source: str = ILLUSTRATIVE
) -> Any:
    """Declare a dataclass field as one of a few options; see `Choice` for the arguments."""
    if default not in options:
        raise ValueError(f"{label}: the default {default!r} is not among {options!r}.")
    return _field(Choice, default, label=label, options=options, meaning=meaning, source=source)


def entry(
    default: str, *, examples: tuple[str, ...], label: str, meaning: str, source: str = ILLUSTRATIVE
) -> Any:
    """Declare a dataclass field as a line that the reader writes; see `Entry` for the arguments."""
    return _field(Entry, default, label=label, examples=examples, meaning=meaning, source=source)


def _field(kind: type, default: Any, **declared: Any) -> Any:
    metadata = {"kind": kind, "declared": {"default": default, **declared}}
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Base of every model's parameters: checks each value against its declaration.

    Raises
    ------
    ValueError
        When a value is not a number, not finite, outside its range, or not among the options.
    """

    def __post_init__(self) -> None:
        for declaration in declared(type(self)):
            declaration.check(getattr(self, declaration.name))

    @classmethod
    def at(cls, **values: Any) -> Any:
        """Make parameters from names that may be misspelt.

        Raises
        ------
        ValueError
            For an unknown name (the nearest known one is suggested) or a bad value.
        """
        known = [declaration.name for declaration in declared(cls)]
        for name in values:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                raise ValueError(
                    f"There is no parameter {name!r}.{hint} Known: {', '.join(known)}."
                )
        return cls(**values)


def declared(parameters: type[Parameters]) -> tuple[Declaration, ...]:
    """Return the declarations of a model's parameters, in the order of the fields."""
    return tuple(
        field.metadata["kind"](name=field.name, **field.metadata["declared"])
        for field in dataclasses.fields(parameters)
        if "kind" in field.metadata
    )
