"""Bars with their labels: over years, or over a few names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from indopacific.figures import style
from indopacific.figures.forms.labels import above
from indopacific.figures.guesses import given


def bars(
    axes: Axes,
    values: pd.Series,
    *,
    write: Callable[[float], str] = "{:,.0f}".format,
    labelled: bool = True,
    hatched: Collection[Any] = (),
    missing: str = "no figure",
    colour: str = style.BLUE,
    predicted: Mapping[Any, float | None] | None = None,
) -> None:
    """Draw one bar for each entry; an entry without a figure is said to have none.

    Parameters
    ----------
    axes : Axes
    values : Series
        Index: years, or names.
    write : callable
        Writes a label.
    labelled : bool
        Whether every bar has its label. A missing figure and a guess are always labelled.
    hatched : collection
        Entries that get another colour and a hatch.
    missing : str
        Stands where a figure is missing.
    colour : str
        Of the other bars.
    predicted : mapping of entry to number, optional
        The reader's guess: a dashed, hollow bar.
    """
    over_years = pd.api.types.is_integer_dtype(values.index)
    places = np.asarray(values.index) if over_years else np.arange(len(values))
    strange = values.index.isin(list(hatched))
    guesses = given(predicted) or {}
    axes.bar(
        places,
        values.astype(float).fillna(0),
        color=np.where(strange, style.ORANGE, colour),
        hatch=["//" if each else "" for each in strange],
        edgecolor="white",
        width=0.8 if over_years else 0.6,
    )
    room = 1.0 if labelled or not over_years else len(values) / 3
    for place, (entry, value) in zip(places, values.astype(float).items(), strict=True):
        said = [f"you: {write(guesses[entry])}"] if entry in guesses else []
        if np.isnan(value):
            said.append(missing)
        elif labelled:
            said.append(write(value))
        top = np.nanmax([0, value, guesses.get(entry, 0)])
        if said:
            above(axes, place, top, "\n".join(said), room=room)
    if guesses:
        axes.bar(
            [place for place, entry in zip(places, values.index, strict=True) if entry in guesses],
            list(guesses[entry] for entry in values.index if entry in guesses),
            width=0.9 if over_years else 0.7,
            facecolor="none",
            edgecolor=style.GUESS,
            linestyle=style.GUESSED["linestyle"],
            linewidth=1.8,
        )
    if over_years:
        axes.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    else:
        axes.set_xticks(places, list(values.index))
