"""The quick harness gives the marks and messages that the real run gives."""

import nbformat
import pytest

from indopacific.exercises.release import release
from indopacific.grading.check import check_exercise
from tests.grading.harness import grade_answers, reference_answers
from tests.grading.practice import (
    EXERCISE,
    QUESTIONS,
    RIGHT,
    answered,
    item_id,
    make_course,
    right_answers,
)

WRONG = {item_id(n): q.wrong for n, q in enumerate(QUESTIONS, start=1)}
MIXED = right_answers() | {
    item_id(3): "clauses = ['a', 'c']",
    item_id(5): "codes = {'t1': 'yes', 't2': 'no', 't3': 'maybe', 't4': ...}",
    item_id(1): "share = '18%'",
    item_id(10): "def mean(values, weights):\n    return values[5]",
    item_id(2): "treaty = undefined",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = make_course(tmp_path_factory.mktemp("course"))
    release(folder)
    return folder


def test_the_reference_earns_everything(course):
    marks = grade_answers(EXERCISE, reference_answers(EXERCISE, course=course), course=course)
    assert {item: earned for item, (earned, _) in marks.items()} == RIGHT


@pytest.mark.parametrize("number", range(1, len(QUESTIONS) + 1))
def test_a_wrong_answer_of_every_kind_earns_nothing_and_is_explained(course, number):
    item = item_id(number)
    earned, said = grade_answers(EXERCISE, {item: WRONG[item]}, course=course)[item]
    assert earned == 0
    assert QUESTIONS[number - 1].said in " ".join(said.split())


@pytest.mark.parametrize("number", range(1, len(QUESTIONS) + 1))
def test_the_stub_earns_nothing(course, number):
    item = item_id(number)
    earned, said = grade_answers(EXERCISE, {item: QUESTIONS[number - 1].stub}, course=course)[item]
    assert earned == 0
    assert "not answered yet" in said


def test_an_unknown_item_is_named(course):
    with pytest.raises(KeyError, match="practice-1-shar'"):
        grade_answers(EXERCISE, {"practice-1-shar": "x = 1"}, course=course)


@pytest.mark.parametrize("answers", [WRONG, MIXED], ids=["wrong", "mixed"])
def test_the_same_as_a_real_run(course, answers, tmp_path):
    released = course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    nbformat.write(answered(released, answers), tmp_path / "mine.ipynb")
    report = check_exercise(EXERCISE, tmp_path / "mine.ipynb", course=course)
    real = {i.id: i.earned for i in report.items if i.id in answers}
    quick = grade_answers(EXERCISE, answers, course=course)
    assert real == {item: earned for item, (earned, _) in quick.items()}
    for item in report.items:
        if item.state in ("wrong", "partly", "right"):
            place = f"\nLook again at: {item.look_again}." if item.look_again else ""
            said = quick[item.id][1].strip().split("graded.\n")[-1]
            assert (item.message + place).split() == said.split()
