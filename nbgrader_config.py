"""Settings of nbgrader for this course; run `nbgrader` and JupyterLab in this folder.

Each setting says why it differs from nbgrader's own. `INDOPACIFIC_EXCHANGE` names the folder
through which a class hands out and hands in; self-study needs none.
"""

import importlib.util
import os
import secrets
import sys
from pathlib import Path

from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    DeduplicateIds,
    IncludeHeaderFooter,
    InstantiateTests,
    LimitOutput,
    LockCells,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
    SaveCells,
)

COURSE = Path(__file__).resolve().parent

# A clone without an installed course still grades: nbgrader and the kernels find the package here.
if importlib.util.find_spec("indopacific") is None:
    sys.path.append(str(COURSE))
    paths = [os.environ.get("PYTHONPATH", ""), str(COURSE)]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))

# nbgrader calls `alembic` by name to make the gradebook; it stands beside this Python, which need
# not be on the path when JupyterLab was started without activating the environment.
beside = str(Path(sys.executable).parent)
if beside not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])

from indopacific.exercises.assembly import (  # noqa: E402 (needs the path above)
    HideSources,
    MarkGenerated,
    ShowPoints,
    StandardKernel,
)
from indopacific.exercises.release import is_untouched  # noqa: E402
from indopacific.grading.exchange import ListIfThere  # noqa: E402
from indopacific.grading.preprocessors import RepairCells, SeparateExecute  # noqa: E402

c = get_config()  # noqa: F821 (traitlets provides it)

# --- Where things are ---------------------------------------------------------------------------

# Part of every exchange path and of the formgrader's title.
c.CourseDirectory.course_id = "indopacific"

# From this file, not from the working folder: autograde moves into sub-folders.
c.CourseDirectory.root = str(COURSE)

# The names that readers of the repository see.
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# nbgrader's default, "solution", is one letter away from the source.
c.CourseDirectory.solution_directory = "answer-keys"

# nbgrader copies everything beside a notebook to the students: these are the instructors'.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "instructor-notes.md",
    "*.rubric.md",
    "model-answer*",
    ".DS_Store",
]

# --- Making the exercises -----------------------------------------------------------------------

# The stub is a comment: an exception would hide what the learner's own cell says.
c.ClearSolutions.code_stub = {"python": "# Your work goes here."}
# The text is checks.TEXT_STUB, as a test proves: to import it would load pandas at every start.
c.ClearSolutions.text_stub = "*Write your answer here, in place of this line.*"

# nbgrader's list, with ours where they must stand: points before checksums are taken, the notice
# and the digest last.
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    StandardKernel,
    InstantiateTests,
    HideSources,
    ShowPoints,
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
    MarkGenerated,
]

# A clone brings exercises/ along, and nbgrader would skip what is there and record nothing. Only
# where somebody has written in exercises/ itself is nothing replaced.
c.GenerateAssignment.force = all(map(is_untouched, COURSE.glob("exercises/*/*.ipynb")))

# --- Grading ------------------------------------------------------------------------------------

# The gradebook follows solutions/, whether or not somebody has run `generate_assignment`.
c.Autograde.pre_convert_hook = "indopacific.grading.gradebook.before_grading"

# Copied, deleted, moved and re-labelled cells are put right first. Stock nbgrader stops the whole
# class at the first copied cell.
c.Autograde.sanitize_preprocessors = [
    RepairCells,
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
# Answers run in a sandbox, tests in a process that no answer reaches. Stock nbgrader runs both in
# one kernel, with the grader's rights.
c.Autograde.autograde_preprocessors = [
    SeparateExecute,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]

# A deleted test cell would otherwise wait for a manual mark for ever.
c.OverwriteCells.add_missing_cells = True

# nbclient skips cells with this tag, and a test cell that is skipped earns full marks.
c.Execute.skip_cells_with_tag = secrets.token_hex(16)

# Seconds for one cell, and for a kernel to start on a busy machine.
c.Execute.timeout = 30
c.Execute.startup_timeout = 120

# An endless loop costs its own cell and no more.
c.Execute.interrupt_on_timeout = True

# ipykernel warns of unencrypted local sockets at every start; a class would bury real messages.
c.Execute.extra_arguments = ["--log-level=ERROR"]

# Enough to see what happened; a page of feedback stays readable.
c.LimitOutput.max_lines = 200
c.LimitOutput.max_traceback = 40

# nbgrader reads a notebook as nbformat does, or not at all; a file that was cut off, or saved by
# another editor, holds answers too.
c.Autograde.exporter_class = "indopacific.grading.intake.plugins.ForgivingNotebookExporter"

# nbgrader's own page shows the tests with what is hidden in them, and whatever markup a student's
# code has put out.
c.GenerateFeedback.exporter_class = "indopacific.grading.nbgrader_pages.FeedbackPage"

# nbgrader's own table of marks lets a spreadsheet take a name for a formula, and breaks at a comma.
# Its own place is the course folder itself, where one `git add .` would publish the marks.
c.ExportApp.plugin_class = "indopacific.grading.nbgrader_pages.PlainMarks"
c.ExportPlugin.to = str(COURSE / "marks" / "grades.csv")

# --- Handing out and handing in -----------------------------------------------------------------

# The default needs a folder that only root can make; the operator of a class names another.
if exchange := os.environ.get("INDOPACIFIC_EXCHANGE"):
    c.Exchange.root = exchange

# nbgrader's own follow links with the instructor's rights, open whatever unpacks, and believe the
# name and the time that stand on a submission.
c.ExchangeFactory.collect = "indopacific.grading.intake.plugins.SafeCollect"
c.ZipCollectApp.extractor_plugin = "indopacific.grading.intake.plugins.SafeExtractor"
c.ZipCollectApp.collector_plugin = "indopacific.grading.intake.plugins.StudentFolders"

# Without an exchange JupyterLab's assignment list stays empty instead of showing an error.
c.ExchangeFactory.list = ListIfThere
