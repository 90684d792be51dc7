"""Makes the course as PDF: one book of all pages, and one file for each lesson."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indopacific import __version__
from indopacific.publishing import addressed, book, paper, site
from indopacific.publishing.book import Cover
from indopacific.publishing.paper import Printed
from indopacific.publishing.site import Progress

OUTPUT = Path("dist") / "pdf"
WORK = Path("_build") / "pdf"

#: Name of the file with the whole course.
BOOK = "course.pdf"


def make(
    course: Path,
    output: Path,
    *,
    work: Path | None = None,
    only: Iterable[str] = (),
    browser: str | None = None,
    address: str = "",
    progress: Progress = lambda done, total, item: None,
) -> list[Printed]:
    """Build the pages and print them; what has not changed since is not printed again.

    Parameters
    ----------
    course : Path
        The course folder.
    output : Path
        Folder for the files: `course.pdf`, and one of each lesson with its exercise.
    work : Path, optional
        Where pages and earlier states are kept; `_build/pdf` in the course if it is not given.
    only : iterable of str
        Ids of lessons, to print these without the book; all and the book if none are given.
    browser : str, optional
        The browser that prints; found if it is not given.
    address : str
        Where the pages are published, for what moves there; "" if that is not known.
    progress : callable
        Called with how much is done, how much there is, and what comes.

    Raises
    ------
    NotPrinted, NoBook, NotBuilt, NotRun
        As `paper.printed` and `site.build` do.
    """
    program = paper.browser(browser)
    work = work or course / WORK
    chosen = list(only)
    pages = site.build(course, work / "site", only=chosen, progress=progress).folder
    return print_pages(
        course,
        pages,
        output,
        work=work,
        whole=not chosen,
        program=program,
        address=address,
        progress=progress,
    )


def print_pages(
    course: Path,
    pages: Path,
    output: Path,
    *,
    work: Path,
    whole: bool,
    program: str,
    address: str = "",
    progress: Progress = lambda done, total, item: None,
) -> list[Printed]:
    """Print pages that are built already; arguments and errors as for `make`.

    Parameters
    ----------
    course, output, work, address, progress
        As for `make`.
    pages : Path
        Folder of the built pages.
    whole : bool
        Whether the book of all pages is printed too.
    program : str
        The browser, as `paper.browser` returns it.
    """
    names = book.contents(pages)
    project = site.project(course)
    course_title = book.title(pages)
    edition = f"Version {__version__}"
    licence = f"Licence: {project.get('license', '')}; each table as its sources say."
    shared = {"edition": edition, "licence": licence, "address": address}
    files: list[tuple[str, list[str], Cover]] = []
    if whole:
        cover = Cover(title=course_title, subtitle=project.get("description", ""), **shared)
        files.append((BOOK, names, cover))
    for name in names:
        if name.startswith("lessons/"):
            part = name.removeprefix("lessons/")
            own = [each for each in names if each.endswith(f"/{part}") or each == addressed.LIST]
            subtitle = f"A lesson of the course \u201c{course_title}\u201d"
            cover = Cover(title=book.title(pages, name), subtitle=subtitle, **shared)
            files.append((f"{part}.pdf", own, cover))
    made = []
    for done, (file, parts, cover) in enumerate(files):
        progress(done, len(files), file)
        made.append(paper.printed(pages, parts, cover, output / file, work=work, program=program))
    return made
