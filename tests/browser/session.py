"""A course of one's own in a real JupyterLab, in a real browser: for tests and benchmarks.

Everything happens in a clone of the course, so that no test writes into the repository.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.room import clone

COURSE = Path(__file__).resolve().parents[2]
SHOTS = COURSE / "_build" / "browser"

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page that asks for any other host fails, here as on a train.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)
_OPEN = (
    "import sys; from pathlib import Path; from indopacific.lab import open_lab; "
    "open_lab(Path(sys.argv[1]), browser=False, instructor='instructor' in sys.argv[2:])"
)

# Before it has a kernel, JupyterLab calls a notebook idle too.
CONNECTED = """(() => {
  const kernel = document.querySelector('.jp-Notebook-ExecutionIndicator');
  const name = document.querySelector('.jp-Toolbar-kernelName, .jp-KernelName');
  return kernel?.dataset.status === 'idle' && !/No Kernel/.test(name?.textContent ?? 'No Kernel');
})()"""
_ALL_RUN = """(() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')];
  const kernel = document.querySelector('.jp-Notebook-ExecutionIndicator');
  return kernel.dataset.status === 'idle' && prompts.length > 0
    && prompts.every((prompt) => /\\d/.test(prompt.textContent));
})()"""


# Under load, Chromium hands what one document stored to the next one too late.
_CARRY = """if (window.name) {
  localStorage.clear();
  const kept = Object.entries(JSON.parse(window.name));
  kept.forEach(([name, value]) => localStorage.setItem(name, value));
  window.name = '';
}"""


def reopen(page: Page, kept: Mapping[str, str] | None = None) -> None:
    """Open the page again: it finds what it kept before, and `kept` besides."""
    page.add_init_script(_CARRY)
    page.evaluate(
        "(kept) => { window.name = JSON.stringify({...localStorage, ...kept}); }", dict(kept or {})
    )
    page.reload()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its `course` folder, `address` and `token`.

    A path in JupyterLab leads to a file in the learner's room, `course / "my-work"`; for an
    instructor, in the course itself.
    """

    course: Path
    address: str
    token: str

    def url(self, notebook: str) -> str:
        """Address that opens one notebook, in a workspace of its own."""
        return f"{self.address}lab/workspaces/test/tree/{notebook}?token={self.token}&reset"


@contextmanager
def open_course(*, instructor: bool = False) -> Iterator[Lab]:
    """Clone the course, open it in JupyterLab, and stop and remove it at the end."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        course = clone(COURSE, Path(folder) / "course")
        # The settings of whoever runs the tests must not change what a newcomer sees.
        home = {name: str(Path(folder) / name) for name in ("HOME", "JUPYTER_CONFIG_DIR")}
        server = subprocess.Popen(
            [sys.executable, "-c", _OPEN, str(course), *(["instructor"] if instructor else [])],
            env={**os.environ, **home, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield _announced(server, course)
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.communicate()


def _announced(server: subprocess.Popen, course: Path) -> Lab:
    heard = []
    for line in server.stdout:
        heard.append(line)
        if found := re.search(r"(http://127\.0\.0\.1:\d+/)lab\?token=(\w+)", line):
            return Lab(course, found[1], found[2])
    raise RuntimeError("JupyterLab did not start:\n" + "".join(heard))


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Debian's chromium, which fetches nothing from outside."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        raise RuntimeError(f"No browser: install one of {', '.join(_BROWSERS)} (Debian: chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def open_notebook(page: Page, lab: Lab, notebook: str) -> None:
    """Open a notebook and wait until its kernel is idle."""
    page.goto(lab.url(notebook))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    wait_for(page, CONNECTED, seconds=60)


def run_all(page: Page, *, seconds: float = 90) -> None:
    """Run every cell from the Run menu, and wait until the last one has run."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    wait_for(page, _ALL_RUN, seconds=seconds)


def wait_for(page: Page, expression: str, *, seconds: float = 30) -> None:
    """Wait until a JavaScript expression is true.

    Playwright's own wait_for_function uses eval, which Jupyter's security policy forbids.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(f"Not true after {seconds:g} s: {expression}")
        page.wait_for_timeout(50)


def look_at(page: Page, selector: str) -> None:
    """Scroll until an element stays in view: JupyterLab lays cells out only as they are reached."""
    for _ in range(20):
        page.evaluate(
            "(selector) => document.querySelector(selector)?.scrollIntoView({ block: 'start' })",
            selector,
        )
        page.wait_for_timeout(300)
        box = page.locator(selector).first.bounding_box()
        if box and 0 <= box["y"] < 300:
            return
    raise TimeoutError(f"{selector} does not stay in view")


def shoot(page: Page, name: str) -> Path:
    """Keep a screenshot under _build/browser/ for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path
