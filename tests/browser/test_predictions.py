"""Predictions by mouse, touch, pen and keyboard: in a plain file, and in JupyterLab."""

import json
from contextlib import contextmanager

import nbformat
import pytest

from indopacific.predictions.concept_check import COIN, FREED
from tests.browser.accessibility import violations
from tests.browser.session import look_at, open_notebook, reopen, run_all, shoot, wait_for
from tests.predictions.declared.examples import CHOICE, LINE, ORDER, SHARE
from tests.predictions.pages import page as page_of

pytestmark = pytest.mark.browser

NAMES = [question.id for question in (CHOICE, ORDER, SHARE, LINE)]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("predictions") / "questions.html"
    path.write_text(page_of(*NAMES, lesson="examples"), encoding="utf-8")
    return path


@pytest.fixture
def asked(page, file):
    """The page of questions, and a `page.question(id)` to find one."""
    page.urls = []
    page.on("request", lambda request: page.urls.append(request.url))
    page.goto(file.as_uri())
    page.question = lambda name: page.locator(f"#ipp-{name}")
    page.figure = lambda name: page.locator(f"#figure-{name}")
    return page


def keep(question):
    question.get_by_role("button", name="Keep my prediction").click()


def told(question):
    return question.locator(".ipp-told").inner_text()


def names_in(question):
    return tuple(question.locator(".ipp-name").all_inner_texts())


# ---------------------------------------------------------------- mouse


def test_a_choice_unfolds_the_figure_and_is_answered(asked):
    question = asked.question("examples-choice")
    assert not asked.figure("examples-choice").is_visible()
    question.get_by_text("red", exact=True).click()
    keep(question)
    assert told(question) == CHOICE.told("red")
    assert asked.figure("examples-choice").is_visible()
    assert not asked.figure("examples-share").is_visible()
    assert question.get_by_role("radio", name="blue").is_disabled()
    assert asked.problems == []


def test_a_number_is_set_by_slider_or_box_and_each_moves_the_other(asked):
    question = asked.question("examples-share")
    slider, box = question.get_by_role("slider"), question.get_by_role("spinbutton")
    assert slider.get_attribute("aria-valuetext") == "not set yet"
    place = slider.bounding_box()
    asked.mouse.click(place["x"] + place["width"] * 0.25, place["y"] + place["height"] / 2)
    assert abs(int(box.input_value()) - 25) <= 2
    box.fill("60")
    assert slider.get_attribute("aria-valuetext") == "60%"
    assert slider.input_value() == "60"
    keep(question)
    assert told(question) == SHARE.told(0.6)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Move the slider or type a number first: from 0% to 100%."),
     ("101", "That is no number in the range: from 0% to 100%."),
     ("-1", "That is no number in the range: from 0% to 100%.")],
)  # fmt: skip
def test_what_is_no_number_is_said_and_nothing_is_kept(asked, typed, said):
    question = asked.question("examples-share")
    question.get_by_role("spinbutton").fill(typed)
    keep(question)
    assert question.locator(".ipp-status").inner_text() == said
    assert asked.evaluate("localStorage.length") == 0
    assert not asked.figure("examples-share").is_visible()


@pytest.mark.parametrize("place", [0, 100])
def test_both_ends_are_answered_as_python_answers_them(asked, place):
    question = asked.question("examples-share")
    question.get_by_role("spinbutton").fill(str(place))
    keep(question)
    assert told(question) == SHARE.told(place / 100)


def test_names_are_dragged_into_order(asked):
    question = asked.question("examples-order")
    grip = question.locator(".ipp-grip").nth(3)
    target = question.locator("li").nth(0).bounding_box()
    grip.hover()
    asked.mouse.down()
    asked.mouse.move(target["x"] + 20, target["y"] + 5, steps=8)
    asked.mouse.up()
    assert names_in(question) == ("d", "a", "b", "c")
    keep(question)
    assert told(question) == ORDER.told(("d", "a", "b", "c"))


def stroke(chart, points):
    """Return points of a chart, given as shares of its width and height, as pixels."""
    box = chart.bounding_box()
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]


def drawn(question):
    boxes = question.locator("table input").evaluate_all("(all) => all.map((one) => one.value)")
    return [float(value) if value else None for value in boxes]


def test_a_line_is_drawn_with_the_mouse_and_is_set_beside_the_data(asked):
    question = asked.question("examples-line")
    chart = question.locator(".ipp-chart")
    chart.scroll_into_view_if_needed()
    (x, y), *rest = stroke(chart, [(0.6, 0.75), (0.75, 0.5), (0.97, 0.2)])
    asked.mouse.move(x, y)
    asked.mouse.down()
    for point in rest:
        asked.mouse.move(*point)  # in few, wide jumps: no year on the way stays open
    asked.mouse.up()
    values = drawn(question)
    assert None not in values
    assert values == sorted(values)
    keep(question)
    guess = dict(zip(LINE.years, values, strict=True))
    found = {year: value for year, value in LINE.answer().items() if value == value}
    year = max((y for y in guess if y in found), key=lambda y: abs(guess[y] - found[y]))
    assert told(question).startswith(f"In {year}: you said")
    assert ("too high" in told(question)) == (guess[year] > found[year])
    question.locator("summary").click()
    assert "20.3%" in question.locator("table").inner_text()
    assert chart.locator("text", has_text="you").count() == 1
    shoot(asked, "prediction-line")


def test_an_unfinished_line_says_which_years_are_open(asked):
    question = asked.question("examples-line")
    chart = question.locator(".ipp-chart")
    chart.scroll_into_view_if_needed()
    ((x, y),) = stroke(chart, [(0.6, 0.5)])
    asked.mouse.click(x, y)
    keep(question)
    assert "Still to set, from 0.0% to 60.0%: 2015, 2016, 2017." in (
        question.locator(".ipp-status").inner_text()
    )


# ---------------------------------------------------------------- touch


@contextmanager
def touching(browser, file):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(file.as_uri())
    session = context.new_cdp_session(page)

    def touch(*points):
        # In the pace of a hand: after a swipe at no time, Chromium takes the next tap for its end.
        for kind, (x, y) in zip(["touchStart"] + ["touchMove"] * len(points), points, strict=False):
            here = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
            session.send("Input.dispatchTouchEvent", here)
            page.wait_for_timeout(60)
        page.wait_for_timeout(200)
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    yield page, touch
    context.close()


def test_a_line_is_drawn_with_a_finger_and_the_page_stays_where_it_is(browser, file):
    with touching(browser, file) as (page, touch):
        question = page.locator("#ipp-examples-line")
        chart = question.locator(".ipp-chart")
        chart.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        touch(*stroke(chart, [(0.6, 0.8), (0.7, 0.6), (0.85, 0.4), (0.96, 0.15)]))
        assert None not in drawn(question)
        assert page.evaluate("scrollY") == before
        question.get_by_role("button", name="Keep my prediction").tap()
        page.locator("#figure-examples-line").wait_for(state="visible")
        assert "you said" in told(question)
        shoot(page, "prediction-touch")


def test_names_are_ordered_with_a_finger_by_grip_and_by_button(browser, file):
    with touching(browser, file) as (page, touch):
        question = page.locator("#ipp-examples-order")
        question.scroll_into_view_if_needed()
        grip = question.locator(".ipp-grip").nth(0).bounding_box()
        last = question.locator("li").nth(3).bounding_box()
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        touch((x, y), (x, y + 40), (x, last["y"] + last["height"] - 2))
        assert names_in(question) == ("b", "c", "d", "a")
        question.get_by_role("button", name="Move d up").tap()
        assert names_in(question) == ("b", "d", "c", "a")


def test_what_is_touched_is_large_enough_and_nothing_runs_over_the_edge(browser, file):
    with touching(browser, file) as (page, _):
        small = page.evaluate(
            """[...document.querySelectorAll('.ipp :is(button, summary, .ipp-grip, label)')]
                .filter((part) => !part.matches('.ipp-asks'))
                .filter((part) => part.getClientRects().length)
                .map((part) => [part.textContent, part.getBoundingClientRect()])
                .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
                .map(([text]) => text)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390


# ---------------------------------------------------------------- keyboard alone


def tab_to(page, role, name=None):
    """Press Tab until an element of that role (and name) has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const active = document.activeElement;
              const name = active.getAttribute('aria-label') ?? active.textContent;
              const role = active.type ?? active.tagName.toLowerCase();
              return [role, name.trim()];
            }"""
        )
        if found[0] == role and (name is None or name in found[1]):
            return
    raise AssertionError(f"Tab never reaches {role} {name}")


def test_every_kind_is_predicted_with_the_keyboard_alone(asked):
    press = asked.keyboard.press
    tab_to(asked, "radio")
    press("ArrowDown")
    assert asked.question("examples-choice").get_by_role("radio", name="green").is_checked()
    tab_to(asked, "button", "Keep my prediction")
    press("Enter")
    assert told(asked.question("examples-choice")) == CHOICE.told("green")

    tab_to(asked, "button", "Move d up")
    press("Enter")
    press("Enter")
    press("Enter")  # the focus stays with the name until it can go no farther
    assert names_in(asked.question("examples-order")) == ("d", "a", "b", "c")
    assert "d is now 1 of 4." in asked.question("examples-order").inner_text()
    assert asked.evaluate("document.activeElement.getAttribute('aria-label')") == "Move d down"
    tab_to(asked, "button", "Keep my prediction")
    press("Space")
    assert told(asked.question("examples-order")) == ORDER.told(("d", "a", "b", "c"))

    tab_to(asked, "range")
    press("End")
    press("ArrowLeft")
    assert asked.question("examples-share").get_by_role("slider").get_attribute(
        "aria-valuetext"
    ) == "99%"  # fmt: skip
    tab_to(asked, "button", "Keep my prediction")
    press("Enter")
    assert told(asked.question("examples-share")) == SHARE.told(0.99)

    tab_to(asked, "summary", "Year by year")
    press("Enter")
    for value in ("15", "20", "20", "60"):
        tab_to(asked, "number")
        asked.keyboard.type(value)
    press("ArrowDown")
    tab_to(asked, "button", "Keep my prediction")
    press("Enter")
    question = asked.question("examples-line")
    guess = {2014: 15.0, 2015: 20.0, 2016: 20.0, 2017: 59.0}
    assert told(question) == LINE.answers()["2017"][59]
    assert LINE.told(guess).endswith("Your guess is 11.0 percentage points too low. "
                                     "There is no figure for 2015.")  # fmt: skip
    assert all(asked.figure(name).is_visible() for name in NAMES)
    shoot(asked, "prediction-keyboard")


# ---------------------------------------------------------------- what a page without Python keeps


def test_a_kept_prediction_is_there_when_the_page_is_loaded_again(asked):
    asked.question("examples-share").get_by_role("spinbutton").fill("60")
    keep(asked.question("examples-share"))
    reopen(asked)
    assert told(asked.question("examples-share")) == SHARE.told(0.6)
    assert asked.question("examples-share").get_by_role("slider").is_disabled()
    assert asked.figure("examples-share").is_visible()
    assert not asked.figure("examples-line").is_visible()


def test_a_reader_who_does_not_predict_sees_the_figure_too(asked):
    question = asked.question("examples-line")
    question.get_by_role("button", name="Show me without").click()
    assert asked.figure("examples-line").is_visible()
    assert question.locator(".ipp-status").inner_text() == "You looked without predicting."
    reopen(asked)
    assert asked.figure("examples-line").is_visible()


def test_looking_back_and_forgetting(asked):
    back = asked.locator("#ipp-lesson-examples")
    assert back.get_by_text("You made no prediction here.").count() == 5
    asked.question("examples-share").get_by_role("spinbutton").fill("60")
    keep(asked.question("examples-share"))
    assert SHARE.told(0.6) in back.inner_text()
    assert "\u201c3. Numbers\u201d: it is worth a second reading" in back.inner_text()
    back.get_by_role("button", name="Forget my predictions").click()
    assert asked.evaluate("localStorage.length") == 1  # it asks before it forgets
    back.get_by_role("button", name="Yes, forget them").click()
    assert asked.evaluate("localStorage.length") == 0
    assert back.get_by_text("You made no prediction here.").count() == 5
    assert asked.question("examples-share").get_by_role("slider").is_enabled()
    assert not asked.figure("examples-share").is_visible()


@pytest.mark.parametrize("stored", ["{", "7", '{"guess": "violet"}', '{"guess": [1]}', "[]"])
def test_what_a_browser_kept_and_no_longer_fits_is_said(page, file, stored):
    page.goto(file.as_uri())
    reopen(page, {"indopacific.predictions.examples-choice": stored})
    question = page.locator("#ipp-examples-choice")
    if stored != "{":
        assert "no longer fits this question" in question.locator(".ipp-fault").inner_text()
    question.get_by_text("red", exact=True).click()
    keep(question)
    assert told(question) == CHOICE.told("red")
    assert page.problems == []


def test_a_browser_that_keeps_nothing_says_so_and_answers(browser, file):
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"
    )
    page = context.new_page()
    page.goto(file.as_uri())
    question = page.locator("#ipp-examples-choice")
    question.get_by_text("red", exact=True).click()
    keep(question)
    assert told(question) == CHOICE.told("red")
    assert "keeps nothing for this page" in question.locator(".ipp-status").inner_text()
    context.close()


def test_a_page_answers_every_guess_as_python_does(asked):
    asked.question("examples-order").scroll_into_view_if_needed()
    for order in (("b", "c", "d", "a"), ("b", "d", "c", "a"), ("a", "c", "d", "b")):
        guess = json.dumps({"guess": order})
        reopen(asked, {"indopacific.predictions.examples-order": guess})
        assert told(asked.question("examples-order")) == ORDER.told(order)


def test_nothing_is_fetched(asked):
    assert [url for url in asked.urls if not url.startswith(("file:", "data:", "blob:"))] == []


def test_without_scripts_question_and_figure_stand_there(browser, file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert "Which of the three is the largest?" in page.locator("#ipp-examples-choice").inner_text()
    assert page.locator("#ipp-examples-choice li").all_inner_texts() == list(CHOICE.options)
    for name in NAMES:
        assert page.locator(f"#figure-{name}").is_visible()
    assert page.get_by_role("button").count() == 0
    context.close()


def test_on_paper_the_figure_is_there(asked):
    asked.emulate_media(media="print")
    assert all(asked.figure(name).is_visible() for name in NAMES)


@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing_before_and_after_the_answer(browser, file, colours):
    context = browser.new_context(forced_colors=colours, reduced_motion="reduce")
    page = context.new_page()
    page.goto(file.as_uri())
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page, "html") == []
    page.locator("#ipp-examples-choice").get_by_text("red", exact=True).click()
    page.get_by_role("spinbutton").first.fill("60")
    for box in page.locator("table input").all():
        box.fill("30")
    for name in NAMES:
        keep(page.locator(f"#ipp-{name}"))
    page.get_by_role("button", name="Forget my predictions").click()
    assert violations(page, "html") == []
    shoot(page, f"prediction-colours-{colours}")
    context.close()


# ---------------------------------------------------------------- JupyterLab


CELLS = """\
from indopacific import answered, load, predict, predictions, show
from indopacific.figures import alignment as draw
from indopacific.models import alignment as model
===
predict("alignment-pairs")
===
predict("alignment-trade")
===
rates = model.pooled(load("un_agreement").query("sample == 'whole_resolutions_only'"))
rates = rates[rates["state_a"].isin(["China", "Japan"])]
show(draw.draw_pairs, rates.assign(allies=False), predicted="alignment-pairs")
===
predictions("01-alignment")
"""


@pytest.fixture
def lesson(lab, page):
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS.split("===")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, lab.course / "my-work" / "lessons" / "predicting.ipynb")
    kept = lab.course / "my-work" / "predictions"
    for path in kept.glob("*"):
        path.unlink()
    open_notebook(page, lab, "lessons/predicting.ipynb")
    run_all(page)
    page.kept = kept
    return page


def errors(page):
    return page.locator("[data-mime-type='application/vnd.jupyter.error']").count()


@pytest.mark.slow
def test_in_jupyterlab_a_prediction_outlives_its_kernel_and_is_answered(lab, lesson):
    page = lesson
    assert errors(page) == 0  # running all cells asked for nothing and raised nothing
    look_at(page, ".ipp")
    question = page.locator(".ipp").first
    question.get_by_role("button", name="Move China-DPRK up").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    tab_to(page, "button", "Keep my prediction")
    page.keyboard.press("Enter")
    wait_for(page, "/^Kept: /.test(document.querySelector('.ipp-status').textContent)")
    path = page.kept / "alignment-pairs.json"
    assert json.loads(path.read_text())["guess"] == ["Japan-USA", "China-DPRK", "China-Brazil"]
    shoot(page, "prediction-lab-kept")

    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    page.wait_for_timeout(2000)
    run_all(page)
    assert errors(page) == 0
    look_at(page, ".ipp")
    told_now = page.locator(".ipp").first.locator(".ipp-told")
    wait_for(page, "document.querySelector('.ipp-told').textContent.startsWith('Your order')")
    assert "Japan-USA is farthest off" in told_now.inner_text()
    assert page.get_by_text("Your order: Japan-USA, China-DPRK, China-Brazil").count() >= 2
    assert json.loads(path.read_text())["answered"] is True
    assert violations(page, ".ipp") == []
    assert page.problems == []
    shoot(page, "prediction-lab-answered")


@pytest.mark.slow
def test_in_jupyterlab_a_line_is_drawn_and_a_kernel_that_is_away_loses_nothing(lab, lesson):
    page = lesson
    page.evaluate("document.querySelectorAll('.ipp')[1].scrollIntoView()")
    page.wait_for_timeout(500)
    page.evaluate("document.querySelectorAll('.ipp')[1].scrollIntoView()")
    question = page.locator(".ipp").nth(1)
    chart = question.locator(".ipp-chart")
    (x, y), *rest = stroke(chart, [(0.72, 0.5), (0.85, 0.4), (0.97, 0.1)])
    page.mouse.move(x, y)
    page.mouse.down()
    for point in rest:
        page.mouse.move(*point, steps=4)
    page.mouse.up()
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    page.wait_for_timeout(2000)
    keep(question)
    wait_for(page, "[...document.querySelectorAll('.ipp-status')].some((s) => "
                   "s.textContent.includes('This browser holds your prediction'))")  # fmt: skip
    assert not (page.kept / "alignment-trade.json").exists()
    shoot(page, "prediction-lab-away")
    run_all(page)
    for _ in range(100):
        if (page.kept / "alignment-trade.json").exists():
            break
        page.evaluate("document.querySelectorAll('.ipp')[1]?.scrollIntoView()")
        page.wait_for_timeout(100)
    assert set(json.loads((page.kept / "alignment-trade.json").read_text())["guess"]) == {
        "2022", "2023", "2024", "2025",
    }  # fmt: skip
    assert page.problems == []


# ---------------------------------------------------------------- a concept check


@pytest.fixture
def check(page, tmp_path):
    """A page with two questions of the concept check, and the look back on all."""
    path = tmp_path / "check.html"
    path.write_text(page_of(COIN.id, FREED.id, lesson="concept_check"), encoding="utf-8")
    page.goto(path.as_uri())
    return page


def test_a_check_is_answered_at_once_by_keyboard_and_counted_at_the_end(check):
    coin, freed = (check.locator(f"#ipp-{concept.id}") for concept in (COIN, FREED))
    coin.get_by_role("radio", name="as likely").focus()
    check.keyboard.press("Space")
    check.keyboard.press("Tab")
    assert check.evaluate("document.activeElement.textContent") == "Answer"
    check.keyboard.press("Enter")
    assert told(coin) == COIN.told("as likely")
    freed.get_by_text("a part of what is added").click()
    freed.get_by_role("button", name="Answer").click()
    assert told(freed) == FREED.told("a part of what is added")
    back = check.get_by_role("group", name="Your answers").locator(".ipp-told")
    counted = f"1 of 2 answered are right. Worth reading again: {COIN.again}."
    assert back.inner_text() == counted
    reopen(check)
    assert told(coin) == COIN.told("as likely")
    assert coin.get_by_role("radio", name="more likely").is_disabled()
    assert violations(check, "html") == []
