"""Mark many wrong answers in a second: the exercise's cells in this process, without a kernel.

`test_harness.py` proves on the practice exercise that it gives the marks that nbgrader gives.
"""

import ast
import contextlib
import io
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat

from indopacific.checks import CheckFailed
from indopacific.exercises.questions import item_of, items, role
from indopacific.exercises.release import SOURCE

REPOSITORY = Path(__file__).parents[2]


def grade_answers(
    exercise_id: str, answers: dict[str, str], *, course: Path = REPOSITORY
) -> dict[str, tuple[float, str]]:
    """Mark a set of answers.

    Parameters
    ----------
    exercise_id : str
        Such as "01-alignment".
    answers : dict of str to str
        Item id -> the whole source of its answer cell. The other items get the reference solution.
    course : Path

    Returns
    -------
    dict of str to (float, str)
        For each of `answers`, marks and what the check said; for an exception other than a failed
        check, its type and text. Items that a person marks cannot be given.

    Raises
    ------
    KeyError
        For an item that the exercise does not have.
    """
    cells = _cells(exercise_id, course)
    points = {item.id: item.points for item in _items(exercise_id, course)}
    unknown = answers.keys() - points.keys()
    if unknown:
        raise KeyError(f"{exercise_id} has no item {sorted(unknown)}; it has {sorted(points)}")
    names: dict[str, Any] = {"__name__": "__main__"}
    results = {}
    for grade_id, is_test, source in cells:
        item = item_of(grade_id)
        if is_test:
            if item in answers:
                results[item] = _mark(_compiled(source), names, points[item])
        else:
            with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                _execute(_compiled(answers.get(grade_id, source)), names)
    return results


def reference_answers(exercise_id: str, *, course: Path = REPOSITORY) -> dict[str, str]:
    """Return the author's own answer cells of the items that tests mark."""
    by_hand = {item.id for item in _items(exercise_id, course) if item.by_hand}
    return {
        grade_id: source
        for grade_id, is_test, source in _cells(exercise_id, course)
        if grade_id and not is_test and item_of(grade_id) not in by_hand
    }


def _mark(code: list[CodeType], names: dict[str, Any], points: float) -> tuple[float, str]:
    """Run a test cell and read its marks as nbgrader does: full unless it fails or says a number.

    Where nbgrader would give full marks for a value that is no mark, this fails loudly instead.
    """
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()) as errors:
            value = _execute(code, names)
    except CheckFailed as failed:
        return 0.0, str(failed)
    except Exception as error:
        return 0.0, f"{type(error).__name__}: {error}"
    assert errors.getvalue() == "", "a test must not write to stderr"
    if value is None:
        return points, said.getvalue()
    assert type(value) is float, f"the last line of a test gives a float, not {value!r}"
    assert 0 <= value <= points
    return value, said.getvalue()


def _execute(code: list[CodeType], names: dict[str, Any]) -> Any:
    """Run a cell; return the value of its last line if that is an expression."""
    *body, last = code
    for part in body:
        exec(part, names)
    return eval(last, names)


@cache
def _compiled(source: str) -> list[CodeType]:
    tree = ast.parse(source)
    end: ast.expr = ast.Constant(None)
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        end = tree.body.pop().value
    expression = ast.fix_missing_locations(ast.Expression(end))
    return [compile(tree, "<cell>", "exec"), compile(expression, "<cell>", "eval")]


@cache
def _notebook(exercise_id: str, course: Path) -> Any:
    return nbformat.read(course / SOURCE / exercise_id / f"{exercise_id}.ipynb", as_version=4)


def _items(exercise_id: str, course: Path) -> Any:
    return items(_notebook(exercise_id, course).cells)


def _cells(exercise_id: str, course: Path) -> list[tuple[str, bool, str]]:
    """Return id, whether it is a test, and source of every code cell."""
    found = [c for c in _notebook(exercise_id, course).cells if c.cell_type == "code"]
    return [(role(c).id, role(c).grade and not role(c).solution, c.source) for c in found]
