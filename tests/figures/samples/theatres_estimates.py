"""On what the drawings of lesson 04's estimates are tried. All figures are invented."""

import pandas as pd

from tests.figures.drawings import Sample


def losses(*rows):
    table = pd.DataFrame(rows, columns=["case", "about", "high"])
    return table.assign(
        id=[f"row-{n}" for n in range(len(table))],
        study="An institute",
        chart="An institute: percent of GDP",
        unit="percent of GDP",
    )


WAR = [("war of the islands", name, value) for name, value in (
    ("World", 7.25), ("Atlantis", 100.0), ("Lemuria", 0.0), ("Republic of Mu", None))]  # fmt: skip
BLOCKADE = [("blockade", "World", 3.0), ("blockade", "Atlantis", 11.4)]

SAMPLES = {
    "draw_losses": {
        "two scenarios": Sample(losses(*WAR, *BLOCKADE)),
        "one scenario": Sample(losses(*WAR)),
        "a guess of the world": Sample(losses(*WAR, *BLOCKADE), predicted={"World": 20.0}),
        "a guess of what is missing": Sample(losses(*WAR), predicted={"Republic of Mu": 5.0}),
        "no world": Sample(losses(*WAR[1:])),
        "nothing missing": Sample(losses(*WAR[:3], *BLOCKADE, ("peace", "World", 0.0))),
    },
}
