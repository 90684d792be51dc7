"""Builds the reading edition: one page for each lesson and exercise, found, never listed.

Three steps: lessons run in kernels of their own (`running`), every page is written as markdown
(`notebooks`, `tasks`, `reference`), and Sphinx makes the site. Each step does again only what has
changed. Nothing is fetched, and no page asks another host for anything.
"""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from indopacific import curriculum
from indopacific.curriculum import Lesson
from indopacific.publishing import index, lite_start, notebooks, reference, tasks
from indopacific.publishing.fragments import Assets, Gallery, joined, raw
from indopacific.publishing.lite_start import Offer
from indopacific.publishing.running import Runner

OUTPUT = "_site"
WORK = Path("_build") / "site"
THEME = Path(__file__).parent / "theme"

#: Says that a folder was made by this, and may be replaced.
MARK = ".indopacific-site"

_MENDS = (
    # Wide code and wide tables are scrolled by keyboard, too.
    ("<pre><span>", '<pre tabindex="0"><span>'),
    ('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
    # A header without words heads nothing.
    ('<th class="head"><p></p></th>', "<td></td>"),
    # Screen readers list headings by level, and parts of a page by name.
    (
        'role="heading"><span class="caption-text">',
        'role="heading" aria-level="2"><span class="caption-text">',
    ),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="All pages">'),
    ('<aside class="toc-drawer', '<aside aria-label="This page" class="toc-drawer'),
    ("<noscript>", "<h1>Search</h1>\n<noscript>"),
)

_LEFT_OUT = (".buildinfo*", "objects.inv", "_sources", ".doctrees")

_PICTURES = "_pictures"
_HIDDEN = "---\nnosearch: true\norphan: true\nmyst:\n  html_meta:\n    robots: noindex\n---\n\n"

Progress = Callable[[int, int, str], None]


class NotBuilt(Exception):
    """The site cannot be built or put where it should go; the message says why."""


@dataclass(frozen=True)
class Built:
    """What was built.

    Attributes
    ----------
    folder : Path
    pages : int
    ran : tuple of str
        The lessons that had to run; the others came from an earlier run.
    """

    folder: Path
    pages: int
    ran: tuple[str, ...]


def build(
    course: Path,
    output: Path,
    *,
    work: Path | None = None,
    only: Iterable[str] = (),
    offer: Offer | None = None,
    progress: Progress = lambda done, total, item: None,
) -> Built:
    """Build the site.

    Parameters
    ----------
    course : Path
        The course folder.
    output : Path
        Where the site is put. A folder that is not a site of ours is never replaced.
    work : Path, optional
        Where earlier runs are remembered; `_build/site` in the course if it is not given.
    only : iterable of str
        Ids of lessons, to build a part of the site; all if none are given.
    offer : Offer, optional
        The in-browser edition, if the pages lead to one.
    progress : callable
        Called with how much is done, how much there is, and what comes.

    Raises
    ------
    NotBuilt
        When Sphinx finds fault with a page, or `output` is somebody's folder.
    NotRun
        When a lesson does not run.
    """
    if output.exists() and any(output.iterdir()) and not (output / MARK).is_file():
        raise NotBuilt(
            f"{output} holds something that this command did not make. Name another folder, or "
            "remove it."
        )
    work = work or course / WORK
    written = [each for each in curriculum.lessons(course) if each.written]
    chosen = [each for each in written if not only or each.id in set(only)]
    if unknown := set(only) - {each.id for each in written}:
        raise NotBuilt(f"There is no lesson {', '.join(sorted(unknown))}.")
    runner = Runner(course, work)
    writer = _Writer(course, work, chosen, offer)
    for done, each in enumerate(chosen):
        progress(done, len(chosen) + 1, f"lesson {each.id}")
        writer.lesson(each, runner)
    progress(len(chosen), len(chosen) + 1, "pages")
    writer.exercises()
    writer.reference(curriculum.lessons(course))
    writer.finish()
    _sphinx(course, work, everything=writer.rearranged, offered=offer is not None)
    writer.clear(work / "html")
    (work / "html" / MARK).touch()
    _replace(output, work / "html")
    return Built(output, len(list(output.rglob("*.html"))), tuple(runner.ran))


class _Writer:
    """Writes the pages as markdown; a page that is the same as before is left as it is."""

    def __init__(
        self, course: Path, work: Path, lessons: list[Lesson], offer: Offer | None
    ) -> None:
        self._course = course
        self._offer = offer
        self._lessons = lessons
        self._folder = work / "pages"
        self._gallery = Gallery(work / "html" / _PICTURES)
        self._names: dict[str, None] = {}
        self._found: list[index.Found] = []
        self.rearranged = False
        released = [each.id for each in lessons if each.exercise]
        self._pages = {f"lessons/{each.id}.ipynb": f"lessons/{each.id}" for each in lessons}
        self._pages |= {f"exercises/{name}/{name}.ipynb": f"exercises/{name}" for name in released}
        solutions = {name: course / "solutions" / name / f"{name}.ipynb" for name in released}
        self._solutions = {name: file for name, file in solutions.items() if file.is_file()}

    def lesson(self, each: Lesson, runner: Runner) -> None:
        here = f"lessons/{each.id}.ipynb"
        file = self._course / here
        assets = Assets()
        source = "\n".join(cell.source for cell in nbformat.read(file, as_version=4).cells)
        ran = runner.run(file)
        self._found += index.found(ran, each)
        title, *rest = notebooks.lesson(ran, here=here, pages=self._pages.get, assets=assets)
        self._put(
            f"lessons/{each.id}",
            [
                title,
                _about(each, offered=self._offer is not None),
                raw("\n".join(assets.styles)) if assets.styles else "",
                *rest,
                reference.of_page(source),
                raw("\n".join(assets.scripts)) if assets.scripts else "",
            ],
        )

    def exercises(self) -> None:
        for each in self._lessons:
            if not each.exercise:
                continue
            name = f"{each.id}/{each.id}.ipynb"
            here = f"exercises/{name}"
            secret = f"solutions/{each.id}" if each.id in self._solutions else None
            parts = tasks.asked(
                self._course / here, here=here, pages=self._pages.get, solutions=secret
            )
            if self._offer:
                there = lite_start.link("exercises", each.id, up="../")
                parts.insert(1, f'<p><a href="{there}">Do it in your browser</a></p>')
            self._put(f"exercises/{each.id}", parts)
            if secret:
                head = f"# Solutions to exercise {each.number:02}"
                parts = tasks.solved(self._solutions[each.id], here=here, pages=self._pages.get)
                self._put(secret, [_HIDDEN + head, *parts])

    def reference(self, planned: list[Lesson]) -> None:
        known = {each.number: f"lessons/{each.id}" for each in self._lessons}
        here = {each.id for each in self._lessons}
        shown = [each for each in planned if not each.written or each.id in here]
        groups = {
            "Lessons": [f"{each.name} <lessons/{each.id}>" for each in self._lessons],
            "Exercises": [
                f"Exercise {each.number:02} <exercises/{each.id}>"
                for each in self._lessons
                if each.exercise
            ],
            "Reference": [
                "claims",
                "glossary",
                "course-index",
                "bibliography",
                "sources",
                "addresses",
                *([lite_start.NAME] if self._offer else []),
            ],
        }
        trees = [
            f"````{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(names) + "\n````"
            for caption, names in groups.items()
            if names
        ]
        ways = curriculum.routes(self._course)
        first = reference.start(shown, project(self._course), ways, offered=bool(self._offer))
        self._put("index", [first, *trees])
        if self._offer:
            self._put(lite_start.NAME, [lite_start.page(self._offer, self._lessons)])
        self._put("claims", [reference.claims(self._course, known)])
        self._put("glossary", [reference.glossary(known)])
        self._put("bibliography", [reference.bibliography()])
        self._put("sources", [reference.sources()])
        self._put("addresses", [reference.addresses()])
        self._put("course-index", [index.page(self._found, self._course)])

    def finish(self) -> None:
        for file in self._folder.rglob("*.md"):
            if file.relative_to(self._folder).with_suffix("").as_posix() not in self._names:
                file.unlink()
        self._gallery.clear()

    def clear(self, html: Path) -> None:
        """Remove pages of an earlier build that are no longer written; Sphinx leaves them."""
        for page in html.rglob("*.html"):
            name = page.relative_to(html).with_suffix("").as_posix()
            if name not in {*self._names, "search"}:
                page.unlink()

    def _put(self, name: str, parts: Iterable[str]) -> None:
        self._names[name] = None
        text = self._gallery.hang(joined(parts), up="../" * name.count("/"))
        file = self._folder / f"{name}.md"
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            # Every page lists all pages, and Sphinx would leave those alone whose text is the same.
            self.rearranged |= name == "index"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def _about(each: Lesson, *, offered: bool) -> str:
    there = lite_start.link("lessons", each.id, up="../")
    lite = f' · <a href="{there}">run it in your browser</a>' if offered else ""
    exercise = f" · [exercise {each.number:02}](/exercises/{each.id}.md)" if each.exercise else ""
    return (
        "````{container} course-about\n"
        f"{each.minutes} minutes: {each.reading} reading, {each.doing} doing{exercise}{lite} · "
        "[how these pages work](/index.md#How-these-pages-work)\n````"
    )


def project(course: Path) -> dict[str, Any]:
    """Return what pyproject.toml says of the project."""
    found = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(found["project"])


def report_address(project: dict[str, Any]) -> str:
    """Return where errors are reported, from the project's own addresses; "" if there is none."""
    urls = {name.lower(): url for name, url in project.get("urls", {}).items()}
    return next((urls[name] for name in ("issues", "bug tracker", "tracker") if name in urls), "")


def _sphinx(course: Path, work: Path, *, everything: bool, offered: bool) -> None:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    about = project(course)
    complaints = io.StringIO()
    settings = {
        "author": about["authors"][0]["name"],
        "html_context": {
            "report_address": report_address(about),
            "licence": about.get("license", ""),
            "lite_start": lite_start.NAME if offered else "",
        },
    }
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=work / "pages",
            confdir=THEME,
            outdir=work / "html",
            doctreedir=work / "doctrees",
            buildername="html",
            confoverrides=settings,
            status=None,
            warning=complaints,
        )
        app.build(force_all=everything)
    if said := re.sub("\x1b\\[[0-9;]*m", "", complaints.getvalue()).strip():
        raise NotBuilt(f"Sphinx found fault with the pages:\n{said}")


def mended(page: str) -> str:
    """Return a page with what the theme and Sphinx leave undone for readers with other tools."""
    for theirs, ours in _MENDS:
        page = page.replace(theirs, ours)
    return page


def _replace(output: Path, made: Path) -> None:
    part = output.with_name(f"{output.name}.part")
    if part.exists():
        shutil.rmtree(part)
    shutil.copytree(made, part, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    for page in part.rglob("*.html"):
        page.write_text(mended(page.read_text(encoding="utf-8")), encoding="utf-8")
    if output.exists():
        shutil.rmtree(output)
    part.replace(output)
