"""The concept check at the end: twelve questions about what is easily taken for something else.

No right answer is typed in. The mistaken ones are worked out as well, where a misconception leads
to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from indopacific.datasets import load
from indopacific.models import alignment, cost, partnerships, reach, theatres
from indopacific.models import ambiguity as promise
from indopacific.models.agreement import kappa
from indopacific.predictions.concepts import Concept, Lure

_LEVELS = np.linspace(0, 1, 201)
_WORLD = promise.Parameters()


# ---------------------------------------------------------------- a public coin

_LESS, _ALIKE, _MORE = "less likely", "as likely", "more likely"


def _compared(one: float, other: float) -> str:
    return _ALIKE if np.isclose(one, other) else _LESS if one < other else _MORE


@cache
def _attack(level: float, spread: float = 0.0, attitude: float = 0.0) -> float:
    policy = {"unprovoked": level, "spread": spread, "attitude": attitude}
    return float(promise.solve(_WORLD, **policy).attack)


def _coin() -> float:
    clear, none = (promise.solve(_WORLD, unprovoked=level) for level in (1.0, 0.0))
    return float(promise.toss(clear, none, 0.5).attack)


COIN = Concept(
    id="concept_check-coin",
    section="1. A coin",
    asks="Compared with the promise that stays open, how likely is an attack after the toss?",
    by="model",
    options=(_LESS, _ALIKE, _MORE),
    answer=lambda: _compared(_coin(), _attack(0.5)),
    lures={
        _ALIKE: Lure(
            why="The average level is the same, and that makes it tempting. But once the coin has "
            "fallen nobody is in doubt, and the doubt did the work.",
            misconception="only the average probability of help counts",
            reasoning=lambda: _compared(_attack(0.5 * 1 + 0.5 * 0), _attack(0.5)),
        ),
        _LESS: Lure(
            why="In half of the cases help is certain, and that seems to settle it. In the other "
            "half it is certain that none comes, and there an attack is far more likely.",
            misconception="the half with certain help is the whole story",
            reasoning=lambda: _compared(_attack(1.0), _attack(0.5)),
        ),
    },
    because=lambda: (
        f"With these settings the model gives {_coin():.2f} after the toss, and "
        f"{_attack(0.5):.2f} under the promise of 0.5. Ambiguity is doubt that lasts until war."
    ),
    lesson="05-ambiguity",
    heading="3. What clarity costs, and whom",
)


# ---------------------------------------------------------------- agreement by chance


def _records(both_yes: int, one_yes: int, both_no: int) -> tuple[list[str], list[str]]:
    pairs = [("yes", "yes")] * both_yes + [("yes", "no")] * one_yes
    pairs += [("no", "yes")] * one_yes + [("no", "no")] * both_no
    first, second = zip(*pairs, strict=True)
    return list(first), list(second)


_INDEPENDENT = _records(81, 9, 1)  # 0.9 times 0.9 of 100 roll calls, and so on


def _of_100(share: float) -> str:
    return f"in {share * 100:.0f} of 100"


CHANCE = Concept(
    id="concept_check-chance",
    section="2. Two strangers",
    asks="How often do the two vote alike?",
    options=("in 0 of 100", "in 50 of 100", "in 82 of 100", "in 90 of 100"),
    answer=lambda: _of_100(alignment.agreement(*_INDEPENDENT)),
    lures={
        "in 0 of 100": Lure(
            why="There is no tie between them, so zero seems fair. Zero is what a measure gives "
            "that takes away what chance alone would give, such as Scott's pi.",
            misconception="votes agree only where states do",
            reasoning=lambda: _of_100(abs(alignment.agreement(*_INDEPENDENT, rule="scott-pi"))),
        ),
        "in 50 of 100": Lure(
            why="Chance does not mean a half. It would be a half if each voted yes as often as no.",
            misconception="chance is always fifty to fifty",
            reasoning=lambda: _of_100(alignment.agreement(*_records(25, 25, 25))),
        ),
        "in 90 of 100": Lure(
            why="Each votes yes that often, but not always on the same calls as the other.",
            misconception="the share of yes is the share of agreement",
            reasoning=lambda: _of_100(float(np.mean(np.array(_INDEPENDENT[0]) == "yes"))),
        ),
    },
    because=lambda: (
        "Both say yes in 0.9 times 0.9 of the calls and no in 0.1 times 0.1: together "
        f"{alignment.agreement(*_INDEPENDENT):.2f}. So a high share of identical votes may say "
        "more about the agenda than about the pair."
    ),
    lesson="01-alignment",
    heading="1. Votes: one record, several numbers",
)


# ---------------------------------------------------------------- where the treaty stops

_PLACES = ("Guam", "Okinawa", "a Canadian frigate in the Taiwan Strait")
_NONE = "none of the three"


@cache
def _covered() -> dict[str, bool]:
    table = load("places")
    strait = reach.at_sea(24.5, 119.6, load("land"))
    found = [reach.judge(reach.find(name, table)) for name in _PLACES[:2]]
    found.append(reach.judge(strait, "vessel", of_party=True))
    return {n: each.article5 == reach.YES for n, each in zip(_PLACES, found, strict=True)}


def _one_of(inside: Sequence[bool]) -> str:
    chosen = [name for name, yes in zip(_PLACES, inside, strict=True) if yes]
    return chosen[0] if len(chosen) == 1 else _NONE


def _soil() -> str:
    table = load("places")
    return _one_of([*(reach.find(name, table).party for name in _PLACES[:2]), False])


def _flag() -> str:
    """Take it that the place of a ship does not matter, and that of a territory does."""
    return _one_of([*list(_covered().values())[:2], True])


REACH = Concept(
    id="concept_check-reach",
    section="3. An attack far away",
    asks="An armed attack on which of these falls under article 5 of the North Atlantic Treaty?",
    options=(*_PLACES, _NONE),
    answer=lambda: _one_of(list(_covered().values())),
    lures={
        "Guam": Lure(
            why="Guam is territory of the USA, a party. But article 6 names territory in Europe or "
            "North America, and islands in the North Atlantic north of the Tropic of Cancer.",
            misconception="the treaty covers all territory of its parties",
            reasoning=_soil,
        ),
        "Okinawa": Lure(
            why="American forces stand there, and Japan has a treaty of its own with the USA. "
            "Japan is no party to NATO's treaty, and forces count only in Europe, in the "
            "Mediterranean or in the North Atlantic north of the Tropic.",
        ),
        "a Canadian frigate in the Taiwan Strait": Lure(
            why="Article 6 does name vessels and aircraft of the parties, but only those in or "
            "over its area.",
            misconception="the treaty follows the flag wherever a ship sails",
            reasoning=_flag,
        ),
    },
    because=lambda: (
        "Each of the three lies outside the area of article 6. Allies could still help, or consult "
        "under article 4: the treaty does not oblige them to stay away."
    ),
    lesson="03-partnerships",
    heading="2. Where the treaty stops",
)


# ---------------------------------------------------------------- a shifted burden

_NOTHING, _PART, _WHOLE = "nothing", "a part of what is added", "all that is added"
_ADDED = 0.1


@cache
def _freed() -> float:
    before, after = (
        theatres.allocate(theatres.Parameters(europe=0.5 + added)) for added in (0.0, _ADDED)
    )
    return float((after.force_pacific - before.force_pacific) / _ADDED)


def _portion(freed: float) -> str:
    return _NOTHING if np.isclose(freed, 0) else _WHOLE if freed > 1 - 1e-9 else _PART


def _if_europe_only_stayed() -> str:
    """Free so much that the forces in Europe, allies' and American, are as before."""
    before = theatres.allocate(theatres.Parameters(europe=0.5))
    left = float(before.force_europe) - (0.5 + _ADDED)  # of the pool, for Europe
    sent = before.force_europe - 0.5
    return _portion(float((sent - left) / _ADDED))


FREED = Concept(
    id="concept_check-freed",
    section="4. A little more in Europe",
    asks="How much of the American pool does the model move from Europe to the Pacific?",
    by="model",
    options=(_NOTHING, _PART, _WHOLE),
    answer=lambda: _portion(_freed()),
    lures={
        _WHOLE: Lure(
            why="That would keep the forces in Europe exactly as they were. With more at hand "
            "in all, the best division makes both theatres somewhat stronger.",
            misconception="what one ally adds another can withdraw in full",
            reasoning=_if_europe_only_stayed,
        ),
        _NOTHING: Lure(
            why="Europe's forces stay in Europe, so it may seem that the Pacific gains nothing. "
            "But the American pool can move, and it moves.",
        ),
    },
    because=lambda: (
        f"With these settings {_freed():.2f} of what is added moves. Where both theatres are "
        "manned it is 1 divided by 1 + rho, and rho says how much Europe weighs against the "
        "Pacific."
    ),
    lesson="04-theatres",
    heading="3. One pool, two theatres",
)


# ---------------------------------------------------------------- a word

_SINCE_2019, _SINCE_2022, _NEVER = "yes, since 2019", "yes, since 2022", "no, in none of them"
_CHALLENGE, _THREAT = "challenge, beside China", "threat, beside China"


def _since(term: str, *, first: bool = False) -> str:
    rows = load("term_counts").query("scope == 'excerpt' and term == @term and count > 0")
    years = rows["document"].str.extract(r"(20\d\d)")[0].dropna().astype(int)
    if years.empty:
        return _NEVER
    return _SINCE_2019 if first or years.min() == 2019 else _SINCE_2022


def _texts() -> int:
    return int((load("term_counts").query("scope == 'excerpt' and term == @_THREAT")).shape[0])


THREAT = Concept(
    id="concept_check-threat",
    section="5. A word",
    asks="Do they call China a threat?",
    options=(_SINCE_2019, _SINCE_2022, _NEVER),
    answer=lambda: _since(_THREAT),
    lures={
        _SINCE_2019: Lure(
            why="The text of 2019 speaks of opportunities and challenges. Diplomats choose between "
            "the two words with care, and a reader who takes one for the other loses what was "
            "fought over.",
            misconception="challenge and threat are the same word",
            reasoning=lambda: _since(_CHALLENGE),
        ),
        _SINCE_2022: Lure(
            why="The Strategic Concept of 2022 is sharper in tone than the text of 2021, and of "
            "Russia the texts do use the word. Of China the Concept's word is challenge.",
        ),
    },
    because=lambda: (
        f"In none of the {_texts()} texts with passages on China that could be read does the word "
        "stand beside China, and in several challenge does. Whether the thing was meant is another "
        "question, and no count of words answers it."
    ),
    lesson="02-language",
    heading="1. Look before you count",
)


# ---------------------------------------------------------------- a vaguer message

_DEPENDS = "it depends on how they read it"


def _if_vaguer(attitudes: Sequence[float]) -> str:
    found = {_compared(_attack(0.5, 0.2, each), _attack(0.5)) for each in attitudes}
    return found.pop() if len(found) == 1 else _DEPENDS


VAGUE = Concept(
    id="concept_check-vague",
    section="6. A vaguer message",
    asks="How likely does an attack become?",
    by="model",
    options=(_LESS, _ALIKE, _MORE, _DEPENDS),
    answer=lambda: _if_vaguer((-1, 0, 1)),
    lures={
        _LESS: Lure(
            why="A cautious reader prepares for the worse case, and then vagueness does deter. A "
            "reader who hopes for the better case is encouraged by the same words.",
            misconception="vaguer is safer",
            reasoning=lambda: _if_vaguer([1]),
        ),
        _MORE: Lure(
            why="A reader who sees weakness in every unclear word will dare more. Not every reader "
            "does.",
            misconception="vagueness is always read as weakness",
            reasoning=lambda: _if_vaguer([-1]),
        ),
        _ALIKE: Lure(
            why="The middle of the message has not moved. But readers need not take the middle.",
            misconception="everybody reads a message at its middle",
            reasoning=lambda: _if_vaguer([0]),
        ),
    },
    because=lambda: (
        f"Sharp, the promise leaves a risk of {_attack(0.5):.2f}. Spread by 0.2 either way, the "
        f"model gives {_attack(0.5, 0.2, 1):.2f} if all read it cautiously, and "
        f"{_attack(0.5, 0.2, -1):.2f} if all read it as they wish."
    ),
    lesson="05-ambiguity",
    heading="3. What clarity costs, and whom",
)


# ---------------------------------------------------------------- one trade, two shares

_RUSSIA, _CHINA, _BOTH = "of Russia's", "of China's", "of both alike"


def _weighs(of_russia: float, of_china: float) -> str:
    return _BOTH if of_russia == of_china else _RUSSIA if of_russia > of_china else _CHINA


def _shares() -> tuple[float, float]:
    rows = load("trade_shares")
    latest = rows.query("reporter == 'Russia' and partner == 'China'").sort_values("year")
    (china,) = rows.query("reporter == 'China' and partner == 'Russia'")["share"]
    return float(latest["share"].iloc[-1]), float(china)


SHARES = Concept(
    id="concept_check-shares",
    section="7. One trade",
    asks="Of whose trade is it the larger part?",
    options=(_RUSSIA, _CHINA, _BOTH),
    answer=lambda: _weighs(*_shares()),
    lures={
        _BOTH: Lure(
            why="The sum is one and the same, but it is divided by two very different totals.",
            misconception="a tie weighs the same at both of its ends",
            reasoning=lambda: _weighs(1.0, 1.0),
        ),
        _CHINA: Lure(
            why="China trades far more than Russia, so its numbers are large. A large total makes "
            "the share of one partner small.",
        ),
    },
    because=lambda: (
        f"China had {_shares()[0]:.1f} percent of Russia's trade in 2021 (IMF), and Russia "
        f"{_shares()[1]:.0f} percent of China's in 2022 (China's customs)."
    ),
    lesson="01-alignment",
    heading="3. Trade: how much, and for whom",
)


# ---------------------------------------------------------------- a spiral

_SOONER, _UNLESS, _SPIRAL_NEVER = "yes, sooner or later", "only if it provokes", "no, never"


def _tips(settings: Sequence[dict[str, float]]) -> str:
    depths = [float(partnerships.critical_depth(partnerships.Parameters(**s))) for s in settings]
    tipping = {bool(np.isfinite(depth)) for depth in depths}
    if len(tipping) == 2:
        return _UNLESS
    return _SOONER if tipping.pop() else _SPIRAL_NEVER


_PROVOKED, _UNPROVOKED, _REASSURED = {"psi": 0.3}, {"psi": 0.0}, {"psi": 0.3, "r": 1.0}

SPIRAL = Concept(
    id="concept_check-spiral",
    section="8. Deeper and deeper",
    asks="Does every deepening end in a spiral of arms?",
    by="model",
    options=(_SOONER, _UNLESS, _SPIRAL_NEVER),
    answer=lambda: _tips([_PROVOKED, _UNPROVOKED, _REASSURED]),
    lures={
        _SOONER: Lure(
            why="The explorer begins with a neighbour that is provoked, and there a depth exists "
            "at which the balance tips. Set the provocation to 0, or the reassurance to 1, and it "
            "is gone.",
            misconception="every partnership provokes",
            reasoning=lambda: _tips([_PROVOKED]),
        ),
        _SPIRAL_NEVER: Lure(
            why="A partnership is meant to protect, and those who make it know that. The neighbour "
            "need not see it so, and then each answers the other.",
            misconception="what is meant as protection is read as protection",
            reasoning=lambda: _tips([_UNPROVOKED]),
        ),
    },
    because=lambda: (
        "At a provocation of 0.3 the balance tips at a depth of "
        f"{float(partnerships.critical_depth(partnerships.Parameters(**_PROVOKED))):.1f}; at 0, or "
        "with full reassurance, at none. Both spirals of the literature live in one model."
    ),
    lesson="03-partnerships",
    heading="5. Two spirals",
)


# ---------------------------------------------------------------- more commitment

_FALLS, _RISES = "it falls all the way", "it rises all the way"
_BOTH_WAYS = "it falls here and rises there"


def _course(values: np.ndarray) -> str:
    steps = np.diff(values)
    up, down = bool((steps > 1e-9).any()), bool((steps < -1e-9).any())
    return _BOTH_WAYS if up and down else _RISES if up else _FALLS


@cache
def _along() -> promise.Outcome:
    return promise.solve(_WORLD, unprovoked=_LEVELS)


def _climb() -> tuple[float, float]:
    """Return where the longest stretch begins and ends on which the risk of an attack rises."""
    rising = np.diff(_along().attack) > 1e-9
    breaks = np.flatnonzero(np.diff(np.concatenate([[False], rising, [False]]).astype(int)))
    starts, ends = breaks[::2], breaks[1::2]
    longest = int(np.argmax(ends - starts))
    return float(_LEVELS[starts[longest]]), float(_LEVELS[ends[longest]])


COMMITMENT = Concept(
    id="concept_check-commitment",
    section="9. From nothing to certainty",
    asks="What does the risk of an attack do on the way?",
    by="model",
    options=(_FALLS, _BOTH_WAYS, _RISES),
    answer=lambda: _course(_along().attack),
    lures={
        _FALLS: Lure(
            why="An attack that nobody provoked does become rarer with every step. But a protected "
            "Taipei declares more often, and a declaration can bring an attack.",
            misconception="more commitment always lowers the risk of war",
            reasoning=lambda: _course(_along().alpha_S),
        ),
        _RISES: Lure(
            why="A promise can embolden, and in the model it does. Over most of the way it deters "
            "more than it emboldens.",
            misconception="commitment does nothing but embolden",
            reasoning=lambda: _course(np.asarray(_along().declare)[_LEVELS >= 0.4]),
        ),
    },
    because=lambda: (
        f"In this setting of the model the risk falls from {_attack(0.0):.2f} to "
        f"{_attack(1.0):.2f}, and yet it rises from {_attack(_climb()[0]):.2f} to "
        f"{_attack(_climb()[1]):.2f} between the levels {_climb()[0]:.2f} and "
        f"{_climb()[1]:.2f}: there declarations grow faster than deterrence."
    ),
    lesson="05-ambiguity",
    heading="2. One audience, then two",
)


# ---------------------------------------------------------------- no chips

_SHARE, _USERS, _ESTIMATE = "0.6 percent", "5.6 percent", "10 percent"
_IN_COST = 0.1

USERS = cost.Parameters().users
"""Which part of the world's output the sectors make that use chips; the notebook says it, too."""


def _lost(substitution: float) -> float:
    return float(USERS * cost.input_cut(_IN_COST, 1.0, substitution))


def _percent(loss: float) -> str:
    return f"{loss * 100:.1f} percent"


CHIPS = Concept(
    id="concept_check-chips",
    section="10. No chips",
    asks="By how much does world output fall through these sectors alone?",
    by="model",
    options=(_SHARE, _USERS, _ESTIMATE),
    answer=lambda: _percent(_lost(0.0)),
    lures={
        _SHARE: Lure(
            why="That holds if chips can be replaced by anything at no loss. Where nothing "
            "replaces them, a part that costs little stops the whole product.",
            misconception="an input matters as much as it costs",
            reasoning=lambda: _percent(_lost(float("inf"))),
        ),
        _ESTIMATE: Lure(
            why="A published estimate of a war over Taiwan lies near it. That estimate has more in "
            "it than chips, and it is one study's answer to one scenario, no forecast.",
        ),
    },
    because=lambda: (
        f"Nothing can fall by more than the whole: {_percent(USERS)} is all that "
        "these sectors make. To come to more, something besides chips must fail, or those who use "
        "their products must stand still as well."
    ),
    lesson="04-theatres",
    heading="2. Chips alone",
)


# ---------------------------------------------------------------- one mistake, two coders

_APART = "kappa shows the mistake"
_RIGHT = "kappa is 1, so the codes are right"
_WRONG = "kappa is 1, and the codes are wrong"


@cache
def _kappas() -> tuple[float, float]:
    """Return kappa of two coders with one mistake: with each other, and with the key."""
    key = load("codings").query("coder == 'course'").merge(load("sentences"), on="statement")
    codes = key.query("set == 'twelve'")["code"].reset_index(drop=True)
    mistaken = codes.replace("ENG", "CHA")
    return kappa(mistaken, mistaken.copy()).value or 0.0, kappa(mistaken, codes).value or 0.0


def _verdict(together: float, with_key: float) -> str:
    if together < 1:
        return _APART
    return _RIGHT if with_key == 1 else _WRONG


CODERS = Concept(
    id="concept_check-coders",
    section="11. Two coders, one mistake",
    asks="What does their kappa say?",
    options=(_APART, _RIGHT, _WRONG),
    answer=lambda: _verdict(*_kappas()),
    lures={
        _RIGHT: Lure(
            why="Full agreement looks like proof. It says that the two work alike, not that they "
            "measure what they should.",
            misconception="coders who agree are right",
            reasoning=lambda: _verdict(_kappas()[0], 1.0),
        ),
        _APART: Lure(
            why="Kappa compares the two with each other. What they have in common, it cannot see; "
            "only the key, or a third coder, can.",
            misconception="kappa compares coders with the truth",
            reasoning=lambda: _verdict(_kappas()[1], 1.0),
        ),
    },
    because=lambda: (
        f"With each other they reach {_kappas()[0]:.2f}, with the key {_kappas()[1]:.2f}. "
        "Reliability is not validity."
    ),
    lesson="02-language",
    heading="3. Code the sentences",
)


# ---------------------------------------------------------------- abandonment

_NO_HELP, _OPEN, _CERTAIN = "without any promise", "with a promise of 0.3", "with certain help"
_THREE = pd.Series({_NO_HELP: 0.0, _OPEN: 0.3, _CERTAIN: 1.0})


def _outcomes() -> pd.DataFrame:
    found = promise.solve(_WORLD, unprovoked=_THREE.to_numpy())
    return pd.DataFrame({"declare": found.declare, "danger": found.alpha_S}, index=_THREE.index)


ABANDONED = Concept(
    id="concept_check-abandoned",
    section="12. Left alone",
    asks="When does Taipei declare least often?",
    by="model",
    options=(_NO_HELP, _OPEN, _CERTAIN),
    answer=lambda: str(_outcomes()["declare"].idxmin()),
    lures={
        _NO_HELP: Lure(
            why="Danger seems to counsel restraint. But if an attack is likely whatever one does, "
            "there is little left to lose by declaring.",
            misconception="the more one has to fear, the more one holds back",
            reasoning=lambda: str(_outcomes()["danger"].idxmax()),
        ),
        _CERTAIN: Lure(
            why="Whoever is safe may need no declaration. In the model the protected side reckons "
            "that a declaration costs it less, and makes more of them.",
        ),
    },
    because=lambda: (
        "In the model the three probabilities of a declaration are "
        + ", ".join(f"{share:.2f}" for share in _outcomes()["declare"])
        + ". Restraint comes from the gap between the risk with and without a declaration, not "
        "from danger as such."
    ),
    lesson="05-ambiguity",
    heading="2. One audience, then two",
)
