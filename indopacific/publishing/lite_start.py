"""The page that stands before the in-browser edition: what it is, what it needs, and the way in."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from indopacific.curriculum import Lesson
from indopacific.publishing.fragments import joined, raw

#: Name of the page.
NAME = "lite-start"

# Measured with lesson 01 in Chromium on two cores of a server, without a graphics card.
_SECONDS = 20
_MEGABYTES = 45


@dataclass(frozen=True)
class Offer:
    """The in-browser edition as the pages offer it.

    Attributes
    ----------
    python : str
        Address of the file that its Python starts from, seen from the start page.
    host : str
        A public host that the reader's browser asks; "" if it asks none.
    """

    python: str
    host: str = ""


def link(kind: str, name: str, *, up: str) -> str:
    """Return the address that offers to open a notebook, seen from a page `up` leads from."""
    return f"{up}{NAME}.html?open={kind}/{name}"


def page(offer: Offer, lessons: Iterable[Lesson]) -> str:
    """Return the page as MyST markdown."""
    host = html.escape(offer.host)
    private = (
        f"Python itself comes from {host}, which sees your address as any web server does; nothing "
        "that you write is sent there, or anywhere."
        if host
        else "After the files of this site have come, no other computer is asked for anything. "
        "Nothing that you write is sent anywhere."
    )
    told = json.dumps({"python": offer.python}).replace("<", "\\u003c")
    script = resources.files("indopacific.publishing").joinpath("lite_start.js").read_text("utf-8")
    return joined(
        [
            "# The course in your browser",
            "JupyterLab and Python run in this browser, without an installation. Lessons move, "
            "every line of Python can be changed, and the checks of the exercises answer.",
            raw(
                '<div id="course-lite">'
                '<p id="course-lite-says" role="status">This page needs JavaScript: switch it on, '
                "or read the lessons as they stand.</p>"
                '<p id="course-lite-open" hidden><a class="course-lite-open" href="#">Open</a></p>'
                f'<script type="application/json" id="course-lite-told">{told}</script></div>'
            ),
            raw(_list(lessons)),
            "## Your work",
            "What you write is kept in this browser, on this computer. **Nothing leaves it.** "
            f"{private} Another browser or a private window does not find it, and "
            "clearing the site's data deletes it: download what you want to keep.",
            raw('<div id="course-lite-kept"><p>Nothing is kept here yet.</p></div>'),
            "To hand in an exercise, run its last cell: it gives you the notebook as a file. The "
            "list above has the same file. Give it to your instructor, or, with an installation, "
            "run `python3 course.py check` with the name of the exercise and of the file.",
            "## What it needs",
            f"- About {_MEGABYTES} MB, loaded at the first start.\n"
            f"- About {_SECONDS} seconds until the first cell has run, at every start (measured on "
            "two cores of a server; a telephone is slower).\n"
            "- A browser of the last two years, with WebAssembly and service workers: Chromium is "
            "tested; Firefox and Safari are not.\n"
            "- An address that begins with https, or localhost. From a folder on a disk it does "
            "not run: start `python3 course.py site --lite --serve`, or `python3 -m http.server` "
            "in the folder of the site, and open the address that it prints.",
            "## What does not work here",
            "- The full tests of an exercise, and marks for texts: both need an installation.\n"
            "- Terminals, and packages that the course does not use.\n"
            "- JupyterLab's own controls are not all usable with a screen reader; the pages of "
            "this site are.",
            raw(f'<script type="module">\n{script}</script>'),
        ]
    )


def _list(lessons: Iterable[Lesson]) -> str:
    rows = []
    for each in lessons:
        links = [f'<a href="{link("lessons", each.id, up="")}">{html.escape(each.name)}</a>']
        if each.exercise:
            links.append(f'<a href="{link("exercises", each.id, up="")}">its exercise</a>')
        rows.append(f"<li>{', '.join(links)}</li>")
    return f'<ul id="course-lite-list">{"".join(rows)}</ul>'
