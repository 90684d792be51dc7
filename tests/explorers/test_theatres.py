"""The explorer of two theatres: it shows the model's numbers, and lesson 05 answers with them."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from indopacific import explorers, load
from indopacific.explorers.theatres import carried_call, evaluate
from indopacific.figures.theatres import percent
from indopacific.models import ambiguity
from indopacific.models import theatres as model

EXPLORER = explorers.find("theatres")
LESSON_05 = explorers.find("ambiguity")


def words(**values):
    return EXPLORER.draw(evaluate(model.Parameters(**values)), Figure(figsize=(7.4, 4.3)))


def called(call):
    """Return the setting that a call opens, without opening it."""
    return eval(call, {"explore": lambda name, **values: (name, values)})


@pytest.mark.parametrize("preset", EXPLORER.presets, ids=lambda each: each.label)
def test_what_a_preset_quotes_stands_in_the_table_of_statements(preset):
    said = load("statements")["quote"].dropna()
    for quote in re.findall(r'"([^"]+)"', preset.meaning):
        assert any(quote in each for each in said), quote


def test_presets_hold_that_both_or_one_or_no_theatre_gets_the_pool():
    found = {str(EXPLORER.result(each.values).here.where) for each in EXPLORER.presets}
    assert found == set(model.PLACES)


def test_a_preset_shows_that_a_burden_may_not_shift():
    preset = next(each for each in EXPLORER.presets if each.label == "More draws more")
    shown, more = (EXPLORER.result({**preset.values, "europe": each}) for each in (0.5, 0.55))
    assert shown.here.pass_through < 0
    assert more.here.share > shown.here.share


def test_the_curves_go_through_what_is_said_here():
    shown = evaluate(model.Parameters(europe=0.75, decisiveness=1.7))
    (place,) = np.flatnonzero(np.isclose(shown.europes, 0.75))
    assert shown.along.share[place] == pytest.approx(shown.here.share, abs=1e-6)
    assert shown.along.hold_pacific[place] == pytest.approx(shown.here.hold_pacific, abs=1e-6)
    assert shown.attacks[place] == pytest.approx(shown.there.attack, abs=1e-6)


@pytest.mark.parametrize("preset", EXPLORER.presets, ids=lambda each: each.label)
def test_the_call_opens_lesson_05_at_the_answer_that_is_said_here(preset):
    """The two explorers are linked: a reader who carries the odds over meets the same numbers."""
    shown = EXPLORER.result(preset.values)
    name, values = called(shown.call)
    there = explorers.find(name).result(values)
    assert float(there.world.w0) == pytest.approx(shown.odds.without_help, abs=1e-4)
    assert float(there.world.w1) == pytest.approx(shown.odds.with_help, abs=2e-4)
    assert there.here.attack == pytest.approx(shown.there.attack, abs=1e-3)
    assert there.here.either == pytest.approx(shown.there.either, abs=1e-3)
    assert there.judged.verdict == shown.there.verdict


def test_what_lesson_05_says_with_its_own_odds_is_its_default():
    shown = evaluate(model.Parameters())
    assert shown.usual.attack == pytest.approx(LESSON_05.result({}).here.attack)
    same = model.consequence(ambiguity.Parameters(), level=0.5)
    assert (same.either, same.best_level) == (shown.usual.either, shown.usual.best_level)


def test_odds_that_lesson_05_does_not_know_are_said_and_not_carried_over():
    strong = {"pacific": 2.0, "china": 0.4}
    found = words(**strong)
    assert "Lesson 05 does not know odds so low" in found.reading
    assert "To go on in lesson 05" not in [row[0] for row in found.rows()]
    shown = evaluate(model.Parameters(**strong))
    assert shown.there is None
    assert np.isnan(shown.attacks).all()
    with pytest.raises(ValueError, match="w0 must lie"):
        carried_call(shown.odds)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "For each unit that Europe's allies add, 0.53 leave Europe for the Pacific."),
        ({"europe": 2.0}, "All of the pool is in the Pacific"),
        ({"pacific": 2.0, "europe": 0.0}, "All of the pool is in Europe"),
    ],
)
def test_what_a_unit_more_frees_is_said_in_words(values, said):
    assert said in words(**values).reading


def test_what_a_sharp_contest_draws_is_not_called_freed():
    """Where forces in Europe are few, more of them can make it worth while to send more."""
    weak = {"europe": 0.7, "pacific": 1.4, "pool": 0.9, "russia": 1.6, "china": 1.4}
    worth = {"value_europe": 2.9, "value_pacific": 4.9}
    shown = evaluate(model.Parameters(**weak, **worth, decisiveness=2.8))
    more = evaluate(model.Parameters(**{**weak, "europe": 0.71}, **worth, decisiveness=2.8))
    assert more.here.share > shown.here.share
    said = EXPLORER.draw(shown, Figure(figsize=(7.4, 4.3))).reading
    assert re.search(r"draws US forces towards Europe, 1\.\d\d for each unit", said)


def test_percentages_are_not_rounded_to_certainty():
    assert [percent(value) for value in (0, 0.004, 0.5, 0.996, 1)] == [
        "0%", "less than 1%", "50%", "more than 99%", "100%",
    ]  # fmt: skip


def test_the_bars_are_the_forces():
    figure = Figure(figsize=(7.4, 4.3))
    shown = evaluate(model.Parameters(pool=1.5))
    EXPLORER.draw(shown, figure)
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    sent = 1.5 * shown.here.share
    assert widths == pytest.approx([0.5, 0.3, sent, 1.5 - sent, 0.8, 1.0])
    starts = [bar.get_x() for bar in figure.axes[0].patches]
    assert starts == pytest.approx([0, 0, 0.5, 0.3, 0, 0])
