"""Kappa and alpha: by hand, by law, and against another library on random codes."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from indopacific.models.agreement import alpha, bootstrap, confusion, draws, kappa

stances = st.integers(-2, 2)
coded = st.lists(st.tuples(stances, stances), min_size=1, max_size=25)
rows = st.lists(
    st.lists(st.one_of(st.none(), stances), min_size=3, max_size=3), min_size=1, max_size=20
)


def split(pairs):
    return [list(coder) for coder in zip(*pairs, strict=True)]


# ---------------------------------------------------------------- by hand


def test_kappa_of_the_dossier_corrects_chance_agreement():
    # Agreement .80 with margins of .8 and .2 on both sides: kappa .375.
    pairs = [(1, 1)] * 70 + [(0, 0)] * 10 + [(1, 0)] * 10 + [(0, 1)] * 10
    found = kappa(*split(pairs))
    assert (found.observed, found.expected) == pytest.approx((0.80, 0.68))
    assert found.value == pytest.approx(0.375)


def test_alpha_by_hand():
    # Three sentences with two codes each: one disagreement. D = 1/3; among all six codes
    # (3 a, 1 b, 2 c) 11 of 15 pairs differ. alpha = 1 - (1/3) / (11/15) = 6/11.
    found = alpha([["a", "a"], ["b", "a"], ["c", "c"], [None, "b"]])
    assert found.units == 3
    assert found.value == pytest.approx(6 / 11)


def test_a_near_miss_counts_less_when_weighted():
    key = [-2, -2, -1, 0, 1, 2]
    near, far = [-2, -1, -1, 0, 1, 2], [-2, 2, -1, 0, 1, 2]
    assert kappa(key, near).value == pytest.approx(kappa(key, far).value, abs=0.05)
    assert kappa(key, near, weights="quadratic").value > 0.9
    assert kappa(key, far, weights="quadratic").value < 0.6


# ---------------------------------------------------------------- against another library


def task(table, distance=None):
    data = [
        (coder, unit, code)
        for unit, row in enumerate(table)
        for coder, code in enumerate(row)
        if code is not None
    ]
    return AnnotationTask(data) if distance is None else AnnotationTask(data, distance)


@given(coded)
def test_kappa_is_that_of_nltk(pairs):
    found = kappa(*split(pairs))
    assume(found.value is not None)
    assert found.value == pytest.approx(task(pairs).kappa())


@given(coded)
def test_weighted_kappa_is_that_of_nltk(pairs):
    for weights, power in (("linear", 1), ("quadratic", 2)):
        found = kappa(*split(pairs), weights=weights)
        assume(found.value is not None)
        other = task(pairs, lambda a, b, power=power: abs(a - b) ** power)
        assert found.value == pytest.approx(other.weighted_kappa())


@given(rows)
def test_alpha_is_that_of_nltk(table):
    found = alpha(table)
    assume(found.value is not None)
    paired = [row for row in table if sum(code is not None for code in row) > 1]
    assert found.value == pytest.approx(task(paired).alpha())


@given(rows)
def test_ordinal_alpha_is_that_of_nltk(table):
    found = alpha(table, level="ordinal")
    assume(found.value is not None)
    paired = [row for row in table if sum(code is not None for code in row) > 1]
    used = [code for row in paired for code in row if code is not None]

    def between(one, other):
        low, high = sorted((one, other))
        inside = sum(low <= code <= high for code in used)
        return (inside - (used.count(low) + used.count(high)) / 2) ** 2

    assert found.value == pytest.approx(task(paired, between).alpha())


# ---------------------------------------------------------------- laws


@given(coded, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_does_not_ask_who_came_first(pairs, weights):
    one, other = split(pairs)
    assert kappa(one, other, weights=weights).value == pytest.approx(
        kappa(other, one, weights=weights).value
    )


@given(rows, st.randoms())
def test_alpha_does_not_ask_for_the_order_of_sentences_or_coders(table, random):
    shuffled = [random.sample(row, len(row)) for row in random.sample(table, len(table))]
    for level in ("nominal", "ordinal"):
        assert alpha(shuffled, level=level).value == pytest.approx(alpha(table, level=level).value)


@given(coded, st.permutations(["v", "w", "x", "y", "z"]))
def test_the_names_of_codes_mean_nothing(pairs, names):
    renamed = [tuple(names[code + 2] for code in pair) for pair in pairs]
    assert kappa(*split(renamed)).value == pytest.approx(kappa(*split(pairs)).value)
    assert alpha(renamed).value == pytest.approx(alpha(pairs).value)


@given(rows)
def test_ordinal_alpha_asks_for_the_order_of_codes_only(table):
    stretched = [[None if code is None else code**3 for code in row] for row in table]
    found = alpha(table, level="ordinal").value
    assert alpha(stretched, level="ordinal").value == pytest.approx(found)


@given(st.lists(stances, min_size=2, max_size=20))
def test_full_agreement_is_1_or_not_defined(codes):
    for found in (kappa(codes, codes), alpha([(code, code) for code in codes])):
        assert found.value == (1 if len(set(codes)) > 1 else None)


@given(coded)
def test_no_coefficient_exceeds_1_or_is_nan(pairs):
    for found in (
        kappa(*split(pairs)),
        kappa(*split(pairs), weights="quadratic"),
        alpha(pairs),
        alpha(pairs, level="ordinal"),
    ):
        assert bool(found.why) == (found.value is None)
        if found.value is not None:
            assert math.isfinite(found.value)
            assert found.value <= 1 + 1e-12


@given(coded)
def test_a_sentence_that_one_left_out_changes_nothing(pairs):
    one, other = split(pairs)
    assert kappa([*one, None], [*other, 2]) == kappa(one, other)
    assert alpha([*pairs, (None, 2)]) == alpha(pairs)


# ---------------------------------------------------------------- what is not defined, in words


def test_coders_who_used_one_code_only_have_no_coefficient():
    found = kappa(["CHA"] * 4, ["CHA"] * 4)
    assert found.value is None
    assert "both coders gave every sentence the code CHA" in found.why
    assert "alpha is not defined: every code given is CHA" in str(alpha([["CHA", "CHA"]] * 3))


def test_one_coder_with_one_code_has_a_kappa_of_0_whatever_the_other_said():
    assert kappa(["CHA", "CHA", "CHA"], ["CHA", "CHA", "ENG"]).value == 0


def test_nothing_coded_by_both_is_said():
    assert "no sentence has a code from both" in kappa([None, "CHA"], ["CHA", None]).why
    assert "no sentence has codes from two" in alpha([[None, "CHA"], ["CHA", float("nan")]]).why
    assert "no sentence" in kappa([], []).why
    assert "no sentence" in alpha([]).why


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: kappa([1], [1, 2]), "first coder has 1 codes and the second 2"),
        (lambda: kappa(pd.Series([1, 2]), pd.Series([1, 2], index=[1, 0])), "different indexes"),
        (lambda: kappa(["CHA"], ["ENG"], weights="quadratic"), "numbers, such as -2 to 2; got"),
        (lambda: kappa([1], [1], weights="cubic"), "weights must be None, 'linear'"),
        (lambda: alpha([["a", "b"]], level="ordinal"), "level='ordinal' needs codes that are"),
        (lambda: alpha([["a", "b"]], level="ratio"), "level must be 'nominal' or 'ordinal'"),
        (lambda: alpha(pd.DataFrame({"me": ["a"]})), "at least two codes or None"),
        (lambda: confusion(["XYZ"], ["CHA"], order=["CHA"]), "code 'XYZ' is not among CHA"),
        (lambda: draws(0, seed=1), "at least one sentence"),
        (lambda: bootstrap(kappa, [1, 2], [1, 2], seed=1, share=95), "between 0 and 1"),
    ],
)
def test_bad_input_is_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# ---------------------------------------------------------------- intervals

KEY = ["CHA", "CHA", "ENG", "ENG", "COE", "COE", "OPP", "OPP", "ENA", "ENA", "RES", "CHA"]
MINE = ["CHA", "COE", "ENG", "OPP", "COE", "COE", "OPP", "OPP", "ENA", "COE", "RES", "CHA"]


def test_an_interval_is_made_of_the_resamples_that_it_says():
    found = bootstrap(kappa, MINE, KEY, seed=7, times=400)
    by_hand = []
    for places in draws(len(KEY), seed=7, times=400):
        by_hand.append(kappa([MINE[i] for i in places], [KEY[i] for i in places]).value)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(by_hand, [0.025, 0.975])))
    assert found.low < found.of.value < found.high
    assert found == bootstrap(kappa, MINE, KEY, seed=7, times=400)
    assert found != bootstrap(kappa, MINE, KEY, seed=8, times=400)


def test_alpha_has_an_interval_of_the_same_resamples():
    table = pd.DataFrame({"mine": MINE, "key": KEY})
    found = bootstrap(alpha, table, seed=7, times=200)
    assert found.low < found.of.value < found.high
    assert found.of.value == pytest.approx(alpha(table).value)


def test_resamples_draw_every_sentence_about_equally_often():
    drawn = draws(12, seed=1, times=4000)
    assert drawn.shape == (4000, 12)
    assert np.bincount(drawn.ravel()) / 4000 == pytest.approx(np.ones(12), abs=0.06)


def test_resamples_without_a_coefficient_are_left_out_and_counted():
    found = bootstrap(kappa, ["a", "a", "b"], ["a", "a", "b"], seed=1, times=1000)
    # All three draws fall on "a" in 8 of 27 resamples, all on "b" in 1.
    assert found.undefined / 1000 == pytest.approx(9 / 27, abs=0.05)
    assert (found.low, found.high) == (1, 1)
    none = bootstrap(kappa, ["a"] * 9 + ["b"], ["a"] * 9 + ["b"], seed=1, times=1000)
    assert none.undefined < 500
    single = bootstrap(kappa, ["a", "b"], ["a", "b"], seed=3, times=999)
    assert (single.low is None) == (single.undefined > 499.5)


def test_no_interval_where_most_resamples_have_no_coefficient():
    one = ["a"] * 30 + ["b"]
    assert bootstrap(kappa, one, one, seed=1, times=500).undefined > 150
    table = pd.DataFrame({"me": ["a", "b", None, None, None, None, None, None]})
    table["key"] = table["me"]
    found = bootstrap(alpha, table, seed=1, times=500)
    assert found.low is None
    assert "resamples the coefficient has no value" in found.why
    assert str(found).startswith("no interval: in ")
    assert bootstrap(kappa, ["a"] * 5, ["a"] * 5, seed=1).why.startswith("both coders gave")


def test_the_more_sentences_the_narrower_the_interval():
    few = bootstrap(kappa, MINE, KEY, seed=1, times=300)
    many = bootstrap(kappa, MINE * 9, KEY * 9, seed=1, times=300)
    assert many.high - many.low < 0.5 * (few.high - few.low)


def test_confusion_counts_every_meeting_in_the_order_given():
    table = confusion(
        ["ENG", "CHA", "CHA", None], ["CHA", "CHA", "ENG", "ENG"], order=["ENG", "CHA"]
    )
    assert table.to_numpy().tolist() == [[0, 1], [1, 1]]
    assert list(table.index) == list(table.columns) == ["ENG", "CHA"]
