"""Forms that an explorer keeps: set up once, moved in place, painted in a few milliseconds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from indopacific.figures import style
from indopacific.figures.forms.labels import key
from indopacific.figures.wording import percent


class Profile:
    """A value from 0 to 1 for each of some cases, with its band, the best one and all ranks.

    Parameters
    ----------
    axes : Axes
    labels : sequence of str
        The cases, in order.
    """

    def __init__(self, axes: Axes, labels: Sequence[str]) -> None:
        self._places = np.arange(len(labels))
        zero = np.zeros(len(labels))
        axes.set(xlim=(-0.4, len(labels) - 0.6), ylim=(0, 1.16))
        axes.set_xticks(self._places, list(labels))
        axes.set_yticks([*np.linspace(0, 1, 6), _RANKS], [*_TENTHS, "rank"])
        self._band = axes.fill_between(
            self._places, zero, zero, color=style.BAND, linewidth=0, animated=True, zorder=1.5
        )
        (self._line,) = axes.plot(self._places, zero, color=style.BLUE, marker="o", animated=True)
        (self._best,) = axes.plot(
            [], [], "s", color=style.ORANGE, markersize=9, animated=True, zorder=3
        )
        # Markers in the shape of a numeral: they are drawn five times as fast as text.
        self._numerals = [
            axes.plot(
                [],
                [],
                marker=f"${rank}$",
                markersize=7 if rank < 10 else 11,
                color=style.INK,
                markeredgewidth=0.2,
                linestyle="none",
                animated=True,
                zorder=4,
            )[0]
            for rank in range(1, len(labels) + 1)
        ]

    def move(
        self, values: np.ndarray, *, low: np.ndarray, high: np.ndarray, rank: np.ndarray
    ) -> None:
        """Show other values: the ranks stand in a row of their own, where no line can cross."""
        self._band.set_data(self._places, low, high)
        self._line.set_data(self._places, values)
        best = rank == 1
        self._best.set_data(self._places[best], values[best])
        for place, numeral in enumerate(self._numerals, start=1):
            here = self._places[rank == place]
            numeral.set_data(here, np.full(len(here), _RANKS))


class Readings:
    """How one message is read: two values from 0 to 1 in each row, and how far the words reach.

    Parameters
    ----------
    axes : Axes
    rows : sequence of str
        First on top: what is said, then who reads it.
    cases : (str, str)
        What the two values are of: a filled disc, and a hollow square that is set lower.
    reach : str
        What the wide band around a value of the first row means.
    window : (str, float, float)
        Name and ends of a stretch of the scale that is shaded, and hatched so that it is seen in
        grey.
    """

    def __init__(
        self,
        axes: Axes,
        rows: Sequence[str],
        *,
        cases: tuple[str, str],
        reach: str,
        window: tuple[str, float, float],
    ) -> None:
        places = np.arange(len(rows))[::-1].astype(float)
        axes.set(xlim=(-0.03, 1.03), ylim=(-0.6, len(rows) - 0.4), xticks=np.linspace(0, 1, 6))
        axes.set_yticks(places, list(rows))
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
        name, start, end = window
        look: dict[str, Any] = {"facecolor": style.BAND, "edgecolor": "white", "hatch": "//"}
        axes.axvspan(start, end, **look, linewidth=0, zorder=0.5)
        band: dict[str, Any] = {"color": style.QUIET, "linewidth": 7, "alpha": 0.45}
        self._bands, self._marks = [], []
        for marker, face, below in (("o", style.BLUE, -0.13), ("s", "white", 0.13)):
            colour = style.BLUE if marker == "o" else style.ORANGE
            height = places - below
            (reached,) = axes.plot([], [], solid_capstyle="butt", animated=True, zorder=1.5, **band)
            (marks,) = axes.plot(
                [], [], marker, color=colour, markerfacecolor=face, markeredgewidth=1.8,
                markersize=8, animated=True, zorder=3,
            )  # fmt: skip
            self._bands.append((reached, height[0]))
            self._marks.append((marks, height))
        entries: list[tuple[Any, str]] = [
            (marks, case) for (marks, _), case in zip(self._marks, cases, strict=True)
        ]
        entries += [(Line2D([], [], **band), reach), (Patch(**look), name)]
        key(axes, entries, columns=1)

    def move(self, values: Sequence[np.ndarray], *, reach: Sequence[tuple[float, float]]) -> None:
        """Show another message.

        Parameters
        ----------
        values : two ndarrays
            Of each case, one value a row.
        reach : two (low, high)
            How far the words reach, of each case.
        """
        for (marks, height), row in zip(self._marks, values, strict=True):
            marks.set_data(row, height)
        for (band, height), ends in zip(self._bands, reach, strict=True):
            band.set_data(ends, [height, height])


class Shares:
    """Horizontal bars of shares, each with its percentage.

    Parameters
    ----------
    axes : Axes
    names : sequence of str
        First on top.
    top : float
        The largest share that has room.
    hollow : collection of int
        Places of bars that are white and hatched, because they are of another kind.
    """

    def __init__(
        self,
        axes: Axes,
        names: Sequence[str],
        *,
        top: float = 1.0,
        hollow: Collection[int] = (),
    ) -> None:
        rows = np.arange(len(names))[::-1]
        # Room for the label of the longest bar.
        axes.set(xlim=(0, 1.35 * top), xticks=(0, top / 2, top), xlabel="Share")
        axes.grid(visible=False)
        self._top = top
        self._bars = axes.barh(rows, 0 * rows, color=style.QUIET, height=0.6)
        for place, bar in enumerate(self._bars):
            bar.set_animated(True)
            if place in hollow:
                bar.set(facecolor="white", edgecolor=style.QUIET, hatch="////")
        axes.set_yticks(rows, list(names))
        axes.tick_params(axis="y", length=0)
        self._labels = [
            axes.text(0, row, "", va="center", fontsize=9, animated=True) for row in rows
        ]

    def move(self, shares: np.ndarray) -> None:
        """Show other shares."""
        for bar, label, share in zip(self._bars, self._labels, shares, strict=True):
            bar.set_width(share)
            label.set_x(share + 0.02 * self._top)
            label.set_text(percent(share))


_RANKS = 1.1
_TENTHS = ("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")


class Facing:
    """Who stands against whom in each row: what defends in two parts, and what could attack.

    Parameters
    ----------
    axes : Axes
    rows : sequence of (str, str)
        What the defending bar and the other one of a row are called; first on top.
    parts : (str, str, str)
        The two parts of what defends, and what could attack: they stand in the key.
    top : float
        The longest bar that has room.
    """

    def __init__(
        self,
        axes: Axes,
        rows: Sequence[tuple[str, str]],
        *,
        parts: tuple[str, str, str],
        top: float,
    ) -> None:
        starts = 3.0 * np.arange(len(rows))[::-1]
        places = np.column_stack([starts + 1, starts]).ravel()
        axes.set(xlim=(0, 1.3 * top), ylim=(-0.7, places.max() + 0.7))
        axes.set_yticks(places, [name for row in rows for name in row])
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
        looks: tuple[dict[str, Any], ...] = (
            {"color": style.BLUE},
            {"facecolor": "white", "edgecolor": style.BLUE, "hatch": "////"},
            {"facecolor": style.BAND, "edgecolor": style.ORANGE, "linewidth": 1.6},
        )
        lanes = (starts + 1, starts + 1, starts)
        self._bars = [
            axes.barh(lane, 0 * lane, height=0.8, **look)
            for lane, look in zip(lanes, looks, strict=True)
        ]
        for bar in (bar for bars in self._bars for bar in bars):
            bar.set_animated(True)
        self._top = top
        self._notes = [
            axes.text(0, start + 1, "", va="center", fontsize=9, animated=True) for start in starts
        ]
        key(axes, [(Patch(**look), part) for look, part in zip(looks, parts, strict=True)])

    def move(
        self,
        first: Sequence[float],
        second: Sequence[float],
        against: Sequence[float],
        notes: Sequence[str],
    ) -> None:
        """Show other forces, and what is written behind those that defend."""
        own, sent, other = self._bars
        for row, note in enumerate(notes):
            own[row].set_width(first[row])
            sent[row].set(x=first[row], width=second[row])
            other[row].set_width(against[row])
            label = self._notes[row]
            label.set_x(first[row] + second[row] + 0.02 * self._top)
            label.set_text(note)


class Intervals:
    """A value and its interval for each of some cases; where nothing speaks for it, it is hollow.

    Parameters
    ----------
    axes : Axes
    places : sequence of float, or ndarray
        Where the cases stand on the x axis.
    """

    def __init__(self, axes: Axes, places: Sequence[float] | np.ndarray) -> None:
        self._places = np.asarray(places, dtype=float)
        self._whiskers = axes.vlines(
            self._places, 0, 0, color=style.QUIET, linewidth=2, animated=True, zorder=2
        )
        look: dict[str, Any] = {"color": style.BLUE, "linestyle": "none", "animated": True}
        (self._full,) = axes.plot([], [], marker="o", markersize=9, zorder=3, **look)
        (self._hollow,) = axes.plot(
            [], [], marker="o", markersize=9, markerfacecolor="white", zorder=3, **look
        )

    def move(
        self, values: np.ndarray, *, low: np.ndarray, high: np.ndarray, hollow: np.ndarray
    ) -> None:
        """Show other values; a case whose value is missing is left empty."""
        shown = np.isfinite(values)
        ends = zip(self._places[shown], low[shown], high[shown], strict=True)
        self._whiskers.set_segments([[(x, a), (x, b)] for x, a, b in ends])
        for dots, which in ((self._full, shown & ~hollow), (self._hollow, shown & hollow)):
            dots.set_data(self._places[which], values[which])
