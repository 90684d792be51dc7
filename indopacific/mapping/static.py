"""The same map in a plain HTML page: no kernel, no server, no other file."""

from __future__ import annotations

import dataclasses
import html
import json

from indopacific.mapping.atlas import atlas
from indopacific.mapping.widget import SCRIPT, STYLE, told

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
        f'<div id="ipm-map">{told(atlas())}</div>\n'
        f'<script type="application/json" id="ipm-data">{data}</script>\n'
        f'<script type="module">{SCRIPT}{_MODEL}</script>\n'
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
