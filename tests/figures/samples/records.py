"""On what the drawings of records are tried. All numbers and votes are invented."""

import pandas as pd

from tests.figures.drawings import Sample

STATES = ["Russia", "DPRK", "China", "USA", "Japan", "South Korea"]
VOTES = pd.DataFrame(
    [
        ["no", "no", "abstain", "yes", "yes", "yes"],
        ["no", "no", "no", "yes", None, None],
        ["no", "no", "abstain", "no", "yes", "none_recorded"],
    ],
    index=["2001-02-03", "2002-03-04", "2003-04-05"],
    columns=STATES,
)
MANY = pd.DataFrame(
    "abstain",
    index=[f"{year}-12-19 militarisation" for year in range(2001, 2019)],
    columns=[*STATES, "Germany", "New Zealand"],
)

DUTIES = pd.DataFrame(
    {
        "parties": ["China; DPRK", "China; Russia", "Russia; DPRK", "Russia; DPRK"],
        "date": pd.to_datetime(["1961-07-11", "2001-07-16", "2024-06-19", "2024-06-19"]),
        "article": ["II", "9", "3", "4"],
        "duty": ["assistance", "consultation", "consultation", "assistance"],
        "qualifier": ["by all means", "at once", "at once", "in line with article 51"],
    }
)
NO_HELP = DUTIES[DUTIES["duty"] == "consultation"].assign(date=["2001-07-16", "2024-06"])
TWICE = pd.concat([DUTIES, DUTIES.assign(article=["III", "10", "5", "6"])])

ESTIMATES = pd.DataFrame(
    {
        "date": ["2024-06-14", "2025-05-29", "2025-07-13"],
        "estimator": [
            "A state, minister",
            "A team, report of eleven",
            "A state, agency for defence",
        ],
        "quantity": ["rounds that 10,000 boxes could hold", "rounds shipped", "rounds that fit"],
        "low": [None, None, 12e6],
        "high": [4.8e6, 9e6, None],
        "unit": "rounds",
        "kind": ["capacity", "count", "capacity"],
        "note": ["An upper bound.", None, None],
        "disputed_by": ["The other side", None, None],
        "dispute": ["Rejected.", None, None],
    }
)
SMALL = ESTIMATES.assign(
    kind="count", unit="troops", low=[10000, 11000, None], high=[12000, None, 3000]
)

SAMPLES = {
    "draw_votes": {
        "six states": Sample(VOTES),
        "two states": Sample(VOTES[["Russia", "China"]]),
        "nothing read": Sample(VOTES.assign(Japan=None)),
        "as many as fit": Sample(MANY),
    },
    "draw_duties": {
        "three pairs": Sample(DUTIES),
        "no assistance": Sample(NO_HELP),
        "one pair": Sample(DUTIES.iloc[:1]),
        "with a duration": Sample(pd.concat([DUTIES, DUTIES.assign(duty="duration")])),
        "two articles for one duty": Sample(TWICE),
    },
    "draw_estimates": {
        "open ends": Sample(ESTIMATES),
        "an interval, and small numbers": Sample(SMALL),
        "one": Sample(ESTIMATES.iloc[:1]),
    },
}
