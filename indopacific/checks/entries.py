"""Read the entries of an answer one by one, and name the entry that is at fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .answers import is_blank, scalar
from .kind import Kind
from .limits import MOST_ITEMS
from .verdicts import Blank, Refused
from .wording import shown, some, suggest


def keyed(answer: Mapping[Any, Any], keys: Sequence[Any], noun: str) -> dict[Any, Any]:
    """Match an answer's keys with the wanted ones, and say which are missing or unknown."""
    if len(answer) > MOST_ITEMS:
        raise Refused(f"It has more than {MOST_ITEMS:,} entries.")
    found = {scalar(k): v for k, v in answer.items()}
    if not keys:
        return found
    unknown = [k for k in found if k not in keys]
    if unknown:
        raise Refused(
            f"{shown(unknown[0], 30)} is not one of the {noun}." + suggest(unknown[0], keys)
        )
    missing = [k for k in keys if k not in found]
    if missing:
        raise Refused(f"Missing: {some(missing)}.")
    return found


def read_each(pairs: Iterable[tuple[Any, Any]], of: Kind) -> dict[Any, Any]:
    """Read every entry as `of`, and name the entry that cannot be read."""
    found = {}
    for key, value in pairs:
        if is_blank(value):
            raise Blank(f"The entry for {shown(key, 30)} is still empty.")
        try:
            found[key] = of._read(value)
        except Refused as problem:
            raise Refused(f"Entry {shown(key, 30)}: {problem}") from None
    return found
