"""Reading lessons in tests: their cells, calls and words."""

import ast
import functools
import re
from pathlib import Path

import nbformat
import pytest

COURSE = Path(__file__).resolve().parents[2]
LESSONS = sorted((COURSE / "lessons").glob("[0-9][0-9]-*.ipynb"))
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@functools.cache
def read(path):
    return nbformat.read(path, as_version=4)


def kind(path):
    """What a lesson's metadata call it: a lesson, a concept check, or the recipe's example."""
    return read(path).metadata["indopacific"].get("kind", "lesson")


# A concept check teaches nothing new: it has no sections, claims or exercise of its own.
CHECKS = [path for path in LESSONS if kind(path) == "check"]
NUMBERED = [path for path in LESSONS if not path.name.startswith("00") and path not in CHECKS]
numbered_lesson = pytest.mark.parametrize("path", NUMBERED, ids=lambda path: path.stem)
concept_check = pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)


def prose(path):
    return [cell for cell in read(path).cells if cell.cell_type == "markdown"]


def code(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def shown(cell):
    """The text of a cell as a reader sees it."""
    return re.sub(r"<!--.*?-->", "", cell.source, flags=re.S)


def calls(source, name):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == name:
            yield node


def last_call(cell):
    last = ast.parse(cell.source).body[-1] if cell.source.strip() else None
    is_call = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    return getattr(last.value.func, "id", None) if is_call else None


def count_words(text):
    # A made passage, such as a list of works, is no reading.
    text = re.sub(r"<!--\[.*?<!--\]-->", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return len(re.findall(r"[A-Za-z0-9][\w'’:.,%-]*", text))


def outputs(cell, kind):
    for output in cell.get("outputs", []):
        if kind in output.get("data", {}):
            yield output["data"][kind]
