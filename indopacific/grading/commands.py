"""The verbs of instructors: `grade`, `regrade`, `doctor`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..terminal import AsJson

if TYPE_CHECKING:
    from .classroom import ClassReport, Outcome, Told

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
    """Add the verbs to the course's command line."""
    app.command(epilog="Examples:  indopacific grade 01-alignment  |  ... grade ID --workers 4")(
        grade
    )
    app.command(epilog="Example:  indopacific regrade 01-alignment")(regrade)
    app.command(epilog="Example:  indopacific doctor --json")(doctor)


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
