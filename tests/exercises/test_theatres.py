"""What exercise 04 says in fixed words and keys follows from the tables and the models."""

from functools import partial

import pytest

from indopacific import load
from indopacific.asked import theatres as asked
from indopacific.exercises.questions import items
from indopacific.models import cost
from indopacific.models import theatres as model
from tests.grading.harness import REPOSITORY, bound, source_cells

EXERCISE = "04-theatres"
answer = partial(bound, EXERCISE)
ITEMS = {item.id: item for item in items(source_cells(EXERCISE))}
NOTES = (REPOSITORY / "solutions" / EXERCISE / "instructor-notes.md").read_text(encoding="utf-8")
ESTIMATES = load("cost_estimates").set_index("id")
BURDEN = load("europe_burden").set_index("id")


def test_ten_items_make_twenty_points_one_of_them_marked_by_a_person():
    assert len(ITEMS) == 10
    assert sum(item.points for item in ITEMS.values()) == 20
    assert [item.points for item in ITEMS.values() if item.by_hand] == [3]


def pairs():
    """Return the pairs of item 1 as its task names them."""
    lines = ITEMS["theatres-1-charts"].task.splitlines()
    return {
        line[4]: line.split("`")[1::2] for line in lines if line.startswith("- **") and "`" in line
    }


def test_the_pairs_of_item_1_are_those_that_the_course_itself_lets_stand_together():
    def together(ids):
        try:
            cost.one_chart(ESTIMATES.loc[ids].reset_index())
        except ValueError:
            return False
        return True

    assert len(pairs()) == 9
    right = [letter for letter, ids in pairs().items() if together(ids)]
    assert answer("theatres-1-charts")["charts"] == right == ["a", "d", "h"]


def test_the_numbers_that_the_tasks_print_are_the_tables():
    task = ITEMS["theatres-3-users"].task
    assert f"{ESTIMATES.at['taiwan-war-world', 'high']:g} percent" in task
    assert f"Compare it with the {100 * cost.Parameters().users:g} " in task
    assert f"costs {ESTIMATES.at['taiwan-war-world', 'high']:g} percent" in (
        ITEMS["theatres-8-flip"].task
    )


def test_the_losses_of_item_2_stand_in_the_notes():
    lost = [f"{cost.input_cut(0.1, 0.6, sigma):.3f}" for sigma in (0.2, 1, 5)]
    assert f"the loss is 0.6, {lost[0]}, {lost[1]} and {lost[2]} at" in NOTES


def test_item_5_has_no_corner_and_its_roots_come_out_even():
    world = {"russia": 0.9, "china": 0.8, "value_europe": 2.0, "pool": 1.5}
    for europe in (0.5, 0.8):
        found = model.allocate(model.Parameters(**world, europe=europe))
        assert found.where == model.BOTH
    assert model.Parameters(**world).rho == pytest.approx(1.5)
    freed = answer("theatres-5-freed", sqrt=lambda value: value**0.5)["freed"]
    assert freed == pytest.approx(0.12)


def test_the_edges_of_item_6_lie_where_the_notes_say():
    def found(russia, m):
        return model.allocate(model.Parameters(russia=russia, decisiveness=m))

    assert found(1.5, 1.7).pass_through > 0 > found(1.5, 1.8).pass_through
    assert "1.8 on the slider; the edge lies between 1.7 and 1.8" in NOTES
    assert found(1.5, 2.0).where == model.BOTH
    assert found(1.5, 2.1).where == model.PACIFIC
    assert found(1.2, 2.3).pass_through > 0 > found(1.2, 2.4).pass_through
    assert "at 1.2 the edge lies at 2.4" in NOTES


def test_the_notes_know_from_where_on_no_us_unit_stays():
    assert model.allocate(model.Parameters(europe=1.25)).share > 0
    assert model.allocate(model.Parameters(europe=1.26)).share == 0
    assert "from about 1.26 units" in NOTES


def test_four_beat_three_whole_and_not_in_two_parts():
    left = answer("theatres-7-left", sqrt=lambda value: value**0.5)["left"]
    assert (left(4, 3, 1), left(4, 3, 2)) == (0, 1)


class TestTheSentencesOfItem9:
    """Each is borne out, or not, by the tables, as the key has it."""

    def test_three_are_marked_as_right(self):
        assert answer("theatres-9-sentences")["stand"] == ["c", "f", "k"]
        assert len(asked.SENTENCES.kind.options) == 11

    def test_a_it_is_a_scenario(self):
        assert "not a forecast" in ESTIMATES.at["taiwan-war-dollars", "note"]

    def test_b_the_two_answer_different_questions(self):
        assert BURDEN.at["iiss-total", "question"] != BURDEN.at["bruegel-spending", "question"]

    def test_c_the_floor_may_be_passed_for_some_weeks(self):
        assert BURDEN.at["us-floor", "high"] == 76_000
        assert "more than 45 days" in BURDEN.at["us-floor", "note"]

    def test_d_japan_has_a_value_that_was_not_read(self):
        assert ESTIMATES.loc["taiwan-war-japan", ["low", "high"]].isna().all()

    def test_e_revenue_is_a_part_of_what_is_at_risk(self):
        assert "Part of the activity at risk" in ESTIMATES.at["blockade-revenue", "note"]

    def test_f_korea_is_below_the_blockade(self):
        losses = ESTIMATES["high"]
        assert losses["korea-war-world"] < losses["taiwan-blockade-world"]

    def test_g_the_casualties_are_those_of_the_worst_game(self):
        assert ESTIMATES.at["lights-out-usa", "high"] == 21_000
        assert "the worst of the games" in ESTIMATES.at["lights-out-usa", "case"]

    def test_h_the_forty_percent_were_set(self):
        assert ESTIMATES.at["taiwan-war-taiwan", "high"] == 40
        assert ESTIMATES.at["taiwan-war-taiwan", "note"].startswith("Not modelled")

    def test_i_the_treaty_says_consult(self):
        duty = load("duties").set_index("id").loc["china-russia-2001-9"]
        said = [str(each) for each in duty]
        assert "consultation" in said
        assert any("Nothing about military assistance" in each for each in said)

    def test_j_soldiers_are_not_one_force(self):
        assert BURDEN.at["bruegel-personnel", "high"] == 1_470_000
        assert "not one" in BURDEN.at["bruegel-personnel", "note"]

    def test_k_supply_chains_and_finance_are_left_out(self):
        assert ESTIMATES.at["capital-korea", "excludes"] == "supply chains; finance"


def test_the_model_answers_say_what_the_model_and_the_tables_say():
    far = model.allocate(model.Parameters(value_pacific=4.0))
    assert far.share == 0
    assert f"holds with {far.hold_europe:.0%}".removesuffix("%") + " percent" in NOTES
    here = model.allocate(model.Parameters())
    assert f"{here.share:.0%}".removesuffix("%") + " percent of the pool stay" in NOTES
    alone = model.allocate(model.Parameters(europe=1.3))
    assert alone.share == 0
    assert alone.hold_europe > 0.6
