"""One JupyterLab for all browser tests."""

import pytest

from tests.browser.session import open_course


@pytest.fixture(scope="session")
def lab():
    with open_course() as opened:
        yield opened
