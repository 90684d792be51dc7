"""The map as a notebook shows it. It needs no kernel once it is shown."""

from __future__ import annotations

import dataclasses
import html
import string
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from indopacific.explorers.look import script_and_style
from indopacific.mapping.atlas import Atlas, atlas
from indopacific.models.reach import quoted

SCRIPT, STYLE = script_and_style(Path(__file__).parent, "map")


class WorldMap(anywidget.AnyWidget):
    """The widget; `atlas` is all that its script is given, and nothing comes back."""

    _esm, _css = SCRIPT, STYLE
    atlas = traitlets.Dict().tag(sync=True)


class Asked:
    """A map on offer, as `ask_map` returns it.

    Attributes
    ----------
    map : WorldMap
    """

    def __init__(self) -> None:
        self.map = WorldMap(atlas=dataclasses.asdict(atlas()))

    def _repr_page_(self) -> str:
        from indopacific.mapping import static

        return static.fragment()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self.map._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        plain = f"{atlas().title} {atlas().about}"
        return {**data, "text/plain": plain, "text/html": told(atlas())}, metadata

    def __repr__(self) -> str:
        return "ask_map()"


HEADER = (
    "Place", "Whose", "Where", "Its territory", "What moves there, of a party", "Because", "Words",
)  # fmt: skip


def told(given: Atlas) -> str:
    """Return every answer for a place as plain HTML: for paper, and where no script runs."""
    head = "".join(f'<th scope="col">{_safe(name)}</th>' for name in HEADER)
    rows = []
    quotations: list[str] = []
    for place in given.places:
        own = given.verdicts[place["verdicts"]["territory"]]
        moving = given.verdicts[place["verdicts"]["forces"]["party"]]
        cells = (
            place["holder"],
            place["where"],
            given.answers[own["article5"]],
            given.answers[moving["article5"]],
            own["because"],
            _letter(quoted(own["words"]), quotations),
        )
        rows.append(
            f'<tr><th scope="row">{_safe(place["name"])}</th>'
            + "".join(f"<td>{_safe(cell)}</td>" for cell in cells)
            + "</tr>"
        )
    limits = "".join(f"<li>{_safe(each)}</li>" for each in given.limits)
    words = "".join(f"<li>{_letter(each, quotations)}: {_safe(each)}</li>" for each in quotations)
    return (
        f"<p><strong>{_safe(given.title)}</strong> {_counted(given)}</p>\n"
        '<div class="course-wide" style="overflow-x:auto" tabindex="0" role="region" '
        'aria-label="All answers">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>\n"
        f"<p>The words of the treaty that decide:</p><ul>{words}</ul>\n"
        f"<p>What the answers leave out:</p><ul>{limits}</ul>"
    )


def _letter(words: str, known: list[str]) -> str:
    """Return the letter under which a quotation stands below the table; add it if it is new."""
    if words not in known:
        known.append(words)
    return string.ascii_lowercase[known.index(words)]


def _counted(given: Atlas) -> str:
    """Return how many places have which answer, and their names where they are few."""
    groups: dict[str, list[str]] = {}
    for place in given.places:
        own = given.verdicts[place["verdicts"]["territory"]]
        groups.setdefault(given.answers[own["article5"]], []).append(place["name"])
    listed = (
        f"{_safe(answer)} for {len(names)}: {_safe(', '.join(names))}."
        for answer, names in groups.items()
    )
    return f"{len(given.places)} places, when their territory is attacked. {' '.join(listed)}"


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
