"""Looks at every page of a built site for what shuts readers out, with everything unfolded.

The tests do this on one small site; maintainers on the whole one, after `python3 course.py site`:
``python -m tests.publishing.audit`` (some minutes).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import Browser

from tests.browser.accessibility import violations
from tests.browser.session import open_browser

#: How readers see pages, apart from the plain way.
MODES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}

# A window of 1280 by 1024 at 400 %.
NARROW = {"width": 320, "height": 256}
PHONE = {"width": 390, "height": 844}

_OPEN = """document.querySelectorAll('details, .ipp-held, .ipp-waits').forEach((part) => {
  part.open = true;
  part.hidden = false;
})"""
_WIDER = """[...document.querySelectorAll('article *')].filter((part) =>
  part.getBoundingClientRect().right > innerWidth + 1 && !part.closest('.course-wide, pre, '
  + '.table-wrapper, .ipx-table, .ipm-wide, .ipc-wide, svg, [style*="overflow"]'))
  .map((part) => part.outerHTML.slice(0, 90)).slice(0, 3)"""

_HIDDEN = """(marks) => marks.filter((mark) =>
  !document.getElementById(mark)?.checkVisibility())"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on this machine; yield the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def names(site: Path) -> list[str]:
    """Return every page, by its address."""
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))


def faults(browser: Browser, site: Path, address: str, mode: str) -> Iterator[str]:
    """Yield what axe-core finds wrong on any page, seen in one mode."""
    context = browser.new_context(reduced_motion="reduce", **MODES[mode])
    page = context.new_page()
    for name in names(site):
        page.goto(address + name)
        page.evaluate(_OPEN)
        yield from (f"{name}, {mode}: {each}" for each in violations(page, "html"))
    context.close()


def too_wide(browser: Browser, site: Path, address: str, window: dict[str, int]) -> Iterator[str]:
    """Yield what makes any page wider than its window; a wide part must scroll by itself."""
    context = browser.new_context(viewport=window)
    page = context.new_page()
    for name in names(site):
        page.goto(address + name)
        page.evaluate(_OPEN)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > window["width"]:
            yield f"{name}: {width} pixels wide in {window['width']}: {page.evaluate(_WIDER)}"
    context.close()


def astray(browser: Browser, site: Path, address: str) -> Iterator[str]:
    """Yield every link within the site whose place is not there, or cannot be seen there."""
    context = browser.new_context()
    page = context.new_page()
    places: dict[str, dict[str, str]] = {}
    for name in names(site):
        page.goto(address + name)
        for link in page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)"):
            target, _, mark = link.removeprefix(address).partition("#")
            if link.startswith(address):
                places.setdefault(target.partition("?")[0], {}).setdefault(unquote(mark), name)
    for target, marks in places.items():
        if not (site / target).is_file():
            yield f"{next(iter(marks.values()))}: {target} is not there"
            continue
        page.goto(address + target)
        hidden = page.evaluate(_HIDDEN, [mark for mark in marks if mark])
        yield from (f"{marks[mark]}: {target}#{mark} is not there, or folded" for mark in hidden)
    context.close()


def main(folder: str = "_site") -> int:
    """Print every fault of a site; return 1 if there is one."""
    site = Path(folder)
    found = []
    with open_browser() as browser, served(site) as address:
        for mode in MODES:
            found += faults(browser, site, address, mode)
        for window in (PHONE, NARROW):
            found += too_wide(browser, site, address, window)
        found += astray(browser, site, address)
    print("\n".join(found) or f"{len(names(site))} pages, nothing found.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
