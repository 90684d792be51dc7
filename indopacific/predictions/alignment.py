"""The predictions of lesson 01, put where its misconceptions are."""

from __future__ import annotations

import pandas as pd

from indopacific.datasets import load
from indopacific.figures.guesses import TIV, USD_BILLION
from indopacific.figures.wording import count
from indopacific.models import alignment as model
from indopacific.predictions.questions import Choose, Line, Number, Order

_VOTES = "1. Votes: one record, several numbers"
_POINTS = "2. Ideal points, and a look at *n*"
_TRADE = "3. Trade: how much, and for whom"
_ARMS = "4. Arms, promises and a war"


def _measures() -> pd.DataFrame:
    tables = ("un_agreement", "un_ideal_points", "trade_shares", "arms_deliveries")
    return model.measures(*map(load, tables))


def _closer() -> str:
    verdicts = model.then_and_now(_measures(), since=2005).table["verdict"]
    return count(int((verdicts == "closer").sum())) if "closer" in set(verdicts) else "none"


def _agreement() -> pd.Series:
    rates = model.pooled(load("un_agreement").query("sample == 'whole_resolutions_only'"))
    return rates.set_index(rates["state_a"] + "-" + rates["state_b"])["agree_strict"]


def _overlap() -> str:
    points = load("un_ideal_points").query("edition == 2025 and state in ['China', 'Russia']")
    latest = points[points["year"] == points["year"].max()]
    return "yes" if latest["q05"].max() <= latest["q95"].min() else "no"


def _trade() -> pd.Series:
    own = load("trade").query("counter == 'GACC' and partner == 'Russia' and flow == 'total'")
    return own.set_index("year")["value"]


def _deliveries() -> float:
    own = load("arms_deliveries").query("supplier == 'Russia' and recipient == 'China'")
    return float(own.query("edition == 2025 and year == 2023")["tiv"].item())


def _noes() -> str:
    roll = load("votes").merge(load("resolutions"), on="resolution", suffixes=("", "_of_text"))
    cast = roll.query("session == 'emergency' and state == 'China'")["vote"].dropna()
    share = float((cast == "no").mean())
    return "at none" if share == 0 else "at all" if share == 1 else "at some, not at others"


def _first() -> str:
    weights = model.AlignmentParameters(trade=0, votes=1, ideal_points=1, arms=0)
    found = model.composite_index(model.indicators(_measures()), weights)
    return found.labels[int(found.rank.argmin())]


MEASURES = Choose(
    id="alignment-measures",
    section="One pair, several measures",
    asks="By how many of the four measures are China and Russia closer than from 2005 on?",
    options=("none", "one", "two", "three", "four"),
    answer=_closer,
)

PAIRS = Order(
    id="alignment-pairs",
    section=_VOTES,
    asks="Three pairs of states, by their share of identical votes",
    names=("Japan-USA", "China-Brazil", "China-DPRK"),
    first="most agreement",
    last="least agreement",
    answer=_agreement,
)

OVERLAP = Choose(
    id="alignment-overlap",
    section=_POINTS,
    asks="Do the intervals of China and Russia overlap in the latest year?",
    options=("yes", "no"),
    answer=_overlap,
)

TRADE = Line(
    id="alignment-trade",
    section=_TRADE,
    asks="China's goods trade with Russia, in USD billion",
    unit=USD_BILLION,
    low=0,
    high=400,
    step=2,
    drawn_years=(2022, 2025),
    since=2013,
    answer=_trade,
)

ARMS = Number(
    id="alignment-arms",
    section=_ARMS,
    asks="Russian arms deliveries to China in 2023, in million TIV",
    unit=TIV,
    low=0,
    high=4000,
    step=20,
    answer=_deliveries,
)

UKRAINE = Choose(
    id="alignment-ukraine",
    section=_ARMS,
    asks="At how many of the emergency session's votes on Ukraine did China vote no?",
    options=("at none", "at some, not at others", "at all"),
    answer=_noes,
)

FIRST = Choose(
    id="alignment-first",
    section="5. One index?",
    asks="Which year ranks first, if only UN votes and ideal points count?",
    options=("2011", "2014", "2017", "2018", "2019"),
    answer=_first,
)
