"""The words of an answer: both numbers, how far off, and never the wrong direction."""

import dataclasses
import itertools
import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific import predictions
from indopacific.figures.guesses import PERCENT, WHOLE_SHARE
from indopacific.predictions.questions import Choose, Line, Number, Order
from tests.predictions.declared import examples
from tests.predictions.pages import declared

each_example = pytest.mark.parametrize("question", examples.ALL, ids=lambda one: one.id)
each_declared = pytest.mark.parametrize(
    "question", predictions.declared(), ids=lambda question: question.id
)


def share_of(truth):
    return dataclasses.replace(examples.SHARE, answer=lambda: truth)


def line_of(truth):
    return dataclasses.replace(examples.LINE, answer=lambda: truth)


# ---------------------------------------------------------------- numbers


@given(guess=st.sampled_from(examples.SHARE.grid()), truth=st.floats(-0.2, 1.2))
def test_a_number_says_both_and_the_direction(guess, truth):
    said = share_of(truth).told(guess)
    assert said.startswith(f"You said {guess:.0%}")
    assert ("too high" in said) == (guess > truth)
    assert ("too low" in said) == (guess < truth)
    assert ("so do the data" in said) == (guess == truth)
    if guess != truth:
        assert f"the data say {WHOLE_SHARE.write(truth)}" in said


@pytest.mark.parametrize(
    ("guess", "said"),
    [
        (-20.0, "You said -20.0 degrees; the data say 55.0 degrees. "
                "Your guess is 75.0 degrees too low."),
        (40.0, "You said 40.0 degrees; the data say 55.0 degrees. "
               "Your guess is 15.0 degrees too low."),
    ],
)  # fmt: skip
def test_a_guess_at_either_end_is_right_about_data_beyond_it(guess, said):
    assert examples.BELOW.told(guess) == said


def test_missing_data_are_said_to_be_missing():
    question = share_of(math.nan)
    assert "there is no figure" in question.told(0.5)
    assert question.truth() == "The data have no figure."
    assert question.surprise(0.5) == 0


@given(raw=st.floats(allow_nan=True) | st.integers() | st.text() | st.none() | st.booleans())
def test_a_number_is_taken_only_from_its_range_and_onto_its_steps(raw):
    question = examples.SHARE
    fits = not isinstance(raw, bool) and isinstance(raw, int | float) and 0 <= raw <= 1
    if not fits:
        with pytest.raises(ValueError, match="a number from 0% to 100%"):
            question.accept(raw)
    else:
        accepted = question.accept(raw)
        assert accepted in question.grid()
        assert abs(accepted - raw) <= question.step / 2 + 1e-9


# ---------------------------------------------------------------- lines


numbers = st.sampled_from(examples.LINE.grid())
lines = st.fixed_dictionaries(dict.fromkeys(examples.LINE.years, numbers))


@given(guess=lines, truth=st.fixed_dictionaries(
    dict.fromkeys(examples.LINE.years, st.floats(-5, 80) | st.just(math.nan))
))  # fmt: skip
def test_a_line_names_its_farthest_year_with_the_right_direction(guess, truth):
    said = line_of(truth).told(guess)
    known = {year: value for year, value in truth.items() if not math.isnan(value)}
    if not known or all(guess[year] == known[year] for year in known):
        assert "too" not in said
        return
    year = int(re.search(r"(?:Farthest off is|In) (\d{4})", said)[1])
    off = {year: abs(guess[year] - known[year]) for year in known}
    assert off[year] == max(off.values())
    assert ("too high" in said) == (guess[year] > known[year])
    for missing in set(truth) - set(known):
        assert str(missing) in said or "-" in said


def test_a_line_gives_the_reader_no_year_that_is_to_be_drawn():
    controls = examples.LINE.controls()
    assert set(controls["given"]) == {"2010", "2011", "2012", "2013"}
    assert controls["given"]["2012"] is None
    shorter = dataclasses.replace(examples.LINE, since=2012)
    assert set(shorter.controls()["given"]) == {"2012", "2013"}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"2014": 1, "2015": 2}, "one number for each year from 2014 to 2017; got 2014 and 2015"),
        ([1, 2, 3, 4], "one number for each year"),
        ({"2014": 1, "2015": 2, "2016": 3, "2017": 61}, "from 0.0% to 60.0%; got 61.0%"),
        ({"2014": 1, "2015": 2, "2016": 3, "2017": None}, "got None"),
    ],
)
def test_a_line_that_is_none_is_refused_in_words(raw, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        examples.LINE.accept(raw)


# ---------------------------------------------------------------- orders and choices


@given(st.permutations(examples.ORDER.names), st.permutations([1.0, 2.0, 2.0, 3.0]))
def test_an_order_is_right_exactly_when_no_pair_is_turned_round(guess, values):
    truth = dict(zip(examples.ORDER.names, values, strict=True))
    question = dataclasses.replace(examples.ORDER, answer=lambda: truth)
    turned = [(a, b) for a, b in itertools.combinations(guess, 2) if truth[a] < truth[b]]
    said = question.told(tuple(guess))
    assert said.startswith("Your order is right") == (not turned)
    assert (question.surprise(tuple(guess)) == 0) == (not turned)
    if turned:
        name, put = re.search(r"(\w) is farthest off: you put it (\d)", said).groups()
        assert guess[int(put) - 1] == name
        higher = sum(truth[other] > truth[name] for other in guess)
        lower = sum(truth[other] >= truth[name] for other in guess)
        assert ("too high" in said) == (int(put) < higher + 1)
        assert ("too low" in said) == (int(put) > lower)


def test_a_choice_says_what_was_chosen_and_what_is():
    assert examples.CHOICE.told("red") == "You said red; the data say green."
    assert examples.CHOICE.told("green") == "You said green, and so do the data."


def test_an_order_whose_answer_lacks_a_name_is_the_authors_mistake():
    with pytest.raises(ValueError, match="the answer has no number for a, d"):
        dataclasses.replace(examples.ORDER, answer=lambda: {"b": 1, "c": 2}).truth()


def test_an_answer_that_is_no_option_is_the_authors_mistake():
    with pytest.raises(ValueError, match="the answer 'violet' is not among the options"):
        dataclasses.replace(examples.CHOICE, answer=lambda: "violet").told("red")


@pytest.mark.parametrize("raw", [["a", "b", "c"], ["a", "a", "b", "c"], "abcd", None, 4])
def test_an_order_holds_every_name_once(raw):
    with pytest.raises(ValueError, match="an order holds each of a, b, c, d once"):
        examples.ORDER.accept(raw)


# ---------------------------------------------------------------- every kind


def some_guess(question):
    if isinstance(question, Choose):
        return question.options[0]
    if isinstance(question, Order):
        return question.names
    return (
        question.low
        if isinstance(question, Number)
        else dict.fromkeys(question.years, question.low)
    )


@each_example
def test_a_guess_survives_a_file(question):
    guess = some_guess(question)
    assert question.accept(json.loads(json.dumps(question.stored(guess)))) == guess


@each_example
def test_what_asks_does_not_hold_the_answer(question):
    asked = json.dumps(question.controls())
    for told in ("15.0", "20.25", "70.0", "0.38", "55.0"):
        assert told not in asked


@each_example
def test_a_page_has_the_words_for_every_guess(question):
    answers, surprises = question.answers(), question.surprises()
    json.dumps([answers, surprises, question.revealed(), question.controls()], allow_nan=False)
    if isinstance(question, Number):
        assert answers == [question.told(guess) for guess in question.grid()]
    elif not isinstance(question, Line):
        assert set(answers) == set(surprises)
        assert all(0 <= each <= 1 for each in surprises.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"step": 0.03}, "whole steps of 0.03 must lead from low to high"),
        ({"step": 0.0}, "whole steps"),
        ({"low": 1.0, "high": 0.0}, "whole steps"),
        ({"step": 0.005}, "cannot be written with 0 decimals"),
    ],
)
def test_a_number_that_cannot_be_set_is_refused_when_it_is_declared(change, said):
    with pytest.raises(ValueError, match=said):
        dataclasses.replace(examples.SHARE, **change)


def test_other_wrong_declarations_are_refused_too():
    with pytest.raises(ValueError, match="two different options"):
        dataclasses.replace(examples.CHOICE, options=("a", "a"))
    with pytest.raises(ValueError, match="2 to 5 different names"):
        dataclasses.replace(examples.ORDER, names=tuple("abcdef"))
    with pytest.raises(ValueError, match="end before they begin"):
        Line(
            id="x-y", section="", asks="", unit=PERCENT, low=0, high=1, step=1,
            drawn_years=(2020, 2019), answer=dict,
        )  # fmt: skip


# ---------------------------------------------------------------- how questions are found


def test_questions_are_found_in_their_order():
    with declared():
        assert predictions.declared("00-examples") == list(examples_found())
        assert predictions.find("examples-line").kind == "line"


def examples_found():
    from indopacific.predictions import examples as found

    return found.ALL


def test_unknown_ids_and_lessons_bring_the_nearest():
    with declared():
        with pytest.raises(
            ValueError, match="no question 'examples-lin'. Did you mean 'examples-line'"
        ):
            predictions.find("examples-lin")
        with pytest.raises(ValueError, match="no lesson with predictions '03-exmples'"):
            predictions.predictions("03-exmples")


def test_the_room_answers_the_call_of_the_function_that_it_hides():
    import indopacific

    assert type(indopacific.predictions("01-alignment")).__name__ == "Review"
    assert type(predictions("01-alignment")).__name__ == "Review"


# ---------------------------------------------------------------- the questions of the lessons


@each_declared
def test_every_question_of_a_lesson_has_an_answer_that_can_be_guessed(question):
    assert question.truth()
    if isinstance(question, Number):
        answer = question.answer()
        assert question.low <= answer <= question.high
    if isinstance(question, Line):
        found = question.revealed().values()
        assert all(question.low <= value <= question.high for value in found if value is not None)
        assert any(value is not None for value in found)
    if isinstance(question, Order):
        assert question.surprise(question.names) > 0, "the names stand in the order of the answer"


@each_declared
def test_a_model_is_never_called_data(question):
    said = [question.truth()]
    if not isinstance(question, Line):
        answers = question.answers()
        said += answers.values() if isinstance(answers, dict) else answers
    assert [each for each in said if "data" in each and question.by == "model"] == []
    assert [each for each in said if "model" in each and question.by == "data"] == []


@each_declared
def test_every_question_is_asked_and_answered_under_its_heading(question, course):
    name = question.id.split("-")[0].replace("_", "-")
    (path,) = course.joinpath("lessons").glob(f"[0-9][0-9]-{name}.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    heading, asked, answered = "", [], []
    verb = "ask" if question.at_once else "predict"
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            for found in re.findall(r"^## (.+)$", source, re.MULTILINE):
                heading = found
        elif f'{verb}("{question.id}")' in source:
            asked.append(heading)
        elif f'"{question.id}"' in source:
            answered.append(heading)
    wanted = f"in section {question.section!r}, once; {path.name} does it in"
    assert asked == [question.section], f'ask {verb}("{question.id}") {wanted} {asked or "none"}'
    if question.at_once:
        assert answered == []
        return
    assert answered == [question.section], (
        f'answer with show(..., predicted="{question.id}") or answered("{question.id}") {wanted} '
        f"{answered or 'none'}"
    )
