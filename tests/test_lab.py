"""`lab`: JupyterLab on the course, quiet, on a free port, and gone at Ctrl-C."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import nbformat
import pytest

from indopacific import lab


@pytest.fixture
def taken():
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_wanted_port_that_is_taken_is_refused(taken):
    with pytest.raises(lab.LabError, match=f"Port {taken} is taken"):
        lab.choose_port(taken)


def test_without_a_wish_the_first_free_port_is_taken(taken, monkeypatch):
    monkeypatch.setattr(lab, "FIRST_PORT", taken)
    chosen = lab.choose_port(None)
    assert taken < chosen <= taken + 99


def test_the_workspace_shows_the_first_lesson_and_the_course_folder():
    data = lab.workspace("lessons/00-start-here.ipynb")["data"]
    tab = "notebook:lessons/00-start-here.ipynb"
    assert data["layout-restorer:data"]["main"]["current"] == tab
    assert data[tab]["data"] == {"path": "lessons/00-start-here.ipynb", "factory": "Notebook"}
    assert data["file-browser-filebrowser:cwd"] == {"path": ""}


def test_a_course_without_its_first_lesson_is_refused(tmp_path):
    with pytest.raises(lab.LabError, match="Is this a whole copy of the course"):
        lab.open_lab(tmp_path)


def test_waiting_for_an_answer_ends(taken):
    assert not lab.wait_until_answered(f"http://127.0.0.1:{taken + 1}/", seconds=0.2)


@pytest.fixture(scope="module")
def small_course(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Path:
    """A course of one lesson and one exercise, with the real nbgrader configuration."""
    folder = tmp_path_factory.mktemp("a course é")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Start here")])
    for path in ("lessons/00-start-here.ipynb", "exercises/01-alignment/01-alignment.ipynb"):
        folder.joinpath(path).parent.mkdir(parents=True)
        nbformat.write(notebook, folder / path)
    shutil.copy(course / "nbgrader_config.py", folder)
    return folder


class Lab:
    """A running `lab`, started as a user starts it."""

    def __init__(self, course: Path, repository: Path) -> None:
        code = (
            "from pathlib import Path; from indopacific.lab import open_lab\n"
            f"open_lab(Path({str(course)!r}), browser=False)"
        )
        variables = {"PYTHONPATH": str(repository), "PYTHONUNBUFFERED": "1"}
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=os.environ | variables,
        )
        self.address = self._address()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _address(self) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if found := re.search(r"http://\S+lab\?token=\w+", line):
                return found.group()
        raise AssertionError("".join(self.lines))

    def _read(self) -> None:
        assert self.process.stdout
        self.lines.extend(self.process.stdout)

    def ask(self, path: str) -> bytes:
        """Return what the server answers to a request with its token."""
        page, token = self.address.split("lab?token=")
        request = urllib.request.Request(page + path, headers={"Authorization": f"token {token}"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return answer.read()

    def stop(self) -> int:
        """Press Ctrl-C; return the exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=20)
        self.reader.join(timeout=5)
        return status


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_lab_from_start_to_ctrl_c(small_course, course):
    running = Lab(small_course, course)
    try:
        # The address was printed because the server answers, not before.
        page = json.loads(
            re.search(
                r'id="jupyter-config-data"[^>]*>\s*(\{.*?\})\s*</script>',
                running.ask("lab").decode(),
                re.DOTALL,
            ).group(1)
        )
        assert "@jupyterlab/apputils-extension:announcements" in page["disabledExtensions"]
        assert page["news"] == ["disabled"] or page["news"] == {"disabled": True}
        saved = json.loads(running.ask("lab/api/workspaces/default"))
        assert "notebook:lessons/00-start-here.ipynb" in saved["data"]
        names = {entry["name"] for entry in json.loads(running.ask("api/contents/"))["content"]}
        assert {"lessons", "exercises", "my-work"} <= names
        own = json.loads(running.ask("api/contents/my-work/01-alignment?content=0"))
        assert own["type"] == "directory"
        status = json.loads(running.ask("api/status"))
        assert status["kernels"] == 0
    finally:
        exit_status = running.stop()
    assert exit_status == 0
    assert running.lines[-1] == "Stopped.\n"
    text = "".join(running.lines)
    assert not re.search(r"\[[WECI] ", text), text
    assert "y/[n]" not in text
