"""The course as a student meets it: JupyterLab, lesson, explorer, exercise, formgrader."""

import json
import re

import pytest

from tests.browser.accessibility import violations
from tests.browser.session import (
    look_at,
    open_course,
    open_notebook,
    run_all,
    shoot,
    wait_for,
)
from tests.room import git

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSON = "lessons/01-alignment.ipynb"
EXERCISE = "01-alignment"


@pytest.fixture(scope="module")
def lesson(lab, browser):
    """Lesson 01, run whole."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 1100}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    open_notebook(page, lab, LESSON)
    run_all(page)
    yield page
    context.close()


@pytest.fixture
def face(lesson):
    """The lesson's explorer, at its first setting, with its pictures painted ahead."""
    look_at(lesson, ".ipx")
    face = lesson.locator(".ipx").first
    face.get_by_role("button", name="Reset").click()
    wait_for(lesson, "document.querySelector('.ipx-ahead').hidden", seconds=60)
    return face


def shown(face):
    image = face.locator(".ipx-now img")
    return (
        face.locator(".ipx-words").inner_text(),
        face.locator(".ipx-title").last.inner_text(),
        image.get_attribute("src"),
        image.get_attribute("alt"),
    )


def wait_for_change(page, face, before):
    for _ in range(100):
        if shown(face)[2] != before[2]:
            return shown(face)
        page.wait_for_timeout(50)
    raise AssertionError(f"Nothing changed: {before}")


def tab_names(page):
    """Return what the open tabs are called, as a screen reader has it: with generated words."""
    return page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel").evaluate_all(
        "(labels) => labels.map((label) =>"
        " getComputedStyle(label, '::before').content.replaceAll('\"', '') + label.textContent)"
    )


def menu_items(page, menu):
    page.get_by_role("menuitem", name=menu, exact=True).click()
    names = page.locator(".lm-Menu-itemLabel").all_inner_texts()
    page.keyboard.press("Escape")
    return [name for name in names if name]


def test_lab_opens_on_the_first_lesson_without_anything_in_the_way(lab, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{lab.address}lab?token={lab.token}")
    page.wait_for_selector(".jp-Notebook .jp-MarkdownCell", timeout=60_000)
    page.wait_for_timeout(3000)
    shoot(page, "lab-first-page")
    assert tab_names(page) == ["Lesson 00-start-here.ipynb"]
    assert page.locator(".Toastify__toast").count() == 0
    assert page.locator("dialog.jp-Dialog").count() == 0
    assert page.problems == []
    notebook = page.locator(".jp-NotebookPanel").bounding_box()
    assert notebook["width"] > 900
    assert page.get_by_role("tab", name=re.compile("Table of Contents")).is_visible()


def test_a_learner_finds_own_copies_and_no_tools_of_instructors(lab, page):
    page.goto(f"{lab.address}lab?token={lab.token}")
    page.wait_for_selector(".jp-DirListing-item")
    listed = page.locator(".jp-DirListing-itemName").all_inner_texts()
    kept = {"codings", "predictions"}  # there once a learner has made one, in whichever test
    assert [name for name in listed if name not in kept] == [
        "data",
        "exercises",
        "lessons",
        "README.md",
    ]
    assert menu_items(page, "Nbgrader") == ["Assignment List"]
    page.get_by_role("tab", name=re.compile("Table of Contents")).click()
    page.get_by_role("treeitem", name=re.compile("When something goes wrong")).wait_for()
    shoot(page, "lab-table-of-contents")
    assert page.locator(".jp-DirListing-item").first.is_visible()  # both at once
    page.get_by_text("README.md", exact=True).dblclick()
    page.get_by_role("heading", name="The map").wait_for()
    assert page.locator(".jp-MarkdownViewer img").count() == 0  # no picture that would be broken
    page.locator(".jp-MarkdownViewer").get_by_role("link", name="01 Alignment").first.click()
    page.get_by_role("heading", name=re.compile("^Alignment: how close")).wait_for()
    shoot(page, "lab-readme-link")
    assert "Lesson 01-alignment.ipynb" in tab_names(page)


def test_lesson_01_runs_whole_without_an_error(lesson):
    assert lesson.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert lesson.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert lesson.get_by_text("Click to show javascript error").count() == 0
    assert lesson.problems == []
    shoot(lesson, "lesson-01-end")


def test_the_lead_slider_is_dragged_by_mouse(lesson, face):
    before = shown(face)
    slider = face.get_by_role("slider", name="Weight of trade")
    slider.hover()  # scrolls it into view and waits until nothing moves it any more
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    lesson.mouse.move(box["x"] + box["width"] / 2, middle)
    lesson.mouse.down()
    lesson.mouse.move(box["x"] + box["width"] * 0.95, middle, steps=20)
    lesson.mouse.up()
    after = wait_for_change(lesson, face, before)
    assert after[0] != before[0]
    assert after[3] != before[3]
    assert float(slider.get_attribute("aria-valuetext")) > 0.8
    shoot(lesson, "lesson-01-explorer-dragged")


@pytest.mark.parametrize("name", ["Weight of trade", "Weight of arms", "Weight of UN votes"])
def test_every_slider_moves_by_keyboard_to_both_ends(lesson, face, name):
    slider = face.get_by_role("slider", name=name)
    for key, end in (("End", "max"), ("Home", "min")):
        before = shown(face)
        slider.focus()
        lesson.keyboard.press(key)
        assert slider.input_value() == slider.get_attribute(end)
        wait_for_change(lesson, face, before)


def test_arrow_keys_belong_to_the_slider_and_not_to_the_notebook(lesson, face):
    slider = face.get_by_role("slider", name="Weight of trade")
    slider.focus()
    lesson.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "0.51"
    assert slider.evaluate("(input) => document.activeElement === input")


def test_menus_change_picture_and_words(lesson, face):
    before = shown(face)
    face.get_by_role("combobox", name="Normalisation").select_option("rank")
    assert "Normalisation rank" in wait_for_change(lesson, face, before)[0]


def test_presets_set_every_control(lesson, face):
    before = shown(face)
    face.get_by_role("button", name="Diplomat").click()
    assert "0% for Trade, 50% for UN votes" in wait_for_change(lesson, face, before)[0]
    assert face.get_by_role("slider", name="Weight of arms").input_value() == "0"


def test_compare_keeps_a_while_the_reader_moves_on(lesson, face):
    before = shown(face)
    face.get_by_role("button", name="Keep as A").click()
    face.get_by_role("button", name="Arms watcher").click()
    wait_for_change(lesson, face, before)
    assert face.locator(".ipx-kept img").get_attribute("src") == before[2]
    assert "Weight of arms 0.50" in face.locator(".ipx-kept .ipx-note").inner_text()
    assert "Weight of arms 1.00" in face.locator(".ipx-now .ipx-note").inner_text()
    face.scroll_into_view_if_needed()
    shoot(lesson, "lesson-01-explorer-compared")


def test_copied_code_is_the_call_that_gives_this_state(lesson, face):
    before = shown(face)
    face.get_by_role("button", name="Ranks only").click()
    wait_for_change(lesson, face, before)
    face.get_by_role("button", name="Copy as code").click()
    call = 'explore("alignment", normaliser="rank")'
    assert face.locator(".ipx-code").inner_text() == call
    lesson.wait_for_timeout(200)
    assert lesson.evaluate("navigator.clipboard.readText()") == call


def test_reset_returns_to_the_first_setting(lesson, face):
    before = shown(face)
    face.get_by_role("button", name="Economist").click()
    wait_for_change(lesson, face, before)
    face.get_by_role("button", name="Reset").click()
    lesson.wait_for_timeout(200)
    assert shown(face) == before


def test_a_fast_drag_ends_where_the_hand_ends(lesson, face):
    slider = face.get_by_role("slider", name="Weight of ideal points")
    slider.focus()
    for _ in range(50):
        lesson.keyboard.press("ArrowLeft")
    wait_for(
        lesson,
        "document.querySelector('.ipx-words').textContent.includes('0% for Ideal points')",
        seconds=5,
    )
    assert slider.get_attribute("aria-valuetext") == "0.00"


def test_axe_finds_nothing_in_what_the_course_renders(lesson, face):
    for summary in lesson.locator(".ipx summary, .indopacific-figure summary").all():
        summary.click()
    assert lesson.locator(".indopacific-figure").count() >= 3
    parts = (".ipx", ".indopacific-figure", ".jp-MarkdownOutput", ".jp-RenderedHTML")
    present = [part for part in parts if lesson.locator(part).count()]
    assert violations(lesson, *present) == []


def test_every_picture_of_the_lesson_has_an_alternative_text(lesson):
    texts = lesson.locator(".jp-OutputArea-output img:visible").evaluate_all(
        "(images) => images.map((image) => image.alt)"
    )
    assert texts
    assert all(len(text) > 40 for text in texts)


def test_a_page_loaded_again_shows_what_the_controls_say(lab, browser):
    page = browser.new_page()
    open_notebook(page, lab, LESSON)
    run_all(page)
    look_at(page, ".ipx")
    face = page.locator(".ipx").first
    face.get_by_role("combobox", name="Normalisation").select_option("rank")
    wait_for(page, "document.querySelector('.ipx-words').textContent.includes('rank')")
    page.wait_for_timeout(1000)
    page.locator("[data-command='docmanager:save']").first.click()
    page.wait_for_timeout(1000)
    open_notebook(page, lab, LESSON)
    look_at(page, ".ipx")
    face = page.locator(".ipx").first
    wait_for(page, "document.querySelector('.ipx-now img').complete")
    assert "Normalisation rank" in face.locator(".ipx-words").text_content()
    assert "Normalisation rank" in face.locator(".ipx-now img").get_attribute("alt")
    assert face.get_by_role("combobox", name="Normalisation").input_value() == "rank"
    page.close()


def test_a_stopped_kernel_is_said_in_words(lab, browser):
    page = browser.new_page()
    open_notebook(page, lab, "lessons/00-start-here.ipynb")
    run_all(page)
    look_at(page, ".ipx")
    face = page.locator(".ipx").first
    wait_for(page, "document.querySelector('.ipx-ahead').hidden", seconds=60)
    kernels = page.request.get(f"{lab.address}api/sessions?token={lab.token}").json()
    (session,) = [each for each in kernels if each["path"] == "lessons/00-start-here.ipynb"]
    page.request.delete(f"{lab.address}api/sessions/{session['id']}?token={lab.token}")
    face.get_by_role("slider", name="Weight of trade").focus()
    page.keyboard.press("End")
    assert "40% for Trade" in face.locator(".ipx-words").inner_text()
    face.get_by_role("combobox", name="Aggregation").select_option("geometric")
    wait_for(page, "document.querySelector('.ipx-status').textContent.includes('run this cell')")
    page.close()


def test_a_lesson_that_was_run_and_saved_is_the_learner_s_and_not_the_course_s(lab, lesson):
    lesson.keyboard.press("Escape")
    lesson.locator("[data-command='docmanager:save']").first.click()
    own = lab.course / "my-work" / LESSON
    # An autosave of the page as it was before it was loaded again may have been quicker: JupyterLab
    # then asks which of the two to keep.
    keep_mine = lesson.locator(".jp-Dialog button", has_text="Overwrite")
    for _ in range(100):
        if keep_mine.count():
            keep_mine.first.click()
        elif '"image/png"' in own.read_text(encoding="utf-8"):
            break
        lesson.wait_for_timeout(100)
    # The dialog can come a moment after the file was seen.
    lesson.wait_for_timeout(1500)
    if keep_mine.count():
        keep_mine.first.click()
    assert '"outputs": [\n    {' in own.read_text(encoding="utf-8")
    assert git(lab.course, "status", "--porcelain") == ""


def test_a_lesson_s_link_opens_the_learner_s_exercise_and_the_tabs_tell_them_apart(lesson):
    lesson.get_by_role("link", name=re.compile(f"Open exercise {EXERCISE}")).last.click()
    lesson.get_by_role("heading", name=re.compile("Exercise 01")).wait_for()
    # A tab has its path, and so its first word, when the file has been read.
    lesson.locator(".lm-TabBar-tab[title*='Path: exercises/']").first.wait_for()
    shoot(lesson, "lesson-and-exercise")
    assert tab_names(lesson) == ["Lesson 01-alignment.ipynb", "Exercise 01-alignment.ipynb"]
    lesson.get_by_role("link", name="lesson 01", exact=True).first.click()
    wait_for(lesson, "/lessons\\/01-alignment/.test(location.pathname)")
    assert len(tab_names(lesson)) == 2


# --- the exercise --------------------------------------------------------------------------------


def answer(lab, *, wrong=()):
    """Put the reference answers into the learner's copy, but for the items in `wrong`."""
    source = lab.course / "solutions" / EXERCISE / f"{EXERCISE}.ipynb"
    own = lab.course / "my-work" / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    solved = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in json.loads(source.read_text(encoding="utf-8"))["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    released = lab.course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    notebook = json.loads(released.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        item = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if item in solved and item not in wrong:
            cell["source"] = [
                line
                for line in "".join(solved[item]).splitlines(keepends=True)
                if not re.match(r"\s*#+ (BEGIN|END) (SOLUTION|MARK SCHEME)", line)
            ]
    own.write_text(json.dumps(notebook), encoding="utf-8")
    return own


def validate(page):
    page.get_by_role("button", name="Validate").or_(page.get_by_text("Validate")).first.click()
    page.wait_for_selector("dialog.jp-Dialog", timeout=120_000)
    wait_for(
        page,
        "!/Validating/i.test(document.querySelector('dialog.jp-Dialog').innerText)",
        seconds=120,
    )
    return page.locator("dialog.jp-Dialog").inner_text()


def first_item(lab):
    notebook = lab.course / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return next(each["grade_id"] for each in marks if each.get("solution"))


def test_validate_fails_on_a_wrong_answer_and_passes_on_the_right_ones(lab, page):
    notebook = f"exercises/{EXERCISE}/{EXERCISE}.ipynb"
    answer(lab, wrong=[first_item(lab)])
    open_notebook(page, lab, notebook)
    said = validate(page)
    shoot(page, "exercise-01-validate-wrong")
    assert "failed" in said.lower()
    assert first_item(lab) in said or "answer" in said.lower()
    answer(lab)
    open_notebook(page, lab, notebook)
    said = validate(page)
    shoot(page, "exercise-01-validate-right")
    assert "success" in said.lower()
    assert "failed" not in said.lower()


def test_a_cell_of_an_exercise_marks_it(lab, page):
    own = answer(lab, wrong=[first_item(lab)])
    notebook = json.loads(own.read_text(encoding="utf-8"))
    notebook["cells"].insert(
        0,
        {
            "cell_type": "code",
            "id": "ask",
            "metadata": {},
            "source": f"from indopacific import selfcheck\nselfcheck({EXERCISE!r})",
            "outputs": [],
            "execution_count": None,
        },
    )
    own.write_text(json.dumps(notebook), encoding="utf-8")
    open_notebook(page, lab, f"exercises/{EXERCISE}/{EXERCISE}.ipynb")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    report = page.get_by_role("region", name=f"Check of exercise {EXERCISE}")
    report.wait_for(timeout=60_000)
    assert page.locator(".jp-OutputArea-output").count() == 1
    shoot(page, "exercise-01-selfcheck")
    assert report.get_by_role("rowheader").count() == 10
    assert report.get_by_role("heading", level=4).count() == 2  # the wrong one, and the argument
    assert "saved" in report.inner_text()
    assert "**" not in report.inner_text()
    assert violations(page, "section[aria-label^='Check of exercise']") == []


# --- the instructor's lab ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office():
    with open_course(instructor=True) as opened:
        yield opened


def test_an_instructor_has_every_file_and_every_panel(office, page):
    page.goto(f"{office.address}lab?token={office.token}")
    page.wait_for_selector(".jp-Notebook .jp-MarkdownCell", timeout=60_000)
    page.wait_for_selector(".jp-DirListing-item")
    listed = page.locator(".jp-DirListing-itemName").all_inner_texts()
    assert {"solutions", "exercises", "lessons", "nbgrader_config.py"} <= set(listed)
    assert {"Formgrader", "Course List"} <= set(menu_items(page, "Nbgrader"))
    shoot(page, "lab-instructor")


def test_the_formgrader_lists_the_assignment(office, page):
    page.goto(f"{office.address}formgrader?token={office.token}")
    page.get_by_role("link", name=EXERCISE).or_(page.get_by_text(EXERCISE)).first.wait_for()
    shoot(page, "formgrader")
    assert "01-alignment" in page.locator("body").inner_text()
