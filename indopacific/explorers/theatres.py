"""The explorer of lesson 04: where one pool goes, and what that makes of the odds in lesson 05."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.theatres import Division, draw_division
from indopacific.models import ambiguity
from indopacific.models import theatres as model

_SHARES = np.linspace(0, 1, 101)
_ALLIES: Any = np.linspace(0, 2, 41)
_LEVEL = 0.5  # the commitment at which lesson 05 begins


def evaluate(setting: model.Parameters) -> Division:
    """Return everything that one setting's picture shows."""
    found, along = model.allocate(setting), model.at_share(setting, _SHARES)
    more = replace(setting, europe=_ALLIES)
    goes = model.best_share(more)
    odds = model.odds(setting)
    return Division(
        setting=setting,
        found=found,
        odds=odds,
        attack=_attack(setting),
        attack_before=_risk(ambiguity.Parameters()),
        shares=_SHARES,
        europe=along.hold_europe,
        pacific=along.hold_pacific,
        worth=model.worth(setting, _SHARES) / (setting.value_europe + setting.value_pacific),
        allies=_ALLIES,
        goes=np.asarray(goes),
        helped=1 - model.at_share(more, goes).hold_pacific,
    )


def _attack(setting: model.Parameters) -> float:
    try:
        world = model.carried(setting)
    except ValueError:  # odds that lesson 05's ranges do not reach
        return float("nan")
    return _risk(world)


def _risk(world: ambiguity.Parameters) -> float:
    return float(ambiguity.solve(world, unprovoked=_LEVEL, provoked=_LEVEL).attack)


EXPLORER = Explorer(
    name="theatres",
    title="One pool, two theatres: who holds what, and what a shifted burden frees",
    question="How much of what Europe adds reaches the Pacific, and where does none of it?",
    parameters=model.Parameters,
    lead="europe",
    evaluate=evaluate,
    draw=draw_division,
    presets=(
        Preset(
            label="Two theatres, one pool",
            values={},
            meaning="The default: let Europe's allies add forces, and watch both lines on the "
            "right.",
        ),
        Preset(
            label="Europe defends itself",
            values={"europe": 1.5},
            meaning="What a strategy hopes for that gives Europe the primary responsibility for "
            "its own defence.",
        ),
        Preset(
            label="The Pacific first",
            values={"value_pacific": 3.0},
            meaning="As those would set it who hold that the USA must prepare for China before "
            "all else.",
        ),
        Preset(
            label="Europe first",
            values={"value_europe": 3.0, "russia": 1.2},
            meaning="As those would set it who see Russia as the nearer and the greater danger.",
        ),
        Preset(
            label="A window",
            values={"europe": 0.5, "pacific": 0.3, "value_pacific": 5.0, "china": 2.0},
            meaning="All that can go goes to the Pacific, and Europe's allies stand alone.",
        ),
        Preset(
            label="Too strong to be held",
            values={"china": 2.0, "decisiveness": 3.0},
            meaning="As those would set it who hold the contest in the Strait for decided: a "
            "sharp contest draws forces to where they still decide something.",
        ),
        Preset(
            label="Allies in the Pacific do more",
            values={"pacific": 1.0},
            meaning="The same burden, shifted at the other end.",
        ),
    ),
    limits=model.LIMITS,
)
