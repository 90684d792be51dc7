"""Every lesson with every prediction kept: it runs, answers each one, and looks back on all."""

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest
from IPython.core.interactiveshell import InteractiveShell

from indopacific import predictions
from indopacific.predictions import store
from indopacific.predictions.questions import Choose, Line, Number, Order
from tests.room import clone

PREFIXES = sorted({question.id.split("-")[0] for question in predictions.declared()})


def guesses(question):
    """Return guesses at the ends of what can be guessed."""
    if isinstance(question, Choose):
        return question.options[0], question.options[-1]
    if isinstance(question, Order):
        return question.names, question.names[::-1]
    if isinstance(question, Number):
        return question.low, question.high
    assert isinstance(question, Line)
    return tuple(dict.fromkeys(question.years, end) for end in (question.low, question.high))


@pytest.fixture
def room(course, tmp_path, monkeypatch):
    """A clone of the course with nothing kept in it."""
    folder = clone(course, tmp_path / "course")
    monkeypatch.chdir(folder / "lessons")
    yield folder
    store._REMEMBERED.clear()


def run(path):
    """Run a lesson's code as a notebook does; return what its last lines are, by their source."""
    shell = InteractiveShell()
    shown = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        with redirect_stdout(StringIO()):
            done = shell.run_cell(source)
        done.raise_error()
        shown[source] = done.result
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("end", [0, 1], ids=["low", "high"])
@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_lesson_answers_every_prediction_that_was_kept(room, prefix, end):
    own = predictions.declared(prefix)
    name = prefix.replace("_", "-")
    (path,) = room.joinpath("lessons").glob(f"[0-9][0-9]-{name}.ipynb")
    for question in own:
        store.home().keep(question, guesses(question)[end])
    shown = run(path)
    for question in own:
        told = question.told(guesses(question)[end])
        answers = [
            result.control.state["told"]
            if question.at_once
            else result.words.reading
            if hasattr(result, "png")
            else repr(result)
            for source, result in shown.items()
            if f'"{question.id}"' in source and "predict(" not in source
        ]
        assert len(answers) == 1
        # A figure that names the entry begins in the middle of the sentence: "Japan-USA: you said".
        assert told[1:] in answers[0]
        assert question.at_once or store.home().read(question).answered
    back = predictions.predictions(prefix).control.state
    assert not [row for row in back["rows"] if "no prediction" in row["told"]]
