"""What becomes of an answer: a verdict, a failure for the learner, or a refusal to read it."""

from __future__ import annotations

from dataclasses import dataclass


class CheckFailed(AssertionError):
    """A wrong answer; its text is everything that the learner needs to read.

    The subclasses tell a program why: `NotAnswered`, `WrongKind`. A plain `CheckFailed` is an
    answer of the right kind with a wrong value.
    """

    def _render_traceback_(self) -> list[str]:
        # IPython shows these lines instead of a traceback: the stack of a check teaches nothing.
        return str(self).splitlines()


class NotAnswered(CheckFailed):
    """The stub is still there."""


class WrongKind(CheckFailed):
    """The answer is not of the kind asked for, or has the wrong shape."""


class Refused(Exception):
    """A reader's complaint, in words."""


class Blank(Refused):
    """A reader has found the stub."""


@dataclass(frozen=True)
class Verdict:
    """What a kind found: the share that is right, how the answer was read, what is wrong.

    `understood` says that only the form is wrong: then no place in the lesson would help.
    """

    share: float
    came: str
    problem: str = ""
    understood: bool = False
