"""On what the drawings of lesson 01 are tried. All numbers are invented."""

import numpy as np
import pandas as pd

from indopacific.models.alignment import then_and_now
from tests.figures.drawings import Sample

YEARS = pd.Index(range(1992, 2025))
wave = np.sin(np.arange(33))
MEASURES = pd.DataFrame(
    {
        "votes": pd.Series(0.6 + 0.15 * wave[:28], YEARS[:28]),
        "ideal_points": pd.Series(np.linspace(2.6, 0.3, 33) + 0.2 * wave, YEARS),
        "trade": pd.Series(np.linspace(10.3, 18, 11), YEARS[19:30]),
        "arms": pd.Series(np.linspace(3000, 371.5, 24) + 90 * wave[:24], YEARS[8:32]),
    }
)
LINE = {year: 0.4 + 0.01 * (year - 1992) for year in range(1992, 2020)}

PAIRS = pd.DataFrame(
    {
        "state_a": ["China", "Germany", "China", "South Korea", "Japan", "China"],
        "state_b": ["DPRK", "France", "Brazil", "USA", "USA", "USA"],
        "agree_strict": [0.867, 0.856, 0.785, 0.373, 0.38, 0.165],
        "allies": [True, True, False, True, True, False],
    }
)
MANY_PAIRS = pd.DataFrame(
    {
        "state_a": [f"State {number}" for number in range(22)],
        "state_b": "New Zealand",
        "agree_strict": np.linspace(0.999, 0.004, 22),
        "allies": [number % 3 == 0 for number in range(22)],
    }
)

CODING = pd.DataFrame(
    {"dropped": [0.891, 0.655, 0.7, 0.336], "own_category": [0.77, 0.571, 0.714, 0.336]},
    index=["China-DPRK", "Russia-DPRK", "China-Russia", "Japan-USA"],
)

POINTS = pd.DataFrame(
    {
        "year": [*range(2000, 2025)] * 2,
        "state": ["China"] * 25 + ["Russia"] * 25,
        "ideal_point": np.concatenate([-0.6 + 0.2 * wave[:25], 0.2 - 0.03 * np.arange(25)]),
    }
)
POINTS = POINTS.assign(q05=POINTS["ideal_point"] - 0.2, q95=POINTS["ideal_point"] + 0.2)

EDITIONS = pd.DataFrame(
    {
        "older": [0.41, 0.68, 0.41, 0.26, None],
        "newer": [0.41, 0.67, 0.41, 0.03, 0.6],
        "votes": [78, 79, 93, 8, 158],
        "flagged": [False, False, False, True, True],
    },
    index=range(2021, 2026),
)

TRADE = pd.DataFrame(
    {
        "year": range(2016, 2026),
        "value": [5.72, None, None, 48.16, 56.83, 38.8, 55.45, None, 244.81, 228.105],
        "status": ["verified", "unverified", "unverified", "derived", *["verified"] * 6],
    }
)

SHARES = pd.DataFrame(
    {"China": [10.3, 12.1, 15.8, 18.0], "EU": [41.7, 46.0, 40.1, 35.9]}, index=range(2018, 2022)
)
PARTNERS = pd.Series({"EU": None, "USA": 688.3, "Russia": 244.8}, name=2024, dtype=float)

ARMS = pd.DataFrame(
    {"volume": [2205.0, 3066.0, 683.0, 1686.0, 371.5], "share": [88.5, 88.2, 69.8, 83.1, 79.0]},
    index=range(2019, 2024),
)

SAMPLES = {
    "draw_measures": {
        "since 2005": Sample(then_and_now(MEASURES, since=2005)),
        "since 1992": Sample(then_and_now(MEASURES, since=1992)),
        "since 2010": Sample(then_and_now(MEASURES, since=2010)),
        "since 2014, too late for two": Sample(then_and_now(MEASURES, since=2014)),
        "two lines": Sample(
            then_and_now(MEASURES, since=2000),
            {"votes": LINE, "ideal_points": {2023: 3.0, 2024: 3.5}, "trade": None},
        ),
    },
    "draw_pairs": {
        "six pairs": Sample(PAIRS),
        "an order": Sample(PAIRS, ["Japan-USA", "China-DPRK", "China-Brazil"]),
        "shares, far off": Sample(PAIRS, {"China-USA": 1.0, "China-DPRK": 0.0, "Japan-USA": None}),
        "equal": Sample(PAIRS.assign(agree_strict=0.5), ["Japan-USA", "China-DPRK"]),
        "no allies": Sample(PAIRS.assign(allies=False)),
        "allies only": Sample(PAIRS[PAIRS["allies"]]),
        "as many as fit": Sample(MANY_PAIRS, list(MANY_PAIRS["state_a"][:3] + "-New Zealand")),
    },
    "draw_absence": {
        "four pairs": Sample(CODING),
        "a fall": Sample(CODING, {"China-DPRK": -5.0}),
        "a rise, far off": Sample(CODING, {"China-DPRK": 10.9, "Japan-USA": -33.0}),
        "one pair": Sample(CODING.iloc[:1]),
    },
    "draw_ideal_points": {
        "intervals meet": Sample(POINTS),
        "intervals apart": Sample(
            POINTS.assign(q05=POINTS["ideal_point"] - 0.01, q95=POINTS["ideal_point"] + 0.01)
        ),
        "the same points": Sample(POINTS.assign(ideal_point=0.1234, q05=0.1, q95=0.2), None),
    },
    "draw_thin_year": {
        "two flagged": Sample(EDITIONS),
        "none flagged": Sample(EDITIONS.assign(flagged=False)),
    },
    "draw_trade": {
        "gaps": Sample(TRADE),
        "rows left out": Sample(TRADE.dropna()),
        "a line": Sample(TRADE, {2023: 300.0, 2024: 500.0, 2025: 1000.0}),
        "a line that ends early": Sample(TRADE, {2019: 20.0, 2020: 0.0}),
        "no year before the last": Sample(TRADE[TRADE["year"] != 2024]),
    },
    "draw_asymmetry": {
        "one unknown": Sample((SHARES, PARTNERS)),
        "all known": Sample((SHARES, PARTNERS.fillna(785.8))),
        "a guess on the other line": Sample((SHARES, PARTNERS), 35.9),
        "the lines meet": Sample((SHARES.assign(EU=18.1), PARTNERS), 18.0),
    },
    "draw_arms": {
        "five years": Sample(ARMS),
        "a high guess": Sample(ARMS, 9000.0),
        "a guess of nothing": Sample(ARMS, 0.0),
        "the data's own": Sample(ARMS, 371.5),
    },
}
