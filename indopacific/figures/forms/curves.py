"""Curves over a number, such as a risk over a level of commitment: drawn once, or moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from indopacific.figures import style
from indopacific.figures.forms.labels import key

_MARKS = 7  # that tell one curve from another without colour
_HEAVY: dict[str, Any] = {"color": style.INK, "linestyle": "-", "linewidth": 3.2, "zorder": 1.8}
_PLACE: dict[str, Any] = {"color": style.INK, "linestyle": ":", "linewidth": 1.4}


class Curves:
    """Some curves of one axes, with a place on the x axis that is marked on each.

    Parameters
    ----------
    axes : Axes
    names : sequence of str
        At most five; each stands in the key over the axes.
    heavy : str
        Name of one more curve, drawn heavy behind the others; "" for none.
    moving : bool
        Whether `move` is called again and again, as in an explorer.
    key_columns : int, optional
        In how many columns the key stands.
    """

    def __init__(
        self,
        axes: Axes,
        names: Sequence[str],
        *,
        heavy: str = "",
        moving: bool = True,
        key_columns: int | None = None,
    ) -> None:
        self._lines = {}
        looks: Any = style.LINES
        for name, look in zip(names, looks, strict=False):
            marks: dict[str, Any] = {**look, "markersize": 4.5, "zorder": 2.2}
            (self._lines[name],) = axes.plot([], [], **marks, animated=moving)
        if heavy:
            (self._lines[heavy],) = axes.plot([], [], **_HEAVY, animated=moving)
        (self._place,) = axes.plot([], [], **_PLACE, animated=moving, zorder=2)
        (self._points,) = axes.plot(
            [], [], "o", color=style.INK, markersize=6, animated=moving, zorder=3
        )
        key(axes, self.entries, columns=key_columns)

    @property
    def entries(self) -> list[tuple[Any, str]]:
        """What stands in the key: each line with its name."""
        return [(line, name) for name, line in self._lines.items()]

    def move(
        self, x: np.ndarray, curves: Mapping[str, np.ndarray], *, at: float | None = None
    ) -> None:
        """Show other curves, and the values that they have `at` one place.

        Parameters
        ----------
        x : ndarray
            Rising.
        curves : mapping of name to ndarray
        at : float, optional
            Without it no place is marked.
        """
        every = max(1, len(x) // _MARKS)
        for place, (name, line) in enumerate(self._lines.items()):
            line.set_data(x, curves[name])
            # Marks of two curves that run together would hide one another.
            line.set_markevery((place * every // len(self._lines), every))
        if at is not None:
            bottom, top = self._place.axes.get_ylim()  # type: ignore[union-attr]
            self._place.set_data([at, at], [bottom, top])
            heights = [float(np.interp(at, x, curves[name])) for name in self._lines]
            self._points.set_data([at] * len(heights), heights)


def curves(
    axes: Axes,
    lines: pd.DataFrame,
    *,
    window: tuple[float, float] | None = None,
    window_name: str = "",
    levels: Mapping[str, float] | None = None,
    key_columns: int | None = None,
) -> None:
    """Draw curves over a number, once.

    Parameters
    ----------
    axes : Axes
    lines : DataFrame
        Index: the number, rising. One curve a column, at most five.
    window : (float, float), optional
        A stretch of the x axis that is shaded, and hatched so that it is seen in grey.
    window_name : str
        What the stretch means.
    levels : mapping of str to float, optional
        Heights that are marked by a dotted line, and what they mean.
    key_columns : int, optional
        In how many columns the key stands.
    """
    x = lines.index.to_numpy(dtype=float)
    axes.set(xlim=(x[0], x[-1]))
    drawn = Curves(axes, list(lines.columns), moving=False)
    drawn.move(x, {str(name): lines[name].to_numpy(dtype=float) for name in lines.columns})
    entries = drawn.entries
    for name, height in (levels or {}).items():
        entries.append((axes.axhline(height, **_PLACE), name))
    if window is not None:
        low, high = np.clip(window, x[0], x[-1])
        look: dict[str, Any] = {"facecolor": style.BAND, "edgecolor": "white", "hatch": "//"}
        axes.axvspan(low, high, **look, linewidth=0, zorder=0.5)
        entries.append((Patch(**look), window_name))
    key(axes, entries, columns=key_columns)
