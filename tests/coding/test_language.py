"""The desk of lesson 02 shows what the tables say, and no more of a text than they hold."""

import re

import pytest

from indopacific import load
from indopacific.coding import lay_out
from indopacific.coding.desk import specification

SETS = {"twelve": 12, "borderline": 6}


@pytest.fixture(scope="module")
def sentences():
    return load("sentences").set_index("key")


@pytest.mark.parametrize(("which", "number"), SETS.items())
def test_a_set_has_its_sentences_in_the_order_of_the_table(sentences, which, number):
    sheet = lay_out("language", which)
    chosen = sentences[sentences["set"] == which].sort_values("item")
    assert len(sheet.sentences) == number
    assert [each.id for each in sheet.sentences] == list(chosen.index)
    assert [each.text for each in sheet.sentences] == list(chosen["sentence"])
    assert sheet.about.startswith(f"{number} sentences from NATO's texts")


def test_the_twelve_are_the_usual_ones():
    assert lay_out("language") == lay_out("language", "twelve")
    assert lay_out("language").id == "language"
    assert lay_out("language", "borderline").id == "language-borderline"


@pytest.mark.parametrize("which", SETS)
def test_the_key_is_the_course_coders(sentences, which):
    codings = load("codings").query("coder == 'course'").set_index("statement")
    for each in lay_out("language", which).sentences:
        row = codings.loc[sentences.loc[each.id, "statement"]]
        assert (each.key, each.reasoning) == (row["code"], row["reasoning"])


def test_the_codebook_is_whole():
    sheet, codes = lay_out("language"), load("codes").set_index("code")
    assert [code.code for code in sheet.codes] == list(codes.index)
    assert all(code.stance == codes.loc[code.code, "stance"] for code in sheet.codes)
    assert len(sheet.rules) == len(load("code_rules"))


def test_a_sentence_that_does_not_name_china_says_so_and_no_other_does(sentences):
    for which in SETS:
        for each in lay_out("language", which).sentences:
            told = any(line.startswith("It does not name China") for line in each.context)
            assert told == (sentences.loc[each.id, "names_china"] == "none")
            assert told == (not re.search("China|PRC", each.text))


def test_a_neighbour_is_of_the_same_paragraph_and_nothing_is_printed_that_is_not_shipped(sentences):
    quotes = load("statements").set_index("id")["quote"]
    shipped = set(sentences["sentence"].dropna())
    for which in SETS:
        for each in lay_out("language", which).sentences:
            place = sentences.index.get_loc(each.id)
            for line in each.context:
                found = re.fullmatch(r"In the same paragraph, (before|after) it: “(.*)”", line)
                if not found:
                    continue
                near = sentences.iloc[place + (1 if found[1] == "after" else -1)]
                here = sentences.iloc[place]
                assert list(near[["document", "paragraph"]]) == list(
                    here[["document", "paragraph"]]
                )
                words = found[2]
                phrase = words.removeprefix("… ").removesuffix(" …")
                assert words in shipped or phrase == quotes[near["statement"]]


def test_where_the_paragraph_was_not_read_no_neighbour_is_claimed(sentences):
    for which in SETS:
        for each in lay_out("language", which).sentences:
            if sentences["paragraph"].isna()[each.id]:
                assert "paragraph number not read" in each.origin
                assert not any(line.startswith("In the same") for line in each.context)


@pytest.mark.parametrize("which", SETS)
def test_a_reader_is_not_told_the_key_beforehand(which):
    sheet = lay_out("language", which)
    shown = str(specification(sheet)["sentences"])
    assert not any(each.reasoning in shown for each in sheet.sentences)
    assert "'key'" not in shown
