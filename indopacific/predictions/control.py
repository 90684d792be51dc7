"""The control with which a reader predicts in a notebook, and the look back at a lesson's end."""

from __future__ import annotations

import html
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from indopacific.explorers.look import script_and_style
from indopacific.figures.easel import Picture
from indopacific.predictions.concepts import Concept
from indopacific.predictions.questions import Question
from indopacific.predictions.store import Answered, Kept, NotWritten, Unreadable, home

SCRIPT, STYLE = script_and_style(Path(__file__).parent, "control")


class Control(anywidget.AnyWidget):
    """The widget; its traits are what the script is given.

    Attributes
    ----------
    spec : dict
        What does not change: the question and its controls, without the answer.
    state : dict
        What was kept, whether it was answered, the answer's words once it was, and a `fault` of
        the stored file.
    """

    _esm, _css = SCRIPT, STYLE
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, question: Question) -> None:
        self._question = question
        super().__init__(spec=specification(question), state=_state(question))
        self.on_msg(self._answer)
        _SHOWN.add(self)

    def follow(self) -> None:
        """Show what is stored now: the answer may have been seen in another cell."""
        self.state = _state(self._question)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        problem = ""
        try:
            home().keep(self._question, self._question.accept(message["guess"]))
            if self._question.at_once:
                home().seal(self._question)
        except (Answered, NotWritten) as said:
            problem = str(said)
        except (ValueError, KeyError, TypeError) as said:
            self.send({"answer": "failed", "problem": f"This is no prediction: {said}"})
            return
        _follow()
        self.send({"answer": "kept", "problem": problem})


class LookBack(anywidget.AnyWidget):
    """The widget of the look back: `state` holds its rows and its last sentence."""

    _esm, _css = SCRIPT, STYLE
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, questions: list[Question]) -> None:
        self._questions = questions
        spec = {"kind": "review", "at_once": _at_once(questions)}
        super().__init__(spec=spec, state=reviewed(questions))
        self.on_msg(self._answer)
        _SHOWN.add(self)

    def follow(self) -> None:
        """Show what is stored now."""
        self.state = reviewed(self._questions)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if not isinstance(message, dict) or message.get("request") != "forget":
            return
        problems = []
        for question in self._questions:
            try:
                home().forget(question)
            except NotWritten as said:
                problems.append(str(said))
        _follow()
        self.send({"answer": "forgotten", "problem": " ".join(problems)})


_SHOWN: weakref.WeakSet[Control | LookBack] = weakref.WeakSet()


def _follow() -> None:
    for widget in list(_SHOWN):
        widget.follow()


class Asking:
    """A question that is asked, as `predict` returns it.

    Attributes
    ----------
    question : Question
    control : Control
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.control = Control(question)

    @property
    def guess(self) -> Any:
        """What the reader predicted, as plain data; None when nothing was kept."""
        kept = _kept(self.question)[0]
        return None if kept is None else kept.guess

    def _repr_page_(self) -> str:
        from indopacific.predictions import static

        return static.fragment(self.question.id) + static.scripts()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        plain = f"{'Check' if self.question.at_once else 'Predict'}: {self.question.asks}"
        return _bundle(self.control, plain, f"<p>{html.escape(plain)}</p>")

    def __repr__(self) -> str:
        verb = "ask" if self.question.at_once else "predict"
        return f'{verb}("{self.question.id}")'


class Review:
    """The look back on a lesson's predictions, as `predictions` returns it.

    Attributes
    ----------
    control : LookBack
    """

    def __init__(self, lesson: str, questions: list[Question]) -> None:
        self._lesson = lesson
        self.control = LookBack(questions)

    def _repr_page_(self) -> str:
        from indopacific.predictions import static

        return static.look_back(self._lesson) + static.scripts()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        state = self.control.state
        lines = [f"{row['asks']}: {row['told']}" for row in state["rows"]] + [state["said"]]
        items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        return _bundle(self.control, "\n".join(lines), f"<ul>{items}</ul>")


@dataclass(frozen=True, kw_only=True)
class Answer(Picture):
    """A picture that answers a prediction, as `show` returns it: a page folds it until then."""

    question: Question

    def _repr_page_(self) -> str:
        from indopacific.predictions import static

        return static.held(self.question.id, self._repr_html_())


class Saying:
    """One sentence that answers a prediction, as `answered` returns it."""

    def __init__(self, question: Question, words: str) -> None:
        self.question = question
        self.words = words

    def _repr_page_(self) -> str:
        from indopacific.predictions import static

        return static.held(self.question.id, self._repr_html_())

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.words)}</p>"

    def __repr__(self) -> str:
        return self.words


def seal(question: Question) -> Kept | None:
    """Note that the answer is shown now, and return what was predicted.

    A stored file that cannot be used counts as no prediction: the control has said so.
    """
    kept, _ = _kept(question)
    if kept is not None:
        home().seal(question)
        _follow()
    return kept


def specification(question: Question) -> dict[str, Any]:
    """Return what the script needs to ask a question, as plain data; the answer is not in it."""
    about = {"id": question.id, "kind": question.kind, "asks": question.asks}
    return {**about, "at_once": question.at_once, **question.controls()}


def reviewed(questions: list[Question]) -> dict[str, Any]:
    """Return the look back as plain data: one row for each question, and one last sentence."""
    rows, surprises = [], []
    words = words_of(questions)
    for question in questions:
        kept, fault = _kept(question)
        if fault:
            told = fault
        elif kept is None:
            told = words["unmade"]
        elif not _told(question, kept):
            told = "Kept, and not answered yet: run the cell that shows the answer."
        else:
            told = question.told(kept.guess)
            surprises.append((question.surprise(kept.guess), again(question)))
        rows.append({"asks": question.asks, "section": question.section, "told": told})
    if _at_once(questions):
        return {"rows": rows, "said": _counted(surprises, words)}
    return {"rows": rows, "said": _kindly(surprises)}


CLOSE = 0.05

WORDS = {
    "unmade": "You made no prediction here.",
    "nothing": "Nothing was answered yet. Predictions are never marked; make one when you like.",
    "throughout": "Your predictions lay close to the data throughout.",
    "most": (
        "Most of the surprise was in the section \u201c{}\u201d: it is worth a second reading. "
        "A prediction that was wrong has done its work: you now know where you expected otherwise."
    ),
}

CHECK_WORDS = {
    "unmade": "You have not answered this one.",
    "nothing": "Nothing is answered yet. Answers are never marked; begin where you like.",
    "counted": "{right} of {answered} answered are right.",
    "again": "Worth reading again: {}.",
}


def words_of(questions: list[Question]) -> dict[str, str]:
    """Return the sentences of a look back on predictions, or on a concept check."""
    return CHECK_WORDS if _at_once(questions) else WORDS


def again(question: Question) -> str:
    """Return what to read again: a section of this lesson, or what a concept check names."""
    return question.again if isinstance(question, Concept) else question.section


def _at_once(questions: list[Question]) -> bool:
    return all(question.at_once for question in questions)


def _counted(surprises: list[tuple[float, str]], words: dict[str, str]) -> str:
    if not surprises:
        return words["nothing"]
    missed = list(dict.fromkeys(where for surprise, where in surprises if surprise))
    said = words["counted"].format(
        right=len(surprises) - sum(bool(s) for s, _ in surprises), answered=len(surprises)
    )
    return f"{said} {words['again'].format('; '.join(missed))}" if missed else said


def _kindly(surprises: list[tuple[float, str]]) -> str:
    if not surprises:
        return WORDS["nothing"]
    most, section = max(surprises, key=lambda each: each[0])
    return WORDS["throughout"] if most < CLOSE else WORDS["most"].format(section)


def _state(question: Question) -> dict[str, Any]:
    kept, fault = _kept(question)
    if kept is None:
        return {"guess": None, "answered": False, "told": "", "revealed": {}, "fault": fault}
    told = _told(question, kept)
    return {
        "guess": question.stored(kept.guess),
        "answered": told,
        "told": question.told(kept.guess) if told else "",
        "revealed": question.revealed() if told else {},
        "fault": fault,
    }


def _told(question: Question, kept: Kept) -> bool:
    return kept.answered or question.at_once


def _kept(question: Question) -> tuple[Kept | None, str]:
    try:
        return home().read(question), ""
    except Unreadable as problem:
        return None, str(problem)


def _bundle(
    widget: anywidget.AnyWidget, plain: str, page: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    bundle = widget._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
    return {**data, "text/plain": plain, "text/html": page}, metadata
