"""An explorer in a real JupyterLab whose kernel is restarted under it."""

import nbformat
import pytest

from tests.browser.session import look_at, open_notebook, run_all, shoot, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RESTARTS = "document.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status === 'idle'"


def test_after_a_restart_the_frames_move_and_the_rest_says_what_to_do(lab, page):
    cell = nbformat.v4.new_code_cell('from indopacific import explore\nexplore("alignment")')
    notebook = nbformat.v4.new_notebook(
        cells=[cell],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, lab.course / "my-work" / "lessons" / "restarted.ipynb")
    open_notebook(page, lab, "lessons/restarted.ipynb")
    run_all(page)
    look_at(page, ".ipx")
    wait_for(page, "document.querySelector('.ipx-ahead').hidden", seconds=60)
    face = page.locator(".ipx").first
    # Whoever touches another slider has pictures painted along that one.
    face.get_by_role("slider", name="Weight of UN votes").focus()
    wait_for(page, "document.querySelector('.ipx-ahead').textContent.includes('UN votes')")
    wait_for(page, "document.querySelector('.ipx-ahead').hidden", seconds=60)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    page.wait_for_timeout(1500)
    wait_for(page, RESTARTS)
    face.get_by_role("slider", name="Weight of UN votes").focus()
    page.keyboard.press("Home")
    assert "0% for UN votes" in face.locator(".ipx-words").inner_text()
    face.get_by_role("button", name="Reset").click()
    face.get_by_role("slider", name="Weight of trade").focus()
    page.keyboard.press("End")
    assert "40% for Trade" in face.locator(".ipx-words").inner_text()
    face.get_by_role("slider", name="Weight of arms").focus()
    page.keyboard.press("End")
    wait_for(page, "document.querySelector('.ipx-status').textContent.includes('run this cell')")
    said = face.locator(".ipx-status").inner_text()
    assert "restarted" in said
    assert "Shift+Enter" in said
    notice, picture = (face.locator(part).bounding_box() for part in (".ipx-notice", ".ipx-now"))
    assert 0 <= picture["y"] - (notice["y"] + notice["height"]) < 12
    shoot(page, "explorer-restarted")
    face.get_by_role("button", name="Back to this picture's setting").click()
    face.get_by_role("slider", name="Weight of trade").focus()
    page.keyboard.press("Home")
    assert "0% for Trade" in face.locator(".ipx-words").inner_text()
    assert page.problems == []
