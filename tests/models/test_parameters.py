"""A parameter is declared once; the declaration refuses what a model cannot take."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.models.parameters import Parameters, choice, declared, real


@dataclass(frozen=True, kw_only=True)
class Tea(Parameters):
    minutes: float = real(3, low=1, high=5, step=0.5, label="Time", unit="min", meaning="Steeping.")
    kind: str = choice("green", options=("green", "black"), label="Kind", meaning="Leaf.")


def test_declarations_come_in_the_order_of_the_fields():
    assert [each.name for each in declared(Tea)] == ["minutes", "kind"]
    assert [each.default for each in declared(Tea)] == [3, "green"]


def test_a_grid_holds_both_ends():
    assert declared(Tea)[0].grid().tolist() == [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]


@given(st.floats(1, 5))
def test_every_number_in_the_range_is_valid(minutes):
    assert Tea(minutes=minutes).minutes == minutes


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (0.99, "minutes must lie from 1 to 5 min; got 0.99"),
        (float("nan"), "got nan"),
        (float("inf"), "got inf"),
        (np.array([2.0, 9.0]), "got 9"),
        ("3", "minutes must be a number from 1 to 5 min; got '3'"),
        (True, "minutes must be a number"),
        (None, "minutes must be a number"),
    ],
)
def test_a_bad_number_is_refused_by_name_and_range(bad, said):
    with pytest.raises(ValueError, match=said):
        Tea(minutes=bad)


def test_arrays_are_valid_when_every_element_is():
    assert Tea(minutes=np.array([1.0, 5.0])).minutes.shape == (2,)


def test_an_unknown_option_brings_the_nearest():
    with pytest.raises(
        ValueError, match=r"kind must be one of .* got 'blakc'. Did you mean 'black'"
    ):
        Tea(kind="blakc")


def test_a_misspelt_parameter_brings_the_nearest():
    with pytest.raises(ValueError, match="no parameter 'minuts'. Did you mean 'minutes'"):
        Tea.at(minuts=3)


@pytest.mark.parametrize(
    "wrong",
    [dict(low=0, high=1, step=0.3), dict(low=4, high=9, step=1), dict(low=0, high=4, step=0)],
)
def test_a_declaration_that_no_slider_could_show_is_refused(wrong):
    with pytest.raises((ValueError, ZeroDivisionError)):
        real(3, label="Bad", meaning="", **wrong)
