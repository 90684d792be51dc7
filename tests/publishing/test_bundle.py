"""The students' bundle holds what students may have, and runs."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from indopacific.exercises.questions import role
from indopacific.exercises.sources import block
from indopacific.publishing import bundle as publisher


@pytest.fixture(scope="module")
def made(course, tmp_path_factory):
    return publisher.bundle(course, tmp_path_factory.mktemp("out") / "students.zip")


def test_the_zip_and_the_folder_hold_the_same(made):
    with zipfile.ZipFile(made.archive) as packed:
        inside = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    files = [file for file in made.folder.rglob("*") if file.is_file()]
    assert {f.relative_to(made.folder).as_posix(): f.read_bytes() for f in files} == inside
    assert len(inside) == made.files


def test_the_same_course_gives_the_same_bytes(course, made, tmp_path):
    assert publisher.bundle(course, tmp_path / "students.zip").archive.read_bytes() == (
        made.archive.read_bytes()
    )


def test_every_lesson_and_exercise_goes_along_and_nothing_of_instructors(course, made):
    names = {f.relative_to(made.folder).as_posix() for f in made.folder.rglob("*") if f.is_file()}
    wanted = [*course.glob("lessons/*.ipynb"), *course.glob("exercises/*/*.ipynb")]
    assert {file.relative_to(course).as_posix() for file in wanted} <= names
    assert {"course.py", "requirements.lock", "environment.yml", "pyproject.toml"} <= names
    parts = {part for name in names for part in Path(name).parts}
    assert not parts & {"solutions", "tests", "CONTRIBUTING.md", "my-work", ".git", ".venv"}
    assert not [name for name in names if "instructor" in name and not name.endswith(".json")]


def test_no_line_of_an_answer_a_hidden_test_or_the_notes_goes_along(course, made):
    """As strict as can be outside the package, which has every common line of Python somewhere."""
    lines = set()
    for file in course.glob("solutions/*/*.ipynb"):
        for cell in nbformat.read(file, as_version=4).cells:
            hand_written = (
                cell.source if cell.cell_type == "markdown" and role(cell).solution else ""
            )
            for text in (
                block(cell.source, "SOLUTION"),
                block(cell.source, "HIDDEN TESTS"),
                re.sub(r"<!--.*?-->", "", hand_written, flags=re.S),
            ):
                lines.update(line.strip() for line in text.splitlines())
    released = {file.relative_to(course / "exercises") for file in course.glob("exercises/*/*.md")}
    for file in course.glob("solutions/*/*.md"):
        if file.relative_to(course / "solutions") not in released:
            lines.update(line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    assert not [file for file in released if "notes" in file.name]
    package = "\n".join(f.read_text(encoding="utf-8") for f in course.glob("indopacific/**/*.py"))
    public = package + "\n".join(
        "\n".join(cell.source for cell in nbformat.read(file, as_version=4).cells)
        for file in course.glob("exercises/*/*.ipynb")
    )
    secret = {line for line in lines if len(line) > 11 and line not in public}
    assert len(secret) > 500
    assert any(line.startswith('doubtful = "') for line in secret)
    for file in made.folder.rglob("*"):
        a_text = file.is_file() and file.suffix not in (".png", ".gif")
        if a_text and "indopacific" not in file.parts[-3:-1]:
            text = file.read_text(encoding="utf-8")
            if file.suffix == ".ipynb":
                cells = nbformat.reads(text, as_version=4).cells
                text = "\n".join(cell.source for cell in cells)
            assert [line for line in secret if line in text] == [], file


@pytest.mark.parametrize(
    ("place", "added"),
    [
        ("lessons/01-alignment.ipynb", 'doubtful = "c"'),
        ("indopacific/models/alignment.py", None),
        ("README.md", None),
    ],
    ids=["a key in a lesson", "a hidden test in the package", "a note in the README"],
)
def test_a_secret_that_would_go_along_stops_it_and_nothing_is_written(
    course, tmp_path, place, added
):
    copy = tmp_path / "course"
    for part in ("lessons", "exercises", "solutions", "indopacific", "data"):
        shutil.copytree(course / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "course.py"):
        shutil.copy(course / name, copy)
    if added is None and place == "README.md":
        notes = (course / "solutions/01-alignment/instructor-notes.md").read_text(encoding="utf-8")
        added = next(line for line in notes.splitlines() if line.startswith("- 4.8 or 6.5"))
    elif added is None:
        cells = nbformat.read(course / "solutions/01-alignment/01-alignment.ipynb", as_version=4)
        tests = [block(cell.source, "HIDDEN TESTS") for cell in cells.cells]
        lines = next(test for test in tests if "mistaken(" in test).splitlines()
        added = "\n".join(lines[-12:-2])
    target = copy / place
    if place.endswith(".ipynb"):
        lesson = nbformat.read(target, as_version=4)
        lesson.cells[-1].source += f"\n{added}"
        nbformat.write(lesson, target)
    else:
        target.write_text(f"{target.read_text(encoding='utf-8')}\n{added}\n", encoding="utf-8")
    with pytest.raises(publisher.NotBundled, match=f"{place} holds"):
        publisher.bundle(copy, tmp_path / "out" / "students.zip")
    assert not (tmp_path / "out").exists()


def test_what_is_pulled_from_stays_a_repository_and_loses_what_is_gone(course, made, tmp_path):
    archive = tmp_path / "students.zip"
    shutil.copytree(made.folder, tmp_path / "students")
    (tmp_path / "students" / ".git").mkdir()
    (tmp_path / "students" / "lessons" / "99-gone.ipynb").write_text("{}")
    publisher.bundle(course, archive)
    assert (tmp_path / "students" / ".git").is_dir()
    assert not (tmp_path / "students" / "lessons" / "99-gone.ipynb").exists()


def test_a_folder_of_somebody_else_is_never_emptied(course, tmp_path):
    (tmp_path / "students").mkdir()
    (tmp_path / "students" / "thesis.docx").write_text("mine")
    with pytest.raises(publisher.NotBundled, match="did not make"):
        publisher.bundle(course, tmp_path / "students.zip")
    assert (tmp_path / "students" / "thesis.docx").exists()


def run(folder, *command):
    """Run a verb of the course in the unpacked bundle, with nothing of this repository around."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith("INDOPACIFIC")
    }
    return subprocess.run(
        [sys.executable, "-m", "indopacific.cli", *command],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_in_the_bundle_check_judges_by_the_visible_tests_and_says_so(made, tmp_path):
    folder = tmp_path / "unpacked"
    shutil.copytree(made.folder, folder)
    done = run(folder, "check", "01-alignment", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["hidden_tests"] is False
    assert report["file"].startswith(str(folder))
    assert len(report["items"]) > 5


def test_in_the_bundle_there_are_no_tests_and_that_is_said(made):
    done = run(made.folder, "test")
    assert done.returncode == 1
    assert "students' bundle" in done.stderr
