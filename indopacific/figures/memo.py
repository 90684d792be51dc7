"""Figures of lesson 06: a decision that needs everybody, and two kinds of guarantor."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms
from indopacific.figures.ambiguity import SOURCE
from indopacific.figures.words import Words


def draw_consensus(chances: pd.DataFrame, figure: Figure) -> Words:
    """Draw how likely it is that all agree, over how ready each one is.

    Parameters
    ----------
    chances : DataFrame
        Index: the chance that one member agrees. Columns: names of groups, the largest last.
        Values: the chance that all of the group agree.
    figure : Figure
    """
    largest = str(chances.columns[-1])
    ready = float(chances.index[len(chances) // 2])
    half = chances.index[chances[largest] >= 0.5]
    percent = chances.mul(100).set_axis(chances.index * 100)
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.curves(axes, percent, levels={"one half": 50})
        axes.set(ylim=(0, 104), xlabel="Chance that each one agrees, %")
        axes.set_ylabel("Chance that all agree, %")
    needed = f"{half[0]:.1%}" if len(half) else f"more than {chances.index[-1]:.1%}"
    table = chances.map("{:.1%}".format)
    table.index = [f"{each:.1%}" for each in chances.index]
    return Words(
        title=f"Where each of {largest} agrees with {ready:.1%}, all agree with "
        f"{float(chances[largest].loc[ready]):.1%}",
        reading=f"Among {largest}, all agree at least every second time only if each agrees with "
        f"{needed}. The curves multiply chances, as if no member asked another: real capitals "
        "talk, change the words and trade.",
        table=table.reset_index(names="Each agrees"),
        source="own calculation: the chance of one, to the power of how many there are",
    )


def draw_guarantors(shares: pd.DataFrame, figure: Figure) -> Words:
    """Draw how often each policy is best, for two kinds of guarantor.

    Parameters
    ----------
    shares : DataFrame
        Index: policies, the one that is asked about first. Two columns, named as in the key.
        Values: shares of the settings of each kind, which add up to 1.
    figure : Figure
    """
    asked, (weak, strong) = str(shares.index[0]), shares.columns
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.dumbbells(
            axes, shares.mul(100), write=lambda one, other: f"{one:.0f}% and {other:.0f}%"
        )
        axes.set(xlim=(0, 100), xlabel="% of the settings of each kind")
    told = [
        f"{name} {float(one):.0%} and {float(other):.0%}"
        for name, one, other in zip(shares.index, shares[weak], shares[strong], strict=True)
    ]
    little, much = (float(shares[kind].loc[asked]) for kind in (weak, strong))
    return Words(
        title=f"Best policy {asked}: {little:.0%} of settings where help {weak}, {much:.0%} where "
        f"it {strong}",
        reading=f"Best policy, where help {weak} and where it {strong}: {'; '.join(told)} of the "
        "settings drawn at random. These are facts about the ranges of our sliders, not about the "
        "world.",
        table=shares.map("{:.0%}".format).reset_index(names="Best policy"),
        source=SOURCE,
    )
