"""The command `corpus`: fetch the official texts to one's own machine, look at them, add one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indopacific.terminal import AsJson, course_or_stop, print_json, progress_line, stop

if TYPE_CHECKING:
    from indopacific.corpus.fetching import Outcome

Documents = Annotated[
    list[str] | None,
    typer.Argument(help="Ids or names, such as nato-2021 or brussels-2021 (default: all)."),
]

corpus = typer.Typer(
    help="The official full texts of lesson 02, on your own machine (optional).",
    no_args_is_help=True,
)


@corpus.command(
    epilog="Examples:  python3 course.py corpus fetch  |  python3 course.py corpus fetch nato-2021"
)
def fetch(
    documents: Documents = None,
    again: Annotated[
        bool, typer.Option("--again", help="Fetch also what is there; a good copy is kept.")
    ] = False,
    address: Annotated[
        str, typer.Option(help="Another address, for one text; its page is checked like any.")
    ] = "",
    pause: Annotated[
        float, typer.Option(min=0.5, max=60, help="Seconds between two requests to one server.")
    ] = 3.0,
    as_json: AsJson = False,
) -> None:
    """Copy the official texts to my-work/texts, one after the other.

    Each is checked: numbered paragraphs without a gap, English, as many as the text is known to
    have, and the words that the course quotes. A wrong or cut page is refused. What is there is
    left alone, so you can stop at any time and go on later. A server that refuses, or asks to
    wait long, is left in peace. The lessons work without any of this.

    The texts are NATO's: they are for your own reading, and no part of the course.
    """
    from dataclasses import replace

    from indopacific.corpus import find, home, known
    from indopacific.corpus.fetching import fetch as fetched
    from indopacific.corpus.polite import Limits, Visitor

    shelf = home(course_or_stop())
    try:
        texts = [find(each) for each in documents] if documents else list(known().values())
    except ValueError as problem:
        stop(problem)
    if address:
        if len(texts) != 1:
            stop(
                "--address goes with one text: name it, as in: corpus fetch nato-2021 --address URL"
            )
        texts = [replace(texts[0], addresses=(address,))]
    try:
        with progress_line("Fetching", quiet=as_json) as progress:
            visitor = Visitor(Limits(pause=pause))
            outcomes = fetched(texts, shelf, visitor, again=again, progress=progress)
    except OSError as problem:
        stop(f"Nothing can be written to {shelf.folder} ({problem.strerror or problem}).")
    _show(outcomes, shelf.folder, as_json=as_json)


@corpus.command(
    epilog="Example:  python3 course.py corpus add nato-concept-2022 ~/Downloads/concept.txt"
)
def add(
    document: Annotated[str, typer.Argument(help="Id or name of the text.")],
    file: Annotated[Path, typer.Argument(help="A .txt or .html file that you saved yourself.")],
    as_json: AsJson = False,
) -> None:
    """File a text that you saved by hand, after the same checks."""
    from indopacific.corpus import find, home
    from indopacific.corpus.fetching import add as filed
    from indopacific.corpus.page import WrongText

    shelf = home(course_or_stop())
    try:
        outcome = filed(find(document), file, shelf)
    except WrongText as problem:
        stop(f"{file} was not filed: {problem}.")
    except OSError as problem:
        stop(f"{file} was not filed: {problem.strerror or problem}.")
    except ValueError as problem:
        stop(problem)
    _show([outcome], shelf.folder, as_json=as_json)


@corpus.command("list", epilog="Example:  python3 course.py corpus list")
def list_(as_json: AsJson = False) -> None:
    """Say which texts are here, and what can be counted in them against published counts."""
    from indopacific.corpus import NotHere, against_known_counts, home, known

    shelf = home(course_or_stop())
    rows = []
    for each in known().values():
        try:
            number = len(shelf.read(each.document))
            rows.append({"document": each.document, "name": each.name, "paragraphs": number})
        except NotHere:
            rows.append({"document": each.document, "name": each.name, "paragraphs": 0})
    counts = against_known_counts(shelf=shelf).to_dict("records")
    if as_json:
        print_json({"texts": rows, "counts": counts})
        return
    for row in rows:
        there = f"{row['paragraphs']} paragraphs" if row["paragraphs"] else "not here"
        typer.echo(f"{row['document']:<20} {row['name']:<24} {there}")
    for found in counts:
        said = "" if found["agree"] != "no" else "  (they differ: tell us, or look at the rule)"
        typer.echo(
            f"{found['text']}, {found['term']}: published {found['published']}, "
            f"counted {found['counted']}{said}"
        )


def _show(outcomes: list["Outcome"], folder: Path, *, as_json: bool) -> None:
    missing = [each for each in outcomes if each.state == "not fetched"]
    if as_json:
        print_json([each.as_dict() for each in outcomes])
    else:
        for each in outcomes:
            number = f"  {each.paragraphs} paragraphs" if each.paragraphs else ""
            typer.echo(f"{each.state:<12} {each.document:<20} {each.name}{number}")
            for words in each.absent:
                typer.echo(f"{'':<12} not found in it, though the course quotes it: '{words}'")
        for each in missing:
            typer.echo(f"{each.name} was not fetched. {each.why}.", err=True)
        if len(missing) < len(outcomes):
            typer.echo(
                f"In {folder}, for your own reading: quote with the source, pass on no copy."
            )
        if missing:
            typer.echo("The lessons work without. To try again, run the same command.", err=True)
    if missing:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command to the course's."""
    app.add_typer(corpus, name="corpus")
