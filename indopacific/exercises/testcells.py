"""What a test cell may say, in words for its author.

A test cell runs among a learner's names. By its form it can neither read one that was bound anew,
nor overwrite one: see `faults`.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator

from .questions import answer_names, item_of
from .sources import block, without_block

#: The names that a test cell may bind. Names with two underscores on both sides are Python's own;
#: no learner has them.
OWN = ("__asked__", "__told__", "__checks__")
IMPORTS = ("indopacific", "numpy", "pandas")
MOST_VISIBLE = 6


def faults(name: str, source: str, points: float) -> Iterator[str]:
    """Say what is wrong with a test cell.

    Parameters
    ----------
    name : str
        Its grade_id.
    source : str
        With its hidden part.
    points : float
        As its metadata says.

    Yields
    ------
    str
        One sentence per fault.
    """
    visible = without_block(source, "HIDDEN TESTS")
    if not block(source, "HIDDEN TESTS").strip():
        yield f"{name}: it needs a block ### BEGIN HIDDEN TESTS ... ### END HIDDEN TESTS."
    if "__asked__.check(lambda: " not in visible:
        yield f"{name}: its visible part checks nothing; write `__asked__.check(lambda: answer)`."
    lines = [line for line in visible.splitlines() if line.strip()]
    if len(lines) > MOST_VISIBLE:
        yield (
            f"{name}: its visible part has {len(lines)} lines, and *Validate* shows them before "
            f"the message; at most {MOST_VISIBLE}. Declare the question in indopacific/asked/."
        )
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        yield f"{name}: line {error.lineno} is not valid Python."
        return
    yield from _names(name, tree)
    yield from _statements(name, tree, points)
    yield from _hidden(name, source, tree)
    answers = answer_names(source)
    if len(answers) > 1:
        yield f"{name}: it reads several answers ({', '.join(answers)}); one item, one answer."


def _names(name: str, tree: ast.Module) -> Iterator[str]:
    """Look for names outside the hidden function that are, or may become, the learner's."""
    for statement in tree.body:
        inside = statement.decorator_list if isinstance(statement, ast.FunctionDef) else [statement]
        nodes = [node for part in inside for node in ast.walk(part)]
        answers = {
            id(node.body) for node in nodes if isinstance(node, ast.Lambda) and not node.args.args
        }
        bound = [a.asname or a.name for n in nodes if isinstance(n, _IMPORT) for a in n.names]
        bound += [statement.name] if isinstance(statement, _DEFINITION) else []
        bound += [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        for one in bound:
            if one not in OWN:
                yield (
                    f"{name}: line {statement.lineno} binds `{one}`, which a learner may use. "
                    f"Bind {', '.join(OWN)} only; work inside the function under @__asked__.told."
                )
        for node in nodes:
            if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
                continue
            if node.id not in OWN and id(node) not in answers:
                yield (
                    f"{name}: line {node.lineno} reads `{node.id}`, which a learner can bind anew. "
                    "Only `lambda: answer` reads a learner's name; import inside the function "
                    "under @__asked__.told, or write __checks__.number and so on."
                )


_IMPORT = (ast.Import, ast.ImportFrom)
_DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _statements(name: str, tree: ast.Module, points: float) -> Iterator[str]:
    """Look at imports, calls, and the last line."""
    wanted = item_of(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield f"{name}: a bare assert explains nothing; tell the question what is right."
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            if module.split(".")[0] not in IMPORTS:
                yield f"{name}: a test imports {', '.join(IMPORTS)} and nothing else: {module}."
        called = _called(node)
        if called.endswith("Question"):
            first = node.args[0] if isinstance(node, ast.Call) and node.args else None
            if not isinstance(first, ast.Constant) or first.value != wanted:
                yield f"{name}: Question(...) names its own item first: {wanted!r}."
        if called.endswith(".grade") and isinstance(node, ast.Call):
            given = [k.value for k in node.keywords if k.arg == "points"]
            value = given[0].value if given and isinstance(given[0], ast.Constant) else None
            if value != points:
                yield (
                    f"{name}: grade(..., points={value!r}) but the cell's metadata says {points:g}."
                )
        if called.split(".")[-1] == "text":
            yield f"{name}: text() is judged by a person; give the answer cell the points."
    last = tree.body[-1] if tree.body else None
    ends = _called(last.value) if isinstance(last, ast.Expr) else ""
    if ends not in ("__told__.check", "__told__.grade"):
        yield (
            f"{name}: its last line must be `__told__.check(lambda: answer)` or "
            "`__told__.grade(lambda: answer, points=...)`: nbgrader reads its value."
        )
    for statement in tree.body[:-1]:
        if isinstance(statement, ast.Expr) and _called(statement.value).endswith(".grade"):
            yield f"{name}: grade(...) must be the last line, or its marks are lost."


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _hidden(name: str, source: str, tree: ast.Module) -> Iterator[str]:
    """Look into the hidden function, which sees built-ins and what it imports, nothing else."""
    functions = [s for s in tree.body if isinstance(s, ast.FunctionDef)]
    good = [f for f in functions if [ast.unparse(d) for d in f.decorator_list] == [_TOLD]]
    if len(good) != 1 or good[0].name != "__told__" or len(good[0].args.args) != 1:
        yield f"{name}: it needs one function `@{_TOLD}` / `def __told__(asked):`."
        return
    arguments = good[0].args
    if arguments.defaults or arguments.kw_defaults or arguments.kwonlyargs:
        yield f"{name}: __told__ takes the kind and nothing else: a default is a learner's name."
    table = symtable.symtable(source, name, "exec")
    (own,) = (child for child in table.get_children() if child.get_name() == "__told__")
    for missing in sorted(_globals(own) - set(dir(builtins))):
        yield f"{name}: `{missing}` is not known inside __told__; import it there."


_TOLD = "__asked__.told"


def _globals(table: symtable.SymbolTable) -> set[str]:
    found = {s.get_name() for s in table.get_symbols() if s.is_global()}
    return found.union(*(_globals(child) for child in table.get_children()))
