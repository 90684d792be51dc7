"""What lesson 02 says about its texts, its coders and its explorer beyond single numbers."""

import ast
import functools

import numpy as np
import pandas as pd
import pytest

from indopacific.datasets import load
from indopacific.explorers.language import EXPLORER, findings
from indopacific.models.agreement import kappa
from indopacific.models.language import count, places, words
from indopacific.models.language_stance import CODEBOOK, LEXICONS, TONE, survives
from indopacific.predictions.language import SECOND
from tests.lessons.notebooks import LESSONS, code, prose

(PATH,) = [path for path in LESSONS if path.stem == "02-language"]


@functools.cache
def coded():
    rows = load("sentences").merge(load("codings"), on="statement").merge(load("codes"), on="code")
    said = load("statements").set_index("id")["quote"]
    return rows.assign(quote=rows["statement"].map(said)).set_index("key")


def sign(rows, lexicon):
    counts = count(rows["sentence"], [*lexicon.favourable, *lexicon.critical])
    good, bad = (counts[list(part)].sum(axis=1) for part in (lexicon.favourable, lexicon.critical))
    return np.sign(good - bad)


# ---------------------------------------------------------------- the texts


def test_threat_stands_in_one_sentence_and_is_russias():
    said = coded()["sentence"].fillna(coded()["quote"])
    having = said[said.str.contains("threat", case=False)]
    assert list(having.index) == ["w4"]
    assert "the threat Russia poses" in having["w4"]
    assert coded().loc["w4", "names_china"] == "none"
    beside = load("term_counts").query("term == 'threat, beside China'")
    assert (beside["count"] == 0).all()


@pytest.mark.parametrize(
    ("older", "newer", "gone", "come"),
    [
        ("l1", "b1", "both opportunities and", "can present"),
        ("b3", "s1", "assertive behaviour", "coercive policies"),
        ("s1", "w1", "policies challenge", "policies continue to challenge"),
    ],
)
def test_a_formula_changes_where_the_lesson_says(older, newer, gone, come):
    old, new = (coded().loc[key, ["sentence", "quote"]].dropna().iloc[0] for key in (older, newer))
    assert gone in old
    assert gone not in new
    assert come in new
    assert come not in old


def test_only_eighteen_sentences_are_printed_whole_and_the_rest_is_short():
    rows = load("sentences")
    assert rows["sentence"].notna().sum() == 12 + 6
    assert rows.loc[rows["set"] == "other", "sentence"].isna().all()
    quotes = load("statements")["quote"].dropna()
    assert quotes.str.split().str.len().max() <= 25


def test_whole_sentences_have_as_many_words_as_were_counted_in_the_copies():
    rows = load("sentences").dropna(subset=["sentence", "words"])
    counted = rows["sentence"].map(lambda text: len(words(text)))
    assert (counted == rows["words"]).all()


def test_a_phrase_of_a_sentence_stands_in_it():
    rows = coded().dropna(subset="sentence")
    plain = rows["sentence"].str.replace('"', "")
    assert [key for key in rows.index if rows["quote"][key].strip("'") not in plain[key]] == []


# ---------------------------------------------------------------- the coders


@pytest.mark.parametrize(
    ("document", "tally"),
    [
        ("nato-2019", {"MIX": 1}),
        ("nato-2021", {"CHA": 5, "ENG": 4, "OPP": 2, "COE": 2, "ENA": 1}),
        ("nato-concept-2022", {"COE": 6, "CHA": 2, "ENG": 1, "RES": 1, "ENA": 1}),
        ("nato-2023", {"COE": 7, "ENG": 2, "CHA": 2, "ENA": 2, "RES": 1}),
        ("nato-2024", {"ENA": 5, "COE": 1}),
    ],
)
def test_each_text_has_the_codes_of_the_coders_first_sheet(document, tally):
    first = coded().query("found == 'first' and document == @document")
    assert first["code"].value_counts().to_dict() == tally


def test_a_sentence_that_repeats_another_has_its_code():
    codes = coded().set_index("statement")["code"]
    again = coded().dropna(subset="repeats")
    assert len(again) > 10
    assert list(again["code"]) == list(codes[again["repeats"]])


def test_the_lesson_shows_the_second_coder_of_the_predictions():
    (cell,) = [cell for cell in code(PATH) if cell.source.startswith("codes = {")]
    shown = ast.literal_eval(ast.parse(cell.source).body[0].value)
    assert shown == SECOND
    key = coded().query("set == 'twelve'").sort_values("item")["code"]
    assert list(shown) == list(key.index)
    assert (pd.Series(shown) != key).sum() == 3


def test_the_codebook_words_fit_the_twelve_and_fail_beyond():
    found = {}
    for which in ("twelve", "borderline"):
        rows = coded()[coded()["set"] == which]
        found[which] = kappa(sign(rows, LEXICONS[CODEBOOK]), np.sign(rows["stance"])).value
    assert found["twelve"] == 1
    assert found["borderline"] <= 0.5


def test_the_tone_words_take_the_partnership_without_limits_for_good_news():
    rows = coded().loc[["w3"]]
    assert places([word.lower() for word in words(rows["sentence"]["w3"])], "partner*")
    assert sign(rows, LEXICONS[TONE])["w3"] > 0 > rows["stance"]["w3"]


# ---------------------------------------------------------------- means and choices


def test_the_press_chose_what_made_the_mean_of_washington():
    rows = coded()[coded()["document"] == "nato-2024"]
    means = rows.groupby("found")["stance"].mean()
    assert means["first"] == -2 < rows["stance"].mean() < means["later"]


@functools.cache
def every():
    return survives(findings())["survives"]


@pytest.mark.parametrize("later", ["Vilnius 2023", "Washington 2024"])
def test_brussels_is_the_milder_text_under_every_choice(later):
    assert every()[f"Brussels 2021 is more favourable than {later}"]


def test_no_choice_free_answer_says_whether_concept_or_vilnius_is_harder():
    one, other = "Strategic Concept 2022", "Vilnius 2023"
    assert not every()[f"{one} is more favourable than {other}"]
    assert not every()[f"{other} is more favourable than {one}"]
    by_codes, by_tone = (
        EXPLORER.result(values).table["balance"] for values in ({}, {"reading": TONE})
    )
    assert by_codes[one] < by_codes[other]
    assert by_tone[other] < by_tone[one]


def test_russia_is_the_subject_of_few_sentences_before_washington():
    series = coded()[~coded()["document"].isin(["nato-2030-report", "nato-cyber-2021"])]
    share = series["about_russia"].eq("yes").groupby(series["document"]).mean()
    assert share.drop("nato-2024").max() < 0.15
    assert share["nato-2024"] == 0.5


# ---------------------------------------------------------------- the voices


def test_beijing_is_quoted_after_every_text_but_the_one_that_was_not_read():
    texts = load("documents").query("kind in ['summit text', 'strategic concept']")
    days = pd.to_datetime(texts.query("date > '2019'").set_index("id")["date"])
    replies = load("statements").query('topic == "language: Beijing\'s reply"')
    spoken = set(replies["date"])
    missed = {
        name for name, day in days.items() if f"{day + pd.Timedelta(days=1):%Y-%m-%d}" not in spoken
    }
    assert missed == {"nato-2026"}
    reply = replies.set_index("id").loc["language-china-2025-06-26-k", "paraphrase"]
    assert "Rutte" in reply
    assert "does not name China" in reply


def test_capitals_on_every_side_speak_in_the_lesson():
    (cell,) = [cell for cell in prose(PATH) if cell.id == "voices-see"]
    for capital in ("Washington", "Paris", "Berlin", "Budapest", "Brussels", "Beijing"):
        assert f"**{capital}**" in cell.source
