"""Is everything that a figure writes readable: on the canvas, and no text over another?"""

import itertools

from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

_TOUCH = 1.0  # pixels by which two boxes may meet: glyphs do not fill their boxes


def texts(figure: Figure) -> list[Text]:
    """Return every text that is seen: ticks outside the limits of their axis are not."""
    found = list(figure.texts)
    for axes in figure.axes:
        found += [*axes.texts, axes.title, axes._left_title, axes._right_title]
        legend = axes.get_legend()
        found += legend.get_texts() if legend else []
        for axis in (axes.xaxis, axes.yaxis):
            found += [axis.label, *_tick_labels(axis)]
    return [each for each in found if each.get_visible() and each.get_text().strip()]


def _tick_labels(axis: Axis) -> list[Text]:
    low, high = sorted(axis.get_view_interval())
    slack = (high - low) * 1e-6
    return [
        tick.label1
        for tick in axis.get_major_ticks()
        if low - slack <= tick.get_loc() <= high + slack and tick.label1.get_visible()
    ]


def faults(figure: Figure) -> list[str]:
    """Return, in words, each text that leaves the canvas and each pair that overlaps."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    boxes = [(each.get_text(), each.get_window_extent(renderer)) for each in texts(figure)]
    width, height = figure.bbox.width, figure.bbox.height
    outside = [
        f"{text!r} leaves the canvas"
        for text, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]
    meeting = [
        f"{one!r} overlaps {other!r}"
        for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > _TOUCH and min(a.y1, b.y1) - max(a.y0, b.y0) > _TOUCH
    ]
    return outside + meeting
