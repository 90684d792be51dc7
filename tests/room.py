"""A room that holds what a clone of the course holds, and nothing else."""

import shutil
import subprocess
from pathlib import Path


def git(folder: Path, *command: str) -> str:
    """Run git in a folder, as somebody whose own settings do not matter; return what it says."""
    who = ["-c", "user.name=A Student", "-c", "user.email=student@example.org"]
    done = subprocess.run(
        ["git", *who, *command], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def upstream(course: Path, folder: Path) -> Path:
    """Make a repository of the course's files as they are now, committed or not; return it."""
    listed = git(course, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (course / name).is_file():
            folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(course / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=The course")
    return folder


def clone(course: Path, folder: Path) -> Path:
    """Clone the course as it is now into `folder`; its origin stands beside it."""
    origin = upstream(course, folder.parent / f"{folder.name}-origin")
    git(origin.parent, "clone", "--quiet", str(origin), str(folder))
    return folder
