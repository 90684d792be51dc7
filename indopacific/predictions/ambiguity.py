"""The predictions of lesson 05: what a promise does to two audiences, before the model says it."""

from __future__ import annotations

from functools import cache

from indopacific.datasets import load
from indopacific.figures.ambiguity import RESIST, ROUNDS
from indopacific.figures.guesses import POINTS, Unit
from indopacific.models import ambiguity as model
from indopacific.models import ambiguity_game as games
from indopacific.models import ambiguity_regions as regions
from indopacific.predictions.questions import Choose, Number, Order

_PAPER = "1. A game on paper"
_TWO = "2. One audience, then two"
_CLEAR = "3. What clarity costs, and whom"
_LEVEL = Unit(value="{}", gap="{}", decimals=2)
_VALUE = Unit(value="{}", gap="{}", decimals=1)
_LEVELS = {"no commitment": 0.0, "an uncertain promise": 0.5, "a clear commitment": 1.0}


def _peace() -> float:
    return float(model.solve(model.Parameters(), unprovoked=0.5).peace)


def _attack_value() -> float:
    known = games.Known(world=model.Parameters(), beta=0.8)
    return games.tree(known).nodes["status quo, attack"].payoffs[1]


def _width() -> str:
    starts, widths = [], []
    for world in (model.Parameters(), model.Parameters(k0=0.4)):
        start, end = (float(each) for each in regions.window(world))
        starts.append(start)
        widths.append(round(end - start, 9))
    needed = "more" if starts[1] > starts[0] else "less"
    if widths[0] == widths[1]:
        return f"{needed} commitment; the gap stays"
    return f"{needed} commitment; the gap is {'wider' if widths[1] > widths[0] else 'narrower'}"


def _restraint() -> dict[str, float]:
    world = model.Parameters()
    risks = {name: model.solve(world, unprovoked=level) for name, level in _LEVELS.items()}
    return {name: -float(cells.declare) for name, cells in risks.items()}


@cache
def _best() -> regions.Judgement:
    return regions.judge(model.Parameters(), "either", levels=2001)


def _condition() -> str:
    either = float(model.solve(model.Parameters(), unprovoked=1, provoked=0).either)
    best = float(_best().at_best)
    return "as often" if either == best else "more often" if either > best else "less often"


def _coin() -> float:
    world = model.Parameters()
    clear, none = (model.solve(world, unprovoked=level) for level in (1.0, 0.0))
    return float(model.toss(clear, none, 0.5).attack)


def _verb() -> str:
    """Say where the verb has gone: by year, a text that opposes stands above one that does not."""
    texts = load("wordings").query("year >= 2022 and verb in ['opposes', 'does not support']")
    opposing = texts.assign(opposes=texts["verb"] == "opposes").groupby("year")["opposes"]
    shares = opposing.mean()
    if shares.is_monotonic_increasing and shares.iloc[-1] > shares.iloc[0]:
        return "towards oppose"
    if shares.is_monotonic_decreasing and shares.iloc[-1] < shares.iloc[0]:
        return "towards does not support"
    return "in no one direction"


def _resist() -> float:
    without, helped = load("surveys").set_index("id").loc[list(RESIST), "share"]
    return float(helped - without)


ROUNDS_OF_PEACE = Number(
    id="ambiguity-rounds",
    section="The chairs",
    asks="In how many of 100 rounds with a promise of 0.5 does nothing happen?",
    by="model",
    unit=ROUNDS,
    low=0,
    high=1,
    step=0.01,
    answer=_peace,
)

ATTACK_VALUE = Number(
    id="ambiguity-attack-value",
    section=_PAPER,
    asks="What an attack on the status quo is worth to Beijing, on average",
    by="model",
    unit=_VALUE,
    low=-1,
    high=1,
    step=0.1,
    answer=_attack_value,
)

WIDTH = Choose(
    id="ambiguity-width",
    section=_TWO,
    asks="War becomes cheaper for Beijing: how much commitment deters it, and how wide is the gap?",
    by="model",
    options=(
        "less commitment; the gap is narrower",
        "less commitment; the gap stays",
        "more commitment; the gap is narrower",
        "more commitment; the gap stays",
        "more commitment; the gap is wider",
    ),
    answer=_width,
)

DECLARATIONS = Order(
    id="ambiguity-declarations",
    section=_TWO,
    asks="Three policies, by how often Taipei declares",
    by="model",
    names=tuple(_LEVELS),
    first="fewest declarations",
    last="most declarations",
    answer=_restraint,
)

BEST_LEVEL = Number(
    id="ambiguity-best-level",
    section=_TWO,
    asks="The level at which either an attack or a declaration is least likely",
    by="model",
    unit=_LEVEL,
    low=0,
    high=1,
    step=0.01,
    answer=lambda: float(_best().best_level),
)

CONDITION = Choose(
    id="ambiguity-condition",
    section=_CLEAR,
    asks="An attack or a declaration under conditional clarity, against the best uncertain promise",
    by="model",
    options=("more often", "as often", "less often"),
    answer=_condition,
)

COIN = Number(
    id="ambiguity-coin",
    section=_CLEAR,
    asks="Probability of an attack if a public coin decides between all and nothing",
    by="model",
    unit=_LEVEL,
    low=0,
    high=1,
    step=0.01,
    answer=_coin,
)

VERB = Choose(
    id="ambiguity-verb",
    section="4. The words themselves",
    asks="Where has the American verb moved since 2022?",
    options=("towards oppose", "towards does not support", "in no one direction"),
    answer=_verb,
)

RESIST_ALL = Number(
    id="ambiguity-resist",
    section="5. Beside the model",
    asks="Will to resist at all costs with American forces, less that without, in points",
    unit=POINTS,
    low=-30,
    high=30,
    step=0.5,
    answer=_resist,
)
