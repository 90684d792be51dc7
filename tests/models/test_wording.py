"""Two wordings compared: nothing lost, nothing made up; and the share that was re-used."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indopacific.models.language import keys, words
from indopacific.models.wording import KINDS, compare, reused

texts = st.lists(
    st.sampled_from(
        ["China's", "policies,", "challenge", "our", "Our", "security.", '"no', 'limits"']
    ),
    min_size=1,
    max_size=20,
).map(" ".join)


def spoken(comparison, *kinds):
    return [key for run in comparison.runs if run.kind in kinds for key in keys(run.text)]


# ---------------------------------------------------------------- compare


def test_one_formula_from_2019_to_2021():
    found = compare(
        "present both opportunities and challenges that we need to address together",
        "can present challenges that we need to address together",
    )
    assert [(run.kind, run.text) for run in found.runs] == [
        ("added", "can"),
        ("kept", "present"),
        ("dropped", "both opportunities and"),
        ("kept", "challenges that we need to address together"),
    ]
    assert (found.count("kept"), found.count("added"), found.count("dropped")) == (8, 1, 3)


@given(texts, texts)
def test_nothing_is_lost_and_nothing_made_up(old, new):
    found = compare(old, new)
    assert spoken(found, "kept", "dropped") == keys(old)
    assert spoken(found, "kept", "added") == keys(new)
    assert all(run.words and run.kind in KINDS for run in found.runs)
    assert " ".join(run.text for run in found.runs if run.kind != "dropped") == new


@given(texts)
def test_a_text_keeps_all_of_itself_whatever_its_capitals_and_commas(text):
    (run,) = compare(text, text.upper().replace(",", ";")).runs
    assert run.kind == "kept"
    assert run.words == len(words(text))


def test_texts_without_a_common_word_are_replaced_whole():
    assert [run.kind for run in compare("nothing", "everything").runs] == ["dropped", "added"]


@pytest.mark.parametrize(("old", "new", "which"), [("", "a", "old"), ("a", " ... ", "new")])
def test_a_text_without_words_is_refused(old, new, which):
    with pytest.raises(ValueError, match=f"The {which} text has no words"):
        compare(old, new)
    with pytest.raises(ValueError, match=f"The {which} text has no words"):
        reused(old, new)


# ---------------------------------------------------------------- reused


def test_eleven_words_of_2021_stand_in_2024():
    old = "with more warheads and a larger number of sophisticated delivery systems to establish"
    new = f"diversify its arsenal {old.removesuffix(' to establish')}"
    found = reused(old, new)
    assert (found.reused, found.total) == (7, 10)
    assert str(found) == "7 of 10 sequences of 5 words (70%)"


@given(texts, texts, st.integers(1, 6))
def test_the_share_by_another_way(old, new, size):
    found = reused(old, new, size=size)
    line = f" {' '.join(keys(old))} "
    said = keys(new)
    pieces = [" ".join(said[i : i + size]) for i in range(len(said) - size + 1)]
    assert found.total == len(pieces)
    assert found.reused == sum(f" {piece} " in line for piece in pieces)
    assert (found.share is None) == (not pieces)


@given(texts, st.integers(1, 6))
def test_a_text_reuses_all_of_itself_and_longer_sequences_are_rarer(text, size):
    assert reused(text, text, size=size).share in (1, None)
    other = " ".join(reversed(text.split()))
    short, long = (reused(text, other, size=n).share for n in (size, size + 1))
    assume(long is not None)
    assert long <= short + 1e-12


def test_no_sequence_runs_from_one_sentence_into_the_next():
    assert reused(["one two", "three four"], "two three", size=2).reused == 0
    assert reused("one two three four", "two three", size=2).reused == 1


def test_too_few_words_have_no_share_and_say_so():
    found = reused("one two three four five", "one two")
    assert found.share is None
    assert str(found) == "no share: the new text has no 5 words in a row"
    with pytest.raises(ValueError, match="size must be at least 1 word; got 0"):
        reused("a", "a", size=0)
