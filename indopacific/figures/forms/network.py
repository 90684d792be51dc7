"""A network of two kinds of node: meetings in the middle, those who take part on both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from indopacific.figures import style
from indopacific.figures.forms.canvas import bare
from indopacific.figures.forms.labels import key, row_size

_LOOKS: tuple[dict[str, Any], ...] = (
    {"color": style.BLUE, "linestyle": "-", "marker": "o"},
    {"color": style.INK, "linestyle": (0, (6, 2)), "marker": "s"},
    {"color": style.ORANGE, "linestyle": (0, (4, 1.5)), "marker": "^"},
    {"color": style.QUIET, "linestyle": (0, (1, 1.5)), "marker": "D"},
)
_LEFT, _RIGHT = 0.0, 1.0
_FROM, _MIDDLE, _TO = 0.29, 0.5, 0.71  # lines reach the column of meetings before their names


def network(
    axes: Axes,
    meetings: Mapping[str, bool],
    members: Mapping[str, Sequence[str]],
    groups: Mapping[str, str],
    *,
    sides: tuple[Sequence[str], Sequence[str]],
    whole: str,
    part: str,
) -> None:
    """Draw who took part in which meetings.

    Parameters
    ----------
    axes : Axes
    meetings : mapping of name to bool
        From above; whether all who took part are known.
    members : mapping of name to sequence of str
        For each participant the meetings, so that one with few is drawn as far as one with many.
    groups : mapping of name to str
        The group of each participant, at most four.
    sides : (sequence of str, sequence of str)
        The groups on the left and on the right, from above. Within a group those stand highest
        whose meetings do, so that few lines cross; the same input gives the same picture.
    whole, part : str
        What a full and a hollow mark of a meeting mean, for the key.
    """
    bare(axes)
    rows = dict(zip(meetings, np.linspace(1, 0, len(meetings)), strict=True))
    looks = dict(zip((*sides[0], *sides[1]), _LOOKS, strict=False))
    entries: list[Any] = []
    for own, x, edge, align in (
        (sides[0], _LEFT, _FROM, "right"),
        (sides[1], _RIGHT, _TO, "left"),
    ):
        order = _ordered(members, groups, own, rows)
        size = row_size(axes, order)
        for name, y in zip(order, np.linspace(1, 0, len(order)), strict=True):
            look = looks[groups[name]]
            for meeting in members[name]:
                line = {"color": look["color"], "linestyle": look["linestyle"], "linewidth": 1.1}
                height = rows[meeting]
                axes.plot([x, edge], [y, height], zorder=1, **line)
                stub: dict[str, Any] = {"color": style.INK, "linestyle": "-", "linewidth": 1.1}
                axes.plot([edge, _MIDDLE], [height, height], zorder=0.9, **stub)
            axes.plot(x, y, look["marker"], color=look["color"], markersize=5, zorder=2)
            axes.annotate(
                f"{name} ({len(members[name])})", (x, y), (-7 if x == _LEFT else 7, 0),
                textcoords="offset points", ha=align, va="center", fontsize=size,
                annotation_clip=False,
            )  # fmt: skip
        entries += [(Line2D([], [], markersize=5, **looks[group]), group) for group in own]
    box = {"boxstyle": "round,pad=0.25", "linewidth": 1.1}
    for name, known in meetings.items():
        look = {"facecolor": style.BAND if known else "white"}
        look |= {"edgecolor": style.INK, "linestyle": "-" if known else (0, (2, 2))}
        axes.text(
            _MIDDLE,
            rows[name],
            name,
            ha="center",
            va="center",
            fontsize=7.5,
            bbox=box | look,
            zorder=3,
        )
    for meaning, known in ((whole, True), (part, False)):
        mark = Line2D(
            [], [], linestyle="none", marker="s", markersize=9, markeredgecolor=style.INK,
            markerfacecolor=style.BAND if known else "white",
        )  # fmt: skip
        entries.append((mark, meaning))
    axes.set(xlim=(-0.3, 1.3), ylim=(-0.06, 1.06), xticks=[], yticks=[])
    key(axes, entries, columns=3)


def _ordered(
    members: Mapping[str, Sequence[str]],
    groups: Mapping[str, str],
    own: Sequence[str],
    rows: Mapping[str, float],
) -> list[str]:
    """Put participants in the order of the mean height of their meetings, group by group."""
    found: list[str] = []
    for group in own:
        inside = [name for name in members if groups[name] == group]
        found += sorted(
            inside, key=lambda name: (-np.mean([rows[each] for each in members[name]]), name)
        )
    return found
