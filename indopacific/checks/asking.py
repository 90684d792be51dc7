"""A question: what is asked of whoever answers, and later what is right."""

from __future__ import annotations

import builtins
import re
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .functions import function
from .guessing import MOST, guessed
from .kind import Kind
from .limits import MOST_CHARACTERS
from .marking import check, explained, grade, message, mistaken
from .numbers import number
from .verdicts import NotAnswered, Refused, WrongKind

#: Reads the learner's answer by its name: ``lambda: share``.
Answer = Callable[[], Any]


@dataclass(frozen=True)
class Question:
    """What is asked in one item; a learner may see all of it until it has been `told`.

    Parameters
    ----------
    item : str
        The item's id, for example "alignment-2-share".
    kind : kind
        What kind of answer is wanted; for a function perhaps with a small worked example.
    mistakes : iterable of mistaken
        The misconceptions that the example can tell.
    again : str
        Where to look again, for example "lesson 01, section 3".
    """

    item: str
    kind: Kind
    mistakes: tuple[mistaken, ...] = ()
    again: str = ""

    def __init__(
        self, item: str, kind: Kind, *, mistakes: Iterable[mistaken] = (), again: str = ""
    ) -> None:
        object.__setattr__(self, "item", item)
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "mistakes", tuple(mistakes))
        object.__setattr__(self, "again", again)

    def check(self, answer: Answer) -> None:
        """Judge an answer, all or nothing.

        Parameters
        ----------
        answer : callable
            Reads the answer, ``lambda: share``: a name that is not there can be reported in words.

        Raises
        ------
        NotAnswered, WrongKind, CheckFailed
            With a text for the learner.
        """
        check(self.item, self._fetched(answer), self.kind, mistakes=self.mistakes, again=self.again)

    def grade(self, answer: Answer, *, points: float, step: float = 0.5) -> float:
        """Judge an answer and give part marks; the last line of a hidden test.

        Parameters
        ----------
        answer : callable
            As for `check`.
        points : float
            The points of the test cell, as in its metadata.
        step : float
            Marks are rounded down to a multiple of this.

        Returns
        -------
        float
            The marks, for nbgrader to read from the cell's output.
        """
        return grade(
            self.item,
            self._fetched(answer),
            self.kind,
            points=points,
            mistakes=self.mistakes,
            again=self.again,
            step=step,
        )

    def told(self, hidden: Callable[[Any], tuple[Kind, Iterable[mistaken]]]) -> Question:
        """Return the question with its right answer; the decorator of the hidden part.

        Parameters
        ----------
        hidden : callable
            Takes the kind that was asked, returns the kind that knows the answer, and mistakes.
            It is run with globals of its own: no name of the learner's, not even a built-in bound
            anew, reaches it, and nothing of the learner's is overwritten. It imports what it needs.
        """
        apart = types.FunctionType(
            hidden.__code__, {"__builtins__": builtins, "__name__": "hidden"}, "hidden"
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader gives no marks to a cell with a warning
            kind, mistakes = apart(self.kind)
        return Question(self.item, kind, mistakes=mistakes, again=self.again)

    def faults(self) -> Iterator[str]:
        """Say which of the declared mistakes would be named wrongly, and whether guessing pays.

        Yields
        ------
        str
            A sentence for the author, for every mistake whose own answer counts as right, is not
            recognised, or is explained by another mistake as well.
        """
        if self.kind._answered and (share := guessed(self.kind)) > MOST:
            yield (
                f"guessing earns {share:.0%} of the points in part marks. Give more options, let "
                "fewer of them be right, or use check(...), which is all or nothing."
            )
        for one in self.mistakes:
            asked_about = callable(one.when) and not isinstance(self.kind, function)
            if one.example is ... or asked_about:
                continue
            words = f"the mistake {one.message[:50]!r}..."
            try:
                value = self.kind._read(one.example)
            except Refused as problem:
                yield f"{words} is an answer that cannot be read, so it is never named: {problem}"
                continue
            if self.kind._judge(value).share == 1:
                yield f"{words} is an answer that counts as right. Tell the two apart."
                continue
            known = explained(self.mistakes, self.kind, one.example, value)
            if one.message not in known:
                yield f"{words} is not recognised when it is made."
            for other in known.keys() - {one.message}:
                yield f"{words} and {other[:50]!r}... explain the same answer; neither is named."
            if isinstance(one.when, number) and isinstance(self.kind, number):
                mine, theirs = one.when.tolerance, self.kind.tolerance
                if mine.within > theirs.within or mine.relative > theirs.relative:
                    yield f"{words} has a wider tolerance than the right answer. Narrow it."

    def _fetched(self, answer: Answer) -> Any:
        try:
            return answer()
        except NameError:
            pass
        except Exception as problem:  # an answer that another process could not hand over
            why = str(problem)[:MOST_CHARACTERS]
            headline = "not the kind of answer that is asked for."
            raise WrongKind(
                message(self.item, headline, self.kind, why=why, again=self.again)
            ) from None
        name = _name_in(answer)
        number_of = re.search(r"-(\d+)-", self.item)
        task = f" of task {number_of[1]}" if number_of else ""
        why = (
            f"The answer cell{task} did not run to its end: there is no `{name}`. Run it, and read "
            "what it says. After an error, such as a SyntaxError, nothing in it counts."
        )
        raise NotAnswered(message(self.item, "not answered yet.", self.kind, why=why)) from None


def _name_in(read: Any) -> str:
    """Return the one name that ``lambda: share`` reads."""
    return str(read.__code__.co_names[0])
