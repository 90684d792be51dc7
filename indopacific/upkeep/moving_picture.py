"""Makes the picture that moves at the top of the README: an explorer whose slider is pulled.

``python -m indopacific.upkeep.moving_picture`` opens the explorer's page in chromium, moves its
slider from one end to the other and back, and photographs every step. A second picture stands
still, for readers who asked their system for less motion. Run it when the explorer has changed:
a test compares the titles, which the file holds, with what the explorer says now.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from indopacific.curriculum import course_folder
from indopacific.explorers import find, static
from indopacific.explorers.definition import Engine

EXPLORER = "theatres"
MOVING, STILL = Path(".github") / "explorer.gif", Path(".github") / "explorer.png"

_WIDTH = 720
_STEP, _REST = 120, 1500  # milliseconds: of one picture, and at the two ends
_COLOURS = 64
# The README shows what moves, and nothing of how a page is used.
_HIDDEN = ".ipx-presets, .ipx-rest, .ipx-notice, .ipx-words ~ *, .ipx-words, .ipx-note, .ipx-source"
_LOOK = f"""
{_HIDDEN} {{ display: none !important; }}
main > h1 {{ display: none; }}
body {{ margin: 0; }}
input {{ outline: none !important; }}
"""


def titles(name: str = EXPLORER) -> list[str]:
    """Return what the explorer says at the low end of its slider, at rest, and at the high end."""
    explorer = find(name)
    engine = Engine(explorer)
    low, *_, high = engine.lead_grid()
    ends = ({explorer.lead: low}, explorer.setting({}), {explorer.lead: high})
    return [engine.picture(setting).words.title for setting in ends]


def photographs(name: str = EXPLORER) -> list[Image.Image]:
    """Return the explorer at every step of its slider, from the low end to the high one.

    Raises
    ------
    RuntimeError
        When chromium or playwright is missing.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        raise RuntimeError("This needs chromium and playwright: python3 course.py test brings it.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "explorer.html"
        file.write_text(static.page(name), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": _WIDTH, "height": 1200})
        page.goto(file.as_uri())
        page.add_style_tag(content=_LOOK)
        face, slider = page.locator(".ipx"), page.get_by_role("slider").first
        slider.focus()
        slider.press("Home")
        taken = [_taken(face.screenshot())]
        while slider.input_value() != slider.get_attribute("max"):
            slider.press("ArrowRight")
            taken.append(_taken(face.screenshot()))
        browser.close()
    return taken


def _taken(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def make(course: Path) -> tuple[Path, Path]:
    """Write both pictures; return their files."""
    taken = photographs()
    height = max(picture.height for picture in taken)
    even = [_padded(picture, height) for picture in taken]
    there_and_back = [*even, *even[-2:0:-1]]
    times = [_STEP] * len(there_and_back)
    times[0] = times[len(even) - 1] = _REST
    # One palette for all, so that what stands still is not stored again.
    palette = even[len(even) // 2].quantize(_COLOURS, dither=Image.Dither.NONE)
    frames = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in there_and_back]
    moving, still = course / MOVING, course / STILL
    frames[0].save(
        moving,
        save_all=True,
        append_images=frames[1:],
        duration=times,
        loop=0,
        optimize=True,
        comment=json.dumps(titles()).encode("ascii"),
    )
    even[len(even) // 3].quantize(_COLOURS).save(still, optimize=True)
    return moving, still


def _padded(picture: Image.Image, height: int) -> Image.Image:
    whole = Image.new("RGB", (picture.width, height), "white")
    whole.paste(picture)
    return whole


def main() -> int:
    """Make the pictures and say how large they are."""
    course = course_folder()
    if course is None:
        print("No course folder is around this place.", file=sys.stderr)
        return 1
    for file in make(course):
        print(f"{file.relative_to(course)}: {file.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
