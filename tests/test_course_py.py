"""course.py: the first thing that a newcomer runs, on a machine we know nothing of."""

import ast
import importlib.util
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import ModuleType

import pytest

posix = pytest.mark.skipif(os.name == "nt", reason="signals and permissions of POSIX")


@pytest.fixture(scope="module")
def course_py(course: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("course_py", course / "course.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(
    folder: Path, *arguments: str, python: str = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run course.py as a user does, with input closed and uv not on the path."""
    return subprocess.run(
        [python, str(folder / "course.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=os.environ | variables,
        timeout=600,
    )


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 12)])
def test_an_old_python_is_told_its_version_and_what_is_needed(course_py, version):
    message = course_py.too_old(version)
    assert "3.11 or newer" in message
    assert f"{version[0]}.{version[1]} (" in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_new_python_is_welcome(course_py, version):
    assert course_py.too_old(version) is None


def test_an_old_python_is_pointed_at_a_newer_one_on_the_path(course_py, tmp_path, monkeypatch):
    newer = tmp_path / "python3.12"
    newer.write_text("#!/bin/sh\n")
    newer.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "python3.12 course.py lab" in course_py.too_old((3, 9, 1))


def test_python_3_6_can_parse_the_file(course):
    # An old Python must get as far as the message: newer syntax would be a SyntaxError instead.
    ast.parse((course / "course.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_it_needs_the_standard_library_only(course):
    tree = ast.parse((course / "course.py").read_text(encoding="utf-8"))
    names = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert names <= sys.stdlib_module_names


def test_the_verbs_are_those_of_the_package(course_py):
    from typer.main import get_command

    from indopacific.cli import app

    assert set(course_py.VERBS) == set(get_command(app).commands)


@pytest.mark.parametrize(
    ("arguments", "status"), [([], 2), (["--help"], 0), (["-h"], 0), (["help"], 0)]
)
def test_help_makes_nothing(course, tmp_path, arguments, status):
    copy = bare_copy(course, tmp_path)
    result = run(copy, *arguments)
    assert result.returncode == status
    assert "python3 course.py check 01-alignment" in result.stdout
    assert not (copy / ".venv").exists()


@pytest.mark.parametrize(("typed", "meant"), [("lba", "lab"), ("tests", "test"), ("chek", "check")])
def test_a_mistyped_verb_is_answered_with_the_nearest(course, tmp_path, typed, meant):
    copy = bare_copy(course, tmp_path)
    result = run(copy, typed)
    assert result.returncode == 2
    assert f"Did you mean  python3 course.py {meant} ?" in result.stderr
    assert not (copy / ".venv").exists()


def test_a_word_like_no_verb_gets_the_list(course_py):
    assert "Did you mean" not in course_py.unknown_verb("zzzzzz")
    assert course_py.unknown_verb("zzzzzz").endswith(f"It has: {', '.join(course_py.VERBS)}.")


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("error: failed to write to file: No space left on device (os error 28)", "disk"),
        ("Temporary failure in name resolution", "network"),
        ("dns error: failed to lookup address information", "network"),
        ("SSLError(SSLCertVerificationError(1, 'certificate verify failed'))", "certificate"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash"),
        ("Hash mismatch for `numpy==2.4.6`", "hash"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "missing"),
        ("[Errno 13] Permission denied: '/srv/course/.venv'", "permission"),
        ("Successfully installed numpy-2.4.6", None),
    ],
)
def test_an_installer_s_last_words_are_explained(course_py, line, cause):
    assert course_py.cause_of(["some other line", line]) == cause


# ---------------------------------------------------------------- locks, mirrors


def test_one_package_is_cut_out_of_a_lock_with_its_hashes(course_py):
    wanted = "uv==2.0 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    text = f"a==1 \\\n    --hash=sha256:aa\n{wanted}z==1\n"
    assert course_py.pinned_block(text, "uv") == wanted


def test_the_real_lock_pins_uv(course_py, course):
    block = course_py.pinned_block((course / "requirements.lock").read_text(), "uv")
    assert block.startswith("uv==")
    assert block.count("--hash=sha256:") == len(block.splitlines()) - 1 > 5


def test_pip_s_settings_are_read_as_pip_ranks_them(course_py):
    listed = textwrap.dedent("""\
        :env:.index-url='from the environment'
        global.cert='/etc/ca.pem'
        global.extra-index-url='file:///a file:///b'
        global.index-url='from the file'
        install.no-index='true'
        list.format='columns'
        """)
    assert course_py.parse_pip_settings(listed) == {
        "index-url": "from the environment",
        "cert": "/etc/ca.pem",
        "extra-index-url": "file:///a file:///b",
        "no-index": "true",
    }


def test_uv_asks_where_pip_asks(course_py, tmp_path):
    settings = {"index-url": "mirror", "find-links": "/a\n/b", "cert": "ca.pem"}
    variables = course_py.uv_variables(settings, {"XDG_CONFIG_HOME": str(tmp_path)})
    assert variables["UV_DEFAULT_INDEX"] == "mirror"
    assert variables["UV_FIND_LINKS"] == "/a,/b"
    assert variables["SSL_CERT_FILE"] == "ca.pem"


def test_uv_s_own_settings_are_respected(course_py, tmp_path):
    variables = course_py.uv_variables({"index-url": "mirror"}, {"UV_INDEX_URL": "mine"})
    assert "UV_DEFAULT_INDEX" not in variables
    tmp_path.joinpath("uv").mkdir()
    tmp_path.joinpath("uv", "uv.toml").write_text("")
    variables = course_py.uv_variables({"index-url": "m"}, {"XDG_CONFIG_HOME": str(tmp_path)})
    assert "UV_DEFAULT_INDEX" not in variables


# ---------------------------------------------------------------- the stamp


@pytest.fixture
def built(course_py, tmp_path):
    """An environment that looks complete: folder, interpreter, stamp; no packages."""
    tmp_path.joinpath("requirements.lock").write_text("a==1\n")
    tmp_path.joinpath("requirements-test.lock").write_text("a==1\nb==1\n")
    environment = course_py.Environment(str(tmp_path))
    course_py.make_folder(environment)
    environment.write_stamp(environment.wanted(with_tests=False))
    return environment


def test_a_complete_environment_is_left_alone(built):
    assert built.is_current(built.wanted(with_tests=False))
    assert not Path(built.building).exists()


def test_the_tools_of_the_tests_are_asked_for_by_test_only(built):
    assert not built.is_current(built.wanted(with_tests=True))
    Path(built.building).touch()
    built.write_stamp(built.wanted(with_tests=True))
    assert built.is_current(built.wanted(with_tests=True))
    assert built.is_current(built.wanted(with_tests=False))


def test_another_lock_means_another_installation(built):
    Path(built.root, "requirements.lock").write_text("a==2\n")
    assert built.is_sound()
    assert not built.is_current(built.wanted(with_tests=False))


def test_line_ends_of_windows_are_no_change(built):
    Path(built.root, "requirements.lock").write_bytes(b"a==1\r\n")
    assert built.is_current(built.wanted(with_tests=False))


@pytest.mark.parametrize(
    "damage",
    [
        lambda e: Path(e.stamp).unlink(),
        lambda e: Path(e.stamp).write_text("{"),
        lambda e: Path(e.stamp).write_text("[]"),
        lambda e: Path(e.building).touch(),
        lambda e: Path(e.python).unlink(),
        lambda e: change_stamp(e, root="/elsewhere"),
        lambda e: change_stamp(e, recipe=0),
        lambda e: change_stamp(e, interpreter=["gone", 1, 1], python=[3, 8]),
    ],
    ids=["no stamp", "cut", "list", "unfinished", "no python", "moved", "old recipe", "python 3.8"],
)
def test_a_doubtful_environment_is_never_trusted(built, damage):
    damage(built)
    assert not built.is_current(built.wanted(with_tests=False))


def test_a_python_replaced_within_its_minor_version_is_no_reason_to_rebuild(built):
    change_stamp(built, interpreter=["/usr/bin/python3.11", 1, 1])
    assert built.is_current(built.wanted(with_tests=False))


def change_stamp(environment, **changes) -> None:
    stamp = json.loads(Path(environment.stamp).read_text())
    Path(environment.stamp).write_text(json.dumps(stamp | changes))


# ---------------------------------------------------------------- what is cleared away


def test_an_unfinished_environment_is_cleared_away(built, course_py):
    Path(built.building).touch()
    Path(built.stamp).unlink()
    course_py.clear_away(built)
    assert not Path(built.folder).exists()
    assert not list(Path(built.root).glob(".venv-old-*"))


def test_what_an_interrupted_removal_left_is_cleared_away_too(built, course_py):
    Path(built.root, ".venv-old-1", "lib").mkdir(parents=True)
    course_py.clear_away(built)
    assert not list(Path(built.root).glob(".venv-old-*"))


def test_somebody_else_s_environment_is_not_touched(course_py, tmp_path):
    theirs = tmp_path / ".venv" / "pyvenv.cfg"
    theirs.parent.mkdir()
    theirs.write_text("home = /usr/bin\n")
    with pytest.raises(course_py.Trouble, match="did not make it"):
        course_py.clear_away(course_py.Environment(str(tmp_path)))
    assert theirs.exists()


@posix
def test_a_link_to_an_environment_elsewhere_is_not_followed(course_py, built, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    other.joinpath(".venv").symlink_to(built.folder)
    with pytest.raises(course_py.Trouble, match="did not make it"):
        course_py.clear_away(course_py.Environment(str(other)))
    assert Path(built.python).exists()


def test_the_course_is_found_from_the_environment_by_a_relative_path(course_py, built):
    course_py.write_path_file(built)
    line = Path(built.folder, course_py.SITE_PACKAGES, "course.pth").read_text().strip()
    assert not os.path.isabs(line)
    found = Path(built.folder, course_py.SITE_PACKAGES, line).resolve()
    assert found == Path(built.root).resolve()


# ---------------------------------------------------------------- one at a time, and no luck


@posix
def test_a_second_run_waits_for_the_first(course_py, course, tmp_path):
    copy = bare_copy(course, tmp_path)
    ask = [sys.executable, str(copy / "course.py"), "lab"]
    with course_py.only_one(str(copy)):
        second = subprocess.Popen(
            ask,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            # A shell's background job ignores SIGINT, and hands that on to all that it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        assert second.stderr
        assert "waiting" in second.stderr.readline()
        assert second.poll() is None
        second.send_signal(signal.SIGINT)
        second.communicate(timeout=20)
    assert second.returncode == 130


@posix
def test_the_lock_lives_as_long_as_an_installer_that_outlives_us(course_py, tmp_path):
    with course_py.only_one(str(tmp_path)) as lock:
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1, pass_fds=(lock,))
    other = os.open(tmp_path / ".course.lock", os.O_RDWR)
    assert not course_py.try_lock(other)
    child.communicate(b"\n", timeout=20)
    assert course_py.try_lock(other)
    os.close(other)


@posix
def test_a_folder_that_cannot_be_written_is_explained(course, tmp_path):
    copy = bare_copy(course, tmp_path)
    ask = [sys.executable, str(copy / "course.py"), "lab"]
    if os.geteuid() == 0:
        # Permissions do not bind root; a read-only mount does.
        ask = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(copy), str(copy), *ask]
    copy.chmod(0o555)
    result = subprocess.run(ask, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    copy.chmod(0o755)
    assert result.returncode == 1
    assert "Copy the course to a folder of your own" in result.stderr


def test_a_folder_that_cannot_be_opened_for_writing_is_explained(course_py, tmp_path):
    # Stands for a read-only folder where the tests run as root: the lock cannot be made.
    tmp_path.joinpath(".course.lock").mkdir()
    with pytest.raises(course_py.Trouble, match="folder of your own"), course_py.only_one(tmp_path):
        pass


def test_a_copy_without_its_lock_is_explained(course, tmp_path):
    copy = bare_copy(course, tmp_path)
    copy.joinpath("requirements.lock").unlink()
    result = run(copy, "lab")
    assert result.returncode == 1
    assert "Is this a whole copy of the course?" in result.stderr


@pytest.mark.slow
def test_without_network_the_message_says_so_and_nothing_is_believed_good(course, tmp_path):
    copy = bare_copy(course, tmp_path)
    # Port 9 of this machine: nobody answers, and no real network is asked.
    nowhere = "http://127.0.0.1:9/simple"
    result = run(
        copy,
        "lab",
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL=nowhere,
        PIP_RETRIES="1",
        PIP_NO_CACHE_DIR="1",
        PIP_FIND_LINKS="",
        UV_DEFAULT_INDEX=nowhere,
        UV_NO_CACHE="1",
        UV_HTTP_RETRIES="0",
    )
    assert result.returncode == 1
    assert "could not be reached" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (copy / ".venv" / "course-stamp.json").exists()


# ---------------------------------------------------------------- the real thing


def bare_copy(course: Path, folder: Path) -> Path:
    """Copy what course.py itself needs into a folder with a space and an accent in its name."""
    copy = folder / "my courses é"
    copy.mkdir()
    for name in ("course.py", "requirements.lock", "requirements-test.lock"):
        copy.joinpath(name).write_bytes(course.joinpath(name).read_bytes())
    return copy


@pytest.fixture(scope="module")
def fresh(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one command that tells what it got, not yet installed."""
    copy = bare_copy(course, tmp_path_factory.mktemp("fresh"))
    package = copy / "indopacific"
    package.mkdir()
    package.joinpath("__init__.py").touch()
    package.joinpath("cli.py").write_text(
        "import json, sys, numpy, jupyterlab\n"
        "print(json.dumps([sys.argv[1:], sys.prefix, sys.path[0]]))\n"
        "sys.exit(7)\n"
    )
    return copy


@pytest.mark.slow
@posix
def test_killed_while_installing_it_starts_afresh_and_hands_over(fresh):
    first = subprocess.Popen(
        [sys.executable, str(fresh / "course.py"), "lab"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert first.stderr
    for line in first.stderr:
        if "packages with" in line:
            break
    time.sleep(0.3)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    assert not (fresh / ".venv" / "course-stamp.json").exists()

    second = run(fresh, "lab", "--port", "a b", "é", "-x")
    assert second.returncode == 7, second.stderr
    arguments, prefix, first_path = json.loads(second.stdout)
    assert arguments == ["lab", "--port", "a b", "é", "-x"]
    assert prefix == str(fresh / ".venv")
    assert first_path != os.getcwd()
    assert (fresh / ".venv" / "course-stamp.json").exists()


@pytest.mark.slow
@posix
def test_when_up_to_date_nothing_is_done_or_said(fresh):
    if not (fresh / ".venv" / "course-stamp.json").exists():
        run(fresh, "lab")
    before = sorted(path.stat().st_mtime_ns for path in fresh.joinpath(".venv").iterdir())
    result = run(fresh, "check", PATH="/nowhere")
    assert result.returncode == 7
    assert result.stderr == ""
    assert sorted(p.stat().st_mtime_ns for p in fresh.joinpath(".venv").iterdir()) == before


@pytest.mark.slow
@posix
def test_a_moved_folder_is_noticed_and_rebuilt(fresh, tmp_path):
    if not (fresh / ".venv" / "course-stamp.json").exists():
        run(fresh, "lab")
    moved = fresh.rename(tmp_path / "moved")
    try:
        result = run(moved, "lab")
        assert "making .venv" in result.stderr
        assert json.loads(result.stdout)[1] == str(moved / ".venv")
    finally:
        moved.rename(fresh)
