"""On what the drawings of lesson 06 are tried. The groups and shares are invented."""

import numpy as np
import pandas as pd

from tests.figures.drawings import Sample

READY = np.linspace(0.9, 1, 11)
POLICIES = ["ambiguity", "clear commitment", "no commitment", "certainties tie"]
KINDS = ["takes little from Beijing", "takes much from Beijing"]


def consensus(ready, **groups):
    return pd.DataFrame({name: ready**many for name, many in groups.items()}, index=ready)


def kinds(weak, strong):
    return pd.DataFrame({KINDS[0]: weak, KINDS[1]: strong}, index=POLICIES)


SAMPLES = {
    "draw_consensus": {
        "three groups": Sample(consensus(READY, two=2, twelve=12, hundred=100)),
        "one group, never half": Sample(consensus(np.linspace(0.1, 0.5, 5), thirty=30)),
    },
    "draw_guarantors": {
        "apart": Sample(kinds([0.15, 0.4, 0.25, 0.2], [0.6, 0.13, 0.22, 0.05])),
        "at the ends": Sample(kinds([0.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0])),
    },
}
