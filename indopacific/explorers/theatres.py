"""The explorer of lesson 04: one pool of forces, two theatres, and what lesson 05 makes of it.

What it finds goes on to lesson 05: the words say what Beijing's odds become and what that does to
lesson 05's answer, and the table ends in the call that opens that lesson's explorer with them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from indopacific.explorers.ambiguity import EXPLORER as LESSON_05
from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.theatres import Theatres, draw_theatres
from indopacific.models import ambiguity
from indopacific.models import theatres as model
from indopacific.models.parameters import Real

_EUROPES: Any = np.linspace(0, 2, 41)


@cache
def _usual() -> model.Consequence:
    return model.consequence(ambiguity.Parameters())


def evaluate(setting: model.Parameters) -> Theatres:
    """Return everything that one setting's picture shows."""
    europes = replace(setting, europe=_EUROPES)
    here, along = model.allocate(setting), model.allocate(europes)
    odds, there, attacks = model.odds(setting, here), None, np.full(_EUROPES.shape, np.nan)
    if known := _known(odds):
        there = model.consequence(model.carried(setting, found=here))
        worlds = model.carried(europes, found=along)
        attacks = np.asarray(ambiguity.solve(worlds, unprovoked=0.5).attack)
    return Theatres(
        setting=setting,
        here=here,
        europes=_EUROPES,
        along=along,
        attacks=attacks,
        odds=odds,
        there=there,
        usual=_usual(),
        call=carried_call(odds) if known else "",
    )


def carried_call(odds: model.Odds) -> str:
    """Return the code that opens the explorer of lesson 05 with Beijing's odds as they are here.

    Parameters
    ----------
    odds : Odds
        Of one setting, as ``theatres.odds`` gives them.

    Raises
    ------
    ValueError
        For odds that lesson 05 does not know.
    """
    without, with_help = float(odds.without_help), float(odds.with_help)
    # The explorer asks which share of the odds the guarantor's fighting takes.
    values = {"w0": round(without, 4), "help": round(1 - with_help / without, 4)}
    return LESSON_05.call(LESSON_05.setting(values))


def _known(odds: model.Odds) -> bool:
    w0 = LESSON_05.declaration("w0")
    assert isinstance(w0, Real)
    return w0.low <= float(odds.without_help) <= w0.high


EXPLORER = Explorer(
    name="theatres",
    title="One pool, two theatres: what holds, and what a shifted burden frees",
    question="How much must Europe's allies bring before a war in the Pacific leaves Europe safe?",
    parameters=model.Parameters,
    lead="europe",
    evaluate=evaluate,
    draw=draw_theatres,
    presets=(
        Preset(
            label="The worked example",
            values={},
            meaning="The default: give Europe more allies and watch where the US pool goes.",
        ),
        Preset(
            label="Europe first",
            values={"russia": 1.5, "value_europe": 2.0},
            meaning="Russia is strong, and Europe is worth twice as much. Those who say, as Jens "
            "Stoltenberg did in 2023, that one war is watched from the other have an argument that "
            "is not in this model.",
        ),
        Preset(
            label="No attack meant in Europe",
            values={"russia": 0.2},
            meaning="As one may read Dmitry Peskov, 2025, to whom talk of a coming war with Russia "
            "is irresponsible: hardly any forces there are meant for an attack.",
        ),
        Preset(
            label="Kept busy in Europe",
            values={"russia": 1.6, "china": 1.6},
            meaning="As one may read Mark Rutte, 2025, who expects Beijing to press Russia "
            '"to keep us busy here in Europe". Both adversaries are strong at once.',
        ),
        Preset(
            label="The Pacific first",
            values={"value_pacific": 4.0},
            meaning="The United States leaves Europe for the Indo-Pacific, as in the scenario of "
            "the IISS, 2025. Europe's allies have not grown yet.",
        ),
        Preset(
            label="Europe's own burden",
            values={"europe": 1.5, "value_pacific": 4.0},
            meaning="The same, with Europe's allies three times as strong: its conventional "
            "defence is first of all its own, as the US strategy of 2026 is reported to say.",
        ),
        Preset(
            label="Allies in the Pacific do more",
            values={"pacific": 1.0},
            meaning="The same burden, shifted at the other end.",
        ),
        Preset(
            label="A third theatre",
            values={"pool": 0.5},
            meaning="Half of the pool is tied up elsewhere. In May 2026 the acting Navy Secretary "
            "spoke of a pause in sales to Taiwan for munitions in the war with Iran.",
        ),
        Preset(
            label="More draws more",
            values={"decisiveness": 2.5, "russia": 1.2},
            meaning="A sharp contest and a strong Russia: here more allies in Europe draw US "
            "forces there, the contrary of a burden that is shifted.",
        ),
        Preset(
            label="Too few for both",
            values={
                "decisiveness": 3.0,
                "europe": 0.2,
                "pacific": 0.2,
                "china": 1.3,
                "russia": 1.2,
            },
            meaning="A sharp contest with few allies: half for each would lose both, so that the "
            "best is to give one theatre up.",
        ),
    ),
    limits=model.LIMITS,
)
