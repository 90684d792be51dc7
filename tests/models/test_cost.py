"""What a war could cost: each formula at its limits, its laws, and a table that adds up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indopacific import load
from indopacific.models import ambiguity
from indopacific.models import cost as model
from indopacific.models.parameters import declared

NAMES = {each.name: each for each in declared(model.Parameters)}
part = st.floats(0, 1)
inside = st.floats(0.01, 0.99)
elasticity = st.one_of(st.floats(0, 5), st.sampled_from([0.0, 1.0, np.inf, 1 + 1e-9, 1 - 1e-9]))


# ---------------------------------------------------------------- between published scenarios


def test_the_line_goes_through_the_published_points_and_is_straight_between():
    world = model.interpolated([0, 1, 2], blockade=5.0, war=10.2)
    assert world.tolist() == [0, 5.0, 10.2]
    assert model.interpolated(1.5, blockade=12.2, war=40) == pytest.approx(26.1)
    assert model.interpolated(0.5, blockade=5.0, war=10.2) == pytest.approx(2.5)


@pytest.mark.parametrize("intensity", [-0.1, 2.1, float("nan")])
def test_nothing_is_drawn_beyond_the_published_points(intensity):
    with pytest.raises(ValueError, match="intensity must lie from 0"):
        model.interpolated(intensity, blockade=5.0, war=10.2)
    with pytest.raises(ValueError, match="published losses"):
        model.interpolated(1, blockade=float("nan"), war=10.2)


# ---------------------------------------------------------------- an input that fails


def test_an_input_s_limits_are_the_textbook_s():
    assert model.input_cut(0.05, 0.3, np.inf) == pytest.approx(0.015)
    assert model.input_cut(0.05, 0.3, 1) == pytest.approx(0.01767567, abs=1e-8)
    assert model.input_cut(0.05, 0.3, 0) == pytest.approx(0.3)
    assert model.input_cut(0.05, 0.3, 1e-4) == pytest.approx(0.3, abs=5e-4)
    found = model.input_cut(0.04, 0.1, [0.1, 0.04])
    assert found == pytest.approx([0.00679099, 0.01568562], abs=1e-8)


@given(inside, inside, st.floats(0.05, 20))
def test_the_formula_is_the_formula(share, cut, sigma):
    assume(abs(sigma - 1) > 1e-3)
    r = (sigma - 1) / sigma
    expected = 1 - (share * (1 - cut) ** r + 1 - share) ** (1 / r)
    assert model.input_cut(share, cut, sigma) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(part, part, elasticity)
def test_a_loss_lies_between_full_and_no_replacement(share, cut, sigma):
    lost = model.input_cut(share, cut, sigma)
    assert share * cut - 1e-12 <= lost <= cut + 1e-12
    if share == 0 or cut == 0:
        assert lost == 0


@given(inside, inside, elasticity, elasticity)
def test_what_is_easier_to_replace_is_never_missed_more(share, cut, one, other):
    low, high = sorted((one, other))
    assert model.input_cut(share, cut, high) <= model.input_cut(share, cut, low) + 1e-12


@given(inside, part, part, elasticity)
def test_a_deeper_cut_never_costs_less(share, one, other, sigma):
    low, high = sorted((one, other))
    assert model.input_cut(share, low, sigma) <= model.input_cut(share, high, sigma) + 1e-12


def test_without_any_of_an_input_that_nothing_replaces_all_is_lost():
    assert model.input_cut(0.1, 1, [0, 0.5, 1]).tolist() == [1, 1, 1]
    assert model.input_cut(0.1, 1, 2) == pytest.approx(1 - 0.9**2)


def test_percent_in_place_of_a_share_is_refused():
    for values in ((10, 0.5, 1), (0.1, 60, 1)):
        with pytest.raises(ValueError, match=r"0\.1 is 10 percent"):
            model.input_cut(*values)
    with pytest.raises(ValueError, match="substitution"):
        model.input_cut(0.1, 0.5, -1)


# ---------------------------------------------------------------- chips alone


def test_chips_alone_are_far_from_ten_percent():
    found = [model.bound(model.Parameters(substitution=sigma)) for sigma in (0, 0.2, 1)]
    assert found == pytest.approx([0.0336, 0.0182, 0.0049], abs=5e-5)
    assert model.bound(model.Parameters(cut=1, substitution=0)) == pytest.approx(0.056)


@given(part, st.floats(0, 5), st.floats(0.01, 0.5), st.floats(0, 0.3))
def test_direct_users_lose_at_most_what_they_make(cut, sigma, share, users):
    setting = model.Parameters(
        cut=cut, substitution=sigma, share=round(share, 2), users=round(users, 3)
    )
    assert 0 <= model.bound(setting) <= setting.users * setting.cut + 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_a_value_out_of_range_is_refused_by_name(name):
    for value in (NAMES[name].low - 0.01, NAMES[name].high + 0.01, float("nan"), "1", None):
        with pytest.raises(ValueError, match=f"^{name} must"):
            model.Parameters(**{name: value})


# ---------------------------------------------------------------- trade


def test_the_gains_from_trade_are_the_paper_s():
    assert model.trade_loss(0.93, [5, 10]) == pytest.approx([0.01441, 0.00723], abs=5e-5)
    assert model.trade_loss(1, 5) == 0


@given(st.floats(0.05, 1), st.floats(0.5, 20))
def test_who_trades_more_loses_more_and_easily_replaced_trade_costs_less(home, epsilon):
    lost = model.trade_loss(home, epsilon)
    assert 0 <= lost < 1
    assert model.trade_loss(min(1, home + 0.01), epsilon) <= lost
    assert model.trade_loss(home, epsilon + 1) <= lost
    # With an elasticity of 1 the loss is simply what was bought abroad.
    assert model.trade_loss(home, 1) == pytest.approx(1 - home)


@pytest.mark.parametrize(
    ("home", "epsilon", "name"), [(0, 5, "home_share"), (0.9, 0, "elasticity")]
)
def test_trade_that_cannot_be_is_refused(home, epsilon, name):
    with pytest.raises(ValueError, match=name):
        model.trade_loss(home, epsilon)


# ---------------------------------------------------------------- expected


def test_the_ranking_of_policies_turns_on_the_loss_without_help():
    world = ambiguity.Parameters()
    levels = np.array([0, 0.47, 1.0])
    attack = ambiguity.solve(world, unprovoked=levels, provoked=levels).attack
    dear = model.expected(attack, help_given=levels, war=10.2, unaided=10.2)
    cheap = model.expected(attack, help_given=levels, war=10.2, unaided=5)
    assert dear == pytest.approx([8.4, 2.5, 2.1], abs=0.05)
    assert cheap == pytest.approx([4.1, 1.85, 2.1], abs=0.05)
    assert dear.argmin() == 2
    assert cheap.argmin() == 1


@given(part, part, st.floats(0, 20), st.floats(0, 20))
def test_the_expected_loss_is_what_many_draws_lose(attack, helped, war, unaided):
    expected = model.expected(attack, help_given=helped, war=war, unaided=unaided)
    draws = np.random.default_rng(4).uniform(size=(2, 20_000))
    fought, aided = draws[0] < attack, draws[1] < helped
    lost = np.where(fought, np.where(aided, war, unaided), 0.0)
    assert lost.mean() == pytest.approx(expected, abs=0.5)


def test_what_is_no_probability_or_no_loss_is_refused_by_name():
    with pytest.raises(ValueError, match="attack must be a probability"):
        model.expected(1.5, help_given=0.5, war=10, unaided=5)
    with pytest.raises(ValueError, match="help_given must be a probability"):
        model.expected(0.5, help_given=-0.5, war=10, unaided=5)
    with pytest.raises(ValueError, match="losses of 0 or more"):
        model.expected(0.5, help_given=0.5, war=-10.2, unaided=5)


# ---------------------------------------------------------------- side by side


def test_side_by_side_stand_the_models_numbers_and_what_they_are_shares_of():
    setting = model.Parameters(cut=0.5)
    found = model.side_by_side(setting, published={"war": 10.2}).set_index("model")
    world = found[found["of"] == model.WORLD]["loss"].to_dict()
    assert world == pytest.approx(
        {
            "published war": 0.102,
            "direct users, nothing replaced": 0.028,
            "direct users, as set": model.bound(setting),
        }
    )
    own = found[found["of"] == model.OWN]["loss"].tolist()
    assert own == pytest.approx(
        [
            model.trade_loss(0.93, 5),
            model.extracted(model.ATLANTIS, "chips", cut=0.5),
            model.stopped(model.ATLANTIS, "chips", cut=0.5, least=0.01),
        ]
    )
    assert (found["kind"] == "invented").sum() == found.index.str.startswith("Atlantis").sum() == 2


# ---------------------------------------------------------------- input and output


@st.composite
def economies(draw):
    n = draw(st.integers(2, 5))
    numbers = st.floats(0, 10)
    flows = np.array(draw(st.lists(numbers, min_size=n * n, max_size=n * n))).reshape(n, n)
    # Enough final demand that every sector adds value.
    final = np.array(draw(st.lists(numbers, min_size=n, max_size=n))) + flows.sum(axis=0) + 1
    return model.Economy(tuple(f"sector {i}" for i in range(n)), flows, final)


@given(economies())
def test_a_table_adds_up(economy):
    x, a, f = economy.output, economy.coefficients, economy.final
    assert a @ x + f == pytest.approx(x)
    assert model.leontief(a, f) == pytest.approx(x)
    assert economy.value_added.sum() == pytest.approx(f.sum()), "GDP made is GDP used"


@given(economies())
def test_orders_follow_orders_until_the_whole_output_is_made(economy):
    rounds = model.power_series(economy.coefficients, economy.final, rounds=400)
    assert rounds[0] == pytest.approx(economy.final)
    assert (np.diff(rounds, axis=0) >= -1e-12).all()
    assert rounds[-1] == pytest.approx(economy.output, rel=1e-3)


@given(economies(), part, part)
def test_a_cut_takes_between_its_own_and_everything(economy, one, other):
    low, high = sorted((one, other))
    name = economy.sectors[0]
    own = economy.value_added[0] / economy.value_added.sum()
    lost = [model.extracted(economy, name, cut=cut) for cut in (0, low, high, 1)]
    assert lost[0] == pytest.approx(0, abs=1e-9)
    assert np.diff(lost).min() >= -1e-9
    assert own - 1e-9 <= lost[-1] <= 1 + 1e-9
    rounds = [model.stopped(economy, name, cut=high, rounds=n) for n in range(4)]
    assert rounds[0] == pytest.approx(high * own)
    assert np.diff(rounds).min() >= 0
    assert rounds[-1] <= high + 1e-12


def test_a_small_sector_can_stop_everything_if_nothing_is_replaced():
    share = model.ATLANTIS.value_added[0] / model.ATLANTIS.value_added.sum()
    assert share < 0.01
    assert model.extracted(model.ATLANTIS, "chips") < 0.02
    assert model.stopped(model.ATLANTIS, "chips", cut=0.6) == pytest.approx(0.6)
    one, two = (
        model.stopped(model.ATLANTIS, "chips", cut=0.6, rounds=n, least=0.01) for n in (1, 2)
    )
    assert 0.1 < one < 0.11
    assert two == pytest.approx(0.6)


def test_a_table_that_cannot_be_is_refused():
    two, ones = ("a", "b"), np.ones(2)
    with pytest.raises(ValueError, match="2 by 2"):
        model.Economy(two, np.ones((3, 3)), ones)
    with pytest.raises(ValueError, match="0 or more"):
        model.Economy(two, -np.ones((2, 2)), ones)
    with pytest.raises(ValueError, match="adds no value"):
        model.Economy(two, np.array([[0, 9], [0, 9.0]]), ones)
    with pytest.raises(ValueError, match="no sector 'c'. Known: a, b"):
        model.Economy(two, np.zeros((2, 2)), ones).place("c")
    with pytest.raises(ValueError, match="use up all"):
        model.leontief([[0.5, 0.6], [0.6, 0.5]], ones)
    with pytest.raises(ValueError, match="cut must lie"):
        model.extracted(model.ATLANTIS, "chips", cut=2)


# ---------------------------------------------------------------- what may stand in one chart


@pytest.mark.parametrize("table", ["cost_estimates", "europe_burden"])
def test_rows_of_one_kind_may_stand_in_one_chart_and_no_others(table):
    rows = load(table)
    for _, group in rows.groupby("chart"):
        assert model.one_chart(group).equals(group)
        other = rows[rows["chart"].notna() & (rows["chart"] != group["chart"].iloc[0])].head(1)
        with pytest.raises(ValueError, match="count different things") as said:
            model.one_chart(pd.concat([group, other]))
        assert group["id"].iloc[0] in str(said.value)
        assert other["id"].iloc[0] in str(said.value)


def test_what_mixes_the_dead_and_the_hurt_stands_alone():
    rows = load("cost_estimates")
    scenario = rows[rows["study"].str.startswith("German Marshall")]
    with pytest.raises(ValueError, match="gmf-china stands in no chart"):
        model.one_chart(scenario)
    assert len(model.one_chart(scenario.head(1))) == 1


def test_one_chart_has_one_unit_one_study_and_one_thing():
    for table in ("cost_estimates", "europe_burden"):
        groups = load(table).groupby("chart")
        assert (groups[["unit", "study"]].nunique() == 1).all(axis=None)
    kinds = load("cost_estimates").groupby("chart")[["quantity"]].nunique()
    assert (kinds == 1).all(axis=None)
