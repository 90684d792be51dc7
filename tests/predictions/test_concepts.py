"""The concept check: right answers that are computed, and a true word on every wrong one."""

import dataclasses
import itertools
import json
from collections import Counter

import pytest

from indopacific import ask, predictions
from indopacific.predictions import control, static, store
from indopacific.predictions.concepts import Concept, Lure

CONCEPTS = [each for each in predictions.declared() if isinstance(each, Concept)]
COIN = predictions.find("concept_check-coin")
each_concept = pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A course folder with nothing kept in it."""
    (tmp_path / "lessons").mkdir()
    (tmp_path / "nbgrader_config.py").touch()
    monkeypatch.chdir(tmp_path / "lessons")
    yield
    store._REMEMBERED.clear()


@each_concept
def test_a_misconception_leads_to_its_own_option_and_to_no_other(concept):
    assert set(concept.lures) == set(concept.options) - {concept.answer()}
    for option, lure in concept.lures.items():
        if lure.reasoning is not None:
            assert lure.reasoning() == option
            assert lure.reasoning() != concept.answer()


@each_concept
def test_every_answer_says_what_is_right_and_a_wrong_one_why_it_is_tempting(concept):
    right = concept.answer()
    for option in concept.options:
        said = concept.told(option)
        assert right in said
        assert concept.because() in said
        assert concept.again in said
        assert said.startswith("Right:" if option == right else "Not so.")
        others = [lure for other, lure in concept.lures.items() if other != option]
        assert not any(lure.why in said for lure in others)
        named = [lure.misconception for lure in concept.lures.values() if lure.misconception]
        own = concept.lures[option].misconception if option != right else ""
        assert [name for name in named if name in said] == ([own] if own else [])


@each_concept
def test_what_to_read_again_is_there(concept, course):
    path = course / "lessons" / f"{concept.lesson}.ipynb"
    assert concept.lesson in set(predictions.concept_check.load("lessons")["id"])
    if path.is_file() and concept.heading:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert any("".join(cell["source"]).startswith(f"## {concept.heading}\n") for cell in cells)


def test_the_items_are_twelve_and_mixed():
    assert len(CONCEPTS) == 12
    lessons = [concept.lesson for concept in CONCEPTS]
    assert len(set(lessons)) >= 5
    assert all(one != other for one, other in itertools.pairwise(lessons))
    places = Counter(concept.options.index(concept.answer()) for concept in CONCEPTS)
    assert max(places.values()) <= 6, "who always takes the same place would do well"


def test_a_misconception_is_not_named_where_its_reasoning_leads_elsewhere():
    lure = Lure(why="Why.", misconception="the moon is a cheese", reasoning=lambda: "blue")
    assert lure.said("blue") == "That follows if one takes it that the moon is a cheese. Why."
    assert lure.said("red") == "Why."
    with pytest.raises(ValueError, match="together with its reasoning"):
        Lure(why="Why.", misconception="the moon is a cheese")


def test_an_answer_that_moves_leaves_no_wrong_word_behind():
    moved = dataclasses.replace(COIN, answer=lambda: "as likely")
    with pytest.raises(ValueError, match="the lures do not fit it: see as likely, more likely"):
        moved.told("as likely")
    with pytest.raises(ValueError, match="maybe is no option"):
        dataclasses.replace(COIN, lures={"maybe": Lure(why="Why.")})


def test_an_answer_in_a_notebook_is_told_at_once_and_stays(room):
    asking = ask(COIN.id)
    assert asking.control.state["told"] == ""
    asking.control._answer(None, {"request": "keep", "guess": "as likely"}, [])
    assert asking.control.state["told"] == COIN.told("as likely")
    assert asking.control.state["answered"]
    asking.control._answer(None, {"request": "keep", "guess": "more likely"}, [])
    assert ask(COIN.id).guess == "as likely"


def test_looking_back_counts_and_names_what_to_read_again(room):
    back = predictions.predictions("07-concept-check").control
    assert back.state["said"] == control.CHECK_WORDS["nothing"]
    store.home().keep(COIN, "as likely")
    store.home().keep(CONCEPTS[1], CONCEPTS[1].answer())
    back.follow()
    assert back.state["said"] == (f"1 of 2 answered are right. Worth reading again: {COIN.again}.")


def test_only_a_question_of_the_check_is_asked_so():
    with pytest.raises(ValueError, match="is a prediction: ask it with predict"):
        ask("alignment-measures")


def test_without_scripts_every_word_is_there_folded():
    page = static.fragment(COIN.id)
    assert page.index("<details>") < page.index("only the average probability of help counts")
    assert "Check." in page
