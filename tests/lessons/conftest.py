"""Lessons and exercises, each run once for all tests, in a copy of the course without network."""

import functools
import shutil

import nbformat
import pytest

from indopacific.prose.review import instrumented, run
from tests.lessons.notebooks import COURSE

NO_NETWORK = """
import socket

_connect, _resolve = socket.socket.connect, socket.getaddrinfo
_own = ("127.0.0.1", "::1", "localhost")

def _refuse(host):
    raise OSError(f"A lesson asked for the network: {host}")

def connect(self, address, *rest):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _own:
        _refuse(address[0])
    return _connect(self, address, *rest)

def getaddrinfo(host, *rest, **more):
    return _resolve(host, *rest, **more) if host in _own else _refuse(host)

socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
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
