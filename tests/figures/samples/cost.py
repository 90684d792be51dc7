"""On what the drawings of costs are tried; the explorer's picture is tried by its explorer."""

import numpy as np
import pandas as pd

from indopacific.models import cost as model
from tests.figures.drawings import Sample

PUBLISHED = {"blockade": 4.5, "war": 8.0}  # invented


def compared(**values):
    return model.side_by_side(model.Parameters(**values), published=PUBLISHED)


def losses(*cuts):
    sigmas = np.linspace(0, 2, 41)
    return pd.DataFrame(
        {f"a cut of {cut:.0%}": model.input_cut(0.1, cut, sigmas) for cut in cuts}, index=sigmas
    )


SAMPLES = {
    "draw_models": {
        "the default": Sample(compared()),
        "no cut": Sample(compared(cut=0.0)),
        "all fails and everybody is a user": Sample(compared(cut=1.0, users=0.3, substitution=0)),
    },
    "draw_substitution": {
        "three cuts": Sample(losses(0.1, 0.6, 0.9)),
        "one cut": Sample(losses(1.0)),
    },
}
