"""The ambiguity model: check values, an independent implementation, laws, and bad input."""

import re
import time
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indopacific.models import ambiguity
from indopacific.models.ambiguity import Guarantor, Parameters, Policy, solve, toss
from indopacific.models.parameters import Choice, Real, declared

BASE = Parameters()
CELLS = ("peace", "unprovoked_war", "declaration_without_war", "both")
TINY = 1e-9

shares = st.floats(0, 1, allow_subnormal=False)
levels = st.integers(0, 100).map(lambda n: n / 100) | shares


@st.composite
def worlds(draw, **fixed):
    """Draw any world that `Parameters` accepts, its edges included."""
    value = {
        each.name: draw(st.sampled_from([each.low, each.high]) | st.floats(each.low, each.high))
        for each in declared(Parameters)
        if isinstance(each, Real) and each.name not in fixed
    }
    value["w1"], value["L1"] = value["w0"] * draw(shares), value["L0"] * draw(shares)
    value["types"] = draw(st.sampled_from(["uniform", "logistic"]))
    value |= fixed
    assume(value["beta_hi"] - value["beta_lo"] > 1e-3)
    return Parameters(**value)


@st.composite
def policies(draw):
    """Draw the help promised without and after a declaration, the second at most the first."""
    unprovoked = draw(levels)
    return {"unprovoked": unprovoked, "provoked": min(unprovoked, draw(levels))}


def at(world, **changes):
    """Return the world with some parameters changed."""
    values = {field.name: getattr(world, field.name) for field in fields(world)}
    return Parameters(**(values | changes))


# ---------------------------------------------------------------- check values


@pytest.mark.parametrize(
    ("level", "alpha_S", "alpha_D", "beta_star", "declare", "attack", "either"),
    [
        (0, 11 / 14, 1, 15 / 14, 23 / 140, 1609 / 1960, 1609 / 1960),
        (0.5, 3 / 14, 13 / 14, 40 / 31, 17 / 310, 1100 / 4340, 1117 / 4340),
        (1, 0, 5 / 14, 1 / 4, 0.575, 0.575 * 5 / 14, 0.575),
    ],
)
def test_exact_values_of_the_default(level, alpha_S, alpha_D, beta_star, declare, attack, either):
    found = solve(BASE, unprovoked=level)
    assert found.alpha_S == pytest.approx(alpha_S)
    assert found.alpha_D == pytest.approx(alpha_D)
    assert found.beta_star == pytest.approx(beta_star)
    assert found.declare == pytest.approx(declare)
    assert found.attack == pytest.approx(attack, abs=1e-6)
    assert found.either == pytest.approx(either)


@pytest.mark.parametrize(
    ("level", "peace", "alone", "both", "unprovoked"),
    [
        (0.05, 0.245519, 0, 0.095455, 0.659026),
        (0.55, 0.727603, 0.017581, 0.119161, 0.135655),
        (0.7, 0.696226, 0.091132, 0.212642, 0),
        (0.95, 0.455483, 0.318932, 0.225586, 0),
    ],
)
def test_four_cells_of_the_default(level, peace, alone, both, unprovoked):
    found = solve(BASE, unprovoked=level)
    cells = [found.peace, found.declaration_without_war, found.both, found.unprovoked_war]
    assert cells == pytest.approx([peace, alone, both, unprovoked], abs=1e-6)


def test_the_default_lies_on_a_knife_edge_for_war_alone():
    best, clear = solve(BASE, unprovoked=0.6875).attack, solve(BASE, unprovoked=1).attack
    assert best == pytest.approx(0.20408, abs=5e-6)
    assert clear == pytest.approx(0.20536, abs=5e-6)


def test_more_commitment_can_raise_the_risk_of_war():
    assert solve(BASE, unprovoked=0.827).attack == pytest.approx(0.2491, abs=5e-5)
    assert solve(BASE, unprovoked=0.827).attack > solve(BASE, unprovoked=0.6875).attack


@pytest.mark.parametrize("error", [0, 0.1, 0.3])
def test_a_condition_leaves_no_risk_at_the_default_unless_mistaken_often(error):
    found = solve(BASE, unprovoked=1, provoked=0, misattribution=error)
    assert (found.attack, found.declare) == (0, 0)


def test_a_mistaken_condition_falls_behind_the_best_ambiguity_near_a_half():
    best = solve(at(BASE, tau=0.27), unprovoked=np.linspace(0, 1, 1001)).either.min()
    errors = np.array([0.40, 0.43])
    found = solve(at(BASE, tau=0.27), unprovoked=1, provoked=0, misattribution=errors).either
    assert found[0] <= best < found[1]


@pytest.mark.parametrize(
    ("spread", "attitude", "either"), [(0.2, 1, 0.0), (0, 1, 0.2724), (0.5, 0, 0.2724)]
)
def test_a_vague_message_to_cautious_audiences(spread, attitude, either):
    found = solve(BASE, unprovoked=0.55, spread=spread, attitude=attitude)
    assert found.either == pytest.approx(either, abs=5e-5)


def test_logistic_types_have_the_spread_of_the_uniform_ones():
    beta, theta = at(BASE, types="logistic").draw(200_000, seed=5)
    assert theta.std() == pytest.approx(0.35 / np.sqrt(3), rel=0.01)
    assert beta.mean() == pytest.approx(0.4, abs=0.01)
    assert beta.std() == pytest.approx(1 / np.sqrt(3), rel=0.01)


# ---------------------------------------------------------------- independent implementations


def by_drawing(world, unprovoked, provoked, draws=400_000):
    """Let drawn types choose what pays them best, with nothing but the table of payoffs."""
    beta, theta = world.draw(draws, seed=20)
    risk = {}
    gain = {"S": world.V * world.w0 - world.k0 - theta, "D": None}
    fall = world.V * (world.w0 - world.w1) + world.k1
    attack_S = gain["S"] - fall * unprovoked > 0
    attack_D = gain["S"] - fall * provoked > -world.delta
    risk["S"], risk["D"] = attack_S.mean(), attack_D.mean()

    def loss(p):
        return p * world.L1 + (1 - p) * world.L0

    lost = provoked * world.w1 + (1 - provoked) * world.w0
    keep = -risk["S"] * loss(unprovoked)
    declare = (1 - risk["D"]) * beta + risk["D"] * ((1 - lost) * beta - loss(provoked)) > keep
    return {
        "declare": declare.mean(),
        "attack": np.where(declare, attack_D, attack_S).mean(),
        "either": (declare | attack_S).mean(),
    }


SETTINGS = [
    (Parameters(), 0.5, 0.5),
    (Parameters(), 0.1, 0.1),
    (Parameters(types="logistic"), 0.6, 0.6),
    (Parameters(delta=0.2, tau=0.6), 0.8, 0.3),
    (Parameters(k0=1.1, L0=2.0), 0.3, 0.2),
    (Parameters(w1=0.7, beta_hi=3.0, types="logistic"), 0.9, 0.5),
    (Parameters(V=1.5, k1=0.1, w0=1.0), 0.4, 0.4),
]


@pytest.mark.parametrize(("world", "unprovoked", "provoked"), SETTINGS)
def test_the_closed_form_agrees_with_drawn_types(world, unprovoked, provoked):
    found = solve(world, unprovoked=unprovoked, provoked=provoked)
    for name, share in by_drawing(world, unprovoked, provoked).items():
        assert getattr(found, name) == pytest.approx(share, abs=3e-3), name


def by_induction(world, unprovoked, provoked, n):
    """Solve the tree backwards on a grid of n equally likely types for each side."""
    places = (np.arange(n) + 0.5) / n
    unit = 2 * places - 1 if world.types == "uniform" else np.log(places / (1 - places)) / np.pi
    costs = world.k0 + world.tau * unit
    values = (world.beta_lo + world.beta_hi) / 2 + (world.beta_hi - world.beta_lo) / 2 * unit

    def war(p, value):
        """Average over the guarantor's choice and over the fortune of war."""
        return sum(
            chance * (success * won + (1 - success) * lost - extra)
            for chance, success, won, lost, extra in value(p)
        )

    def beijing(p):
        return war(
            p, lambda p: [(p, world.w1, world.V, 0, world.k1), (1 - p, world.w0, world.V, 0, 0)]
        )

    def taipei(p, value):
        return war(
            p, lambda p: [(p, world.w1, 0, value, world.L1), (1 - p, world.w0, 0, value, world.L0)]
        )

    attack_S = beijing(unprovoked) - costs > 0
    attack_D = beijing(provoked) - costs > -world.delta
    keep = attack_S.mean() * taipei(unprovoked, 0)
    declare = (1 - attack_D.mean()) * values + attack_D.mean() * taipei(provoked, values) > keep
    q, s, d = declare.mean(), attack_S.mean(), attack_D.mean()
    return {"declare": q, "attack": q * d + (1 - q) * s, "either": 1 - (1 - q) * (1 - s)}


@pytest.mark.parametrize(("world", "unprovoked", "provoked"), SETTINGS)
def test_the_closed_form_agrees_with_backward_induction(world, unprovoked, provoked):
    found = solve(world, unprovoked=unprovoked, provoked=provoked)
    for n in (100, 20_000):
        for name, share in by_induction(world, unprovoked, provoked, n).items():
            assert getattr(found, name) == pytest.approx(share, abs=4 / n), (name, n)


@given(worlds(), policies())
def test_backward_induction_agrees_in_any_world(world, policy):
    # The step of the grid is 1/2000; Taipei's threshold magnifies it by the slope of beta*, so
    # only worlds in which a declaration can be lost for certain must be left out.
    assume(1 - solve(world, **policy).alpha_D * world.success(policy["provoked"]) > 0.2)
    found, grid = solve(world, **policy), by_induction(world, *policy.values(), n=4000)
    slope = 1 + 30 * world.L0 / (world.beta_hi - world.beta_lo)
    for name, share in grid.items():
        assert getattr(found, name) == pytest.approx(share, abs=slope / 4000), name


# ---------------------------------------------------------------- laws


@given(worlds(), policies(), levels)
def test_law_1_risks_fall_with_commitment_and_a_declaration_raises_them(world, policy, other):
    found = solve(world, **policy)
    low, high = sorted([policy["unprovoked"], other])
    weak, strong = solve(world, unprovoked=low), solve(world, unprovoked=high)
    assert weak.alpha_S >= strong.alpha_S
    assert weak.alpha_D >= strong.alpha_D
    assert found.alpha_D >= found.alpha_S


@given(worlds(), policies())
def test_law_2_four_cells_sum_to_one(world, policy):
    found = solve(world, **policy)
    cells = np.array([getattr(found, name) for name in CELLS])
    assert ((cells >= 0) & (cells <= 1)).all()
    assert cells.sum() == pytest.approx(1)
    assert found.either >= max(found.declare, found.attack) - TINY
    assert found.alpha_S - TINY <= found.attack <= found.alpha_D + TINY


@given(worlds(), policies(), policies())
def test_law_3_what_restrains_taipei(world, policy, other):
    here = solve(world, **policy)
    assert here.beta_star >= -TINY
    low, high = sorted([policy["unprovoked"], other["unprovoked"]])
    after = min(policy["provoked"], low)
    assert (
        solve(world, unprovoked=low, provoked=after).beta_star
        <= solve(world, unprovoked=high, provoked=after).beta_star + TINY
    )
    low, high = sorted([policy["provoked"], min(other["provoked"], policy["unprovoked"])])
    strict = solve(world, unprovoked=policy["unprovoked"], provoked=low)
    lax = solve(world, unprovoked=policy["unprovoked"], provoked=high)
    assert strict.beta_star >= lax.beta_star * (1 - TINY)


@given(worlds(), policies())
def test_law_4_a_kept_condition_is_never_worse_than_any_other_policy(world, policy):
    clear = solve(world, unprovoked=1, provoked=0)
    assert clear.either <= solve(world, **policy).either + TINY


@given(worlds(), policies(), shares, shares)
def test_law_4_in_a_box_the_corner_of_most_and_least_is_best(world, policy, up, down):
    low, high = policy["provoked"], policy["unprovoked"]
    inside = sorted([low + (high - low) * up, low + (high - low) * down])
    inside = np.clip(inside, low, high)
    other = solve(world, unprovoked=inside[1], provoked=inside[0])
    assert solve(world, **policy).either <= other.either + TINY


@given(worlds(), policies(), levels)
def test_law_5_help_without_a_declaration_never_raises_the_risk_of_war(world, policy, more):
    high = max(policy["unprovoked"], more)
    stronger = solve(world, unprovoked=high, provoked=policy["provoked"])
    assert stronger.attack <= solve(world, **policy).attack + TINY


@given(worlds(), st.floats(0, 0.5), st.floats(0, 0.5))
def test_law_6_mistakes_about_who_began_do_harm(world, one, other):
    few, many = sorted([one, other])
    clear = {"unprovoked": 1, "provoked": 0}
    risk = [solve(world, **clear, misattribution=error).either for error in (few, many)]
    assert risk[0] <= risk[1] + TINY


@given(worlds(), policies())
def test_law_6_a_coin_for_a_judge_is_the_middle_level(world, policy):
    coin, middle = solve(world, **policy, misattribution=0.5), sum(policy.values()) / 2
    flat = solve(world, unprovoked=middle)
    assert [getattr(coin, n) for n in CELLS] == pytest.approx([getattr(flat, n) for n in CELLS])


@given(worlds(), policies(), policies(), shares)
def test_law_7_a_public_coin_never_beats_the_better_of_two_policies(world, one, other, chance):
    first, second = solve(world, **one), solve(world, **other)
    mixed = toss(first, second, chance)
    for name in ("attack", "declare", "either"):
        pure = getattr(first, name), getattr(second, name)
        assert min(pure) - TINY <= getattr(mixed, name) <= max(pure) + TINY
    assert sum(getattr(mixed, name) for name in CELLS) == pytest.approx(1)


@given(worlds(types="uniform"), levels, levels)
def test_law_8_from_the_start_of_hazard_on_more_commitment_invites_declarations(world, one, other):
    low, high = sorted([one, other])
    start = (world.a + world.delta - world.tau) / world.b if world.b > 0 else np.inf
    assume(low >= start + TINY)
    weak, strong = solve(world, unprovoked=low), solve(world, unprovoked=high)
    assert weak.declare <= strong.declare + TINY


@given(worlds(), policies(), st.floats(0.5, 1))
def test_law_9_only_relations_between_the_stakes_count(world, policy, factor):
    assume(world.tau * factor >= 0.02)
    assume(world.V * factor >= 0.1)
    names = ("V", "k0", "k1", "delta", "tau")
    scaled = at(world, **{name: getattr(world, name) * factor for name in names})
    before, after = solve(world, **policy), solve(scaled, **policy)
    assert [getattr(before, n) for n in CELLS] == pytest.approx(
        [getattr(after, n) for n in CELLS], abs=1e-7
    )
    assume(world.L0 * factor >= 0.3)
    names = ("L0", "L1", "beta_lo", "beta_hi")
    scaled = at(world, **{name: getattr(world, name) * factor for name in names})
    after = solve(scaled, **policy)
    assert [getattr(before, n) for n in CELLS] == pytest.approx(
        [getattr(after, n) for n in CELLS], abs=1e-7
    )


@given(worlds(delta=0.0), levels, levels)
def test_law_11_without_a_red_line_no_level_restrains_taipei(world, one, other):
    for level in (one, other):
        found = solve(world, unprovoked=level)
        # Where an attack succeeds for certain no value of independence could survive it.
        assume(np.isfinite(found.beta_star))
        assert found.beta_star == 0
        assert found.declare == pytest.approx(world.share_above(0.0))


@given(worlds(types="uniform", tau=0.02), levels)
def test_law_12_without_doubt_the_three_zones_remain(world, level):
    gain, declared_gain = world.a - world.b * level, world.a + world.delta - world.b * level
    assume(min(abs(gain), abs(declared_gain)) > 0.021)
    found = solve(world, unprovoked=level)
    kept = 1 - world.success(level)
    assume(kept > 1e-6)
    if gain > 0:
        attack, declare = 1.0, world.share_above(0.0)
    elif declared_gain > 0:
        declare = world.share_above(world.loss(level) / kept)
        attack = declare
    else:
        attack, declare = 0.0, world.share_above(0.0)
    assert (found.attack, found.declare) == pytest.approx((attack, declare))


@given(worlds(), policies(), st.floats(0, 0.5))
def test_law_13_to_neither_cautious_nor_wishful_audiences_spread_is_nothing(world, policy, spread):
    vague, plain = solve(world, **policy, spread=spread), solve(world, **policy)
    assert [getattr(vague, n) for n in CELLS] == [getattr(plain, n) for n in CELLS]


@given(worlds(types="uniform"), levels, st.floats(0, 0.5), st.floats(-1, 1))
def test_law_14_vagueness_helps_with_cautious_audiences_only(world, level, spread, attitude):
    read = np.clip(level - attitude * spread, 0, 1)
    start = (world.a + world.delta - world.tau) / world.b if world.b > 0 else np.inf
    assume(min(read, level) >= start + TINY)
    vague = solve(world, unprovoked=level, spread=spread, attitude=attitude).either
    plain = solve(world, unprovoked=level).either
    if attitude > 0:
        assert vague <= plain + TINY
    else:
        assert vague >= plain - TINY


@given(worlds(types="uniform"), st.floats(0.05, 0.95), shares, st.floats(0.05, 0.95))
def test_law_15_hazard_outweighs_deterrence_where_it_should(world, level, line, place):
    # Choose the red line and Beijing's cost so that Beijing is in doubt about both its answers.
    delta = min(1.5, 1.8 * world.tau * line)
    gain = -world.tau + (2 * world.tau - delta) * place
    k0 = world.V * world.w0 - world.b * level - gain
    assume(0 <= k0 <= 1.5)
    world = at(world, delta=delta, k0=k0)
    step = 1e-6
    around = solve(world, unprovoked=np.array([level - step, level + step]))
    assume(((around.alpha_S > 0) & (around.alpha_D < 1)).all())
    assume(((around.beta_star > world.beta_lo) & (around.beta_star < world.beta_hi)).all())
    slope = np.diff(around.attack)[0] / (2 * step)
    hazard = np.diff(around.declare)[0] / (2 * step)
    expected = (hazard * world.delta - world.b) / (2 * world.tau)
    assert slope == pytest.approx(expected, rel=1e-4, abs=1e-4)


@given(st.floats(0, 2), st.floats(0, 2), st.floats(0, 2), st.floats(0.1, 3))
def test_law_16_levels_follow_from_interest_tied_hands_and_excuse(interest, tied, excuse, cost):
    unprovoked, provoked = Guarantor(
        interest=interest, tied=tied, excuse=excuse, cost=cost
    ).levels()
    assert 0 <= provoked <= unprovoked <= 1
    flat = Guarantor(interest=interest, tied=tied, cost=cost).levels()
    assert flat[0] == flat[1] == unprovoked


def test_levels_of_the_guarantor_are_the_share_of_its_costs_that_it_would_bear():
    cost = np.random.default_rng(3).uniform(0, 1.5, 200_000)
    one = Guarantor(interest=0.3, tied=0.6, excuse=0.5, cost=1.5)
    shares = [(cost <= 0.9).mean(), (cost <= 0.4).mean()]
    assert [float(level) for level in one.levels()] == pytest.approx(shares, abs=5e-3)
    silent = Guarantor(interest=0.3, tied=0.0, cost=1.5)
    assert silent.levels()[0] < one.levels()[0]


# ---------------------------------------------------------------- edges


def test_where_independence_would_be_lost_for_certain_taipei_keeps_the_status_quo():
    found = solve(Parameters(w0=1.0, k0=0.0), unprovoked=0)
    assert found.alpha_D == 1
    assert found.beta_star == np.inf
    assert found.declare == 0


@given(worlds(), policies(), st.floats(0, 0.5), st.floats(-1, 1), st.floats(0, 0.5))
def test_no_setting_gives_anything_but_probabilities(world, policy, spread, attitude, error):
    message = {"spread": spread, "attitude": attitude, "misattribution": error}
    found = solve(world, **policy, **message)
    for name in ("attack", "declare", "either", "alpha_S", "alpha_D", *CELLS):
        assert 0 <= getattr(found, name) <= 1 + TINY, name
    assert found.beta_star >= -TINY


def test_reading_the_message_is_for_the_audiences_not_for_the_guarantor():
    said = Policy(unprovoked=0.6, provoked=0.3, spread=0.2, attitude=1, misattribution=0.1)
    assert said.meant() == pytest.approx((0.57, 0.33))
    assert said.read_by_beijing() == pytest.approx((0.77, 0.53))
    assert said.read_by_taipei() == pytest.approx((0.37, 0.13))


def test_no_reading_leaves_the_probabilities():
    near_the_ends = Policy(unprovoked=0.9, provoked=0.1, spread=0.3, attitude=1)
    assert near_the_ends.read_by_beijing() == pytest.approx((1.0, 0.4))
    assert near_the_ends.read_by_taipei() == pytest.approx((0.6, 0.0))


def test_a_map_is_one_call_and_quick():
    world = Parameters(delta=np.linspace(0, 1.5, 200), k0=np.linspace(0, 1.5, 200)[:, None])
    times = []
    for _ in range(5):
        start = time.perf_counter()
        found = solve(world, unprovoked=0.5).either
        times.append(time.perf_counter() - start)
    assert found.shape == (200, 200)
    assert min(times) < 0.05
    alone = solve(Parameters(delta=world.delta[7], k0=world.k0[11, 0]), unprovoked=0.5).either
    assert found[11, 7] == pytest.approx(alone, abs=1e-15)


@given(worlds(), st.lists(levels, min_size=1, max_size=5))
def test_many_levels_at_once_are_the_same_as_one_after_the_other(world, many):
    together = solve(world, unprovoked=np.array(many))
    for place, level in enumerate(many):
        alone = solve(world, unprovoked=level)
        for name in (*CELLS, "alpha_S", "alpha_D", "beta_star"):
            assert getattr(together, name).shape == (len(many),)
            assert getattr(together, name)[place] == getattr(alone, name), name


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"w1": 0.9}, "w1 must lie from 0 to w0, here 0.8; got 0.9."),
        ({"L1": 1.2}, "L1 must lie from 0 to L0, here 1; got 1.2."),
        ({"beta_lo": 0.0, "beta_hi": 0.0}, "beta_lo must lie below beta_hi, here 0; got 0."),
        ({"tau": 0}, "tau must lie from 0.02 to 1; got 0."),
        ({"delta": float("nan")}, "delta must lie from 0 to 1.5; got nan."),
        ({"V": float("inf")}, "V must lie from 0.1 to 3; got inf."),
        ({"k0": "0.5"}, "k0 must be a number from 0 to 1.5; got '0.5'."),
        ({"types": "normal"}, "types must be one of 'uniform', 'logistic'; got 'normal'."),
        ({"w1": np.array([0.1, 0.85])}, "w1 must lie from 0 to w0, here 0.8; got 0.85."),
    ],
)
def test_a_bad_parameter_is_named_with_its_range(values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Parameters(**values)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (
            {"unprovoked": 0.3, "provoked": 0.4},
            "provoked must lie from 0 to unprovoked, here 0.3; got 0.4.",
        ),
        ({"unprovoked": 1.01}, "unprovoked must lie from 0 to 1; got 1.01."),
        ({"unprovoked": float("nan")}, "unprovoked must lie from 0 to 1; got nan."),
        ({"spread": 0.6}, "spread must lie from 0 to 0.5; got 0.6."),
        ({"attitude": -2}, "attitude must lie from -1 to 1; got -2."),
        ({"misattribution": 0.7}, "misattribution must lie from 0 to 0.5; got 0.7."),
    ],
)
def test_a_bad_policy_is_named_with_its_range(policy, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        solve(BASE, **policy)


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_a_coin_has_a_chance_between_none_and_certain(chance):
    one = solve(BASE)
    with pytest.raises(ValueError, match="chance must lie from 0 to 1"):
        toss(one, one, chance)


ENDS = [
    (each.name, value)
    for each in declared(Parameters)
    for value in (each.options if isinstance(each, Choice) else (each.low, each.high))
]


@pytest.mark.parametrize(("name", "value"), ENDS)
def test_every_control_reaches_its_ends(name, value):
    # Two partners of each other cannot both be moved alone: w1 needs room below w0, L1 below L0.
    room = {"w1": {"w0": 1.0}, "L1": {"L0": 3.0}, "w0": {"w1": 0.4}, "L0": {"L1": 0.3}}
    world = at(BASE, **room.get(name, {}), **{name: value})
    assert 0 <= solve(world).either <= 1


def test_what_is_left_out_is_said():
    text = " ".join(ambiguity.LIMITS)
    for word in ("illustrative", "blockade", "bargaining", "poll", "misattribution", "Article 6"):
        assert word in text
    assert all(limit.endswith(".") for limit in ambiguity.LIMITS)
