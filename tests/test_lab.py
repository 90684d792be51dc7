"""`lab`: a room for a learner or an instructor, quiet, on a free port, and gone at Ctrl-C."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
import websocket

from indopacific import lab
from indopacific.working_copy import Furnished


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


def test_a_learner_is_told_what_became_of_the_copies():
    done = Furnished(
        updated=["README.md", "lessons/02-b.ipynb"],
        newer={"lessons/01-a.ipynb": "lessons/01-a-newer.ipynb"},
        moved=["01-a"],
    )
    moved, updated, newer = lab.told(done)
    assert "my-work/exercises/" in moved
    assert updated.endswith(": lessons/02-b.ipynb")
    assert "Yours, with your changes, is as you left it" in newer
    assert newer.endswith("lessons/01-a-newer.ipynb")
    assert lab.told(Furnished()) == []


def test_a_folder_that_cannot_be_written_is_explained(small_course, tmp_path):
    course = shutil.copytree(small_course, tmp_path / "course")
    shutil.rmtree(course / "my-work", ignore_errors=True)
    course.joinpath("my-work").write_text("a file, where a folder should be")
    with pytest.raises(lab.LabError, match="Copy the course to a folder of your own"):
        lab.learners_room(course, print)


@pytest.fixture(scope="module")
def small_course(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Path:
    """A course of one lesson and one exercise, with the real nbgrader configuration."""
    folder = tmp_path_factory.mktemp("a course é")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Start here")])
    for path in ("lessons/00-start-here.ipynb", "exercises/01-alignment/01-alignment.ipynb"):
        folder.joinpath(path).parent.mkdir(parents=True)
        nbformat.write(notebook, folder / path)
    shutil.copy(course / "nbgrader_config.py", folder)
    folder.joinpath("README.md").write_text("# The course")
    folder.joinpath("data").mkdir()
    folder.joinpath("data", "table.csv").write_text("year\n2024\n")
    return folder


# What the settings of a user's own might say, and must not bring with them.
OWN_SETTINGS = {
    ".jupyter/jupyter_server_config.py": "c.ServerApp.root_dir = '/'\nc.ServerApp.port = 1\n",
    ".jupyter/jupyter_lab_config.py": "raise RuntimeError('not for the course')\n",
    ".jupyter/labconfig/page_config.json": '{"disabledExtensions": {"@jupyter/nbgrader": true}}',
    ".jupyter/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings": (
        '{"theme": "JupyterLab Dark"}'
    ),
    ".ipython/profile_default/startup/00.py": "raise RuntimeError('not for the course')\n",
}


def files(folder: Path) -> dict[str, bytes]:
    """Return every settings file under a home."""
    found = [p for name in (".jupyter", ".ipython") for p in folder.joinpath(name).rglob("*")]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found if p.is_file()}


class Lab:
    """A running `lab`, started as a user starts it."""

    def __init__(self, course: Path, repository: Path, home: Path, **options: bool) -> None:
        code = (
            "from pathlib import Path; from indopacific.lab import open_lab\n"
            f"open_lab(Path({str(course)!r}), browser=False, **{options!r})"
        )
        variables = {"PYTHONPATH": str(repository), "PYTHONUNBUFFERED": "1", "HOME": str(home)}
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTH"))}
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=inherited | variables,
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

    def ask(self, path: str, data: dict | None = None) -> bytes:
        """Return what the server answers to a request with its token."""
        page, token = self.address.split("lab?token=")
        request = urllib.request.Request(
            page + path,
            headers={"Authorization": f"token {token}"},
            data=None if data is None else json.dumps(data).encode(),
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return answer.read()

    def page_config(self) -> dict:
        """Return the settings that JupyterLab's page carries."""
        found = re.search(
            r'id="jupyter-config-data"[^>]*>\s*(\{.*?\})\s*</script>',
            self.ask("lab").decode(),
            re.DOTALL,
        )
        assert found
        return json.loads(found.group(1))

    def names(self, folder: str = "") -> set[str]:
        """Return what JupyterLab lists in a folder."""
        listed = json.loads(self.ask(f"api/contents/{folder}"))["content"]
        return {entry["name"] for entry in listed}

    def stop(self) -> int:
        """Press Ctrl-C; return the exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=20)
        self.reader.join(timeout=5)
        return status


PANELS = ("create-assignment", "formgrader", "course-list")


@pytest.fixture(scope="module")
def learner(small_course, course, tmp_path_factory):
    """A learner's lab, in a home with settings of its own; and that home before the start."""
    home = tmp_path_factory.mktemp("home")
    for name, text in OWN_SETTINGS.items():
        home.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        home.joinpath(name).write_text(text)
    running = Lab(small_course, course, home)
    yield running, home
    if running.process.poll() is None:
        running.stop()


posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.mark.slow
@posix
def test_a_learner_sees_own_copies_data_and_the_readme_and_nothing_else(learner, small_course):
    running, _ = learner
    assert running.names() == {"lessons", "exercises", "data", "README.md"}
    assert running.names("exercises/01-alignment") == {"01-alignment.ipynb"}
    saved = json.loads(running.ask("lab/api/workspaces/default"))
    assert "notebook:lessons/00-start-here.ipynb" in saved["data"]
    assert small_course.joinpath("my-work", "lessons", "00-start-here.ipynb").is_file()


@pytest.mark.slow
@posix
def test_a_learner_s_lab_has_no_panel_for_instructors_and_no_news(learner):
    running, _ = learner
    page = running.page_config()
    off = page["disabledExtensions"]
    assert {f"@jupyter/nbgrader:{panel}" for panel in PANELS} <= set(off)
    assert "@jupyterlab/apputils-extension:announcements" in off
    assert page["news"] == ["disabled"] or page["news"] == {"disabled": True}
    for panel in ("menu", "assignment-list", "validate-assignment"):
        assert f"@jupyter/nbgrader:{panel}" not in off
    with pytest.raises(urllib.error.HTTPError, match="404"):
        running.ask("formgrader")
    assert json.loads(running.ask("api/status"))["kernels"] == 0


@pytest.mark.slow
@posix
def test_what_a_learner_changes_in_the_settings_is_kept_with_the_course(learner, small_course):
    running, home = learner
    before = files(home)
    theme = "lab/api/settings/@jupyterlab/apputils-extension:themes"
    assert json.loads(running.ask(theme))["settings"] == {}  # dark is for the user's other work
    page, token = running.address.split("lab?token=")
    request = urllib.request.Request(
        page + theme,
        method="PUT",
        headers={"Authorization": f"token {token}"},
        data=json.dumps({"raw": '{"theme": "JupyterLab Dark High Contrast"}'}).encode(),
    )
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30).close()
    assert json.loads(running.ask(theme))["settings"]["theme"] == "JupyterLab Dark High Contrast"
    kept = [p.read_text() for p in small_course.joinpath(".jupyter").rglob("*-settings")]
    assert any("High Contrast" in text for text in kept)
    assert files(home) == before


@pytest.mark.slow
@posix
def test_a_terminal_stands_where_the_course_s_command_works(learner, small_course):
    running, _ = learner
    made = json.loads(running.ask("api/terminals", {"cwd": "lessons"}))
    page, token = running.address.split("lab?token=")
    address = f"{page.replace('http', 'ws')}terminals/websocket/{made['name']}?token={token}"
    # jupyter_server brings websocket-client along.
    terminal = websocket.create_connection(address, timeout=10)
    terminal.send(json.dumps(["stdin", "pwd\n"]))
    heard = ""
    while f"{small_course}\r\n" not in heard:
        heard += str(json.loads(terminal.recv())[1])
    terminal.close()


@pytest.mark.slow
@posix
def test_a_learner_s_lab_ends_at_ctrl_c_and_leaves_the_home_as_it_was(learner):
    running, home = learner
    assert running.stop() == 0
    assert running.lines[-1] == "Stopped.\n"
    text = "".join(running.lines)
    assert not re.search(r"\[[WECI] |[Ww]arn", text), text
    assert "y/[n]" not in text
    assert files(home) == {name: text.encode() for name, text in OWN_SETTINGS.items()}


@pytest.mark.slow
@posix
def test_an_instructor_sees_every_file_and_every_panel(small_course, course, tmp_path):
    running = Lab(small_course, course, tmp_path, instructor=True)
    try:
        assert {"lessons", "exercises", "nbgrader_config.py"} <= running.names()
        assert not [x for x in running.page_config()["disabledExtensions"] if "nbgrader" in x]
        assert b"formgrader" in running.ask("formgrader").lower()
        assert files(tmp_path) == {}
    finally:
        assert running.stop() == 0
