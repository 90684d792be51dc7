"""Years on the x axis: lines with bands, gaps that stay open, breaks, derived values, a guess."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from indopacific.figures import style
from indopacific.figures.forms.labels import beside, key
from indopacific.figures.guesses import given
from indopacific.figures.wording import runs

_HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\")
_OPEN: dict[str, Any] = {"facecolor": "white", "hatch": "///"}


def series(
    axes: Axes,
    lines: pd.DataFrame,
    *,
    look: int = 0,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    hollow: Mapping[str, Collection[int]] | None = None,
    gaps: str = "",
    breaks: Mapping[int, str] | None = None,
    windows: Sequence[tuple[int, int]] = (),
    predicted: Mapping[int, float | None] | None = None,
) -> None:
    """Draw lines over years; a year without a figure, or a break, is never drawn across.

    Parameters
    ----------
    axes : Axes
    lines : DataFrame
        Index: year. One line a column, at most five; the column's name stands at its end, or in
        a key when the lines end in different years. An empty name stands nowhere.
    look : int
        Which of the styles of `style.LINES` the first line gets.
    low, high : DataFrame, optional
        The band of each line, with the same columns.
    hollow : mapping of str to years, optional
        What hollow marks mean, and which years have one: derived, not read.
    gaps : str
        What hatched years mean: those without a figure in any line. If empty, they stay empty.
    breaks : mapping of year to str, optional
        The first year of a new definition, and what changed: no line crosses it.
    windows : sequence of (first, last)
        Years that are shaded.
    predicted : mapping of year to number, optional
        The line that the reader drew.
    """
    years = range(int(lines.index.min()), int(lines.index.max()) + 1)
    whole: Any = lines.reindex(years).astype(float)
    entries: list[tuple[Artist, str]] = []
    for first, last in windows:
        axes.axvspan(first - 0.5, last + 0.5, color=style.BAND, alpha=0.6, linewidth=0)
    open_years = list(whole.index[whole.isna().all(axis=1)])
    if gaps and open_years:
        for first, last in runs(open_years):
            axes.axvspan(first - 0.5, last + 0.5, edgecolor=style.GRID, **_OPEN)
        entries.append((Patch(edgecolor=style.QUIET, **_OPEN), gaps))
    drawn = {}
    for place, name in enumerate(whole.columns):
        marks: dict[str, Any] = {**style.LINES[look + place], "markersize": _size(axes, len(years))}
        if low is not None and high is not None:
            _band(axes, low[name], high[name], str(marks["color"]), _HATCHES[place])
        drawn[name] = _pieces(axes, whole[name], marks, breaks or {})
        for meaning, chosen in (hollow or {}).items():
            shown = whole[name][whole.index.isin(list(chosen))]
            ring = {**marks, "linestyle": "none", "markerfacecolor": "white", "markersize": 7}
            (mark,) = axes.plot(shown.index, shown, **ring)
            entries += [(mark, meaning)] if place == 0 and len(shown) else []
    for year, change in (breaks or {}).items():
        entries.append((axes.axvline(year - 0.5, color=style.INK, linestyle=":"), change))
    ends = {name: whole[name].last_valid_index() for name in whole.columns}
    _name(axes, whole, drawn, ends, entries)
    if guess := given(predicted):
        _guessed(axes, dict(sorted(guess.items())), ends, entries)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    key(axes, entries)


def _size(axes: Axes, years: int) -> float:
    """Return a size of marks that leaves the line between them to be seen."""
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    width = axes.get_position().width * figure.get_figwidth() * 72
    return min(5.0, max(2.5, 0.4 * width / years))


def _pieces(
    axes: Axes, values: pd.Series, look: dict[str, Any], breaks: Mapping[int, str]
) -> Artist:
    edges = [int(values.index.min()), *sorted(breaks), int(values.index.max()) + 1]
    pieces = [values.loc[first : after - 1] for first, after in pairwise(edges)]
    return [axes.plot(piece.index, piece, **look)[0] for piece in pieces][-1]


def _band(axes: Axes, low: pd.Series, high: pd.Series, colour: str, hatch: str) -> None:
    axes.fill_between(
        low.index,
        low.astype(float),
        high.astype(float),
        facecolor=colour,
        edgecolor=colour,
        alpha=0.22,
        hatch=hatch,
        linewidth=0,
    )


def _name(axes: Axes, whole: Any, drawn: Any, ends: Any, entries: list[tuple[Artist, str]]) -> None:
    """Write each line's name at its end, or in the key when the ends are not in one year."""
    together = len(set(ends.values())) == 1
    for name, line in drawn.items():
        if name and together and ends[name] is not None:
            look = {"color": line.get_color(), "fontweight": "bold"}
            beside(axes, ends[name], whole[name][ends[name]], name, **look)
        elif name:
            entries.append((line, name))


def _guessed(
    axes: Axes, guess: dict[int, float], ends: Any, entries: list[tuple[Artist, str]]
) -> None:
    size = 1.4 * _size(axes, max(guess) - min(guess) + 1)
    (line,) = axes.plot(list(guess), list(guess.values()), **{**style.GUESSED, "markersize": size})
    last = max(guess)
    if all(end is None or last >= end for end in ends.values()):
        beside(axes, last, guess[last], "you", color=style.GUESS, fontweight="bold")
    else:
        entries.append((line, "you"))
