"""The explorers' script alone: which pictures it asks for, keeps and shows, whatever comes when."""

import base64
import json
import re

import pytest

from indopacific.explorers import find, names
from indopacific.explorers.definition import Engine
from indopacific.explorers.face import SCRIPT, specification, spoken
from indopacific.models.parameters import Real, declared
from tests.browser.session import wait_for

pytestmark = pytest.mark.browser

EXPLORER = find("alignment")
START = EXPLORER.setting({})
# One picture serves for all: its title says which setting it stands for.
PICTURE = Engine(EXPLORER).picture(START)
SIZE = len(PICTURE.png)
ROOM = int(float(re.search(r"const ROOM = (\S+);", SCRIPT)[1]))

PAGE = """<!doctype html><html lang="en"><title>Studio</title><body><script>
const dot = Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0));
const live = new Map(); // address -> bytes of every picture that the page keeps
const bytes = () => [...live.values()].reduce((sum, size) => sum + size, 0);
const [make, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
URL.createObjectURL = (blob) => {
  const url = make.call(URL, blob);
  live.set(url, blob.size);
  return url;
};
URL.revokeObjectURL = (url) => {
  live.delete(url);
  revoke.call(URL, url);
};
const opened = []; // every explorer of the page
// A picture of as many bytes as wanted: whatever follows its end is not looked at.
const padded = (size) => {
  const all = new Uint8Array(size);
  all.set(dot);
  return new DataView(all.buffer);
};
function explorer(given) {
  const heard = {};
  const sent = [];
  const model = {
    get: (name) => (name === "picture" ? padded(dot.length) : given[name]),
    set: (name, value) => { given[name] = value; },
    save_changes() {},
    on: (event, what) => { heard[event] = what; },
    off() {},
    send: (message) => sent.push(message),
  };
  const answer = (message, size) =>
    heard["msg:custom"](message, message.words?.map(() => padded(size)));
  return { model, sent, answer };
}
</script>%s</body></html>"""
# As in a notebook, every explorer brings a script of its own.
ONE = """<script type="module">
%s
const given = explorer(%s);
const el = document.createElement("div");
document.body.append(el);
const close = render({ model: given.model, el });
opened.push({ ...given, studio: studios.get(given.model), close });
</script>"""


def open_page(page, *, explorers=1):
    given = {"spec": specification(EXPLORER, START), "values": START, "words": spoken(PICTURE)}
    dot = base64.b64encode(PICTURE.png).decode()
    page.set_content(PAGE % (dot, ONE % (SCRIPT, json.dumps(given)) * explorers))
    # The first is in view, so it begins to ask for frames of its own accord.
    wait_for(page, f"opened.length === {explorers} && opened[0].sent.length > 0")
    return page


@pytest.fixture
def studio(page):
    return open_page(page)


def go(page, which=0, **values):
    page.evaluate(
        "([which, values]) => { const { studio } = opened[which];"
        " studio.go({ ...studio.values, ...values }); }",
        [which, values],
    )


def answer(page, request, *said, which=0, size=SIZE, problem=None):
    """Answer a request with pictures, each a title and its setting; or say what is wrong."""
    settings = [{**START, **setting} for _, setting in said]
    to = {"request": request, "settings": settings}
    words = [{"title": title, "reading": "", "source": "", "table": [["a"]]} for title, _ in said]
    message = {"to": to, "problem": problem} if problem else {"to": to, "words": words}
    page.evaluate(
        "([which, message, size]) => opened[which].answer(message, size)", [which, message, size]
    )


def touch(page, name):
    page.evaluate(
        "(name) => { const { studio } = opened[0];"
        " studio.touch(studio.spec.controls.find((control) => control.name === name)); }",
        name,
    )


def asked(page, request):
    """Return the settings that the first explorer asked for, one list for each request."""
    sent = page.evaluate("opened[0].sent")
    return [each["settings"] for each in sent if each["request"] == request]


def shown(page):
    return page.locator(".ipx-now .ipx-title").first.inner_text()


def test_a_slider_whose_pictures_are_all_there_asks_python_for_nothing(studio):
    touch(studio, "votes")
    line = [(f"votes {n}", {"votes": n / 100}) for n in range(101)]
    answer(studio, "frames", *line)
    studio.evaluate("opened[0].sent.length = 0")
    for votes in (0.3, 0.31, 1.0, 0.0):
        go(studio, votes=votes)
        assert shown(studio) == f"votes {round(votes * 100)}"
    studio.wait_for_timeout(500)  # long enough to rest, and to look what is missing
    assert studio.evaluate("opened[0].sent") == []


def test_frames_are_asked_for_along_the_touched_slider_the_nearest_first(studio):
    answer(studio, "frames", ("any", {"arms": 0.9}))
    studio.evaluate("opened[0].sent.length = 0")
    touch(studio, "votes")
    assert [each["votes"] for each in asked(studio, "frames")[0]] == [0.49, 0.51, 0.48]
    answer(studio, "frames", ("", {"votes": 0.51}))
    go(studio, votes=0.51)  # upwards: what lies behind is not wanted now
    wait_for(studio, "opened[0].sent.length > 1")
    assert [each["votes"] for each in asked(studio, "frames")[1]] == [0.52, 0.53, 0.54]


def test_while_an_answer_is_awaited_the_newest_wish_wins(studio):
    for arms in (0.11, 0.12, 0.13):
        go(studio, arms=arms)
    assert [[each["arms"] for each in settings] for settings in asked(studio, "show")] == [[0.11]]
    answer(studio, "show", ("first", {"arms": 0.11}))
    assert shown(studio) == "first", "a drag that is faster than Python still moves the picture"
    assert [settings[0]["arms"] for settings in asked(studio, "show")] == [0.11, 0.13]
    answer(studio, "show", ("last", {"arms": 0.13}))
    assert shown(studio) == "last"


def test_the_newest_wish_wins_along_another_slider_too(studio):
    touch(studio, "votes")
    go(studio, votes=0.2)
    go(studio, arms=0.9)
    go(studio, votes=0.3)
    answer(studio, "show", ("first", {"votes": 0.2}))
    wish = asked(studio, "show")[-1][0]
    assert (wish["votes"], wish["arms"]) == (0.3, 0.9)
    answer(studio, "show", ("last", wish))
    assert shown(studio) == "last"
    assert asked(studio, "show")[2:] == []


def test_a_late_answer_does_not_replace_the_picture_of_the_present_setting(studio):
    answer(studio, "frames", ("here", {"votes": 0.3}))
    go(studio, arms=0.9)
    go(studio, arms=START["arms"], votes=0.3)
    assert shown(studio) == "here"
    studio.evaluate(
        "window.changes = 0; new MutationObserver((all) => { changes += all.length; })"
        ".observe(document.querySelector('.ipx-now img'), { attributes: true })"
    )
    answer(studio, "show", ("late", {"arms": 0.9}))
    assert studio.evaluate("changes") == 0
    assert shown(studio) == "here"


def test_frames_of_another_setting_that_come_late_are_kept_and_not_shown(studio):
    go(studio, arms=0.2)
    answer(studio, "show", ("here", {"arms": 0.2}))
    answer(studio, "frames", ("elsewhere", {"votes": 0.07, "arms": 0.9}))
    assert shown(studio) == "here"
    go(studio, arms=0.9, votes=0.07)
    assert shown(studio) == "elsewhere"


def test_a_setting_that_python_cannot_draw_is_said_and_the_next_wish_is_asked_for(studio):
    go(studio, arms=0.5, votes=0.1)
    go(studio, arms=0.6, votes=0.1)
    answer(studio, "show", ("", {"arms": 0.5, "votes": 0.1}), problem="no such thing")
    status = studio.locator(".ipx-status")
    assert "could not be drawn" not in status.inner_text(), "it is no longer what the reader wants"
    assert asked(studio, "show")[-1][0]["arms"] == 0.6
    answer(studio, "show", ("", {"arms": 0.6, "votes": 0.1}), problem="no such thing")
    assert status.inner_text() == "This setting could not be drawn: no such thing"


def test_a_frame_that_fails_refuses_no_setting_and_is_not_asked_for_at_once_again(studio):
    go(studio, votes=0.6)
    answer(studio, "show", ("good", {"votes": 0.6}))
    wait_for(studio, "!opened[0].studio.moving")  # at rest it looks once what is missing
    before = len(asked(studio, "frames"))
    answer(studio, "frames", ("", {"votes": 0.61}), problem="no such thing")
    studio.wait_for_timeout(150)
    assert len(asked(studio, "frames")) == before
    assert studio.locator(".ipx-status").inner_text() == ""
    assert not studio.evaluate("opened[0].studio.isRefused()")
    go(studio, votes=0.61)
    assert asked(studio, "show")[-1][0]["votes"] == 0.61


# ---------------------------------------------------------------- what is kept


def test_a_picture_and_a_frame_of_one_setting_keep_one_address(studio):
    before = studio.evaluate("live.size")
    go(studio, votes=0.4)
    answer(studio, "frames", ("as a frame", {"votes": 0.4}))
    answer(studio, "show", ("as a picture", {"votes": 0.4}))
    assert studio.evaluate("live.size") == before + 1
    assert studio.evaluate("live.has(document.querySelector('.ipx-now img').src)")


def fill_up(page, *, which, shelf):
    """Answer with a hundred pictures of the hundredth part of the room each."""
    line = [(f"{n}", {"votes": n / 100, "ideal_points": shelf}) for n in range(100)]
    answer(page, "frames", *line, which=which, size=ROOM // 100)


def test_the_explorers_of_a_page_share_the_room_and_what_is_shown_or_held_stays(page):
    open_page(page, explorers=2)
    page.get_by_role("button", name="Keep as A and compare").first.click()
    held = page.locator(".ipx-kept img").first.get_attribute("src")
    go(page, arms=0.9)
    answer(page, "show", ("now", {"arms": 0.9}))
    for shelf in (0.1, 0.2):
        for which in (0, 1):
            fill_up(page, which=which, shelf=shelf)
            assert 0.9 * ROOM < page.evaluate("bytes()") <= ROOM
    assert page.evaluate("bytes() === indopacificShelf.bytes")
    assert page.evaluate("(url) => live.has(url)", held)
    now = page.locator(".ipx-now img").all()
    assert all(page.evaluate("(url) => live.has(url)", each.get_attribute("src")) for each in now)


def test_the_longest_unused_goes_first(studio):
    fill_up(studio, which=0, shelf=0.1)
    go(studio, votes=0.1, ideal_points=0.1)
    early = studio.locator(".ipx-now img").get_attribute("src")
    go(studio, votes=0.99, ideal_points=0.1)
    answer(studio, "frames", *[(f"{n}", {"arms": n / 100}) for n in range(50)], size=ROOM // 100)
    assert studio.evaluate("(url) => live.has(url)", early), "it was looked at a moment ago"
    go(studio, votes=0.2, ideal_points=0.1)
    assert asked(studio, "show")[-1][0]["votes"] == 0.2, "it was painted early and never seen"


def test_a_picture_that_is_no_longer_compared_can_go(studio):
    compare = studio.get_by_role("button", name="Keep as A and compare")
    compare.click()
    held = studio.locator(".ipx-kept img").get_attribute("src")
    go(studio, arms=0.9)
    answer(studio, "show", ("now", {"arms": 0.9}))
    studio.get_by_role("button", name="Drop A").click()
    for shelf in (0.1, 0.2):
        fill_up(studio, which=0, shelf=shelf)
    assert not studio.evaluate("(url) => live.has(url)", held)


def test_an_explorer_that_is_closed_gives_everything_back(page):
    open_page(page, explorers=2)
    before = page.evaluate("live.size")
    fill_up(page, which=1, shelf=0.1)
    page.evaluate("opened[1].close()")
    assert page.evaluate("live.size") == before - 1, "its first picture went too"
    assert page.evaluate("bytes() === indopacificShelf.bytes")


@pytest.mark.parametrize("name", names())
def test_three_explorers_in_view_can_keep_all_pictures_of_a_slider_at_once(name):
    """Otherwise two of them would ask again and again for what the other has just displaced."""
    explorer = find(name)
    most = max(len(each.grid()) for each in declared(explorer.parameters) if isinstance(each, Real))
    assert 3 * most * len(Engine(explorer).picture({}).png) < ROOM


def test_sliders_stop_where_the_model_says(studio):
    count = "[...document.querySelectorAll('input[type=range]')].map(({ max }) => Number(max) + 1)"
    real = [each for each in declared(EXPLORER.parameters) if isinstance(each, Real)]
    assert studio.evaluate(count) == [len(each.grid()) for each in real]
    for explorer in map(find, names()):
        numbers = [each for each in declared(explorer.parameters) if isinstance(each, Real)]
        for control in specification(explorer, explorer.setting({}))["controls"]:
            if control["kind"] == "real":
                found = control["stops"]
                (number,) = (each for each in numbers if each.name == control["name"])
                assert found == number.grid().tolist(), f"{explorer.name}: {number.name}"
