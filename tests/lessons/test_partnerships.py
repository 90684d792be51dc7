"""What lesson 03 says about its rule, its tables and its spiral beyond single numbers."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.datasets import load
from indopacific.models import partnerships as model
from tests.lessons.notebooks import LESSONS, code, prose, shown

(LESSON,) = (path for path in LESSONS if path.stem == "03-partnerships")
PLACES = load("places")
FOUR = {"Australia", "Japan", "New Zealand", "South Korea"}


def source(cell_id):
    return next(cell.source for cell in code(LESSON) if cell.id == cell_id)


def wrong(text):
    """Where a rule as the lesson writes it differs from the table."""
    names = {"places": PLACES}
    exec(text, names)
    return set(
        PLACES["place"][[names["covered"](row) != row.verdict for row in PLACES.itertuples()]]
    )


def function(text):
    return text[: text.index("\n\n\n")]


FIRST_RULE = function(source("rule"))
MENDED = next(
    re.search(r"```python\n(.*?)```", cell.source, re.S).group(1)
    for cell in prose(LESSON)
    if cell.id == "rule-try"
)


def test_the_rule_that_people_carry_is_wrong_on_midway_and_on_what_is_contested():
    assert wrong(FIRST_RULE) == {"Midway Atoll", "Ceuta", "Melilla"}


def test_a_rule_for_atlantic_islands_breaks_turkey_as_the_hint_says():
    atlantic = 'place.region == "North Atlantic area" and place.latitude > 23.44'
    halfway = FIRST_RULE.replace("place.latitude > 23.44", atlantic)
    assert wrong(halfway) == {"Anatolia", "Eastern Thrace", "Ceuta", "Melilla"}


def test_the_rule_in_the_fold_leaves_only_what_readers_dispute():
    assert wrong(MENDED) == {"Ceuta", "Melilla"} == set(PLACES.dropna(subset=["dispute"])["place"])


def test_what_was_not_found_about_ankara_stays_open():
    came = load("attendance").query("summit == 'Ankara 2026'")
    assert set(came["status"]) == {"unverified"}
    assert came[["person", "office", "level"]].isna().all(axis=None)


def test_leaders_fell_from_summit_to_summit_and_only_new_zealand_sent_one_last():
    came = load("attendance").dropna(subset=["level"]).sort_values("start", kind="stable")
    leaders = came["level"].eq(3).groupby(came["summit"], sort=False).sum()
    assert list(leaders) == [4, 4, 3, 1]
    last = came[came["summit"] == leaders.index[-1]]
    assert list(last[last["level"] == 3]["partner"]) == ["New Zealand"]


def points(weight):
    areas = load("cooperation")
    given_points = areas["named"] + weight * areas["activity"]
    return given_points.groupby(areas["partner"]).sum()


def test_the_totals_are_named_plus_activity_and_japan_leads_at_every_weight():
    assert points(1).to_dict() == {
        "Australia": 15, "Japan": 19, "New Zealand": 13, "South Korea": 15,
    }  # fmt: skip
    for weight in np.linspace(0, 20, 81):
        ranked = points(weight)
        assert ranked.drop("Japan").max() < ranked["Japan"]
        assert (ranked["New Zealand"] > ranked["South Korea"]) == (weight > 3)


def test_three_areas_are_named_and_done_with_all_partners():
    areas = load("cooperation")
    whole = areas.query("named + activity == 2").groupby("area").size()
    assert set(whole[whole == 4].index) == {
        "cyber defence", "interoperability", "Ukraine support",
    }  # fmt: skip
    industry = areas.query("area == 'defence industry'")
    assert industry["activity"].all()
    assert industry["named"].sum() == 2


def test_no_row_says_that_the_office_opened_and_paris_never_spoke_for_it():
    office = load("office")
    assert "opened" not in set(office["stance"].dropna())
    assert set(office[office["capital"] == "Paris"]["stance"]) == {"against"}
    assert office.set_index("capital").loc[["Seoul"], "stance"].isna().all()


def text_of(cell_id):
    (found,) = (shown(cell) for cell in prose(LESSON) if cell.id == cell_id)
    return found


def test_a_partner_trained_with_nato_and_only_vilnius_is_said_to_have_announced_no_drill():
    areas = load("cooperation").query("partner == 'Japan' and area == 'maritime'")
    assert "trained with NATO ships" in areas["evidence"].item()
    claim = load("claims").set_index("id").loc["C20"]
    for text in (text_of("ships-idea"), claim["evidence"]):
        assert re.search(r"drill announced at Vilnius", text)
        assert re.search(r"Japan's ships (did|trained)", text)


def test_paris_is_shown_with_words_of_its_own_on_the_indo_pacific():
    row = load("views").set_index("id").loc["paris-review-2022"]
    assert (row["lesson"], row["camp"]) == (3, "in Paris")
    assert row["quote"] in text_of("office-see")
    assert "Paris reads the limit" in load("claims").set_index("id").at["C07", "verdict_detail"]


def test_members_can_object_and_a_partner_gets_neither_a_say_nor_article_5():
    benefits = load("benefits").set_index("benefit")
    assert "consensus" in benefits.at["a say in the Council", "why"]
    assert list(benefits.loc["a say in the Council", ["member", "partner"]]) == ["yes", "no"]
    assert "article 4" in benefits.at["collective defence", "why"]
    assert not benefits.index.str.contains("vote").any()


def test_the_treaties_with_the_usa_are_quoted_and_not_called_guarantees():
    acts = load("articles").set_index("id")["quote"]
    for row in ("usa-japan-5-act", "usa-korea-3-act", "anzus-4-act"):
        assert "would act to meet the common danger" in acts[row]
    answer = text_of("ask-ask").split("Who is bound")[1]
    assert "would act to meet the common danger" in answer
    assert "guarantee" not in answer


def test_no_exercise_counts_nato_itself_among_its_participants():
    who = load("exercise_participants")
    assert "NATO" not in set(who["participant"])
    others = who.query("exercise == 'RIMPAC 2024' and group == 'other'")["participant"]
    assert {"India", "Indonesia", "Brazil"} <= set(others)
    full = who[who["listed"] == "all"].groupby("exercise")
    assert (full.size() == full["nations"].first()).all()


def test_no_share_of_a_partners_public_on_nato_could_be_read():
    polls = load("surveys").query("topic == 'NATO'")
    own = polls[polls["population"].isin(FOUR)]
    assert len(own) == 3
    assert own["share"].isna().all()
    shares = load("surveys").set_index("id")["share"]
    parts = shares[["partners-aid-korea-2024-nonmilitary", "partners-aid-korea-2024-none"]]
    assert shares["partners-aid-korea-2024-against"] == parts.sum()


def test_of_moscow_only_officials_are_shown_and_of_asean_none():
    views = load("views").query("lesson == 3")
    moscow = views[views["camp"] == "in Moscow"]
    assert moscow["affiliation"].str.startswith("Government").all()
    asean = views[views["camp"] == "in Southeast Asia"]
    assert not asean["affiliation"].str.contains("Government|ASEAN").any()


@pytest.mark.parametrize(
    "capital", ["Tokyo", "Canberra", "Wellington", "Seoul", "Beijing", "Paris", "New Delhi"]
)
def test_a_capital_speaks_with_more_than_one_voice(capital):
    views = load("views").query("lesson == 3")
    assert views[views["camp"] == f"in {capital}"]["label"].nunique() >= 2


depths = st.floats(0, 5)


@given(depth=depths, more=depths)
def test_with_nobody_provoked_both_levels_rise_with_depth_and_always_settle(depth, more):
    low, high = sorted((depth, more))
    here, there = (model.solve(model.Parameters(d=d, psi=0.0)) for d in (low, high))
    assert here.state == there.state == model.BALANCE
    assert there.x >= here.x
    assert there.y >= here.y
    assert there.ratio >= here.ratio - 1e-9
    assert there.growth == here.growth  # the answers do not depend on depth at all


def test_provocation_makes_both_levels_larger_at_the_same_depth():
    for depth in (1, 2, 3, 4):
        calm, alarmed = (model.solve(model.Parameters(d=depth, psi=psi)) for psi in (0, 0.3))
        assert alarmed.x > calm.x
        assert alarmed.y > calm.y
        assert alarmed.total > calm.total


@given(share=st.floats(0, 0.9))
def test_reassurance_moves_the_critical_depth_as_the_formula_says(share):
    plain = model.critical_depth(model.Parameters())
    assert plain == pytest.approx((1 * 1 / 0.5 - 0.5) / 0.3)
    assert model.critical_depth(model.Parameters(r=share)) == pytest.approx(plain / (1 - share))


def test_reassurance_alone_cannot_help_where_the_answers_outweigh_the_costs_without_depth():
    armed = model.Parameters(k=0.9, l0=0.9, alpha=0.8, beta=0.8, r=1.0)
    assert model.solve(armed).state == model.SPIRAL


def test_only_the_act_that_a_hostile_side_shuns_lifts_trust_over_the_threshold():
    names = {"model": model, "pd": pd}
    exec(source("trust"), names)
    over = {name for name, trust in names["seen"].items() if trust > names["game"].threshold}
    assert over == {"an act that a hostile side shuns"}
