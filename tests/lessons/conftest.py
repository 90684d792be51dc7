"""Lessons and exercises, each run once for all tests, in a copy of the course without network."""

import functools
import shutil

import nbformat
import pytest

from indopacific.prose.review import instrumented, run
from tests.lessons.notebooks import COURSE

# An audit hook sees what every library does, cannot be taken off, and ends with the kernel.
NO_NETWORK = """
import sys

def _refuse(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # else a socket of this machine
    else:
        return
    if host not in (None, "", "127.0.0.1", "::1", "localhost"):
        raise OSError(f"A lesson asked for the network: {host}")

sys.addaudithook(_refuse)
"""


def run_offline(notebook, folder, name):
    """Run a notebook whose expressions are evaluated, too, without network."""
    made = instrumented(notebook)
    made.cells.insert(0, nbformat.v4.new_code_cell(NO_NETWORK, id="no-network"))
    return run(made, folder, name=name)


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """Call with a notebook's path; returns what it looks like when it has run."""
    home = tmp_path_factory.mktemp("course")
    for part in ("lessons", "exercises", "solutions"):
        shutil.copytree(COURSE / part, home / part)
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(COURSE / name, home)

    @functools.cache
    def result(path):
        folder = (home / path.relative_to(COURSE)).parent
        return run_offline(nbformat.read(path, as_version=4), folder, path.name)

    return result
