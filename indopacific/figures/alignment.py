"""Figures of lesson 01: measures of alignment. Its index and records have rooms of their own."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, guesses, style
from indopacific.figures.wording import between, count, listed, points, sentence, spans, the
from indopacific.figures.words import Words, by_year
from indopacific.models.alignment import ThenAndNow

_UN = "UN General Assembly roll calls (Voeten, Bailey, Strezhnev), own computation"
_WHOLE = guesses.WHOLE_SHARE.write
_YES_NO = {True: "yes", False: "no"}
_MEASURES = {
    "votes": ("identical UN votes", "% of joint votes", guesses.SHARE),
    "ideal_points": ("ideal points", "distance (axis turned)", guesses.DISTANCE),
    "trade": ("China in Russia's trade", "% of goods trade", guesses.PERCENT),
    "arms": ("Russian arms to China", "SIPRI TIV, million", guesses.TIV),
}


def draw_measures(result: ThenAndNow, figure: Figure, *, predicted: Any = None) -> Words:
    """Draw four measures of China and Russia, each on its own scale, closer upwards.

    Parameters
    ----------
    result : ThenAndNow
        ``then_and_now(measures, since=2005)``; `measures` has the index year and the columns
        `votes` (share), `ideal_points` (distance), `trade` (percent), `arms` (TIV, million).
    figure : Figure
    predicted : mapping of column to {year: value}, optional
    """
    lines = guesses.given(predicted) or {}
    rows: dict[Any, Any] = {row.Index: row for row in result.table.itertuples()}
    kept = {name: row for name, row in rows.items() if row.verdict != "too short"}
    same = {name: f"from {row.same} of {row.starts} possible starts" for name, row in kept.items()}
    short = {name: f"the latest start is {row.latest}" for name, row in rows.items()}
    titles = [
        f"{sentence(what)}: {rows[name].verdict}\n{same.get(name, short[name])}"
        for name, (what, _, _) in _MEASURES.items()
    ]
    told = []
    with forms.fresh(figure):
        panels = forms.panels(figure, titles, sharex=True)
        for look, (axes, name) in enumerate(zip(panels, _MEASURES, strict=True)):
            (what, label, unit), row, values = _MEASURES[name], rows[name], result.measures[name]
            windows = [(row.before_first, row.before_last), (row.after_first, row.after_last)]
            shaded = windows if name in kept else windows[1:]
            line = guesses.given(lines.get(name)) or {}
            guess = {year: y * unit.scale for year, y in line.items()}
            drawn = values.mul(unit.scale).to_frame("")
            forms.series(axes, drawn, look=look, windows=shaded, predicted=guess)
            axes.set_ylabel(label, fontsize=9)
            axes.set_ylim(bottom=0)
            if name == "ideal_points":
                axes.invert_yaxis()
            then, now = (f"{first}-{last}" for first, last in windows)
            said = f"too short to start from {row.before_first}; {short[name]}"
            if name in kept:
                said = f"{unit.write(row.before)} in {then}, {unit.write(row.after)} in {now}"
                said += f": {row.verdict}; so it is {same[name]}"
            answer = guesses.answer(lines.get(name), values, unit)
            told.append(f"{sentence(what)}: {said}.{answer}")
    closer = sum(row.verdict == "closer" for row in kept.values())
    shaky = [_MEASURES[name][0] for name, row in kept.items() if row.same < row.starts]
    reach = "" if len(kept) == len(rows) else " that can start there"
    means = result.table[["before", "after"]].T.set_axis(["earlier mean", "later mean"])
    whole = pd.concat([result.measures.set_axis(result.measures.index.astype(str)), means])
    table = {
        sentence(what): [
            *whole[name].map(unit.write, na_action="ignore"),
            same.get(name, short[name]),
        ]
        for name, (what, _, unit) in _MEASURES.items()
    }
    return Words(
        title=f"From {result.since}, China and Russia are closer by {count(closer)} of "
        f"{count(len(kept), 'measure')}{reach}; another start changes "
        + (f"the verdict on {listed(shaky)}" if shaky else "no verdict"),
        reading=" ".join(told) + " Each number is a mean over shaded years; up is closer.",
        table=pd.DataFrame({"Year": [*whole.index, "the same verdict"], **table}),
        source=f"{_UN}; ideal points by Voeten; IMF DOTS; SIPRI",
    )


def draw_pairs(pairs: pd.DataFrame, figure: Figure, *, predicted: Any = None) -> Words:
    """Draw how often pairs of states cast the same vote, allies by treaty marked.

    Parameters
    ----------
    pairs : DataFrame
        Columns `state_a`, `state_b`, `agree_strict` (share) and `allies` (bool).
    figure : Figure
    predicted : sequence of pairs such as "Japan-USA", most agreement first, or {pair: share}
    """
    ranked = pairs.assign(pair=pairs["state_a"] + "-" + pairs["state_b"])
    ranked = ranked.set_index("pair").sort_values("agree_strict", ascending=False)
    share, allied = ranked["agree_strict"].astype(float), ranked["allies"].astype(bool)
    notes: Any = dict.fromkeys(share.index[allied], "allies by treaty")
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.ranked_dots(axes, share, write=_WHOLE, marked=notes, notes=notes, predicted=predicted)
        forms.percent_axis(axes, "Identical votes, share of joint votes")
    most, least = (_WHOLE(share.iloc[place]) for place in (0, -1))
    groups = {"allies by treaty agree": share[allied], "other pairs": share[~allied]}
    said = [f"{who} on {between(own, _WHOLE)} of votes" for who, own in groups.items() if len(own)]
    table = {"Identical votes": share.map(_WHOLE), "Allies by treaty": allied.map(_YES_NO)}
    return Words(
        title=sentence(", ".join(said)),
        reading=f"{share.index[0]} agree most, on {most} of the votes that both cast, and "
        f"{share.index[-1]} least, on {least}. Squares mark allies by treaty."
        + guesses.answer(predicted, share, guesses.WHOLE_SHARE),
        table=pd.DataFrame(table).reset_index(names="Pair"),
        source=_UN,
    )


def draw_absence(coding: pd.DataFrame, figure: Figure, *, predicted: Any = None) -> Words:
    """Draw what counting absences as a vote does to the agreement of each pair.

    Parameters
    ----------
    coding : DataFrame
        Index: the pair's name. Columns `dropped` and `own_category`: agreement (share) in one and
        the same sample under the two rules.
    figure : Figure
    predicted : mapping of pair to the points by which it rises, or falls (negative), optional
    """
    own: Any = coding.assign(move=coding["own_category"].sub(coding["dropped"]).mul(100))
    own = own.sort_values("move")
    old, new, move = own["dropped"], own["own_category"], own["move"]
    guess = {pair: old[pair] + y / 100 for pair, y in (guesses.given(predicted) or {}).items()}
    with forms.fresh(figure):
        axes = figure.subplots()
        ends = pd.DataFrame({"absences dropped": old, "absence counted as a vote": new})
        forms.dumbbells(axes, ends, write=lambda a, b: points(100 * (b - a)), predicted=guess)
        forms.percent_axis(axes, "Identical votes, share")
    most, table = move.abs().idxmax(), ends.mul(100).assign(move=move).round(1)
    return Words(
        title=f"One coding rule moves {most} by {abs(move[most]):.1f} points; half of the pairs "
        f"move by {move.abs().quantile(interpolation='lower'):.1f} or less",
        reading=f"{most} agree on {old[most]:.1%} of the votes that both cast, and on "
        f"{new[most]:.1%} when an absence counts as one more kind of vote. The roll calls are the "
        "same." + guesses.answer(predicted, move, guesses.POINTS, how=guesses.move),
        table=table.set_axis(
            ["Absences dropped (%)", "Absence as a vote (%)", "Move (points)"], axis=1
        ).reset_index(names="Pair"),
        source=_UN,
    )


def draw_ideal_points(points: pd.DataFrame, figure: Figure) -> Words:
    """Draw the ideal points of two states with their intervals.

    Parameters
    ----------
    points : DataFrame
        Columns `year`, `state` (two states), `ideal_point`, `q05`, `q95`.
    figure : Figure
    """
    states = list(dict.fromkeys(points["state"]))
    wide: Any = points.pivot(index="year", columns="state")
    place, low, high = (wide[name][states] for name in ("ideal_point", "q05", "q95"))
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.series(axes, place, low=low, high=high)
        axes.set_ylabel("Ideal point (higher: nearer the USA)")
    last, gap = int(place.index[-1]), place[states[0]].sub(place[states[1]]).abs()
    meet = low.loc[last].max() < high.loc[last].min()
    at = [
        f"{the(each)} at {place[each][last]:.2f} ({low[each][last]:.2f} to {high[each][last]:.2f})"
        for each in states
    ]
    low, high = low.add_suffix(", 90% from"), high.add_suffix(", 90% to")
    table = [place, low, high, gap.rename("Distance")]
    return Words(
        title=f"{listed([the(each) for each in states])} stood {gap[last]:.2f} apart in {last}; "
        f"their intervals {'overlap' if meet else 'do not overlap'}",
        reading=f"In {last} the model puts {listed(at)}. The bands, and the numbers in brackets, "
        "are the intervals of 90 percent.",
        table=by_year(pd.concat(table, axis=1).round(2)),
        source="UN General Assembly ideal points (Voeten, edition of July 2025)",
    )


def draw_thin_year(editions: pd.DataFrame, figure: Figure) -> Words:
    """Draw one distance in two editions of the same data, over the votes behind the newer one.

    Parameters
    ----------
    editions : DataFrame
        Index: year. Columns `older` and `newer` (distance; a year that an edition lacks is
        missing), `votes` (roll calls behind the newer edition), `flagged` (bool: defective).
    figure : Figure
    """
    votes: Any = editions["votes"]
    flagged = editions["flagged"].astype(bool)
    lines, thin = editions[["older", "newer"]].add_suffix(" edition"), int(votes.idxmin())
    with forms.fresh(figure):
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=(1.5, 1))
        forms.series(top, lines)
        top.set(ylabel="Distance", ylim=(0, None))
        hatched = list(editions.index[flagged])
        forms.bars(bottom, votes, hatched=hatched, colour=style.QUIET)
        bottom.set_ylabel("Votes")
    old, new = lines.loc[thin].map("{:.2f}".format, na_action="ignore").fillna("an unknown way")
    table = lines.round(2).assign(votes=votes, defective=flagged.map(_YES_NO))
    return Words(
        title=f"The newer edition places {thin} by {votes[thin]:.0f} votes; no other year has "
        f"fewer than {votes.drop(thin).min():.0f}",
        reading=f"For {thin} the older edition puts China and Russia {old} apart, the newer one "
        f"{new}. The bars below count the votes behind the newer edition; in hatched years it is "
        "defective.",
        table=by_year(table.rename(columns=sentence)),
        source="UN General Assembly ideal points (Voeten), editions of July 2025 and April 2026",
    )


def draw_trade(trade: pd.DataFrame, figure: Figure, *, predicted: Any = None) -> Words:
    """Draw China's goods trade with Russia; years without a verified figure stay open.

    Parameters
    ----------
    trade : DataFrame
        Columns `year`, `value` (USD billion), `status` ("derived" is drawn hollow).
    figure : Figure
    predicted : mapping of year to USD billion, optional
    """
    own: Any = trade.set_index("year").sort_index()
    own = own.reindex(range(own.index[0], own.index[-1] + 1))
    value = own["value"].astype(float)
    change, known = value.pct_change(fill_method=None).mul(100), value.dropna()
    first, last, top = known.index[0], known.index[-1], known.idxmax()
    falls, open_years = (list(own.index[which]) for which in (change < 0, value.isna()))
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.series(
            axes,
            value.to_frame(f"{known[last]:.0f} in {last}"),
            hollow={"derived from a growth rate": own.index[own["status"].eq("derived")]},
            gaps="no verified figure",
            predicted=predicted,
        )
        axes.set(ylabel="USD billion, current prices", ylim=(0, None))
    rate = f"{'fell' if change[last] < 0 else 'rose'} by {abs(change[last]):.1f}% in {last}"
    table = pd.DataFrame({"Trade (USD billion)": value, "Change on the year before (%)": change})
    return Words(
        title=f"Trade {rate if last - 1 in known else f'has no figure for {last - 1}'}; earlier "
        f"falls that we can see: {listed([year for year in falls if year < last])}",
        reading=f"China's customs count USD {known[first]:.1f} billion in {first} and "
        f"{known[last]:.1f} in {last}; the highest is {known[top]:.1f} in {top}. Years without a "
        f"verified figure: {spans(open_years)}. No line crosses a gap."
        + guesses.answer(predicted, value, guesses.USD_BILLION),
        table=by_year(table.round(1).assign(Status=own["status"].fillna("unverified"))),
        source="China's customs (GACC) as reported in the press; each year's source in the table",
    )


def draw_asymmetry(result: tuple[Any, Any], figure: Figure, *, predicted: Any = None) -> Words:
    """Draw what China is in Russia's trade, and what Russia is in China's.

    Parameters
    ----------
    result : tuple of DataFrame and Series
        Shares of Russia's goods trade (index: year, columns `China`, `EU`, percent); China's trade
        by partner (USD billion, index: partner, name: year), missing where not verified.
    figure : Figure
    predicted : number, optional
        China's share of Russia's goods trade in the latest year, percent.
    """
    (shares, partners), first, last = result, int(result[0].index[0]), int(result[0].index[-1])
    with forms.fresh(figure):
        titles = ["Seen from Russia", f"Seen from China, {partners.name}"]
        left, right = forms.panels(figure, titles, width_ratios=(1.25, 1))
        forms.series(left, shares, predicted={last: predicted})
        left.set(ylim=(0, None), ylabel="% of Russia's goods trade")
        forms.bars(right, partners, missing="no verified figure")
        right.set_ylabel("USD billion")
    of_usa, usd = partners["Russia"] / partners["USA"], partners.map("{:.0f}".format)
    missing = [the(name) for name in partners.index[partners.isna()]]
    went = [
        f"for {the(who)} from {own[first]:.1f} to {own[last]:.1f}" for who, own in shares.items()
    ]
    table = [
        (f"{who} in Russia's goods trade (%)", year, share)
        for (who, year), share in shares.round(1).unstack().items()
    ]
    table += [
        (f"China's trade with {the(who)} (USD billion)", partners.name, value)
        for who, value in partners.round(0).items()
    ]
    table.append(
        ("Trade with Russia against that with the USA (%)", partners.name, round(100 * of_usa))
    )
    return Words(
        title=f"China is {shares['China'][last]:.1f}% of Russia's trade ({last}); Russia is to "
        f"China {of_usa:.0%} of what the USA is ({partners.name})",
        reading=f"Between {first} and {last} the share of Russia's goods trade went "
        f"{listed(went)} percent. In {partners.name} China's customs counted "
        f"USD {usd['Russia']} billion with Russia and {usd['USA']} with the USA."
        + (f" No verified dollar figure was found for {listed(missing)}." if missing else "")
        + guesses.answer(predicted, shares["China"][last], guesses.PERCENT),
        table=pd.DataFrame(table, columns=["Measure", "Year", "Value"]),
        source="IMF DOTS, own computation (left); China's customs, GACC (right)",
    )


def draw_arms(arms: pd.DataFrame, figure: Figure, *, predicted: Any = None) -> Words:
    """Draw Russian arms deliveries to China, as a volume and as a share of China's imports.

    Parameters
    ----------
    arms : DataFrame
        Index: year. Columns `volume` (SIPRI TIV, million), `share` (percent of China's imports).
    figure : Figure
    predicted : number, optional
        The volume in the latest year.
    """
    volume: Any = arms["volume"]
    share: Any = arms["share"]
    peak, last = int(volume.idxmax()), int(arms.index.max())
    of_peak = volume.div(volume[peak]).mul(100)
    with forms.fresh(figure):
        titles = ["Volume of deliveries", "Russia's share of China's arms imports"]
        top, bottom = forms.panels(figure, titles, columns=1, sharex=True)
        forms.bars(top, volume, labelled=False, predicted={last: predicted})
        top.set_ylabel("TIV, million")
        forms.series(bottom, share.to_frame(""), look=1)
        bottom.set(ylim=(0, 100), ylabel="%")
    table = {
        "Deliveries (TIV, million)": volume.map("{:,.0f}".format),
        f"Of those in {peak} (%)": of_peak.round(0),
        "Share of imports (%)": share.round(1),
    }
    return Words(
        title=f"The volume in {last} was {of_peak[last]:.0f}% of that in {peak}; the share went "
        f"from {share[peak]:.1f} to {share[last]:.1f} percent",
        reading=f"Deliveries peaked at {volume[peak]:,.0f} million TIV in {peak}; in {last} they "
        f"were {volume[last]:,.0f}. Russia's share of China's arms imports was {share[peak]:.1f} "
        f"percent in {peak} and {share[last]:.1f} in {last}: the share of a smaller whole."
        + guesses.answer(predicted, volume[last], guesses.TIV),
        table=by_year(table),
        source="SIPRI arms transfers, register of January 2025; TIV measures volume, not price",
    )
