"""The same control in a plain HTML page: no kernel, no server, no other file.

What the reader predicts stays in the browser's own storage. The words for every guess are made by
Python beforehand, so that a page says exactly what a notebook says.
"""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from indopacific.predictions import declared, find
from indopacific.predictions.control import CLOSE, SCRIPT, STYLE, WORDS, specification
from indopacific.predictions.questions import Choose, Question

_PAGE = Path(__file__).with_name("page.js").read_text(encoding="utf-8")


def fragment(name: str, figure: str = "") -> str:
    """Return one question as HTML, with the figure that answers it folded behind it.

    Parameters
    ----------
    name : str
        The question's id.
    figure : str
        HTML of the figure that answers. It unfolds when a prediction is kept, or when the reader
        asks to see it without; it stands open on paper and where there are no scripts.

    Returns
    -------
    str
        To be put into a page together with one `scripts()` at its end.

    Raises
    ------
    ValueError
        For an unknown id.
    """
    question = find(name)
    return (
        f'<div id="ipp-{name}">{_plain(question)}</div>\n'
        f'<script type="application/json" class="ipp-data">{_packed(_spoken(question))}</script>\n'
        f"{held(name, figure) if figure else ''}"
    )


def held(name: str, answer: str) -> str:
    """Return HTML that answers a question, to stand anywhere behind it; folded as in `fragment`."""
    return f'<div class="ipp-held" data-answers="{name}">{answer}</div>\n'


def look_back(lesson: str) -> str:
    """Return the look back on a lesson's predictions as HTML; to be used as `fragment` is."""
    place = f"ipp-lesson-{lesson}"
    back = {
        "place": place,
        "questions": [_spoken(question) for question in declared(lesson)],
        "close": CLOSE,
        **WORDS,
    }
    return (
        f'<div id="{place}"></div>\n'
        f'<script type="application/json" class="ipp-lesson">{_packed(back)}</script>\n'
    )


def scripts() -> str:
    """Return the style and the script that a page with predictions needs, once, at its end."""
    return f'<style>{STYLE}</style>\n<script type="module">{SCRIPT}\n{_PAGE}</script>\n'


def _spoken(question: Question) -> dict[str, Any]:
    return {
        **specification(question),
        "static": True,
        "section": question.section,
        "answers": question.answers(),
        "surprises": question.surprises(),
        "revealed": question.revealed(),
    }


def _plain(question: Question) -> str:
    options = question.options if isinstance(question, Choose) else ()
    listed = "".join(f"<li>{html.escape(option)}</li>" for option in options)
    asked = f"<p><strong>Predict.</strong> {html.escape(question.asks)}</p>"
    return asked + (f"<ul>{listed}</ul>" if listed else "")


def _packed(data: Any) -> str:
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return packed.replace("<", "\\u003c")
