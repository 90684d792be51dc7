"""A line that the reader writes into an explorer, in a real JupyterLab."""

import nbformat
import pytest

from tests.browser.session import look_at, open_notebook, run_all, shoot, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_own_words_are_read_when_they_are_done_and_refused_in_words(lab, page):
    source = 'from indopacific import explore\nexplore("language", reading="own words")'
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, lab.course / "my-work" / "lessons" / "written.ipynb")
    open_notebook(page, lab, "lessons/written.ipynb")
    run_all(page)
    look_at(page, ".ipx")
    face = page.locator(".ipx").first
    title, status = (face.locator(part).first for part in (".ipx-now .ipx-title", ".ipx-status"))
    line = face.get_by_label("Own words, critical")
    before = title.inner_text()

    line.fill("transparen*")
    page.wait_for_timeout(600)
    assert title.inner_text() == before, "a line that is being written is not a setting yet"
    page.keyboard.press("Enter")
    wait_for(page, f"document.querySelector('.ipx-now .ipx-title').textContent !== {before!r}")
    shoot(page, "explorer-own-words")

    line.fill("war, *")
    page.keyboard.press("Enter")
    wait_for(
        page, "document.querySelector('.ipx-status').textContent.includes('could not be drawn')"
    )
    assert "critical: The term '*' has '*' without letters" in status.inner_text()
    shoot(page, "explorer-own-words-refused")
    face.get_by_role("button", name="Back to this picture's setting").click()
    wait_for(page, "document.querySelector('.ipx-status').textContent === ''")
    assert line.input_value() == "transparen*"

    face.get_by_role("button", name="Reset").click()
    wait_for(page, f"document.querySelector('.ipx-now .ipx-title').textContent === {before!r}")
    assert line.input_value() == "threat*, challenge*, coerc*"
    assert page.problems == []
