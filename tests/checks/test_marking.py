"""Checks, known mistakes, marks, and how a message looks."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.checks import CheckFailed, WrongKind, choice, choices, mistaken, near, number, text
from indopacific.checks.marking import check, grade, marks
from tests.checks.examples import KINDS, PART_MARKS, failure


class TestShapesOnly:
    def test_a_passed_visible_check_says_what_it_has_not_checked(self, capsys):
        check("alignment-3-share", 3.1, number(unit="percent"))
        said = " ".join(capsys.readouterr().out.split())
        assert "read as 3.1 percent" in said
        assert "Whether the value is right is checked when it is graded." in said

    def test_a_text_is_left_to_a_person(self, capsys):
        check("alignment-8-argument", "Votes are one measure.", text(at_least=3, at_most=9))
        assert "A person reads and marks it." in capsys.readouterr().out
        assert "1 word" in failure("Votes", text(at_least=3), WrongKind)
        assert "text of 1 word." in failure("two words", text(at_least=1, at_most=1), WrongKind)


class TestMistakes:
    NOTE = mistaken(near(3.0, within=0.2), "That is Russia's share.", again="lesson 01, Trade")

    def test_a_known_mistake_is_named_with_its_own_place(self):
        kind = number(unit="percent").near(18.0, within=0.3)
        said = failure(3.1, kind, mistakes=[self.NOTE], again="lesson 01")
        assert "Probably: That is Russia's share. Look again at: lesson 01, Trade." in said

    def test_a_mistake_never_costs_a_right_answer(self):
        check("i", 3.0, number().near(3.0, within=0.1), mistakes=[self.NOTE])

    def test_it_is_recognised_as_precisely_as_the_right_answer(self):
        kind = number().near(18.04, within=0.01, decimals=1)
        note = mistaken(3.04, "That is Russia's share.")
        for same in (3.04, 3.0, 3.045):
            assert note.message in failure(same, kind, mistakes=[note])
        for other in (3.1, 2.9, 3.06):
            assert note.message not in failure(other, kind, mistakes=[note])

    def test_two_that_explain_the_same_answer_are_not_named(self):
        notes = [mistaken(2, "Half."), mistaken(near(2), "The second power.")]
        said = failure(2, number().near(4), mistakes=notes)
        assert "Half" not in said
        assert "power" not in said

    def test_a_range_is_refused(self):
        with pytest.raises(ValueError, match="a range explains too much"):
            mistaken(number().between(2.5, 4.2), "That is Russia's share.")

    @pytest.mark.parametrize("when", [2.0, lambda value: value == 2, number().near(2)])
    def test_three_ways_to_recognise_one(self, when):
        assert "Probably: Half." in failure(2, number().near(4), mistakes=[mistaken(when, "Half.")])

    def test_a_detector_that_stumbles_does_not_stop_the_check(self):
        note = mistaken(lambda value: value["x"], "never said")
        assert "never said" not in failure(2, number().near(4), mistakes=[note])


class TestMarks:
    @given(st.floats() | st.integers(), st.floats(0.5, 20), st.sampled_from([0.25, 0.5, 1]))
    def test_law_of_marks(self, share, points, step):
        earned = marks(share, points, step=step)
        assert type(earned) is float
        assert 0 <= earned <= points
        assert (earned == points) == (share == 1) or earned == 0

    @pytest.mark.parametrize("share", [math.nan, -1, 2, "1", None, True, [1]])
    def test_what_is_not_a_share_earns_nothing(self, share):
        assert marks(share, 5) == 0

    @pytest.mark.parametrize("name", PART_MARKS)
    def test_part_marks_of_every_kind_that_has_them(self, name):
        kind, right, wrong = KINDS[name]
        assert grade("i", right, kind, points=3) == 3.0
        with pytest.raises(CheckFailed):
            grade("i", wrong, kind, points=3)

    def test_a_kind_without_parts_is_an_authors_error(self):
        with pytest.raises(ValueError, match="partly right"):
            grade("i", 1, number().near(1), points=2)

    def test_partly_right_says_the_marks(self, capsys):
        assert grade("i", ["a", "b"], choices("abcd").right("abc"), points=3) == 2
        assert "partly right, 2 of 3 marks." in capsys.readouterr().out


def test_a_failed_check_shows_its_message_and_no_traceback():
    failed = CheckFailed("line one\nline two")
    assert failed._render_traceback_() == ["line one", "line two"]


def test_lines_are_short_enough_for_nbgrader_to_show_whole():
    kind = choice("ab").right("b", reasons={"a": "word " * 60})
    with pytest.raises(CheckFailed) as caught:
        check("alignment-1-item", "a", kind)
    assert max(map(len, str(caught.value).splitlines())) <= 80
