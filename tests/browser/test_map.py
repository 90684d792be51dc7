"""The map by mouse, finger and keyboard, in a plain file: no kernel, no server, no other file."""

import re
from contextlib import contextmanager

import nbformat
import pytest

from indopacific import load
from indopacific.mapping.atlas import ANSWERS, KINDS, OWNERS, atlas
from indopacific.mapping.static import page as page_of
from indopacific.models import reach
from tests.browser.accessibility import violations
from tests.browser.session import look_at, open_notebook, run_all, shoot

pytestmark = pytest.mark.browser

PLACES = reach.places(load("places"))
LAND = load("land")
# Open sea of each kind, in the middle of a cell; then on both sides of two borders.
SPOTS = [(40.94, -40.5), (20.94, -60.5), (34.94, 18.5), (29.94, -150.5), (57.94, 19.5),
         (-19.06, 80.5), (-35.06, -20.5), (88.94, 10.5), (-70.06, -170.5),
         (23.6, -50.5), (23.3, -50.5), (-40.06, 19.5), (-40.06, 20.5)]  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(page_of(), encoding="utf-8")
    return path


@pytest.fixture
def shown(page, file):
    page.urls = []
    page.on("request", lambda request: page.urls.append(request.url))
    page.goto(file.as_uri())
    return page


@contextmanager
def opened(browser, file, **options):
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def said(page):
    return page.locator(".ipm-status").inner_text()


def at(page, latitude, longitude):
    """Where a point lies on the screen."""
    frame = atlas().frame
    x = ((longitude - frame["cut"]) % 360) * frame["scale"]
    y = (frame["north"] - latitude) * frame["stretch"] * frame["scale"]
    return page.locator(".ipm-map").evaluate(
        "(svg, [x, y]) => { const p = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());"
        " return [p.x, p.y]; }",
        [x, y],
    )


def tells(text, verdict):
    for part in (
        f"Article 5: {ANSWERS[verdict.article5].lower()}.",
        verdict.because,
        f"The words: {reach.quoted(verdict.words)}.",
        f"Article 4: {verdict.article4}. {verdict.article4_because}",
        f"Article 10: {verdict.article10}. {verdict.article10_because}",
    ):
        assert part in text


def ask_at(page, latitude, longitude):
    page.get_by_role("spinbutton", name="Latitude").fill(str(latitude))
    page.get_by_role("spinbutton", name="Longitude").fill(str(longitude))
    press(page, "Ask there")


# ---------------------------------------------------------------- what the rule answers


EACH = """([place, labels]) => {
    const list = document.querySelector('.ipm select');
    list.value = place;
    list.dispatchEvent(new Event('change'));
    const buttons = [...document.querySelectorAll('.ipm button')];
    return labels.map((pair) => {
        for (const label of pair) buttons.find((each) => each.textContent === label).click();
        return document.querySelector('.ipm-status').innerText;
    });
}"""


def test_every_place_of_the_list_is_answered_for_every_kind_and_owner(shown):
    assert "No place is chosen yet." in said(shown)
    asked = [("territory", None), *((kind, owner) for kind in reach.MOVING for owner in OWNERS)]
    labels = [[KINDS[kind], *([OWNERS[owner]] if owner else [])] for kind, owner in asked]
    for n, (name, place) in enumerate(PLACES.items()):
        texts = shown.evaluate(EACH, [str(n), labels])
        for (kind, owner), text in zip(asked, texts, strict=True):
            of_party = None if owner is None else owner == "party"
            assert text.startswith(f"{name} ({place.holder}): {KINDS[kind].lower()}")
            tells(text, reach.judge(place, kind, of_party=of_party))
    assert shown.problems == []
    assert shown.urls == [shown.url], "nothing is fetched"


@pytest.mark.parametrize(("latitude", "longitude"), SPOTS)
def test_a_point_of_the_open_sea_is_answered_for_a_vessel(shown, latitude, longitude):
    ask_at(shown, latitude, longitude)
    place = reach.Place(
        name="X", latitude=latitude, longitude=longitude, region=reach.sea(latitude, longitude)
    )
    assert "nobody's territory: this is the answer for a vessel" in said(shown)
    assert f"{place.where}, {place.region}: a vessel there" in said(shown)
    tells(said(shown), reach.judge(place, "vessel"))
    press(shown, "An aircraft there")
    press(shown, "of another state")
    assert "nobody's territory" not in said(shown)
    tells(said(shown), reach.judge(place, "aircraft", of_party=False))


@pytest.mark.parametrize(
    ("latitude", "longitude", "message"),
    [
        ("91", "0", "The latitude must be a number from -90 to 90."),
        ("", "0", "The latitude must be a number from -90 to 90."),
        ("10", "-180.5", "The longitude must be a number from -180 to 180."),
    ],
)
def test_coordinates_out_of_range_are_said_and_lose_nothing(shown, latitude, longitude, message):
    shown.select_option("select", "1")
    before = said(shown)
    ask_at(shown, latitude, longitude)
    assert shown.get_by_role("alert").inner_text() == message
    assert said(shown) == before
    ask_at(shown, 40.94, -40.5)
    assert shown.get_by_role("alert").inner_text() == ""


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (35, 18, "Mediterranean Sea: a vessel there"),
        (40, -30, "North Atlantic area: a vessel there"),
        (24.5, -76, "North Atlantic area: a vessel there"),
        (53.5, -12, "North Atlantic area: a vessel there"),
        (37.6, 4.5, "Mediterranean Sea: a vessel there"),
    ],
)
def test_coordinates_mean_the_very_point_however_far_the_map_is(shown, latitude, longitude, words):
    ask_at(shown, latitude, longitude)
    assert words in said(shown)
    for _ in range(3):
        press(shown, "Closer")
    ask_at(shown, latitude, longitude)
    assert words in said(shown)


def test_the_coordinates_of_a_place_mean_the_place(shown):
    ask_at(shown, PLACES["Hawaii"].latitude, PLACES["Hawaii"].longitude)
    assert said(shown).startswith("Hawaii")
    assert "beside this mark" not in said(shown)


def test_a_click_beside_a_mark_says_that_it_was_taken_for_it(shown):
    x, y = at(shown, PLACES["Hawaii"].latitude, PLACES["Hawaii"].longitude)
    shown.mouse.click(x + 5, y - 5)
    assert "lay beside this mark, and was taken for it" in said(shown)


def test_land_that_no_row_knows_is_said_with_the_nearest_places(shown):
    shown.mouse.click(*at(shown, 48.0, 12.0))
    assert "is land of which the map knows the coast" in said(shown)
    assert "Berlin" in said(shown)
    assert reach.on_land(48.0, 12.0, LAND)


def test_the_list_is_in_order_and_the_fields_say_their_signs(shown):
    names = shown.locator("select option").all_inner_texts()[1:]
    assert names == sorted(names, key=str.casefold)
    for name in ("Latitude (south is negative)", "Longitude (west is negative)"):
        assert shown.get_by_role("spinbutton", name=name, exact=True).count() == 1


# ---------------------------------------------------------------- mouse


@pytest.mark.parametrize(
    "name", ["Hawaii", "Midway Atoll", "Bermuda", "Falkland Islands", "Alaska"]
)
def test_a_click_near_a_mark_means_the_place(shown, name):
    x, y = at(shown, PLACES[name].latitude, PLACES[name].longitude)
    shown.mouse.click(x + 5, y - 5)
    assert said(shown).startswith(f"{name} ({PLACES[name].holder}): its territory")
    assert shown.locator("select option:checked").inner_text().startswith(name)
    tells(said(shown), reach.judge(PLACES[name]))


def test_a_click_on_the_sea_far_from_marks_means_the_sea(shown):
    shown.mouse.click(*at(shown, 45.44, -40.5))
    assert "North Atlantic area: a vessel there" in said(shown)
    shown.mouse.click(*at(shown, 10.44, 160.5))
    assert "Pacific Ocean: a vessel there" in said(shown)
    assert "Article 5: no." in said(shown)
    shoot(shown, "map-sea")


def test_places_that_lie_close_are_told_apart_when_the_map_comes_closer(shown):
    shown.select_option("select", str(list(PLACES).index("Guadeloupe")))
    for _ in range(4):
        press(shown, "Closer")
    for name in ("Martinique", "Guadeloupe"):
        shown.mouse.click(*at(shown, PLACES[name].latitude, PLACES[name].longitude))
        assert said(shown).startswith(name)
    named = [each.text_content() for each in shown.locator(".ipm-name:visible").all()]
    assert {"Martinique", "Puerto Rico"} <= set(named)
    assert len(named) == len(set(named)), "no name twice"
    shoot(shown, "map-closer")
    assert shown.get_by_role("button", name="Closer").get_attribute("aria-disabled") == "true"
    west = shown.locator(".ipm-map").get_attribute("viewBox")
    press(shown, "West")
    assert shown.locator(".ipm-map").get_attribute("viewBox") != west
    press(shown, "Whole map")
    assert shown.get_by_role("button", name="Closer").get_attribute("aria-disabled") == "false"


def test_marks_differ_in_shape_and_follow_what_is_attacked(shown):
    def shape(name):
        mark = shown.locator(".ipm-map > g > .ipm-mark").nth(list(PLACES).index(name))
        return mark.get_attribute("d"), mark.get_attribute("class")

    looks = {shape(name) for name in ("Alaska", "Hawaii", "Ceuta")}
    assert len({path for path, _ in looks}) == 3
    before = shape("Dublin")
    press(shown, "A vessel there")
    assert shape("Dublin") == shape("Ceuta") != before


def test_the_same_answers_stand_below_as_a_table(shown):
    press(shown, "Forces there")
    shown.get_by_text("All answers as a table").click()
    rows = shown.locator(".ipm-wide tbody tr").all_inner_texts()
    assert len(rows) == len(PLACES)
    for row, (name, place) in zip(rows, PLACES.items(), strict=True):
        found = reach.judge(place, "forces")
        cells = row.split("\t")
        assert cells[0] == name
        assert cells[3:] == [ANSWERS[found.article5], found.because, reach.quoted(found.words)]


# ---------------------------------------------------------------- keyboard alone


def test_the_map_is_asked_with_the_keyboard_alone(shown):
    for _ in range(20):
        shown.keyboard.press("Tab")
        if shown.evaluate("document.activeElement.classList.contains('ipm-map')"):
            break
    focused = shown.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("World map. Arrow keys move a cross")
    for _ in range(3):
        shown.keyboard.press("ArrowUp")
    told = shown.locator(".ipm-spot").inner_text()
    assert re.fullmatch(r"Cross at .* [NS], .* [EW](, at .*)?\. Enter asks\.", told)
    assert "No place is chosen yet." in said(shown), "moving alone asks nothing"
    shown.keyboard.press("Enter")
    position = told.removeprefix("Cross at ").removesuffix(". Enter asks.")
    assert position in said(shown)
    assert shown.locator(".ipm-cross").is_visible()
    shoot(shown, "map-keys")
    before = shown.locator(".ipm-map").get_attribute("viewBox")
    shown.keyboard.press("+")
    assert shown.locator(".ipm-map").get_attribute("viewBox") != before
    shown.keyboard.press("-")
    assert shown.locator(".ipm-map").get_attribute("viewBox") == before


def test_the_cross_finds_a_place_with_small_steps_and_names_it(shown):
    shown.select_option("select", str(list(PLACES).index("Bermuda")))
    shown.locator(".ipm-map").focus()
    shown.keyboard.press("Shift+ArrowRight")
    assert ", at Bermuda. Enter asks." in shown.locator(".ipm-spot").inner_text()
    for _ in range(4):
        shown.keyboard.press("ArrowRight")
    assert ", at " not in shown.locator(".ipm-spot").inner_text()
    shown.keyboard.press("Space")
    assert "North Atlantic area: a vessel there" in said(shown)


def test_the_cross_goes_round_the_world_and_stays_in_view(shown):
    press(shown, "Closer")
    press(shown, "Closer")
    shown.locator(".ipm-map").focus()
    for _ in range(160):
        shown.keyboard.press("ArrowRight")
    for _ in range(80):
        shown.keyboard.press("ArrowUp")
    frame = shown.locator(".ipm-map").bounding_box()
    cross = shown.locator(".ipm-cross").bounding_box()
    middle = cross["x"] + cross["width"] / 2, cross["y"] + cross["height"] / 2
    assert frame["x"] <= middle[0] <= frame["x"] + frame["width"]
    assert frame["y"] - 1 <= middle[1] <= frame["y"] + frame["height"] + 1
    assert "84.0 N" in shown.locator(".ipm-spot").inner_text()


def test_keys_that_move_the_cross_do_not_scroll_the_page(browser, file):
    with opened(browser, file, viewport={"width": 900, "height": 300}) as page:
        page.locator(".ipm-map").focus()
        before = page.evaluate("window.scrollY")
        for key in ("ArrowDown", "ArrowDown", "Space", "ArrowDown"):
            page.keyboard.press(key)
        page.wait_for_timeout(200)  # a browser scrolls smoothly
        assert page.evaluate("window.scrollY") == before
        page.keyboard.press("PageDown")
        page.wait_for_function(f"window.scrollY > {before}")  # other keys are left to the page


def test_an_answer_is_read_out_by_one_region_that_stays(shown):
    region = shown.get_by_role("status")
    assert region.count() == 1
    region.evaluate("(node) => { node.dataset.same = 'yes'; }")
    shown.select_option("select", "2")
    press(shown, "A vessel there")
    assert region.get_attribute("data-same") == "yes"
    assert (
        shown.get_by_role("button", name="A vessel there").get_attribute("aria-pressed") == "true"
    )


# ---------------------------------------------------------------- touch, small, and for all


def test_the_map_is_asked_with_a_finger_on_a_small_screen(browser, file):
    with opened(browser, file, has_touch=True, viewport={"width": 400, "height": 844}) as page:
        x, y = at(page, PLACES["Bermuda"].latitude, PLACES["Bermuda"].longitude)
        page.touchscreen.tap(x + 10, y + 5)
        assert said(page).startswith("Bermuda (UK): its territory")
        page.get_by_role("button", name="Whole map").tap()
        page.get_by_role("button", name="A vessel there").tap()
        assert "Bermuda (UK): a vessel there" in said(page)
        small = page.evaluate(
            """[...document.querySelectorAll('.ipm :is(button, summary, select, input)')]
                .filter((part) => part.getClientRects().length)
                .map((part) => [part.textContent, part.getBoundingClientRect()])
                .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
                .map(([text]) => text)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 400
        page.locator(".ipm").screenshot(path=shoot(page, "map-small"))


def test_at_400_percent_everything_can_be_reached_without_scrolling_sideways(browser, file):
    """A window of 1280 pixels at 400 percent is 320 wide."""
    with opened(browser, file, viewport={"width": 320, "height": 256}) as page:
        page.get_by_text("All answers as a table").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        box = page.locator(".ipm-map").bounding_box()
        assert box["height"] == pytest.approx(box["width"], abs=2), "a narrow map is a high one"
        view = page.locator(".ipm-map").get_attribute("viewBox").split()
        assert float(view[2]) < 0.6 * atlas().frame["width"], "and begins with a part"
        page.mouse.click(*_in_sight(page, PLACES["Azores"]))
        assert said(page).startswith("Azores")
        press(page, "Whole map")
        page.mouse.click(*_in_sight(page, PLACES["Hawaii"]))
        assert said(page).startswith("Hawaii")


def _in_sight(page, place):
    page.locator(".ipm-map").scroll_into_view_if_needed()
    return at(page, place.latitude, place.longitude)


def test_axe_finds_nothing_in_any_state(shown):
    assert violations(shown, ".ipm") == []
    shown.select_option("select", "1")
    press(shown, "A vessel there")
    for summary in shown.locator("summary").all():
        summary.click()
    assert violations(shown, ".ipm") == []
    ask_at(shown, 100, 0)
    assert violations(shown, ".ipm") == []


@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing_in_the_system_s_own_colours(browser, file, colours):
    with opened(browser, file, forced_colors=colours, reduced_motion="reduce") as page:
        page.select_option("select", "24")
        assert violations(page, "html") == []
        fills = page.evaluate(
            """['yes', 'no', 'contested'].map((kind) => {
                const mark = document.querySelector(`.ipm-key .ipm-${kind}`);
                const { fill, stroke } = getComputedStyle(mark);
                return [kind, fill === stroke];
            })"""
        )
        assert [kind for kind, lost in fills if lost] == []
        page.locator(".ipm").screenshot(path=shoot(page, f"map-colours-{colours}"))


def test_without_scripts_every_place_stands_as_text(browser, file):
    with opened(browser, file, java_script_enabled=False) as page:
        text = page.locator("main").inner_text()
        heads = page.locator("main table thead th[scope=col]").count()
        names = page.locator("main table tbody th[scope=row]").count()
        assert (heads, names) == (7, len(PLACES)), "a table that a screen reader can walk through"
    for name, place in PLACES.items():
        found = reach.judge(place)
        assert name in text
        assert found.because in text
        assert all(words in text for words in found.words)


# ---------------------------------------------------------------- JupyterLab


@pytest.mark.slow
def test_in_jupyterlab_the_map_answers_when_its_kernel_is_gone(lab, page):
    sources = ["from indopacific import ask_map", "ask_map()", '"the cell after"']
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, lab.course / "my-work" / "lessons" / "asking.ipynb")
    open_notebook(page, lab, "lessons/asking.ipynb")
    run_all(page)
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    look_at(page, ".ipm")
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
    look_at(page, ".ipm")
    page.locator(".ipm select").select_option("1")
    tells(said(page), reach.judge(list(PLACES.values())[1]))
    page.locator(".ipm-map").focus()
    page.keyboard.press("ArrowLeft")
    assert "Enter asks." in page.locator(".ipm-spot").inner_text()
    page.keyboard.press("Enter")
    assert "Cross" not in page.locator(".ipm-spot").inner_text()
    assert page.locator(".jp-Cell.jp-mod-editMode").count() == 0
    shoot(page, "map-lab")
