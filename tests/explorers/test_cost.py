"""The explorer of costs: it shows the models' numbers, and published ones are the table's."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from indopacific import explorers, load
from indopacific.explorers.cost import Setting, evaluate, published
from indopacific.figures import style
from indopacific.figures.cost import draw_substitution
from indopacific.models import ambiguity, cost

EXPLORER = explorers.find("cost")


def drawn(**values):
    figure = Figure(figsize=style.SIZE)
    return EXPLORER.draw(evaluate(Setting(**values)), figure), figure


def rows(words):
    return dict(words.rows())


def test_the_published_losses_are_the_table_s():
    table = load("cost_estimates").set_index("id")["high"]
    assert published() == {
        "blockade": table["taiwan-blockade-world"],
        "war": table["taiwan-war-world"],
    }


def test_chips_alone_leave_most_of_the_published_loss_to_be_explained():
    words, _ = drawn()
    assert words.title == (
        "Direct users of chips: 1.8% of world GDP; of the published 10.2%, "
        "8.4% must come from elsewhere"
    )
    assert "3.4% at most" in words.reading


def test_a_setting_that_explains_it_is_said_to_explain_it():
    words, figure = drawn(users=0.3, cut=0.4, substitution=0)
    assert "no less than was published" in words.title
    assert rows(words)["Left to be explained of the war"] == "nothing"
    assert figure.axes[0].get_ylim()[1] > 30, "and no curve leaves the picture"


def test_the_bounds_lie_on_both_sides_of_what_is_set():
    shown = evaluate(Setting(substitution=0.6))
    assert (shown.easily <= shown.here + 1e-12).all()
    assert (shown.here <= shown.nothing + 1e-12).all()
    assert shown.here[60] == pytest.approx(shown.lost)
    assert shown.nothing[60] == pytest.approx(shown.most)


@pytest.mark.parametrize("level", [0.0, 0.47, 1.0])
def test_the_expected_loss_is_lesson_05_s_risk_times_what_is_lost(level):
    shown = evaluate(Setting(level=level, unaided=4.0))
    attack = ambiguity.solve(ambiguity.Parameters(), unprovoked=level).attack
    by_hand = attack * (level * 10.2 + (1 - level) * 4.0)
    assert shown.expected[round(100 * level)] == pytest.approx(by_hand)
    assert shown.as_dear[round(100 * level)] == pytest.approx(attack * 10.2)
    words, _ = drawn(level=level, unaided=4.0)
    assert rows(words)["Expected loss at this level"] == f"{by_hand:.2f}%"


def test_which_level_costs_least_turns_on_the_loss_without_help():
    least = [
        shown.levels[shown.expected.argmin()]
        for shown in (evaluate(Setting(unaided=each)) for each in (10.2, 0.0))
    ]
    assert least[0] > least[1] == 0, "a war that costs the world nothing unaided is never helped"


def test_curves_of_an_input_that_fails_lie_in_their_picture():
    figure = Figure(figsize=style.SIZE)
    sigmas = np.linspace(0, 2, 21)
    losses = pd.DataFrame({"a cut of 60%": cost.input_cut(0.1, 0.6, sigmas)}, index=sigmas)
    words = draw_substitution(losses, figure)
    (axes,) = figure.axes
    drawn = axes.lines[0].get_ydata()
    assert drawn == pytest.approx(100 * losses["a cut of 60%"])
    assert axes.get_ylim()[0] == 0
    assert axes.get_ylim()[1] > drawn.max() == 60
    assert "from 60% to" in words.reading
