"""A matrix of labelled cells; what is not known looks different from what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from indopacific.figures import style
from indopacific.figures.forms.canvas import bare
from indopacific.figures.forms.labels import row_size, within

_UNKNOWN: dict[str, Any] = {"facecolor": "white", "edgecolor": style.QUIET, "linestyle": ":"}


def tiles(
    axes: Axes,
    cells: pd.DataFrame,
    *,
    strength: Mapping[str, str],
    labels: pd.DataFrame | None = None,
    unknown: str = "not read",
    colour: str = style.ORANGE,
) -> None:
    """Draw a table as tiles, first row on top.

    Parameters
    ----------
    axes : Axes
    cells : DataFrame
        What each cell holds, such as "yes"; missing where it is not known.
    strength : mapping of str to {"strong", "half", "light"}
        How each thing is drawn. What is not in it is drawn as unknown, under its own name.
    labels : DataFrame, optional
        What is written in the cells, in place of what they hold.
    unknown : str
        Stands in a cell that is missing.
    colour : str
        Of a strong cell.
    """
    written = cells if labels is None else labels
    size = row_size(axes, [str(name) for name in cells.index])
    looks = {
        "strong": ({"facecolor": colour, "edgecolor": colour}, "white"),
        "half": ({"facecolor": style.BAND, "edgecolor": style.QUIET}, style.INK),
        "light": ({"facecolor": "white", "edgecolor": style.QUIET}, style.INK),
    }
    for y, row in enumerate(cells.index):
        for x, column in enumerate(cells.columns):
            held: Any = cells.at[row, column]
            known = isinstance(held, str)
            tile, ink = (
                looks.get(strength.get(held, ""), (_UNKNOWN, style.QUIET))
                if known
                else (
                    _UNKNOWN,
                    style.QUIET,
                )
            )
            axes.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, linewidth=0.8, **tile))
            label = str(written.at[row, column]) if known else unknown
            within(axes, x, y, label, room=(0.88, 0.84), color=ink, fontsize=size)
    axes.set(xlim=(-0.5, len(cells.columns) - 0.5), ylim=(len(cells) - 0.5, -0.5))
    axes.set_xticks(range(len(cells.columns)), list(cells.columns))
    axes.set_yticks(range(len(cells)), list(cells.index), fontsize=min(10.0, size + 1))
    bare(axes)
