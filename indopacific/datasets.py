"""The course's data: what tables there are, what is in them, and where it comes from.

Every table is a CSV file in ``data/`` described by ``data/datapackage.json`` (Data Package v2):
units, types, allowed values, sources and licence of each one. This module reads the two together,
checks every cell against the description, and knows nothing else.

>>> from indopacific.datasets import cite, load
>>> trade = load("china_russia_trade")
>>> cite("china_russia_trade")                                              # doctest: +SKIP
"""

import csv
import datetime
import difflib
import functools
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

__all__ = [
    "BrokenTable",
    "DataFolder",
    "Source",
    "UnknownColumn",
    "UnknownSource",
    "UnknownTable",
    "cite",
    "describe",
    "load",
    "source_of",
    "sources",
    "tables",
    "unit",
]

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

# More sources than this make one line of citation unreadable; `sources` lists them all.
CITED_AT_MOST = 3


class UnknownTable(LookupError):
    """No table has this name."""


class UnknownColumn(LookupError):
    """The table has no column of this name."""


class UnknownSource(LookupError):
    """No source has this id."""


class BrokenTable(ValueError):
    """A file in ``data/`` does not fit its description; the message names file, row and column."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a figure was read.

    Attributes
    ----------
    id : str
        Key used in the ``source_id`` columns.
    publisher, title, date : str
        Who published what, and when (ISO date, year, edition or ``n.d.``).
    url : str
        Address of the publication; empty if it is not known.
    read : str
        What was read of it for this course, and where.
    """

    id: str
    publisher: str
    title: str
    date: str
    url: str
    read: str


def load(name: str) -> pd.DataFrame:
    """Load one table of the course.

    Parameters
    ----------
    name : str
        Name of the table; `tables` lists them.

    Returns
    -------
    pandas.DataFrame
        A fresh copy: changing it changes nothing for the next call. Numbers are ``float64``,
        integers ``int64`` (``Int64`` where values are missing), full dates ``datetime64``, the
        rest text (``str``). Missing is missing (``NaN``, ``<NA>``), never zero. `describe` gives
        each column's unit.

    Raises
    ------
    UnknownTable
        If there is no such table.
    BrokenTable
        If the file does not fit its description.
    """
    return _course_data().load(name)


def tables() -> pd.DataFrame:
    """List the tables.

    Returns
    -------
    pandas.DataFrame
        One row a table: ``name``, ``title``, ``rows`` (number of rows) and ``shows`` (one
        sentence).
    """
    return _course_data().tables()


def describe(name: str) -> pd.DataFrame:
    """Say what the columns of a table mean.

    Parameters
    ----------
    name : str
        Name of the table.

    Returns
    -------
    pandas.DataFrame
        One row a column: ``column``, ``title``, ``unit`` (empty for text), ``type`` and
        ``description``.

    Raises
    ------
    UnknownTable
        If there is no such table.
    """
    return _course_data().describe(name)


def sources(name: str) -> pd.DataFrame:
    """List the sources of a table.

    Parameters
    ----------
    name : str
        Name of the table.

    Returns
    -------
    pandas.DataFrame
        One row a source: ``source_id``, ``publisher``, ``title``, ``date``, ``url`` and ``read``
        (what was read of it).

    Raises
    ------
    UnknownTable
        If there is no such table.
    """
    return _course_data().sources(name)


def cite(name: str) -> str:
    """Cite a table in one line of Markdown.

    Parameters
    ----------
    name : str
        Name of the table.

    Returns
    -------
    str
        Publisher, title, date and address of the sources (the three that most rows rest on, if
        there are more) and the licence.

    Raises
    ------
    UnknownTable
        If there is no such table.
    BrokenTable
        If the file does not fit its description.
    """
    return _course_data().cite(name)


def unit(name: str, column: str) -> str:
    """Give the unit of a column.

    Parameters
    ----------
    name : str
        Name of the table.
    column : str
        Name of the column.

    Returns
    -------
    str
        The unit in words; empty for text and dates.

    Raises
    ------
    UnknownTable, UnknownColumn
        If there is no such table or column.
    """
    return _course_data().unit(name, column)


def source_of(source_id: str) -> Source:
    """Look up a source by the id that stands in a row.

    Parameters
    ----------
    source_id : str
        Id such as ``"S-UNV"``.

    Returns
    -------
    Source
        Publisher, title, date, address and what was read.

    Raises
    ------
    UnknownSource
        If there is no such source.
    """
    return _course_data().source_of(source_id)


class DataFolder:
    """A folder of CSV files with the ``datapackage.json`` that describes them.

    The module's functions speak to the course's own folder; tests and authors can open another.

    Parameters
    ----------
    path : pathlib.Path
        Folder that holds ``datapackage.json``. It is only read.

    Raises
    ------
    BrokenTable
        If ``datapackage.json`` is missing or is not JSON.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parsed: dict[str, pd.DataFrame] = {}

    @functools.cached_property
    def package(self) -> dict[str, Any]:
        """The description, as it stands in ``datapackage.json``."""
        file = self.path / "datapackage.json"
        try:
            description: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise BrokenTable(f"{file} is missing: without it no table can be read.") from error
        except ValueError as error:
            raise BrokenTable(f"{file} is not valid JSON: {error}") from error
        return description

    @functools.cached_property
    def _resources(self) -> dict[str, dict[str, Any]]:
        return {resource["name"]: resource for resource in self.package["resources"]}

    def resource(self, name: str) -> dict[str, Any]:
        """Return the description of one table, or raise `UnknownTable` with the nearest names."""
        if name not in self._resources:
            raise UnknownTable(
                f"There is no table {name!r}.{_nearest(name, self._resources)}"
                " tables() lists all of them."
            )
        return self._resources[name]

    def load(self, name: str) -> pd.DataFrame:
        """See `load`."""
        return self._table(name).copy()

    def tables(self) -> pd.DataFrame:
        """See `tables`."""
        return pd.DataFrame(
            [
                {
                    "name": resource["name"],
                    "title": resource["title"],
                    "rows": resource["rows"],
                    "shows": _first_sentence(resource["description"]),
                }
                for resource in self._resources.values()
            ]
        )

    def describe(self, name: str) -> pd.DataFrame:
        """See `describe`."""
        return pd.DataFrame(
            [
                {
                    "column": field["name"],
                    "title": field["title"],
                    "unit": field.get("unit", ""),
                    "type": field["type"],
                    "description": field["description"],
                }
                for field in self.resource(name)["schema"]["fields"]
            ]
        )

    def sources(self, name: str) -> pd.DataFrame:
        """See `sources`."""
        listed = [source["sourceId"] for source in self.resource(name).get("sources", [])]
        known = self._table("sources")
        return known[known["source_id"].isin(listed)].reset_index(drop=True).fillna({"url": ""})

    def cite(self, name: str) -> str:
        """See `cite`."""
        resource = self.resource(name)
        listed = [source["sourceId"] for source in resource.get("sources", [])]
        rows = self._source_counts(name)
        leading = sorted(listed, key=lambda source_id: -rows[source_id])[:CITED_AT_MOST]
        parts = [_citation(self.source_of(source_id)) for source_id in leading]
        if len(listed) > CITED_AT_MOST:
            parts.append(f'and {len(listed) - CITED_AT_MOST} more: `sources("{name}")`')
        if not parts:
            parts.append(f"{self.package['title']}, *{resource['title']}*")
        licences = ", ".join(_licence(licence) for licence in resource["licenses"])
        return f"{'; '.join(parts)}. Licence: {licences}."

    def unit(self, name: str, column: str) -> str:
        """See `unit`."""
        fields = {field["name"]: field for field in self.resource(name)["schema"]["fields"]}
        if column not in fields:
            raise UnknownColumn(
                f"The table {name!r} has no column {column!r}.{_nearest(column, fields)}"
                f" describe({name!r}) lists all of them."
            )
        return str(fields[column].get("unit", ""))

    def source_of(self, source_id: str) -> Source:
        """See `source_of`."""
        known = self._table("sources")
        found = known[known["source_id"] == source_id]
        if found.empty:
            raise UnknownSource(
                f"There is no source {source_id!r}.{_nearest(source_id, known['source_id'])}"
                ' load("sources") lists all of them.'
            )
        row = found.fillna("").iloc[0]
        return Source(
            id=row["source_id"],
            publisher=row["publisher"],
            title=row["title"],
            date=row["date"],
            url=row["url"],
            read=row["read"],
        )

    def _source_counts(self, name: str) -> Counter[str]:
        table = self._table(name)
        ids = (table[column] for column in table.columns if column.endswith("source_id"))
        return Counter(source_id for column in ids for source_id in column.dropna())

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self._parsed:
            resource = self.resource(name)
            rows = _Reader(self.path / resource["path"], resource["schema"]).rows()
            self._check_references(resource, rows)
            self._parsed[name] = _frame(rows, resource["schema"]["fields"])
        return self._parsed[name]

    def _check_references(self, resource: dict[str, Any], rows: list["_Row"]) -> None:
        for key in resource["schema"].get("foreignKeys", []):
            (column,) = key["fields"]
            (target_column,) = key["reference"]["fields"]
            target = key["reference"]["resource"]
            known = set(self._table(target)[target_column])
            for row in rows:
                value = row.cells[column]
                if value is not None and value not in known:
                    raise BrokenTable(
                        f"{self.path.name}/{resource['path']}, row {row.line}, column {column!r}:"
                        f" {value!r} does not stand in the column {target_column!r} of the table"
                        f" {target!r}.{_nearest(str(value), map(str, known))}"
                    )


@functools.cache
def _course_data() -> DataFolder:
    here = Path(__file__).resolve().parent
    # In a wheel the data travels inside the package; in the repository it stands beside it.
    in_wheel = here / "data"
    return DataFolder(
        in_wheel if (in_wheel / "datapackage.json").is_file() else here.parent / "data"
    )


@dataclass(frozen=True)
class _Row:
    line: int
    cells: dict[str, Any]


class _Reader:
    """Reads one CSV file cell by cell, so that an error can say where it is."""

    def __init__(self, file: Path, schema: dict[str, Any]) -> None:
        self.file = file
        self.fields = {field["name"]: field for field in schema["fields"]}
        self.missing = set(schema.get("missingValues", [""]))
        self.primary_key = list(schema.get("primaryKey", []))

    def rows(self) -> list[_Row]:
        rows = [
            _Row(line, {name: self._cell(line, name, text) for name, text in cells.items()})
            for line, cells in self._records()
        ]
        for name, field in self.fields.items():
            if field.get("constraints", {}).get("unique"):
                self._check_unique(rows, [name])
        if self.primary_key:
            self._check_unique(rows, self.primary_key)
        return rows

    def _records(self) -> Iterator[tuple[int, dict[str, str]]]:
        reader = csv.reader(io.StringIO(self._text(), newline=""), strict=True)
        names = list(self.fields)
        line = 1
        try:
            header = next(reader, [])
            if header != names:
                raise self._broken(
                    line,
                    None,
                    f"the header is {','.join(header)!r} but should be {','.join(names)!r}",
                )
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) != len(names):
                    raise self._broken(
                        line, None, f"{len(cells)} cells, but the header has {len(names)}"
                    )
                yield line, dict(zip(names, cells, strict=True))
                line = reader.line_num + 1
        except csv.Error as error:
            raise self._broken(line, None, f"not readable as CSV ({error})") from error

    def _text(self) -> str:
        try:
            # newline="" keeps line breaks inside quoted cells as they are.
            with self.file.open(encoding="utf-8", newline="") as stream:
                return stream.read()
        except FileNotFoundError as error:
            raise BrokenTable(
                f"{self._name} is missing, although datapackage.json lists it."
            ) from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise self._broken(line, None, "not readable as UTF-8 text") from error

    def _cell(self, line: int, name: str, text: str) -> Any:
        field = self.fields[name]
        constraints = field.get("constraints", {})
        if text in self.missing:
            if constraints.get("required"):
                raise self._broken(line, name, "the cell is empty but a value is required")
            return None
        value = self._parse(line, name, field["type"], text)
        allowed = constraints.get("enum")
        if allowed is not None and value not in allowed:
            choices = ", ".join(map(str, allowed))
            raise self._broken(line, name, f"{text!r} is not one of: {choices}")
        if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text):
            raise self._broken(
                line, name, f"{text!r} does not have the form {constraints['pattern']}"
            )
        if "minimum" in constraints and value < constraints["minimum"]:
            raise self._broken(line, name, f"{text} is below the minimum {constraints['minimum']}")
        if "maximum" in constraints and value > constraints["maximum"]:
            raise self._broken(line, name, f"{text} is above the maximum {constraints['maximum']}")
        return value

    def _parse(self, line: int, name: str, kind: str, text: str) -> Any:
        match kind:
            case "string":
                return text
            case "integer" if INTEGER.fullmatch(text):
                return int(text)
            case "number" if NUMBER.fullmatch(text):
                return float(text)
            case "date" if ISO_DAY.fullmatch(text):
                try:
                    return datetime.date.fromisoformat(text)
                except ValueError as error:
                    raise self._broken(line, name, f"{text!r} is not a day ({error})") from error
        expected = {
            "integer": "a whole number",
            "number": "a number (point as decimal mark, no spaces or commas)",
            "date": "a date of the form YYYY-MM-DD",
        }
        raise self._broken(line, name, f"{text!r} is not {expected.get(kind, f'of type {kind!r}')}")

    def _check_unique(self, rows: list[_Row], names: list[str]) -> None:
        first: dict[tuple[Any, ...], int] = {}
        for row in rows:
            key = tuple(row.cells[name] for name in names)
            if key in first:
                shown = ", ".join(str(part) for part in key)
                raise self._broken(
                    row.line, ", ".join(names), f"{shown!r} stands already in row {first[key]}"
                )
            first[key] = row.line

    @property
    def _name(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}"

    def _broken(self, line: int, column: str | None, what: str) -> BrokenTable:
        where = f", column {column!r}" if column else ""
        return BrokenTable(f"{self._name}, row {line}{where}: {what}.")


def _frame(rows: list[_Row], fields: list[dict[str, Any]]) -> pd.DataFrame:
    columns = {
        field["name"]: _column([row.cells[field["name"]] for row in rows], field["type"])
        for field in fields
    }
    return pd.DataFrame(columns)


def _column(values: list[Any], kind: str) -> pd.Series:
    match kind:
        case "integer":
            return pd.Series(values, dtype="Int64" if None in values else "int64")
        case "number":
            return pd.Series(values, dtype="float64")
        case "date":
            return pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[s]")
    # Spelled out, because the short name "str" follows one of pandas' global options.
    return pd.Series(values, dtype=pd.StringDtype(na_value=np.nan))


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(name), list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(map(repr, close))}?" if close else ""


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def _citation(source: Source) -> str:
    address = f", <{source.url}>" if source.url else ""
    return f"{source.publisher}, *{source.title}*, {source.date}{address}"


def _licence(licence: dict[str, str]) -> str:
    return f"[{licence['title']}]({licence['path']})"
