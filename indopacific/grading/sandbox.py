"""The sandbox of learners' processes: bubblewrap, and nothing at all without it.

Inside: no network; the system, this environment's Python, the course's package and its data, all
read-only; an empty working folder of limited size. The gradebook, solutions, submissions, the
home and the notebook with the tests are not there to be seen. Processes, memory, files and time
are limited, and the user has no rights, even when the grader is root.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

from .contract import NotProtected
from .quick import bytecode

HOME = "/learner"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
# What programs look up; nothing of it is secret. No passwords, keys, or names of machines.
_ETC = (
    "alternatives",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "ssl/certs",
)
_LOWEST_UID, _HIGHEST_UID = 61_000, 65_000


def command(inner: list[str], *, course: Path, settings: dict[str, str], scratch: int) -> list[str]:
    """Return the command that runs another one in the sandbox.

    Parameters
    ----------
    inner : list of str
    course : Path
        The folder with the package and data/.
    settings : dict of str to str
        The whole environment inside, but for HOME and PATH.
    scratch : int
        Bytes that the working folder and /tmp may hold.
    """
    system = [Path(folder) for folder in _SYSTEM]
    system += [Path("/etc") / name for name in _ETC]
    shown = [*system, *_python(), *_course(course)]
    made = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    if os.geteuid() == 0:
        # A real change of user below, so no namespace that would only look like one.
        made = ["bwrap", *_namespaces(), "--die-with-parent", "--new-session", "--clearenv"]
    made += ["--proc", "/proc", "--dev", "/dev"]
    for parent in _parents([Path(HOME)]):
        made += ["--perms", "0755", "--dir", str(parent)]
    # Before the course is shown, which may itself lie in /tmp.
    for folder in ("/tmp", "/dev/shm", HOME):
        made += ["--perms", "1777", "--size", str(scratch), "--tmpfs", folder]
    for parent in _parents(shown):
        if str(parent) not in ("/tmp", HOME):
            made += ["--perms", "0755", "--dir", str(parent)]
    for path in shown:
        made += _show(path)
        if _is_under(course, path) and course not in shown:
            # The course lies in a folder that is shown: only what is named below comes back.
            made += ["--tmpfs", str(course)]
    for folder in (f"{HOME}/.cache", _FONTS):
        made += ["--perms", "1777", "--dir", folder]
    made += [*_fonts(), *_compiled()]
    for name, value in _inside(settings).items():
        made += ["--setenv", name, value]
    # Folders that were made on the way belong to the user where the grader is not root.
    made += ["--remount-ro", "/dev", "--remount-ro", "/"]
    return [*made, "--chdir", HOME, "--", *_as_nobody(), *inner]


def _namespaces() -> list[str]:
    return [
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]


def _inside(settings: dict[str, str]) -> dict[str, str]:
    compiled = {"PYTHONPYCACHEPREFIX": _BYTECODE} if bytecode() is not None else {}
    return (
        settings
        | compiled
        | {
            "PYTHONPATH": str(_package_parent()),
            "HOME": HOME,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
            "LANG": "C.UTF-8",
            "MPLCONFIGDIR": _FONTS,
        }
    )


def _package_parent() -> Path:
    return Path(__file__).resolve().parents[2]


def _python() -> list[Path]:
    """List the folders that this Python needs."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent}
    found |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}
    for name in ("IPython", "numpy", "pandas", "matplotlib", "ipywidgets"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.add(Path(spec.origin).parents[1])
    return sorted(p for p in _outermost(found) if not _is_under(p, Path("/usr")))


def _course(course: Path) -> list[Path]:
    package = Path(__file__).resolve().parents[1]
    parts = {package: 0, _package_parent() / "data": 0, course / "data": 0}
    return [p for p in parts if p.exists() and not any(_is_under(p, q) for q in _python())]


def _outermost(paths: set[Path]) -> list[Path]:
    return [p for p in paths if not any(p != q and _is_under(p, q) for q in paths)]


def _is_under(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _parents(paths: list[Path]) -> list[Path]:
    """List the folders above some paths, from the root down."""
    found = {parent for path in paths for parent in path.parents if parent != Path("/")}
    return sorted(p for p in found if not any(_is_under(p, Path(s)) for s in _SYSTEM))


def _show(path: Path) -> list[str]:
    if path.is_symlink():
        return ["--symlink", os.readlink(path), str(path)]
    return ["--ro-bind-try", str(path), str(path)]


_FONTS = f"{HOME}/.cache/matplotlib"
_BYTECODE = "/bytecode"


def _fonts() -> list[str]:
    """Show matplotlib's list of fonts, which takes seconds to make."""
    # Where matplotlib keeps it on Linux; to ask matplotlib itself would be to import it.
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("MPLCONFIGDIR") or Path(caches) / "matplotlib")
    made: list[str] = []
    for file in folder.glob("fontlist-*.json"):
        made += ["--ro-bind", str(file), f"{_FONTS}/{file.name}"]
    return made


def _compiled() -> list[str]:
    """Show what has been compiled, where it is not beside the modules."""
    folder = bytecode()
    return [] if folder is None else ["--ro-bind-try", str(folder), _BYTECODE]


def _as_nobody() -> list[str]:
    """Return what takes a root grader's rights away before anything of a learner's is run."""
    if os.geteuid() != 0:
        return []
    spare = str(_spare_uid())
    return [
        "/usr/bin/setpriv",
        f"--reuid={spare}",
        f"--regid={spare}",
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=-all",
        "--inh-caps=-all",
    ]


@cache
def _spare_uid() -> int:
    """Find a user number that belongs to nobody."""
    import grp
    import pwd

    taken = {u.pw_uid for u in pwd.getpwall()} | {g.gr_gid for g in grp.getgrall()}
    return next(n for n in range(_LOWEST_UID, _HIGHEST_UID) if n not in taken)


# --- Is it there? ------------------------------------------------------------------------------


def why_not() -> str:
    """Say why there is no sandbox here, and how to get one; "" if there is one."""
    if sys.platform == "win32":
        return (
            "Windows has no sandbox that this course can use. Grade in WSL (the Windows Subsystem "
            "for Linux: `wsl --install`, then `apt install bubblewrap`), or on a Linux machine. "
            "`check` works here."
        )
    if sys.platform != "linux":
        return (
            "macOS has no sandbox that this course can use. Grade on a Linux machine or in a "
            "Linux virtual machine. `check` works here."
        )
    if shutil.which("bwrap") is None:
        return (
            "bubblewrap is not installed. Install it, on Debian and Ubuntu: apt install bubblewrap"
        )
    if os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists():
        return "setpriv is missing; it takes the rights of root away. Install util-linux."
    return _tried()


@cache
def _tried() -> str:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sandbox-") as folder:
        line = command(
            [sys.executable, "-I", "-c", "import os, socket; print(os.getuid(), os.listdir('/'))"],
            course=Path(folder),
            settings={},
            scratch=10**6,
        )
        try:
            done = subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"bubblewrap does not run: {error}"
    if done.returncode == 0 and not done.stdout.startswith("0 "):
        return ""
    said = " ".join((done.stderr or done.stdout).split())[-300:]
    return (
        f"bubblewrap cannot make a sandbox here: {said}. Often user namespaces are switched off "
        "(as in many containers): ask the administrator for kernel.unprivileged_userns_clone=1, "
        "or grade on a machine or in a virtual machine of your own."
    )


def require() -> None:
    """Refuse to go on without a sandbox.

    Raises
    ------
    NotProtected
    """
    reason = why_not()
    if reason:
        raise NotProtected(
            f"Nothing was graded: submissions are programs of other people, and there is no "
            f"sandbox to run them in.\n{reason}\nIf you trust every submission as you trust your "
            "own files: --trust-submissions (for nbgrader, INDOPACIFIC_TRUST_SUBMISSIONS=1 in the "
            "environment) runs them without protection, and the marks say so."
        )
