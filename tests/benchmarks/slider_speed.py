"""How long a slider takes to become new pixels, in a real JupyterLab in a real browser.

Run it with ``.venv/bin/python tests/benchmarks/slider_speed.py [EXPLORER] [--json]``. It opens one
notebook with an explorer ("alignment" unless another is named) and with plain
``ipywidgets.interact`` on the model and figure of "alignment", and measures every slider of both in
the same run: 40 single moves by keyboard, from the key to the first animation frame after the new
picture has been decoded; and distinct pictures a second while the mouse drags for 2.5 s, one move
every 16 ms.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from indopacific.explorers import find, names
from indopacific.models.parameters import Real, declared
from tests.browser.session import open_browser, open_course, open_notebook, run_all, wait_for

MOVES = 40
DRAG_SECONDS = 2.5

PLAIN = """\
import ipywidgets
import matplotlib.pyplot as plt
from indopacific.explorers import find

def plot(trade=0.5):
    found = find("alignment").result({"trade": trade})
    figure, axes = plt.subplots(figsize=(7.4, 4.3), dpi=110)
    axes.fill_between(range(len(found.labels)), found.low, found.high, alpha=0.3)
    axes.plot(found.labels, found.index, "o-")
    axes.set(ylim=(0, 1.12), title=f"trade = {trade}")
    plt.show()

ipywidgets.interact(plot, trade=ipywidgets.FloatSlider(min=0, max=1, step=0.01, value=0.5));
"""

# Times are taken in the page: a key or mouse event starts the clock, and the first animation
# frame after the new image is decoded stops it.
WATCH = """(root) => {
  const log = (window.__log = { start: null, times: [], pictures: 0, last: '' });
  root.addEventListener('keydown', () => { log.start = performance.now(); }, true);
  const seen = async (image) => {
    const url = image.src;
    if (url === log.last) return;
    log.last = url;
    const start = log.start;
    try { await image.decode(); } catch { return; }
    requestAnimationFrame(() => {
      log.pictures += 1;
      if (start !== null) log.times.push(performance.now() - start);
      if (log.start === start) log.start = null;
    });
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      const { target } = change;
      if (target.tagName === 'IMG' && !target.closest('[hidden]')) seen(target);
      for (const node of change.addedNodes) {
        if (node.tagName === 'IMG') seen(node);
        node.querySelectorAll?.('img').forEach(seen);
      }
    }
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] });
}"""


def moves(page: Page, root: Locator, slider: Locator) -> dict[str, float]:
    """Move a slider by keyboard, one step at a time; return p50 and p95 in milliseconds."""
    root.evaluate(WATCH)
    slider.focus()
    rising = True
    for move in range(MOVES):
        done = page.evaluate("window.__log.times.length")
        # Half to the right and half to the left, and back again wherever the slider ends.
        rising = rising != (move == MOVES // 2 or at_end(slider, rising))
        page.keyboard.press("ArrowRight" if rising else "ArrowLeft")
        page.wait_for_function(
            "(done) => window.__log.times.length > done", arg=done, timeout=10_000
        )
        page.wait_for_timeout(60)
    times = sorted(page.evaluate("window.__log.times"))
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
    }


def at_end(slider: Locator, rising: bool) -> bool:
    """Return whether a slider cannot go further; the handle of plain interact never gets there."""
    return slider.evaluate(
        "(node, rising) => node.type === 'range'"
        " && Number(node.value) === Number(rising ? node.max : node.min)",
        rising,
    )


def drag(page: Page, root: Locator, slider: Locator) -> float:
    """Drag a slider to and fro; return distinct pictures a second."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    root.evaluate(WATCH)
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    steps = int(DRAG_SECONDS / 0.016)
    start = page.evaluate("performance.now()")
    for step in range(steps):
        share = 0.1 + 0.8 * abs((step / steps * 4) % 2 - 1)
        page.mouse.move(box["x"] + share * box["width"], middle)
        page.wait_for_timeout(max(0, 16 * step - (page.evaluate("performance.now()") - start)))
    seconds = (page.evaluate("performance.now()") - start) / 1000
    page.mouse.up()
    return round(page.evaluate("window.__log.pictures") / seconds, 1)


def settle(page: Page) -> None:
    """Wait until the explorer has painted its pictures ahead."""
    wait_for(page, "document.querySelector('.ipx-ahead').hidden", seconds=60)
    page.wait_for_timeout(500)


def measure(name: str) -> dict[str, dict[str, float]]:
    """Measure every slider of an explorer and plain interact in one browser session."""
    explorer = find(name)
    sliders = [each for each in declared(explorer.parameters) if isinstance(each, Real)]
    sliders.sort(key=lambda each: each.name != explorer.lead)
    opened = f"from indopacific import explore\nexplore({name!r})"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in (opened, PLAIN)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    found = {}
    with open_course() as lab, open_browser() as browser:
        nbformat.write(notebook, lab.course / "my-work" / "lessons" / "speed.ipynb")
        page = browser.new_page(viewport={"width": 1400, "height": 1400})
        open_notebook(page, lab, "lessons/speed.ipynb")
        run_all(page)
        face = page.locator(".ipx")
        for each in sliders:
            face.get_by_role("button", name="Reset").click()
            settle(page)
            slider = face.locator(f'input[data-name="{each.name}"]')
            lead = " (lead)" if each.name == explorer.lead else ""
            times = moves(page, face, slider)
            found[f"{each.label}{lead}"] = {**times, "fps": drag(page, face, slider)}
        page.wait_for_timeout(1000)
        plain = page.locator(".widget-interact")
        handle = plain.locator(".noUi-handle")
        track = plain.locator(".noUi-target")
        found["plain interact"] = {**moves(page, plain, handle), "fps": drag(page, plain, track)}
    return found


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("explorer", nargs="?", choices=names(), default="alignment")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.explorer)
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    base = found["plain interact"]
    print(f"{'':34}{'p50 ms':>8}{'p95 ms':>8}{'pictures/s':>12}{'p50 against interact':>22}")
    for name, row in found.items():
        ratio = base["p50_ms"] / row["p50_ms"]
        print(f"{name:34}{row['p50_ms']:8}{row['p95_ms']:8}{row['fps']:12}{ratio:20.1f} x")


if __name__ == "__main__":
    main()
