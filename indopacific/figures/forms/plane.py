"""A plane of two levels that move each other: lines of rest, the pull at each point, and a path."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from indopacific.figures import style
from indopacific.figures.forms.labels import key

ARROWS = 9  # across and up


class Plane:
    """A square of two levels from 0 to `reach`, on which a system moves.

    Parameters
    ----------
    axes : Axes
    reach : float
    lines : (str, str)
        What the two lines of rest are called.
    even : str
        What the line from the corner means, on which both sides are as strong.
    """

    def __init__(self, axes: Axes, reach: float, lines: tuple[str, str], even: str) -> None:
        axes.set(xlim=(0, reach), ylim=(0, reach))
        axes.grid(visible=False)
        steps = (np.arange(ARROWS) + 0.5) * reach / ARROWS
        self.x, self.y = np.meshgrid(steps, steps)
        self._reach = reach
        self._pull = axes.quiver(
            self.x, self.y, self.x, self.y, color="#8b98a4", pivot="mid", angles="xy",
            scale_units="xy", scale=ARROWS * 1.4 / reach, width=0.006, zorder=0.8, animated=True,
        )  # fmt: skip
        looks: Any = (
            {"color": style.BLUE, "linestyle": "-"},
            {"color": style.ORANGE, "linestyle": (0, (5, 2))},
        )
        self._rest = [
            axes.plot([], [], linewidth=2, animated=True, zorder=1.5, **look)[0] for look in looks
        ]
        (self._even,) = axes.plot(
            [], [], color=style.QUIET, linestyle=(0, (1, 2)), animated=True, zorder=1.2
        )
        (self._path,) = axes.plot([], [], color=style.INK, linewidth=2.6, animated=True, zorder=2)
        hollow: dict[str, Any] = {"markerfacecolor": "white", "markeredgewidth": 2}
        (self._start,) = axes.plot(
            [], [], "s", color=style.INK, markersize=7, animated=True, zorder=2.2, **hollow
        )
        (self._end,) = axes.plot(
            [], [], "o", color=style.INK, markersize=9, animated=True, zorder=2.3
        )
        self._on = axes.annotate(
            "", (0, 0), (0, 0), arrowprops={"arrowstyle": "-|>", "color": style.INK, "lw": 2.6},
            animated=True, zorder=2.4,
        )  # fmt: skip
        (begin, end) = (Line2D([], [], linestyle="none", color=style.INK, marker=m) for m in "so")
        begin.set(**hollow)
        entries: list[Any] = [*zip(self._rest, lines, strict=True), (self._even, even)]
        entries += [(self._path, "the path"), (begin, "start"), (end, "balance")]
        key(axes, entries, columns=2)

    def move(
        self,
        pull: tuple[np.ndarray, np.ndarray],
        rest: tuple[np.ndarray, np.ndarray, np.ndarray],
        path: tuple[np.ndarray, np.ndarray],
        even: float,
        balance: tuple[float, float] | None,
    ) -> None:
        """Show another system.

        Parameters
        ----------
        pull : (ndarray, ndarray)
            How fast both levels change at `x` and `y`; only directions are drawn.
        rest : (ndarray, ndarray, ndarray)
            Places on the x axis, and the heights of both lines of rest there.
        path : (ndarray, ndarray)
            From its start; it may lead out of the square, where an arrow says so.
        even : float
            The slope of the line on which both sides are as strong.
        balance : (float, float), optional
        """
        length = np.hypot(*pull)
        length[length == 0] = 1
        self._pull.set_UVC(pull[0] / length, pull[1] / length)
        along, *heights = rest
        for line, height in zip(self._rest, heights, strict=True):
            line.set_data(along, height)
        self._even.set_data([0, self._reach], [0, even * self._reach])
        x, y = path
        inside = (x <= self._reach) & (y <= self._reach)
        last = len(x) if inside.all() else int(np.argmin(inside))
        self._path.set_data(x[:last], y[:last])
        self._start.set_data(x[:1], y[:1])
        self._end.set_data(*([[], []] if balance is None else [[balance[0]], [balance[1]]]))
        leaves = 0 < last < len(x)
        self._on.set_visible(leaves)
        if leaves:
            one, other = (x[last - 1], y[last - 1]), (x[last], y[last])
            share = min(
                (self._reach - a) / (b - a) for a, b in zip(one, other, strict=True) if b > a
            )
            tip = tuple(a + min(share, 1.0) * (b - a) for a, b in zip(one, other, strict=True))
            self._on.xy, self._on.xyann = tip, (float(one[0]), float(one[1]))
