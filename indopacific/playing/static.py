"""The same game in a plain HTML page: no kernel, no server, no other file."""

from __future__ import annotations

import dataclasses
import html
import json
from pathlib import Path

from indopacific.playing import deal
from indopacific.playing.board import SCRIPT, STYLE, told

_PAGE = Path(__file__).with_name("page.js").read_text(encoding="utf-8")


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
        f"<div>{told(game)}</div>"
        f'<script type="application/json" class="ipg-data">{data}</script>\n'
        f'<script type="module">{SCRIPT}\n{_PAGE}</script>\n'
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
