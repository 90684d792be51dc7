"""Figures of lesson 04 on cost: what failing chips can take, and what is to be expected.

Published figures stand beside what models make of assumptions. None of them is a forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, style
from indopacific.figures.ambiguity import two
from indopacific.figures.easel import kept
from indopacific.figures.forms.labels import key
from indopacific.figures.wording import percent, sentence
from indopacific.figures.words import Words
from indopacific.models import cost as model

SOURCE = (
    "published losses: Bloomberg Economics, January 2024, as reported; everything else: the "
    "course's models, at the values that are set"
)
NOTHING, HERE, EASILY = "nothing replaces chips", "as set", "chips are replaced with ease"
# Percent of world GDP. The lower one has the published war in it, the higher one every setting.
_TOPS = (12.0, 32.0)
EXPECTED, AS_DEAR = "loss without help as set here", "as dear without help as with"
_KINDS = {"bound": "an upper bound", "invented": "an invented economy"}
_UNDER = 10.5  # percent: no more than the published war can be expected


@dataclass(frozen=True, kw_only=True)
class Chips:
    """One setting with everything that its picture shows.

    Attributes
    ----------
    setting : Parameters
    lost : float
        Of world GDP, by the direct users, as a share.
    most : float
        The same if nothing replaces the input.
    cuts, nothing, here, easily : ndarray
        Over the cut: the loss if nothing replaces it, as set, and if it is replaced with ease.
    published : dict of str to float
        Losses of world GDP in percent, by scenario, the smaller first.
    level, attack : float
        A level of commitment, and the probability of an attack that lesson 05 gives it.
    unaided : float
        Loss in a war without help, in percent of world GDP.
    levels : ndarray
        Of commitment.
    expected, as_dear : ndarray
        Over the levels, in percent of world GDP: expected loss, with a war without help as set,
        and with one that costs as much as the published one.
    """

    setting: model.Parameters
    lost: float
    most: float
    cuts: np.ndarray
    nothing: np.ndarray
    here: np.ndarray
    easily: np.ndarray
    published: dict[str, float]
    level: float
    attack: float
    unaided: float
    levels: np.ndarray
    expected: np.ndarray
    as_dear: np.ndarray


def draw_chips(shown: Chips, figure: Figure) -> Words:
    """Draw what a cut of chips takes from world GDP, and the loss that a risk of war leads to.

    Parameters
    ----------
    shown : Chips
    figure : Figure
    """
    published = tuple(shown.published.items())
    highest = 100 * float(max(shown.nothing.max(), shown.here.max()))
    top = next(each for each in _TOPS if each >= highest)
    parts = kept(figure, lambda empty: _set_up(empty, published, top), key=(published, top))
    curves = {NOTHING: shown.nothing, EASILY: shown.easily, HERE: shown.here}
    parts.chips.move(
        100 * shown.cuts,
        {name: 100 * line for name, line in curves.items()},
        at=100 * float(shown.setting.cut),
    )
    parts.risk.move(
        shown.levels, {AS_DEAR: shown.as_dear, EXPECTED: shown.expected}, at=shown.level
    )
    return _words(shown, *published[-1])


def _words(shown: Chips, name: str, largest: float) -> Words:
    lost, most = 100 * shown.lost, 100 * shown.most
    rest, best = largest - lost, int(np.argmin(shown.expected))
    told = (
        "Not even if nothing replaced the chips could their direct users lose as much as the "
        f"published {largest:g}%: they lose {most:.1f}% at most with this cut."
        if most < largest
        else f"With this share of users the cut could explain the published {largest:g}%, if "
        "nothing replaced the chips."
    )
    here = float(np.interp(shown.level, shown.levels, shown.expected))
    rows = {
        "Lost by direct users, as set": f"{lost:.2f}% of world GDP",
        "Lost if nothing replaces the chips": f"{most:.2f}%",
        **{f"Published: {each}": f"{value:g}%" for each, value in shown.published.items()},
        f"Left to be explained of the {name}": f"{rest:.1f}%" if rest > 0.05 else "nothing",
        "Level of commitment": two(shown.level),
        "Attack, in lesson 05 at its default": two(shown.attack),
        "Loss in a war without help": f"{shown.unaided:g}%",
        "Expected loss at this level": f"{here:.2f}%",
        "Least expected loss": f"{shown.expected[best]:.2f}%",
        "Level with the least": two(shown.levels[best]),
    }
    return Words(
        title=(
            f"Direct users of chips: {lost:.1f}% of world GDP; of the published {largest:g}%, "
            f"{rest:.1f}% must come from elsewhere"
            if rest > 0.05
            else f"Direct users of chips: {lost:.1f}% of world GDP, no less than was published"
        ),
        reading=f"{told} Their customers and suppliers are not in this sum. The study counts them, "
        "too, and adds shipping, sanctions and tariffs, and financial markets. On "
        f"the right: at a level of commitment of {two(shown.level)} lesson 05's default gives an "
        f"attack a probability of {two(shown.attack)}, and the loss to be expected is "
        f"{here:.2f}% of world GDP. It is least, {shown.expected[best]:.2f}%, at a level of "
        f"{two(shown.levels[best])}. No loss of output measures a death, and none of this is a "
        "forecast.",
        table=pd.DataFrame({"What": list(rows), "Value": list(rows.values())}),
        source=SOURCE,
    )


def _set_up(
    figure: Figure, published: tuple[tuple[str, float], ...], top: float
) -> SimpleNamespace:
    left: Any
    left, right = figure.subplots(1, 2, width_ratios=(1.2, 1))
    figure.subplots_adjust(left=0.075, right=0.975, top=0.76, bottom=0.13, wspace=0.23)
    left.set(xlim=(0, 100), ylim=(0, top), xlabel="Chips that fail to arrive (%)")
    left.set_ylabel("Loss of world GDP (%)")
    chips = forms.Curves(left, (NOTHING, EASILY), heavy=HERE)
    looks: tuple[dict[str, Any], ...] = ({"linestyle": (0, (6, 3))}, {"linestyle": "-"})
    entries = [
        (left.axhline(value, color=style.GUESS, linewidth=1.6, **look), f"published: {name}")
        for (name, value), look in zip(published, looks, strict=False)
    ]
    key(left, [*chips.entries, *entries], columns=2)
    right.set(xlim=(0, 1), ylim=(0, _UNDER), xlabel="Level of commitment (lesson 05)")
    right.set_ylabel("Expected loss of world GDP (%)")
    risk = forms.Curves(right, (AS_DEAR,), heavy=EXPECTED, key_columns=1)
    return SimpleNamespace(chips=chips, risk=risk)


def draw_models(compared: pd.DataFrame, figure: Figure) -> Words:
    """Draw what models make of one setting beside what was published: two bases, two panels.

    Parameters
    ----------
    compared : DataFrame
        As ``cost.side_by_side`` returns it.
    figure : Figure
    """
    bases = list(compared["of"].unique())
    counts = [int((compared["of"] == base).sum()) for base in bases]
    written: Any = compared.set_index("model")["loss"].map(percent)
    with forms.fresh(figure):
        grid = forms.panels(
            figure, [f"Share of {base}" for base in bases], columns=1, height_ratios=counts
        )
        for axes, base in zip(grid, bases, strict=True):
            rows = compared[compared["of"] == base]
            forms.ranked_dots(
                axes,
                rows.set_index("model")["loss"],
                write=percent,
                marked=list(rows.loc[rows["kind"] == "published", "model"]),
                notes={
                    str(model): note
                    for model, kind in zip(rows["model"], rows["kind"], strict=True)
                    if (note := _KINDS.get(kind, ""))
                },
            )
            axes.set(xlim=(0, max(0.12, 1.05 * float(rows["loss"].max()))), xticks=[])
    told = [f"{model}: {written[model]}" for model in compared["model"]]
    most = compared[compared["kind"] == "bound"]["model"].iloc[0]
    return Words(
        title=f"{sentence(str(most))}: {written[most]} of world GDP at most",
        reading=f"Side by side: {'; '.join(told)}. Squares are published figures. The two panels "
        "count different things, so that a dot of one is not to be set beside a dot of the other. "
        "None of this is a forecast.",
        table=compared.assign(loss=list(written)).rename(
            columns={"of": "Share of", "model": "What", "loss": "Loss", "kind": "Kind"}
        )[["What", "Share of", "Loss", "Kind"]],
        source=SOURCE,
    )


def draw_substitution(losses: pd.DataFrame, figure: Figure) -> Words:
    """Draw what cuts of an input cost its users, by how easily it is replaced.

    Parameters
    ----------
    losses : DataFrame
        Index: elasticity of substitution, rising. One column a cut, named in words, such as "a cut
        of 60%", with losses as shares of the users' output from ``cost.input_cut``.
    figure : Figure
    """
    with forms.fresh(figure):
        axes: Any = figure.subplots()
        forms.curves(axes, 100 * losses)
        axes.set(xlabel="Elasticity of substitution", ylabel="Loss of the users' output (%)")
        axes.set_ylim(0, 105 * float(np.nanmax(losses.to_numpy())))
    ends = {
        str(name): (percent(losses[name].iloc[0]), percent(losses[name].iloc[-1]))
        for name in losses.columns
    }
    worst = str(losses.iloc[0].idxmax())
    told = [
        f"For {name} the loss falls from {first} to {last}." for name, (first, last) in ends.items()
    ]
    return Words(
        title=f"{sentence(worst)} costs the users {ends[worst][0]} of their output or "
        f"{ends[worst][1]}: it depends on what can be replaced",
        reading=f"From a substitution of {losses.index[0]:g} to one of {losses.index[-1]:g}: "
        f"{' '.join(told)} These are the formula's numbers, not a forecast.",
        table=losses.map(percent).reset_index(names="Substitution"),
        source="the course's own calculation with the CES formula; every number is illustrative",
    )
