"""What many tests share: where the course is."""

from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def course() -> Path:
    """The course folder. Tests read it; those that write work on a copy."""
    return COURSE
