"""On what the decision tree of lesson 05 is tried; the panel is tried by its explorer."""

from indopacific.models import ambiguity as model
from indopacific.models import ambiguity_game as games
from tests.figures.drawings import Sample


def solved(**known):
    return games.tree(games.Known(world=model.Parameters(), **known))


SAMPLES = {
    "draw_tree": {
        "both restrained": Sample(solved(beta=0.8)),
        "war in any case": Sample(solved(beta=0.8, unprovoked=0.1, provoked=0.1)),
        "a declaration that stands": Sample(solved(beta=0.8, unprovoked=0.95, provoked=0.95)),
        "peace without a wish": Sample(solved(beta=-0.6, theta=0.3)),
    },
}
