"""What exercise 02 says in fixed words and keys follows from the tables and the models."""

import re
from functools import partial

import pytest

from indopacific import load
from indopacific.asked import language as asked
from indopacific.coding import lay_out
from indopacific.exercises.questions import items, text_of
from indopacific.explorers.language import data, findings
from indopacific.models import agreement, language
from indopacific.models.language_stance import OWN, LanguageParameters, measure
from tests.grading.harness import REPOSITORY, bound, source_cells

EXERCISE = "02-language"
answer = partial(bound, EXERCISE)
SOURCES = source_cells(EXERCISE)
ITEMS = {item.id: item for item in items(SOURCES)}
NOTES = (REPOSITORY / "solutions" / EXERCISE / "instructor-notes.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows():
    """The sentences as the exercise gives them, from its own cell."""
    names = {}
    exec(next(text_of(cell) for cell in SOURCES if cell["id"] == "setup"), names)
    return names["rows"]


def test_ten_items_make_twenty_points_one_of_them_marked_by_a_person():
    assert len(ITEMS) == 10
    assert sum(item.points for item in ITEMS.values()) == 20
    assert [item.points for item in ITEMS.values() if item.by_hand] == [3]


def test_the_rule_of_item_1_is_the_course_s_on_every_sentence_that_it_ships(rows):
    names = {}
    exec(next(text_of(cell) for cell in SOURCES if cell["id"] == "names"), names)
    named = answer("language-1-named", **names)["named"]
    for said in rows["said"]:
        assert named(said) == language.mentions(said)["counts"].sum()
    # The names in which the course's rule goes further stand in no sentence that is tested.
    assert not rows["said"].str.contains("Beijing|Chinese").any()


def test_the_table_of_item_2_gives_the_kappa_of_its_solution():
    task = ITEMS["language-2-by-hand"].task
    (both, first), (second, neither) = (
        map(int, found)
        for found in re.findall(r"^\| \*\*first coder: \w+\*\* \| (\d+) \| (\d+) \|", task, re.M)
    )
    assert both + first + second + neither == 20
    one = ["yes"] * (both + first) + ["no"] * (second + neither)
    other = ["yes"] * both + ["no"] * first + ["yes"] * second + ["no"] * neither
    by_hand = answer("language-2-by-hand")["by_hand"]
    assert by_hand == pytest.approx(agreement.kappa(one, other).value)
    assert f"{by_hand:.2f}. Named:" in NOTES


def test_what_the_desk_copies_is_what_item_4_asks_for():
    ids = [sentence.id for sentence in lay_out("language").sentences]
    assert [*ids, "same", "kappa"] == list(asked.OWN.kind.parameters)
    codes = [code.code for code in lay_out("language").codes]
    assert list(asked.OWN.kind.parameters["b3"].options) == codes
    assert list(asked.NEW.kind.codes) == codes


def test_the_words_of_item_5_are_those_of_the_tables_and_none_stands_on_a_desk():
    keys = {
        "t1": "nato-2021-06-14-b2",
        "t2": "nato-2021-06-14-b1",
        "t3": "nato-2022-06-29-s1",
        "t4": "nato-2024-07-10-w10",
        "t5": "nato-2024-07-10-w11",
        "t6": "nato-2024-07-10-w5",
        "t7": "nato-2021-07-19-c3",
        "t8": "nato-2022-06-29-m1",
    }
    quotes = load("statements").set_index("id")["quote"]
    codings = load("codings").query("coder == 'course'").set_index("statement")["code"]
    coded = answer("language-5-new")["new"]
    desks = {
        sentence.text
        for which in ("twelve", "borderline")
        for sentence in lay_out("language", which).sentences
    }
    task = re.sub(r"<!--.*?-->", "", ITEMS["language-5-new"].task)
    for text, key in keys.items():
        line = re.search(rf"^\| {text} \|.*$", task, re.M)[0]
        assert f'"{quotes[key]}"' in line
        assert quotes[key] not in desks
        # What is not coded is open: the task says so, and the test takes both codes.
        assert key not in codings.index or coded[text] == codings[key]
    assert set(keys.values()) - set(codings.index) == {"nato-2022-06-29-m1"}


def test_the_rules_that_item_5_names_say_what_it_takes_them_to_say():
    rules = load("code_rules").set_index("rule")["text"]
    assert "not what NATO will do" in rules["R1"]
    assert "take COE" in rules["R2"]
    assert "does not cancel a verb of engagement" in rules["R4"]
    assert "if conduct, CHA; if tied to Russia's war, ENA" in rules["R6"]


class TestTheSentencesOfItem6:
    """Each is borne out, or not, by the tables, as the key has it."""

    def test_three_are_marked_as_right(self):
        assert answer("language-6-words")["stand"] == ["b", "e", "j"]

    def test_a_the_one_threat_is_russias(self, rows):
        found = language.concordance(rows["said"], "threat*")
        assert found["text"].tolist() == ["w4"]
        assert found["right"].item().startswith("Russia poses")

    def test_b_the_one_partnership_is_a_charge(self, rows):
        found = language.concordance(rows["said"], "partner*")
        assert found["text"].tolist() == ["w3"]
        assert rows.loc["w3", "code"] == "ENA"

    def test_c_london_came_first(self, rows):
        assert rows["text"].iloc[0] == "London 2019"

    def test_d_the_concept_and_vilnius_offer_engagement(self, rows):
        found = language.concordance(rows["said"], "engage*")["text"].tolist()
        assert {"s8", "v2", "v9"} <= set(found)

    def test_e_once_the_challenges_are_common(self, rows):
        found = language.concordance(rows["said"], "challenge*").set_index("text")
        assert found.loc["b11", "left"].endswith("common")
        assert rows.loc["b11", "code"] == "OPP"

    def test_f_vilnius_has_more_sentences_and_is_no_harder(self, rows):
        texts = rows.groupby("text")["stance"].agg(["size", "mean"])
        vilnius, concept = texts.loc["Vilnius 2023"], texts.loc["Strategic Concept 2022"]
        assert vilnius["size"] > concept["size"]
        assert vilnius["mean"] > concept["mean"]
        assert rows.loc[rows["text"] == "Vilnius 2023", "repeats"].notna().sum() == 13

    def test_g_the_words_changed(self):
        step = load("formulas").set_index("step").loc[2]
        assert "present systemic challenges to" in step["from_wording"]
        assert "challenge our interests, security and values" in step["to_wording"]

    def test_h_the_hague_is_silent_in_what_was_seen(self):
        counts = load("term_counts").query("document == 'nato-2025' and term == 'China, all names'")
        assert counts["count"].eq(0).all()
        assert len(counts) == 2

    def test_i_the_fitted_rules_reach_what_is_said(self):
        kappa = load("estimates").set_index("id").loc["language-fitted-kappa"]
        assert "0.97" in kappa["as_read"]
        assert "after the sentences had been seen" in kappa["note"]

    def test_j_the_concept_says_prc(self, rows):
        concept = rows[rows["text"] == "Strategic Concept 2022"]
        naming = concept[concept["names_china"] != "none"]
        assert set(naming["names_china"]) == {"PRC"}
        assert set(language.mentions(" ".join(naming["said"]))["name"]) == {"PRC"}


def test_the_numbers_of_items_7_and_8_stand_in_the_notes(rows):
    missed = answer("language-7-missed", rows=rows)["missed"]
    assert ", ".join(map(str, list(missed.values())[:3])) == "4, 11, 14"
    assert missed["Washington 2024"] == 10
    assert "4, 11, 14 and 10." in NOTES
    nameless = rows[rows["names_china"] == "none"]["text"].value_counts()
    assert "(4, 3, 3, 3)" in NOTES
    assert [int(nameless[text]) for text in asked.MISSED.kind.keys] == [4, 3, 3, 3]
    brussels = rows.loc[rows["text"] == "Brussels 2021", "stance"].astype(float)
    assert answer("language-8-quoted", rows=rows)["quoted"] == -1.5
    assert "-1.50, against -0.21 for all fourteen" in NOTES
    assert (len(brussels), f"{brussels.mean():.2f}") == (14, "-0.21")
    assert f"({brussels[brussels < 0].mean():.2f})" in NOTES


def test_many_settings_answer_item_9_and_most_do_not():
    tried = findings().query(
        "finding == 'Strategic Concept 2022 is more favourable than Washington 2024'"
    )
    assert tried["fails"].sum() > 100_000
    assert tried["holds"].sum() > tried["fails"].sum()
    assert OWN not in set(tried["reading"])


def test_the_notes_say_of_brussels_and_washington_what_survives():
    tried = findings().query("finding == 'Brussels 2021 is more favourable than Washington 2024'")
    assert tried["fails"].sum() == 0
    shown = measure(*data(), LanguageParameters()).table["balance"]
    assert shown["Strategic Concept 2022"] > shown["Washington 2024"]


def test_the_code_for_a_class_runs_and_says_what_the_notes_say(capsys):
    block = re.search(r"```python\n(.*?)```", NOTES, re.S)[1]
    names = {}
    exec(block, names)
    printed = capsys.readouterr().out
    assert "alpha 0." in printed
    assert "in 95% of 2,000 resamples" in printed
    assert names["share"].sort_values().index[0] in ("b10", "b11")
    assert set(names["coders"]) == {"one", "two"}
    kappas = names["coded"].apply(lambda mine: agreement.kappa(mine, names["key"]).value)
    assert kappas["one"] == 1  # its codes are those of the key


def test_both_model_answers_have_the_length_that_is_asked_for():
    task = ITEMS["language-10-argument"].task
    low, high = map(int, re.search(r"\*\*(\d+) to (\d+) words\*\*", task).groups())
    first, second = re.findall(r"^## (?:Model|A second model) answer.*?\n\n(.*?)\n", NOTES, re.M)
    assert low <= len(first.split()) <= high
    assert low <= len(second.split()) <= high


def test_every_quotation_in_the_notes_model_answers_stands_in_a_table():
    """What is quoted of a person or a text is there word for word."""
    shipped = " ".join(load("statements")["quote"].dropna()) + " ".join(
        load("sentences")["sentence"].dropna()
    )
    answers = re.findall(r"^## (?:Model|A second model) answer.*?\n\n(.*?)\n", NOTES, re.M)
    quoted = [words for text in answers for words in re.findall(r'"([^"]+)"', text)]
    assert len(quoted) > 12
    assert [words for words in quoted if words not in shipped] == []
