"""The blocks of a source notebook's cells that are taken out when it is released."""

from __future__ import annotations

import re


def block(source: str, name: str) -> str:
    """Return the lines between ``### BEGIN name`` and ``### END name``."""
    found = re.findall(rf"^[^\n]*BEGIN {name}[^\n]*\n(.*?)^[^\n]*END {name}", source, re.M | re.S)
    return "".join(found)


def without_block(source: str, name: str) -> str:
    """Return a source without such a block and its markers."""
    pattern = rf"^[^\n]*BEGIN {name}[^\n]*\n.*?^[^\n]*END {name}[^\n]*\n?"
    return re.sub(pattern, "", source, flags=re.M | re.S)
