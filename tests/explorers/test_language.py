"""The explorer of lesson 02 on the course's own sentences: what survives every choice, and not."""

import numpy as np
import pytest

from indopacific.datasets import load
from indopacific.explorers import find
from indopacific.explorers.definition import Engine
from indopacific.explorers.language import data, findings
from indopacific.models.agreement import kappa
from indopacific.models.language import mentions
from indopacific.models.language_stance import (
    CODEBOOK,
    LEXICONS,
    SERIES,
    TONE,
    LanguageParameters,
    measure,
    read,
    survives,
)

SURVIVES = "Brussels 2021 is more favourable than Vilnius 2023"
DOES_NOT = "Strategic Concept 2022 is more favourable than Vilnius 2023"


@pytest.fixture(scope="module")
def summed():
    return survives(findings())


def test_a_finding_that_survives_every_choice(summed):
    row = summed.loc[SURVIVES]
    assert row["survives"]
    assert row["fails"] == 0
    assert row["holds"] > 500_000


def test_a_finding_that_does_not(summed):
    row = summed.loc[DOES_NOT]
    assert not row["survives"]
    assert row["holds"] > 100_000 < row["fails"]


def test_every_comparison_was_tried_under_every_setting(summed):
    explorer, sliders = find("language"), 21 * 20 * 17
    options = 1
    for name in ("unit", "naming", "repeats", "sample"):
        options *= len(explorer.declaration(name).options)
    assert (summed.drop(columns="survives").sum(axis=1) == 3 * options * sliders).all()
    assert len(summed) == 5 * 4


def test_a_finding_and_its_reverse_are_two_sides_of_one_count(summed):
    back = summed.loc["Vilnius 2023 is more favourable than Strategic Concept 2022"]
    assert back[["holds", "fails", "equal", "silent"]].tolist() == (
        summed.loc[DOES_NOT, ["fails", "holds", "equal", "silent"]].tolist()
    )


def test_a_search_for_one_name_silences_half_of_the_texts():
    settings = findings()
    alone = settings[(settings["finding"] == SURVIVES) & settings["naming"].isin(["China", "PRC"])]
    assert (alone["silent"] == 21 * 20 * 17).all()


# ---------------------------------------------------------------- the sentences of the series


def test_the_sentences_are_those_of_the_dossier():
    sentences, named = data()
    first = sentences[~sentences["later"]]
    means = first.groupby("text", sort=False)["stance"].agg(["size", "mean"]).round(2)
    assert means.to_dict("index") == {
        "London 2019": {"size": 1, "mean": 0},
        "Brussels 2021": {"size": 14, "mean": -0.21},
        "Strategic Concept 2022": {"size": 11, "mean": -1.36},
        "Vilnius 2023": {"size": 14, "mean": -1.29},
        "Washington 2024": {"size": 6, "mean": -2.0},
    }
    assert sentences.loc[sentences["text"] == "Washington 2024", "stance"].mean() == -1.6
    assert len(named) == len(SERIES)
    assert named["China"].to_list()[:6] == [1, 10, 0, 0, 0, 0]
    assert named["PRC"].to_list()[:6] == [0, 0, 8, 11, 4, 0]
    assert named["whole"].to_list() == [False, True, False, False, False, True, False]


def test_no_sentence_is_shown_for_a_text_that_could_not_be_read():
    table = measure(*data(), LanguageParameters()).table
    assert table["why"].to_dict() == {
        **dict.fromkeys(table.index[:5], ""),
        "The Hague 2025": "China is not named",
        "Ankara 2026": "could not be read",
    }
    assert np.isnan(table.at["Ankara 2026", "times"])


def test_whole_sentences_name_china_as_their_row_says():
    sentences = load("sentences").dropna(subset="sentence")
    for row in sentences.itertuples():
        found = set(mentions(row.sentence).query("counts")["name"])
        assert found == ({row.names_china} - {"none"}), row.statement


def test_the_word_threat_stands_in_one_sentence_and_it_is_russias():
    sentences, _ = data()
    found = sentences[sentences["quote"].str.contains("threat")]
    assert len(found) == 1
    assert "the threat Russia poses" in found["quote"].iloc[0]


def test_what_was_copied_has_the_code_of_what_it_copies():
    codes = load("codings").query("coder == 'course'").set_index("statement")["code"]
    copies = load("sentences").dropna(subset="repeats")
    assert len(copies) == 13
    assert codes[copies["statement"]].tolist() == codes[copies["repeats"]].tolist()


def test_word_lists_agree_less_with_the_course_than_one_may_think():
    sentences, _ = data()
    first = sentences[~sentences["later"]]
    signs = np.sign(first["stance"].astype(int)).tolist()
    found = {
        name: kappa(signs, read(first["quote"], words).tolist()) for name, words in LEXICONS.items()
    }
    assert found[CODEBOOK].value > found[TONE].value
    assert found[TONE].value < 0.5
    partnership = first[first["quote"].str.contains("partnership through|limits", regex=True)]
    assert read(partnership["quote"], LEXICONS[CODEBOOK]).tolist() == [-1]


# ---------------------------------------------------------------- what the picture says


def test_the_default_says_what_it_says_of_so_few_sentences():
    words = Engine(find("language")).picture({}).words
    assert words.title == (
        "Of the texts with marked sentences, Brussels 2021 stands highest, Washington 2024 lowest; "
        "their intervals overlap"
    )
    assert "in London 2019 nothing is marked either way" in words.reading
    assert "Ankara 2026: could not be read" in words.reading
    assert "50 of 50 sentences count" in words.reading


def test_words_that_no_sentence_has_are_said_and_draw_nothing_false():
    words = (
        Engine(find("language"))
        .picture({"reading": "own words", "favourable": "enemy", "critical": ""})
        .words
    )
    assert words.title == "Under these choices nothing can be said about any text"
    assert "None of these words stands in any sentence" in words.reading


def test_a_line_that_is_no_list_of_words_is_refused_with_the_reason():
    with pytest.raises(ValueError, match="critical: The term '\\*'"):
        Engine(find("language")).picture({"critical": "*"})


def test_a_call_with_quotation_marks_leads_back_to_its_setting():
    explorer = find("language")
    values = explorer.setting({"critical": 'so-called "no limits", people\'s'})
    opened = eval(explorer.call(values), {"explore": lambda name, **given: given})
    assert explorer.setting(opened) == values
