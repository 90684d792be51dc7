"""A notebook as a page of MyST markdown: prose as it is, code folded, outputs as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from docutils.nodes import make_id
from nbformat import NotebookNode

from indopacific.markdown import without_comments
from indopacific.predictions import static
from indopacific.publishing import fragments
from indopacific.publishing.fragments import Assets, raw
from indopacific.publishing.kernel import PAGE

# The page has links to its neighbours of its own.
_NEIGHBOURS = re.compile(r"<!--\[ *neighbours\(.*?<!--\]-->", re.DOTALL)
_LINK = re.compile(r"\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_HREF = re.compile(r'href="(?P<target>[^":]+\.ipynb(?:#[^"]*)?)"')
_ASKED, _ANSWERS = (re.compile(tag.format('([^"]+)')) for tag in (static.ASKED, static.HELD))
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")

WIDGET = "application/vnd.jupyter.widget-view+json"


class NoPageForm(Exception):
    """A lesson shows a control that has no form for a page."""


#: Turns the path of a notebook in the course, such as "lessons/01-alignment.ipynb", into the name
#: of its page; None if it has none.
Pages = Callable[[str], str | None]


def slug(heading: str) -> str:
    """Return the address of a heading within its notebook, as JupyterLab gives it."""
    return heading.strip().replace(" ", "-")


def anchor(heading: str) -> str:
    """Return the address of a heading within its page, as Sphinx gives it."""
    return make_id(heading)


def prose(source: str, *, here: str, pages: Pages) -> str:
    """Return a passage as a page has it: without what no reader sees, with links between pages.

    Parameters
    ----------
    source : str
        Markdown of a notebook.
    here : str
        Path of the notebook in the course.
    pages : callable
    """

    def follow(link: re.Match[str]) -> str:
        path, mark, heading = link["target"].partition("#")
        if "://" in path or not path:
            return link.group()
        page = pages(_from(here, path))
        return f"[{link['words']}](/{page}.md{mark}{heading})" if page else link["words"]

    return _LINK.sub(follow, without_comments(_NEIGHBOURS.sub("", source)))


def code(source: str, *, folded: bool = True) -> str:
    """Return Python as a page shows it."""
    lines = source.count("\n") + 1
    block = f"````python\n{source.rstrip()}\n````\n"
    if not folded:
        return block
    words = f"Python, {lines} line{'' if lines == 1 else 's'}"
    return f'<details class="course-code">\n<summary>{words}</summary>\n\n{block}\n</details>\n'


def lesson(notebook: NotebookNode, *, here: str, pages: Pages, assets: Assets) -> list[str]:
    """Return the parts of a lesson's page, one for each cell that shows something.

    Parameters
    ----------
    notebook : NotebookNode
        As it has run.
    here, pages
        As for `prose`.
    assets : Assets
        Takes the styles and scripts that the outputs bring along.
    """
    parts = []
    waits = waiting(notebook.cells)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            parts.append(prose(cell.source, here=here, pages=pages))
        elif cell.cell_type == "code" and cell.source.strip():
            shown = [_output(each, here=here, pages=pages, assets=assets) for each in cell.outputs]
            if number in waits and shown:
                opened = f'<div class="course-output">{static.HELD.format(waits[number])}'
                shown = [raw(opened), *shown, raw("</div></div>")]
            parts += [*shown, code(cell.source)]
    return parts


def waiting(cells: list[NotebookNode]) -> dict[int, str]:
    """Return which cells show what a reader is asked to predict first, with the question's id.

    In JupyterLab a result comes when its cell is run, after the question above it. A page has all
    results at once: whatever Python shows from a question on, down to the cell that answers it,
    waits on the page as well.

    Parameters
    ----------
    cells : list of NotebookNode
        Of a notebook that has run.
    """
    asked: dict[str, int] = {}
    waits: dict[int, str] = {}
    for number, cell in enumerate(cells):
        pages = [each.get("data", {}).get(PAGE, "") for each in cell.get("outputs", [])]
        asked |= {name: number for page in pages for name in _ASKED.findall(page)}
        for name in (name for page in pages for name in _ANSWERS.findall(page)):
            between = range(asked.get(name, number - 1) + 1, number + 1)
            waits = {**dict.fromkeys(between, name), **waits}
    return {number: name for number, name in waits.items() if number not in asked.values()}


def _output(output: NotebookNode, *, here: str, pages: Pages, assets: Assets) -> str:
    if output.output_type == "stream":
        return raw(fragments.preformatted(_ESCAPE.sub("", output.text)))
    data: dict[str, Any] = output.get("data", {})
    if WIDGET in data and PAGE not in data:
        raise NoPageForm(
            f"{here} shows a control that would do nothing on a page: {data.get('text/plain')}. "
            "Give its class a method _repr_page_ that returns HTML which works without Python."
        )
    if "text/markdown" in data and PAGE not in data:
        return prose(data["text/markdown"], here=here, pages=pages)
    if PAGE in data:
        piece = assets.take(data[PAGE])
    elif "text/html" in data:
        piece = fragments.tidy(assets.take(data["text/html"]))
    else:
        piece = fragments.preformatted(data.get("text/plain", ""))

    def follow(link: re.Match[str]) -> str:
        path, mark, heading = link["target"].partition("#")
        page = pages(_from(here, path))
        if page is None:
            return ""
        up = "../" * here.count("/")
        return f'href="{up}{page}.html{mark}{anchor(html.unescape(heading))}"'

    piece = _HREF.sub(follow, piece)
    if "<figure" in piece:
        piece = fragments.framed(piece)
    elif "<table" in piece and PAGE not in data:
        piece = fragments.scrolling(piece)
    return raw(f'<div class="course-output">\n{piece.strip()}\n</div>')


def _from(here: str, target: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(here).parent / target).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)
