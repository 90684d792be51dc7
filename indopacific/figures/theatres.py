"""The figure of lesson 04 that an explorer keeps: one pool between two theatres.

It shows what follows from invented numbers, and is no forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms
from indopacific.figures.easel import kept
from indopacific.figures.words import Words
from indopacific.models import theatres as model

SOURCE = "the course's allocation model; every number in it is illustrative"
EUROPE, PACIFIC, BOTH = "Europe holds", "the Pacific holds", "both, by their values"
GOES, ODDS = "US pool to Europe", "attack on Taiwan succeeds"


@dataclass(frozen=True, kw_only=True)
class Division:
    """One setting with everything that its picture shows.

    Attributes
    ----------
    setting : Parameters
    found : Allocation
        At the best share.
    odds : Odds
    attack : float
        Probability of an attack in lesson 05 with these odds and a commitment of one half; not a
        number where its ranges do not reach so far.
    attack_before : float
        The same with lesson 05's own odds.
    shares, europe, pacific, worth : ndarray
        Over the share: what holds, and both weighed by their values.
    allies, goes, helped : ndarray
        Over the allies in Europe: the best share, and the odds of an attack across the Strait.
    """

    setting: model.Parameters
    found: model.Allocation
    odds: model.Odds
    attack: float
    attack_before: float
    shares: np.ndarray
    europe: np.ndarray
    pacific: np.ndarray
    worth: np.ndarray
    allies: np.ndarray
    goes: np.ndarray
    helped: np.ndarray


def draw_division(shown: Division, figure: Figure) -> Words:
    """Draw what each share of the pool does, and what more allies in Europe change.

    Parameters
    ----------
    shown : Division
    figure : Figure
    """
    parts = kept(figure, _set_up)
    lines = {EUROPE: shown.europe, PACIFIC: shown.pacific, BOTH: shown.worth}
    parts.over_share.move(
        100 * shown.shares, {name: 100 * line for name, line in lines.items()},
        at=100 * float(shown.found.share),
    )  # fmt: skip
    parts.over_allies.move(
        shown.allies,
        {GOES: 100 * shown.goes, ODDS: 100 * shown.helped},
        at=float(shown.setting.europe),
    )
    return _words(shown)


def _words(shown: Division) -> Words:
    found, setting = shown.found, shown.setting
    share = percent(found.share)
    title = {
        model.BOTH: f"{share} of the US pool goes to Europe",
        model.EUROPE: "The whole US pool goes to Europe",
        model.PACIFIC: "The whole US pool goes to the Pacific",
    }[str(found.where)]
    title += (
        f": Europe holds with {percent(found.hold_europe)}, "
        f"the Pacific with {percent(found.hold_pacific)}"
    )
    lowest, independent, highest = model.both_hold(found.hold_europe, found.hold_pacific)
    if str(found.where) == model.BOTH:
        freed = (
            f"For each unit that Europe's allies add, {float(found.pass_through):.2f} of a US unit "
            "leaves for the Pacific"
            if found.pass_through >= 0
            else f"For each unit that Europe's allies add, {-float(found.pass_through):.2f} of a "
            "US unit follows it to Europe, because the contest there has come alive"
        )
    else:
        freed = "A little more or less of Europe's allies moves no US unit"
    attack = (
        "Lesson 05 knows no such odds"
        if np.isnan(shown.attack)
        else "With these odds, and a commitment of one half, the risk of an attack in lesson 05 is "
        f"{percent(shown.attack)} in place of {percent(shown.attack_before)}"
    )
    odds = shown.odds
    reading = (
        f"{freed}. Both theatres hold with {percent(independent)} if neither tells anything of the "
        f"other, and with {percent(lowest)} to {percent(highest)} whatever ties them together. An "
        f"attack across the Strait succeeds with {percent(odds.with_help)} against what is left "
        f"there, and with {percent(odds.without_help)} against the allies alone. {attack}."
    )
    rows = {
        "US pool to Europe": share,
        "Forces in Europe, against Russia": (
            f"{found.force_europe:.2f} against {setting.russia:.2f}"
        ),
        "Forces in the Pacific, against China": (
            f"{found.force_pacific:.2f} against {setting.china:.2f}"
        ),
        "Europe holds": percent(found.hold_europe),
        "The Pacific holds": percent(found.hold_pacific),
        "Both hold, if independent": percent(independent),
        "Both hold, at least and at most": f"{percent(lowest)} to {percent(highest)}",
        "US units freed for each unit of Europe's": f"{float(found.pass_through):z.2f}",
        "Attack succeeds, no help (w0)": f"{float(odds.without_help):.2f}",
        "Attack succeeds, with help (w1)": f"{float(odds.with_help):.2f}",
        "Risk of an attack in lesson 05": (
            "not defined" if np.isnan(shown.attack) else percent(shown.attack)
        ),
    }
    return Words(
        title=title,
        reading=reading,
        table=pd.DataFrame({"What": list(rows), "Value": list(rows.values())}),
        source=SOURCE,
    )


def percent(value: Any) -> str:
    """Write a share as a whole percentage; what is neither 0 nor 1 is not rounded to them."""
    number = float(value)
    if 0 < number < 0.005:
        return "less than 1%"
    if 0.995 < number < 1:
        return "more than 99%"
    return f"{number:.0%}"


def _set_up(figure: Figure) -> SimpleNamespace:
    left, right = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.085, right=0.975, top=0.81, bottom=0.14, wspace=0.27)
    left.set(
        xlim=(0, 100),
        ylim=(0, 100),
        xlabel="US pool that goes to Europe (%)",
        ylabel="Probability (%)",
    )
    right.set(xlim=(0, 2), ylim=(0, 100), xlabel="Forces of the allies in Europe", ylabel="Percent")
    return SimpleNamespace(
        over_share=forms.Curves(left, (EUROPE, PACIFIC), heavy=BOTH, key_columns=1),
        over_allies=forms.Curves(right, (GOES,), heavy=ODDS, key_columns=1),
    )
