"""A class of hostile submissions: none earns, sees, changes or stops what is not its own.

One run of `grade` over all of them, with honest students among them, looked at from all sides.
"""

import json
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from indopacific.exercises.release import release
from indopacific.grading import sandbox
from indopacific.grading.classroom import ClassReport, Time, grade_class
from tests.grading.hostile import ATTACKS, SHARE
from tests.grading.practice import (
    AUTOMATIC,
    EXERCISE,
    answered,
    make_course,
    right_answers,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(sandbox.why_not()), reason="there is no sandbox here"),
]

# Stands in the hidden tests of the practice exercise, and in nothing that a student can see.
SECRET = "Article 9 says consult"
HONEST = ("aa-honest", "mm-honest", "zz-honest")
SLEEP = "98765.4321"


@dataclass
class Classroom:
    """A graded class."""

    course: Path
    report: ClassReport
    before: dict[str, bytes]
    connections: list[str]

    def marked(self, student):
        return next(o.marked for o in self.report.outcomes if o.student == student)

    def notebook(self, student):
        path = self.course / "autograded" / student / EXERCISE / f"{EXERCISE}.ipynb"
        return path.read_text("utf-8")


def hand_in(course, student, answers):
    folder = course / "submitted" / student / EXERCISE
    folder.mkdir(parents=True)
    released = course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    nbformat.write(answered(released, answers), folder / f"{EXERCISE}.ipynb")


def files_in(*folders):
    return {str(p): p.read_bytes() for f in folders for p in f.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    course = make_course(tmp_path_factory.mktemp("hostile"))
    release(course)
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    place = {
        "course": course,
        "home": Path.home(),
        "secret": SECRET,
        "sleep": SLEEP,
        "port": server.getsockname()[1],
    }
    for attack in ATTACKS:
        code = f"{attack.code}\nshare = 3.1".format(**place)
        answers = {name: text.format(**place) for name, text in attack.answers.items()}
        hand_in(course, attack.name, {SHARE: code} | answers)
    for student in HONEST:
        hand_in(course, student, right_answers())
    kept = [course / name for name in ("solutions", "exercises", "submitted")]
    before = files_in(*kept)
    report = grade_class(EXERCISE, course=course, time=Time(cell=4, total=30))
    connections = []
    try:
        while True:
            connections.append(str(server.accept()[1]))
    except BlockingIOError:
        server.close()
    assert files_in(*kept) == before, "what was handed in, and the course, are as they were"
    return Classroom(course, report, before, connections)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_earns_what_its_answers_are_worth(classroom, attack):
    marked = classroom.marked(attack.name)
    assert marked.earned == attack.earned
    assert marked.protected


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.said], ids=lambda a: a.name)
def test_it_is_told_what_happened(classroom, attack):
    marked = classroom.marked(attack.name)
    words = [*marked.notes, *map(str, marked.faults), *(item.message for item in marked.items)]
    assert attack.said in " ".join(" ".join(words).split())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_reached_nothing(classroom, attack):
    outputs = [
        output.get("text", "")
        for cell in json.loads(classroom.notebook(attack.name))["cells"]
        for output in cell.get("outputs", [])
        if not cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    printed = "".join("".join(text) for text in outputs)
    assert "REACHED" not in printed
    assert SECRET not in printed
    assert not attack.tried or "STOPPED" in printed


@pytest.mark.parametrize("student", HONEST)
def test_honest_students_beside_them_get_their_marks(classroom, student):
    marked = classroom.marked(student)
    assert marked.earned == AUTOMATIC
    assert (marked.status, marked.faults, marked.notes) == ("marked", (), ())


def test_the_gradebook_has_the_marks_of_the_report_and_no_other(classroom):
    with Gradebook(f"sqlite:///{classroom.course}/gradebook.db") as gradebook:
        for outcome in classroom.report.outcomes:
            sheet = gradebook.find_submission_notebook(EXERCISE, EXERCISE, outcome.student)
            assert {g.name: g.auto_score for g in sheet.grades} == dict(outcome.marked.marks)
            assert {g.manual_score for g in sheet.grades} == {None}
            assert {g.extra_credit for g in sheet.grades} == {None}


def test_nothing_was_left_running(classroom):
    time.sleep(0.5)
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert SLEEP not in listed.stdout


def test_nobody_came_out_to_this_machine(classroom):
    assert classroom.connections == []


def test_what_is_kept_of_outputs_is_small_and_cannot_run(classroom):
    for attack in ATTACKS:
        text = classroom.notebook(attack.name)
        assert len(text) < 6_000_000, attack.name
        for cell in json.loads(text)["cells"]:
            for output in cell.get("outputs", []):
                assert set(output.get("data", {})) <= {"text/plain", "image/png"}


def test_the_log_has_one_line_for_each_student(classroom):
    log = classroom.course / "autograded" / f"{EXERCISE}.log.jsonl"
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    done = [event["student"] for event in events if event["event"] == "done"]
    assert sorted(done) == sorted([*HONEST, *(attack.name for attack in ATTACKS)])
    assert events[-1]["event"] == "end"
