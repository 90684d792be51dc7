"""A class of five through nbgrader's own commands, as the README has them, in a fresh clone.

One pass, looked at from all sides.
"""

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from indopacific.exercises.questions import items, role
from indopacific.exercises.release import release
from indopacific.grading.check import check_exercise
from tests.grading import practice
from tests.grading.harness import reference_answers
from tests.room import clone, git

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader has no exchange on Windows"),
]

EXERCISE = "01-alignment"
# Two go through the exchange, each in a folder of their own; the others' files arrive as from a
# learning platform, straight in submitted/. Every command takes seconds to start.
BY_EXCHANGE = ("ana-right", "dan-broken")
STUDENTS = ("ana-right", "ben-half", "cem-blank", "dan-broken", "eva-damaged")


@dataclass
class Class:
    """A course folder, an exchange, and what the commands said."""

    course: Path
    exchange: Path
    home: Path
    said: dict[str, subprocess.CompletedProcess] = field(default_factory=dict)

    @property
    def db(self):
        return f"sqlite:///{self.course / 'gradebook.db'}"

    def run(self, who, *command, check=True):
        """Run an nbgrader command as the instructor ("") or as a student, each at home."""
        folder = self.home / who if who else self.course
        folder.mkdir(parents=True, exist_ok=True)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
        environment |= {
            "HOME": str(self.home / (who or "instructor")),
            "LOGNAME": who or "instructor",
            "INDOPACIFIC_EXCHANGE": str(self.exchange),
            "PYTHONPATH": str(self.course),
        }
        own = ["--course=indopacific", f"--student={who}", f"--Exchange.root={self.exchange}"]
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command, *(own if who else [])],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        self.said[" ".join([who, command[0]]).strip()] = done
        assert not check or done.returncode == 0, done.stderr[-3000:]
        return done

    def notebook(self, who):
        return self.home / who / EXERCISE / f"{EXERCISE}.ipynb"

    def marks(self, who):
        """Return the automatic mark of every test cell."""
        with Gradebook(self.db) as gradebook:
            sheet = gradebook.find_submission_notebook(EXERCISE, EXERCISE, who)
            return {g.name.removesuffix("-test"): g.auto_score for g in sheet.grades}


def answers_of(course):
    return reference_answers(EXERCISE, course=course)


def half(answers):
    """Return every second answer."""
    return dict(list(answers.items())[::2])


def break_apart(notebook):
    """Copy a test and an answer cell, delete a test cell, tag one to be skipped, move another."""
    tests = [c for c in notebook.cells if role(c).grade and not role(c).solution]
    notebook.cells.append(copy.deepcopy(tests[0]))
    answer = next(c for c in notebook.cells if role(c).solution)
    notebook.cells.insert(1, copy.deepcopy(answer))
    notebook.cells.remove(tests[1])
    tests[2].metadata["tags"] = ["skip-execution"]
    tests[2].metadata["nbgrader"]["points"] = 100
    tests[3].metadata["nbgrader"]["solution"] = True
    notebook.cells.remove(tests[4])
    notebook.cells.insert(0, tests[4])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    return notebook


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    room = Class(folder / "course", folder / "exchange", folder / "home")
    room.exchange.mkdir(mode=0o777)
    room.exchange.chmod(0o777)
    clone(practice.REPOSITORY, room.course)
    room.run("", "generate_assignment", EXERCISE)
    room.run("", "release_assignment", EXERCISE)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: room.run(who, "fetch_assignment", EXERCISE), BY_EXCHANGE))
    for who in set(STUDENTS) - set(BY_EXCHANGE):
        shutil.copytree(room.course / "exercises" / EXERCISE, room.notebook(who).parent)
    answers = answers_of(room.course)
    for who, given in zip(STUDENTS, (answers, half(answers), {}, answers), strict=False):
        notebook = practice.answered(room.notebook(who), given)
        if who == "dan-broken":
            notebook = break_apart(notebook)
        for cell in notebook.cells:
            if role(cell).solution and role(cell).grade and who == "ana-right":
                cell.source = "Votes are one measure among several, and each has its limits."
        nbformat.write(notebook, room.notebook(who))
    damaged = room.notebook("eva-damaged")
    damaged.write_text(damaged.read_text(encoding="utf-8")[:-200], encoding="utf-8")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: room.run(who, "submit", EXERCISE), BY_EXCHANGE))
    # All of this class share one user of the machine.
    room.run("", "collect", EXERCISE, "--SafeCollect.check_owner=False")
    for who in set(STUDENTS) - set(BY_EXCHANGE):
        handed_in = room.course / "submitted" / who / EXERCISE
        shutil.copytree(room.notebook(who).parent, handed_in)
        (handed_in / "timestamp.txt").write_text("2026-01-31 12:00:00 UTC", encoding="utf-8")
    room.run("", "autograde", EXERCISE, check=False)
    _mark_by_hand(room)
    with ThreadPoolExecutor(2) as pool:
        commands = (["generate_feedback", EXERCISE], ["export"])
        list(pool.map(lambda command: room.run("", *command), commands))
    # Feedback goes back by the way that the work came.
    room.run("", "release_feedback", EXERCISE, "--student=ana-right")
    room.run("ana-right", "fetch_feedback", EXERCISE)
    return room


def _mark_by_hand(room):
    """Give the essays one point less than full, as the formgrader would."""
    with Gradebook(room.db) as gradebook:
        sheet = gradebook.find_submission_notebook(EXERCISE, EXERCISE, "ana-right")
        for grade in sheet.grades:
            if grade.needs_manual_grade:
                grade.manual_score = grade.max_score - 1
                grade.needs_manual_grade = False
        gradebook.db.commit()


@pytest.fixture(scope="module")
def points(classroom):
    source = classroom.course / "solutions" / EXERCISE / f"{EXERCISE}.ipynb"
    listed = items(nbformat.read(source, as_version=4).cells)
    return {i.id: i.points for i in listed if not i.by_hand}


@pytest.fixture(scope="module")
def by_hand(classroom):
    source = classroom.course / "solutions" / EXERCISE / f"{EXERCISE}.ipynb"
    listed = items(nbformat.read(source, as_version=4).cells)
    return {i.id: i.points for i in listed if i.by_hand}


def test_nbgrader_generates_what_release_generates(classroom):
    assert release(classroom.course, check_only=True) == []
    # A clone has the exercise already: to skip it would leave the gradebook without it.
    assert "Skipping" not in classroom.said["generate_assignment"].stderr


def test_nothing_that_a_class_makes_is_one_git_add_from_being_public(classroom):
    assert (classroom.course / "marks" / "grades.csv").is_file()
    assert (classroom.course / "gradebook.db").is_file()
    # Neither the exercises, generated anew, nor anything beside them.
    assert git(classroom.course, "status", "--porcelain") == ""


def test_notes_for_instructors_are_not_handed_out(classroom):
    assert [
        p.name
        for p in classroom.notebook("ana-right").parent.iterdir()
        if p.suffix != ".ipynb" and p.name != "feedback"
    ] == []


def test_right_answers_earn_everything(classroom, points):
    marks = classroom.marks("ana-right")
    assert {item: marks[item] for item in points} == points


def test_half_right_answers_earn_their_half(classroom, points):
    marks = classroom.marks("ben-half")
    answered = half(answers_of(classroom.course))
    assert {i: marks[i] for i in points} == {
        i: p if i in answered else 0 for i, p in points.items()
    }


def test_a_blank_notebook_earns_nothing(classroom, points, by_hand):
    assert classroom.marks("cem-blank") == dict.fromkeys(points | by_hand, 0)


def test_a_broken_notebook_earns_what_its_answers_are_worth(classroom, points):
    marks = classroom.marks("dan-broken")
    assert {item: marks[item] for item in points} == points


def test_a_broken_notebook_is_told_what_was_put_right(classroom):
    graded = classroom.course / "autograded" / "dan-broken" / EXERCISE / f"{EXERCISE}.ipynb"
    first = nbformat.read(graded, as_version=4).cells[0].source
    assert "is a copy of" in first
    assert "was missing and has been put back" in first
    assert "had lost its role" in first
    assert "Cells were moved" in first


def test_of_a_damaged_file_what_can_be_saved_is_graded(classroom):
    assert classroom.said["autograde"].returncode == 0
    graded = {p.name for p in (classroom.course / "autograded").iterdir() if any(p.iterdir())}
    assert graded == set(STUDENTS)
    page = classroom.course / "feedback" / "eva-damaged" / EXERCISE / f"{EXERCISE}.html"
    assert "The file is damaged: its first" in page.read_text("utf-8")


def test_an_argument_waits_for_a_person(classroom, by_hand):
    with Gradebook(classroom.db) as gradebook:
        sheet = gradebook.find_submission_notebook(EXERCISE, EXERCISE, "ana-right")
        assert sheet.needs_manual_grade is False
        assert {g.name: g.score for g in sheet.grades if g.name in by_hand} == {
            name: full - 1 for name, full in by_hand.items()
        }


def test_feedback_reaches_the_student_and_names_the_item(classroom):
    pages = list((classroom.home / "ana-right" / EXERCISE / "feedback").rglob("*.html"))
    assert len(pages) == 1
    assert f'id="{next(iter(answers_of(classroom.course)))}"' in pages[0].read_text("utf-8")


def test_the_export_has_every_student_that_was_graded(classroom, points, by_hand):
    with (classroom.course / "marks" / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    full = sum(points.values()) + sum(by_hand.values())
    assert float(rows["ana-right"]["score"]) == full - len(by_hand)
    assert float(rows["cem-blank"]["score"]) == 0
    assert {float(row["max_score"]) for row in rows.values()} == {full}


@pytest.mark.parametrize("who", STUDENTS[1:4])
def test_a_learners_own_check_gives_nbgraders_marks(classroom, who):
    report = check_exercise(EXERCISE, classroom.notebook(who), course=classroom.course)
    theirs = classroom.marks(who)
    assert {i.id: i.earned for i in report.items} == {i.id: theirs[i.id] for i in report.items}
    json.dumps(report.as_dict())


def test_validate_fails_on_the_stub_and_passes_the_right_answers(classroom):
    ana, cem = classroom.notebook("ana-right"), classroom.notebook("cem-blank")
    with ThreadPoolExecutor(2) as pool:
        passed, failed = pool.map(
            lambda path: classroom.run("", "validate", str(path), check=False), (ana, cem)
        )
    assert "Success!" in passed.stdout
    said = failed.stdout
    assert "VALIDATION FAILED" in said
    assert "not answered yet" in said
    assert "Traceback" not in said


def test_without_an_exchange_the_assignment_panel_is_empty_and_not_an_error(classroom):
    script = (
        "import os; from nbgrader.server_extensions.assignment_list.handlers import "
        "AssignmentList as A\npanel = A(); panel.root_dir = os.getcwd()\n"
        "print(panel.list_assignments())"
    )
    environment = os.environ | {
        "PYTHONPATH": str(practice.REPOSITORY),
        "INDOPACIFIC_EXCHANGE": str(classroom.course / "no-such-folder"),
        "HOME": str(classroom.home / "reader"),
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=classroom.course,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str({"success": True, "value": []})
