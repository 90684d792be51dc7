"""Figures of lesson 04 on one pool of forces and two theatres: the explorer's, and the choice.

They show what follows from invented numbers, and are no forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms
from indopacific.figures.ambiguity import VERDICTS, two
from indopacific.figures.easel import kept
from indopacific.figures.words import Words
from indopacific.models import theatres as model

SOURCE = "the course's own model of two theatres; every number in it is illustrative"
_HOLDS = ("Europe holds", "the Pacific holds")
_ATTACK = "an attack, in lesson 05"
_SHARE = "share of the US pool in Europe"
_REACHES = (1.1, 2.2, 3.2, 4.2)  # few, because a picture with another scale is built anew
_WORTH = "both, by their values"


@dataclass(frozen=True, kw_only=True)
class Theatres:
    """One setting with everything that its picture shows.

    Attributes
    ----------
    setting : Parameters
    here : Allocation
    europes : ndarray
        Forces of Europe's allies, from none to the most.
    along : Allocation
        Over them.
    attacks : ndarray
        Over them: the probability of an attack in lesson 05; not a number where lesson 05 does
        not know such odds.
    odds : Odds
    there, usual : Consequence
        Lesson 05's answer with these odds, or None; and with its own.
    call : str
        Opens the explorer of lesson 05 with these odds; "" where it does not know them.
    """

    setting: model.Parameters
    here: model.Allocation
    europes: np.ndarray
    along: model.Allocation
    attacks: np.ndarray
    odds: model.Odds
    there: model.Consequence | None
    usual: model.Consequence
    call: str


def draw_theatres(shown: Theatres, figure: Figure) -> Words:
    """Draw who faces whom in both theatres, and what more allies in Europe would change.

    Parameters
    ----------
    shown : Theatres
    figure : Figure
    """
    setting, here = shown.setting, shown.here
    longest = max(
        float(np.max(shown.along.force_europe)),
        float(np.max(shown.along.force_pacific)),
        float(setting.russia),
        float(setting.china),
    )
    top = next(each for each in _REACHES if longest <= each)
    parts = kept(figure, lambda empty: _set_up(empty, top, shown.europes), key=top)
    sent = float(here.share) * float(setting.pool)
    parts.forces.move(
        (float(setting.europe), float(setting.pacific)),
        (sent, float(setting.pool) - sent),
        (float(setting.russia), float(setting.china)),
        [f"holds: {percent(each)}" for each in (here.hold_europe, here.hold_pacific)],
    )
    lines = (shown.along.hold_europe, shown.along.hold_pacific, shown.attacks)
    parts.curves.move(
        shown.europes,
        {**dict(zip((*_HOLDS, _ATTACK), lines, strict=True)), _SHARE: shown.along.share},
        at=float(setting.europe),
    )
    return _words(shown)


def _words(shown: Theatres) -> Words:
    setting, here, odds = shown.setting, shown.here, shown.odds
    lowest, apart, highest = model.both_hold(here.hold_europe, here.hold_pacific)
    europe, pacific = percent(here.hold_europe), percent(here.hold_pacific)
    with_help, without = two(odds.with_help), two(odds.without_help)
    told = (
        f"{_freed(here)} Both hold with {percent(apart)}, if neither war tells anything of the "
        f"other; ties between them make it anything from {percent(lowest)} to {percent(highest)}. "
        f"An attack across the Strait has odds of {with_help} if the USA fights and of {without} "
        "if it does not."
    )
    if shown.there is None:
        told += (
            " Lesson 05 does not know odds so low without help: it begins at 0.40. They are not "
            "carried over."
        )
    else:
        told += (
            f" In lesson 05, at a level of commitment of 0.50, an attack then has a probability "
            f"of {two(shown.there.attack)}, against {two(shown.usual.attack)} with that lesson's "
            f"own odds; a risk of either kind is smallest with "
            f"{VERDICTS[str(shown.there.verdict)]}, at a level of {two(shown.there.best_level)}."
        )
    rows = {
        "Allies in Europe": two(setting.europe),
        "US forces in Europe": two(here.force_europe - setting.europe),
        "Russia": two(setting.russia),
        "Europe holds": europe,
        "Allies in the Pacific": two(setting.pacific),
        "US forces in the Pacific": two(here.force_pacific - setting.pacific),
        "China": two(setting.china),
        "The Pacific holds": pacific,
        "Share of the US pool in Europe": percent(here.share),
        "Leaves Europe for each unit that Europe adds": two(here.pass_through),
        "rho": two(setting.rho),
        "Both hold, at the least": percent(lowest),
        "Both hold, if independent": percent(apart),
        "Both hold, at the most": percent(highest),
        "Beijing's odds if the USA fights (w1)": with_help,
        "Beijing's odds if it does not (w0)": without,
    }
    if shown.there is not None:
        rows |= {
            "Lesson 05: an attack, at a level of 0.50": two(shown.there.attack),
            "The same with lesson 05's own odds": two(shown.usual.attack),
            "Lesson 05: attack or declaration": two(shown.there.either),
            "Lesson 05: best for attack or declaration": VERDICTS[str(shown.there.verdict)],
            "Lesson 05: best level": two(shown.there.best_level),
            "To go on in lesson 05": shown.call,
        }
    return Words(
        title=f"{percent(here.share)} of the US pool goes to Europe: Europe "
        f"holds with {europe}, the Pacific with {pacific}",
        reading=f"{told} These are the model's numbers, not a forecast. Forces are one stuff here, "
        "without distance and without nuclear weapons.",
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


def _freed(here: model.Allocation) -> str:
    """Say what another unit of Europe's allies does."""
    if str(here.where) == model.PACIFIC:
        return "All of the pool is in the Pacific: what Europe's allies add frees nothing more."
    if str(here.where) == model.EUROPE:
        return "All of the pool is in Europe, and a little more from Europe's allies frees nothing."
    moved = float(here.pass_through)
    if moved < 0:
        return (
            f"A little more from Europe's allies draws US forces towards Europe, {two(-moved)} for "
            "each unit: in so sharp a contest help pays best where defeat is no longer certain."
        )
    return f"For each unit that Europe's allies add, {two(moved)} leave Europe for the Pacific."


def _set_up(figure: Figure, top: float, europes: np.ndarray) -> SimpleNamespace:
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    figure.subplots_adjust(left=0.125, right=0.975, top=0.76, bottom=0.12, wspace=0.22)
    forces = forms.Facing(
        left,
        (("Europe", "Russia"), ("Pacific", "China")),
        parts=("allies", "US forces sent", "the other side"),
        top=top,
    )
    left.set_xlabel("Forces (illustrative units)")
    right.set(xlim=(europes[0], europes[-1]), ylim=(-0.02, 1.02))
    right.set(xlabel="Allies in Europe", ylabel="Probability or share")
    curves = forms.Curves(right, (*_HOLDS, _ATTACK), heavy=_SHARE, key_columns=1)
    return SimpleNamespace(forces=forces, curves=curves)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One setting, and what every share of the pool would be worth.

    Attributes
    ----------
    setting : Parameters
    best : Allocation
    shares : ndarray
    along : Allocation
        Over the shares.
    """

    setting: model.Parameters
    best: model.Allocation
    shares: np.ndarray
    along: model.Allocation


def choice(setting: model.Parameters) -> Choice:
    """Return what `draw_choice` draws of one setting."""
    shares = np.linspace(0, 1, 201)
    return Choice(
        setting=setting,
        best=model.allocate(setting),
        shares=shares,
        along=model.at_share(setting, shares),
    )


def draw_choice(choices: Sequence[Choice], figure: Figure) -> Words:
    """Draw what each share of the pool is worth, for one setting or for two.

    Parameters
    ----------
    choices : one or two Choices
        As `choice` returns them.
    figure : Figure
    """
    rows, said, told = [], [], []
    with forms.fresh(figure):
        for axes, each in zip(np.ravel(figure.subplots(1, len(choices))), choices, strict=True):
            setting, best, m = each.setting, each.best, float(each.setting.decisiveness)
            weight = setting.value_europe + setting.value_pacific
            worth = model.worth(setting, each.shares) / weight
            lines = pd.DataFrame(
                {
                    _HOLDS[0]: each.along.hold_europe,
                    _HOLDS[1]: each.along.hold_pacific,
                    _WORTH: worth,
                },
                index=each.shares,
            )
            axes.set(ylim=(0, 1.02), title=f"Decisiveness {m:g}")
            axes.set(xlabel="Share of the US pool in Europe", ylabel="Probability")
            forms.curves(axes, lines, key_columns=1)
            highest = float(model.worth(setting, best.share)) / weight
            # An end may be equally good; the model's search then names the smaller share.
            ends = [end for end in (0.0, 1.0) if not np.isclose(end, best.share)]
            equal = [end for end in ends if np.isclose(model.worth(setting, end) / weight, highest)]
            bests = sorted([float(best.share), *equal])
            look = {"markeredgecolor": "black", "markeredgewidth": 2, "markersize": 11}
            heights = [highest] * len(bests)
            axes.plot(bests, heights, "o", color="none", clip_on=False, zorder=3, **look)
            rows += [
                {
                    "Decisiveness": f"{m:g}",
                    "Share of the US pool in Europe": f"{name}{two(float(share))}",
                    "Europe holds": two(np.interp(share, each.shares, each.along.hold_europe)),
                    "The Pacific holds": two(
                        np.interp(share, each.shares, each.along.hold_pacific)
                    ),
                    "Both, by their values": two(np.interp(share, each.shares, worth)),
                }
                for name, share in (
                    *(("best: ", at) for at in bests),
                    ("", 0.0),
                    ("", 0.5),
                    ("", 1.0),
                )
            ]
            said.append(" or ".join(two(at) for at in bests))
            told.append(
                f"With a decisiveness of {m:g} two shares are best and equally good: {said[-1]}."
                if equal
                else f"With a decisiveness of {m:g} the best share is {said[-1]}: Europe holds "
                f"with {two(best.hold_europe)}, the Pacific with {two(best.hold_pacific)}."
            )
    return Words(
        title=f"The best share of the pool for Europe is {said[0]}"
        + (f" on the left and {said[-1]} on the right" if len(said) > 1 else ""),
        reading=f"{' '.join(told)} Rings mark the best shares. These are the model's numbers, "
        "not a forecast.",
        table=pd.DataFrame(rows),
        source=SOURCE,
    )
