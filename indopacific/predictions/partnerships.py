"""The predictions of lesson 03, put where its misconceptions are."""

from __future__ import annotations

import pandas as pd

from indopacific.datasets import load
from indopacific.figures.guesses import Unit
from indopacific.figures.wording import count
from indopacific.models import partnerships as model
from indopacific.models import reach
from indopacific.predictions.questions import Choose, Number, Order

_HOOK = "Who comes?"
_BROUGHT = "1. What each of them brought"
_TREATY = "2. Where the treaty stops"
_OFFICE = "3. An office, and ships"
_ASKED = "4. What publics were asked"
_SPIRAL = "5. Two spirals"

NUMBERS = ("none", "one", "two", "three", "four")
ISLANDS = ("Hawaii", "Guam", "Midway Atoll", "Puerto Rico")
STATES = Unit(value="{} states", gap="{} states", decimals=0)


def _leaders() -> str:
    came = load("attendance").query("summit == 'The Hague 2025'")
    return NUMBERS[int((came["level"] == 3).sum())]


def _in_july() -> str:
    programmes = load("partner_steps").query("step == 'ITPP'")
    return NUMBERS[int(programmes["date"].str.startswith("2023-07").sum())]


def _totals() -> pd.Series:
    own = load("cooperation").set_index("partner")
    return (own["named"] + own["activity"]).groupby("partner").sum()


def _islands() -> str:
    table = load("places")
    inside = [
        name for name in ISLANDS if reach.judge(reach.find(name, table)).article5 == reach.YES
    ]
    return inside[0] if len(inside) == 1 else "none" if not inside else "more than one"


def _first_against() -> str:
    against = load("office").query("stance == 'against'").sort_values("date")
    return str(against["capital"].iloc[0])


def _members() -> float:
    who = load("exercise_participants").query("exercise == 'RIMPAC 2024'")
    return float(who["group"].isin(["USA", "NATO member"]).sum())


def _polls() -> str:
    asked = load("surveys").query("topic == 'NATO' and share == share")
    four = set(load("attendance")["partner"])
    found = int(asked["population"].isin(four).sum())
    return count(found) if found else "none"


def _unprovoked() -> str:
    shallow, deep = (model.solve(model.Parameters(psi=0, d=depth)) for depth in (0, 5))
    if deep.state != model.BALANCE:
        return "they rise without end"
    return "they rise, and settle" if deep.y > shallow.y else "they stay"


def _reassured() -> str:
    whole, half = (model.critical_depth(model.Parameters(r=share)) for share in (0, 0.5))
    return "twice as deep" if abs(half / whole - 2) < 1e-9 else "another depth"


LEADERS = Choose(
    id="partnerships-leaders",
    section=_HOOK,
    asks="How many of the four leaders came to The Hague in June 2025?",
    options=NUMBERS,
    answer=_leaders,
)

PROGRAMMES = Choose(
    id="partnerships-programmes",
    section=_BROUGHT,
    asks="How many of the four tailored programmes date from July 2023?",
    options=NUMBERS,
    answer=_in_july,
)

TOTALS = Order(
    id="partnerships-totals",
    section=_BROUGHT,
    asks="The four, by their total in the cooperation table",
    names=("Australia", "New Zealand", "South Korea", "Japan"),
    first="highest total",
    last="lowest total",
    answer=_totals,
)

ISLAND = Choose(
    id="partnerships-island",
    section=_TREATY,
    asks="An attack on which of these islands of the USA triggers article 5?",
    options=(*ISLANDS, "more than one", "none"),
    answer=_islands,
)

FIRST = Choose(
    id="partnerships-against",
    section=_OFFICE,
    asks="Which capital was the first to speak against the office, in our table?",
    options=("Paris", "Beijing", "Berlin", "Moscow"),
    answer=_first_against,
)

MEMBERS = Number(
    id="partnerships-members",
    section=_OFFICE,
    asks="Members of NATO among the participants of RIMPAC 2024",
    unit=STATES,
    low=0,
    high=29,
    step=1,
    answer=_members,
)

POLLS = Choose(
    id="partnerships-polls",
    section=_ASKED,
    asks="For how many of the four publics could we read what they think of NATO?",
    options=NUMBERS,
    answer=_polls,
)

UNPROVOKED = Choose(
    id="partnerships-unprovoked",
    section=_SPIRAL,
    asks="Nobody is provoked, and the depth grows from 0 to 5: the neighbour's arms?",
    options=("they stay", "they rise, and settle", "they rise without end"),
    by="model",
    answer=_unprovoked,
)

REASSURED = Choose(
    id="partnerships-reassured",
    section=_SPIRAL,
    asks="Half of the provocation is taken away: at which depth does the balance tip?",
    options=("at the same depth", "half as deep", "twice as deep", "another depth"),
    by="model",
    answer=_reassured,
)
