"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the course."""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[1]
TEXT = (COURSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILE = re.compile(r"^ *File `(?P<path>[^`]+)`:\n *```\w+\n(?P<body>.*?)\n *```$", re.M | re.S)


def block(after):
    """Return the fenced block that follows a line of the text."""
    found = re.search(re.escape(after) + r"\n *```\w+\n(.*?)\n *```$", TEXT, re.M | re.S)
    return textwrap.dedent(found[1])


def shape(entry):
    """The keys of an entry and of its fields, without what they say."""
    fields = {field["name"]: set(field) for field in entry["schema"]["fields"]}
    return set(entry), set(entry["schema"]), fields, entry["schema"]["primaryKey"], entry["sums"]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A copy of the course in which every recipe that names a file was followed."""
    course = tmp_path_factory.mktemp("followed")
    for part in ("indopacific", "data", "tests/explorers"):
        shutil.copytree(COURSE / part, course / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(COURSE / "pyproject.toml", course)
    for recipe in FILE.finditer(TEXT):
        body = textwrap.dedent(recipe["body"]) + "\n"
        (course / recipe["path"]).write_text(body, encoding="utf-8")
    run(
        course, "-m", "indopacific.upkeep.datapackage", "--draft", "data/defence/budget_example.csv"
    )
    description = course / "data" / "datapackage.json"
    package = json.loads(description.read_text(encoding="utf-8"))
    drafted = package["resources"].pop()
    package["resources"].append(json.loads(block("Entry of `data/datapackage.json`:")))
    # The draft has all that the finished entry has: an author fills in, and adds nothing.
    assert shape(drafted) == shape(package["resources"][-1])
    description.write_text(json.dumps(package, indent=2), encoding="utf-8")
    return course


def run(course, *arguments):
    """Run Python in the copy, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_recipes_name_four_files():
    assert len(FILE.findall(TEXT)) == 4


def test_a_table_can_be_loaded_and_cited(followed):
    run(followed, "-m", "indopacific.upkeep.datapackage")
    assert "up to date" in run(followed, "-m", "indopacific.upkeep.datapackage", "--check")
    shown = run(
        followed,
        "-c",
        "from indopacific import cite, load; print(load('budget_example').budget.sum());"
        "print(cite('budget_example'))",
    )
    assert shown.startswith("160.0\n")
    assert "SIPRI" in shown


def test_an_explorer_passes_the_tests_of_all_explorers(followed):
    shown = run(followed, "-m", "pytest", "-q", "tests/explorers/test_definition.py")
    assert re.search(r"\d+ passed", shown)
    shown = run(
        followed,
        "-c",
        "from indopacific import explore; print(explore('catchup', lead=4.0).picture.words.alt)",
    )
    assert "the two budgets are equal after 28.4 years" in shown


def test_the_recipes_code_is_clean(followed):
    files = [recipe["path"] for recipe in FILE.finditer(TEXT) if recipe["path"].endswith(".py")]
    run(followed, "-m", "ruff", "check", *files)


def test_the_test_cell_accepts_its_answer_and_names_the_mistake(monkeypatch):
    from types import ModuleType

    from indopacific.checks import CheckFailed
    from indopacific.exercises import testcells

    module = ModuleType("indopacific.asked.name")
    exec(block("Question:"), vars(module))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    cell = block("Test cell:")
    assert list(testcells.faults("name-4-item-test", cell, 1)) == []
    exec(cell, {"share": 18.0})
    with pytest.raises(CheckFailed, match="the other way round"):
        exec(cell, {"share": 3.0})
