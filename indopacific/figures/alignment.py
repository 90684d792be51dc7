"""Figures of lesson 01: measures of alignment, and the composite index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

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
    above = np.maximum(result.index, result.high) + 0.06
    for rank, numeral in enumerate(parts.numerals, start=1):
        here = result.rank == rank
        numeral.set_data(places[here], above[here])
    for bar, label, weight in zip(parts.bars, parts.bar_labels, result.weights, strict=True):
        bar.set_width(weight)
        label.set_x(weight + 0.02)
        label.set_text(_percent(weight))
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
    # Markers in the shape of a numeral: they are drawn five times as fast as text.
    look = {"color": style.INK, "markeredgewidth": 0.2, "linestyle": "none", "zorder": 4}
    numerals = [
        main.plot([], [], marker=f"${rank}$", markersize=7, animated=True, **look)[0]
        for rank in range(1, len(labels) + 1)
    ]
    side.set_title("Weights", fontsize=10, fontweight="normal")
    side.set(xlim=(0, 1.35), xticks=(0, 0.5, 1), xlabel="Share")  # room for the label 100%
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
        band=band, line=line, best=best, numerals=numerals, bars=bars, bar_labels=bar_labels
    )


def _percent(share: float) -> str:
    # One decimal where it is needed: four weights of 12% and 62% would not seem to add up.
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def _index_words(result: AlignmentResult) -> Words:
    order = np.argsort(result.rank, kind="stable")
    first, second, last = (result.labels[place] for place in (order[0], order[1], order[-1]))
    flips = result.reversal_share(first, second, draws=_DRAWS, seed=_SEED)
    tied = [label for label, rank in zip(result.labels, result.rank, strict=True) if rank == 1]
    lead = f"{first} ranks first" if len(tied) == 1 else f"{', '.join(tied)} share the first rank"
    weights = ", ".join(
        f"{name} {_percent(weight)}"
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


_MEASURES = {
    "votes": ("Identical UN votes", "share of joint votes", False),
    "ideal_points": ("Ideal points", "distance (axis turned)", True),
    "trade": ("China in Russia's trade", "% of goods trade", False),
    "arms": ("Russian arms to China", "SIPRI TIV, million", False),
}
_LOOKS: tuple[dict[str, Any], ...] = style.LINES
_WINDOW = 5
_WINDOW_STARTS = 2005
_UN_SOURCE = "UN General Assembly roll calls (Voeten, Bailey, Strezhnev), own computation"
_IDEAL_SOURCE = "UN General Assembly ideal points (Voeten, edition of July 2025)"
_SIPRI_SOURCE = "SIPRI arms transfers, register of January 2025; TIV measures volume, not price"


def draw_measures(measures: pd.DataFrame, figure: Figure) -> Words:
    """Draw four measures of China and Russia, each on its own scale, closer upwards.

    Parameters
    ----------
    measures : DataFrame
        Index: year. Columns: `votes` (share), `ideal_points` (distance), `trade` (percent) and
        `arms` (SIPRI TIV, million); a year without a figure is missing, not zero.
    figure : Figure

    Returns
    -------
    Words
        The verdict compares two means of five years: 2005 to 2009, or the first five years of a
        series that starts later, and the last five years of the series.
    """
    rows = [_then_and_now(measures[name].dropna(), name) for name in _MEASURES]
    with _afresh(figure):
        panels = figure.subplots(2, 2, sharex=True).ravel()
        for panel, row, look in zip(panels, rows, _LOOKS, strict=False):
            title, unit, turned = _MEASURES[row.name]
            series = measures[row.name]
            for start, end in (row.before, row.after):
                panel.axvspan(start - 0.5, end + 0.5, color=style.BAND, alpha=0.6, linewidth=0)
            panel.plot(series.index, series, **look, markersize=3)
            panel.set_title(f"{title}: {row.verdict}", fontsize=10)
            panel.set_ylabel(unit, fontsize=9)
            panel.xaxis.set_major_locator(MaxNLocator(6, integer=True))
            if turned:
                panel.invert_yaxis()
            else:
                panel.set_ylim(bottom=0)
    said = [row.verdict for row in rows]
    return Words(
        title=(
            f"China and Russia: closer by {_measures(said.count('closer'))}, "
            f"less close by {_count(said.count('less close'))}"
        ),
        reading=" ".join(
            f"{_MEASURES[row.name][0]}: {row.then:{row.form}} in {row.before[0]}-{row.before[1]}, "
            f"{row.now:{row.form}} in {row.after[0]}-{row.after[1]}, {row.verdict}."
            for row in rows
        )
        + " Each figure is a mean over the shaded years; up is closer in every panel.",
        table=_years_as_rows(
            measures.rename(columns={k: f"{v[0]} ({v[1]})" for k, v in _MEASURES.items()})
        ),
        source=f"{_UN_SOURCE}; ideal points by Voeten; IMF DOTS; SIPRI",
    )


def _then_and_now(series: pd.Series, name: str) -> SimpleNamespace:
    first = max(_WINDOW_STARTS, int(series.index.min()))
    last = int(series.index.max())
    before, after = (first, first + _WINDOW - 1), (last - _WINDOW + 1, last)
    then, now = series.loc[slice(*before)].mean(), series.loc[slice(*after)].mean()
    closer = now < then if _MEASURES[name][2] else now > then
    return SimpleNamespace(
        name=name,
        before=before,
        after=after,
        then=then,
        now=now,
        verdict="closer" if closer else "less close",
        form={"trade": ".1f", "arms": ",.0f"}.get(name, ".2f"),
    )


def draw_pairs(pairs: pd.DataFrame, figure: Figure) -> Words:
    """Draw how often pairs of states cast the same vote, allies by treaty marked.

    Parameters
    ----------
    pairs : DataFrame
        Columns `state_a`, `state_b`, `agree_strict` (share) and `allies` (bool).
    figure : Figure

    Returns
    -------
    Words
    """
    ranked = pairs.sort_values("agree_strict")
    names = list(ranked["state_a"] + "-" + ranked["state_b"])
    places = np.arange(len(ranked))
    share = ranked["agree_strict"].to_numpy(dtype=float)
    allied = ranked["allies"].to_numpy(dtype=bool)
    with _afresh(figure):
        axes = figure.subplots()
        axes.hlines(places, 0, share, color=style.GRID, linewidth=1.5)
        axes.plot(share[allied], places[allied], "s", color=style.ORANGE, markersize=8)
        axes.plot(share[~allied], places[~allied], "o", color=style.BLUE, markersize=7)
        for place, value, is_allied in zip(range(len(share)), share, allied, strict=True):
            kind = "   allies by treaty" if is_allied else ""
            axes.text(value + 0.025, place, f"{value:.0%}{kind}", va="center", fontsize=9)
        axes.set_yticks(places, names)
        axes.set(xlim=(0, 1.22), xlabel="Identical votes, share of joint votes")
        axes.set_xticks(np.linspace(0, 1, 6))
        axes.xaxis.set_major_formatter(mpl.ticker.PercentFormatter(1))
        axes.grid(visible=False)
    low, high = share[allied].min(), share[allied].max()
    other = share[~allied]
    return Words(
        title=(
            f"Allies by treaty agree on {low:.0%} to {high:.0%} of votes, "
            f"other pairs on {other.min():.0%} to {other.max():.0%}"
        ),
        reading=(
            f"From the lowest pair, {names[0]} ({share[0]:.0%}), to the highest, {names[-1]} "
            f"({share[-1]:.0%}). Squares are allies by treaty; the two groups overlap."
        ),
        table=pd.DataFrame(
            {
                "Pair": names[::-1],
                "Identical votes (%)": (share[::-1] * 100).round(1),
                "Allies by treaty": np.where(allied[::-1], "yes", "no"),
            }
        ),
        source=_UN_SOURCE,
    )


def draw_absence(coding: pd.DataFrame, figure: Figure) -> Words:
    """Draw what counting absences as a vote does to the agreement of each pair.

    Parameters
    ----------
    coding : DataFrame
        Index: the pair's name. Columns `dropped` and `own_category`: agreement (share) in one and
        the same sample under the two rules.
    figure : Figure

    Returns
    -------
    Words
    """
    moved: Any = ((coding["own_category"] - coding["dropped"]) * 100).rename("move")
    ordered = coding.assign(move=moved).sort_values("move", ascending=False)
    places = np.arange(len(ordered))
    with _afresh(figure):
        axes = figure.subplots()
        axes.hlines(places, ordered["own_category"], ordered["dropped"], color=style.QUIET)
        axes.plot(ordered["dropped"], places, "o", color=style.BLUE, label="absences dropped")
        axes.plot(
            ordered["own_category"],
            places,
            "s",
            color=style.ORANGE,
            label="absence counted as a vote",
        )
        for place, row in enumerate(_rows(ordered)):
            right = max(row.dropped, row.own_category) + 0.02
            axes.text(right, place, _points(row.move), va="center", fontsize=9)
        axes.set_yticks(places, ordered.index)
        axes.set(xlim=(0, 1.08), xlabel="Identical votes, share", ylim=(-0.6, len(ordered) + 0.3))
        axes.xaxis.set_major_formatter(mpl.ticker.PercentFormatter(1))
        axes.legend(loc="upper left", ncols=2, fontsize=9)
        axes.grid(visible=False)
    most, usual = moved.abs().idxmax(), moved.abs().median()
    return Words(
        title=(
            f"One coding rule moves {most} by {abs(moved[most]):.1f} points; "
            f"half of the pairs move by {usual:.1f} or less"
        ),
        reading=(
            f"{most} agree on {coding['dropped'][most]:.1%} of the votes that both cast, and "
            f"on {coding['own_category'][most]:.1%} when an absence counts as one more kind "
            f"of vote. The sample of roll calls is the same."
        ),
        table=pd.DataFrame(
            {
                "Pair": ordered.index[::-1],
                "Absences dropped (%)": (ordered["dropped"][::-1] * 100).round(1),
                "Absence as a vote (%)": (ordered["own_category"][::-1] * 100).round(1),
                "Move (points)": ordered["move"][::-1].round(1),
            }
        ),
        source=_UN_SOURCE,
    )


def draw_ideal_points(points: pd.DataFrame, figure: Figure) -> Words:
    """Draw the ideal points of two states with their intervals.

    Parameters
    ----------
    points : DataFrame
        Columns `year`, `state` (two states), `ideal_point`, `q05`, `q95`.
    figure : Figure

    Returns
    -------
    Words
    """
    states = list(dict.fromkeys(points["state"]))
    last = int(points["year"].max())
    with _afresh(figure):
        axes = figure.subplots()
        for state, look, hatch in zip(states, _LOOKS, ("", "////"), strict=False):
            own: Any = points[points["state"] == state].set_index("year")
            axes.fill_between(
                own.index,
                own["q05"],
                own["q95"],
                facecolor=look["color"],
                edgecolor=look["color"],
                alpha=0.22,
                hatch=hatch,
                linewidth=0,
            )
            axes.plot(own.index, own["ideal_point"], **look, markersize=4)
            axes.text(
                last + 0.4,
                own.loc[last, "ideal_point"],
                state,
                color=look["color"],
                va="center",
                fontweight="bold",
            )
        axes.set_xlim(right=last + 3)
        axes.set_ylabel("Ideal point (higher: nearer the USA)")
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    now = points[points["year"] == last].set_index("state")
    overlap = now["q05"].max() < now["q95"].min()
    gap = abs(now["ideal_point"].iloc[0] - now["ideal_point"].iloc[1])
    each = "; ".join(
        f"{state} {now.loc[state, 'ideal_point']:.2f} ({now.loc[state, 'q05']:.2f} to "
        f"{now.loc[state, 'q95']:.2f})"
        for state in states
    )
    return Words(
        title=(
            f"{' and '.join(states)} stood {gap:.2f} apart in {last}, and their intervals "
            f"{'overlap' if overlap else 'do not overlap'}"
        ),
        reading=f"In {last}, with intervals of 90 percent: {each}. The bands show the intervals.",
        table=points[["year", "state", "ideal_point", "q05", "q95"]]
        .astype({"year": str})
        .rename(
            columns={
                "year": "Year",
                "state": "State",
                "ideal_point": "Ideal point",
                "q05": "5 percent",
                "q95": "95 percent",
            }
        ),
        source=_IDEAL_SOURCE,
    )


def draw_thin_year(editions: pd.DataFrame, figure: Figure) -> Words:
    """Draw one distance in two editions of the same data, over the votes behind the newer one.

    Parameters
    ----------
    editions : DataFrame
        Index: year. Columns `older` and `newer` (distance; a year that an edition lacks is
        missing), `votes` (roll calls behind the newer edition) and `flagged` (bool: the newer
        edition is defective there).
    figure : Figure

    Returns
    -------
    Words
    """
    votes: Any = editions["votes"]
    thin = int(votes.idxmin())
    usual = votes.drop(thin).min()
    with _afresh(figure):
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=(1.5, 1))
        for name, look in zip(("older", "newer"), _LOOKS, strict=False):
            top.plot(editions.index, editions[name], **look, label=f"{name} edition")
        top.set_ylabel("Distance")
        top.set_ylim(bottom=0)
        top.legend(loc="upper center", ncols=2, fontsize=9)
        top.margins(y=0.35)
        flagged = editions["flagged"].to_numpy(dtype=bool)
        bars = bottom.bar(
            editions.index,
            editions["votes"],
            color=np.where(flagged, style.ORANGE, style.QUIET),
            hatch=["//" if flag else "" for flag in flagged],
            edgecolor="white",
        )
        bottom.bar_label(bars, fmt="{:.0f}", fontsize=9)
        bottom.set_ylabel("Votes")
        bottom.margins(y=0.25)
        bottom.set_xticks(editions.index)
    return Words(
        title=(
            f"The newer edition places {thin} by {votes[thin]:.0f} votes; "
            f"no other year has fewer than {usual:.0f}"
        ),
        reading=(
            f"For {thin} the older edition puts China and Russia "
            f"{editions['older'][thin]:.2f} apart, the newer one "
            f"{editions['newer'][thin]:.2f}. The bars below count the votes behind the newer "
            f"edition; hatched years are defective in it."
        ),
        table=_years_as_rows(
            editions.rename(
                columns={
                    "older": "Distance, July 2025 edition",
                    "newer": "Distance, edition 38",
                    "votes": "Votes, edition 38",
                    "flagged": "Defective",
                }
            )
        ),
        source="UN General Assembly ideal points (Voeten), editions of July 2025 and April 2026",
    )


def draw_trade(trade: pd.DataFrame, figure: Figure) -> Words:
    """Draw China's goods trade with Russia; years without a verified figure stay open.

    Parameters
    ----------
    trade : DataFrame
        The table `china_russia_trade`: `year`, `total` (USD billion), `status`.
    figure : Figure

    Returns
    -------
    Words
    """
    total: Any = trade.set_index("year")["total"].astype(float)
    derived = trade.set_index("year")["status"].eq("derived")
    gaps = total.index[total.isna()]
    with _afresh(figure):
        axes = figure.subplots()
        for year in gaps:
            axes.axvspan(
                year - 0.5, year + 0.5, facecolor="white", edgecolor=style.GRID, hatch="///"
            )
        axes.plot(total.index, total, **_LOOKS[0])
        axes.plot(
            total[derived].index,
            total[derived],
            "o",
            markerfacecolor="white",
            markeredgecolor=style.BLUE,
            markersize=7,
        )
        last = total.last_valid_index()
        axes.annotate(
            f"{total[last]:.0f} in {last}",
            (last, total[last]),
            (0, -16),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=9,
        )
        axes.set(ylim=(0, total.max() * 1.12), ylabel="USD billion, current prices")
        axes.set_xlim(total.index.min() - 1, total.index.max() + 2)
        axes.text(
            0.02,
            0.93,
            "hatched: no verified figure\nhollow: derived from a growth rate",
            transform=axes.transAxes,
            va="top",
            fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none"},
        )
        axes.xaxis.set_major_locator(MaxNLocator(10, integer=True))
    change = total.diff()
    falls = [int(year) for year in change.index if change[year] < 0]
    growth = total[last] / total[last - 1] - 1
    direction = "fell" if growth < 0 else "rose"
    earlier = [year for year in falls if year < last]
    return Words(
        title=f"Trade {direction} by {abs(growth):.1%} in {last}; it had fallen before in "
        f"{', '.join(map(str, earlier))}",
        reading=(
            f"China's customs count USD {total.dropna().iloc[0]:.1f} billion in "
            f"{total.first_valid_index()} and {total[last]:.1f} in {last}; the highest is "
            f"{total.max():.1f} in {total.idxmax()}. No verified figure for "
            f"{', '.join(map(str, gaps))}: the line stops there."
        ),
        table=pd.DataFrame(
            {
                "Year": total.index.astype(str),
                "Trade (USD billion)": total.round(2).to_numpy(),
                "Status": trade["status"].to_numpy(),
            }
        ),
        source="China's customs (GACC) as reported in the press; each year's source in the table",
    )


def draw_asymmetry(result: tuple[pd.DataFrame, pd.Series], figure: Figure) -> Words:
    """Draw what China is in Russia's trade, and what Russia is in China's.

    Parameters
    ----------
    result : tuple
        The table `china_share_of_russia_trade` (percent), and China's trade by partner in one
        year and one currency (USD billion, index: partner, name: year); a partner without a
        verified figure is missing.
    figure : Figure

    Returns
    -------
    Words
    """
    shares: Any = result[0].set_index("year")[["china_share", "eu_share"]]
    partners: Any = result[1]
    first, last = int(shares.index.min()), int(shares.index.max())
    with _afresh(figure):
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        for column, look, name in zip(shares, _LOOKS, ("China", "EU"), strict=False):
            left.plot(shares.index, shares[column], **look)
            left.text(last, shares.loc[last, column] + 2, name, color=look["color"], ha="right")
        left.set(ylim=(0, 55), ylabel="% of Russia's goods trade")
        left.set_title("Seen from Russia", fontsize=10)
        left.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        places = np.arange(len(partners))
        right.bar(places, partners.fillna(0), color=style.BLUE, width=0.6)
        for place, value in zip(places, partners, strict=True):
            known = pd.notna(value)
            right.text(
                place,
                (value if known else 0) + 12,
                f"{value:.0f}" if known else "no verified\nfigure",
                ha="center",
                va="bottom",
                fontsize=9,
            )
        right.set_xticks(places, partners.index)
        right.set(ylabel="USD billion", ylim=(0, partners.max() * 1.15))
        right.set_title(f"Seen from China, {partners.name}", fontsize=10)
    share = partners["Russia"] / partners["USA"]
    return Words(
        title=(
            f"China is {shares.loc[last, 'china_share']:.0f}% of Russia's trade ({last}); "
            f"Russia is to China {share:.0%} of what the USA is ({partners.name})"
        ),
        reading=(
            f"China's share of Russia's goods trade rose from "
            f"{shares.loc[first, 'china_share']:.1f} percent in {first} to "
            f"{shares.loc[last, 'china_share']:.1f} in {last}; the EU's went from "
            f"{shares.loc[first, 'eu_share']:.1f} to {shares.loc[last, 'eu_share']:.1f}. In "
            f"{partners.name} China's customs counted USD {partners['Russia']:.0f} billion with "
            f"Russia and {partners['USA']:.0f} with the USA."
            + "".join(
                f" For the {name} no verified dollar figure was found."
                for name in partners.index[partners.isna()]
            )
        ),
        table=pd.DataFrame(
            [
                (f"{name} in Russia's goods trade (%)", str(year), share_then)
                for column, name in (("china_share", "China"), ("eu_share", "EU"))
                for year, share_then in shares[column].items()
            ]
            + [
                (f"China's trade with {name} (USD billion)", str(partners.name), value)
                for name, value in partners.items()
            ],
            columns=["Measure", "Year", "Value"],
        ),
        source="IMF DOTS, own computation (left); China's customs, GACC (right)",
    )


def draw_arms(arms: pd.DataFrame, figure: Figure) -> Words:
    """Draw Russian arms deliveries to China, as a volume and as a share of China's imports.

    Parameters
    ----------
    arms : DataFrame
        The table `arms_russia_china`: `year`, `tiv`, `russia_share_of_china_imports` (percent).
    figure : Figure

    Returns
    -------
    Words
    """
    own: Any = arms.set_index("year")
    volume, share = own["tiv"], own["russia_share_of_china_imports"]
    peak, last = int(volume.idxmax()), int(volume.index.max())
    with _afresh(figure):
        top, bottom = figure.subplots(2, 1, sharex=True)
        top.bar(volume.index, volume, color=style.BLUE, width=0.7)
        top.set_ylabel("TIV, million")
        top.set_title("Volume of deliveries", fontsize=10)
        bottom.plot(share.index, share, **_LOOKS[1])
        bottom.set(ylim=(0, 100), ylabel="%")
        bottom.set_title("Russia's share of China's arms imports", fontsize=10)
        bottom.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    return Words(
        title=(
            f"From {peak} to {last} the volume fell by {1 - volume[last] / volume[peak]:.0%}; "
            f"the share went from {share[peak]:.0f} to {share[last]:.0f} percent"
        ),
        reading=(
            f"Deliveries peaked at {volume[peak]:,.0f} million TIV in {peak} and stood at "
            f"{volume[last]:,.0f} in {last}. Russia's share of China's arms imports was "
            f"{share[peak]:.1f} percent and {share[last]:.1f}: a share of a smaller whole."
        ),
        table=_years_as_rows(
            pd.DataFrame({"Deliveries (TIV, million)": volume, "Share of imports (%)": share})
        ),
        source=_SIPRI_SOURCE,
    )


_DUTIES = {
    "assistance": "Assistance",
    "consultation": "Consultation",
    "no_opposing_alliance": "No opposing\nalliance",
}


def draw_duties(duties: pd.DataFrame, figure: Figure) -> Words:
    """Draw which pair of states has promised what, by treaty and article.

    Parameters
    ----------
    duties : DataFrame
        The table `treaty_duties`.
    figure : Figure

    Returns
    -------
    Words
    """
    pairs = list(dict.fromkeys(duties["parties"]))
    kinds = list(_DUTIES)
    cells = {
        (row.parties, row.duty): f"art. {row.article} ({row.date:%Y})" for row in _rows(duties)
    }
    with _afresh(figure):
        axes = figure.subplots()
        for y, pair in enumerate(reversed(pairs)):
            for x, kind in enumerate(kinds):
                written = cells.get((pair, kind))
                strong = written and kind == "assistance"
                axes.add_patch(
                    mpl.patches.Rectangle(
                        (x - 0.46, y - 0.42),
                        0.92,
                        0.84,
                        facecolor=style.BLUE if strong else style.BAND if written else "white",
                        edgecolor=style.GRID,
                        hatch=None if written else "..",
                    )
                )
                axes.text(
                    x,
                    y,
                    written or "not in our table",
                    ha="center",
                    va="center",
                    color="white" if strong else style.INK,
                    bbox=None if written else {"facecolor": "white", "edgecolor": "none"},
                )
        axes.set(xlim=(-0.5, len(kinds) - 0.5), ylim=(-0.5, len(pairs) - 0.5))
        axes.set_xticks(range(len(kinds)), [_DUTIES[kind] for kind in kinds])
        axes.set_yticks(range(len(pairs)), [pair.replace("; ", "-") for pair in reversed(pairs)])
        _bare(axes)
    bound = [pair for pair in pairs if (pair, "assistance") in cells]
    free = [pair for pair in pairs if pair not in bound]
    return Words(
        title=(
            f"A duty of assistance binds {_listed(bound)}; {_listed(free)} have promised to consult"
        ),
        reading=" ".join(
            f"{pair.replace('; ', '-')}: "
            + "; ".join(
                f"{_DUTIES[kind].replace(chr(10), ' ').lower()}, {cells[pair, kind]}"
                for kind in kinds
                if (pair, kind) in cells
            )
            + "."
            for pair in pairs
        ),
        table=duties[["parties", "date", "article", "duty", "qualifier"]]
        .assign(date=duties["date"].dt.strftime("%Y-%m-%d"))
        .rename(columns=lambda name: name.capitalize()),
        source="treaty texts as read in the sources of the table treaty_duties",
    )


_VOTE_LOOKS = {
    "no": ("no", style.ORANGE, "white"),
    "abstain": ("abstain", style.BAND, style.INK),
    "yes": ("yes", "white", style.INK),
}


def draw_ukraine_votes(votes: pd.DataFrame, figure: Figure) -> Words:
    """Draw how states voted on the resolutions on Ukraine; unread votes stay open.

    Parameters
    ----------
    votes : DataFrame
        Index: a resolution's name; one column a state, values yes, abstain, no or missing.
    figure : Figure

    Returns
    -------
    Words
    """
    with _afresh(figure):
        axes = figure.subplots()
        for y, name in enumerate(reversed(list(votes.index))):
            for x, state in enumerate(votes.columns):
                vote = votes.loc[name, state]
                known = vote in _VOTE_LOOKS
                label, face, ink = _VOTE_LOOKS.get(vote, ("not read", "white", style.QUIET))
                axes.add_patch(
                    mpl.patches.Rectangle(
                        (x - 0.47, y - 0.44),
                        0.94,
                        0.88,
                        facecolor=face,
                        edgecolor=style.QUIET,
                        linestyle="-" if known else ":",
                        linewidth=0.8,
                    )
                )
                axes.text(x, y, label, ha="center", va="center", color=ink, fontsize=9)
        axes.set(xlim=(-0.5, len(votes.columns) - 0.5), ylim=(-0.5, len(votes) - 0.5))
        axes.set_xticks(range(len(votes.columns)), votes.columns)
        axes.set_yticks(range(len(votes)), list(reversed(list(votes.index))))
        _bare(axes)
    china = votes["China"].value_counts()
    dprk = votes["DPRK"].value_counts()
    return Words(
        title=(
            f"In {_count(len(votes))} votes China abstained {_times(china.get('abstain', 0))} and "
            f"voted no {_times(china.get('no', 0))}; the DPRK voted no "
            f"{_times(dprk.get('no', 0))}"
        ),
        reading=" ".join(
            f"{state}: "
            + ", ".join(f"{count} {vote}" for vote, count in votes[state].value_counts().items())
            + (f", {unread} not read" if (unread := int(votes[state].isna().sum())) else "")
            + "."
            for state in votes.columns
        ),
        table=votes.astype(object).where(votes.notna(), None).reset_index(names="Resolution"),
        source="UN General Assembly, as read in the sources of the table ukraine_votes",
    )


def draw_estimates(estimates: pd.DataFrame, figure: Figure) -> Words:
    """Draw estimates of one quantity; an open end is an arrow, not a value.

    Parameters
    ----------
    estimates : DataFrame
        Rows of `war_support_estimates` in one unit: `date`, `estimator`, `low`, `high`, `unit`,
        `kind`. A missing low or high means "at most" or "at least"; a capacity is room, not a
        count, whichever of the two it gives.
    figure : Figure

    Returns
    -------
    Words
    """
    ordered = estimates.sort_values("date", ascending=False)
    unit = ordered["unit"].iloc[0]
    known = ordered[["low", "high"]].astype(float)
    point: Any = known["high"].fillna(known["low"]) / 1e6
    reach = point.max() * 0.12
    room = ordered["kind"].eq("capacity")
    with _afresh(figure):
        axes = figure.subplots()
        for place, row in enumerate(_rows(ordered)):
            value, open_end = point.iloc[place], pd.isna(row.low) or pd.isna(row.high)
            look: dict[str, Any] = {"color": style.ORANGE if row.kind == "capacity" else style.BLUE}
            axes.plot(value, place, "s" if row.kind == "capacity" else "o", markersize=9, **look)
            if open_end:
                fewer = pd.isna(row.low) or row.kind == "capacity"
                towards = -reach if fewer else reach
                axes.annotate(
                    "",
                    (value + towards, place),
                    (value, place),
                    arrowprops={"arrowstyle": "->", "linewidth": 1.8, **look},
                )
            axes.text(
                value,
                place + 0.17,
                f"{_bound(row)}{value:.1f} million",
                ha="center",
                va="bottom",
                fontsize=9,
            )
        axes.set_yticks(
            range(len(ordered)),
            [f"{row.estimator.replace(', ', chr(10), 1)}\n{row.date}" for row in _rows(ordered)],
            fontsize=9,
        )
        axes.set(
            xlim=(0, point.max() * 1.3),
            ylim=(-0.5, len(ordered) - 0.3),
            xlabel=f"{unit.capitalize()}, million",
        )
        axes.grid(visible=False)
        axes.grid(visible=True, axis="x")
    return Words(
        title=(
            f"From {point.min():.1f} to {point.max():.1f} million {unit}, but not of the same "
            f"thing: {_count(int(room.sum()))} of {_count(len(room))} say what containers could "
            "hold"
        ),
        reading=" ".join(
            f"{row.estimator} ({row.date}): "
            f"{_bound(row)}{value:.1f} million; "
            f"{row.quantity}. {row.note}"
            for row, value in zip(_rows(ordered), point, strict=True)
        ),
        table=ordered[["date", "estimator", "quantity", "low", "high", "note"]].rename(
            columns=lambda name: name.capitalize()
        ),
        source="the estimators named, as read in the sources of the table war_support_estimates",
    )


@contextmanager
def _afresh(figure: Figure) -> Iterator[None]:
    figure.clear()
    figure.set_layout_engine("constrained", w_pad=0.08, h_pad=0.08)
    with mpl.rc_context(style.RC):
        yield
        # Ticks take the style of the moment in which they are made, which is when first drawn.
        figure.draw_without_rendering()


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples())


def _bound(row: Any) -> str:
    if row.kind == "capacity":
        return "room for "
    if pd.isna(row.low):
        return "at most "
    return "at least " if pd.isna(row.high) else ""


def _bare(axes: Axes) -> None:
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _years_as_rows(frame: pd.DataFrame) -> pd.DataFrame:
    text = frame.rename_axis("Year").reset_index()
    return text.assign(Year=text["Year"].astype(str))


def _measures(number: int) -> str:
    return f"{_count(number)} measure{'' if number == 1 else 's'}"


def _listed(names: list[str]) -> str:
    return " and ".join(name.replace("; ", "-") for name in names)


def _points(move: float) -> str:
    return f"{move:+.1f} points" if abs(move) >= 0.05 else "less than 0.1 points"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{_count(number)} times")


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)
