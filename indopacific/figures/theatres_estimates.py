"""Figures of published estimates of what a war would cost: never two kinds in one picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, guesses
from indopacific.figures.wording import sentence
from indopacific.figures.words import Words
from indopacific.models.cost import one_chart

PERCENT = guesses.Unit(value="{}%", gap="{} percentage points", decimals=1)


def draw_losses(
    estimates: pd.DataFrame, figure: Figure, predicted: Mapping[str, float | None] | None = None
) -> Words:
    """Draw the loss of each economy in each scenario of one study; what was not found stays open.

    Parameters
    ----------
    estimates : DataFrame
        Columns `id`, `study`, `case`, `about`, `chart`, `high`, `unit`: rows of one chart.
    figure : Figure
    predicted : mapping of str to float, optional
        The reader's guess of losses in the first scenario, by economy.

    Returns
    -------
    Words

    Raises
    ------
    ValueError
        For rows that may not stand in one chart.
    """
    own: Any = one_chart(estimates)
    wide: Any = own.pivot(index="case", columns="about", values="high")
    wide = wide.loc[list(own["case"].unique()), list(own["about"].unique())]
    asked = own.groupby("case")["about"].agg(set)
    top = float(wide.max(axis=None)) * 1.2
    with forms.fresh(figure):
        grid = forms.panels(figure, [sentence(case) for case in wide.index], columns=1)
        for axes, case in zip(grid, wide.index, strict=True):
            forms.bars(
                axes,
                wide.loc[case, [name for name in wide.columns if name in asked[case]]],
                write="{:.1f}".format,
                missing="not found",
                predicted=predicted if case == wide.index[0] else None,
            )
            axes.set(ylim=(0, top), yticks=[0])
            axes.set_ylabel(own["unit"].iloc[0].replace(" of ", "\nof "))
    largest = {case: str(wide.loc[case].idxmax()) for case in wide.index}
    said = [f"{name} ({case}), {wide.at[case, name]:.1f} percent" for case, name in largest.items()]
    open_ = [
        f"{row.about} ({row.case})" for row in own.itertuples() if pd.isna(row.high)
    ]  # fmt: skip
    world = [
        f"{wide.at[case, 'World']:.1f} in {case}"
        for case in wide.index
        if "World" in wide.columns and pd.notna(wide.at[case, "World"])
    ]
    return Words(
        title=f"Loss of world GDP in percent: {'; '.join(world)}" if world else "Losses in percent",
        reading=f"Largest losses: {'; '.join(said)}. "
        + (f"Not found: {'; '.join(open_)}. " if open_ else "")
        + "Each figure is one study's answer to one scenario, for the first year, and no forecast."
        + guesses.answer(predicted, wide.iloc[0], PERCENT),
        table=wide.T.astype(object)
        .where(lambda table: table.notna(), "not found or not asked")
        .reset_index(names="Economy"),
        source=f"{own['study'].iloc[0]}, as reported (table cost_estimates)",
    )


def written(estimates: pd.DataFrame) -> pd.Series:
    """Return the figure of each row in words, such as "at least 1,400" or "226 to 344".

    Parameters
    ----------
    estimates : DataFrame
        Columns `qualifier`, `low`, `high`; rows of cost_estimates or europe_burden.

    Returns
    -------
    Series of str
        "not found" where a row has no figure.
    """
    rows: Any = estimates[["qualifier", "low", "high"]].itertuples(index=False)
    return pd.Series([_written(*row) for row in rows], index=estimates.index, dtype=object)


def _written(qualifier: Any, low: float, high: float) -> str:
    ends = [f"{end:,.0f}" if end == round(end) else f"{end:,g}" for end in (low, high)
            if pd.notna(end)]  # fmt: skip
    if not ends:
        return "not found"
    figure = " to ".join(dict.fromkeys(ends))
    words = {"about": "about ", "more_than": "over ", "at_least": "at least ", "up_to": "up to "}
    return words.get(qualifier, "") + figure
