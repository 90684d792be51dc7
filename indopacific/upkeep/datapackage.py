"""Brings ``data/datapackage.json`` up to date after a table was edited.

Size, checksum and number of rows of each file are computed; everything else in the description is
written by hand and left as it is.

    python -m indopacific.upkeep.datapackage            writes them
    python -m indopacific.upkeep.datapackage --check    only says what is out of date
"""

import argparse
import csv
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
    present = {file.name for file in folder.glob("*.csv")}
    if present - described:
        names = ", ".join(sorted(present - described))
        raise UnlistedTable(f"Not described in datapackage.json: {names}. Add a resource for each.")
    if described - present:
        names = ", ".join(sorted(described - present))
        raise UnlistedTable(f"Described in datapackage.json, but missing in {folder}: {names}.")
    resources = [
        {**resource, **measured(folder / resource["path"])} for resource in package["resources"]
    ]
    return {**package, "resources": resources}


def as_text(package: dict[str, Any]) -> str:
    """Write the description the way it is kept in the repository: two spaces, UTF-8."""
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


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
        _replace(file, as_text(new))
    return changed


def _replace(file: Path, text: str) -> None:
    # Written beside the file and moved over it, so that a crash never leaves half a description.
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        # A temporary file is private to its owner; the description is for everyone.
        os.chmod(temporary, file.stat().st_mode & 0o777)
        os.replace(temporary, file)
    except BaseException:
        os.unlink(temporary)
        raise


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (1 if ``--check`` found something)."""
    parser = argparse.ArgumentParser(
        prog="python -m indopacific.upkeep.datapackage",
        description="Bring size, checksum and row count in data/datapackage.json up to date.",
    )
    parser.add_argument("folder", nargs="?", type=Path, default=DATA, help="default: %(default)s")
    parser.add_argument("--check", action="store_true", help="write nothing, only report")
    options = parser.parse_args(arguments)
    try:
        changed = refresh(options.folder, check_only=options.check)
    except (UnlistedTable, OSError, json.JSONDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    if not changed:
        print("datapackage.json is up to date.")
        return 0
    verb = "Out of date" if options.check else "Brought up to date"
    print(f"{verb}: {', '.join(changed)}.")
    return 1 if options.check else 0


if __name__ == "__main__":
    sys.exit(main())
