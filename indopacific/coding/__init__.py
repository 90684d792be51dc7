"""Coding desks: one sentence at a time, a codebook at hand, and the agreement at the end.

``code_sentences("language")`` as the last line of a cell. A module of this folder that has a
function `sheet(which)` has a desk; its name is the module's.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indopacific.coding.desk import Coding
    from indopacific.coding.sheet import Sheet


def desks() -> list[str]:
    """Return the names of the desks."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return [
        name for name in names if hasattr(importlib.import_module(f"{__name__}.{name}"), "sheet")
    ]


def lay_out(name: str, which: str = "") -> Sheet:
    """Return the sentences, the codebook and the key of a desk.

    Parameters
    ----------
    name : str
    which : str
        The set of sentences; empty: the first one.

    Raises
    ------
    ValueError
        For an unknown desk or set, with what there is.
    """
    known = desks()
    if name not in known:
        raise ValueError(_unknown("coding desk", name, known))
    module = importlib.import_module(f"{__name__}.{name}")
    sets: tuple[str, ...] = module.SETS
    if which and which not in sets:
        raise ValueError(_unknown("set of sentences", which, list(sets)))
    sheet: Sheet = module.sheet(which or sets[0])
    return sheet


def code_sentences(name: str, which: str = "") -> Coding:
    """Let a reader code sentences by the codebook, and compare the codes with a key.

    Parameters
    ----------
    name : str
        Such as "language".
    which : str
        The set of sentences: for "language", "twelve" (the usual) or "borderline".

    Returns
    -------
    Coding
        Shows the desk as the last line of a cell. What was coded is kept on the reader's own
        machine and is there again after a restart; `codes` holds it.

    Raises
    ------
    ValueError
        For an unknown desk or set, with what there is.
    """
    from indopacific.coding.desk import Coding

    return Coding(lay_out(name, which), name, which)


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(str(name), known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"There is no {what} {name!r}.{hint} There are: {', '.join(known) or 'none'}."
