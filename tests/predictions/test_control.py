"""A notebook's side of a prediction: asking, keeping, answering, looking back."""

import pandas as pd
import pytest

from indopacific import predictions
from indopacific.figures.words import Words
from indopacific.lessons import show
from indopacific.predictions import store
from indopacific.predictions.control import Control, LookBack
from tests.predictions.pages import declared


@pytest.fixture(autouse=True)
def course_of_my_own(tmp_path, monkeypatch):
    for name in ("lessons", "exercises"):
        tmp_path.joinpath(name).mkdir()
    monkeypatch.chdir(tmp_path)
    with declared():
        yield tmp_path
    store._REMEMBERED.clear()


@pytest.fixture
def sent(monkeypatch):
    sent = []
    for widget in (Control, LookBack):
        monkeypatch.setattr(
            widget, "send", lambda self, content, buffers=None: sent.append(content)
        )
    return sent


def tell(control, **message):
    control._answer(control, message, [])


def draw(result, figure):
    figure.subplots().plot([0, 1])
    return Words(
        title="Green is in the middle",
        reading="It lies in the middle.",
        table=pd.DataFrame({"Colour": ["green"], "Share": [result]}),
        source="own",
    )


def draw_with_guess(result, figure, *, predicted=None):
    words = draw(result, figure)
    return Words(title=f"{predicted}", reading=words.reading, table=words.table, source="own")


def test_asking_waits_for_nobody_and_shows_the_question_without_a_widget(sent):
    asking = predictions.predict("examples-share")
    data, _ = asking._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == "Predict: The share of green"
    assert "The share of green" in data["text/html"]
    assert asking.guess is None
    assert repr(asking) == 'predict("examples-share")'


def test_a_kept_prediction_is_there_again_when_the_cell_is_run_again(sent):
    tell(predictions.predict("examples-share").control, request="keep", guess=0.6)
    assert sent == [{"answer": "kept", "problem": ""}]
    again = predictions.predict("examples-share")
    assert again.guess == 0.6
    assert again.control.state["guess"] == 0.6
    assert again.control.state["told"] == ""


@pytest.mark.parametrize("message", [{"guess": 7}, {"guess": "x"}, {}, {"guess": None}])
def test_what_is_no_prediction_is_answered_in_words_and_kept_nowhere(
    sent, message, course_of_my_own
):
    asking = predictions.predict("examples-share")
    tell(asking.control, request="keep", **message)
    assert sent[-1]["answer"] == "failed"
    assert asking.guess is None
    assert not course_of_my_own.joinpath("my-work").exists()


def test_a_figure_without_a_prediction_is_the_figure_as_it_is(sent):
    assert show(draw, 0.38, predicted="examples-share").png == show(draw, 0.38).png
    assert show(draw, 0.38, predicted="examples-share").words.reading == "It lies in the middle."
    assert show(draw_with_guess, 0.38, predicted="examples-share").words.title == "None"


def test_a_drawing_that_takes_a_guess_is_given_it(sent):
    tell(predictions.predict("examples-share").control, request="keep", guess=0.6)
    assert show(draw_with_guess, 0.38, predicted="examples-share").words.title == "{'green': 0.6}"


def test_any_other_drawing_is_answered_in_words(sent):
    tell(predictions.predict("examples-share").control, request="keep", guess=0.6)
    assert show(draw, 0.38, predicted="examples-share").words.reading == (
        "You said 60%; the data say 38%. Your guess is 22 percentage points too high. "
        "It lies in the middle."
    )


def test_the_answer_locks_the_prediction_wherever_it_is_asked(sent):
    asking = predictions.predict("examples-share")
    tell(asking.control, request="keep", guess=0.6)
    show(draw, 0.38, predicted="examples-share")
    assert asking.control.state["answered"]
    assert "22 percentage points too high" in asking.control.state["told"]
    tell(asking.control, request="keep", guess=0.38)
    assert "stays as it was" in sent[-1]["problem"]
    assert asking.guess == 0.6


def test_it_can_be_changed_until_then_and_every_window_follows(sent):
    first, second = (predictions.predict("examples-choice") for _ in range(2))
    tell(first.control, request="keep", guess="red")
    tell(second.control, request="keep", guess="blue")
    assert first.control.state["guess"] == second.control.state["guess"] == "blue"


def test_an_answer_in_words_alone(sent):
    assert repr(predictions.answered("examples-choice")) == "The data say green."
    tell(predictions.predict("examples-choice").control, request="keep", guess="red")
    assert repr(predictions.answered("examples-choice")) == "You said red; the data say green."
    assert "<p>" in predictions.answered("examples-choice")._repr_html_()


def test_the_line_is_revealed_only_when_it_was_answered(sent):
    asking = predictions.predict("examples-line")
    assert asking.control.state["revealed"] == {}
    guess = {"2014": 1, "2015": 2, "2016": 3, "2017": 4}
    tell(asking.control, request="keep", guess=guess)
    assert asking.control.state["revealed"] == {}
    predictions.answered("examples-line")
    assert asking.control.state["revealed"] == {
        "2014": 15.0, "2015": None, "2016": 20.25, "2017": 70.0,
    }  # fmt: skip


def test_looking_back_says_what_turned_out_and_where_to_read_again(sent):
    back = predictions.predictions("00-examples")
    assert "Nothing was answered yet" in back.control.state["said"]
    tell(predictions.predict("examples-share").control, request="keep", guess=0.6)
    tell(predictions.predict("examples-choice").control, request="keep", guess="green")
    assert "not answered yet" in {row["asks"]: row["told"] for row in back.control.state["rows"]}[
        "The share of green"
    ]  # fmt: skip
    for name in ("examples-share", "examples-choice"):
        predictions.answered(name)
    assert "\u201c3. Numbers\u201d: it is worth a second reading" in back.control.state["said"]
    data, _ = back._repr_mimebundle_()
    assert "You said 60%; the data say 38%" in data["text/plain"]
    assert "You made no prediction here." in data["text/plain"]
    for word in ("score", "mark ", "points:", "out of"):
        assert word not in data["text/plain"].lower()


def test_who_was_close_throughout_is_told_so(sent):
    tell(predictions.predict("examples-share").control, request="keep", guess=0.4)
    predictions.answered("examples-share")
    assert (
        "close to the data throughout" in predictions.predictions("examples").control.state["said"]
    )


def test_forgetting_removes_every_prediction_and_opens_the_questions(sent, course_of_my_own):
    asking = predictions.predict("examples-share")
    tell(asking.control, request="keep", guess=0.6)
    predictions.answered("examples-share")
    back = predictions.predictions("examples")
    tell(back.control, request="forget")
    assert sent[-1] == {"answer": "forgotten", "problem": ""}
    assert asking.control.state["guess"] is None
    assert not asking.control.state["answered"]
    assert list(course_of_my_own.joinpath("my-work", "predictions").iterdir()) == []


@pytest.mark.parametrize("content", ["{", '{"version": 9, "guess": 1, "answered": false}', ""])
def test_a_stored_fault_is_said_at_the_question_and_the_lesson_goes_on(
    sent, course_of_my_own, content
):
    path = course_of_my_own / "my-work" / "predictions" / "examples-share.json"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    asking = predictions.predict("examples-share")
    assert "You can predict again" in asking.control.state["fault"]
    assert show(draw, 0.38, predicted="examples-share").words.reading == "It lies in the middle."
    assert "examples-share.json" in str(predictions.predictions("examples").control.state["rows"])
    tell(asking.control, request="keep", guess=0.5)
    assert asking.control.state["fault"] == ""
    assert asking.guess == 0.5


def test_a_folder_that_cannot_be_written_is_said_and_the_lesson_goes_on(sent, course_of_my_own):
    course_of_my_own.joinpath("my-work").write_text("in the way")
    asking = predictions.predict("examples-share")
    tell(asking.control, request="keep", guess=0.6)
    assert "cannot be written" in sent[-1]["problem"]
    assert "until Python stops" in sent[-1]["problem"]
    assert "You said 60%" in show(draw, 0.38, predicted="examples-share").words.reading
