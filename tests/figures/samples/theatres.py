"""On what the choice of a share is tried; the explorer's picture is tried by its explorer."""

from indopacific.figures.theatres import choice
from indopacific.models.theatres import Parameters
from tests.figures.drawings import Sample

TWINS = Parameters(europe=0, pacific=0, pool=0.5, russia=1.2, china=1.2, decisiveness=3)

SAMPLES = {
    "draw_choice": {
        "one setting": Sample((choice(Parameters()),)),
        "by its ratio and sharp": Sample((choice(Parameters()), choice(TWINS))),
        "the same share twice": Sample((choice(Parameters()), choice(Parameters()))),
        "all in Europe, and all in the Pacific": Sample(
            (
                choice(Parameters(europe=0, pacific=2, china=0.2)),
                choice(Parameters(europe=2, pacific=0, china=2, decisiveness=0.5)),
            )
        ),
    },
}
