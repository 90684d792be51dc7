"""The commands: what users see, and the exit statuses that programs rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indopacific import cli, terminal
from indopacific.exercises.release import Change, ReleaseError
from indopacific.grading.check import CannotCheck, Report
from indopacific.grading.contract import CellFault, ItemMark

REPORT = Report(
    exercise="01-alignment",
    file="my-work/01-alignment/01-alignment.ipynb",
    hidden_tests=True,
    items=(
        ItemMark("alignment-1-a", "Which measure?", 1.0, 1.0, "right", "Right."),
        ItemMark(
            "alignment-2-b",
            "Share [of trade]",
            0.0,
            2.0,
            "wrong",
            "That is Russia's share.",
            "Lesson 01, section 2",
            "Ask: a share of *what*?",
        ),
        ItemMark("alignment-3-c", "Argument", None, 4.0, "by hand", "Rubric: two sides."),
    ),
    errors=(CellFault(7, "NameError: name 'x' is not defined"),),
    notes=("The test cell of item 2 was changed; the course's own was used.",),
    seconds=3.2,
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command line in a small course; return the result."""
    monkeypatch.setattr(terminal, "find_course", lambda: tmp_path)
    return lambda *arguments: CliRunner().invoke(cli.app, list(arguments))


@pytest.mark.parametrize("verb", ["lab", "test", "check", "release"])
def test_every_verb_shows_help_with_an_example(run, verb):
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert f"python3 course.py {verb}" in result.stdout


def test_help_is_quick_because_it_loads_nothing_heavy(course):
    heavy = {"pandas", "numpy", "matplotlib", "nbgrader", "jupyterlab", "nbformat", "IPython"}
    code = (
        "import sys; from indopacific.cli import app\n"
        "try: app(['lab', '--help'])\n"
        f"except SystemExit: print(sorted({heavy!r} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=course
    )
    assert answer.stdout.splitlines()[-1] == "[]"


def test_an_unknown_verb_is_refused_with_the_nearest(run):
    result = run("labb")
    assert result.exit_code == 2
    assert "lab" in result.stderr


# ---------------------------------------------------------------- finding the course


def make_course(folder: Path) -> Path:
    folder.joinpath("lessons").mkdir(parents=True)
    folder.joinpath("nbgrader_config.py").touch()
    return folder.resolve()


def test_the_course_is_the_one_that_the_package_stands_in(tmp_path):
    here, other = make_course(tmp_path / "here"), make_course(tmp_path / "other")
    assert terminal.find_course(package=here / "indopacific", start=other) == here


def test_an_installed_package_looks_upward_from_the_working_folder(tmp_path):
    here = make_course(tmp_path / "here")
    assert terminal.find_course(package=tmp_path / "site" / "x", start=here / "lessons") == here


def test_outside_a_course_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(terminal, "__file__", str(tmp_path / "site" / "indopacific" / "cli.py"))
    result = CliRunner().invoke(cli.app, ["check", "01-alignment"])
    assert result.exit_code == 1
    assert "Change into the course folder" in result.stderr


# ---------------------------------------------------------------- check


def test_check_tells_item_by_item_what_was_earned(run, monkeypatch):
    monkeypatch.setattr("indopacific.grading.check.check_exercise", lambda *_, **__: REPORT)
    result = run("check", "01-alignment")
    assert result.exit_code == 0
    for words in (
        "Which measure?  1/1  right",
        "Share [of trade]  0/2  not right yet",
        "    That is Russia's share.",
        "    Look again at: Lesson 01, section 2",
        "    Hint: Ask: a share of what?",
        "Argument  -/4  marked by a person",
        "    Rubric: two sides.",
        "Your cell 7 stopped with NameError",
        "Note: The test cell of item 2",
        "1 of 3 points",
    ):
        assert words in result.stdout


def test_check_as_json_prints_nothing_else(run, monkeypatch):
    monkeypatch.setattr("indopacific.grading.check.check_exercise", lambda *_, **__: REPORT)
    result = run("check", "01-alignment", "--json")
    assert json.loads(result.stdout) == json.loads(json.dumps(REPORT.as_dict()))
    assert result.stderr == ""


def test_check_passes_on_what_was_asked(run, monkeypatch, tmp_path):
    asked = {}

    def check(exercise, notebook, *, course, progress):
        asked.update(exercise=exercise, notebook=notebook, course=course)
        progress(1, 3, "alignment-1-a")
        return REPORT

    monkeypatch.setattr("indopacific.grading.check.check_exercise", check)
    assert run("check", "01-alignment", "mine.ipynb").exit_code == 0
    assert asked == {"exercise": "01-alignment", "notebook": Path("mine.ipynb"), "course": tmp_path}


@pytest.mark.parametrize("error", [CannotCheck("No such notebook."), LookupError("No such id.")])
def test_check_that_cannot_be_made_ends_with_one_message(run, monkeypatch, error):
    def check(*_, **__):
        raise error

    monkeypatch.setattr("indopacific.grading.check.check_exercise", check)
    result = run("check", "x")
    assert result.exit_code == 1
    assert result.stderr.strip() == str(error)


# ---------------------------------------------------------------- release


def test_release_says_what_changed(run, monkeypatch):
    changes = [Change("exercises/01-alignment/01-alignment.ipynb", "changed")]
    monkeypatch.setattr("indopacific.exercises.release.release", lambda *_, **__: changes)
    result = run("release")
    assert result.exit_code == 0
    assert "changed      exercises/01-alignment/01-alignment.ipynb" in result.stdout


@pytest.mark.parametrize(("changes", "status"), [([], 0), ([Change("exercises/x", "added")], 1)])
def test_release_check_fails_when_something_is_out_of_date(run, monkeypatch, changes, status):
    monkeypatch.setattr("indopacific.exercises.release.release", lambda *_, **__: changes)
    assert run("release", "--check").exit_code == status
    result = run("release", "--check", "--json")
    assert result.exit_code == status
    assert [one["path"] for one in json.loads(result.stdout)] == [one.path for one in changes]


def test_a_faulty_source_ends_with_one_message(run, monkeypatch):
    def release(*_, **__):
        raise ReleaseError("01-alignment: item 3 has no test cell")

    monkeypatch.setattr("indopacific.exercises.release.release", release)
    result = run("release", "01-alignment")
    assert result.exit_code == 1
    assert result.stderr.strip() == "01-alignment: item 3 has no test cell"


# ---------------------------------------------------------------- test


@pytest.mark.parametrize(("assertion", "status"), [("True", 0), ("False", 1)])
def test_test_runs_pytest_and_keeps_its_status(course, tmp_path, assertion, status):
    make_course(tmp_path)
    tmp_path.joinpath("test_it.py").write_text(
        f"def test_one():\n    assert {assertion}\n\ndef test_two():\n    assert False\n"
    )
    code = (
        "import pathlib; from indopacific import cli, terminal\n"
        f"terminal.find_course = lambda: pathlib.Path({str(tmp_path)!r})\n"
        "cli.main()"
    )
    command = [sys.executable, "-c", code, "test", "--", "-k", "one", "-p", "no:cacheprovider"]
    variables = os.environ | {"PYTHONPATH": str(course)}
    result = subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=variables
    )
    assert result.returncode == status
    assert f"1 {'passed' if status == 0 else 'failed'}, 1 deselected" in result.stdout


def test_the_whole_suite_runs_on_every_core_and_a_part_in_one_process(run, monkeypatch):
    commands = []

    def note(command, **_):
        commands.append(command[3:])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("indopacific.cli.subprocess.run", note)
    run("test")
    run("test", "-k", "alignment")
    assert commands == [["-n", "auto", "--dist", "loadfile"], ["-k", "alignment"]]


@pytest.mark.parametrize("instructor", [False, True])
def test_lab_passes_on_what_was_asked(run, monkeypatch, tmp_path, instructor):
    asked = {}
    monkeypatch.setattr("indopacific.lab.open_lab", lambda course, **options: asked.update(options))
    flag = ["--instructor"] if instructor else []
    assert run("lab", "--port", "9000", "--no-browser", *flag).exit_code == 0
    del asked["show"]
    assert asked == {"port": 9000, "browser": False, "instructor": instructor}
