"""What holds for every kind: right passes, wrong says why, nothing crashes it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indopacific import checks
from indopacific.checks import NotAnswered, WrongKind, choice, listing, number
from indopacific.checks.marking import check
from tests.checks.examples import KINDS, TABLE, failure, verdict


@pytest.mark.parametrize(("kind", "right", "wrong"), KINDS.values(), ids=KINDS)
class TestEveryKind:
    def test_the_right_answer_passes(self, kind, right, wrong, capsys):
        check("alignment-1-item", right, kind)
        said = capsys.readouterr()
        assert said.out.startswith("alignment-1-item: right")
        assert said.err == ""

    def test_a_wrong_answer_fails_and_says_what_was_expected(self, kind, right, wrong):
        said = failure(wrong, kind)
        assert said.startswith("alignment-1-item: not right yet. Expected:")
        assert "Came:" in said

    @pytest.mark.parametrize("stub", [..., None, "", "...", checks.TEXT_STUB])
    def test_a_stub_is_not_answered(self, kind, right, wrong, stub):
        assert "not answered yet" in failure(stub, kind, NotAnswered)

    def test_another_kind_is_refused_without_crash(self, kind, right, wrong):
        for other in (object(), 1j, b"18", pd.Timestamp("2022-02-24"), np.zeros((2, 2)), type):
            failure(other, kind, WrongKind)

    def test_an_object_equal_to_everything_earns_nothing(self, kind, right, wrong):
        class Agreeable(type(right) if not callable(right) else object):
            __hash__ = object.__hash__

            def __eq__(self, other):
                return True

        try:
            answer = Agreeable(right)
        except TypeError:
            answer = Agreeable()
        failure(answer, kind, WrongKind)

    def test_where_to_look_again_is_said(self, kind, right, wrong):
        assert "Look again at: lesson 01." in failure(wrong, kind, again="lesson 01")


class TestHostileAnswers:
    def test_oversized_answers_are_refused_in_words(self):
        for huge in ([0] * 10**6, {i: 0 for i in range(10**5)}, "x" * 10**7):
            failure(huge, listing(), WrongKind)
        failure(pd.DataFrame(np.zeros((10**6, 2)), columns=["year", "share"]), TABLE, WrongKind)

    def test_a_list_that_contains_itself_is_refused(self):
        loop = [1]
        loop.append(loop)
        failure(loop, listing(), WrongKind)
        failure(lambda v, w: loop, KINDS["function"][0])

    def test_repr_and_type_name_of_an_answer_are_not_trusted(self):
        class Liar(type):
            __name__ = "<script>"

            def __repr__(cls):
                raise SystemExit

        class Answer(metaclass=Liar):
            def __repr__(self):
                raise SystemExit

        assert "object of type Answer" in failure(Answer(), number(), WrongKind)

    def test_control_characters_are_shown_as_text(self):
        assert "\x1b" not in failure("\x1b[2J\x00", choice("ab"), WrongKind)

    @settings(max_examples=150, deadline=None)
    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.text()
            | st.binary()
            | st.just(...)
            | st.complex_numbers(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(st.text() | st.integers(), inner)
                | st.tuples(inner, inner)
                | st.builds(pd.Series, st.lists(inner), dtype=st.just(object))
            ),
            max_leaves=8,
        )
    )
    def test_law_any_plain_answer_is_judged_without_crash(self, answer):
        for kind, _, _ in KINDS.values():
            said = verdict(answer, kind)
            assert all(line.isprintable() for line in said.splitlines())
