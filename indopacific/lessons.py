"""What every lesson needs around its data and explorers: figures, tables of the course, links.

Prose stands in the notebook as plain markdown; `indopacific.prose` holds it against the data.
"""

from __future__ import annotations

import difflib
import html
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown

from indopacific import curriculum
from indopacific.curriculum import course_folder
from indopacific.datasets import cite, load, reference_of, source_of
from indopacific.figures.easel import Draw, Picture, paint
from indopacific.figures.wording import sentence
from indopacific.figures.words import safe
from indopacific.handing_in import in_browser
from indopacific.predictions import answer
from indopacific.working_copy import RELEASED, UnknownExercise, working_copy


def show(draw: Draw, result: Any, *, predicted: str | None = None) -> Picture:
    """Show a figure with its finding, alternative text and numbers.

    Parameters
    ----------
    draw : callable
        ``draw(result, figure) -> Words``, from `indopacific.figures`.
    result : object
        A model's result, or a table.
    predicted : str, optional
        Id of the prediction that the figure answers; without a guess it shows the data alone.

    Returns
    -------
    Picture
    """
    return paint(draw, result) if predicted is None else answer(predicted, draw, result)


def table(frame: pd.DataFrame) -> HTML:
    """Show a table of texts, flush left; its first column names the rows.

    Parameters
    ----------
    frame : DataFrame
        Its index is not shown. What is missing stays empty.

    Returns
    -------
    HTML
    """
    return _table(frame.astype(object).where(frame.notna(), ""))


def claims(*ids: str, lesson: int | None = None) -> HTML:
    """Show claims of the article with what the evidence says and the verdict.

    Parameters
    ----------
    *ids : str
        Such as ``"C01"``; none for all.
    lesson : int, optional
        Only the claims that this lesson examines.

    Returns
    -------
    HTML

    Raises
    ------
    ValueError
        When there is no such claim.
    """
    ledger = load("claims")
    unknown = [each for each in ids if each not in set(ledger["id"])]
    if unknown:
        raise ValueError(f"There is no claim {', '.join(unknown)}; they run from C01 to C37.")
    if ids:
        ledger = ledger[ledger["id"].isin(ids)]
    if lesson is not None:
        here = [str(lesson) in str(homes).replace(" ", "").split(",") for homes in ledger["lesson"]]
        ledger = ledger[here]
    if ledger.empty:
        raise ValueError(f"Lesson {lesson} examines none of these claims.")
    columns = {
        "id": "Claim",
        "claim": "The article says, in our words",
        "evidence": "What the evidence says",
        "verdict": "Verdict",
    }
    verdicts = [
        f"{verdict}: {detail}" if isinstance(detail, str) and detail else str(verdict)
        for verdict, detail in zip(ledger["verdict"], ledger["verdict_detail"], strict=True)
    ]
    return _table(ledger.assign(verdict=verdicts)[list(columns)].rename(columns=columns))


def views(lesson: str) -> HTML:
    """Show how experts and officials judge what a lesson is about, each as they would put it.

    Parameters
    ----------
    lesson : str
        Id of the lesson, such as "01-alignment".

    Returns
    -------
    HTML
        A table with one part for each camp.

    Raises
    ------
    ValueError
        When the table `views` has none for this lesson.
    """
    known = load("views")
    number = lesson.partition("-")[0].lstrip("0")
    here = known[known["lesson"].astype(str) == number]
    if here.empty:
        raise ValueError(f"The table views has none for the lesson {lesson!r}.")
    return _views({str(camp): rows for camp, rows in here.groupby("camp", sort=False)})


def holders(groups: Mapping[str, Iterable[str]]) -> HTML:
    """Show views from any lesson under headings of one's own.

    Parameters
    ----------
    groups : mapping of str to iterable of str
        Under each heading, ids of the table `views`; a heading without any says so.

    Returns
    -------
    HTML
        A table with one part for each heading.

    Raises
    ------
    KeyError
        For an id that the table `views` lacks.
    """
    known = load("views").set_index("id", drop=False)
    return _views({heading: known.loc[list(ids)] for heading, ids in groups.items()})


def _views(groups: Mapping[str, pd.DataFrame]) -> HTML:
    parts = []
    for heading, rows in groups.items():
        parts.append(
            '<tr><th scope="rowgroup" colspan="3" style="text-align:left;padding-top:1em">'
            f"{safe(sentence(heading))}</th></tr>"
        )
        parts += [_view(row) for _, row in rows.iterrows()] or [_NOBODY]
    head = "".join(
        f'<th scope="col" style="text-align:left">{name}</th>'
        for name in ("Who, and when", "In our words", "Source")
    )
    return HTML(f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(parts)}</tbody></table>")


_NOBODY = '<tr><td colspan="3" style="text-align:left">Nobody was found in what we read.</td></tr>'


def _view(row: pd.Series) -> str:
    known = {str(name): str(value) for name, value in row.items() if pd.notna(value)}
    who = ", ".join(known[part] for part in ("author", "affiliation") if part in known)
    date = f" ({known['date']})" if "date" in known else ""
    label = f"<strong>{safe(known['label'])}:</strong> " if "label" in known else ""
    said = label + safe(known["claim"])
    if "quote" in known:
        said += f" <q>{safe(known['quote'])}</q>"
    cells = (safe(f"{who}{date}"), said, _origin(known))
    return "<tr>{}</tr>".format(
        "".join(
            f'<{tag} style="text-align:left;vertical-align:top;font-weight:normal">{cell}'
            f"</{tag[:2]}>"
            for tag, cell in zip(('th scope="row"', "td", "td"), cells, strict=True)
        )
    )


def _origin(known: dict[str, str]) -> str:
    reported = ", as reported" if known["status"] == "reported" else ""
    if "source_id" in known:
        source = source_of(known["source_id"].partition(";")[0])
        name = safe(f"{source.publisher}{reported}")
        return f'<a href="{html.escape(source.url)}">{name}</a>' if source.url else name
    return safe(reference_of(known["reference"]) + reported)


def citations(*names: str) -> Markdown:
    """Show publisher, title, date, address and licence of some tables' sources.

    Raises
    ------
    UnknownTable
        For a name that no table has.
    """
    return Markdown("\n".join(f"- `{name}`: {cite(name)}" for name in names))


def glossary(*terms: str) -> HTML:
    """Show the meaning of some terms or abbreviations, or of all.

    Parameters
    ----------
    *terms : str
        Such as ``"AP4"``; upper and lower case are the same. None for all.

    Returns
    -------
    HTML

    Raises
    ------
    ValueError
        For a term that the glossary lacks, with the nearest that it has.
    """
    words = load("glossary")
    known = {str(term).casefold(): term for term in words["term"]}
    if unknown := [term for term in terms if str(term).casefold() not in known]:
        near = difflib.get_close_matches(str(unknown[0]).casefold(), known, n=1)
        hint = f" Did you mean {known[near[0]]!r}?" if near else ""
        raise ValueError(f"The glossary has no entry for {', '.join(unknown)}.{hint}")
    if terms:
        words = words[words["term"].isin([known[term.casefold()] for term in terms])]
    return _table(words[["term", "meaning"]].rename(columns=str.capitalize))


class Offer(Markdown):
    """A link to the reader's own copy of an exercise; on a page, to the exercise's page."""

    def __init__(self, text: str, page: str) -> None:
        super().__init__(text)
        self._page = page

    def _repr_page_(self) -> str:
        return self._page


def exercise(name: str, *, course: Path | None = None) -> Markdown:
    """Link to the reader's own copy of an exercise, which is made if it is not there yet.

    Parameters
    ----------
    name : str
        Such as ``"01-alignment"``.
    course : Path, optional
        The course folder; found from the working directory if not given.

    Returns
    -------
    Markdown
        The link, the number of questions and the points. Without a course folder around, as in a
        browser edition, a sentence that says where exercises are.
    """
    home = course or course_folder()
    if home is None:
        return Markdown("The exercises come with the course folder: see its README.")
    try:
        notebook = home / RELEASED / name / f"{name}.ipynb"
        if not (in_browser() and notebook.is_file()):
            notebook = working_copy(name, home)
    except UnknownExercise as problem:
        return Markdown(f"**{problem}**")
    released = curriculum.exercise(name, home)
    link = Path(os.path.relpath(notebook, Path.cwd())).as_posix()
    extent = f"{released.questions} questions, {released.points:g} points."
    own = notebook.relative_to(home).as_posix()
    return Offer(
        f"**[Open exercise {name}]({link})**: {extent} Your copy is `{own}`; an "
        "update of the course never changes your answers.",
        page=f'<p><strong><a href="../exercises/{name}/{name}.ipynb">Exercise {name}</a></strong>: '
        f"{extent}</p>",
    )


def course_map(*, course: Path | None = None) -> HTML:
    """Show the lessons, with question and minutes as the lessons themselves give them.

    Raises
    ------
    FileNotFoundError
        When no course folder is found around the working directory.
    """
    home = course or course_folder()
    if home is None:
        raise FileNotFoundError("No course folder here: open this notebook from its own folder.")
    rows = [
        {
            "Lesson": f'<a href="{each.id}.ipynb">{html.escape(each.name)}</a>'
            if each.written
            else html.escape(each.name),
            "Question": html.escape(each.question),
            "Minutes": each.minutes if each.written else "in preparation",
            "Exercise": f"{each.exercise.points:g} points" if each.exercise else "none",
        }
        for each in curriculum.lessons(home)
    ]
    return _table(pd.DataFrame(rows), escape=False)


def _table(frame: pd.DataFrame, *, escape: bool = True) -> HTML:
    clean: Callable[[Any], str] = safe if escape else str
    head = "".join(f'<th scope="col" style="text-align:left">{safe(c)}</th>' for c in frame)
    body = "".join(
        "<tr>"
        + "".join(
            f'<{tag} style="text-align:left;vertical-align:top{_kept_whole(value)}">{clean(value)}'
            f"</{tag[:2]}>"
            for value, tag in zip(row, ['th scope="row"', *["td"] * (len(row) - 1)], strict=True)
        )
        + "</tr>"
        for row in frame.itertuples(index=False, name=None)
    )
    return HTML(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


_DATE = re.compile(r"\d{4}(-\d\d){1,2}")


def _kept_whole(value: Any) -> str:
    """Keep a date in one line: a browser breaks lines behind hyphens."""
    return ";white-space:nowrap" if _DATE.fullmatch(str(value)) else ""
