"""Says everything that is wrong with the data, each fault in a sentence that says what to do.

The rules are read from ``datapackage.json``: no table and no column is known by name. Beside the
standard's constraints a resource may say

``values``
    Columns that hold what the table is about: an unverified row leaves them empty.
``identities``
    What the columns must obey: ``{"identity": "q05 <= ideal_point"}``, with ``rows`` (a query that
    picks rows), ``wide`` (before the identity is read, a pivot: ``index``, ``columns``, ``values``;
    or sums: ``index``, ``sum``), ``with`` (columns of another table beside, shaped in the same
    way) and ``within`` (the difference that rounding allows).
``sums``
    The sum of each column of numbers, years too, kept by hand as a bookkeeper does: a changed
    value is seen.
``checks``
    Values as read in the source, with where: of one row (``row``, ``column``, ``value``) or a sum
    of some rows (``rows``, ``column``, ``sum``).

A field may say ``figures``: the columns whose number must stand in the words of the cell.
"""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from indopacific.datasets import BrokenTable, DataFolder

FILL_IN = "FILL IN"
CHECKS_AT_LEAST = 3
WORDS_AT_MOST = 25
# Sums and check values are compared as decimals were written: this is only the error of floats.
FLOATS = 1e-6
COMPARISONS = ("==", "<=", ">=", "<", ">")

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
POWERS = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
FIGURE = re.compile(
    rf"(?<![\w.])(\d[\d,]*(?:\.\d+)?|{'|'.join(NUMBER_WORDS)})(?: ({'|'.join(POWERS)}))?\b", re.I
)


def audit(folder: Path) -> list[str]:
    """Check every table of a folder against its description.

    Parameters
    ----------
    folder : pathlib.Path
        Folder that holds ``datapackage.json``.

    Returns
    -------
    list of str
        All faults; empty when there are none.

    Raises
    ------
    BrokenTable
        If ``datapackage.json`` is missing, is not JSON, or lacks what every entry needs.
    """
    data = DataFolder(folder)
    names = [str(name) for name in data.tables()["name"]]
    listed = [resource["name"] for resource in data.package["resources"]]
    faults = [f"datapackage.json names the table {name} twice." for name in _twice(listed)]
    loaded = {}
    for name in names:
        faults += _faults_of_description(data.resource(name))
        try:
            loaded[name] = data.load(name)
        except BrokenTable as error:
            faults += str(error).splitlines()
    for name, table in loaded.items():
        resource = data.resource(name)
        for rules in (_statuses, _words, _sums, _checks):
            faults += rules(resource, table)
        faults += _identities(resource, table, loaded)
    if len(loaded) == len(names) and "sources" in loaded:
        faults += _idle_sources(data, loaded)
    # A broken table is met again by every table that points to it.
    return list(dict.fromkeys(faults))


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _faults_of_description(resource: dict[str, Any]) -> Iterator[str]:
    entry = f"datapackage.json, {resource['name']}"
    for key, value in resource.items():
        marks = json.dumps(value).count(FILL_IN)
        if marks:
            yield f"{entry}: {key} still says {FILL_IN!r} ({marks} times). Write what is true."
    for key in ("title", "description"):
        if not resource.get(key):
            yield f"{entry}: write a {key}."
    if not resource["schema"].get("primaryKey"):
        yield f"{entry}: say in schema.primaryKey which columns tell the rows apart."
    if Path(resource["path"]).stem != resource["name"]:
        yield f"{entry}: the file {resource['path']} should bear the table's name."
    if len(resource.get("checks", [])) < CHECKS_AT_LEAST:
        yield (
            f"{entry}: has {len(resource.get('checks', []))} check values; give at least "
            f"{CHECKS_AT_LEAST}, as read in the source, in checks."
        )
    pointing = {key["fields"][0] for key in resource["schema"].get("foreignKeys", [])}
    for field in resource["schema"]["fields"]:
        name = field["name"]
        if not field.get("title"):
            yield f"{entry}, column {name}: write a title."
        if not str(field.get("description", "")).endswith("."):
            yield f"{entry}, column {name}: write a description that ends with a full stop."
        if field["type"] in ("integer", "number"):
            yield from _faults_of_numbers(entry, resource, field)
        key = resource["schema"].get("primaryKey")
        if name.endswith("source_id") and key != [name] and name not in pointing:
            yield f"{entry}, column {name}: make it a foreign key to the table sources."


def _faults_of_numbers(
    entry: str, resource: dict[str, Any], field: dict[str, Any]
) -> Iterator[str]:
    name, constraints = field["name"], field.get("constraints", {})
    if not field.get("unit"):
        yield f"{entry}, column {name}: say its unit."
    if "minimum" not in constraints and "enum" not in constraints:
        yield f"{entry}, column {name}: say its minimum (and maximum) in constraints."
    # The number of a lesson is a name: a glossary must grow without arithmetic.
    if field.get("unit") != "number of the lesson" and name not in resource.get("sums", {}):
        yield f"{entry}, column {name}: write what the column adds up to in sums."


def _place(resource: dict[str, Any], row: Any) -> str:
    """Name a row by its key."""
    keys = resource["schema"].get("primaryKey", [])
    return f"{resource['path']}, row {', '.join(_shown(row[key]) for key in keys)}"


def _shown(value: Any) -> str:
    # A row of mixed columns comes back with its whole numbers as floats.
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _statuses(resource: dict[str, Any], table: pd.DataFrame) -> Iterator[str]:
    if "status" not in table:
        return
    values = [name for name in resource.get("values", []) if name in table]
    if not values and "unverified" in set(table["status"]):
        yield (
            f"datapackage.json, {resource['name']}: rows are unverified, so say in values "
            "which columns they must leave empty."
        )
        return
    sources = "source_id" in table
    for _, row in table.iterrows():
        given = [name for name in values if pd.notna(row[name])]
        if row["status"] == "unverified":
            if given:
                yield (
                    f"{_place(resource, row)}: is unverified, but {', '.join(given)} is given. "
                    "Empty it, or say the source and another status."
                )
            if sources and pd.notna(row["source_id"]):
                yield (
                    f"{_place(resource, row)}: is unverified, but names a source. Empty source_id "
                    "and name the source in the note, or say another status."
                )
        else:
            if values and not given:
                yield (
                    f"{_place(resource, row)}: {' and '.join(values)} are empty. Give a value, or "
                    "make the status unverified."
                )
            if sources and pd.isna(row["source_id"]):
                yield f"{_place(resource, row)}: has no source. Fill in source_id."


def _words(resource: dict[str, Any], table: pd.DataFrame) -> Iterator[str]:
    """Compare the figures in a source's own words with the numbers of the row."""
    for field in resource["schema"]["fields"]:
        for _, row in table.dropna(subset=field["name"]).iterrows():
            words = row[field["name"]]
            if "figures" not in field:
                continue
            if len(words.split()) > WORDS_AT_MOST:
                yield (
                    f"{_place(resource, row)}: {field['name']} has {len(words.split())} words; "
                    f"quote at most {WORDS_AT_MOST}."
                )
            said = set(figures(words))
            for column in field["figures"]:
                value = row[column]
                if pd.notna(value) and said and not any(_same_figure(value, one) for one in said):
                    yield (
                        f"{_place(resource, row)}: {column} is {value:g}, but {field['name']} says "
                        f"{words!r}. Look into the source and correct one of the two."
                    )
            if not said:
                yield f"{_place(resource, row)}: {field['name']} {words!r} holds no figure."


def figures(words: str) -> list[float]:
    """Read the numbers in a few words: digits, number words, and thousand, million, billion.

    Parameters
    ----------
    words : str

    Returns
    -------
    list of float
    """
    found = []
    for number, power in FIGURE.findall(words):
        plain = NUMBER_WORDS.get(number.lower())
        value = float(number.replace(",", "")) if plain is None else float(plain)
        found.append(value * POWERS.get(power.lower(), 1))
    return found


def _same_figure(value: float, said: float) -> bool:
    # A source may write "one billion" where the column counts in billions.
    return any(math.isclose(value * power, said) for power in (1, *POWERS.values()))


def _sums(resource: dict[str, Any], table: pd.DataFrame) -> Iterator[str]:
    for column, expected in resource.get("sums", {}).items():
        if column not in table:
            yield f"datapackage.json, {resource['name']}: sums names no column {column!r}."
            continue
        total = float(table[column].sum())
        if abs(total - expected) > FLOATS:
            yield (
                f"{resource['path']}: column {column} adds up to {total:.10g}, but the description "
                f"says {expected:.10g}. If a figure was changed on purpose, correct sums by hand; "
                "else look for the changed figure."
            )


def _checks(resource: dict[str, Any], table: pd.DataFrame) -> Iterator[str]:
    for check in resource.get("checks", []):
        where = f"datapackage.json, {resource['name']}, check of {check.get('column')}"
        absent = [key for key in ("column", "read") if key not in check]
        if absent or ("row" in check) == ("rows" in check):
            yield (
                f"{where}: give column, read (where), and either row with value or rows with sum."
            )
            continue
        if check["column"] not in table:
            yield f"{where}: there is no such column."
            continue
        if "rows" in check:
            found = float(table.query(check["rows"])[check["column"]].sum())
            if abs(found - check["sum"]) > FLOATS:
                yield (
                    f"{resource['path']}: {check['column']} of the rows {check['rows']} adds up to "
                    f"{found:.10g}, but {check['sum']:.10g} was read in {check['read']}."
                )
            continue
        unknown = [name for name in check["row"] if name not in table]
        if unknown:
            yield f"{where}: row names no column {', '.join(unknown)}."
            continue
        chosen = table
        for name, value in check["row"].items():
            chosen = chosen[chosen[name] == value]
        if len(chosen) != 1:
            yield f"{where}: {check['row']} picks {len(chosen)} rows; it should pick one."
            continue
        found = chosen.iloc[0][check["column"]]
        if not _equal(found, check["value"]):
            yield (
                f"{_place(resource, chosen.iloc[0])}: {check['column']} is {_shown(found)}, but "
                f"{check['value']} was read ({check['read']})."
            )


def _equal(found: Any, expected: Any) -> bool:
    if isinstance(found, pd.Timestamp):
        return f"{found:%Y-%m-%d}" == expected
    if isinstance(expected, str) or pd.isna(found):
        return bool(pd.notna(found) and found == expected)
    return math.isclose(float(found), expected, rel_tol=1e-9)


def _identities(
    resource: dict[str, Any], table: pd.DataFrame, loaded: dict[str, pd.DataFrame]
) -> Iterator[str]:
    for rule in resource.get("identities", []):
        identity = rule["identity"]
        try:
            rows = _chosen(table, rule)
            for other in rule.get("with", []):
                beside = _chosen(loaded[other["table"]], {**other, "wide": other})
                rows = rows.merge(beside, on=other["index"])
            left, sign, right = _sides(identity)
            first, second = (pd.Series(rows.eval(side), rows.index) for side in (left, right))
        except (KeyError, ValueError, SyntaxError, pd.errors.UndefinedVariableError) as error:
            yield (
                f"datapackage.json, {resource['name']}: the identity {identity!r} cannot be read "
                f"({error})."
            )
            continue
        rows = rows.assign(_left=first, _right=second).dropna(subset=["_left", "_right"])
        if rows.empty:
            yield f"datapackage.json, {resource['name']}: no row meets the identity {identity!r}."
        broken = rows[~_holds(rows["_left"], sign, rows["_right"], rule.get("within", FLOATS))]
        index = rule.get("wide", {}).get("index") or resource["schema"]["primaryKey"]
        for _, row in broken.iterrows():
            yield (
                f"{resource['path']}, row {', '.join(_shown(row[key]) for key in index)}: "
                f"{identity} does not hold ({_shown(row['_left'])} and {_shown(row['_right'])})."
            )


def _chosen(table: pd.DataFrame, rule: dict[str, Any]) -> pd.DataFrame:
    rows = table.query(rule["rows"]) if "rows" in rule else table
    if "wide" not in rule:
        return rows
    wide = rule["wide"]
    if "sum" in wide:
        return rows.groupby(wide["index"], as_index=False)[wide["sum"]].sum()
    rows = rows.pivot(index=wide["index"], columns=wide["columns"], values=wide["values"])
    rows.columns = [
        " to ".join(map(str, name))
        for name in (rows.columns if rows.columns.nlevels > 1 else ((one,) for one in rows.columns))
    ]
    return rows.reset_index()


def _sides(identity: str) -> tuple[str, str, str]:
    for sign in COMPARISONS:
        left, found, right = identity.partition(f" {sign} ")
        if found:
            return left, sign, right
    raise ValueError(f"it has none of {', '.join(COMPARISONS)} between spaces")


def _holds(left: pd.Series, sign: str, right: pd.Series, within: float) -> pd.Series:
    if not pd.api.types.is_numeric_dtype(left):
        return {"==": left == right, "<=": left <= right, "<": left < right}[sign]
    difference = left.astype(float) - right.astype(float)
    match sign:
        case "==":
            return difference.abs() <= within
        case "<=" | "<":
            return difference <= (within if sign == "<=" else -FLOATS)
    return difference >= (-within if sign == ">=" else FLOATS)


def _idle_sources(data: DataFolder, loaded: dict[str, pd.DataFrame]) -> Iterator[str]:
    """Say which sources are named and not there, or there and not named."""
    texts = [cell for name in loaded if name != "sources" for cell in _texts(loaded[name])]
    for name in loaded:
        texts.append(data.resource(name)["description"])
        texts += [check.get("read", "") for check in data.resource(name).get("checks", [])]
    known = set(loaded["sources"]["source_id"])
    kinds = "".join(sorted({source_id[0] for source_id in known}))
    # At least one letter after the dash, so that an S-400 is no source.
    form = re.compile(rf"(?<![\w-])[{kinds}]-(?=[A-Z0-9]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)?(?!\w)")
    named = {source_id for text in texts for source_id in form.findall(text)}
    for source_id in sorted(known - named):
        yield f"sources, row {source_id}: no table names this source. Take the row out."
    for source_id in sorted(named - known):
        yield (
            f"{source_id} is named in a note or a description, but does not stand in the table "
            "sources. Add the row, or correct the name."
        )


def _texts(table: pd.DataFrame) -> list[str]:
    columns = (table[name] for name in table.columns if str(table[name].dtype) == "str")
    return [str(cell) for column in columns for cell in column.dropna()]
