"""What a release must satisfy, in words for the author of an exercise."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..prose.reading import without_sources
from . import testcells
from .questions import (
    ITEM_ID,
    POINTS,
    TOTAL,
    Item,
    Role,
    answer_name,
    item_of,
    items,
    role,
    text_of,
)
from .sources import block, without_block

MOST_LINES = 15
HINTS = ("Hint 1: nudge", "Hint 2: method", "Hint 3: almost code")
CELL_METADATA = frozenset({"nbgrader", "deletable", "editable", "tags", "jupyter"})
# Shorter fragments, such as a closing bracket, stand anywhere and give nothing away.
_TELLING = 12

Cells = Sequence[Mapping[str, Any]]


def lint(source: Cells, release: Cells) -> list[str]:
    """List what is wrong with an exercise.

    Parameters
    ----------
    source, release : sequence of notebook cells
        Before and after nbgrader's assembly line.

    Returns
    -------
    list of str
        One sentence per fault, naming the cell; empty for a good exercise.
    """
    faults = list(_ids(source))
    for item in items(source):
        faults += _item(item, source)
    for number, cell in enumerate(source, start=1):
        faults += _cell(number, cell)
    totals = [c for c in source if c["cell_type"] == "markdown" and TOTAL in text_of(c)]
    if len(totals) != 1:
        faults.append(f"{TOTAL} stands in {len(totals)} cells; it belongs in the first one.")
    return faults + list(_leaks(source, release))


def _ids(source: Cells) -> Iterator[str]:
    roles = [role(cell) for cell in source if role(cell).id]
    names = [r.id for r in roles]
    good = {item_of(n) for n in names if ITEM_ID.fullmatch(item_of(n))}
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"{name}: two cells have this grade_id."
    for r in roles:
        if not ITEM_ID.fullmatch(item_of(r.id)) and (r.grade or r.solution):
            close = difflib.get_close_matches(r.id, good, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            yield f"{r.id}: a grade_id is topic-number-slug, such as alignment-3-share.{hint}"


def _item(item: Item, source: Cells) -> Iterator[str]:
    cells = {role(c).id: c for c in source if item_of(role(c).id) == item.id}
    roles = {name: role(c) for name, c in cells.items()}
    task, answer, test = f"{item.id}-task", item.id, f"{item.id}-test"
    if task not in cells or cells[task]["cell_type"] != "markdown" or not roles[task].locked:
        yield f"{item.id}: it needs a locked text cell {task!r}."
    if answer not in cells or not roles[answer].solution:
        others = [role(c).id for c in source if role(c).solution]
        close = difflib.get_close_matches(answer, others, n=1)
        hint = f" Is {close[0]!r} meant?" if close else ""
        yield f"{item.id}: it needs an answer cell {answer!r}.{hint}"
    if POINTS not in item.task:
        yield f"{task}: it does not show its points; write ({POINTS}) behind its heading."
    headings = tuple(re.findall(r"<summary>(Hint.*?)</summary>", item.task))
    if headings != HINTS:
        yield f"{task}: the folded hints are {', '.join(HINTS)}; found: {', '.join(headings)}."
    if item.points <= 0:
        yield f"{item.id}: it carries no points."
    if item.by_hand:
        if not item.rubric:
            yield f"{task}: a person marks this item, so its task shows the rubric as a table."
    elif test not in cells or not _is_test(roles[test]):
        yield f"{item.id}: it needs a locked test cell {test!r} with points, or a rubric."
    else:
        yield from testcells.faults(test, text_of(cells[test]), item.points)
        if answer in cells:
            called = answer_name(text_of(cells[test]))
            yield from _answer(answer, text_of(cells[answer]), called)


def _is_test(found: Role) -> bool:
    return found.grade and not found.solution and found.locked


def _answer(name: str, source: str, called: str) -> Iterator[str]:
    stub = without_block(source, "SOLUTION")
    if not block(source, "SOLUTION").strip():
        yield f"{name}: it needs a block ### BEGIN SOLUTION ... ### END SOLUTION."
    try:
        body = ast.parse(stub or "pass").body
    except SyntaxError:
        # A function whose whole body is the solution gets nbgrader's stub, a comment, as its body.
        yield f"{name}: without its solution the cell is not valid Python; leave a docstring."
        return
    bound = {n.id for s in body for n in ast.walk(s) if isinstance(n, ast.Name)}
    bound |= {s.name for s in body if isinstance(s, ast.FunctionDef)}
    if called and called not in bound:
        yield f"{name}: the test reads `{called}`, and the stub does not name it."
    first = next((s for s in body if not isinstance(s, ast.Import | ast.ImportFrom)), None)
    dots = isinstance(first, ast.Assign) and (
        isinstance(first.value, ast.Constant) and first.value.value is ...
    )
    if not dots and not isinstance(first, ast.FunctionDef | ast.Assign):
        yield f"{name}: the stub starts with `name = ...` or `def name(...):`."
    elif isinstance(first, ast.Assign) and not dots and "..." not in ast.unparse(first.value):
        yield f"{name}: the stub gives a value to its name; use dots: `name = ...`."


def _cell(number: int, cell: Mapping[str, Any]) -> Iterator[str]:
    name = role(cell).id or f"cell {number}"
    if cell["cell_type"] == "code":
        lines = without_block(text_of(cell), "HIDDEN TESTS").strip().splitlines()
        if len(lines) > MOST_LINES:
            yield f"{name}: {len(lines)} lines; at most {MOST_LINES} in a cell."
        if not role(cell).id:
            yield from _given(name, text_of(cell))
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"{name}: it has saved outputs; clear them."
    if extra := set(cell["metadata"]) - CELL_METADATA:
        yield f"{name}: metadata that a release does not need: {', '.join(sorted(extra))}."
    if cell.get("attachments"):
        yield f"{name}: it has an attachment; pictures come from the package."


def _given(name: str, source: str) -> Iterator[str]:
    """Look for built-ins in what the course gives: a learner may have bound them anew by then."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError as error:
        yield f"{name}: line {error.lineno} is not valid Python."
        return
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in dir(builtins):
            yield (
                f"{name}: line {node.lineno} uses `{node.id}`, which a learner may have bound "
                "anew by then. Write it without built-ins."
            )


def _leaks(source: Cells, release: Cells) -> Iterator[str]:
    """Look for lines of a solution or of a hidden test that a learner could still read."""
    shown = {line.strip() for c in release for line in text_of(c).splitlines()}
    metadata = "\n".join(str(c["metadata"]) for c in release)
    for cell in source:
        secret, shared = _secret(cell)
        for line in (part.strip() for part in secret.splitlines()):
            # An import, or the start of a call that the visible part makes too, gives nothing away.
            if len(line) < _TELLING or line in shared or line.startswith(("import ", "from ")):
                continue
            where = "text" if line in shown else "metadata" if line in metadata else ""
            if where:
                yield f"{role(cell).id}: the {where} of the release contains {line!r}."
    for marker in ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "END HIDDEN"):
        if any(marker in line for line in shown):
            yield f"the release still contains {marker!r}."


def _secret(cell: Mapping[str, Any]) -> tuple[str, set[str]]:
    """Return what must not be released of a cell, and the lines that the same cell shows."""
    text = without_sources(text_of(cell))
    if role(cell).solution and "BEGIN SOLUTION" not in text:
        return text, set()
    rest = without_block(without_block(text, "SOLUTION"), "HIDDEN TESTS")
    hidden = block(text, "SOLUTION") + block(text, "HIDDEN TESTS")
    return hidden, {line.strip() for line in rest.splitlines()}
