"""Labels that find their place: none over another, none over the edge, none too small to read.

Forms say how a text is to be settled (`beside`, `above`, `within`, `key`); `settle` does it when
all is drawn, because only then is it known how large everything is.
"""

from __future__ import annotations

import math
import textwrap
import weakref
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import Bbox

SIZE = 9.0
SMALLEST = 6.5
_MARGIN = 3  # points between a label and the edge of its axes
_KEY_CHARACTERS = 70  # of a key that stands in one line

_BESIDE: weakref.WeakSet[Text] = weakref.WeakSet()
_ABOVE: weakref.WeakSet[Text] = weakref.WeakSet()
_WITHIN: weakref.WeakKeyDictionary[Text, tuple[float, float]] = weakref.WeakKeyDictionary()


def beside(axes: Axes, x: float, y: float, text: str, **look: Any) -> Text:
    """Write to the right of a point; labels that meet are moved apart, and the axis grows."""
    label = _write(axes, x, y, text, (9, 0), va="center", **look)
    _BESIDE.add(label)
    return label


def above(axes: Axes, x: float, y: float, text: str, *, room: float, **look: Any) -> Text:
    """Write above a point, no wider than `room` in units of the x axis; the axis grows."""
    label = _write(axes, x, y, text, (0, 4), ha="center", va="bottom", **look)
    _ABOVE.add(label)
    _WITHIN[label] = (room, math.inf)
    return label


def within(
    axes: Axes, x: float, y: float, text: str, *, room: tuple[float, float], **look: Any
) -> Text:
    """Write on a point, no wider and no higher than `room` in units of the two axes."""
    label = _write(axes, x, y, text, (0, 0), ha="center", va="center", **look)
    _WITHIN[label] = room
    return label


def key(axes: Axes, entries: list[tuple[Artist, str]], *, columns: int | None = None) -> None:
    """Say over the axes what marks mean: it never covers what is drawn.

    Without a number of columns the entries stand in one row, if they fit, or else one a row.
    """
    if not entries:
        return
    handles, said = zip(*entries, strict=True)
    if columns is None:
        columns = len(said) if sum(map(len, said)) <= _KEY_CHARACTERS else 1
    axes.legend(
        handles,
        said,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        fontsize=SIZE,
        borderaxespad=0.2,
        borderpad=0.2,
        columnspacing=1.2,
        handlelength=1.7,
    )


def row_size(axes: Axes, names: list[str]) -> float:
    """Return the size of type in which every name has a row of its own.

    Raises
    ------
    ValueError
        When there are too many.
    """
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    height = axes.get_position().height * figure.get_figheight() * 72
    lines = max(name.count("\n") + 1 for name in names)
    size = min(SIZE, height / len(names) / (1.3 * lines))
    if size < SMALLEST:
        raise ValueError(f"{len(names)} rows of {lines} lines are too many for this figure.")
    return size


def settle(figure: Figure) -> None:
    """Give every label its place.

    Raises
    ------
    ValueError
        When a text cannot be made to fit.
    """
    figure.draw_without_rendering()
    for axes in figure.axes:
        _lift_title(axes)
        _fit_names(axes)
        for text in axes.texts:
            if text in _WITHIN:
                width, height = _WITHIN[text]
                tall = _pixels(axes, height, "y") if math.isfinite(height) else height
                _fit(text, _pixels(axes, width), tall)
    # An axis that grows brings its labels nearer to one another, so look again.
    for _ in range(3):
        figure.draw_without_rendering()
        grown = [_grow(axes) for axes in figure.axes]
        for axes in figure.axes:
            _part([text for text in axes.texts if text in _BESIDE], axes)
        if not any(grown):
            break


def _write(
    axes: Axes, x: float, y: float, text: str, offset: tuple[float, float], **look: Any
) -> Text:
    return axes.annotate(
        text,
        (x, y),
        offset,
        textcoords="offset points",
        annotation_clip=False,
        **{"fontsize": SIZE, **look},
    )


def _lift_title(axes: Axes) -> None:
    legend, title = axes.get_legend(), axes._left_title  # type: ignore[attr-defined]
    if legend is not None and title.get_text():
        height = legend.get_window_extent().height
        axes.set_title(
            title.get_text(),
            loc="left",
            fontsize=title.get_fontsize(),
            pad=8 + height * 72 / axes.figure.dpi,
        )


def _fit_names(axes: Axes) -> None:
    """Wrap or shrink the names under a row of categories, which have fixed places."""
    if not isinstance(axes.xaxis.get_major_locator(), FixedLocator):
        return
    places = axes.get_xticks()
    names = [tick.label1 for tick in axes.xaxis.get_major_ticks()]
    if len(places) < 2 or not all(name.get_text() for name in names):
        return
    room = _pixels(axes, min(b - a for a, b in pairwise(places)))
    for name in names:
        _fit(name, 0.97 * room)
    smallest = min(name.get_fontsize() for name in names)
    axes.set_xticks(places, [name.get_text() for name in names], fontsize=smallest)


def _fit(text: Text, width: float, height: float = math.inf) -> None:
    """Wrap a text, or make it smaller, until it fits into so many pixels."""
    whole, size = " ".join(text.get_text().split()), float(text.get_fontsize())
    if _fits(text, width, height):
        return
    while size >= SMALLEST:
        text.set_fontsize(size)
        for lines in (1, 2, 3):
            text.set_text("\n".join(_wrapped(whole, lines)))
            if _fits(text, width, height):
                return
        size -= 0.5
    raise ValueError(f"No room for the label {whole!r}: shorten it, or show fewer at once.")


def _fits(text: Text, width: float, height: float) -> bool:
    box = text.get_window_extent()
    return box.width <= width and box.height <= height


def _wrapped(text: str, lines: int) -> list[str]:
    width = -(-len(text) // lines)
    while len(textwrap.wrap(text, width, break_long_words=False)) > lines:
        width += 1
    return textwrap.wrap(text, width, break_long_words=False)


def _grow(axes: Axes) -> bool:
    """Let an axis reach so far that its labels end inside; say whether it had to."""
    margin = _MARGIN * axes.figure.dpi / 72
    grown = False
    for which, chosen in (("x", _BESIDE), ("y", _ABOVE)):
        limits: Any = getattr(axes, f"get_{which}lim")()
        low, high = limits
        wanted = high
        for text in axes.texts:
            if text in chosen:
                point = text.xy["xy".index(which)]  # type: ignore[attr-defined]
                wanted = max(wanted, _limit(axes, text, which, point, low, margin))
        if wanted > high + 1e-9 * (high - low):
            grown = True
            ticks = [tick for tick in getattr(axes, f"get_{which}ticks")() if low <= tick <= high]
            getattr(axes, f"set_{which}lim")(low, wanted)
            if which == "x":
                axes.set_xticks(ticks)
    return grown


def _limit(axes: Axes, text: Text, which: str, point: float, low: float, margin: float) -> float:
    """Return how far an axis must reach for a label behind a point to end inside."""
    box, frame = text.get_window_extent(), axes.get_window_extent()
    end, length = (box.x1, frame.width) if which == "x" else (box.y1, frame.height)
    anchor = axes.transData.transform((point, point))["xy".index(which)]
    share = (length - (end - anchor) - margin) / length
    if share < 0.25:
        raise ValueError(f"No room for the label {text.get_text()!r}: shorten it.")
    return low + (point - low) / share


def _part(labels: list[Text], axes: Axes) -> None:
    """Move labels beside one another's height up and down until none meets the next."""
    frame = axes.get_window_extent()
    low = frame.y0
    for label, box in _from_below(labels):
        _shift(label, max(0.0, low - box.y0))
        low = max(low, box.y0) + box.height
    high = frame.y1 + 2 * _MARGIN
    for label, box in reversed(list(_from_below(labels))):
        _shift(label, min(0.0, high - box.y1))
        high = min(high, box.y1) - box.height


def _from_below(labels: list[Text]) -> Iterator[tuple[Text, Bbox]]:
    boxes = [(label, label.get_window_extent()) for label in labels]
    yield from sorted(boxes, key=lambda pair: pair[1].y0)


def _shift(label: Text, pixels: float) -> None:
    if pixels:
        x, y = label.xyann  # type: ignore[attr-defined]
        label.xyann = (x, y + pixels * 72 / label.figure.dpi)  # type: ignore[attr-defined]


def _pixels(axes: Axes, span: float, which: str = "x") -> float:
    start, end = axes.transData.transform([(0, 0), (span, span)])
    return float(abs(end - start)["xy".index(which)])
