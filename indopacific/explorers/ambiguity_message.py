"""The third explorer of lesson 05: one message, read by two audiences, and perhaps mistaken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indopacific.explorers.ambiguity_said import CONDITION, Said, same
from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.ambiguity_panel import Message, draw_message
from indopacific.models import ambiguity as model

_WORLD = model.Parameters()
_SPREADS = np.linspace(0, 0.5, 51)


@dataclass(frozen=True, kw_only=True)
class Setting(Said):
    """What the controls say; the world is the model's default."""

    spread: float = same(model.Policy, "spread")
    attitude: float = same(model.Policy, "attitude")
    misattribution: float = same(model.Policy, "misattribution")

    @property
    def message(self) -> model.Policy:
        """What the model is given."""
        return model.Policy(
            unprovoked=self.level,
            provoked=self.provoked,
            spread=self.spread,
            attitude=self.attitude,
            misattribution=self.misattribution,
        )


def evaluate(setting: Setting) -> Message:
    """Return everything that one setting's picture shows."""
    levels = {"unprovoked": setting.level, "provoked": setting.provoked}
    heard = {"attitude": setting.attitude, "misattribution": setting.misattribution}
    return Message(
        world=_WORLD,
        policy=setting.message,
        spreads=_SPREADS,
        along=model.solve(_WORLD, **levels, spread=_SPREADS, **heard),
        here=model.solve(_WORLD, **levels, spread=setting.spread, **heard),
        plain=model.solve(_WORLD, **levels),
    )


EXPLORER = Explorer(
    name="ambiguity_message",
    title="One message, two readings",
    question="When do vague words restrain both sides, and when do they tempt both?",
    parameters=Setting,
    lead="spread",
    evaluate=evaluate,
    draw=draw_message,
    presets=(
        Preset(label="Plain words", values={}, meaning="One level, and one way to read it."),
        Preset(
            label="Vague, cautious readers",
            values={"spread": 0.2, "attitude": 1.0},
            meaning="Each side fears the reading that is worse for it.",
        ),
        Preset(
            label="Vague, wishful readers",
            values={"spread": 0.2, "attitude": -1.0},
            meaning="Each side hears what it would like to hear.",
        ),
        Preset(
            label="A condition, seen",
            values={"policy": CONDITION, "level": 1.0},
            meaning="All help without a declaration, none after one, and no mistake about it.",
        ),
        Preset(
            label="A condition, often mistaken",
            values={"policy": CONDITION, "level": 1.0, "misattribution": 0.4},
            meaning="The same words, from a guarantor that often cannot tell who began.",
        ),
        Preset(
            label="Many capitals",
            values={"level": 0.3, "spread": 0.25, "attitude": -0.5},
            meaning="Suppose a low level, a wide spread, and readers who hear what suits them.",
        ),
    ),
    limits=model.LIMITS,
)
