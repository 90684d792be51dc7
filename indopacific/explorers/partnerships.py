"""The explorer of lesson 03: what a deeper partnership gives, and when it tips the balance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.partnerships_panel import Spiral, draw_spiral
from indopacific.models import partnerships as model

_TIMES = np.linspace(0, 20, 401)


def evaluate(setting: model.Parameters) -> Spiral:
    """Return everything that one setting's picture shows."""
    here, without = model.solve(setting), model.solve(replace(setting, d=0.0))
    start = (float(without.x), float(without.y)) if without.stable else (0.0, 0.0)
    x, y = model.path(setting, _TIMES, start=start)
    return Spiral(
        setting=setting,
        here=here,
        without=without,
        unprovoked=model.solve(replace(setting, psi=0.0)),
        start=start,
        times=_TIMES,
        x=x,
        y=y,
    )


EXPLORER = Explorer(
    name="partnerships",
    title="Benefit and provocation: what a deeper partnership does to two arms levels",
    question="At which depth does the balance tip, and what moves that depth?",
    parameters=model.Parameters,
    lead="d",
    evaluate=evaluate,
    draw=draw_spiral,
    presets=(
        Preset(
            label="Some provocation",
            values={},
            meaning="The default: deepen the partnership and watch both levels.",
        ),
        Preset(
            label="One security",
            values={"d": 3.0, "psi": 0.0, "mu": 1.0},
            meaning="Nobody is provoked. South Korea's defence minister, 2023: the two regions' "
            'security "can never be separated".',
        ),
        Preset(
            label="Do not add enemies",
            values={"d": 2.0, "psi": 0.6},
            meaning='Moon Chung-in, Seoul, 2024: it can\'t be wise "to stir up more hostility".',
        ),
        Preset(
            label="No membership, so little gain",
            values={"mu": 0.0, "psi": 0.4},
            meaning='Matsumura Masahiro, Osaka, 2023: Japan "will never be entitled to join NATO".',
        ),
        Preset(
            label="A minimal role",
            values={"d": 0.3, "psi": 0.2, "mu": 0.3},
            meaning='The Japan Times, commentary, 2023: "NATO will always have a minimal role".',
        ),
        Preset(
            label="Not a global alliance",
            values={"d": 2.0, "psi": 0.5, "r": 0.8},
            meaning="Reassurance. Jens Stoltenberg, 2023: this is not about a "
            '"global military alliance".',
        ),
        Preset(
            label="Inviting trouble",
            values={"d": 3.0, "psi": 0.7},
            meaning='The Jakarta Post, editorial, 2024: "NATO\'s expansion is inviting trouble".',
        ),
        Preset(
            label="Beyond its boundaries",
            values={"d": 1.5, "psi": 1.0, "l0": 0.6},
            meaning="President Putin, 2023: NATO is trying to go "
            '"beyond the geographical boundaries of its activities".',
        ),
        Preset(
            label="Armed in any case",
            values={"d": 2.0, "psi": 0.0, "h": 1.0},
            meaning="The neighbour has reasons of its own, whatever the partners do.",
        ),
    ),
    limits=model.LIMITS,
)
