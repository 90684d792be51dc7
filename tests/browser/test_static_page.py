"""The explorer in a plain HTML file: no kernel, no server, no other file."""

import pytest

from indopacific.explorers.static import page as static_page
from tests.browser.accessibility import violations
from tests.browser.session import shoot, wait_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("static") / "alignment.html"
    path.write_text(static_page("alignment"), encoding="utf-8")
    return path


@pytest.fixture
def shown(page, file):
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(file.as_uri())
    wait_for(page, "document.querySelector('.ipx-now img')?.complete")
    return page


@pytest.fixture(scope="module")
def live_file(tmp_path_factory):
    """The face as a notebook has it, with all its controls, and a Python that never answers."""
    path = tmp_path_factory.mktemp("live") / "alignment.html"
    path.write_text(static_page("alignment").replace('"static":true', '"static":false'))
    return path


@pytest.fixture
def live(page, live_file):
    page.goto(live_file.as_uri())
    wait_for(page, "document.querySelector('.ipx-now img')?.complete")
    return page


def state(page):
    return page.evaluate(
        """[document.querySelector('.ipx-now img').src,
            document.querySelector('.ipx-now img').alt,
            document.querySelector('.ipx-words').textContent]"""
    )


def test_the_lead_slider_moves_picture_alternative_text_and_words(shown):
    slider = shown.get_by_role("slider", name="Weight of trade")
    before = state(shown)
    slider.focus()
    shown.keyboard.press("End")
    wait_for(shown, "document.querySelector('.ipx-words').textContent.includes('40% for Trade')")
    after = state(shown)
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert slider.get_attribute("aria-valuetext") == "1.00"
    shoot(shown, "static-page")
    assert shown.problems == []


def test_the_lead_slider_can_be_dragged_by_mouse(shown):
    box = shown.get_by_role("slider").bounding_box()
    shown.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown.mouse.down()
    shown.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2, steps=12)
    shown.mouse.up()
    assert 0.1 < float(shown.get_by_role("slider").get_attribute("aria-valuetext")) < 0.3


def test_no_control_is_shown_that_does_nothing(shown):
    assert shown.get_by_role("slider").count() == 1
    assert shown.get_by_role("combobox").count() == 0
    actions = shown.locator(".ipx-actions").get_by_role("button").all_inner_texts()
    assert actions == ["Keep as A and compare", "Copy as code", "Reset"]
    said = "On this page Weight of trade and the presets move."
    assert shown.locator(".ipx-status").inner_text().startswith(said)


def test_every_preset_has_its_pictures_and_says_what_it_holds(shown):
    titles = set()
    for preset in shown.locator(".ipx-presets").get_by_role("button").all():
        preset.click()
        assert preset.get_attribute("aria-pressed") == "true"
        titles.add(tuple(state(shown)))
        shown.get_by_role("slider").focus()
        shown.keyboard.press("ArrowLeft" if preset.inner_text() == "Economist" else "ArrowRight")
        titles.add(tuple(state(shown)))
    assert len(titles) == 12
    assert "Aggregation geometric" in shown.locator(".ipx-rest").inner_text()
    shown.get_by_role("button", name="Copy as code").click()
    assert (
        shown.locator(".ipx-code").inner_text()
        == 'explore("alignment", trade=0.55, aggregator="geometric")'
    )


@pytest.fixture
def stepped(page, tmp_path):
    """A page whose slider has few steps: the decision tree of lesson 05."""
    file = tmp_path / "tree.html"
    file.write_text(static_page("ambiguity_tree"), encoding="utf-8")
    page.goto(file.as_uri())
    wait_for(page, "document.querySelector('.ipx-now img')?.complete")
    return page


def test_buttons_go_through_few_steps_and_stop_at_either_end(stepped):
    further, back = (
        stepped.get_by_role("button", name=f"Step: one {way}") for way in ("further", "back")
    )
    title = stepped.locator(".ipx-now .ipx-title")
    assert back.get_attribute("aria-disabled") == "true"
    back.click(force=True)  # a reader can press it, and nothing happens
    assert title.inner_text().startswith("0 of 5 steps")
    further.focus()
    for _ in range(7):
        stepped.keyboard.press("Enter")
    assert title.inner_text().startswith("Best play: Taipei keeps the status quo")
    assert further.get_attribute("aria-disabled") == "true"
    assert stepped.evaluate("document.activeElement.textContent") == "Next", "the focus stays"
    back.click()
    assert title.inner_text().startswith("4 of 5 steps")
    assert stepped.get_by_role("slider").get_attribute("aria-valuetext") == "4"
    assert violations(stepped, ".ipx") == []
    shoot(stepped, "static-steps")


def test_compare_keeps_a_setting_and_reset_comes_back(shown):
    start = state(shown)
    shown.get_by_role("button", name="Keep as A").click()
    shown.get_by_role("slider").focus()
    shown.keyboard.press("Home")
    wait_for(shown, "document.querySelector('.ipx-words').textContent.includes('0% for Trade')")
    assert shown.locator(".ipx-kept img").get_attribute("src") == start[0]
    assert shown.locator(".ipx-kept .ipx-note").inner_text() == "Weight of trade 0.50"
    assert shown.locator(".ipx-now .ipx-note").inner_text() == "Weight of trade 0.00"
    assert shown.locator(".ipx-differs .ipx-before").all_inner_texts() == ["A: 0.50"]
    shown.get_by_role("button", name="Reset").click()
    assert state(shown) == start
    assert not shown.locator(".ipx-kept").is_visible()
    assert shown.locator(".ipx-differs").count() == 0


def test_two_pictures_stand_side_by_side_where_their_labels_stay_readable(shown):
    shown.get_by_role("button", name="Keep as A").click()
    width = "document.querySelector('.ipx-now img').getBoundingClientRect().width"
    assert shown.locator(".ipx-kept").is_visible()
    assert shown.evaluate(width) > 520  # of 814: labels of 15 px are at least 9.6 px
    shoot(shown, "static-page-compared")


def test_where_two_pictures_would_be_too_small_one_place_shows_either(shown):
    shown.set_viewport_size({"width": 800, "height": 1000})
    shown.get_by_role("button", name="Keep as A").click()
    shown.get_by_role("slider").focus()
    shown.keyboard.press("End")
    assert not shown.locator(".ipx-kept").is_visible()
    shown.get_by_role("button", name="Look at A").click()
    assert shown.locator(".ipx-kept").is_visible()
    assert not shown.locator(".ipx-now").is_visible()
    assert shown.locator(".ipx-kept img").bounding_box()["width"] > 520
    shown.get_by_role("slider").focus()
    shown.keyboard.press("Home")  # whoever moves a slider looks at what it does
    assert shown.locator(".ipx-now").is_visible()
    assert not shown.locator(".ipx-kept").is_visible()


@pytest.mark.parametrize(("width", "height"), [(800, 900), (400, 800), (640, 400), (320, 256)])
def test_everything_fits_and_slider_and_picture_are_seen_together(live, width, height):
    live.set_viewport_size({"width": width, "height": height})
    over = live.evaluate(
        """[...document.querySelectorAll('.ipx :is(button, input, select, output, label, img, p)')]
            .filter((part) => part.getBoundingClientRect().right >
                document.querySelector('.ipx').getBoundingClientRect().right)
            .map((part) => part.outerHTML.slice(0, 80))"""
    )
    assert over == []
    for slider in live.get_by_role("slider").all():
        live.locator(".ipx-stage").evaluate("(stage) => stage.scrollIntoView({ block: 'end' })")
        slider.focus()
        place, picture = slider.bounding_box(), live.locator(".ipx-now img").bounding_box()
        assert place["y"] >= 0
        assert place["y"] + place["height"] <= height
        shown = min(height, picture["y"] + picture["height"]) - max(0, picture["y"])
        assert shown > 0.6 * picture["height"]


def test_the_preset_that_holds_is_marked_and_only_that_one(live):
    pressed = live.locator(".ipx-presets [aria-pressed='true']")
    assert pressed.all_inner_texts() == ["Equal weights"]
    live.get_by_role("button", name="Economist").click()
    assert pressed.all_inner_texts() == ["Economist"]
    live.get_by_role("slider", name="Weight of arms").focus()
    live.keyboard.press("ArrowRight")
    assert pressed.count() == 0


def test_a_picture_that_no_longer_fits_the_controls_says_so_where_it_is(live):
    live.get_by_role("slider", name="Weight of arms").focus()
    live.keyboard.press("End")
    wait_for(live, "document.querySelector('.ipx-status').textContent.includes('Shift+Enter')")
    assert "The picture is of another setting" in live.locator(".ipx-status").inner_text()
    notice = live.locator(".ipx-notice").bounding_box()
    picture = live.locator(".ipx-now").bounding_box()
    assert 0 <= picture["y"] - (notice["y"] + notice["height"]) < 12
    assert "ipx-stale" in live.locator(".ipx-now").get_attribute("class")
    assert not live.locator(".ipx-ahead").is_visible()
    live.get_by_role("button", name="Back to this picture's setting").click()
    assert (
        live.get_by_role("slider", name="Weight of arms").get_attribute("aria-valuetext") == "0.50"
    )
    assert live.locator(".ipx-stale").count() == 0
    assert live.locator(".ipx-status").inner_text() == ""
    live.get_by_role("slider", name="Weight of trade").focus()
    live.keyboard.press("End")
    assert "40% for Trade" in live.locator(".ipx-words").inner_text()


def test_axe_finds_nothing_in_forced_colours_or_with_a_message(browser, live_file):
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(live_file.as_uri())
    page.get_by_role("button", name="Keep as A").click()
    page.get_by_role("slider", name="Weight of arms").focus()
    page.keyboard.press("End")
    wait_for(page, "document.querySelector('.ipx-status').textContent.includes('Shift+Enter')")
    assert violations(page, ".ipx") == []
    shoot(page, "face-forced-colours")
    context.close()


def test_words_wait_for_the_slider_to_rest_before_they_are_spoken(shown):
    busy = "document.querySelector('.ipx-words').getAttribute('aria-busy')"
    assert shown.locator(".ipx-words").get_attribute("aria-live") == "polite"
    shown.get_by_role("slider").focus()
    shown.keyboard.press("ArrowRight")
    assert shown.evaluate(busy) == "true"
    wait_for(shown, f"{busy} === 'false'")


def test_the_table_follows_the_picture(shown):
    shown.get_by_text("The numbers as a table").click()
    table = shown.locator(".ipx-table")
    before = table.inner_text()
    shown.get_by_role("slider").focus()
    shown.keyboard.press("End")
    wait_for(shown, "document.querySelector('.ipx-words').getAttribute('aria-busy') === 'false'")
    assert table.inner_text() != before
    assert table.get_by_role("row").count() == 10


def test_nothing_is_fetched(shown, file):
    remote = [url for url in shown.asked if not url.startswith(("file:", "blob:", "data:"))]
    assert remote == []


def test_axe_finds_nothing(shown):
    shown.get_by_role("button", name="Keep as A").click()
    for summary in shown.locator("summary").all():
        summary.click()
    assert violations(shown, "html") == []


def row(table, number):
    return " ".join(table.locator("tr").nth(number).inner_text().split())


def test_a_reader_without_scripts_has_picture_words_and_table(browser, file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert "ranks first" in page.locator("img").get_attribute("alt")
    assert page.locator("figure table tr").count() == 10
    controls, presets = page.locator(".ipx-still table").all()
    assert "Weight of ideal points 0.5 0 to 1, in steps of 0.01" in row(controls, 3)
    assert row(presets, 2).startswith("Economist Trade counts five times")
    said = "Where scripts run, Weight of trade and the presets move this figure"
    assert page.locator(".ipx-moves").inner_text().startswith(said)
    assert page.get_by_role("slider").count() == 0
    context.close()
