"""The second explorer of lesson 04: what chips alone can cost, and what they cannot."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from indopacific.datasets import load
from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.cost import Chips, draw_chips
from indopacific.models import cost as model

_CUTS: Any = np.linspace(0, 1, 101)
_SHOWN = {"taiwan-blockade-world": "blockade", "taiwan-war-world": "war"}


@cache
def published() -> dict[str, float]:
    """Return the published losses of world GDP, in percent, by scenario."""
    losses = load("cost_estimates").set_index("id")["high"]
    return {name: float(losses[key]) for key, name in _SHOWN.items()}


def evaluate(setting: model.Parameters) -> Chips:
    """Return everything that one setting's picture shows."""
    along = replace(setting, cut=_CUTS)
    return Chips(
        setting=setting,
        lost=float(model.bound(setting)),
        most=float(model.bound(replace(setting, substitution=0.0))),
        cuts=_CUTS,
        nothing=model.bound(replace(along, substitution=0.0)),
        here=model.bound(along),
        easily=model.bound(replace(along, substitution=model.ANYTHING_GOES)),
        published=published(),
    )


EXPLORER = Explorer(
    name="cost",
    title="What chips alone can cost the world, and what they cannot",
    question="Which settings make chips alone explain the published loss, and would you defend "
    "them?",
    parameters=model.Parameters,
    lead="cut",
    evaluate=evaluate,
    draw=draw_chips,
    presets=(
        Preset(
            label="Hard to replace",
            values={},
            meaning="The default: three in five chips fail, and little can stand in for them.",
        ),
        Preset(
            label="Nothing replaces them",
            values={"substitution": 0.0, "cut": 1.0},
            meaning="The bound: without chips their direct users make nothing at all.",
        ),
        Preset(
            label="Half-way",
            values={"substitution": 1.0},
            meaning="The textbook's middle: each percent of chips lost costs a fixed part.",
        ),
        Preset(
            label="Replaced with ease",
            values={"substitution": model.ANYTHING_GOES},
            meaning="As after years in which others have built factories.",
        ),
        Preset(
            label="Everybody is a user",
            values={"substitution": 0.0, "users": 0.3, "cut": 0.4},
            meaning="As those would set it who count the users' users: the circle is wider, and "
            "still nothing is replaced.",
        ),
    ),
    limits=model.LIMITS,
)
