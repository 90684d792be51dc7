"""Where predictions are kept: whole or not at all, and a fault never stops a lesson."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indopacific.predictions import store
from indopacific.predictions.store import Answered, Kept, NotWritten, Store, Unreadable, home
from tests.conftest import COURSE
from tests.predictions.declared.examples import CHOICE, LINE, ORDER, SHARE


@pytest.fixture
def kept(tmp_path):
    yield Store(tmp_path / "my-work" / "predictions")
    store._REMEMBERED.clear()


def test_nothing_is_there_before_something_is_kept(kept):
    assert kept.read(SHARE) is None
    assert not kept.folder.exists()


@pytest.mark.parametrize(
    ("question", "guess"),
    [
        (CHOICE, "red"),
        (ORDER, ("d", "c", "b", "a")),
        (SHARE, 0.6),
        (LINE, {2014: 1.0, 2015: 2.0, 2016: 3.0, 2017: 60.0}),
    ],
)
def test_a_prediction_survives_and_can_be_changed(kept, question, guess):
    kept.keep(question, guess)
    assert Store(kept.folder).read(question) == Kept(guess)
    kept.keep(question, guess)
    assert [path.name for path in kept.folder.iterdir()] == [f"{question.id}.json"]


def test_once_answered_it_stays_as_it_was(kept):
    kept.keep(SHARE, 0.6)
    kept.seal(SHARE)
    with pytest.raises(Answered, match="seen the answer"):
        kept.keep(SHARE, 0.38)
    assert kept.read(SHARE) == Kept(0.6, answered=True)
    kept.forget(SHARE)
    assert kept.read(SHARE) is None
    kept.keep(SHARE, 0.38)


def test_without_a_prediction_there_is_nothing_to_seal_or_to_forget(kept):
    kept.seal(SHARE)
    kept.forget(SHARE)
    assert not kept.folder.exists()


TORN = {
    "empty": b"",
    "torn": b'{"version": 1, "asks": "The sha',
    "no text": b"\xff\xfe\x00",
    "no object": b"[1, 2]",
    "no guess": b'{"version": 1, "answered": false}',
    "deep": b"[" * 100_000,
    "other form": b'{"version": 2, "guess": 0.6, "answered": false}',
    "out of range": b'{"version": 1, "guess": 6, "answered": false}',
    "not a number": b'{"version": 1, "guess": NaN, "answered": false}',
    "other kind": b'{"version": 1, "guess": ["a"], "answered": false}',
}


@pytest.mark.parametrize("content", TORN.values(), ids=TORN)
def test_a_file_that_cannot_be_used_says_why_and_is_put_aside_not_lost(kept, content):
    kept.folder.mkdir(parents=True)
    kept.path(SHARE).write_bytes(content)
    with pytest.raises(Unreadable) as said:
        kept.read(SHARE)
    assert "my-work/predictions/examples-share.json" in str(said.value)
    assert "You can predict again" in str(said.value)
    kept.seal(SHARE)
    assert kept.path(SHARE).read_bytes() == content
    kept.keep(SHARE, 0.4)
    assert kept.read(SHARE) == Kept(0.4)
    assert kept.folder.joinpath("examples-share.unreadable").read_bytes() == content


def test_another_form_is_named(kept):
    kept.folder.mkdir(parents=True)
    kept.path(SHARE).write_bytes(TORN["other form"])
    with pytest.raises(Unreadable, match="is in form 2, and this course reads form 1"):
        kept.read(SHARE)


def test_one_torn_file_costs_one_prediction(kept):
    kept.keep(CHOICE, "red")
    kept.keep(SHARE, 0.6)
    kept.path(SHARE).write_bytes(b"{")
    assert kept.read(CHOICE) == Kept("red")


def refuse(*_args, **_kwargs):
    raise PermissionError(13, "Permission denied")


def test_where_nothing_can_be_written_it_is_remembered_and_said(kept, monkeypatch):
    # Tests may run as root, for whom no folder is read-only: the refusal itself is simulated.
    monkeypatch.setattr(store.tempfile, "mkstemp", refuse)
    with pytest.raises(
        NotWritten, match="cannot be written .Permission denied.. Your prediction is"
    ):
        kept.keep(SHARE, 0.6)
    assert kept.read(SHARE) == Kept(0.6)
    kept.seal(SHARE)
    assert kept.read(SHARE) == Kept(0.6, answered=True)


def test_a_file_in_the_place_of_the_folder_is_no_folder(tmp_path):
    tmp_path.joinpath("my-work").write_text("something else")
    kept = Store(tmp_path / "my-work" / "predictions")
    assert kept.read(SHARE) is None
    with pytest.raises(
        NotWritten, match="my-work/predictions/examples-share.json cannot be written"
    ):
        kept.keep(SHARE, 0.6)
    assert tmp_path.joinpath("my-work").read_text() == "something else"
    store._REMEMBERED.clear()


def test_a_write_that_fails_half_way_leaves_the_earlier_prediction(kept, monkeypatch):
    kept.keep(SHARE, 0.6)
    monkeypatch.setattr(store.os, "fsync", refuse)
    with pytest.raises(NotWritten):
        kept.keep(SHARE, 0.2)
    store._REMEMBERED.clear()
    assert kept.read(SHARE) == Kept(0.6)
    assert [path.name for path in kept.folder.iterdir()] == ["examples-share.json"]


def write_many(folder, shares, question, guess):
    for share in shares * 4:
        Store(Path(folder)).keep(SHARE, share)
        Store(Path(folder)).keep(question, guess)


def window(kept, *job):
    code = (
        "import sys, json\n"
        "from tests.predictions import test_store as here\n"
        "folder, shares, question, guess = json.loads(sys.argv[1])\n"
        "here.write_many(folder, shares, getattr(here, question), guess)\n"
    )
    task = json.dumps([str(kept.folder), *job])
    return subprocess.Popen([sys.executable, "-c", code, task], cwd=COURSE)


def test_windows_that_write_at_once_lose_nothing_and_tear_nothing(kept):
    windows = [
        window(kept, [0.1, 0.2], "CHOICE", "blue"),
        window(kept, [0.7, 0.8], "ORDER", list("dcba")),
    ]
    while any(each.poll() is None for each in windows):
        found = kept.read(SHARE)
        assert found is None or found.guess in (0.1, 0.2, 0.7, 0.8)
        time.sleep(0.002)
    assert [each.returncode for each in windows] == [0, 0]
    assert kept.read(CHOICE) == Kept("blue")
    assert kept.read(ORDER) == Kept(tuple("dcba"))
    assert sorted(path.suffix for path in kept.folder.iterdir()) == [".json"] * 3


def test_the_file_is_small_and_says_what_was_asked(kept):
    kept.keep(SHARE, 0.6)
    assert json.loads(kept.path(SHARE).read_text(encoding="utf-8")) == {
        "version": 1, "asks": "The share of green", "guess": 0.6, "answered": False,
    }  # fmt: skip


def test_it_lies_beside_the_readers_own_work(tmp_path, monkeypatch):
    # The learner's room has the same folders as the course.
    for name in ("lessons", "exercises", "my-work/lessons", "my-work/exercises"):
        tmp_path.joinpath(name).mkdir(parents=True)
    tmp_path.joinpath("nbgrader_config.py").touch()
    for here in ("", "lessons", "my-work", "my-work/lessons"):
        monkeypatch.chdir(tmp_path / here)
        assert home().folder == tmp_path / "my-work" / "predictions"


def test_without_a_course_around_it_lies_beside_the_notebook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert home().folder == Path(os.getcwd()) / "my-work" / "predictions"
