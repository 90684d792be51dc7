"""The in-browser edition's own Python, without a browser: for tests of what runs in it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import playwright

HERE = Path(__file__).parent


def in_wasm(pyodide: Path, file: Path, folders: dict[str, Path]) -> subprocess.CompletedProcess:
    """Run a file in Pyodide, under the node that Playwright brings along.

    Parameters
    ----------
    pyodide : Path
        The edition's ``static/pyodide``, in which the course is a wheel.
    file : Path
        What is run; its last value is the exit status.
    folders : dict
        Folders of this machine, by the place where Python finds them.
    """
    node = Path(playwright.__file__).parent / "driver" / "node"
    found = json.dumps({place: str(folder) for place, folder in folders.items()})
    return subprocess.run(
        [str(node), str(HERE / "run.mjs"), str(pyodide), str(file), found],
        check=False,
    )
