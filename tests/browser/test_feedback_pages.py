"""A student's page and a class's report in a real browser: no request, no script, no barrier."""

import pytest

from indopacific.grading.class_report import class_report, render
from indopacific.grading.feedback import ByHand, page
from tests.browser.accessibility import violations
from tests.browser.session import shoot
from tests.grading.practice import ARGUMENT, EXERCISE
from tests.grading.test_class_report import CLASS
from tests.grading.test_feedback import HOSTILE, display, png, result, run_cells

pytestmark = pytest.mark.browser


def feedback_page():
    by_hand = {ARGUMENT: ByHand(2.0, True, "Name a limit, too.")}
    cells = run_cells([display(png(600, 400))])
    return page(result(), student="ana", title="Exercise", cells=cells, by_hand=by_hand)


PAGES = {"feedback": feedback_page, "report": lambda: render(class_report(EXERCISE, CLASS))}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_a_page_has_no_barrier_and_asks_for_nothing(browser, tmp_path, name, scheme, width):
    file = tmp_path / f"{name}.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    shown = context.new_page()
    asked, said = [], []
    shown.on("request", lambda request: asked.append(request.url.split(",")[0]))
    shown.on("console", lambda message: said.append(message.text))
    shown.goto(file.as_uri())
    shoot(shown, f"{name}-{scheme}-{width}")
    assert violations(shown, "html") == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert set(asked) <= {file.as_uri(), "data:image/png;base64"}
    assert said == []
    context.close()


def test_what_a_student_wrote_does_not_run(browser, tmp_path):
    """The policy alone would stop it: the text is put into the page as markup here."""
    texts = "".join(text for text in HOSTILE if "alert" in text)
    markup = feedback_page().replace("<main>", f"<main>{texts}")
    file = tmp_path / "hostile.html"
    file.write_text(markup, encoding="utf-8")
    context = browser.new_context()
    shown = context.new_page()
    opened = []
    shown.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    shown.goto(file.as_uri())
    shown.mouse.move(50, 50)
    assert opened == []
    context.close()
