"""Before handing in, a student reads what grading would find; nothing is written."""

import json

import nbformat
import pytest
from typer.testing import CliRunner

from indopacific import cli, terminal
from indopacific.exercises.release import release
from indopacific.grading.preflight import ANSWERED, MISSING, UNANSWERED, preflight
from tests.grading import practice
from tests.grading.practice import ARGUMENT, EXERCISE, QUESTIONS, answered, item_id, right_answers

ESSAY = "Votes are public, so anyone can count them again."
ALL = {**right_answers(), ARGUMENT: ESSAY}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = practice.make_course(tmp_path_factory.mktemp("preflight"))
    (made / "lessons").mkdir()
    release(made)
    return made


@pytest.fixture
def hand_in(course, tmp_path):
    """Write a notebook with these answers; return its path."""

    def write(answers=ALL, change=None):
        released = course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
        notebook = answered(released, answers)
        if change is not None:
            change(notebook)
        path = tmp_path / f"{EXERCISE}.ipynb"
        nbformat.write(notebook, path)
        return path

    return write


def drop(grade_id):
    def change(notebook):
        notebook.cells = [
            c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") != grade_id
        ]

    return change


def test_a_finished_notebook_is_fit_and_stays_as_it_is(course, hand_in):
    path = hand_in()
    before = path.read_bytes(), path.stat().st_mtime_ns
    found = preflight(path, course=course)
    assert found.fit
    assert found.exercise == EXERCISE
    assert len(found.tasks) == len(QUESTIONS) + 1
    assert found.bytes == len(before[0])
    assert (found.repairs, found.faults, found.ran) == ((), (), False)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_an_untouched_notebook_has_no_task_answered(course, hand_in):
    found = preflight(hand_in({}), course=course)
    assert {task.state for task in found.tasks} == {UNANSWERED}
    assert not found.fit


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("share = ...", UNANSWERED),
        ("# later\nshare = ...\n\n", UNANSWERED),
        ("", UNANSWERED),
        ("share = 3", ANSWERED),
    ],
)
def test_a_task_is_answered_when_its_cell_says_something_new(course, hand_in, source, state):
    found = preflight(hand_in({**ALL, item_id(1): source}), course=course)
    assert found.tasks[0].state == state
    assert found.fit == (state == ANSWERED)


def test_a_missing_answer_and_its_repairs_are_told(course, hand_in):
    found = preflight(hand_in(change=drop(item_id(2))), course=course)
    assert found.tasks[1].state == MISSING
    assert "'practice-2-treaty' is missing" in " ".join(found.repairs)
    assert not found.fit


def test_an_answer_written_into_the_release_itself_counts_as_answered(course, hand_in):
    released = course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    before, finished = released.read_bytes(), hand_in().read_bytes()
    blank = hand_in({})
    released.write_bytes(finished)
    try:
        assert preflight(released, course=course).fit
        states = {task.state for task in preflight(blank, course=course).tasks}
    finally:
        released.write_bytes(before)
    assert states == {UNANSWERED}


def test_a_syntax_error_is_told_by_task_cell_and_line(course, hand_in):
    broken = "def mean(values, weights):\n    total = sum(weights)\n    return (total"

    def number(notebook):
        for n, cell in enumerate(c for c in notebook.cells if c.cell_type == "code"):
            cell.execution_count = n + 1

    found = preflight(hand_in({**ALL, item_id(10): broken}, number), course=course)
    [fault] = found.faults
    assert fault.task == item_id(10)
    assert fault.line == 3
    assert fault.code == "return (total"
    assert fault.error == "SyntaxError: '(' was never closed"
    assert f"cell [{fault.shown}], line 3" in str(fault)
    assert not found.fit


@pytest.mark.parametrize(
    "source",
    ["%matplotlib inline\nshare = 1", "!ls\nshare = 1", "%%time\nshare = 1", "share = await x"],
)
def test_what_jupyter_understands_is_no_syntax_error(course, hand_in, source):
    assert preflight(hand_in({**ALL, item_id(1): source}), course=course).faults == ()


@pytest.mark.slow
def test_a_run_finds_what_reading_cannot(course, hand_in):
    found = preflight(hand_in({**ALL, item_id(1): "share = 1 / 0"}), course=course, run=True)
    assert found.ran
    assert "ZeroDivisionError" in found.faults[0].error
    assert not found.fit


@pytest.mark.slow
def test_a_run_of_a_finished_notebook_finds_nothing(course, hand_in):
    found = preflight(hand_in(), course=course, run=True)
    assert found.ran
    assert found.fit


def test_another_name_is_told_and_another_exercise_refused(course, hand_in):
    path = hand_in()
    renamed = path.rename(path.with_name("final (2).ipynb"))
    found = preflight(renamed, course=course)
    assert found.exercise == EXERCISE
    assert found.repairs == (f"Hand it in under the name {EXERCISE}.ipynb, not final (2).ipynb.",)
    wrong = preflight(renamed, course=course, exercise="09-other")
    assert "There is no exercise '09-other'" in wrong.problem


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.ipynb", b"", "is empty"),
        ("x.ipynb", b"{}", "no list of cells"),
        ("x.ipynb", b'{"cells": []}', "none of the course's exercises"),
        ("x.docx", b"x", "does not end in .ipynb"),
    ],
)
def test_what_cannot_be_marked_is_told_in_words(course, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    found = preflight(tmp_path / name, course=course)
    assert said in found.problem
    assert not found.fit


def test_no_file_a_folder_and_a_link_are_told(course, tmp_path, hand_in):
    assert "no file" in preflight(tmp_path / "no.ipynb", course=course).problem
    assert "is a folder" in preflight(tmp_path, course=course).problem
    link = tmp_path / "link.ipynb"
    link.symlink_to(hand_in())
    assert "is a link" in preflight(link, course=course).problem


@pytest.fixture
def command(course, monkeypatch):
    monkeypatch.setattr(terminal, "find_course", lambda: course)
    return lambda *arguments: CliRunner().invoke(cli.app, ["preflight", *map(str, arguments)])


def test_the_command_says_it_in_words_and_by_exit_status(command, hand_in):
    done = command(hand_in())
    assert done.exit_code == 0, done.output
    assert "Fit to hand in. Your file was not changed." in done.output
    done = command(hand_in({**ALL, item_id(1): "share = ("}))
    assert done.exit_code == 1
    assert "1 · Share, cell" in done.output
    assert "was never closed" in done.output
    assert "not answered" not in done.output


def test_the_command_gives_json(command, hand_in):
    done = command(hand_in({}), "--json")
    found = json.loads(done.output)
    assert done.exit_code == 1
    assert found["fit"] is False
    assert found["tasks"][0] == {
        "id": item_id(1),
        "title": "1 · Share",
        "points": 2.0,
        "state": UNANSWERED,
        "cell": 5,
    }
