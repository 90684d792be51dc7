"""The base map: decoded as TopoJSON says, cut at the date line, and made from the known file."""

import json

import pytest

from indopacific import load
from indopacific.geometry import cut, inside, rings
from indopacific.upkeep import basemap

# Steps of half a degree from (-180, -90). Two squares share the arc 0, one follows it backwards;
# the third crosses the date line, and one of them has a hole.
SHARED = [[400, 220], [0, 20], [0, 20]]
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [-180, -90]},
    "objects": {
        "land": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1], [4]]},
                {"type": "MultiPolygon", "arcs": [[[~0, 2]], [[3]]]},
            ],
        }
    },
    "arcs": [
        SHARED,
        [[400, 260], [-40, 0], [0, -40], [40, 0]],
        [[400, 220], [60, 0], [0, 40], [-60, 0]],
        [[700, 180], [-680, 0], [0, 30], [680, 0], [0, -30]],
        [[370, 230], [10, 0], [0, 10], [-10, 0], [0, -10]],
    ],
}


def test_arcs_are_joined_forwards_and_backwards():
    found = basemap.outlines(TOPOLOGY)
    squares = [[(20.0, 20.0), (20.0, 30.0), (20.0, 40.0), (0.0, 40.0), (0.0, 20.0), (20.0, 20.0)],
               [(20.0, 40.0), (20.0, 30.0), (20.0, 20.0), (50.0, 20.0), (50.0, 40.0),
                (20.0, 40.0)]]  # fmt: skip
    assert all(square in found for square in squares)
    assert all(outline[0] == outline[-1] for outline in found)


def test_what_crosses_the_date_line_is_cut_there():
    found = basemap.outlines(TOPOLOGY)
    assert all(-180 <= x <= 180 for outline in found for x, _ in outline)
    assert all(inside(x, 5.0, found) for x in (171.0, 179.0, -179.0, -171.0))
    assert not any(inside(x, 5.0, found) for x in (169.0, -169.0, 0.0))


def test_a_hole_is_no_land():
    found = basemap.outlines(TOPOLOGY)
    assert inside(3.0, 22.0, found)
    assert not inside(7.0, 27.0, found)


def test_an_outline_around_the_pole_is_led_to_it():
    around = [(-180.0, -70.0), (-60.0, -60.0), (60.0, -65.0), (180.0, -70.0)]
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"land": {"type": "Polygon", "arcs": [[0]]}},
        "arcs": [[[-180, -70], [120, 10], [120, -5], [120, -5]]],
    }
    (found,) = basemap.outlines(topology)
    assert set(around) <= set(found)
    assert inside(10.0, -89.0, [found])
    assert not inside(10.0, -50.0, [found])


def test_the_committed_map_is_one_that_the_script_writes():
    table = load("land")
    outlines = rings(table)
    assert len(outlines) == 128
    assert all((outline[0] == outline[-1]).all() for outline in outlines)
    areas = [basemap._area([tuple(point) for point in outline]) for outline in outlines]
    assert areas == sorted(areas, reverse=True)


def test_a_part_is_cut_from_an_outline():
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    part = cut(square, 4.0, 6.0)
    assert {x for x, _ in part} == {4.0, 6.0}
    assert inside(5.0, 5.0, [part])
    assert not inside(3.0, 5.0, [part])
    assert cut(square, 20.0, 30.0) == []


def test_another_file_is_refused_and_nothing_written(tmp_path, capsys):
    other = tmp_path / "land-110m.json"
    other.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    written = tmp_path / "land.csv"
    assert basemap.main([str(other), "--output", str(written)]) == 1
    assert "is not the land-110m.json of world-atlas 2.0.2" in capsys.readouterr().err
    assert basemap.main([str(tmp_path / "none.json"), "--output", str(written)]) == 2
    assert not written.exists()


def test_the_known_file_is_written(tmp_path, monkeypatch, capsys):
    file, written = tmp_path / "land-110m.json", tmp_path / "geo" / "land.csv"
    file.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    monkeypatch.setattr(basemap, "SHA256", basemap.hashlib.sha256(file.read_bytes()).hexdigest())
    assert basemap.main([str(file), "--output", str(written)]) == 0
    assert written.read_text(encoding="utf-8") == basemap.table(TOPOLOGY)
    assert written.read_text(encoding="utf-8").startswith("ring,point,longitude,latitude,source_id")


def test_a_shape_that_is_no_land_is_named():
    line = {"type": "LineString", "arcs": [0]}
    with pytest.raises(ValueError, match="the file has a LineString"):
        basemap.outlines({**TOPOLOGY, "objects": {"land": line}})
