"""Builds the in-browser edition: JupyterLab, Python and the course, from one folder of files.

What a reader gets is what a student gets: the files of the students' bundle, searched for secrets
before anything is written. JupyterLite makes the pages; the course travels as a wheel that the
browser's Python loads by its name.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from indopacific import __version__
from indopacific.publishing import bundle
from indopacific.publishing.runtime import LOCK, Runtime, Say

#: Where it stands in the site.
FOLDER = "lite"

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"

#: What the lessons import, so that the browser's Python loads it with the course.
DEPENDS = ("numpy", "pandas", "matplotlib", "pillow", "ipython", "ipywidgets", "anywidget")

#: JupyterLab's parts for what notebooks show; others of the environment want a server.
_PARTS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "anywidget",
)

#: What only instructors, publishers and maintainers run.
_APART = ("grading", "publishing", "upkeep", "jupyter")

#: What stands in the browser's file list.
_SHOWN = ("lessons/", "exercises/", "data/")

#: Where the browser's Python stands in it.
PYODIDE = "static/pyodide"

#: Says from what a build was made.
RECORD = ".made-from"


class NoLite(Exception):
    """The in-browser edition cannot be built; the message says why and what to do."""


@dataclass(frozen=True)
class Lite:
    """What was built.

    Attributes
    ----------
    folder : Path
    megabytes : float
        What the folder weighs.
    again : bool
        Whether it had to be built; otherwise nothing had changed.
    address : str
        The public host's folder that Python comes from; "" if it comes from our own site.
    """

    folder: Path
    megabytes: float
    again: bool
    address: str


def make(
    course: Path,
    work: Path,
    get: Callable[[Say], Runtime],
    *,
    say: Say = lambda words: None,
) -> Lite:
    """Build the in-browser edition, unless an earlier one was made from the same.

    Parameters
    ----------
    course : Path
        The course folder.
    work : Path
        Folder for what is built.
    get : callable
        Returns the browser's Python; called with `say`.
    say : callable
        Called with what is done.

    Raises
    ------
    NoLite
        When a secret would go along, or JupyterLite fails.
    NoRuntime
        When the browser's Python cannot be had.
    """
    files = bundle.contents(course)
    if found := bundle.leaks(files, bundle.secrets(course)):
        raise NoLite("Nothing was built: a secret would go along.\n" + "\n".join(found))
    runtime = get(say)
    course_wheel = wheel(files)
    shown = {name: content for name, content in files.items() if name.startswith(_SHOWN)}
    locked = lock(runtime, course_wheel)
    record = _fingerprint(shown, locked, runtime)
    out = work / "out"
    again = not (out / RECORD).is_file() or (out / RECORD).read_text() != record
    if again:
        say("JupyterLite")
        _build(work, out, shown, settings(runtime))
        _furnish(out, runtime, course_wheel, locked)
        (out / RECORD).write_text(record)
    return Lite(out, _megabytes(out), again, runtime.address)


# ---------------------------------------------------------------- the course as a wheel


@dataclass(frozen=True)
class Wheel:
    """The course as one file that Python can load."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What the lock says of it."""
        return hashlib.sha256(self.content).hexdigest()


def wheel(files: Mapping[str, bytes]) -> Wheel:
    """Return the course as a wheel: its package without what no lesson runs, and its data.

    Parameters
    ----------
    files : mapping of str to bytes
        The files of the students' bundle.
    """
    apart = tuple(f"indopacific/{part}/" for part in _APART)
    packed = {
        name if name.startswith("indopacific/") else f"indopacific/{name}": content
        for name, content in files.items()
        if name.startswith(("indopacific/", "data/")) and not name.startswith(apart)
    }
    about = f"indopacific-{__version__}.dist-info"
    packed[f"{about}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: indopacific\nVersion: {__version__}\n"
    ).encode()
    packed[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: indopacific\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = [
        f"{name},sha256={_urlsafe(content)},{len(content)}" for name, content in packed.items()
    ]
    packed[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(packed.items()):
            archive.writestr(zipfile.ZipInfo(name, bundle.EARLIEST), content, zipfile.ZIP_DEFLATED)
    return Wheel(f"indopacific-{__version__}-py3-none-any.whl", made.getvalue())


def _urlsafe(content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def lock(runtime: Runtime, course: Wheel) -> dict[str, Any]:
    """Return the lock of the browser's Python with the course in it."""
    entry = {
        "name": "indopacific",
        "version": __version__,
        "file_name": course.name,
        "sha256": course.sha256,
        "install_dir": "site",
        "package_type": "package",
        "imports": ["indopacific"],
        "depends": list(DEPENDS),
        "unvendored_tests": False,
    }
    return {"info": runtime.info, "packages": {**runtime.packages, "indopacific": entry}}


# ---------------------------------------------------------------- JupyterLite


def settings(runtime: Runtime) -> dict[str, Any]:
    """Return what JupyterLite is told: where its Python is, and what it must not ask for."""
    core = runtime.address or f"./{PYODIDE}"
    kernel = {
        "pyodideUrl": f"{core}/pyodide.mjs",
        "loadPyodideOptions": {"lockFileURL": f"./{PYODIDE}/{LOCK}"},
        "disablePyPIFallback": True,
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "NATO and the Indo-Pacific",
            # Pop-ups with news from elsewhere ask a host that is not ours.
            "disabledExtensions": ["@jupyterlab/apputils-extension:announcements"],
            "litePluginSettings": {KERNEL: kernel},
        },
    }


def _build(work: Path, out: Path, shown: Mapping[str, bytes], told: dict[str, Any]) -> None:
    room = work.resolve() / "room"
    for old in (room, out):
        if old.exists():
            shutil.rmtree(old)
    for name, content in shown.items():
        file = room / "contents" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    parts = [str(_labextension(name)) for name in _PARTS]
    (room / "jupyter-lite.json").write_text(json.dumps(told))
    configuration = {
        "LiteBuildConfig": {
            "contents": [str(room / "contents")],
            "federated_extensions": parts,
            "ignore_sys_prefix": ["federated_extensions"],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "apps": ["lab", "repl"],
        }
    }
    (room / "jupyter_lite_config.json").write_text(json.dumps(configuration))
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    command += ["--lite-dir", str(room), "--output-dir", str(out.resolve())]
    with tempfile.TemporaryDirectory() as nowhere:
        # What a publisher has set up for an own JupyterLab must not change the edition.
        own = {"JUPYTER_CONFIG_DIR": nowhere, "JUPYTER_NO_CONFIG": "1"}
        done = subprocess.run(
            command,
            cwd=room,
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
    if done.returncode != 0 or not (out / "lab" / "index.html").is_file():
        raise NoLite(f"JupyterLite failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")


def _labextension(name: str) -> Path:
    place = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name
    if not place.is_dir():
        raise NoLite(f"{place} is missing: install the course's extra `site` again.")
    return place


def _furnish(out: Path, runtime: Runtime, course: Wheel, locked: dict[str, Any]) -> None:
    home = out / PYODIDE
    home.mkdir(parents=True, exist_ok=True)
    for file in runtime.files:
        shutil.copyfile(file, home / file.name)
    (home / course.name).write_bytes(course.content)
    (home / LOCK).write_text(json.dumps(locked))


def _fingerprint(shown: Mapping[str, bytes], locked: dict[str, Any], runtime: Runtime) -> str:
    total = hashlib.sha256(Path(__file__).read_bytes())
    for name in ("jupyterlite-core", "jupyterlite-pyodide-kernel", "jupyterlab-widgets"):
        total.update(f"{name} {metadata.version(name)}".encode())
    total.update(json.dumps([settings(runtime), locked], sort_keys=True).encode())
    for name, content in sorted(shown.items()):
        total.update(name.encode() + hashlib.sha256(content).digest())
    return total.hexdigest()


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
