"""How the report of a check reads, on a terminal and on a page.

A report is what `check --json` prints. Words carry what colours repeat. Titles, hints and rubrics
are markdown, as their authors wrote them; what a check says of an answer is plain text, since it
quotes the learner.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

Report = Mapping[str, Any]

#: {state of an item: (its colour on a terminal, its words)}
STATES = {
    "right": ("green", "right"),
    "partly": ("yellow", "partly right"),
    "wrong": ("red", "not right yet"),
    "unanswered": ("dim", "not answered"),
    "by hand": ("cyan", "marked by a person"),
    "broken": ("red", "could not be judged"),
}

WITHOUT_HIDDEN_TESTS = (
    "The full tests are with the instructor. Here, right means: right in kind and shape, and on "
    "the small examples."
)

# Raw HTML of an author or a learner is shown, never obeyed.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def number(value: float) -> str:
    """Return marks as people write them: 2, 1.5, never 2.0."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def marks(item: Mapping[str, Any]) -> str:
    """Return what an item earned, of what it can earn; a dash until a person has marked it."""
    earned = "-" if item["earned"] is None else number(item["earned"])
    return f"{earned}/{number(item['points'])}"


def state_in_words(item: Mapping[str, Any]) -> str:
    """Return the words for what became of an item."""
    return STATES.get(item["state"], ("", item["state"]))[1]


def paragraphs(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """List what is to be said of an item that is not right: ("plain" or "markdown", text)."""
    # A check names its item and breaks lines at 80 characters: here a heading and the page do.
    message = item["message"].removeprefix(f"{item['id']}: ")
    message = re.sub(r"\n {2}(?=\S)", " ", message)
    message = message[:1].upper() + message[1:]
    if message:
        yield ("markdown" if item["state"] == "by hand" else "plain"), message
    if item["look_again"]:
        yield "plain", f"Look again at: {item['look_again']}"
    if item["hint"]:
        yield "markdown", f"Hint: {item['hint']}"


def total(report: Report) -> str:
    """Return the sum of the marks."""
    by_hand = sum(item["points"] for item in report["items"] if item["state"] == "by hand")
    tested = f"{number(report['earned'])} of {number(report['points'])} points"
    if not by_hand:
        return tested
    whole = number(report["points"] + by_hand)
    return f"{tested} that a test can give; a person gives the other {number(by_hand)} of {whole}"


def remarks(report: Report) -> Iterator[str]:
    """List what concerns the notebook as a whole, as plain text."""
    titles = {item["id"]: plain(item["title"]) for item in report["items"]}
    for error in report["errors"]:
        yield _fault(error, titles.get(error.get("task", ""), ""))
    for note in report["notes"]:
        yield f"Note: {note}"


def _fault(error: Mapping[str, Any], task: str) -> str:
    """Say where a cell of the learner's stopped, by the number that JupyterLab shows beside it."""
    shown, line = error.get("shown"), error.get("line")
    cell = f"cell {error['number']}" if shown is None else f"cell [{shown}]"
    where = f"Your answer to task {task}, {cell}," if task else f"Your {cell}"
    place = f" line {line} (`{error['code']}`)," if line else ""
    return f"{where}{place} stopped with {error['error']}".replace(", stopped", " stopped")


# ---------------------------------------------------------------- on a terminal


def on_terminal(report: Report) -> RenderableType:
    """Return a report for `rich` to print, item by item."""
    parts: list[RenderableType] = [
        Text(f"{report['exercise']}, from {report['file']}\n", style="bold")
    ]
    for item in report["items"]:
        style, words = STATES.get(item["state"], ("", item["state"]))
        line = Text(f"{plain(item['title'])}  ", style="bold")
        line.append(f"{marks(item)}  {words}", style=style)
        parts.append(line)
        if item["state"] != "right":
            for kind, text in paragraphs(item):
                shown = Text(text) if kind == "plain" else Markdown(text, hyperlinks=False)
                parts.append(Padding(shown, (0, 0, 0, 4), expand=False))
    parts += [Text(f"\n{remark}") for remark in remarks(report)]
    last = Text(f"\n{total(report)}", style="bold")
    last.append(f" ({report['seconds']:.0f} s; your file was not changed)", style="not bold")
    parts.append(last)
    if not report["hidden_tests"]:
        parts.append(Text(WITHOUT_HIDDEN_TESTS))
    return Group(*parts)


def plain(markdown: str) -> str:
    """Return the words of one line of markdown."""
    tokens = _MARKDOWN.parseInline(markdown)[0].children or []
    return "".join(token.content for token in tokens)


# ---------------------------------------------------------------- on a page


def on_page(report: Report, *, before: str = "") -> str:
    """Return a report as HTML: a heading, a table of marks, a section for what is not right.

    Parameters
    ----------
    report
    before
        HTML that follows the heading.
    """
    head = "".join(f'<th scope="col" {_LEFT}>{x}</th>' for x in ("Task", "Points", "Result"))
    body = "".join(
        f'<tr><th scope="row" {_LEFT}>{_MARKDOWN.renderInline(item["title"])}</th>'
        f"<td {_LEFT}>{marks(item)}</td><td {_LEFT}>{html.escape(state_in_words(item))}</td></tr>"
        for item in report["items"]
    )
    heading = html.escape(f"Check of {report['exercise']}: {total(report)}")
    parts = [f"<h3>{heading}</h3>", before, f"<table><thead><tr>{head}</tr></thead>"]
    parts.append(f"<tbody>{body}</tbody></table>")
    parts += [f"<p>{html.escape(remark)}</p>" for remark in remarks(report)]
    for item in report["items"]:
        if item["state"] == "right":
            continue
        title = _MARKDOWN.renderInline(item["title"])
        parts.append(f"<h4>{title} ({html.escape(state_in_words(item))})</h4>")
        for kind, text in paragraphs(item):
            render = _markdown_on_page if kind == "markdown" else _plain_on_page
            parts.append(render(text))
    if not report["hidden_tests"]:
        parts.append(f"<p>{WITHOUT_HIDDEN_TESTS}</p>")
    label = html.escape(f"Check of exercise {report['exercise']}")
    return f'<section aria-label="{label}">{"".join(parts)}</section>'


_LEFT = 'style="text-align:left"'


def _markdown_on_page(text: str) -> str:
    # JupyterLab sets cells flush right, as for numbers; a rubric is prose.
    page: str = _MARKDOWN.render(text)
    return page.replace("<th>", f'<th scope="col" {_LEFT}>').replace("<td>", f"<td {_LEFT}>")


def _plain_on_page(text: str) -> str:
    return f"<p>{'<br>'.join(map(html.escape, text.splitlines()))}</p>"
