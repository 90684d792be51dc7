"""What lesson 01 says about its explorer and its figures beyond single numbers."""

import numpy as np
import pytest

from indopacific.datasets import load
from indopacific.explorers.alignment import EXPLORER
from indopacific.models.alignment import (
    AlignmentParameters,
    composite_index,
    distances,
    indicators,
    measures,
)

TABLES = ("un_agreement", "un_ideal_points", "trade_shares", "arms_deliveries")


def test_one_slider_alone_puts_2019_first_as_task_2_says():
    def winners(name):
        results = (EXPLORER.result({name: value}) for value in np.linspace(0, 1, 101).round(2))
        return {result.labels[int(result.rank.argmin())] for result in results}

    weights = ("trade", "votes", "ideal_points", "arms")
    assert [name for name in weights if "2019" in winners(name)] == ["arms"]


@pytest.mark.parametrize("normaliser", ["min-max", "z-score", "rank"])
@pytest.mark.parametrize("aggregator", ["linear", "geometric"])
def test_no_weighting_puts_2014_above_2017_as_task_3_says(normaliser, aggregator):
    inputs = EXPLORER.result({})
    values = indicators(measures(*map(load, TABLES)))
    steps = np.linspace(0, 1, 6)
    trade, votes, ideal_points, arms = np.meshgrid(steps, steps, steps, steps)
    found = composite_index(
        values,
        AlignmentParameters(
            trade=trade,
            votes=votes,
            ideal_points=ideal_points,
            arms=arms,
            normaliser=normaliser,
            aggregator=aggregator,
        ),
    )
    y2014, y2017 = inputs.labels.index("2014"), inputs.labels.index("2017")
    assert (found.index[..., y2014] < found.index[..., y2017]).all()


def test_the_ideal_points_came_closer_but_not_in_a_straight_line():
    distance = distances(load("un_ideal_points"), "China", "Russia")
    assert distance[2024] < distance[2014] < distance[2000]
    assert distance.loc[2000:].diff().gt(0).sum() > 5
    points = load("un_ideal_points").query("edition == 2025").set_index(["state", "year"])
    fall = {state: points["ideal_point"][state].diff()[2022] for state in ("Russia", "China")}
    assert all(each < 0 for each in fall.values())
