"""Runs in Pyodide: every lesson from its first cell to its last, and every exercise's checks.

The exercises are given the reference answers, and must be content by their visible checks; given
none, each visible check must say so.
"""

import json
import os
import time
import traceback
from pathlib import Path

import matplotlib

matplotlib.use("agg")

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

ROOM = Path("/room")


def cells(file):
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            yield cell["id"], "".join(cell["source"]), cell["metadata"].get("nbgrader", {})


def shell():
    InteractiveShell.clear_instance()
    return InteractiveShell.instance(colors="nocolor")


def ran(python, source):
    with capture_output():
        return python.run_cell(source, silent=False)


def lesson(file):
    python = shell()
    os.chdir(file.parent)
    for name, source, _ in cells(file):
        done = ran(python, source)
        if not done.success:
            raise AssertionError(f"cell {name}: {done.error_before_exec or done.error_in_exec!r}")


def exercise(file, answers):
    for given in (answers, {}):
        python = shell()
        os.chdir(file.parent)
        for name, source, marked in cells(file):
            source = given.get(marked.get("grade_id"), source) if marked.get("solution") else source
            done = ran(python, source)
            test = marked.get("grade") and not marked.get("solution")
            if given and not done.success:
                raise AssertionError(f"cell {name}: {done.error_in_exec!r}")
            if test and not given and done.success:
                raise AssertionError(f"cell {name} is content with no answer")


def main():
    answers = json.loads((ROOM / "answers.json").read_text(encoding="utf-8"))
    failed = 0
    todo = [(lesson, file, ()) for file in sorted(ROOM.glob("lessons/*.ipynb"))]
    todo += [
        (exercise, file, (answers[file.stem],)) for file in sorted(ROOM.glob("exercises/*/*.ipynb"))
    ]
    for run, file, more in todo:
        begun = time.monotonic()
        try:
            run(file, *more)
            said = "passed"
        except Exception as problem:
            failed += 1
            said = f"FAILED: {problem}"
            traceback.print_exc()
        print(f"{file.relative_to(ROOM)} {said} ({time.monotonic() - begun:.0f} s)", flush=True)
    return failed


main()
