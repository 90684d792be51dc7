"""Explorers: sliders made from a model's parameters, a figure kept in place, the words beside it.

``explore("alignment")`` opens one. Each module of this folder that assigns ``EXPLORER`` is an
explorer, and its name is the module's; any other module is help for them. A lesson may have
several: ``ambiguity``, ``ambiguity_play``.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
from importlib.abc import InspectLoader
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indopacific.explorers.definition import Explorer
    from indopacific.explorers.face import Exploration

_DECLARED = re.compile(r"^EXPLORER\b.*=", re.MULTILINE)


def names() -> list[str]:
    """Return the names of the explorers that there are, without importing any of them."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if _declares(module))


def _declares(module: pkgutil.ModuleInfo) -> bool:
    loader = getattr(module.module_finder.find_spec(module.name, None), "loader", None)
    source = loader.get_source(module.name) if isinstance(loader, InspectLoader) else None
    return bool(_DECLARED.search(source or ""))


def find(name: str) -> Explorer:
    """Return one explorer's configuration.

    Raises
    ------
    ValueError
        For an unknown name, with the nearest known one; or when the configuration calls itself
        otherwise than its module.
    """
    known = names()
    if name not in known:
        near = difflib.get_close_matches(str(name), known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"There is no explorer {name!r}.{hint} There are: {', '.join(known)}.")
    found: Explorer = importlib.import_module(f"{__name__}.{name}").EXPLORER
    if found.name != name:
        raise ValueError(
            f"explorers/{name}.py calls its explorer {found.name!r}: give both one name."
        )
    return found


def explore(name: str, **values: Any) -> Exploration:
    """Open an explorer: sliders, presets, the figure and its words.

    Parameters
    ----------
    name : str
        One of `names()`, such as "alignment".
    **values
        Settings to start with, by parameter name; the rest start at their defaults.

    Returns
    -------
    Exploration
        Shows itself as the last line of a notebook cell. Its `values` follow the sliders.

    Raises
    ------
    ValueError
        For an unknown name, or a value outside its range.

    Examples
    --------
    >>> explore("alignment", trade=0.8, normaliser="rank").values["trade"]
    0.8
    """
    from indopacific.explorers.face import Exploration

    return Exploration(find(name), **values)
