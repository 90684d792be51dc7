"""How long does a class take: `grade`, with everything on, against stock `nbgrader autograde`.

Run as `python tests/benchmarks/grading.py [--exercise 01-alignment] [--students 30 100]`. All grade
the same submissions on the same machine, one after the other: the real exercise, every third with a
wrong answer. Stock means nbgrader's own list of steps, with one kernel for answers and tests, and
no sandbox.

`--otter PATH` adds `otter run`, of an environment of its own in which the course's requirements are
installed too: the same answers, and the same test cells, each as one of otter's test files. It
starts anew for every submission and has no sandbox; `otter grade` needs a container engine.

The floor is the processor time of the cells alone, answers and tests, in one process that has
everything imported. `again` is a second run, with nothing changed. Every tool finds the modules
compiled, wherever its packages were installed. Processor seconds count every process that a command
has started; on a machine that others use too they say more than seconds do.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from indopacific.exercises.questions import role  # noqa: E402
from indopacific.exercises.release import release  # noqa: E402
from tests.grading.harness import reference_answers, source_cells  # noqa: E402
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


GRADE = """
from pathlib import Path
from indopacific.grading.classroom import grade_class
grade_class({exercise!r}, course=Path.cwd())
"""

OTTER_TEST = """
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points}


@test_case(points={points})
def test_it(env):
    exec({source!r}, env)
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


@dataclass(frozen=True)
class Run:
    """What a command took: seconds, processor seconds, megabytes of its largest process."""

    seconds: float
    processor: float
    megabytes: float


def timed(command: list[str], course: Path, compiled: Path) -> Run:
    """Run a command in a course, and wait for all that it has started."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": str(compiled), "PYTHONPATH": str(REPOSITORY)}
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(
            command, cwd=course, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        used = list(_waited())
        if next(code for pid, code, _ in used if pid == started.pid) != 0:
            said.seek(0)
            raise SystemExit(said.read().decode("utf-8", "replace")[-3000:])
    return Run(
        time.monotonic() - begun,
        sum(usage.ru_utime + usage.ru_stime for _, _, usage in used),
        max(usage.ru_maxrss for _, _, usage in used) / 1000,
    )


def _waited() -> Iterator[tuple[int, int, Any]]:
    """Wait for every child, and for those whose parents have left them to us."""
    while True:
        try:
            yield os.wait3(0)
        except ChildProcessError:
            return


def adopt() -> None:
    """Become the parent of every process that a command leaves behind (Linux)."""
    set_child_subreaper = 36
    ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def otter_course(folder: Path, exercise: str, course: Path, otter: Path) -> list[Path]:
    """Write what otter needs, and the submissions without their test cells; return these."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    names = set()
    for cell in source_cells(exercise):
        known = role(cell)
        if cell.cell_type == "code" and known.grade and not known.solution:
            names.add(known.id)
            text = OTTER_TEST.format(name=known.id.replace("-", "_"), points=known.points,
                                     source=cell.source)  # fmt: skip
            (tests / f"{known.id.replace('-', '_')}.py").write_text(text, "utf-8")
    command = [str(otter), "generate", "-t", str(tests), "-o", str(folder / "autograder.zip")]
    command += ["--no-environment", "--no-requirements", "--no-config"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    made = []
    for file in sorted(course.glob(f"submitted/*/{exercise}/{exercise}.ipynb")):
        notebook = nbformat.read(file, as_version=4)
        notebook.cells = [c for c in notebook.cells if role(c).id not in names]
        notebook.metadata["kernelspec"] = {"display_name": "Python 3", "name": "python3"}
        made.append(folder / f"{file.parts[-3]}.ipynb")
        nbformat.write(notebook, made[-1])
    return made


def with_otter(otter: Path, submissions: list[Path], compiled: Path) -> list[tuple[Run, float]]:
    """Grade submissions one by one; return what each took and earned."""
    found = []
    for file in submissions:
        command = [str(otter), "run", "-a", "autograder.zip", "--no-logo", file.name]
        run = timed(command, file.parent, compiled)
        results = json.loads((file.parent / "results.json").read_text("utf-8"))
        found.append((run, sum(test.get("score", 0.0) for test in results["tests"])))
    return found


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
        env=os.environ | {"NBGRADER_EXECUTION": "autograde"},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def measured(folder: Path, options: argparse.Namespace, students: int) -> dict[str, Any]:
    """Grade one class with everything; return one line of the table."""
    exercise, compiled = options.exercise, options.compiled
    few = min(students, students if options.stock_students is None else options.stock_students)
    ours = make_class(folder, exercise, students, stock=False)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    grade = [sys.executable, "-c", GRADE.format(exercise=exercise)]
    timed([*nbgrader, "generate_assignment", exercise, "--force"], ours, compiled)
    first, again = timed(grade, ours, compiled), timed(grade, ours, compiled)
    line: dict[str, Any] = {
        "exercise": exercise,
        "students": students,
        "processors": os.cpu_count(),
        "ours_seconds_each": round(first.seconds / students, 3),
        "ours_processor_seconds_each": round(first.processor / students, 3),
        "ours_seconds": round(first.seconds, 1),
        "ours_megabytes": round(first.megabytes),
        "ours_again_seconds": round(again.seconds, 1),
        "floor_seconds_each": round(floor(ours, exercise), 3),
    }
    if few:
        stock = make_class(folder, exercise, few, stock=True)
        timed([*nbgrader, "generate_assignment", exercise, "--force"], stock, compiled)
        run = timed([*nbgrader, "autograde", exercise], stock, compiled)
        line |= {
            "stock_students": few,
            "stock_seconds_each": round(run.seconds / few, 3),
            "stock_processor_seconds_each": round(run.processor / few, 3),
            "stock_megabytes": round(run.megabytes),
            "ratio": round(run.seconds / few / (first.seconds / students), 1),
            "processor_ratio": round(run.processor / few / (first.processor / students), 1),
        }
    if options.otter is not None:
        submissions = otter_course(folder / "otter", exercise, ours, options.otter)
        runs = with_otter(options.otter, submissions[: options.otter_students], compiled)
        seconds = sum(run.seconds for run, _ in runs) / len(runs)
        line |= {
            "otter_students": len(runs),
            "otter_seconds_each": round(seconds, 3),
            "otter_processor_seconds_each": round(sum(r.processor for r, _ in runs) / len(runs), 3),
            "otter_marks": [marks for _, marks in runs],
            "otter_ratio": round(seconds / (first.seconds / students), 1),
        }
    return line


def main() -> None:
    """Print one line of JSON for each size of class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercise", default="01-alignment")
    parser.add_argument("--students", type=int, nargs="+", default=[30, 100])
    parser.add_argument("--stock-students", type=int,
                        help="grade only so many with stock nbgrader; 0 for none")  # fmt: skip
    parser.add_argument("--otter", type=Path, help="the command of an installed otter-grader 7")
    parser.add_argument("--otter-students", type=int, default=6)
    options = parser.parse_args()
    adopt()
    with tempfile.TemporaryDirectory(prefix="compiled-") as compiled:
        options.compiled = Path(compiled)
        with tempfile.TemporaryDirectory(prefix="class-") as folder:
            # Unmeasured: everything that is imported is compiled once.
            measured(Path(folder), options, 2)
        for students in options.students:
            with tempfile.TemporaryDirectory(prefix="class-") as folder:
                print(json.dumps(measured(Path(folder), options, students)), flush=True)


if __name__ == "__main__":
    main()
