"""The map is given what the rule answers, for every place and every point of the sea."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific import ask_map, load
from indopacific.mapping.atlas import ANSWERS, KINDS, OWNERS, WHERE, atlas
from indopacific.mapping.static import page
from indopacific.mapping.widget import quoted, told
from indopacific.models import reach

GIVEN = atlas()
PLACES = reach.places(load("places"))


def said(number):
    return GIVEN.verdicts[number]


def cell(latitude, longitude):
    """The class of a point's cell, counted as the page counts it."""
    frame = GIVEN.frame
    rows = GIVEN.seas["rows"]
    row = rows[min(len(rows) - 1, max(0, math.floor(frame["top"] - latitude)))]
    column = int((longitude - frame["cut"]) % 360)
    for kind, length in row:
        if column < length:
            return kind
        column -= length
    raise AssertionError("a row is shorter than the world")


@pytest.mark.parametrize("kind", reach.KINDS)
def test_every_place_has_the_answer_of_the_rule(kind):
    assert [each["name"] for each in GIVEN.places] == list(PLACES)
    for each in GIVEN.places:
        place = PLACES[each["name"]]
        assert (each["holder"], each["where"]) == (place.holder, place.where)
        if kind == "territory":
            answers = {None: each["verdicts"][kind]}
        else:
            answers = {owner == "party": each["verdicts"][kind][owner] for owner in OWNERS}
        for of_party, number in answers.items():
            expected = reach.judge(place, kind, of_party=of_party)
            assert said(number) == vars(expected), (each["name"], kind, of_party)


def test_every_row_of_the_sea_goes_once_round_the_world():
    rows = GIVEN.seas["rows"]
    assert {sum(length for _, length in row) for row in rows} == {360}
    bottom = GIVEN.frame["top"] - len(rows)
    assert -90 <= bottom < -89
    assert (GIVEN.frame["top"] - reach.TROPIC) % 1 == pytest.approx(0), (
        "no row has the Tropic in it"
    )


@given(st.integers(0, 178), st.integers(0, 359), st.sampled_from(reach.MOVING), st.booleans())
def test_the_middle_of_every_cell_has_the_answer_of_the_rule(row, column, kind, party):
    latitude = GIVEN.frame["top"] - row - 0.5
    longitude = (column + 0.5 + GIVEN.frame["cut"] + 180) % 360 - 180
    region = reach.sea(latitude, longitude)
    place = reach.Place(name="X", latitude=latitude, longitude=longitude, region=region)
    found = cell(latitude, longitude)
    assert GIVEN.seas["names"][found] == region
    number = GIVEN.seas["verdicts"][found][kind]["party" if party else "other"]
    expected = vars(reach.judge(place, kind, of_party=party))
    shown = said(number)
    filled = {**shown, "because": shown["because"].replace(WHERE, place.where)}
    assert filled == expected


@given(st.floats(-57, 83), st.floats(-180, 180))
def test_no_point_of_the_sea_is_answered_across_the_tropic(latitude, longitude):
    if abs(latitude - reach.TROPIC) < 1e-6:
        return
    found = cell(latitude, longitude)
    answer = said(GIVEN.seas["verdicts"][found]["vessel"]["party"])["article5"]
    if GIVEN.seas["names"][found] in ("North Atlantic area", "Gulf of Mexico"):
        assert (answer != "no") == (latitude > reach.TROPIC)


def test_outlines_lie_from_the_cut_once_round_the_world():
    paths = [GIVEN.land, *(each["path"] for each in GIVEN.areas)]
    for path in paths:
        for part in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
            x, rest = int(part[0]), [int(step) for step in part[2].split()]
            reached = [x]
            for step in rest[::2]:
                reached.append(reached[-1] + step)
            assert 0 <= min(reached) <= max(reached) <= GIVEN.frame["width"]
    assert len(GIVEN.land) < 40_000, "light enough for a page"


def test_the_words_of_what_can_be_chosen_and_answered_are_complete():
    assert tuple(KINDS) == reach.KINDS
    assert (
        set(ANSWERS) == {"yes", "no", "contested"} == {each["article5"] for each in GIVEN.verdicts}
    )


def test_a_notebook_and_a_page_without_scripts_tell_every_place():
    data, _ = ask_map()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    assert html == told(GIVEN)
    assert html in page()
    for name, place in PLACES.items():
        found = reach.judge(place)
        row = re.search(rf'<th scope="row">{re.escape(name)}</th>.*?</tr>', html)[0]
        assert f"<td>{ANSWERS[found.article5]}</td>" in row
        assert found.because in row
        letter = re.search(r"<td>(\w)</td></tr>", row)[1]
        assert f"<li>{letter}: {quoted(found.words)}</li>" in html
    assert repr(ask_map()) == "ask_map()"
