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
