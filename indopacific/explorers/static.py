"""The same face in a plain HTML page: no kernel, no server, no other file.

The pictures along the lead slider are painted ahead and put into the page; the script that drives
them is the one that JupyterLab runs.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from indopacific.explorers import find
from indopacific.explorers.definition import Engine, Explorer
from indopacific.explorers.face import SCRIPT, STYLE, specification, spoken
from indopacific.figures.easel import Picture

_MODEL = """
const given = JSON.parse(document.getElementById("ipx-data-%(name)s").textContent);
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
given.picture = bytes(given.picture);
for (const frame of given.frames) frame.png = bytes(frame.png);
const model = {
  get: (name) => given[name],
  set: (name, value) => { given[name] = value; },
  save_changes() {}, on() {}, off() {}, send() {},
};
const place = document.getElementById("ipx-%(name)s");
place.replaceChildren();
render({ model, el: place });
"""


def fragment(name: str, **values: Any) -> str:
    """Return one explorer as HTML that stands by itself.

    Parameters
    ----------
    name : str
        As in `explore`.
    **values
        The setting to show; the lead slider moves from there.

    Returns
    -------
    str
        A style, a picture with its table for a reader without scripts, the data, and the script.

    Raises
    ------
    ValueError
        For an unknown name, or a value outside its range.
    """
    explorer = find(name)
    start = explorer.setting(values)
    engine = Engine(explorer)
    first = engine.picture(start)
    data = {
        "spec": {**specification(explorer, start), "static": True},
        "values": start,
        "words": spoken(first),
        "picture": _text(first.png),
        "frames": _frames(explorer, engine, start),
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f"<style>{STYLE}</style>\n"
        f'<div id="ipx-{name}">{first._repr_html_()}</div>\n'
        f'<script type="application/json" id="ipx-data-{name}">{packed}</script>\n'
        f'<script type="module">{SCRIPT}{_MODEL % {"name": name}}</script>\n'
    )


def page(name: str, **values: Any) -> str:
    """Return a whole HTML document with one explorer; arguments and errors as for `fragment`."""
    title = find(name).title
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>\n<body><main><h1>{title}</h1>\n"
        f"{fragment(name, **values)}</main></body></html>\n"
    )


def _frames(explorer: Explorer, engine: Engine, start: dict[str, Any]) -> list[dict[str, Any]]:
    def packed(place: int, picture: Picture) -> dict[str, Any]:
        return {"place": place, "words": spoken(picture), "png": _text(picture.png)}

    return [packed(place, engine.frame(start, place)) for place in range(len(engine.lead_grid()))]


def _text(png: bytes) -> str:
    return base64.b64encode(png).decode("ascii")
