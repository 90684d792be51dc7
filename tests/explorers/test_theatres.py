"""The two explorers of lesson 04: what they show is the models', and what they say is so."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from indopacific import explorers, load
from indopacific.explorers import cost as cost_explorer
from indopacific.explorers import theatres as theatres_explorer
from indopacific.figures import style
from indopacific.figures.theatres import percent
from indopacific.models import ambiguity, cost, theatres

THEATRES, COST = explorers.find("theatres"), explorers.find("cost")


def drawn(explorer, setting):
    figure = Figure(figsize=style.SIZE)
    module = theatres_explorer if explorer is THEATRES else cost_explorer
    return explorer.draw(module.evaluate(setting), figure), figure


def rows(words):
    return dict(words.rows())


# ---------------------------------------------------------------- two theatres


def test_the_curves_peak_where_the_best_share_lies():
    shown = theatres_explorer.evaluate(theatres.Parameters(value_europe=1.6))
    assert shown.shares[shown.worth.argmax()] == pytest.approx(shown.found.share, abs=0.01)
    assert np.interp(shown.found.share, shown.shares, shown.europe) == pytest.approx(
        shown.found.hold_europe, abs=1e-3
    )


def test_the_right_side_is_the_same_question_asked_for_every_europe():
    setting = theatres.Parameters(pacific=0.4)
    shown = theatres_explorer.evaluate(setting)
    for allies, goes, helped in list(zip(shown.allies, shown.goes, shown.helped, strict=True))[::8]:
        one = replace(setting, europe=float(allies))
        assert goes == pytest.approx(theatres.best_share(one))
        assert helped == pytest.approx(theatres.odds(one).with_help)


def test_lesson_05_gets_the_odds_and_says_what_it_makes_of_them():
    words, _ = drawn(THEATRES, theatres.Parameters())
    world = theatres.carried(theatres.Parameters())
    risk = ambiguity.solve(world, unprovoked=0.5, provoked=0.5).attack
    own = ambiguity.solve(ambiguity.Parameters(), unprovoked=0.5, provoked=0.5).attack
    assert f"in lesson 05 is {percent(risk)} in place of {percent(own)}" in words.reading
    assert rows(words)["Attack succeeds, with help (w1)"] == f"{world.w1:.2f}"


def test_odds_that_lesson_05_does_not_know_are_said_and_not_invented():
    words, _ = drawn(THEATRES, theatres.Parameters(pacific=2, china=0.2))
    assert "Lesson 05 knows no such odds" in words.reading
    assert rows(words)["Risk of an attack in lesson 05"] == "not defined"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"europe": 2.0}, "The whole US pool goes to the Pacific"),
        ({"value_europe": 5.0, "europe": 0.0}, "The whole US pool goes to Europe"),
        ({}, "40% of the US pool goes to Europe"),
    ],
)
def test_the_title_says_where_the_pool_goes(values, said):
    words, _ = drawn(THEATRES, theatres.Parameters(**values))
    assert words.title.startswith(said)


def test_at_a_corner_nothing_is_freed_and_inside_the_share_of_a_unit_is_said():
    inside, _ = drawn(THEATRES, theatres.Parameters())
    assert "0.53 of a US unit leaves for the Pacific" in inside.reading
    corner, _ = drawn(THEATRES, theatres.Parameters(europe=2.0))
    assert "moves no US unit" in corner.reading


def test_a_sharp_contest_can_draw_more_to_europe_when_europe_adds():
    """What is freed may be negative: then it is said the other way round, without a minus."""
    setting = theatres.Parameters(
        europe=0.1, pacific=0.3, pool=1.2, russia=1.7, china=0.3, value_europe=3.5,
        value_pacific=3.9, decisiveness=2.5,
    )  # fmt: skip
    assert theatres.allocate(setting).pass_through < 0
    words, _ = drawn(THEATRES, setting)
    assert "of a US unit follows it to Europe" in words.reading
    assert "add, -" not in words.reading


def test_percentages_are_not_rounded_to_certainty():
    assert [percent(value) for value in (0, 0.004, 0.5, 0.996, 1)] == [
        "0%", "less than 1%", "50%", "more than 99%", "100%",
    ]  # fmt: skip


# ---------------------------------------------------------------- chips alone


def test_the_published_losses_are_the_table_s():
    table = load("cost_estimates").set_index("id")["high"]
    assert cost_explorer.published() == {
        "blockade": table["taiwan-blockade-world"],
        "war": table["taiwan-war-world"],
    }


def test_chips_alone_leave_most_of_the_published_loss_to_be_explained():
    words, _ = drawn(COST, cost.Parameters())
    assert words.title == (
        "Chips alone: 1.8 percent of world GDP; of the published 10.2, 8.4 must come from elsewhere"
    )
    assert "3.4 at most" in words.reading


def test_a_setting_that_explains_it_is_said_to_explain_it():
    words, figure = drawn(COST, cost.Parameters(users=0.3, cut=0.4, substitution=0))
    assert "no less than was published" in words.title
    assert rows(words)["Left to be explained of the war"] == "nothing"
    assert figure.axes[0].get_ylim()[1] > 30, "and no curve leaves the picture"


def test_the_bounds_lie_on_both_sides_of_what_is_set():
    shown = cost_explorer.evaluate(cost.Parameters(substitution=0.6))
    assert (shown.easily <= shown.here + 1e-12).all()
    assert (shown.here <= shown.nothing + 1e-12).all()
