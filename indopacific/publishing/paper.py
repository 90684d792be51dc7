"""Prints a document with the Chromium that a machine has, and numbers its references.

Chromium can write the number of a page at its foot, but not "see page 12". So a document is
printed, the file is asked where each place stands, and it is printed again with these numbers,
until they stay. No driver is needed: the browser prints by itself from its command line, tagged
and with an outline.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject, TextStringObject

from indopacific import __version__
from indopacific.publishing import book
from indopacific.publishing.book import Cover

#: Since this version Chromium writes numbers at the foot of a page.
OLDEST = 131

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
    "microsoft-edge",
)  # fmt: skip
_ELSEWHERE = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    ),
}
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
_SECONDS = 600
# The title on the first page, in points.
_TITLE = 30
# Numbers of pages are filled in twice, and once more if that moved a line to another page.
_TIMES = 5

# Chromium writes one object more than it counts, which harms nobody.
logging.getLogger("pypdf").setLevel(logging.ERROR)


class NotPrinted(Exception):
    """The book cannot be printed; the message says why, and what to do."""


@dataclass(frozen=True)
class Printed:
    """A file that was asked for.

    Attributes
    ----------
    file : Path
    pages : int
    again : bool
        Whether it had to be printed; False if an earlier one still holds.
    """

    file: Path
    pages: int
    again: bool


def browser(named: str | None = None) -> str:
    """Return the path of a Chromium, Chrome or Edge.

    Parameters
    ----------
    named : str, optional
        A path or a name to take instead of looking for one.

    Raises
    ------
    NotPrinted
        When there is none.
    """
    wanted = [named] if named else [*_NAMES, *_ELSEWHERE.get(sys.platform, ())]
    for name in wanted:
        if found := shutil.which(os.path.expandvars(name)):
            return found
    missing = f"{named} is no program here." if named else "No Chromium was found."
    raise NotPrinted(
        f"{missing} The book is printed by Chromium, Google Chrome or Microsoft Edge, version "
        f"{OLDEST} or newer. Install one (Debian and Ubuntu: apt install chromium), or say where "
        "it is: --browser PATH."
    )


def printed(
    site: Path,
    names: Iterable[str],
    cover: Cover,
    output: Path,
    *,
    work: Path,
    program: str,
) -> Printed:
    """Print some pages of the site as one file, unless the file already holds them as they are.

    Parameters
    ----------
    site : Path
        Folder of the built pages.
    names : iterable of str
        The pages, in the order of the book.
    cover : Cover
    output : Path
        The file.
    work : Path
        Folder for the document, and for what is known of earlier files.
    program : str
        The browser; as `browser` returns it.

    Raises
    ------
    NotPrinted
        When the browser fails or is too old.
    NoBook
        When a reference leads nowhere.
    """
    document = book.compose(site, names, cover)
    state = hashlib.sha256(f"{document}\n{_origin(program)}".encode()).hexdigest()
    note = work / f"{output.stem}.made"
    if output.is_file() and note.is_file():
        known = note.read_text(encoding="utf-8").split()
        if known == [state, _digest(output)]:
            return Printed(output, len(PdfReader(output).pages), again=False)
    work.mkdir(parents=True, exist_ok=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    part = work / f"{output.stem}.pdf"
    settle(document, part, program=program)
    count = _finish(part, document, cover)
    shutil.move(part, output)
    note.write_text(f"{state} {_digest(output)}\n", encoding="utf-8")
    return Printed(output, count, again=True)


def settle(document: str, file: Path, *, program: str) -> dict[str, int]:
    """Print a document until every reference names the page on which its target stands.

    Returns
    -------
    dict
        The page of each place that is referred to, counted from one.
    """
    source = file.with_suffix(".html")
    pages: dict[str, int] = {}
    for _ in range(_TIMES):
        source.write_text(book.numbered(document, pages) if pages else document, encoding="utf-8")
        _print(source, file, program)
        found = places(file)
        if found == pages:
            return pages
        pages = found
    raise NotPrinted(
        f"The numbers of pages in {source} do not settle: each number moves a line to another page."
    )


def places(file: Path) -> dict[str, int]:
    """Return on which page each place of a printed file stands that some link leads to."""
    reader = PdfReader(file)
    found = {}
    for name, destination in reader.named_destinations.items():
        page = reader.get_destination_page_number(destination)
        if page is not None:
            found[name.lstrip("/")] = page + 1
    return found


def _print(source: Path, file: Path, program: str) -> None:
    # Root has no sandbox to use, as in a container; the pages are our own.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="indopacific-", ignore_cleanup_errors=True) as profile:
        command = [program, *_FLAGS, *alone, f"--user-data-dir={profile}"]
        command += [f"--print-to-pdf={file}", source.as_uri()]
        file.unlink(missing_ok=True)
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise NotPrinted(f"{program} did not print within {_SECONDS} seconds.") from None
    if not file.is_file():
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotPrinted(
            f"{program} printed nothing (exit status {done.returncode}): " + " ".join(said[-2:])
        )
    check(file)


def check(file: Path) -> None:
    """Refuse a file without tags, of a browser too old to number pages, or made smaller to fit.

    Raises
    ------
    NotPrinted
    """
    reader = PdfReader(file)
    producer = reader.metadata.producer if reader.metadata else ""
    version = (producer or "").rpartition("/PDF m")[2]
    if version.isdigit() and int(version) < OLDEST:
        raise NotPrinted(
            f"This browser is version {version}; it takes {OLDEST} or newer to number pages. "
            "Install a newer one, or name another: --browser PATH."
        )
    if "/StructTreeRoot" not in reader.root_object:
        raise NotPrinted("This browser prints without tags, which screen readers need.")
    if (size := _largest(reader)) < _TITLE:
        raise NotPrinted(
            f"Something in {file.with_suffix('.html')} is wider than the paper, so that everything "
            f"would be printed at {size / _TITLE:.0%} of its size. Let it wrap in theme/book.css."
        )


def _largest(reader: PdfReader) -> int:
    """Return the size of the largest letters on the first page, in points."""
    sizes = [0.0]

    def note(words: str, page: list[float], line: list[float], _: Any, size: float) -> None:
        if words.strip():
            sizes.append(size * abs(line[3] * page[3]))

    reader.pages[0].extract_text(visitor_text=note)
    return round(max(sizes))


def _finish(file: Path, document: str, cover: Cover) -> int:
    """Say in the file what it is, mend the words of its outline, and return how long it is."""
    writer = PdfWriter(clone_from=file)
    writer.add_metadata(
        {
            "/Title": cover.title,
            "/Subject": cover.subtitle or cover.title,
            "/Creator": f"indopacific {__version__}",
        }
    )
    writer.create_viewer_preferences()[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    # Where a heading goes on in a second line, Chromium leaves out the space between its words.
    titles = {"".join(words.split()): words for words in book.headings(document)}
    _mend(writer.root_object["/Outlines"], titles)
    writer.write(file)
    return len(writer.pages)


def _mend(entry: Any, titles: Mapping[str, str]) -> None:
    below = entry.get("/First")
    while below is not None:
        item = below.get_object()
        words = "".join(item["/Title"].split())
        item[NameObject("/Title")] = TextStringObject(titles.get(words, item["/Title"]))
        _mend(item, titles)
        below = item.get("/Next")


def _origin(program: str) -> str:
    """Return what changes with the browser."""
    status = Path(program).resolve().stat()
    return f"{program} {status.st_size} {status.st_mtime_ns}"


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
