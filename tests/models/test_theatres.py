"""One pool, two theatres: the closed form against a search, its laws, and what lesson 05 takes."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.models import ambiguity
from indopacific.models import theatres as model
from indopacific.models.parameters import declared

NAMES = {each.name: each for each in declared(model.Parameters)}
DEFAULT = model.Parameters()


def within(name):
    each = NAMES[name]
    return st.floats(each.low, each.high, allow_nan=False)


@st.composite
def settings(draw, **fixed):
    values = {name: draw(within(name)) for name in NAMES if name not in fixed}
    return model.Parameters(**values, **fixed)


any_setting = settings()
by_ratio = settings(decisiveness=1.0)


def looked_up(setting, points=4001):
    """Return the best share by looking at very many: knows nothing of the two ways of the model."""
    shares = np.linspace(0, 1, points)
    m = setting.decisiveness
    europe, pacific = (
        setting.europe + shares * setting.pool,
        setting.pacific + (1 - shares) * (setting.pool),
    )
    total = setting.value_europe * europe**m / (europe**m + setting.russia**m)
    total += setting.value_pacific * pacific**m / (pacific**m + setting.china**m)
    return shares[total.argmax()], total.max()


# ---------------------------------------------------------------- the numbers of the dossier


def test_the_default_is_the_worked_example():
    found = model.allocate(DEFAULT)
    assert DEFAULT.rho == pytest.approx(0.894427, abs=1e-6)
    assert found.share == pytest.approx(0.39968944, abs=1e-8)
    assert (found.hold_europe, found.hold_pacific) == pytest.approx((0.5293, 0.4738), abs=5e-5)
    assert found.pass_through == pytest.approx(0.52786405, abs=1e-8)
    assert found.where == model.BOTH


def test_two_equal_theatres_share_evenly():
    same = model.Parameters(europe=0.4, pacific=0.4, russia=0.9, china=0.9)
    assert model.allocate(same).share == pytest.approx(0.5)
    assert model.allocate(same).pass_through == pytest.approx(0.5)


def test_a_europe_that_needs_nobody_gets_nothing_and_frees_nothing_more():
    found = model.allocate(model.Parameters(europe=2.0, pacific=0.0, china=2.0))
    assert (found.share, found.pass_through, found.where) == (0.0, 0.0, model.PACIFIC)


# ---------------------------------------------------------------- the best share


@given(any_setting)
def test_no_other_share_is_better(setting):
    _, best = looked_up(setting)
    assert model.worth(setting, model.best_share(setting)) >= best - 1e-9


def test_a_sharp_contest_hides_no_better_share_from_the_search():
    """Where forces decide sharply there are two peaks: looking at four shares misses one."""
    sharp = model.Parameters(
        europe=0.511, pacific=0.072, pool=1.582, russia=0.502, china=1.474, value_europe=4.572,
        value_pacific=1.237, decisiveness=2.819,
    )  # fmt: skip
    assert model.worth(sharp, model.best_share(sharp)) >= looked_up(sharp)[1] - 1e-12


@given(by_ratio)
def test_the_closed_form_and_the_search_agree(setting):
    nearly = replace(setting, decisiveness=1 + 1e-9)
    assert model.best_share(nearly) == pytest.approx(model.best_share(setting), abs=1e-7)


def test_with_two_peaks_the_higher_one_is_taken_and_of_two_equal_ones_the_first():
    twins = model.Parameters(
        europe=0, pacific=0, pool=0.5, russia=1.2, china=1.2, decisiveness=3, value_europe=1.0
    )
    shares = np.linspace(0, 1, 1001)
    worth = model.worth(twins, shares)
    assert worth[500] < worth[0] == pytest.approx(worth[-1])
    assert model.best_share(twins) == 0
    assert model.best_share(replace(twins, value_europe=1.1)) == 1


def test_numbers_and_arrays_give_the_same_and_a_map_of_both_kinds_mixes():
    forces, sharpness = np.linspace(0.2, 2, 5), np.array([0.5, 1.0, 1.7, 3.0])
    many = model.allocate(
        model.Parameters(russia=forces[:, None], decisiveness=sharpness[None, :], pacific=0.7)
    )
    for i, russia in enumerate(forces):
        for j, m in enumerate(sharpness):
            one = model.allocate(model.Parameters(russia=russia, decisiveness=m, pacific=0.7))
            assert many.share[i, j] == pytest.approx(one.share, abs=1e-6)
            assert many.hold_pacific[i, j] == pytest.approx(one.hold_pacific, abs=1e-6)
            assert many.pass_through[i, j] == pytest.approx(one.pass_through, abs=1e-5)


def test_a_map_of_200_by_200_settings_is_quick():
    """Without a search in 0.05 seconds of the processor; with one it must fit into the room."""
    rows, columns = np.linspace(0.2, 2, 200)[:, None], np.linspace(0, 2, 200)
    whole = model.Parameters(china=rows, europe=columns)
    least = min(_seconds(lambda: model.allocate(whole)) for _ in range(3))
    assert least < 0.05
    sharp = model.allocate(replace(whole, decisiveness=2.0))
    assert sharp.share.shape == (200, 200)
    for row, column in ((0, 0), (150, 40), (199, 199)):
        one = model.Parameters(china=rows[row, 0], europe=columns[column], decisiveness=2.0)
        assert sharp.share[row, column] == pytest.approx(model.best_share(one), abs=1e-9)


def _seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


# ---------------------------------------------------------------- laws


@given(by_ratio, st.floats(0.5, 1.5))
def test_only_ratios_of_forces_count(setting, scale):
    forces = ("europe", "pacific", "pool", "russia", "china")
    larger = {name: getattr(setting, name) * scale for name in forces}
    if not all(NAMES[name].low <= value <= NAMES[name].high for name, value in larger.items()):
        return
    assert model.best_share(replace(setting, **larger)) == pytest.approx(
        model.best_share(setting), abs=1e-9
    )


@given(any_setting, st.floats(0.3, 3))
def test_only_the_ratio_of_both_values_counts(setting, scale):
    values = {name: getattr(setting, name) * scale for name in ("value_europe", "value_pacific")}
    if not all(NAMES[name].low <= value <= NAMES[name].high for name, value in values.items()):
        return
    scaled = replace(setting, **values)
    one, two = model.best_share(setting), model.best_share(scaled)
    assert one == pytest.approx(two, abs=1e-6) or model.worth(setting, two) == pytest.approx(
        model.worth(setting, one), abs=1e-9
    )


@given(any_setting)
def test_exchanging_the_theatres_exchanges_the_shares(setting):
    other = replace(
        setting,
        europe=setting.pacific,
        pacific=setting.europe,
        russia=setting.china,
        china=setting.russia,
        value_europe=setting.value_pacific,
        value_pacific=setting.value_europe,
    )
    one, two = model.best_share(setting), model.best_share(other)
    # Where two shares are equally good either may be named.
    assert one == pytest.approx(1 - two, abs=1e-5) or model.worth(setting, 1 - two) == (
        pytest.approx(model.worth(setting, one), abs=1e-9)
    )


@given(by_ratio, st.floats(0.01, 0.3))
def test_more_allies_in_europe_never_draw_more_there_and_never_harm_either_theatre(setting, more):
    if setting.europe + more > NAMES["europe"].high:
        return
    before = model.allocate(setting)
    after = model.allocate(replace(setting, europe=setting.europe + more))
    assert after.share <= before.share + 1e-12
    assert after.hold_europe >= before.hold_europe - 1e-12
    assert after.hold_pacific >= before.hold_pacific - 1e-12


@given(any_setting)
def test_what_is_freed_is_the_slope_of_the_share(setting):
    small = 1e-4
    if not small < setting.europe < NAMES["europe"].high - small:
        return
    found = model.allocate(setting)
    around = [
        model.best_share(replace(setting, europe=setting.europe + change))
        for change in (-small, small)
    ]
    inside = all(0.002 < share < 0.998 for share in (found.share, *around))
    if not inside or abs(around[1] - around[0]) > 0.01:  # at a corner, or over a jump
        return
    slope = -(around[1] - around[0]) * setting.pool / (2 * small)
    assert found.pass_through == pytest.approx(slope, abs=1e-3 + 1e-3 * abs(slope) ** 3)


@given(by_ratio)
def test_at_the_ratio_contest_what_is_freed_depends_on_rho_alone(setting):
    found = model.allocate(setting)
    expected = 1 / (1 + setting.rho) if found.where == model.BOTH else 0.0
    assert found.pass_through == pytest.approx(expected)


@given(by_ratio)
def test_inside_the_last_unit_gains_the_same_in_both_theatres(setting):
    found = model.allocate(setting)
    if found.where != model.BOTH:
        return
    europe = setting.value_europe * setting.russia / (found.force_europe + setting.russia) ** 2
    pacific = setting.value_pacific * setting.china / (found.force_pacific + setting.china) ** 2
    assert europe == pytest.approx(pacific)


# ---------------------------------------------------------------- odds for lesson 05


@given(any_setting)
def test_help_never_raises_beijing_s_odds(setting):
    found = model.odds(setting)
    assert 0 <= found.with_help <= found.without_help <= 1


def test_the_odds_become_those_of_lesson_05():
    world = model.carried(DEFAULT)
    found = model.allocate(DEFAULT)
    assert world.w1 == pytest.approx(1 - found.hold_pacific)
    assert world.w0 == pytest.approx(1 / 1.3)
    assert replace(world, w0=0.8, w1=0.4) == ambiguity.Parameters()
    kept = model.carried(DEFAULT, ambiguity.Parameters(delta=0.9))
    assert (kept.delta, kept.w1) == (0.9, world.w1)


def test_odds_that_lesson_05_does_not_know_are_refused_with_their_name():
    with pytest.raises(ValueError, match="w0 must lie from 0.4 to 1"):
        model.carried(model.Parameters(pacific=2, china=0.2))


# ---------------------------------------------------------------- other contests


@given(st.floats(0, 1), st.floats(0, 1))
def test_both_hold_between_the_bounds_of_frechet(one, other):
    lowest, independent, highest = model.both_hold(one, other)
    assert 0 <= lowest <= independent + 1e-12 <= highest + 2e-12
    # A table of the four cases exists for both ends, and for no lower or higher one.
    for both in (lowest, highest):
        cells = (both, one - both, other - both, 1 - one - other + both)
        assert min(cells) >= -1e-12
        assert min(abs(cell) for cell in cells) < 1e-12


def test_probabilities_must_be_probabilities():
    with pytest.raises(ValueError, match="probabilities"):
        model.both_hold(1.2, 0.5)


@given(st.floats(0.2, 3), st.floats(0.2, 3), st.floats(0.3, 4), st.floats(0.3, 4))
def test_neither_side_gains_by_leaving_the_shares_of_simultaneous(ours, theirs, one, other):
    found = model.simultaneous(ours, theirs, value_europe=one, value_pacific=other)
    assert sum(found.ours) == pytest.approx(ours)
    assert sum(found.theirs) == pytest.approx(theirs)
    shares = np.linspace(0, 1, 1001)
    for (own, against), pool in (
        ((found.ours, found.theirs), ours),
        ((found.theirs, found.ours), theirs),
    ):
        tried = one * shares * pool / (shares * pool + against[0])
        tried += other * (1 - shares) * pool / ((1 - shares) * pool + against[1])
        here = one * own[0] / (own[0] + against[0]) + other * own[1] / (own[1] + against[1])
        assert tried.max() <= here + 1e-9
    assert found.hold == pytest.approx(ours / (ours + theirs))


@given(st.floats(0.3, 2), st.floats(0.3, 2), st.floats(0.3, 4), st.floats(0.05, 0.95))
def test_answering_each_other_in_turn_leads_to_the_shares_of_simultaneous(
    ours, theirs, value, start
):
    """From any first guess, if each goes half the way to its best reply, there the two settle."""
    pools, shares = (ours, theirs), [start, 1 - start]
    for turn in range(400):
        me, you = turn % 2, 1 - turn % 2
        against = pools[you] * shares[you], pools[you] * (1 - shares[you])
        # The reply that makes the last unit gain as much in one theatre as in the other.
        gains = (value * against[0]) ** 0.5, against[1] ** 0.5
        reply = (gains[0] * sum(pools) / sum(gains) - against[0]) / pools[me]
        shares[me] += (min(1.0, max(0.0, reply)) - shares[me]) / 2
    found = model.simultaneous(ours, theirs, value_europe=value)
    assert shares[0] * ours == pytest.approx(found.ours[0], rel=1e-6)
    assert shares[1] * theirs == pytest.approx(found.theirs[0], rel=1e-6)


def test_simultaneous_is_a_best_reply_by_the_other_model_too():
    found = model.simultaneous(1.0, 1.2, value_europe=1.5, value_pacific=0.9)
    reply = model.best_share(
        model.Parameters(
            europe=0, pacific=0, pool=1.0, russia=found.theirs[0], china=found.theirs[1],
            value_europe=1.5, value_pacific=0.9,
        )
    )  # fmt: skip
    assert reply == pytest.approx(found.ours[0])


@pytest.mark.parametrize("name", ["ours", "theirs", "value_europe", "value_pacific"])
def test_a_pool_or_value_of_nothing_is_refused_by_name(name):
    given_values = {"ours": 1.0, "theirs": 1.0, name: 0.0}
    with pytest.raises(ValueError, match=f"{name} must be a number above 0"):
        model.simultaneous(**given_values)


def test_the_square_law_knows_the_textbook_s_numbers():
    assert model.lanchester(5, 4) == pytest.approx((3, 0))
    first = model.lanchester(2, 3)
    second = model.lanchester(2, first[1])
    assert second == pytest.approx((0, 1)), "2 and 2, one after the other, lose to 3"
    assert model.lanchester(4, 3) == pytest.approx((np.sqrt(7), 0)), "and together they win"


@given(st.floats(0.5, 5), st.floats(0.5, 5), st.floats(0.3, 3), st.floats(0.3, 3))
def test_the_square_law_is_where_small_steps_lead(ours, theirs, skill, their_skill):
    a, b = ours, theirs
    step = 2e-4
    while min(a, b) > 0.01 * max(ours, theirs):
        # A step of the second order: half a step first, then the whole by what stands there.
        half_a, half_b = a - their_skill * b * step / 2, b - skill * a * step / 2
        a, b = a - their_skill * half_b * step, b - skill * half_a * step
        if abs(skill * ours**2 - their_skill * theirs**2) < 0.05:
            return  # both sides wear each other out: that takes for ever
    left = model.lanchester(ours, theirs, our_skill=skill, their_skill=their_skill)
    assert max(left) == pytest.approx(max(a, b), rel=0.01, abs=0.02)
    assert (left[0] > 0) == (a > b)


def test_forces_and_skills_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        model.lanchester(-1, 2)
    with pytest.raises(ValueError, match="above 0"):
        model.lanchester(1, 2, our_skill=0)


# ---------------------------------------------------------------- bad input, and size


@pytest.mark.parametrize("name", NAMES)
def test_a_value_out_of_range_is_refused_by_name(name):
    for value in (NAMES[name].low - 0.01, NAMES[name].high + 0.01, float("nan"), "1", None):
        with pytest.raises(ValueError, match=f"^{name} must"):
            model.Parameters(**{name: value})


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="share must lie from 0 to 1"):
        model.at_share(DEFAULT, share)
