"""The explorer of lesson 05: when an uncertain promise deters both sides, and of what.

The model refuses a war that goes better for Beijing, or worse for Taipei, when the guarantor
fights. No control can ask for it: such values are *shares* of the one that they must not exceed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np

from indopacific.explorers.ambiguity_said import CONDITION, Said, same
from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.ambiguity import VERDICTS
from indopacific.figures.ambiguity_panel import Panel, draw_panel
from indopacific.models import ambiguity as model
from indopacific.models import ambiguity_regions as regions
from indopacific.models.parameters import choice, real

_LEVELS = np.linspace(0, 1, 101)
_STEPS = np.linspace(0, 1.5, 61)
_TRIED = 41  # levels that each point of the map tries
_MAPS = 64


@dataclass(frozen=True, kw_only=True)
class Setting(Said):
    """What the controls say; `world` and `provoked` are what the model is given."""

    aim: str = choice(
        "either",
        options=tuple(regions.OBJECTIVES),
        label="To be prevented",
        meaning="What is to be made small. There is no neutral choice.",
    )
    weight: float = real(
        0.5,
        low=0,
        high=1,
        step=0.05,
        label="Weight of an attack",
        meaning="With the aim weighted: how much an attack counts; a declaration has the rest.",
    )
    k0: float = same(model.Parameters, "k0")
    k1: float = same(model.Parameters, "k1")
    delta: float = same(model.Parameters, "delta")
    tau: float = same(model.Parameters, "tau")
    w0: float = same(model.Parameters, "w0")
    help: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="What help can do",
        meaning="Which share of an attack's chance of success the guarantor's fighting takes.",
    )
    insurance: float = real(
        0.4,
        low=0,
        high=1,
        step=0.01,
        label="Insurance",
        meaning="Which share of Taipei's loss in a war the guarantor's fighting spares it.",
    )
    beta_hi: float = real(
        1.4,
        low=0.1,
        high=4,
        step=0.1,
        label="Independence, highest value",
        meaning="The most that formal independence may be worth to Taipei.",
    )
    types: str = choice(
        "uniform",
        options=("uniform", "logistic"),
        label="Distribution of the unknown",
        meaning="Bounded and even (uniform), or a bell of the same mean and spread (logistic).",
    )

    @property
    def world(self) -> model.Parameters:
        """The model's parameters at this setting."""
        whole = model.Parameters()
        return model.Parameters(
            k0=self.k0,
            k1=self.k1,
            delta=self.delta,
            tau=self.tau,
            w0=self.w0,
            w1=self.w0 * (1 - self.help),
            L1=whole.L0 * (1 - self.insurance),
            beta_hi=self.beta_hi,
            types=self.types,
        )


def evaluate(setting: Setting) -> Panel:
    """Return everything that one setting's picture shows."""
    world, aim, weight = setting.world, setting.aim, setting.weight
    along = model.solve(world, unprovoked=_LEVELS, provoked=_LEVELS * setting.kept)
    verdicts, found = _map(replace(world, delta=0.0, k0=0.0), aim, weight)
    return Panel(
        world=world,
        level=setting.level,
        provoked=setting.provoked,
        aim=aim,
        levels=_LEVELS,
        along=along,
        aimed=np.asarray(regions.loss(along, aim, weight=weight)),
        here=model.solve(world, unprovoked=setting.level, provoked=setting.provoked),
        judged=regions.judge(world, aim, weight=weight),
        region=str(regions.region(world)),
        map_delta=_STEPS,
        map_k0=_STEPS,
        map_verdicts=verdicts,
        map_regions=found,
    )


@lru_cache(maxsize=_MAPS)
def _map(world: model.Parameters, aim: str, weight: float) -> tuple[np.ndarray, np.ndarray]:
    """Return verdict and region over red line and cost of war; the rest is as in `world`."""
    values: dict[str, Any] = {each.name: getattr(world, each.name) for each in fields(world)}
    worlds = model.Parameters(**{**values, "delta": _STEPS, "k0": _STEPS[:, None]})
    judged = regions.judge(worlds, aim, weight=weight, levels=_TRIED)
    verdicts = np.empty(judged.verdict.shape, dtype=object)
    for verdict, plain in VERDICTS.items():
        verdicts[judged.verdict == verdict] = plain
    return verdicts, regions.region(worlds)


EXPLORER = Explorer(
    name="ambiguity",
    title="One sentence, two audiences: what a guarantee does to an attack and to a declaration",
    question="Where does an uncertain promise beat both certainties, and for which aim?",
    parameters=Setting,
    lead="level",
    evaluate=evaluate,
    draw=draw_panel,
    presets=(
        Preset(
            label="The knife edge",
            values={},
            meaning="The default: choose what to prevent before you choose a policy.",
        ),
        Preset(
            label="Double deterrence",
            values={"tau": 0.2},
            meaning="Our setting for Joseph Nye (2024), who calls ambiguity 'double deterrence'. "
            "Beijing is well understood, would answer a declaration, and can be deterred.",
        ),
        Preset(
            label="A stake in the status quo",
            values={"beta_hi": 0.2},
            meaning="Our setting for James Lee (2022): 'Taiwan itself is a stakeholder in the "
            "status quo'.",
        ),
        Preset(
            label="Ambiguity has run its course",
            values={"k0": 0.3},
            meaning="Our setting for Richard Haass and David Sacks (2020): ambiguity has 'run its "
            "course' against a stronger China, so force tempts by itself.",
        ),
        Preset(
            label="Beijing can wait",
            values={"k0": 1.2},
            meaning="Our setting for Jia Qingguo (2024): 'We can wait', as long as Taiwan does not "
            "secede. War costs Beijing more than it could gain.",
        ),
        Preset(
            label="The red line above all",
            values={"delta": 1.2, "k0": 0.9, "insurance": 0.8, "beta_hi": 2.5},
            meaning="Our setting for the White Paper of Beijing (2022): force is 'the last "
            "resort', and help from outside makes Taipei bold.",
        ),
        Preset(
            label="Both halves said",
            values={"policy": CONDITION, "level": 1.0, "after": 0.0},
            meaning="Our setting for The Defense Post (2022): help after an unprovoked attack, "
            "none after a declaration; believed by both sides and seen by the guarantor.",
        ),
        Preset(
            label="A guarantor that changes little",
            values={"k1": 0.1, "help": 0.12},
            meaning="Our setting for Jennifer Kavanagh and Stephen Wertheim (2025): the United "
            "States 'might well lose'. What fighting costs it is in no aim here.",
        ),
        Preset(
            label="Both harms counted",
            values={"aim": "weighted", "weight": 0.75},
            meaning="An attack counts three times as much as a declaration, and neither is free.",
        ),
    ),
    limits=model.LIMITS,
)
