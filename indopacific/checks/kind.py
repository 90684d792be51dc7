"""What every kind of answer can do: say what it expects, read an answer, judge it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, ClassVar

from .verdicts import Refused, Verdict
from .wording import describe, shown


class Kind:
    """The part of a kind that an author does not see.

    Its methods begin with an underscore, so that completion offers the language only.
    """

    wanted: Any = None  # what the author has said is right
    _parts: ClassVar[bool] = False  # whether an answer can be partly right

    @property
    def _expects(self) -> str:
        """A noun phrase, for the line "Expected: ..."."""
        raise NotImplementedError

    @property
    def _answered(self) -> bool:
        """Whether this kind has been told what is right."""
        return self.wanted is not None

    def _read(self, answer: Any) -> Any:
        """Return the answer as plain data, or raise `Refused` in words."""
        raise NotImplementedError

    def _judge(self, value: Any) -> Verdict:
        """Judge what `_read` returned."""
        raise NotImplementedError

    def _show(self, value: Any) -> str:
        """Say how an answer was read."""
        return shown(value)

    def _passed(self) -> str:
        """Say what was found right."""
        return "right."

    def _as_if(self, wanted: Any) -> Kind:
        """Return this kind as if another answer were right, as precise as it is for its own."""
        return dataclasses.replace(self, wanted=self._own_answer(wanted))  # type: ignore[type-var]

    def _own_answer(self, answer: Any) -> Any:
        """Read the author's answer with the learner's reader, so that it is of this kind."""
        try:
            return self._read(answer)
        except Refused as problem:
            raise ValueError(
                f"the answer given to {type(self).__name__} is not one: {problem}"
            ) from None


def read_safely(kind: Kind, answer: Any) -> Any:
    """Read an answer; whatever goes wrong in a hostile object is a refusal, not a crash."""
    try:
        return kind._read(answer)
    except Refused:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException:
        raise Refused(f"This is {describe(answer)}, and it cannot be read.") from None


def distinct_words(options: Iterable[str]) -> tuple[str, ...]:
    """Accept the words that an author gives; an author's slip is a `ValueError`."""
    found = tuple(options)
    if not found or any(type(o) is not str or not o for o in found):
        raise ValueError("options are letters in one text, or a list of words")
    if len(set(found)) != len(found):
        raise ValueError("an option stands twice")
    return found
