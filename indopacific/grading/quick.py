"""Import quickly what is large: a run of grading is over in seconds, and imports are most of it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Makes 39 grammars when imported, which takes a second; jsonschema asks for it, to look at
# internationalised addresses, and does without it. No notebook has a field for one.
_GRAMMARS = "rfc3987_syntax"
_SETTINGS = ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")


def bytecode(*, witness: str = "pandas") -> Path | None:
    """Return the folder for compiled modules of the processes that grade.

    None where Python keeps its own beside the modules, as the `witness` shows. Where it may not
    (packages that were not compiled when they were installed, and PYTHONDONTWRITEBYTECODE), each
    process would compile pandas and matplotlib anew, for seconds.
    """
    if sys.pycache_prefix is not None:
        return Path(sys.pycache_prefix)
    found = importlib.util.find_spec(witness)
    if found is None or found.origin is None:
        return None
    beside = Path(importlib.util.cache_from_source(found.origin))
    if beside.exists() or not sys.dont_write_bytecode:
        return None
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "indopacific" / "bytecode"


@contextmanager
def quick_imports() -> Iterator[None]:
    """Within, modules are kept compiled, and jsonschema comes without its grammars.

    What is started meanwhile, as nbgrader starts `alembic`, keeps them compiled too.
    """
    before = sys.pycache_prefix, sys.dont_write_bytecode
    environment = {name: os.environ.get(name) for name in _SETTINGS}
    folder = bytecode()
    if folder is not None:
        sys.pycache_prefix, sys.dont_write_bytecode = str(folder), False
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    spared = _GRAMMARS not in sys.modules
    if spared:
        sys.modules[_GRAMMARS] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.pycache_prefix, sys.dont_write_bytecode = before
        for name, value in environment.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        if spared:
            del sys.modules[_GRAMMARS]
