"""The desk of lesson 02: sentences on China in NATO's texts, and the course's codebook."""

from __future__ import annotations

import pandas as pd

from indopacific.coding.sheet import Code, Sentence, Sheet
from indopacific.datasets import load

SETS = ("twelve", "borderline")

TITLES = {
    "twelve": "Coding desk: what is said about China?",
    "borderline": "Coding desk: sentences on which coders part",
}

CAUTION = (
    "The key is one coder's; nobody has coded these sentences a second time. Where you can defend "
    "your code by the codebook, you may be right: the codebook is unclear, or the key is wrong."
)


def sheet(which: str) -> Sheet:
    """Return the sentences of one set, in the order in which they are coded."""
    rows = load("sentences").merge(
        load("statements")[["id", "date", "quote"]], left_on="statement", right_on="id"
    )
    rows["place"] = range(len(rows))
    keys = load("codings").query("coder == 'course'").set_index("statement")
    names = load("documents").set_index("id")["name"]
    chosen = rows[rows["set"] == which].sort_values("item")
    years = rows["date"].str[:4].loc[chosen.index].astype(int)
    return Sheet(
        id="language" if which == SETS[0] else f"language-{which}",
        title=TITLES[which],
        about=(
            f"{len(chosen)} sentences from NATO's texts of {years.min()} to {years.max()}. Give "
            "each the code that fits what it says about China."
        ),
        codes=tuple(
            Code(
                code=row["code"],
                meaning=row["meaning"],
                markers=row["markers"].replace(";", ","),
                stance=int(row["stance"]),
            )
            for _, row in load("codes").iterrows()
        ),
        rules=tuple(f"{row['rule']}: {row['text']}" for _, row in load("code_rules").iterrows()),
        sentences=tuple(
            Sentence(
                id=row["key"],
                text=row["sentence"],
                origin=_origin(row, names[row["document"]]),
                context=_context(rows, int(row["place"])),
                key=keys.loc[row["statement"], "code"],
                reasoning=keys.loc[row["statement"], "reasoning"],
            )
            for _, row in chosen.iterrows()
        ),
        caution=CAUTION,
    )


def _origin(row: pd.Series, name: str) -> str:
    day = pd.Timestamp(row["date"])
    known = pd.notna(row["paragraph"])
    where = f"paragraph {row['paragraph']}" if known else "paragraph number not read"
    return f"{name}, {day.day} {day:%B %Y}, {where}."


def _context(rows: pd.DataFrame, place: int) -> tuple[str, ...]:
    """Say what stands around a sentence, as far as it was read and may be printed."""
    row = rows.iloc[place]
    said = []
    if row["names_china"] == "none":
        said.append("It does not name China; the passage in which it stands is about China.")
    # The table has the sentences of a paragraph in the order of the text.
    together = rows[
        (rows["document"] == row["document"]) & rows["paragraph"].eq(row["paragraph"]).fillna(False)
    ].set_index("place")
    for by, where in ((-1, "before"), (1, "after")):
        if place + by in together.index:
            near = together.loc[place + by]
            whole = pd.notna(near["sentence"])
            words = near["sentence"] if whole else f"… {near['quote']} …"
            said.append(f"In the same paragraph, {where} it: “{words}”")
    return tuple(said)
