"""A game by mouse, touch and keyboard, in a plain file: no kernel, no server, no other file."""

from contextlib import contextmanager

import nbformat
import pytest

from indopacific.playing import deal
from indopacific.playing.static import page as page_of
from tests.browser.accessibility import violations
from tests.browser.session import look_at, open_notebook, reopen, run_all, shoot

pytestmark = pytest.mark.browser

GAME = deal("ambiguity")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("play") / "ambiguity.html"
    path.write_text(page_of("ambiguity"), encoding="utf-8")
    return path


@pytest.fixture
def played(page, file):
    page.urls = []
    page.on("request", lambda request: page.urls.append(request.url))
    page.goto(file.as_uri())
    return page


@contextmanager
def touching(browser, file):
    context = browser.new_context(has_touch=True, viewport={"width": 400, "height": 844})
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def said(page):
    return page.locator(".ipg-status").inner_text()


def branch(chair, turn, place):
    return GAME.chairs[chair].rounds[turn].choices[place]


def test_every_branch_of_every_round_says_what_python_played(played):
    for c, chair in enumerate(GAME.chairs):
        for r, shown in enumerate(chair.rounds):
            assert f"{chair.name}, round {r + 1} of 3" in played.locator(".ipg-turn").inner_text()
            scene = played.locator(".ipg-scene").inner_text()
            assert all(line in scene for line in shown.knows)
            cells = played.locator(".ipg-scene td").all_inner_texts()
            assert cells == [cell for row in shown.payoffs[1:] for cell in row[1:]]
            assert said(played) == ""
            for choice in shown.choices:
                press(played, choice.label)
                assert choice.happened in said(played)
                assert choice.hidden in said(played)
            if c == 0 and r == 0:
                shoot(played, "play-round")
            last_round, last_chair = r == 2, c == 2
            if not last_round:
                press(played, "Next round")
            elif not last_chair:
                press(played, f"Next chair: {GAME.chairs[c + 1].name}")
    shoot(played, "play-guarantor")
    played.locator(".ipg-chair", has_text="Look back").click()
    besides = played.locator(".ipg-scene dd").all_inner_texts()
    assert besides == [shown.choices[-1].beside for chair in GAME.chairs for shown in chair.rounds]
    shoot(played, "play-look-back")
    assert played.problems == []
    assert played.urls == [played.url], "nothing is fetched"


def test_a_chair_can_be_changed_in_the_middle_and_nothing_is_lost(played):
    press(played, "Declare independence")
    press(played, "Beijing (0 of 3)")
    press(played, "Refrain from an attack")
    press(played, "Taipei (1 of 3)")
    assert "Taipei, round 2 of 3" in played.locator(".ipg-turn").inner_text()
    press(played, "Look back")
    assert played.locator(".ipg-scene dd").all_inner_texts() == [
        branch(0, 0, 1).beside,
        branch(1, 0, 0).beside,
    ]


def test_looking_back_on_nothing_says_so(played):
    press(played, "Look back")
    assert "You have not played a round yet." in played.locator(".ipg-scene").inner_text()


def test_the_game_can_be_skipped_and_taken_up_again(played):
    press(played, "Declare independence")
    press(played, "Skip this game")
    assert not played.locator(".ipg-scene").is_visible()
    assert played.get_by_text("Skipped. Nothing that follows depends on it.").is_visible()
    press(played, "Play after all")
    assert branch(0, 0, 1).happened in said(played)


# ---------------------------------------------------------------- what a browser keeps

KEPT = f"indopacific.playing.{GAME.name}.{GAME.seed}"


def test_a_game_that_was_begun_goes_on_after_the_page_is_loaded_again(played):
    press(played, "Declare independence")
    press(played, "Next round")
    press(played, "Keep the status quo")
    reopen(played)
    assert "Taipei, round 3 of 3" in played.locator(".ipg-turn").inner_text()
    assert played.get_by_role("button", name="Taipei (2 of 3)").is_visible()
    press(played, "Look back")
    assert played.locator(".ipg-scene dd").all_inner_texts() == [
        branch(0, 0, 1).beside,
        branch(0, 1, 0).beside,
    ]


def test_begin_anew_forgets_the_rounds_and_is_offered_only_then(played):
    anew = played.get_by_role("button", name="Begin anew")
    assert not anew.is_visible()
    press(played, "Declare independence")
    anew.click()
    assert focused(played) == "Taipei, round 1 of 3"
    assert said(played) == ""
    assert played.evaluate("localStorage.length") == 0
    reopen(played)
    assert played.get_by_role("button", name="Taipei (0 of 3)").is_visible()


@pytest.mark.parametrize("stored", ["{", "7", "null", "[]", '[[9, "1", -1], {}, [0.5, true]]'])
def test_what_a_browser_kept_and_no_longer_fits_is_dropped(played, stored):
    reopen(played, {KEPT: stored})
    assert "Taipei, round 1 of 3" in played.locator(".ipg-turn").inner_text()
    press(played, "Declare independence")
    assert branch(0, 0, 1).happened in said(played)
    assert played.problems == []


def test_a_browser_that_keeps_nothing_lets_a_reader_play(browser, file):
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"
    )
    page = context.new_page()
    page.goto(file.as_uri())
    press(page, "Declare independence")
    assert branch(0, 0, 1).happened in said(page)
    context.close()


def test_the_seed_and_the_doubtful_numbers_are_in_sight(played):
    assert played.get_by_text(f"Seed: {GAME.seed}.").is_visible()
    played.locator("summary").click()
    text = played.locator(".ipg details").inner_text()
    assert GAME.doubt in text
    assert all(row[0] in text and row[2] in text for row in GAME.numbers)


# ---------------------------------------------------------------- keyboard alone


def tab_to(page, name):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"Tab never reaches {name}")


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_a_chair_is_played_and_looked_back_on_with_the_keyboard_alone(played):
    for r in range(3):
        choice = branch(0, r, r % 2)
        tab_to(played, choice.label)
        played.keyboard.press("Enter" if r else "Space")
        assert choice.happened in said(played)
        assert focused(played) == choice.label, "the focus stays where the choice can be changed"
        tab_to(played, "Next round" if r < 2 else "Next chair: Beijing")
        played.keyboard.press("Enter")
        expected = f"Taipei, round {r + 2} of 3" if r < 2 else "Beijing, round 1 of 3"
        assert focused(played) == expected, "the reader is told where the game is now"
    played.keyboard.press("Shift+Tab")
    assert focused(played) == "Look back"
    played.keyboard.press("Enter")
    assert focused(played) == "Looking back"
    assert played.locator(".ipg-scene dd").count() == 3


def test_what_happened_is_read_out_by_one_region_that_stays(played):
    region = played.get_by_role("status")
    assert region.count() == 1
    region.evaluate("(node) => { node.dataset.same = 'yes'; }")
    press(played, "Declare independence")
    press(played, "Next round")
    press(played, "Keep the status quo")
    assert region.get_attribute("data-same") == "yes"
    pressed = played.locator(".ipg-scene button[aria-pressed=true]").all_inner_texts()
    assert pressed == ["Keep the status quo"]


# ---------------------------------------------------------------- touch, small, and for all


def test_a_round_is_played_with_a_finger_on_a_small_screen(browser, file):
    with touching(browser, file) as page:
        page.get_by_role("button", name="Guarantor (0 of 3)").tap()
        page.get_by_role("button", name="Help in 50 of 100 cases").tap()
        assert branch(2, 0, 2).happened in said(page)
        page.locator("summary").tap()
        small = page.evaluate(
            """[...document.querySelectorAll('.ipg :is(button, summary)')]
                .filter((part) => part.getClientRects().length)
                .map((part) => [part.textContent, part.getBoundingClientRect()])
                .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
                .map(([text]) => text)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 400
        page.locator(".ipg").screenshot(path=shoot(page, "play-small"))


def test_axe_finds_nothing_in_any_state(played):
    assert violations(played, ".ipg") == []
    press(played, "Declare independence")
    played.locator("summary").click()
    assert violations(played, ".ipg") == []
    press(played, "Look back")
    assert violations(played, ".ipg") == []
    press(played, "Skip this game")
    assert violations(played, ".ipg") == []


def test_without_scripts_every_round_stands_as_text(browser, file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    told = page.locator("main")
    shut = told.inner_text()
    for summary in told.get_by_text("What follows, when you have chosen").all():
        summary.click()
    text = told.inner_text()
    context.close()
    for chair in GAME.chairs:
        for shown in chair.rounds:
            assert all(choice.label in shut and choice.happened in text for choice in shown.choices)
            assert not any(choice.happened in shut for choice in shown.choices)


@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing_in_the_system_s_own_colours(browser, file, colours):
    context = browser.new_context(forced_colors=colours, reduced_motion="reduce")
    page = context.new_page()
    page.goto(file.as_uri())
    press(page, "Declare independence")
    assert violations(page, "html") == []
    context.close()


# ---------------------------------------------------------------- JupyterLab


@pytest.mark.slow
def test_in_jupyterlab_a_game_is_played_on_when_its_kernel_is_gone(lab, page):
    sources = ["from indopacific import play", 'play("ambiguity")', '"the cell after"']
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, lab.course / "my-work" / "lessons" / "playing.ipynb")
    open_notebook(page, lab, "lessons/playing.ipynb")
    run_all(page)
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    look_at(page, ".ipg")
    game = page.locator(".ipg")
    press(game, "Declare independence")
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
    look_at(page, ".ipg")
    assert branch(0, 0, 1).happened in said(page)
    press(game, "Next round")
    press(game, "Keep the status quo")
    assert branch(0, 1, 0).happened in said(page)
    assert page.locator(".jp-Cell.jp-mod-editMode").count() == 0
    shoot(page, "play-lab")
