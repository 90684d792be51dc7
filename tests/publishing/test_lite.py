"""The in-browser edition, as its reader meets it: other hosts are out of reach for this browser.

One site is built with it, from files whose sha256 the course knows; a browser then runs a lesson,
does an exercise and hands it in. `tests/wasm` runs every lesson and exercise in it.
"""

import json
import shutil
import threading
import zipfile
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO

import pytest

from indopacific.grading.preflight import preflight
from indopacific.publishing import bundle, editions, lite, runtime
from indopacific.publishing.serving import Pages
from tests.browser.session import CONNECTED, shoot, wait_for
from tests.publishing.conftest import LESSON

in_browser = pytest.mark.browser

EXERCISE = f"exercises/{LESSON}/{LESSON}.ipynb"
TYPED = "doubtful = 'b'"


@pytest.fixture(scope="module")
def edition(course, site, work, tmp_path_factory):
    """The site with the edition; the lesson has run for the other site already."""
    own = tmp_path_factory.mktemp("lite")
    shutil.copytree(work / "shown", own / "work" / "shown")
    return editions.with_lite(
        course,
        own / "_site",
        editions.Source(),
        only=[LESSON],
        work=own / "work",
        lite_work=own / "lite",
    ).folder


@pytest.fixture(scope="module")
def address(edition):
    class Quiet(Pages):
        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(edition))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# ---------------------------------------------------------------- what is in it


def test_every_file_of_python_is_the_one_that_the_lock_names(edition):
    home = edition / "lite" / "static" / "pyodide"
    locked = json.loads((home / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    for one in locked.values():
        assert lite.Wheel("", (home / one["file_name"]).read_bytes()).sha256 == one["sha256"]
        assert {each.replace("_", "-") for each in one["depends"]} <= set(locked)
    for name, expected in runtime.table()["core"].items():
        assert lite.Wheel("", (home / name).read_bytes()).sha256 == expected


def test_no_solution_and_no_hidden_test_is_in_it(course, edition):
    shown = edition / "lite" / "files"
    files = {str(f.relative_to(shown)): f.read_bytes() for f in shown.rglob("*") if f.is_file()}
    (wheel,) = (edition / "lite").rglob("indopacific-*.whl")
    with zipfile.ZipFile(BytesIO(wheel.read_bytes())) as packed:
        files |= {name: packed.read(name) for name in packed.namelist()}
    assert len(files) > 150
    assert bundle.leaks(files, bundle.secrets(course)) == []
    assert not [name for name in files if "solutions/" in name or "grading/" in name]


def test_what_has_not_changed_is_not_built_again(course, edition):
    work = edition.parent / "lite"
    assert not lite.make(course, work, editions.Source().get).again


def test_a_secret_in_the_course_stops_the_build(course, tmp_path, monkeypatch):
    monkeypatch.setattr(
        bundle, "secrets", lambda course: {"## The question of this lesson", "import pandas as pd"}
    )
    with pytest.raises(lite.NoLite, match="a secret would go along"):
        lite.make(course, tmp_path, editions.Source().get)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_the_one_of_the_table_is_not_kept(tmp_path):
    with pytest.raises(runtime.NoRuntime, match="is not the file that pyodide.json names"):
        runtime._keep(b"another", tmp_path / "numpy.whl", "0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_lock_is_no_distribution(tmp_path):
    with pytest.raises(runtime.NoRuntime, match="not a Pyodide distribution"):
        runtime.from_distribution(str(tmp_path), tmp_path / "cache")


def test_a_small_site_leaves_the_official_files_to_their_host():
    cache = runtime.cache_folder()
    made = runtime.from_host(cache, "https://host.example/full")
    there = {name for name, one in made.packages.items() if one["file_name"].startswith("https:")}
    assert {"numpy", "pandas", "matplotlib", "ipython"} <= there
    assert "anywidget" not in there
    assert sum(file.stat().st_size for file in made.files) < 5e6
    assert (
        lite.settings(made)["jupyter-config-data"]["litePluginSettings"][lite.KERNEL]["pyodideUrl"]
        == "https://host.example/full/pyodide.mjs"
    )


# ---------------------------------------------------------------- in the browser


def open_lite(page, address, path):
    page.goto(f"{address}lite-start.html?open={path}")
    link = page.locator("a.course-lite-open")
    link.click()
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    # What is run before there is a kernel is not run at all.
    wait_for(page, CONNECTED, seconds=90)


def run(page, name):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=name, exact=True).click()


def cell_with(page, text):
    return page.locator(".jp-CodeCell").filter(has_text=text).first


@in_browser
def test_the_start_page_says_when_python_cannot_start(page, edition, address):
    page.goto((edition / "lite-start.html").as_uri())
    says = page.locator("#course-lite-says")
    assert "from a folder on a disk" in says.inner_text()
    page.route("**/pyodide.mjs", lambda route: route.fulfill(status=404))
    page.goto(f"{address}lite-start.html")
    page.get_by_text("Python's files are missing").wait_for()
    page.unroute("**/pyodide.mjs")
    page.route("**/pyodide.mjs", lambda route: route.abort())
    page.goto(f"{address}lite-start.html")
    page.get_by_text("cannot be reached").wait_for()
    assert not page.locator("a.course-lite-open").is_visible()
    page.goto(f"{address}lite-start.html?explore=alert(1)")
    page.unroute("**/pyodide.mjs")
    page.reload()
    assert "alert" not in (page.locator("a.course-lite-open").get_attribute("href") or "")


@in_browser
def test_an_explorer_opens_in_python_at_the_setting_of_the_page(page, address):
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}lessons/{LESSON}.html")
    page.locator(".ipp-waits:has(+ .ipp-held .ipx) button").first.click()
    shown = page.get_by_role("group", name="Explorer: A composite index")
    shown.get_by_role("button", name="Economist").click()
    page.get_by_role("link", name="Open the full explorer in your browser").first.click()
    page.locator("a.course-lite-open").click()
    words = page.locator(".ipx-words").first
    words.wait_for(timeout=90_000)
    assert page.locator(".ipx-now .ipx-title").inner_text().startswith("2019 ranks first")
    before = words.inner_text()
    slider = page.get_by_role("slider", name="Weight of arms")
    slider.focus()
    page.keyboard.press("End")
    wait_for(page, f"document.querySelector('.ipx-words').innerText !== {json.dumps(before)}")
    shoot(page, "lite-explorer")
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


@in_browser
def test_an_exercise_fails_and_passes_its_checks_stays_and_is_handed_in(
    course, page, address, tmp_path
):
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    open_lite(page, address, f"exercises/{LESSON}")
    run(page, "Run All Cells")
    page.get_by_text("alignment-1-doubt: not answered yet.").first.wait_for(timeout=90_000)
    cell_with(page, "doubtful = ...").locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(TYPED)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    wait_for(page, "!document.body.innerText.includes('alignment-1-doubt: not answered yet.')")
    shoot(page, "lite-exercise")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    page.goto(f"{address}lite-start.html")
    link = page.get_by_role("link", name=f"Download {EXERCISE}")
    with page.expect_download() as download:
        link.click()
    handed = tmp_path / download.value.suggested_filename
    download.value.save_as(handed)
    assert handed.name == f"{LESSON}.ipynb"
    found = preflight(handed, course=course)
    assert found.problem == ""
    first, second, *_ = [task.state for task in found.tasks]
    assert first != second
    shoot(page, "lite-start")
    open_lite(page, address, f"exercises/{LESSON}")
    cell_with(page, TYPED).wait_for(timeout=30_000)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
