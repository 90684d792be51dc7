"""The commands around grading: `preflight` for students, the others for instructors.

As thin as `indopacific.cli`, which registers them: options, the look of results, exit statuses.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..terminal import AsJson

if TYPE_CHECKING:
    from .classroom import ClassReport, Outcome, Told
    from .preflight import Preflight

Exercise = Annotated[str, typer.Argument(help="Name of the exercise, such as 01-alignment.")]
Workers = Annotated[
    int | None,
    typer.Option(min=1, max=64, help="Submissions at one time (default: one for each processor)."),
]
Trust = Annotated[
    bool,
    typer.Option(
        "--trust-submissions",
        help="Run submissions WITHOUT a sandbox, with your own rights. It is recorded.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the course's command line."""
    examples: dict[Callable[..., None], str] = {
        preflight: "Example:  python3 course.py preflight my-work/01-alignment/01-alignment.ipynb",
        report: "Example:  python3 course.py report 01-alignment",
        marks: "Example:  python3 course.py marks --to canvas --output canvas.csv 01-alignment",
        grade: "Examples:  indopacific grade 01-alignment  |  ... grade ID --workers 4",
        regrade: "Example:  indopacific regrade 01-alignment",
        doctor: "Example:  indopacific doctor --json",
    }
    for command, example in examples.items():
        app.command(epilog=example)(command)


def grade(
    exercise: Exercise,
    workers: Workers = None,
    trust_submissions: Trust = False,
    cell_seconds: Annotated[
        float | None, typer.Option(min=1, help="Longest time for one cell (default: 30).")
    ] = None,
    total_seconds: Annotated[
        float | None,
        typer.Option(
            min=1,
            help="Longest time for one submission (default: 20 times that of your solution).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Mark what a class handed in: from submitted/ to autograded/ and the gradebook.

    What has not changed since it was marked is left alone. A run that was stopped goes on where
    it was. The exit status is 0 when every submission could be marked.
    """
    report = _graded(
        exercise,
        workers=workers,
        trust=trust_submissions,
        seconds=(cell_seconds, total_seconds),
        as_json=as_json,
    )
    if as_json:
        typer.echo(json.dumps(report.as_dict(), indent=1, ensure_ascii=False))
    else:
        _show(report)
    if any(outcome.marked.status == "refused" for outcome in report.outcomes):
        raise typer.Exit(1)


def regrade(
    exercise: Exercise,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the new marks; without it, only show them.")
    ] = False,
    workers: Workers = None,
    trust_submissions: Trust = False,
    as_json: AsJson = False,
) -> None:
    """Mark a class again, and show whose marks change, item by item."""
    report = _graded(
        exercise,
        workers=workers,
        trust=trust_submissions,
        anew=True,
        keep=not apply,
        as_json=as_json,
    )
    if as_json:
        typer.echo(json.dumps(report.as_dict(), indent=1, ensure_ascii=False))
        return
    for outcome in report.outcomes:
        for name, before, now in outcome.changes:
            typer.echo(f"{outcome.student}  {name}: {_points(before)} -> {_points(now)}")
    changed = sum(bool(outcome.changes) for outcome in report.outcomes)
    typer.echo(f"{changed} of {len(report.outcomes)} students have other marks.")
    if changed and not apply:
        typer.echo("Nothing was written. To write them: indopacific regrade ... --apply", err=True)


def doctor(as_json: AsJson = False) -> None:
    """Say what works on this machine, what is protected, and how to get what is missing."""
    from ..terminal import course_or_stop
    from .doctor import examine

    found = examine(course_or_stop())
    if as_json:
        typer.echo(json.dumps([line.as_dict() for line in found], indent=1, ensure_ascii=False))
        return
    for line in found:
        typer.echo(f"{'yes' if line.works else 'NO':<4}{line.what}: {line.says}")
        if line.remedy:
            typer.echo(f"    {line.remedy}")


def preflight(
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
    from .preflight import preflight as look_at

    found = look_at(notebook, course=course_or_stop(), exercise=exercise, run=run)
    if as_json:
        print_json(found.as_dict())
    else:
        _show_preflight(found)
    if not found.fit:
        raise typer.Exit(1)


def report(
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


def marks(
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


# ---------------------------------------------------------------- what the user sees


def _graded(
    exercise: str,
    *,
    workers: int | None,
    trust: bool,
    as_json: bool,
    anew: bool = False,
    keep: bool = False,
    seconds: tuple[float | None, float | None] = (None, None),
) -> ClassReport:
    from ..terminal import course_or_stop, stop
    from .classroom import CannotGrade, Time, grade_class
    from .contract import NotProtected

    course = course_or_stop()
    try:
        with _watched(exercise, quiet=as_json) as told:
            return grade_class(
                exercise,
                course=course,
                workers=workers,
                trust=trust,
                anew=anew,
                keep=keep,
                time=Time(cell=seconds[0], total=seconds[1]),
                told=told,
            )
    except (CannotGrade, NotProtected) as error:
        stop(error)


@contextmanager
def _watched(exercise: str, *, quiet: bool) -> Iterator[Told]:
    """Show a bar and a line for each student on a terminal; the lines alone elsewhere."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    terminal = sys.stderr.isatty()
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, console=console, transient=True, disable=quiet or not terminal) as bar:
        task = bar.add_task(f"Grading {exercise}", total=None)

        def told(done: int, total: int, outcome: Outcome) -> None:
            bar.update(task, completed=done, total=total)
            if not quiet:
                bar.console.print(_line(outcome), markup=False, soft_wrap=True)

        yield told


def _line(outcome: Outcome) -> str:
    """Say in one line what became of a submission."""
    marked = outcome.marked
    if marked.status == "refused":
        return f"{outcome.student}  could not be marked: {' '.join(marked.notes)}"
    words = [f"{outcome.student}  {_points(marked.earned)} of {_points(marked.points)}"]
    by_hand = sum(item.earned is None for item in marked.items)
    words += [f"{by_hand} to mark by hand"] if by_hand else []
    words += [_count(len(marked.repairs), "repair")] if marked.repairs else []
    words += ["stopped early"] if marked.status == "stopped" else []
    words += ["unchanged"] if outcome.unchanged else [f"{marked.seconds:.1f} s"]
    return ", ".join(words)


def _show(report: ClassReport) -> None:
    counts: dict[str, int] = {}
    for outcome in report.outcomes:
        state = "unchanged" if outcome.unchanged else outcome.marked.status
        counts[state] = counts.get(state, 0) + 1
    listed = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    typer.echo(f"{_count(len(report.outcomes), 'submission')}: {listed}. {report.seconds:.1f} s.")
    for note in report.notes:
        typer.echo(f"Note: {note}")


def _points(value: Any) -> str:
    return "-" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


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
