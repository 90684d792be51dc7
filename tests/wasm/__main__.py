"""``python -m tests.wasm``: every lesson and exercise in the in-browser edition's own Python.

It takes some minutes, so it is no part of the suite: run it after a change of what lessons import,
or of the browser's Python. It builds the edition first, and ends with the number of faults.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from indopacific.publishing import editions, lite
from tests.grading.harness import REPOSITORY, reference_answers
from tests.wasm.python import HERE, in_wasm


def main() -> int:
    """Run them; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        work, room = Path(folder) / "lite", Path(folder) / "room"
        made = lite.make(REPOSITORY, work, editions.Source().get, say=print)
        shutil.copytree(made.folder / "files", room)
        exercises = [file.stem for file in room.glob("exercises/*/*.ipynb")]
        answers = {name: reference_answers(name) for name in exercises}
        (room / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        home = made.folder / lite.PYODIDE
        return in_wasm(home, HERE / "lessons.py", {"/room": room}).returncode


if __name__ == "__main__":
    sys.exit(main())
