"""Running text in which single words look different: under a heading, wrapped at the edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from indopacific.figures import style
from indopacific.figures.forms.labels import SMALLEST

_LARGEST = 15.0
_LEADING = 1.75  # height of a line, in sizes of the type
_SPACE = 0.33  # width of a space, in sizes of the type
_RULE: dict[str, Any] = {
    "color": style.QUIET,
    "linewidth": 0.8,
    "solid_capstyle": "butt",
    "zorder": 1,
}

Paragraph = tuple[str, Sequence[tuple[str, str]]]


def flow(axes: Axes, paragraphs: Sequence[Paragraph], *, looks: Mapping[str, Any]) -> None:
    """Write paragraphs from the top of an axes, as large as they fit.

    Parameters
    ----------
    axes : Axes
        Its frame and scales are taken away.
    paragraphs : sequence of (heading, pieces)
        Each piece is the name of a look and some words. A heading may be empty.
    looks : mapping of str to dict
        Text properties of each look; `rule` may be "under" or "through": a line that is seen
        without colour.

    Raises
    ------
    ValueError
        When there are too many words.
    """
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    axes.set_axis_off()
    box = axes.get_window_extent()
    points = 72 / figure.dpi
    width, height = box.width * points, box.height * points
    axes.set(xlim=(0, width), ylim=(-height, 0))
    size = _LARGEST
    while size >= SMALLEST:
        if _write(axes, paragraphs, looks, size, width) <= height:
            return
        for artist in [*axes.texts, *axes.lines]:
            artist.remove()
        size -= 0.5
    raise ValueError("There are too many words for this figure: show fewer steps at once.")


def _write(
    axes: Axes, paragraphs: Sequence[Paragraph], looks: Mapping[str, Any], size: float, width: float
) -> float:
    """Write everything in one size; return how much of the height that takes."""
    x, y, leading = 0.0, 0.0, _LEADING * size
    for heading, pieces in paragraphs:
        if heading:
            axes.text(0, y - leading, heading, fontsize=size, fontweight="bold", color=style.INK)
            y -= leading
        x, y = 0.0, y - leading
        for look, words in pieces:
            wanted = {**looks[look]}
            rule = wanted.pop("rule", None)
            start = None
            for word in words.split():
                text = axes.text(x, y, word, fontsize=size, zorder=3, **wanted)
                length = _width(axes, text)
                if x > 0 and x + length > width:
                    _rule(axes, rule, start, x - _SPACE * size, y, size)
                    start, x, y = None, 0.0, y - leading
                    text.set_position((x, y))
                start = x if start is None else start
                x += length + _SPACE * size
            _rule(axes, rule, start, x - _SPACE * size, y, size)
        y -= 0.5 * size
    return -y


def _rule(
    axes: Axes,
    rule: str | None,
    start: float | None,
    end: float,
    y: float,
    size: float,
) -> None:
    if rule is None or start is None:
        return
    height = y + {"under": -0.28, "through": 0.27}[rule] * size
    axes.plot([start, end], [height, height], **_RULE)


def _width(axes: Axes, text: Any) -> float:
    return float(text.get_window_extent().width * 72 / axes.figure.dpi)
