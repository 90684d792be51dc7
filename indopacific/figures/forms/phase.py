"""A phase map: what is best at each setting of two numbers, with regions and "you are here"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from indopacific.figures import style
from indopacific.figures.forms.labels import key

Point = tuple[float, float]

KINDS = ("white", "#bcc7d0", "#e08a3c", style.BLUE)
"""Four fills whose greys differ as well as their colours."""

_SMALLEST = 0.004  # share of the map from which a region gets its name
_HERE: dict[str, Any] = {
    "marker": "o",
    "markersize": 11,
    "markerfacecolor": "white",
    "markeredgecolor": style.INK,
    "markeredgewidth": 2.6,
    "linestyle": "none",
}
_NAME: dict[str, Any] = {"boxstyle": "round,pad=0.18", "facecolor": "white", "edgecolor": "none"}


class PhaseMap:
    """A map over two numbers.

    Parameters
    ----------
    axes : Axes
    x, y : ndarray
        The settings of the columns and rows, rising in equal steps.
    kinds : sequence of str
        What a setting can be, at most four; they stand in the key, and get the fills of `KINDS`.
    regions : sequence of str
        Names of the regions that the map may have.
    here : bool
        Whether one setting is marked.
    moving : bool
        Whether `move` is called again and again, as in an explorer.
    """

    def __init__(
        self,
        axes: Axes,
        x: np.ndarray,
        y: np.ndarray,
        *,
        kinds: Sequence[str],
        regions: Sequence[str],
        here: bool = True,
        moving: bool = True,
        keyed: bool = True,
    ) -> None:
        self._x, self._y, self._kinds = x, y, list(kinds)
        fills = KINDS[: len(self._kinds)]
        self._mesh = axes.pcolormesh(
            x,
            y,
            np.zeros((len(y), len(x))),
            cmap=ListedColormap(fills),
            vmin=-0.5,
            vmax=len(fills) - 0.5,
            shading="nearest",
            animated=moving,
            zorder=0.5,
        )
        axes.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
        axes.grid(visible=False)
        # A dark line on a light one is seen on every fill.
        self._borders = [
            axes.plot([], [], color=colour, linewidth=width, animated=moving, zorder=order)[0]
            for colour, width, order in (("white", 3.4, 1.5), (style.INK, 1.3, 1.6))
        ]
        self._names = {
            name: axes.text(
                x[0],
                y[0],
                name,
                ha="center",
                va="center",
                fontsize=10,
                fontweight="bold",
                bbox=_NAME,
                animated=moving,
                visible=False,
                zorder=2,
            )
            for name in regions
        }
        # A setting at the edge of the map must not be half a ring.
        (self._here,) = axes.plot([], [], **_HERE, animated=moving, zorder=3, clip_on=False)
        # While it stands nowhere, it would otherwise ask the layout for endless room.
        self._here.set_in_layout(False)
        entries: list[Any] = [
            (Patch(facecolor=fill, edgecolor=style.QUIET), kind)
            for kind, fill in zip(self._kinds, fills, strict=True)
        ]
        if here:
            entries.append((self._here, "you are here"))
        if keyed:
            key(axes, entries, columns=2)

    def move(
        self,
        cells: np.ndarray,
        *,
        regions: np.ndarray,
        borders: Sequence[tuple[Point, Point]],
        here: tuple[float, float] | None = None,
    ) -> None:
        """Show another map.

        Parameters
        ----------
        cells, regions : ndarray of str, shape (rows, columns)
            One of the kinds, and the region of each setting.
        borders : sequence of two points
            The straight lines between the regions; they may lead over the edge.
        here : (float, float), optional
            The setting that is marked.
        """
        codes = np.zeros(cells.shape)
        for code, kind in enumerate(self._kinds):
            codes[cells == kind] = code
        self._mesh.set_array(codes)
        ends = [(*line, (np.nan, np.nan)) for line in borders]
        across, along = zip(*itertools.chain.from_iterable(ends), strict=True)
        for border in self._borders:
            border.set_data(across, along)
        for name, text in self._names.items():
            inside = regions == name
            text.set_visible(bool(inside.mean() > _SMALLEST))
            if inside.any():
                rows, columns = np.nonzero(inside)
                text.set_position((self._middle(self._x, columns), self._middle(self._y, rows)))
        if here is not None:
            self._here.set_data([here[0]], [here[1]])

    @staticmethod
    def _middle(steps: np.ndarray, places: np.ndarray) -> float:
        # Not nearer to the edge than a name is wide.
        span = steps[-1] - steps[0]
        middle = float(steps[places].mean())
        return float(np.clip(middle, steps[0] + 0.05 * span, steps[-1] - 0.05 * span))


def map_key(figure: Figure, kinds: Sequence[str]) -> None:
    """Say over all maps of a figure what their fills mean."""
    patches = [Patch(facecolor=fill, edgecolor=style.QUIET) for fill in KINDS[: len(kinds)]]
    figure.legend(patches, list(kinds), loc="outside upper center", ncols=len(kinds), fontsize=9)
