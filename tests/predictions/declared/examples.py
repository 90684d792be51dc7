"""One question of each kind, whose answers are plain."""

import math

from indopacific.figures.guesses import PERCENT, WHOLE_SHARE, Unit
from indopacific.predictions.questions import Choose, Line, Number, Order

CHOICE = Choose(
    id="examples-choice",
    section="1. Choices",
    asks="Which of the three is the largest?",
    options=("red", "green", "blue"),
    answer=lambda: "green",
)

ORDER = Order(
    id="examples-order",
    section="2. Orders",
    asks="Four letters by their number",
    names=("a", "b", "c", "d"),
    first="largest",
    last="smallest",
    answer=lambda: {"a": 1.0, "b": 4.0, "c": 2.5, "d": 2.5, "left out": 9.0},
)

SHARE = Number(
    id="examples-share",
    section="3. Numbers",
    asks="The share of green",
    name="green",
    unit=WHOLE_SHARE,
    low=0,
    high=1,
    step=0.01,
    answer=lambda: 0.38,
)

BELOW = Number(
    id="examples-below",
    section="3. Numbers",
    asks="A temperature",
    unit=Unit(value="{} degrees", gap="{} degrees", decimals=1),
    low=-20,
    high=40,
    step=0.5,
    answer=lambda: 55.0,
)

LINE = Line(
    id="examples-line",
    section="4. Lines",
    asks="A share over the years",
    unit=PERCENT,
    low=0,
    high=60,
    step=1,
    drawn_years=(2014, 2017),
    answer=lambda: {
        2010: 10.0, 2011: 11.0, 2012: math.nan, 2013: 12.5,
        2014: 15.0, 2015: math.nan, 2016: 20.25, 2017: 70.0,
    },
)  # fmt: skip

ALL = (CHOICE, ORDER, SHARE, BELOW, LINE)
