"""One hand for all figures: sizes, colours, and marks that also work in greyscale."""

from __future__ import annotations

from typing import Any

INK = "#1f2933"
QUIET = "#5b6770"
GRID = "#d9dee3"
BAND = "#c9d7e6"
BLUE = "#0b5a9d"
ORANGE = "#b84a00"
GREEN = "#1b7a52"
PURPLE = "#7a3b8f"
GUESS = "#8a0f4d"

LINES = (
    {"color": BLUE, "linestyle": "-", "marker": "o"},
    {"color": ORANGE, "linestyle": (0, (5, 2)), "marker": "s"},
    {"color": GREEN, "linestyle": (0, (1, 1.5)), "marker": "^"},
    {"color": PURPLE, "linestyle": (0, (5, 2, 1, 2)), "marker": "D"},
    {"color": INK, "linestyle": (0, (3, 1)), "marker": "v"},
)
"""One style a series. Line pattern and marker differ as well as colour."""

GUESSED: dict[str, Any] = {
    "color": GUESS,
    "linestyle": (0, (2, 2)),
    "marker": "D",
    "markerfacecolor": "white",
    "markersize": 7,
    "zorder": 2.5,
}
"""What a reader guessed: dashed and hollow, and always labelled "you"."""

SIZE = (7.4, 4.3)
"""Width and height of a figure, in inches."""

DPI = 110

RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}
