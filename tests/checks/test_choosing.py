"""Picks from given options: one, several, in an order, one for each text."""

from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indopacific.checks import (
    CheckFailed,
    Question,
    WrongKind,
    choice,
    choices,
    labelling,
    listing,
    ordering,
)
from indopacific.checks.guessing import MOST, guessed
from indopacific.checks.marking import check, grade, marks
from tests.checks.examples import failure


class TestChoosing:
    def test_the_reason_against_a_distractor_is_given(self):
        kind = choice("ab").right("b", reasons={"a": "Article 9 only says: consult."})
        assert "Article 9" in failure("A", kind)

    def test_a_misspelt_word_gets_the_nearest(self):
        assert "'z-score'" in failure("zscore", choice(["min-max", "z-score"]), WrongKind)

    def test_picks_that_do_not_belong_and_options_left_out_are_counted(self):
        said = failure(["a", "b"], choices("abc").right("ac", reasons={"b": "Trade only."}))
        assert "'b' does not belong: Trade only." in said
        assert "left out 1 option" in said

    def test_picking_everything_earns_less_than_picking_right(self):
        kind = choices("abcd").right("ab")
        assert kind._judge(frozenset("abcd")).share == 0
        assert kind._judge(frozenset("a")).share == 0
        assert choices("abc").right("abc")._judge(frozenset("ab")).share == 2 / 3

    @given(st.permutations("vwxyz"))
    def test_law_of_orderings(self, order):
        kind = ordering("vwxyz").right("vwxyz")
        share = kind._judge(order).share
        assert 0 <= share <= 1
        assert (share == 1) == (list(order) == list("vwxyz"))
        assert kind._judge(list(order[::-1])).share <= 1 - share

    def test_an_ordering_names_what_is_missing_or_twice(self):
        assert "Not in the list: 'z'" in failure(["x", "y"], ordering("xyz"), WrongKind)
        assert "More than once" in failure(["x", "y", "z", "z"], ordering("xyz"), WrongKind)


class TestLabelling:
    KIND = labelling(["t1", "t2", "t3", "t4"], codes=["assist", "consult"])
    RIGHT = MappingProxyType({"t1": "assist", "t2": "consult", "t3": "assist", "t4": "consult"})

    def test_a_text_left_open_counts_as_wrong(self, capsys):
        answer = self.RIGHT | {"t4": ...}
        # Three of four, where one code for everything gets two: half of the way up.
        assert grade("i", answer, self.KIND.right(self.RIGHT), points=4) == 2.0
        assert "Read again: 't4'" in capsys.readouterr().out

    def test_one_code_for_everything_earns_nothing_above_the_floor(self):
        same = dict.fromkeys(self.RIGHT, "assist")
        kind = self.KIND.right(dict(self.RIGHT))
        with pytest.raises(CheckFailed):
            grade("i", same, kind, points=4)

    def test_the_reason_against_a_code_is_given(self, capsys):
        kind = self.KIND.right(dict(self.RIGHT), reasons={("t2", "assist"): "To consult is less."})
        grade("i", self.RIGHT | {"t2": "assist"}, kind, points=4)
        assert "To consult is less." in capsys.readouterr().out

    def test_where_the_codebook_is_open_every_code_that_it_allows_counts(self, capsys):
        kind = self.KIND.right(dict(self.RIGHT), also={"t2": ["assist"]})
        check("i", self.RIGHT | {"t2": "assist"}, kind)
        check("i", dict(self.RIGHT), kind)
        with pytest.raises(CheckFailed, match="Read again: 't3'"):
            check("i", self.RIGHT | {"t2": "assist", "t3": "consult"}, kind)

    def test_an_open_text_raises_what_one_code_for_everything_would_get(self):
        open_ = self.KIND.right(dict(self.RIGHT), also={"t2": ["assist"]})
        same = dict.fromkeys(self.RIGHT, "assist")
        assert open_._judge(open_._read(same)).share == 0.0
        assert guessed(open_) <= MOST

    def test_a_further_code_that_is_none_is_refused(self):
        with pytest.raises(ValueError, match="a further code is given for 't9'"):
            self.KIND.right(dict(self.RIGHT), also={"t9": ["assist"]})
        with pytest.raises(ValueError, match="a further code is given for 't1'"):
            self.KIND.right(dict(self.RIGHT), also={"t1": ["help"]})

    def test_an_unknown_code_or_text_is_named(self):
        assert "'t1'" in failure(self.RIGHT | {"t1": "help"}, self.KIND, WrongKind)
        assert "'t9' is not one" in failure(self.RIGHT | {"t9": "assist"}, self.KIND, WrongKind)


class TestGuessing:
    """Part marks are for knowing some of it: whoever guesses blindly earns next to nothing."""

    @pytest.mark.parametrize("right", ["ab", "abc", "abcd"])
    def test_picking_any_number_of_letters(self, right):
        assert guessed(choices("abcdefgh").right(right)) <= MOST

    @pytest.mark.parametrize("items", ["uvwx", "uvwxy", "uvwxyz", "uvwxyzabc"])
    def test_shuffling(self, items):
        assert 0 < guessed(ordering(items).right(items)) <= MOST

    @given(st.lists(st.sampled_from("abcd"), min_size=8, max_size=8))
    @settings(max_examples=20, deadline=None)
    def test_labelling_at_random_or_with_one_code(self, codes):
        ids = [f"t{n}" for n in range(8)]
        kind = labelling(ids, codes="abcd").right(dict(zip(ids, codes, strict=True)))
        assert guessed(kind) <= MOST

    def test_where_it_would_pay_the_author_is_told(self):
        (said,) = Question("i", choices("abcdefgh").right("abcde")).faults()
        assert said.startswith("guessing earns 22% of the points")

    def test_half_of_the_codes_is_not_yet_knowing(self):
        ids = [f"t{n}" for n in range(8)]
        right = dict(zip(ids, "aabbccdd", strict=True))
        kind = labelling(ids, codes="abcd").right(right)
        earned = [
            marks(kind._judge(right | dict.fromkeys(ids[:wrong])).share, 2) for wrong in range(6)
        ]
        assert earned == [2.0, 1.5, 1.0, 1.0, 0.0, 0.0]


class TestOptionsInOtherClothes:
    """Whoever works with pandas gets texts and lists of pandas."""

    LISTS = (tuple, np.array, pd.Series, pd.Index)

    @pytest.mark.parametrize("make", LISTS)
    def test_a_list_of_any_make_is_read(self, make):
        check("i", make(["a", "c"]), choices("abc").right("ac"))
        check("i", make(["z", "x", "y"]), ordering("xyz").right("zxy"))
        check("i", make(["a", "c"]), listing(of=choice("abc")).right(["a", "c"]))

    def test_a_text_of_numpy_is_a_text(self):
        check("i", np.str_("B"), choice("ab").right("b"))
        check("i", [np.str_("a")], choices("ab").right("a"))

    def test_a_table_or_a_square_is_no_list(self):
        for other in (np.array([["a"]]), pd.DataFrame({"x": ["a"]}), {"a": 1}):
            failure(other, ordering("ab"), WrongKind)
