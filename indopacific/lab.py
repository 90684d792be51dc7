"""Opens the course in JupyterLab: what `course.py lab` does inside the environment.

The settings that never change stand in `indopacific/jupyter/`, which Jupyter reads because
`JUPYTER_CONFIG_PATH` names it. This module adds what depends on the moment: the course folder,
a free port, a token, and a workspace that shows the first lesson.
"""

import json
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indopacific.working_copy import released_exercises, working_copy

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

FIRST_LESSON = "lessons/00-start-here.ipynb"
FIRST_PORT = 8888
CONFIGURATION = Path(__file__).parent / "jupyter"


class LabError(Exception):
    """JupyterLab cannot be opened; the text says why and what to do."""


def is_free(port: int) -> bool:
    """Say whether a server could listen on a port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            # As the server itself does: a port in TIME_WAIT counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None) -> int:
    """Return the port to listen on.

    Parameters
    ----------
    wanted
        The user's choice; None for the first free one from 8888 upward.

    Raises
    ------
    LabError
        If the wanted port is taken or may not be used, or 100 ports in a row are taken.
    """
    if wanted is not None:
        if is_free(wanted):
            return wanted
        raise LabError(
            f"Port {wanted} is taken by another program, or you may not use it. "
            "Name another one, or leave --port out and a free one is chosen."
        )
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if is_free(port):
            return port
    raise LabError(f"No port from {FIRST_PORT} to {FIRST_PORT + 99} is free. Name one: --port N")


def workspace(lesson: str) -> dict[str, Any]:
    """Return a JupyterLab workspace: one lesson open, the file browser at the course folder.

    Parameters
    ----------
    lesson
        Path of a notebook, from the course folder, with forward slashes.
    """
    tab = f"notebook:{lesson}"
    return {
        "data": {
            "layout-restorer:data": {
                "main": {
                    "dock": {"type": "tab-area", "currentIndex": 0, "widgets": [tab]},
                    "current": tab,
                },
                "down": {"size": 0, "widgets": []},
                "left": {"collapsed": False, "visible": True, "current": "filebrowser"},
                "right": {"collapsed": True, "visible": True},
                "relativeSizes": [0.2, 0.8, 0],
            },
            "file-browser-filebrowser:cwd": {"path": ""},
            tab: {"data": {"path": lesson, "factory": "Notebook"}},
        },
        "metadata": {"id": "default"},
    }


def save_workspace(folder: Path, content: dict[str, Any]) -> None:
    """Put a workspace where JupyterLab, told to keep its workspaces in `folder`, starts from it."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    WorkspacesManager(str(folder)).save(content["metadata"]["id"], json.dumps(content))


def make_working_copies(course: Path) -> None:
    """Make the learner's copy of every released exercise that has none yet.

    Raises
    ------
    LabError
        If the course folder cannot be written.
    """
    try:
        for exercise in released_exercises(course):
            working_copy(exercise, course)
    except OSError as error:
        raise LabError(
            f"Your copies of the exercises cannot be made in {course} ({error.strerror}). "
            "Copy the course to a folder of your own, and start it there."
        ) from error


def wait_until_answered(url: str, *, seconds: float = 60) -> bool:
    """Ask a local address until something answers; say whether it did in time."""
    # No proxy: the address is this machine's, whatever the user's proxy settings say.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with opener.open(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False


def announce(server: "ServerApp", *, browser: bool, show: Callable[[str], None]) -> None:
    """Wait until the server answers; then show its address and open the browser."""
    page = f"http://127.0.0.1:{server.port}{server.base_url}"
    if not wait_until_answered(f"{page}api"):
        show("JupyterLab did not answer within a minute; look at the messages above.")
        return
    show(f"The course is open at\n\n    {page}lab?token={server.identity_provider.token}\n")
    show("Leave this window open while you work. Stop with Ctrl-C; your notebooks are saved files.")
    if browser:
        server.launch_browser()


def arguments(course: Path, *, port: int, token: str, workspaces: Path, root: bool) -> list[str]:
    """Return the options of the server that depend on the moment."""
    options = {
        "ServerApp.root_dir": str(course),
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.allow_root": root,
        "IdentityProvider.token": token,
        "LabApp.workspaces_dir": str(workspaces),
    }
    return [f"--{name}={value}" for name, value in options.items()]


def open_lab(
    course: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    show: Callable[[str], None] = print,
) -> None:
    """Serve the course in JupyterLab until the user stops it.

    Parameters
    ----------
    course
        The course folder; becomes the working folder, where nbgrader finds its configuration.
    port
        Port to listen on; None for the first free one from 8888 upward.
    browser
        Open the page in the user's browser.
    show
        Called with each message for the user.

    Raises
    ------
    LabError
        If the first lesson is missing, the port is taken, or the folder cannot be written.
    """
    if not (course / FIRST_LESSON).is_file():
        raise LabError(f"{course / FIRST_LESSON} is missing. Is this a whole copy of the course?")
    chosen = choose_port(port)
    make_working_copies(course)
    os.chdir(course)
    paths = [str(CONFIGURATION), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    # A kernel or an extension in the user's home must not stand in for the course's own.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    with tempfile.TemporaryDirectory(prefix="indopacific-", ignore_cleanup_errors=True) as folder:
        workspaces = Path(folder)
        save_workspace(workspaces, workspace(FIRST_LESSON))
        run_server(
            arguments(
                course,
                port=chosen,
                token=secrets.token_hex(24),
                workspaces=workspaces,
                root=hasattr(os, "geteuid") and os.geteuid() == 0,
            ),
            browser=browser,
            show=show,
        )
    show("Stopped.")


def run_server(options: list[str], *, browser: bool, show: Callable[[str], None]) -> None:
    """Run JupyterLab's server in this process until it is stopped."""
    # Building its grammar at import takes a quarter of the server's start; it serves only to judge
    # internationalised addresses in JSON, of which there are none, and jsonschema does without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # Imported here: Jupyter reads the variables set above when its modules are loaded.
    from jupyterlab.labapp import LabApp

    server = LabApp.initialize_server(argv=options)
    # Jupyter's own handler asks a question first, and is not there when input is no terminal.
    signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
    thread = threading.Thread(
        target=announce, args=(server,), kwargs={"browser": browser, "show": show}, daemon=True
    )
    server.io_loop.add_callback(thread.start)
    server.start()
