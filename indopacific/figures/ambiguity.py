"""Figures of lesson 05: one guarantee, two audiences, the words that were said, and surveys.

The pictures of the model show what follows from invented numbers. None of them is a forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, guesses
from indopacific.figures.wording import count, listed, sentence
from indopacific.figures.words import Words
from indopacific.models import ambiguity as model
from indopacific.models import ambiguity_regions as regions

SOURCE = "the course's own model of dual deterrence; every number in it is illustrative"
RISKS = {"attack": "attack", "declare": "declaration", "either": "either of the two"}
VERDICTS = {
    "tie": "certainties tie",
    "abandonment": "no commitment",
    "ambiguity": "ambiguity",
    "clear commitment": "clear commitment",
}
"""Each verdict of the model in plain words, from the lightest fill of a map to the darkest."""
RESIST = (
    "portrait-resist-2026-resist-at-all-costs-if-the-us-does-not-send-force",
    "portrait-resist-2026-resist-at-all-costs-if-the-us-sends-forces",
)
"""One question, asked without and with American forces."""
ROUNDS = guesses.Unit(value="{} of 100", gap="{} rounds", scale=100)

_LEVEL = "Level of commitment"
_RISK = "Probability"
_PROPER = {
    "us": "US",
    "rok": "ROK",
    "nss": "National security strategy",
    "japan": "Japan",
    "kirby": "Kirby",
}
_PROPER |= {"lima": "Lima", "beijing": "Beijing"}
_VERBS = ("opposes", "does not support", "says nothing")


def two(value: float) -> str:
    """Write a probability or a payoff with two decimals, and no minus before a zero."""
    return f"{round(float(value), 2) + 0.0:.2f}"


def draw_cells(cells: model.Cells, figure: Figure, *, predicted: Any = None) -> Words:
    """Draw how often each of the four things happens in 100 rounds of one setting.

    Parameters
    ----------
    cells : Cells
        Of one setting, such as what ``ambiguity.solve`` returned.
    figure : Figure
    predicted : number, optional
        The reader's guess, from 0 to 1, of how often nothing happens.
    """
    shares = pd.Series(
        {
            "nothing happens": cells.peace,
            "attack, nothing declared": cells.unprovoked_war,
            "declaration, no attack": cells.declaration_without_war,
            "declaration and attack": cells.both,
        },
        dtype=float,
    )
    peace = str(shares.index[0])
    with forms.fresh(figure):
        axes = figure.subplots()
        guess = None if predicted is None else {peace: 100 * predicted}
        forms.bars(axes, shares.mul(100), write="{:.0f}".format, predicted=guess)
        axes.set(ylabel="Of 100 rounds", ylim=(0, 104))
    wars = shares["attack, nothing declared"] + shares["declaration and attack"]
    table = pd.DataFrame(
        {"What happens": shares.index, "Of 100 rounds": shares.mul(100).map("{:.0f}".format)}
    )
    table.loc[len(table)] = ["an attack, in either way", f"{100 * wars:.0f}"]
    told = [f"{sentence(str(name))}: {100 * share:.0f}" for name, share in shares.items()]
    return Words(
        title=f"In {100 * shares[peace]:.0f} of 100 rounds nothing happens, and in "
        f"{100 * wars:.0f} Beijing attacks",
        reading=f"{'; '.join(told)}. Each is what the model gives for very many rounds with newly "
        "drawn values." + guesses.of_model(guesses.answer(predicted, float(shares[peace]), ROUNDS)),
        table=table,
        source=SOURCE,
    )


def draw_beijing(worlds: Mapping[str, model.Parameters], figure: Figure) -> Words:
    """Draw how Beijing's two risks of attack fall with the level, and the window between them.

    Parameters
    ----------
    worlds : mapping of name to Parameters
        One panel each.
    figure : Figure
    """
    levels, found = np.linspace(0, 1.2, 241), {}
    with forms.fresh(figure):
        titles = [sentence(name) for name in worlds]
        panels = forms.panels(figure, titles, columns=1, sharex=True, sharey=True)
        for axes, (name, world) in zip(panels, worlds.items(), strict=True):
            start, end = (float(each) for each in regions.window(world))
            lines = {
                "unprovoked": world.risk_at(world.a - world.b * levels),
                "after a declaration": world.risk_at(world.a + world.delta - world.b * levels),
            }
            forms.curves(
                axes,
                pd.DataFrame(lines, index=levels),
                window=(start, end),
                window_name="window, if costs were known",
            )
            axes.set(ylabel="Risk of attack", ylim=(0, 1.04))
            ends = (world.k0, start, end, end - start)
            found[sentence(name)] = [f"{round(float(each), 3) + 0.0:g}" for each in ends]
        panels[-1].set_xlabel(f"{_LEVEL} (more than 1 is out of reach)")
    names = ["Beijing's cost of war", "Window from", "Window to", "Width of the window"]
    widths = list(dict.fromkeys(each[-1] for each in found.values()))
    told = [f"{name}: from {start} to {end}" for name, (_, start, end, _) in found.items()]
    same = f"stays {widths[0]} wide" if len(widths) == 1 else f"is {listed(widths)} wide"
    return Words(
        title=f"The window moves, and {same}",
        reading=f"The shaded window is where commitment deters an unprovoked attack and a "
        f"declaration would still be answered. {'; '.join(told)}. The two curves show the same "
        "with doubt about Beijing's cost: the steps become slopes.",
        table=pd.DataFrame(found, index=names).reset_index(names="In this world"),
        source=SOURCE,
    )


def draw_curves(risks: pd.DataFrame, figure: Figure) -> Words:
    """Draw the risks of an attack, of a declaration and of either over the level.

    Parameters
    ----------
    risks : DataFrame
        Index: level, from 0 to 1. Columns `attack`, `declare`, `either`.
    figure : Figure
    """
    drawn = risks.rename(columns=RISKS)
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.curves(axes, drawn)
        axes.set(xlabel=f"{_LEVEL}, the same before and after a declaration", ylabel=_RISK)
        axes.set_ylim(0, 1)
    best: Any = drawn.idxmin()
    steps = drawn.iloc[:: max(1, len(drawn) // 10)]
    marked: Any = pd.concat([steps, drawn.loc[best.unique()]])
    marked = marked[~marked.index.duplicated()].sort_index()
    low = {name: (two(best[name]), two(drawn[name].min())) for name in drawn}
    ends = [
        f"at a level of {two(level)} an attack has {two(drawn['attack'][level])} and a "
        f"declaration {two(drawn['declaration'][level])}"
        for level in (drawn.index[0], drawn.index[len(drawn) // 2], drawn.index[-1])
    ]
    return Words(
        title=f"A declaration is least likely at a level of {low['declaration'][0]}, an attack at "
        f"{low['attack'][0]}, either of the two at {low['either of the two'][0]}",
        reading=f"{sentence('; '.join(ends))}. The lowest risk of either of the two is "
        f"{low['either of the two'][1]}.",
        table=marked.map(two).set_axis(marked.index.map(two)).reset_index(names="Level"),
        source=SOURCE,
    )


def draw_map(result: tuple[Any, Any, Mapping[str, Any]], figure: Figure) -> Words:
    """Draw which policy is best at each setting of two parameters, for more than one aim.

    Parameters
    ----------
    result : tuple
        The worlds (``delta`` along the columns, ``k0`` down the rows); their regions; and for
        each aim the verdicts of ``ambiguity_regions.judge``.
    figure : Figure
    """
    worlds, found, verdicts = result
    x, y = np.ravel(worlds.delta), np.ravel(worlds.k0)
    with forms.fresh(figure):
        titles = [f"Prevent {_aim(aim)}" for aim in verdicts]
        panels = forms.panels(figure, titles, sharey=True)
        for axes, cells in zip(panels, verdicts.values(), strict=True):
            kinds = list(VERDICTS.values())
            drawn = forms.PhaseMap(
                axes, x, y, kinds=kinds, regions=list(regions.REGIONS), here=False, moving=False,
                keyed=False,
            )  # fmt: skip
            plain = np.vectorize(VERDICTS.get)(cells)
            drawn.move(plain, regions=found, borders=borders(worlds, float(x[-1])))
            axes.set_xlabel("Beijing's red line (delta)")
        panels[0].set_ylabel("Beijing's cost of war (k0)")
        forms.map_key(figure, list(VERDICTS.values()))
    names = [name for name in regions.REGIONS if (found == name).any()]
    table = pd.DataFrame({"Region": [*names, "the whole map"]})
    for aim, cells in verdicts.items():
        for verdict, plain in VERDICTS.items():
            won = cells == verdict
            table[f"{plain}, to prevent {_aim(aim)} (%)"] = [
                f"{100 * won[where].mean():.0f}" for where in [*(found == n for n in names), ...]
            ]
    won = {aim: f"{100 * np.mean(cells == 'ambiguity'):.0f}" for aim, cells in verdicts.items()}
    told = [f"{share} percent if {_aim(aim)} is to be prevented" for aim, share in won.items()]
    places = [
        f"{100 * np.mean(cells[found == 'II'] == 'ambiguity'):.0f} percent to prevent {_aim(aim)}"
        for aim, cells in verdicts.items()
        if (found == "II").any()
    ]
    inside = f" Of region II it is {listed(places)}." if places else ""
    return Words(
        title=f"Of this map, ambiguity is best on {listed(told)}",
        reading=f"Each point is a world; its fill says which policy has the lowest risk there, and "
        f"lines divide the regions.{inside} A share of the map is a fact about its axes, not about "
        "the world.",
        table=table,
        source=SOURCE,
    )


def draw_condition(result: tuple[pd.DataFrame, Any], figure: Figure) -> Words:
    """Draw what a condition is worth when the guarantor cannot always tell who began.

    Parameters
    ----------
    result : tuple
        Risks (index: misattribution; columns `attack`, `declare`, `either`), and the `Judgement`
        of the unconditional policies for either of the two.
    figure : Figure
    """
    risks, best = result
    drawn, rival = risks.rename(columns=RISKS), float(best.at_best)
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.curves(axes, drawn, levels={"either, best uncertain promise": rival})
        axes.set(xlabel="Probability of mistaking who began", ylabel=_RISK, ylim=(0, 1))
    either = drawn["either of the two"]
    over = either[either > rival]
    first, last = either.index[0], either.index[-1]
    turn = (
        f"from a misattribution of {two(over.index[0])} on the best uncertain promise does as well"
        if len(over)
        else "the best uncertain promise never does as well"
    )
    steps: Any = drawn.iloc[:: max(1, len(drawn) // 10)]
    steps = pd.concat([steps, drawn.loc[over.index[:1]]])
    steps = steps[~steps.index.duplicated()].sort_index()
    table = steps.map(two).set_axis(steps.index.map(two)).reset_index(names="Misattribution")
    return Words(
        title=f"Seen and believed, the condition leaves {two(either[first])}; {turn}",
        reading=f"With a misattribution of {two(last)} the condition has become a level of one "
        f"half: either of the two has {two(either[last])}. The dotted line is the best "
        f"uncertain promise, {two(rival)} at a level of {two(best.best_level)}.",
        table=table.assign(
            **{"Best uncertain promise": two(rival), "At a level of": two(best.best_level)}
        ),
        source=SOURCE,
    )


def draw_wordings(wordings: pd.DataFrame, figure: Figure) -> Words:
    """Draw which verb each American text used of a change around Taiwan, oldest on top.

    Parameters
    ----------
    wordings : DataFrame
        Rows of the table `wordings`: `id`, `year`, `kind`, `about`, `verb`.
    figure : Figure
    """
    own: Any = wordings.sort_values("year", kind="stable")
    names = [_document(str(row.id), str(row.kind), int(row.year)) for row in own.itertuples()]
    known = [verb for verb in _VERBS if verb in set(own["verb"])]
    columns = [*known, *sorted(set(own["verb"]) - set(known))]
    held = pd.DataFrame(None, index=names, columns=columns, dtype=object)
    labels = held.copy()
    for name, verb, about in zip(names, own["verb"], own["about"], strict=True):
        held.loc[name, verb] = verb
        labels.loc[name, verb] = about
    with forms.fresh(figure):
        forms.tiles(
            figure.subplots(),
            held.rename(columns=sentence),
            strength={"opposes": "strong", "does not support": "half", "says nothing": "light"},
            labels=labels.rename(columns=sentence),
            unknown="",
        )
    years = [str(year) for year in dict.fromkeys(own["year"])]
    told = []
    for verb in columns:
        used = own[own["verb"] == verb]
        told.append(
            f"{verb} in {listed([str(year) for year in dict.fromkeys(used['year'])])} "
            f"({count(len(used), 'text')})"
        )
    table = own.assign(text=names)[["text", "year", "about", "verb", "towards"]]
    both = [year for year, each in own.groupby("year") if each["verb"].nunique() > 1]
    found = f"in {listed(both)} texts of one year differ" if both else "no year has two verbs"
    return Words(
        title=f"From {years[0]} to {years[-1]} the verb depends on the document: {found}",
        reading=f"{sentence('; '.join(told))}. Each row is one text, and the cell says of what the "
        "verb is said.",
        table=table.astype({"year": str}).rename(columns=sentence),
        source="the texts named, as read in the sources of the table statements; coded by us",
    )


def draw_surveys(surveys: pd.DataFrame, figure: Figure) -> Words:
    """Draw answers to surveys in blocks, one block a question; nothing joins two blocks.

    Parameters
    ----------
    surveys : DataFrame
        Rows of the table `surveys`.
    figure : Figure
    """
    questions: dict[tuple[str, str], pd.Series] = {}
    rough, told = [], []
    for (_, start), rows in surveys.groupby(["series", "start"], sort=False):
        first = rows.iloc[0]
        heading = (f"{str(start)[:4]}, {first['pollster']}", str(first["question"]))
        answers = rows.set_index("answer")["share"].astype(float)
        questions[heading] = answers
        rough += [(heading, name) for name in rows.query("qualifier == 'about'")["answer"]]
        most: Any = answers.idxmax()
        told.append(f"{first['question']} ({str(start)[:4]}): most for {most}, {answers[most]:g}%")
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.blocks(axes, questions, write="{:g}%".format, hollow=rough)
        axes.set(xlim=(0, 108), xlabel="% of those asked; a hollow mark means about")
    shares = surveys["share"].astype(float)
    columns = ["start", "pollster", "question", "answer", "share", "qualifier", "status"]
    table = surveys[columns].assign(share=shares.map("{:g}".format))
    table = table.assign(start=table["start"].astype(str).str[:10])
    return Words(
        title=f"{sentence(count(len(questions)))} questions, each by itself: answers to different "
        "wordings are no series",
        reading=f"{'. '.join(told)}. A shaded line begins a new question; a hollow mark is a share "
        "that the source gives roughly.",
        table=table.rename(columns=sentence),
        source="the pollsters named, as read in the sources of the table surveys",
    )


def borders(world: model.Parameters, reach: float) -> list[tuple[forms.Point, forms.Point]]:
    """Return the lines that divide the regions on a map of red line (across) and cost of war (up).

    Parameters
    ----------
    world : Parameters
        Its red line and its cost of war play no part.
    reach : float
        Where the map ends on the right.
    """
    gain, taken = float(np.asarray(world.V * world.w0)), float(np.asarray(world.b))
    return [
        ((0.0, gain), (reach, gain)),
        ((0.0, gain), (reach, gain + reach)),
        ((0.0, gain - taken), (reach, gain - taken)),
        ((0.0, gain - taken), (taken, gain)),
    ]


def _aim(aim: str) -> str:
    return {"attack": "an attack", "declare": "a declaration"}.get(aim, "either")


def _document(name: str, kind: str, year: int) -> str:
    """Return a readable name of a coded text from its id."""
    words = [each for each in name.split("-") if not each.isdigit()]
    plain = " ".join(_PROPER.get(each, each) for each in words)
    plain = plain.replace("US ", "US-")
    said = plain if kind in plain else f"{plain}, {kind}"
    return f"{sentence(said)}, {year}"
