"""The students' bundle: the course without anything that only instructors and maintainers need.

It is a zip, and the same as a folder that can be put into a repository for nbgitpuller as it is.
Before it is written it is searched for everything that solutions/ holds and the releases do not.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat

from indopacific.exercises.questions import role, text_of
from indopacific.exercises.sources import block
from indopacific.prose.reading import without_sources
from indopacific.working_copy import README, without_dead_links

OUTPUT = Path("dist")

#: What students get: all of a folder, or one file. `exercises/` holds releases only.
KEPT = (
    *("course.py", "pyproject.toml", "environment.yml", "nbgrader_config.py"),
    *("requirements.lock", "requirements-test.lock", ".gitignore", ".gitattributes"),
    *(README, "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-TEXT"),
    *(".github/*.png", ".github/*.gif"),
    *("data", "indopacific", "lessons", "exercises"),
)

# A line as short as this is anybody's: it tells nothing by itself.
_TELLING = 40
# To import something or to load a table tells nothing either.
_COMMON = re.compile(r"(from|import) |\w+ = load\(")

#: The earliest time that a zip can hold: the same course gives the same bytes.
EARLIEST = (1980, 1, 1, 0, 0, 0)


class NotBundled(Exception):
    """The bundle was not written; the message says why."""


@dataclass(frozen=True)
class Bundle:
    """What was written: the `archive`, the same as a `folder`, and how many `files` each holds."""

    archive: Path
    folder: Path
    files: int


def contents(course: Path) -> dict[str, bytes]:
    """Return what belongs into the bundle: {name with forward slashes: bytes}."""
    found: dict[str, bytes] = {}
    for pattern in KEPT:
        for place in sorted(course.glob(pattern)):
            files = sorted(place.rglob("*")) if place.is_dir() else [place]
            for file in files:
                inside = file.relative_to(place).parts
                hidden = any(part.startswith((".", "__pycache__")) for part in inside)
                if file.is_file() and not hidden and file.suffix != ".pyc":
                    found[file.relative_to(course).as_posix()] = file.read_bytes()
    if README in found:
        found[README] = without_dead_links(found[README].decode("utf-8"), found).encode()
    return found


def secrets(course: Path) -> set[str]:
    """Return every passage that must not leave solutions/: answers, hidden tests, notes.

    A passage is a line that tells something by itself (a long one, or one that binds an answer),
    or two lines that follow each other. What the releases show is no secret.
    """
    found: set[str] = set()
    for file in sorted(course.glob("solutions/*/*.ipynb")):
        for cell in nbformat.read(file, as_version=4).cells:
            solved = role(cell).solution
            if solved and cell.cell_type == "code":
                answer = block(cell.source, "SOLUTION")
                found.update(_passages(answer))
                found.update(filter(_is_key, answer.splitlines()))
            elif solved:
                found.update(_passages(without_sources(cell.source)))
            found.update(_passages(block(cell.source, "HIDDEN TESTS")))
    for file in sorted(course.glob("solutions/*/*.md")):
        found.update(_passages(file.read_text(encoding="utf-8")))
    released = [*course.glob("exercises/*/*.ipynb"), *course.glob("exercises/*/*.md")]
    public = "\n".join(_text(file.name, file.read_bytes()) for file in released)
    return {each for each in found if each not in public}


def leaks(files: Mapping[str, bytes], kept: Iterable[str]) -> list[str]:
    """Return which secret stands in which file, as sentences."""
    kept = list(kept)
    found = []
    for name, content in files.items():
        text = _text(name, content)
        found += [f"{name} holds {secret.splitlines()[0]!r}" for secret in kept if secret in text]
    return found


def bundle(course: Path, archive: Path) -> Bundle:
    """Write the bundle.

    Parameters
    ----------
    course : Path
        The course folder.
    archive : Path
        The zip; the folder stands beside it, under the same name without its ending.

    Raises
    ------
    NotBundled
        When something of solutions/ would go along, or the folder is not one of ours.
    """
    files = contents(course)
    if found := leaks(files, secrets(course)):
        raise NotBundled("Nothing was written: a secret would go along.\n" + "\n".join(found))
    folder = archive.with_suffix("")
    if folder.exists() and any(folder.iterdir()) and not (folder / "course.py").is_file():
        raise NotBundled(f"{folder} holds something that this command did not make.")
    part = folder.with_name(f"{folder.name}.part")
    if part.exists():
        shutil.rmtree(part)
    for name, content in files.items():
        part.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        part.joinpath(name).write_bytes(content)
    made = archive.with_name(f"{archive.name}.part")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", EARLIEST)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
    if folder.exists():
        _empty(folder)
    _fill(folder, part)
    made.replace(archive)
    return Bundle(archive, folder, len(files))


def _empty(folder: Path) -> None:
    """Remove all but what git keeps there: the folder may be a repository that is pulled from."""
    for each in folder.iterdir():
        if each.name == ".git":
            continue
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def _fill(folder: Path, part: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in part.iterdir():
        each.replace(folder / each.name)
    part.rmdir()


def _is_key(line: str) -> bool:
    """Say whether a line of a solution is a whole answer by itself, such as ``agreed = 0.7``."""
    try:
        (only,) = ast.parse(line).body
    except (SyntaxError, ValueError):
        return False
    return isinstance(only, ast.Assign)


def _passages(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    own = [line for line in lines if not _COMMON.match(line)]
    yield from (line for line in own if len(line) >= _TELLING)
    yield from ("\n".join(pair) for pair in pairwise(own) if sum(map(len, pair)) >= _TELLING)


def _text(name: str, content: bytes) -> str:
    """Return a file's text with its lines stripped; of a notebook all that it holds as text."""
    if name.endswith((".png", ".gif", ".webp")):
        return ""
    text = content.decode("utf-8")
    if name.endswith(".ipynb"):
        text = "\n".join(_strings(json.loads(text)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        if "source" in found:
            yield text_of(found)
        yield from (each for value in found.values() for each in _strings(value))
    elif isinstance(found, list):
        yield "".join(each for each in found if isinstance(each, str))
        yield from (each for value in found for each in _strings(value))
