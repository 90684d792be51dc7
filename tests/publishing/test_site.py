"""The reading edition: what it holds and hides, and what its readers meet.

No network, no scripts, no mouse, small windows. The one site that is looked at is built once.
"""

import html
import json
import re

import nbformat
import pytest

from indopacific.publishing import site as publisher
from tests.browser.session import reopen, shoot, wait_for
from tests.publishing import audit
from tests.publishing.conftest import LESSON, kept_back

in_browser = pytest.mark.browser

PLAIN = {
    *("index", "claims", "glossary", "bibliography", "sources", "search"),
    *("course-index", "addresses"),
}


def text(site, name):
    return (site / f"{name}.html").read_text(encoding="utf-8")


def test_lesson_exercise_and_solutions_have_a_page_each(site):
    found = {p.relative_to(site).with_suffix("").as_posix() for p in site.rglob("*.html")}
    assert found == PLAIN | {f"{part}/{LESSON}" for part in ("lessons", "exercises", "solutions")}


def test_every_section_of_the_lesson_has_an_address(course, site):
    cells = nbformat.read(course / "lessons" / f"{LESSON}.ipynb", as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^#{1,3} ", prose, re.MULTILINE)
    addresses = re.findall(r'<section id="([^"]+)"', text(site, f"lessons/{LESSON}"))
    assert len(headings) > 10
    assert len(set(addresses)) == len(headings) + 1  # and the sources of the page


def test_no_page_holds_a_comment_of_the_prose_or_asks_another_host(site):
    for page in site.rglob("*.html"):
        source = page.read_text(encoding="utf-8")
        assert not re.search(r"(<|&lt;)!--[=@~\[\]]", source), page
        asked = re.findall(r'<(?:script|img|link|iframe)\b[^>]*(?:src|href)="([^"]+)"', source)
        assert asked
        assert [each for each in asked if each.startswith(("http", "//"))] == [], page


def test_solutions_stand_on_their_own_page_only(course, site):
    secret, hidden = kept_back(course)
    plain = {page: _plain(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")}
    for page, words in plain.items():
        assert not [line for line in hidden if line in words], page
        if page.parent.name != "solutions":
            assert not [line for line in secret if line in words], page
    own = plain[site / "solutions" / f"{LESSON}.html"]
    assert all(line in own for line in secret)
    assert '<meta content="noindex" name="robots"' in text(site, f"solutions/{LESSON}")


def _plain(source):
    return html.unescape(re.sub(r"<[^>]+>", "", source))


def test_the_search_knows_the_lesson_and_nothing_of_the_solutions(site):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    place = found["docnames"].index(f"solutions/{LESSON}")
    assert found["titles"][place] == ""

    def places(entry):
        return [entry] if isinstance(entry, int) else entry

    assert found["docnames"].index(f"lessons/{LESSON}") in places(found["terms"]["alli"])
    assert not [word for word, where in found["terms"].items() if place in places(where)]
    assert not [t for t, w in found["alltitles"].items() if place in [n for n, _ in w]]


def test_a_second_build_runs_nothing_and_gives_the_same(course, site, work, tmp_path):
    (work / "html" / "lessons" / "99-gone.html").write_text("of a lesson that was taken out")
    again = publisher.build(course, tmp_path / "again", work=work, only=[LESSON])
    assert again.ran == ()
    names = sorted(p.relative_to(site) for p in site.rglob("*") if p.is_file())
    assert names == sorted(
        p.relative_to(again.folder) for p in again.folder.rglob("*") if p.is_file()
    )
    pages = [name for name in names if name.suffix == ".html"]
    assert [n for n in pages if (site / n).read_bytes() != (again.folder / n).read_bytes()] == []


# ---------------------------------------------------------------- its readers


PAGE = f"lessons/{LESSON}.html"
WITHOUT = "Show the result without predicting"
MOST = 1_500_000


@pytest.fixture(scope="module")
def address(site):
    with audit.served(site) as address:
        yield address


@pytest.fixture
def open_page(page, address):
    """Open a page; what it asked for is in `page.asked`, with the bytes that came."""
    page.asked = {}
    page.on("response", lambda answer: page.asked.update({answer.url: answer}))

    def opened(name=PAGE):
        page.goto(address + name)
        return page

    return opened


def scroll_through(page):
    height = page.evaluate("document.documentElement.scrollHeight")
    for place in range(0, height, 1500):
        page.evaluate(f"scrollTo(0, {place})")
        page.wait_for_timeout(20)
    wait_for(page, "[...document.images].every((i) => i.complete || !i.checkVisibility())")


def explorer(page):
    """The first explorer; it waits for the prediction above it."""
    shown = page.locator(".ipx").first
    waits = page.locator(".course-output", has=shown).first.get_by_role("button", name=WITHOUT)
    if waits.is_visible():
        waits.click()
    shown.scroll_into_view_if_needed()
    return shown


def words(shown):
    return shown.locator(".ipx-words").inner_text()


@in_browser
def test_a_lesson_asks_its_own_host_only_and_is_light(open_page, address):
    page = open_page()
    scroll_through(page)
    assert [url for url in page.asked if not url.startswith((address, "data:"))] == []
    assert [url for url, answer in page.asked.items() if not answer.ok] == []
    weight = sum(len(answer.body()) for answer in page.asked.values())
    assert 300_000 < weight < MOST
    assert page.problems == []


@in_browser
def test_pictures_have_two_pixels_for_each_of_the_page_and_words_for_the_blind(open_page):
    page = open_page()
    scroll_through(page)
    shown = page.evaluate(
        """[...document.querySelectorAll('article img')].filter((i) => i.checkVisibility())
           .map((i) => [i.naturalWidth / i.clientWidth, i.alt.length])"""
    )
    assert len(shown) > 4
    assert all(sharp >= 2 and spoken > 40 for sharp, spoken in shown)


@in_browser
def test_a_preset_and_the_lead_slider_move_picture_words_and_table(open_page):
    page = open_page()
    shown = explorer(page)
    before = len(page.asked)
    assert words(shown).startswith("The index is")
    shown.get_by_role("button", name="Economist").focus()
    page.keyboard.press("Enter")
    assert shown.locator(".ipx-now .ipx-title").inner_text().startswith("2019 ranks first")
    assert "Weight of UN votes 0.20" in shown.locator(".ipx-rest").inner_text()
    slider = shown.get_by_role("slider", name="Weight of trade")
    assert slider.get_attribute("aria-valuetext") == "1.00"
    economist = words(shown)
    slider.focus()
    page.keyboard.press("Home")
    assert words(shown) != economist
    assert "0% for Trade" in words(shown)
    wait_for(page, "document.querySelector('.ipx-words').ariaBusy === 'false'")
    assert len(page.asked) > before  # its pictures came when they were needed
    shown.get_by_text("The numbers as a table").click()
    assert shown.locator(".ipx-table tr").count() == 10
    shown.get_by_role("button", name="Ranks only").click()
    assert "rank puts" in words(shown)
    shoot(page, "site-explorer")
    assert page.problems == []


@in_browser
def test_a_finger_moves_the_slider(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address + PAGE)
    slider = explorer(page).get_by_role("slider")
    slider.evaluate("(slider) => slider.scrollIntoView({ block: 'center' })")
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    assert float(slider.get_attribute("aria-valuetext")) >= 0.8
    context.close()


@in_browser
def test_the_figure_that_answers_waits_for_the_prediction(open_page):
    page = open_page()
    asked = page.locator(".ipp").first
    answer = page.locator(".ipp-held").first
    waits = page.locator(".ipp-waits").first
    assert not answer.get_by_role("img").is_visible()
    assert waits.inner_text().startswith("The result stands here as soon as you predict")
    asked.get_by_role("radio", name="two").check()
    asked.get_by_role("button", name="Keep my prediction").click()
    assert "You said two" in asked.inner_text()
    assert answer.get_by_role("img").is_visible()
    assert not waits.is_visible()


#: Between this question and its answer stand an explorer, a task and two tables.
LAST = "alignment-first"


def results(page):
    """Everything that Python shows between the last question of the lesson and its answer."""
    return page.locator(f".ipp-waits + .ipp-held[data-answers={LAST}]")


def open_of(page):
    """Return which of these results can be read."""
    return [each.locator("> *").first.is_visible() for each in results(page).all()]


@in_browser
def test_whatever_python_shows_waits_from_the_question_down_to_its_answer(open_page):
    page = open_page()
    assert open_of(page) == [False] * 4
    assert not page.locator(".ipx").first.is_visible()
    shown = page.get_by_text("Press Keep as A and compare")
    assert shown.is_visible()  # a task is no result
    page.get_by_role("radio", name="2014").check()
    page.locator(f"#ipp-{LAST}").get_by_role("button", name="Keep my prediction").click()
    assert open_of(page) == [True] * 4
    assert page.locator(".ipx").first.is_visible()
    assert page.problems == []


@in_browser
def test_a_result_is_shown_without_predicting_by_keyboard_and_stays(open_page):
    page = open_page()
    waits = page.locator(f".ipp-waits:has(+ .ipp-held[data-answers={LAST}])")
    waits.first.scroll_into_view_if_needed()
    shoot(page, "site-waits")
    waits.nth(2).get_by_role("button", name=WITHOUT).focus()
    page.keyboard.press("Enter")
    assert open_of(page) == [True] * 4
    assert results(page).nth(2).evaluate("(result) => result === document.activeElement")
    asked = page.locator(f"#ipp-{LAST}")
    assert asked.locator(".ipp-status").inner_text() == "You looked without predicting."
    reopen(page)
    assert open_of(page) == [True] * 4
    assert not page.locator(".ipp-held").first.locator("> *").first.is_visible()
    page.get_by_role("button", name="Forget my predictions").click()
    page.get_by_role("button", name="Yes, forget them").click()
    assert open_of(page) == [False] * 4


@in_browser
def test_what_is_searched_for_in_the_page_is_found_and_the_prediction_stays_open(open_page):
    page = open_page()
    results(page).nth(1).evaluate("(result) => (result.querySelector('table').id = 'sought')")
    page.evaluate("location.hash = 'sought'")  # as a browser does that has found a word
    wait_for(page, "document.getElementById('sought').checkVisibility()")
    assert open_of(page) == [False, True, False, False]
    assert page.locator(".ipp-waits:visible").count() == page.locator(".ipp-waits").count() - 1
    asked = page.locator(f"#ipp-{LAST}")
    assert asked.get_by_role("button", name="Keep my prediction").is_visible()


@in_browser
def test_on_paper_every_result_is_open(open_page):
    page = open_page()
    page.emulate_media(media="print")
    held = page.locator(".ipp-held > *")
    assert held.count() > 10
    assert all(each.is_visible() for each in held.all())
    assert page.locator(".ipp-waits:visible").count() == 0


@in_browser
def test_nothing_moves_and_links_lead_to_their_section_before_and_after_predicting(open_page, page):
    page.add_init_script(_MOVED)
    for _ in ("nothing was predicted yet", "every result is open"):
        open_page()
        scroll_through(page)
        assert page.evaluate("moved") < 0.05
        page.evaluate("document.querySelectorAll('.ipp-waits button').forEach((l) => l.click())")
        page.goto("about:blank")
        open_page(f"{PAGE}#one-index")
        page.wait_for_timeout(300)
        top = page.locator("#one-index").evaluate("(s) => s.getBoundingClientRect().top")
        assert 0 <= top < 60
        page.goto("about:blank")


_MOVED = """
  moved = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) moved += shift.value;
  }).observe({ type: 'layout-shift', buffered: true });
"""


@in_browser
def test_a_reader_without_scripts_has_every_figure_its_words_and_table(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    figures = page.locator("figure.indopacific-figure")
    assert figures.count() >= 12
    for figure in figures.all():
        assert figure.is_visible()
        assert len(figure.get_by_role("img").get_attribute("alt")) > 40
        assert figure.locator("table tr").count() >= 3
    assert all(held.is_visible() for held in page.locator(".ipp-held > *").all())
    assert page.locator(".ipp-waits").count() == 0
    assert page.get_by_role("slider").count() == 0
    assert page.locator(".ipx-moves").is_visible()
    assert page.locator(".ipx-still caption").all_inner_texts() == ["Controls", "Presets"]
    context.close()


@in_browser
@pytest.mark.parametrize("mode", audit.MODES)
def test_axe_finds_nothing_on_any_page_with_everything_unfolded(browser, site, address, mode):
    assert list(audit.faults(browser, site, address, mode)) == []


@in_browser
@pytest.mark.parametrize("window", [audit.PHONE, audit.NARROW])
def test_nothing_is_wider_than_a_phone_or_a_page_at_400_percent(browser, site, address, window):
    assert list(audit.too_wide(browser, site, address, window)) == []


@in_browser
def test_every_link_within_the_site_leads_to_a_place_that_can_be_seen(browser, site, address):
    assert list(audit.astray(browser, site, address)) == []


@in_browser
def test_on_a_phone_figures_stay_readable_and_scroll_by_keyboard_in_their_own_box(browser, address):
    context = browser.new_context(viewport=audit.PHONE)
    page = context.new_page()
    page.goto(address + PAGE)
    explorer(page)
    for box in (
        page.locator(".ipx-now .course-figure").first,
        page.locator(".course-output > .indopacific-figure .course-figure").first,
    ):
        box.scroll_into_view_if_needed()
        # A label of the picture has 13 of its 814 pixels.
        assert box.get_by_role("img").bounding_box()["width"] * 13 / 814 > 9
        wait_for(page, "document.querySelector('.ipx-now .course-figure').tabIndex === 0")
        box.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)
        assert box.evaluate("(box) => box.scrollLeft") > 0
    context.close()


@in_browser
def test_keys_stop_only_at_what_is_too_wide_for_its_place(open_page):
    page = open_page()
    page.wait_for_timeout(200)
    stops = page.evaluate(
        """[...document.querySelectorAll('.course-wide, article pre')]
           .filter((box) => box.checkVisibility({ contentVisibilityAuto: true }))
           .filter((box) => (box.tabIndex === 0) !== (box.scrollWidth > box.clientWidth))
           .map((box) => box.outerHTML.slice(0, 80))"""
    )
    assert stops == []


@in_browser
def test_figures_do_not_glare_in_the_dark(browser, address):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + PAGE)
    light = page.evaluate(
        """[...document.querySelectorAll('.course-output img')]
           .map((image) => getComputedStyle(image).opacity)"""
    )
    assert len(light) > 4
    assert set(light) == {"0.85"}
    context.close()


@in_browser
def test_the_pages_work_from_a_folder_on_a_disk_search_included(page, site):
    page.goto((site / "search.html").as_uri() + "?q=abstentions")
    found = page.locator("#search-results a")
    found.first.wait_for()
    assert any(f"lessons/{LESSON}.html" in link.get_attribute("href") for link in found.all())
    assert not any("solutions/" in link.get_attribute("href") for link in found.all())
    page.goto((site / PAGE).as_uri())
    shown = explorer(page)
    shown.get_by_role("button", name="Diplomat").click()
    assert shown.locator(".ipx-now .ipx-title").inner_text().startswith("2017 ranks first")


# ---------------------------------------------------------------- the index


def test_the_index_leads_to_every_claim_figure_and_explorer_of_the_lesson(site):
    page = text(site, "course-index")
    lesson = text(site, f"lessons/{LESSON}")
    figures = {
        html.unescape(title)
        for title in re.findall(r"<figure.*?<figcaption><p><strong>([^<]+)", lesson, re.DOTALL)
    }
    named = html.unescape(page)
    ours = {title for title in figures if f"{title.removesuffix('.')}" in named}
    # The picture of an explorer changes with every slider: the explorer is named instead.
    assert len(ours) >= len(figures) - lesson.count("<code>explore(") - 1 > 5
    assert "A composite index of China-Russia alignment" in page
    for number in range(1, 38):
        assert f'href="claims.html#c{number:02}"' in page


def test_every_link_of_the_index_leads_somewhere(site):
    links = set(re.findall(r"<li>.*?</li>", text(site, "course-index"), re.DOTALL))
    targets = {target for entry in links for target in re.findall(r'href="([^"]+)"', entry)}
    wanted = {target for target in targets if "#" in target and not target.startswith("http")}
    assert len(wanted) > 60
    pages = {}
    for target in wanted:
        name, _, place = target.partition("#")
        source = pages.setdefault(name, text(site, name.removesuffix(".html")) if name else "")
        assert not name or f'id="{place}"' in source, target
