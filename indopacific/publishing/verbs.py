"""The commands with which a publisher makes the editions of the course."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from indopacific.terminal import AsJson, course_or_stop, print_json, progress_line, stop


def register(app: typer.Typer) -> None:
    """Add the publisher's commands to an application."""
    app.command(
        epilog="Examples:  python3 course.py site  |  python3 course.py site --serve"
        "  |  python3 course.py site --output public  |  python3 course.py site --lite --serve"
    )(site)
    app.command(
        epilog="Examples:  python3 course.py pdf  |  python3 course.py pdf --only 01-alignment"
    )(pdf)
    app.command(
        epilog="Examples:  python3 course.py bundle  |  python3 course.py bundle --output class.zip"
    )(bundle)


def site(
    output: Annotated[
        Path | None, typer.Option(help="Folder for the pages (default: _site in the course).")
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Show the pages on this machine until Ctrl and C.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Build this lesson and its exercise only.")
    ] = None,
    lite: Annotated[
        bool, typer.Option("--lite", help="Add JupyterLab and Python that run in the browser.")
    ] = False,
    pyodide: Annotated[
        str | None,
        typer.Option(help="Official Pyodide for --lite: its folder, archive or address."),
    ] = None,
    cdn: Annotated[
        bool,
        typer.Option("--cdn", help="With --lite: browsers get Python from its public host."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the course as web pages, to read without an installation (publishers).

    Lessons run once; what has not changed since is not run again. The pages ask no other host for
    anything, work from a folder on a disk, and may be put on any web server.

    With --lite a reader can run them too, in the browser: the site then holds JupyterLab, Python
    and the course (about 58 MB; 106 MB are downloaded once, and kept). --cdn makes a site of about
    23 MB, whose readers' browsers get Python from a public host.
    """
    course = course_or_stop()
    if (pyodide or cdn) and not lite:
        stop("--pyodide and --cdn say where the Python of --lite comes from: add --lite.")
    if pyodide and cdn:
        stop("--pyodide puts Python into the site, --cdn leaves it out: choose one.")
    try:
        from indopacific.publishing import editions
        from indopacific.publishing.lite import NoLite
        from indopacific.publishing.notebooks import NoPageForm
        from indopacific.publishing.running import NotRun
        from indopacific.publishing.runtime import NoRuntime
        from indopacific.publishing.site import OUTPUT, NotBuilt, build
    except ModuleNotFoundError as lacking:
        _not_installed(lacking, "site")
    try:
        with progress_line("Building", quiet=as_json) as progress:
            folder = output or course / OUTPUT
            if lite:
                where = editions.Source(pyodide=pyodide, cdn=cdn)
                built = editions.with_lite(
                    course, folder, where, only=only or (), progress=progress
                )
            else:
                built = build(course, folder, only=only or (), progress=progress)
    except (NoLite, NoPageForm, NoRuntime, NotBuilt, NotRun) as problem:
        stop(problem)
    if as_json:
        found = {"folder": str(built.folder), "pages": built.pages, "ran": list(built.ran)}
        print_json(found)
    else:
        ran = ", ".join(built.ran) or "none: nothing had changed"
        typer.echo(f"{built.pages} pages in {built.folder}. Lessons that ran: {ran}.")
        typer.echo(f"Open {built.folder / 'index.html'} in a browser, or add --serve.")
    if serve:
        _serve(built.folder)


def pdf(
    output: Annotated[
        Path | None, typer.Option(help="Folder for the files (default: dist/pdf in the course).")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Print this lesson and its exercise only.")
    ] = None,
    browser: Annotated[
        str | None, typer.Option(help="The Chromium, Chrome or Edge that prints (default: found).")
    ] = None,
    address: Annotated[
        str, typer.Option(help="Where the pages are published, for what moves there.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make the course as PDF: one book, and one file for each lesson (publishers).

    Chromium prints the pages, with numbers of pages, tags for screen readers and an outline. On
    paper figures stand still, answers follow at the end of each lesson, and there are no solutions.
    What has not changed since is not printed again.
    """
    course = course_or_stop()
    try:
        from indopacific.publishing.book import NoBook
        from indopacific.publishing.notebooks import NoPageForm
        from indopacific.publishing.paper import NotPrinted
        from indopacific.publishing.pdf import OUTPUT, make
        from indopacific.publishing.running import NotRun
        from indopacific.publishing.site import NotBuilt
    except ModuleNotFoundError as lacking:
        _not_installed(lacking, "pdf")
    try:
        with progress_line("Printing", quiet=as_json) as progress:
            made = make(
                course,
                (output or course / OUTPUT).resolve(),
                only=only or (),
                browser=browser,
                address=address,
                progress=progress,
            )
    except (NoBook, NoPageForm, NotBuilt, NotPrinted, NotRun, OSError) as problem:
        stop(problem)
    if as_json:
        found = [{**asdict(each), "file": str(each.file)} for each in made]
        print_json(found)
        return
    for each in made:
        kept = "" if each.again else ", as it was"
        size = each.file.stat().st_size / 1e6
        typer.echo(f"{each.file}: {each.pages} pages, {size:.1f} MB{kept}")


def _not_installed(lacking: ModuleNotFoundError, verb: str) -> NoReturn:
    stop(
        f"{lacking.name} is not installed. `python3 course.py {verb}` installs it; in an "
        'environment of your own: pip install "indopacific[site]"'
    )


def _serve(folder: Path) -> None:
    from http.server import ThreadingHTTPServer

    from indopacific.publishing.serving import Pages

    handler = partial(Pages, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        typer.echo(f"http://127.0.0.1:{server.server_port}/  (Ctrl and C ends it)")
        server.serve_forever()


def bundle(
    output: Annotated[
        Path | None,
        typer.Option(help="The zip (default: dist/indopacific-VERSION.zip in the course)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Pack what students get: a zip, and the same as a folder for nbgitpuller (publishers).

    Solutions, hidden tests, instructor notes and the course's own tests stay here: what is packed
    is searched for them first. In the bundle `check` judges by the visible tests only.
    """
    from indopacific import __version__
    from indopacific.publishing.bundle import OUTPUT, NotBundled
    from indopacific.publishing.bundle import bundle as pack

    course = course_or_stop()
    archive = output or course / OUTPUT / f"indopacific-{__version__}.zip"
    if archive.suffix != ".zip":
        stop(f"{archive} must end in .zip: the folder beside it has the name without.")
    try:
        with progress_line("Packing", quiet=as_json):
            made = pack(course, archive)
    except (NotBundled, OSError) as problem:
        stop(problem)
    if as_json:
        print_json({"archive": str(made.archive), "folder": str(made.folder), "files": made.files})
    else:
        typer.echo(f"{made.files} files in {made.archive}, and in the folder {made.folder}.")
