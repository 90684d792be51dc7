"""The package as a whole: it stands alone, and its modules lean on one another in one direction."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from indopacific import checks

MODULES = sorted(Path(checks.__file__).parent.rglob("*.py"))


def imports(module):
    """Return what a module imports: names from elsewhere, and its neighbours in the package."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    froms = [n for n in nodes if isinstance(n, ast.ImportFrom)]
    others = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    others |= {n.module for n in froms if n.level == 0}
    neighbours = {"." * (n.level - 1) + (n.module or "__init__") for n in froms if n.level}
    return {name.split(".")[0] for name in others}, neighbours


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_the_language_stands_alone(module):
    """It is imported into kernels that judge other people's answers: nothing may come along."""
    others, neighbours = imports(module)
    assert others - set(sys.stdlib_module_names) <= {"numpy", "pandas"}
    assert neighbours <= {m.stem for m in MODULES}


def test_no_module_leads_back_to_itself():
    order = list(TopologicalSorter({m.stem: imports(m)[1] for m in MODULES}).static_order())
    assert order[-1] == "__init__"
    assert len(order) == len(MODULES) > 10
