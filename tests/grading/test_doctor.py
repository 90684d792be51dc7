"""`doctor` and the page for instructors say what is really in force."""

from indopacific.grading import sandbox
from indopacific.grading.contract import MEGABYTE, Limits
from indopacific.grading.doctor import examine
from indopacific.grading.intake.limits import Limits as IntakeLimits
from tests.grading.practice import REPOSITORY

PAGE = (REPOSITORY / "solutions" / "GRADING.md").read_text(encoding="utf-8")


def findings():
    return {finding.what: finding for finding in examine(REPOSITORY)}


def test_without_bubblewrap_it_says_what_is_not_protected_and_how_to_get_it(monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    found = findings()
    assert not found["sandbox for grading"].works
    assert "`grade` refuses" in found["sandbox for grading"].says
    assert "limits for submissions" not in found


def test_the_page_for_instructors_names_the_limits_that_are_in_force():
    own, taken = Limits(), IntakeLimits()
    for words in (
        f"| one cell | {own.cell_seconds:g} s ",
        f"at least {own.for_solution(0).total_seconds:g} s",
        f"at most {own.for_solution(1e6).total_seconds:g} s",
        f"| memory | {own.memory_bytes // MEGABYTE:,} MB for each",
        f"| processes and threads | {own.processes} |",
        f"| {own.open_files}; {own.file_bytes // MEGABYTE} MB; ",
        f"; {own.scratch_bytes // MEGABYTE} MB |",
        f"| kept output of a cell | {own.output_bytes // MEGABYTE} MB |",
        f"| one answer on its way to a test | {own.answer_bytes // MEGABYTE} MB |",
        f"more than {taken.files} files, {taken.file_bytes // MEGABYTE} MB a file",
        f"{taken.total_bytes // MEGABYTE} MB a student",
        f"{taken.ratio} times its size",
    ):
        assert words in PAGE, words
