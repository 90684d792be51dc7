"""The coding desk by mouse, touch and keyboard: in a plain file, and in JupyterLab."""

import ast
import json
import random
from contextlib import contextmanager

import nbformat
import pytest

from indopacific.coding import static
from indopacific.coding.result import compared
from tests.browser.accessibility import violations
from tests.browser.session import look_at, open_notebook, reopen, run_all, shoot, wait_for
from tests.coding.sheets import OTHER, RIGHT, SHEET

pytestmark = pytest.mark.browser

CODES = [code.code for code in SHEET.codes]
KEPT = "indopacific.codings.atlantis"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("coding") / "desk.html"
    path.write_text(static.document(SHEET), encoding="utf-8")
    return path


@pytest.fixture
def desk(page, file):
    page.urls = []
    page.on("request", lambda request: page.urls.append(request.url))
    page.goto(file.as_uri())
    return page


@contextmanager
def opened(browser, file, **options):
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(file.as_uri())
    yield page
    context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def said(page):
    return page.locator(".ipc-status").inner_text()


def pick(page, code):
    page.locator(".ipc-code").nth(CODES.index(code)).click()


def stops(page):
    return page.locator(".ipc-stop span").all_inner_texts()


def code_all(page, codes):
    for place, code in enumerate(codes.values()):
        page.locator(".ipc-stop").nth(place).click()
        pick(page, code)


def kept(page):
    return page.evaluate("(name) => JSON.parse(localStorage.getItem(name))", KEPT)


# ---------------------------------------------------------------- mouse


def test_every_sentence_stands_there_with_its_origin_and_context(desk):
    for place, sentence in enumerate(SHEET.sentences):
        assert desk.locator(".ipc-text").inner_text() == sentence.text
        origin = f"Sentence {place + 1} of 5. {sentence.origin}"
        assert desk.locator(".ipc-origin").inner_text() == origin
        assert desk.locator(".ipc-context p").all_inner_texts() == list(sentence.context)
        if place < 4:
            press(desk, "Next →")
    assert desk.get_by_role("button", name="Next →").is_disabled()
    press(desk, "← Previous")
    assert "Sentence 4 of 5" in desk.locator(".ipc-origin").inner_text()
    assert desk.problems == []


def test_the_codebook_is_at_hand_and_its_rules_are_folded(desk):
    for code, shown in zip(SHEET.codes, desk.locator(".ipc-code").all(), strict=True):
        text = shown.inner_text()
        assert code.code in text
        assert code.meaning in text
        assert f"Typical words: {code.markers}." in text
    assert not desk.get_by_text(SHEET.rules[0]).is_visible()
    desk.get_by_text("The rules of the codebook, and its scale").click()
    assert all(desk.get_by_text(rule).is_visible() for rule in SHEET.rules)


def test_a_code_is_given_changed_and_kept_and_progress_is_said(desk):
    pick(desk, "NIL")
    assert said(desk).startswith("Sentence 1: NIL. Kept. Still to code: 2, 3, 4, 5.")
    assert "1 of 5 coded." in desk.locator(".ipc-progress").inner_text()
    pick(desk, "PRA")
    assert stops(desk) == ["PRA", "–", "–", "–", "–"]
    pressed = desk.locator(".ipc-code[aria-pressed=true] .ipc-name").all_inner_texts()
    assert pressed == ["PRA"]
    assert kept(desk) == [{"codes": {"a1": "PRA"}, "compared": False}]


def test_comparing_too_early_says_what_is_open(desk):
    pick(desk, "PRA")
    press(desk, "Compare with the key")
    assert said(desk) == "Still to code: 2, 3, 4, 5."
    assert desk.locator(".ipc-result").is_hidden()


def test_the_comparison_says_what_python_says_and_is_then_fixed(desk):
    code_all(desk, OTHER)
    press(desk, "Compare with the key")
    text = desk.locator(".ipc-result").inner_text()
    expected = compared(SHEET, OTHER)
    assert all(line in text for line in expected["told"])
    assert SHEET.caution in text
    for row in expected["rows"]:
        assert row["sentence"] in text
        assert f"You: {row['yours']}. The key: {row['key']}. {row['reasoning']}" in text
    assert desk.locator(".ipc-result dt").count() == 2
    assert desk.locator(".ipc-code").first.is_hidden()
    shoot(desk, "coding-result")
    reopen(desk)
    assert expected["told"][1] in desk.locator(".ipc-result").inner_text()
    assert desk.problems == []


def test_a_page_compares_every_coding_as_python_does(desk):
    drawn = random.Random(2)
    for _ in range(25):
        first, second = ({name: drawn.choice(CODES) for name in RIGHT} for _ in range(2))
        passes = [{"codes": codes, "compared": True} for codes in (first, second)]
        reopen(desk, {KEPT: json.dumps(passes)})
        shown = desk.locator(".ipc-result > p:not(.ipc-heading):not(.ipc-caution)")
        assert shown.all_inner_texts() == compared(SHEET, second, first)["told"]


def test_codes_that_are_all_the_same_have_no_kappa_and_a_page_says_so_too(desk):
    same = {"codes": dict.fromkeys(RIGHT, "NIL"), "compared": True}
    reopen(desk, {KEPT: json.dumps([same, same])})
    text = desk.locator(".ipc-result").inner_text()
    assert "is not defined here" in text
    assert "NaN" not in text


def test_one_codes_again_and_is_set_beside_the_earlier_self(desk):
    code_all(desk, OTHER)
    press(desk, "Compare with the key")
    press(desk, "Code again")
    assert stops(desk) == ["–"] * 5
    assert "Coding 2. 0 of 5 coded." in desk.locator(".ipc-progress").inner_text()
    code_all(desk, RIGHT)
    press(desk, "Compare with the key")
    text = desk.locator(".ipc-result").inner_text()
    assert all(line in text for line in compared(SHEET, RIGHT, OTHER)["told"])


@pytest.mark.parametrize("codes", [{"a2": "BLA", "a1": "PRA"}, RIGHT])
def test_copied_code_is_python_and_gives_the_codes(desk, codes):
    for name, code in codes.items():
        desk.locator(".ipc-stop").nth(list(RIGHT).index(name)).click()
        pick(desk, code)
    press(desk, "Copy as code")
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert desk.locator(".ipc-copied").inner_text().strip() == copied
    name, _, value = copied.partition(" = ")
    assert name == "codes"
    assert list(ast.literal_eval(value).items()) == [
        (name, codes[name]) for name in RIGHT if name in codes
    ]
    assert "Paste it into a cell" in said(desk)


def test_where_copying_is_refused_the_code_is_selected(browser, file):
    with opened(browser, file) as page:
        page.evaluate(
            "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }"
        )
        pick(page, "PRA")
        press(page, "Copy as code")
        page.get_by_text("the code is selected, copy it by hand").wait_for()
        assert '"a1": "PRA"' in page.evaluate("getSelection().toString()")


def test_forgetting_asks_first(desk):
    assert desk.get_by_role("button", name="Forget my codes").is_hidden()
    pick(desk, "PRA")
    press(desk, "Forget my codes")
    press(desk, "No, keep them")
    assert kept(desk) is not None
    press(desk, "Forget my codes")
    press(desk, "Yes, forget them")
    assert kept(desk) is None
    assert stops(desk) == ["–"] * 5
    assert said(desk) == "Forgotten. You can code anew."


@pytest.mark.parametrize(
    "stored",
    ["{", "7", "[1]", '[{"codes": {"a9": "PRA"}}]', '[{"codes": {"a1": "XYZ"}}]',
     '[{"codes": {"a1": "PRA"}, "compared": true}]'],
)  # fmt: skip
def test_what_a_browser_kept_and_no_longer_fits_is_said(page, file, stored):
    page.goto(file.as_uri())
    reopen(page, {KEPT: stored})
    if stored != "{":
        page.locator(".ipc-fault", has_text="no longer fit these sentences").wait_for()
    pick(page, "PRA")
    assert page.locator(".ipc-fault").inner_text() == ""
    assert kept(page) == [{"codes": {"a1": "PRA"}, "compared": False}]
    assert page.problems == []


def test_a_browser_that_keeps_nothing_says_so_and_compares(browser, file):
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"
    )
    page = context.new_page()
    page.goto(file.as_uri())
    code_all(page, RIGHT)
    assert "keeps nothing for this page" in said(page)
    press(page, "Compare with the key")
    assert "5 of 5 sentences (100%)" in page.locator(".ipc-result").inner_text()
    context.close()


def test_nothing_is_fetched(desk):
    assert [url for url in desk.urls if not url.startswith("file:")] == []


# ---------------------------------------------------------------- keyboard alone


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def tab_to(page, name):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"Tab never reaches {name}")


def test_digits_and_arrows_alone_code_every_sentence(desk):
    desk.keyboard.press("Tab")
    for place, code in enumerate(OTHER.values()):
        desk.keyboard.press(str(CODES.index(code) + 1))
        assert f"Sentence {place + 1}: {code}." in said(desk)
        desk.keyboard.press("ArrowRight")
        if place < 4:
            assert SHEET.sentences[place + 1].text in focused(desk), "the new sentence is read out"
    assert said(desk) == "This is the last sentence. All are coded: compare when you like."
    assert stops(desk) == list(OTHER.values())
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("1")
    assert stops(desk)[3] == "PRA"
    for _ in range(6):
        desk.keyboard.press("ArrowLeft")
    assert said(desk) == "This is the first sentence."
    tab_to(desk, "Compare with the key")
    desk.keyboard.press("Enter")
    assert "Your codes and the key" in focused(desk), "the result is read out"
    tab_to(desk, "Code again")
    desk.keyboard.press("Enter")
    assert "Sentence 1 of 5" in focused(desk)


def test_without_shortcuts_the_same_is_done_by_tab_and_enter(desk):
    for place, code in enumerate(OTHER.values()):
        desk.locator(".ipc-sentence").focus()
        for _ in range(CODES.index(code) + 1):
            desk.keyboard.press("Tab")
        desk.keyboard.press("Space" if place else "Enter")
        if place < 4:
            tab_to(desk, "Next →")
            desk.keyboard.press("Enter")
    assert stops(desk) == list(OTHER.values())


def test_keys_that_mean_something_else_are_left_alone(desk):
    desk.locator(".ipc-code").first.focus()
    for keys in ("Control+1", "Alt+2", "Shift+ArrowRight", "9", "0", "x"):
        desk.keyboard.press(keys)
    assert stops(desk) == ["–"] * 5
    assert "Sentence 1 of 5" in desk.locator(".ipc-origin").inner_text()
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("1")
    assert stops(desk) == ["–"] * 5, "the desk listens only while the focus is in it"


def test_one_region_reads_out_what_happened(desk):
    assert desk.get_by_role("status").count() == 1
    current = desk.locator(".ipc-stop[aria-current=true]")
    assert current.get_attribute("aria-label") == "Sentence 1, not coded"
    pick(desk, "PRA")
    assert current.get_attribute("aria-label") == "Sentence 1, PRA"


# ---------------------------------------------------------------- touch, small, and for all


def test_a_finger_codes_on_a_small_screen(browser, file):
    with opened(browser, file, has_touch=True, viewport={"width": 360, "height": 740}) as page:
        for code in OTHER.values():
            page.locator(".ipc-code").nth(CODES.index(code)).tap()
            if page.get_by_role("button", name="Next →").is_enabled():
                page.get_by_role("button", name="Next →").tap()
        page.get_by_text("The rules of the codebook").tap()
        small = page.evaluate(
            """[...document.querySelectorAll('.ipc :is(button, summary)')]
                .filter((part) => part.getClientRects().length)
                .map((part) => [part.textContent, part.getBoundingClientRect()])
                .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
                .map(([text]) => text)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.screenshot(path=shoot(page, "coding-small"), full_page=True)
        page.get_by_role("button", name="Compare with the key").tap()
        page.get_by_text("All sentences and codes").tap()
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_at_400_per_cent_nothing_runs_over_the_edge(browser, file):
    """A window of 1,280 pixels at 400 per cent has 320."""
    with opened(browser, file, viewport={"width": 320, "height": 256}) as page:
        code_all(page, OTHER)
        press(page, "Copy as code")
        page.get_by_text("The rules of the codebook").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        press(page, "Compare with the key")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing_in_any_state(browser, file, colours):
    with opened(browser, file, forced_colors=colours, reduced_motion="reduce") as page:
        assert violations(page, "html") == []
        code_all(page, OTHER)
        page.get_by_text("The rules of the codebook").click()
        press(page, "Copy as code")
        press(page, "Forget my codes")
        assert violations(page, "html") == []
        page.screenshot(path=shoot(page, f"coding-colours-{colours}"), full_page=True)
        press(page, "No, keep them")
        press(page, "Compare with the key")
        page.get_by_text("All sentences and codes").click()
        assert violations(page, "html") == []


def test_nothing_moves_by_itself(desk):
    moving = desk.evaluate(
        """[...document.querySelectorAll('.ipc *')].filter((part) => {
          const style = getComputedStyle(part);
          return style.animationName !== 'none' || style.transitionDuration !== '0s';
        }).length"""
    )
    assert moving == 0


def test_without_scripts_everything_can_be_read_and_the_key_is_folded(browser, file):
    with opened(browser, file, java_script_enabled=False) as page:
        text = page.locator("main").inner_text()
        for sentence in SHEET.sentences:
            assert sentence.text in text
            assert sentence.origin in text
        assert all(code.meaning in text for code in SHEET.codes)
        key = page.get_by_text("BLA. 'opaque' is blame.")
        assert key.is_hidden()
        page.get_by_text("The key, when you have coded them").click()
        assert key.is_visible()
        assert page.get_by_role("button").count() == 0


# ---------------------------------------------------------------- JupyterLab


@pytest.fixture
def lesson(lab, page):
    sources = ["from indopacific import code_sentences", 'code_sentences("language")', '"after"']
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, lab.course / "my-work" / "lessons" / "coding.ipynb")
    page.kept = lab.course / "my-work" / "codings"
    for path in page.kept.glob("*"):
        path.unlink()
    open_notebook(page, lab, "lessons/coding.ipynb")
    run_all(page)
    look_at(page, ".ipc")
    return page


def restart(page):
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    page.wait_for_timeout(2000)


def coded(page):
    """What stands in the file of the first coding."""
    return json.loads((page.kept / "language-1.json").read_text(encoding="utf-8"))


def wait_for_kept(page, number):
    """Python writes while the keys are already further on."""
    for _ in range(200):
        if (page.kept / "language-1.json").exists() and len(coded(page)["guess"]) == number:
            return
        page.wait_for_timeout(50)
    raise TimeoutError(f"{number} codes are not kept: {coded(page)}")


def wait_for_status(page, words):
    wait_for(page, f"document.querySelector('.ipc-status').textContent.includes('{words}')")


def wait_for_codes(page, number):
    shown = "[...document.querySelectorAll('.ipc-stop span')]"
    wait_for(page, f"{shown}.filter((stop) => stop.textContent !== '–').length === {number}")


@pytest.mark.slow
def test_in_jupyterlab_keys_reach_the_desk_and_codes_outlive_the_kernel(lab, lesson):
    page = lesson
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    cells = page.locator(".jp-Cell").count()
    page.locator(".ipc-code").first.focus()
    for place in range(12):
        page.keyboard.press(str(place % 7 + 1))
        page.keyboard.press("ArrowRight")
    wait_for_codes(page, 12)
    # In command mode a digit makes a cell a heading, and an arrow leaves it.
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".jp-MarkdownCell").count() == 0
    wait_for_kept(page, 12)
    restart(page)
    run_all(page)
    look_at(page, ".ipc")
    assert "–" not in stops(page)
    press(page, "Compare with the key")
    page.locator(".ipc-result").wait_for(state="visible")
    assert "You and the key give the same code to" in page.locator(".ipc-result").inner_text()
    assert coded(page)["answered"] is True
    first = page.locator(".ipc-result dt").first
    wide = "(node) => node.getBoundingClientRect().width / node.parentNode.clientWidth"
    assert first.evaluate(wide) > 0.9, "JupyterLab's own look of lists is undone"
    assert violations(page, ".ipc") == []
    assert page.problems == []
    shoot(page, "coding-lab")


@pytest.mark.slow
def test_in_jupyterlab_a_kernel_that_is_away_loses_no_code(lab, lesson):
    page = lesson
    page.locator(".ipc-code").first.click()
    wait_for_status(page, "Kept")
    restart(page)
    page.locator(".ipc-stop").nth(1).click()
    page.locator(".ipc-code").nth(1).click()
    wait_for_status(page, "This browser holds your codes")
    assert list(coded(page)["guess"].values()) == ["OPP"]
    run_all(page)
    look_at(page, ".ipc")
    wait_for_codes(page, 2)
    wait_for_kept(page, 2)
    assert list(coded(page)["guess"].values()) == ["OPP", "ENG"]
    assert page.problems == []
