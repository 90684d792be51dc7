"""What works on this machine, what is protected, and how to get what is missing."""

from __future__ import annotations

import dataclasses
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import sandbox

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what : str
    works : bool
    says : str
        What was found.
    remedy : str
        What to do; "" if nothing is to be done.
    """

    what: str
    works: bool
    says: str
    remedy: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as data that `json.dumps` accepts."""
        return dataclasses.asdict(self)


def examine(course: Path) -> list[Finding]:
    """Look at everything.

    Parameters
    ----------
    course : Path
    """
    return [*_everybody(course), *_instructor(course), *_publisher()]


def _everybody(course: Path) -> Iterator[Finding]:
    found = sys.version_info[:2]
    yield Finding(
        "Python",
        found >= (3, 11),
        f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        "" if found >= (3, 11) else "The course needs Python 3.11 or newer.",
    )
    yield _writable(course)
    yield _kernel()
    yield Finding(
        "check",
        True,
        "answers and tests run in two processes; on your own machine that needs no sandbox",
    )


def _writable(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        why = f"{folder} cannot be written to ({error.strerror})"
        return Finding("course folder", False, why, "Copy the course to a folder of your own.")
    return Finding("course folder", True, f"{folder} can be written to")


def _kernel() -> Finding:
    try:
        from jupyter_client.kernelspec import KernelSpecManager

        path = KernelSpecManager().get_kernel_spec("python3").resource_dir
    except Exception as error:
        remedy = "Run `python3 course.py lab` once: it makes the environment anew."
        return Finding("notebook kernel", False, f"{type(error).__name__}: {error}", remedy)
    return Finding("notebook kernel", True, f"python3, in {path}")


def _instructor(course: Path) -> Iterator[Finding]:
    reason = sandbox.why_not()
    says = (
        "submissions run without network, home, gradebook and solutions in sight, as a user "
        "without rights, within limits"
        if not reason
        else "submissions would run with your own rights, so `grade` refuses"
    )
    yield Finding("sandbox for grading", not reason, says, reason)
    if not reason:
        yield _warm(course)
        yield _limits()
    if hasattr(os, "geteuid"):
        root = os.geteuid() == 0
        yield Finding(
            "grader's rights",
            True,
            "you are root; submissions still run as a user without rights"
            if root
            else "you are not root, which is better",
        )
    yield Finding(
        "processors",
        True,
        f"{os.cpu_count() or 1}; `grade` marks as many submissions at one time",
    )


def _warm(course: Path) -> Finding:
    from .contract import Limits
    from .starting import NotWarm, Warm

    try:
        Warm(course, Limits()).wait().end()
    except NotWarm as error:
        return Finding(
            "quick grading",
            False,
            f"a sandbox within the sandbox does not work here ({error}); each submission starts "
            "its own, equally protected and slower",
            "Nothing needs to be done. On Ubuntu 24.04 and later an AppArmor profile for bwrap "
            "that allows user namespaces makes it quick.",
        )
    return Finding("quick grading", True, "processes are forked from warm ones, each shut in anew")


def _limits() -> Finding:
    from .contract import MEGABYTE, Limits

    limits = Limits()
    return Finding(
        "limits for submissions",
        True,
        f"{limits.cell_seconds:g} s a cell, {limits.memory_bytes // MEGABYTE:,} MB of memory, "
        f"{limits.processes} processes, {limits.scratch_bytes // MEGABYTE} MB of files; by the "
        "kernel's limits for processes and a watch outside the sandbox. System calls are not "
        "filtered (no seccomp), and processor time is not shared out (no control group)",
    )


def _publisher() -> Iterator[Finding]:
    there = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    yield Finding(
        "chromium",
        there is not None,
        f"{there}; for the PDF edition and browser tests" if there else "not found",
        "" if there else "Only publishers need it. On Debian and Ubuntu: apt install chromium",
    )
