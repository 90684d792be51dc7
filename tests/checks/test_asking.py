"""A question in a test cell: it shares a namespace with the learner and touches nothing in it."""

import builtins

import pytest

from indopacific.checks import (
    CheckFailed,
    NotAnswered,
    Question,
    WrongKind,
    case,
    function,
    mistaken,
    near,
    number,
)
from tests.checks.examples import KINDS

SHARE = Question(
    "alignment-2-share", number(unit="percent", low=0, high=100), again="lesson 01, section 3"
)

CELL = """
@__asked__.told
def __told__(asked):
    import numpy as np

    from indopacific.checks import mistaken

    values = dict(zip(map(str, range(3)), [1.0, 2.0, 18.0]))
    return asked.near(max(values.values()), within=0.3), [mistaken(min(np.array([3.0])), "Half.")]


__told__.check(lambda: share)
"""


def told(right):
    @SHARE.told
    def question(asked):
        return asked.near(18.0, within=0.3), []

    return question


class TestAmongTheLearnersNames:
    def test_built_ins_and_imports_bound_anew_cost_nothing(self, capsys):
        """Whoever calls a list `list` has still answered."""
        names = dict.fromkeys(dir(builtins), "the learner's")
        names |= dict.fromkeys(["np", "asked", "mistaken", "values", "near"], "the learner's")
        for name in ("__build_class__", "__import__", "__name__", "__debug__"):
            names.pop(name, None)
        own = dict(names)
        names |= {"__asked__": SHARE, "share": 18.1}
        exec(CELL, names)
        assert "right." in capsys.readouterr().out
        assert {name: names[name] for name in own} == own
        assert names.keys() - own.keys() == {"__asked__", "__told__", "share", "__builtins__"}

    def test_the_hidden_function_does_not_see_the_learners_names(self):
        names = {"__asked__": SHARE, "right": 3.0}
        with pytest.raises(NameError, match="right"):
            exec("@__asked__.told\ndef __told__(asked):\n    return asked.near(right), []", names)


class TestAnAnswerThatIsNotThere:
    def test_is_said_to_have_not_run_with_task_and_name(self):
        with pytest.raises(NotAnswered) as caught:
            SHARE.check(lambda: shares)  # noqa: F821
        said = " ".join(str(caught.value).split())
        assert said.startswith("alignment-2-share: not answered yet. Expected: a number")
        assert "The answer cell of task 2 did not run to its end: there is no `shares`." in said
        assert "SyntaxError" in said

    def test_an_answer_that_cannot_be_handed_over_is_refused_in_its_own_words(self):
        def answer():
            raise TypeError("The answer has 30 million bytes; at most 20 can be judged.")

        with pytest.raises(WrongKind, match="at most 20 can be judged"):
            SHARE.check(answer)


class TestTold:
    def test_what_is_asked_stays_what_it_was(self):
        assert told(18.0).kind.wanted == (18.0, 18.0)
        assert SHARE.kind.wanted is None

    def test_it_judges_and_remembers_item_and_place(self):
        with pytest.raises(CheckFailed, match="Look again at: lesson 01, section 3.") as caught:
            told(18.0).check(lambda: 3.0)
        assert str(caught.value).startswith("alignment-2-share: not right yet.")

    def test_a_grade_is_the_mark(self, capsys):
        kind, right, _ = KINDS["choices"]
        assert Question("i", kind).grade(lambda: right, points=3) == 3.0


def double(x):
    return 2.0 * x


class TestFaultsOfTheAuthor:
    """A mistake is named only when the answer is that mistake: what breaks this is a fault."""

    KIND = number().near(18.0, within=0.3)

    @pytest.mark.parametrize(
        ("mistakes", "said"),
        [
            ([mistaken(17.9, "Half of it.")], "counts as right"),
            ([mistaken(3.0, "Half."), mistaken(3.1, "Twice.")], "explain the same answer"),
            ([mistaken(near(3.0, within=0.6), "Half.")], "a wider tolerance than the right answer"),
            ([mistaken("three", "Half.")], "cannot be read"),
        ],
    )
    def test_are_said(self, mistakes, said):
        assert said in " ".join(Question("i", self.KIND, mistakes=mistakes).faults())

    def test_two_values_of_one_mistake_are_none(self):
        mistakes = [mistaken(3.0, "Half."), mistaken(3.1, "Half."), mistaken(lambda v: 1 / 0, "X")]
        assert list(Question("i", self.KIND, mistakes=mistakes).faults()) == []

    def test_functions_that_an_example_cannot_tell_apart_are_one(self):
        kind = function("x").cases(case(2, gives=3))
        mistakes = [mistaken(double, "Doubled."), mistaken(lambda x: x**2, "Squared.")]
        assert "explain the same" in " ".join(Question("i", kind, mistakes=mistakes).faults())
        kind = function("x").cases(case(2, gives=3), case(3, gives=4))
        assert list(Question("i", kind, mistakes=mistakes).faults()) == []
