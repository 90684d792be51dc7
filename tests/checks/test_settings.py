"""Settings of an explorer: judged by the model, and described in few words."""

import pandas as pd
import pytest

from indopacific.checks import NotAnswered, WrongKind, choice, number, setting
from tests.checks.examples import FRAME, failure

LONG = setting(
    trade=number(low=0.2, high=1),
    votes=number(low=0.2, high=1),
    arms=number(low=0.2, high=1),
    normaliser=choice(["min-max"]),
)


class Explorer:
    """Holds its setting as explorers do; to ask for it would be to run the learner's code."""

    @property
    def values(self):
        raise SystemExit("run by the check")


class Namespace:
    """Holds its setting as an attribute of its own, and answers for any other."""

    def __init__(self):
        self.values = {"weight": 0.6}

    def __getattr__(self, name):
        raise SystemExit("run by the check")


class Impostor:
    """Claims, when asked, to have everything."""

    def __getattr__(self, name):
        return {"weight": 0.6}


class TestSetting:
    def test_the_judge_may_explain(self):
        kind = setting(weight=number(low=0, high=1)).such_that(
            lambda weight: f"With {weight} 2019 stays above 2018.", "2019 ranks below 2018"
        )
        assert "With 0.4 2019 stays above 2018." in failure({"weight": 0.4}, kind)

    def test_a_misspelt_parameter_is_named(self):
        kind = setting(weight=number(low=0, high=1))
        assert "Did you mean 'weight'?" in failure({"weigth": 0.4}, kind, WrongKind)
        assert "Missing: 'weight'" in failure({}, kind, WrongKind)

    @pytest.mark.parametrize("answer", [Explorer(), Namespace()], ids=lambda a: type(a).__name__)
    def test_an_explorer_without_its_values_is_told_to_add_them(self, answer):
        for kind in (LONG, setting(weight=number()).such_that(lambda weight: True, "it tips")):
            said = failure(answer, kind, WrongKind)
            assert f"This is an object of type {type(answer).__name__}." in said
            assert "Write the setting as a dict: put `.values` behind it." in said

    @pytest.mark.parametrize(
        "answer",
        [FRAME, FRAME["year"], pd.Index([2018]), Explorer, Impostor(), "2017", {}.values()],
        ids=lambda answer: type(answer).__name__,
    )
    def test_what_holds_no_setting_is_told_to_write_one(self, answer):
        assert "Write the setting as a dict: {'trade': ..., }." in failure(answer, LONG, WrongKind)

    def test_a_short_setting_is_spelt_out(self):
        kind = setting(weight=number(low=0, high=1), rule=choice("ab"))
        said = failure(..., kind, NotAnswered)
        assert "Expected: a dict: 'weight' a number, from 0 to 1; 'rule' one of 'a', 'b'." in said

    def test_a_long_setting_is_named_and_the_faulty_entry_spelt_out(self):
        aimed = LONG.such_that(lambda **values: True, "2017 ranks first")
        said = failure(
            {"trade": 0.2, "votes": 0.1, "arms": 1, "normaliser": "min-max"}, aimed, WrongKind
        )
        assert (
            "Expected: a dict with 'trade', 'votes', 'arms' and 1 more; such that 2017 ranks first."
            " Entry 'votes': 0.1 lies outside the possible range. "
            "Needed there: a number, from 0.2 to 1."
        ) in said

    def test_an_entry_left_open_in_a_long_setting_is_not_answered(self):
        said = failure(
            {"trade": 0.2, "votes": ..., "arms": 1, "normaliser": "min-max"}, LONG, NotAnswered
        )
        assert "The entry for 'votes' is still empty." in said
