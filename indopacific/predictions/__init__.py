"""The reader's guess: asked before a figure is shown, kept, and set beside what the data say.

``predict("alignment-pairs")`` asks; ``show(draw, result, predicted="alignment-pairs")`` answers
with the figure, ``answered("alignment-pairs")`` without one; ``predictions("01-alignment")`` looks
back. ``ask("concept_check-coin")`` asks a question of the concept check and answers at once.
Each module of this folder that declares questions of `indopacific.predictions.questions` is found
by itself; their ids begin with the module's name.
"""

from __future__ import annotations

import dataclasses
import difflib
import importlib
import inspect
import pkgutil
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indopacific.figures.easel import Draw, Picture
    from indopacific.predictions.control import Asking, Review, Saying
    from indopacific.predictions.questions import Question


def declared(lesson: str = "") -> list[Question]:
    """Return the declared questions in their order, of one lesson or of all.

    Parameters
    ----------
    lesson : str
        Such as "01-alignment", or "alignment".

    Raises
    ------
    ValueError
        When a lesson declares none, with the nearest that does; or when an id is declared twice
        or does not begin with its module's name.
    """
    from indopacific.predictions.questions import Question

    found: dict[str, list[Question]] = {}
    for module in pkgutil.iter_modules(__path__):
        members = vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        own = [each for each in members if isinstance(each, Question)]
        if own:
            found[module.name] = own
    for name, own in found.items():
        ids = [each.id for each in own]
        wrong = [each for each in ids if not each.startswith(f"{name}-") or ids.count(each) > 1]
        if wrong:
            raise ValueError(
                f"predictions/{name}.py: the id {wrong[0]!r} must begin with {name + '-'!r} "
                "and stand once."
            )
    if not lesson:
        return [each for own in found.values() for each in own]
    name = lesson.lstrip("0123456789").lstrip("-").replace("-", "_")
    if name not in found:
        raise ValueError(_unknown("lesson with predictions", lesson, list(found)))
    return found[name]


def find(name: str) -> Question:
    """Return one question.

    Raises
    ------
    ValueError
        For an unknown id, with the nearest known one.
    """
    known = {each.id: each for each in declared()}
    if name not in known:
        raise ValueError(_unknown("question", name, list(known)))
    return known[name]


def predict(name: str) -> Asking:
    """Ask the reader to predict, before the answer is shown.

    Parameters
    ----------
    name : str
        The question's id, such as "alignment-pairs".

    Returns
    -------
    Asking
        Shows the control as the last line of a cell. It waits for nobody: a reader who skips it
        loses nothing, and a fault of the stored file is said in words.

    Raises
    ------
    ValueError
        For an unknown id.
    """
    from indopacific.predictions.control import Asking

    return Asking(find(name))


def ask(name: str) -> Asking:
    """Ask a question of a concept check; the answer is told as soon as the reader has given one.

    Parameters
    ----------
    name : str
        The question's id, such as "concept_check-coin".

    Returns
    -------
    Asking
        Shows the control as the last line of a cell, as `predict` does.

    Raises
    ------
    ValueError
        For an unknown id, or a prediction, which a later cell answers.
    """
    question = find(name)
    if not question.at_once:
        raise ValueError(f"{name!r} is a prediction: ask it with predict({name!r}).")
    from indopacific.predictions.control import Asking

    return Asking(question)


def answer(name: str, draw: Draw, result: Any) -> Picture:
    """Show the figure that answers a prediction, with the reader's guess if there is one.

    Parameters
    ----------
    name : str
        The question's id.
    draw : callable
        ``draw(result, figure) -> Words``. If it takes `predicted`, it draws the guess and says
        how it differs. For any other drawing, and for a choice, which nobody can draw, the
        answer's words come before the reading.
    result : object

    Returns
    -------
    Picture
        Without a prediction, the figure as it is.

    Raises
    ------
    ValueError
        For an unknown id.
    """
    from indopacific.figures.easel import paint
    from indopacific.predictions.control import Answer, seal

    question = find(name)
    kept = seal(question)
    drawn = None if kept is None else question.drawn(kept.guess)
    if drawn is not None and "predicted" in inspect.signature(draw).parameters:
        picture = paint(draw, result, predicted=drawn)
        return Answer(png=picture.png, words=picture.words, question=question)
    picture = paint(draw, result)
    words = picture.words
    if kept is not None:
        reading = f"{question.told(kept.guess)} {words.reading}"
        words = dataclasses.replace(words, reading=reading)
    return Answer(png=picture.png, words=words, question=question)


def answered(name: str) -> Saying:
    """Answer a prediction in words alone, where a table or an explorer follows and no figure.

    Raises
    ------
    ValueError
        For an unknown id.
    """
    from indopacific.predictions.control import Saying, seal

    question = find(name)
    kept = seal(question)
    return Saying(question, question.truth() if kept is None else question.told(kept.guess))


def predictions(lesson: str) -> Review:
    """Look back on a lesson's predictions: what was predicted, and what turned out.

    Parameters
    ----------
    lesson : str
        Such as "01-alignment".

    Returns
    -------
    Review
        Says where most of the surprise was, and which section to read again; gives no score.

    Raises
    ------
    ValueError
        When the lesson has no predictions.
    """
    from indopacific.predictions.control import Review

    return Review(lesson, declared(lesson))


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(str(name), known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"There is no {what} {name!r}.{hint} There are: {', '.join(known) or 'none'}."


# A lesson says `from indopacific import predictions`. Once this package was imported, that name is
# the package itself and no longer the function above: so the package answers the same call.
class _Callable(ModuleType):
    def __call__(self, lesson: str) -> Review:
        return predictions(lesson)


sys.modules[__name__].__class__ = _Callable
