"""A map that can be asked where an attack counts for Article 5, and by which words.

``ask_map()`` as the last line of a cell. Every answer is the rule's (`indopacific.models.reach`)
and was worked out by Python beforehand, so the map needs no kernel once it is shown, and a plain
page says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indopacific.mapping.widget import Asked


def ask_map() -> Asked:
    """Offer the map.

    Returns
    -------
    Asked
        Shows the map as the last line of a cell: a place is chosen from a list, by its
        coordinates, with a click or a finger, or with the arrow keys. The same answers stand
        below it as a table.
    """
    from indopacific.mapping.widget import Asked

    return Asked()
