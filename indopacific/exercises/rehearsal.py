"""Mark answers in this process, without a kernel: quick enough to try an exercise as it is written.

Tests prove on the practice exercise that it gives the marks that nbgrader gives. Only the author's
own code is run in this way, never a learner's.
"""

from __future__ import annotations

import ast
import contextlib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import Any

from indopacific.checks import CheckFailed, Question

from .questions import answer_name, item_of, items, role, text_of
from .sources import without_block

Cells = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Rehearsed:
    """What became of one item.

    Attributes
    ----------
    earned : float
    said : str
        What the check said; for another exception its type and text.
    questions : tuple of Question
        As asked, and as told what is right.
    stopped : str
        The error with which the answer cell stopped; empty if it did not.
    """

    earned: float
    said: str
    questions: tuple[Question, ...] = ()
    stopped: str = ""


def rehearse(cells: Cells, answers: Mapping[str, str]) -> dict[str, Rehearsed]:
    """Run an exercise from top to bottom and mark it.

    Parameters
    ----------
    cells : sequence of notebook cells
        The source, with solutions and full tests.
    answers : mapping of str to str
        Item id -> the whole source of its answer cell. The other items get their solution.

    Returns
    -------
    dict of str to Rehearsed
        One entry for each of the answers that a test marks.
    """
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    tests = [i for i, cell in enumerate(code) if role(cell).grade and not role(cell).solution]
    points = {item.id: item.points for item in items(cells)}
    names: dict[str, Any] = {"__name__": "__main__"}
    stopped: dict[str, str] = {}
    found: dict[str, Rehearsed] = {}
    # What follows the last test judges nothing; it may ask for the marks of the whole notebook.
    for place, cell in enumerate(code[: max(tests, default=-1) + 1]):
        item, source = item_of(role(cell).id), text_of(cell)
        if place in tests:
            if item in answers:
                earned, said = _mark(source, names, points.get(item, 0.0))
                known = tuple(
                    names[name]
                    for name in ("__asked__", "__told__")
                    if isinstance(names.get(name), Question)
                )
                found[item] = Rehearsed(earned, said, known, stopped.get(item, ""))
                names.pop("__told__", None)
            continue
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                _execute(answers.get(role(cell).id, source), names)
        except Exception as error:
            stopped[item] = f"{type(error).__name__}: {error}"
    return found


def solutions(cells: Cells) -> dict[str, str]:
    """Return the author's own answer cells of the items that tests mark."""
    marked = {item.id for item in items(cells) if not item.by_hand}
    return {
        role(cell).id: text_of(cell)
        for cell in cells
        if cell["cell_type"] == "code" and role(cell).solution and role(cell).id in marked
    }


def blanks(cells: Cells) -> dict[str, str]:
    """Return the answer cells of the same items as a learner gets them."""
    return {name: without_block(own, "SOLUTION") for name, own in solutions(cells).items()}


def answer_names(cells: Cells) -> dict[str, str]:
    """Return what the answer of each of the same items is called."""
    return {
        item_of(role(cell).id): answer_name(text_of(cell))
        for cell in cells
        if role(cell).grade and not role(cell).solution
    }


def faults(cells: Cells) -> Iterator[str]:
    """Say which item does not give its own solution full marks and a blank answer none.

    Parameters
    ----------
    cells : sequence of notebook cells

    Yields
    ------
    str
        One sentence per fault; also for every known mistake that would be named wrongly.
    """
    points = {item.id: item.points for item in items(cells)}
    for item, done in rehearse(cells, solutions(cells)).items():
        if done.earned != points[item]:
            why = f"the answer cell stopped with {done.stopped}" if done.stopped else done.said
            yield (
                f"{item}: its own solution earns {done.earned:g} of {points[item]:g}. Mend the "
                f"solution or the test; the check says: {' '.join(why.split())}"
            )
        for question in done.questions:
            if question.item != item:
                yield f"{item}-test: it asks the question of {question.item!r}."
            for fault in question.faults():
                yield f"{item}-test: {fault}"
    for item, done in rehearse(cells, blanks(cells)).items():
        if done.earned:
            yield f"{item}: a blank answer earns {done.earned:g}. Nothing may be earned by it."
        elif "not answered yet" not in done.said:
            yield (
                f"{item}: a blank answer is told {' '.join(done.said.split())[:120]!r}, not that "
                "it is unanswered. Let the stub be `name = ...`."
            )


def _mark(source: str, names: dict[str, Any], points: float) -> tuple[float, str]:
    """Run a test cell and read its marks as nbgrader does: full unless it fails or says a number.

    Where nbgrader would give full marks for a value that is no mark, this gives none and says so.
    """
    said, errors = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors):
            value = _execute(source, names)
    except CheckFailed as failed:
        return 0.0, str(failed)
    except Exception as error:
        return 0.0, f"{type(error).__name__}: {error}"
    if errors.getvalue():
        return 0.0, f"The test writes to stderr, for which nbgrader gives 0: {errors.getvalue()}"
    if value is None:
        return points, said.getvalue()
    if type(value) is not float or not math.isfinite(value) or not 0 <= value <= points:
        return 0.0, f"The last line gives {value!r}, which is no mark from 0 to {points:g}."
    return value, said.getvalue()


def _execute(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; return the value of its last line if that is an expression."""
    *body, last = _compiled(source)
    for part in body:
        exec(part, names)
    return eval(last, names)


@cache
def _compiled(source: str) -> tuple[CodeType, CodeType]:
    tree = ast.parse(source)
    end: ast.expr = ast.Constant(None)
    if tree.body and isinstance(last := tree.body[-1], ast.Expr):
        end = last.value
        del tree.body[-1]
    expression = ast.fix_missing_locations(ast.Expression(end))
    return compile(tree, "<cell>", "exec"), compile(expression, "<cell>", "eval")
