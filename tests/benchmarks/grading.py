"""How long does a class take: `grade`, with everything on, against stock `nbgrader autograde`.

Run as `python tests/benchmarks/grading.py [--exercise 01-alignment] [--students 30 100]`. Both
grade the same submissions on the same machine, one after the other: the real exercise, every third
with a wrong answer. Stock means nbgrader's own list of steps, with one kernel for answers and
tests, and no sandbox. The floor is the processor time of the cells alone, answers and tests, in
one process that has everything imported.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from indopacific.exercises.release import release  # noqa: E402
from tests.grading.harness import reference_answers  # noqa: E402
from tests.grading.practice import answered  # noqa: E402

STOCK = """
from nbgrader.preprocessors import (AssignLatePenalties, CheckCellMetadata, ClearOutput,
    DeduplicateIds, Execute, IgnorePattern, LimitOutput, OverwriteCells, OverwriteKernelspec,
    SaveAutoGrades)
from nbconvert.preprocessors import ClearMetadataPreprocessor
c.Autograde.sanitize_preprocessors = [ClearOutput, DeduplicateIds, OverwriteKernelspec,
    OverwriteCells, CheckCellMetadata]
c.Autograde.autograde_preprocessors = [Execute, IgnorePattern, ClearMetadataPreprocessor,
    LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]
"""


def make_class(folder: Path, exercise: str, students: int, *, stock: bool) -> Path:
    """Write a course and what its students handed in."""
    course = folder / ("stock" if stock else "ours")
    shutil.copytree(REPOSITORY / "solutions", course / "solutions")
    config = (REPOSITORY / "nbgrader_config.py").read_text("utf-8")
    (course / "nbgrader_config.py").write_text(config + (STOCK if stock else ""), "utf-8")
    release(course, [exercise])
    right = reference_answers(exercise, course=course)
    first = next(iter(right))
    for number in range(students):
        answers = right | ({first: "nothing_yet = 0"} if number % 3 == 0 else {})
        notebook = answered(course / "exercises" / exercise / f"{exercise}.ipynb", answers)
        target = course / "submitted" / f"s{number:03d}" / exercise / f"{exercise}.ipynb"
        target.parent.mkdir(parents=True)
        nbformat.write(notebook, target)
    return course


def timed(command: list[str], course: Path) -> tuple[float, float]:
    """Run a command in a course; return its seconds, and the megabytes of its largest process."""
    begun = time.monotonic()
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    if done.returncode != 0:
        raise SystemExit(done.stderr[-3000:])
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def floor(course: Path, exercise: str) -> float:
    """Return the processor seconds of one submission's cells, everything imported."""
    source = REPOSITORY / "solutions" / exercise / f"{exercise}.ipynb"
    script = (
        "import json, sys, time, os\n"
        "from indopacific.grading.shell import make_shell, warm_up, begin_anew, run_cell\n"
        "shell = make_shell(); warm_up(('pandas', 'ipywidgets', 'indopacific.explorers'))\n"
        "begin_anew(shell, seed=1, output_bytes=10**6)\n"
        "cells = json.load(open(sys.argv[1]))['cells']\n"
        "used = []\n"
        "for _ in range(3):\n"
        "    begun = time.process_time()\n"
        "    for cell in cells:\n"
        "        if cell['cell_type'] == 'code': run_cell(shell, ''.join(cell['source']))\n"
        "    used.append(time.process_time() - begun)\n"
        "os.write(1, str(min(used)).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(source)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def main() -> None:
    """Print one line of JSON for each size of class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercise", default="01-alignment")
    parser.add_argument("--students", type=int, nargs="+", default=[30, 100])
    parser.add_argument("--stock-students", type=int, default=None,
                        help="grade only so many with stock nbgrader, and scale")  # fmt: skip
    options = parser.parse_args()
    for students in options.students:
        with tempfile.TemporaryDirectory(prefix="class-") as folder:
            few = min(students, options.stock_students or students)
            ours = make_class(Path(folder), options.exercise, students, stock=False)
            stock = make_class(Path(folder), options.exercise, few, stock=True)
            script = (
                "import sys; from pathlib import Path\n"
                f"sys.path.insert(0, {str(REPOSITORY)!r})\n"
                "from indopacific.grading.classroom import grade_class\n"
                f"grade_class({options.exercise!r}, course=Path.cwd())"
            )
            nbgrader = [sys.executable, "-m", "nbgrader"]
            timed([*nbgrader, "generate_assignment", options.exercise, "--force"], stock)
            our_seconds, our_megabytes = timed([sys.executable, "-c", script], ours)
            again, _ = timed([sys.executable, "-c", script], ours)
            stock_seconds, megabytes = timed([*nbgrader, "autograde", options.exercise], stock)
            line = {
                "exercise": options.exercise,
                "students": students,
                "ours_seconds_each": round(our_seconds / students, 3),
                "ours_seconds": round(our_seconds, 1),
                "ours_again_seconds": round(again, 1),
                "stock_students": few,
                "stock_seconds_each": round(stock_seconds / few, 3),
                "ratio": round(stock_seconds / few / (our_seconds / students), 1),
                "floor_seconds_each": round(floor(ours, options.exercise), 3),
                "largest_process_megabytes": round(max(our_megabytes, megabytes)),
            }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
