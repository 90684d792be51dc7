"""Warm processes for all tests of marking: a second for each start would be minutes."""

import pytest

from indopacific.grading import sandbox
from indopacific.grading.contract import Limits
from indopacific.grading.starting import Soon
from tests.grading.practice import REPOSITORY


@pytest.fixture(scope="session")
def start():
    """Return what starts the processes of a submission: in the sandbox where there is one."""
    soon = Soon(REPOSITORY, Limits(), trust=bool(sandbox.why_not()))
    yield soon.ready()
    soon.end()
