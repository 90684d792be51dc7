"""What exercise 06 asks of the sheet that goes with a memo. The memo itself a person marks."""

from __future__ import annotations

from indopacific.checks import Question, choice, number, setting, text

#: The options of lesson 06, as its table names them.
OPTIONS = [
    "nothing new",
    "stay out",
    "general",
    "partners",
    "economic",
    "ambiguity",
    "assurance",
    "condition",
    "military",
]
VERDICTS = [
    "supported",
    "supported with a correction",
    "contested",
    "conditional",
    "not verifiable here",
]

COMPARED = Question(
    "memo-1-options",
    setting(chosen=choice(OPTIONS), other_1=choice(OPTIONS), other_2=choice(OPTIONS)),
    again="lesson 06, section 2, the options",
)

_CALL, _ROW = text(at_least=1, at_most=40), text(at_least=1, at_most=15)

EVIDENCE = Question(
    "memo-2-evidence",
    setting(
        call_1=_CALL,
        row_1=_ROW,
        number_1=number(),
        call_2=_CALL,
        row_2=_ROW,
        number_2=number(),
    ),
    again="lesson 06, section 3, a setting as evidence",
)

CLAIM = Question(
    "memo-3-claim",
    setting(
        id=text(at_least=1, at_most=1),
        verdict=choice(VERDICTS),
        reason=text(at_least=15, at_most=80),
    ),
    again="lesson 06, the ledger of all claims",
)

READINGS = Question(
    "memo-4-readings",
    setting(
        Beijing=text(at_least=30, at_most=150),
        Taipei=text(at_least=30, at_most=150),
    ),
    again="lesson 06, section 4, who listens",
)
