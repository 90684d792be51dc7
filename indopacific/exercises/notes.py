"""What the notes for instructors must hold, in words for their author."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..prose.reading import without_sources
from .questions import items, role, text_of

NAME = "instructor-notes.md"
_LEAST_WORDS = 8


def faults(path: Path, cells: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say what is missing in the notes of an exercise.

    Parameters
    ----------
    path : Path
        The notes, beside the source notebook.
    cells : sequence of notebook cells
        The source.

    Yields
    ------
    str
        One sentence per fault.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        yield (
            f"{NAME} is missing beside the notebook. It holds a section `## Timing`, for every "
            "item a section `### ` with the item's title and its common mistakes, and for what a "
            "person marks `## Rubric` and `## Model answer`."
        )
        return
    sections = {
        heading.strip(): body
        for heading, body in re.findall(r"^#{2,3} (.*)\n((?:(?!^#{2,3} ).*\n?)*)", text, re.M)
    }
    if not any(heading.startswith("Timing") for heading in sections):
        yield f"{NAME}: add a section `## Timing`: how long each item takes, and what to skip."
    for item in items(cells):
        title = html.unescape(item.title)
        if title not in sections:
            yield f"{NAME}: add a section `### {title}` with the common mistakes of {item.id}."
        elif len(sections[title].split()) < _LEAST_WORDS and not item.by_hand:
            yield f"{NAME}: say under `### {title}` which mistakes are common and what they show."
    by_hand = {item.id for item in items(cells) if item.by_hand}
    for kind in ("Rubric", "Model answer") if by_hand else ():
        if not any(heading.startswith(kind) for heading in sections):
            yield f"{NAME}: add a section `## {kind}` for what a person marks."
    for cell in cells:
        model = without_sources(text_of(cell)).strip()
        if role(cell).id in by_hand and role(cell).solution and model not in text:
            yield f"{NAME}: put the model answer of {role(cell).id} there, word for word."
