"""Figures of four partnerships: who came, what was agreed, what was said, what publics answered."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, style
from indopacific.figures.wording import count, listed, sentence
from indopacific.figures.words import Words

LEVELS = {3: "leader", 2: "minister", 1: "official"}
"""Who came, by the column level of the table attendance."""

STEPS = {
    "first contact": "First contact",
    "declaration": "Declaration",
    "IPCP": "First programme",
    "ITPP": "Tailored programme",
    "mission": "Mission at NATO",
    "cyber centre": "Cyber centre",
}
"""The kinds of step that are drawn, and what they are called."""

FOUND = {
    (1, 1): "named and done",
    (1, 0): "named",
    (0, 1): "done",
    (0, 0): "nothing found",
}
"""What stands in a cell of the cooperation table, by the columns named and activity."""

STANCES = {
    "against": "strong",
    "cautious": "half",
    "dropped": "half",
    "open": "light",
    "for": "light",
}
"""How a stance on the office is drawn; a report takes none and is left out."""


def draw_attendance(attendance: pd.DataFrame, figure: Figure) -> Words:
    """Draw who came to each summit for each partner; what was not found stays open.

    Parameters
    ----------
    attendance : DataFrame
        Columns `summit`, `start`, `partner`, `person`, `level`: one row for each pair of summit
        and partner.
    figure : Figure

    Returns
    -------
    Words
    """
    own = attendance.sort_values("start", kind="stable")
    summits = list(own["summit"].unique())
    level: Any = own.pivot(index="partner", columns="summit", values="level")[summits]
    person: Any = own.pivot(index="partner", columns="summit", values="person")[summits]
    held = level.apply(lambda column: column.map(LEVELS, na_action="ignore")).astype(object)
    label = held.copy()
    for summit in summits:
        label[summit] = [
            f"{rank}: {name}" if pd.notna(name) else rank
            for rank, name in zip(held[summit], person[summit], strict=True)
        ]
    with forms.fresh(figure):
        forms.tiles(
            figure.subplots(),
            _wrapped(held),
            labels=_wrapped(label),
            strength={"leader": "strong", "minister": "half", "official": "light"},
            unknown="not found",
            colour=style.BLUE,
        )
    known = [summit for summit in summits if held[summit].notna().all()]
    leaders = {summit: int((held[summit] == "leader").sum()) for summit in known}
    said = [f"{count(leaders[summit])} in {summit}" for summit in known]
    open_ = [summit for summit in summits if summit not in known]
    whole = len(held)
    shown = label.astype(object).where(held.notna(), "not found")
    return Words(
        title=f"Leaders of {count(whole)} partners at NATO's summits: {listed(said)}"
        if said
        else "Nothing was found of who came to these summits",
        reading=f"Of {count(whole)} partners, leaders came: {listed(said) or 'not found'}."
        + (
            f" Of {listed(open_)} not all was found, and nothing is counted."
            if open_
            else " Somebody came for each partner each time."
        ),
        table=shown.reset_index(names="Partner"),
        source="reports and readouts, as named in the table attendance",
    )


def draw_steps(steps: pd.DataFrame, figure: Figure) -> Words:
    """Draw the earliest date of each kind of step for each partner.

    Parameters
    ----------
    steps : DataFrame
        Columns `partner`, `step`, `date`, `what`. A step without words was not found; one with
        words and no date is known, but not its day.
    figure : Figure

    Returns
    -------
    Words
    """
    kinds = [kind for kind in STEPS if kind in set(steps["step"])]
    found = steps[steps["step"].isin(kinds) & steps["what"].notna()]
    dated = found.assign(date=found["date"].astype(object).where(found["date"].notna(), "undated"))
    first: Any = dated.sort_values("date").groupby(["step", "partner"])["date"].first().unstack()
    partners = list(dict.fromkeys(steps["partner"]))
    shown = first.reindex(index=kinds, columns=partners).astype(object)
    held = shown.apply(
        lambda column: column.map(
            lambda date: "undated" if date == "undated" else "dated", na_action="ignore"
        )
    ).astype(object)
    names = [STEPS[kind] for kind in kinds]
    with forms.fresh(figure):
        forms.tiles(
            figure.subplots(),
            held.set_axis(names),
            labels=shown.set_axis(names),
            strength={"dated": "half", "undated": "light"},
            unknown="none found",
        )
    missing = [
        f"no {STEPS[kind].lower()} of {listed(list(shown.columns[shown.loc[kind].isna()]))}"
        for kind in kinds
        if shown.loc[kind].isna().any()
    ]
    years = sorted(
        str(date)[:4] for date in shown.to_numpy().ravel() if pd.notna(date) and date != "undated"
    )
    return Words(
        title=f"{sentence(count(len(partners)))} partners came one by one, "
        f"from {years[0]} to {years[-1]}",
        reading="Each cell has the earliest date that was read. "
        + (f"We found {listed(missing)}." if missing else "Every step was found for each partner."),
        table=shown.set_axis(names).fillna("none found").reset_index(names="Step"),
        source="NATO, governments and press, as named in the table partner_steps",
    )


def draw_cooperation(cooperation: pd.DataFrame, figure: Figure) -> Words:
    """Draw, for each area and partner, whether it is named and whether an act was found.

    Parameters
    ----------
    cooperation : DataFrame
        Columns `partner`, `area`, `named`, `activity` (each 0 or 1).
    figure : Figure

    Returns
    -------
    Words
    """
    own = cooperation.assign(
        code=cooperation["named"] + cooperation["activity"],
        held=[
            FOUND[pair] for pair in zip(cooperation["named"], cooperation["activity"], strict=True)
        ],
    )
    areas, partners = list(own["area"].unique()), list(own["partner"].unique())
    held: Any = own.pivot(index="area", columns="partner", values="held").loc[areas, partners]
    totals: Any = own.groupby("partner")["code"].sum()[partners]
    said = [f"{partner} {totals[partner]}" for partner in partners]
    with forms.fresh(figure):
        forms.tiles(
            figure.subplots(),
            held.rename(columns=lambda name: f"{name}: {totals[name]}"),
            strength={"named and done": "strong", "named": "half", "done": "half"},
            colour=style.BLUE,
        )
    every = list(held.index[(held == "named and done").all(axis=1)])
    total = totals.map(f"{{}} of {2 * len(areas)}".format).to_frame("Total").T
    return Words(
        title=f"Named and done for all: {listed(every) if every else 'no area'}",
        reading=f"The total counts a point for each area that is named and one for each in which "
        f"an act was found, of {2 * len(areas)}: {listed(said)}. Nothing found means nothing in "
        "what was read.",
        table=pd.concat([held, total]).reset_index(names="Area"),
        source="programmes and reports, as named in the table cooperation",
    )


def draw_office(office: pd.DataFrame, figure: Figure) -> Words:
    """Draw what each capital said of an office, month by month.

    Parameters
    ----------
    office : DataFrame
        Columns `date`, `capital`, `stance`. A stance of "report" is nobody's and is left out; a
        capital without a stance was looked for and not found.
    figure : Figure

    Returns
    -------
    Words
    """
    spoken = office[office["stance"].isin(list(STANCES))].sort_values("date", kind="stable")
    silent = [each for each in office["capital"].unique() if each not in set(spoken["capital"])]
    when = spoken["date"].str[:7]
    months = sorted(when.unique())
    grouped = spoken.assign(when=when).groupby(["capital", "when"])["stance"]
    last: Any = grouped.last().unstack()
    every: Any = grouped.agg(lambda said: ", then ".join(dict.fromkeys(said))).unstack()
    order = [*spoken["capital"].unique(), *silent]
    held = last.reindex(index=order, columns=months).astype(object)
    label = every.reindex(index=order, columns=months).astype(object)
    with forms.fresh(figure):
        forms.tiles(
            figure.subplots(), held, labels=label, strength=STANCES, unknown="", colour=style.ORANGE
        )
    against = [each for each in order if (held.loc[each] == "against").any()]
    favour = [each for each in order if label.loc[each].astype(str).str.contains("for").any()]
    return Words(
        title=f"Against the office: {listed(against) or 'nobody'}; for it at some time: "
        f"{listed(favour) or 'nobody'}",
        reading="Each cell is what a capital said in that month, in our words; an empty cell is a "
        "month without a statement that was read."
        + (f" No statement at all was found of {listed(silent)}." if silent else ""),
        table=label.fillna("nothing read").reset_index(names="Capital"),
        source="statements and reports, as named in the table office",
    )


def draw_answers(surveys: pd.DataFrame, figure: Figure) -> Words:
    """Draw what publics answered, one block a question; what was not read is said, not drawn.

    Parameters
    ----------
    surveys : DataFrame
        Rows of the table `surveys`.
    figure : Figure

    Returns
    -------
    Words
    """
    read = surveys[surveys["share"].notna()]
    unread = surveys[surveys["share"].isna()]
    questions: dict[tuple[str, str], pd.Series] = {}
    for (_, question, start), rows in read.groupby(["series", "question", "start"], sort=False):
        heading = (f"{str(start)[:4]}, {rows['pollster'].iloc[0]}", str(question))
        names = rows["population"] + ", " + rows["answer"]
        questions[heading] = pd.Series(rows["share"].astype(float).to_numpy(), index=names)
    with forms.fresh(figure):
        axes = figure.subplots()
        forms.blocks(axes, questions, write="{:g}%".format)
        axes.set(xlim=(0, 108), xlabel="% of those asked")
    gaps = [
        f"{row.population} ({row.question}, {str(row.start)[:4]})" for row in unread.itertuples()
    ]
    shares = surveys["share"].astype(float)
    table = pd.DataFrame(
        {
            "Year": surveys["start"].astype(str).str[:4],
            "Pollster": surveys["pollster"],
            "Question": surveys["question"],
            "Public": surveys["population"],
            "Answer": surveys["answer"],
            "Share (%)": shares.map("{:g}".format).where(shares.notna(), "not read"),
        }
    )
    return Words(
        title=f"{sentence(count(len(questions)))} questions, each by itself: no line leads from "
        "one to another",
        reading="A shaded line begins a new question, and only dots below one line may be "
        "compared." + (f" Asked, but no figure could be read: {listed(gaps)}." if gaps else ""),
        table=table,
        source="the pollsters named, as read in the sources of the table surveys",
    )


def _wrapped(cells: pd.DataFrame) -> pd.DataFrame:
    """Put the year of a summit on a line of its own."""
    return cells.rename(columns=lambda name: "\n".join(str(name).rsplit(" ", 1)))
