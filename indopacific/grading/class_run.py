"""One run over a class: what stands in its folders and gradebook, and what is marked anew."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import importlib.metadata
import json
import logging
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from time import gmtime, monotonic, strftime
from typing import IO, Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from ..exercises.release import SOURCE, ReleaseError
from .classroom import CannotGrade, Outcome, Time, Told
from .contract import REFUSED, CannotMark, Exercise, Limits, Marked, Submission
from .gradebook import begin_gradebook, record
from .intake import take_in
from .knowing import exercise_in, exercise_of
from .marking import Start, mark
from .quick import quick_imports
from .recording import Recorder, result_of, tidy
from .starting import Soon

_LIBRARIES = ("ipython", "numpy", "pandas", "matplotlib", "ipywidgets", "nbgrader")


@dataclass(frozen=True)
class ClassRun:
    """One run.

    Attributes
    ----------
    course : Path
    exercise : str
    soon : Soon
        Gives what starts processes, when there is something to mark.
    time : Time
    trust : bool
    """

    course: Path
    exercise: str
    soon: Soon
    time: Time
    trust: bool

    def grade(
        self, *, workers: int, anew: bool, keep: bool, told: Told | None
    ) -> tuple[list[Outcome], list[str]]:
        """Mark what is to be marked; return what became of each submission, and notes.

        Raises
        ------
        CannotGrade
        """
        begun = monotonic()
        room = _Room(self.course, self.exercise)
        students = room.students()
        outcomes: list[Outcome] = []
        notes = ["Submissions were trusted: they ran without a sandbox."] if self.trust else []
        with room.alone():
            with quick_imports():
                known = room.register()
            tidy(room.autograded)
            surroundings = _surroundings(known, self.time, trust=self.trust)
            with room.recorder() as recorder, room.log() as log:
                log(event="begin", students=len(students), protected=not self.trust)

                def done(outcome: Outcome) -> None:
                    outcomes.append(outcome)
                    log(event="done", student=outcome.student, unchanged=outcome.unchanged,
                        **_in_short(outcome.marked))  # fmt: skip
                    if told is not None:
                        told(len(outcomes), len(students), outcome)

                pending = []
                for student in students:
                    before = None if anew else _before(student, known, surroundings, room, recorder)
                    if before is None:
                        pending.append(student)
                    else:
                        done(Outcome(student, before, unchanged=True))
                if pending:
                    start = self.soon.ready()
                    limits, said = _rehearse(known, self.course, self.time, start)
                    notes += said
                    job = _Marking(known, limits, start, room, surroundings)
                    for outcome in job.all(pending, recorder, workers=workers, keep=keep):
                        done(outcome)
                log(event="end", seconds=round(monotonic() - begun, 2))
        return outcomes, notes


def _in_short(marked: Marked) -> dict[str, Any]:
    return {
        "status": marked.status,
        "earned": marked.earned,
        "possible": marked.points,
        "repairs": len(marked.repairs),
        "seconds": marked.seconds,
    }


# --- The folders and the gradebook ------------------------------------------------------------


class _Room:
    """Where a course keeps what; the settings are those of nbgrader_config.py."""

    def __init__(self, course: Path, exercise: str) -> None:
        self.course, self.exercise = course, exercise
        if not (course / SOURCE / exercise / f"{exercise}.ipynb").is_file():
            there = sorted(p.stem for p in (course / SOURCE).glob("*/*.ipynb"))
            raise CannotGrade(
                f"There is no exercise {exercise!r} in {course / SOURCE}. There is: "
                f"{', '.join(there) or 'none yet'}."
            )
        loader = PyFileConfigLoader("nbgrader_config.py", path=str(course))
        self.config = Config(loader.load_config())
        self.config.CourseDirectory.root = str(course)
        self.config.CourseDirectory.assignment_id = exercise
        self._log = logging.Logger("indopacific.grade", level=logging.ERROR)
        self._coursedir = CourseDirectory(config=self.config, log=self._log)
        self.autograded = self._folder(self._coursedir.autograded_directory)
        self.submitted = self._folder(self._coursedir.submitted_directory)

    def _folder(self, name: str) -> Path:
        """Return the folder of all students for one of nbgrader's steps."""
        return Path(self._coursedir.format_path(name, ".", ".")).resolve()

    def students(self) -> list[str]:
        """List who has handed in, in order."""
        found = sorted(
            p.parent.name
            for p in self.submitted.glob(f"*/{self.exercise}")
            if not p.parent.name.startswith(".")
        )
        if not found:
            raise CannotGrade(
                f"Nothing was handed in: {self.submitted} holds no folder STUDENT/{self.exercise}. "
                "Collect submissions first (nbgrader collect, or nbgrader zip_collect)."
            )
        return found

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let no second run grade the same exercise meanwhile."""
        self.autograded.mkdir(parents=True, exist_ok=True)
        with (self.autograded / f".{self.exercise}.lock").open("w") as file:
            if os.name == "posix":
                import fcntl

                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    raise CannotGrade(
                        f"{self.exercise} is being graded by another run. Wait until it has ended."
                    ) from None
            yield

    def register(self) -> Exercise:
        """Return the exercise, after seeing to it that the gradebook has this version of it."""
        try:
            known = exercise_of(self.course, self.exercise)
        except CannotMark as error:
            raise CannotGrade(str(error)) from None
        begin_gradebook(self._coursedir.db_url)
        if self._in_gradebook() != _essence(known):
            try:
                record(self.course, self.exercise, self._coursedir.db_url)
            except ReleaseError as error:
                raise CannotGrade(
                    f"The gradebook holds another version of {self.exercise} than {SOURCE}/, and "
                    f"could not be brought up to date.\n{error}"
                ) from None
        return known

    def _in_gradebook(self) -> list[Any]:
        with Gradebook(self._coursedir.db_url) as gradebook:
            try:
                notebook = gradebook.find_notebook(self.exercise, self.exercise)
            except MissingEntry:
                return []
            return _essence(exercise_in(notebook, self.exercise))

    @contextlib.contextmanager
    def recorder(self) -> Iterator[Recorder]:
        """Open the one writer."""
        made = Recorder(
            self.config,
            db_url=self._coursedir.db_url,
            autograded=self.autograded,
            exercise=self.exercise,
        )
        try:
            yield made
        finally:
            made.close()

    @contextlib.contextmanager
    def log(self) -> Iterator[Callable[..., None]]:
        """Open the log, one line of JSON for each event; yield what writes one."""
        with (self.autograded / f"{self.exercise}.log.jsonl").open("a", encoding="utf-8") as file:
            yield lambda **event: _log(file, event)


def _log(file: IO[str], event: Mapping[str, Any]) -> None:
    now = strftime("%Y-%m-%dT%H:%M:%SZ", gmtime())
    file.write(json.dumps({"time": now} | dict(event), ensure_ascii=True) + "\n")
    file.flush()


def _essence(known: Exercise) -> list[Any]:
    """Return what marks depend on, in a form that two versions can be compared in."""
    return sorted(
        [k.role.id, k.role.grade, k.role.solution, k.role.points, k.cell_type, k.source]
        for k in known.cells
        if k.role.id and (k.role.grade or k.role.solution)
    )


# --- Marking ----------------------------------------------------------------------------------


def _rehearse(known: Exercise, course: Path, time: Time, start: Start) -> tuple[Limits, list[str]]:
    """Mark the author's own solution, to see how long it takes and whether it is right."""
    source = (course / SOURCE / known.id / f"{known.id}.ipynb").read_bytes()
    limits = Limits(cell_seconds=time.cell or Limits.cell_seconds)
    done = mark(Submission("", source), known, limits, start=start)
    wrong = [item.id for item in done.items if item.state not in ("right", "by hand")]
    notes = []
    if wrong:
        notes.append(
            f"The author's own answers do not earn full marks here: {', '.join(wrong)}. Look at "
            "the tests before you trust these marks."
        )
    limits = limits.for_solution(done.seconds)
    return dataclasses.replace(limits, total_seconds=time.total or limits.total_seconds), notes


def _inputs(submission: Submission, surroundings: str) -> str:
    """Return a hash of everything that a result depends on."""
    whole = f"{surroundings} {submission.digest} {submission.submitted_at}"
    return hashlib.sha256(whole.encode()).hexdigest()


def _before(
    student: str, known: Exercise, surroundings: str, room: _Room, recorder: Recorder
) -> Marked | None:
    """Return the result that stands in folder and gradebook, if it is of these very inputs."""
    there = result_of(room.autograded / student / known.id, known.id)
    if there is None:
        return None
    try:
        submission = take_in(room.submitted / student / known.id, known.id, student)
        before = Marked.from_dict(there)
    except Exception:  # whatever it is, marking it anew says so, and stops nobody else
        return None
    same = there["inputs"] == _inputs(submission, surroundings)
    return before if same and recorder.recorded(student) == dict(before.marks) else None


def _changes(
    before: Mapping[str, float | None], marked: Marked
) -> tuple[tuple[str, float | None, float | None], ...]:
    """List the marks that differ from those of a student who had been marked before."""
    if not before or marked.status == REFUSED:
        return ()
    return tuple(
        (name, before.get(name), now)
        for name, now in marked.marks.items()
        if before.get(name) != now
    )


@dataclass(frozen=True)
class _Result:
    """What a worker hands to the writer."""

    submission: Submission | None
    marked: Marked
    inputs: str


@dataclass(frozen=True)
class _Marking:
    """The marking of many submissions of one exercise."""

    known: Exercise
    limits: Limits
    start: Start
    room: _Room
    surroundings: str

    def all(
        self, students: list[str], recorder: Recorder, *, workers: int, keep: bool
    ) -> Iterator[Outcome]:
        """Mark with any number of workers, record with one; yield each when it is recorded."""
        waiting = iter(students)
        running: dict[Future[_Result], str] = {}
        with ThreadPoolExecutor(workers) as pool:
            try:
                while True:
                    # Never far ahead of the writer: memory does not grow with the class.
                    while len(running) < 2 * workers and (one := next(waiting, None)) is not None:
                        running[pool.submit(self._one, one)] = one
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        student, result = running.pop(future), future.result()
                        changes = _changes(recorder.recorded(student), result.marked)
                        if not keep:
                            recorder.record(
                                student, result.submission, result.marked, result.inputs
                            )
                        marked = dataclasses.replace(result.marked, cells=())
                        yield Outcome(student, marked, changes=changes)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _one(self, student: str) -> _Result:
        """Take in and mark one submission; whatever goes wrong is that student's status."""
        try:
            folder = self.room.submitted / student / self.known.id
            submission = take_in(folder, self.known.id, student)
        except CannotMark as refusal:
            return self._refused(str(refusal))
        try:
            marked = mark(submission, self.known, self.limits, start=self.start)
            return _Result(submission, marked, _inputs(submission, self.surroundings))
        except Exception as error:
            why = f"The grader itself failed here ({type(error).__name__}: {error}). Run it again."
            return self._refused(why)

    def _refused(self, why: str) -> _Result:
        protected = self.start.protected
        return _Result(None, Marked(self.known.id, REFUSED, notes=(why,), protected=protected), "")


def _surroundings(known: Exercise, time: Time, *, trust: bool) -> str:
    """Return a hash of what a mark depends on besides the submission."""
    whole = hashlib.sha256(known.digest.encode())
    whole.update(repr((time, trust, platform.machine(), sys.version)).encode())
    for name in _LIBRARIES:
        whole.update(importlib.metadata.version(name).encode())
    package = Path(__file__).resolve().parents[1]
    for file in sorted([*package.rglob("*.py"), *(package.parent / "data").glob("**/*.csv")]):
        whole.update(file.read_bytes())
    return whole.hexdigest()
