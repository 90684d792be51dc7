"""One name, one row: ranked dots, dumbbells, estimates with open ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from indopacific.figures import style
from indopacific.figures.forms.labels import beside, key, row_size
from indopacific.figures.guesses import given
from indopacific.figures.wording import ordinal

Write = Callable[[float], str]

_DOT: dict[str, Any] = {"marker": "o", "color": style.BLUE, "markersize": 7, "linestyle": "none"}
_SQUARE: dict[str, Any] = {
    "marker": "s",
    "color": style.ORANGE,
    "markersize": 8,
    "linestyle": "none",
}


def ranked_dots(
    axes: Axes,
    values: pd.Series,
    *,
    write: Write,
    marked: Collection[str] = (),
    notes: Mapping[str, str] | None = None,
    predicted: Mapping[str, float] | Sequence[str] | None = None,
) -> None:
    """Draw one dot a row, highest first, with its value and a note behind it.

    Parameters
    ----------
    axes : Axes
    values : Series
        One number for each name; a missing one stands last, as "no figure".
    write : callable
        Writes a value, such as ``"{:.0%}".format``.
    marked : collection of str
        Names that get a square.
    notes : mapping of str to str, optional
        What is written behind the value.
    predicted : mapping of str to float, or sequence of str, optional
        The reader's guess for some names: a hollow mark, joined by a dashed line. A sequence is
        an order, highest first: each name's place stands behind its row.
    """
    ranked = values.astype(float).sort_values(ascending=False, na_position="last")
    predicted = given(predicted) or {}
    guesses = predicted if isinstance(predicted, Mapping) else {}
    guessed_places = {} if guesses else {name: at for at, name in enumerate(predicted, start=1)}
    size = _name_rows(axes, list(ranked.index))
    for place, (name, value) in enumerate(ranked.items()):
        said = [write(value) if np.isfinite(value) else "no figure"]
        axes.hlines(place, 0, value, color=style.GRID, linewidth=1.5)
        axes.plot(value, place, **(_SQUARE if name in marked else _DOT))
        if notes and str(name) in notes:
            said.append(notes[str(name)])
        guess = guesses.get(str(name))
        if guess is not None:
            said.append(f"you: {write(guess)}")
        if name in guessed_places:
            said.append(f"\N{WHITE DIAMOND} you: {ordinal(guessed_places[name])}")
        end = _mark_guess(axes, place, value, guess)
        beside(axes, end, place, "   ".join(said), fontsize=size)


def dumbbells(
    axes: Axes,
    ends: pd.DataFrame,
    *,
    write: Callable[[float, float], str],
    predicted: Mapping[str, float] | None = None,
) -> None:
    """Draw two values a row and the way between them, in the order given.

    Parameters
    ----------
    axes : Axes
    ends : DataFrame
        Two columns, named as in the key; the index names the rows.
    write : callable
        Writes what lies between two values; it stands behind each row.
    predicted : mapping of str to float, optional
        The reader's guess of the second value.
    """
    guesses = given(predicted) or {}
    size = _name_rows(axes, list(ends.index))
    for place, name in enumerate(ends.index):
        one, other = (float(value) for value in ends.loc[name])
        axes.hlines(place, one, other, color=style.QUIET, zorder=1)
        axes.plot(one, place, **_DOT)
        axes.plot(other, place, **_SQUARE)
        said, guess = [write(one, other)], guesses.get(str(name))
        if guess is not None:
            said.append(f"you: {write(one, guess)}")
        end = max(one, _mark_guess(axes, place, other, guess))
        beside(axes, end, place, "   ".join(said), fontsize=size)
    dots = [axes.plot([], [], **look)[0] for look in (_DOT, _SQUARE)]
    key(axes, list(zip(dots, ends.columns, strict=True)))


def bounds(
    axes: Axes,
    estimates: pd.DataFrame,
    *,
    notes: Sequence[str],
    marked: Sequence[bool],
    reach: float = 0.12,
) -> None:
    """Draw what is known of a number: a point, an interval, or one end and an arrow.

    Parameters
    ----------
    axes : Axes
    estimates : DataFrame
        Columns `low` and `high`; the index names the rows, top first. Without a low end the arrow
        points to less, without a high end to more.
    notes : sequence of str
        What is written behind each row.
    marked : sequence of bool
        Rows that get a square.
    reach : float
        Length of an arrow, as a share of the largest number.
    """
    size = _name_rows(axes, list(estimates.index))
    largest = float(np.nanmax(estimates[["low", "high"]].to_numpy(dtype=float)))
    for place, (low, high) in enumerate(estimates[["low", "high"]].to_numpy(dtype=float)):
        look = _SQUARE if marked[place] else _DOT
        if np.isfinite(low) and np.isfinite(high):
            axes.plot([low, high], [place, place], **{**look, "linestyle": "-"})
            end = high
        else:
            start = high if np.isnan(low) else low
            tip = start + (-reach if np.isnan(low) else reach) * largest
            axes.annotate(
                "",
                (tip, place),
                (start, place),
                arrowprops={"arrowstyle": "->", "linewidth": 1.8, "color": look["color"]},
            )
            axes.plot(start, place, **look)
            end = max(start, tip)
        beside(axes, end, place, notes[place], fontsize=size)
    axes.set_xlim(min(0.0, axes.get_xlim()[0]), 1.05 * largest)
    axes.grid(visible=True, axis="x")


def _name_rows(axes: Axes, names: list[str]) -> float:
    size = row_size(axes, names)
    axes.set_yticks(range(len(names)), names, fontsize=min(10.0, size + 1))
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(visible=False)
    return size


def _mark_guess(axes: Axes, place: int, value: float, guess: float | None) -> float:
    """Draw a guess in a row, if there is one; return where the row's marks end."""
    if guess is not None:
        axes.plot([value, guess], [place, place], **{**style.GUESSED, "markevery": [1]})
    known = [each for each in (value, guess) if each is not None and np.isfinite(each)]
    return max(known, default=0.0)
