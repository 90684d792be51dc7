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
            label="Nobody is provoked",
            values={"d": 3.0, "psi": 0.0},
            meaning="A live hypothesis: the neighbour answers arms, and never the partnership "
            "itself.",
        ),
        Preset(
            label="Armed in any case",
            values={"d": 2.0, "psi": 0.0, "h": 1.0},
            meaning="The neighbour has strong reasons of its own, whatever the partners do.",
        ),
        Preset(
            label="No membership, so little gain",
            values={"mu": 0.0, "psi": 0.4},
            meaning="Depth is worth nothing. Matsumura Masahiro, Osaka, 2023: Japan "
            '"will never be entitled to join NATO".',
        ),
        Preset(
            label="A minimal role",
            values={"d": 0.5, "psi": 0.2, "mu": 0.3},
            meaning="Little depth. The Japan Times, commentary, 2023: "
            '"NATO will always have a minimal role".',
        ),
        Preset(
            label="Not a global alliance",
            values={"d": 2.0, "psi": 0.5, "r": 0.8},
            meaning="As one may read Jens Stoltenberg's words of 2023, as reassurance: this is not "
            'about a "global military alliance".',
        ),
        Preset(
            label="Do not add enemies",
            values={"d": 2.0, "psi": 0.6},
            meaning="As one may read Moon Chung-in, Seoul, 2024, who warns those who would "
            '"stir up more hostility".',
        ),
        Preset(
            label="Inviting trouble",
            values={"d": 3.0, "psi": 0.7},
            meaning="As one may read an editorial of The Jakarta Post, 2024: "
            '"NATO\'s expansion is inviting trouble".',
        ),
        Preset(
            label="Beyond its boundaries",
            values={"d": 1.5, "psi": 1.0, "l0": 0.6},
            meaning="As one may read President Putin, 2023, for whom NATO tries to go "
            '"beyond the geographical boundaries of its activities".',
        ),
    ),
    limits=model.LIMITS,
)
