"""Grading works in a fresh clone, whether or not somebody has run `generate_assignment`."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from traitlets.config.loader import PyFileConfigLoader

from indopacific.exercises.release import ReleaseError, release
from indopacific.grading import gradebook as module
from indopacific.grading.gradebook import record
from tests.grading import practice
from tests.room import clone, git

EXERCISE = practice.EXERCISE
ITEM = next(iter(practice.right_answers()))


@pytest.fixture
def small(tmp_path):
    """A course of one exercise, released, and the address of its gradebook, not yet made."""
    practice.make_course(tmp_path)
    release(tmp_path)
    return tmp_path, f"sqlite:///{tmp_path / 'gradebook.db'}"


def source_of(course: Path) -> Path:
    return course / "solutions" / EXERCISE / f"{EXERCISE}.ipynb"


def edit(course: Path, old: str, new: str) -> None:
    source = source_of(course)
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")


def known_test(address: str) -> str:
    with Gradebook(address) as book:
        cells = book.find_notebook(EXERCISE, EXERCISE).source_cells
        return next(cell.source for cell in cells if cell.name == f"{ITEM}-test")


def test_an_exercise_is_recorded_with_its_hidden_tests_and_nothing_else_changes(small):
    course, address = small
    before = {p: p.read_bytes() for p in course.joinpath("exercises").rglob("*") if p.is_file()}
    record(course, EXERCISE, address)
    assert "BEGIN HIDDEN TESTS" in known_test(address)
    assert {p: p.read_bytes() for p in course.joinpath("exercises").rglob("*.*")} == before


def test_the_gradebook_follows_an_edited_source(small):
    course, address = small
    record(course, EXERCISE, address)
    edit(course, "near(18.0, within=0.3)", "near(17.0, within=0.3)")
    record(course, EXERCISE, address)
    assert "near(17.0, within=0.3)" in known_test(address)


def test_a_gradebook_that_was_removed_meanwhile_is_made_again(small):
    course, address = small
    record(course, EXERCISE, address)
    course.joinpath("gradebook.db").unlink()
    record(course, EXERCISE, address)
    assert known_test(address)


def test_what_is_recorded_is_not_recorded_again_for_every_student(small, monkeypatch):
    course, address = small
    record(course, EXERCISE, address)
    monkeypatch.setattr(module, "generate", None)  # a second call would fail
    record(course, EXERCISE, address)


def test_a_fault_in_the_source_is_said_and_leaves_the_gradebook_as_it_was(small):
    course, address = small
    record(course, EXERCISE, address)
    notebook = nbformat.read(source_of(course), as_version=4)
    del notebook.cells[-1]
    nbformat.write(notebook, source_of(course))
    with pytest.raises(ReleaseError, match=EXERCISE):
        record(course, EXERCISE, address)
    assert known_test(address)


def test_an_exercise_without_a_source_is_named(small):
    course, address = small
    with pytest.raises(ReleaseError, match="solutions/99-none/99-none.ipynb"):
        record(course, "99-none", address)


def test_generate_assignment_replaces_a_release_unless_somebody_has_written_in_it(small):
    course, _ = small

    def replaces():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
        return config.GenerateAssignment.force

    assert replaces()
    released = course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    nbformat.write(practice.answered(released, practice.right_answers()), released)
    assert not replaces()


@pytest.mark.slow
def test_a_fresh_clone_grades_although_nobody_generated(course, tmp_path):
    room = clone(course, tmp_path / "course")
    exercise = next(room.joinpath("exercises").iterdir()).name
    handed_in = room / "submitted" / "ana" / exercise
    shutil.copytree(room / "exercises" / exercise, handed_in)
    # An address of one's own, as on the command line: the gradebook asked for is the one filled.
    address = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", exercise, f"--db={address}"],
        cwd=room,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(room)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    with Gradebook(address) as book:
        assert book.find_submission(exercise, "ana").max_score > 0
    assert git(room, "status", "--porcelain") == ""
