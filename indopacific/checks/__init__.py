"""The language of questions: what a right answer is, and what a wrong one has misunderstood.

What is asked is declared once, where a learner may see it (`indopacific/asked/`, one module for
each exercise)::

    from indopacific.checks import Question, number

    SHARE = Question("alignment-2-share", number(unit="percent", low=0, high=100),
                     again="lesson 01, section 3")

A test cell asks it; between nbgrader's marks it is told what is right::

    from indopacific.asked.alignment import SHARE as __asked__

    __asked__.check(lambda: share)
    ### BEGIN HIDDEN TESTS
    @__asked__.told
    def __told__(asked):
        from indopacific.checks import mistaken

        return asked.near(18.0, within=0.01, decimals=1), [
            mistaken(3.0, "That is Russia's share of China's trade."),
        ]


    __told__.check(lambda: share)
    ### END HIDDEN TESTS

A kind without an answer looks at kind and shape only: that is the visible part. A kind that has
been told the answer (`near`, `between`, `right`, `cases`, `like`, `such_that`) judges the value.
The cell binds no name that a learner can have, and the hidden function runs with globals of its
own: what a learner has re-bound, a built-in included, costs nothing and is not overwritten.

The kinds
---------
number
    ``number(unit="percent", low=0, high=100, whole=False).near(18.0, within=0.3)``, or
    ``.near(18.0, relative=0.02)``, or ``.near(18.04, within=0.01, decimals=1)``, which also takes
    18.0, or ``.between(17, 19)``. A share given for a percentage (or the reverse) and a wrong sign
    are named without being told.
choice
    ``choice("abcd").right("b", reasons={"a": "Art. 9 of the 2001 treaty only says: consult."})``.
    Options are letters, or words in a list: ``choice(["min-max", "z-score"])``.
choices
    ``choices("abcde").right("ace", reasons={"b": "Trade is not a promise of help."})``.
ordering
    ``ordering(["China", "DPRK", "Russia"]).right(["Russia", "China", "DPRK"])``.
labelling
    ``labelling(["t1", "t2"], codes=["assist", "consult"]).right({"t1": "assist", "t2": "consult"},
    reasons={("t2", "assist"): "To consult is not to assist."})``.
listing
    ``listing(of=number(low=0), length=3).right([0.5, 0.3, 0.2], within=0.01)``.
mapping
    ``mapping(["China", "Russia"], of=number()).right({"China": 314, "Russia": 149}, within=1)``.
series
    ``series([2018, 2019], of=number()).right({2018: 0.77, 2019: 0.79}, within=0.005)``.
table
    ``table(["year", "share"], key="year", rows=10).right(frame, within=0.01)``.
function
    ``function("values", "weights").cases(case([0, 1], [0.5, 0.5], gives=0.5))``, or
    ``function("values", "weights", returns=number()).like(reference, on=[([0, 1], [1, 0])])``.
    A mistake is an alternative function: ``mistaken(unweighted, "The weights are not used.")``.
setting
    ``setting(weight=number(low=0, high=1)).such_that(judge, "2019 ranks below 2018")``, where
    ``judge(weight=...)`` says True, False, or in words what the setting gives instead.
text
    ``text(at_least=80, at_most=200)``: length in words only. A person judges the rest.

Marks
-----
`Question.check` is all or nothing. `Question.grade` gives part marks and must be the last line::

    __told__.grade(lambda: codes, points=3)

`points` repeats the points of the cell's metadata; the release refuses to be made if they differ.
Where one chooses (`choices`, `ordering`, `labelling`), part marks begin above one half, after what
a guess would get is taken off: a blind guess earns next to nothing, and knowing most of it counts.

A mistake is named only if it alone explains a wrong answer. `Question.faults` says which would be
named wrongly, and the release asks it.

What is refused, in words: an answer of another kind; a subclass or an object that only looks like
plain data; nan and infinity; anything too long, too deep or too large to be an honest answer.
Nothing here writes to stderr, because nbgrader gives no marks to a test cell that does.
"""

from .answers import TEXT_STUB
from .asking import Question
from .choosing import choice, choices, labelling, ordering
from .containers import listing, mapping, series
from .functions import case, function
from .marking import mistaken
from .numbers import near, number
from .settings import setting
from .tables import table
from .texts import text
from .verdicts import CheckFailed, NotAnswered, WrongKind

__all__ = [
    "TEXT_STUB",
    "CheckFailed",
    "NotAnswered",
    "Question",
    "WrongKind",
    "case",
    "choice",
    "choices",
    "function",
    "labelling",
    "listing",
    "mapping",
    "mistaken",
    "near",
    "number",
    "ordering",
    "series",
    "setting",
    "table",
    "text",
]
