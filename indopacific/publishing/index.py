"""The index of the course: claims, models, figures, explorers and sources, and where they stand.

Nothing is listed by hand. Figures and explorers are found in the lessons as they ran, with their
titles; models in the package; claims, tables and sources in the data.
"""

from __future__ import annotations

import ast
import html
import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from indopacific import claims_ledger, datasets, explorers, models
from indopacific.curriculum import Lesson
from indopacific.markdown import headings
from indopacific.publishing.fragments import joined, raw
from indopacific.publishing.notebooks import anchor
from indopacific.publishing.reference import tables_of

_TITLE = re.compile(r"<figcaption><p><strong>(.*?)</strong>", re.DOTALL)
_FIRST = re.compile(r"\A(.+?[.?])(\s|\Z)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A heading of a lesson."""

    lesson: Lesson
    heading: str

    @property
    def link(self) -> str:
        """Return a link to it, as HTML."""
        address = f"lessons/{self.lesson.id}.html#{anchor(self.heading)}"
        return f'<a href="{address}">{self.lesson.number:02} · {html.escape(self.heading)}</a>'


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a lesson shows or uses.

    Attributes
    ----------
    kind : {"figure", "explorer", "model", "table"}
    name : str
        Title of a figure; else the name of what is used.
    place : Place
    """

    kind: str
    name: str
    place: Place


def found(notebook: NotebookNode, each: Lesson) -> list[Found]:
    """Return what a lesson shows and uses, in order.

    Parameters
    ----------
    notebook : NotebookNode
        As it has run.
    each : Lesson
    """
    listed = []
    heading = ""
    known: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for _, words in headings(cell.source):
                heading = words
        place = Place(lesson=each, heading=heading)
        used = [("table", name) for name in tables_of(cell.source)]
        if cell.cell_type == "code":
            used += _in_code(cell, known)
        listed += [Found(kind=kind, name=name, place=place) for kind, name in used]
    return listed


def _in_code(cell: NotebookNode, known: dict[str, str]) -> list[tuple[str, str]]:
    """Return what one cell uses and shows; `known` is what the notebook calls which model."""
    used = []
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.ImportFrom) and node.module == models.__name__:
            known |= {name.asname or name.name: name.name for name in node.names}
        elif isinstance(node, ast.Name) and node.id in known:
            used.append(("model", known[node.id]))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "explore":
            used.append(("explorer", str(ast.literal_eval(node.args[0]))))
    # The picture of an explorer is no figure of its own: it changes with every slider.
    if not any(kind == "explorer" for kind, _ in used):
        pages = [output.get("data", {}).get("text/html", "") for output in cell.get("outputs", [])]
        titles = [title for page in pages for title in _TITLE.findall(page)]
        used += [("figure", html.unescape(title)) for title in titles]
    return used


def page(listed: Iterable[Found], course: Path) -> str:
    """Return the page.

    Parameters
    ----------
    listed : iterable of Found
        Of all lessons.
    course : Path
        The course folder.
    """
    listed = list(listed)
    here = {each.place.lesson.id: each.place.lesson for each in listed}
    parts = {
        "Claims": _claims(course, here),
        "Models": _models(listed),
        "Explorers": _explorers(listed),
        "Figures": _figures(listed),
        "Tables": _tables(listed),
        "Sources": _sources(),
    }
    jumps = " · ".join(f"[{name}](#{name})" for name in parts)
    intro = (
        "Every claim, model, explorer, figure, table and source, with the places where it stands."
    )
    return joined(
        [
            "# Index",
            intro,
            jumps,
            *(f"## {name}\n\n{raw(_list(entries))}" for name, entries in parts.items()),
        ]
    )


def _list(entries: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


def _entry(name: str, places: Iterable[str]) -> str:
    """Return one entry: its name as HTML, and the links to where it stands."""
    links = list(dict.fromkeys(places))
    name = name.removesuffix(".")
    return f"{name}{'' if name.endswith('?') else ':'} {'; '.join(links)}" if links else name


def _claims(course: Path, here: Mapping[str, Lesson]) -> list[str]:
    homes = claims_ledger.homes(course)
    entries = []
    for row in datasets.load("claims").itertuples():
        name, claim = str(row.id), html.escape(str(row.claim))
        places = [
            Place(lesson=here[home.lesson], heading=home.heading).link
            for home in homes.get(name, ())
            if home.lesson in here
        ]
        entries.append(_entry(f'<a href="claims.html#{name.lower()}">{name}</a> {claim}', places))
    return entries


def _models(listed: list[Found]) -> list[str]:
    entries = []
    for module in pkgutil.iter_modules(models.__path__):
        known = importlib.import_module(f"{models.__name__}.{module.name}")
        said = _FIRST.match(known.__doc__ or "")
        about = html.escape(said[1].replace("\n", " ")) if said else ""
        own = [
            each.place.link
            for each in listed
            if (each.kind == "model" and each.name == module.name)
            or (each.kind == "explorer" and _model_of(each.name) == known.__name__)
        ]
        if own:
            entries.append(_entry(f"<code>{module.name}</code> {about}", own))
    return entries


def _model_of(explorer: str) -> str:
    return explorers.find(explorer).parameters.__module__


def _explorers(listed: list[Found]) -> list[str]:
    names = sorted({each.name for each in listed if each.kind == "explorer"})
    return [
        _entry(
            f"{html.escape(explorers.find(name).title)} (<code>{name}</code>)",
            [each.place.link for each in listed if each.kind == "explorer" and each.name == name],
        )
        for name in names
    ]


def _figures(listed: list[Found]) -> list[str]:
    figures = [each for each in listed if each.kind == "figure"]
    ordered = sorted(figures, key=lambda each: each.name.casefold())
    return [_entry(html.escape(each.name), [each.place.link]) for each in ordered]


def _tables(listed: list[Found]) -> list[str]:
    entries = []
    for row in datasets.tables().sort_values("name").itertuples():
        name = str(row.name)
        places = [each.place.link for each in listed if each.kind == "table" and each.name == name]
        title = html.escape(str(row.title))
        entries.append(_entry(f'<a href="{_table(name)}"><code>{name}</code></a> {title}', places))
    return entries


def _sources() -> list[str]:
    """Return who published what was read, each with the tables that rest on it."""
    rests = []
    for name in datasets.tables()["name"]:
        for publisher in datasets.sources(str(name))["publisher"].dropna():
            rests.append({"publisher": str(publisher), "table": str(name)})
    table = pd.DataFrame(rests).drop_duplicates()
    ordered = table.sort_values("publisher", key=lambda names: names.str.casefold())
    return [
        _entry(
            html.escape(str(publisher)),
            (f'<a href="{_table(str(name))}">{name}</a>' for name in sorted(own["table"])),
        )
        for publisher, own in ordered.groupby("publisher", sort=False)
    ]


def _table(name: str) -> str:
    return f"sources.html#{anchor(f'table-{name}')}"
