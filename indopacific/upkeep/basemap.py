"""Makes the course's base map, ``data/geo/land.csv``, from the file of a public package.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m indopacific.upkeep.basemap package/land-110m.json

The file holds Natural Earth's land, 1:110 million, as TopoJSON: rings made of shared arcs, whose
points are whole steps from one to the next. Rings that cross the date line are cut there. No
coordinate of the map is typed by hand.
"""

import argparse
import csv
import hashlib
import io
import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from indopacific.geometry import Point, cut
from indopacific.upkeep.datapackage import DATA

SHA256 = "ead5f68119c49a9250902e7da303bcb209341bbb8fefe7369a439b48b704658a"
"""Of ``land-110m.json`` in world-atlas 2.0.2."""

SOURCE = "G-ATLAS"
"""Its id in the table ``sources``."""

DECIMALS = 2  # a hundredth of a degree is about a kilometre: finer than a map of this scale


def outlines(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the outlines of all land, as longitude and latitude in degrees, largest first.

    Parameters
    ----------
    topology : dict
        A quantised TopoJSON with an object ``land``.

    Returns
    -------
    list of list of (float, float)
        Closed, none across the date line; outer outlines and holes alike: a point is on land when
        it lies inside an odd number of them.
    """
    arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    found = []
    for ring in _indexed(topology["objects"]["land"]):
        whole = _unwound(_joined(ring, arcs))
        for turn in (-360.0, 0.0, 360.0):
            part = cut([(x + turn, y) for x, y in whole], -180.0, 180.0)
            rounded = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in part]
            rounded = [point for point, _ in itertools.groupby(rounded)]
            if _area(rounded) > 0:
                found.append(rounded if rounded[0] == rounded[-1] else [*rounded, rounded[0]])
    return sorted(found, key=lambda outline: -_area(outline))


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> Iterator[Point]:
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, y * scale_y + bottom


def _indexed(shape: dict[str, Any]) -> Iterator[list[int]]:
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _indexed(part)
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon
    elif shape["type"] == "Polygon":
        yield from shape["arcs"]
    else:
        raise ValueError(f"Land is made of polygons; the file has a {shape['type']}.")


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        # ~index: the arc is followed from its end to its start.
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _unwound(ring: list[Point]) -> list[Point]:
    """Let longitudes go on counting over the date line; a ring around the pole is led to it."""
    points = ring[:1]
    for (x0, _), (x1, y1) in itertools.pairwise(ring):
        # The shorter way round is the one that a coast goes.
        points.append((points[-1][0] + (x1 - x0 + 180) % 360 - 180, y1))
    (first, _), (last, _) = points[0], points[-1]
    if abs(last - first) > 180:
        points += [(last, -90.0), (first, -90.0)]
    return points


def table(topology: dict[str, Any]) -> str:
    """Return the base map as CSV: one row a point, rings numbered from the largest."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["ring", "point", "longitude", "latitude", "source_id"])
    for number, ring in enumerate(outlines(topology), start=1):
        rows = ((number, place, *point, SOURCE) for place, point in enumerate(ring, start=1))
        writer.writerows(rows)
    return stream.getvalue()


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m indopacific.upkeep.basemap",
        description="Make data/geo/land.csv from land-110m.json of the npm package world-atlas.",
    )
    parser.add_argument("file", type=Path, help="land-110m.json of world-atlas 2.0.2")
    parser.add_argument("--output", type=Path, default=DATA / "geo" / "land.csv")
    options = parser.parse_args(arguments)
    try:
        content = options.file.read_bytes()
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        print(
            f"{options.file} is not the land-110m.json of world-atlas 2.0.2: its sha256 is {found}."
            " Nothing was written. If a newer version is wanted, change SHA256 and the source.",
            file=sys.stderr,
        )
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(table(json.loads(content)), encoding="utf-8")
    print(f"Wrote {options.output}. Now run python -m indopacific.upkeep.datapackage.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
