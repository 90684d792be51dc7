"""Questions of a concept check: one of several, answered at once, with a word on each wrong option.

A concept check looks back where a prediction looks ahead. So its answer is told as soon as it is
given, and each wrong option says why it is tempting. The right answer is computed, as for every
question. A misconception is named only where its own reasoning, worked out as well, leads to the
option that was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from indopacific.predictions.questions import Choose


@dataclass(frozen=True, kw_only=True)
class Lure:
    """Why a wrong option is tempting, and what is wrong with it.

    Attributes
    ----------
    why : str
        In one or two sentences.
    misconception : str
        Its name, as in "a promise that is vaguer is safer"; "" where the option is none.
    reasoning : callable or None
        What somebody who holds it would answer: takes nothing, returns an option.
    """

    why: str
    misconception: str = ""
    reasoning: Callable[[], str] | None = None

    def __post_init__(self) -> None:
        if bool(self.misconception) != (self.reasoning is not None):
            raise ValueError("A misconception is named together with its reasoning, or not at all.")

    def said(self, option: str) -> str:
        """Return the words for a reader who took this option."""
        if self.reasoning is None or self.reasoning() != option:
            return self.why
        return f"That follows if one takes it that {self.misconception}. {self.why}"


@dataclass(frozen=True, kw_only=True)
class Concept(Choose):
    """One of several options, answered at once.

    Attributes
    ----------
    lures : mapping of str to Lure
        One for each wrong option.
    because : callable
        Takes nothing and returns why the right option is right, with its figures.
    lesson : str
        Id of the lesson to read again.
    heading : str
        Its heading, word for word; "" for the lesson as a whole.
    """

    lures: Mapping[str, Lure]
    because: Callable[[], str]
    lesson: str
    heading: str = ""
    at_once: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if unknown := set(self.lures) - set(self.options):
            raise ValueError(f"{self.id}: {', '.join(sorted(unknown))} is no option.")

    @property
    def again(self) -> str:
        """Where to read again, in words."""
        section = f", \u201c{self.heading}\u201d" if self.heading else ""
        return f"lesson {self.lesson[:2]}{section}"

    def told(self, guess: str) -> str:
        """Return whether it is right, why a wrong one is tempting, and what is right."""
        found = self._found()
        right = f"{self.because()} Read again: {self.again}."
        if guess == found:
            return f"Right: {found}. {right}"
        return f"Not so. {self.lures[guess].said(guess)} Right is: {found}. {right}"

    def truth(self) -> str:
        """Return the right answer and why."""
        return f"Right is: {self._found()}. {self.because()}"

    def _found(self) -> str:
        found = super()._found()
        if wrong := set(self.options) - {found} ^ set(self.lures):
            raise ValueError(
                f"{self.id}: the answer is {found!r}, and the lures do not fit it: see "
                f"{', '.join(sorted(wrong))}."
            )
        return found
