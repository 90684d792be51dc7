"""Marks come from the trusted process alone, whatever the answers say, bind or send."""

from pathlib import Path

import pytest

from indopacific.checks import number
from indopacific.checks.marking import message
from indopacific.grading import sandbox
from indopacific.grading.contract import MEGABYTE, Limits
from indopacific.grading.marking import mark, without_place
from indopacific.grading.starting import Cold
from tests.grading import tiny
from tests.grading.practice import REPOSITORY

# Where nbgrader gives full marks, or drops the submission.
NO_MARKS = ["-1", "'hello'", "float('nan')", "99", "float('inf')", "[2]", "None or 'x'", "2j"]


def marks_of(start, *cells, **limits):
    known, submission = tiny.exercise(*cells)
    return mark(submission, known, Limits(**limits), start=start)


@pytest.mark.skipif(bool(sandbox.why_not()), reason="there is no sandbox here")
def test_a_pair_that_starts_cold_is_protected_as_well():
    known, submission = tiny.exercise(
        (
            "answer",
            "",
            "import os, pandas, socket\nseen = []\n"
            f"for path in ({str(REPOSITORY / 'solutions')!r}, {str(Path.home())!r}):\n"
            "    try:\n        seen += [p for p in os.listdir(path) if not p.startswith('.')]\n"
            "    except OSError:\n        pass\n"
            "try:\n    seen += [socket.create_connection(('192.0.2.1', 80), timeout=2)]\n"
            "except OSError as stopped:\n    pass",
        ),
        ("test", "assert seen == []", 1),
    )
    done = mark(submission, known, start=Cold(REPOSITORY))
    assert (done.status, done.protected) == ("marked", True)
    assert dict(done.marks) == {"test-1": 1.0}


def test_a_learners_value_as_last_line_is_a_mark_or_nothing(start):
    cells = []
    for value in [*NO_MARKS, "1.5", "True", "False"]:
        cells += [("answer", "said = ...", f"said = {value}"), ("test", "said", 2)]
    done = marks_of(start, *cells)
    assert list(done.marks.values()) == [*[0.0] * len(NO_MARKS), 1.5, 2.0, 0.0]


def test_an_answer_rebinds_nothing_that_a_test_uses(start):
    done = marks_of(
        start,
        ("answer", "", "len = sum = assert_equal = lambda *_: True\n__builtins__ = {}\nx = 1"),
        ("test", "def assert_equal(a, b):\n    assert a == b\nassert_equal(len([x, x]), 2)", 1),
        ("answer", "", "assert_equal = lambda a, b: None"),
        ("test", "assert_equal(x, 2)", 1),
    )
    assert list(done.marks.values()) == [1.0, 0.0]


def test_a_test_rebinds_nothing_of_the_learners(start):
    done = marks_of(
        start,
        ("answer", "", "rule = 'mine'"),
        ("test", "rule = 'of the test'\nassert rule", 1),
        ("answer", "", "seen = rule"),
        ("test", "assert seen == 'mine'", 1),
    )
    assert list(done.marks.values()) == [1.0, 1.0]


def test_a_name_that_a_visible_check_brings_is_there_below_it(start):
    done = marks_of(
        start,
        ("test", "import math\nhalf = 0.5", 1),
        ("answer", "", "twice = math.floor(2 * half)"),
        ("test", "assert twice == 1", 1),
    )
    assert list(done.marks.values()) == [1.0, 1.0]


def test_the_whole_submission_has_one_bound_and_says_which_cell_was_running(start):
    loops = [("answer", "x = ...", "while True: pass"), ("test", "assert x", 1)] * 6
    done = marks_of(start, *loops, cell_seconds=2, total_seconds=5)
    assert done.status == "stopped"
    assert done.seconds < 40
    assert "longer than 5 seconds" in done.notes[-1]
    assert done.notes[0].startswith("The time for cell 1 (answer-0) was over")


def test_a_small_answer_cannot_make_a_test_take_the_machines_memory(start):
    done = marks_of(
        start,
        ("answer", "numbers = ...", "numbers = range(10**8)"),
        ("test", "assert sum(list(numbers)[:1]) == 0", 1),
        ("answer", "a = ...", "a = 1"),
        ("test", "assert a == 1", 1),
        memory_bytes=2_000 * MEGABYTE,
    )
    assert list(done.marks.values()) == [0.0, 1.0]


def test_after_a_crash_earlier_answers_are_there_again(start):
    done = marks_of(
        start,
        ("answer", "a = ...", "a = 1"),
        ("answer", "b = ...", "import os; os._exit(1)"),
        ("test", "assert b", 1),
        ("answer", "c = ...", "c = a + 1"),
        ("test", "assert c == 2", 1),
    )
    assert list(done.marks.values()) == [0.0, 1.0]


@pytest.mark.parametrize(("code", "line"), [("x = 1\ny = (\n", 2), ("x = 1\n\n1 / 0", 3)])
def test_an_error_is_placed(start, code, line):
    done = marks_of(start, ("answer", "", code), ("test", "assert True", 1))
    (fault,) = done.faults
    assert (fault.number, fault.task, fault.line) == (1, "answer-0", line)
    assert fault.code == code.splitlines()[line - 1]


def test_a_place_that_runs_over_a_line_is_taken_out_whole():
    place = (
        f"lesson 02, sections 1 to 4, {'with a concordance of the words in question ' * 4}".strip()
    )
    said = message("language-6-words", "not right yet.", number(), again=place)
    assert said.count("\n  ") > 1
    assert without_place(f"{said}\nAnd a line behind it.") == (
        "language-6-words: not right yet.\nExpected: a number.\nAnd a line behind it.",
        place,
    )
