"""Keeps what a reader predicted or coded on the reader's own machine: one small file for each.

Two windows on one lesson thus never write into each other's files, and a file that was torn
costs one prediction and no more. Nothing is sent anywhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from indopacific.curriculum import course_folder
from indopacific.working_copy import OWN

VERSION = 1


class Keepable(Protocol):
    """What the store must know of a thing: its file's name, what it asks, and what answers it."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def asks(self) -> str: ...  # noqa: D102

    def accept(self, raw: Any) -> Any: ...  # noqa: D102

    def stored(self, guess: Any) -> Any: ...  # noqa: D102


class Unreadable(Exception):
    """A stored prediction cannot be used; the message says why and what to do."""


class Answered(Exception):
    """The answer was shown, so that the prediction can no longer be changed."""


class NotWritten(Exception):
    """A prediction could not be stored; it is remembered until Python stops."""


@dataclass(frozen=True)
class Kept:
    """A prediction: the `guess`, and whether it was `answered`."""

    guess: Any
    answered: bool = False


# What could not be written, by file: a read-only folder must not stop a lesson.
_REMEMBERED: dict[Path, Kept] = {}


@dataclass(frozen=True)
class Store:
    """The predictions, or other answers, in one folder.

    Attributes
    ----------
    folder : Path
        It is made when the first prediction is kept.
    thing, verb : str
        What a file holds, and what a reader does to make one anew: for the messages.
    """

    folder: Path
    thing: str = "prediction"
    verb: str = "predict"

    def path(self, question: Keepable) -> Path:
        """Return the file of one prediction."""
        return self.folder / f"{question.id}.json"

    def read(self, question: Keepable) -> Kept | None:
        """Return what was predicted, or None.

        Raises
        ------
        Unreadable
            When the file is torn, of a newer version of the course, or no longer fits.
        """
        path = self.path(question)
        if path in _REMEMBERED:
            return _REMEMBERED[path]
        try:
            text = path.read_bytes().decode("utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as problem:
            raise Unreadable(self._advice(question, "cannot be read", problem)) from None
        try:
            stored = json.loads(text)
            version, raw, answered = stored["version"], stored["guess"], stored["answered"]
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise Unreadable(self._advice(question, "is damaged", problem)) from None
        if version != VERSION:
            why = f"is in form {version!r}, and this course reads form {VERSION}"
            raise Unreadable(self._advice(question, why))
        try:
            return Kept(question.accept(raw), answered is True)
        except ValueError as problem:
            raise Unreadable(self._advice(question, "no longer fits", problem)) from None

    def keep(self, question: Keepable, guess: Any) -> None:
        """Store a prediction, in place of an earlier one; a file that cannot be used is put aside.

        Raises
        ------
        Answered
            When the answer was seen; the stored prediction stays as it is.
        NotWritten
            When the file cannot be written.
        """
        try:
            earlier = self.read(question)
        except Unreadable:
            earlier = None
            with contextlib.suppress(OSError):
                self.path(question).replace(self.path(question).with_suffix(".unreadable"))
        if earlier and earlier.answered:
            raise Answered(f"You have seen the answer, so your {self.thing} stays as it was.")
        self._write(question, Kept(guess))

    def seal(self, question: Keepable) -> None:
        """Note that the answer was seen; without a prediction that can be read, nothing happens."""
        with contextlib.suppress(Unreadable, NotWritten):
            kept = self.read(question)
            if kept and not kept.answered:
                self._write(question, Kept(kept.guess, answered=True))

    def forget(self, question: Keepable) -> None:
        """Remove a prediction.

        Raises
        ------
        NotWritten
            When its file cannot be removed.
        """
        _REMEMBERED.pop(self.path(question), None)
        try:
            self.path(question).unlink(missing_ok=True)
        except OSError as problem:
            raise NotWritten(
                f"{self._name(question)} cannot be removed ({_why(problem)})."
            ) from None

    def _write(self, question: Keepable, kept: Kept) -> None:
        path = self.path(question)
        content = {
            "version": VERSION,
            "asks": question.asks,
            "guess": question.stored(kept.guess),
            "answered": kept.answered,
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        except OSError as problem:
            _REMEMBERED[path] = kept
            raise NotWritten(
                f"{self._name(question)} cannot be written ({_why(problem)}). Your {self.thing} is "
                "remembered until Python stops or is restarted."
            ) from None
        _REMEMBERED.pop(path, None)

    def _advice(self, question: Keepable, what: str, problem: Exception | None = None) -> str:
        why = f" ({_why(problem)})" if problem else ""
        return (
            f"Your stored {self.thing} {self._name(question)} {what}{why}. "
            f"You can {self.verb} again: the old file is then put aside as "
            f"{question.id}.unreadable. The lesson goes on."
        )

    def _name(self, question: Keepable) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}/{question.id}.json"


def home() -> Store:
    """Return the store in the learner's room of the course around the working directory.

    Without a course folder, as in a browser edition, it is beside the notebook.
    """
    return Store((course_folder() or Path.cwd()) / OWN / "predictions")


def _write_whole(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _why(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem).rstrip(".")
