"""Numbers: tolerances, units, and what only looks like a number."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.checks import WrongKind, number
from indopacific.checks.marking import check
from tests.checks.examples import failure


class TestNumber:
    @pytest.mark.parametrize("answer", [18, 18.3, 17.7, np.float64(18), np.int32(18)])
    def test_the_tolerance_includes_its_ends(self, answer):
        check("i", answer, number().near(18.0, within=0.3))

    @pytest.mark.parametrize("answer", [True, np.bool_(True), "18", "18%", [18.0], 18j])
    def test_what_only_looks_like_a_number_is_refused(self, answer):
        failure(answer, number().near(18, within=20), WrongKind)

    @pytest.mark.parametrize("answer", [math.nan, math.inf, -math.inf, np.nan, 10**400])
    def test_nan_and_infinity_are_refused(self, answer):
        failure(answer, number().near(18, within=1e9), WrongKind)

    def test_the_percent_sign_in_a_text_is_named(self):
        assert "no per cent sign" in failure("18%", number(unit="percent"), WrongKind)

    def test_a_share_given_for_a_percentage_is_named(self):
        assert "share of one" in failure(0.18, number(unit="percent").near(18, within=0.3))
        assert "percentage" in failure(18, number(unit="share").near(0.18, within=0.003))

    def test_a_wrong_sign_is_named(self):
        assert "sign is wrong" in failure(6.8, number(unit="percent").near(-6.8, within=0.2))

    def test_a_value_out_of_range_is_refused(self):
        assert "outside" in failure(101, number(low=0, high=100), WrongKind)
        assert "not a whole number" in failure(19.5, number(whole=True), WrongKind)

    @pytest.mark.parametrize(("answer", "kept"), [(1 - 0.8, 0.2), (0.1 + 0.2 + 0.7, 1)])
    def test_a_float_at_the_edge_is_in_the_range(self, answer, kept):
        assert number(low=0.2, high=1)._read(answer) == kept
        failure(answer - 0.001 if kept < 1 else answer + 0.001, number(low=0.2, high=1), WrongKind)

    @pytest.mark.parametrize("answer", [11.26, 11.3, 11.2, np.float32(11.3), 11.265, 11.2617])
    def test_rounded_and_cut_off_where_one_decimal_is_asked(self, answer):
        check("i", answer, number().near(11.2617, within=0.01, decimals=1))

    @pytest.mark.parametrize("answer", [11.319, 11.32, 11.25, 11.0, 11.4, 11.1])
    def test_near_it_is_not_rounded(self, answer):
        failure(answer, number().near(11.2617, within=0.01, decimals=1))

    @given(st.floats(-1e3, 1e3), st.integers(0, 3))
    def test_law_of_decimals(self, right, decimals):
        kind = number().near(right, within=1e-9, decimals=decimals)
        assert kind._judge(round(right, decimals)).share == 1
        assert kind._judge(right + 2 * 10.0**-decimals).share == 0

    def test_a_range_of_right_values(self):
        check("i", 17, number().between(17, 19))
        failure(16.9, number().between(17, 19))

    @given(
        right=st.floats(-1e6, 1e6),
        within=st.floats(0.001, 1e3),
        step=st.floats(0, 1),
        sign=st.sampled_from([-1, 1]),
    )
    def test_law_of_the_tolerance(self, right, within, step, sign):
        kind = number().near(right, within=within)
        assert kind._judge(right + sign * step * within).share == 1
        beyond = right + sign * (within * (1.01 + step) + 1e-6 * max(1.0, abs(right)))
        assert kind._judge(beyond).share == 0

    def test_authors_slips_are_errors_in_words(self):
        with pytest.raises(ValueError, match="not both"):
            number().near(1, within=1, relative=0.1)
        with pytest.raises(ValueError, match="not one"):
            number(low=0).near(-1)
        with pytest.raises(TypeError, match="a kind"):
            check("i", 1, 1)
