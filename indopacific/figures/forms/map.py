"""A map with the Pacific and the Atlantic both whole: land, areas of the sea, and marked places.

Longitude runs across and latitude up, each in equal steps, so that a line of latitude is straight.
The map is cut through Asia at `CUT`, where neither ocean lies.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from indopacific.figures import style
from indopacific.figures.forms.canvas import bare
from indopacific.figures.forms.labels import key
from indopacific.geometry import cut

CUT = 62.0
"""Degrees east at which the map begins and ends."""

SOUTH, NORTH = -58.0, 84.0
LAND = "#aab4bd"

AREAS: dict[str, dict[str, Any]] = {
    "counts": {"facecolor": style.BAND, "edgecolor": "none"},
    "open": {"facecolor": "white", "edgecolor": style.QUIET, "hatch": "////", "linewidth": 0},
}
"""How an area of the sea is filled."""

MARKS: tuple[dict[str, Any], ...] = (
    {"marker": "o", "markerfacecolor": style.BLUE, "markeredgecolor": "white", "markersize": 6.5},
    {"marker": "X", "markerfacecolor": "white", "markeredgecolor": style.ORANGE, "markersize": 7},
    {"marker": "D", "markerfacecolor": "#e7b800", "markeredgecolor": style.INK, "markersize": 6},
)
"""One mark for each group of places; they differ in shape and fill as well as in colour."""

STRETCH = 1 / math.cos(math.radians(35))  # degrees of latitude are drawn this much larger
_SIZE = 7.5
_AROUND = ((1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1))
_HALO = withStroke(linewidth=2.2, foreground="white")  # over coasts and hatches
_GAP = 5.0  # points between a mark and its name


@dataclass(frozen=True)
class Marked:
    """A place on the map: which of the groups it belongs to, and whether it bears its name."""

    name: str
    longitude: float
    latitude: float
    group: str
    named: bool


@dataclass(frozen=True)
class Line:
    """A stretch of a line of latitude, and what it means."""

    name: str
    latitude: float
    west: float
    east: float


def across(longitude: float) -> float:
    """Return where a longitude lies on the map's x axis, from `CUT` eastward round the world."""
    return (longitude - CUT) % 360 + CUT


def world_map(
    axes: Axes,
    land: Sequence[np.ndarray],
    places: Sequence[Marked],
    *,
    groups: Sequence[str],
    areas: Sequence[tuple[str, Sequence[tuple[float, float]]]] = (),
    area_names: Mapping[str, str] | None = None,
    line: Line | None = None,
) -> None:
    """Draw the map.

    Parameters
    ----------
    axes : Axes
    land : sequence of ndarray
        Outlines, as ``geometry.rings(load("land"))`` gives them.
    places : sequence of Marked
        Names that find no room are left out; those first in order find it first.
    groups : sequence of str
        At most three, in the order of `MARKS`; they stand in the key.
    areas : sequence of (kind, outline)
        Areas of the sea, from below, each of a kind in `AREAS`; land lies over them.
    area_names : mapping of kind to str
        What the kinds mean, for the key.
    line : Line, optional
    """
    bare(axes)
    axes.set(xlim=(CUT, CUT + 360), ylim=(SOUTH, NORTH), xticks=[], yticks=[])
    axes.set_aspect(STRETCH)
    for kind, outline in areas:
        axes.add_patch(PathPatch(_path([outline]), **AREAS[kind], zorder=0.5))
    # One path for all land: a hole, such as the Caspian Sea, stays open.
    axes.add_patch(PathPatch(_path(land), facecolor=LAND, edgecolor=LAND, linewidth=0.4, zorder=1))
    entries: list[Any] = []
    for group, look in zip(groups, MARKS, strict=False):
        own = [each for each in places if each.group == group]
        x, y = [across(each.longitude) for each in own], [each.latitude for each in own]
        (marks,) = axes.plot(x, y, linestyle="none", zorder=3, **look)
        entries.append((marks, f"{group} ({len(own)})"))
    if line is not None:
        ends = [across(line.west), across(line.east)]
        look = {"color": style.INK, "linestyle": (0, (4, 2)), "linewidth": 1.8}
        (drawn,) = axes.plot(ends, [line.latitude] * 2, **look, zorder=2)
        entries.append((drawn, line.name))
    for kind, meaning in (area_names or {}).items():
        entries.append((Patch(**{**AREAS[kind], "edgecolor": style.QUIET}), meaning))
    key(axes, entries, columns=3)
    _name(axes, places, line)


def _path(outlines: Sequence[Any]) -> Path:
    """Return outlines as one path, cut and moved so that they lie from `CUT` eastward."""
    corners, codes = [], []
    for outline in outlines:
        for turn in (0.0, 360.0):
            part = cut([(x + turn, y) for x, y in outline], CUT, CUT + 360)
            if len(part) > 2:
                corners += [*part, part[0]]
                codes += [Path.MOVETO, *[Path.LINETO] * (len(part) - 1), Path.CLOSEPOLY]
    return Path(corners, codes)


def _name(axes: Axes, places: Sequence[Marked], line: Line | None) -> None:
    """Write names beside their marks, each on the first side where it meets nothing."""
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    figure.draw_without_rendering()
    pixel = figure.dpi / 72
    marks = [axes.transData.transform((across(each.longitude), each.latitude)) for each in places]
    taken = [Bbox.from_bounds(x - 3 * pixel, y - 3 * pixel, 6 * pixel, 6 * pixel) for x, y in marks]
    if line is not None:
        ends = [(across(line.west), line.latitude), (across(line.east), line.latitude)]
        west, east = axes.transData.transform(ends)
        taken.append(Bbox([west, east]).padded(2 * pixel))
    frame = axes.get_window_extent()
    for each in places:
        if not each.named:
            continue
        for right, up in _AROUND:
            text = _beside(axes, each, right, up)
            box = text.get_window_extent().padded(1.5 * pixel)
            within = frame.x0 <= box.x0 and box.x1 <= frame.x1
            within = within and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if within and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def _beside(axes: Axes, place: Marked, right: int, up: int) -> Text:
    return axes.annotate(
        place.name,
        (across(place.longitude), place.latitude),
        (right * _GAP, up * _GAP),
        textcoords="offset points",
        ha={1: "left", 0: "center", -1: "right"}[right],
        va={1: "bottom", 0: "center", -1: "top"}[up],
        fontsize=_SIZE,
        annotation_clip=False,
        path_effects=[_HALO],
        zorder=4,
    )
