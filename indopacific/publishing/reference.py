"""Pages that belong to the whole course: the start, claims, glossary, bibliography, sources."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from indopacific import claims_ledger, datasets
from indopacific.curriculum import Lesson, Route, described
from indopacific.publishing.fragments import joined, raw, scrolling
from indopacific.publishing.notebooks import anchor

_LOADED = re.compile(r"""(?:\bload|\brow|\bcite|\bcitations)\(\s*["'](\w+)["']""")
_NAMES = re.compile(r"""\bcitations\(([^)]*)\)""")


def start(
    lessons: Iterable[Lesson],
    project: Mapping[str, Any],
    ways: Iterable[Route],
    *,
    offered: bool = False,
) -> str:
    """Return the first page: what the course is, its map, and how these pages work.

    `offered` says whether the site has an in-browser edition.
    """
    claims = len(datasets.load("claims"))
    python = project["requires-python"].removeprefix(">=")
    lessons = list(lessons)
    rows = [_row(each) for each in lessons]
    first = next(each for each in lessons if each.written)
    there = {each.id for each in lessons if each.written}

    def link(each: Lesson) -> str:
        return f"[{each.name}](/lessons/{each.id}.md)" if each.id in there else each.name

    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Lesson", "Question", "Minutes", "Exercise")
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return joined(
        [
            "# NATO and the Indo-Pacific",
            "What is NATO's role in the Indo-Pacific, and what should it be? One short article "
            f"makes {claims} claims about it. This course takes them one by one, with data, small "
            "models and exercises. You find out where each claim holds and where it fails.",
            "The course takes no side: NATO, Beijing, Moscow, Pyongyang, Taipei and the scholars "
            "who disagree are each given as they would put it themselves. Every figure leads back "
            "to its source.",
            f"**[Begin with lesson {first.number:02}](/lessons/{first.id}.md)**",
            "## The map",
            raw(scrolling(table)),
            "\n".join(f"- {described(way, link)}" for way in ways),
            "At the end stand [the claims ledger](/claims.md), [the glossary](/glossary.md), "
            "[the index](/course-index.md) and [all addresses](/addresses.md).",
            "## How these pages work",
            "- **Predict first.** What you predict stays in your own browser, is never marked, and "
            "you may go on without it. The result opens when you have predicted, or when you ask "
            "to see it.\n"
            "- **Move the sliders.** An explorer's first slider and its presets work here, without "
            "any installation. By keyboard: Tab to reach one, then the arrow keys.\n"
            "- **Read the numbers.** Each figure has its words below it and its numbers as a "
            "table.\n"
            "- **Look at the Python.** Every figure is made by a few lines, folded below it.",
            "## To run and change it",
            "**[In your browser](/lite-start.md)**: JupyterLab and Python without an installation."
            if offered
            else "",
            "These pages have no Python. In JupyterLab every control moves, you can change every "
            f"line, and exercises mark themselves. You need Python {python} or newer and a copy of "
            "the course's repository; then, in its folder:",
            "```\npython3 course.py lab\n```",
        ]
    )


def _row(each: Lesson) -> str:
    name = html.escape(each.name)
    cells = [
        f'<a href="lessons/{each.id}.html">{name}</a>' if each.written else name,
        html.escape(each.question),
        str(each.minutes) if each.written else "in preparation",
        f'<a href="exercises/{each.id}.html">{each.exercise.points:g} points, about '
        f"{each.exercise.minutes} minutes</a>"
        if each.exercise
        else "",
    ]
    first, *rest = cells
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def glossary(written: Mapping[int, str]) -> str:
    """Return the page of terms; `written` gives the page of each lesson that there is."""
    terms = datasets.load("glossary")
    terms = terms.sort_values("term", key=lambda column: column.str.lower())
    short = terms["term"].str.fullmatch(ABBREVIATION)
    parts = [
        f"## {name}\n\n{_terms(rows, written)}"
        for name, rows in {"Abbreviations": terms[short], "Terms": terms[~short]}.items()
    ]
    return joined(["# Glossary", "[Abbreviations](#Abbreviations) · [Terms](#Terms)", *parts])


#: What an abbreviation looks like: AP4, NATO, TIV.
ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]+")


def _terms(rows: pd.DataFrame, written: Mapping[int, str]) -> str:
    lines = ["````{glossary}"]
    for row in rows.itertuples():
        page = written.get(int(str(row.lesson)))
        where = f" ([lesson {int(str(row.lesson)):02}](/{page}.md))" if page else ""
        lines += [str(row.term), f"  {row.meaning}{where}", ""]
    return "\n".join([*lines, "````"])


def claims(course: Path, written: Mapping[int, str]) -> str:
    """Return the page of the ledger: every claim with verdict, evidence and where it is examined.

    Parameters
    ----------
    course : Path
        The course folder.
    written : mapping of int to str
        The page of each lesson that there is.
    """

    def address(home: claims_ledger.Home) -> str | None:
        page = written.get(home.number)
        return f"{page}.html#{anchor(home.heading)}" if page else None

    table = claims_ledger.page(claims_ledger.homes(course), address=address)
    return joined(
        [
            "# The claims ledger",
            "Every claim of the article in our words, with a verdict that you can check and "
            "overturn, and the passages that examined it. A verdict speaks of a claim, not of "
            f"whoever makes it. The article: {datasets.cite('claims')}",
            raw(scrolling(table)),
        ]
    )


def bibliography() -> str:
    """Return the page of works."""
    works = datasets.references()
    lines = []
    for key in sorted(works, key=lambda key: (works[key].get("author") or key).casefold()):
        doi, url = works[key].get("doi"), works[key].get("url")
        address = f"https://doi.org/{doi}" if doi else url
        where = f" <{address}>" if address else ""
        lines.append(f"- {datasets.reference_of(key)}.{where}")
    note = "Only what was read is given: a title or a publisher that is missing was not verified."
    return joined(["# Bibliography", note, "\n".join(lines)])


def sources() -> str:
    """Return the page of tables: what each shows, who published it, and every source of its."""
    parts = [
        "# Tables and sources",
        "Every figure of the course stands in one of these tables, with the source of its row.",
    ]
    for table in datasets.tables().itertuples():
        name = str(table.name)
        entries = [
            f"<li>{html.escape(', '.join(filter(None, (s['publisher'], s['title'], s['date']))))}"
            f"{_address(s['url'])}</li>"
            for s in _rows(datasets.sources(name))
        ]
        many = f"{len(entries)} source{'' if len(entries) == 1 else 's'}"
        folded = (
            f"<details><summary>{many}</summary><ul>{''.join(entries)}</ul></details>"
            if entries
            else ""
        )
        parts += [
            f"(table-{name})=\n## {name}",
            f"**{table.title}.** {table.shows} Rows: {table.rows}.",
            datasets.cite(name),
            raw(folded) if folded else "",
        ]
    return joined(parts)


def addresses() -> str:
    """Return the page of all addresses outside the course, with the day by which each was read."""
    about: dict[str, list[str]] = {}
    for row in _rows(datasets.load("sources")):
        said = ", ".join(filter(None, (row["publisher"], row["title"], row["date"])))
        about.setdefault(row["url"], []).append(said)
    for key, work in datasets.references().items():
        doi = work.get("doi")
        address = f"https://doi.org/{doi}" if doi else work.get("url", "")
        about.setdefault(address, []).append(datasets.reference_of(key).replace("*", ""))
    links = datasets.load("links")
    body = "".join(
        f'<tr><td><a href="{html.escape(address)}">{html.escape(address)}</a></td>'
        f"<td>{day:%Y-%m-%d}</td><td>{html.escape('; '.join(about.get(address, [])))}</td></tr>"
        for address, day in zip(links["address"], links["read_by"], strict=True)
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Address", "Read by", "What it is"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return joined(
        [
            "# Addresses",
            f"The course names {len(links)} addresses outside itself. Each stands here once, with "
            "the day by which it was read: the day on which it came into the course. Pages change "
            "and vanish. What of each was read, often a stored copy, is said with the "
            "[sources](/sources.md). These pages ask none of them for anything.",
            raw(scrolling(table)),
        ]
    )


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """Return a table as text; what is missing is empty."""
    plain = table.astype("object").where(table.notna(), "")
    return [
        {str(name): str(cell) for name, cell in row.items()} for row in plain.to_dict("records")
    ]


def _address(url: str) -> str:
    safe = html.escape(url)
    return f', <a href="{safe}">{safe}</a>' if url else ""


def tables_of(source: str) -> list[str]:
    """Return the tables that a notebook's cells, or the comments of its prose, name."""
    found = {*_LOADED.findall(source)}
    for listed in _NAMES.findall(source):
        found.update(re.findall(r"\w+", listed))
    return sorted(found & set(datasets.tables()["name"]))


def of_page(source: str) -> str:
    """Return the sources of one lesson: every table that its cells and their comments name.

    Parameters
    ----------
    source : str
        All cells of the notebook, comments of the prose included.
    """
    lines = [f"- [`{name}`](#table-{name}): {datasets.cite(name)}" for name in tables_of(source)]
    return joined(["## Sources of this page", "\n".join(lines)]) if lines else ""
