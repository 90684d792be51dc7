"""Words, mentions, terms and rates: the rules of the course, laws, and bad input in words."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.models.language import (
    concordance,
    count,
    keys,
    mentions,
    remembered,
    salience,
    stance,
    terms,
    words,
)

SENTENCES = {
    "b3": "China's stated ambitions and assertive behaviour present systemic challenges.",
    "s3": "The PRC's malicious hybrid and cyber operations target Allies.",
    "w4": "This increases the threat Russia poses to its neighbours.",
}
plain = st.lists(
    st.sampled_from(["China", "PRC's", "threat", "threatens", "open", "to", "talks,", "Cold-War"]),
    min_size=1,
    max_size=15,
).map(" ".join)
counts = st.integers(0, 200)
lengths = st.integers(1, 20_000)


# ---------------------------------------------------------------- words and names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rules-based order", ["rules-based", "order"]),
        ("China\u2019s \u2018no limits\u2019", ["China's", "no", "limits"]),
        ("Allies' 5.3% of 2024 - none", ["Allies", "5", "3", "of", "2024", "none"]),
        ("-- ... --", []),
        ("", []),
        (
            "Souverainet\u00e9 et \u5317\u5927\u897f\u6d0b",
            ["Souverainet\u00e9", "et", "\u5317\u5927\u897f\u6d0b"],
        ),
    ],
)
def test_what_a_word_is(text, expected):
    assert words(text) == expected


def names(text, *, counted=True):
    found = mentions(text)
    return found.loc[found["counts"] == counted, "name"].tolist()


@pytest.mark.parametrize(
    ("text", "named", "apart"),
    [
        ("The People's Republic of China's (PRC) stated ambitions", ["PRC"], []),
        ("The People\u2019s Republic of China (PRC) and the PRC", ["PRC", "PRC"], []),
        ("People's  Republic\nof China", ["PRC"], []),
        ("China's words, Beijing's acts, China-Russia ties", ["China", "Beijing", "China"], []),
        (
            "the South China Sea, the East China Sea and China",
            ["China"],
            ["China Sea", "China Sea"],
        ),
        ("Chinese ships", [], ["Chinese"]),
        ("the Republic of China (Taiwan)", [], ["Republic of China"]),
        ("Indochina, PRCs and chinaware", [], []),
        ("Russia", [], []),
    ],
)
def test_what_a_mention_of_china_is(text, named, apart):
    assert names(text) == named
    assert names(text, counted=False) == apart


@given(plain, plain)
def test_mentions_stand_where_they_say_and_add_up(one, other):
    both = f"{one}. {other}"
    assert len(mentions(both)) == len(mentions(one)) + len(mentions(other))
    for row in mentions(both).itertuples():
        assert both[row.start :].startswith(row.found)


def test_no_mention_is_an_empty_table_with_its_columns():
    found = mentions("")
    assert found.empty
    assert list(found.columns) == ["name", "found", "start", "counts"]


# ---------------------------------------------------------------- terms, counts, concordance


def test_terms_are_read_as_a_reader_writes_them():
    assert terms(" Challenge* ,, open   to, China's,challenge*") == (
        "challenge*",
        "open to",
        "china",
    )
    assert terms("") == terms([]) == ()


def test_a_star_stands_for_any_ending_and_nothing_else_does():
    text = {"t": "challenge challenged challenges unchallenged"}
    found = count(text, ["challenge", "challenge*", "challeng* challenges"]).loc["t"]
    assert found.to_dict() == {
        "words": 4,
        "challenge": 1,
        "challenge*": 3,
        "challeng* challenges": 1,
    }


def test_places_of_one_term_do_not_overlap():
    assert count("on and on and on and on", "on and on").loc["text", "on and on"] == 2


def test_a_possessive_is_the_same_word():
    assert count("China's and CHINA and Chinas", "China").loc["text", "China"] == 2


def test_a_concordance_shows_what_a_count_hides():
    (row,) = concordance(SENTENCES, "threat", width=3).itertuples(index=False)
    assert tuple(row) == ("w4", "This increases the", "threat", "Russia poses to")


def test_a_concordance_ends_where_its_text_ends():
    found = concordance("threat", "threat", width=5)
    assert found.loc[0].to_dict() == {"text": "text", "left": "", "found": "threat", "right": ""}


def test_no_match_is_a_table_without_rows():
    found = concordance(SENTENCES, "enemy")
    assert found.empty
    assert list(found.columns) == ["text", "left", "found", "right"]
    assert count(SENTENCES, "enemy")["enemy"].tolist() == [0, 0, 0]


@given(plain, st.sampled_from(["threat", "threat*", "open to", "China", "PRC", "cold-war"]))
def test_counts_by_another_way(text, term):
    pattern = r"\s+".join(
        re.escape(part).replace(r"\*", r"\w*") + ("" if part.endswith("*") else r"(?:'s)?,?(?!\S)")
        for part in term.split()
    )
    expected = len(re.findall(rf"(?<!\S){pattern}", text, re.IGNORECASE))
    assert count(text, term).loc["text", term] == expected == len(concordance(text, term))


@given(plain, plain)
def test_counts_of_two_texts_add_up_in_one(one, other):
    wanted = ["threat*", "china"]
    apart = count({"a": one, "b": other}, wanted).sum()
    assert count(f"{one} {other}", wanted).loc["text"].tolist() == apart.tolist()


@given(plain)
def test_no_term_of_one_word_is_counted_more_often_than_there_are_words(text):
    assert count(text, "t*").loc["text", "t*"] <= count(text, "t*").loc["text", "words"]


@given(plain, st.integers(0, 4))
def test_a_line_of_a_concordance_is_a_piece_of_its_text(text, width):
    said = keys(text)
    for row in concordance(text, "threat*", width=width).itertuples():
        line = keys(f"{row.left} {row.found} {row.right}")
        assert len(line) <= 2 * width + 1
        assert any(said[i : i + len(line)] == line for i in range(len(said)))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: words(None), "must be a string; got None"),
        (lambda: mentions(7), "must be a string; got 7"),
        (lambda: count({"b3": ""}, "threat"), "The text 'b3' has no words"),
        (lambda: count(pd.Series({"b3": None}), "threat"), "The text 'b3' is no string but None"),
        (lambda: count({}, "threat"), "no text to look at"),
        (lambda: concordance("some words", "*"), "would match anything"),
        (lambda: concordance("some words", ""), "needs at least one word; this one is empty"),
        (lambda: concordance("some words", "some", width=-1), "0 or more; got -1"),
        (lambda: count("some words", ["open *"]), "'open \\*' has '\\*' without letters"),
        (lambda: terms("threat, *"), "would match anything"),
        (lambda: salience(1, 0), "A text without words has no rate"),
        (lambda: salience(-1, 10), "not negative"),
        (lambda: stance(0, 3, smoothing=0), "needs both favourable and critical"),
        (lambda: stance(-1, 3), "not negative"),
        (lambda: remembered([1, 2], 0), "above 0 and at most 1; got 0"),
    ],
)
def test_bad_input_is_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# ---------------------------------------------------------------- rates: check values and laws


def test_salience_of_the_check_values():
    assert salience(12, 8000) == 1.5
    assert salience(0, 1000, weight=1000, towards=1) == 0.5
    assert salience(20, 10_000, weight=0, towards=1) == 2.0
    assert salience(20, 10_000, weight=1e12, towards=1) == pytest.approx(1.0, abs=1e-6)


@given(counts, lengths, st.floats(0, 1e5), st.floats(0, 50))
def test_a_shrunk_rate_lies_between_the_raw_and_the_common_one(number, length, weight, towards):
    raw, shrunk = salience(number, length), salience(number, length, weight=weight, towards=towards)
    assert min(raw, towards) - 1e-9 <= shrunk <= max(raw, towards) + 1e-9


def test_stance_of_the_check_values():
    theta, error = stance(9, 3)
    assert (theta, error) == pytest.approx((0.99852883, 0.62528189), abs=1e-8)
    assert np.tanh(stance(9, 3, smoothing=0)[0] / 2) == pytest.approx(0.5)


@given(counts, counts, st.floats(0.1, 2))
def test_stance_is_antisymmetric_and_0_at_balance(plus, minus, smoothing):
    one, other = (stance(*pair, smoothing=smoothing) for pair in ((plus, minus), (minus, plus)))
    assert one[0] == pytest.approx(-other[0], abs=1e-12)
    assert one[1] == pytest.approx(other[1])
    assert stance(plus, plus, smoothing=smoothing)[0] == 0


@given(st.integers(1, 200), st.integers(1, 200))
def test_the_balance_is_the_hyperbolic_tangent_of_half_the_stance(plus, minus):
    theta, _ = stance(plus, minus, smoothing=0)
    assert math.tanh(theta / 2) == pytest.approx((plus - minus) / (plus + minus))


@given(counts, counts, st.floats(0.1, 2))
def test_one_more_favourable_word_is_more_favourable_and_less_uncertain(plus, minus, smoothing):
    before, after = (stance(n, minus, smoothing=smoothing) for n in (plus, plus + 1))
    assert after[0] > before[0]
    assert after[1] < before[1]


def test_memory_of_the_check_values():
    assert remembered([0, 1, 1, 1, 1, 1], 0.3) == pytest.approx(
        [0, 0.3, 0.51, 0.657, 0.7599, 0.83193]
    )
    half = math.log(0.5) / math.log(0.7)
    assert half == pytest.approx(1.943358, abs=1e-6)
    assert 0.7**half == pytest.approx(0.5)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8), st.floats(0.05, 1))
def test_memory_stays_within_the_series_and_1_leaves_it_alone(values, weight):
    kept = remembered(values, weight)
    assert min(values) - 1e-9 <= kept.min() <= kept.max() <= max(values) + 1e-9
    assert remembered(values, 1).tolist() == values


@given(st.integers(2, 6), st.floats(0.05, 1))
def test_the_variance_of_a_remembered_series_agrees_with_draws(length, weight):
    # Every value is a sum of independent ones with weights; squares of the weights add up.
    weights = remembered(np.eye(length), weight)  # one series for each value that is 1
    found = remembered(np.ones(length), weight, power=2)
    assert found == pytest.approx((weights**2).sum(axis=0))
