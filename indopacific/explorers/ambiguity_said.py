"""What both explorers of the ambiguity model let a guarantor say: a level, or a condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indopacific.models import parameters
from indopacific.models.parameters import Real, choice, declared, real

ONE, CONDITION = "one level", "a condition"


def same(kind: type[parameters.Parameters], name: str) -> Any:
    """Declare a control as the model declares its parameter."""
    own = next(each for each in declared(kind) if each.name == name)
    assert isinstance(own, Real)
    return real(
        own.default, low=own.low, high=own.high, step=own.step, label=own.label,
        meaning=own.meaning, source=own.source,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Said(parameters.Parameters):
    """What the guarantor says.

    The model refuses a help after a declaration that is likelier than the help before one. No
    control can ask for it: help after a declaration is a *share* of the level.
    """

    level: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Level of commitment",
        meaning="Probability that the guarantor fights after an attack that nobody provoked.",
    )
    policy: str = choice(
        ONE,
        options=(ONE, CONDITION),
        label="Policy",
        meaning="One level whatever Taipei does, or a condition: less help after a declaration.",
    )
    after: float = real(
        0.0,
        low=0,
        high=1,
        step=0.01,
        label="Left after a declaration",
        meaning="With a condition: which share of the level is left after a declaration.",
    )

    @property
    def kept(self) -> float:
        """The share of the level that is left after a declaration."""
        return self.after if self.policy == CONDITION else 1.0

    @property
    def provoked(self) -> float:
        """The level after a declaration."""
        return self.level * self.kept
