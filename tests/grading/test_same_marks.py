"""Honest work gets the marks of stock nbgrader, cell by cell."""

import json
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from nbgrader.preprocessors import Execute
from nbgrader.utils import determine_grade, is_grade

from indopacific.exercises.known import known_cells
from indopacific.exercises.questions import role, text_of
from indopacific.grading.contract import Exercise, Limits, Submission
from indopacific.grading.marking import mark
from tests.grading import tiny

pytestmark = pytest.mark.slow

SQUARES = """
def squares(n):
    \"\"\"Compute the squares of numbers from 1 to n.\"\"\"
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i ** 2 for i in range(1, n + 1)]
"""

# (what the learner writes, the test, its points)
HONEST = [
    ("a = 1", "assert a == 1", 1),
    ("a = 2", "assert a == 1", 1),
    ("", "assert type(a) is int", 1),
    (SQUARES, "assert squares(3) == [1, 4, 9]", 1),
    (
        "",
        "try:\n    squares(0)\nexcept ValueError as error:\n    assert 'at least' in str(error)\n"
        "else:\n    raise AssertionError('no ValueError')",
        1,
    ),
    ("def sum_of_squares(n):\n    return sum(squares(n))", "assert sum_of_squares(3) == 14", 1),
    (
        "",
        "kept = squares\ndel squares\n"
        "try:\n    sum_of_squares(1)\nexcept NameError:\n    pass\n"
        "else:\n    raise AssertionError('squares is not used')\n"
        "finally:\n    squares = kept",
        2,
    ),
    ("", "assert sum_of_squares(2) == 5", 1),
    ("def worse(n):\n    return sum(i * i for i in range(n + 1))", "assert worse(2) == 5", 1),
    ("import numpy as np\nm = np.arange(6).reshape(2, 3)", "assert m.sum() == 15", 1),
    ("", "import numpy\nnumpy.testing.assert_array_equal(m[0], [0, 1, 2])", 1),
    ("import pandas as pd\nt = pd.DataFrame({'a': [1, 2], 'b': ['x', None]})",
     "import pandas as pd\nexpected = pd.DataFrame({'a': [1, 2], 'b': ['x', None]})\n"
     "pd.testing.assert_frame_equal(t, expected)", 2),
    ("s = pd.Series([1.0, 2.0], index=pd.date_range('2020', periods=2))",
     "assert s.index.freqstr == 'D' and s.iloc[1] == 2", 1),
    ("g = t.groupby('a').size()", "assert g.to_dict() == {1: 1, 2: 1}", 1),
    ("import asyncio\nasync def later():\n    await asyncio.sleep(0)\n    return 7\n"
     "seven = await later()", "assert seven == 7", 1),
    ("running = asyncio.get_running_loop().is_running()", "assert running is True", 1),
    ("%timeit -n1 -r1 pass\nlines = !echo hello", "assert lines == ['hello']", 1),
    ("%%capture said\nprint('hello')", "assert True", 1),
    ("kept_out = said.stdout", "assert kept_out == 'hello\\n'", 1),
    ("6 * 7", "assert True", 1),
    ("forty_two = _", "assert forty_two == 42", 1),
    ("from IPython.display import display\ndisplay(t)\nshown = 1", "assert shown", 1),
    ("import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2])\n"
     "axes.set_title('Trade')\ntitle = axes.get_title()", "assert title == 'Trade'", 1),
    ("", "assert axes.get_title() == 'Trade'", 1),
    ("def countdown(n):\n    while n:\n        yield n\n        n -= 1",
     "assert list(countdown(3)) == [3, 2, 1]", 1),
    ("class Point:\n    def __init__(self, x):\n        self.x = x\n"
     "    def double(self):\n        return 2 * self.x", "assert Point(3).double() == 6", 1),
    ("def twice(f, x):\n    return f(f(x))", "assert twice(lambda x: x + 1, 1) == 3", 1),
    ("def append(x, to):\n    to.append(x)", "box = []\nappend(3, box)\nassert box == [3]", 1),
    ("def fresh(x, to):\n    return [*to, x]",
     "box = [1]\nassert fresh(2, box) == [1, 2]\nassert box == [1]", 1),
    ("calls = 0\ndef count():\n    global calls\n    calls += 1",
     "count()\ncount()\nassert calls == 2", 1),
    ("import math\nfactorial = math.factorial(1500)",
     "import math\nassert factorial == math.factorial(1500)", 1),
    ("def deep(n):\n    return deep(n + 1)",
     "try:\n    deep(0)\nexcept RecursionError:\n    pass\nelse:\n    raise AssertionError", 1),
    ("1 / 0", "assert a == 2", 1),
    ("x = (", "assert x", 1),
    ("import sys\nsys.exit()", "assert a == 2", 1),
    ("", "print('no mark is said')", 2),
    ("share = 0.5", "round(2 * share, 2)", 2),
    ("", "0.0", 2),
    ("", "2", 2),
    ("", "assert a == 2; 1.5", 2),
    ("exit = 3", "assert exit == 3", 1),
    ("left, right = {'b', 'a'}, frozenset('ab')", "assert left == right and type(left) is set", 1),
    ("when = pd.Timestamp('2020-02-03', tz='Asia/Tokyo')", "assert when.year == 2020", 1),
    ("def told():\n    print('hello')",
     "import contextlib, io\nout = io.StringIO()\n"
     "with contextlib.redirect_stdout(out):\n    told()\nassert out.getvalue() == 'hello\\n'", 1),
    ("words = 'a b'.split", "assert words() == ['a', 'b']", 1),
    ("area = lambda r, pi=3: pi * r * r",
     "import inspect\nassert area(2) == 12 and area(r=1, pi=1) == 1\n"
     "assert list(inspect.signature(area).parameters) == ['r', 'pi']", 1),
    ("from collections import Counter, defaultdict\nvotes = Counter('aab')\n"
     "grouped = defaultdict(list, a=[1])", "assert votes == {'a': 2, 'b': 1} == {**votes}", 1),
    ("", "assert grouped == {'a': [1]} and grouped.keys() == {'a'}", 1),
    ("nothing = None", "assert nothing is None", 1),
    ("later = ...", "assert later is ...", 1),
]  # fmt: skip


def stock(cells):
    """Run cells as nbgrader does; return the mark of every graded cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.from_dict(cell) for cell in cells])
    Execute(timeout=30, startup_timeout=120, kernel_name="python3").preprocess(
        notebook, {"metadata": {"path": "."}}
    )
    return {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
        for cell in notebook.cells
        if is_grade(cell)
    }


def test_every_way_of_working_gets_the_same_marks(start, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")  # as nbgrader's autograde has it
    cells = []
    for answer, test, points in HONEST:
        cells += [("answer", "# YOUR CODE HERE", answer)] if answer else []
        cells += [("test", test, points)]
    known, submission = tiny.exercise(*cells)
    ours = mark(submission, known, Limits(), start=start)
    theirs = stock(nbformat.reads(submission.notebook.decode(), as_version=4).cells)
    tests = {f"test-{n}": cell[1] for n, cell in enumerate(cells) if cell[0] == "test"}
    assert {tests[n]: v for n, v in ours.marks.items()} == {tests[n]: v for n, v in theirs.items()}
    assert 0 < sum(value == 0 for value in theirs.values()) < 12


ENDLESS = ("infinite-loop", "infinite-loop-with-output", "timeout")
# Older than what nbgrader grades, or without what it needs.
MALFORMED = ("test-v0", "test-v0-invalid", "blank-grade-id", "blank-points")


def nbgraders_own():
    """List nbgrader's own test notebooks that hold graded code cells and end by themselves."""
    spec = find_spec("nbgrader")
    folder = Path(spec.origin).parent / "tests"
    seen = set()
    for path in sorted(folder.rglob("*.ipynb")):
        if path.stem in ENDLESS or path.stem in MALFORMED:
            continue
        cells = json.loads(path.read_text("utf-8")).get("cells", [])
        graded = [c for c in cells if c["cell_type"] == "code" and role(c).grade]
        names = [role(c).id for c in cells if role(c).id]
        key = json.dumps([c["source"] for c in cells])
        if graded and len(names) == len(set(names)) and key not in seen:
            seen.add(key)
            yield path


@pytest.mark.parametrize("path", list(nbgraders_own()), ids=lambda path: path.stem)
def test_nbgraders_own_notebooks_get_nbgraders_marks(path, start, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")  # as nbgrader's autograde has it
    cells = json.loads(path.read_text("utf-8"))["cells"]
    known = known_cells(cells)
    exercise = Exercise(path.stem, tuple(known), {})
    ours = mark(Submission("ana", path.read_bytes()), exercise, Limits(), start=start)
    for number, cell in enumerate(cells):
        cell |= {"source": text_of(cell), "id": f"cell-{number}"}
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    assert dict(ours.marks) == stock(cells)
