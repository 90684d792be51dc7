"""Every figure of every lesson, on exactly what the lesson hands it, is readable and whole."""

import functools

import pytest
from matplotlib.figure import Figure

from indopacific import lessons
from indopacific.figures import style
from tests.figures.layout import faults
from tests.figures.test_every_drawing import strange_numbers
from tests.lessons.notebooks import LESSONS, code, every_lesson, read


@functools.cache
def figures(path):
    """Run a lesson's cells here; return (drawing's name, words, figure) of each that it shows."""
    found = []

    def watched(draw, result, *, predicted=None):
        figure = Figure(figsize=style.SIZE, dpi=style.DPI)
        guess = {} if predicted is None else {"predicted": predicted}
        found.append((draw.__name__, draw(result, figure, **guess), figure))

    scope = {"display": lambda *shown: None}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(path.parent)
        patch.setattr(lessons, "paint", watched)
        patch.setattr(lessons, "working_copy", lambda name, home: home / name)
        for cell in read(path).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{path.name}, cell {cell.id}", "exec"), scope)
    return found


@every_lesson
def test_every_figure_of_a_lesson_is_readable(path):
    assert [(name, fault) for name, _, figure in figures(path) for fault in faults(figure)] == []


@every_lesson
def test_the_numbers_of_its_words_stand_in_its_tables(path):
    odd = [(name, number) for name, words, _ in figures(path) for number in strange_numbers(words)]
    assert odd == []


def test_the_lessons_figures_are_found():
    shown = [cell for path in LESSONS for cell in code(path) if "show(" in cell.source]
    assert sum(len(figures(path)) for path in LESSONS) >= len(shown) > 5
