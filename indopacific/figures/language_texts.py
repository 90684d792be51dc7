"""Figures of lesson 02's texts: terms, names, codes and agreement. Wordings have their own room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, guesses, style
from indopacific.figures.forms.labels import above, beside, key
from indopacific.figures.guesses import Unit
from indopacific.figures.wording import count, listed, sentence
from indopacific.figures.words import Words

COEFFICIENT = Unit(value="{}", gap="{}", decimals=2)
_TEXTS = "NATO's texts, as read in the sources of the table documents"
_CODES = f"{_TEXTS}; codes of one coder (table codings)"
_DASHES: tuple[Any, ...] = ("-", (0, (3, 2)))
_FOUND = {"first": "first reading", "later": "found later"}


def draw_terms(counts: pd.DataFrame, figure: Figure) -> Words:
    """Draw how often each text uses some terms.

    Parameters
    ----------
    counts : DataFrame
        Index: texts in order of time. Columns: at least two terms. Values: whole numbers.
    figure : Figure

    Returns
    -------
    Words
    """
    held = counts.map(lambda number: "none" if number == 0 else "some")
    with forms.fresh(figure):
        forms.tiles(
            figure.subplots(),
            held,
            strength={"none": "light", "some": "half"},
            labels=counts.astype(int).astype(str),
        )
    spread = (counts > 0).sum()
    first, *others = [
        f"{term} in {count(int(number)) if number else 'none'}" for term, number in spread.items()
    ]
    told = [
        f"{text}: {listed([f'{term} {int(number)}' for term, number in row.items()])}"
        for text, row in counts.iterrows()
    ]
    return Words(
        title=f"{sentence(first)} of {count(len(counts), 'text')}, {others[0]}",
        reading=f"{'. '.join(told)}. The numbers count places in what could be read of each text, "
        "which was chosen because it speaks of China: compare a row, not a column.",
        table=counts.astype(int).astype(str).reset_index(names="Text"),
        source=f"{_TEXTS}, own count",
    )


def draw_names(names: pd.DataFrame, figure: Figure) -> Words:
    """Draw under which name texts speak of China.

    Parameters
    ----------
    names : DataFrame
        Index: texts in order of time. Columns: two names, as in the key. Values: whole numbers.
    figure : Figure

    Returns
    -------
    Words
    """
    places, width = np.arange(len(names)), 0.38
    one, other = names.columns
    looks: Any = ({"color": style.BLUE}, {"color": style.ORANGE, "hatch": "//"})
    with forms.fresh(figure):
        axes = figure.subplots()
        drawn = []
        for side, name, look in zip((-1, 1), (one, other), looks, strict=True):
            at = places + side * width / 2
            drawn.append(axes.bar(at, names[name], width, edgecolor="white", **look))
            for place, number in zip(at, names[name], strict=True):
                above(axes, place, number, str(int(number)), room=width)
        axes.set_xticks(places, [str(text) for text in names.index])
        axes.set_ylabel("Places in what was read")
        key(axes, [(bars[0], name) for bars, name in zip(drawn, names.columns, strict=True)])
    only = {name: int((names[name] > 0).sum()) for name in names}
    told = [
        f"{text}: {one} {int(row[one])}, {other} {int(row[other])}"
        for text, row in names.iterrows()
    ]
    return Words(
        title=f"The name is {one} in {count(only[one])} of {count(len(names), 'text')}, "
        f"and {other} in {count(only[other])}",
        reading=f"{'; '.join(told)}. Only what could be read is counted.",
        table=names.astype(int).astype(str).reset_index(names="Text"),
        source=f"{_TEXTS}, own count",
    )


def draw_sentences(coded: pd.DataFrame, figure: Figure) -> Words:
    """Draw each coded sentence at its stance, and the mean of each text.

    Parameters
    ----------
    coded : DataFrame
        Columns `text` (in order of time), `stance` (whole numbers from -2 to 2) and `found`
        ("first" or "later"). Where sentences were found later, both means are shown.
    figure : Figure

    Returns
    -------
    Words
    """
    texts = list(dict.fromkeys(coded["text"]))
    looks: Any = {
        "first": {"marker": "o", "color": style.BLUE, "markersize": 6, "linestyle": "none"},
        "later": {
            **{"marker": "s", "color": style.ORANGE, "markerfacecolor": "white"},
            **{"markersize": 6, "linestyle": "none"},
        },
    }
    means, rows = {}, []
    with forms.fresh(figure):
        axes = figure.subplots()
        for place, text in enumerate(texts):
            own = coded[coded["text"] == text]
            for stance, alike in own.groupby("stance"):
                steps = np.linspace(-0.34, 0.34, 13)[: len(alike)]
                shift = steps - steps.mean()
                for found, x in zip(alike["found"], place + shift, strict=True):
                    axes.plot(x, stance, **looks[found])
            early = own[own["found"] == "first"]["stance"]
            means[text] = (early.mean(), own["stance"].mean(), len(early), len(own))
            rows.append((text, len(early), early.mean(), len(own), own["stance"].mean()))
            for mean, dash in zip(dict.fromkeys(means[text][:2]), _DASHES, strict=False):
                axes.hlines(mean, place - 0.42, place + 0.42, colors=style.INK, linestyles=dash)
        axes.axhline(0, color=style.GRID, linewidth=1.5, zorder=0)
        axes.set(ylim=(-2.5, 2.5), yticks=range(-2, 3), ylabel="Stance of the wording")
        names = [f"{text}\nmean {ends[0]:.2f}" for text, ends in means.items()]
        axes.set_xticks(range(len(texts)), names)
        later = sorted(set(coded["found"]))
        entries = [(axes.plot([], [], **looks[each])[0], _FOUND[each]) for each in later]
        lines = [axes.plot([], [], color=style.INK, linestyle=dash)[0] for dash in _DASHES]
        spoken = ("mean, first reading", "mean with those found later")[: len(later)]
        key(axes, [*entries, *zip(lines, spoken, strict=False)])
    moved = [text for text, (early, whole, *_) in means.items() if early != whole]
    ends = [means[text][0] for text in (texts[0], texts[-1])]
    title = f"Mean stance from {ends[0]:.2f} in {texts[0]} to {ends[1]:.2f} in {texts[-1]}"
    if moved:
        early, whole, few, many = means[moved[0]]
        title = (
            f"{moved[0]} goes from {early:.2f} by {few} sentences to {whole:.2f} by {many}: "
            "the choice of sentences decides"
        )
    told = [
        f"{text}: {early:.2f} by {count(few, 'sentence')}"
        + (f", {whole:.2f} by {many}" if early != whole else "")
        for text, (early, whole, few, many) in means.items()
    ]
    columns = ["Text", "Sentences first", "Mean first", "Sentences in all", "Mean in all"]
    table = pd.DataFrame(rows, columns=columns)
    return Words(
        title=title,
        reading=f"{'; '.join(told)}. Each mark is a sentence: up is an opportunity, down "
        "is hostile conduct or help for Russia's war.",
        table=table.assign(
            **{name: table[name].map("{:.2f}".format) for name in ("Mean first", "Mean in all")}
        ),
        source=_CODES,
    )


def draw_agreement(found: pd.DataFrame, figure: Figure, *, predicted: Any = None) -> Words:
    """Draw coefficients of agreement, each with the interval that the sentences allow.

    Parameters
    ----------
    found : DataFrame
        Index: what was compared. Columns `value`, `low`, `high` (missing where there is none) and
        `sentences`.
    figure : Figure
    predicted : mapping of entry to number, optional

    Returns
    -------
    Words
    """
    given = guesses.given(predicted) or {}
    own = found.astype({"value": float, "low": float, "high": float})
    size = 9.0
    with forms.fresh(figure):
        axes = figure.subplots()
        axes.axvline(0, color=style.QUIET, linewidth=1)
        for place, (name, row) in enumerate(own.iterrows()):
            known = np.isfinite(row["value"])
            if np.isfinite(row["low"]):
                axes.hlines(place, row["low"], row["high"], color=style.BLUE, linewidth=3)
            end = np.nanmax([row["value"], row["high"], given.get(str(name), np.nan), 0])
            if known:
                axes.plot(row["value"], place, marker="o", color=style.BLUE, markersize=9)
            if str(name) in given:
                axes.plot(given[str(name)], place, **{**style.GUESSED, "linestyle": "none"})
            said = _coefficient(row["value"])
            you = f"   you: {COEFFICIENT.write(given[str(name)])}" if str(name) in given else ""
            beside(axes, end, place, said + you, fontsize=size)
        axes.set_yticks(range(len(own)), [str(name) for name in own.index])
        axes.set_ylim(len(own) - 0.4, -0.6)
        axes.set_xlim(min(-0.1, own[["value", "low"]].min().min() - 0.05), 1.05)
        axes.set_xlabel("Kappa: 0 is chance, 1 is full agreement")
        axes.grid(visible=True, axis="x")
        axes.grid(visible=False, axis="y")
    spans = [
        f"from {COEFFICIENT.write(low)} to {COEFFICIENT.write(high)}"
        if np.isfinite(low)
        else "no interval"
        for low, high in zip(own["low"], own["high"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "Compared with the key": own.index,
            "Kappa": [_coefficient(value) for value in own["value"]],
            "95%": spans,
            "Sentences": own["sentences"].astype(int),
        }
    )
    told = [
        f"{sentence(str(name))}: {value}, {span}, {number} sentences"
        for name, value, span, number in table.itertuples(index=False)
    ]
    ends: Any = own["value"].agg(["idxmax", "idxmin"])
    values = own["value"].astype(object).where(own["value"].notna(), None)
    return Words(
        title=sentence(
            "; ".join(f"{name}: kappa {_coefficient(own['value'][name])}" for name in ends)
        ),
        reading=f"{'; '.join(told)}. Lines are intervals of 95% over redrawn sentences."
        + guesses.answer(predicted, values, COEFFICIENT),
        table=table,
        source=_CODES,
    )


def _coefficient(value: float) -> str:
    return COEFFICIENT.write(value) if np.isfinite(value) else "not defined"


def draw_tied(tied: pd.DataFrame, figure: Figure) -> Words:
    """Draw what share of each text's coded sentences speaks of China's tie to Russia.

    Parameters
    ----------
    tied : DataFrame
        Index: texts in order of time. Columns: `tied` and `sentences` (whole numbers).
    figure : Figure

    Returns
    -------
    Words
    """
    share = tied["tied"] / tied["sentences"]
    said = {text: f"{int(row['tied'])} of {int(row['sentences'])}" for text, row in tied.iterrows()}
    with forms.fresh(figure):
        axes = figure.subplots()
        places = np.arange(len(tied))
        axes.bar(places, share, width=0.6, color=style.BLUE)
        for place, (text, value) in enumerate(share.items()):
            above(axes, place, value, said[text], room=1.0)
        axes.set_xticks(places, [str(text) for text in tied.index])
        axes.set_ylim(0, 1)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.set_ylabel("Share of coded sentences")
    least, most = share.idxmin(), share.idxmax()
    return Words(
        title=f"Russia is the subject of {said[most]} sentences on China in {most}, "
        f"and of {said[least]} in {least}",
        reading="; ".join(f"{text}: {number}" for text, number in said.items())
        + ". Which sentences could be read differs from text to text.",
        table=pd.DataFrame(
            {
                "Text": list(tied.index),
                "Tied to Russia": list(said.values()),
                "Share": [f"{value:.0%}" for value in share],
            }
        ),
        source=_CODES,
    )


def draw_voices(said: pd.DataFrame, figure: Figure) -> Words:
    """Draw when texts were agreed, when others spoke, and how soon after each text one of them did.

    Parameters
    ----------
    said : DataFrame
        Columns `who`, `day` (timestamps, none missing) and `name`. The first `who` are the texts,
        the last those whose days are counted, each from the latest text before it.
    figure : Figure

    Returns
    -------
    Words
    """
    groups = list(dict.fromkeys(said["who"]))
    texts, answers = (said[said["who"] == groups[end]].sort_values("day") for end in (0, -1))
    paired: Any = pd.merge_asof(
        answers[["day"]], texts[["day", "name"]].rename(columns={"day": "since"}),
        left_on="day", right_on="since",
    ).dropna()  # fmt: skip
    paired["days"] = (paired["day"] - paired["since"]).dt.days
    first = paired.groupby("name")["days"].min().reindex(texts["name"])
    with forms.fresh(figure):
        axes = figure.subplots()
        looks: Any = style.LINES
        for place, (who, look) in enumerate(zip(groups, looks, strict=False)):
            days = said.loc[said["who"] == who, "day"]
            marks = {**look, "linestyle": "none", "markersize": 9, "alpha": 0.75}
            axes.plot(days, [place] * len(days), **marks)
        for day, name in zip(texts["day"], texts["name"], strict=True):
            axes.axvline(day, color=style.GRID, linewidth=1.5, zorder=0)
            above(axes, day, -0.1, str(name).replace(" ", "\n"), room=330)
        axes.set_yticks(range(len(groups)), groups)
        axes.set_ylim(len(groups) - 0.5, -0.9)
        axes.grid(visible=False)
    last = groups[-1]
    soon = int((first <= 1).sum())
    known = first.dropna().astype(int)
    gaps = {
        name: _later(int(known[name])) if name in known else "nothing found" for name in first.index
    }
    told = [f"{name}: {gap}" for name, gap in gaps.items()]
    return Words(
        title=f"{sentence(last)} spoke by the day after {count(soon)} of "
        f"{count(len(texts), 'text')}",
        reading=f"First words of {last} that we found: {'; '.join(told)}. Only what could be read "
        "and dated to the day is drawn.",
        table=pd.DataFrame(
            {
                "Text": list(gaps),
                "Agreed": texts["day"].dt.strftime("%Y-%m-%d").to_list(),
                "First words": list(gaps.values()),
            }
        ),
        source="the sources of the table statements",
    )


def _later(days: int) -> str:
    return f"{count(days, 'day')} later" if days else "the same day"
