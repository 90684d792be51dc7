"""Figures of lesson 01: the composite index of alignment."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import style
from indopacific.figures.easel import kept
from indopacific.figures.words import Words
from indopacific.models.alignment import AlignmentResult

INDICATOR_NAMES = {
    "trade": "Trade",
    "votes": "UN votes",
    "ideal_points": "Ideal points",
    "arms": "Arms",
}
SOURCE = "own index from IMF, UN voting (Voeten and others) and SIPRI data; weights illustrative"

_DRAWS = 2000
_SEED = 2026


def draw_index(result: AlignmentResult, figure: Figure) -> Words:
    """Draw the index of every case with its band, and the weights beside it.

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
    places = np.arange(len(result.labels))
    parts.band.set_data(places, result.low, result.high)
    parts.line.set_data(places, result.index)
    best = result.rank == 1
    parts.best.set_data(places[best], result.index[best])
    for text, place, index, high, rank in zip(
        parts.ranks, places, result.index, result.high, result.rank, strict=True
    ):
        text.set_position((place, max(index, high) + 0.02))
        text.set_text(str(rank))
    for bar, label, weight in zip(parts.bars, parts.bar_labels, result.weights, strict=True):
        bar.set_width(weight)
        label.set_x(weight + 0.02)
        label.set_text(f"{weight:.0%}")
    return _index_words(result)


def _set_up_index(figure: Figure, labels: tuple[str, ...]) -> SimpleNamespace:
    main, side = figure.subplots(1, 2, width_ratios=(3.2, 1))
    figure.subplots_adjust(left=0.075, right=0.985, top=0.93, bottom=0.16, wspace=0.42)
    places = np.arange(len(labels))
    zero = np.zeros(len(labels))
    main.set(xlim=(-0.4, len(labels) - 0.6), ylim=(0, 1.12), ylabel="Index (0 to 1)")
    main.set_xticks(places, labels)
    main.set_yticks(np.linspace(0, 1, 6))
    band = main.fill_between(
        places, zero, zero, color=style.BAND, linewidth=0, animated=True, zorder=1.5
    )
    (line,) = main.plot(places, zero, color=style.BLUE, marker="o", animated=True)
    (best,) = main.plot(
        [], [], "s", color=style.ORANGE, markersize=9, animated=True, zorder=3, linestyle="none"
    )
    ranks = [
        main.text(place, 0, "", ha="center", va="bottom", animated=True, zorder=4)
        for place in places
    ]
    side.set_title("Weights", fontsize=10, fontweight="normal")
    side.set(xlim=(0, 1), xticks=(0, 0.5, 1), xlabel="Share")
    side.grid(visible=False)
    rows = np.arange(len(INDICATOR_NAMES))[::-1]
    bars = side.barh(rows, 0 * rows, color=style.QUIET, height=0.6)
    for bar in bars:
        bar.set_animated(True)
    side.set_yticks(rows, list(INDICATOR_NAMES.values()))
    side.tick_params(axis="y", length=0)
    bar_labels = [side.text(0, row, "", va="center", fontsize=9, animated=True) for row in rows]
    figure.text(
        0.075,
        0.025,
        "Numbers above the points are ranks; the square marks rank 1; "
        "the band is one standard deviation either way.",
        fontsize=8.5,
        color=style.QUIET,
    )
    return SimpleNamespace(
        band=band, line=line, best=best, ranks=ranks, bars=bars, bar_labels=bar_labels
    )


def _index_words(result: AlignmentResult) -> Words:
    order = np.argsort(result.rank, kind="stable")
    first, second, last = (result.labels[place] for place in (order[0], order[1], order[-1]))
    flips = result.reversal_share(first, second, draws=_DRAWS, seed=_SEED)
    tied = [label for label, rank in zip(result.labels, result.rank, strict=True) if rank == 1]
    lead = f"{first} ranks first" if len(tied) == 1 else f"{', '.join(tied)} share the first rank"
    weights = ", ".join(
        f"{name} {weight:.0%}"
        for name, weight in zip(INDICATOR_NAMES.values(), result.weights, strict=True)
    )
    settings = result.parameters
    return Words(
        title=f"{lead}; it and {second} swap in {flips:.0%} of weightings"
        if len(tied) == 1
        else f"{lead}; the index cannot tell them apart",
        reading=(
            f"Weights: {weights}. Normalisation {settings.normaliser}, aggregation "
            f"{settings.aggregator}. {first} stands at {result.index[order[0]]:.2f}, {second} at "
            f"{result.index[order[1]]:.2f}; {last} is last at {result.index[order[-1]]:.2f}. "
            f"In {_DRAWS:,} weightings drawn around these (c = {settings.concentration:g}), "
            f"{first} and {second} change places in {flips:.0%}."
        ),
        table=pd.DataFrame(
            {
                "Year": result.labels,
                "Index": result.index.round(3),
                "One s.d. below": result.low.round(3),
                "One s.d. above": result.high.round(3),
                "Rank": result.rank,
            }
        ),
        source=SOURCE,
    )
