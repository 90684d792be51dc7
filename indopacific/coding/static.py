"""The same desk in a plain HTML page: no kernel, no server, no other file.

What the reader codes stays in the browser's own storage. The sentences of the comparison, and the
resamples of its interval, are made by Python beforehand, so that a page says what a notebook says.
"""

from __future__ import annotations

import html
import json
from pathlib import Path

from indopacific.coding import lay_out
from indopacific.coding.desk import SCRIPT, STYLE, specification, told
from indopacific.coding.result import SEED, TIMES, WORDS
from indopacific.coding.sheet import Sheet
from indopacific.models.agreement import draws

_PAGE = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def fragment(name: str, which: str = "") -> str:
    """Return one desk as HTML that stands by itself.

    Parameters
    ----------
    name, which : str
        As in `code_sentences`.

    Returns
    -------
    str
        A style, the sentences and the codebook in words for a reader without scripts, the data,
        and the script.

    Raises
    ------
    ValueError
        As `code_sentences` does.
    """
    return of(lay_out(name, which))


def page(name: str, which: str = "") -> str:
    """Return a whole HTML document with one desk; arguments and errors as for `fragment`."""
    return document(lay_out(name, which))


def document(sheet: Sheet) -> str:
    """Return a whole HTML document with the desk of a sheet."""
    title = html.escape(sheet.title)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>\n<body><main><h1>{title}</h1>\n"
        f"{of(sheet)}</main></body></html>\n"
    )


def of(sheet: Sheet) -> str:
    """Return the desk of a sheet as HTML that stands by itself."""
    given = {
        **specification(sheet),
        "alone": True,
        "key": sheet.key,
        "reasoning": {each.id: each.reasoning for each in sheet.sentences},
        "caution": sheet.caution,
        "words": WORDS,
        "draws": _packed_draws(len(sheet.sentences)),
    }
    packed = json.dumps(given, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = packed.replace("<", "\\u003c")
    return (
        f"<style>{STYLE}</style>\n"
        f'<div id="ipc-{sheet.id}">{told(sheet)}</div>\n'
        f'<script type="application/json" id="ipc-data-{sheet.id}">{data}</script>\n'
        f'<script type="module">{SCRIPT}\n{_PAGE}\nlay("{sheet.id}");</script>\n'
    )


def _packed_draws(units: int) -> list[str]:
    """Return each resample as a word, one letter a sentence: half as long as lists of numbers."""
    return [
        "".join(_DIGITS[place] for place in row) for row in draws(units, seed=SEED, times=TIMES)
    ]
