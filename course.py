#!/usr/bin/env python3
"""Start here: `python3 course.py lab` opens the course in JupyterLab.

The first run makes `.venv` beside this file and installs exactly the packages of
`requirements.lock` (for `test`, `site` and `pdf`: `requirements-test.lock`). Every run then hands
over to `indopacific.cli` inside it. This file needs nothing but Python's standard library, and
keeps to what Python 3.6 can parse, so that an old Python can say that it is too old.

What makes it safe to stop at any moment: a stamp is removed before anything changes and written
after everything has succeeded. A folder without a valid stamp is never trusted: it is rebuilt.
"""

import ast
import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

OLDEST_PYTHON = (3, 11)

VERBS = {
    "lab": "open the course in JupyterLab, at lessons/00-start-here.ipynb",
    "check": "grade your own exercise: `check 01-alignment`; your file is not changed",
    "test": "run the course's own tests (maintainers)",
    "preflight": "look at your notebook before you hand it in; it is not changed",
    "grade": "mark what a class handed in (instructors)",
    "regrade": "mark a class again, and show whose marks change (instructors)",
    "report": "report on a class: tasks, misconceptions, students (instructors)",
    "marks": "write a class's marks for a learning platform (instructors)",
    "corpus": "copy the official texts of lesson 02 to your machine (optional)",
    "doctor": "say what works on this machine, and how to get what is missing",
    "release": "make exercises/ from solutions/ (maintainers)",
    "prose": "hold every figure in the prose against its source (maintainers)",
    "bundle": "pack what students get, without solutions and tests (publishers)",
    "site": "make the course as web pages, to read without an installation (publishers)",
    "pdf": "print the course as one book and one file for each lesson (publishers)",
}

# Raised when an environment made by an earlier version of this file must not be kept.
RECIPE = 1

BASE_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
STAMP = "course-stamp.json"
BUILDING = "course-building"

# Of an environment made by this Python; another Python's is rebuilt, never updated.
SITE_PACKAGES = (
    os.path.join("Lib", "site-packages")
    if os.name == "nt"
    else os.path.join("lib", "python{}.{}".format(*sys.version_info[:2]), "site-packages")
)


class Trouble(Exception):
    """Something the user can put right; the text says what and how."""


# ---------------------------------------------------------------- words


def too_old(version):
    """Return what to tell the user of a Python that is too old, or None."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return None
    message = "This course needs Python {}.{} or newer; this is Python {}.{} ({}).".format(
        *(OLDEST_PYTHON + tuple(version[:2]) + (sys.executable,))
    )
    for minor in range(19, OLDEST_PYTHON[1] - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name):
            return message + f"\nThis machine has a newer one: run  {name} course.py lab"
    return message + "\nInstall a newer one (python.org, or your system's packages) and run again."


def help_text():
    """Return the text of `course.py --help`."""
    verbs = "\n".join(f"  {verb:<11}{meaning}" for verb, meaning in VERBS.items())
    return (
        "usage: python3 course.py VERB [ARGUMENTS]\n\n"
        f"{verbs}\n\n"
        "The first run makes the folder .venv beside course.py (about 600 MB) and installs the\n"
        "course's packages into it; that needs the network and takes about a minute. Later runs\n"
        "start at once and need no network. Nothing is changed outside the course's folder.\n"
        "It may be stopped at any moment: the next run puts right what is missing.\n\n"
        "examples:\n"
        "  python3 course.py lab\n"
        "  python3 course.py lab --instructor\n"
        "  python3 course.py lab --help\n"
        "  python3 course.py check 01-alignment"
    )


def unknown_verb(word):
    """Return what to tell the user who typed `word` where a verb belongs."""
    import difflib

    near = difflib.get_close_matches(word, VERBS, n=1, cutoff=0.5)
    guess = f" Did you mean  python3 course.py {near[0]} ?" if near else ""
    return f"course.py has no verb '{word}'.{guess}\nIt has: {', '.join(VERBS)}."


# What an installer's last words point at: {cause: (pattern, what to tell the user)}.
CAUSES = {
    "disk": (
        r"no space left|errno 28|os error 28|disk quota|os error 122|not enough space",
        "The disk is full. The environment needs about 600 MB here, and a download folder (cache)\n"
        "in your home about as much. Make room, then run the same command again.",
    ),
    "certificate": (
        r"certificate|ssl:|tls handshake",
        "A secure connection could not be made: this machine does not trust the certificate of\n"
        "the package index (or of a proxy in between). Ask who runs the network for its\n"
        "certificate, and name it in pip's setting 'cert' or in the variable SSL_CERT_FILE.",
    ),
    "network": (
        r"name resolution|name or service not known|getaddrinfo|dns error|failed to lookup"
        r"|network is unreachable|connection refused|connect error|error sending request"
        r"|failed to establish a new connection|timed out|timeout|connection reset|no route to host"
        r"|error trying to connect|nameresolutionerror|proxyerror|network connectivity is disabled",
        "The package index could not be reached: is this machine online? Behind a proxy, set the\n"
        "variable HTTPS_PROXY; with a mirror, set pip's 'index-url'. Then run the same command\n"
        "again: what was downloaded is kept.",
    ),
    "hash": (
        r"hash mismatch|do not match the hashes|hashes are required",
        "A package is not the file that the course was tested with (its hash differs).\n"
        "Nothing of it was installed. If you use a mirror, it may be stale or altered.",
    ),
    "missing": (
        r"no matching distribution|no solution found|no wheels with a matching|not find a version",
        "A package in the course's lock is not on offer for this Python or this system. Try a\n"
        "Python from 3.11 to 3.13; if you use a mirror, it may be incomplete.",
    ),
    "permission": (
        r"permission denied|access is denied|os error 13",
        "A file could not be written: the folder belongs to someone else, or a program\n"
        "keeps it open.",
    ),
}


def cause_of(lines):
    """Return the key in CAUSES that the last lines of an installer point at, or None."""
    text = "\n".join(lines).lower()
    return next((cause for cause, (pattern, _) in CAUSES.items() if re.search(pattern, text)), None)


def say(text=""):
    """Print one line of progress at once, even into a pipe."""
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- the environment and its stamp


class Environment:
    """The folder `.venv` in the course folder `root`, and what is known of it."""

    def __init__(self, root):
        self.root = root
        self.folder = os.path.join(root, ".venv")
        self.stamp = os.path.join(self.folder, STAMP)
        self.building = os.path.join(self.folder, BUILDING)
        self.scripts = os.path.join(self.folder, "Scripts" if os.name == "nt" else "bin")
        self.python = os.path.join(self.scripts, "python.exe" if os.name == "nt" else "python")

    def wanted(self, with_tests):
        """Return the locks that must be installed: {file name: hash of its text}."""
        names = [BASE_LOCK, TEST_LOCK] if with_tests else [BASE_LOCK]
        return {name: hash_of(os.path.join(self.root, name)) for name in names}

    def read_stamp(self):
        """Return what the last complete run recorded; empty if there is none to be trusted."""
        try:
            with open(self.stamp, encoding="utf-8") as file:
                stamp = json.load(file)
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def is_sound(self):
        """Say whether a complete environment stands here, made by this recipe, in this place."""
        stamp = self.read_stamp()
        if stamp.get("recipe") != RECIPE or stamp.get("root") != self.root:
            return False
        if os.path.exists(self.building) or not os.path.exists(self.python):
            return False
        if stamp.get("interpreter") == fingerprint(stamp.get("base", "")):
            return True
        # The system's Python was replaced: harmless within one minor version, fatal across two.
        return version_of(self.python) == stamp.get("python")

    def is_current(self, wanted):
        """Say whether everything in `wanted` is installed; reads a few small files only."""
        installed = self.read_stamp().get("locks", {})
        return (
            all(installed.get(name) == hash_ for name, hash_ in wanted.items()) and self.is_sound()
        )

    def write_stamp(self, locks):
        """Record success; the last step of every change."""
        base = base_python()
        record = {
            "recipe": RECIPE,
            "root": self.root,
            "python": list(sys.version_info[:2]),
            "base": base,
            "interpreter": fingerprint(base),
            "locks": locks,
        }
        if not os.path.exists(self.python):
            raise Trouble(
                f"{self.folder} was changed by something else. Run the same command again."
            )
        temporary = self.stamp + ".new"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
        os.replace(temporary, self.stamp)
        os.remove(self.building)


def base_python():
    """Return the path of the installed Python that runs this, even from inside an environment."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def hash_of(path):
    """Return the SHA-256 of a text file, the same for every kind of line end."""
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()
    except OSError as error:
        raise Trouble(
            f"{path} cannot be read ({error.strerror}). Is this a whole copy of the course?"
        ) from None


def fingerprint(path):
    """Return what changes when the interpreter at `path` is replaced, or None if it is gone."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [path, status.st_size, status.st_mtime_ns]


def version_of(python):
    """Return [major, minor] of an interpreter, or None if it does not start."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-I", "-c", ask], stdout=subprocess.PIPE, check=True)
        return [int(number) for number in answer.stdout.split()]
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


# ---------------------------------------------------------------- one run at a time


@contextlib.contextmanager
def only_one(root):
    """Hold the course's lock, waiting for another run if there is one; yield its descriptor.

    The descriptor is handed to the installers, so that an installer which outlives a killed
    course.py still keeps the next run waiting.
    """
    path = os.path.join(root, ".course.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise Trouble(
            f"course.py cannot write in its folder {root} ({error.strerror}).\n"
            "Copy the course to a folder of your own, and run it there."
        ) from None
    try:
        told = False
        while not try_lock(descriptor):
            if not told:
                say("Another run of course.py is preparing the environment; waiting for it ...")
                told = True
            time.sleep(0.2)
        yield descriptor
    finally:
        os.close(descriptor)


def try_lock(descriptor):
    """Take the lock on an open file if nobody has it, and say whether it was taken."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network file systems have no locks at all: going on beats waiting for ever.
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


# ---------------------------------------------------------------- building


def prepare(root, with_tests):
    """Make the environment what the locks say; return it. Fast when there is nothing to do."""
    environment = Environment(root)
    wanted = environment.wanted(with_tests)
    if environment.is_current(wanted):
        return environment
    with only_one(root) as lock:
        if not environment.is_current(wanted):
            try:
                build(environment, wanted, lock)
            except OSError as error:
                fail("The environment could not be made.", [str(error)])
    return environment


def build(environment, wanted, lock):
    """Build or update the environment; the caller holds the lock."""
    start = time.monotonic()
    if environment.is_sound() and environment.read_stamp()["base"] == base_python():
        say("The course's packages have changed: updating .venv")
        with open(environment.building, "w"):
            pass
        os.remove(environment.stamp)
    else:
        say("Preparing the course: making .venv and installing its packages (about a minute).")
        clear_away(environment)
        make_folder(environment)
    lock_file = TEST_LOCK if TEST_LOCK in wanted else BASE_LOCK
    install(environment, os.path.join(environment.root, lock_file), lock)
    write_path_file(environment)
    environment.write_stamp(wanted)
    say(f"Ready ({time.monotonic() - start:.0f} s).\n")


def clear_away(environment):
    """Remove an unfinished or outdated environment, but nothing that is not ours."""
    for name in os.listdir(environment.root):
        if name.startswith(".venv-old-"):
            shutil.rmtree(os.path.join(environment.root, name), ignore_errors=True)
    folder = environment.folder
    if not os.path.lexists(folder):
        return
    ours = os.path.exists(environment.building) or os.path.exists(environment.stamp)
    if os.path.islink(folder) or not os.path.isdir(folder) or (os.listdir(folder) and not ours):
        raise Trouble(
            f"{folder} exists, but course.py did not make it.\n"
            "Move it away or delete it, then run the same command again."
        )
    # Renamed first: a removal that is interrupted must not leave half an environment in place.
    old = os.path.join(environment.root, f".venv-old-{os.getpid()}")
    try:
        os.rename(folder, old)
    except OSError as error:
        raise Trouble(
            f"{folder} must be rebuilt, but is in use ({error.strerror}).\n"
            "Close JupyterLab and whatever else runs from it, then run the same command again."
        ) from None
    shutil.rmtree(old, ignore_errors=True)


def make_folder(environment):
    """Make an empty virtual environment, marked as unfinished from its first moment."""
    try:
        import venv
    except ImportError:
        raise Trouble(no_pip_words("the module venv")) from None
    os.mkdir(environment.folder)
    with open(environment.building, "w"):
        pass
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(environment.folder)


def no_pip_words(missing):
    """Return what to tell the user whose Python comes without `missing`."""
    return (
        f"This Python ({sys.executable}) comes without {missing}.\n"
        "On Debian and Ubuntu:  sudo apt install python3-venv\n"
        "Elsewhere, a Python from python.org has it. Then run the same command again."
    )


def write_path_file(environment):
    """Put the course folder on the environment's import path.

    A relative path: Python 3.11 on Windows reads these files in the system's code page, in which
    an absolute path with an accent would not survive.
    """
    site_packages = os.path.join(environment.folder, SITE_PACKAGES)
    with open(os.path.join(site_packages, "course.pth"), "w", encoding="ascii") as file:
        file.write(os.path.relpath(environment.root, site_packages) + "\n")


# ---------------------------------------------------------------- installers: uv, else pip


def install(environment, lock_file, lock):
    """Install a lock file with uv; with pip where uv is not to be had, or fails."""
    pip = None
    uv = shutil.which("uv")
    if uv is None:
        pip = find_pip(environment, lock)
        uv = fetch_uv(environment, pip, lock)
    total = len(pinned(lock_file))
    if uv is not None:
        say(f"  installing {total} packages with uv")
        settings = pip_settings(pip or [sys.executable, "-m", "pip"])
        command = [uv, "pip", "install", "--python", environment.python]
        command += ["--require-hashes", "--no-deps", "--requirement", lock_file]
        code, lines = run(command, lock, show_uv, uv_variables(settings, os.environ))
        if code == 0:
            return
        if cause_of(lines) == "disk":
            fail("The packages could not be installed.", lines)
        for line in lines[-8:]:
            say(f"    {line}")
        say("  uv failed: trying again with pip, which is slower")
    pip = pip or find_pip(environment, lock)
    say(f"  installing {total} packages with pip")
    command = [*pip, "install", "--require-hashes", "--no-deps", "--no-compile"]
    command += ["--progress-bar", "off", "--requirement", lock_file]
    code, lines = run(command, lock, PipProgress(total))
    if code != 0:
        fail("The packages could not be installed.", lines)


def find_pip(environment, lock):
    """Return the command of a pip that installs into the environment."""
    say("  making pip ready")
    code, _ = run([environment.python, "-I", "-m", "ensurepip"], lock)
    if code == 0:
        return [environment.python, "-m", "pip"]
    # Debian ships ensurepip apart from Python; its own pip, if there, can do the work.
    borrowed = [sys.executable, "-m", "pip", "--python", environment.python]
    code, _ = run([*borrowed, "--version"], lock)
    if code == 0:
        return borrowed
    raise Trouble(no_pip_words("the module ensurepip, and without pip"))


def fetch_uv(environment, pip, lock):
    """Install uv, as pinned in the lock, into the environment; return its path or None."""
    say("  fetching uv, a fast installer")
    path = os.path.join(environment.folder, "uv-requirement.txt")
    with open(os.path.join(environment.root, BASE_LOCK), encoding="utf-8") as file:
        wanted = pinned_block(file.read(), "uv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(wanted)
    command = [*pip, "install", "--require-hashes", "--only-binary", ":all:", "--no-compile"]
    command += ["--progress-bar", "off", "--requirement", path]
    code, lines = run(command, lock)
    uv = os.path.join(environment.scripts, "uv.exe" if os.name == "nt" else "uv")
    if code == 0 and os.path.exists(uv):
        return uv
    if cause_of(lines) in ("disk", "certificate", "network"):
        fail("The installer could not be fetched.", lines)
    say("  uv is not to be had here")
    return None


def fail(what, lines):
    """Raise Trouble with the end of an installer's own words and what they point at."""
    cause = cause_of(lines)
    words = CAUSES[cause][1] if cause else "The lines above are the installer's own words."
    quoted = "\n".join(f"    {line}" for line in lines[-8:])
    raise Trouble(f"{what}\n{quoted}\n{words}")


def pinned(lock_file):
    """Return the names pinned in a lock file, in order."""
    with open(lock_file, encoding="utf-8") as file:
        return re.findall(r"^([A-Za-z0-9._-]+)==", file.read(), re.MULTILINE)


def pinned_block(text, name):
    """Return the lines of a lock's text that pin one package, hashes included."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n?", text, re.MULTILINE)
    if not found:
        raise Trouble(f"{BASE_LOCK} does not pin {name}. Is this a whole copy of the course?")
    return found.group()


def run(command, lock, show=None, variables=None):
    """Run an installer; return its exit status and its last lines.

    `show` turns a line into what the user sees of it (None: nothing).
    """
    surroundings = {**os.environ, **(variables or {}), "PYTHONUNBUFFERED": "1"}
    # Python settings of the user's shell would reach into the new environment.
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_USER", "PIP_PREFIX"):
        surroundings.pop(name, None)
    options = {} if os.name == "nt" else {"pass_fds": (lock,)}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=surroundings,
        encoding="utf-8",
        errors="replace",
        **options,
    )
    lines = []
    try:
        for line in process.stdout:
            lines = [*lines[-49:], line.rstrip()]
            seen = show(line) if show else None
            if seen:
                say(f"    {seen}")
        return process.wait(), lines
    except BaseException:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def show_uv(line):
    """Return the lines of uv that tell of progress."""
    line = line.strip()
    telling = re.match(
        r"(Downloading|Downloaded|Building|Built|Prepared|Installed|warning)\b", line
    )
    return line if telling else None


class PipProgress:
    """Turn pip's many lines into one for every tenth package."""

    def __init__(self, total):
        self.total, self.count = total, 0

    def __call__(self, line):
        """Return what to show of one line of pip."""
        if line.startswith("Installing collected packages"):
            return "unpacking"
        found = re.match(r"(?:Collecting|Requirement already satisfied:) ([^\s;=(]+)", line)
        if not found:
            return None
        self.count += 1
        return f"{self.count}/{self.total} {found.group(1)}" if self.count % 10 == 1 else None


def pip_settings(pip):
    """Return pip's own configuration {setting: value}: index, certificates, proxy."""
    try:
        answer = subprocess.run(
            [*pip, "config", "list"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
        ).stdout
    except OSError:
        return {}
    return parse_pip_settings(answer)


def parse_pip_settings(text):
    """Return {setting: value} from the lines of `pip config list`; variables win, as in pip."""
    ranks = ("global", "install", ":env:")
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)=(.*)$", text, re.MULTILINE)
    settings = {}
    for _, name, value in sorted(found, key=lambda item: ranks.index(item[0])):
        try:
            settings[name] = str(ast.literal_eval(value))
        except (SyntaxError, ValueError):
            continue
    return settings


def uv_variables(settings, environ):
    """Return the variables that make uv ask where pip asks, unless uv has settings of its own."""
    variables = {"UV_PYTHON_DOWNLOADS": "never"}
    if settings.get("cert") and "SSL_CERT_FILE" not in environ:
        variables["SSL_CERT_FILE"] = settings["cert"]
    if settings.get("proxy") and "ALL_PROXY" not in environ:
        variables["ALL_PROXY"] = settings["proxy"]
    own = ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
    own += ("UV_NO_INDEX", "UV_CONFIG_FILE")
    if any(name in environ for name in own) or any(map(os.path.exists, uv_files(environ))):
        return variables
    for setting, variable, separator in (
        ("index-url", "UV_DEFAULT_INDEX", " "),
        ("extra-index-url", "UV_INDEX", " "),
        ("find-links", "UV_FIND_LINKS", ","),
        ("trusted-host", "UV_INSECURE_HOST", " "),
    ):
        if settings.get(setting):
            variables[variable] = separator.join(settings[setting].split())
    if settings.get("no-index", "").lower() in ("1", "true", "yes", "on"):
        variables["UV_NO_INDEX"] = "1"
    # As pip does: the version in the lock, wherever it is. The hashes make this safe.
    variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return variables


def uv_files(environ):
    """Return where uv's own configuration may stand."""
    home = os.path.expanduser("~")
    return [
        os.path.join(
            environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "uv", "uv.toml"
        ),
        os.path.join(environ.get("APPDATA") or home, "uv", "uv.toml"),
        "/etc/uv/uv.toml",
    ]


# ---------------------------------------------------------------- handing over


def hand_over(environment, arguments):
    """Run `indopacific` in the environment, in place of this process where the system can."""
    surroundings = dict(os.environ)
    surroundings.pop("PYTHONHOME", None)
    surroundings["VIRTUAL_ENV"] = environment.folder
    surroundings["INDOPACIFIC_PROGRAM"] = "python3 course.py"  # what its help calls itself
    surroundings["PATH"] = os.pathsep.join(
        [environment.scripts, os.environ.get("PATH", os.defpath)]
    )
    # -P: a file of the learner's named like a module of ours must not be imported in its place.
    command = [environment.python, "-P", "-m", "indopacific.cli", *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(environment.python, command, surroundings)
    with subprocess.Popen(command, env=surroundings) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the child had it too, and decides when to end


def main(arguments):
    """Run one command line; return the exit status."""
    trouble = too_old(sys.version_info)
    if trouble:
        say(trouble)
        return 2
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(help_text())
        return 0 if arguments else 2
    verb, rest = arguments[0], arguments[1:]
    if verb not in VERBS:
        say(unknown_verb(verb))
        return 2
    root = os.path.dirname(os.path.realpath(__file__))
    try:
        asks_help = "--help" in rest[:1]
        environment = prepare(root, with_tests=verb in ("test", "site", "pdf") and not asks_help)
        return hand_over(environment, arguments)
    except Trouble as error:
        say(f"\ncourse.py: {error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again to continue.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
