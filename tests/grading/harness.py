"""Mark many wrong answers in a second: an exercise of a course in this process, without a kernel.

`test_harness.py` proves on the practice exercise that it gives the marks that nbgrader gives.
"""

from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from indopacific.exercises import rehearsal
from indopacific.exercises.questions import items
from indopacific.exercises.release import SOURCE

REPOSITORY = Path(__file__).parents[2]


def grade_answers(
    exercise_id: str, answers: dict[str, str], *, course: Path = REPOSITORY
) -> dict[str, tuple[float, str]]:
    """Mark a set of answers.

    Parameters
    ----------
    exercise_id : str
        Such as "01-alignment".
    answers : dict of str to str
        Item id -> the whole source of its answer cell. The other items get the reference solution.
    course : Path

    Returns
    -------
    dict of str to (float, str)
        For each of `answers`, marks and what the check said; for an exception other than a failed
        check, its type and text. Items that a person marks cannot be given.

    Raises
    ------
    KeyError
        For an item that the exercise does not have.
    """
    cells = source_cells(exercise_id, course)
    known = {item.id for item in items(cells)}
    if unknown := answers.keys() - known:
        raise KeyError(f"{exercise_id} has no item {sorted(unknown)}; it has {sorted(known)}")
    done = rehearsal.rehearse(cells, answers)
    return {item: (one.earned, one.said) for item, one in done.items()}


def reference_answers(exercise_id: str, *, course: Path = REPOSITORY) -> dict[str, str]:
    """Return the author's own answer cells of the items that tests mark."""
    return rehearsal.solutions(source_cells(exercise_id, course))


def bound(exercise_id: str, item: str, **names: Any) -> dict[str, Any]:
    """Return what the author's own answer cell of an item binds; `names` stand there before."""
    exec(reference_answers(exercise_id)[item], names)
    return names


@cache
def source_cells(exercise_id: str, course: Path = REPOSITORY) -> Any:
    """Return the cells of the source, with solutions and full tests."""
    return nbformat.read(course / SOURCE / exercise_id / f"{exercise_id}.ipynb", as_version=4).cells
