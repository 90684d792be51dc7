"""The claims ledger: each claim of the article, its verdict, and the passages that examined it.

Nothing of it is kept by hand. A lesson says in its prose which claims a passage examines, in a
comment that no reader sees: ``<!--# C10, C12 -->``. The ledger finds these marks, and the heading
above each; claims, verdicts and what would change them stand in the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from indopacific.curriculum import course_folder
from indopacific.datasets import load
from indopacific.figures.wording import sentence
from indopacific.figures.words import safe
from indopacific.markdown import headings

_MARK = re.compile(r"<!--#(.*?)-->", re.DOTALL)
_SEPARATOR = re.compile(r"\s*,\s*")

_HEAD = (
    "The article says, in our words",
    "Verdict",
    "What the evidence says, and where it was examined",
    "What would change the verdict",
)


@dataclass(frozen=True, kw_only=True)
class Home:
    """A passage of a lesson that examines claims.

    Attributes
    ----------
    lesson : str
        Id of the lesson.
    heading : str
        The heading above the passage.
    """

    lesson: str
    heading: str

    @property
    def number(self) -> int:
        """Number of the lesson."""
        return int(self.lesson[:2])

    @property
    def address(self) -> str:
        """Where JupyterLab finds the passage, from another lesson."""
        return f"{self.lesson}.ipynb#{self.heading.replace(' ', '-')}"


def homes(course: Path) -> dict[str, tuple[Home, ...]]:
    """Find the passages that examine each claim, in the order of the lessons.

    Parameters
    ----------
    course : Path
        The course folder.

    Returns
    -------
    dict of str to tuple of Home
        Under each claim that is examined somewhere; a heading stands once.

    Raises
    ------
    ValueError
        When a mark names no claim, or stands under no heading.
    """
    found: dict[str, dict[Home, None]] = {}
    known = set(load("claims")["id"])
    for file in sorted((course / "lessons").glob("[0-9][0-9]-*.ipynb")):
        heading = ""
        for place, claim in _marks(file):
            heading = place or heading
            if not claim:
                continue
            if claim not in known:
                raise ValueError(f"{file.name}: a mark names {claim!r}, which is no claim.")
            if not heading:
                raise ValueError(f"{file.name}: the mark of {claim} stands under no heading.")
            found.setdefault(claim, {})[Home(lesson=file.stem, heading=heading)] = None
    return {claim: tuple(places) for claim, places in found.items()}


def _marks(file: Path) -> Iterable[tuple[str, str]]:
    """Give a lesson's headings and marks in order, as ``(heading, "")`` and ``("", claim)``."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] != "markdown":
            continue
        text = "".join(cell["source"])
        above = [(place, heading, "") for place, heading in headings(text)]
        marks = [
            (mark.start(), "", claim)
            for mark in _MARK.finditer(text)
            for claim in _SEPARATOR.split(mark[1].strip())
        ]
        for _, heading, claim in sorted(above + marks, key=lambda each: each[0]):
            yield heading, claim


def ledger(*, course: Path | None = None) -> HTML:
    """Show all claims with verdict, evidence and homes, to be filtered by verdict and lesson.

    The filter is made of radio buttons and a style sheet, so that it works without Python and
    without scripts; where style sheets are off, it is a plain table.

    Parameters
    ----------
    course : Path, optional
        The course folder; found from the working directory if not given. Without one the lessons
        have their numbers and no links.

    Returns
    -------
    HTML
    """
    folder = course or course_folder()
    return HTML(page(homes(folder) if folder else {}, address=lambda home: home.address))


def page(found: Mapping[str, tuple[Home, ...]], *, address: Callable[[Home], str | None]) -> str:
    """Return the ledger as HTML.

    Parameters
    ----------
    found : mapping
        As `homes` gives it.
    address : callable
        Gives the address of a home; None where it cannot be reached.
    """
    claims = load("claims").merge(load("claim_changes"), on="id").fillna("")
    claims["lessons"] = [_SEPARATOR.split(str(numbers)) for numbers in claims["lesson"]]
    verdicts = {word: claims["verdict"] == word for word in claims["verdict"].value_counts().index}
    numbers = sorted({number for each in claims["lessons"] for number in each}, key=int)
    lessons = {
        number: claims["lessons"].map(lambda own, number=number: number in own)
        for number in numbers
    }
    filters = [
        _filter("verdict", verdicts, claims["id"], "{}"),
        _filter("lesson", lessons, claims["id"], "lesson {:0>2}"),
    ]
    head = "".join(f'<th scope="col"{_LEFT}>{name}</th>' for name in _HEAD)
    rows = "".join(_row(row, found, address) for _, row in claims.iterrows())
    return (
        f"<style>{_STYLE}{''.join(rules for _, rules in filters)}</style>"
        # A form keeps the buttons of each display apart; of this method, it sends nothing.
        f'<form class="ip-ledger" method="dialog">{"".join(fields for fields, _ in filters)}'
        f"<table><caption>{len(claims)} claims of one article</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        '<p class="ip-ledger-count"></p></form>'
    )


# In place, because JupyterLab's own style sheet puts numbers and texts to the right.
_LEFT = ' style="text-align:left"'
_STYLE = Path(__file__).with_name("claims_ledger.css").read_text(encoding="utf-8")


def _filter(
    name: str, options: Mapping[str, pd.Series], ids: pd.Series, label: str
) -> tuple[str, str]:
    """Return a group of radio buttons, and the rules that hide what the chosen one leaves out."""
    buttons = [_button(name, "all", "all", len(ids), chosen=True)]
    rules = []
    for number, (option, own) in enumerate(options.items(), start=1):
        value = f"{name}-{number}"
        buttons.append(_button(name, value, label.format(option), int(own.sum())))
        others = ", ".join(f'[data-claim="{each}"]' for each in ids[~own])
        rules.append(
            f'.ip-ledger:has([value="{value}"]:checked) :is({others}) {{ display: none; }}\n'
        )
    fields = f"<fieldset><legend>{sentence(name)}</legend>{''.join(buttons)}</fieldset>"
    return fields, "".join(rules)


def _button(name: str, value: str, words: str, many: int, *, chosen: bool = False) -> str:
    # JupyterLab would take the arrow keys for its own.
    return (
        f'<label><input type="radio" name="ledger-{name}" value="{value}"'
        f'{" checked" if chosen else ""} data-lm-suppress-shortcuts="true">'
        f" {safe(words)} ({many})</label>"
    )


def _row(
    row: pd.Series,
    found: Mapping[str, tuple[Home, ...]],
    address: Callable[[Home], str | None],
) -> str:
    places = [_place(home, address(home)) for home in found.get(row["id"], ())]
    reached = {home.number for home in found.get(row["id"], ())}
    places += [f"lesson {int(n):02}" for n in row["lessons"] if int(n) not in reached]
    detail = f": {safe(row['verdict_detail'])}" if row["verdict_detail"] else ""
    cells = (
        f"<strong>{safe(row['verdict'])}</strong>{detail}",
        f"{safe(sentence(row['evidence']))}"
        f"<ul>{''.join(f'<li>{place}</li>' for place in places)}</ul>",
        safe(sentence(row["change"])),
    )
    return (
        f'<tr id="{row["id"].lower()}" data-claim="{row["id"]}"><th scope="row"{_LEFT}>'
        f"<strong>{row['id']}</strong> {safe(sentence(row['claim']))}</th>"
        f"{''.join(f'<td{_LEFT}>{cell}</td>' for cell in cells)}</tr>"
    )


def _place(home: Home, address: str | None) -> str:
    words = safe(f"{home.number:02} · {home.heading}")
    return f'<a href="{safe(address)}">{words}</a>' if address else words
