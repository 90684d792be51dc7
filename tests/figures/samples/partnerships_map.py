"""On what the map of lesson 03 is tried. Places and outlines are invented."""

import pandas as pd

from indopacific.models import reach
from tests.figures.drawings import Sample

COAST = [
    [(-95.0, 25.0), (-80.0, 25.0), (-60.0, 50.0), (-90.0, 60.0), (-125.0, 55.0), (-110.0, 25.0)],
    [(-15.0, 15.0), (40.0, 10.0), (35.0, 30.0), (-10.0, 34.0)],
    [(0.0, 45.0), (60.0, 42.0), (140.0, 40.0), (179.0, 67.0), (10.0, 70.0)],
    [(30.0, 50.0), (50.0, 50.0), (50.0, 55.0), (30.0, 55.0)],
]
LAND = pd.DataFrame(
    [
        (ring, place, *point, "invented")
        for ring, outline in enumerate(COAST, start=1)
        for place, point in enumerate([*outline, outline[0]], start=1)
    ],
    columns=["ring", "point", "longitude", "latitude", "source_id"],
)


def place(name, latitude, longitude, region, holder="Atlantis", **facts):
    where = {"latitude": latitude, "longitude": longitude, "region": region}
    return reach.Place(name=name, **where, holder=holder, **facts)


OWN = {
    "A cape": place("A cape", 45.0, -70.0, "North America", party=True),
    "An island": place("An island", 30.0, -60.0, "North Atlantic area", party=True, island=True),
    "Another": place("Another", 20.0, -60.0, "North Atlantic area", party=True, island=True),
    "Far": place("Far", 28.0, 179.9, "Pacific Ocean", party=True, island=True),
    "Farther": place("Farther", 28.2, -179.9, "Pacific Ocean", party=True, island=True),
    "Disputed": place("Disputed", 34.0, 0.0, "Africa", party=True, dispute="Two readings."),
    "Foreign": place("Foreign", 36.0, 138.0, "Asia"),
}
# As many as a map may have, in one crowd and with long names.
CROWD = {
    f"The quite long name of place {n}": place(
        f"The quite long name of place {n}", 12 + 2 * (n % 7), -62 + 2.0 * (n // 7), "North America"
    )
    for n in range(49)
}

SAMPLES = {
    "draw_map": {
        "territory": Sample((OWN, "territory", LAND)),
        "a vessel": Sample((OWN, "vessel", LAND)),
        "one place": Sample(({"Far": OWN["Far"]}, "aircraft", LAND)),
        "a crowd": Sample((CROWD, "forces", LAND)),
    },
}
