"""The second explorer of lesson 05: a decision tree, solved from its end one step at a time."""

from __future__ import annotations

from dataclasses import dataclass

from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.ambiguity_panel import Steps, draw_steps
from indopacific.models import ambiguity as model
from indopacific.models import ambiguity_game as games
from indopacific.models import parameters
from indopacific.models.parameters import real


@dataclass(frozen=True, kw_only=True)
class Setting(parameters.Parameters):
    """What the controls say."""

    step: float = real(
        0,
        low=0,
        high=5,
        step=1,
        label="Step",
        meaning="How many steps of backward induction are shown; at the last all is settled.",
    )
    level: float = real(
        0.5,
        low=0,
        high=1,
        step=0.05,
        label="Level of commitment",
        meaning="Probability that the guarantor fights after an attack that nobody provoked.",
    )
    after: float = real(
        1.0,
        low=0,
        high=1,
        step=0.05,
        label="Left after a declaration",
        meaning="Which share of the level is left after a declaration.",
    )
    beta: float = real(
        0.8,
        low=-0.6,
        high=1.4,
        step=0.1,
        label="Independence, to Taipei",
        meaning="What independence is worth to Taipei; here Beijing knows it, too.",
    )
    theta: float = real(
        0.0,
        low=-0.5,
        high=0.5,
        step=0.05,
        label="Beijing's cost shock",
        meaning="How far war is dearer to Beijing than on average; here Taipei knows it, too.",
    )


def evaluate(setting: Setting) -> Steps:
    """Solve the game of one setting."""
    known = games.Known(
        world=model.Parameters(),
        beta=setting.beta,
        theta=setting.theta,
        unprovoked=setting.level,
        provoked=setting.level * setting.after,
    )
    return Steps(known=known, tree=games.tree(known), step=round(setting.step))


EXPLORER = Explorer(
    name="ambiguity_tree",
    title="A game among players who know everything, solved from its end",
    question="At which levels is the attack after a declaration a threat that would be kept?",
    parameters=Setting,
    lead="step",
    evaluate=evaluate,
    draw=draw_steps,
    presets=(
        Preset(label="Nothing solved", values={}, meaning="Begin here, and move the step."),
        Preset(
            label="Solved at one half",
            values={"step": 5},
            meaning="Both sides are restrained: the attack after a declaration is credible.",
        ),
        Preset(
            label="Hardly any help",
            values={"step": 5, "level": 0.1},
            meaning="Beijing attacks in any case, so restraint buys Taipei nothing.",
        ),
        Preset(
            label="Help almost certain",
            values={"step": 5, "level": 0.95},
            meaning="The threat to attack after a declaration is empty.",
        ),
        Preset(
            label="A condition",
            values={"step": 5, "level": 0.95, "after": 0.1},
            meaning="Help is almost certain, and almost gone after a declaration.",
        ),
    ),
    limits=(
        "Here everybody knows everything, and the guarantor's choice is a chance. The lesson's "
        "other pictures have doubt about both sides.",
        *model.LIMITS,
    ),
)
