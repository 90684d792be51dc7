"""How texts speak of China under every choice: laws of the measure, on invented sentences."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.models.language import stance
from indopacific.models.language_stance import (
    CODES,
    LEXICONS,
    LIMITS,
    NAMING,
    OWN,
    REPEATS,
    SAMPLE,
    TONE,
    UNITS,
    Finding,
    LanguageParameters,
    measure,
    survives,
    tried,
)

NAMED = pd.DataFrame(
    {
        "year": [2019, 2021, 2025],
        "China": [1.0, 3, 0],
        "PRC": [0.0, 2, 0],
        "whole": [False, True, True],
    },
    index=["Atlantis", "Lemuria", "Mu"],
)
SENTENCES = pd.DataFrame(
    [
        ("Atlantis", "1", "opportunities and challenges", 8, "China", False, False, 0),
        ("Lemuria", "3", "we engage in dialogue", 10, "China", False, False, 1),
        ("Lemuria", "3", "coercive policies and malicious acts", 20, "PRC", False, False, -2),
        ("Lemuria", "3", "the same coercive policies", 20, "none", True, False, -2),
        ("Lemuria", "4", "a partnership without limits", 5, "PRC", False, False, -2),
    ],
    columns=["text", "paragraph", "quote", "words", "names", "repeats", "later", "stance"],
)
options = st.fixed_dictionaries(
    {
        "reading": st.sampled_from([CODES, *LEXICONS]),
        "unit": st.sampled_from(UNITS),
        "naming": st.sampled_from(NAMING),
        "repeats": st.sampled_from(REPEATS),
        "sample": st.sampled_from(SAMPLE),
        "smoothing": st.floats(0.1, 2),
        "newest": st.floats(0.2, 1),
        "shrink": st.floats(0, 20),
    }
)
many = st.lists(
    st.tuples(
        st.sampled_from(list(NAMED.index)),
        st.sampled_from("123"),
        st.sampled_from(list(SENTENCES["quote"])),
        st.integers(3, 30),
        st.sampled_from(["China", "PRC", "none"]),
        st.booleans(),
        st.booleans(),
        st.integers(-2, 2),
    ),
    min_size=1,
    max_size=20,
).map(lambda rows: pd.DataFrame(rows, columns=SENTENCES.columns))


def at(text="Lemuria", sentences=SENTENCES, **values):
    return measure(sentences, NAMED, LanguageParameters(**values)).table.loc[text]


# ---------------------------------------------------------------- by hand


def test_sentences_of_the_codes():
    row = at()
    assert row[["read", "used", "favourable", "critical", "neither"]].tolist() == [4, 4, 1, 3, 0]
    assert (row["stance"], row["error"]) == pytest.approx(stance(1, 3))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"repeats": "once"}, [3, 1, 2, 0]),
        ({"naming": "China or PRC"}, [3, 1, 2, 0]),
        ({"naming": "China"}, [1, 1, 0, 0]),
        ({"naming": "PRC"}, [2, 0, 2, 0]),
        ({"unit": "paragraph"}, [4, 0, 2, 0]),
        ({"unit": "word"}, [4, 10, 45, 0]),
        ({"reading": TONE}, [4, 2, 2, 0]),
        ({"reading": TONE, "unit": "word"}, [4, 3, 3, 11]),
        ({"reading": OWN, "favourable": "we, limits", "critical": "polic*"}, [4, 2, 2, 0]),
        ({"reading": OWN, "favourable": "", "critical": "enemy"}, [4, 0, 0, 4]),
    ],
)
def test_each_choice_by_hand(values, expected):
    assert at(**values)[["used", "favourable", "critical", "neither"]].tolist() == expected


def test_a_tone_dictionary_takes_a_partnership_for_good_news():
    alone = SENTENCES[SENTENCES["quote"].str.contains("partnership")]
    assert at(sentences=alone)["critical"] == 1
    assert at(sentences=alone, reading=TONE)["favourable"] == 1


def test_a_word_counts_once_for_its_longest_term():
    row = at(
        reading=OWN,
        unit="word",
        favourable="coercive policies",
        critical="coercive, polic*, malicious",
    )
    assert row[["favourable", "critical"]].tolist() == [4, 1]


def test_names_are_counted_as_chosen_and_a_part_of_a_text_is_said_to_be_one():
    assert at()[["times", "whole"]].tolist() == [5, True]
    assert at(naming="China")["times"] == 3
    assert at(naming="PRC")["times"] == 2
    assert not at("Atlantis")["whole"]


def test_memory_takes_earlier_texts_along():
    alone, together = at(), at(newest=0.25)
    assert together["stance"] == pytest.approx(
        0.25 * alone["stance"] + 0.75 * at("Atlantis")["stance"]
    )
    assert together["error"] == pytest.approx(
        np.sqrt((0.25 * alone["error"]) ** 2 + (0.75 * at("Atlantis")["error"]) ** 2)
    )


def test_a_text_without_a_sentence_has_a_reason_and_no_number():
    row = at("Mu")
    assert row["why"] == "China is not named"
    assert np.isnan(row["stance"])
    assert at(sentences=SENTENCES[SENTENCES["names"] == "PRC"], naming="China")["why"] == (
        "no sentence counts here"
    )


# ---------------------------------------------------------------- laws


@given(many, options)
def test_nothing_is_missing_without_a_reason_and_no_sentence_is_lost(sentences, values):
    table = measure(sentences, NAMED, LanguageParameters(**values)).table
    shown = table["why"] == ""
    numbers = table[["stance", "error", "balance", "low", "high"]]
    assert (numbers.notna().all(axis=1) == shown).all()
    assert (numbers.isna().all(axis=1) == ~shown).all()
    assert table["read"].sum() == len(sentences)
    assert (table["used"] <= table["read"]).all()
    if values["unit"] == "sentence":
        kinds = table[["favourable", "critical", "neither"]].sum(axis=1)
        assert (kinds == table["used"]).all()


@given(many, options)
def test_the_interval_holds_the_balance_and_stays_on_its_scale(sentences, values):
    table = measure(sentences, NAMED, LanguageParameters(**values)).table.dropna()
    assert ((table["low"] >= -1) & (table["high"] <= 1)).all()
    assert ((table["low"] <= table["balance"]) & (table["balance"] <= table["high"])).all()
    assert table["balance"].to_numpy() == pytest.approx(np.tanh(table["stance"] / 2).to_numpy())


@given(many, options)
def test_turning_every_code_round_turns_the_stance_round(sentences, values):
    values = {**values, "reading": CODES}
    turned = sentences.assign(stance=-sentences["stance"])
    one, other = (
        measure(each, NAMED, LanguageParameters(**values)).table["stance"].to_numpy()
        for each in (sentences, turned)
    )
    assert one == pytest.approx(-other, nan_ok=True)


@given(many, options)
def test_the_harder_the_pull_the_nearer_to_all_texts_together(sentences, values):
    found = [
        measure(
            sentences, NAMED, LanguageParameters(**{**values, "newest": 1.0, "shrink": pull})
        ).table
        for pull in (0.0, 4.0, 20.0)
    ]
    plus, minus = found[0][["favourable", "critical"]].sum()
    if not (plus and minus):
        return  # words of one side only: there is no balance of all texts to be near to
    gaps = [(table["stance"] - np.log(plus / minus)).abs().to_numpy() for table in found]
    for near, far in pairwise(reversed(gaps)):
        assert (np.nan_to_num(near) <= np.nan_to_num(far) + 1e-9).all()


@given(many, options, st.randoms())
def test_the_order_of_sentences_means_nothing(sentences, values, random):
    order = random.sample(range(len(sentences)), len(sentences))
    one, other = (
        measure(each, NAMED, LanguageParameters(**values)).table
        for each in (sentences, sentences.iloc[order])
    )
    pd.testing.assert_frame_equal(one, other)


# ---------------------------------------------------------------- bad input, in words


def test_words_that_cannot_weigh_say_so():
    def notes(**values):
        return measure(SENTENCES, NAMED, LanguageParameters(reading=OWN, **values)).notes

    assert notes(favourable="enemy", critical="") == (
        "None of these words stands in any sentence: there is nothing to weigh.",
    )
    assert notes(favourable="a*, c*, o*, p*, w*, t*, e*, i*, m*, s*, l*, d*", critical="") == (
        "Everything that is marked is favourable: these words tell no two texts apart.",
    )
    assert notes(favourable="polic*", critical="polic*, we")[-1] == (
        "'polic*' stands in both lists and counts as favourable."
    )
    alone = SENTENCES[SENTENCES["names"] == "PRC"]
    assert measure(alone, NAMED, LanguageParameters(naming="China")).notes == (
        "No sentence of any text counts under these choices.",
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: LanguageParameters(favourable="*"), "favourable: The term '\\*' has"),
        (lambda: LanguageParameters(critical="war, **"), "critical: The term '\\*\\*' has"),
        (lambda: LanguageParameters(critical="x" * 301), "at most 300 characters; got 301"),
        (lambda: LanguageParameters(critical="a\nb"), "one line"),
        (lambda: LanguageParameters(critical=7), "must be a text in quotation marks; got 7"),
        (lambda: LanguageParameters(newest=0.1), "newest must lie from 0.2 to 1"),
        (lambda: at(sentences=SENTENCES.iloc[:0]), "no sentence to measure"),
        (lambda: at(sentences=SENTENCES.assign(text="Ys")), "Sentences of 'Ys', which is not"),
    ],
)
def test_bad_input_is_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# ---------------------------------------------------------------- what survives every choice


def test_tried_counts_every_setting_and_agrees_with_measure():
    found = tried(SENTENCES, NAMED, [Finding("Atlantis", "Lemuria"), Finding("Atlantis", "Mu")])
    sliders = 21 * 20 * 17
    kinds = found[["holds", "fails", "equal", "silent"]]
    assert (kinds.sum(axis=1) == sliders).all()
    assert (found.loc[found["finding"].str.endswith("Mu"), "silent"] == sliders).all()
    assert len(found) == 2 * 3 * len(UNITS) * len(NAMING) * len(REPEATS) * len(SAMPLE)
    rng = np.random.default_rng(1)
    for row in found[~found["finding"].str.endswith("Mu")].sample(20, random_state=1).itertuples():
        values = {
            name: getattr(row, name) for name in ("reading", "unit", "naming", "repeats", "sample")
        }
        for _ in range(3):
            numbers = {
                "shrink": float(rng.integers(0, 21)),
                "smoothing": round(float(rng.integers(1, 21)) / 10, 1),
                "newest": round(0.2 + 0.05 * float(rng.integers(0, 17)), 2),
            }
            table = measure(SENTENCES, NAMED, LanguageParameters(**values, **numbers)).table
            gap = table.at["Atlantis", "stance"] - table.at["Lemuria", "stance"]
            kind = (
                "silent"
                if np.isnan(gap)
                else "equal"
                if abs(gap) < 1e-9
                else ("holds" if gap > 0 else "fails")
            )
            assert getattr(row, kind) > 0, (values, numbers, gap)


def test_a_finding_survives_that_holds_somewhere_and_fails_nowhere():
    rows = pd.DataFrame(
        [("a", 1, 0, 5, 0), ("a", 2, 0, 0, 9), ("b", 7, 1, 0, 0), ("c", 0, 0, 0, 9)],
        columns=["finding", "holds", "fails", "equal", "silent"],
    )
    assert survives(rows)["survives"].to_dict() == {"a": True, "b": False, "c": False}


def test_the_result_is_not_changed_by_a_later_setting():
    first = measure(SENTENCES, NAMED, LanguageParameters())
    before = first.table.copy()
    measure(SENTENCES, NAMED, replace(LanguageParameters(), unit="word", reading=TONE))
    pd.testing.assert_frame_equal(first.table, before)
    assert all(limit.endswith(".") for limit in LIMITS)
