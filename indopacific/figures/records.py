"""Figures of records that several lessons read: votes, duties by treaty, estimates."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, guesses, style
from indopacific.figures.wording import count, listed, sentence, the
from indopacific.figures.words import Words

_VOTES = {"no": "strong", "abstain": "half", "yes": "light"}
_DUTIES = {"assistance": "strong", "consultation": "half", "no opposing alliance": "half"}


def draw_votes(votes: pd.DataFrame, figure: Figure) -> Words:
    """Draw how states voted on resolutions; votes that were not read stay open.

    Parameters
    ----------
    votes : DataFrame
        Index: a resolution's label. At least two columns, one a state, with the values yes,
        abstain, no, another word such as none_recorded, or missing: not read. The states are
        compared with the first; the title names the second and the third.
    figure : Figure

    Returns
    -------
    Words
    """
    held: Any = votes.replace("_", " ", regex=True)
    with forms.fresh(figure):
        forms.tiles(figure.subplots(), held, strength=_VOTES)
    lead, *others = held.columns
    cast, alike = held.isin(list(_VOTES)), {}
    for state in others:
        both = cast[state] & cast[lead]
        alike[state] = f"{(held[state] == held[lead])[both].sum()} of {both.sum()}"
    shown = held.astype(object).fillna("not read")
    counts = {state: shown[state].value_counts().items() for state in shown}
    tallies = [
        f"{the(state)}: {listed([f'{number} {vote}' for vote, number in found])}"
        for state, found in counts.items()
    ]
    same = [f"{the(state)} in {number}" for state, number in alike.items()]
    return Words(
        title=f"{sentence(the(others[0]))} voted as {the(lead)} did in {alike[others[0]]} votes "
        f"that we read{''.join(f', {each}' for each in same[1:2])}",
        reading=f"{sentence('; '.join(tallies))}. Where we read both votes, the same vote as "
        f"{the(lead)} was cast by {listed(same)}. A dotted cell is a vote that we could not "
        "read, or that is not recorded.",
        table=shown.reset_index(names="Resolution"),
        source="UN General Assembly, as read in the sources of the table votes",
    )


def draw_duties(duties: pd.DataFrame, figure: Figure) -> Words:
    """Draw which pair of states has promised what, by treaty and article.

    Parameters
    ----------
    duties : DataFrame
        Columns `parties` ("China; Russia"), `date` (a date, or text that begins with the year),
        `article`, `duty`, `qualifier`. A duty of assistance is drawn strong; a row on duration
        promises nothing and is left out.
    figure : Figure

    Returns
    -------
    Words
    """
    promised = duties[duties["duty"] != "duration"]
    own = promised.assign(
        parties=promised["parties"].str.replace("; ", "-"),
        date=promised["date"].astype(str).str[:10],
        duty=promised["duty"].str.replace("_", " "),
    )
    own = own.assign(where="art. " + own["article"].astype(str) + " (" + own["date"].str[:4] + ")")
    wide: Any = own.groupby(["parties", "duty"])["where"].agg(", ".join).unstack()
    known = sorted(wide.columns, key=lambda duty: (duty not in _DUTIES, duty))
    cells = wide.loc[own["parties"].unique(), known]
    held = cells.apply(lambda column: column.mask(column.notna(), column.name))
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.tiles(
            axes,
            held.rename(columns=sentence),
            strength={duty: _DUTIES.get(duty, "half") for duty in known},
            labels=cells.rename(columns=sentence),
            unknown="not in our table",
            colour=style.BLUE,
        )
    bound = [pair for pair in cells.index if held.loc[pair].eq("assistance").any()]
    said = [f"A duty of assistance binds {listed(bound)}"] if bound else []
    told = []
    for pair, row in cells.iterrows():
        said += [] if pair in bound else [f"{pair} promised {listed(list(row.dropna().index))}"]
        told.append(
            f"{pair}: {listed([f'{duty} in {where}' for duty, where in row.dropna().items()])}"
        )
    columns = ["parties", "date", "article", "duty", "qualifier"]
    return Words(
        title=sentence("; ".join(said)),
        reading=f"{'. '.join(told)}. A dotted cell means that we read no such article.",
        table=own[columns].rename(columns=str.capitalize),
        source="treaty texts as read in the sources of the table duties",
    )


def draw_estimates(estimates: pd.DataFrame, figure: Figure) -> Words:
    """Draw estimates of one quantity; an open end is an arrow, not a value.

    Parameters
    ----------
    estimates : DataFrame
        Columns `date`, `estimator`, `quantity`, `low`, `high`, `unit` (one unit), `kind`, `note`,
        `disputed_by`, `dispute`. A missing low or high means "at most" or "at least"; a `kind` of
        "capacity" is room, not a count, whichever of the two it gives.
    figure : Figure

    Returns
    -------
    Words
    """
    own = estimates.sort_values("date").reset_index(drop=True)
    room, ends = own["kind"].eq("capacity"), own[["low", "high"]].astype(float)
    low, high = ends["low"], ends["high"]
    value = high.fillna(low)
    unit = guesses.MILLION if value.max() >= 1e6 else guesses.COUNT
    kinds: list[Any] = [room, low.isna(), high.isna(), low < high]
    between = [f"{unit.write(start)} to " for start in low.fillna(0)]
    bound = np.select(kinds, ["room for ", "at most ", "at least ", between], "").tolist()
    said = [before + unit.write(number) for before, number in zip(bound, value, strict=True)]
    day: Any = own["date"].astype(str).str[:10]
    names = own["estimator"].map(lambda name: textwrap.fill(name, 24)) + "\n" + day
    with forms.fresh(figure):
        axes = figure.subplots()
        drawn = pd.DataFrame({"low": low.mask(room), "high": high.mask(room, value)})
        drawn = drawn.mul(unit.scale).set_axis(list(names))
        forms.bounds(axes, drawn, notes=said, marked=list(room))
        axes.set_xlabel(own["unit"].iloc[0].capitalize() + unit.value.replace("{}", ","))
    text: Any = own[["note", "disputed_by", "dispute"]].fillna("")
    told = [
        f"{row.estimator} ({when}) speaks of {number} {row.unit}: {row.quantity}."
        + (f" {more.note}" if more.note else "")
        + (f" Disputed by {more.disputed_by}: {more.dispute}" if more.disputed_by else "")
        for row, when, number, more in zip(
            own.itertuples(), day, said, text.itertuples(), strict=True
        )
    ]
    columns = ["date", "estimator", "quantity", "low", "high", "note", "disputed_by", "dispute"]
    table = own.assign(
        date=day,
        low=low.map(unit.write, na_action="ignore"),
        high=high.map(unit.write, na_action="ignore"),
        **text.replace("", "none that we read"),
    )[columns]
    return Words(
        title=f"From {unit.write(value.min())} to {unit.write(value.max())} {own['unit'].iloc[0]}"
        + (
            f", but not of the same thing: {count(int(room.sum()))} of {count(len(own))} "
            f"{'says' if room.sum() == 1 else 'say'} what there was room for"
            if room.any()
            else ""
        ),
        reading=" ".join(told),
        table=table.rename(columns=lambda name: name.replace("_", " ").capitalize()),
        source="the estimators named, as read in the sources of the table estimates",
    )
