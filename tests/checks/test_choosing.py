"""Picks from given options: one, several, in an order, one for each text."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.checks import CheckFailed, WrongKind, choice, choices, grade, labelling, ordering
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
        assert kind._judge(frozenset("a")).share == 0.5

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
        assert grade("i", answer, self.KIND.right(self.RIGHT), points=4) == 3.0
        assert "Read again: 't4'" in capsys.readouterr().out

    def test_one_code_for_everything_earns_nothing_above_the_floor(self):
        same = dict.fromkeys(self.RIGHT, "assist")
        kind = self.KIND.right(dict(self.RIGHT), floor=0.5)
        with pytest.raises(CheckFailed):
            grade("i", same, kind, points=4)

    def test_the_reason_against_a_code_is_given(self, capsys):
        kind = self.KIND.right(dict(self.RIGHT), reasons={("t2", "assist"): "To consult is less."})
        grade("i", self.RIGHT | {"t2": "assist"}, kind, points=4)
        assert "To consult is less." in capsys.readouterr().out

    def test_an_unknown_code_or_text_is_named(self):
        assert "'t1'" in failure(self.RIGHT | {"t1": "help"}, self.KIND, WrongKind)
        assert "'t9' is not one" in failure(self.RIGHT | {"t9": "assist"}, self.KIND, WrongKind)
