"""The second explorer of lesson 04: what chips alone can cost, and what a risk of war costs.

The risk is lesson 05's: a level of commitment there is a probability of an attack, and of help.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np

from indopacific.datasets import load
from indopacific.explorers.ambiguity_said import Said, same
from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.cost import Chips, draw_chips
from indopacific.models import ambiguity
from indopacific.models import cost as model
from indopacific.models.parameters import real

_CUTS: Any = np.linspace(0, 1, 101)
_LEVELS: Any = np.linspace(0, 1, 101)
_SHOWN = {"taiwan-blockade-world": "blockade", "taiwan-war-world": "war"}


@dataclass(frozen=True, kw_only=True)
class Setting(model.Parameters):
    """How an input fails, and the risk of a war with what it would cost without help."""

    level: float = same(Said, "level")
    unaided: float = real(
        5.0,
        low=0,
        high=10.2,
        step=0.1,
        label="Loss in a war without help",
        unit="percent of world GDP",
        meaning="What a war in which the USA stays out would cost; no published figure was found.",
    )


@cache
def published() -> dict[str, float]:
    """Return the published losses of world GDP, in percent, by scenario."""
    losses = load("cost_estimates").set_index("id")["high"]
    return {name: float(losses[key]) for key, name in _SHOWN.items()}


@cache
def _attacks() -> np.ndarray:
    return np.asarray(ambiguity.solve(ambiguity.Parameters(), unprovoked=_LEVELS).attack)


def evaluate(setting: Setting) -> Chips:
    """Return everything that one setting's picture shows."""
    chips = model.Parameters(
        **{each.name: getattr(setting, each.name) for each in fields(model.Parameters)}
    )
    along, war = replace(chips, cut=_CUTS), published()["war"]
    expected, as_dear = (
        model.expected(_attacks(), help_given=_LEVELS, war=war, unaided=each)
        for each in (setting.unaided, war)
    )
    return Chips(
        setting=chips,
        lost=float(model.bound(chips)),
        most=float(model.bound(replace(chips, substitution=0.0))),
        cuts=_CUTS,
        nothing=model.bound(replace(along, substitution=0.0)),
        here=model.bound(along),
        easily=model.bound(replace(along, substitution=model.ANYTHING_GOES)),
        published=published(),
        level=setting.level,
        attack=float(np.interp(setting.level, _LEVELS, _attacks())),
        unaided=setting.unaided,
        levels=_LEVELS,
        expected=expected,
        as_dear=as_dear,
    )


EXPLORER = Explorer(
    name="cost",
    title="What missing chips cost their direct users, and what a risk of war costs the world",
    question="Which settings let the loss of direct users explain the published one, and would you "
    "defend them?",
    parameters=Setting,
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
            meaning="The bound for direct users: without chips they make nothing at all.",
        ),
        Preset(
            label="Half-way",
            values={"substitution": 1.0},
            meaning="The textbook's middle: each halving of the chips takes the same part of the "
            "output that is left.",
        ),
        Preset(
            label="Replaced with ease",
            values={"substitution": model.ANYTHING_GOES},
            meaning="As if other inputs could do the work of chips.",
        ),
        Preset(
            label="Made elsewhere",
            values={"cut": 0.2},
            meaning="As after years in which others have built factories: fewer chips fail.",
        ),
        Preset(
            label="Everybody is a user",
            values={"substitution": 0.0, "users": 0.3, "cut": 0.4},
            meaning="As those would set it who count the users' users: the circle is wider, and "
            "still nothing is replaced.",
        ),
        Preset(
            label="Cheap without help",
            values={"unaided": 2.0, "level": 0.0},
            meaning="As those would set it who expect a war without the USA to be short and small. "
            "Nobody's life is in this sum.",
        ),
        Preset(
            label="As dear without help",
            values={"unaided": 10.2, "level": 1.0},
            meaning="As those would set it who hold that Taiwan's factories stop whoever wins. "
            "Nobody's life is in this sum, and no nuclear weapon.",
        ),
    ),
    limits=model.LIMITS,
)
