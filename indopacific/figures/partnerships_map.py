"""The map of lesson 03: where an attack counts for Article 5, as the course reads the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms
from indopacific.figures.wording import count, sentence
from indopacific.figures.words import Words
from indopacific.geometry import cut, inside, rings
from indopacific.models import reach

ANSWERS = {
    reach.YES: "counts for Article 5",
    reach.NO: "does not count",
    reach.CONTESTED: "contested or open",
}
FIRST = (
    "Hawaii", "Midway Atoll", "Guam", "Ceuta", "Puerto Rico", "Falkland Islands", "Bermuda",
    "Alaska", "Anatolia", "French Guiana", "Japan", "Azores", "Greenland", "Okinawa", "Taiwan",
)  # fmt: skip
"""Names that find room on the map before the others."""

Result = tuple[Mapping[str, reach.Place], str, pd.DataFrame]


def draw_map(result: Result, figure: Figure) -> Words:
    """Draw places by what the rule answers, and the two seas that Article 6 names.

    Parameters
    ----------
    result : tuple
        The places (name to `reach.Place`), the kind of object (one of `reach.KINDS`), and the
        base map, as ``load("land")`` gives it.
    figure : Figure
    """
    places, kind, land = result
    judged = reach.judged(places.values(), kind)
    answers = dict(zip(judged["place"], judged["article5"], strict=True))
    order = sorted(places, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    marked = [
        forms.Marked(
            name, places[name].longitude, places[name].latitude, ANSWERS[answers[name]], True
        )
        for name in order
    ]
    outlines = rings(land)
    with forms.fresh(figure):
        forms.world_map(
            figure.subplots(),
            outlines,
            marked,
            groups=list(ANSWERS.values()),
            areas=areas(),
            area_names={"counts": "sea where ships count", "open": "sea that the text leaves open"},
            line=forms.Line("Tropic of Cancer, where it counts", reach.TROPIC, *tropic(outlines)),
        )
    number = judged["article5"].value_counts()
    table = judged.assign(
        where=[places[name].where for name in judged["place"]],
        article5=judged["article5"].map(sentence),
    )
    said = {reach.TERRITORY: "its territory", "vessel": "a vessel", "aircraft": "an aircraft"}.get(
        kind, kind
    )
    said += "" if kind == reach.TERRITORY else " of a party there"
    counted = {answer: int(number.get(answer, 0)) for answer in ANSWERS}
    return Words(
        title=f"An attack on {said} counts for Article 5 in {counted[reach.YES]} of "
        f"{len(judged)} places",
        reading=f"In {counted[reach.NO]} it does not count; {count(counted[reach.CONTESTED])} "
        f"{'is' if counted[reach.CONTESTED] == 1 else 'are'} contested or open. Shaded is the sea "
        "where ships and aircraft count; its straight edges are the course's. The Tropic of "
        "Cancer is drawn in the North Atlantic only: nowhere else does the text ask for it. Small "
        "islands are marks without land.",
        table=table[["place", "holder", "where", "article5", "because"]].rename(
            columns={
                "place": "Place",
                "holder": "Whose",
                "where": "Where",
                "article5": "Counts for Article 5",
                "because": "Because",
            }
        ),
        source="the course's reading of Articles 5 and 6; land: Natural Earth through world-atlas",
    )


def areas() -> list[tuple[str, Any]]:
    """Return the areas of the sea, from below: those that the text leaves open, and that count."""
    polar = [(-180.0, reach.POLAR), (180.0, reach.POLAR), (180.0, 90.0), (-180.0, 90.0)]
    north = [(x, y) for y, x in cut([(y, x) for x, y in reach.WHOLE_ATLANTIC], reach.TROPIC, 90)]
    found: list[tuple[str, Any]] = [("open", polar), ("counts", north)]
    for name, outline in reach.OUTLINES.items():
        if name == reach.MEDITERRANEAN:
            found.append(("counts", outline))
        elif name in reach.OPEN:
            part = cut([(y, x) for x, y in outline], reach.TROPIC, 90)
            found.append(("open", [(x, y) for y, x in part]))
    return found


def tropic(land: Sequence[np.ndarray]) -> tuple[float, float]:
    """Return from where to where the Tropic of Cancer runs through the North Atlantic area."""
    north = reach.TROPIC + 0.1
    crossed = [each for each in land if each[:, 1].min() <= north <= each[:, 1].max()]
    wet = [
        x
        for x in np.arange(-99.5, 0, 0.5)
        if reach.sea(north, x) == reach.ATLANTIC and not inside(x, north, crossed)
    ]
    return float(wet[0]), float(wet[-1])
