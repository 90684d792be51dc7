"""What all commands share on a terminal: where the course is, how to end, progress, JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

MARK_OF_A_COURSE = "nbgrader_config.py"

#: Called with how many are done, how many there are, and the item at hand.
Progress = Callable[[int, int, str], None]

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else.")]


def find_course(package: Path | None = None, start: Path | None = None) -> Path:
    """Return the course folder.

    Parameters
    ----------
    package
        Folder of this package; the course it stands in comes first.
    start
        Folder from which to look upward otherwise, as when a wheel is installed; the working
        folder unless given.

    Raises
    ------
    FileNotFoundError
        If neither is inside a course.
    """
    package = package or Path(__file__).parent
    start = start or Path.cwd()
    for folder in (package.parent, start, *start.parents):
        if (folder / MARK_OF_A_COURSE).is_file() and (folder / "lessons").is_dir():
            return folder.resolve()
    raise FileNotFoundError(
        f"{start} is not inside the course (a folder with {MARK_OF_A_COURSE} and lessons/). "
        "Change into the course folder, and run the command again."
    )


def stop(message: object) -> NoReturn:
    """End with exit status 1 and one message."""
    typer.echo(f"{message}", err=True)
    raise typer.Exit(1)


def course_or_stop() -> Path:
    """Return the course folder, or end with a message."""
    try:
        return find_course()
    except FileNotFoundError as error:
        stop(error)


def print_json(result: Any) -> None:
    """Print a result for a program to read."""
    typer.echo(json.dumps(result, indent=2, ensure_ascii=False))


@contextmanager
def progress_line(title: str, *, quiet: bool) -> Iterator[Progress]:
    """Show a bar on a terminal, nothing elsewhere; yield what to call with (done, all, item)."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(
        console=Console(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, total: int, item: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{title}: {item}")

        yield advance
