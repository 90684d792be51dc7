"""What exercise 03 says in fixed words and keys follows from the tables and the models."""

import re
from functools import partial

import pandas as pd
import pytest

from indopacific import load
from indopacific.asked import partnerships as asked
from indopacific.exercises.questions import items
from indopacific.models import partnerships as model
from indopacific.models import reach
from indopacific.models.parameters import declared
from tests.grading.harness import REPOSITORY, bound, source_cells

EXERCISE = "03-partnerships"
answer = partial(bound, EXERCISE)
ITEMS = {item.id: item for item in items(source_cells(EXERCISE))}
NOTES = (REPOSITORY / "solutions" / EXERCISE / "instructor-notes.md").read_text(encoding="utf-8")


def test_ten_items_make_twenty_points_one_of_them_marked_by_a_person():
    assert len(ITEMS) == 10
    assert sum(item.points for item in ITEMS.values()) == 20
    assert [item.points for item in ITEMS.values() if item.by_hand] == [3]


class TestTheRuleOfItem1:
    article5 = staticmethod(answer("partnerships-1-reach", TROPIC=reach.TROPIC)["article5"])

    def of(self, name, kind="territory", owner=None):
        place = reach.find(name, load("places"))
        ground = "party" if place.party else "other"
        facts = (place.region, ground, place.island, place.latitude)
        return self.article5(kind, owner or ground, *facts)

    def test_its_tropic_is_that_of_the_course(self):
        given = source_cells(EXERCISE)[1].source
        assert f"TROPIC = {reach.TROPIC}" in given

    @pytest.mark.parametrize(
        ("place", "right"),
        [
            ("Midway Atoll", "no"),
            ("Hawaii", "no"),
            ("Guam", "no"),
            ("Puerto Rico", "no"),
            ("Falkland Islands", "no"),
            ("Anatolia", "yes"),
            ("Bermuda", "yes"),
            ("Gibraltar", "yes"),
            ("Japan", "no"),
        ],
    )
    def test_the_places_that_people_ask_about(self, place, right):
        assert self.of(place) == right

    def test_forces_ships_and_aircraft_are_asked_for_by_ground_sea_and_flag(self):
        assert self.of("Okinawa", "forces", "party") == "no"
        assert self.of("Guam", "aircraft", "party") == "no"
        assert self.of("Kyiv", "forces", "party") == "no"
        assert self.of("Berlin", "forces", "party") == "yes"
        assert self.of("Berlin", "forces", "other") == "no"
        sea = ("sea", False)
        assert self.article5("vessel", "party", "Mediterranean Sea", *sea, 35.0) == "yes"
        assert self.article5("vessel", "party", "North Atlantic area", *sea, 20.0) == "no"
        assert self.article5("aircraft", "party", "Pacific Ocean", *sea, 28.2) == "no"

    def test_only_what_the_course_itself_calls_contested_is_left_out(self):
        places = load("places")
        disputed = places.loc[places["verdict"] == "contested", "place"].tolist()
        assert disputed == ["Ceuta", "Melilla"]
        task = ITEMS["partnerships-1-reach"].task
        assert all(place in task for place in disputed)

    def test_it_is_the_verdict_of_the_table_everywhere_else(self):
        places = load("places").query("verdict != 'contested'")
        assert [self.of(name) for name in places["place"]] == places["verdict"].tolist()

    def test_the_visible_calls_keep_the_famous_places_back(self):
        shown = [call.arguments for call in asked.REACH.kind.wanted]
        regions = {arguments[2] for arguments in shown}
        assert not regions & {"Pacific Ocean", "Turkey", "Mediterranean Sea"}


def test_the_counts_of_items_2_to_4_stand_in_the_notes():
    came = load("attendance")
    names = {"pd": pd, "came": came}
    levels = answer("partnerships-2-levels", **names)["levels"].set_index("partner")
    assert levels["known"].tolist() == [4] * 4
    assert f"Leaders {', '.join(map(str, levels['leaders']))} " in NOTES
    assert f"lowest {', '.join(map(str, levels['lowest']))}." in NOTES
    # What is not known is not asked: whoever adds rows for Ankara must look at the item again.
    assert came.loc[came["summit"] == "Ankara 2026", "level"].isna().all()
    steps = load("partner_steps")
    programmes = steps[steps["step"] == "ITPP"].set_index("partner")["date"]
    days = list(asked.CERTAIN.kind.keys)
    certain = answer("partnerships-3-certain", programmes=programmes, days=days, **names)["certain"]
    assert f"\n{', '.join(map(str, certain.values()))}. Comparing" in NOTES
    first = [int((programmes <= day).sum()) for day in days]
    assert f"gives {', '.join(map(str, first))}, because" in NOTES
    both = answer("partnerships-4-both", areas=load("cooperation"))["both"]
    assert ", ".join(f"{partner} {points}" for partner, points in both.items()) in NOTES


def test_new_zealand_draws_level_with_south_korea_at_the_weight_that_the_notes_say():
    areas = load("cooperation").groupby("partner")[["named", "activity"]].sum()
    points = areas["named"] + 3 * areas["activity"]
    assert points["New Zealand"] == points["South Korea"]
    assert "with a weight of 3 for an act New Zealand draws level with South Korea" in NOTES


def test_the_order_of_item_5_is_that_of_the_tables():
    steps = load("partner_steps").set_index("id")["date"]
    events = load("events").set_index("id")["start"]
    years = {
        "a": events["partners-madrid-2022"],
        "b": events["partners-foreign-2020"],
        "c": steps["nz-itpp-2024"],
        "d": str(load("articles").set_index("id").at["nat-6-turkey", "year"]),
        "e": load("office")["date"].dropna().min(),
        "f": steps["jp-refuelling-2001"],
        "g": steps["au-declaration-2012"],
    }
    years = {letter: int(date[:4]) for letter, date in years.items()}
    assert len(set(years.values())) == 7
    assert answer("partnerships-5-order")["order"] == sorted(years, key=years.get)


class TestTheSentencesOfItem6:
    """Each is borne out, or not, by the tables, as the key has it."""

    office = load("office")
    words = load("articles").set_index("id")["quote"]

    def test_three_are_marked_as_right(self):
        assert answer("partnerships-6-sentences")["stand"] == ["b", "e", "h"]

    def test_a_the_last_word_is_that_it_is_not_under_discussion(self):
        last = self.office.dropna(subset="date").sort_values("date").iloc[-1]
        assert last["position"].startswith("Not under discussion")
        assert not self.office["position"].str.contains("opened").any()

    def test_b_beijing_came_before_paris(self):
        against = self.office[self.office["stance"] == "against"]
        first = against.groupby("capital")["date"].min()
        assert first["Beijing"] < first["Paris"]

    def test_c_no_piece_of_the_treaty_speaks_of_offices(self):
        treaty = self.words[self.words.index.str.startswith("nat-")]
        assert not treaty.str.contains("office", case=False).any()

    def test_d_of_seoul_nothing_was_found(self):
        assert self.office.set_index("id").at["office-seoul", "status"] == "unverified"

    def test_e_moscow_in_march_and_nato_in_june(self):
        rows = self.office.set_index("id")["position"]
        assert "planned" in rows["office-moscow-2025-03-12"]
        assert rows["office-nato-2025-06-24"].startswith("Not under discussion")

    def test_f_others_came_to_rimpac_too(self):
        who = load("exercise_participants").query("exercise == 'RIMPAC 2024'")
        assert {"NATO member", "USA", "partner", "other"} == set(who["group"])

    def test_g_the_zero_stands_and_says_that_nothing_was_read(self):
        cell = load("cooperation").query("partner == 'South Korea' and area == 'maritime'")
        assert cell["activity"].item() == 0
        assert "read" in cell["evidence"].item()

    def test_h_article_4_names_no_place_and_article_5_does(self):
        assert "Europe" not in self.words["nat-4"]
        assert "in Europe or North America" in self.words["nat-5-attack"]

    def test_i_each_member_does_what_it_deems_necessary(self):
        assert self.words["nat-5-action"].startswith("such action as it deems necessary")

    def test_j_japan_is_no_party(self):
        assert reach.judge(reach.find("Japan", load("places"))).article5 == "no"

    def test_k_a_partner_has_no_say_in_what_the_council_decides(self):
        benefits = load("benefits").set_index("benefit")
        assert benefits.at["a say in the Council", "partner"] == "no"


def test_the_depths_of_items_7_and_9_are_the_model_s():
    paper = model.Parameters(alpha=1.2, beta=0.8, k=0.6, l0=0.4, psi=0.5, r=0.2)
    assert answer("partnerships-7-by-hand")["by_hand"] == pytest.approx(model.critical_depth(paper))
    edge = model.critical_depth(model.Parameters(k=0.6, psi=0.4))
    fields = {each.name: each for each in declared(model.Parameters)}
    assert edge < 2.95 <= edge + fields["d"].step
    assert f"A step of the slider is {fields['d'].step};" in ITEMS["partnerships-9-depth"].task
    assert f"the edge lies at {edge:.2f}" in NOTES
    assert model.critical_depth(model.Parameters()) == pytest.approx(5)
    assert model.critical_depth(model.Parameters(r=0.5)) == pytest.approx(10)
    assert set(asked.DEPTH.kind.parameters) == set(fields)


def test_the_visible_calls_of_item_8_lie_at_the_edge_exactly_or_well_away():
    """A rounding error fails no honest way of computing it."""
    for call in asked.BECOMES.kind.wanted:
        names = asked.BECOMES.kind.parameters
        setting = dict(zip(names, call.arguments, strict=True))
        answers = setting["k"] * (
            setting["l0"] + setting["psi"] * setting["d"] * (1 - setting["r"])
        )
        slack = setting["alpha"] * setting["beta"] - answers
        assert slack == 0 or abs(slack) > 1e-3
        assert call.gives == ("settles" if slack > 0 else "no balance")


def model_answers():
    return re.findall(r"^## (?:Model|A second model) answer.*?\n\n(.*?)\n", NOTES, re.M)


def test_both_model_answers_have_the_length_that_is_asked_for():
    task = ITEMS["partnerships-10-argument"].task
    low, high = map(int, re.search(r"\*\*(\d+) to (\d+) words\*\*", task).groups())
    assert len(model_answers()) == 2
    assert all(low <= len(text.split()) <= high for text in model_answers())


def test_every_quotation_in_the_model_answers_stands_in_a_table():
    shipped = " ".join(load("office")["quote"].dropna()) + " ".join(load("articles")["quote"])
    quoted = [words for text in model_answers() for words in re.findall(r'"([^"]+)"', text)]
    assert len(quoted) >= 7
    assert [words for words in quoted if words not in shipped] == []
