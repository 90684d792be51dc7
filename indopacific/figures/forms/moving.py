"""Forms that an explorer keeps: set up once, moved in place, painted in a few milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from indopacific.figures import style
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


class Shares:
    """Horizontal bars of shares that add up to one, each with its percentage.

    Parameters
    ----------
    axes : Axes
    names : sequence of str
        First on top.
    """

    def __init__(self, axes: Axes, names: Sequence[str]) -> None:
        rows = np.arange(len(names))[::-1]
        axes.set(xlim=(0, 1.35), xticks=(0, 0.5, 1), xlabel="Share")  # room for the label 100%
        axes.grid(visible=False)
        self._bars = axes.barh(rows, 0 * rows, color=style.QUIET, height=0.6)
        for bar in self._bars:
            bar.set_animated(True)
        axes.set_yticks(rows, list(names))
        axes.tick_params(axis="y", length=0)
        self._labels = [
            axes.text(0, row, "", va="center", fontsize=9, animated=True) for row in rows
        ]

    def move(self, shares: np.ndarray) -> None:
        """Show other shares."""
        for bar, label, share in zip(self._bars, self._labels, shares, strict=True):
            bar.set_width(share)
            label.set_x(share + 0.02)
            label.set_text(percent(share))


_RANKS = 1.1
_TENTHS = ("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")
