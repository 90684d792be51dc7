"""The explorer of trust: by hand, at its ends, and where what was seen cannot have happened."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from indopacific import explorers
from indopacific.explorers.partnerships_trust import Setting, evaluate

EXPLORER = explorers.find("partnerships_trust")


def words(**values):
    return EXPLORER.draw(evaluate(Setting(**values)), Figure(figsize=(7.4, 4.3)))


def test_a_setting_by_hand():
    shown = evaluate(Setting(trust=0.5, good=0.3, bad=0.6, gain=1.0, loss=2.0))
    assert (shown.after, shown.needed) == pytest.approx((1 / 3, 2 / 3))
    assert shown.afters[50] == pytest.approx(shown.after)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Before, it arms; what was seen changes what it does. The act raises trust."),
        ({"good": 0.9, "bad": 0.9}, "The act says nothing"),
        ({"trust": 0.9, "good": 0.1, "bad": 0.9}, "what was seen changes what it does. The act lo"),
        ({"trust": 0.9}, "Before, it holds back; what was seen changes nothing."),
    ],
)
def test_what_is_said_follows_from_threshold_and_act(values, said):
    assert said in words(**values).reading


def test_an_act_that_nobody_would_show_is_said_in_words():
    found = words(good=0.0, bad=0.0)
    assert "cannot have been seen" in found.title
    assert ["Trust after", "not defined"] in found.rows()
    shown = evaluate(Setting(trust=1.0, good=0.0, bad=0.5))
    assert np.isnan(shown.after), "a side that is sure to mean no harm would not show it"
    assert np.isfinite(shown.afters[:-1]).all()
