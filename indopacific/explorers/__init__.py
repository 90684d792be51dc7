"""Explorers: sliders made from a model's parameters, a figure kept in place, the words beside it.

``explore("alignment")`` opens one. Each module of this folder that holds an ``EXPLORER`` is an
explorer; its name is the module's.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indopacific.explorers.definition import Explorer
    from indopacific.explorers.face import Exploration

_MACHINERY = {"definition", "face", "static"}


def names() -> list[str]:
    """Return the names of the explorers that there are."""
    return sorted(
        module.name for module in pkgutil.iter_modules(__path__) if module.name not in _MACHINERY
    )


def find(name: str) -> Explorer:
    """Return one explorer's configuration.

    Raises
    ------
    ValueError
        For an unknown name, with the nearest known one.
    """
    known = names()
    if name not in known:
        near = difflib.get_close_matches(str(name), known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"There is no explorer {name!r}.{hint} There are: {', '.join(known)}.")
    return importlib.import_module(f"{__name__}.{name}").EXPLORER


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
