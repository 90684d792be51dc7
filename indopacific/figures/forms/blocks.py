"""Dots in blocks, one block a question: no mark and no order leads from one block to the next."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from indopacific.figures import style
from indopacific.figures.forms.labels import beside, row_size
from indopacific.figures.forms.rows import Write

_SHADE = "#eaecf0"
_LINE = 96  # characters of a heading that fit beside one another


def blocks(
    axes: Axes,
    questions: Mapping[tuple[str, str], pd.Series],
    *,
    write: Write,
    hollow: Collection[tuple[tuple[str, str], str]] = (),
) -> None:
    """Draw one dot for each answer, under the heading of its question.

    Parameters
    ----------
    axes : Axes
        The only one of its figure: headings run over its whole width.
    questions : mapping of (who asked, what) to Series
        In their order. The index of each Series names the answers.
    write : callable
        Writes a value, such as ``"{:.1f}%".format``.
    hollow : collection of ((who, what), answer)
        Values that are known only roughly.

    Raises
    ------
    ValueError
        When there are too many rows for type that can be read.
    """
    rows: list[tuple[str, str, str]] = []  # kind, text, answer's name at the axis
    for (who, what), answers in questions.items():
        rows += [("who", who, ""), *(("what", line, "") for line in textwrap.wrap(what, _LINE))]
        rows += [("answer", who, str(answer)) for answer in answers.index]
    size = row_size(axes, [answer for _, _, answer in rows])
    values = iter(
        (value, (heading, answer) in hollow)
        for heading, answers in questions.items()
        for answer, value in answers.items()
    )
    figure = axes.get_figure()
    assert figure is not None
    across = blended_transform_factory(figure.transFigure, axes.transData)
    for place, (kind, text, _) in enumerate(rows):
        if kind == "answer":
            value, rough = next(values)
            face = "white" if rough else style.BLUE
            axes.plot(value, place, "o", color=style.BLUE, markerfacecolor=face, markersize=5.5)
            beside(axes, float(value), place, write(float(value)), fontsize=size)
            continue
        band = Rectangle(
            (0.005, place - 0.5), 0.99, 1, transform=across, color=_SHADE, linewidth=0,
            clip_on=False, zorder=0.6,
        )  # fmt: skip
        heading = axes.text(
            0.012, place, text, transform=across, va="center", fontsize=size,
            fontweight="bold" if kind == "who" else "normal",
        )  # fmt: skip
        axes.add_patch(band)
        # A heading runs over the whole figure and must not make the plot narrower.
        for part in (band, heading):
            part.set_in_layout(False)
    axes.set_yticks(range(len(rows)), [answer for _, _, answer in rows], fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
