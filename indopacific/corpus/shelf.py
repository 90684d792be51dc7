"""Where a learner's own copies of the full texts stand, and how they are read back.

A copy is a text file that anyone can read: a few lines that say what it is, then one paragraph
after the other, each with its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indopacific.corpus.page import WrongText, check, paragraphs_of
from indopacific.working_copy import put

FOLDER = "texts"


class NotHere(LookupError):
    """A text of which there is no copy, or a copy that was changed; its message says what to do."""


@dataclass(frozen=True)
class Shelf:
    """A folder of copies, each named by the id of its document."""

    folder: Path

    def path(self, document: str) -> Path:
        """Return where the copy of a document stands, or would stand."""
        return self.folder / f"{document}.txt"

    def keep(self, document: str, paragraphs: Sequence[str], *, about: Sequence[str]) -> Path:
        """Write a copy, whole or not at all.

        Parameters
        ----------
        document : str
            Its id.
        paragraphs : sequence of str
        about : sequence of str
            Lines that say what it is and where it comes from.
        """
        head = "".join(f"# {line}\n" for line in (*about, f"paragraphs: {len(paragraphs)}"))
        body = "".join(f"\n{n}. {text}\n" for n, text in enumerate(paragraphs, start=1))
        path = self.path(document)
        put((head + body).encode("utf-8"), path, replace=True)
        return path

    def read(self, document: str) -> list[str]:
        """Return the paragraphs of a copy.

        Raises
        ------
        NotHere
            When there is none, or it is no longer as it was written.
        """
        path = self.path(document)
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            raise NotHere(
                f"There is no copy of {document} on this machine. To fetch it, in a terminal: "
                f"python3 course.py corpus fetch {document}"
            ) from None
        except (OSError, UnicodeDecodeError) as problem:
            raise NotHere(f"{path} cannot be read ({problem}).") from None
        head = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
        said = [line.partition(": ")[2] for line in head if line.startswith("paragraphs: ")]
        body = "\n".join(line for line in lines if not line.startswith("# "))
        try:
            found = paragraphs_of(body, html=False)
            check(found, expected=int(said[0]) if said and said[0].isdigit() else None)
        except WrongText as problem:
            raise NotHere(
                f"The copy {path} was changed since it was fetched: {problem}. Delete it and "
                f"fetch it again: python3 course.py corpus fetch {document}"
            ) from None
        return found
