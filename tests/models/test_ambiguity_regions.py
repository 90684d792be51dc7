"""Windows, regions, objectives and verdicts of the ambiguity model."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indopacific.models.ambiguity import Parameters, solve
from indopacific.models.ambiguity_regions import (
    OBJECTIVES,
    REGIONS,
    VERDICTS,
    hazard_start,
    judge,
    loss,
    region,
    sample,
    war_price,
    window,
)

BASE = Parameters()
stakes = st.fixed_dictionaries(
    {
        "V": st.floats(0.5, 3),
        "w0": st.floats(0.5, 1),
        "w1": st.floats(0, 0.5),
        "k0": st.floats(0, 1.5),
        "k1": st.floats(0.05, 1.5),
        "delta": st.floats(0, 1.5),
    }
)


# ---------------------------------------------------------------- sharp types


def test_the_window_of_the_default():
    assert window(BASE) == pytest.approx((0.25, 0.875))
    assert hazard_start(BASE) == pytest.approx(0.4375)
    assert war_price(BASE, np.array([0, 1])) == pytest.approx([5.0, 1.0])
    assert region(BASE) == "II"


@given(stakes, st.floats(0, 1.5))
def test_law_10_the_cost_of_war_moves_the_window_and_never_widens_it(values, other):
    world = Parameters(**values)
    start, end = window(world)
    moved = window(Parameters(**(values | {"k0": other})))
    assert end - start == pytest.approx(world.delta / world.b, abs=1e-9)
    assert moved[1] - moved[0] == pytest.approx(end - start, abs=1e-9)


@given(stakes, st.floats(0, 0.5), st.floats(-1, 1))
def test_spread_widens_the_window_by_twice_attitude_times_spread(values, spread, attitude):
    world = Parameters(**values)
    start, end = window(world, spread=spread, attitude=attitude)
    width = world.delta / world.b + 2 * attitude * spread
    assert end - start == pytest.approx(width, abs=1e-9)


@given(stakes, st.integers(0, 100).map(lambda n: n / 100), st.floats(0, 0.5), st.floats(-1, 1))
def test_the_window_is_where_sharp_types_give_two_different_answers(
    values, level, spread, attitude
):
    world = Parameters(**values, tau=0.02)
    start, end = window(world, spread=spread, attitude=attitude)
    shift = attitude * spread
    # Beijing's doubt blurs an end by tau/b; the message must not be cut off at 0 or 1 either.
    assume(min(abs(level - start), abs(level - end)) > 0.021 / world.b)
    assume(abs(shift) <= min(level, 1 - level))
    # Beijing acts on its own reading, and Taipei expects Beijing to act on Taipei's.
    assert solve(world, unprovoked=level + shift).alpha_S == float(level < start)
    assert solve(world, unprovoked=level - shift).alpha_D == float(level < end)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (dict(), "II"),
        (dict(k0=0.8), "I"),  # a = 0: deterred by its own costs, if barely
        (dict(k0=1.3), "V"),  # a + delta = 0
        (dict(k0=1.29), "I"),
        (dict(k0=0.9, delta=0.1), "V"),  # a + delta = 0, and 3e-17 in binary
        (dict(delta=0.6), "II"),  # a + delta = b
        (dict(delta=0.61), "III"),
        (dict(k0=0.0), "III"),  # a = b: a clear commitment is just enough
        (dict(k0=0.0, k1=0.39), "IV"),
        (dict(delta=0.0), "III"),  # no red line, no window
        (dict(delta=0.0, k0=0.8), "V"),
        (dict(w1=0.8, k1=0.0), "IV"),  # help that changes nothing: b = 0
        (dict(w1=0.8, k1=0.0, k0=1.0), "I"),
    ],
)
def test_regions_and_their_lines(values, expected):
    assert region(Parameters(**values)) == expected
    assert expected in REGIONS


def test_a_map_of_regions_is_one_call():
    found = region(Parameters(delta=np.linspace(0, 1.5, 31), k0=np.linspace(0, 1.5, 16)[:, None]))
    assert found.shape == (16, 31)
    assert set(found.ravel()) <= set(REGIONS)


def sharp(a, b, delta, guarantee, top=1.4):
    """Return a world of nearly sharp types with given a, b (at most 0.5) and delta.

    `guarantee`: the guarantee also insures Taipei, so that war is cheap enough to declare.
    """
    return Parameters(
        V=1.0,
        w0=0.9,
        w1=0.4,
        k1=b - 0.5,
        k0=0.9 - a,
        delta=delta,
        tau=0.02,
        L1=0.3 if guarantee else 1.0,
        beta_hi=top,
    )


@pytest.mark.parametrize(
    ("a", "b", "delta", "guarantee", "where", "verdict"),
    [
        (0.4, 0.9, 0.3, False, "II", "ambiguity"),
        (0.4, 0.9, 0.3, True, "II", "ambiguity"),
        (0.4, 0.9, 0.8, False, "III", "clear commitment"),
        (0.4, 0.9, 0.8, True, "III", "ambiguity"),
        (0.85, 0.6, 0.3, False, "IV", "tie"),
        (-0.2, 0.9, 0.4, False, "I", "abandonment"),
        (-0.5, 0.9, 0.2, False, "V", "tie"),
    ],
)
def test_what_is_best_in_each_region_with_sharp_types(a, b, delta, guarantee, where, verdict):
    world = sharp(a, b, delta, guarantee)
    assert region(world) == where
    assert judge(world, "either").verdict == verdict


@given(st.floats(0.1, 0.5), st.floats(0.7, 1.2), st.floats(0.2, 0.9), st.booleans())
def test_in_region_two_ambiguity_beats_both_certainties(a, b, width, guarantee):
    delta = (b - a) * width
    assume(delta / b > 0.1)
    # Room above the window for Taipei to declare unpunished, and a top value that a war denies it.
    assume(a + delta <= b - 0.03)
    world = sharp(a, b, delta, guarantee, top=0.9)
    assert region(world) == "II"
    assume(war_price(world, window(world)[0] + 0.05) > 0.9)
    assert judge(world, "either").verdict == "ambiguity"


# ---------------------------------------------------------------- objectives and verdicts


def test_the_best_levels_of_the_default():
    best = {each: judge(BASE, each, levels=10001) for each in OBJECTIVES}
    assert best["declare"].at_best == 0
    assert best["declare"].best_level == pytest.approx(0.154, abs=1e-3)
    assert best["either"].best_level == pytest.approx(0.4728, abs=2e-4)
    assert best["either"].at_best == pytest.approx(0.2454, abs=5e-5)
    assert best["attack"].best_level == pytest.approx(0.6875, abs=2e-4)
    assert best["attack"].at_best == pytest.approx(0.20408, abs=5e-6)
    assert best["attack"].at_clear == pytest.approx(0.20536, abs=5e-6)
    assert best["attack"].verdict == "clear commitment"
    assert judge(BASE, "attack", margin=0.0005, levels=10001).verdict == "ambiguity"


A, B, C, T = "ambiguity", "abandonment", "clear commitment", "tie"


@pytest.mark.parametrize(
    ("name", "objective", "values", "verdicts"),
    [
        ("delta", "either", (0.036, 0.042, 1.5), (C, A, A)),
        ("delta", "attack", (0.513, 0.521, 1.5), (C, A, A)),
        ("k0", "either", (0.36, 0.373, 1.133, 1.14), (C, A, A, B)),
        ("k0", "attack", (1.133, 1.14, 1.195, 1.203), (C, T, T, C)),
        ("k1", "either", (0.04, 0.048), (C, A)),
        ("k1", "attack", (0.21, 0.23, 0.30, 0.33), (C, A, A, C)),
        ("tau", "either", (0.56, 0.567, 0.73, 0.74, 0.82, 0.827), (A, C, C, T, T, C)),
        ("tau", "attack", (0.10, 0.115, 0.33, 0.34), (C, A, A, C)),
        ("L1", "either", (0, 0.5, 1), (A, A, A)),
        ("L1", "attack", (0.685, 0.71), (C, A)),
        ("w1", "either", (0.755, 0.77), (A, C)),
        ("w1", "attack", (0.43, 0.445, 0.62, 0.64, 0.67, 0.685, 0.75, 0.765), (C, A, A, C) * 2),
        ("beta_hi", "either", (0.25, 0.28, 4), (C, A, A)),
        ("beta_hi", "attack", (0.29, 0.33, 1.27, 1.33), (C, A, A, C)),
        ("w0", "either", (0.4, 1), (A, A)),
        ("w0", "attack", (0.4, 1), (C, C)),
    ],
)
def test_where_the_claim_holds_and_fails(name, objective, values, verdicts):
    world = Parameters(**{name: np.array(values)})
    assert judge(world, objective, levels=1001).verdict.tolist() == list(verdicts)


@given(stakes, st.sampled_from(sorted(OBJECTIVES)), st.floats(0, 1), st.floats(0, 0.2))
def test_a_verdict_says_what_the_numbers_say(values, objective, weight, margin):
    world = Parameters(**values)
    found = judge(world, objective, weight=weight, margin=margin)
    levels = np.linspace(0, 1, 101)
    value = loss(solve(world, unprovoked=levels), objective, weight=weight)
    assert found.at_best == value.min()
    assert (found.at_none, found.at_clear) == (value[0], value[-1])
    assert found.best_level == levels[value.argmin()]
    assert found.verdict in VERDICTS
    ahead = min(value[0], value[-1]) - value[1:-1].min()
    assert (found.verdict == "ambiguity") == (ahead > margin)


@given(stakes, st.floats(0, 1), st.floats(0, 1))
def test_the_weighted_objective_goes_from_one_fear_to_the_other(values, weight, level):
    cells = solve(Parameters(**values), unprovoked=level)
    assert loss(cells, "weighted", weight=1) == cells.attack
    assert loss(cells, "weighted", weight=0) == cells.declare
    between = sorted([cells.attack, cells.declare])
    assert between[0] - 1e-12 <= loss(cells, "weighted", weight=weight) <= between[1] + 1e-12


def test_vague_messages_can_be_judged_too():
    plain = judge(BASE, "either").at_best
    assert judge(BASE, "either", spread=0.2, attitude=1).at_best < plain
    assert judge(BASE, "either", spread=0.2, attitude=-1).at_best > plain


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: loss(solve(BASE), "peace"), "objective must be one of attack, declare, either"),
        (lambda: loss(solve(BASE), "weighted", weight=1.2), "weight must lie from 0 to 1"),
        (lambda: judge(BASE, levels=2), "levels must be at least 3"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_map_of_verdicts_misses_no_level_anywhere():
    # Large enough that the levels are tried in several blocks.
    delta, k0 = np.linspace(0, 1.5, 40), np.linspace(0, 1.5, 40)[:, None]
    found = judge(Parameters(delta=delta, k0=k0))
    assert set(found.verdict.ravel()) >= {"ambiguity", "abandonment", "clear commitment"}
    levels = np.linspace(0, 1, 101)
    every = solve(Parameters(delta=delta[:, None], k0=k0[..., None]), unprovoked=levels).either
    assert (found.at_best == every.min(axis=-1)).all()
    assert (found.best_level == levels[every.argmin(axis=-1)]).all()


@pytest.mark.parametrize("types", ["uniform", "logistic"])
def test_how_often_ambiguity_is_best_depends_on_the_aim(types):
    drawn = sample(20_000, seed=5, types=types)
    share = {aim: (judge(drawn, aim).verdict == "ambiguity").mean() for aim in ("either", "attack")}
    assert share["either"] > 2 * share["attack"] > 0.2
    # A kept condition is at least as good as every level, in every one of these worlds.
    clear = solve(drawn, unprovoked=1, provoked=0).either
    assert (clear <= judge(drawn, "either").at_best + 1e-9).all()


def test_a_sample_covers_the_ranges_and_can_be_drawn_again():
    drawn, again = sample(5000, seed=2), sample(5000, seed=2)
    assert (drawn.delta == again.delta).all()
    assert (drawn.w1 <= drawn.w0).all()
    assert (drawn.L1 <= drawn.L0).all()
    assert drawn.tau.min() < 0.05
    assert drawn.tau.max() > 0.95
    assert np.corrcoef(drawn.delta, drawn.k0)[0, 1] == pytest.approx(0, abs=0.05)
    assert set(region(drawn)) == set(REGIONS)
