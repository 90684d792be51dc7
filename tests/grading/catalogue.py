"""Lists of answers and the marks that they must earn, one module for each exercise.

`wrong_answers/alignment.py` belongs to exercise 01-alignment. It holds data only: `WRONG`, what
learners get wrong, and `RIGHT`, right answers written in another way. To add a case, add an entry.
`faults` says what such a module lacks.
"""

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pandas as pd

from indopacific.checks import choice, choices, function, labelling, number, ordering, table
from indopacific.exercises.questions import items
from indopacific.exercises.rehearsal import rehearse, solutions

FOLDER = Path(__file__).parent / "wrong_answers"
LEAST_WRONG = 25
LEAST_AN_ITEM = 2
LEAST_WORDS = 5  # characters; less is said by accident


class Answer(NamedTuple):
    """One answer.

    Attributes
    ----------
    id : str
        Its name when it fails.
    item : str
    source : str
        The whole answer cell.
    marks : float
    words : str
        Part of the message.
    misconception : int
        A key of the module's `MISCONCEPTIONS`; 0 for a slip of another kind.
    unsaid : str
        Part of a message that it must not get: the answer is near a known mistake, and not it.
    """

    id: str
    item: str
    source: str
    marks: float
    words: str
    misconception: int = 0
    unsaid: str = ""


def of(exercise: str, folder: Path = FOLDER) -> ModuleType | None:
    """Return the module of an exercise; None if there is none."""
    path = folder / f"{exercise.partition('-')[2]}.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location(f"wrong_answers_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def faults(exercise: str, cells, module) -> list[str]:
    """Say what an exercise's answers lack, or do not earn.

    Parameters
    ----------
    exercise : str
    cells : sequence of notebook cells
        The source.
    module : module or None
        As `of` gives it.

    Returns
    -------
    list of str
        One sentence per fault; each says what to add or to change.
    """
    place = f"tests/grading/wrong_answers/{exercise.partition('-')[2]}.py"
    if module is None:
        return [
            f"{place} is missing. Add it, with WRONG (at least {LEAST_WRONG} answers of learners, "
            "with the marks and words that each must get) and RIGHT (right answers in other words)."
        ]
    found = []
    wrong, right = (_answers(module, name, found) for name in ("WRONG", "RIGHT"))
    points = {item.id: item.points for item in items(cells) if not item.by_hand}
    found += _form(wrong, right, points, getattr(module, "MISCONCEPTIONS", {}))
    known = [answer for answer in (*wrong, *right) if answer.item in points]
    said = _rehearsed(cells, known)
    for answer, done in said.items():
        message = " ".join(done.said.split())
        name = f"{answer.item}, {answer.id!r}"
        if done.earned != answer.marks:
            found.append(f"{name}: it earns {done.earned:g}, not {answer.marks:g}: {message}")
        if answer.words not in message:
            found.append(f"{name}: it is not told {answer.words!r} but: {message}")
        if answer.unsaid and answer.unsaid in message:
            found.append(f"{name}: it is told {answer.unsaid!r}, which is not its mistake.")
    told = {a: " ".join(done.said.split()) for a, done in said.items() if a in wrong}
    for item, done in rehearse(cells, solutions(cells)).items():
        mine = {answer: text for answer, text in told.items() if answer.item == item}
        for question in done.questions:
            found += _mistakes(question, mine)
            found += _reasons(question)
    return [f"{place}: {fault}" for fault in dict.fromkeys(found)]


def _rehearsed(cells, answers):
    """Mark all answers in few runs: the first answer to every item, then the second, and so on."""
    rounds = []
    for answer in answers:
        free = next((one for one in rounds if answer.item not in one), None)
        if free is None:
            rounds.append(free := {})
        free[answer.item] = answer
    return {
        answers_of[item]: done
        for answers_of in rounds
        for item, done in rehearse(cells, {i: a.source for i, a in answers_of.items()}).items()
    }


def _answers(module, name, found):
    listed = tuple(getattr(module, name, ()))
    for number_of, one in enumerate(listed, start=1):
        if type(one) is not Answer:
            found.append(f"{name}: entry {number_of} is {one!r}; write Answer(id, item, ...).")
    return tuple(one for one in listed if type(one) is Answer)


def _form(wrong, right, points, misconceptions):
    if len(wrong) < LEAST_WRONG:
        yield f"WRONG has {len(wrong)} answers; add what learners get wrong, up to {LEAST_WRONG}."
    for item in points:
        amount = sum(answer.item == item for answer in wrong)
        if amount < LEAST_AN_ITEM:
            yield f"WRONG has {amount} answers to {item}; add {LEAST_AN_ITEM - amount} more."
        if not any(answer.item == item for answer in right):
            yield f"RIGHT has no answer to {item}; add a right one that is written otherwise."
    names = Counter((answer.item, answer.id) for answer in (*wrong, *right))
    for (item, name), times in names.items():
        if times > 1:
            yield f"{item}: {times} answers are called {name!r}; give each a name of its own."
    for answer in (*wrong, *right):
        if answer.item not in points:
            yield f"{answer.id!r} answers {answer.item!r}, which no test marks."
        elif (answer.marks < points[answer.item]) == (answer in right):
            yield f"{answer.item}, {answer.id!r}: {answer.marks:g} marks stand in the wrong list."
        if len(answer.words) < LEAST_WORDS:
            yield f"{answer.item}, {answer.id!r}: say in `words` what its message must say."
    for number_of in misconceptions.keys() - {answer.misconception for answer in wrong}:
        yield f"no wrong answer shows misconception {number_of}: {misconceptions[number_of]}"


def _mistakes(question, told):
    """Every known mistake is made in the catalogue, and something close to it is not named so."""
    for message in dict.fromkeys(one.message for one in question.mistakes):
        words = " ".join(message.split())
        if not any(f"Probably: {words}" in text for text in told.values()):
            yield f"{question.item}: no answer in WRONG makes the mistake {words!r}; add one."
    for one in question.mistakes:
        miss = near_miss(question.kind, one)
        if miss is None:
            if not any(a.unsaid and a.unsaid in one.message for a in told):
                yield (
                    f"{question.item}: add an answer that is close to the mistake "
                    f"{one.message[:50]!r}... and is not it; put some of these words in `unsaid`."
                )
        elif one.explains(question.kind, miss, question.kind._read(miss)):
            yield f"{question.item}: {one.message[:50]!r}... is said of {miss!r}, too."


def near_miss(kind, mistake):
    """Return an answer close to a mistaken one; None where nobody can say what is close."""
    example = mistake.example
    if isinstance(kind, function):
        return lambda *arguments: mistake.when(*arguments) + 0.01
    if example is ... or callable(example):
        return None
    if isinstance(kind, number):
        step = max(kind.tolerance.within, kind.tolerance.relative * abs(example))
        step = max(step, 0.0 if kind.decimals is None else 10.0**-kind.decimals)
        return example + 1.5 * step * (1 if example < kind.high - 2 * step else -1)
    if isinstance(kind, ordering):
        return [*example[:-2], example[-1], example[-2]]
    if isinstance(kind, table):
        changed = pd.DataFrame(example).copy()
        column = [c for c in kind.columns if c not in kind.key][-1]
        changed[column] = changed[column].astype(float)
        changed.loc[changed.index[0], column] += 3 * max(kind.tolerance.within, 0.01)
        return changed
    return None


def _reasons(question):
    """Every reason against an option or a code is given to whoever picks it."""
    kind, right = question.kind, question.kind.wanted
    reasons = getattr(kind, "reasons", {})
    for key, reason in reasons.items():
        if isinstance(kind, choice):
            answer = key
        elif isinstance(kind, choices):
            answer = [*right, key]
        elif isinstance(kind, labelling):
            name, code = key if type(key) is tuple else (key, None)
            code = code or next(c for c in kind.codes if c != right[name])
            answer = {**right, name: code}
        problem = kind._judge(kind._read(answer)).problem
        if reason not in problem:
            yield f"{question.item}: the reason {reason[:50]!r}... is never given."


#: Values that answer no question, in place of any answer.
ODD = {
    "nothing": "None",
    "dots": "...",
    "truth": "True",
    "not-a-number": "float('nan')",
    "text-number": "'18'",
    "empty-list": "[]",
    "endless": "iter(int, 1)",
    "huge-list": "[0] * 1_000_000",
    "deep-list": "__import__('functools').reduce(lambda inner, _: [inner], range(500), 0)",
    "wrong-table": "pd.DataFrame({'answer': [18.0, 3.0]})",
    "always-equal": "type('Anything', (), {'__eq__': lambda *_: True, '__hash__': None})()",
    "own-number": "type('Number', (float,), dict.fromkeys(['__le__', '__ge__'], lambda *_: 1))()",
    "own-dict": "type('Dict', (dict,), {'__eq__': lambda *_: True})()",
    "own-table": "type('Table', (pd.DataFrame,), {})({'first_year': [2004]})",
    "own-text": "type('Text', (str,), {'casefold': lambda self: 'c'})('c')",
    "raises": "type('Trap', (), {'__getattribute__': lambda self, name: 1 / 0})()",
    "function": "lambda *anything: 0.6",
    "class": "int",
    "module": "pd",
}
