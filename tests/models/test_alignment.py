"""The composite index and vote agreement: check values, laws, and independent verification."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indopacific.datasets import load
from indopacific.models.alignment import (
    INDICATORS,
    AlignmentParameters,
    agreement,
    composite_index,
    dirichlet_variance,
    distances,
    draw_weights,
    indicators,
    measures,
    normalise,
    pooled,
    scores,
    then_and_now,
)

YEARS = ["2016", "2017", "2018"]
numbers = st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda x: round(x, 3))
tables = arrays(float, st.tuples(st.integers(2, 8), st.just(4)), elements=numbers)
shares = st.floats(0.01, 1)
weightings = st.lists(shares, min_size=4, max_size=4).map(
    lambda w: dict(zip(INDICATORS, w, strict=True))
)
votes = st.sampled_from(["yes", "abstain", "no"])
ballots = st.lists(st.tuples(votes, votes), min_size=1, max_size=40)


def frame(rows):
    return pd.DataFrame(rows, columns=INDICATORS, index=[str(i) for i in range(len(rows))])


# One case with the values (.9, .2, .5, .7) between a row of zeros and a row of ones: min-max
# leaves it as it is, so the check values can be read off the middle row.
BETWEEN = frame([[0, 0, 0, 0], [0.9, 0.2, 0.5, 0.7], [1, 1, 1, 1]])
WEIGHTS = dict(trade=0.4, votes=0.3, ideal_points=0.2, arms=0.1)


def test_linear_index_of_the_check_values():
    assert composite_index(BETWEEN, AlignmentParameters(**WEIGHTS)).index[1] == pytest.approx(0.59)


def test_geometric_index_of_the_check_values():
    setting = AlignmentParameters(**WEIGHTS, aggregator="geometric")
    assert composite_index(BETWEEN, setting).index[1] == pytest.approx(0.496947, abs=1e-6)


def test_variance_of_the_check_values():
    x, w = np.array([[0.9, 0.2, 0.5, 0.7]]), np.array([0.4, 0.3, 0.2, 0.1])
    assert dirichlet_variance(x, w, 20) == pytest.approx(0.0041381, abs=1e-7)


def test_the_closed_form_of_the_variance_agrees_with_monte_carlo():
    x, w = np.array([0.9, 0.2, 0.5, 0.7]), np.array([0.4, 0.3, 0.2, 0.1])
    drawn = draw_weights(w, 20, draws=200_000, seed=1) @ x
    assert drawn.mean() == pytest.approx(0.59, abs=1e-3)
    assert drawn.var() == pytest.approx(dirichlet_variance(x[None], w, 20)[0], abs=5e-5)


@given(tables, weightings)
def test_the_geometric_index_never_exceeds_the_linear_one_above_the_floor(rows, weights):
    geometric = composite_index(frame(rows), AlignmentParameters(**weights, aggregator="geometric"))
    linear = np.maximum(normalise(rows, "min-max"), 0.01) @ geometric.weights
    assert (geometric.index <= linear + 1e-9).all()


@given(tables, weightings, st.sampled_from(["linear", "geometric"]))
def test_rescaling_all_weights_changes_nothing(rows, weights, aggregator):
    halved = {name: weight / 2 for name, weight in weights.items()}
    whole = composite_index(frame(rows), AlignmentParameters(**weights, aggregator=aggregator))
    half = composite_index(frame(rows), AlignmentParameters(**halved, aggregator=aggregator))
    assert whole.index == pytest.approx(half.index)


@given(
    arrays(float, (5, 4), elements=st.integers(-1000, 1000).map(float)),
    st.integers(1, 50),
    st.integers(-500, 500),
    st.sampled_from(["min-max", "z-score", "rank"]),
)
def test_normalisation_ignores_the_unit_of_measurement(rows, factor, shift, how):
    assert normalise(rows * factor + shift, how) == pytest.approx(normalise(rows, how), abs=1e-9)


@given(tables, st.sampled_from(["min-max", "z-score", "rank"]))
def test_normalised_values_lie_between_0_and_1_and_keep_the_order(rows, how):
    scaled = normalise(rows, how)
    assert ((scaled >= 0) & (scaled <= 1)).all()
    for column, original in zip(scaled.T, rows.T, strict=True):
        ordered = column[np.argsort(original, kind="stable")]
        assert (np.diff(ordered) >= -1e-12).all()


@given(
    arrays(float, 4, elements=st.floats(0, 1)),
    weightings,
    st.integers(0, 3),
    st.floats(0, 1),
    st.sampled_from(["linear", "geometric"]),
)
def test_raising_an_indicator_never_lowers_the_index(x, weights, which, rise, aggregator):
    raised = x.copy()
    raised[which] = min(1, x[which] + rise)
    setting = AlignmentParameters(**weights, aggregator=aggregator)
    before, after = (
        composite_index(frame([[0] * 4, middle, [1] * 4]), setting).index[1]
        for middle in (x, raised)
    )
    assert after >= before - 1e-12


@given(tables, weightings, st.sampled_from(["linear", "geometric"]))
def test_the_band_holds_the_index_and_narrows_with_agreement(rows, weights, aggregator):
    wide, narrow = (
        composite_index(
            frame(rows), AlignmentParameters(**weights, aggregator=aggregator, concentration=c)
        )
        for c in (4, 200)
    )
    assert (wide.low <= wide.index + 1e-12).all()
    assert (wide.index <= wide.high + 1e-12).all()
    assert (wide.high - wide.low >= narrow.high - narrow.low - 1e-12).all()


def test_a_column_without_variation_counts_as_one_half():
    flat = frame([[5, 0, 0, 0], [5, 1, 1, 1]])
    for how in ("min-max", "z-score", "rank"):
        assert normalise(flat.to_numpy(float), how)[:, 0].tolist() == [0.5, 0.5]


def test_equal_values_share_the_better_rank():
    tied = composite_index(frame([[1] * 4, [1] * 4, [0] * 4]), AlignmentParameters())
    assert tied.rank.tolist() == [1, 1, 3]


def test_four_zero_weights_count_as_equal_weights():
    nothing = AlignmentParameters(trade=0, votes=0, ideal_points=0, arms=0)
    assert nothing.weights().tolist() == [0.25] * 4


def test_many_settings_are_computed_in_one_call():
    trade = np.linspace(0, 1, 7)[:, None]
    votes = np.linspace(0, 1, 5)[None, :]
    together = composite_index(BETWEEN, AlignmentParameters(trade=trade, votes=votes))
    assert together.index.shape == (7, 5, 3)
    alone = composite_index(BETWEEN, AlignmentParameters(trade=trade[2, 0], votes=votes[0, 3]))
    assert together.index[2, 3] == pytest.approx(alone.index)
    assert together.rank[2, 3].tolist() == alone.rank.tolist()
    with pytest.raises(ValueError, match="takes one setting"):
        together.reversal_share("0", "1", seed=1)


def test_a_reversal_share_is_the_share_of_draws_in_the_other_order():
    rows = frame([[1, 0, 0, 0], [0, 1, 0, 0]])
    found = composite_index(rows, AlignmentParameters(trade=0.6, votes=0.4, concentration=4))
    drawn = draw_weights(found.weights, 4, draws=4000, seed=9)
    flipped = (drawn[:, 0] < drawn[:, 1]).mean()
    assert found.reversal_share("0", "1", draws=4000, seed=9) == pytest.approx(flipped)
    assert found.reversal_share("0", "1", draws=4000, seed=9) == pytest.approx(
        found.reversal_share("1", "0", draws=4000, seed=9)
    )


def test_a_case_that_is_ahead_everywhere_is_never_overtaken():
    found = composite_index(frame([[2] * 4, [1] * 4, [0] * 4]), AlignmentParameters())
    assert found.reversal_share("0", "1", seed=1) == 0


@pytest.mark.parametrize("aggregator", ["linear", "geometric"])
@pytest.mark.parametrize("normaliser", ["min-max", "z-score", "rank"])
@pytest.mark.parametrize("concentration", [4, 200])
@pytest.mark.parametrize("weight", [0, 1])
def test_every_extreme_of_the_controls_gives_finite_numbers(
    aggregator, normaliser, concentration, weight
):
    setting = AlignmentParameters(
        trade=weight, arms=1 - weight, votes=0, ideal_points=0,
        aggregator=aggregator, normaliser=normaliser, concentration=concentration, floor=0.1,
    )  # fmt: skip
    found = composite_index(BETWEEN, setting)
    assert np.isfinite([found.index, found.low, found.high]).all()
    assert np.isfinite(found.reversal_share("0", "1", seed=1))


def test_a_missing_value_is_named_and_never_zero():
    gap = BETWEEN.astype(float)
    gap.loc["1", "arms"] = np.nan
    with pytest.raises(ValueError, match=r"Row '1', column 'arms' .* A missing value is not zero"):
        composite_index(gap, AlignmentParameters())


def test_an_absent_column_and_a_lone_case_are_refused():
    with pytest.raises(ValueError, match="lack the column.s. trade, arms"):
        composite_index(BETWEEN[["votes", "ideal_points"]], AlignmentParameters())
    with pytest.raises(ValueError, match="at least two cases; got 1"):
        composite_index(BETWEEN.iloc[:1], AlignmentParameters())


def test_the_five_rules_on_a_record_that_can_be_counted_by_hand():
    # identical, half apart, identical, opposite, identical
    first = ["yes", "yes", "abstain", "yes", "no"]
    second = ["yes", "abstain", "abstain", "no", "no"]
    assert agreement(first, second, "strict") == pytest.approx(3 / 5)
    assert agreement(first, second, "half") == pytest.approx(3.5 / 5)
    assert agreement(first, second, "yes-no") == pytest.approx(2 / 3)
    assert agreement(first, second, "s-score") == pytest.approx(2 * 3.5 / 5 - 1)


def test_chance_correction_turns_80_percent_agreement_into_0_375():
    # Both vote yes on 8 calls of 10: agreement of .80 with margins of .8 and .2 leaves .375.
    first = ["yes"] * 7 + ["no"] * 1 + ["yes"] * 1 + ["no"] * 1
    second = ["yes"] * 7 + ["no"] * 1 + ["no"] * 1 + ["yes"] * 1
    assert agreement(first, second, "half") == pytest.approx(0.80)
    assert agreement(first, second, "scott-pi") == pytest.approx(0.375)


def test_absences_are_dropped_or_counted():
    first = ["yes", "absent", "absent", "no"]
    second = ["yes", "yes", "absent", "yes"]
    assert agreement(first, second) == 1 / 2
    assert agreement(first, second, absence="category") == 2 / 4


@given(ballots)
def test_agreement_is_symmetric_and_the_s_score_a_linear_rescaling(calls):
    first, second = zip(*calls, strict=True)
    for rule in ("strict", "half", "s-score"):
        assert agreement(first, second, rule) == pytest.approx(agreement(second, first, rule))
    half = agreement(first, second, "half")
    assert agreement(first, second, "s-score") == pytest.approx(2 * half - 1)
    assert agreement(first, second, "strict") <= half + 1e-12


@given(st.lists(votes, min_size=1, max_size=40))
def test_a_record_agrees_with_itself(record):
    assert agreement(record, record) == 1
    assert agreement(record, record, "s-score") == 1


def test_no_call_left_is_not_a_number():
    assert np.isnan(agreement(["absent"], ["yes"]))
    assert np.isnan(agreement(["abstain"], ["abstain"], "yes-no"))
    assert np.isnan(agreement(["yes", "yes"], ["yes", "yes"], "scott-pi"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((["yes"], ["yes", "no"]), "differ in length: 1 and 2"),
        ((["yes", "no"], ["yes", "No"]), "vote 2 of the second record is 'No'"),
        ((["yes"], ["yes"], "cosine"), "rule must be one of"),
    ],
)
def test_a_bad_record_or_rule_is_named(arguments, said):
    with pytest.raises(ValueError, match=said):
        agreement(*arguments)


def test_absence_as_a_category_goes_with_strict_only():
    with pytest.raises(ValueError, match="strict"):
        agreement(["yes"], ["yes"], "half", absence="category")
    with pytest.raises(ValueError, match="'drop' or 'category'"):
        agreement(["yes"], ["yes"], absence="ignore")


# ------------------------------------------------------------------ from tables to measures


def counted(first, second):
    """Count two records the way the table of agreement does."""
    calls = list(zip(first, second, strict=True))
    both = [call for call in calls if "abstain" not in call]
    return {
        "joint_votes": len(calls),
        "same": sum(a == b for a, b in calls),
        "opposed": sum(a != b for a, b in both),
        "yes_no_votes": len(both),
    }


@given(ballots)
def test_scores_from_counts_are_the_scores_from_the_records(calls):
    first, second = zip(*calls, strict=True)
    row = scores(pd.DataFrame([counted(first, second)])).iloc[0]
    for column, rule in [
        ("agree_strict", "strict"),
        ("agree_half", "half"),
        ("agree_yes_no", "yes-no"),
        ("s_score", "s-score"),
    ]:
        assert row[column] == pytest.approx(agreement(first, second, rule), nan_ok=True), rule


def test_scores_of_a_small_worked_example():
    # Ten calls: six alike, two opposed, two with one abstention; eight without an abstention.
    row = scores(pd.DataFrame([dict(joint_votes=10, same=6, opposed=2, yes_no_votes=8)])).iloc[0]
    assert row["agree_strict"] == pytest.approx(0.6)
    assert row["agree_half"] == pytest.approx(0.7)
    assert row["agree_yes_no"] == pytest.approx(0.75)
    assert row["s_score"] == pytest.approx(0.4)


@given(ballots, ballots)
def test_pooled_scores_are_those_of_one_long_record(early, late):
    pair = {"state_a": "A", "state_b": "B", "sample": "all"}
    years = pd.DataFrame(
        [{**pair, "year": year, **counted(*zip(*calls, strict=True))}
         for year, calls in ((2000, early), (2001, late))]
    )  # fmt: skip
    together = scores(pd.DataFrame([counted(*zip(*(early + late), strict=True))]))
    pd.testing.assert_frame_equal(
        pooled(years)[together.columns], together, check_dtype=False, atol=1e-12
    )


def test_pairs_and_samples_are_pooled_apart_and_keep_their_order():
    row = dict(joint_votes=10, same=6, opposed=2, yes_no_votes=8, scott_pi=0.1)
    years = pd.DataFrame(
        [
            {"state_a": a, "state_b": "X", "sample": sample, **row}
            for a in ("Z", "A")
            for sample in ("whole_resolutions_only", "all")
            for _ in range(2)
        ]
    )
    made = pooled(years)
    assert list(made["state_a"] + made["sample"].str[0]) == ["Zw", "Za", "Aw", "Aa"]
    assert made["joint_votes"].tolist() == [20] * 4
    assert "scott_pi" not in made


POINTS = pd.DataFrame(
    [
        (2000, "China", 2025, -1.0),
        (2000, "Russia", 2025, 0.5),
        (2001, "China", 2025, -1.0),
        (2001, "USA", 2025, 2.0),
        (2000, "China", 2026, 0.0),
        (2000, "Russia", 2026, 0.1),
    ],
    columns=["year", "state", "edition", "ideal_point"],
)


def test_a_distance_has_no_sign_no_order_and_one_edition():
    there, back = distances(POINTS, "China", "Russia"), distances(POINTS, "Russia", "China")
    assert there.name == "distance"
    assert there[2000] == back[2000] == 1.5
    assert np.isnan(there[2001])
    assert distances(POINTS, "China", "Russia", edition=2026)[2000] == pytest.approx(0.1)


def test_a_state_without_points_is_named():
    with pytest.raises(ValueError, match="Edition 2026 has no ideal points of USA and DPRK"):
        distances(POINTS, "USA", "DPRK", edition=2026)


TABLES = ("un_agreement", "un_ideal_points", "trade_shares", "arms_deliveries")


def test_measures_keep_every_year_and_leave_gaps_open():
    made = measures(*map(load, TABLES))
    assert made.index.is_monotonic_increasing
    assert (made.index.min(), made.index.max()) == (1992, 2024)
    ends = {name: (s.first_valid_index(), s.last_valid_index()) for name, s in made.items()}
    assert ends == {
        "votes": (1992, 2019),
        "ideal_points": (1992, 2024),
        "trade": (2011, 2021),
        "arms": (2000, 2023),
    }
    assert made.loc[2011].round(4).to_dict() == {
        "votes": 0.8143,
        "ideal_points": 0.4936,
        "trade": 10.3,
        "arms": 760.5,
    }


def test_indicators_are_the_measures_in_the_years_that_all_have_higher_being_closer():
    made = indicators(measures(*map(load, TABLES)))
    assert tuple(made.columns) == INDICATORS
    assert made.index.name == "year"
    assert made.index.tolist() == list(range(2011, 2020))
    # The values of the first and the last year, read off the four tables by hand.
    assert made.loc[2011].round(4).tolist() == [10.3, 0.8143, -0.4936, 760.5]
    assert made.loc[2019].round(4).tolist() == [16.46, 0.7907, -0.4651, 1094.95]


# ---------------------------------------------------------------- then and now


TWELVE = pd.Index(range(2001, 2013))


def one_measure(values, name="votes"):
    return pd.DataFrame({name: values}, index=TWELVE, dtype=float)


def test_then_and_now_compares_means_of_the_years_that_it_names():
    found = then_and_now(one_measure([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), since=2002, years=3)
    row = found.table.loc["votes"]
    assert (row["before_first"], row["before_last"]) == (2002, 2004)
    assert (row["after_first"], row["after_last"]) == (2010, 2012)
    assert (row["before"], row["after"], row["verdict"]) == (3, 11, "closer")
    assert (row["same"], row["starts"]) == (7, 7)  # from 2001 to 2007


def test_a_smaller_distance_is_closer():
    rising = one_measure(range(12), "ideal_points")
    assert then_and_now(rising, since=2001).table.loc["ideal_points", "verdict"] == "less close"
    assert then_and_now(rising, since=2001, turned=()).table["verdict"].item() == "closer"


def test_the_verdict_is_counted_over_all_possible_starts():
    found = then_and_now(one_measure([0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 5, 5]), since=2005, years=2)
    assert found.table.loc["votes", ["verdict", "same", "starts"]].tolist() == ["less close", 7, 9]
    early = then_and_now(one_measure([0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 5, 5]), since=2001, years=2)
    assert early.table.loc["votes", ["verdict", "same", "starts"]].tolist() == ["closer", 2, 9]


def test_a_series_that_starts_later_begins_with_its_own_first_year():
    late = one_measure([np.nan] * 4 + [1, 2, 3, 4, 5, 6, 7, 8])
    assert then_and_now(late, since=2001, years=3).table.loc["votes", "before_first"] == 2005


def test_equal_means_are_as_close():
    assert then_and_now(one_measure([3] * 12), since=2001).table["verdict"].item() == "as close"


def test_a_start_that_is_too_late_for_a_measure_gives_it_no_verdict():
    both = one_measure(range(12)).assign(short=[1.0] * 11 + [np.nan])
    found = then_and_now(both, since=2003)
    assert found.table["verdict"].tolist() == ["closer", "too short"]
    assert found.table.loc["short", ["latest", "same", "starts"]].tolist() == [2002, 0, 2]
    assert np.isnan(found.table.loc["short", "before"])
    with pytest.raises(ValueError, match="From 2004 no measure .* a start of 2003 or before"):
        then_and_now(both, since=2004)


def test_years_without_any_figure_are_no_start():
    holes = one_measure([1, 2, np.nan, np.nan, np.nan, 6, 7, 8, 9, 10, 11, 12])
    row = then_and_now(holes, since=2001, years=2).table.loc["votes"]
    assert (row["verdict"], row["same"], row["starts"]) == ("closer", 7, 7)  # not 2003, 2004
    assert then_and_now(holes.assign(b=1.0), since=2003, years=2).table["verdict"].tolist() == [
        "too short",
        "as close",
    ]


@given(
    st.lists(st.floats(-5, 5), min_size=12, max_size=12), st.integers(1, 5), st.integers(2001, 2003)
)
def test_the_verdict_follows_the_means(values, years, since):
    row = then_and_now(one_measure(values), since=since, years=years).table.loc["votes"]
    sign = {"closer": 1, "less close": -1, "as close": 0}[row["verdict"]]
    assert np.sign(row["after"] - row["before"]) == sign
    assert 1 <= row["same"] <= row["starts"] == 12 - 2 * years + 1
