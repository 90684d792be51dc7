"""Intake at nbgrader's own extension points: `zip_collect`, `collect`, and reading a notebook.

Switched on by nbgrader_config.py: `ZipCollectApp.extractor_plugin`, `ZipCollectApp.
collector_plugin`, `ExchangeFactory.collect`, `Autograde.exporter_class`.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc
from traitlets import Bool, Integer

from ...exercises.known import KnownCell, known_cells
from ...exercises.questions import text_of
from ..contract import CannotMark
from ..recording import notice
from .classes import Enrolled, hand_ins
from .limits import Limits, Refused, quoted
from .listing import list_folder
from .notebook import MOST_BYTES, read_notebook
from .taking import (
    RECORD,
    TIMESTAMP,
    UNREADABLE,
    Parcel,
    gather,
    is_time,
    put_down,
    recorded,
    tidy,
    write_whole,
)

if sys.platform != "win32":
    import pwd


def released_cells(coursedir: CourseDirectory, exercise: str) -> list[KnownCell]:
    """Return the released exercise's cells; none if it has not been released."""
    folder = coursedir.format_path(coursedir.release_directory, ".", exercise)
    try:
        return known_cells(read_notebook((Path(folder) / f"{exercise}.ipynb").read_bytes()).cells)
    except (OSError, CannotMark):
        return []


def enrolled_students(coursedir: CourseDirectory) -> list[Enrolled]:
    """Return the gradebook's students; none if there is no gradebook yet."""
    file = coursedir.db_url.removeprefix("sqlite:///")
    if file != coursedir.db_url and not os.path.exists(file):
        return []
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        return [Enrolled(s.id, s.first_name or "", s.last_name or "") for s in gradebook.students]


class SafeExtractor(ExtractorPlugin):
    """Unpack what a learning platform gives to download, a folder for each student.

    Understands the names of Moodle and Canvas, folders and archives per student. Links, devices,
    names that lead elsewhere, archives within archives and whatever unpacks to very much more than
    it is are refused with a sentence each; only the exercise's notebook and allowed files pass.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Fill the folder of extracted files."""
        coursedir = self.parent.coursedir
        exercise = coursedir.assignment_id
        notes: list[str] = []
        count = 0
        for one in hand_ins(
            Path(archive_path),
            exercise,
            known=released_cells(coursedir, exercise),
            enrolled=enrolled_students(coursedir),
            notes=notes,
        ):
            count += 1
            about = {
                "platform": one.person.platform,
                "name": one.person.name,
                "number": one.person.number,
                "late": one.late,
            }
            record = recorded(one.parcel, time=one.time, record=about)
            write_whole(Path(extracted_path) / one.student, {**one.parcel.files, RECORD: record})
            for note in one.parcel.notes:
                self.log.warning("%s: %s", one.student, note)
        for note in notes:
            self.log.warning("%s", note)
        self.log.info("%d students' files were taken in", count)


class StudentFolders(FileNameCollectorPlugin):
    """Say whose the files are that `SafeExtractor` has put into a folder for each student."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return student, file and time, or None for what is to stay away."""
        path = Path(submitted_file)
        folder = next((p for p in path.parents if (p / RECORD).is_file()), None)
        if folder is None:
            return None
        student = folder.name
        coursedir = self.parent.coursedir
        target = Path(
            coursedir.format_path(coursedir.submitted_directory, student, coursedir.assignment_id)
        )
        if target.is_dir() and not (target / TIMESTAMP).exists() and (target / RECORD).exists():
            self.log.warning("%s: was copied only in part before; copied again", student)
            shutil.rmtree(target)
        if target.is_dir() and not self.parent.force:
            self.log.warning("%s: collected before; --force collects anew", student)
            return None
        return {
            "student_id": student,
            "file_id": path.relative_to(folder).as_posix(),
            "timestamp": json.loads((folder / RECORD).read_text(encoding="utf-8"))["handed_in"],
        }


class SafeCollect(ExchangeCollect):
    """Collect from the exchange without trusting what lies there.

    nbgrader's own copies what links point to with the instructor's rights, only warns when a
    submission belongs to somebody else, believes the time that its sender wrote, and ends at the
    first folder with a wrong name.
    """

    trust_times = Bool(
        False,
        help="Believe the time in a submission's name. Without it, a time that differs from when "
        "the files were really written is replaced by the latter; switch it on after the exchange "
        "was moved or restored, which changes all times.",
    ).tag(config=True)
    tolerance = Integer(300, help="Seconds by which the two times may differ.").tag(config=True)

    def init_src(self) -> None:
        """Find each student's submission."""
        self.course_path = os.path.join(self.root, self.coursedir.course_id)
        self.inbound_path = os.path.join(self.course_path, "inbound")
        if not self.coursedir.course_id:
            self.fail("No course id specified. Re-run with --course flag.")
        if not os.path.isdir(self.inbound_path):
            self.fail(f"Course not found: {self.inbound_path}")
        groups: dict[str, list[dict[str, Any]]] = {}
        for name in sorted(os.listdir(self.inbound_path)):
            record = self._record(name)
            if record is not None:
                groups.setdefault(record["username"], []).append(record)
        due = self._due() if self.before_duedate else None
        self.src_records = []
        for records in groups.values():
            newest = sorted(records, key=lambda r: r["timestamp"], reverse=True)
            in_time = [r for r in newest if due is None or r["timestamp"] <= due]
            self.src_records.append((in_time or newest)[0])

    def _due(self) -> datetime | None:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                due: datetime | None = gradebook.find_assignment(
                    self.coursedir.assignment_id
                ).duedate
            except MissingEntry:
                return None
        return due

    def _record(self, name: str) -> dict[str, Any] | None:
        """Read a folder's name and rights; None if it is not, or cannot be, a submission."""
        parts = name.rsplit("+", 3)
        wanted = self.coursedir.student_id
        if len(parts) < 3 or parts[1] != self.coursedir.assignment_id:
            parts = name.rsplit("+", 2)
        if len(parts) < 3 or parts[1] != self.coursedir.assignment_id:
            return None
        student = parts[0]
        if wanted not in ("", "*", student):
            return None
        path = Path(self.inbound_path) / name
        try:
            state = path.lstat()
            claimed = parse_utc(parts[2])
        except (OSError, ValueError, OverflowError):
            self.log.warning("%s was left out: its name holds no time.", quoted(name))
            return None
        if not path.is_dir() or path.is_symlink():
            self.log.warning("%s was left out: it is not a folder.", quoted(name))
            return None
        owner = _user(state.st_uid)
        if self.check_owner and owner != student:
            self.log.error(
                "%s was left out: it belongs to %s, not to %s.", quoted(name), owner, student
            )
            return None
        return {
            "username": student,
            "filename": name,
            "timestamp": self._time(path, claimed, student),
            "owner": state.st_uid if self.check_owner else None,
        }

    def _time(self, path: Path, claimed: datetime, student: str) -> datetime:
        """Return when a submission was handed in: as claimed, unless its files say otherwise."""
        if self.trust_times:
            return claimed
        # Unlike the time of the last change of content, this one cannot be set.
        inside = [p.lstat().st_ctime for p in path.iterdir()] if os.access(path, os.R_OK) else []
        written = datetime.fromtimestamp(max([path.lstat().st_ctime, *inside]), UTC)
        written = written.replace(tzinfo=None)
        if abs(written - claimed) <= timedelta(seconds=self.tolerance):
            return claimed
        self.log.warning(
            "%s: says that it was handed in at %s; its files were written at %s, which counts.",
            student,
            claimed.isoformat(" ", "seconds"),
            written.isoformat(" ", "seconds"),
        )
        return written

    def copy_files(self) -> None:
        """Take in what was found, one student after another; one that fails stops no other."""
        self.log.info("%d submissions to collect", len(self.src_records))
        for record in self.src_records:
            try:
                self._collect(record)
            except (OSError, ValueError, ExchangeError) as error:
                self.log.error("%s: could not be collected: %s", record["username"], error)

    def _collect(self, record: dict[str, Any]) -> None:
        student, exercise = record["username"], self.coursedir.assignment_id
        target = Path(
            self.coursedir.format_path(self.coursedir.submitted_directory, student, exercise)
        )
        tidy(target)
        if target.is_dir():
            there = self.coursedir.get_existing_timestamp(str(target))
            newer = there is None or record["timestamp"] > there
            other = self.before_duedate and record["timestamp"] != there
            if not (self.update and newer) and not other:
                self.log.info("%s: collected before; --update collects what is newer", student)
                return
        source = Path(self.inbound_path) / record["filename"]
        try:
            listing = list_folder(source, Limits(), owner=record["owner"])
        except Refused as refused:
            parcel = Parcel({}, (str(refused),))
        else:
            parcel = gather(
                listing.entries,
                exercise,
                released_cells(self.coursedir, exercise),
                notes=listing.notes,
            )
        for note in parcel.notes:
            self.log.warning("%s: %s", student, note)
        put_down(
            target,
            parcel,
            time=record["timestamp"].replace(tzinfo=UTC),
            record={"platform": "exchange", "name": record["filename"]},
        )
        if self.coursedir.groupshared:
            self.set_perms(target, 0o664, 0o2775)
        self.log.info("Collected: %s %s", student, exercise)


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


class ForgivingNotebookExporter(NotebookExporter):
    """Read a submitted notebook as the intake does, where nbformat would give up.

    What was wrong with the file stands in `resources["intake_notes"]`. A file of which nothing can
    be saved becomes a notebook that says so.
    """

    def __init__(self, config: Any = None, **kw: Any) -> None:
        """Look at the whole class first: nbgrader makes one exporter, before it reads a time."""
        super().__init__(config, **kw)
        coursedir = getattr(self.parent, "coursedir", None)
        if isinstance(coursedir, CourseDirectory):
            for folder in set_times_aside(coursedir):
                self.log.warning(
                    "%s: nobody can read the time in %s. It is kept as %s, and counts as none.",
                    folder, TIMESTAMP, UNREADABLE,
                )  # fmt: skip

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> Any:
        """Convert a file, whatever it holds."""
        resources = {} if resources is None else resources
        data = Path(filename).read_bytes()
        if _is_sound(data):
            return super().from_filename(filename, resources, **kw)
        resources.setdefault("metadata", {}).update(
            name=Path(filename).stem, path=str(Path(filename).parent)
        )
        try:
            saved = read_notebook(data)
        except CannotMark as refusal:
            resources["intake_notes"] = [str(refusal)]
            text = notice(Path(filename).stem, [str(refusal)])
            return self.from_notebook_node(nbformat.reads(text, as_version=4), resources, **kw)
        resources["intake_notes"] = saved.notes
        cells = [_whole_cell(cell) for cell in saved.cells]
        notebook = nbformat.from_dict(
            {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        )
        return self.from_notebook_node(notebook, resources, **kw)


def set_times_aside(coursedir: CourseDirectory) -> list[Path]:
    """Put an empty file in place of every time that nobody can read; return the folders.

    nbgrader ends its run over a class at such a file. What the file held is kept beside it.
    """
    found = []
    root = Path(coursedir.root)
    folders = coursedir.format_path(
        coursedir.submitted_directory, "*", coursedir.assignment_id or "*"
    )
    for file in root.glob(f"{os.path.relpath(folders, root)}/{TIMESTAMP}"):
        if not _is_readable_time(file):
            os.replace(file, file.with_name(UNREADABLE))
            file.touch(exist_ok=False)
            found.append(file.parent)
    return found


def _is_readable_time(file: Path) -> bool:
    if not stat.S_ISREG(file.lstat().st_mode):
        return False
    with file.open("rb") as opened:
        try:
            return is_time(opened.read(1_000).decode("utf-8").strip())
        except UnicodeDecodeError:
            return False


def _is_sound(data: bytes) -> bool:
    """Whether nbformat reads a file as it stands."""
    if len(data) > MOST_BYTES:
        return False
    try:
        notebook = json.loads(data.decode("utf-8"))
        nbformat.validate(notebook)
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return False
    except nbformat.ValidationError:
        return False
    return bool(notebook.get("nbformat") == 4)


def _whole_cell(cell: Any) -> dict[str, Any]:
    """Return a cell with every field that nbformat asks for."""
    kind = cell.get("cell_type")
    metadata = cell.get("metadata")
    outputs = cell.get("outputs")
    whole = {
        **{k: cell[k] for k in ("id", "attachments") if k in cell},
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": text_of(cell),
    }
    if kind == "code":
        count = cell.get("execution_count")
        whole["execution_count"] = count if type(count) is int else None
        whole["outputs"] = outputs if isinstance(outputs, list) else []
    return whole
