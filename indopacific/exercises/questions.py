"""What an exercise notebook is made of: items, each a task, an answer and a test.

An item `alignment-3-share` has a locked markdown cell `alignment-3-share-task`, an answer cell
`alignment-3-share`, and a test cell `alignment-3-share-test` that carries the points. An item that
a person marks has no test cell: its answer cell carries the points itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..markdown import without_comments

#: topic-number-slug
ITEM_ID = re.compile(
    r"[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*-[1-9][0-9]*-[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
)
POINTS = "{points}"
TOTAL = "{total}"

_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)
_HINT = re.compile(r"<details>\s*<summary>(Hint \d[^<]*)</summary>(.*?)</details>", re.DOTALL)
_RUBRIC = re.compile(r"^\|.*\|\s*$(?:\n^\|.*\|\s*$)+", re.MULTILINE)


@dataclass(frozen=True)
class Role:
    """What nbgrader is told about a cell.

    Attributes
    ----------
    id : str
        The `grade_id`; "" for a cell that nbgrader does not know.
    grade, solution, locked : bool
        Carries points; is written by the learner; is restored when changed.
    points : float
    """

    id: str = ""
    grade: bool = False
    solution: bool = False
    locked: bool = False
    points: float = 0.0


@dataclass(frozen=True)
class Item:
    """One question.

    Attributes
    ----------
    id, title : str
    points : float
    by_hand : bool
        Whether a person marks it.
    task : str
        The source of its task cell; "" if there is none.
    hints : tuple of str
        The folded hints, in order, as plain text.
    rubric : str
        The first table of the task, for an item that a person marks.
    """

    id: str
    title: str
    points: float
    by_hand: bool
    task: str
    hints: tuple[str, ...]
    rubric: str


def role(cell: Mapping[str, Any]) -> Role:
    """Read a cell's nbgrader metadata; whatever is malformed reads as not there."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    if not isinstance(found, Mapping) or not isinstance(found.get("grade_id"), str):
        return Role()
    points = found.get("points", 0)
    known = isinstance(points, int | float) and not isinstance(points, bool) and points >= 0
    return Role(
        id=found["grade_id"],
        grade=found.get("grade") is True,
        solution=found.get("solution") is True,
        locked=found.get("locked") is True,
        points=float(points) if known else 0.0,
    )


def item_of(grade_id: str) -> str:
    """Return the item that a cell belongs to, from the cell's id."""
    return grade_id.removesuffix("-task").removesuffix("-test")


def text_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's source as one text; notebooks may store it as a list of lines."""
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else ""


def items(cells: Iterable[Mapping[str, Any]]) -> list[Item]:
    """List the items of an exercise, in the order of their first cells.

    Parameters
    ----------
    cells : iterable of notebook cells

    Returns
    -------
    list of Item
        Also items that lack a cell: judging that is the release's business.
    """
    groups: dict[str, list[tuple[Role, str]]] = {}
    for cell in cells:
        found = role(cell)
        if found.id:
            groups.setdefault(item_of(found.id), []).append((found, text_of(cell)))
    return [_item(name, group) for name, group in groups.items() if ITEM_ID.fullmatch(name)]


def _item(name: str, group: Sequence[tuple[Role, str]]) -> Item:
    task = next((source for r, source in group if r.id == f"{name}-task"), "")
    by_hand = any(r.grade and r.solution for r, _ in group)
    heading = _HEADING.search(task)
    rubric = _RUBRIC.search(task) if by_hand else None
    return Item(
        id=name,
        title=_title(heading.group(1)) if heading else name,
        points=sum(r.points for r, _ in group if r.grade),
        by_hand=by_hand,
        task=task,
        hints=tuple(plain_text(text) for _, text in _HINT.findall(task)),
        rubric=rubric.group(0) if rubric else "",
    )


def _title(heading: str) -> str:
    """Drop the bracket that shows the points, and comments."""
    heading = without_comments(heading).strip()
    return re.sub(r"\s*\((?:\{points\}|[\d.]+ points?)\)\s*$", "", heading).strip()


def plain_text(markdown: str) -> str:
    """Return markdown as a terminal can show it: no emphasis, no comments, links as their words.

    Code keeps its stars and its lines; in other text, lines flow together.
    """
    parts = []
    markdown = without_comments(markdown)
    for n, part in enumerate(re.split(r"^```\w*\n(.*?)^```$", markdown, flags=re.M | re.S)):
        if n % 2:
            parts.append(part.rstrip("\n"))
            continue
        pieces = re.split(r"(`[^`]*`)", " ".join(part.split()))
        pieces[::2] = [_without_marks(piece) for piece in pieces[::2]]
        parts.append("".join(pieces).strip())
    return "\n".join(part for part in parts if part)


def _without_marks(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", text)
    return re.sub(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)", r"\1", text)


def answer_name(test: str) -> str:
    """Return the one name of the learner's that a test cell reads: ``lambda: share``.

    Parameters
    ----------
    test : str
        The source of a test cell, with or without its hidden part.

    Returns
    -------
    str
        Empty if the cell reads none, several, or cannot be parsed.
    """
    names = answer_names(test)
    return names[0] if len(names) == 1 else ""


def answer_names(test: str) -> list[str]:
    """Return all names that a test cell reads in this way, each once."""
    try:
        tree = ast.parse(test)
    except SyntaxError:
        return []
    lambdas = [
        node
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Lambda)
    ]
    return list(dict.fromkeys(n.body.id for n in lambdas if isinstance(n.body, ast.Name)))


def points_in_words(points: float) -> str:
    """Write points as a reader sees them: "1 point", "2.5 points"."""
    return f"{points:g} point{'' if points == 1 else 's'}"
