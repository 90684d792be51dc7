"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the course.

What they make must pass the tests that every lesson meets; then it is spoiled in several ways at
once, and each of them must be noticed and said.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import nbformat
import pytest

COURSE = Path(__file__).resolve().parents[1]
TEXT = (COURSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^ *(?P<what>File|Notebook|Change in|Entry of) `(?P<path>[^`]+)`:\n"
    r" *(?P<fence>`{3,})\w*\n(?P<body>.*?)\n *(?P=fence)$",
    re.M | re.S,
)
BLOCKS = list(BLOCK.finditer(TEXT))
CELL = re.compile(r"^%% (md|code) (\S+)(?: \[(.+)\])?\n", re.M)

# What JupyterLab's Create Assignment panel writes: grade, solution, locked.
ASSIGNMENT = {
    "Read-only": (False, False, True),
    "Autograded answer": (False, True, False),
    "Autograded tests": (True, False, True),
    "Manually graded": (True, True, False),
}

COPIED = ("indopacific", "data", "lessons", "exercises", "solutions", "tests")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "browser", "benchmarks")
KEEPER, COURSE_PY = "indopacific.upkeep.datapackage", "indopacific.cli"
LESSON = "lessons/08-catchup.ipynb"
SOURCE = "solutions/08-catchup/08-catchup.ipynb"

# The tests that a new lesson meets, by their folders; and of these, what tells of this lesson.
MET = (
    *("tests/explorers/test_definition.py", "tests/figures", "tests/predictions", "tests/lessons"),
    *("tests/exercises", "tests/grading/test_marks.py", "tests/upkeep/test_datapackage.py"),
)
SPOILED = (
    *("tests/figures/test_every_drawing.py", "tests/predictions/test_questions.py"),
    *("tests/lessons/test_form.py", "tests/lessons/test_run.py", "tests/grading/test_marks.py"),
)
NEW = "08 or catchup or draw_years or draw_budgets or is_tried or readme"
DATA = "up_to_date or obeys or whole_package or unique_and_every or bibliography"

# Runs modules one after the other in one process: each takes seconds to start.
IN_TURN = """
import runpy, sys

for sys.argv in {commands!r}:
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code:
            raise
"""


def bodies(what):
    """Return {path: text} of the blocks of one sort."""
    return {b["path"]: textwrap.dedent(b["body"]) + "\n" for b in BLOCKS if b["what"] == what}


def typed_in(text):
    """Return the notebook that somebody makes who types these cells into JupyterLab."""
    head, *parts = CELL.split(text)
    made = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
            **json.loads(head.removeprefix("%% metadata\n")),
        }
    )
    for kind, name, role, source in zip(*(parts[n::4] for n in range(4)), strict=True):
        new = nbformat.v4.new_markdown_cell if kind == "md" else nbformat.v4.new_code_cell
        metadata = {"nbgrader": assigned(name, role)} if role else {}
        made.cells.append(new(source.strip("\n"), id=name, metadata=metadata))
    return made


def assigned(name, role):
    """Return what nbgrader is told of a cell, such as "Autograded tests, 2 points"."""
    sort, _, points = role.partition(", ")
    grade, solution, locked = ASSIGNMENT[sort]
    told = {"grade": grade, "solution": solution, "locked": locked, "task": False}
    marks = {"points": int(points.split()[0])} if points else {}
    return {"grade_id": name, "schema_version": 3, **told, **marks}


def change(file, diff):
    """Make the change that a diff of some lines shows."""
    old, new = (
        "\n".join(line[1:] for line in diff.splitlines() if line[0] in signs)
        for signs in (" -", " +")
    )
    replace(file, old, new)


def replace(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} holds {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def shape(entry):
    """The keys of an entry and of its fields, without what they say."""
    fields = {field["name"]: set(field) for field in entry["schema"]["fields"]}
    return set(entry), set(entry["schema"]), fields, entry["schema"]["primaryKey"], entry["sums"]


def run(course, *arguments, status=0):
    """Run Python in the copy, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course), "COLUMNS": "300"},
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert status is None or done.returncode == status, said
    return said


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A copy of the course in which every recipe was followed."""
    course = tmp_path_factory.mktemp("followed")
    for part in COPIED:
        shutil.copytree(COURSE / part, course / part, ignore=LEFT_OUT)
    for name in ("pyproject.toml", "nbgrader_config.py", "README.md", "CONTRIBUTING.md"):
        shutil.copy(COURSE / name, course)
    for path, text in bodies("File").items():
        (course / path).parent.mkdir(exist_ok=True)
        (course / path).write_text(text, encoding="utf-8")
    for path, text in bodies("Notebook").items():
        (course / path).parent.mkdir(exist_ok=True)
        nbformat.write(typed_in(text), course / path)
    for path, diff in bodies("Change in").items():
        change(course / path, diff)
    run(course, "-m", KEEPER, "--draft", "data/defence/budget_example.csv")
    ((path, entry),) = bodies("Entry of").items()
    package = json.loads((course / path).read_text(encoding="utf-8"))
    drafted, finished = package["resources"].pop(), json.loads(entry)
    # The draft has all that the finished entry has: an author fills in, and adds nothing.
    assert shape(drafted) == shape(finished)
    package["resources"].append(finished)
    (course / path).write_text(json.dumps(package, indent=2), encoding="utf-8")
    commands = [
        [KEEPER],
        [COURSE_PY, "release", "08-catchup"],
        [COURSE_PY, "prose", "--update", LESSON, SOURCE, "README.md"],
        [COURSE_PY, "release", "08-catchup"],
    ]
    run(course, "-c", IN_TURN.format(commands=commands))
    return course


def test_what_was_added_can_be_used(followed):
    shown = run(
        followed,
        "-c",
        "from indopacific import cite, explore, load; print(load('budget_example').budget.sum());"
        "print(cite('budget_example'));"
        "print(explore('catchup', lead=4.0).picture.words.alt)",
    )
    assert shown.startswith("180.0\n")
    assert "SIPRI" in shown
    assert "the two budgets are equal after 28.4 years" in shown
    assert "[08 Catch-up](lessons/08-catchup.ipynb)" in (followed / "README.md").read_text("utf-8")


def test_it_passes_what_every_lesson_must(followed):
    # The slow one is a second real run of the exercise: its own last cell has made one.
    shown = run(followed, "-m", "pytest", "-q", *MET, "-k", f"{NEW} or {DATA}", "-m", "not slow")
    assert int(re.search(r"(\d+) passed", shown)[1]) > 90
    assert "skipped" not in shown


def test_its_code_is_clean(followed):
    written = [*bodies("File"), *bodies("Notebook")]
    code = [path for path in written if path.endswith((".py", ".ipynb"))]
    assert len(code) == 9
    run(followed, "-m", "ruff", "check", *code)
    run(followed, "-m", "ruff", "format", "--check", *code)


# ---------------------------------------------------------------- what the guards notice


@pytest.fixture(scope="module")
def spoiled(followed, tmp_path_factory):
    """The same with a fault of every sort."""
    course = tmp_path_factory.mktemp("spoiled") / "course"
    shutil.copytree(followed, course)
    line = "    line.set_animated(True)"
    texts = '    axes.text(30, 0.5, "one text")\n    axes.text(31, 0.5, "another")\n'
    replace(course / "indopacific/figures/catchup.py", line, texts + line)
    replace(course / "tests/figures/samples/catchup.py", '"draw_budgets"', '"draw_years"')
    answers = course / "tests/grading/wrong_answers/catchup.py"
    replace(answers, "\n)\n\nRIGHT", '\n)\nWRONG = ["nonsense"] * 30\n\nRIGHT')
    (course / SOURCE).with_name("instructor-notes.md").unlink()
    edit(course / SOURCE, "catchup-1-years", lambda source: source.replace("1.08", "1.18"))
    edit(course / LESSON, "limits", lambda source: f"{source} They rose by 17% in 2011.")
    edit(course / LESSON, "explorer-answer", lambda source: "slow.years")
    return course


def edit(path, name, new):
    """Change the source of one cell."""
    notebook = nbformat.read(path, as_version=4)
    (cell,) = (cell for cell in notebook.cells if cell.id == name)
    cell.source = new(cell.source)
    nbformat.write(notebook, path)


def test_an_exercise_that_earns_nothing_or_has_no_notes_is_not_released(spoiled):
    said = run(spoiled, "-m", COURSE_PY, "release", "08-catchup", status=1)
    assert "catchup-1-years: its own solution earns 0 of 2." in said
    assert "instructor-notes.md is missing beside the notebook. It holds" in said


def test_every_other_fault_fails_one_test_that_says_it(spoiled):
    noticed = {
        "is_tried": "figures/catchup.py: draw_budgets has no sample: write into tests/figures/",
        "everything_is_readable and Slow and not twice": "'one text' overlaps 'another'",
        "catalogue_earns and 08": "catchup.py: WRONG: entry 1 is 'nonsense'; write Answer(id",
        "its_source and lessons/08": "cell 'limits', line 3: the number '17%' has no source",
        "asked_and_answered and catchup-order": 'or answered("catchup-order") in section',
        "holds_no_example": "08-catchup.ipynb calls itself an example; take",
    }
    tests = " or ".join(f"({each})" for each in noticed)
    said = run(spoiled, "-m", "pytest", "-q", "-vv", *SPOILED, "-k", tests, status=1)
    assert [words for words in noticed.values() if words not in said] == []
    assert f"{len(noticed)} failed" in said
    assert "passed" not in said.splitlines()[-1]
    assert "draw_years-Slow" in said
