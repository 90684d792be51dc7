"""Every figure of every lesson, on exactly what the lesson hands it, is readable and whole."""

import functools
import shutil

import pytest
from matplotlib.figure import Figure

from indopacific import lessons
from indopacific.figures import easel, style
from indopacific.figures.easel import Picture
from tests.figures.layout import faults
from tests.figures.test_every_drawing import strange_numbers
from tests.lessons.notebooks import COURSE, LESSONS, code, every_lesson


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Call with a lesson: its figures, as (drawing's name, words, figure), from a run in a copy."""
    home = tmp_path_factory.mktemp("course")
    for part in ("lessons", "exercises", "solutions"):
        shutil.copytree(COURSE / part, home / part)
    for settings in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(COURSE / settings, home)

    @functools.cache
    def shown(path):
        found = []

        def watched(draw, result, **guess):
            figure = Figure(figsize=style.SIZE, dpi=style.DPI)
            words = draw(result, figure, **guess)
            found.append((draw.__name__, words, figure))
            return Picture(png=b"", words=words)

        scope = {"display": lambda *shown: None}
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(home / "lessons")
            for module in (easel, lessons):
                patch.setattr(module, "paint", watched)
            for cell in code(path):
                exec(compile(cell.source, f"{path.name}, cell {cell.id}", "exec"), scope)
        return found

    return shown


@every_lesson
def test_every_figure_of_a_lesson_is_readable(path, figures):
    assert [(name, fault) for name, _, figure in figures(path) for fault in faults(figure)] == []


@every_lesson
def test_the_numbers_of_its_words_stand_in_its_tables(path, figures):
    odd = [(name, number) for name, words, _ in figures(path) for number in strange_numbers(words)]
    assert odd == []


def test_the_lessons_figures_are_found(figures):
    shown = [cell for path in LESSONS for cell in code(path) if "show(" in cell.source]
    assert sum(len(figures(path)) for path in LESSONS) >= len(shown) > 5
