"""What exercise 01 asks."""

from __future__ import annotations

from collections.abc import Callable

from indopacific.checks import (
    Question,
    case,
    choice,
    choices,
    function,
    labelling,
    mistaken,
    number,
    ordering,
    setting,
    table,
)

DOUBT = Question(
    "alignment-1-doubt",
    choice("abcd"),
    again="lesson 01, section 2, ideal points and a look at n",
)

SHARE = Question(
    "alignment-2-share",
    number(unit="percent", low=0, high=100),
    again="lesson 01, section 3, trade",
)

CLAUSES = Question(
    "alignment-3-clauses",
    labelling(
        ["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"],
        codes=["assistance", "consultation", "no_opposing_alliance", "no_duty"],
    ),
    again="lesson 01, section 4, the treaties",
)


def _rule(
    *,
    counts: Callable[[str, str], bool] = lambda a, b: "absent" not in (a, b),
    half: float = 0.5,
    abstained_both: float = 1.0,
) -> Callable[[list[str], list[str]], float]:
    """Return a rule of agreement: which calls count, and what an abstention is worth."""

    def agreement(votes_a: list[str], votes_b: list[str]) -> float:
        calls = [(a, b) for a, b in zip(votes_a, votes_b, strict=True) if counts(a, b)]
        scores = [
            (abstained_both if a == "abstain" else 1.0)
            if a == b
            else half * ("abstain" in (a, b) and "absent" not in (a, b))
            for a, b in calls
        ]
        return sum(scores) / len(scores)

    return agreement


def _everything(a: str, b: str) -> bool:
    return True


def _decided(a: str, b: str) -> bool:
    return {a, b} <= {"yes", "no"}


AGREEMENT = Question(
    "alignment-4-agreement",
    function("votes_a", "votes_b").cases(
        case(["yes", "no", "yes", "yes"], ["yes", "abstain", "no", "yes"], gives=2.5 / 4),
        case(
            ["yes", "no", "absent", "yes", "absent"],
            ["yes", "yes", "no", "absent", "no"],
            gives=1 / 2,
        ),
        case(["abstain", "no", "absent", "yes"], ["abstain", "yes", "absent", "yes"], gives=2 / 3),
    ),
    mistakes=[
        mistaken(
            _rule(half=0), "An abstention against yes or no counts nothing here. It counts half."
        ),
        mistaken(
            _rule(half=1), "An abstention against yes or no counts in full here. It counts half."
        ),
        mistaken(
            _rule(counts=_decided), "Calls with an abstention are thrown away. Only absences are."
        ),
        mistaken(
            _rule(counts=_everything),
            "A call that one of the two missed is counted as well. It is left out.",
        ),
        mistaken(
            _rule(counts=_everything, half=0),
            "Only identical votes count here, of all calls. Read the rule again line by line.",
        ),
        mistaken(_rule(abstained_both=0.5), "Two abstentions are the same vote: they count 1."),
        mistaken(
            _rule(counts=lambda a, b: a == b or "absent" not in (a, b)),
            "Two absences are no vote at all: leave such a call out.",
        ),
        mistaken(
            _rule(counts=lambda a, b: a != "absent"),
            "A call is left out only if the first state was absent. Either absence is enough.",
        ),
        mistaken(
            _rule(counts=lambda a, b: b != "absent"),
            "A call is left out only if the second state was absent. Either absence is enough.",
        ),
    ],
    again="lesson 01, section 1, the rules of agreement",
)

ABSENCE = Question(
    "alignment-5-absence",
    number(unit="percentage points", low=-100, high=100),
    again="lesson 01, section 1, the coding of absences",
)

ORDER = Question(
    "alignment-6-order",
    ordering(
        ["China-Brazil", "China-DPRK", "China-Russia", "Japan-USA", "Russia-Germany", "UK-USA"]
    ),
    again="lesson 01, section 1, votes",
)

ARMS = Question(
    "alignment-7-arms",
    table(["first_year", "volume", "share"], key="first_year", rows=4),
    again="lesson 01, section 4, arms: a share of a shrinking whole",
)

CLAIMS = Question(
    "alignment-8-claims",
    choices("abcdefgh"),
    again="lesson 01, sections 1 to 4, with the tables named in the task",
)

_weight = number(low=0.2, high=1)

SETTING = Question(
    "alignment-9-setting",
    setting(
        trade=_weight,
        votes=_weight,
        ideal_points=_weight,
        arms=_weight,
        normaliser=choice(["min-max"]),
        aggregator=choice(["linear", "geometric"]),
        concentration=number(low=4, high=200),
        floor=number(low=0.01, high=0.1),
    ),
    again="lesson 01, section 5, one index",
)
