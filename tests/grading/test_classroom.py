"""A class is graded whole, once, and from where a run was stopped."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from indopacific.exercises.release import release
from indopacific.grading import sandbox
from indopacific.grading.classroom import CannotGrade, grade_class
from indopacific.grading.contract import Limits, NotProtected, Submission
from indopacific.grading.knowing import exercise_of
from indopacific.grading.marking import mark
from tests.grading.practice import (
    AUTOMATIC,
    EXERCISE,
    REPOSITORY,
    answered,
    item_id,
    make_course,
    right_answers,
)

NAME = f"{EXERCISE}.ipynb"
needs_sandbox = pytest.mark.skipif(bool(sandbox.why_not()), reason="there is no sandbox here")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    course = make_course(tmp_path_factory.mktemp("course"))
    release(course)
    return course


@pytest.fixture
def course(released, tmp_path):
    return shutil.copytree(released, tmp_path / "course")


def hand_in(course, student, answers):
    folder = course / "submitted" / student / EXERCISE
    folder.mkdir(parents=True, exist_ok=True)
    notebook = answered(course / "exercises" / EXERCISE / NAME, answers)
    nbformat.write(notebook, folder / NAME)
    (folder / "timestamp.txt").write_text("2026-01-31 12:00:00.000000 UTC", encoding="utf-8")


def marks(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions(EXERCISE)}


@needs_sandbox
@pytest.mark.slow
def test_a_run_that_is_killed_loses_nothing_and_goes_on(course):
    students = [f"s{n:02d}" for n in range(24)]
    for number, student in enumerate(students):
        wrong = {item_id(1): "share = 3.1"} if number % 3 == 0 else {}
        hand_in(course, student, right_answers() | wrong)
    script = (
        "import sys; from pathlib import Path; from indopacific.grading.classroom import "
        f"grade_class; grade_class({EXERCISE!r}, course=Path(sys.argv[1]))"
    )
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    chance = random.Random(1)
    graded = course / "autograded"
    for enough in (1, 7):
        run = subprocess.Popen(
            [sys.executable, "-c", script, str(course)], env=environment, cwd=course
        )
        while run.poll() is None and len(list(graded.glob(f"*/{EXERCISE}"))) < enough:
            time.sleep(0.01)
        time.sleep(chance.random() / 10)
        run.send_signal(signal.SIGKILL)
        run.wait()
        for folder in graded.glob(f"*/{EXERCISE}"):
            json.loads((folder / f"{EXERCISE}.marks.json").read_text("utf-8"))
            nbformat.read(folder / NAME, as_version=4)
    report = grade_class(EXERCISE, course=course)
    assert sum(outcome.unchanged for outcome in report.outcomes) >= 7
    assert marks(course) == {
        s: AUTOMATIC - (2 if n % 3 == 0 else 0) for n, s in enumerate(students)
    }
    assert not list(graded.glob(".new-*"))
    again = grade_class(EXERCISE, course=course)
    assert all(outcome.unchanged for outcome in again.outcomes)


@needs_sandbox
def test_only_what_changed_is_marked_again(course):
    for student in ("ana", "ben", "cem"):
        hand_in(course, student, right_answers())
    (course / "submitted" / "cem" / EXERCISE / NAME).write_text("{", encoding="utf-8")
    first = {o.student: o for o in grade_class(EXERCISE, course=course).outcomes}
    assert [o.marked.status for o in first.values()] == ["marked", "marked", "refused"]
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        sheet = gradebook.find_submission_notebook(EXERCISE, EXERCISE, "ben")
        sheet.grades[0].auto_score = 99
        gradebook.db.commit()
    hand_in(course, "ana", right_answers() | {item_id(2): "treaty = 'a'"})
    second = {o.student: o for o in grade_class(EXERCISE, course=course).outcomes}
    assert second["ana"].changes == ((f"{item_id(2)}-test", 1.0, 0.0),)
    assert not second["ben"].unchanged, "its gradebook had been tampered with"
    assert marks(course) == {"ana": AUTOMATIC - 1, "ben": AUTOMATIC}


def test_a_file_name_that_is_no_text_stops_nobody(course):
    for student in ("ana", "ben"):
        hand_in(course, student, right_answers())
    strange = os.fsencode(course / "submitted" / "ana" / EXERCISE) + b"/\xff\xfe.csv"
    with open(strange, "w", encoding="utf-8") as file:
        file.write("x")
    report = grade_class(EXERCISE, course=course, trust=True)
    assert [o.marked.earned for o in report.outcomes] == [AUTOMATIC, AUTOMATIC]
    assert "choose another name" in " ".join(report.outcomes[0].marked.notes)


def test_without_a_sandbox_nothing_is_run(course, monkeypatch):
    hand_in(course, "ana", right_answers())
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    with pytest.raises(NotProtected, match="apt install bubblewrap") as refusal:
        grade_class(EXERCISE, course=course)
    assert "--trust-submissions" in str(refusal.value)
    assert not (course / "autograded").exists()
    assert not (course / "gradebook.db").exists()


def test_a_gradebook_is_there_whole_or_not_at_all(course, monkeypatch):
    hand_in(course, "ana", right_answers())

    def stopped():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("nbgrader.api.get_alembic_version", stopped)
        with pytest.raises(KeyboardInterrupt):
            grade_class(EXERCISE, course=course, trust=True)
    assert not (course / "gradebook.db").exists()
    grade_class(EXERCISE, course=course, trust=True)
    with sqlite3.connect(course / "gradebook.db") as book:
        assert book.execute("select count(*) from alembic_version").fetchone() == (1,)


def test_trust_is_recorded(course):
    hand_in(course, "ana", right_answers())
    report = grade_class(EXERCISE, course=course, trust=True)
    result = course / "autograded" / "ana" / EXERCISE / f"{EXERCISE}.marks.json"
    assert json.loads(result.read_text("utf-8"))["protected"] is False
    assert "trusted" in " ".join(report.notes)
    assert report.outcomes[0].marked.earned == AUTOMATIC


def test_regrading_can_be_looked_at_first(course):
    hand_in(course, "ana", right_answers())
    grade_class(EXERCISE, course=course, trust=True)
    source = course / "solutions" / EXERCISE / NAME
    text = source.read_text("utf-8")
    source.write_text(text.replace("near(18.0", "near(28.0"), "utf-8")
    report = grade_class(EXERCISE, course=course, trust=True, anew=True, keep=True)
    assert report.outcomes[0].changes == ((f"{item_id(1)}-test", 2.0, 0.0),)
    assert "do not earn full marks" in " ".join(report.notes)
    assert marks(course) == {"ana": AUTOMATIC}


def test_where_nothing_was_handed_in_it_is_said(course):
    with pytest.raises(CannotGrade, match="Nothing was handed in"):
        grade_class(EXERCISE, course=course, trust=True)
    with pytest.raises(CannotGrade, match=f"There is: {EXERCISE}"):
        grade_class("99-nothing", course=course, trust=True)


class TestRandomEdits:
    """Whatever is done to one submission, it is marked, and nobody else's marks change."""

    @pytest.fixture(scope="class")
    def known(self, released):
        return exercise_of(released, EXERCISE)

    @pytest.fixture(scope="class")
    def whole(self, released):
        right = answered(released / "exercises" / EXERCISE / NAME, right_answers())
        return nbformat.writes(right).encode()

    @settings(max_examples=25)
    @given(seed=st.integers(0, 2**32))
    @pytest.mark.slow
    def test_the_class_goes_on(self, seed, known, whole, start):
        edited = _edited(whole, random.Random(seed))
        done = mark(Submission("eve", edited), known, Limits(cell_seconds=20), start=start)
        assert done.status in ("marked", "stopped", "refused")
        assert 0 <= done.earned <= AUTOMATIC
        honest = mark(Submission("ana", whole), known, start=start)
        assert honest.earned == AUTOMATIC


def _edited(content, chance):
    """Change a notebook here and there, as an editor, a merge or a disk would."""
    for _ in range(chance.randint(1, 4)):
        if chance.random() < 0.3:
            place = chance.randrange(len(content))
            content = (
                content[:place] + chance.randbytes(chance.randint(0, 3)) + content[place + 1 :]
            )
            continue
        try:
            notebook = json.loads(content)
            cells = notebook["cells"]
            place, other = chance.randrange(len(cells)), chance.randrange(len(cells))
            change = chance.randrange(6)
            if change == 0:
                del cells[place]
            elif change == 1:
                cells.insert(other, cells[place])
            elif change == 2:
                cells[place], cells[other] = cells[other], cells[place]
            elif change == 3:
                cells[place]["source"] = cells[other].get("source", "")
            elif change == 4:
                cells[place]["metadata"] = chance.choice(
                    [{}, None, [], {"nbgrader": {"grade_id": 3}}]
                )
            else:
                cells[place]["cell_type"] = chance.choice(["code", "raw", "markdown", 7, None])
            content = json.dumps(notebook).encode()
        except (ValueError, LookupError, TypeError, AttributeError):
            return content
    return content
