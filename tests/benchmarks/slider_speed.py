"""How long a slider takes to become new pixels, in a real browser: ours and those of others.

Run as ``.venv/bin/python tests/benchmarks/slider_speed.py [EXPLORER] [--json]``; it takes about
five minutes, and wants the machine for itself. In one JupyterLab, one after the other:

ahead
    Every slider of an explorer ("alignment" unless another is named), once the pictures along it
    are painted: the script has them, and Python is asked for nothing.
reached
    The same sliders, a quarter of a second after the focus came to them from another one that was
    moved: the first step on a new slider, as a hand makes it.
asked
    The same sliders, each right after another one was moved: no picture is there, and Python paints
    it on demand. No hand is so fast: this is the slowest there is.
peers
    ``ipywidgets.interact``, ipympl, plotly and bqplot, each in a cell of its own, with the model
    and a picture of "alignment".
page
    Lesson 01 of the site, which has no Python: its lead slider, and its presets.

Times are of single moves by keyboard; `slider_watch.js` says when they begin and end. Pictures a
second are those of one drag by mouse from a tenth of the slider to nine tenths in 1.25 s, a move
every 16 ms. A slider of ten places has no more pictures than places: they are told beside.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, Locator, Page

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from indopacific.explorers import find, names  # noqa: E402
from indopacific.models.parameters import Real, declared  # noqa: E402
from tests.benchmarks.slider_peers import CELLS, missing  # noqa: E402
from tests.browser.session import (  # noqa: E402
    Lab,
    open_browser,
    open_course,
    open_notebook,
    run_all,
    wait_for,
)
from tests.publishing.audit import served  # noqa: E402

MOVES = 30
DRAG_SECONDS = 1.25
PAUSE = 60  # ms between two moves: a reader who taps a key fast
MOMENT = 250  # ms from reaching a slider, by Tab or mouse, to the first move: a fast hand

WATCH = Path(__file__).with_name("slider_watch.js").read_text(encoding="utf-8")
SITE = REPOSITORY / "_build" / "benchmarks" / "site"
LESSON = "01-alignment"

Row = dict[str, Any]


# ---------------------------------------------------------------- one slider


def watch(root: Locator, slider: Locator | None) -> None:
    """Begin a new log of the pictures in `root`."""
    handle = slider.element_handle() if slider else None
    root.evaluate("(root, slider) => watchPictures(root, slider)", handle)


def press(page: Page, key: str) -> None:
    """Press a key, and wait until its picture stands."""
    before = page.evaluate("pictureLog.pictures")
    page.keyboard.press(key)
    wait_for(page, f"pictureLog.pictures > {before}", seconds=10)


def keys(slider: Locator, count: int, *, turns: bool = True) -> list[str]:
    """Return as many arrow keys; they turn where the slider ends and, if wanted, half-way."""
    place, last = slider.evaluate("(node) => [Number(node.value ?? 50), Number(node.max ?? 100)]")
    way, pressed = 1, []
    for number in range(count):
        if (turns and number == count // 2) or not 0 <= place + way <= last:
            way = -way
        place += way
        pressed.append("ArrowRight" if way > 0 else "ArrowLeft")
    return pressed


def tap(page: Page, slider: Locator) -> None:
    """Move a slider by keyboard, one step at a time."""
    slider.focus()
    for key in keys(slider, MOVES):
        press(page, key)
        page.wait_for_timeout(PAUSE)


def sweep(page: Page, track: Locator) -> Row:
    """Drag a slider by mouse from near one end to near the other; return what was seen."""
    box = track.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2

    def reach(share: float) -> None:
        page.mouse.move(box["x"] + (0.1 + 0.8 * share) * box["width"], middle)

    reach(0)
    if track.get_attribute("type") != "range":
        # A slider of ipywidgets must be brought there by a click before it can be dragged.
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(600)
    before = page.evaluate("({ ...pictureLog })")
    page.mouse.down()
    count = round(DRAG_SECONDS / 0.016)
    start = time.monotonic()
    for number in range(1, count + 1):
        reach(number / count)
        page.wait_for_timeout(max(0, 1000 * (start + 0.016 * number - time.monotonic())))
    seconds = time.monotonic() - start
    page.mouse.up()
    page.wait_for_timeout(300)  # the last picture may be under way
    after = page.evaluate("pictureLog")
    return {
        f"{what}_s": round((after[what] - before[what]) / seconds, 1)
        for what in ("pictures", "places")
    }


def moved(times: list[float]) -> Row:
    """Return the median and the 95th percentile of single moves, in milliseconds."""
    times = sorted(times)
    half, most = (times[math.ceil(share * len(times)) - 1] for share in (0.5, 0.95))
    return {"moves": len(times), "p50_ms": round(half, 1), "p95_ms": round(most, 1)}


def measured(page: Page, root: Locator, slider: Locator, track: Locator) -> Row:
    """Measure a slider as it stands: single moves, then a drag."""
    watch(root, slider)
    tap(page, slider)
    log = page.evaluate("pictureLog")
    return {**moved(log["ready"] + log["asked"]), "asked": len(log["asked"]), **sweep(page, track)}


# ---------------------------------------------------------------- an explorer in JupyterLab


def settle(page: Page) -> None:
    """Wait until the explorer has painted all pictures along the touched slider."""
    page.wait_for_timeout(400)  # it paints all of them once the slider rests
    wait_for(page, "document.querySelector('.ipx-ahead').hidden", seconds=60)
    page.wait_for_timeout(200)


def ahead(page: Page, face: Locator, slider: Locator) -> Row:
    """Measure a slider whose pictures are all there."""
    slider.focus()
    settle(page)
    return measured(page, face, slider, slider)


def reached(page: Page, face: Locator, slider: Locator, other: Locator) -> Row:
    """Measure a slider to which the focus comes a moment before each of its moves."""
    # Pictures that the other gear has asked for do not count here: none is of such a setting.
    other.focus()
    press(page, "Home")
    settle(page)
    return asked(page, face, slider, other, moment=MOMENT)


def asked(page: Page, face: Locator, slider: Locator, other: Locator, *, moment: int = 0) -> Row:
    """Measure a slider each of whose moves follows on one of the other slider."""
    watch(face, slider)
    for first, second in zip(keys(other, MOVES, turns=False), keys(slider, MOVES), strict=True):
        other.focus()
        press(page, first)
        slider.focus()
        page.wait_for_timeout(moment)
        press(page, second)
        page.wait_for_timeout(PAUSE)
    # A slider with few places comes back to pictures that are there: those are not counted.
    times = page.evaluate("pictureLog.asked" + (".concat(pictureLog.ready)" if moment else ""))
    other.focus()
    press(page, "ArrowLeft")
    return {**moved(times), **sweep(page, slider)}


def explorer(page: Page, name: str) -> dict[str, Row]:
    """Measure every slider of an explorer that stands in a notebook, in both gears."""
    found = find(name)
    sliders = [each for each in declared(found.parameters) if isinstance(each, Real)]
    sliders.sort(key=lambda each: each.name != found.lead)
    longest = sorted(sliders, key=lambda each: -len(each.grid()))
    face = page.locator(".ipx")
    face.scroll_into_view_if_needed()
    place = {each.name: face.locator(f'input[data-name="{each.name}"]') for each in sliders}
    rows = {}
    for each in sliders:
        other = next(another for another in longest if another is not each)
        label = f"{each.label}{' (lead)' if each.name == found.lead else ''}"
        for how, gear in (("ahead", ahead), ("asked", asked), ("reached", reached)):
            face.get_by_role("button", name="Reset").click()
            settle(page)
            parts = [place[each.name]] + ([place[other.name]] if how != "ahead" else [])
            rows[f"{label}, {how}"] = gear(page, face, *parts)
    return rows


def memory(page: Page, name: str) -> Row:
    """Return what the page keeps before and after every slider stood at both its ends."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def now() -> Row:
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        (heap,) = (each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")
        kept = page.evaluate("[...pictureBytes.values()]")
        return {
            "heap_mb": round(heap / 1e6, 1),
            "pictures": len(kept),
            "pictures_mb": round(sum(kept) / 1e6, 1),
        }

    before = now()
    for slider in page.locator(".ipx input[type=range]").all():
        for key in ("Home", "End"):
            slider.focus()
            page.keyboard.press(key)
            settle(page)
    return {"before": before, "after": now()}


# ---------------------------------------------------------------- the run


def in_lab(browser: Browser, lab: Lab, name: str) -> Row:
    """Measure an explorer and its peers in one notebook."""
    opened = f"from indopacific import explore\nexplore({name!r})"
    cells = [nbformat.v4.new_code_cell(source) for source in (opened, *CELLS.values())]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, lab.course / "my-work" / "lessons" / "speed.ipynb")
    page = browser.new_page(viewport={"width": 1400, "height": 1400})
    page.add_init_script(WATCH)
    open_notebook(page, lab, "lessons/speed.ipynb")
    run_all(page)
    kept = memory(page, name)
    sliders = explorer(page, name)
    peers = {}
    for number, peer in enumerate(CELLS, start=1):
        root = page.locator(".jp-CodeCell").nth(number).locator(".jp-OutputArea").first
        root.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        handle, track = root.locator(".noUi-handle"), root.locator(".noUi-target")
        peers[peer] = measured(page, root, handle, track)
    page.close()
    return {"sliders": sliders, "peers": peers, "memory": kept}


def on_page(browser: Browser) -> dict[str, Row]:
    """Measure the lead slider and the presets of a lesson's page, which has no Python."""
    build = [sys.executable, "course.py", "site", "--only", LESSON, "--output", str(SITE)]
    subprocess.run(build, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    with served(SITE) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1400})
        page.add_init_script(WATCH)
        page.goto(f"{address}lessons/{LESSON}.html")
        while page.locator(".ipp-waits button:visible").count():
            page.locator(".ipp-waits button:visible").first.click()
        face = page.locator(".ipx").first
        face.scroll_into_view_if_needed()
        slider = face.get_by_role("slider")
        slider.focus()
        page.wait_for_load_state("networkidle")
        rows = {"lead slider": measured(page, face, slider, slider)}
        presets = face.locator(".ipx-presets").get_by_role("button").all()
        for turn in ("presets, first time", "presets, again"):
            face.get_by_role("button", name="Reset").click()
            watch(face, None)
            # The first one is where it starts.
            for preset in (*presets[1:], presets[0]):
                preset.focus()
                press(page, "Enter")
                page.wait_for_timeout(300)
            rows[turn] = moved(page.evaluate("pictureLog.ready"))
        page.close()
    return rows


def measure(name: str) -> Row:
    """Measure everything, in one browser."""
    about = {"day": str(date.today()), "processors": os.cpu_count(), "load": os.getloadavg()}
    with open_course() as lab, open_browser() as browser:
        found = in_lab(browser, lab, name)
        return {**about, "browser": browser.version, **found, "page": on_page(browser)}


def table(title: str, rows: dict[str, Row]) -> None:
    """Print rows of figures."""
    print(f"\n{title:44}{'moves':>7}{'p50 ms':>8}{'p95 ms':>8}{'pictures/s':>12}{'places/s':>10}")
    for name, row in rows.items():
        print(
            f"  {name:42}{row['moves']:7}{row['p50_ms']:8}{row['p95_ms']:8}"
            f"{row.get('pictures_s', ''):>12}{row.get('places_s', ''):>10}"
        )


def main() -> None:
    """Print tables, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("explorer", nargs="?", choices=names(), default="alignment")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    if absent := missing():
        parser.exit(
            2,
            f"Not installed: {', '.join(absent)}. In the course's folder, run\n"
            "  .venv/bin/python -m uv pip install --group benchmark\n",
        )
    found = measure(wanted.explorer)
    if wanted.json:
        print(json.dumps(found, indent=2))
        return
    load = ", ".join(f"{each:.1f}" for each in found["load"])
    print(
        f"{found['day']}, {found['processors']} processors, chromium {found['browser']}; "
        f"load before the run {load}"
    )
    table(f"{wanted.explorer} in JupyterLab", found["sliders"])
    table("Peers in JupyterLab", found["peers"])
    table("Page without Python", found["page"])
    for when, kept in found["memory"].items():
        print(
            f"\nMemory {when} all sliders stood at both ends: script {kept['heap_mb']} MB, "
            f"{kept['pictures']} pictures of {kept['pictures_mb']} MB",
            end="",
        )
    print()


if __name__ == "__main__":
    main()
