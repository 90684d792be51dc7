"""The intake inside nbgrader: its own `zip_collect`, exchange and notebook reader, switched on."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from indopacific.exercises.release import release
from indopacific.grading.contract import CannotMark
from indopacific.grading.intake import take_in
from indopacific.grading.intake.plugins import ForgivingNotebookExporter, SafeCollect
from indopacific.grading.intake.taking import RECORD, TIMESTAMP
from tests.grading import practice
from tests.grading.broken import CORPUS, WHOLE
from tests.grading.practice import EXERCISE

if sys.platform != "win32":
    import pwd

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no exchange on Windows")

NAME = f"{EXERCISE}.ipynb"
DATA = WHOLE.encode()
ROOT = os.geteuid() == 0 if hasattr(os, "geteuid") else False
ME = pwd.getpwuid(os.geteuid()).pw_name if sys.platform != "win32" else ""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    course = practice.make_course(tmp_path_factory.mktemp("course"))
    release(course)
    return course


def run(course, *command):
    environment = os.environ | {"PYTHONPATH": str(practice.REPOSITORY), "HOME": str(course)}
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def packed(*files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.slow
def test_zip_collect_takes_in_a_class_and_finishes_what_was_interrupted(made):
    archive = made / "downloaded" / EXERCISE / "archive"
    archive.mkdir(parents=True)
    whole = packed(
        (f"Ana Lee_1_assignsubmission_file_/{NAME}", DATA),
        ("Ben Ng_2_assignsubmission_file_/mine.ipynb", DATA),
        ("Ben Ng_2_assignsubmission_file_/pandas.py", b"raise SystemExit"),
        ("Cem Oz_3_assignsubmission_file_/bomb.zip", packed(("x.csv", bytes(90_000_000)))),
        (f"Dan X_4_assignsubmission_file_/{NAME}", b"{"),
        ("../../../../evil.csv", b"x"),
    )
    (archive / "class.zip").write_bytes(whole)
    with Gradebook(f"sqlite:///{made / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("ana", first_name="Ana", last_name="Lee")
    done = run(made, "zip_collect", EXERCISE)
    assert done.returncode == 0, done.stderr
    submitted = made / "submitted"
    assert sorted(p.name for p in submitted.iterdir()) == ["ana", "ben-ng-2", "cem-oz-3", "dan-x-4"]
    ana = take_in(submitted / "ana" / EXERCISE, EXERCISE, "ana")
    assert (ana.notebook, ana.notes) == (DATA, ())
    ben = take_in(submitted / "ben-ng-2" / EXERCISE, EXERCISE, "ben-ng-2")
    assert (ben.notebook, ben.files) == (DATA, ())
    assert "pandas.py" in " ".join(ben.notes)
    with pytest.raises(CannotMark, match="200 times its size"):
        take_in(submitted / "cem-oz-3" / EXERCISE, EXERCISE, "cem-oz-3")
    assert take_in(submitted / "dan-x-4" / EXERCISE, EXERCISE, "dan-x-4").notebook == b"{"
    assert not list(made.parent.rglob("evil.csv"))
    assert (archive / "class.zip").read_bytes() == whole
    # Stopped while it copied: a notebook without an end, no time yet.
    (submitted / "ana" / EXERCISE / NAME).write_bytes(DATA[:100])
    (submitted / "ana" / EXERCISE / TIMESTAMP).unlink()
    subprocess.run(["rm", "-r", str(made / "downloaded" / EXERCISE / "extracted")], check=True)
    again = run(made, "zip_collect", EXERCISE)
    assert again.returncode == 0, again.stderr
    assert take_in(submitted / "ana" / EXERCISE, EXERCISE, "ana").notebook == DATA
    assert "ben-ng-2: collected before" in again.stderr


# --- The exchange --------------------------------------------------------------------------------


@pytest.fixture
def course(made, tmp_path):
    """A course of its own with an exchange; returns it, the inbound folder, and what was said."""
    inbound = tmp_path / "exchange" / "indopacific" / "inbound"
    inbound.mkdir(parents=True)
    return tmp_path, inbound


def hand_in(inbound, student, *, time=None, files=((NAME, DATA),), suffix="", owner=None):
    """Put a submission into the exchange as `nbgrader submit` does."""
    stamp = (time or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    folder = inbound / f"{student}+{EXERCISE}+{stamp}{suffix}"
    folder.mkdir()
    for name, data in files:
        (folder / name).write_bytes(data)
    (folder / TIMESTAMP).write_text(stamp, encoding="utf-8")
    if owner is not None:
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner, owner, follow_symlinks=False)
    return folder


def collect(course, made, caplog, **settings):
    root, inbound = course
    directory = CourseDirectory(
        root=str(root),
        course_id="indopacific",
        assignment_id=EXERCISE,
        db_url=f"sqlite:///{made / 'gradebook.db'}",
        release_directory=str(made / "exercises"),
    )
    directory.student_id = "*"
    caplog.set_level(logging.INFO)
    app = SafeCollect(coursedir=directory, root=str(inbound.parents[1]), **settings)
    app.log = logging.getLogger("collect")
    app.start()
    return caplog.text


def submitted(course, student):
    return course[0] / "submitted" / student / EXERCISE


def test_collect_takes_the_newest_and_leaves_the_exchange_as_it_is(course, made, caplog):
    now = datetime.now(UTC)
    hand_in(course[1], ME, time=now - timedelta(seconds=200), files=[(NAME, b"old")])
    newest = hand_in(course[1], ME, time=now, suffix="+abc")
    collect(course, made, caplog)
    found = take_in(submitted(course, ME), EXERCISE, ME)
    assert found.notebook == DATA == (newest / NAME).read_bytes()
    assert found.submitted_at == now.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    assert json.loads((submitted(course, ME) / RECORD).read_text())["name"] == newest.name


def test_a_later_submission_replaces_an_earlier_one_only_if_asked(course, made, caplog):
    now = datetime.now(UTC)
    hand_in(course[1], ME, time=now - timedelta(seconds=100), files=[(NAME, b"old")])
    collect(course, made, caplog)
    hand_in(course[1], ME, time=now)
    collect(course, made, caplog)
    assert (submitted(course, ME) / NAME).read_bytes() == b"old"
    collect(course, made, caplog, update=True)
    assert (submitted(course, ME) / NAME).read_bytes() == DATA


def test_links_in_a_submission_are_refused_and_the_instructors_files_stay_at_home(
    course, made, caplog
):
    secret = course[0] / "secret.csv"
    secret.write_text("the key", encoding="utf-8")
    folder = hand_in(course[1], ME)
    (folder / "x.csv").symlink_to(secret)
    (folder / "tree").symlink_to(course[0])
    os.link(secret, folder / "hard.csv")
    said = collect(course, made, caplog)
    names = {p.name for p in submitted(course, ME).rglob("*")}
    assert names == {NAME, TIMESTAMP, RECORD}
    for name in ("x.csv", "tree", "hard.csv"):
        assert f"'{name}' was left out" in said


def test_a_submission_that_is_itself_a_link_is_no_submission(course, made, caplog):
    elsewhere = course[0] / "solutions"
    elsewhere.mkdir()
    (elsewhere / NAME).write_bytes(b"the key")
    (course[1] / f"{ME}+{EXERCISE}+2026-01-01 00:00:00.0 UTC").symlink_to(elsewhere)
    said = collect(course, made, caplog)
    assert not submitted(course, ME).exists()
    assert "it is not a folder" in said


def test_a_name_without_a_time_does_not_stop_the_class(course, made, caplog):
    (course[1] / f"eve+{EXERCISE}+whenever").mkdir()
    (course[1] / f"eve+{EXERCISE}").mkdir()
    (course[1] / "rubbish").mkdir()
    hand_in(course[1], ME)
    said = collect(course, made, caplog)
    assert (submitted(course, ME) / NAME).read_bytes() == DATA
    assert "its name holds no time" in said


def test_a_submission_in_anothers_name_is_refused(course, made, caplog):
    hand_in(course[1], "ben")
    hand_in(course[1], ME)
    said = collect(course, made, caplog)
    assert not submitted(course, "ben").exists()
    assert submitted(course, ME).exists()
    assert f"it belongs to {ME}, not to ben" in said


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_as_root_each_owner_is_looked_at_and_the_newest_forgery_does_not_win(course, made, caplog):
    nobody, daemon = 65534, 1
    hand_in(course[1], "nobody", owner=nobody)
    forged = hand_in(
        course[1], "nobody", time=datetime(2099, 1, 1, tzinfo=UTC), files=[(NAME, b"forged")]
    )
    os.chown(forged, daemon, daemon)
    mixed = hand_in(course[1], "daemon", owner=daemon)
    (mixed / "table.csv").write_text("root's", encoding="utf-8")
    said = collect(course, made, caplog)
    assert (submitted(course, "nobody") / NAME).read_bytes() == DATA
    assert not (submitted(course, "daemon") / "table.csv").exists()
    assert "belongs to daemon, not to nobody" in said
    assert "'table.csv' was left out: it belongs to another user" in said
    assert (submitted(course, "nobody") / NAME).stat().st_uid == 0


@pytest.mark.parametrize("years", [-1, 50])
def test_a_forged_time_is_replaced_by_the_time_of_writing(course, made, caplog, years):
    forged = datetime.now(UTC) + timedelta(days=365 * years)
    folder = hand_in(course[1], ME, time=forged)
    for path in (folder / NAME, folder):
        os.utime(path, (forged.timestamp(), forged.timestamp()))
    said = collect(course, made, caplog)
    stamp = take_in(submitted(course, ME), EXERCISE, ME).submitted_at
    assert stamp.startswith(f"{datetime.now(UTC):%Y-%m-%d}")
    assert "which counts" in said


def test_times_are_believed_where_the_instructor_says_so(course, made, caplog):
    hand_in(course[1], ME, time=datetime(2026, 1, 1, tzinfo=UTC))
    collect(course, made, caplog, trust_times=True)
    assert take_in(submitted(course, ME), EXERCISE, ME).submitted_at.startswith("2026-01-01")


def test_a_student_whose_files_cannot_be_read_costs_no_other(course, made, caplog, monkeypatch):
    hand_in(course[1], ME)
    hand_in(course[1], "zoe")
    (submitted(course, "zoe").parent).parent.mkdir()
    submitted(course, "zoe").parent.write_text("a file where a folder should be", encoding="utf-8")
    said = collect(course, made, caplog, check_owner=False)
    assert submitted(course, ME).exists()
    assert "zoe: could not be collected" in said


# --- Reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", CORPUS, ids=lambda broken: broken.name)
def test_the_exporter_reads_what_the_intake_reads(broken, tmp_path):
    file = tmp_path / NAME
    file.write_bytes(broken.data)
    text, resources = ForgivingNotebookExporter().from_filename(str(file), resources={})
    notebook = nbformat.reads(text, as_version=4)
    if broken.saved is None and broken.name not in ("another-exercise",):
        assert re.search(broken.said, " ".join(resources["intake_notes"]))
        assert [cell.id for cell in notebook.cells] == ["notice"]
    for cell in notebook.cells:
        assert isinstance(cell.source, str)
        assert isinstance(cell.metadata, dict)
    assert resources["output_extension"] == ".ipynb"
    assert Path(resources["metadata"]["path"]) == tmp_path
