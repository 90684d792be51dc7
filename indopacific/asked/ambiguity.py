"""What exercise 05 asks."""

from __future__ import annotations

from indopacific.checks import (
    Question,
    case,
    choices,
    function,
    labelling,
    mistaken,
    number,
    setting,
    table,
)

VALUE = Question(
    "ambiguity-1-value",
    number(low=-2, high=2),
    again="lesson 05, section 1, a game on paper",
)

# Each mistaken rule takes what `threshold` takes: the risk of an attack if the status quo is kept
# and if independence is declared, the loss in either case, and the chance that an attack succeeds.
THRESHOLD = Question(
    "ambiguity-2-threshold",
    function("risk_kept", "risk_declared", "loss_kept", "loss_declared", "success").cases(
        case(0.2, 0.9, 0.6, 0.8, 0.6, gives=0.6 / 0.46),
        case(0.0, 0.5, 0.6, 0.9, 0.4, gives=0.45 / 0.8),
        case(1.0, 1.0, 0.9, 0.9, 0.7, gives=0.0),
    ),
    mistakes=[
        mistaken(
            lambda kept, declared, loss_kept, loss_declared, success: (
                declared * loss_declared / (1 - declared * success)
            ),
            "This is the whole danger after a declaration. What restrains is the difference that "
            "the declaration makes: whoever is attacked anyway has little to lose by declaring.",
        ),
        mistaken(
            lambda kept, declared, loss_kept, loss_declared, success: (
                declared * loss_declared - kept * loss_kept
            ),
            "What was declared can be lost in a war: divide by the chance of keeping it.",
        ),
        mistaken(
            lambda kept, declared, loss_kept, loss_declared, success: (
                (declared * loss_declared - kept * loss_kept) / (1 - success)
            ),
            "The divisor takes the attack as certain. What was declared is lost only if there is "
            "an attack and it succeeds.",
        ),
        mistaken(
            lambda kept, declared, loss_kept, loss_declared, success: (
                (declared * loss_declared - kept * loss_kept) / (1 - kept * success)
            ),
            "The divisor has the risk under the status quo in it. After a declaration the other "
            "risk counts.",
        ),
        mistaken(
            lambda kept, declared, loss_kept, loss_declared, success: (
                (declared * loss_declared - kept * loss_kept) * (1 - declared * success)
            ),
            "You multiply by the chance of keeping it. The more uncertain the prize, the more it "
            "must be worth: divide.",
        ),
        mistaken(
            lambda kept, declared, loss_kept, loss_declared, success: (
                (declared - kept) * loss_declared / (1 - declared * success)
            ),
            "There are two losses, and they can differ: each risk goes with its own.",
        ),
        mistaken(
            lambda kept, declared, loss_kept, loss_declared, success: (
                (kept * loss_kept - declared * loss_declared) / (1 - declared * success)
            ),
            "The difference is the wrong way round: how much larger is the loss after a "
            "declaration?",
        ),
    ],
    again="lesson 05, section 2, one audience, then two",
)

WIDTH = Question(
    "ambiguity-3-width",
    choices(["k0", "k1", "delta", "L1", "w1", "V"]),
    again="lesson 05, section 2, one audience, then two",
)

REGIONS = Question(
    "ambiguity-4-regions",
    labelling(["s1", "s2", "s3", "s4", "s5", "s6"], codes=["I", "II", "III", "IV", "V"]),
    again="lesson 05, section 2, the map",
)

COUNTEREXAMPLE = Question(
    "ambiguity-5-counterexample",
    setting(
        low=number(low=0, high=1),
        high=number(low=0, high=1),
        k0=number(low=0, high=1.5),
        k1=number(low=0, high=1.5),
        delta=number(low=0, high=1.5),
        tau=number(low=0.02, high=1),
    ),
    again="lesson 05, section 2, the curve of an attack",
)

AIM = Question(
    "ambiguity-6-aim",
    table(["delta", "aim", "level", "risk"], key=["delta", "aim"], rows=4),
    again="lesson 05, section 2, best for preventing what?",
)

VERBS = Question(
    "ambiguity-7-verbs",
    labelling(
        ["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"],
        codes=[
            "takes_note",
            "recognises",
            "opposes",
            "withholds_support",
            "promises",
            "denies_change",
            "leaves_open",
        ],
    ),
    again="lesson 05, section 4, the words themselves",
)

SURVEYS = Question(
    "ambiguity-8-surveys",
    choices("abcdefgh"),
    again="lesson 05, section 5, beside the model, with the series named in the task",
)

SLOPE = Question(
    "ambiguity-9-slope",
    number(low=-10, high=10),
    again="lesson 05, section 2, the curve of an attack",
)
