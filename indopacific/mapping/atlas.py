"""What the map is given: outlines, places, and every answer of the rule, worked out beforehand.

A point of the sea is answered by its cell on a grid of one degree. The grid is laid so that the
Tropic of Cancer runs between two of its rows.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from indopacific.datasets import load
from indopacific.figures.forms.map import CUT, NORTH, SOUTH, STRETCH
from indopacific.figures.partnerships_map import areas, tropic
from indopacific.geometry import Point, cut, rings
from indopacific.models import reach

SCALE = 10
"""Units of the drawing in one degree of longitude."""

WHERE = "{where}"
"""Stands in an answer where the coordinates of a click belong."""

KINDS = {
    "territory": "Its territory",
    "forces": "Forces there",
    "vessel": "A vessel there",
    "aircraft": "An aircraft there",
}
OWNERS = {"party": "of a party to the treaty", "other": "of another state"}
ANSWERS = {reach.YES: "Yes", reach.NO: "No", reach.CONTESTED: "Contested or open"}

TITLE = "Ask the map: does an attack there count for Article 5?"
ABOUT = (
    "Choose what is attacked, then a place: from the list, by coordinates, with a click or a "
    "finger, or with the arrow keys on the map. On the open sea the answer is for a vessel."
)


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """Everything that the map shows and says; all of it text and numbers.

    Attributes
    ----------
    title, about : str
    frame : dict
        How degrees become units of the drawing.
    land : str
        The outlines of all land as one path.
    areas : list of dict
        Areas of the sea, from below: `kind` ("counts" or "open") and `path`.
    line : list of float
        The Tropic of Cancer where it counts: from x to x, and its y.
    kinds, owners, answers : dict of str to str
        The words for what can be chosen, and for what can be answered.
    verdicts : list of dict
        Each verdict of the rule once.
    places : list of dict
        `name`, `holder`, `where`, `x`, `y`, and `verdicts`: for territory one number, for what
        moves one for each owner.
    seas : dict
        `names` of the classes of cells, the `verdicts` of each, and `rows`, from the north: runs of
        cells as (class, length).
    limits : list of str
    """

    title: str
    about: str
    frame: dict[str, float]
    land: str
    areas: list[dict[str, str]]
    line: list[float]
    kinds: dict[str, str]
    owners: dict[str, str]
    answers: dict[str, str]
    verdicts: list[dict[str, Any]]
    places: list[dict[str, Any]]
    seas: dict[str, Any]
    limits: list[str]


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Return the map of the course."""
    outlines = rings(load("land"))
    found: list[reach.Verdict] = []
    west, east = tropic(outlines)
    return Atlas(
        title=TITLE,
        about=ABOUT,
        frame={
            "scale": SCALE,
            "cut": CUT,
            "north": NORTH,
            "stretch": STRETCH,
            "width": 360 * SCALE,
            "height": round((NORTH - SOUTH) * STRETCH * SCALE),
            "top": _TOP,
            "tropic": reach.TROPIC,
        },
        land=_path(outlines),
        areas=[{"kind": kind, "path": _path([outline])} for kind, outline in areas()],
        line=[*(_x(end) for end in (west, east)), _y(reach.TROPIC)],
        kinds=KINDS,
        owners=OWNERS,
        answers=ANSWERS,
        places=[_place(each, found) for each in reach.places(load("places")).values()],
        seas=_seas(found),
        verdicts=[dataclasses.asdict(each) for each in found],
        limits=list(reach.LIMITS),
    )


def _place(place: reach.Place, found: list[reach.Verdict]) -> dict[str, Any]:
    return {
        "name": place.name,
        "holder": place.holder,
        "where": place.where,
        "x": _x(place.longitude),
        "y": _y(place.latitude),
        "verdicts": {
            reach.TERRITORY: _kept(reach.judge(place), found),
            **_moving(place, found),
        },
    }


def _moving(place: reach.Place, found: list[reach.Verdict]) -> dict[str, dict[str, int]]:
    return {
        kind: {
            owner: _kept(reach.judge(place, kind, of_party=owner == "party"), found)
            for owner in OWNERS
        }
        for kind in reach.MOVING
    }


def _kept(verdict: reach.Verdict, found: list[reach.Verdict]) -> int:
    """Return the place of a verdict among those found, and add it if it is new."""
    if verdict not in found:
        found.append(verdict)
    return found.index(verdict)


# ---------------------------------------------------------------- the grid of the sea

# The north edge of the first row: a whole number of rows north of the Tropic.
_TOP = reach.TROPIC + math.floor(90 - reach.TROPIC)
_ROWS = math.floor(_TOP + 90)


def _seas(found: list[reach.Verdict]) -> dict[str, Any]:
    y = _TOP - 0.5 - np.arange(_ROWS)[:, None]
    x = (CUT + 0.5 + np.arange(360) + 180) % 360 - 180
    regions = reach.sea(y, x)
    north = np.broadcast_to(y > reach.TROPIC, regions.shape)
    keys = [(str(name), bool(up)) for name, up in zip(regions.flat, north.flat, strict=True)]
    classes = sorted(set(keys))
    numbers = np.array([classes.index(each) for each in keys]).reshape(regions.shape)
    return {
        "names": [name for name, _ in classes],
        "verdicts": [_moving(_spot(*each), found) for each in classes],
        "rows": [
            [[int(kind), len(list(run))] for kind, run in itertools.groupby(row)]
            for row in numbers.tolist()
        ],
    }


def _spot(region: str, north: bool) -> reach.Place:
    """Return a place that stands for all of a class: its coordinates are filled in by the map."""
    latitude = reach.TROPIC + (1 if north else -1)
    return _Anywhere(name=region, latitude=latitude, longitude=0.0, region=region)


class _Anywhere(reach.Place):
    @property
    def where(self) -> str:
        return WHERE


# ---------------------------------------------------------------- drawing


def _x(longitude: float) -> float:
    return round(((longitude - CUT) % 360) * SCALE, 1)


def _y(latitude: float) -> float:
    return round((NORTH - latitude) * STRETCH * SCALE, 1)


def _path(outlines: Iterable[Sequence[Point] | np.ndarray]) -> str:
    """Return outlines as an SVG path, cut and moved so that they lie from the cut eastward."""
    parts = []
    for outline in outlines:
        for turn in (0.0, 360.0):
            part = cut([(x + turn, y) for x, y in outline], CUT, CUT + 360)
            points = [
                (round((x - CUT) * SCALE), round((NORTH - y) * STRETCH * SCALE)) for x, y in part
            ]
            steps = [point for point, _ in itertools.groupby(points)]
            if len(steps) > 2:
                moved = itertools.pairwise(steps)
                rest = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in moved)
                parts.append(f"M{steps[0][0]} {steps[0][1]}l{rest}z")
    return "".join(parts)
