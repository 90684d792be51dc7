"""Dots in blocks, one block a question: no mark and no order leads from one block to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
from matplotlib.axes import Axes

from indopacific.figures import style
from indopacific.figures.forms.labels import beside, row_size
from indopacific.figures.forms.rows import Write


def blocks(
    axes: Axes,
    questions: Mapping[str, pd.Series],
    *,
    write: Write,
    hollow: Collection[tuple[str, str]] = (),
) -> None:
    """Draw one dot for each answer, under the heading of its question.

    Parameters
    ----------
    axes : Axes
    questions : mapping of heading to Series
        In their order. The index of each Series names the answers.
    write : callable
        Writes a value, such as ``"{:.1f}%".format``.
    hollow : collection of (heading, answer)
        Values that are known only roughly.
    """
    rows: list[tuple[str, str]] = []
    for heading, answers in questions.items():
        rows += [(heading, ""), *((heading, str(answer)) for answer in answers.index)]
    size = row_size(axes, [answer for _, answer in rows])
    for place, (heading, answer) in enumerate(rows):
        if not answer:
            axes.axhspan(place - 0.42, place + 0.46, color=style.GRID, linewidth=0, alpha=0.55)
            title = axes.text(0, place, heading, va="center", fontsize=size, fontweight="bold")
            # A heading runs over the plot and must not make it narrower.
            title.set_in_layout(False)
            continue
        value = float(questions[heading][answer])
        face = "white" if (heading, answer) in hollow else style.BLUE
        axes.plot(value, place, "o", color=style.BLUE, markerfacecolor=face, markersize=5.5)
        beside(axes, value, place, write(value), fontsize=size)
    axes.set_yticks(range(len(rows)), [answer for _, answer in rows], fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(visible=False)
