"""Notebooks as they really arrive: at least one for every way in which a file can be broken.

Each says which answers must come out, and which words the student must read. The grading tests run
the same corpus, so that a repair that looks right also earns the right mark.
"""

import copy
import dataclasses
import json
import re
from dataclasses import dataclass, field

import nbformat

from indopacific.exercises.known import known_cells
from indopacific.exercises.questions import role
from tests.grading.practice import ARGUMENT, item_id, right_answers, source_notebook

BLOCK = re.compile(r"^[^\n]*### BEGIN (?:SOLUTION|HIDDEN TESTS).*?### END [A-Z ]+\n?", re.S | re.M)
SOURCE = [dict(cell) for cell in source_notebook().cells]

#: The cells of the practice exercise, as students get them.
CELLS = [cell | {"source": BLOCK.sub("", cell["source"])} for cell in SOURCE]
#: The same, as the instructor knows them: with the hidden tests.
KNOWN = [
    k if k.role.grade and not k.role.solution else dataclasses.replace(k, source=r["source"])
    for k, r in zip(known_cells(SOURCE), [c for c in CELLS if role(c).id], strict=True)
]
ESSAY = "Votes are public, so anyone can count them again, and they come every year in number."
ANSWERS = {**right_answers(), ARGUMENT: ESSAY}


def with_answers(answers):
    """Return the released cells with answers in them."""
    return [copy.deepcopy(c) | {"source": answers.get(role(c).id, c["source"])} for c in CELLS]


def find(cells, grade_id):
    """Return the place of a cell."""
    return next(i for i, cell in enumerate(cells) if role(cell).id == grade_id)


def notebook(cells, **top):
    """Return a notebook's JSON text."""
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | top
    return json.dumps(whole, indent=1, ensure_ascii=False)


WHOLE = notebook(with_answers(ANSWERS))


@dataclass(frozen=True)
class Broken:
    """A broken notebook and what must come of it.

    Attributes
    ----------
    name : str
    data : bytes
    saved : dict of str to str, or None
        Item id -> source of the answers that must come out; None if the file must be refused.
    said : str
        Words of a note, or of the refusal.
    """

    name: str
    data: bytes
    saved: dict[str, str] | None = field(default_factory=lambda: dict(ANSWERS))
    said: str = ""


def _without(cells, *grade_ids):
    return [c for c in cells if role(c).id not in grade_ids]


def _changed(grade_id, **changes):
    cells = with_answers(ANSWERS)
    cells[find(cells, grade_id)] |= changes
    return notebook(cells).encode()


def _metadata(name, **changes):
    cells = with_answers(ANSWERS)
    cells[find(cells, name)]["metadata"]["nbgrader"].update(changes)
    return notebook(cells).encode()


def _outputs():
    cells = with_answers(ANSWERS)
    big = {"output_type": "stream", "name": "stdout", "text": "x" * 5_000_000}
    cells[find(cells, item_id(1))]["outputs"] = [big]
    return notebook(cells).encode()


def _merged(text, mine, other):
    """Return a notebook's text with a conflict in the line that holds an answer."""
    line = next(x for x in text.splitlines() if mine in x)
    conflict = ["<<<<<<< HEAD", line, "=======", line.replace(mine, other), ">>>>>>> main"]
    return text.replace(line, "\n".join(conflict)).encode()


def _format_3(cells):
    old = [{"cell_type": "heading", "level": 2, "source": ["Mine"], "metadata": {}}]
    for cell in cells:
        own = {k: v for k, v in cell.items() if k not in ("id", "source")}
        key = "input" if cell["cell_type"] == "code" else "source"
        old.append(own | {key: cell["source"].splitlines(keepends=True), "language": "python"})
    whole = {"metadata": {"name": "x"}, "nbformat": 3, "nbformat_minor": 0}
    return json.dumps(whole | {"worksheets": [{"cells": old, "metadata": {}}]}).encode()


def _cut(text, marker):
    return text[: text.index(marker)].encode()


def _split():
    cells = with_answers(ANSWERS)
    at = find(cells, item_id(10))
    lines = cells[at]["source"].splitlines(keepends=True)
    parts = ["".join(lines[:1]), "".join(lines[1:])]
    cells[at : at + 1] = [copy.deepcopy(cells[at]) | {"source": part} for part in parts]
    return notebook(cells).encode()


_CELLS = with_answers(ANSWERS)
_NAMELESS = [{**c, "metadata": {}, "id": f"c{n}"} for n, c in enumerate(_CELLS)]
_ONE = item_id(1)
_LEFT = {k: v for k, v in ANSWERS.items() if k != _ONE}

CORPUS = (
    Broken("sound", WHOLE.encode()),
    Broken("byte-order-mark", b"\xef\xbb\xbf" + WHOLE.encode()),
    Broken("utf-16", WHOLE.encode("utf-16"), said="was in UTF-16"),
    Broken("utf-16-without-mark", WHOLE.encode("utf-16-be"), said="was in UTF-16"),
    Broken("utf-32", WHOLE.encode("utf-32"), said="was in UTF-32"),
    Broken(
        "windows-letters",
        _changed(ARGUMENT, source="Café votes — public ones").decode().encode("cp1252"),
        {**ANSWERS, ARGUMENT: "Café votes — public ones"},
        "was not in UTF-8",
    ),
    Broken("trailing-garbage", WHOLE.encode() + b"\n}}]garbage", said="behind the end"),
    Broken("trailing-zeros", WHOLE.encode() + b"\0" * 4096),
    Broken("two-in-one", WHOLE.encode() * 2, said="behind the end"),
    Broken(
        "cut-off",
        _cut(WHOLE, ESSAY[20:]),
        {k: v for k, v in ANSWERS.items() if k != ARGUMENT},
        "what stood behind them is lost",
    ),
    Broken("cut-after-the-cells", _cut(WHOLE, '"nbformat"'), said="all of them could be read"),
    Broken("single-quotes", WHOLE.replace('"', "'").encode(), None, "damaged"),
    Broken("nbformat-3", _format_3(_CELLS), said="in an old format"),
    Broken(
        "sources-as-lists",
        notebook(
            nbformat.v4.rwbase.split_lines(nbformat.from_dict(json.loads(WHOLE))).cells
        ).encode(),
    ),
    Broken("source-is-a-number", _changed(_ONE, source=18), _LEFT, "no text"),
    Broken("source-is-a-mixed-list", _changed(_ONE, source=[ANSWERS[_ONE], 3, None])),
    Broken(
        "half-a-surrogate",
        _changed(_ONE, source="x").replace(b'"source": "x"', b'"source": "share = 18.0 # \\ud83d"'),
        {**ANSWERS, _ONE: "share = 18.0 # ?"},
    ),
    Broken(
        "merge-in-the-file", _merged(WHOLE, "share = 18.0", "share = 3.0"), said="merge's marks"
    ),
    Broken(
        "merge-in-a-cell",
        _changed(_ONE, source="<<<<<<< HEAD\nshare = 18.0\n=======\nshare = 3.0\n>>>>>>> main\n"),
        {**ANSWERS, _ONE: "share = 18.0\n"},
        "merge's marks",
    ),
    Broken(
        "copied-answer",
        notebook([*_CELLS, _CELLS[find(_CELLS, _ONE)]]).encode(),
        said="is a copy of",
    ),
    Broken(
        "copied-stub", notebook([*_CELLS, CELLS[find(CELLS, _ONE)]]).encode(), said="is a copy of"
    ),
    Broken(
        "copied-test",
        notebook([*_CELLS, _CELLS[find(_CELLS, f"{_ONE}-test")]]).encode(),
        said="was left out",
    ),
    Broken(
        "deleted-test",
        notebook(_without(_CELLS, f"{_ONE}-test")).encode(),
        said="has been put back",
    ),
    Broken("deleted-answer", notebook(_without(_CELLS, _ONE)).encode(), _LEFT, "is missing"),
    Broken("split-answer", _split(), said="have been joined"),
    Broken("answer-became-text", _changed(_ONE, cell_type="markdown"), said="is code again"),
    Broken("essay-became-code", _changed(ARGUMENT, cell_type="code"), said="is markdown again"),
    Broken("cell-type-unknown", _changed(_ONE, cell_type={"a": 1}), said="is code again"),
    Broken("renamed-answer", _metadata(_ONE, grade_id="mine"), said="had lost its name"),
    Broken("no-metadata-at-all", notebook(_NAMELESS).encode(), said="had lost its name"),
    Broken("upside-down", notebook(_CELLS[::-1]).encode(), said="were moved"),
    Broken("edited-test", _changed(f"{_ONE}-test", source="pass"), said="had been changed"),
    Broken("more-points", _metadata(f"{_ONE}-test", points=99), said="are 2 again"),
    Broken(
        "roles-swapped",
        _metadata(f"{_ONE}-test", grade=False, solution=True, task=True),
        said="had lost its role",
    ),
    Broken("points-are-text", _metadata(f"{_ONE}-test", points="many"), said="are 2 again"),
    Broken(
        "tag-to-skip",
        _changed(
            f"{_ONE}-test",
            metadata={
                **_CELLS[find(_CELLS, f"{_ONE}-test")]["metadata"],
                "tags": ["skip-execution"],
            },
        ),
        said="'skip-execution'",
    ),
    Broken("metadata-is-a-list", _changed(f"{_ONE}-test", metadata=[]), said="had lost its name"),
    Broken("five-megabytes-of-output", _outputs(), said="Outputs of 5.0 MB"),
    Broken(
        "cells-that-are-none",
        notebook([*_CELLS, None, 3, "x"]).encode(),
        said="3 things that are not cells",
    ),
    Broken(
        "very-long-number",
        _changed(_ONE, execution_count=7).replace(
            b'"execution_count": 7', b'"execution_count": ' + b"7" * 10_000
        ),
    ),
    Broken(
        "kernel-of-elsewhere",
        notebook(
            _CELLS, metadata={"kernelspec": {"name": "../../evil", "language": "sh"}}
        ).encode(),
    ),
    Broken("empty-file", b"", None, "is empty"),
    Broken("only-zeros", b"\0" * 1000, None, "is empty"),
    Broken("a-word-document", b"PK\x03\x04" + bytes(range(256)) * 20, None, "damaged"),
    Broken("a-list", b"[1, 2]", None, "not a notebook"),
    Broken("no-cells", b'{"nbformat": 4}', None, "no list of cells"),
    Broken(
        "another-exercise",
        notebook(
            [
                {
                    "cell_type": "code",
                    "source": "y = 2",
                    "metadata": {"nbgrader": {"grade_id": "other"}},
                }
            ]
        ).encode(),
        None,
        "none of this exercise's cells",
    ),
    Broken("nested-too-deep", b'{"cells": ' + b"[" * 200_000, None, "damaged"),
    Broken(
        "too-many-cells",
        notebook([*_CELLS, *({"cell_type": "code", "source": "1"} for _ in range(3000))]).encode(),
        None,
        "at most 2,000",
    ),
)
