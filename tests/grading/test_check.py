"""A learner's own check: reads anything, changes nothing, says what to do."""

import hashlib
import json
import os
import shutil

import nbformat
import pytest

from indopacific.exercises.release import release
from indopacific.grading.check import CannotCheck, check_exercise
from indopacific.grading.intake.notebook import MOST_BYTES
from indopacific.working_copy import UnknownExercise
from tests.grading.practice import (
    ARGUMENT,
    AUTOMATIC,
    EXERCISE,
    answered,
    item_id,
    make_course,
    right_answers,
)

NAME = f"{EXERCISE}.ipynb"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = make_course(tmp_path_factory.mktemp("course"))
    release(folder)
    return folder


@pytest.fixture
def course(released, tmp_path):
    """Return a copy of the course for a test to spoil."""
    return shutil.copytree(released, tmp_path / "course")


def write(course, answers, place="my-work"):
    path = course / place / EXERCISE / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(answered(course / "exercises" / EXERCISE / NAME, answers), path)
    return path


def states(report):
    return {item.id: item.state for item in report.items}


def test_one_run_says_it_all(course):
    own = write(
        course,
        right_answers()
        | {
            item_id(1): "share = 3.1",
            item_id(2): "treaty = ...",
            item_id(3): "clauses = ['a', 'c']",
            item_id(4): "order = sorted(undefined)",
            ARGUMENT: "Trade, because it is counted twice.",
        },
    )
    before = hashlib.sha256(own.read_bytes()).hexdigest()
    seen = []
    report = check_exercise(EXERCISE, course=course, progress=lambda *step: seen.append(step))
    found = states(report)
    by_id = {item.id: item for item in report.items}
    assert found[item_id(1)] == "wrong"
    assert by_id[item_id(1)].look_again == "lesson 00, section 1"
    assert by_id[item_id(1)].hint == "Look at the nudge of it."
    assert "Look again" not in by_id[item_id(1)].message
    assert found[item_id(2)] == "unanswered"
    assert (found[item_id(3)], by_id[item_id(3)].earned) == ("partly", 1.0)
    assert found[item_id(4)] == "broken"
    assert "NameError: name 'undefined' is not defined" in by_id[item_id(4)].message
    assert found[ARGUMENT] == "by hand"
    assert by_id[ARGUMENT].message.startswith("Your text has 6 words. A person marks this, by ")
    assert "| names a measure | 1 |" in by_id[ARGUMENT].message
    assert found[item_id(10)] == "right"
    assert report.points == AUTOMATIC
    assert report.earned == AUTOMATIC - 2 - 1 - 1 - 2
    assert [error.number for error in report.errors] == [14]
    assert seen[-1][0] == seen[-1][1]
    assert json.loads(json.dumps(report.as_dict()))["earned"] == report.earned
    assert hashlib.sha256(own.read_bytes()).hexdigest() == before
    assert [p.name for p in own.parent.iterdir()] == [NAME]


def test_without_solutions_the_visible_tests_are_run_and_said_to_be(course):
    shutil.rmtree(course / "solutions")
    write(course, right_answers() | {item_id(1): "share = 3.1", item_id(2): "treaty = 'z'"})
    report = check_exercise(EXERCISE, course=course)
    assert report.hidden_tests is False
    assert states(report)[item_id(1)] == "right"
    assert "is checked when it is graded" in " ".join(report.items[0].message.split())
    assert states(report)[item_id(2)] == "wrong"


def test_without_solutions_edited_tests_are_not_trusted(course):
    shutil.rmtree(course / "solutions")
    path = course / "exercises" / EXERCISE / NAME
    path.write_text(path.read_text("utf-8").replace("low=0, high=100", "low=0, high=999"), "utf-8")
    with pytest.raises(CannotCheck, match=r"practice-1-share-test' .* has been changed"):
        check_exercise(EXERCISE, path, course=course)


def test_an_endless_loop_and_endless_output_cost_their_own_item(course):
    write(
        course,
        {
            item_id(1): "while True:\n    pass",
            item_id(2): "treaty = 'b'\nfor _ in range(20):\n    print('x' * 1_000_000)",
            item_id(10): "def mean(values, weights):\n    while True:\n        pass",
        },
    )
    report = check_exercise(EXERCISE, course=course, cell_seconds=3)
    found = {item.id: item for item in report.items}
    assert found[item_id(1)].state == "broken"
    assert "endless loop" in found[item_id(1)].message
    assert found[item_id(2)].state == "right"
    assert found[item_id(10)].state == "broken"
    assert "loop for ever" in found[item_id(10)].message


def test_when_python_dies_what_came_before_still_counts(course):
    write(course, {item_id(1): "share = 18", item_id(2): "import os\nos._exit(1)"})
    report = check_exercise(EXERCISE, course=course)
    assert states(report)[item_id(1)] == "right"
    assert states(report)[item_id(2)] == "broken"
    assert "Python itself stopped" in report.notes[-1]


def test_the_notebook_as_a_whole_has_a_limit(course):
    write(course, {item_id(1): "import time\ntime.sleep(3)"})
    report = check_exercise(EXERCISE, course=course, total_seconds=1)
    assert "longer than 1 seconds" in report.notes[-1]


def test_a_tag_that_skips_the_test_earns_nothing(course):
    own = write(course, {})
    notebook = nbformat.read(own, as_version=4)
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]
    nbformat.write(notebook, own)
    assert check_exercise(EXERCISE, course=course).earned == 0


def test_a_fault_of_the_course_is_said_to_be_one(course):
    source = course / "solutions" / EXERCISE / NAME
    source.write_text(source.read_text("utf-8").replace("{total}", "many"), "utf-8")
    with pytest.raises(CannotCheck, match="own exercise has a fault"):
        check_exercise(EXERCISE, course=course)


class TestWhichFile:
    def test_the_one_that_has_been_written_in(self, course):
        write(course, {})
        there = write(course, {item_id(1): "share = 18"}, "exercises")
        assert check_exercise(EXERCISE, course=course).file == str(there)

    def test_the_newer_if_both_have(self, course):
        own = write(course, {item_id(1): "share = 18"})
        write(course, {item_id(1): "share = 17"}, "exercises")
        os.utime(own, (2**31, 2**31))
        assert check_exercise(EXERCISE, course=course).file == str(own)

    def test_an_unknown_exercise_gets_the_nearest(self, course):
        with pytest.raises(UnknownExercise, match="'00-practice'"):
            check_exercise("practice", course=course)


class TestFilesThatAreNone:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b'{"cells": [', "not valid JSON"),
            (b"\xff\xfe\x00", "not valid JSON"),
            (b"[" * 100_000, "not valid JSON"),
            (b"[1, 2]", "not a notebook"),
            (b'{"cells": {"a": 1}}', "no list of cells"),
            (b'{"cells": [1]}', "none of this exercise's cells"),
            (b'{"cells": [' + b"{}," * 3000 + b"{}]}", "3,001 cells"),
            (b" " * (MOST_BYTES + 1), "is larger than"),
        ],
    )
    def test_is_said_in_words(self, released, tmp_path, content, said):
        (tmp_path / "mine.ipynb").write_bytes(content)
        with pytest.raises(CannotCheck, match=said):
            check_exercise(EXERCISE, tmp_path / "mine.ipynb", course=released)

    def test_a_link_is_refused(self, released, tmp_path):
        (tmp_path / "link.ipynb").symlink_to(released / "solutions" / EXERCISE / NAME)
        with pytest.raises(CannotCheck, match="is a link"):
            check_exercise(EXERCISE, tmp_path / "link.ipynb", course=released)

    def test_a_missing_file_is_named(self, released, tmp_path):
        with pytest.raises(CannotCheck, match="no file"):
            check_exercise(EXERCISE, tmp_path / "none.ipynb", course=released)
