"""The same face in a plain HTML page: no kernel, no server, no other file.

The pictures along the lead slider are painted ahead, for the setting that is shown and for every
preset, and put into the page; the script that drives them is the one that JupyterLab runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indopacific.explorers import find, plain
from indopacific.explorers.definition import Engine, Explorer
from indopacific.explorers.face import SCRIPT, STYLE, specification, spoken
from indopacific.figures import style

_PAGE = Path(__file__).with_name("page.js").read_text(encoding="utf-8")

# A page carries every picture: so many steps of the lead slider are fine enough.
_ENOUGH = 20


def fragment(name: str, values: Mapping[str, Any] | None = None, *, sharp: bool = True) -> str:
    """Return one explorer as HTML that stands by itself.

    Parameters
    ----------
    name : str
        As in `explore`.
    values : mapping, optional
        The setting to show; the lead slider moves from there.
    sharp : bool
        Whether pictures have two pixels for each of the page's.

    Returns
    -------
    str
        A style, a picture with its tables for a reader without scripts, the data, and the script.
        With several on one page, styles and scripts need to stand there once.

    Raises
    ------
    ValueError
        For an unknown name, or a value outside its range.
    """
    explorer = find(name)
    start = explorer.setting(values or {})
    engine = Engine(explorer, dpi=style.DPI * (2 if sharp else 1))
    first = engine.picture(start)
    stops = _stops(explorer, engine, start)
    data = {
        "spec": _specification(explorer, start, stops),
        "values": start,
        "words": spoken(first),
        "picture": first.address,
        "ahead": _ahead(explorer, engine, start, stops),
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f"<style>{STYLE}</style>\n"
        f"<div>{plain.before(explorer)}{first._repr_html_()}{plain.after(explorer, start)}</div>"
        f'<script type="application/json" class="ipx-data">{packed}</script>\n'
        f'<script type="module">{SCRIPT}\n{_PAGE}</script>\n'
    )


def page(name: str, **values: Any) -> str:
    """Return a whole HTML document with one explorer; arguments and errors as for `fragment`."""
    title = find(name).title
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>\n<body><main><h1>{title}</h1>\n"
        f"{fragment(name, values, sharp=False)}</main></body></html>\n"
    )


def _settings(explorer: Explorer, start: dict[str, Any]) -> list[dict[str, Any]]:
    return [start, *(explorer.setting(preset.values) for preset in explorer.presets)]


def _stops(explorer: Explorer, engine: Engine, start: dict[str, Any]) -> list[float]:
    """Return where the lead slider can stand on a page: even steps, and every setting to show."""
    grid = engine.lead_grid()
    shown = {setting[explorer.lead] for setting in _settings(explorer, start)}
    coarsest = max(1, (len(grid) - 1) // _ENOUGH)
    # The fewest: steps on which the settings lie need no others between them.
    choices = [{*grid[::n], grid[-1], *shown} for n in range(1, coarsest + 1)]
    fewest = min(choices, key=len)
    return sorted(fewest)


def _specification(explorer: Explorer, start: dict[str, Any], stops: list[float]) -> dict[str, Any]:
    whole = specification(explorer, start)
    for control in whole["controls"]:
        if control["name"] == explorer.lead:
            control["stops"] = stops
    return {**whole, "static": True}


def _ahead(
    explorer: Explorer, engine: Engine, start: dict[str, Any], stops: list[float]
) -> dict[str, Any]:
    """Return the pictures of every setting along the lead slider; those that agree stand once."""
    shelves: dict[str, dict[str, Any]] = {}
    for setting in _settings(explorer, start):
        others = {name: value for name, value in setting.items() if name != explorer.lead}
        shelves.setdefault(json.dumps(others), setting)
    # Most rows of most tables are the same: each stands once, and a table says which it has.
    rows: dict[tuple[str, ...], int] = {}
    frames = []
    for number, setting in enumerate(shelves.values()):
        for place, stop in enumerate(stops):
            made = engine.picture({**setting, explorer.lead: stop})
            words = spoken(made)
            words["table"] = [rows.setdefault(tuple(row), len(rows)) for row in words["table"]]
            where = {"setting": number, "place": place}
            frames.append({**where, "words": words, "png": made.address})
    return {"settings": list(shelves.values()), "rows": list(rows), "frames": frames}
