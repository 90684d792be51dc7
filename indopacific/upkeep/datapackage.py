"""Keeps ``data/datapackage.json`` true, and drafts the entry of a new table.

Size, checksum and number of rows of each file are computed; everything else in the description is
written by hand and left as it is.

    python -m indopacific.upkeep.datapackage                  writes what is computed
    python -m indopacific.upkeep.datapackage --check          writes nothing, says every fault
    python -m indopacific.upkeep.datapackage --draft FILE     adds an entry for a new CSV file
"""

import argparse
import csv
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from indopacific.datasets import INTEGER, ISO_DAY, NUMBER, BrokenTable
from indopacific.upkeep.audit import FILL_IN, audit
from indopacific.working_copy import put

DATA = Path(__file__).resolve().parents[2] / "data"


class UnlistedTable(ValueError):
    """The folder and its description do not name the same files."""


def measured(file: Path) -> dict[str, Any]:
    """Measure one CSV file.

    Parameters
    ----------
    file : pathlib.Path
        The file; its first line is the header.

    Returns
    -------
    dict
        ``bytes`` (size), ``hash`` (``sha256:`` and the checksum in hexadecimal) and ``rows``
        (records below the header).
    """
    content = file.read_bytes()
    with file.open(encoding="utf-8", newline="") as stream:
        rows = sum(1 for _ in csv.reader(stream)) - 1
    return {
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
    }


def refreshed(package: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the description with the computed fields as they should be.

    Parameters
    ----------
    package : dict
        The parsed ``datapackage.json``; it is not changed.
    folder : pathlib.Path
        Folder that holds the tables.

    Returns
    -------
    dict
        The same description, its hand-written fields and their order untouched.

    Raises
    ------
    UnlistedTable
        If a CSV file is not described, or a described one is missing.
    """
    described = {resource["path"] for resource in package["resources"]}
    present = {file.relative_to(folder).as_posix() for file in folder.rglob("*.csv")}
    if present - described:
        names = ", ".join(sorted(present - described))
        raise UnlistedTable(
            f"Not described in datapackage.json: {names}. "
            "Draft an entry with --draft FILE, one file at a time."
        )
    if described - present:
        names = ", ".join(sorted(described - present))
        raise UnlistedTable(
            f"Described in datapackage.json, but missing in {folder}: {names}. "
            "Bring the file back, or take its entry out."
        )
    resources = [
        {**resource, **measured(folder / resource["path"])} for resource in package["resources"]
    ]
    return {**package, "resources": resources}


def as_text(package: dict[str, Any]) -> str:
    """Write the description the way it is kept in the repository.

    What holds a list of objects is spread over lines; a field, a check, a licence is one line.
    """
    return _lines(package, "") + "\n"


def _lines(node: Any, indent: str) -> str:
    if not _is_spread(node):
        return json.dumps(node, ensure_ascii=False)
    inner = indent + "  "
    if isinstance(node, dict):
        parts = [f"{json.dumps(key)}: {_lines(value, inner)}" for key, value in node.items()]
    else:
        parts = [_lines(value, inner) for value in node]
    opening, closing = ("{", "}") if isinstance(node, dict) else ("[", "]")
    body = ",\n".join(inner + part for part in parts)
    return f"{opening}\n{body}\n{indent}{closing}"


def _is_spread(node: Any) -> bool:
    if isinstance(node, dict):
        return any(_is_spread(value) for value in node.values())
    return isinstance(node, list) and any(isinstance(value, dict) for value in node)


def refresh(folder: Path = DATA, *, check_only: bool = False) -> list[str]:
    """Bring the computed fields of ``datapackage.json`` up to date.

    Parameters
    ----------
    folder : pathlib.Path
        Folder that holds ``datapackage.json`` and the tables.
    check_only : bool
        If true, nothing is written.

    Returns
    -------
    list of str
        Names of the tables whose computed fields were (or are) out of date.

    Raises
    ------
    UnlistedTable
        If a CSV file is not described, or a described one is missing.
    """
    file = folder / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    new = refreshed(package, folder)
    changed = [
        after["name"]
        for before, after in zip(package["resources"], new["resources"], strict=True)
        if before != after
    ]
    if changed and not check_only:
        put(as_text(new).encode(), file, replace=True)
    return changed


def drafted(file: Path, folder: Path) -> dict[str, Any]:
    """Draft the entry of a new table from its file.

    Parameters
    ----------
    file : pathlib.Path
        A CSV file below `folder`.
    folder : pathlib.Path
        Folder that holds ``datapackage.json``.

    Returns
    -------
    dict
        Types, bounds, keys and sums as the file shows them; what only its author can know says
        ``FILL IN``, which the audit refuses.

    Raises
    ------
    UnlistedTable
        If the file does not lie below `folder`, or holds no rows.
    """
    if folder.resolve() not in file.resolve().parents:
        raise UnlistedTable(f"{file} does not lie in {folder}. Put it into a folder there first.")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if not rows:
        raise UnlistedTable(f"{file} holds no rows. Write the header and the rows first.")
    columns = {name: [row[name] or "" for row in rows] for name in rows[0]}
    fields = [_drafted_field(name, cells) for name, cells in columns.items()]
    keys = [
        {"fields": [name], "reference": {"resource": "sources", "fields": ["source_id"]}}
        for name in columns
        if name.endswith("source_id")
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": _drafted_key(columns)}
    if keys:
        schema["foreignKeys"] = keys
    sums = {
        field["name"]: _sum(columns[field["name"]])
        for field in fields
        if field["type"] in ("integer", "number")
    }
    key = {name: _value(columns[name][0]) for name in schema["primaryKey"]}
    return {
        "name": file.stem,
        "title": f"{FILL_IN}: what the table holds, in a few words",
        "description": f"{FILL_IN}: what it shows. What it leaves out, and where series break.",
        "path": file.resolve().relative_to(folder.resolve()).as_posix(),
        "schema": schema,
        **({"sums": sums} if sums else {}),
        "checks": [
            {
                "row": key,
                "column": f"{FILL_IN}: a column",
                "value": f"{FILL_IN}: its value as you read it in the source",
                "read": f"{FILL_IN}: where",
            }
            for _ in range(3)
        ],
    }


def _drafted_field(name: str, cells: list[str]) -> dict[str, Any]:
    given = [cell for cell in cells if cell]
    kind = "string"
    for each, form in (("integer", INTEGER), ("number", NUMBER), ("date", ISO_DAY)):
        if given and all(form.fullmatch(cell) for cell in given):
            kind = each
            break
    field: dict[str, Any] = {"name": name, "title": name.replace("_", " ").capitalize()}
    field["type"] = kind
    if kind in ("integer", "number"):
        field["unit"] = f"{FILL_IN}: unit"
    field["description"] = f"{FILL_IN}: what the column means."
    constraints: dict[str, Any] = {"required": True} if len(given) == len(cells) else {}
    if kind in ("integer", "number") and all(float(cell) >= 0 for cell in given):
        # Below zero only the author knows how far: the audit asks for it.
        constraints["minimum"] = 0
    if constraints:
        field["constraints"] = constraints
    return field


def _drafted_key(columns: dict[str, list[str]]) -> list[str]:
    """Take the first columns that together tell the rows apart."""
    names: list[str] = []
    for name in columns:
        names.append(name)
        if len(set(zip(*(columns[each] for each in names), strict=True))) == len(columns[name]):
            break
    return names


def _sum(cells: list[str]) -> int | float:
    total = sum((Decimal(cell) for cell in cells if cell), Decimal(0))
    return int(total) if total == total.to_integral() else float(total)


def _value(cell: str) -> Any:
    if INTEGER.fullmatch(cell):
        return int(cell)
    return float(cell) if NUMBER.fullmatch(cell) else cell


def draft(file: Path, folder: Path = DATA) -> str:
    """Add a drafted entry for a new table to ``datapackage.json``; returns the table's name."""
    description = folder / "datapackage.json"
    package = json.loads(description.read_text(encoding="utf-8"))
    entry = drafted(file, folder)
    for resource in package["resources"]:
        if entry["name"] == resource["name"] or entry["path"] == resource["path"]:
            raise UnlistedTable(
                f"datapackage.json has a table {entry['name']} already, at {resource['path']}. "
                "Names are unique: rename the new file, or edit the entry."
            )
    package["resources"].append(entry)
    put(as_text(package).encode(), description, replace=True)
    return str(entry["name"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (1 if ``--check`` found something)."""
    parser = argparse.ArgumentParser(
        prog="python -m indopacific.upkeep.datapackage",
        description="Keep data/datapackage.json true. Without an option: write size, checksum and "
        "row count of every table.",
        epilog="example: python -m indopacific.upkeep.datapackage --draft data/trade/new.csv",
    )
    parser.add_argument("folder", nargs="?", type=Path, default=DATA, help="default: %(default)s")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="write nothing, say every fault")
    choice.add_argument("--draft", type=Path, metavar="FILE", help="add an entry for a new CSV")
    options = parser.parse_args(arguments)
    try:
        if options.draft:
            name = draft(options.draft, options.folder)
            marks = len(re.findall(FILL_IN, json.dumps(drafted(options.draft, options.folder))))
            print(f"Drafted {name}. Replace the {marks} marks {FILL_IN!r} in datapackage.json.")
            return 0
        changed = refresh(options.folder, check_only=options.check)
        faults = audit(options.folder) if options.check else []
    except (UnlistedTable, BrokenTable, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    if changed:
        verb = "Out of date" if options.check else "Brought up to date"
        print(f"{verb}: {', '.join(changed)}.")
    elif not faults:
        print("datapackage.json is up to date.")
    return 1 if options.check and (changed or faults) else 0


if __name__ == "__main__":
    sys.exit(main())
