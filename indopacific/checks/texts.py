"""A short argument in words: its length is looked at, a person judges the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .kind import Kind
from .limits import MOST_CHARACTERS
from .verdicts import Refused
from .wording import count, describe


@dataclass(frozen=True, kw_only=True)
class text(Kind):
    """A short argument in words; only its length is looked at, a person judges the rest.

    Parameters
    ----------
    at_least, at_most : int
        In words.
    """

    at_least: int = 1
    at_most: int = 400

    @property
    def _expects(self) -> str:
        if self.at_least == self.at_most:
            return f"text of {count(self.at_least, 'word')}"
        return f"text of {self.at_least} to {self.at_most} words"

    def _read(self, answer: Any) -> str:
        if type(answer) is not str:
            raise Refused(f"This is {describe(answer)}, not text in quotation marks.")
        if len(answer) > MOST_CHARACTERS:
            raise Refused(f"The text is longer than {MOST_CHARACTERS:,} characters.")
        words = len(answer.split())
        if not self.at_least <= words <= self.at_most:
            raise Refused(f"The text has {count(words, 'word')}.")
        return answer

    def _show(self, value: Any) -> str:
        return count(len(value.split()), "word")
