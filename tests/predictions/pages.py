"""Plain pages with the example questions: what a reading edition makes of a lesson."""

import importlib
from contextlib import contextmanager
from pathlib import Path

from indopacific import predictions

DECLARED = Path(__file__).parent / "declared"


@contextmanager
def declared():
    """Let the example questions be found as a lesson's are."""
    before = list(predictions.__path__)
    predictions.__path__ = [*before, str(DECLARED)]
    importlib.invalidate_caches()
    try:
        yield
    finally:
        predictions.__path__ = before


def page(*names: str, lesson: str = "") -> str:
    """Return a page that asks some questions, each with a figure behind it."""
    from indopacific.predictions import static

    with declared():
        asked = [
            static.fragment(name, f'<figure class="answer" id="figure-{name}">Figure</figure>')
            for name in names
        ]
        back = static.look_back(lesson) if lesson else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Questions</title></head>\n<body><main><h1>Questions</h1>\n"
        f"{''.join(asked)}{back}{static.scripts()}</main></body></html>\n"
    )
