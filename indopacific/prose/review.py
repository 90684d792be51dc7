"""Holds every figure and quotation of a document against what it rests on, and writes it anew."""

from __future__ import annotations

import ast
import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from indopacific.prose import probe, sources
from indopacific.prose.reading import Reading, read
from indopacific.working_copy import put

AGREES, DIFFERS, FAULT = "agrees", "differs", "fault"

_SECONDS = 120
_PROBE = '__import__("indopacific.prose.probe", fromlist=["show"]).show({questions!r})'


class Unreadable(Exception):
    """A document cannot be read or run; the text names the file and the cell."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What became of one figure, quotation, made passage or fault.

    Attributes
    ----------
    cell : str
        Id of the notebook's cell; "" in a plain document.
    line : int
        In the cell, or in the plain document, counted from 1.
    literal : str
        What stands there; "" for a fault of form.
    source : str
        The expression it rests on.
    state : str
        "agrees", "differs" or "fault".
    should : str
        What should stand there, if it differs.
    text : str
        What is wrong, in words; "" if it agrees.
    start, end : int
        The literal's place in the cell's source, if it differs and can be written anew; else 0.
    """

    cell: str
    line: int
    literal: str
    source: str
    state: str
    should: str = ""
    text: str = ""
    start: int = 0
    end: int = 0

    @property
    def mendable(self) -> bool:
        """Whether nothing is wrong that `update` cannot write anew."""
        return self.state == AGREES or bool(self.should)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for a program to read."""
        keys = ("cell", "line", "literal", "source", "state", "should", "text")
        return {key: getattr(self, key) for key in keys}

    def where(self, document: str) -> str:
        """Return file, cell and line as a reader looks them up."""
        return (
            f"{document}, cell {self.cell!r}, line {self.line}"
            if self.cell
            else (f"{document}, line {self.line}")
        )


def documents(course: Path) -> list[Path]:
    """List the documents whose figures have sources: lessons, exercises and the README."""
    notebooks = [*course.glob("lessons/*.ipynb"), *course.glob("solutions/*/*.ipynb")]
    return [*sorted(notebooks), course / "README.md"]


# ---------------------------------------------------------------- passages and their questions


def passages(document: NotebookNode | str) -> list[tuple[str, int, str]]:
    """Return id, place and text of every passage of prose in a notebook, or of a plain text."""
    if isinstance(document, str):
        return [("", 0, document)]
    return [
        (cell.get("id", str(place)), place, cell.source)
        for place, cell in enumerate(document.cells)
        if cell.cell_type == "markdown"
    ]


def typed_in(document: NotebookNode | str) -> frozenset[str]:
    """Return the names that a notebook binds to typed-in values, and to nothing else."""
    if isinstance(document, str):
        return frozenset()
    constant: set[str] = set()
    other: set[str] = set()
    for cell in document.cells:
        if cell.cell_type != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            continue  # running the notebook names it
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                names = [n for n in ast.walk(node.value) if isinstance(n, ast.Name | ast.Call)]
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                bound = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
                (other if names else constant).update(bound)
    return frozenset(constant - other)


def _questions(reading: Reading) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []
    asked += [{"expression": f.expression, "form": f.form} for f in reading.figures]
    asked += [
        {"expression": v.expression, "items": [(i.kind, i.text) for i in v.items]}
        for v in reading.vouchers
    ]
    asked += [{"expression": b.expression} for b in reading.blocks]
    return asked


def instrumented(notebook: NotebookNode) -> NotebookNode:
    """Return a copy in which each passage is followed by a cell that evaluates its expressions.

    The cells bind no names and show their answers under a type of their own.
    """
    made = nbformat.from_dict({**notebook, "cells": []})
    constants = typed_in(notebook)
    for cell in notebook.cells:
        made.cells.append(nbformat.from_dict(cell))
        asked = (
            _questions(read(cell.source, constants=constants))
            if (cell.cell_type == "markdown")
            else []
        )
        if asked:
            source = _PROBE.format(questions=asked)
            made.cells.append(nbformat.v4.new_code_cell(source, id=f"{cell.id}-prose"[:64]))
    return made


def run(notebook: NotebookNode, folder: Path, *, name: str) -> NotebookNode:
    """Run an instrumented notebook in its own folder.

    Raises
    ------
    Unreadable
        If a cell raises; names it.
    """
    package = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        resources={"metadata": {"path": str(folder)}},
        # ipykernel warns of unencrypted local sockets at every start.
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        client.execute(env={**os.environ, "PYTHONPATH": paths})
    except CellExecutionError as error:
        failed = next(
            (
                c
                for c in notebook.cells
                if any(o.output_type == "error" for o in c.get("outputs", []))
            ),
            notebook.cells[0],
        )
        raise Unreadable(
            f"{name}, cell {failed.id!r} does not run: {error.ename}: {error.evalue}"
        ) from None
    return notebook


def _failed(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


# ---------------------------------------------------------------- judging


def judge(document: NotebookNode | str, executed: NotebookNode | None = None) -> list[Finding]:
    """Compare every figure and quotation of a document with what it rests on.

    Parameters
    ----------
    document : notebook or str
        As it stands in the file.
    executed : notebook, optional
        What `run` made of `instrumented(document)`; a plain text needs none.

    Returns
    -------
    list of Finding
        In the order of the document.
    """
    constants = typed_in(document)
    given = {} if executed is None else {cell.id: cell for cell in executed.cells}
    found: list[Finding] = []
    for cell, _, text in passages(document):
        reading = read(text, constants=constants)
        found += [
            Finding(cell=cell, line=f.line, literal="", source="", state=FAULT, text=f.text)
            for f in reading.faults
        ]
        asked = _questions(reading)
        if isinstance(document, str):
            answers = probe.answer(asked, sources.names())
        else:
            answers = _answers(given.get(f"{cell}-prose"[:64]))
        if len(answers) == len(asked):
            found += _compared(cell, text, reading, answers)
    return found


def _answers(cell: NotebookNode | None) -> list[dict[str, Any]]:
    for output in cell.outputs if cell is not None else []:
        if probe.ANSWERS in output.get("data", {}):
            answers: list[dict[str, Any]] = output["data"][probe.ANSWERS]
            return answers
    return []


def _compared(
    cell: str, text: str, reading: Reading, answers: Sequence[Mapping[str, Any]]
) -> Iterator[Finding]:
    rest = iter(answers)
    for figure in reading.figures:
        at = _Place(cell, figure.line, figure.literal, figure.expression)
        end = figure.start + len(figure.literal)
        yield _figure(at, next(rest), figure.literal, figure.start, end)
    for voucher in reading.vouchers:
        answer = next(rest)
        literal = ", ".join(item.text for item in voucher.items)
        at = _Place(cell, voucher.line, literal, voucher.expression)
        if "problem" in answer:
            yield at.finding(FAULT, text=f"{voucher.expression}: {answer['problem']}")
        elif answer["missing"]:
            lacking = ", ".join(answer["missing"])
            yield at.finding(DIFFERS, text=f"{lacking} does not occur in {voucher.expression}")
        else:
            yield at.finding(AGREES)
    for block in reading.blocks:
        at = _Place(cell, block.line, _short(block.body), block.expression)
        answer = dict(next(rest))
        body = text[block.start : block.end]
        if "is" in answer:
            answer["is"] = f"\n\n{answer['is']}\n\n"
        yield _figure(at, answer, body, block.start, block.end)


@dataclass(frozen=True)
class _Place:
    cell: str
    line: int
    literal: str
    source: str

    def finding(
        self, state: str, *, should: str = "", text: str = "", start: int = 0, end: int = 0
    ) -> Finding:
        return Finding(
            cell=self.cell,
            line=self.line,
            literal=self.literal,
            source=self.source,
            state=state,
            should=should,
            text=text,
            start=start,
            end=end,
        )


def _figure(at: _Place, answer: Mapping[str, Any], literal: str, start: int, end: int) -> Finding:
    if "problem" in answer:
        return at.finding(FAULT, text=f"{at.source}: {answer['problem']}")
    should = str(answer["is"])
    if literal[:1].isupper() and should[:1].islower():
        should = should[:1].upper() + should[1:]
    if should == literal:
        return at.finding(AGREES)
    text = f"{_short(literal)!r} should be {_short(should)!r}, by {at.source}"
    return at.finding(DIFFERS, should=should, text=text, start=start, end=end)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."


# ---------------------------------------------------------------- files


def load_document(path: Path, *, name: str) -> NotebookNode | str:
    """Read a notebook or a plain text.

    Raises
    ------
    Unreadable
        If the file is missing or no notebook.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return nbformat.reads(text, as_version=4) if path.suffix == ".ipynb" else text
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror}") from None
    except Exception as error:
        raise Unreadable(f"{name} is not a notebook: {' '.join(str(error).split())}") from None


def examine(path: Path, *, name: str = "") -> list[Finding]:
    """Read a document, run it if it is a notebook, and judge it.

    Parameters
    ----------
    path : Path
    name : str
        What messages call it; its path unless given.

    Returns
    -------
    list of Finding

    Raises
    ------
    Unreadable
        If it cannot be read, or a cell of it does not run.
    """
    name = name or str(path)
    document = load_document(path, name=name)
    if isinstance(document, str):
        with contextlib.chdir(path.resolve().parent):
            return judge(document)
    return judge(document, run(instrumented(document), path.resolve().parent, name=name))


def update(path: Path, findings: Sequence[Finding]) -> int:
    """Write the figures and passages that differ anew, and nothing else.

    Parameters
    ----------
    path : Path
    findings : sequence of Finding
        From `examine` of the same file.

    Returns
    -------
    int
        How many were written. The file is replaced whole, or not at all.
    """
    due = [f for f in findings if f.state == DIFFERS and f.should]
    if not due:
        return 0
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        notebook = nbformat.reads(text, as_version=4)
        for cell in notebook.cells:
            cell.source = _rewritten(cell.source, [f for f in due if f.cell == cell.get("id")])
        text = nbformat.writes(notebook) + "\n"
    else:
        text = _rewritten(text, due)
    put(text.encode(), path, replace=True)
    return len(due)


def _rewritten(text: str, due: Sequence[Finding]) -> str:
    for finding in sorted(due, key=lambda f: -f.start):
        text = text[: finding.start] + finding.should + text[finding.end :]
    return text
