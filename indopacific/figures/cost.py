"""The figure of lesson 04 that an explorer keeps: what failing chips can cost, and what not."""

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
from indopacific.models import cost as model

SOURCE = "a cut of an input by the CES formula; published losses: Bloomberg Economics, January 2024"
NOTHING, HERE, EASILY = "nothing replaces chips", "as set", "chips are replaced with ease"
# Percent of world GDP. The lower one has the published war in it, the higher one every setting.
_TOPS = (12.0, 32.0)


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
    """

    setting: model.Parameters
    lost: float
    most: float
    cuts: np.ndarray
    nothing: np.ndarray
    here: np.ndarray
    easily: np.ndarray
    published: dict[str, float]


def draw_chips(shown: Chips, figure: Figure) -> Words:
    """Draw what a cut of chips takes from world GDP beside what was published.

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
    parts.curves.move(
        100 * shown.cuts,
        {name: 100 * line for name, line in curves.items()},
        at=100 * float(shown.setting.cut),
    )
    lost, most = 100 * shown.lost, 100 * shown.most
    name, largest = published[-1]
    rest = largest - lost
    told = (
        "Not even if nothing replaced the chips could their direct users lose as much as the "
        f"published {largest:g} percent: they lose {most:.1f} at most with this cut."
        if most < largest
        else f"With this share of users the cut could explain the published {largest:g} percent, "
        "if nothing replaced the chips."
    )
    rows = {
        "Lost by direct users, as set": f"{lost:.2f}% of world GDP",
        "Lost if nothing replaces the chips": f"{most:.2f}%",
        **{f"Published: {each}": f"{value:g}%" for each, value in published},
        f"Left to be explained of the {name}": f"{rest:z.1f}" if rest > 0 else "nothing",
    }
    return Words(
        title=(
            f"Chips alone: {lost:.1f} percent of world GDP; of the published {largest:g}, "
            f"{rest:.1f} must come from elsewhere"
            if rest > 0.05
            else f"Chips alone: {lost:.1f} percent of world GDP, no less than was published"
        ),
        reading=f"{told} The study adds shipping, sanctions and tariffs, financial markets, and "
        "all who depend on the users.",
        table=pd.DataFrame({"What": list(rows), "Value": list(rows.values())}),
        source=SOURCE,
    )


def _set_up(
    figure: Figure, published: tuple[tuple[str, float], ...], top: float
) -> SimpleNamespace:
    axes: Any = figure.subplots()
    figure.subplots_adjust(left=0.085, right=0.975, top=0.83, bottom=0.14)
    axes.set(xlim=(0, 100), ylim=(0, top), xlabel="Chips that fail to arrive (%)")
    axes.set_ylabel("Loss of world GDP (%)")
    curves = forms.Curves(axes, (NOTHING, EASILY), heavy=HERE)
    looks: tuple[dict[str, Any], ...] = ({"linestyle": (0, (6, 3))}, {"linestyle": "-"})
    entries = [
        (axes.axhline(value, color=style.GUESS, linewidth=1.6, **look), f"published: {name}")
        for (name, value), look in zip(published, looks, strict=False)
    ]
    key(axes, [*((line, name) for name, line in curves._lines.items()), *entries], columns=2)
    return SimpleNamespace(curves=curves)
