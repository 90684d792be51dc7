"""The predictions of lesson 04, put where its misconceptions are."""

from __future__ import annotations

from typing import Any

import numpy as np

from indopacific.datasets import load
from indopacific.figures.guesses import Unit
from indopacific.figures.theatres_estimates import PERCENT
from indopacific.models import cost
from indopacific.models import theatres as model
from indopacific.predictions.questions import Choose, Number

_HOOK = "What is it made of?"
_COUNTS = "1. What an estimate counts"
_CHIPS = "2. Chips alone"
_POOL = "3. One pool, two theatres"
_EUROPE = "4. Who would be left in Europe?"

SHARE = Unit(value="{}%", gap="{} percentage points", decimals=0, scale=100)


def _published(row: str) -> float:
    return float(load("cost_estimates").set_index("id")["high"][row])


def _world() -> str:
    implied = [
        _published(f"{war}-war-dollars") / _published(f"{war}-war-world")
        for war in ("taiwan", "korea")
    ]
    if abs(implied[0] / implied[1] - 1) < 0.005:
        return "the same world GDP"
    return f"a larger one for {'Taiwan' if implied[0] > implied[1] else 'Korea'}"


def _may_stand() -> str:
    pairs = {
        "2.7 trillion of output and 1.6 trillion of revenue": ("blockade-iep", "blockade-revenue"),
        "over 2 trillion at risk and 2.5 trillion of losses": (
            "blockade-at-risk",
            "blockade-state-department",
        ),
        "5.0 percent in a blockade and 10.2 in a war": (
            "taiwan-blockade-world",
            "taiwan-war-world",
        ),
    }
    rows: Any = load("cost_estimates").set_index("id")
    fit = [said for said, (one, other) in pairs.items() if rows.at[one, "chart"] == (
        rows.at[other, "chart"])]  # fmt: skip
    return fit[0] if len(fit) == 1 else "more than one"


def _korea() -> str:
    less = _published("korea-war-world") < _published("taiwan-war-world")
    rows: Any = load("cost_estimates")
    dead = rows[rows["quantity"].str.contains("deaths|killed")]
    in_korea = dead["case"].str.contains("Korea")
    # A table's "chart" names the rows that count the same thing, and may be ranked.
    ranked = set(dead[in_korea]["chart"].dropna()) & set(dead[~in_korea]["chart"].dropna())
    output = f"a {'smaller' if less else 'larger'} loss of output"
    return f"{output}, and more deaths" if ranked else f"{output}; deaths cannot be ranked"


def _chips() -> float:
    return 100 * float(cost.bound(cost.Parameters(cut=0.6, substitution=0.0)))


def _share() -> float:
    return float(model.best_share(model.Parameters()))


def _freed() -> str:
    found = float(model.allocate(model.Parameters()).pass_through)
    options = {"all of it": 1.0, "about half of it": 0.5, "none of it": 0.0}
    return min(options, key=lambda name: abs(options[name] - found))


def _together() -> str:
    apart = model.lanchester(2, model.lanchester(2, 3)[1])
    whole = model.lanchester(4, 3)
    if apart[0] > 0:
        return "the four win either way"
    return "together they win, apart they lose" if whole[0] > 0 else "they lose either way"


def _questions() -> str:
    rows: Any = load("europe_burden").set_index("id")
    one, other = rows.loc["bruegel-spending"], rows.loc["iiss-total"]
    if one["question"] != other["question"]:
        return "neither: they answer two questions"
    return "250 billion a year" if 25 * one["high"] > 1000 * other["high"] else "1 trillion"


def _odds() -> str:
    before, after = (model.odds(model.Parameters(europe=forces)).with_help for forces in (0.5, 1.0))
    if np.isclose(before, after):
        return "they stay"
    return "they fall" if after < before else "they rise"


WORLD_SHARE = Number(
    id="theatres-share",
    section=_HOOK,
    asks="Loss of world GDP in the first year of a war over Taiwan, as Bloomberg models it",
    unit=PERCENT,
    low=0,
    high=30,
    step=0.2,
    name="World",
    answer=lambda: _published("taiwan-war-world"),
)

WORLD = Choose(
    id="theatres-world",
    section=_HOOK,
    asks="10 trillion is 10.2 percent, and 4 trillion is 3.9 percent: of which world GDP?",
    options=("the same world GDP", "a larger one for Taiwan", "a larger one for Korea"),
    answer=_world,
)

PAIR = Choose(
    id="theatres-pair",
    section=_COUNTS,
    asks="Which two estimates may stand in one chart?",
    options=(
        "2.7 trillion of output and 1.6 trillion of revenue",
        "over 2 trillion at risk and 2.5 trillion of losses",
        "5.0 percent in a blockade and 10.2 in a war",
        "more than one",
    ),
    answer=_may_stand,
)

KOREA = Choose(
    id="theatres-korea",
    section=_COUNTS,
    asks="Against a war over Taiwan, the published estimates give a war in Korea ...",
    options=(
        "a larger loss of output, and more deaths",
        "a smaller loss of output, and more deaths",
        "a smaller loss of output, and fewer deaths",
        "a smaller loss of output; deaths cannot be ranked",
    ),
    answer=_korea,
)

CHIPS = Number(
    id="theatres-chips",
    section=_CHIPS,
    asks="World GDP lost by direct users, at most, if 60 percent of chips fail",
    unit=PERCENT,
    low=0,
    high=15,
    step=0.1,
    by="model",
    answer=_chips,
)

POOL = Number(
    id="theatres-pool",
    section=_POOL,
    asks="Share of the US pool that goes to Europe, at the default",
    unit=SHARE,
    low=0,
    high=1,
    step=0.01,
    by="model",
    answer=_share,
)

FREED = Choose(
    id="theatres-freed",
    section=_POOL,
    asks="Europe's allies add a little: how much of it is freed for the Pacific?",
    options=("all of it", "about half of it", "none of it"),
    by="model",
    answer=_freed,
)

TOGETHER = Choose(
    id="theatres-together",
    section=_POOL,
    asks="Four units meet three, all at once or two by two: who wins?",
    options=(
        "the four win either way",
        "together they win, apart they lose",
        "they lose either way",
    ),
    by="model",
    answer=_together,
)

QUESTIONS = Choose(
    id="theatres-questions",
    section=_EUROPE,
    asks="Which of the two says that Europe's defence is dearer?",
    options=("250 billion a year", "1 trillion", "neither: they answer two questions"),
    answer=_questions,
)

ODDS = Choose(
    id="theatres-odds",
    section=_EUROPE,
    asks="Europe's allies grow from 0.5 to 1.0: Beijing's odds across the Strait?",
    options=("they rise", "they stay", "they fall"),
    by="model",
    answer=_odds,
)
