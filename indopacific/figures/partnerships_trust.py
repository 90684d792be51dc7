"""The second figure of lesson 03 that an explorer keeps: how much trust it takes to hold back."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, style
from indopacific.figures.easel import kept
from indopacific.figures.forms.labels import key
from indopacific.figures.words import Words

SOURCE = "the course's own version of Kydd's assurance game; every number in it is illustrative"
AFTER = "trust after what was seen"


@dataclass(frozen=True, kw_only=True)
class Trust:
    """One setting: trust before and after an act was seen, and the trust that is needed.

    Attributes
    ----------
    before, after, needed : float
        Each from 0 to 1; `after` is not a number where the act could not have been seen.
    grid, afters : ndarray
        The same for every trust before.
    """

    before: float
    after: float
    needed: float
    grid: np.ndarray
    afters: np.ndarray


def draw_trust(shown: Trust, figure: Figure) -> Words:
    """Draw what an act makes of trust, with the trust from which holding back pays.

    Parameters
    ----------
    shown : Trust
    figure : Figure
    """
    parts = kept(figure, _set_up)
    parts.curves.move(shown.grid, {AFTER: shown.afters}, at=shown.before)
    parts.needed.set_ydata([shown.needed] * 2)
    seen = bool(np.isfinite(shown.after))
    holds = {"b": shown.before >= shown.needed, "a": shown.after >= shown.needed}
    before, after, needed = (f"{value:.2f}" for value in (shown.before, shown.after, shown.needed))
    if not seen:
        title = "No side of either kind would show such an act: it cannot have been seen"
        told = "Raise one of the two probabilities of the act."
    else:
        verb = {True: "holds back", False: "arms"}
        title = (
            f"Trust goes from {before} to {after}; {needed} is needed: the side {verb[holds['a']]}"
        )
        turned = "changes what it does" if holds["a"] != holds["b"] else "changes nothing"
        told = f"Before, it {verb[holds['b']]}; what was seen {turned}. " + (
            "The act says nothing, because both kinds of side show it as often."
            if abs(shown.after - shown.before) < 1e-9
            else f"The act {'raises' if shown.after > shown.before else 'lowers'} trust."
        )
    rows = {
        "Trust before": before,
        "Trust after": after if seen else "not defined",
        "Trust that is needed": needed,
        "Before": "hold back" if holds["b"] else "arm",
        "After": ("hold back" if holds["a"] else "arm") if seen else "not defined",
    }
    return Words(
        title=title,
        reading=f"{told} The heavy curve shows trust afterwards for every trust before, the dashed "
        "line the least trust at which holding back is as good as arming.",
        table=pd.DataFrame({"What": list(rows), "Value": list(rows.values())}),
        source=SOURCE,
    )


def _set_up(figure: Figure) -> SimpleNamespace:
    axes: Any = figure.subplots()
    figure.subplots_adjust(left=0.09, right=0.97, top=0.91, bottom=0.13)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="Trust before", ylabel="Trust")
    curves = forms.Curves(axes, (), heavy=AFTER)
    look = {"color": style.ORANGE, "linestyle": (0, (5, 2)), "linewidth": 2}
    (needed,) = axes.plot([0, 1], [0, 0], animated=True, zorder=1.6, **look)
    (same,) = axes.plot([0, 1], [0, 1], color=style.QUIET, linestyle=(0, (1, 2)), zorder=1)
    lines = [(needed, "trust that is needed"), (same, "trust unchanged")]
    key(axes, [*curves.entries, *lines], columns=3)
    return SimpleNamespace(curves=curves, needed=needed)
