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


def test_a_wish_is_answered_with_the_picture_its_words_and_its_setting(face):
    wish = {**face.values, "arms": 1.0}
    answer, buffers = ask(face, request="show", values=wish)
    assert answer["answer"] == "show"
    assert answer["values"] == wish
    assert buffers[0].startswith(b"\x89PNG")
    assert answer["words"][0]["title"]
    assert answer["words"][0]["table"][0][0] == "Year"


def test_frames_come_in_the_order_asked_for(face):
    answer, buffers = ask(
        face, request="frames", values=face.values, axis="trade", places=[3, 0, 100]
    )
    assert answer["places"] == [3, 0, 100]
    assert len(buffers) == len(answer["words"]) == 3
    assert "0% for Trade" in answer["words"][1]["reading"]


@pytest.mark.parametrize("axis", ["votes", "concentration", "floor"])
def test_frames_along_any_slider_are_the_pictures_of_those_settings(face, axis):
    grid = face.engine.grid(axis)
    values = {**face.values, "trade": 0.3}
    answer, buffers = ask(face, request="frames", values=values, axis=axis, places=[0, 5])
    assert (answer["axis"], answer["places"]) == (axis, [0, 5])
    for place, png in zip([0, 5], buffers, strict=True):
        _, (alone,) = ask(face, request="show", values={**values, axis: grid[place]})
        assert png == alone


@pytest.mark.parametrize(
    "message",
    [
        {"request": "show", "values": {"trade": 7}},
        {"request": "show"},
        {"request": "frames", "values": {}, "axis": "trade", "places": [999]},
        {"request": "frames", "values": {}, "axis": "trade", "places": ["x"]},
        {"request": "frames", "values": {}, "axis": "aggregator", "places": [0]},
        {"request": "frames", "values": {}, "axis": "trad", "places": [0]},
        {"request": "frames", "values": {}, "places": [0]},
        {"nonsense": 1},
    ],
)
def test_a_bad_wish_is_answered_in_words_and_breaks_nothing(face, message):
    answer, _ = ask(face, **message)
    assert answer["answer"] == "failed"
    assert answer["problem"]
    assert ask(face, request="show", values=face.values)[0]["answer"] == "show"


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
