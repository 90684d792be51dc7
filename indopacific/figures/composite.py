"""Figure of a composite index: every case with its band and rank, and the weights beside it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, style
from indopacific.figures.easel import kept
from indopacific.figures.wording import in_100, listed, percent
from indopacific.figures.words import Words
from indopacific.models.alignment import AlignmentResult

_SOURCE = "own index from IMF, UN voting (Voeten and others) and SIPRI data; weights illustrative"
_INDICATORS = ("Trade", "UN votes", "Ideal points", "Arms")
_DRAWS, _SEED = 2000, 2026


def draw_index(result: AlignmentResult, figure: Figure) -> Words:
    """Draw the index of every case with its band and rank, and the weights beside it.

    Parameters
    ----------
    result : AlignmentResult
        One setting.
    figure : Figure

    Returns
    -------
    Words
    """
    parts = kept(figure, lambda empty: _set_up_index(empty, result.labels), key=result.labels)
    parts.profile.move(result.index, low=result.low, high=result.high, rank=result.rank)
    parts.weights.move(result.weights)
    order = np.argsort(result.rank, kind="stable")[[0, 1, -1]]
    first, second, last = (result.labels[place] for place in order)
    best, next_best, worst = result.index[order]
    ties = [label for label, rank in zip(result.labels, result.rank, strict=True) if rank == 1]
    settings, pairs = result.parameters, zip(_INDICATORS, result.weights, strict=True)
    title = f"{listed(ties)} share the first rank: the index cannot tell them apart"
    shuffled = ""
    if len(ties) == 1:
        swaps = in_100(result.reversal_share(first, second, draws=_DRAWS, seed=_SEED))
        title = f"{first} ranks first; {second} passes it in {swaps} sets of weights near these"
        shuffled = (
            f" We drew {_DRAWS:,} sets of weights at random around these (agreement about the "
            f"weights: {settings.concentration:g}): in {swaps}, {second} stands above {first}."
        )
    table = {
        "Year": result.labels,
        "Index": result.index.round(3),
        "One s.d. below": result.low.round(3),
        "One s.d. above": result.high.round(3),
        "Rank": result.rank,
    }
    return Words(
        title=title,
        reading=f"The index is {best:.2f} for {first}, {next_best:.2f} for {second} and, at the "
        f"end, {worst:.2f} for {last}. The weights are "
        f"{listed([f'{percent(weight)} for {name}' for name, weight in pairs])}. Normalisation "
        f"{settings.normaliser} puts the indicators on one scale, and aggregation "
        f"{settings.aggregator} combines them.{shuffled}",
        table=pd.DataFrame(table),
        source=_SOURCE,
    )


def _set_up_index(figure: Figure, labels: tuple[str, ...]) -> SimpleNamespace:
    main, side = figure.subplots(1, 2, width_ratios=(3.2, 1))
    figure.subplots_adjust(left=0.085, right=0.985, top=0.93, bottom=0.16, wspace=0.42)
    main.set_ylabel("Index (0 to 1)")
    side.set_title("Weights", fontsize=10, fontweight="normal")
    note = "The square marks rank 1; the band is one standard deviation either way."
    figure.text(0.085, 0.025, note, fontsize=8.5, color=style.QUIET)
    profile, weights = forms.Profile(main, labels), forms.Shares(side, _INDICATORS)
    return SimpleNamespace(profile=profile, weights=weights)
