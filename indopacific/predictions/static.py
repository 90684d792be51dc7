"""The same control in a plain HTML page: no kernel, no server, no other file.

What the reader predicts stays in the browser's own storage. The words for every guess are made by
Python beforehand, so that a page says exactly what a notebook says.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from indopacific.predictions import declared, find
from indopacific.predictions.concepts import Concept
from indopacific.predictions.control import CLOSE, SCRIPT, STYLE, again, specification, words_of
from indopacific.predictions.questions import Choose, Line, Number, Order, Question

_PAGE = Path(__file__).with_name("page.js").read_text(encoding="utf-8")

#: Where a page asks a question, and what opens when it is answered: the tags, by its id.
ASKED = '<div id="ipp-{}">'
HELD = '<div class="ipp-held" data-answers="{}">'


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
        f"{ASKED.format(name)}{_plain(question)}</div>\n"
        f'<script type="application/json" class="ipp-data">{_packed(_spoken(question))}</script>\n'
        f"{held(name, figure) if figure else ''}"
    )


def held(name: str, answer: str) -> str:
    """Return HTML that answers a question, to stand anywhere behind it; folded as in `fragment`."""
    return f"{HELD.format(name)}{answer}</div>\n"


def look_back(lesson: str) -> str:
    """Return the look back on a lesson's predictions as HTML; to be used as `fragment` is."""
    place = f"ipp-lesson-{lesson}"
    questions = declared(lesson)
    back = {
        "place": place,
        "questions": [_spoken(question) for question in questions],
        "close": CLOSE,
        **words_of(questions),
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
        "again": again(question),
        "answers": question.answers(),
        "surprises": question.surprises(),
        "revealed": question.revealed(),
    }


def _plain(question: Question) -> str:
    verb = "Check" if question.at_once else "Predict"
    asked = f"<p><strong>{verb}.</strong> {html.escape(question.asks)}</p>"
    return asked + _choices(question) + _answers(question)


def _answers(question: Question) -> str:
    """Return the word on each option of a concept check, folded."""
    if not isinstance(question, Concept):
        return ""
    said = "".join(
        f"<dt>{html.escape(option)}</dt><dd>{html.escape(told)}</dd>"
        for option, told in question.answers().items()
    )
    return f"<details><summary>What each answer says</summary><dl>{said}</dl></details>"


def _choices(question: Question) -> str:
    """Return what can be answered, in words: for paper, and where no script runs."""
    if isinstance(question, Choose):
        return _listed(question.options)
    if isinstance(question, Order):
        ends = f"Put in order, {question.first} first and {question.last} last:"
        return f"<p>{html.escape(ends)}</p>{_listed(question.names)}"
    if isinstance(question, Number):
        return f"<p>{html.escape(_range(question))}</p>"
    if isinstance(question, Line):
        given = {int(year): value for year, value in question.controls()["given"].items()}
        heads = "".join(f'<th scope="col">{year}</th>' for year in given)
        values = "".join(
            f"<td>{'no figure' if value is None else html.escape(question.unit.write(value))}</td>"
            for value in given.values()
        )
        first, last = question.drawn_years
        years = f"{first}" if first == last else f"each year from {first} to {last}"
        known = (
            '<div style="overflow-x:auto" tabindex="0" role="region" aria-label="What is known">'
            f'<table><thead><tr><th scope="col">Year</th>{heads}</tr></thead><tbody><tr>'
            f'<th scope="row">Known</th>{values}</tr></tbody></table></div>'
            if given
            else ""
        )
        return f"{known}<p>{html.escape(f'{_range(question)} One for {years}.')}</p>"
    raise TypeError(f"{question.id}: a question of this kind has no words for paper yet.")


def _range(question: Number | Line) -> str:
    write = question.unit.write
    return f"A number from {write(question.low)} to {write(question.high)}."


def _listed(names: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(name)}</li>' for name in names)}</ul>"


def _packed(data: Any) -> str:
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return packed.replace("<", "\\u003c")
