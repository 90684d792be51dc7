"""The predictions of lesson 06: what was said, who must agree, what publics want, who listens."""

from __future__ import annotations

from functools import cache

import pandas as pd

from indopacific.datasets import load
from indopacific.explorers import find
from indopacific.figures.guesses import COUNT, PERCENT
from indopacific.models import ambiguity_regions as regions
from indopacific.predictions.questions import Choose, Number, Order

MEMBERS = 32
READY = 0.98
#: What the guarantor's fighting takes from Beijing: at most so much is little, more than so much
#: is much.
LITTLE, MUCH = 0.5, 1.0
#: The preset of lesson 05's explorer of messages that stands for an alliance's many voices.
MANY_CAPITALS = {"level": 0.3, "spread": 0.25, "attitude": -0.5}
_WORLDS, _SEED = 20_000, 6

_PUBLICS = {
    "diplomacy only": "only diplomacy",
    "economic sanctions": "economic sanctions",
    "send arms": "arms",
    "send troops": "troops",
}


def _named() -> float:
    counts = load("term_counts").query("scope == 'excerpt' and term == 'Taiwan'")
    texts = load("documents").query("kind != 'expert report' and date > '2019'")["id"]
    return float(counts[counts["document"].isin(texts)]["count"].sum())


def _publics() -> dict[str, float]:
    asked = load("surveys").query("series == 'transatlantic trends taiwan'")
    return {_PUBLICS[str(row.answer)]: float(str(row.share)) for row in asked.itertuples()}


def _weak() -> str:
    world = find("ambiguity").result({"k0": 0.1, "k1": 0.1, "help": 0.1}).world
    judged = regions.judge(world, "attack")
    if judged.at_none - judged.at_best < 0.01:
        return "none: the risk is the same at every level"
    return "certain help" if judged.best_level == 1 else "an uncertain promise"


def _heard() -> str:
    message = find("ambiguity_message").result(MANY_CAPITALS).policy
    (beijing, _), (taipei, _) = message.read_by_beijing(), message.read_by_taipei()
    return "Taipei" if taipei > beijing else "Beijing" if beijing > taipei else "neither"


@cache
def guarantors() -> pd.DataFrame:
    """Return how often each policy is best against either, where help takes little, and much.

    Settings are drawn at random; `LITTLE` and `MUCH` say where the two kinds of guarantor begin.
    """
    worlds = regions.sample(_WORLDS, seed=_SEED)
    verdicts = pd.Series(regions.judge(worlds, "either").verdict)
    taken = pd.Series(worlds.b)
    kinds = {"takes little": taken <= LITTLE, "takes much": taken > MUCH}
    return pd.DataFrame(
        {name: verdicts[these].value_counts(normalize=True) for name, these in kinds.items()}
    ).fillna(0.0)


TAIWAN = Number(
    id="memo-taiwan",
    section="What was said",
    asks="How often does the word Taiwan stand in what could be read of the six texts?",
    unit=COUNT,
    low=0,
    high=30,
    step=1,
    answer=_named,
)

CONSENSUS = Number(
    id="memo-consensus",
    section="1. The room",
    asks="Each of 32 agrees with a chance of 98%. With what chance do all of them?",
    by="model",
    unit=PERCENT,
    low=0,
    high=100,
    step=1,
    answer=lambda: 100 * READY**MEMBERS,
)

PUBLICS = Order(
    id="memo-publics",
    section="2. The options",
    asks="Fourteen publics of the NATO area, 2022: what to do if Taiwan is invaded?",
    names=("arms", "economic sanctions", "troops", "only diplomacy"),
    first="most wanted",
    last="least wanted",
    answer=_publics,
)

WEAK = Choose(
    id="memo-weak",
    section="3. A setting as evidence",
    asks="War is cheap for Beijing, and help would change little. What prevents an attack best?",
    by="model",
    options=(
        "certain help",
        "an uncertain promise",
        "none: the risk is the same at every level",
    ),
    answer=_weak,
)

HEARD = Choose(
    id="memo-heard",
    section="4. Who listens",
    asks="Vague words, wishful readers: who expects more help than the other?",
    by="model",
    options=("Beijing", "Taipei", "neither"),
    answer=_heard,
)

GUARANTOR = Number(
    id="memo-guarantor",
    section="5. The last claim",
    asks="Where help takes little from Beijing, in what share of settings is ambiguity best?",
    by="model",
    unit=PERCENT,
    low=0,
    high=100,
    step=1,
    answer=lambda: 100 * float(guarantors()["takes little"].loc["ambiguity"]),
)
