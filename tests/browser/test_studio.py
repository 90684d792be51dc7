"""The explorers' script alone: which pictures it asks for, keeps and shows, whatever comes when."""

import base64
import json
import re

import pytest

from indopacific.explorers import find
from indopacific.explorers.definition import Engine
from indopacific.explorers.face import SCRIPT, specification, spoken
from tests.browser.session import wait_for

pytestmark = pytest.mark.browser

EXPLORER = find("alignment")
START = EXPLORER.setting({})
# One picture serves for all: its title says which setting it stands for.
PICTURE = Engine(EXPLORER).picture(START)
DOT = base64.b64encode(PICTURE.png).decode()
KEPT = int(re.search(r"const KEPT = (\d+);", SCRIPT)[1])
PAGE = """<!doctype html><html lang="en"><title>Studio</title><div id="place"></div>
<script type="module">
%s
const dot = () => new DataView(Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0)).buffer);
const worded = (title) => ({ title, reading: "", source: "", table: [["a", "b"]] });
window.live = new Set();
const [make, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
URL.createObjectURL = (blob) => { const url = make.call(URL, blob); live.add(url); return url; };
URL.revokeObjectURL = (url) => { live.delete(url); revoke.call(URL, url); };
window.sent = [];
const given = { ...%s, picture: dot() };
const heard = {};
const model = {
  get: (name) => given[name],
  set: (name, value) => { given[name] = value; },
  save_changes() {},
  on: (event, what) => { heard[event] = what; },
  off() {},
  send: (message) => sent.push(message),
};
window.answer = (message) =>
  heard["msg:custom"](
    { ...message, words: message.titles?.map(worded) },
    message.titles?.map(dot),
  );
render({ model, el: document.getElementById("place") });
window.studio = studios.get(model);
</script></html>"""


@pytest.fixture
def studio(page):
    spec = specification(EXPLORER, START)
    given = {"spec": spec, "values": START, "words": spoken(PICTURE)}
    page.set_content(PAGE % (SCRIPT, DOT, json.dumps(given)))
    wait_for(page, "window.studio")
    # It is in view, so it begins to ask for frames of its own accord.
    wait_for(page, "sent.length > 0")
    return page


def go(page, **values):
    page.evaluate("(values) => studio.go({...studio.values, ...values})", values)


def shown(page):
    return page.locator(".ipx-now .ipx-title").inner_text()


def answer(page, kind, titles, *, places=(None,), axis=None, **values):
    page.evaluate(
        "(message) => answer(message)",
        {
            "answer": kind,
            "titles": titles,
            "places": list(places),
            "axis": axis,
            "values": {**START, **values},
        },
    )


def asked(page, kind):
    return [each for each in page.evaluate("sent") if each["request"] == kind]


def test_a_slider_whose_pictures_are_all_there_asks_python_for_nothing(studio):
    studio.evaluate("studio.touch(studio.spec.controls.find(({name}) => name === 'votes'))")
    answer(studio, "frames", [f"votes {n}" for n in range(101)], places=range(101), axis="votes")
    studio.evaluate("sent.length = 0")
    for votes in (0.3, 0.31, 1.0, 0.0):
        go(studio, votes=votes)
        assert shown(studio) == f"votes {round(votes * 100)}"
    assert asked(studio, "show") == []


def test_while_an_answer_is_awaited_the_newest_wish_wins(studio):
    for arms in (0.11, 0.12, 0.13):
        go(studio, arms=arms)
    assert [each["values"]["arms"] for each in asked(studio, "show")] == [0.11]
    answer(studio, "show", ["first"], arms=0.11)
    assert [each["values"]["arms"] for each in asked(studio, "show")] == [0.11, 0.13]
    answer(studio, "show", ["last"], arms=0.13)
    assert shown(studio) == "last"


def test_frames_of_another_setting_that_come_late_are_kept_and_not_shown(studio):
    go(studio, arms=0.2)
    answer(studio, "show", ["here"], arms=0.2)
    answer(studio, "frames", ["elsewhere"], places=[7], axis="votes", arms=0.9)
    assert shown(studio) == "here"
    go(studio, arms=0.9, votes=0.07)
    assert shown(studio) == "elsewhere"


def test_a_picture_and_a_frame_of_one_setting_keep_one_address(studio):
    before = studio.evaluate("live.size")
    go(studio, votes=0.4)
    answer(studio, "frames", ["as a frame"], places=[40], axis="votes")
    answer(studio, "show", ["as a picture"], votes=0.4)
    assert studio.evaluate("live.size") == before + 1
    assert studio.evaluate("live.has(document.querySelector('.ipx-now img').src)")


def test_pictures_are_bounded_and_what_is_shown_or_held_stays(studio):
    studio.get_by_role("button", name="Keep as A and compare").click()
    held = studio.locator(".ipx-kept img").get_attribute("src")
    go(studio, arms=0.9)
    answer(studio, "show", ["now"], arms=0.9)
    for turn in range(9):
        titles = [f"{turn} {n}" for n in range(101)]
        arms = round(0.1 + turn / 100, 2)
        answer(studio, "frames", titles, places=range(101), axis="votes", arms=arms)
    assert KEPT < 9 * 101
    assert studio.evaluate("studio.pictures.size") == KEPT
    assert studio.evaluate("live.size") == KEPT
    assert studio.evaluate("(url) => live.has(url)", held)
    assert studio.evaluate("live.has(document.querySelector('.ipx-now img').src)")


def test_a_fault_of_a_setting_that_was_left_does_not_refuse_the_present_one(studio):
    go(studio, arms=0.6)
    answer(studio, "show", ["good"], arms=0.6)
    problem = {"answer": "failed", "problem": "no", "values": {**START, "arms": 0.5}}
    studio.evaluate("(message) => answer(message)", problem)
    assert not studio.evaluate("studio.isRefused()")
    studio.evaluate("(message) => answer(message)", {**problem, "values": {**START, "arms": 0.6}})
    assert studio.evaluate("studio.isRefused()")
