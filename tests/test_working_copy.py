"""A learner's copy of an exercise is made once and never overwritten."""

import os
from pathlib import Path

import pytest

from indopacific import working_copy as module
from indopacific.working_copy import UnknownExercise, released_exercises, working_copy


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A course folder with one released exercise."""
    notebook = tmp_path / "exercises" / "01-alignment" / "01-alignment.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("release 1")
    return tmp_path


def test_the_first_call_copies_the_release(released):
    own = working_copy("01-alignment", released)
    assert own == released / "my-work" / "01-alignment" / "01-alignment.ipynb"
    assert own.read_text() == "release 1"


def test_answers_survive_a_new_release(released):
    own = working_copy("01-alignment", released)
    own.write_text("my answers")
    released.joinpath("exercises", "01-alignment", "01-alignment.ipynb").write_text("release 2")
    assert working_copy("01-alignment", released).read_text() == "my answers"


def test_even_an_empty_file_is_the_learner_s(released):
    own = working_copy("01-alignment", released)
    own.write_text("")
    assert working_copy("01-alignment", released).read_text() == ""


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_a_file_that_appears_meanwhile_is_left(released, monkeypatch, links):
    target = released / "target.ipynb"
    target.write_text("somebody was faster")
    if not links:

        def refuse(*_):
            raise OSError("not supported here")

        monkeypatch.setattr(os, "link", refuse)
    module.copy_if_missing(released / "exercises/01-alignment/01-alignment.ipynb", target)
    assert target.read_text() == "somebody was faster"
    assert [path.name for path in released.glob(".*")] == []


def test_a_copy_is_made_where_there_are_no_hard_links(released, monkeypatch):
    def refuse(*_):
        raise OSError("not supported here")

    monkeypatch.setattr(os, "link", refuse)
    assert working_copy("01-alignment", released).read_text() == "release 1"


def test_a_copy_that_fails_leaves_nothing_half_written(released, monkeypatch):
    def fail(source, part):
        Path(part).write_text("rel")
        raise OSError("disk full")

    monkeypatch.setattr(module.shutil, "copyfile", fail)
    with pytest.raises(OSError, match="disk full"):
        working_copy("01-alignment", released)
    assert list(released.joinpath("my-work", "01-alignment").iterdir()) == []


@pytest.mark.parametrize("name", ["01-alignement", "1-alignment"])
def test_an_unknown_name_is_answered_with_the_nearest(released, name):
    with pytest.raises(UnknownExercise, match="Did you mean '01-alignment'"):
        working_copy(name, released)


@pytest.mark.parametrize("name", ["../exercises/01-alignment", "", ".", "/etc"])
def test_a_path_is_no_name(released, name):
    with pytest.raises(UnknownExercise):
        working_copy(name, released)


def test_only_folders_that_hold_their_own_notebook_count(released):
    released.joinpath("exercises", "notes").mkdir()
    released.joinpath("exercises", "notes", "other.ipynb").touch()
    assert released_exercises(released) == ["01-alignment"]


def test_a_course_without_releases_has_none(tmp_path):
    assert released_exercises(tmp_path) == []
