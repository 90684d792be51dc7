"""One small site, built once for all tests: lesson 01 with its exercise."""

import json

import nbformat
import pytest

from indopacific.exercises.questions import role
from indopacific.exercises.sources import block
from indopacific.publishing.site import build

LESSON = "01-alignment"


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """Where the build remembers what it has done."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="session")
def site(course, work, tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "_site"
    return build(course, folder, work=work, only=[LESSON]).folder


def kept_back(course):
    """Return the lines of the exercise's solutions, and of its hidden tests, that nothing shows."""
    cells = nbformat.read(course / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4).cells
    released = (course / "exercises" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    lesson = (course / "lessons" / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    known = json.dumps([released, lesson])
    solutions = {
        line.strip()
        for cell in cells
        if role(cell).solution and cell.cell_type == "code"
        for line in block(cell.source, "SOLUTION").splitlines()
    }
    secret = {line for line in solutions if len(line) > 12 and json.dumps(line)[1:-1] not in known}
    tests = {
        line.strip() for cell in cells for line in block(cell.source, "HIDDEN TESTS").splitlines()
    }
    hidden = {line for line in tests - solutions if len(line) > 25}
    assert len(secret) > 10
    assert len(hidden) > 50
    return secret, hidden
