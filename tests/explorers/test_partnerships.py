"""The explorer of lesson 03: what it shows is the model's, and its presets say whose they are."""

import re
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from indopacific import explorers, load
from indopacific.explorers.partnerships import evaluate
from indopacific.models import partnerships as model

EXPLORER = explorers.find("partnerships")
NO_BALANCE = model.Parameters(d=5, psi=1)


@pytest.mark.parametrize("preset", EXPLORER.presets, ids=lambda each: each.label)
def test_what_a_preset_quotes_stands_in_the_table_of_views(preset):
    words = load("views").query("lesson == 3")["quote"].dropna()
    for quote in re.findall(r'"([^"]+)"', preset.meaning):
        assert any(quote in each for each in words), quote


def test_presets_hold_that_nobody_is_provoked_and_that_the_balance_tips():
    found = {each.label: EXPLORER.result(each.values) for each in EXPLORER.presets}
    assert {str(each.here.state) for each in found.values()} == {model.BALANCE, model.SPIRAL}
    assert sum(np.isinf(each.here.critical) for each in found.values()) == 2


def test_the_path_begins_at_the_balance_without_a_partnership():
    shown = evaluate(model.Parameters(d=2))
    assert (shown.x[0], shown.y[0]) == pytest.approx((0.4, 0.4))
    assert shown.start == pytest.approx((0.4, 0.4))
    armed = evaluate(model.Parameters(alpha=0.3, beta=0.3, k=0.9, l0=0.9))
    assert armed.start == (0.0, 0.0), "where there was none, from no arms at all"


def test_a_spiral_is_shown_to_its_last_moment():
    """No level is cut off: the scale over time reaches as far as the path does."""
    shown = evaluate(NO_BALANCE)
    assert len(shown.x) == len(shown.times)
    assert shown.x[-1] == pytest.approx(model.path(NO_BALANCE, [20.0], start=shown.start)[0][0])
    figure = _figure()
    words = EXPLORER.draw(shown, figure)
    right = figure.axes[1]
    assert right.get_yscale() == "log"
    assert right.get_ylim()[1] >= max(shown.x.max(), shown.y.max())
    drawn = max(line.get_ydata().max() for line in right.lines[:2])
    assert drawn == pytest.approx(max(shown.x.max(), shown.y.max()))
    assert "rise faster and faster" in words.title
    assert "neighbour" in words.reading


def test_a_path_that_leaves_the_plane_ends_in_an_arrow_at_its_edge():
    figure = _figure()
    EXPLORER.draw(evaluate(NO_BALANCE), figure)
    (arrow,) = [each for each in figure.axes[0].texts if each.get_visible()]
    assert max(arrow.xy) == pytest.approx(figure.axes[0].get_xlim()[1])
    EXPLORER.draw(evaluate(model.Parameters()), figure)
    assert [each for each in figure.axes[0].texts if each.get_visible()] == []


def test_a_setting_without_a_balance_is_said_in_words():
    for setting, said in (
        (NO_BALANCE, "meet at no arms that could exist"),
        (model.Parameters(d=3.75, psi=0.4), "Costs and answers cancel out exactly"),
    ):
        words = EXPLORER.draw(evaluate(setting), _figure())
        assert "there is no balance" in words.title
        assert said in words.reading
        assert ["Partners, in balance", "no balance"] in words.rows()


def test_nobody_provoked_is_said_and_leaves_the_neighbour_to_its_own_reasons():
    words = EXPLORER.draw(evaluate(model.Parameters(psi=0)), _figure())
    assert "no depth tips the balance, because nobody is provoked" in words.reading
    reassured = EXPLORER.draw(evaluate(model.Parameters(r=1)), _figure())
    assert "because the reassurance takes all of the provocation away" in reassured.reading
    assert ["Critical depth", "none"] in words.rows()
    shown = evaluate(replace(NO_BALANCE, psi=0.0))
    assert shown.here.y == shown.unprovoked.y


def _figure():
    return Figure(figsize=(7.4, 4.3))
