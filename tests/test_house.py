"""The files that hold the course together say the same thing, and nothing of one machine."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import indopacific

# conda-forge's name for a package that has another one in the Python index.
CONDA_NAMES = {"matplotlib-base": "matplotlib"}

LOCKS = ("requirements.lock", "requirements-test.lock")

# Hosts of package registries, in pieces so that this file does not name one.
REGISTRY = re.compile(
    r"(pypi|pythonhosted|npmjs|anaconda)\." + r"(org|com)|files\.python" + "hosted", re.IGNORECASE
)
# What git leaves in a file when two changes meet, in pieces as above.
CONFLICT = re.compile("^(<{7}|>{7}) " + r"\S", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?<![\w/.])/(root|home/\w+|work/(main|shared)|opt/pypi)\b")


@pytest.fixture(scope="module")
def project(course: Path) -> dict:
    return tomllib.loads(course.joinpath("pyproject.toml").read_text(encoding="utf-8"))


def bounds(lines: list[str]) -> dict[str, str]:
    """Return {package: its bounds} of requirement lines."""
    parsed = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): str(one.specifier) for one in parsed}


def locked(course: Path, name: str) -> dict[str, set[str]]:
    """Return {package: its versions} of a lock; several versions have conditions that exclude."""
    versions: dict[str, set[str]] = {}
    for line in course.joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", " ")):
            one = Requirement(line.rstrip("\\ "))
            (exact,) = one.specifier
            versions.setdefault(canonicalize_name(one.name), set()).add(exact.version)
    return versions


def tracked(course: Path) -> list[Path]:
    """Return the files that git tracks, or would track: what a clone will hold."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=course,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    files = [course / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.is_file()]


def test_every_file_of_code_is_linted_and_formatted(course):
    """A pattern that leaves a folder out can leave out another one of the same name."""

    def ruff(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ruff", *arguments, "--no-cache", "."]
        return subprocess.run(command, cwd=course, capture_output=True, encoding="utf-8")

    seen = set(map(Path, ruff("check", "--show-files").stdout.splitlines()))
    assert [file for file in tracked(course) if file.suffix == ".py" and file not in seen] == []
    for arguments in (("check",), ("format", "--check")):
        done = ruff(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr


# ---------------------------------------------------------------- dependencies


def test_conda_and_pip_ask_for_the_same(course, project):
    environment = yaml.safe_load(course.joinpath("environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    lines = [line for line in environment["dependencies"] if isinstance(line, str)]
    conda = {CONDA_NAMES.get(name, name): bound for name, bound in bounds(lines).items()}
    assert conda.pop("python") == project["project"]["requires-python"]
    assert conda.pop("pip") == ""
    assert conda == bounds(project["project"]["dependencies"])
    (by_pip,) = [line for line in environment["dependencies"] if isinstance(line, dict)]
    assert by_pip == {"pip": ["--editable ."]}


def test_every_dependency_has_its_reason(course):
    text = course.joinpath("pyproject.toml").read_text(encoding="utf-8")
    quoted = re.findall(r'^    "[a-z-]+[<>=].*$|^installer = .*$', text, re.MULTILINE)
    assert len(quoted) > 20
    assert [line for line in quoted if not re.search(r"# \w", line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_versions_conditions_and_hashes_only(course, name):
    text = course.joinpath(name).read_text(encoding="utf-8")
    body = [line for line in text.splitlines() if not line.startswith("# ")]
    package = r"[a-z0-9-]+==[\w.+!]+( ; [\w .*'\"<>=!()]+)? \\"
    allowed = re.compile(rf"{package}|    --hash=sha256:[0-9a-f]{{64}}( \\)?")
    assert [line for line in body if not allowed.fullmatch(line)] == []
    assert "://" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_satisfies_the_bounds(course, project, name):
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["installer"]
    if name == "requirements-test.lock":
        extras = project["project"]["optional-dependencies"]
        wanted = wanted + extras["test"] + extras["site"]
    versions = locked(course, name)
    for line in wanted:
        one = Requirement(line)
        found = versions[canonicalize_name(one.name)]
        assert all(Version(version) in one.specifier for version in found), (line, found)


def test_the_tests_run_on_what_learners_have(course):
    base, test = (locked(course, name) for name in LOCKS)
    assert {name: test.get(name) for name in base} == base
    assert "pytest" in test
    assert "pytest" not in base


# ---------------------------------------------------------------- names and versions


def test_the_version_is_one(course, project):
    citation = yaml.safe_load(course.joinpath("CITATION.cff").read_text(encoding="utf-8"))
    assert project["project"]["version"] == citation["version"] == indopacific.__version__
    assert f"## {indopacific.__version__}\n" in course.joinpath("CHANGELOG.md").read_text()


def test_the_licences_are_those_that_are_declared(course, project):
    citation = yaml.safe_load(course.joinpath("CITATION.cff").read_text(encoding="utf-8"))
    assert project["project"]["license"].split(" AND ") == citation["license"]
    assert all(course.joinpath(name).is_file() for name in project["project"]["license-files"])


def test_no_file_names_a_registry_or_a_machine_or_holds_a_conflict(course):
    found = []
    for file in tracked(course):
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for pattern in (REGISTRY, MACHINE_PATH, CONFLICT):
            found += [(file.name, match.group()) for match in pattern.finditer(text)]
    assert [hit for hit in found if hit[0] != Path(__file__).name] == []


def test_no_path_carries_a_date_a_week_or_a_version(course):
    names = [file.relative_to(course).as_posix() for file in tracked(course)]
    assert [n for n in names if re.search(r"20\d\d|week|w\d+d\d+|[-_]v\d", n, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "path",
    [
        ".venv/bin/python",
        ".course.lock",
        "my-work/01-alignment/01-alignment.ipynb",
        "gradebook.db",
        "submitted/a/01-alignment/01-alignment.ipynb",
        "autograded/x",
        "feedback/x",
        "lessons/.ipynb_checkpoints/x",
    ],
)
def test_git_leaves_out_what_people_and_tools_make(course, path):
    command = ["git", "check-ignore", "--quiet", "--no-index", path]
    assert subprocess.run(command, cwd=course).returncode == 0


# ---------------------------------------------------------------- the wheel


@pytest.fixture(scope="module")
def installed(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network and unpacked as an installation has it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=course, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    install = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps"]
    install += ["--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return target


def in_wheel(installed: Path, code: str) -> str:
    """Run code elsewhere, with the installed package and not the one in this repository."""
    program = f"import sys; sys.path.insert(0, {str(installed)!r})\n{code}"
    answer = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=installed.parent,
        env={"PATH": "", "SYSTEMROOT": ""},
        capture_output=True,
        encoding="utf-8",
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_a_wheel_brings_the_tables(installed):
    code = """
import indopacific
from indopacific import load, tables
names = list(tables()["name"])
assert names
for name in names:
    load(name)
print(indopacific.__file__)
"""
    assert in_wheel(installed, code) == str(installed / "indopacific" / "__init__.py")


def test_a_wheel_brings_everything_that_is_not_python(course, installed):
    package = course / "indopacific"
    wanted = {
        file.relative_to(course)
        for file in tracked(course)
        if file.is_relative_to(package) or file.is_relative_to(course / "data")
    }
    brought = {Path("indopacific", name) if name.parts[0] == "data" else name for name in wanted}
    assert Path("indopacific/jupyter/all/labconfig/page_config.json") in brought
    assert [str(name) for name in brought if not installed.joinpath(name).is_file()] == []


def test_a_source_distribution_brings_data_and_package(course, tmp_path):
    import tarfile

    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(build, cwd=course, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.split("/", 1)[1] for name in file.getnames()}
    assert {"data/datapackage.json", "indopacific/datasets.py", "course.py"} <= names
    assert not [name for name in names if name.startswith((".venv", "my-work"))]
