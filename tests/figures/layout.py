"""Is a figure readable: texts on the canvas, apart, in contrast; and in grey?"""

import itertools

import numpy as np
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

_TOUCH = 1.0  # pixels by which two boxes may meet: glyphs do not fill their boxes
_CONTRAST = 4.5  # of text against what lies behind it (WCAG 2, level AA)
_DARK = 3.0  # what contrasts less with a text hides it; lines of the grid are paler
_CROSSED = 0.06  # share of a text's box in which something dark may lie
_GREYS = 1.4  # contrast from which two areas are told apart without colour


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
    """Return, in words, all that is hard to read: place, contrast, and meaning by colour alone."""
    return [*_misplaced(figure), *_hard_to_read(figure), *_told_by_colour_alone(figure)]


def contrast(one: object, other: object) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(to_rgb(one)), _luminance(to_rgb(other))), reverse=True)
    return float((light + 0.05) / (dark + 0.05))


def _misplaced(figure: Figure) -> list[str]:
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


def _hard_to_read(figure: Figure) -> list[str]:
    """Look at the figure without its texts: what lies where they will stand?"""
    canvas = FigureCanvasAgg(figure)
    found = texts(figure)
    canvas.draw()
    boxes = [each.get_window_extent(canvas.get_renderer()) for each in found]
    looks = [each.get_alpha() for each in found]
    for each in found:
        each.set_alpha(0)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[::-1, :, :3] / 255
    for each, look in zip(found, looks, strict=True):
        each.set_alpha(look)
    weak = []
    for each, box in zip(found, boxes, strict=True):
        behind = pixels[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1)]
        behind = behind.reshape(-1, 3)
        if not len(behind):
            continue
        against = _contrasts(each.get_color(), behind)
        if np.median(against) < _CONTRAST:
            weak.append(f"{each.get_text()!r} has a contrast of {np.median(against):.1f}")
        elif np.mean(against < _DARK) > _CROSSED:
            weak.append(f"something dark lies behind {each.get_text()!r}")
    return weak


def _told_by_colour_alone(figure: Figure) -> list[str]:
    """Name pairs of looks in one axes that differ in nothing but colour."""
    alike = []
    for axes in figure.axes:
        for looks in (_lines(axes), _areas(axes)):
            for (one, a), (other, b) in itertools.combinations(sorted(looks), 2):
                if one != other and a == b and contrast(one, other) < _GREYS:
                    alike.append(f"only colour tells {one} from {other}")
    return alike


def _lines(axes) -> set[tuple[str, str]]:
    lines = [line for line in axes.lines if len(line.get_xdata()) and line.get_visible()]
    return {
        (
            to_hex(line.get_color()),
            f"{line.get_marker()} {line._unscaled_dash_pattern} "
            f"{to_hex(line.get_markerfacecolor()) == '#ffffff'}",
        )
        for line in lines
        if line.get_marker() not in ("", "None", None) or line.get_linestyle() != "None"
    }


def _areas(axes) -> set[tuple[str, str]]:
    filled = [patch for patch in axes.patches if patch.get_fill() and patch.get_facecolor()[3] > 0]
    found = {
        (to_hex(patch.get_facecolor()), f"{patch.get_hatch()} {patch.get_linestyle()}")
        for patch in filled
        if patch.get_window_extent().height > 0
    }
    bands = [each for each in axes.collections if isinstance(each, PolyCollection)]
    return found | {(to_hex(each.get_facecolor()[0]), f"{each.get_hatch()} -") for each in bands}


def _contrasts(ink: object, behind: np.ndarray) -> np.ndarray:
    text, other = _luminance(np.array(to_rgb(ink))), _luminance(behind)
    return (np.maximum(text, other) + 0.05) / (np.minimum(text, other) + 0.05)


def _luminance(colour: object) -> np.ndarray:
    colour = np.asarray(colour)
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
