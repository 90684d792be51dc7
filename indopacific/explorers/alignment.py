"""The explorer of lesson 01: in which year China and Russia were closest, and who decides."""

from __future__ import annotations

from functools import cache

import pandas as pd

from indopacific.datasets import load
from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.composite import draw_index
from indopacific.models.alignment import (
    LIMITS,
    AlignmentParameters,
    AlignmentResult,
    composite_index,
    indicators,
    measures,
)


@cache
def _indicators() -> pd.DataFrame:
    tables = ("un_agreement", "un_ideal_points", "trade_shares", "arms_deliveries")
    return indicators(measures(*map(load, tables)))


def _evaluate(parameters: AlignmentParameters) -> AlignmentResult:
    return composite_index(_indicators(), parameters)


EXPLORER = Explorer(
    name="alignment",
    title="A composite index of China-Russia alignment, 2011 to 2019",
    question="Which findings survive a change of weights, normalisation or aggregation?",
    parameters=AlignmentParameters,
    lead="trade",
    evaluate=_evaluate,
    draw=draw_index,
    presets=(
        Preset(label="Equal weights", values={}, meaning="Every indicator counts the same."),
        Preset(
            label="Economist",
            values={"trade": 1.0, "votes": 0.2, "ideal_points": 0.2, "arms": 0.2},
            meaning="Trade counts five times as much as any other.",
        ),
        Preset(
            label="Arms watcher",
            values={"trade": 0.2, "votes": 0.2, "ideal_points": 0.2, "arms": 1.0},
            meaning="Arms deliveries count five times as much as any other.",
        ),
        Preset(
            label="Diplomat",
            values={"trade": 0.0, "votes": 1.0, "ideal_points": 1.0, "arms": 0.0},
            meaning="Only what the two do at the United Nations counts.",
        ),
        Preset(
            label="Ranks only",
            values={"normaliser": "rank"},
            meaning="How far apart two years are no longer counts, only their order.",
        ),
        Preset(
            label="No buying back",
            values={"aggregator": "geometric"},
            meaning="A low indicator pulls the whole index down.",
        ),
    ),
    limits=LIMITS,
)
