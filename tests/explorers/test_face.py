"""The face's Python side: what it tells the script, and what it answers."""

import pytest

from indopacific.explorers import explore
from indopacific.explorers.face import Face


@pytest.fixture
def face(monkeypatch):
    sent = []
    monkeypatch.setattr(
        Face, "send", lambda self, content, buffers=None: sent.append((content, buffers))
    )
    opened = explore("alignment", votes=0.4)
    opened.face.sent = sent
    return opened.face


def ask(face, **message):
    face._answer(face, message, [])
    return face.sent[-1]


def test_controls_presets_and_limits_come_from_the_declarations(face):
    spec = face.spec
    assert [control["name"] for control in spec["controls"]][:2] == ["trade", "votes"]
    assert spec["start"]["votes"] == 0.4
    assert spec["defaults"]["votes"] == 0.5
    assert {control["kind"] for control in spec["controls"]} == {"real", "choice"}
    assert all(control["meaning"] and control["source"] for control in spec["controls"])
    assert len(spec["presets"]) >= 3
    assert spec["limits"]


def test_a_wish_is_answered_with_the_picture_and_its_words(face):
    wish = {"request": "show", "settings": [{**face.values, "arms": 1.0}]}
    answer, buffers = ask(face, **wish)
    assert answer["to"] == wish, "the controls may stand elsewhere when it comes"
    assert buffers == [face.engine.picture({**face.values, "arms": 1.0}).png]
    assert buffers[0].startswith(b"\x89PNG")
    assert answer["words"][0]["title"]
    assert answer["words"][0]["table"][0][0] == "Year"


def test_frames_come_in_the_order_asked_for(face):
    settings = [{**face.values, "trade": trade} for trade in (0.03, 0, 1)]
    answer, buffers = ask(face, request="frames", settings=settings)
    assert buffers == [face.engine.picture(setting).png for setting in settings]
    assert len(answer["words"]) == 3
    assert "0% for Trade" in answer["words"][1]["reading"]


@pytest.mark.parametrize(
    "message",
    [
        {"request": "show", "settings": [{"trade": 7}]},
        {"request": "show"},
        {"request": "frames", "settings": [{}, {"trad": 1}]},
        {"request": "frames", "settings": [{"trade": "x"}]},
        {"request": "frames", "settings": ["x"]},
        {"request": "frames", "settings": 3},
        {"nonsense": 1},
    ],
)
def test_a_bad_wish_is_answered_in_words_and_breaks_nothing(face, message):
    answer, _ = ask(face, **message)
    assert answer["to"] == message
    assert answer["problem"]
    answer, _ = ask(face, request="show", settings=[face.values])
    assert "problem" not in answer


def test_the_setting_cannot_leave_its_range(face):
    with pytest.raises(ValueError, match="trade must lie"):
        face.values = {**face.values, "trade": -1}


def test_a_page_that_is_loaded_again_starts_where_the_controls_stand(face):
    face.values = {**face.values, "normaliser": "rank"}
    assert "Normalisation rank" in face.words["reading"]
    assert face.picture == face.engine.picture(face.values).png


def test_an_open_explorer_knows_its_setting_its_result_and_its_call():
    opened = explore("alignment", trade=0.8, normaliser="rank")
    assert opened.values["trade"] == 0.8
    assert opened.result.parameters.normaliser == "rank"
    assert repr(opened) == 'explore("alignment", trade=0.8, normaliser="rank")'


def test_without_a_widget_front_end_the_picture_and_table_are_there():
    data, _ = explore("alignment")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "<img alt=" in data["text/html"]
    assert "<table>" in data["text/html"]
    assert "ranks first" in data["text/plain"]
