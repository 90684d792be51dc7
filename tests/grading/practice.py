"""A small course in a temporary folder: one exercise with an item of every kind.

It proves the machinery on every kind of question, whatever the real exercises happen to use.
"""

import shutil
import textwrap
from dataclasses import dataclass
from pathlib import Path

import nbformat

from indopacific.exercises.questions import items, role
from indopacific.prose.reading import without_sources

REPOSITORY = Path(__file__).parents[2]
EXERCISE = "00-practice"

HINTS = "\n".join(
    f"<details><summary>Hint {n}: {name}</summary>\n\nLook at the {name} of it.\n\n</details>"
    for n, name in enumerate(("nudge", "method", "almost code"), start=1)
)
COMMON = "Common: the wrong answer of the list below, which shows a hurry and no more."
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
    parts: bool = False


QUESTIONS = (
    Question(
        "share",
        2,
        "share = ...",
        "share = 18.0",
        "number(unit='percent', low=0, high=100), again='lesson 00, section 1'",
        'return asked.near(18.0, within=0.3), [\n    mistaken(3.0, "That is Russia\'s share."),\n]',
        "share = 3.1",
        "That is Russia's share.",
    ),
    Question(
        "treaty",
        1,
        "treaty = ...",
        "treaty = 'b'",
        "choice('abc')",
        "return asked.right('b', reasons={'a': 'Article 9 says consult.'}), []",
        "treaty = 'a'",
        "Article 9 says consult.",
    ),
    Question(
        "clauses",
        2,
        "clauses = ...",
        "clauses = ['a', 'c', 'e']",
        "choices('abcdefgh')",
        "return asked.right('ace'), []",
        "clauses = ['b']",
        "should not be there",
        parts=True,
    ),
    Question(
        "order",
        2,
        "order = ...",
        "order = ['z', 'y', 'x']",
        "ordering('xyz')",
        "return asked.right('zyx'), []",
        "order = ['x', 'y', 'z']",
        "the wrong way round",
        parts=True,
    ),
    Question(
        "codes",
        3,
        "codes = {'t1': ..., 't2': ..., 't3': ..., 't4': ...}",
        "codes = {'t1': 'yes', 't2': 'no', 't3': 'maybe', 't4': 'yes'}",
        "labelling(['t1', 't2', 't3', 't4'], codes=['yes', 'no', 'maybe'])",
        "return asked.right({'t1': 'yes', 't2': 'no', 't3': 'maybe', 't4': 'yes'}), []",
        "codes = {'t1': 'no', 't2': 'yes', 't3': 'no', 't4': 'no'}",
        "0 of 4 right",
        parts=True,
    ),
    Question(
        "weights",
        1,
        "weights = ...",
        "weights = [0.5, 0.5]",
        "listing(length=2)",
        "return asked.right([0.5, 0.5], within=0.01), []",
        "weights = [1, 0]",
        "Wrong in place",
    ),
    Question(
        "ratios",
        1,
        "ratios = ...",
        "ratios = {'x': 2.11}",
        "mapping(['x'])",
        "return asked.right({'x': 2.11}, within=0.01), []",
        "ratios = {'x': 1.79}",
        "Wrong for 'x'",
    ),
    Question(
        "votes",
        1,
        "votes = ...",
        "votes = pd.Series({2018: 0.77, 2019: 0.79})",
        "series([2018, 2019])",
        "return asked.right({2018: 0.77, 2019: 0.79}, within=0.001), []",
        "votes = pd.Series({2018: 0.77, 2019: 0.0})",
        "Wrong for 2019",
    ),
    Question(
        "trade",
        2,
        "trade = ...",
        "trade = pd.DataFrame({'year': [2018, 2019], 'total': [107.1, 110.8]})",
        "table(['year', 'total'], key='year', rows=2)",
        "frame = pd.DataFrame({'year': [2018, 2019], 'total': [107.1, 110.8]})\n"
        "return asked.right(frame, within=0.1), []",
        "trade = pd.DataFrame({'year': [2018, 2019], 'total': [59.1, 61.1]})",
        "Column 'total' is wrong where year is 2018",
    ),
    Question(
        "mean",
        3,
        'def mean(values, weights):\n    """Return the weighted mean."""',
        "    return sum(v * w for v, w in zip(values, weights)) / sum(weights)",
        "function('values', 'weights').cases(__checks__.case([0, 1], [1, 1], gives=0.5))",
        "def unweighted(values, weights):\n"
        "    return sum(values) / len(values)\n"
        "\n"
        "return asked.cases(case([0, 1], [1, 3], gives=0.75)), [\n"
        "    mistaken(unweighted, 'The weights are not used.'),\n"
        "]",
        "def mean(values, weights):\n    return sum(values) / len(values)",
        "The weights are not used.",
    ),
    Question(
        "setting",
        2,
        "setting_found = ...",
        "setting_found = {'weight': 0.8}",
        "setting(weight=__checks__.number(low=0, high=1))",
        "return asked.such_that(\n"
        "    lambda weight: weight > 0.5 or 'With this weight 2019 is above 2018.',\n"
        "    '2019 ranks below 2018',\n"
        "), []",
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
    judged = f"grade(lambda: {variable}, points={q.points})"
    if not q.parts:
        judged = f"check(lambda: {variable})"
    test = TEST.format(
        name=name,
        kind=q.visible,
        variable=variable,
        body=textwrap.indent(q.hidden, "    "),
        judged=judged,
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


TEST = """import indopacific.checks as __checks__

__asked__ = __checks__.Question({name!r}, __checks__.{kind})
__asked__.check(lambda: {variable})
### BEGIN HIDDEN TESTS
@__asked__.told
def __told__(asked):
    import pandas as pd

    from indopacific.checks import case, mistaken

{body}


__told__.{judged}
### END HIDDEN TESTS"""


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
    notebook = notebook or source_notebook()
    nbformat.write(notebook, source / f"{EXERCISE}.ipynb")
    (source / "instructor-notes.md").write_text(notes(notebook), encoding="utf-8")
    return folder


def notes(notebook: nbformat.NotebookNode) -> str:
    """Return notes for instructors that lack nothing."""
    parts = ["# Notes", "## Timing\n\nAn hour.", "## Item by item"]
    parts += [f"### {item.title}\n\n{COMMON}" for item in items(notebook.cells)]
    model = next((c.source for c in notebook.cells if role(c).id == ARGUMENT), "")
    model = without_sources(model)
    parts += [f"## Rubric\n\n{RUBRIC}", f"## Model answer\n\n{model}"]
    return "\n\n".join(parts) + "\n"


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
