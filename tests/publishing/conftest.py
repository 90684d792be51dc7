"""One small site, built once for all tests: lesson 01 with its exercise."""

import pytest

from indopacific.publishing.site import build

LESSON = "01-alignment"


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """Where the build remembers what it has done."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="session")
def site(course, work, tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "_site"
    return build(course, folder, work=work, only=[LESSON]).folder
