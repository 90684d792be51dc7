"""Exercises as pages: what is asked on one, solutions on another that is closed until asked for."""

from __future__ import annotations

import html
import itertools
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from indopacific.exercises import notes
from indopacific.exercises.questions import Item, items, role
from indopacific.exercises.sources import block
from indopacific.publishing.notebooks import Pages, code, prose

_APART = """\
Try before you look. Each solution is one of several right ones, and opens when you ask for it.
"""

# Sections of the notes for instructors that a reader needs who marks a text alone.
_FOR_MARKING = ("Rubric", "Model answer", "A second model answer", "Another answer", "Sample")


def asked(notebook: Path, *, here: str, pages: Pages, solutions: str | None) -> list[str]:
    """Return the parts of the page of a released exercise: tasks, hints, and where to write.

    Parameters
    ----------
    notebook : Path
        The released exercise.
    here, pages
        As for `notebooks.prose`.
    solutions : str or None
        Name of the page with its solutions.
    """
    parts = []
    for cell in nbformat.read(notebook, as_version=4).cells:
        known = role(cell)
        if cell.cell_type == "markdown":
            parts.append(prose(cell.source, here=here, pages=pages))
        elif not (known.grade and not known.solution):
            parts.append(code(cell.source, folded=False))
    # What stands above the title speaks of the file, not of the exercise.
    parts = list(itertools.dropwhile(lambda part: not part.startswith("# "), parts))
    if solutions:
        parts.append(f"## Solutions\n\n[They have a page of their own](/{solutions}.md).")
    return parts


def solved(notebook: Path, *, here: str, pages: Pages) -> list[str]:
    """Return the parts of the page with an exercise's solutions, each folded.

    Parameters
    ----------
    notebook : Path
        The source of the exercise, with solutions.
    here, pages
        As for `notebooks.prose`.
    """
    cells = nbformat.read(notebook, as_version=4).cells
    parts = [_APART, f"[Back to the exercise](/{pages(here)}.md)."]
    for item in items(cells):
        answer = next((cell for cell in cells if role(cell).id == item.id), None)
        if answer is not None:
            parts.append(_solution(item, answer, here=here, pages=pages))
    return [*parts, *_marked(notebook.with_name(notes.NAME), here=here, pages=pages)]


def _marked(file: Path, *, here: str, pages: Pages) -> list[str]:
    """Return what somebody needs who marks an own text: rubric, model answers and samples."""
    if not file.is_file():
        return []
    sections = re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [
        f"## {heading}\n\n<details>\n<summary>Open</summary>\n\n"
        f"{prose(body.strip(), here=here, pages=pages)}\n\n</details>\n"
        for heading, _, body in (section.partition("\n") for section in sections)
        if heading.startswith(_FOR_MARKING)
    ]


def _solution(item: Item, answer: NotebookNode, *, here: str, pages: Pages) -> str:
    shown = (
        code(block(answer.source, "SOLUTION") or answer.source, folded=False)
        if answer.cell_type == "code"
        else prose(answer.source, here=here, pages=pages)
    )
    words = "One answer that earns full marks" if item.by_hand else "A solution"
    return (
        f"## {html.unescape(item.title)}\n\n"
        f"<details>\n<summary>{words}</summary>\n\n{shown}\n</details>\n"
    )
