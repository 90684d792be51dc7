"""Figures of lesson 02's wordings: how texts speak of China, what they kept, who coded what."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, style
from indopacific.figures.easel import kept
from indopacific.figures.wording import count, listed, sentence
from indopacific.figures.words import Words
from indopacific.models.agreement import Interval
from indopacific.models.language_stance import LanguageResult
from indopacific.models.wording import KINDS, Comparison

_FIXED = ("text", "times", "whole", "read", "used", "why")
_LABEL: dict[str, Any] = {
    "textcoords": "offset points",
    "ha": "center",
    "va": "bottom",
    "fontsize": 8.5,
}
_WHOLE: dict[str, Any] = {"color": style.BLUE}
_PART: dict[str, Any] = {"color": style.BAND, "hatch": "///"}
_FATES: dict[str, dict[str, Any]] = {
    "kept": {"color": style.INK},
    "added": {"color": style.BLUE, "fontweight": "bold", "rule": "under"},
    "dropped": {"color": style.QUIET, "fontstyle": "italic", "rule": "through"},
}
_NOTE = "Bars: intervals of 95%. Hollow: nothing is marked. Hatched: only a part was read."
_TEXTS = "NATO's texts, the sentences that could be read (tables sentences, codings, term_counts)"


def draw_stance(result: LanguageResult, figure: Figure) -> Words:
    """Draw how often each text names China, and how favourably it speaks of it.

    Parameters
    ----------
    result : LanguageResult
    figure : Figure

    Returns
    -------
    Words
    """
    rows = result.table.reset_index(names="text").to_dict("records")
    fixed = tuple(tuple(str(row[name]) for name in _FIXED) for row in rows)
    parts = kept(figure, lambda empty: _set_up(empty, rows), key=fixed)
    balance, low, high = (
        np.array([row[name] for row in rows], dtype=float) for name in ("balance", "low", "high")
    )
    parts.move(balance, low=low, high=high, hollow=np.array([not _marked(row) for row in rows]))
    told = [
        f"{row['text']} stands at {_two(row['balance'])} "
        f"({_two(row['low'])} to {_two(row['high'])})"
        for row in rows
        if _marked(row)
    ]
    silent = [row["text"] for row in rows if not row["why"] and not _marked(row)]
    if silent:
        told.append(
            f"in {listed(silent)} nothing is marked either way, and a hollow point rests on no "
            "word of the text"
        )
    absent = [f"{row['text']}: {row['why']}" for row in rows if row["why"]]
    unit = result.parameters.unit
    used, read = (sum(row[name] for row in rows) for name in ("used", "read"))
    reading = (
        f"Read by {result.parameters.reading}, {unit} by {unit}, on a scale from -1 (all "
        f"critical) to 1 (all favourable), with intervals of 95 percent: {listed(told)}. "
        f"{used} of {read} sentences count. {'; '.join(absent)}."
    )
    numbers = {
        name: [_two(row[name.lower()]) for row in rows] for name in ("Balance", "Low", "High")
    }
    units = {
        name: [f"{row[name.lower()]:.0f}" for row in rows]
        for name in ("Favourable", "Critical", "Neither")
    }
    return Words(
        title=_finding([row for row in rows if _marked(row)], silent=bool(silent)),
        reading=" ".join([reading, *result.notes]),
        table=pd.DataFrame(
            {
                "Text": [row["text"] for row in rows],
                "Times named": [_times(row) for row in rows],
                "Sentences that count": [f"{row['used']} of {row['read']}" for row in rows],
                **units,
                **numbers,
            }
        ),
        source=_TEXTS,
    )


def draw_formula(steps: Mapping[str, Comparison], figure: Figure) -> Words:
    """Draw what a wording kept, added and dropped from one text to the next.

    Parameters
    ----------
    steps : mapping of heading to Comparison
        One or more, such as ``{"London 2019 to Brussels 2021": compare(old, new)}``.
    figure : Figure

    Returns
    -------
    Words

    Raises
    ------
    ValueError
        When there is no step, or more words than the figure has room for.
    """
    if not steps:
        raise ValueError("There is no step to draw: give at least one comparison.")
    with forms.fresh(figure):
        figure.set_layout_engine("none")
        axes = figure.add_axes((0.03, 0.02, 0.94, 0.96))
        forms.flow(axes, _lines(steps), looks=_FATES)
    rows, told = [], []
    for heading, found in steps.items():
        totals = {kind: found.count(kind) for kind in KINDS}
        rows += [(heading, run.kind, _shown(run.text), run.words) for run in found.runs]
        rows += [(heading, kind, "in all", number) for kind, number in totals.items()]
        runs = [f"{run.kind} '{_shown(run.text)}'" for run in found.runs]
        told.append(f"{heading}: {', '.join(runs)}")
    heading = min(steps, key=lambda name: _kept_share(steps[name]))
    least = steps[heading]
    changed = f"{least.count('added')} added, {least.count('dropped')} dropped"
    said = f"{count(least.count('kept'), 'word')} kept, {changed}"
    return Words(
        title=f"{'' if len(steps) == 1 else 'The largest change is '}{heading}: {said}",
        reading=f"{'. '.join(told)}.",
        table=pd.DataFrame(rows, columns=["Step", "What became of it", "Words", "Number of words"]),
        source="NATO's texts, the words quoted",
    )


def draw_confusion(result: tuple[pd.DataFrame, Interval], figure: Figure) -> Words:
    """Draw which codes two coders gave to the same sentences.

    Parameters
    ----------
    result : tuple of DataFrame and Interval
        ``agreement.confusion(mine, key, order=...)``, whose index and columns are named like the
        two coders, and ``agreement.bootstrap(kappa, mine, key, seed=...)``.
    figure : Figure

    Returns
    -------
    Words
    """
    table, interval = result
    first = str(table.index.name or "first coder")
    second = str(table.columns.name or "second coder")
    codes = list(table.index)
    met = dict(zip(itertools.product(codes, codes), table.to_numpy().ravel().tolist(), strict=True))
    kinds = ["none" if not n else "same" if a == b else "other" for (a, b), n in met.items()]
    cells = pd.DataFrame(np.reshape(kinds, table.shape), index=table.index, columns=table.columns)
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.tiles(
            axes,
            cells.astype(object),
            strength={"same": "strong", "other": "half", "none": "light"},
            labels=table.astype(str).replace("0", "\N{MIDDLE DOT}"),
            colour=style.BLUE,
        )
        axes.set(xlabel=f"Code by {second}", ylabel=f"Code by {first}")
    whole, agreed = sum(met.values()), sum(met[code, code] for code in codes)
    named = {f"{a} and {b}": n for (a, b), n in met.items() if n}
    apart = [f"{a} and {b} ({n})" for (a, b), n in met.items() if n and a != b]
    if interval.of.value is None:
        said = sentence(str(interval.of))
    else:
        said = f"{sentence(interval.of.name)} {interval.of.value:.2f}; interval: {interval}."
    parted = f"parted over {listed(apart)}" if apart else "parted over no sentence"
    return Words(
        title=f"{sentence(first)} and {second} gave {agreed} of {whole} sentences the same code",
        reading=f"{said} {sentence(first)} and {second} {parted}.",
        table=pd.DataFrame(
            [
                *named.items(),
                ("same code", agreed),
                ("all sentences", whole),
                *_coefficient(interval),
            ],
            columns=[f"Code by {first} and by {second}", "Value"],
        ),
        source="the two coders' codes",
    )


def _coefficient(interval: Interval) -> list[tuple[str, Any]]:
    def written(number: float | None) -> str:
        return "not defined" if number is None else f"{number:.2f}"

    return [
        (interval.of.name, written(interval.of.value)),
        ("from", written(interval.low)),
        ("to", written(interval.high)),
        ("resamples", interval.times),
        ("of them without a coefficient", interval.undefined),
        ("share of resamples in the interval", f"{interval.share:.0%}"),
    ]


def _lines(steps: Mapping[str, Comparison]) -> list[tuple[str, list[tuple[str, str]]]]:
    told = [("", [("kept", "Kept."), ("added", "Added."), ("dropped", "Dropped.")])]
    for heading, found in steps.items():
        kept_words, old = found.count("kept"), found.count("kept") + found.count("dropped")
        shown = [(run.kind, _shown(run.text)) for run in found.runs]
        told.append((f"{heading}: {kept_words} of {old} words kept", shown))
    return told


def _shown(text: str) -> str:
    return text.replace("...", "\N{HORIZONTAL ELLIPSIS}")


def _kept_share(found: Comparison) -> float:
    return found.count("kept") / sum(run.words for run in found.runs)


def _finding(rows: list[dict[Any, Any]], *, silent: bool) -> str:
    if not rows:
        return "Under these choices nothing can be said about any text"
    if len(rows) == 1:
        return f"Only {rows[0]['text']} has marked sentences: there is nothing to compare it with"
    among = "Of the texts with marked sentences, " if silent else ""
    low, high = (end(rows, key=lambda row: row["balance"]) for end in (min, max))
    if _alike(low, high):
        return f"{among}{'all' if silent else 'All texts'} stand in one place"
    highest, lowest = (
        listed([row["text"] for row in rows if _alike(row, end)]) for end in (high, low)
    )
    overlap = "overlap" if low["high"] >= high["low"] else "are apart"
    stand = "stand" if " and " in highest else "stands"
    pause = ";" if " and " in lowest else ","
    return f"{among}{highest} {stand} highest{pause} {lowest} lowest; their intervals {overlap}"


def _alike(one: dict[Any, Any], other: dict[Any, Any]) -> bool:
    return bool(abs(one["balance"] - other["balance"]) < 0.005)


def _set_up(figure: Figure, rows: list[dict[Any, Any]]) -> forms.Intervals:
    top, main = figure.subplots(2, 1, height_ratios=(1, 2.1), sharex=True)
    figure.subplots_adjust(left=0.135, right=0.985, top=0.93, bottom=0.205, hspace=0.34)
    times = [0.0 if np.isnan(row["times"]) else row["times"] for row in rows]
    for place, (row, height) in enumerate(zip(rows, times, strict=True)):
        look = _WHOLE if row["whole"] else _PART
        top.bar(place, height, width=0.55, edgecolor=style.QUIET, linewidth=0.8, **look)
        top.annotate(_times(row), (place, height), (0, 3), **_LABEL)
        said, at = (f"{row['used']} of {row['read']}", 1) if row["read"] else (row["why"], 0)
        main.annotate(textwrap.fill(said, 10), (place, at), (0, 6), **_LABEL)
    top.set(ylim=(0, max(10.0, *times) * 1.35), yticks=(0, 5, 10))
    top.set_title("How often China is named, by the names chosen", fontsize=10)
    top.tick_params(axis="x", length=0)
    main.set(xlim=(-0.5, len(rows) - 0.5), ylim=(-1.05, 1.28))
    main.set_yticks([-1, 0, 1], ["critical, -1", "balance, 0", "favourable, 1"], fontsize=9)
    names = [textwrap.fill(row["text"], 10) for row in rows]
    main.set_xticks(range(len(rows)), names, fontsize=8.5)
    main.axhline(0, color=style.QUIET, linewidth=1)
    main.set_title("Balance of the sentences; so many count of those read", fontsize=10)
    figure.text(0.135, 0.02, _NOTE, fontsize=8.5, color=style.QUIET)
    return forms.Intervals(main, range(len(rows)))


def _marked(row: dict[Any, Any]) -> bool:
    return not row["why"] and bool(row["favourable"] + row["critical"])


def _times(row: dict[Any, Any]) -> str:
    if np.isnan(row["times"]):
        return "not read"
    return f"{row['times']:.0f}" if row["whole"] else f"at least {row['times']:.0f}"


def _two(value: float) -> str | None:
    return None if np.isnan(value) else f"{round(value, 2) + 0.0:.2f}"
