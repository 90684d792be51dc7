"""What is imported quickly is what is imported slowly, and nothing of it stays."""

import importlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indopacific.grading.quick import bytecode
from tests.grading.practice import REPOSITORY

SCRIPT = """
import json, sys
before = sys.pycache_prefix, sys.dont_write_bytecode
from indopacific.grading.quick import quick_imports
with quick_imports():
    import nbgrader.api
spared = "lark" not in sys.modules
after = sys.pycache_prefix, sys.dont_write_bytecode
import rfc3987_syntax
print(json.dumps([spared, before == after, rfc3987_syntax.is_valid_syntax("iri", "http://x")]))
"""


WARM = """
import importlib, json, sys
from indopacific.grading import learner, trusted
from indopacific.grading.nursery import _course_modules
for name in _course_modules():
    importlib.import_module(name)
heavy = ("jsonschema", "nbformat", "nbconvert", "nbgrader", "sqlalchemy", "tornado", "typer")
print(json.dumps([name for name in heavy if name in sys.modules]))
"""


def test_the_processes_that_are_forked_load_only_what_notebooks_need():
    done = subprocess.run(
        [sys.executable, "-c", WARM], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []


def test_nothing_is_left_behind_for_what_is_imported_later(tmp_path):
    environment = os.environ | {
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [True, True, True]


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Return a module that is not compiled yet."""
    made = tmp_path / "packages" / "never_imported.py"
    made.parent.mkdir()
    made.write_text("value = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(made.parent)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return made


def test_where_python_may_not_keep_compiled_modules_a_folder_does(module, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert bytecode(witness=module.stem) == tmp_path / "cache" / "indopacific" / "bytecode"


def test_where_python_keeps_them_its_own_place_is_used(module, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert bytecode(witness=module.stem) is None
    importlib.import_module(module.stem)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert Path(importlib.util.cache_from_source(str(module))).exists()
    assert bytecode(witness=module.stem) is None


def test_a_folder_that_the_user_has_named_is_used(module, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "named"))
    assert bytecode(witness=module.stem) == tmp_path / "named"
