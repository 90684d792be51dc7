"""What lesson 04 says about its tables, sums and settings beyond single numbers."""

import itertools
import re

import pandas as pd
import pytest
from matplotlib.figure import Figure

from indopacific.datasets import load
from indopacific.figures import theatres as pools
from indopacific.models import ambiguity, cost
from indopacific.models import theatres as model
from tests.lessons.notebooks import LESSONS, code, prose, shown

(LESSON,) = (path for path in LESSONS if path.stem == "04-theatres")
TEXT = "\n".join(shown(cell) for cell in prose(LESSON))


def source(cell_id):
    return next(cell.source for cell in code(LESSON) if cell.id == cell_id)


def contest():
    """Return what the first two lines of the sharp contest's cell bind."""
    names = {"model": model}
    exec("\n".join(source("sharp-figure").splitlines()[:2]), names)
    return names


def test_the_settings_of_the_sharp_contest_have_a_middle_and_an_end():
    names = contest()
    mild, sharp = names["settings"]
    assert (mild.decisiveness, sharp.decisiveness) == (1, 3)
    assert model.best_share(mild) == pytest.approx(0.5)
    ends = model.worth(sharp, [0.0, 0.5, 1.0])
    assert ends[0] == pytest.approx(ends[2])
    assert ends[1] < ends[0]
    trifle = model.Parameters(**{**names["even"], "europe": 0.21}, decisiveness=3)
    other = model.Parameters(**{**names["even"], "pacific": 0.21}, decisiveness=3)
    assert {model.best_share(trifle), model.best_share(other)} == {0.0, 1.0}, "a trifle decides"


def test_where_no_us_unit_is_left_nothing_is_freed():
    found = model.allocate(model.Parameters(europe=1.5))
    assert found.share == 0
    assert found.pass_through == 0


def test_europe_gets_less_because_its_allies_are_more_and_not_because_china_is_stronger():
    default = model.Parameters()
    told = f"its allies are more, {default.europe} against {default.pacific}"
    assert told in TEXT
    share = model.best_share(default)
    assert share < 0.5
    assert model.best_share(model.Parameters(china=2.0)) > share
    assert model.best_share(model.Parameters(russia=default.china)) == pytest.approx(0.4)
    assert model.best_share(model.Parameters(pacific=0.5)) == pytest.approx(0.5, abs=0.01)


def test_what_is_freed_is_the_same_while_us_units_stand_in_both_theatres():
    found = [model.allocate(model.Parameters(europe=forces)) for forces in (0.5, 0.75, 1.0, 1.25)]
    assert all(0 < each.share < 1 for each in found)
    assert len({round(float(each.pass_through), 9) for each in found}) == 1


def test_at_a_substitution_of_one_each_halving_takes_the_same_part_of_what_is_left():
    left = [1 - cost.input_cut(0.1, cut, 1.0) for cut in (0.0, 0.5, 0.75, 0.875)]
    steps = [after / before for before, after in itertools.pairwise(left)]
    assert steps == pytest.approx([steps[0]] * 3)
    assert steps[0] < 1


def test_no_row_lets_deaths_in_korea_and_over_taiwan_be_ranked():
    assert "Of deaths the table allows no ranking" in TEXT
    rows = load("cost_estimates")
    dead = rows[rows["quantity"].str.contains("deaths|killed")]
    in_korea = dead["case"].str.contains("Korea")
    assert in_korea.any()
    assert not in_korea.all()
    assert not set(dead[in_korea]["chart"].dropna()) & set(dead[~in_korea]["chart"].dropna())


def test_europe_stands_alone_in_some_settings_and_not_in_others():
    alone = model.allocate(model.Parameters(value_pacific=5.0, china=2.0))
    assert alone.share == 0
    assert alone.hold_europe < 0.5, "not because it is safe, but because it is worth less"
    assert model.allocate(model.Parameters()).share > 0


def test_which_level_loses_least_turns_on_what_nobody_measured():
    names = {"ambiguity": ambiguity, "cost": cost, "pd": pd}
    exec(source("expected-table"), names)
    assert names["losses"].idxmin().to_dict() == {
        "X0 = 10.2": "certain, 1", "X0 = 5.0": "middle, 0.47", "X0 = 3.0": "middle, 0.47",
    }  # fmt: skip


def test_the_published_war_is_the_one_of_the_expected_loss():
    war = load("cost_estimates").set_index("id").at["taiwan-war-world", "high"]
    assert f"war={war}" in source("expected-table")


def test_no_case_is_worse_for_direct_users_than_that_nothing_replaces_the_input():
    worst = cost.bound(cost.Parameters(cut=0.6, substitution=0))
    for sigma in (0.05, 0.2, 1, 5):
        assert cost.bound(cost.Parameters(cut=0.6, substitution=sigma)) <= worst


def test_capitals_without_a_statement_are_without_one():
    missing = re.search(r"we found no statement of ([^.]*?) in the texts", TEXT).group(1)
    places = set(load("views").query("lesson == 4")["place"])
    capitals = {
        "Moscow": "Russia", "Kyiv": "Ukraine", "Warsaw": "Poland", "Berlin": "Germany",
        "Paris": "France", "Taipei": "Taiwan", "Tokyo": "Japan", "Seoul": "South Korea",
    }  # fmt: skip
    for capital in re.findall(r"[A-Z]\w+", missing):
        assert capitals[capital] not in places


def test_every_quotation_of_a_view_is_short():
    views = load("views").query("lesson == 4")
    assert views["quote"].dropna().str.split().str.len().max() <= 25


def test_every_estimate_of_the_lesson_has_a_note_or_says_what_it_counts():
    for table in ("cost_estimates", "europe_burden"):
        rows = load(table)
        alone = rows[rows["chart"].isna() & rows["note"].isna()]
        assert pd.Series(alone["id"]).tolist() == []


def test_the_picture_of_the_sharp_contest_names_both_ends_as_equally_good():
    chosen = [pools.choice(each) for each in contest()["settings"]]
    words = pools.draw_choice(chosen, Figure())
    assert words.title.endswith("0.50 on the left and 0.00 or 1.00 on the right")
    assert "two shares are best and equally good" in words.reading


def test_a_sharper_contest_can_free_more_than_all_and_draw_forces():
    assert "A sharper contest can free more than all of it, or draw forces" in TEXT
    more = model.allocate(model.Parameters(china=1.5, decisiveness=2.0))
    drawn = model.allocate(model.Parameters(russia=1.5, decisiveness=1.8))
    assert {more.where, drawn.where} == {model.BOTH}
    assert more.pass_through > 1
    assert drawn.pass_through < 0


def test_the_users_of_chips_are_those_of_the_table():
    share = load("cost_estimates").set_index("id").at["chips-users", "high"]
    assert cost.Parameters().users == pytest.approx(share / 100)
