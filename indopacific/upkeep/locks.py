"""Writes requirements.lock and requirements-test.lock from pyproject.toml, with uv.

Run ``python -m indopacific.upkeep.locks`` after a change of dependencies, and with
``--upgrade`` to take newer versions of everything. The locks hold names, versions, conditions and
hashes, and nothing of the machine or the index that they were made with.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

BASE = "requirements.lock"
TEST = "requirements-test.lock"
HEADER = """\
# {purpose}
# Written by `python -m indopacific.upkeep.locks`; do not edit.
"""


def compile_lock(course: Path, *, extras: tuple[str, ...], output: Path, options: list[str]) -> str:
    """Resolve the course's dependencies for every system and Python from 3.11 on.

    Parameters
    ----------
    course
        Folder with pyproject.toml.
    extras
        Optional dependencies to include.
    output
        Existing lock whose versions are kept where they still fit.
    options
        Further options of ``uv pip compile``.

    Returns
    -------
    str
        The lock's text without a header.

    Raises
    ------
    subprocess.CalledProcessError
        If uv finds no solution; its own words are on stderr.
    """
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--group", "installer", "--output-file", str(output), *options]
    for extra in extras:
        command += ["--extra", extra]
    subprocess.run(command, cwd=course, check=True, stdout=subprocess.DEVNULL)
    return output.read_text(encoding="utf-8")


def strip_comments(text: str) -> str:
    """Return a lock's text without comment lines, such as the header of an earlier run."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def write_locks(course: Path, *, upgrade: bool = False) -> None:
    """Write both locks; the second takes the versions of the first where they share a name.

    Parameters
    ----------
    course
        Folder with pyproject.toml.
    upgrade
        Take the newest versions instead of keeping those in the present locks.

    Raises
    ------
    subprocess.CalledProcessError
        If uv finds no solution.
    """
    options = ["--upgrade"] if upgrade else []
    drafts: list[Path] = []
    for name, extras, purpose in (
        (BASE, (), "What course.py installs for readers, students and instructors."),
        (
            TEST,
            ("test", "site"),
            "What course.py installs for `test` and `site`: the same, and the tools of both.",
        ),
    ):
        draft = course / f"{name}.new"
        if (course / name).exists():
            draft.write_bytes((course / name).read_bytes())
        constraints = ["--constraints", str(drafts[0])] if drafts else []
        text = compile_lock(course, extras=extras, output=draft, options=options + constraints)
        draft.write_text(
            HEADER.format(purpose=purpose) + strip_comments(text), encoding="utf-8", newline="\n"
        )
        drafts.append(draft)
    for draft in drafts:
        os.replace(draft, draft.with_suffix(""))


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    arguments = parser.parse_args()
    write_locks(Path(__file__).resolve().parents[2], upgrade=arguments.upgrade)


if __name__ == "__main__":
    main()
