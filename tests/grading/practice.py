"""A small course in a temporary folder: one exercise with an item of every kind.

It proves the machinery on every kind of question, whatever the real exercises happen to use.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat

from indopacific import checks

REPOSITORY = Path(__file__).parents[2]
EXERCISE = "00-practice"

HINTS = "\n".join(
    f"<details><summary>Hint {n}: {name}</summary>\n\nLook at the {name} of it.\n\n</details>"
    for n, name in enumerate(("nudge", "method", "almost code"), start=1)
)
RUBRIC = "| criterion | points |\n|---|---|\n| names a measure | 1 |\n| gives a limit | 2 |"


@dataclass(frozen=True)
class Question:
    """An item in short: what its three cells say."""

    slug: str
    points: int
    stub: str
    solution: str
    visible: str
    hidden: str
    wrong: str
    said: str


QUESTIONS = (
    Question(
        "share",
        2,
        "share = ...",
        "share = 18.0",
        "number(unit='percent', low=0, high=100)",
        "check({id}, share, number(unit='percent').near(18.0, within=0.3),\n"
        '      mistakes=[mistaken(near(3.0, within=0.6), "That is Russia\'s share.")],\n'
        "      again='lesson 00, section 1')",
        "share = 3.1",
        "That is Russia's share.",
    ),
    Question(
        "treaty",
        1,
        "treaty = ...",
        "treaty = 'b'",
        "choice('abc')",
        "check({id}, treaty, choice('abc').right('b', reasons={{'a': 'Article 9 says consult.'}}))",
        "treaty = 'a'",
        "Article 9 says consult.",
    ),
    Question(
        "clauses",
        2,
        "clauses = ...",
        "clauses = ['a', 'c']",
        "choices('abcd')",
        "grade({id}, clauses, choices('abcd').right('ac'), points=2)",
        "clauses = ['b']",
        "should not be there",
    ),
    Question(
        "order",
        2,
        "order = ...",
        "order = ['z', 'y', 'x']",
        "ordering('xyz')",
        "grade({id}, order, ordering('xyz').right('zyx'), points=2)",
        "order = ['x', 'y', 'z']",
        "the wrong way round",
    ),
    Question(
        "codes",
        3,
        "codes = {'t1': ..., 't2': ..., 't3': ...}",
        "codes = {'t1': 'yes', 't2': 'no', 't3': 'yes'}",
        "labelling(['t1', 't2', 't3'], codes=['yes', 'no'])",
        "grade({id}, codes, labelling(['t1', 't2', 't3'], codes=['yes', 'no']).right(\n"
        "    {{'t1': 'yes', 't2': 'no', 't3': 'yes'}}), points=3)",
        "codes = {'t1': 'no', 't2': 'yes', 't3': 'no'}",
        "0 of 3 right",
    ),
    Question(
        "weights",
        1,
        "weights = ...",
        "weights = [0.5, 0.5]",
        "listing(length=2)",
        "check({id}, weights, listing(length=2).right([0.5, 0.5], within=0.01))",
        "weights = [1, 0]",
        "Wrong in place",
    ),
    Question(
        "ratios",
        1,
        "ratios = ...",
        "ratios = {'x': 2.11}",
        "mapping(['x'])",
        "check({id}, ratios, mapping(['x']).right({{'x': 2.11}}, within=0.01))",
        "ratios = {'x': 1.79}",
        "Wrong for 'x'",
    ),
    Question(
        "votes",
        1,
        "votes = ...",
        "votes = pd.Series({2018: 0.77, 2019: 0.79})",
        "series([2018, 2019])",
        "check({id}, votes, series([2018, 2019]).right({{2018: 0.77, 2019: 0.79}}, within=0.001))",
        "votes = pd.Series({2018: 0.77, 2019: 0.0})",
        "Wrong for 2019",
    ),
    Question(
        "trade",
        2,
        "trade = ...",
        "trade = pd.DataFrame({'year': [2018, 2019], 'total': [107.1, 110.8]})",
        "table(['year', 'total'], key='year', rows=2)",
        "frame = pd.DataFrame({{'year': [2018, 2019], 'total': [107.1, 110.8]}})\n"
        "check({id}, trade, table(['year', 'total'], key='year').right(frame, within=0.1))",
        "trade = pd.DataFrame({'year': [2018, 2019], 'total': [59.1, 61.1]})",
        "Column 'total' is wrong where year is 2018",
    ),
    Question(
        "mean",
        3,
        'def mean(values, weights):\n    """Return the weighted mean."""',
        "    return sum(v * w for v, w in zip(values, weights)) / sum(weights)",
        "function('values', 'weights').cases(case([0, 1], [1, 1], gives=0.5))",
        "def unweighted(values, weights):\n    return sum(values) / len(values)\n\n\n"
        "check({id}, mean, function('values', 'weights').cases(case([0, 1], [1, 3], gives=0.75)),\n"
        "      mistakes=[mistaken(unweighted, 'The weights are not used.')])",
        "def mean(values, weights):\n    return sum(values) / len(values)",
        "The weights are not used.",
    ),
    Question(
        "setting",
        2,
        "setting_found = ...",
        "setting_found = {'weight': 0.8}",
        "setting(weight=number(low=0, high=1))",
        "check({id}, setting_found, setting(weight=number(low=0, high=1)).such_that(\n"
        "    lambda weight: weight > 0.5 or 'With this weight 2019 is above 2018.',\n"
        "    '2019 ranks below 2018'))",
        "setting_found = {'weight': 0.2}",
        "2019 is above 2018",
    ),
)
ARGUMENT = "practice-12-argument"
AUTOMATIC = sum(q.points for q in QUESTIONS)
TOTAL = AUTOMATIC + 3


def item_id(number: int) -> str:
    """Return the id of the item with this number, counted from 1."""
    return f"practice-{number}-{QUESTIONS[number - 1].slug}"


RIGHT = {item_id(n): q.points for n, q in enumerate(QUESTIONS, start=1)}


def source_notebook() -> nbformat.NotebookNode:
    """Return the exercise as its author writes it."""
    cells = [
        nbformat.v4.new_markdown_cell("# Practice\n\nTogether {total}.", id="title"),
        nbformat.v4.new_code_cell("import pandas as pd", id="imports"),
    ]
    for number in range(1, len(QUESTIONS) + 1):
        cells += question_cells(number)
    task = f"## 12 · Argue ({{points}})\n\nWhich measure would you trust?\n\n{RUBRIC}\n\n{HINTS}"
    cells += [
        cell("markdown", f"{ARGUMENT}-task", task, locked=True),
        cell(
            "markdown",
            ARGUMENT,
            "Votes, because they are public.",
            grade=True,
            solution=True,
            points=3,
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"display_name": "mine", "language": "python", "name": "x"}
    return notebook


def question_cells(number: int) -> list[nbformat.NotebookNode]:
    """Return the three cells of one item."""
    q, name = QUESTIONS[number - 1], item_id(number)
    variable = q.stub.removeprefix("def ").split("(")[0].split(" ")[0]
    margin = "    " if q.stub.startswith("def") else ""
    words = sorted({w for w in CHECK_WORDS if f"{w}(" in q.visible + q.hidden} | {"check"})
    test = (
        f"from indopacific.checks import {', '.join(words)}\n"
        f"check('{name}', {variable}, {q.visible})\n"
        f"### BEGIN HIDDEN TESTS\n{q.hidden.format(id=repr(name))}\n### END HIDDEN TESTS"
    )
    answer = f"{q.stub}\n{margin}### BEGIN SOLUTION\n{q.solution}\n{margin}### END SOLUTION"
    return [
        cell(
            "markdown",
            f"{name}-task",
            f"## {number} · {q.slug.title()} ({{points}})\n\n{HINTS}",
            locked=True,
        ),
        cell("code", name, answer, solution=True),
        cell("code", f"{name}-test", test, grade=True, locked=True, points=q.points),
    ]


CHECK_WORDS = [name for name in checks.__all__ if name.islower()]


def cell(kind, grade_id, source, *, grade=False, solution=False, locked=False, points=None):
    """Make a cell with nbgrader's metadata."""
    made = (
        nbformat.v4.new_code_cell(source)
        if kind == "code"
        else nbformat.v4.new_markdown_cell(source)
    )
    made.id = grade_id
    made.metadata["nbgrader"] = {
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "schema_version": 3,
        "task": False,
    }
    if points is not None:
        made.metadata["nbgrader"]["points"] = points
    return made


def make_course(folder: Path, notebook: nbformat.NotebookNode | None = None) -> Path:
    """Write a course with this one exercise, and the repository's own nbgrader settings."""
    source = folder / "solutions" / EXERCISE
    source.mkdir(parents=True)
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    nbformat.write(notebook or source_notebook(), source / f"{EXERCISE}.ipynb")
    (source / "instructor-notes.md").write_text("The answer is 18.0.", encoding="utf-8")
    return folder


def answered(released: Path, answers: dict[str, str]) -> nbformat.NotebookNode:
    """Return a released notebook with answers appended to, or put in place of, its stubs."""
    notebook = nbformat.read(released, as_version=4)
    for found in notebook.cells:
        name = found.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            found.source = answers[name]
    return notebook


def right_answers() -> dict[str, str]:
    """Return the reference solution of every item that is marked by a test."""
    return {item_id(n): f"{q.stub}\n{q.solution}" for n, q in enumerate(QUESTIONS, start=1)}
