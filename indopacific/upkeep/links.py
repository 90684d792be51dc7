"""Keeps the list of all addresses outside the course, each with the day by which it was read.

``python -m indopacific.upkeep.links`` finds every address in data, lessons, exercises and the
pages of the repository. It adds the new ones with today's date to the table `links`, and takes out
those that nothing names any more. With ``--check`` it only says what differs. It asks no host.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from indopacific.curriculum import course_folder

TABLE = Path("data") / "course" / "links.csv"

_ADDRESS = re.compile(r"""https?://[^\s"'<>`\\|{}]+[^\s"'<>`\\|{}.,;:!?]""")
_DOI = re.compile(r"^\s*doi\s*=\s*\{([^}]+)\}", re.MULTILINE)
_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-TEXT")
_FOLDERS = ("lessons/*.ipynb", "solutions/*/*.ipynb", "solutions/**/*.md", "data/**/*.md")

# A reader's own machine is nobody's address, and neither are the hosts kept free for examples.
_OWN = re.compile(r"https?://(localhost|127\.0\.0\.1|(\w+\.)?example\.(org|com))\b")


def found(course: Path) -> list[str]:
    """Return every address that the course names, in order, each once.

    Parameters
    ----------
    course : Path
        The course folder.
    """
    addresses: set[str] = set()
    for file in sorted(course.glob("data/**/*.csv")):
        if file != course / TABLE:
            addresses.update(_in_table(file))
    bibliography = (course / "data" / "references.bib").read_text(encoding="utf-8")
    addresses.update(f"https://doi.org/{doi}" for doi in _DOI.findall(bibliography))
    addresses.update(_in_text(bibliography))
    addresses.update(_in_package(course / "data" / "datapackage.json"))
    files = [course / name for name in _PAGES if (course / name).is_file()]
    files += [file for pattern in _FOLDERS for file in course.glob(pattern)]
    for file in files:
        addresses.update(_in_text(file.read_text(encoding="utf-8")))
    return sorted(each for each in addresses if not _OWN.match(each))


def _in_table(file: Path) -> Iterable[str]:
    """Give the addresses of a table: a cell that is one is taken whole, commas and all."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            for cell in row:
                if re.fullmatch(r"https?://\S+", cell):
                    yield cell
                else:
                    yield from _in_text(cell)


def _in_package(file: Path) -> Iterable[str]:
    """Give the addresses of licences and other pages; a check value repeats one of a table."""
    package = json.loads(file.read_text(encoding="utf-8"))
    for part in (package, *package["resources"]):
        for licence in part.get("licenses", []):
            if "path" in licence:
                yield licence["path"]
    yield package["$schema"]


def _in_text(text: str) -> Iterable[str]:
    for match in _ADDRESS.finditer(text.replace("\\n", "\n")):
        address = match.group()
        # The bracket that closes a link's address is not part of it.
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(".,;:")
        yield address


def known(course: Path) -> dict[str, str]:
    """Return the listed addresses with their days."""
    with (course / TABLE).open(encoding="utf-8", newline="") as lines:
        return {row["address"]: row["read_by"] for row in csv.DictReader(lines)}


def update(course: Path, *, today: str) -> tuple[list[str], list[str]]:
    """Bring the table up to date; return what was added and what was taken out.

    Parameters
    ----------
    course : Path
    today : str
        The day for new addresses, such as "2026-11-25".
    """
    before, now = known(course), found(course)
    with (course / TABLE).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["address", "read_by"])
        writer.writerows([address, before.get(address, today)] for address in now)
    return [each for each in now if each not in before], sorted(set(before) - set(now))


def main(arguments: list[str]) -> int:
    """Update the table, or only check it; return the exit code."""
    course = course_folder()
    if course is None:
        print("No course folder is around this place.", file=sys.stderr)
        return 1
    if arguments == ["--check"]:
        listed, now = set(known(course)), set(found(course))
        for address in sorted(listed ^ now):
            print(f"{'not listed' if address in now else 'named nowhere'}: {address}")
        return int(listed != now)
    added, removed = update(course, today=date.today().isoformat())
    print(f"{len(added)} added, {len(removed)} taken out. Now: indopacific.upkeep.datapackage")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
