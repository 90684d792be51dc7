"""On what the network of lesson 03 is tried. States and exercises are invented."""

import pandas as pd

from tests.figures.drawings import Sample

COLUMNS = ["exercise", "year", "kind", "participant", "group", "listed"]


def rows(exercise, year, listed, **groups):
    kinds = {"members": "NATO member", "usa": "USA", "partners": "partner", "others": "other"}
    return [
        (f"{exercise} {year}", year, "exercise", name, kinds[group], listed)
        for group, names in groups.items()
        for name in names
    ]


FEW = pd.DataFrame(
    [
        *rows("Blue Heron", 2001, "all", members=["Thule", "Ys"], usa=["USA"], partners=["Mu"]),
        *rows(
            "Grey Owl", 2002, "some", members=["Ys"], partners=["Mu", "Lemuria"], others=["Avalon"]
        ),
        *rows("Old Crow", 2002, "some", members=["Thule"]),
    ],
    columns=COLUMNS,
)
MANY = pd.DataFrame(
    [
        row
        for n in range(12)
        for row in rows(
            f"An exercise with a long name, {n}", 2001 + n, "all" if n % 2 else "some",
            members=[f"Member {m}" for m in range(16) if (m + n) % 3],
            usa=["USA"], partners=[f"Partner {m}" for m in range(4)],
            others=[f"Other {m}" for m in range(n)],
        )
    ],
    columns=COLUMNS,
)  # fmt: skip

SAMPLES = {"draw_network": {"three exercises": Sample(FEW), "the most": Sample(MANY)}}
