"""The same game in a plain HTML page: no kernel, no server, no other file."""

from __future__ import annotations

import dataclasses
import html
import json

from indopacific.playing import deal
from indopacific.playing.board import SCRIPT, STYLE, told

_MODEL = """
const given = JSON.parse(document.getElementById("ipg-data-%(name)s").textContent);
const place = document.getElementById("ipg-%(name)s");
place.replaceChildren();
render({ model: { get: () => given }, el: place });
"""


def fragment(name: str, *, seed: int = 6) -> str:
    """Return one game as HTML that stands by itself.

    Parameters
    ----------
    name : str
    seed : int
        As in `play`.

    Returns
    -------
    str
        A style, the rounds in words for a reader without scripts, the data, and the script.

    Raises
    ------
    ValueError
        As `play` does.
    """
    game = deal(name, seed=seed)
    packed = json.dumps(dataclasses.asdict(game), ensure_ascii=False, separators=(",", ":"))
    data = packed.replace("<", "\\u003c")
    return (
        f"<style>{STYLE}</style>\n"
        f'<div id="ipg-{name}">{told(game)}</div>\n'
        f'<script type="application/json" id="ipg-data-{name}">{data}</script>\n'
        f'<script type="module">{SCRIPT}{_MODEL % {"name": name}}</script>\n'
    )


def page(name: str, *, seed: int = 6) -> str:
    """Return a whole HTML document with one game; arguments and errors as for `fragment`."""
    title = html.escape(deal(name, seed=seed).title)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>\n<body><main><h1>{title}</h1>\n"
        f"{fragment(name, seed=seed)}</main></body></html>\n"
    )
