"""An empty canvas in the course's style, and small multiples on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from indopacific.figures import style
from indopacific.figures.forms.labels import settle


@contextmanager
def fresh(figure: Figure) -> Iterator[None]:
    """Open a figure for drawing, and settle its labels when the drawing is done.

    Parameters
    ----------
    figure : Figure
        What stood on it is cleared.

    Raises
    ------
    ValueError
        On leaving, when a text cannot be made to fit.
    """
    figure.clear()
    figure.set_layout_engine("constrained", w_pad=0.08, h_pad=0.08)
    with mpl.rc_context(style.RC):
        yield
        settle(figure)


def panels(
    figure: Figure, titles: Sequence[str], *, columns: int = 2, **options: Any
) -> list[Axes]:
    """Return small multiples: one Axes for each title, row by row.

    Parameters
    ----------
    figure : Figure
    titles : sequence of str
    columns : int
    **options
        For `Figure.subplots`, such as ``sharex=True`` or ``height_ratios=(2, 1)``.

    Returns
    -------
    list of Axes
    """
    rows = -(-len(titles) // columns)
    grid = list(figure.subplots(rows, columns, squeeze=False, **options).flat)
    for axes, title in zip(grid, titles, strict=False):
        axes.set_title(title, fontsize=10)
    for spare in grid[len(titles) :]:
        spare.set_visible(False)
    return grid[: len(titles)]


def percent_axis(axes: Axes, label: str) -> None:
    """Let the x axis show shares, from 0% to 100%."""
    axes.set(xlim=(0, 1.04), xlabel=label, xticks=np.linspace(0, 1, 6))
    axes.xaxis.set_major_formatter(PercentFormatter(1))


def bare(axes: Axes) -> None:
    """Leave names only: no grid, no ticks, no frame."""
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
