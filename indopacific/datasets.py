"""The course's data: what tables there are, what is in them, and where it comes from.

Every table is a CSV file in a folder of ``data/`` described by ``data/datapackage.json`` (Data
Package v2): units, types, allowed values and licence of each one. This module reads the two
together, checks every cell against the description, and knows nothing else.

>>> from indopacific.datasets import cite, load
>>> trade = load("trade").query("counter == 'GACC' and partner == 'Russia' and flow == 'total'")
>>> cite("trade")                                                           # doctest: +SKIP
"""

import csv
import datetime
import difflib
import functools
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
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
    "UnknownReference",
    "UnknownSource",
    "UnknownTable",
    "cite",
    "describe",
    "load",
    "reference_of",
    "source_of",
    "sources",
    "tables",
    "unit",
]

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

BIB_ENTRY = re.compile(r"^@\w+\{(?P<key>\w+),\n(?P<fields>.*?)\n\}", re.M | re.S)
BIB_FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*?)\},?$", re.M)

# A message lists this many faults of a file; a file with more is repaired in rounds.
FAULTS_AT_MOST = 20

# More sources than this make one line of citation unreadable; `sources` lists them all.
CITED_AT_MOST = 3


class UnknownTable(LookupError):
    """No table has this name."""


class UnknownColumn(LookupError):
    """The table has no column of this name."""


class UnknownSource(LookupError):
    """No source has this id."""


class UnknownReference(LookupError):
    """The bibliography has no work with this key."""


class BrokenTable(ValueError):
    """A file in ``data/`` does not fit its description.

    The message has one line a fault, each with file, row, column and what to do.
    """


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


def reference_of(key: str) -> str:
    """Give a work of the bibliography in one line of Markdown.

    Parameters
    ----------
    key : str
        Key such as ``"Lukin2021"``, as it stands in the column ``reference`` of a table.

    Returns
    -------
    str
        Authors, title and year, as far as they were read.

    Raises
    ------
    UnknownReference
        If ``data/references.bib`` has no such key.
    """
    return _course_data().reference_of(key)


def references() -> dict[str, dict[str, str]]:
    """Return the works of the bibliography: for each key its fields, as far as they were read."""
    return _course_data().references


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
        resources = self.package.get("resources", [])
        for place, resource in enumerate(resources, start=1):
            absent = [key for key in ("name", "path", "schema") if not resource.get(key)]
            absent += [] if resource.get("schema", {}).get("fields") else ["schema.fields"]
            if absent:
                name = resource.get("name", f"number {place}")
                raise BrokenTable(
                    f"datapackage.json, resource {name}: {', '.join(absent)} is missing. "
                    "`python -m indopacific.upkeep.datapackage --draft FILE` drafts an entry."
                )
        return {resource["name"]: resource for resource in resources}

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
                    "title": resource.get("title", ""),
                    "rows": resource.get("rows"),
                    "shows": _first_sentence(resource.get("description", "")),
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
                    "title": field.get("title", ""),
                    "unit": field.get("unit", ""),
                    "type": field["type"],
                    "description": field.get("description", ""),
                }
                for field in self.resource(name)["schema"]["fields"]
            ]
        )

    def sources(self, name: str) -> pd.DataFrame:
        """See `sources`."""
        listed = self._source_counts(name)
        known = self._table("sources")
        return known[known["source_id"].isin(listed)].reset_index(drop=True).fillna({"url": ""})

    def cite(self, name: str) -> str:
        """See `cite`."""
        resource = self.resource(name)
        rows = self._source_counts(name)
        parts = [
            _citation(self.source_of(source_id)) for source_id, _ in rows.most_common(CITED_AT_MOST)
        ]
        if len(rows) > CITED_AT_MOST:
            every = f'from indopacific import sources; sources("{name}")'
            parts.append(f"and {len(rows) - CITED_AT_MOST} more: `{every}`")
        if not parts:
            parts.append(f"{self.package['title']}, *{resource['title']}*")
        # A table without a licence of its own has that of the package, as the standard says.
        licences = resource.get("licenses") or self.package["licenses"]
        return f"{'; '.join(parts)}. Licence: {', '.join(map(_licence, licences))}."

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

    def reference_of(self, key: str) -> str:
        """See `reference_of`."""
        if key not in self.references:
            raise UnknownReference(
                f"references.bib has no work {key!r}.{_nearest(key, self.references)}"
            )
        work = self.references[key]
        names = [
            " ".join(reversed(name.split(", ", 1)))
            for name in work.get("author", "").split(" and ")
        ]
        authors = " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
        title = f"*{work['title']}*" if "title" in work else ""
        return ", ".join(part for part in (authors, title, work.get("year", "")) if part)

    @functools.cached_property
    def references(self) -> dict[str, dict[str, str]]:
        """See `references`."""
        text = (self.path / "references.bib").read_text(encoding="utf-8")
        return {
            entry["key"]: dict(BIB_FIELD.findall(entry["fields"]))
            for entry in BIB_ENTRY.finditer(text)
        }

    def _source_counts(self, name: str) -> Counter[str]:
        """Count how many cells of a table name each source, most first."""
        table = self._table(name)
        counts: Counter[str] = Counter()
        for key in _keys(self.resource(name)):
            if key.table == "sources" and name != "sources":
                for cell in table[key.column].dropna():
                    counts.update(key.values(cell))
        return counts

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self._parsed:
            resource = self.resource(name)
            reader = _Reader(self.path, resource)
            rows = reader.rows()
            faults = reader.faults + self._dangling(resource, rows)
            if faults:
                more = len(faults) - FAULTS_AT_MOST
                rest = [f"... and {more} more."] if more > 0 else []
                raise BrokenTable("\n".join(faults[:FAULTS_AT_MOST] + rest))
            self._parsed[name] = _frame(rows, resource["schema"]["fields"])
        return self._parsed[name]

    def _dangling(self, resource: dict[str, Any], rows: list["_Row"]) -> list[str]:
        """Say which cells name something that the table they point to does not hold."""
        faults = []
        for key in _keys(resource):
            known = set(self._table(key.table)[key.target])
            for row in rows:
                cell = row.cells.get(key.column)
                for value in key.values(cell) if cell is not None else ():
                    if value not in known:
                        faults.append(
                            f"{self.path.name}/{resource['path']}, row {row.line}, column"
                            f" {key.column!r}: {value!r} does not stand in the column"
                            f" {key.target!r} of the table {key.table!r}."
                            f"{_nearest(str(value), map(str, known))}"
                        )
        return faults


@dataclass(frozen=True)
class _Key:
    """A column whose cells name rows of another table: one each, or several with a separator."""

    column: str
    table: str
    target: str
    separator: str = ""

    def values(self, cell: Any) -> list[Any]:
        return cell.split(self.separator) if self.separator else [cell]


def _keys(resource: dict[str, Any]) -> list[_Key]:
    """List the foreign keys of a table, those of its columns of lists (``listOf``) among them."""
    keys = [
        _Key(key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0])
        for key in resource["schema"].get("foreignKeys", [])
    ]
    for field in resource["schema"]["fields"]:
        if "listOf" in field:
            of = field["listOf"]
            keys.append(_Key(field["name"], of["resource"], of["field"], of["separator"]))
    return keys


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
    """Reads one CSV file cell by cell, and collects what is wrong with where it is."""

    def __init__(self, folder: Path, resource: dict[str, Any]) -> None:
        self.file = folder / resource["path"]
        self.name = f"{folder.name}/{resource['path']}"
        schema = resource["schema"]
        self.fields = {field["name"]: field for field in schema["fields"]}
        self.missing = set(schema.get("missingValues", [""]))
        self.primary_key = list(schema.get("primaryKey", []))
        self.faults: list[str] = []

    def rows(self) -> list[_Row]:
        rows = []
        for line, cells in self._records():
            values = {name: self._cell(line, name, text) for name, text in cells.items()}
            rows.append(_Row(line, values))
        for name, field in self.fields.items():
            if field.get("constraints", {}).get("unique"):
                self._check_unique(rows, [name])
        if self.primary_key:
            self._check_unique(rows, self.primary_key)
        return rows

    def _records(self) -> list[tuple[int, dict[str, str]]]:
        text, names = self._text(), list(self.fields)
        records: list[tuple[int, dict[str, str]]] = []
        if text is None:
            return records
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            header = next(reader, [])
            if header != names:
                self._fault(
                    line,
                    None,
                    f"the header is {','.join(header)!r} but should be {','.join(names)!r}",
                )
                return records
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) == len(names):
                    records.append((line, dict(zip(names, cells, strict=True))))
                else:
                    self._fault(line, None, f"{len(cells)} cells, but the header has {len(names)}")
                line = reader.line_num + 1
        except csv.Error as error:
            self._fault(line, None, f"not readable as CSV ({error})")
        return records

    def _text(self) -> str | None:
        try:
            # newline="" keeps line breaks inside quoted cells as they are.
            with self.file.open(encoding="utf-8", newline="") as stream:
                return stream.read()
        except FileNotFoundError:
            self.faults.append(f"{self.name} is missing, although datapackage.json lists it.")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._fault(line, None, "not readable as UTF-8 text")
        return None

    def _cell(self, line: int, name: str, text: str) -> Any:
        field = self.fields[name]
        constraints = field.get("constraints", {})
        if text in self.missing:
            if constraints.get("required"):
                self._fault(line, name, "the cell is empty but a value is required")
            return None
        value = self._parse(line, name, field["type"], text)
        if value is None:
            return None
        allowed = constraints.get("enum")
        if allowed is not None and value not in allowed:
            choices = ", ".join(map(str, allowed))
            self._fault(line, name, f"{text!r} is not one of: {choices}")
        if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text):
            self._fault(line, name, f"{text!r} does not have the form {constraints['pattern']}")
        if "minimum" in constraints and value < constraints["minimum"]:
            self._fault(line, name, f"{text} is below the minimum {constraints['minimum']}")
        if "maximum" in constraints and value > constraints["maximum"]:
            self._fault(line, name, f"{text} is above the maximum {constraints['maximum']}")
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
                    self._fault(line, name, f"{text!r} is not a day ({error})")
                    return None
        expected = {
            "integer": "a whole number",
            "number": "a number (point as decimal mark, no spaces or commas)",
            "date": "a date of the form YYYY-MM-DD",
        }
        self._fault(line, name, f"{text!r} is not {expected.get(kind, f'of type {kind!r}')}")
        return None

    def _check_unique(self, rows: list[_Row], names: list[str]) -> None:
        first: dict[tuple[Any, ...], int] = {}
        for row in rows:
            key = tuple(row.cells[name] for name in names)
            if key in first:
                shown = ", ".join(str(part) for part in key)
                self._fault(
                    row.line, ", ".join(names), f"{shown!r} stands already in row {first[key]}"
                )
            first.setdefault(key, row.line)

    def _fault(self, line: int, column: str | None, what: str) -> None:
        where = f", column {column!r}" if column else ""
        self.faults.append(f"{self.name}, row {line}{where}: {what}.")


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
