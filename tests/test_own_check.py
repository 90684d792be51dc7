"""`selfcheck` in a notebook: the report of `check`, for the file on disk, which stays as it is."""

import json
import os
import subprocess
import sys
import time

import nbformat
import pytest

from indopacific import own_check, selfcheck
from indopacific.own_check import this_notebook, when_saved
from indopacific.working_copy import working_copy
from tests.room import clone


@pytest.fixture(autouse=True)
def no_jupyter(monkeypatch):
    for name in ("JPY_SESSION_NAME", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)


def test_a_file_saved_just_now_is_taken_as_it_is():
    assert when_saved(1000, now=1020).startswith("saved 20 seconds ago, at ")
    assert "save first" not in when_saved(1000, now=1060)


@pytest.mark.parametrize(
    ("age", "words"),
    [(61, "1 minute ago"), (600, "10 minutes ago"), (8000, "2 hours ago"), (90_000, "1 day ago")],
)
def test_an_older_file_may_lack_what_was_typed_since(age, words):
    said = when_saved(1000, now=1000 + age)
    assert said.startswith(f"saved {words}")
    assert "save first (Ctrl+S" in said


def test_the_notebook_is_the_one_that_jupyter_names(tmp_path, monkeypatch):
    other, usual = tmp_path / "my copy.ipynb", tmp_path / "01-alignment.ipynb"
    monkeypatch.chdir(tmp_path)
    assert this_notebook("01-alignment") is None
    usual.touch()
    assert this_notebook("01-alignment") == usual
    other.touch()
    monkeypatch.setenv("JPY_SESSION_NAME", str(other))
    assert this_notebook("01-alignment") == other


@pytest.mark.parametrize("variable", ["NBGRADER_EXECUTION", "INDOPACIFIC_CHECKING"])
def test_while_a_notebook_is_graded_nothing_is_started(monkeypatch, variable):
    monkeypatch.setenv(variable, "autograde")
    monkeypatch.setattr(own_check.subprocess, "run", None)
    assert "left out while the notebook is graded" in repr(selfcheck("01-alignment"))


def test_a_check_that_cannot_be_made_says_why(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = selfcheck("01-alignement")
    assert "There is no exercise '01-alignement'" in repr(shown)
    assert shown._repr_html_().startswith('<p role="status">')
    assert "Did you mean &#x27;01-alignment&#x27;?" in shown._repr_html_()


def test_it_is_one_name_of_the_package_and_loads_no_grading():
    code = (
        "import sys; from indopacific import selfcheck\n"
        "from indopacific import selfcheck as again\n"
        "assert callable(again), again\n"
        "print(sorted(m for m in sys.modules if m.startswith('indopacific.grading')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.slow
def test_the_last_cell_of_an_exercise_shows_the_report_of_check(course, tmp_path):
    room = clone(course, tmp_path / "course")
    own = working_copy("01-alignment", room)
    notebook = nbformat.read(own, as_version=4)
    asking = "from indopacific import selfcheck\nselfcheck('01-alignment')"
    notebook.cells.append(nbformat.v4.new_code_cell(asking))
    nbformat.write(notebook, own)
    os.utime(own, (time.time() - 300, time.time() - 300))
    before = own.read_bytes()
    code = f"import json\n{asking.replace('selfcheck(', 'shown = selfcheck(')}\n"
    code += "print(json.dumps([shown._repr_html_(), repr(shown)]))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=own.parent,
        env=os.environ | {"PYTHONPATH": str(room)},
        capture_output=True,
        encoding="utf-8",
    )
    page, text = json.loads(done.stdout)
    assert "Check of 01-alignment: 0 of" in page
    assert "saved 5 minutes ago" in page
    assert "not answered" in text
    # The notebook holds the asking cell itself: the check runs it, and it does not ask again.
    assert f"Your cell {len(notebook.cells)} " not in text
    assert own.read_bytes() == before
