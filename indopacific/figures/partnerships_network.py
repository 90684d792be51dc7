"""The network of lesson 03: exercises and deployments in the Indo-Pacific, and who is named."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms
from indopacific.figures.wording import listed
from indopacific.figures.words import Words

MEMBER, USA, PARTNER = "member of NATO", "the USA, a member too", "one of the four partners"
GROUPS = {"NATO member": MEMBER, "USA": USA, "partner": PARTNER}
OTHER = "other"
TOGETHER = "Member and partner together"


def draw_network(participants: pd.DataFrame, figure: Figure) -> Words:
    """Draw which members of NATO and partners are named in which exercises.

    Parameters
    ----------
    participants : DataFrame
        Rows of the table `exercise_participants`: `exercise`, `year`, `kind`, `participant`,
        `group`, `listed` ("all" or "some").
    figure : Figure
    """
    own: pd.DataFrame = participants.sort_values(["year", "exercise"], kind="stable")
    shown = own[own["group"] != OTHER]
    known = {
        str(name): bool((rows["listed"] == "all").all())
        for name, rows in own.groupby("exercise", sort=False)
    }
    members = {
        str(name): [str(each) for each in rows["exercise"]]
        for name, rows in shown.groupby("participant")
    }
    groups = {str(row.participant): GROUPS[str(row.group)] for row in shown.itertuples()}
    with forms.fresh(figure):
        forms.network(
            figure.subplots(),
            known,
            members,
            groups,
            sides=((MEMBER,), (USA, PARTNER)),
            whole="whole list read",
            part="only some named in what was read",
        )
    table = pd.DataFrame(
        {"Exercise or deployment": name, **_row(rows)}
        for name, rows in own.groupby("exercise", sort=False)
    )
    together = int((table[TOGETHER] == "yes").sum())
    most = {
        group: listed(_most(shown.loc[shown["group"] == group, "participant"].value_counts()))
        for group in ("NATO member", "partner")
        if (shown["group"] == group).any()
    }
    plural = {"NATO member": "members of NATO", "partner": "partners"}
    told = "; ".join(f"of the {plural[group]}, {names}" for group, names in most.items())
    return Words(
        title=f"In {together} of {len(table)} exercises and deployments a member of NATO and a "
        "partner are named together",
        reading=f"Most often named: {told}. Other states are left out of the picture and counted "
        "in the table. A line says that a source names a state as taking part. It does not say "
        "with how much, under whose command, or that NATO itself was there; a missing line on a "
        "hollow mark says nothing.",
        table=table,
        source="the sources of the table exercise_participants",
    )


def _row(rows: pd.DataFrame) -> dict[str, str]:
    named = {
        label: rows.loc[rows["group"] == group, "participant"]
        for group, label in (("NATO member", "Members of NATO"), ("partner", "Partners"))
    }
    return {
        "Kind": str(rows["kind"].iloc[0]),
        "List read": "whole" if (rows["listed"] == "all").all() else "part",
        **{label: listed(list(names)) for label, names in named.items()},
        "USA": "yes" if (rows["group"] == "USA").any() else "not named",
        TOGETHER: "yes" if all(len(names) for names in named.values()) else "no",
        "Other states": str(int((rows["group"] == OTHER).sum())),
        "All named": str(len(rows)),
    }


def _most(counts: pd.Series) -> list[str]:
    return [str(name) for name in counts.index[counts == counts.max()].sort_values()]
