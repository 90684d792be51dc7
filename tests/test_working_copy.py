"""A learner's room follows the course, and never loses what the learner wrote."""

import copy
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific import exercise
from indopacific import working_copy as module
from indopacific.curriculum import course_folder
from indopacific.working_copy import (
    RECORD,
    UnknownExercise,
    fingerprint,
    furnish,
    put,
    released_exercises,
    without_dead_links,
    working_copy,
)
from tests.room import clone, git

EXERCISE = "exercises/01-alignment/01-alignment.ipynb"
LESSON = "lessons/01-alignment.ipynb"
NEWER = "lessons/01-alignment-newer.ipynb"


def notebook(*sources: str) -> str:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A course folder with one of everything."""
    write(tmp_path / LESSON, notebook("lesson 1"))
    write(tmp_path / EXERCISE, notebook("task", "answer = ..."))
    write(tmp_path / "data/trade/trade.csv", "year,value\n2024,1\n")
    write(tmp_path / "README.md", "# Course\n\n[One](lessons/01-alignment.ipynb)\n")
    write(tmp_path / "solutions/01-alignment/01-alignment.ipynb", notebook("answer = 1"))
    write(tmp_path / "course.py", "")
    return tmp_path


def names(room: Path) -> set[str]:
    return {
        p.relative_to(room).as_posix()
        for p in room.rglob("*")
        if p.is_file() and not p.name.startswith(".")
    }


# ---------------------------------------------------------------- the room


def test_the_room_holds_what_a_learner_needs_and_nothing_else(small):
    write(small / "lessons/.ipynb_checkpoints/x.ipynb", notebook("not for anybody"))
    furnish(small)
    assert names(small / "my-work") == {LESSON, EXERCISE, "data/trade/trade.csv", "README.md"}


def test_the_first_copy_is_the_course_s_file_byte_for_byte(small):
    furnish(small)
    assert (small / "my-work" / LESSON).read_bytes() == (small / LESSON).read_bytes()


def test_the_room_is_not_taken_for_the_course(small, monkeypatch):
    write(small / "nbgrader_config.py", "")
    furnish(small)
    monkeypatch.chdir(small / "my-work/lessons")
    assert course_folder() == small
    assert "(../exercises/01-alignment/01-alignment.ipynb)" in exercise("01-alignment").data


def test_a_second_start_changes_nothing(small):
    furnish(small)
    before = {p: p.read_bytes() for p in small.rglob("*") if p.is_file()}
    done = furnish(small)
    assert (done.updated, done.newer, done.moved) == ([], {}, [])
    assert {p: p.read_bytes() for p in small.rglob("*") if p.is_file()} == before


def test_what_nobody_touched_follows_the_course(small):
    furnish(small)
    write(small / LESSON, notebook("lesson 2"))
    write(small / "data/trade/trade.csv", "year,value\n2024,2\n")
    assert furnish(small).updated == ["data/trade/trade.csv", LESSON]
    assert "lesson 2" in (small / "my-work" / LESSON).read_text(encoding="utf-8")


def test_running_a_lesson_is_not_touching_it(small):
    furnish(small)
    own = small / "my-work" / LESSON
    run = nbformat.read(own, as_version=4)
    run.cells[0].outputs = [nbformat.v4.new_output("stream", text="1")]
    run.cells[0].execution_count = 1
    run.metadata["language_info"] = {"name": "python", "version": "3.13"}
    nbformat.write(run, own)
    furnish(small)
    assert "language_info" in own.read_text(encoding="utf-8")  # left, while the course is the same
    write(small / LESSON, notebook("lesson 2"))
    assert furnish(small).updated == [LESSON]


def test_what_the_learner_wrote_stays_and_the_new_version_stands_beside_it(small):
    furnish(small)
    own = small / "my-work" / LESSON
    write(own, notebook("lesson 1", "my note"))
    mine = own.read_bytes()
    assert furnish(small).newer == {}  # only the learner has changed it
    write(small / LESSON, notebook("lesson 2"))
    done = furnish(small)
    assert (done.newer, done.updated) == ({LESSON: NEWER}, [])
    assert own.read_bytes() == mine
    assert (small / "my-work" / NEWER).read_bytes() == (small / LESSON).read_bytes()


def test_the_version_beside_it_follows_the_course_until_it_is_written_in_too(small):
    furnish(small)
    write(small / "my-work" / LESSON, notebook("mine"))
    write(small / LESSON, notebook("lesson 2"))
    furnish(small)
    write(small / LESSON, notebook("lesson 3"))
    assert furnish(small).newer == {LESSON: NEWER}
    newer = small / "my-work" / NEWER
    assert "lesson 3" in newer.read_text(encoding="utf-8")
    write(newer, notebook("mine, too"))
    write(small / LESSON, notebook("lesson 4"))
    assert furnish(small).newer == {}
    assert "mine, too" in newer.read_text(encoding="utf-8")


def test_who_removes_the_version_beside_it_gets_it_back_only_when_there_is_another(small):
    furnish(small)
    write(small / "my-work" / LESSON, notebook("mine"))
    write(small / LESSON, notebook("lesson 2"))
    furnish(small)
    newer = small / "my-work" / NEWER
    newer.unlink()
    assert furnish(small).newer == {}
    assert not newer.exists()
    write(small / LESSON, notebook("lesson 3"))
    assert furnish(small).newer == {LESSON: NEWER}


def test_a_renamed_copy_makes_room_for_a_fresh_one(small):
    furnish(small)
    own = small / "my-work" / LESSON
    write(own, notebook("mine"))
    write(small / LESSON, notebook("lesson 2"))
    furnish(small)
    own.rename(own.with_name("my 01.ipynb"))
    assert furnish(small).newer == {}
    assert "lesson 2" in own.read_text(encoding="utf-8")
    assert "mine" in own.with_name("my 01.ipynb").read_text(encoding="utf-8")
    assert not (small / "my-work" / NEWER).exists()  # it would be the same file twice


@pytest.mark.parametrize("record", [None, "{", "[]", '{"../lessons/01-alignment.ipynb": "x"}'])
def test_without_a_record_everything_counts_as_the_learner_s(small, record):
    furnish(small)
    there = small / "my-work" / RECORD
    there.unlink()
    if record is not None:
        there.write_text(record)
    write(small / LESSON, notebook("lesson 2"))
    assert furnish(small).newer == {LESSON: NEWER}
    assert "lesson 1" in (small / "my-work" / LESSON).read_text(encoding="utf-8")


def test_what_the_course_gave_up_goes_unless_it_was_written_in(small):
    write(small / "data/old.csv", "a\n1\n")
    furnish(small)
    write(small / "my-work" / LESSON, notebook("mine"))
    (small / "data/old.csv").unlink()
    (small / LESSON).unlink()
    furnish(small)
    assert not (small / "my-work/data/old.csv").exists()
    assert "mine" in (small / "my-work" / LESSON).read_text(encoding="utf-8")


def test_a_table_that_the_learner_changed_stays_without_a_word(small):
    furnish(small)
    own = small / "my-work/data/trade/trade.csv"
    own.write_text("mine")
    write(small / "data/trade/trade.csv", "year,value\n2024,2\n")
    done = furnish(small)
    assert (done.updated, done.newer) == ([], {})
    assert own.read_text() == "mine"


@pytest.mark.parametrize("damage", [b"", b"not a notebook", b'{"cells": 3}', b"\xff\xfe"])
def test_a_damaged_copy_is_left_as_it_is(small, damage):
    furnish(small)
    own = small / "my-work" / LESSON
    own.write_bytes(damage)
    write(small / LESSON, notebook("lesson 2"))
    assert furnish(small).newer == {LESSON: NEWER}
    assert own.read_bytes() == damage


def test_an_exercise_of_an_earlier_course_moves_with_everything_beside_it(small):
    write(small / "my-work/01-alignment/01-alignment.ipynb", notebook("task", "answer = 42"))
    write(small / "my-work/01-alignment/notes.txt", "mine")
    assert furnish(small).moved == ["01-alignment"]
    assert "answer = 42" in (small / "my-work" / EXERCISE).read_text(encoding="utf-8")
    assert (small / "my-work" / EXERCISE).with_name("notes.txt").read_text() == "mine"


def test_what_was_fetched_in_a_class_stays_where_nbgrader_put_it(small):
    furnish(small)
    fetched = small / "my-work/01-alignment/01-alignment.ipynb"
    write(fetched, notebook("task", "answer = 42"))
    assert furnish(small).moved == []
    assert fetched.is_file()


edits = st.lists(
    st.sampled_from(["course", "learner", "learner, newer", "start", "rename", "drop newer"]),
    max_size=12,
)


@given(edits)
def test_whatever_happens_nothing_that_the_learner_wrote_is_lost(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("law")
    write(folder / LESSON, notebook("course 0"))
    own, newer = folder / "my-work" / LESSON, folder / "my-work" / NEWER
    furnish(folder)
    written: set[str] = set()
    for number, step in enumerate(steps):
        if step == "course":
            write(folder / LESSON, notebook(f"course {number}"))
        elif step.startswith("learner"):
            file = newer if step.endswith("newer") else own
            if file.exists():
                found = nbformat.read(file, as_version=4)
                found.cells.append(nbformat.v4.new_code_cell(f"<learner {number}>"))
                nbformat.write(found, file)
                written.add(f"<learner {number}>")
        elif step == "rename" and own.exists():
            own.rename(own.with_name(f"mine-{number}.ipynb"))
        elif step == "drop newer" and newer.exists() and "<learner" not in newer.read_text():
            newer.unlink()
        elif step == "start":
            furnish(folder)
    furnish(folder)
    kept = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("my-work/**/*.ipynb"))
    assert {text for text in written if text not in kept} == set()
    shutil.rmtree(folder)


def test_links_that_leave_the_room_become_words():
    text = (
        "![Picture](.github/a.png) [lesson](lessons/01.ipynb#part), [data](data/), "
        "[licence](LICENSE), [solution](solutions/01/01.ipynb), "
        "[web](https://example.org), [up](#top)"
    )
    assert without_dead_links(text, ["lessons/01.ipynb", "data/trade/a.csv"]) == (
        " [lesson](lessons/01.ipynb#part), [data](data/), "
        "licence, solution, [web](https://example.org), [up](#top)"
    )


def test_a_fingerprint_knows_writing_from_running():
    first = json.loads(notebook("a", "b"))
    ran, edited, listed = (copy.deepcopy(first) for _ in range(3))
    ran["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    edited["cells"][1]["source"] = "c"
    listed["cells"][0]["source"] = ["a"]
    prints = [fingerprint(json.dumps(x).encode()) for x in (first, ran, listed, edited)]
    assert prints[0] == prints[1] == prints[2] != prints[3]


def test_line_ends_of_windows_are_no_change():
    assert fingerprint(b"a\r\nb\r\n") == fingerprint(b"a\nb\n") != fingerprint(b"a\nb")


# ---------------------------------------------------------------- a real update


@pytest.mark.slow
def test_a_pull_comes_through_after_every_lesson_was_run_and_saved(course, tmp_path):
    room = clone(course, tmp_path / "course")
    furnish(room)
    lessons = sorted(room.joinpath("my-work/lessons").glob("*.ipynb"))
    assert len(lessons) >= 2
    for path in lessons:
        found = nbformat.read(path, as_version=4)
        for cell in found.cells:
            if cell.cell_type == "code":
                cell.outputs = [nbformat.v4.new_output("stream", text="ran")]
        nbformat.write(found, path)
    touched, followed = lessons[0], lessons[1]
    found = nbformat.read(touched, as_version=4)
    found.cells[0].source += "\n\nMy note."
    nbformat.write(found, touched)
    assert git(room, "status", "--porcelain") == ""

    origin = tmp_path / "course-origin"
    for path in lessons:
        source = origin / "lessons" / path.name
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace('"# ', '"# Anew: ', 1), encoding="utf-8")
    git(origin, "commit", "--quiet", "--all", "--message=Say it anew")
    git(room, "pull", "--quiet")
    done = furnish(room)

    assert f"lessons/{followed.name}" in done.updated
    assert "# Anew: " in followed.read_text(encoding="utf-8")
    assert "My note." in touched.read_text(encoding="utf-8")
    beside = room / "my-work" / done.newer[f"lessons/{touched.name}"]
    assert beside.read_bytes() == (origin / "lessons" / touched.name).read_bytes()
    assert git(room, "status", "--porcelain") == ""


# ---------------------------------------------------------------- one exercise, one file


def test_an_exercise_is_copied_when_it_is_asked_for(small):
    own = working_copy("01-alignment", small)
    assert own == small / "my-work" / EXERCISE
    assert own.read_bytes() == (small / EXERCISE).read_bytes()


def test_answers_survive_a_new_release(small):
    own = working_copy("01-alignment", small)
    write(own, notebook("task", "answer = 42"))
    write(small / EXERCISE, notebook("another task"))
    furnish(small)
    assert "answer = 42" in working_copy("01-alignment", small).read_text(encoding="utf-8")


def test_even_an_empty_file_is_the_learner_s(small):
    own = working_copy("01-alignment", small)
    own.write_text("")
    assert working_copy("01-alignment", small).read_text() == ""


def without_hard_links(monkeypatch):
    def refuse(*_):
        raise OSError("not supported here")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_a_file_that_appears_meanwhile_is_left(tmp_path, monkeypatch, links):
    target = tmp_path / "target.ipynb"
    target.write_text("somebody was faster")
    if not links:
        without_hard_links(monkeypatch)
    put(b"late", target)
    assert target.read_text() == "somebody was faster"
    assert [path.name for path in tmp_path.iterdir()] == ["target.ipynb"]


@pytest.mark.parametrize("before", [0o600, 0o644, 0o755])
def test_a_replaced_file_keeps_its_permissions_and_a_new_one_is_for_everyone(tmp_path, before):
    replaced, new = tmp_path / "replaced", tmp_path / "new"
    replaced.write_bytes(b"old")
    replaced.chmod(before)
    for target in (replaced, new):
        put(b"words", target, replace=True)
    assert (replaced.read_bytes(), replaced.stat().st_mode & 0o777) == (b"words", before)
    assert new.stat().st_mode & 0o777 == 0o644


def test_a_copy_is_made_where_there_are_no_hard_links(tmp_path, monkeypatch):
    without_hard_links(monkeypatch)
    put(b"first", tmp_path / "target.ipynb")
    assert (tmp_path / "target.ipynb").read_bytes() == b"first"


@pytest.mark.parametrize("replace", [True, False])
def test_a_copy_that_fails_leaves_nothing_half_written(tmp_path, monkeypatch, replace):
    def fail(*_):
        raise OSError("disk full")

    target = tmp_path / "target.ipynb"
    target.write_text("mine")
    monkeypatch.setattr(module.Path, "chmod", fail)
    with pytest.raises(OSError, match="disk full"):
        put(b"half", target, replace=replace)
    assert target.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["target.ipynb"]


@pytest.mark.parametrize("name", ["01-alignement", "1-alignment"])
def test_an_unknown_name_is_answered_with_the_nearest(small, name):
    with pytest.raises(UnknownExercise, match="Did you mean '01-alignment'"):
        working_copy(name, small)


@pytest.mark.parametrize("name", ["../exercises/01-alignment", "", ".", "/etc"])
def test_a_path_is_no_name(small, name):
    with pytest.raises(UnknownExercise):
        working_copy(name, small)


def test_only_folders_that_hold_their_own_notebook_count(small):
    write(small / "exercises/notes/other.ipynb", "")
    assert released_exercises(small) == ["01-alignment"]


def test_a_course_without_releases_has_none(tmp_path):
    assert released_exercises(tmp_path) == []


def test_a_picture_stays_only_where_its_files_are():
    text = (
        '<picture>\n<source srcset="a.png">\n<img src="a.gif" alt="A slider">\n</picture>\n\n'
        "## Start\n"
    )
    assert without_dead_links(text, ["a.png", "a.gif"]) == text
    assert without_dead_links(text, ["a.png"]) == "## Start\n"
