"""The spiral: check values, two independent implementations, its boundary, laws and bad input."""

from dataclasses import fields, replace

import hypothesis
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.linalg import expm

from indopacific.models.parameters import Real, declared
from indopacific.models.partnerships import (
    BALANCE,
    EDGE,
    SPIRAL,
    Assurance,
    Parameters,
    critical_depth,
    nullclines,
    path,
    pull,
    solve,
    trust_after,
)

BASE = Parameters()
NUMBERS = [each for each in declared(Parameters) if isinstance(each, Real)]


@st.composite
def settings(draw, **fixed):
    """Draw any setting that `Parameters` accepts, ends included."""
    values = {
        each.name: draw(st.sampled_from([each.low, each.high]) | st.floats(each.low, each.high))
        for each in NUMBERS
    }
    return Parameters(**(values | fixed))


def matrix(s):
    return np.array([[-s.alpha, s.k], [s.l0 + s.psi * s.d * (1 - s.r), -s.beta]])


def drive(s):
    return np.array([s.g + s.d, s.h])


def by_steps(s, end, start=(0.0, 0.0), steps=4000):
    """Follow the two equations by Runge and Kutta's rule, with nothing but their slopes."""
    z, dt = np.array(start, dtype=float), end / steps

    def slope(z):
        return matrix(s) @ z + drive(s)

    for _ in range(steps):
        a = slope(z)
        b = slope(z + dt / 2 * a)
        c = slope(z + dt / 2 * b)
        z = z + dt / 6 * (a + 2 * b + 2 * c + slope(z + dt * c))
    return z


def by_matrix(s, end, start=(0.0, 0.0)):
    """Follow them by the exponential of a matrix that carries the constant drive along."""
    whole = np.zeros((3, 3))
    whole[:2, :2], whole[:2, 2] = matrix(s), drive(s)
    return (expm(whole * end) @ [*start, 1.0])[:2]


# ---------------------------------------------------------------- check values


def test_the_balance_without_a_partnership():
    found = solve(Parameters(alpha=1, beta=1, k=0.5, l0=0.5, g=0.2, h=0.2, d=0))
    assert (found.x, found.y) == pytest.approx((0.4, 0.4))
    assert (found.state, found.ratio) == (BALANCE, pytest.approx(0.5))


def test_the_balance_at_a_depth_of_one_half():
    found = solve(Parameters(d=0.5, psi=0.4))
    assert (found.x, found.y) == pytest.approx((0.8 / 0.65, 0.69 / 0.65))


def test_the_critical_depth_and_what_reassurance_makes_of_it():
    assert critical_depth(Parameters(psi=0.4)) == pytest.approx(3.75)
    assert critical_depth(Parameters(psi=0.4, r=0.5)) == pytest.approx(7.5)
    assert Parameters(psi=0.4, d=3.75).growth == pytest.approx(0)


def test_the_benefit_by_hand():
    """x = 2.4, y = 2.2 at the default's depth; each of the partners' arms counts 1.5 times."""
    found = solve(Parameters(psi=0))
    x, y = 1.3 / 0.75, 0.8 / 0.75
    assert (found.x, found.y) == pytest.approx((x, y))
    assert found.ratio == pytest.approx(1.5 * x / (1.5 * x + y))
    assert found.total == pytest.approx(x + y)


# ---------------------------------------------------------------- independent implementations


@given(settings())
def test_the_balance_solves_both_equations(setting):
    found = solve(setting)
    assume(found.state == BALANCE and setting.slack > 1e-6)
    expected = np.linalg.solve(matrix(setting), -drive(setting))
    assert [found.x, found.y] == pytest.approx(list(expected), rel=1e-6)
    assert min(found.x, found.y) >= 0


@given(settings(), st.floats(0, 20), st.floats(0, 5), st.floats(0, 5))
def test_the_path_is_that_of_a_matrix_exponential(setting, time, x, y):
    found = path(setting, [time], start=(x, y))
    expected = by_matrix(setting, time, (x, y))
    assert np.ravel(found) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    "setting",
    [BASE, Parameters(d=5, psi=1), Parameters(psi=0.4, d=3.75), Parameters(k=0.1, l0=0.1, psi=0)],
    ids=["balance", "spiral", "edge", "weak answers"],
)
def test_the_path_is_that_of_small_steps(setting):
    x, y = path(setting, [6.0], start=(1.0, 0.2))
    assert [x[0], y[0]] == pytest.approx(list(by_steps(setting, 6.0, (1.0, 0.2))), rel=1e-8)


@given(settings())
def test_growth_is_the_larger_eigenvalue(setting):
    expected = np.linalg.eigvals(matrix(setting))
    assert np.isreal(expected).all()
    assert setting.growth == pytest.approx(max(expected.real), abs=1e-9)
    assert (setting.slack > 0) == (setting.growth < 0) or abs(setting.slack) < 1e-9


# ---------------------------------------------------------------- the boundary


@hypothesis.settings(suppress_health_check=list(hypothesis.HealthCheck))  # most tip elsewhere
@given(settings())
def test_the_state_turns_at_the_critical_depth(setting):
    critical = float(critical_depth(setting))
    step = 1e-6
    assume(step < critical < 5)
    # So little provocation that a step changes nothing a computer can tell has no two sides.
    assume(setting.k * setting.psi * (1 - setting.r) * step > 1e-11)
    assert solve(replace(setting, d=critical)).state == EDGE
    below, above = critical - step, critical + step
    assert solve(replace(setting, d=below)).state == BALANCE
    assume(above <= 5)
    assert solve(replace(setting, d=above)).state == SPIRAL


def test_on_the_edge_both_levels_rise_steadily():
    x, y = path(Parameters(psi=0.4, d=3.75), [1000.0, 1001.0, 1002.0])
    # By hand: [[1, 0.5], [2, 1]] / 2 projects the drive (3.95, 0.2) on the direction that stays.
    assert np.diff(x) == pytest.approx([2.025, 2.025], rel=1e-6)
    assert np.diff(y) == pytest.approx([4.05, 4.05], rel=1e-6)
    found = solve(Parameters(psi=0.4, d=3.75))
    assert np.isnan([found.x, found.y, found.ratio, found.total]).all()
    assert not found.stable


def test_a_spiral_is_followed_as_far_as_it_is_asked_for():
    setting = Parameters(d=5, psi=1)
    x, y = path(setting, np.linspace(0, 60, 121))
    assert (np.diff(x) > 0).all()
    assert (np.diff(y) > 0).all()
    assert x[-1] > 1e15
    rates = np.diff(np.log(x[60:])) / 0.5
    assert rates == pytest.approx(np.full(60, setting.growth), rel=1e-3), "no ceiling anywhere"


def test_a_spiral_beyond_all_numbers_is_said_in_words():
    with pytest.raises(ValueError, match="By time 2000 this spiral has left all numbers behind"):
        path(Parameters(d=5, psi=1), [2000.0])


def test_where_nobody_is_provoked_no_depth_tips_the_balance():
    for setting in (Parameters(psi=0, d=5), Parameters(psi=1, r=1, d=5)):
        assert critical_depth(setting) == np.inf
        assert solve(setting).state == BALANCE
        assert solve(setting).y > 0


def test_where_there_is_no_balance_without_a_partnership_the_critical_depth_is_0():
    arming = Parameters(alpha=0.3, beta=0.3, k=0.9, l0=0.9, d=0, psi=0)
    assert critical_depth(arming) == 0
    assert solve(arming).state == SPIRAL
    assert critical_depth(replace(arming, psi=0.5)) == 0


def test_two_sides_without_arms_share_nothing():
    found = solve(Parameters(d=0, g=0, h=0))
    assert (found.x, found.y) == (0, 0)
    assert np.isnan(found.ratio)


# ---------------------------------------------------------------- laws


@given(settings(), st.sampled_from(["d", "psi", "k", "l0", "g", "h"]), st.floats(0, 1))
def test_what_adds_arms_or_answers_never_disarms_either_side(setting, name, share):
    end = next(each.high for each in NUMBERS if each.name == name)
    start = getattr(setting, name)
    more = replace(setting, **{name: start + share * (end - start)})
    assume(solve(setting).state == BALANCE and solve(more).state == BALANCE)
    one, two = solve(setting), solve(more)
    assert two.x >= one.x * (1 - 1e-9)
    assert two.y >= one.y * (1 - 1e-9)
    if name in ("psi", "k", "l0"):
        assert critical_depth(more) <= critical_depth(setting)


@given(settings(), st.floats(0, 1))
def test_reassurance_never_raises_the_neighbours_arms(setting, share):
    calmer = replace(setting, r=setting.r + share * (1 - setting.r))
    assert critical_depth(calmer) >= critical_depth(setting)
    assume(solve(setting).state == BALANCE)
    assert solve(calmer).y <= solve(setting).y * (1 + 1e-9)


@given(settings())
def test_a_path_ends_in_the_balance_and_one_that_begins_there_stays(setting):
    found = solve(setting)
    assume(found.state == BALANCE and setting.growth < -0.05)
    ends = path(setting, [600.0])
    assert np.ravel(ends) == pytest.approx([found.x, found.y], rel=1e-6, abs=1e-9)
    stays = path(setting, [3.0], start=(found.x, found.y))
    assert np.ravel(stays) == pytest.approx([found.x, found.y], rel=1e-6, abs=1e-9)


@given(settings())
def test_the_lines_of_rest_meet_in_the_balance(setting):
    found = solve(setting)
    assume(found.state == BALANCE and setting.slack > 1e-3)
    partners, neighbour = nullclines(setting, found.x)
    assert [partners, neighbour] == pytest.approx([found.y, found.y], rel=1e-6, abs=1e-9)
    assert pull(setting, found.x, found.y) == pytest.approx((0, 0), abs=1e-6 * (1 + found.y))


@given(settings(), st.floats(0, 5), st.floats(0, 5))
def test_each_line_of_rest_is_where_its_own_side_rests(setting, x, y):
    partners, neighbour = nullclines(setting, x)
    assert pull(setting, x, partners)[0] == pytest.approx(0, abs=1e-9)
    assert pull(setting, x, neighbour)[1] == pytest.approx(0, abs=1e-9)
    assert (pull(setting, x, y)[0] > 0) == (y > partners) or abs(y - partners) < 1e-9


@given(settings())
def test_a_higher_benefit_raises_the_partners_share(setting):
    found, more = solve(replace(setting, mu=0.0)), solve(replace(setting, mu=2.0))
    assume(found.state == BALANCE and np.isfinite(found.ratio))
    assert more.ratio >= found.ratio


def test_many_settings_at_once_are_each_by_itself():
    depths, provocations = np.linspace(0, 5, 11), np.linspace(0, 1, 6)[:, None]
    many = solve(Parameters(d=depths, psi=provocations))
    assert many.state.shape == (6, 11)
    assert set(many.state.ravel()) == {BALANCE, SPIRAL, EDGE}
    for row, psi in enumerate(provocations[:, 0]):
        for column, d in enumerate(depths):
            one = solve(Parameters(d=d, psi=psi))
            for name in ("x", "y", "ratio", "growth", "critical"):
                each = np.broadcast_to(getattr(many, name), (6, 11))[row, column]
                assert each == pytest.approx(getattr(one, name), nan_ok=True), name
            assert many.state[row, column] == one.state


# ---------------------------------------------------------------- trust


def test_the_threshold_of_trust():
    assert Assurance().threshold == pytest.approx(2 / 3)
    assert Assurance(R=[4, 5], T=3, P=2, S=0).threshold == pytest.approx([2 / 3, 1 / 2])


@given(st.floats(0, 1), *[st.floats(0, 5)] * 4)
def test_at_the_threshold_both_moves_are_worth_the_same(trust, a, b, c, d):
    assume(abs(a - b) > 1e-3 and abs(c - d) > 1e-3)
    game = Assurance(R=max(a, b), T=min(a, b), P=max(c, d), S=min(c, d))

    def worth(t):
        return t * game.R + (1 - t) * game.S, t * game.T + (1 - t) * game.P

    held, armed = worth(game.threshold)
    assert held == pytest.approx(armed, abs=1e-9)
    held, armed = worth(trust)
    assert (held > armed) == (trust > game.threshold) or abs(held - armed) < 1e-9


def test_trust_after_what_was_seen():
    assert trust_after(0.5, if_trustworthy=0.3, if_hostile=0.6) == pytest.approx(1 / 3)
    assert trust_after(0.4, if_trustworthy=0.7, if_hostile=0.7) == pytest.approx(0.4)
    assert trust_after(0.1, if_trustworthy=0.2, if_hostile=0) == 1
    found = trust_after(np.array([0, 0.5, 1]), if_trustworthy=0.3, if_hostile=0.6)
    assert found == pytest.approx([0, 1 / 3, 1])


@given(*[st.floats(0.01, 1)] * 3)
def test_an_act_raises_trust_only_if_a_hostile_side_shows_it_less_often(trust, good, bad):
    after = trust_after(trust, if_trustworthy=good, if_hostile=bad)
    assert 0 <= after <= 1
    assume(trust < 0.999)
    assert (after > trust + 1e-12) == (good > bad) or abs(good - bad) < 1e-9


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize("name", [field.name for field in fields(Parameters)])
def test_a_value_out_of_range_is_refused_by_name(name):
    for value in (-0.01, 12.01, float("nan"), "1", None):
        with pytest.raises(ValueError, match=rf"^{name} must (lie|be)"):
            Parameters(**{name: value})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: path(BASE, [-1.0]), "times must be finite and 0 or later"),
        (lambda: path(BASE, [np.inf]), "times must be finite and 0 or later"),
        (lambda: path(BASE, [1.0], start=(-1, 0)), "two arms levels, 0 or more"),
        (lambda: path(BASE, [1.0], start=(1, 2, 3)), "two arms levels, 0 or more"),
        (lambda: path(Parameters(d=np.array([1, 2])), [1.0]), "follows one setting"),
        (lambda: Assurance(R=3, T=3), "R must lie above T, here 3; got 3"),
        (lambda: Assurance(P=[2, 1], S=[0, 1.5]), "P must lie above S, here 1.5; got 1"),
        (lambda: trust_after(1.1, if_trustworthy=1, if_hostile=1), "trust must lie from 0 to 1"),
        (lambda: trust_after(0.5, if_trustworthy=1, if_hostile=-1), "if_hostile must lie"),
        (lambda: trust_after(0.5, if_trustworthy=0, if_hostile=0), "cannot have happened"),
        (lambda: trust_after(1, if_trustworthy=0, if_hostile=1), "cannot have happened"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
