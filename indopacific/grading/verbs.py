"""The commands around grading: `preflight` for students; `report` and `marks` for instructors.

As thin as `indopacific.cli`, which registers them: options, the look of results, exit statuses.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..terminal import AsJson

if TYPE_CHECKING:
    from .preflight import Preflight


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    example = "Example:  python3 course.py preflight my-work/01-alignment/01-alignment.ipynb"
    app.command(name="preflight", epilog=example)(_preflight)
    app.command(name="report", epilog="Example:  python3 course.py report 01-alignment")(_report)
    app.command(
        name="marks",
        epilog="Example:  python3 course.py marks --to canvas --output canvas.csv 01-alignment",
    )(_marks)


def _preflight(
    notebook: Annotated[Path, typer.Argument(help="The notebook that you want to hand in.")],
    exercise: Annotated[
        str | None, typer.Option(help="Which exercise it is to be (default: recognised).")
    ] = None,
    run: Annotated[
        bool, typer.Option("--run", help="Also run it from top to bottom, as grading does.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look at a notebook before you hand it in. It is read, never changed.

    The exit status is 0 if everything is answered and nothing is broken.
    """
    from ..terminal import course_or_stop, print_json
    from .preflight import preflight

    found = preflight(notebook, course=course_or_stop(), exercise=exercise, run=run)
    if as_json:
        print_json(found.as_dict())
    else:
        _show_preflight(found)
    if not found.fit:
        raise typer.Exit(1)


def _report(
    exercises: Annotated[
        list[str] | None, typer.Argument(help="Names of exercises (default: all).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Folder for the report (default: marks/).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Report on a class: tasks by share right, common misconceptions, where each student is.

    Writes a page, two tables and the same as data, for each exercise. Nothing else is changed.
    """
    from ..terminal import course_or_stop, print_json
    from .class_report import class_report, write_report
    from .results import class_results

    course = course_or_stop()
    made = [class_report(name, class_results(course, name)) for name in _names(exercises, course)]
    for report in made:
        written = write_report(report, output or course / "marks")
        if not as_json:
            typer.echo(f"{report.exercise}: {len(report.students)} students. {written[0]}")
    if as_json:
        print_json([report.as_dict() for report in made])


def _marks(
    exercises: Annotated[
        list[str] | None, typer.Argument(help="Names of exercises (default: all).")
    ] = None,
    to: Annotated[str, typer.Option(help="canvas, moodle or csv.")] = "csv",
    output: Annotated[
        Path | None, typer.Option(help="The file to write (default: marks/<to>.csv).")
    ] = None,
) -> None:
    """Write a class's marks for a learning platform.

    Marks that still wait for a person are left empty for canvas and moodle, and are named.
    """
    from ..terminal import course_or_stop, stop
    from .exports import canvas, moodle, plain, write_csv
    from .results import class_results

    forms = {"canvas": canvas, "moodle": moodle, "csv": plain}
    if to not in forms:
        stop(f"There is no form {to!r}. There is: {', '.join(forms)}.")
    course = course_or_stop()
    rows, left_out = forms[to]({n: class_results(course, n) for n in _names(exercises, course)})
    path = output or course / "marks" / f"{to}.csv"
    write_csv(path, rows)
    for note in left_out:
        typer.echo(note, err=True)
    typer.echo(f"{path}")


def _names(exercises: list[str] | None, course: Path) -> list[str]:
    """Return the exercises that are meant; end with a message if one is unknown."""
    from ..terminal import stop
    from ..working_copy import released_exercises

    known = released_exercises(course)
    unknown = [name for name in exercises or [] if name not in known]
    if unknown:
        stop(f"There is no exercise {unknown[0]!r}. There is: {', '.join(known) or 'none yet'}.")
    return exercises or known


def _show_preflight(found: Preflight) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)

    def say(text: str, style: str = "") -> None:
        console.print(Text(text, style=style), soft_wrap=True)

    say(f"{found.file} ({_size(found.bytes)})", "bold")
    if found.problem:
        say(f"Cannot be marked: {found.problem}", "red")
        return
    say(f"Exercise {found.exercise}: {len(found.tasks)} tasks\n")
    styles = {"answered": "green", "not answered": "yellow", "missing": "red"}
    for task in found.tasks:
        where = f"  (cell {task.cell})" if task.cell else ""
        say(f"  {task.state:<13} {task.title}{where}", styles[task.state])
    for fault in found.faults:
        title = next((f"{t.title}, " for t in found.tasks if t.id == fault.task), "")
        say(f"\n{title}{fault}", "red")
    for repair in found.repairs:
        say(f"\nWill be put right: {repair}")
    if found.stopped:
        say(f"\n{found.stopped}", "red")
    elif found.ran:
        say("\nIt runs from top to bottom." if not found.faults else "")
    fit = "Fit to hand in." if found.fit else "Not fit to hand in yet: see above."
    say(f"\n{fit} Your file was not changed.", "bold")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} kB"
