"""What many tests share: where the course is."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

COURSE = Path(__file__).resolve().parents[1]

# The same examples on every machine, and no verdict on how busy it is.
settings.register_profile(
    "course", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("course")


@pytest.fixture(scope="session")
def course() -> Path:
    """The course folder. Tests read it; those that write work on a copy."""
    return COURSE


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests of a process: a second one could not be driven beside it."""
    from tests.browser.session import open_browser

    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser):
    """A fresh page of the browser, which notes the errors of its scripts in `problems`."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 1100}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    context.close()
