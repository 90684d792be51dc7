"""A decision tree from left to right, with values at its nodes and a path that is played."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes

from indopacific.figures import style
from indopacific.figures.forms.canvas import bare

_SHAPES = ("o", "s", "^", "D")
_PLAIN: dict[str, Any] = {"color": style.QUIET, "linewidth": 1.2, "linestyle": (0, (3, 2))}
_CHOSEN: dict[str, Any] = {"color": style.INK, "linewidth": 2.4, "linestyle": "-"}
_PLAYED: dict[str, Any] = {"color": style.ORANGE, "linewidth": 5.0, "linestyle": "-"}
_ON_LINE: dict[str, Any] = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}


class DecisionTree:
    """A tree whose nodes have fixed places.

    Parameters
    ----------
    axes : Axes
    places : mapping of key to (x, y)
        x counts the moves from 0 at the start; every end stands at the largest x.
    branches : sequence of (parent, child, label)
    movers : mapping of key to str
        Who moves, or "" at an end. Each mover gets a shape.
    columns : (str, str)
        Whose payoffs stand behind the ends.
    changing : collection of str
        Movers whose branches get other labels in `move`, such as a chance with its probability.
    """

    def __init__(
        self,
        axes: Axes,
        places: Mapping[str, tuple[float, float]],
        branches: Sequence[tuple[str, str, str]],
        movers: Mapping[str, str],
        *,
        columns: tuple[str, str],
        changing: Collection[str] = (),
    ) -> None:
        bare(axes)
        last = max(x for x, _ in places.values())
        top = max(y for _, y in places.values())
        axes.set(xlim=(-0.25, last + 1.1), ylim=(-0.6, top + 0.9), xticks=[], yticks=[])
        self._branches, self._labels = {}, {}
        for parent, child, label in branches:
            (x0, y0), (x1, y1) = places[parent], places[child]
            self._branches[parent, child] = axes.plot(
                [x0, x1], [y0, y1], animated=True, zorder=1, **_PLAIN
            )[0]
            share = 0.38 if x1 - x0 > 1.5 else 0.5 if x0 == 0 else 0.62
            x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
            # Off the line, so that a heavy line never covers it, on the side away from the other.
            up = y1 > y0
            self._labels[parent, child] = axes.text(
                x,
                y + (0.16 if up else -0.16),
                label,
                ha="right" if x0 == 0 else "center",
                va="bottom" if up else "top",
                fontsize=9,
                zorder=2,
                animated=movers[parent] in changing,
            )
        shapes = dict(zip(dict.fromkeys(filter(None, movers.values())), _SHAPES, strict=False))
        self._values: dict[str, tuple[Any, ...]] = {}
        for node, (x, y) in places.items():
            mover = movers[node]
            if mover:
                axes.plot(x, y, shapes[mover], color=style.INK, markersize=9, zorder=3)
                axes.text(
                    x, y + 0.2, mover, ha="center", va="bottom", fontweight="bold", fontsize=9,
                    bbox=_ON_LINE, zorder=2.5,
                )  # fmt: skip
                self._values[node] = (
                    axes.text(
                        x, y - 0.2, "", ha="center", va="top", fontsize=9, bbox=_ON_LINE,
                        animated=True, zorder=2.5,
                    ),
                )  # fmt: skip
            else:
                self._values[node] = tuple(
                    axes.text(
                        last + shift, y, "", ha="right", va="center", fontsize=9.5, animated=True
                    )
                    for shift in (0.48, 1.03)
                )
        for shift, name in zip((0.48, 1.03), columns, strict=True):
            axes.text(last + shift, top + 0.55, name, ha="right", fontsize=9, fontweight="bold")

    def move(
        self,
        *,
        labels: Mapping[tuple[str, str], str],
        ends: Mapping[str, tuple[str, str]],
        values: Mapping[str, str],
        chosen: Collection[tuple[str, str]],
        played: Collection[tuple[str, str]],
    ) -> None:
        """Show other numbers and choices.

        Parameters
        ----------
        labels : mapping of (parent, child) to str
            Of the movers that change.
        ends : mapping of key to (str, str)
            The payoffs at the ends.
        values : mapping of key to str
            What stands under the other nodes; a node that is not settled yet has none.
        chosen, played : collection of (parent, child)
            Branches that a mover prefers, and those of the path that is played.
        """
        for branch, line in self._branches.items():
            line.set(**(_PLAYED if branch in played else _CHOSEN if branch in chosen else _PLAIN))
            if branch in labels:
                self._labels[branch].set_text(labels[branch])
        for node, texts in self._values.items():
            said = ends[node] if node in ends else (values.get(node, ""),)
            for text, one in zip(texts, said, strict=True):
                text.set_text(one)
                text.set_visible(bool(one))
