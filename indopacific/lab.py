"""Opens the course in JupyterLab: what `course.py lab` does inside the environment.

A learner works in a room of the learner's own, `my-work/`, made by `indopacific.working_copy`; an
instructor works in the course folder itself. The settings that never change stand in
`indopacific/jupyter/`: `all/` for both, `learner/` and `instructor/` for one. This module adds
what depends on the moment: the folder, a free port, a token, a workspace that shows the first
lesson, and a place for settings that is not the user's own.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indopacific.working_copy import OWN, Furnished, furnish

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

FIRST_LESSON = "lessons/00-start-here.ipynb"
FIRST_PORT = 8888
CONFIGURATION = Path(__file__).parent / "jupyter"

#: What a user changes in JupyterLab's settings is kept in the course folder, in here.
SETTINGS = ".jupyter"


class LabError(Exception):
    """JupyterLab cannot be opened; the text says why and what to do."""


@dataclass(frozen=True)
class Room:
    """Where somebody works, and how JupyterLab is set up for it.

    Attributes
    ----------
    folder : Path
        What JupyterLab shows.
    settings : Path
        The folder in `indopacific/jupyter/` for this kind of user.
    """

    folder: Path
    settings: Path


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


def learners_room(course: Path, show: Callable[[str], None]) -> Room:
    """Make the learner's copies ready, and tell what became of them.

    Raises
    ------
    LabError
        If the course folder cannot be written.
    """
    try:
        done = furnish(course)
    except OSError as error:
        raise LabError(
            f"Your copies of lessons and exercises cannot be made in {course / OWN} ({error}). "
            "Copy the course to a folder of your own, and start it there."
        ) from error
    for line in told(done):
        show(line)
    return Room(course / OWN, CONFIGURATION / "learner")


def told(done: Furnished) -> list[str]:
    """Return what a learner wants to know about a room that was brought up to date."""
    lines = [
        f"Your exercise {name} has moved to {OWN}/exercises/{name}/, as it was."
        for name in done.moved
    ]
    notebooks = [name for name in done.updated if name.endswith(".ipynb")]
    if notebooks:
        lines.append(f"Updated, because you had not changed them: {', '.join(notebooks)}")
    for mine, newer in done.newer.items():
        lines.append(
            f"The course has a newer {mine}. Yours, with your changes, is as you left it; the new "
            f"one stands beside it: {newer}"
        )
    return lines


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


def arguments(
    room: Room, course: Path, *, port: int, token: str, workspaces: Path, root: bool
) -> list[str]:
    """Return the options of the server that depend on the moment."""
    options = {
        "ServerApp.root_dir": room.folder,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.allow_root": root,
        "IdentityProvider.token": token,
        "LabApp.workspaces_dir": workspaces,
        "LabApp.user_settings_dir": course / SETTINGS / "settings",
    }
    if room.settings.joinpath("settings").is_dir():
        options["LabApp.app_settings_dir"] = room.settings / "settings"
    return [f"--{name}={value}" for name, value in options.items()]


def set_up(course: Path, room: Room, configuration: Path) -> None:
    """Tell Jupyter where its settings are: nowhere in the user's home.

    Parameters
    ----------
    course
        The course folder; becomes the working folder.
    room
    configuration
        An empty folder, to which Jupyter may write as if it were the user's.
    """
    from jupyter_core.paths import jupyter_config_dir

    paths = [room.settings, CONFIGURATION / "all", course]
    if room.folder == course:
        # An instructor's own settings of nbgrader count, but nothing is written there.
        paths.append(Path(jupyter_config_dir()))
    shutil.copytree(CONFIGURATION / "all", configuration, dirs_exist_ok=True)
    given = os.environ.get("JUPYTER_CONFIG_PATH", "")
    os.environ["JUPYTER_CONFIG_DIR"] = str(configuration)
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [*map(str, paths), given]))
    # A kernel or an extension in the user's home must not stand in for the course's own.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    ipython = course / SETTINGS / "ipython"
    ipython.mkdir(parents=True, exist_ok=True)
    os.environ["IPYTHONDIR"] = str(ipython)
    os.chdir(course)


def open_lab(
    course: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    instructor: bool = False,
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
    instructor
        Show the course folder itself and all of nbgrader's panels, not the learner's room.
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
    room = Room(course, CONFIGURATION / "instructor") if instructor else learners_room(course, show)
    with tempfile.TemporaryDirectory(prefix="indopacific-", ignore_cleanup_errors=True) as folder:
        workspaces, configuration = Path(folder, "workspaces"), Path(folder, "settings")
        set_up(course, room, configuration)
        save_workspace(workspaces, workspace(FIRST_LESSON))
        run_server(
            arguments(
                room,
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
