"""The figure of lesson 03 that an explorer keeps: the plane of both arms levels, and their course.

It shows what follows from invented numbers, and is no forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from indopacific.figures import forms
from indopacific.figures.easel import kept
from indopacific.figures.wording import sentence
from indopacific.figures.words import Words
from indopacific.models import partnerships as model

SOURCE = "the course's own version of Richardson's equations; every number in it is illustrative"
PARTNERS, NEIGHBOUR = "partners", "neighbour"
# Few, because a picture with another scale is built anew.
_REACHES = (1, 3, 10, 30, 100, 300, 1000, 10_000)
_DECADES = 3  # by which the scale of tens grows
_SPIRAL = 10.0  # how much of the plane is shown where nothing settles


@dataclass(frozen=True, kw_only=True)
class Spiral:
    """One setting with everything that its picture shows.

    Attributes
    ----------
    setting : Parameters
    here, without, unprovoked : Outcome
        At this depth; without a partnership; and at this depth if nobody were provoked.
    start : (float, float)
        Where the path begins: the balance without a partnership, or no arms if there is none.
    times, x, y : ndarray
        The path.
    """

    setting: model.Parameters
    here: model.Outcome
    without: model.Outcome
    unprovoked: model.Outcome
    start: tuple[float, float]
    times: np.ndarray
    x: np.ndarray
    y: np.ndarray


def draw_spiral(shown: Spiral, figure: Figure) -> Words:
    """Draw the plane of both arms levels with its lines of rest, and both levels over time.

    Parameters
    ----------
    shown : Spiral
    figure : Figure
    """
    settles = bool(shown.here.stable)
    reach, top = _reach(shown, settles), _top(shown, settles)
    parts = kept(figure, lambda empty: _set_up(empty, reach, top, shown), key=(settles, reach, top))
    plane, setting = parts.plane, shown.setting
    along = np.array([0.0, reach])
    plane.move(
        model.pull(setting, plane.x, plane.y),
        (along, *model.nullclines(setting, along)),
        (shown.x, shown.y),
        1 + float(setting.mu) * float(setting.d),
        (float(shown.here.x), float(shown.here.y)) if settles else None,
    )
    parts.course.move(shown.times, {PARTNERS: _drawn(shown.x, settles), NEIGHBOUR: _drawn(
        shown.y, settles)})  # fmt: skip
    return _words(shown, settles)


def _unprovoked(setting: model.Parameters) -> str:
    if setting.psi:
        return "the reassurance takes all of the provocation away"
    return "nobody is provoked"


def _words(shown: Spiral, settles: bool) -> Words:
    here, setting = shown.here, shown.setting
    depth, critical = f"{float(setting.d):.2f}", float(here.critical)
    tips = (
        f"no depth tips the balance, because {_unprovoked(setting)}"
        if np.isinf(critical)
        else "there is no balance even without a partnership"
        if critical == 0
        else f"from a depth of {critical:.2f} on there is none"
    )
    end = f"at time {shown.times[-1]:g}"
    if settles:
        title = (
            f"At a depth of {depth} both levels settle: partners {level(here.x)}, "
            f"neighbour {level(here.y)}"
        )
        told = f"There is a balance; {tips}."
        if np.isfinite(shown.without.x) and float(setting.d):
            told += (
                f" Without a partnership it lies at {level(shown.without.x)} and "
                f"{level(shown.without.y)}"
            )
            told += (
                f"; if nobody were provoked, at {level(shown.unprovoked.x)} and "
                f"{level(shown.unprovoked.y)}."
                if np.isfinite(critical)
                else "."
            )
        if np.isfinite(here.ratio):
            told += f" The partners' share of effective arms is {share(here.ratio)}"
            told += (
                f", against {share(shown.without.ratio)} without."
                if np.isfinite(shown.without.ratio) and float(setting.d)
                else "."
            )
        told += f" All arms together are {level(here.total)}."
    elif here.state == model.EDGE:
        title = f"At a depth of {depth} there is no balance: both levels rise steadily"
        told = (
            "Costs and answers cancel out exactly, and the two lines of rest run side by side: "
            f"{tips}. {sentence(end)} the partners have {level(shown.x[-1])} and the "
            f"neighbour {level(shown.y[-1])}, and so on without end."
        )
    else:
        title = f"At a depth of {depth} there is no balance: both levels rise faster and faster"
        told = (
            f"The two lines of rest meet at no arms that could exist: {tips}. "
            f"{sentence(end)} the partners have {level(shown.x[-1])} and the neighbour "
            f"{level(shown.y[-1])}; on the right each step up is ten times the one before. In the "
            "world something would stop it, in the model nothing does."
        )
    rows = {
        "Depth of partnership": depth,
        "Critical depth": "none" if np.isinf(critical) else f"{critical:.2f}",
        "What becomes of it": model.STATES[str(here.state)],
        "Growth (larger eigenvalue)": f"{float(here.growth):z.3f}",
        "Neighbour's answer at this depth": f"{float(setting.answer):.2f}",
        "Partners, in balance": level(here.x),
        "Neighbour, in balance": level(here.y),
        "All arms, in balance": level(here.total),
        "Partners' share of effective arms": share(here.ratio),
        "Partners, without a partnership": level(shown.without.x),
        "Neighbour, without a partnership": level(shown.without.y),
        "Partners' share, without a partnership": share(shown.without.ratio),
        "Partners, if nobody were provoked": level(shown.unprovoked.x),
        "Neighbour, if nobody were provoked": level(shown.unprovoked.y),
        f"Partners, {end}": level(shown.x[-1]),
        f"Neighbour, {end}": level(shown.y[-1]),
    }
    return Words(
        title=title,
        reading=f"{told} These are the model's numbers, not a forecast.",
        table=pd.DataFrame({"What": list(rows), "Value": list(rows.values())}),
        source=SOURCE,
    )


def level(value: Any) -> str:
    """Write an arms level: two decimals, and from a thousand on none."""
    number = float(value)
    if not np.isfinite(number):
        return "no balance"
    if number >= 1e7:
        return f"{number:.1e}"
    return f"{number:,.0f}" if number >= 1000 else f"{number:.2f}"


def share(value: Any) -> str:
    """Write a share in percent."""
    return f"{100 * float(value):.0f}%" if np.isfinite(float(value)) else "not defined"


def _reach(shown: Spiral, settles: bool) -> float:
    """Return how much of the plane is shown: a round number, so that a drag seldom changes it."""
    if not settles:
        return max(_SPIRAL, float(_round_up(1.5 * max(shown.start))))
    return float(_round_up(1.15 * max(shown.here.x, shown.here.y, *shown.start)))


def _top(shown: Spiral, settles: bool) -> float:
    """Return how high the course of both levels is drawn: all of it, whatever it is."""
    most = float(max(shown.x.max(), shown.y.max()))
    if settles:
        return max(_reach(shown, settles), float(_round_up(most)))
    return float(10.0 ** (_DECADES * np.ceil(np.log10(max(most, 10.0)) / _DECADES)))


def _round_up(value: float) -> float:
    if value <= _REACHES[-1]:
        return next(each for each in _REACHES if value <= each)
    return float(10.0 ** np.ceil(np.log10(value)))


def _drawn(levels: np.ndarray, settles: bool) -> np.ndarray:
    # No arms have no place on a scale of tens.
    return levels if settles else np.where(levels > 0, levels, np.nan)


def _set_up(figure: Figure, reach: float, top: float, shown: Spiral) -> SimpleNamespace:
    settles = bool(shown.here.stable)
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    figure.subplots_adjust(left=0.09, right=0.975, top=0.8, bottom=0.12, wspace=0.3)
    left.set(xlabel="Partners' arms", ylabel="Neighbour's arms")
    plane = forms.Plane(left, reach, ("partners rest", "neighbour rests"), "equal effective arms")
    right.set(xlim=(0, shown.times[-1]), xlabel="Time", ylabel="Arms")
    if settles:
        right.set_ylim(0, top)
    else:
        right.set(yscale="log", ylim=(0.1, top), ylabel="Arms (each step: ten times)")
        decades = int(np.log10(top))
        every = -(-(decades + 1) // 6)
        right.set_yticks([10.0**power for power in range(-1, decades + 1, every)])
        right.minorticks_off()
    for axis in (left.xaxis, left.yaxis, right.yaxis):
        axis.set_major_formatter(FuncFormatter(_tick))
    return SimpleNamespace(plane=plane, course=forms.Curves(right, (PARTNERS, NEIGHBOUR)))


def _tick(value: float, _: int) -> str:
    if value >= 1e6:
        return f"1e{round(np.log10(value))}"
    return f"{value:,.0f}" if value >= 1000 else f"{value:g}"
