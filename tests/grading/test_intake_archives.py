"""Hostile archives and folders: what passes, what is told, and what must not have happened."""

import gzip
import io
import json
import os
import socket
import stat
import sys
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest

from indopacific.grading.contract import CannotMark
from indopacific.grading.intake import take_in
from indopacific.grading.intake.classes import Enrolled, hand_ins
from indopacific.grading.intake.limits import Limits, Refused
from indopacific.grading.intake.listing import list_archive, list_folder
from indopacific.grading.intake.names import Person, claim, student_id
from indopacific.grading.intake.taking import (
    RECORD,
    TIMESTAMP,
    Parcel,
    gather,
    put_down,
    tidy,
    write_whole,
)
from tests.grading.broken import ANSWERS, KNOWN, WHOLE, notebook, with_answers
from tests.grading.practice import EXERCISE, item_id

NAME = f"{EXERCISE}.ipynb"
DATA = WHOLE.encode()
POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="links and pipes are made by POSIX calls"
)
SECRET = "the instructor's own file"


def zipped(files, *, deflate=True):
    """Return a zip of (name or ZipInfo, bytes) pairs."""
    buffer = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def special(name, mode):
    """Return a zip entry of another kind than a file."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (mode | 0o777) << 16
    return info


def tarred(*members):
    """Return a tar.gz of (TarInfo, bytes) pairs."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for info, data in members:
            info.size = len(data) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(data) if info.isreg() else None)
    return buffer.getvalue()


def member(name, kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def opened(data, name="ana.zip", limits=None):
    """Take in an archive as one student's; return the files' names and all notes."""
    limits = limits or Limits()
    try:
        listing = list_archive(io.BytesIO(data), name, limits)
    except Refused as refused:
        return [], str(refused)
    parcel = gather(listing.entries, EXERCISE, KNOWN, limits=limits, notes=listing.notes)
    return sorted(parcel.files), " ".join(parcel.notes)


GOOD = (NAME, DATA)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../evil.csv", "leads out of its folder"),
        ("a/../../evil.csv", "leads out of its folder"),
        ("..\\evil.csv", "leads out of its folder"),
        ("/etc/evil.csv", "absolute path"),
        ("\\\\server\\evil.csv", "absolute path"),
        ("C:\\evil.csv", "absolute path"),
        ("a\x1b]0;evil\x07.csv", "control characters"),
        ("a\u202evsc.csv", "control characters"),
        ("/".join("abcdefghij") + ".csv", "too long or too deep"),
        ("x" * 250 + ".csv", "too long or too deep"),
        ("evil.py", "only notebooks, tables and pictures"),
        ("pandas/__init__.py", "only notebooks, tables and pictures"),
        ("sitecustomize.pyc", "only notebooks, tables and pictures"),
        ("evil.rar", "only .zip and .tar.gz"),
        (".hidden.csv", "choose another name"),
        (f"{NAME}/x.csv", "choose another name"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused_and_the_rest_passes(name, said):
    files, notes = opened(zipped([(name, b"x"), GOOD]))
    assert files == [NAME]
    assert said in notes
    assert "\x1b" not in notes
    assert "\u202e" not in notes


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFBLK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK]
)
def test_a_link_or_device_in_a_zip_is_refused(kind):
    files, notes = opened(zipped([(special("x.csv", kind), b"/etc/passwd"), GOOD]))
    assert files == [NAME]
    assert "link, device or pipe" in notes


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
)
def test_a_link_or_device_in_a_tar_is_refused(kind):
    files, notes = opened(
        tarred((member("x.csv", kind, "/etc/passwd"), b""), (member(NAME), DATA)), "ana.tar.gz"
    )
    assert files == [NAME]
    assert "link, device or pipe" in notes


def test_a_notebook_that_is_a_link_is_no_notebook():
    files, notes = opened(zipped([(special(NAME, stat.S_IFLNK), b"/etc/passwd")]))
    assert files == []
    assert "No notebook" in notes


def test_a_small_file_that_unpacks_to_a_disk_full_is_refused_while_it_unpacks():
    bomb = zipped([("x.csv", bytes(60_000_000)), GOOD])
    assert len(bomb) < 200_000
    files, notes = opened(bomb)
    assert files == [NAME]
    assert "more than 200 times its size" in notes


@pytest.mark.parametrize("name", ["x.csv.gz", "x.tar.gz"])
def test_a_packed_stream_of_zeros_is_refused(name):
    files, notes = opened(zipped([(name, gzip.compress(bytes(100_000_000))), GOOD]))
    assert files == [NAME]
    assert "more than 200 times its size" in notes


def test_large_files_are_refused_one_by_one_and_together():
    limits = Limits(file_bytes=100_000, total_bytes=150_000)
    one = [("x.csv", os.urandom(100_001)), GOOD]
    assert opened(zipped(one), limits=limits)[0] == [NAME]
    many = [GOOD, *((f"{n}.csv", os.urandom(60_000)) for n in range(5))]
    files, notes = opened(zipped(many), limits=limits)
    assert files[0] == "0.csv"
    assert NAME in files
    assert len(files) <= 4
    assert "was left out" in notes


def test_a_zip_that_lies_about_a_size_is_read_no_further_than_allowed():
    data = bytearray(zipped([("x.csv", bytes(1000)), GOOD]))
    # The table of contents says 1,000 bytes; let it say 10.
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    files, notes = opened(bytes(data))
    assert NAME in files
    assert "damaged" in notes or "x.csv" in files


def test_very_many_files_are_refused_before_they_are_listed():
    files, notes = opened(zipped([(f"{n}.csv", b"") for n in range(5000)], deflate=False))
    assert files == []
    assert "more than 200 files" in notes
    files, notes = opened(zipped([GOOD, *((f"{n}.csv", b"") for n in range(500))]))
    assert NAME in files
    assert len(files) <= 200
    assert "the rest was left out" in notes


def test_an_archive_in_a_students_archive_is_opened_once_and_no_deeper():
    inner = zipped([GOOD])
    files, _ = opened(zipped([("work.zip", inner)]))
    assert files == [NAME]
    for _ in range(40):
        inner = zipped([("again.zip", inner)])
    files, notes = opened(inner)
    assert files == []
    assert "an archive inside an archive" in notes


def test_a_name_that_is_there_twice_counts_once():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([GOOD, (NAME, b"{}")])
    files, notes = opened(data)
    assert files == [NAME]
    assert "is there twice" in notes


def test_a_password_is_told():
    data = bytearray(zipped([("x.csv", b"x" * 50), GOOD]))
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + flags] |= 1
    files, notes = opened(bytes(data))
    assert files == [NAME]
    assert "asks for a password" in notes


@pytest.mark.parametrize("name", ["ana.zip", "ana.tar", "ana.tar.gz", "ana.gz"])
@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"\x1f\x8b\x08garbage", os.urandom(500)])
def test_an_archive_that_is_none_is_told(name, data):
    files, notes = opened(data, name)
    assert NAME not in files
    assert notes


def test_a_damaged_entry_costs_only_itself():
    data = bytearray(zipped([("x.csv", b"abc" * 100), GOOD], deflate=False))
    data[data.index(b"abcabc") + 10] ^= 0xFF
    files, notes = opened(bytes(data))
    assert files == [NAME]
    assert "is damaged in its archive" in notes


def test_no_more_notes_are_kept_than_anyone_reads():
    files, notes = opened(zipped([GOOD, *((f"{n}.exe", b"x") for n in range(150))]))
    assert files == [NAME]
    assert notes.count("was left out") < 50
    assert "more files were left out" in notes


# --- Folders -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "submitted" / "ana" / EXERCISE
    made.mkdir(parents=True)
    (made / NAME).write_bytes(DATA)
    (made / TIMESTAMP).write_text("2026-11-20 10:00:00.0 UTC", encoding="utf-8")
    (tmp_path / "secret.csv").write_text(SECRET, encoding="utf-8")
    return made


def test_a_folder_is_read_as_it_is_and_left_as_it_is(folder):
    (folder / "table.csv").write_text("a,b", encoding="utf-8")
    (folder / "submission_secret.txt").write_text("nbgrader's", encoding="utf-8")
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    submission = take_in(folder, EXERCISE, "ana")
    assert submission.notebook == DATA
    assert submission.files == (("table.csv", b"a,b"),)
    assert submission.submitted_at == "2026-11-20 10:00:00.0 UTC"
    assert submission.notes == ()
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == before


def hostile(folder):
    """Put every kind of thing that is no plain file into a folder."""
    secret = folder.parents[2] / "secret.csv"
    (folder / "link.csv").symlink_to(secret)
    (folder / "folder").symlink_to(secret.parent)
    (folder / "dangling.csv").symlink_to("nowhere")
    (folder / "loop.csv").symlink_to("loop.csv")
    os.link(secret, folder / "hard.csv")
    os.mkfifo(folder / "pipe.csv")
    here = os.getcwd()
    os.chdir(folder)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.csv")
    os.chdir(here)


@POSIX
def test_links_pipes_and_sockets_are_refused_and_nothing_waits_for_them(folder):
    hostile(folder)
    submission = take_in(folder, EXERCISE, "ana")
    assert submission.notebook == DATA
    assert submission.files == ()
    said = " ".join(submission.notes)
    for name in (
        "link.csv",
        "folder",
        "dangling.csv",
        "loop.csv",
        "hard.csv",
        "pipe.csv",
        "socket.csv",
    ):
        assert f"'{name}' was left out" in said
    assert "'link.csv' was left out: it is a link to another file." in said
    assert "'hard.csv' was left out: it is a hard link" in said
    assert "'pipe.csv' was left out: it is not a file but a device, pipe or socket." in said


@POSIX
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root makes devices"
)
def test_a_device_is_refused(folder):
    try:
        os.mknod(folder / "device.csv", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("no devices can be made here")
    submission = take_in(folder, EXERCISE, "ana")
    assert submission.files == ()
    assert "not a file but a device" in submission.notes[0]


@POSIX
@pytest.mark.parametrize("which", ["notebook", "folder"])
def test_what_a_link_points_to_is_never_marked(folder, which):
    other = folder.parents[1] / "ben" / EXERCISE
    other.mkdir(parents=True)
    if which == "notebook":
        (other / NAME).symlink_to(folder / NAME)
    else:
        other.rmdir()
        other.symlink_to(folder)
    with pytest.raises(CannotMark, match="link"):
        take_in(other, EXERCISE, "ben")


@POSIX
def test_a_file_that_becomes_a_link_after_it_was_listed_is_not_followed(folder):
    inner = folder / "tables"
    inner.mkdir()
    (inner / "secret.csv").write_text("mine", encoding="utf-8")
    listing = list_folder(folder, Limits())
    entry = next(e for e in listing.entries if e.name == "tables/secret.csv")
    (inner / "secret.csv").unlink()
    inner.rmdir()
    inner.symlink_to(folder.parents[2])
    with pytest.raises(Refused, match="could not be read"):
        entry.read(1000)


@POSIX
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_files_of_another_user_are_refused_where_an_owner_is_asked_for(folder):
    os.chown(folder / NAME, 61001, 61001)
    listing = list_folder(folder, Limits(), owner=0)
    assert NAME not in [e.name for e in listing.entries]
    assert "belongs to another user" in " ".join(listing.notes)


def test_a_missing_notebook_is_told_with_what_was_there_instead(folder):
    (folder / NAME).rename(folder / "other.py")
    with pytest.raises(
        CannotMark, match="'other.py' was left out.*No notebook '00-practice.ipynb'|No notebook"
    ):
        take_in(folder, EXERCISE, "ana")
    with pytest.raises(CannotMark, match="no folder"):
        take_in(folder / "nowhere", EXERCISE, "ana")


def test_the_only_notebook_under_another_name_is_taken(folder):
    (folder / NAME).rename(folder / "Copy of it (1).ipynb")
    submission = take_in(folder, EXERCISE, "ana")
    assert submission.notebook == DATA
    assert "came as 'Copy of it (1).ipynb'" in submission.notes[0]


@pytest.mark.parametrize("record", [b"{", b"[]", b'{"notes": 3}', b'{"notes": [3, "x"]}', b"\xff"])
def test_a_forged_record_does_no_harm(folder, record):
    (folder / RECORD).write_bytes(record)
    submission = take_in(folder, EXERCISE, "ana")
    assert submission.notebook == DATA
    assert set(submission.notes) <= {"x"}


# --- Whole or absent -----------------------------------------------------------------------------

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PARCEL = Parcel({NAME: DATA, "a/b.csv": b"1"}, ("Something was left out.",))


def test_what_is_put_down_is_read_again_with_its_notes(tmp_path):
    target = tmp_path / "ana" / EXERCISE
    put_down(target, PARCEL, time=NOW, record={"platform": "canvas"})
    submission = take_in(target, EXERCISE, "ana")
    assert submission.notebook == DATA
    assert submission.files == (("a/b.csv", b"1"),)
    assert submission.notes == PARCEL.notes
    assert submission.submitted_at == "2026-11-24 12:00:00.000000 UTC"
    assert json.loads((target / RECORD).read_text())["platform"] == "canvas"


@pytest.mark.parametrize("call", range(1, 12))
@pytest.mark.parametrize("existing", [True, False])
def test_a_stop_at_any_moment_leaves_the_old_or_the_new_never_a_part(
    tmp_path, monkeypatch, call, existing
):
    target = tmp_path / "ana" / EXERCISE
    old = {NAME: b"old", TIMESTAMP: b"then"}
    new = {NAME: DATA, "x.csv": b"1", TIMESTAMP: b"now"}
    if existing:
        write_whole(target, old)
    calls = iter(range(1, 1000))

    class Killed(BaseException):
        pass

    def counted(real):
        def stepped(*args, **kwargs):
            if next(calls) == call:
                raise Killed
            return real(*args, **kwargs)

        return stepped

    for name in ("open", "rename", "fsync", "mkdir"):
        owner = os if name == "fsync" else type(target)
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
    try:
        write_whole(target, new)
    except Killed:
        stopped = True
    else:
        stopped = False
    monkeypatch.undo()
    tidy(target)
    found = {p.name: p.read_bytes() for p in target.iterdir()} if target.exists() else None
    assert found in ((old, new) if existing else (None, new))
    assert stopped or found == new
    assert [p.name for p in tmp_path.glob("ana/*")] in ([EXERCISE], [])


def test_a_copy_that_was_not_finished_is_not_marked(folder):
    (folder / RECORD).write_text("{}", encoding="utf-8")
    (folder / TIMESTAMP).unlink()
    with pytest.raises(CannotMark, match="Collect it again"):
        take_in(folder, EXERCISE, "ana")


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "person", "file"),
    [
        (f"Ana Lee_123_assignsubmission_file_/{NAME}", Person("Ana Lee", "moodle", "123"), NAME),
        (f"Ana Lee_123_assignsubmission_file/{NAME}", Person("Ana Lee", "moodle", "123"), NAME),
        (f"Ana Lee_123_assignsubmission_file_{NAME}", Person("Ana Lee", "moodle", "123"), NAME),
        (
            f"Ana_Lee_123_assignsubmission_file_/d/{NAME}",
            Person("Ana_Lee", "moodle", "123"),
            f"d/{NAME}",
        ),
        (
            f"Participant_7_assignsubmission_file_/{NAME}",
            Person("Participant", "moodle", "7"),
            NAME,
        ),
        (f"leeana_12_345_{NAME}", Person("leeana", "canvas", "12"), NAME),
        ("leeana_LATE_12_345_00-practice-2.ipynb", Person("leeana", "canvas", "12"), NAME),
        ("leeana_12_345_my_own_name.ipynb", Person("leeana", "canvas", "12"), "my_own_name.ipynb"),
        (f"ana/{NAME}", Person("ana"), NAME),
        (f"ana/{EXERCISE}/{NAME}", Person("ana"), NAME),
        ("ana.zip", Person("ana"), "ana.zip"),
        (f"ana_{NAME}", Person("ana"), f"ana_{NAME}"),
        (f"{EXERCISE} - ana.ipynb", Person("ana"), f"{EXERCISE} - ana.ipynb"),
    ],
)
def test_whose_file_it_is_stands_in_its_name(path, person, file):
    found = claim(tuple(path.split("/")), EXERCISE)
    assert found.person == person
    assert "/".join(found.file) == file
    assert found.late == ("LATE" in path)


def test_what_belongs_to_nobody_is_nobodys():
    assert claim(("Ana_1_assignsubmission_onlinetext_", "onlinetext.html"), EXERCISE) is None
    assert claim((NAME,), EXERCISE) is None


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person("ana.lee@uni.example"), "ana.lee@uni.example"),
        (Person("Ana Lee", "moodle", "123"), "ana-lee-123"),
        (Person("王小明", "moodle", "9"), "王小明-9"),
        (Person("../../evil"), "evil"),
        (Person("..", "canvas", "4"), "4"),
        (Person(".."), "nameless"),
        (Person("a+b"), "a-b"),
    ],
)
def test_a_student_id_is_a_plain_folder_name(person, expected):
    assert student_id(person) == expected


# --- A class -------------------------------------------------------------------------------------


def taken(downloads, enrolled=()):
    notes = []
    found = {
        one.student: one
        for one in hand_ins(downloads, EXERCISE, known=KNOWN, enrolled=enrolled, notes=notes)
    }
    return found, " ".join(notes)


def other(answer):
    return notebook(with_answers({**ANSWERS, item_id(1): answer})).encode()


def test_moodles_download_becomes_a_class(tmp_path):
    data = zipped(
        [
            (f"Ana Lee_1_assignsubmission_file_/{NAME}", DATA),
            ("Ana Lee_1_assignsubmission_onlinetext_/onlinetext.html", b"<p>hello"),
            ("Ben Ng_2_assignsubmission_file_/work.zip", zipped([(f"w/{NAME}", DATA)])),
            ("Cem Öz_3_assignsubmission_file_/mine.ipynb", DATA),
            ("Dan X_4_assignsubmission_file_/essay.docx", b"x"),
            (special("Eva Y_5_assignsubmission_file_/00-practice.ipynb", stat.S_IFLNK), b"/etc"),
            ("Fay Z_6_assignsubmission_file_/bomb.zip", zipped([("x.csv", bytes(90_000_000))])),
            ("Gus W_7_assignsubmission_file_/broken.zip", b"PK no zip"),
        ]
    )
    (tmp_path / "SEC101-Exercise-123.zip").write_bytes(data)
    enrolled = [Enrolled("u-ana", "Ana", "Lee"), Enrolled("2"), Enrolled("cem", "Cem", "Oz")]
    found, notes = taken(tmp_path, enrolled)
    assert {s for s, one in found.items() if NAME in one.parcel.files} == {"u-ana", "2", "cem"}
    assert all(found[s].parcel.files[NAME] == DATA for s in ("u-ana", "2", "cem"))
    assert "came as 'mine.ipynb'" in " ".join(found["cem"].parcel.notes)
    assert "No notebook" in " ".join(found["dan-x-4"].parcel.notes)
    assert "200 times" in " ".join(found["fay-z-6"].parcel.notes)
    assert "not an archive" in " ".join(found["gus-w-7"].parcel.notes)
    assert "Eva Y_5" in notes


def test_canvas_download_becomes_a_class_and_the_last_upload_counts(tmp_path):
    data = zipped(
        [
            (f"leeana_1_100_{NAME}", DATA),
            ("leeana_1_300_00-practice-2.ipynb", other("share = 3")),
            ("leeana_1_200_00-practice-1.ipynb", other("share = 2")),
            (f"ngben_LATE_2_150_{NAME}", DATA),
        ]
    )
    (tmp_path / "submissions.zip").write_bytes(data)
    found, notes = taken(tmp_path, [Enrolled("ana", "Ana", "Lee")])
    assert set(found) == {"ana", "ngben-2"}
    assert b"share = 3" in found["ana"].parcel.files[NAME]
    assert found["ngben-2"].late
    assert not found["ana"].late
    assert notes == ""


def test_folders_files_and_archives_per_student_become_a_class(tmp_path):
    for name in ("ana", "ben"):
        (tmp_path / name / EXERCISE).mkdir(parents=True)
        (tmp_path / name / EXERCISE / NAME).write_bytes(DATA)
    (tmp_path / f"cem_{NAME}").write_bytes(DATA)
    (tmp_path / "dan.zip").write_bytes(zipped([(f"{EXERCISE}/{NAME}", DATA)]))
    (tmp_path / NAME).write_bytes(DATA)
    found, notes = taken(tmp_path)
    assert {s for s, one in found.items() if NAME in one.parcel.files} == {
        "ana",
        "ben",
        "cem",
        "dan",
    }
    assert "belongs to no student" in notes


def test_a_folder_around_the_class_is_seen_through(tmp_path):
    for name in ("ana", "ben"):
        (tmp_path / "submissions" / name).mkdir(parents=True)
        (tmp_path / "submissions" / name / NAME).write_bytes(DATA)
    (tmp_path / "readme.txt").write_text("from the platform", encoding="utf-8")
    (tmp_path / "all.zip").write_bytes(zipped([(f"s/{n}/{NAME}", DATA) for n in ("cem", "dan")]))
    found, _ = taken(tmp_path)
    assert {s for s, one in found.items() if one.parcel.files} == {"ana", "ben", "cem", "dan"}


def test_two_people_of_one_name_are_two_students(tmp_path):
    files = [(f"Ana Lee_{n}_assignsubmission_file_/{NAME}", DATA) for n in (1, 2)]
    (tmp_path / "all.zip").write_bytes(zipped(files))
    found, _ = taken(tmp_path, [Enrolled("ana", "Ana", "Lee")])
    assert set(found) == {"ana-lee-1", "ana-lee-2"}
