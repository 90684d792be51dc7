"""The same map in a plain HTML page: no kernel, no server, no other file."""

from __future__ import annotations

import dataclasses
import html
import json

from indopacific.datasets import load
from indopacific.figures.easel import paint
from indopacific.figures.partnerships_map import draw_map
from indopacific.mapping.atlas import atlas
from indopacific.mapping.widget import SCRIPT, STYLE, told
from indopacific.models import reach

_MODEL = """
const given = JSON.parse(document.getElementById("ipm-data").textContent);
const place = document.getElementById("ipm-map");
place.replaceChildren();
render({ model: { get: () => given }, el: place });
"""


def fragment() -> str:
    """Return the map as HTML that stands by itself.

    Returns
    -------
    str
        A style, the answers in words for a reader without scripts, the data, and the script.
    """
    packed = json.dumps(dataclasses.asdict(atlas()), ensure_ascii=False, separators=(",", ":"))
    data = packed.replace("<", "\\u003c")
    return (
        f"<style>{STYLE}</style>\n"
        f'<div id="ipm-map">{_still()}{told(atlas())}</div>\n'
        f'<script type="application/json" id="ipm-data">{data}</script>\n'
        f'<script type="module">{SCRIPT}{_MODEL}</script>\n'
    )


def _still() -> str:
    """Return the map at rest, when territory is attacked; its numbers are those of `told`."""
    world = (reach.places(load("places")), reach.TERRITORY, load("land"))
    shown = paint(draw_map, world)
    words = shown.words
    return (
        '<figure class="indopacific-figure ipm-still" style="margin:0;max-width:52rem">'
        f'<img alt="{html.escape(words.alt)}" src="{shown.address}" '
        'style="max-width:100%;height:auto;background:#fff">'
        f"<figcaption><p>{html.escape(words.reading)} <small>Source: {html.escape(words.source)}"
        "</small></p></figcaption></figure>"
    )


def page() -> str:
    """Return a whole HTML document with the map."""
    title = html.escape(atlas().title)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>\n<body><main><h1>{title}</h1>\n"
        f"{fragment()}</main></body></html>\n"
    )
