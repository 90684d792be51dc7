"""The second explorer of lesson 03: what reassurance has to show before a side holds back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.partnerships_trust import Trust, draw_trust
from indopacific.models import parameters
from indopacific.models.parameters import real
from indopacific.models.partnerships import Assurance, trust_after

LIMITS = (
    "The units are illustrative. Nothing is estimated from data, and no value is a forecast.",
    "There are two kinds of side and one act. In the world there are more, and acts are read in "
    "the light of what one feared already.",
    "The spiral knows nothing of trust: the two models stand beside each other and do not mix.",
)

_GRID = np.linspace(0, 1, 101)


@dataclass(frozen=True, kw_only=True)
class Setting(parameters.Parameters):
    """Trust, an act that is seen, and what is at stake."""

    trust: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Trust before",
        meaning="Probability that the other side means no harm, before the act is seen.",
    )
    good: float = real(
        0.9,
        low=0,
        high=1,
        step=0.01,
        label="Act, if it means no harm",
        meaning="How probable the reassuring act is from a side that means no harm.",
    )
    bad: float = real(
        0.3,
        low=0,
        high=1,
        step=0.01,
        label="Act, if it is hostile",
        meaning="How probable the same act is from a hostile side; low where the act is costly.",
    )
    gain: float = real(
        1.0,
        low=0.1,
        high=5,
        step=0.1,
        label="Gain of holding back (R - T)",
        meaning="What is won by holding back rather than arming, if the other side holds back.",
    )
    loss: float = real(
        2.0,
        low=0.1,
        high=5,
        step=0.1,
        label="Loss if betrayed (P - S)",
        meaning="What is lost by holding back rather than arming, if the other side arms.",
    )


def evaluate(setting: Setting) -> Trust:
    """Return everything that one setting's picture shows."""
    # Only the two differences count, so that T and S may be 0.
    needed = Assurance(R=setting.gain, T=0.0, P=setting.loss, S=0.0).threshold
    seen = np.asarray(_GRID * setting.good + (1 - _GRID) * setting.bad) > 0
    afters = np.full(_GRID.shape, np.nan)
    afters[seen] = trust_after(_GRID[seen], if_trustworthy=setting.good, if_hostile=setting.bad)
    here = setting.trust * setting.good + (1 - setting.trust) * setting.bad
    after = (
        float(trust_after(setting.trust, if_trustworthy=setting.good, if_hostile=setting.bad))
        if here > 0
        else float("nan")
    )
    return Trust(
        before=setting.trust,
        after=after,
        needed=float(needed),
        grid=_GRID,
        afters=afters,
    )


EXPLORER = Explorer(
    name="partnerships_trust",
    title="How much trust it takes to hold back, and what reassurance must show",
    question="Which act turns a side that arms into one that holds back: a likely or a costly one?",
    parameters=Setting,
    lead="trust",
    evaluate=evaluate,
    draw=draw_trust,
    presets=(
        Preset(
            label="A costly act",
            values={},
            meaning="The default: a hostile side would seldom show the act.",
        ),
        Preset(
            label="Words alone",
            values={"good": 0.9, "bad": 0.9},
            meaning="Both kinds of side would say it, so hearing it says nothing.",
        ),
        Preset(
            label="An act that alarms",
            values={"good": 0.3, "bad": 0.6},
            meaning="A hostile side shows it more often: trust falls.",
        ),
        Preset(
            label="Little to lose",
            values={"loss": 0.5},
            meaning="Where betrayal costs little, little trust is enough.",
        ),
        Preset(
            label="Suspicion",
            values={"trust": 0.1},
            meaning="The same act, seen by a side that begins with little trust.",
        ),
    ),
    limits=LIMITS,
)
