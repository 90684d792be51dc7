"""nbgrader's own commands write our pages and our tables: one small class, end to end."""

import csv
import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from indopacific import cli, terminal
from indopacific.grading.intake.taking import TIMESTAMP, UNREADABLE
from indopacific.grading.results import RESULT
from tests.grading import practice
from tests.grading.practice import ARGUMENT, EXERCISE, TOTAL, answered, item_id, right_answers
from tests.grading.test_feedback import assert_harmless

pytestmark = pytest.mark.slow

ATTACK = "<script>alert(1)</script>"
GARBAGE = b"the day before yesterday \xff"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return a course with two students graded, a third refused, and one essay marked by hand."""
    course = practice.make_course(tmp_path_factory.mktemp("course"))
    (course / "lessons").mkdir()

    def run(*command):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=course,
            env=os.environ | {"PYTHONPATH": str(practice.REPOSITORY), "HOME": str(course)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done

    run("generate_assignment", EXERCISE)
    released = course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    answers = {
        "ana": {**right_answers(), ARGUMENT: "Votes are public."},
        "ben": {item_id(1): f"share = 3.1\nprint({ATTACK!r})", ARGUMENT: ATTACK},
    }
    for student, given in answers.items():
        folder = course / "submitted" / student / EXERCISE
        folder.mkdir(parents=True)
        nbformat.write(answered(released, given), folder / f"{EXERCISE}.ipynb")
    (course / "submitted" / "ben" / EXERCISE / TIMESTAMP).write_bytes(GARBAGE)
    nothing = course / "submitted" / "ned" / EXERCISE / f"{EXERCISE}.ipynb"
    nothing.parent.mkdir(parents=True)
    nothing.write_bytes(b"PK\x03\x04, and no notebook")
    run("autograde", EXERCISE)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("ana", first_name="Ana", last_name="=Lee")
        grade = gradebook.find_grade(ARGUMENT, EXERCISE, EXERCISE, "ana")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        comment = gradebook.find_comment(ARGUMENT, EXERCISE, EXERCISE, "ana")
        comment.manual_comment = f"Name a limit, too. {ATTACK}"
        gradebook.db.commit()
    run("generate_feedback", EXERCISE)
    return SimpleNamespace(course=course, run=run)


def page_of(graded, student):
    folder = graded.course / "feedback" / student / EXERCISE
    data = json.loads((folder / f"{EXERCISE}.feedback.json").read_text("utf-8"))
    return (folder / f"{EXERCISE}.html").read_text("utf-8"), data


def test_generate_feedback_writes_our_page_and_data(graded):
    page, data = page_of(graded, "ana")
    text = assert_harmless(page).text
    assert data["earned"] == TOTAL - 1
    assert data["waiting"] == 0
    assert f"{TOTAL - 1} of {TOTAL} points" in text
    assert f"Name a limit, too. {ATTACK}" in text
    assert "Votes are public." in text


def test_a_page_holds_no_test_and_nothing_of_the_students_as_markup(graded):
    page, data = page_of(graded, "ben")
    text = assert_harmless(page).text
    assert ATTACK in text
    source = (graded.course / "solutions" / EXERCISE / f"{EXERCISE}.ipynb").read_text("utf-8")
    tests = [
        line.strip()
        for cell in nbformat.reads(source, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
        for line in cell.source.splitlines()
        if "(" in line
    ]
    assert len(tests) > 20
    for line in tests:
        assert line not in text
        assert line not in json.dumps(data, ensure_ascii=False)


def test_work_that_could_not_be_marked_gets_a_page_that_says_why(graded):
    page, data = page_of(graded, "ned")
    text = assert_harmless(page).text
    assert data["status"] == "refused"
    assert "could not be marked" in text
    assert "copy your answers into a fresh notebook" in text
    with Gradebook(f"sqlite:///{graded.course / 'gradebook.db'}") as gradebook:
        sheet = gradebook.find_submission_notebook(EXERCISE, EXERCISE, "ned")
        assert {grade.auto_score for grade in sheet.grades} == {None}


def test_a_time_that_nobody_can_read_costs_no_mark_and_is_kept(graded):
    folder = graded.course / "submitted" / "ben" / EXERCISE
    assert (folder / UNREADABLE).read_bytes() == GARBAGE
    _, data = page_of(graded, "ben")
    assert "When this was handed in is not known" in " ".join(data["notes"])
    # And where the class was graded before the file was spoilt.
    (folder / TIMESTAMP).write_bytes(GARBAGE)
    graded.run("autograde", EXERCISE)


def test_a_result_that_grading_has_left_explains_the_marks(graded):
    folder = graded.course / "autograded" / "ben" / EXERCISE
    result = {
        "exercise": EXERCISE,
        "status": "marked",
        "items": [
            {
                "id": item_id(1),
                "title": "1 · Share",
                "earned": 0.0,
                "points": 2.0,
                "state": "wrong",
                "message": f"{item_id(1)}: not right yet.\nCame: the number 3.1.",
                "hint": "Look.",
            }
        ],
        "repairs": [],
        "notes": ["A note."],
        "faults": [],
    }
    file = folder / f"{EXERCISE}{RESULT}"
    before = file.read_bytes()
    file.write_text(json.dumps(result), encoding="utf-8")
    graded.run("generate_feedback", EXERCISE, "--student=ben", "--force")
    page, data = page_of(graded, "ben")
    file.write_bytes(before)
    assert "the number 3.1." in page
    assert "A note." in page
    assert data["items"][0]["state"] == "wrong"


@pytest.fixture
def command(graded, monkeypatch):
    monkeypatch.setattr(terminal, "find_course", lambda: graded.course)
    return lambda *arguments: CliRunner().invoke(cli.app, [str(a) for a in arguments])


def test_report_and_marks_are_one_command_each(graded, command, tmp_path):
    done = command("report", EXERCISE, "--output", tmp_path)
    assert done.exit_code == 0, done.output
    assert "3 students" in done.output
    assert (tmp_path / f"{EXERCISE}.html").exists()
    done = command("marks", "--to", "canvas", "--output", tmp_path / "c.csv", EXERCISE)
    assert done.exit_code == 0, done.output
    assert "ben, 00-practice: waits for a person" in done.output
    assert "ned, 00-practice: was refused" in done.output
    lines = list(csv.reader((tmp_path / "c.csv").open(encoding="utf-8", newline="")))
    assert [line[-1] for line in lines] == [EXERCISE, str(TOTAL), str(TOTAL - 1), "", ""]
    assert lines[2][0] == "'=Lee, Ana"


def test_an_unknown_form_or_exercise_is_told(command):
    assert "There is no form 'excel'" in command("marks", "--to", "excel").output
    assert "There is no exercise '09'" in command("report", "09").output


@pytest.mark.parametrize("name", ["PlainMarks", "CanvasMarks", "MoodleMarks"])
def test_nbgraders_export_writes_the_same(graded, tmp_path, name):
    file = tmp_path / "marks.csv"
    exporter = f"--exporter=indopacific.grading.nbgrader_pages.{name}"
    graded.run("export", exporter, f"--to={file}", f"--assignment=['{EXERCISE}']")
    lines = list(csv.reader(file.open(encoding="utf-8", newline="")))
    assert any("ana" in line for line in lines)
    assert any(str(TOTAL - 1) in line for line in lines)


def test_a_student_without_graded_work_is_in_the_report(graded, command, tmp_path):
    folder = graded.course / "submitted" / "cem" / EXERCISE
    folder.mkdir(parents=True)
    try:
        done = command("report", EXERCISE, "--output", tmp_path, "--json")
    finally:
        shutil.rmtree(folder.parent)
    states = {s["student"]: s["status"] for s in json.loads(done.output)[0]["students"]}
    assert states == {"ana": "marked", "ben": "marked", "cem": "waiting", "ned": "refused"}
