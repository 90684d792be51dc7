"""The commands of the course: `indopacific VERB`, or `python3 course.py VERB`.

A thin face: what a verb does lives in the module it imports; here are options, progress, the
look of results, and exit statuses. Modules are imported by the verb that needs them, so that
`--help` stays quick.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indopacific.corpus.commands import register as register_corpus
from indopacific.grading.commands import register as register_grading
from indopacific.publishing.verbs import register as register_publishing
from indopacific.terminal import AsJson, course_or_stop, print_json, progress_line, stop

if TYPE_CHECKING:
    from indopacific.exercises.release import Change
    from indopacific.grading.check import Report
    from indopacific.prose.review import Finding

app = typer.Typer(
    help="NATO's role in Indo-Pacific security: a course in Jupyter notebooks.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(
    epilog="Examples:  python3 course.py lab  |  python3 course.py lab --port 9000 --no-browser"
    "  |  python3 course.py lab --instructor"
)
def lab(
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, help="Port to listen on (default: the first free from 8888)."
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
    instructor: Annotated[
        bool,
        typer.Option("--instructor", help="Show every file of the course, and nbgrader's panels."),
    ] = False,
) -> None:
    """Open the course in JupyterLab, at lessons/00-start-here.ipynb.

    You work on copies of your own, in my-work/: run, change and save what you like. When the
    course is updated, copies that you have not changed follow; yours stay as they are. With
    --instructor you see and edit the course's own files.
    """
    from indopacific.lab import LabError, open_lab

    try:
        open_lab(
            course_or_stop(), port=port, browser=browser, instructor=instructor, show=typer.echo
        )
    except LabError as error:
        stop(error)


@app.command(
    epilog="Examples:  python3 course.py test  |  python3 course.py test tests/models -k alignment",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def test(context: typer.Context) -> None:
    """Run the course's own tests, on every core; a part of them with paths and pytest's options."""
    course = course_or_stop()
    if (course / "pyproject.toml").is_file() and not (course / "tests").is_dir():
        stop("This copy has no tests: it is the students' bundle. The repository has them.")
    given = [argument for argument in context.args if argument != "--"]
    # Paths are the user's: relative to where the command was typed.
    paths = [a if not Path(a).exists() else os.path.abspath(a) for a in given]
    # The tests of one file share what is slow to start (a lab, a class): one core takes them all.
    command = [sys.executable, "-m", "pytest", *(paths or ["-n", "auto", "--dist", "loadfile"])]
    raise typer.Exit(subprocess.run(command, cwd=course).returncode)


@app.command(epilog="Example:  python3 course.py check 01-alignment")
def check(
    exercise: Annotated[str, typer.Argument(help="Name of the exercise, such as 01-alignment.")],
    notebook: Annotated[
        Path | None,
        typer.Argument(help="Your notebook (default: the one you have worked on)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Grade your own exercise, item by item. Your file is read, never changed.

    The exit status is 0 when the check could be made, whatever the marks.
    """
    from indopacific.grading.check import CannotCheck, check_exercise

    course = course_or_stop()
    try:
        with progress_line(f"Checking {exercise}", quiet=as_json) as progress:
            report = check_exercise(exercise, notebook, course=course, progress=progress)
    except (CannotCheck, LookupError) as error:
        stop(error)
    if as_json:
        print_json(report.as_dict())
    else:
        show_report(report)


@app.command(epilog="Examples:  python3 course.py release  |  python3 course.py release --check")
def release(
    exercises: Annotated[
        list[str] | None, typer.Argument(help="Names of exercises (default: all).")
    ] = None,
    check_only: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if a release is out of date.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option(help="Replace a release in which somebody has written; a copy is kept."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make exercises/ from solutions/ (maintainers)."""
    from indopacific.exercises.release import ReleaseError
    from indopacific.exercises.release import release as make

    course = course_or_stop()
    try:
        with progress_line("Releasing", quiet=as_json):
            changes = make(course, exercises or None, check_only=check_only, force=force)
    except ReleaseError as error:
        stop(error)
    if as_json:
        print_json([{"path": change.path, "action": change.action} for change in changes])
    else:
        show_changes(changes, check_only=check_only)
    if check_only and changes:
        raise typer.Exit(1)


@app.command(
    epilog="Examples:  indopacific prose  |  indopacific prose lessons/01-alignment.ipynb --update"
)
def prose(
    documents: Annotated[
        list[Path] | None,
        typer.Argument(help="Notebooks or texts (default: lessons, exercises and the README)."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Write figures that differ from their source anew.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hold every figure and quotation in the prose against its source (authors)."""
    from indopacific.prose import review as reviewer

    course = course_or_stop()
    paths = documents or reviewer.documents(course)
    names = {p: p.name if documents else p.relative_to(course).as_posix() for p in paths}
    try:
        with progress_line("Reading", quiet=as_json) as progress:
            found = {}
            for done, path in enumerate(paths):
                progress(done, len(paths), names[path])
                found[path] = reviewer.examine(path, name=names[path])
    except reviewer.Unreadable as error:
        stop(error)
    rows = [(names[path], each) for path in paths for each in found[path]]
    faults = [(name, each) for name, each in rows if each.state == "fault" or not each.mendable]
    written = 0
    if update and not faults:
        written = sum(reviewer.update(path, found[path]) for path in paths)
    if as_json:
        print_json([each.as_dict() | {"file": name} for name, each in rows])
    else:
        show_findings(rows, written=written, update=update)
    if faults or (not update and any(each.state != "agrees" for _, each in rows)):
        raise typer.Exit(1)


# ---------------------------------------------------------------- what the user sees


def show_report(report: "Report") -> None:
    """Print a check's result."""
    from rich.console import Console

    from indopacific.reporting import on_terminal

    Console(highlight=False).print(on_terminal(report.as_dict()))


def show_findings(rows: list[tuple[str, "Finding"]], *, written: int, update: bool) -> None:
    """Print every figure with its source, and what is wrong with any of them."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    listed = Table("place", "figure or quotation", "its source", box=None, pad_edge=False)
    for name, each in rows:
        if each.source:
            place = f"{name} {each.cell}:{each.line}"
            listed.add_row(place, escape(each.literal), escape(each.source))
    if sys.stdout.isatty() or not any(each.text for _, each in rows):
        console.print(listed)
    wrong = [(name, each) for name, each in rows if each.text]
    for name, each in wrong:
        typer.echo(f"{each.where(name)}: {each.text}.", err=True)
    if update and written:
        typer.echo(f"{written} written anew.")
    elif update and wrong:
        typer.echo("Nothing was written: mend these first.", err=True)
    elif not wrong:
        typer.echo(f"{len(rows)} figures and quotations agree with their sources.")
    else:
        typer.echo(f"{len(wrong)} do not agree. --update writes figures anew.", err=True)


def show_changes(changes: list["Change"], *, check_only: bool) -> None:
    """Print what a release changed, or would change."""
    if not changes:
        typer.echo("exercises/ is up to date.")
    for change in changes:
        typer.echo(f"{change.action:<12} {change.path}")
    if changes and check_only:
        typer.echo("Nothing was changed. To make it so:  python3 course.py release", err=True)


register_grading(app)
register_corpus(app)
register_publishing(app)


def main() -> None:
    """Run from a command line."""
    try:
        app(prog_name=os.environ.get("INDOPACIFIC_PROGRAM", "indopacific"))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
