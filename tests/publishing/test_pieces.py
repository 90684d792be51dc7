"""Pieces of the reading edition, and what the build refuses."""

import re
import shutil

import nbformat
import pandas as pd
import pytest

from indopacific.predictions import static
from indopacific.publishing import fragments, notebooks
from indopacific.publishing import site as publisher
from indopacific.publishing.kernel import PAGE
from indopacific.publishing.running import NotRun, Runner
from tests.lessons.notebooks import calls, every_lesson, read


def test_a_folder_of_somebody_else_is_never_replaced(course, tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(publisher.NotBuilt, match="did not make"):
        publisher.build(course, tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "mine"


def test_a_lesson_that_does_not_run_is_named_with_its_cell(course, tmp_path):
    copy = tmp_path / "course"
    for part in ("lessons", "exercises", "data"):
        shutil.copytree(course / part, copy / part)
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(course / name, copy)
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0", id="broken")])
    nbformat.write(made, copy / "lessons" / "07-broken.ipynb")
    runner = Runner(copy, tmp_path / "work")
    with pytest.raises(NotRun, match=r"07-broken.ipynb, cell 'broken' .*ZeroDivisionError"):
        runner.run(copy / "lessons" / "07-broken.ipynb")
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.parametrize(
    ("urls", "address"),
    [({}, ""), ({"Issues": "https://example.org/i"}, "https://example.org/i"), ({"Home": "x"}, "")],
)
def test_errors_are_reported_where_the_project_says(urls, address):
    assert publisher.report_address({"urls": urls} if urls else {}) == address


def test_styles_and_modules_stand_once_however_many_ask_for_them():
    piece = '<style>a{}</style><p>x</p><script type="module">run()</script>'
    assets = fragments.Assets()
    assert [assets.take(piece), assets.take(piece)] == ["<p>x</p>"] * 2
    assert list(assets.styles) == ["<style>a{}</style>"]
    assert list(assets.scripts) == ['<script type="module">run()</script>']


def test_a_fence_is_longer_than_any_in_what_it_holds():
    assert fragments.raw("a ````` b").startswith("``````{raw} html\n")


def test_a_control_without_a_form_for_pages_stops_the_build():
    slider = {notebooks.WIDGET: {}, "text/plain": "IntSlider(value=0)", "text/html": "<p></p>"}
    shown = nbformat.v4.new_output("display_data", data=slider)
    cell = nbformat.v4.new_code_cell("slider", outputs=[shown])
    lesson = nbformat.v4.new_notebook(cells=[cell])
    with pytest.raises(notebooks.NoPageForm, match=r"lessons/07.ipynb .*IntSlider.*_repr_page_"):
        notebooks.lesson(lesson, here="lessons/07.ipynb", pages={}.get, assets=fragments.Assets())


def test_links_lead_to_pages_and_to_nothing_that_is_not_there():
    pages = {"lessons/00-start-here.ipynb": "lessons/00-start-here"}.get
    said = (
        "[map](../../lessons/00-start-here.ipynb#The-map) [read](../../README.md) [b](https://x.y)"
    )
    here = "exercises/01-alignment/01-alignment.ipynb"
    assert notebooks.prose(said, here=here, pages=pages) == (
        "[map](/lessons/00-start-here.md#The-map) read [b](https://x.y)"
    )


def test_a_data_frame_has_headers_of_rows_and_none_without_words():
    table = pd.DataFrame({"a": [1, 2]}, index=["x", "y"]).to_html()
    tidy = fragments.tidy(table)
    assert "<th></th>" in table
    assert "<th></th>" not in tidy
    assert re.findall(r'<th scope="row">(.)</th>', tidy) == ["x", "y"]


def test_a_table_of_long_texts_names_its_columns_in_each_cell_for_a_phone():
    heads = "<thead><tr><th>id</th><th>Verdict</th><th>Evidence</th></tr></thead>"
    row = f"<tr><th>C01</th><td>contested</td><td>{'long ' * 20}</td></tr>"
    table = f"<table>{heads}<tbody>{row}</tbody></table>"
    made = fragments.scrolling(table)
    assert re.findall('data-head="([^"]+)"', made) == ["Verdict", "Evidence"]
    assert 'role="rowheader"' in made
    assert "course-stack" not in fragments.scrolling(table.replace("long " * 20, "short"))


# ---------------------------------------------------------------- results that wait


def cell(*forms, source="1"):
    """A code cell that has shown these forms, each a form for a page or a plain table."""
    shown = [
        nbformat.v4.new_output(
            "display_data", {PAGE: form} if form else {"text/html": "<table></table>"}
        )
        for form in forms
    ]
    return nbformat.v4.new_code_cell(source, outputs=shown)


def asks(name):
    return f"{static.ASKED.format(name)}</div>"


def test_what_python_shows_waits_from_a_question_down_to_its_answer():
    prose = nbformat.v4.new_markdown_cell("Try it.")
    cells = [
        cell(""),  # before any question
        cell(asks("a")),
        cell(""),
        prose,
        cell(asks("b")),
        cell("", static.held("a", "")),
        cell("", "", static.held("b", "")),
        cell(""),
        cell(static.held("asked elsewhere", "")),
    ]
    waits = notebooks.waiting(cells)
    shown = {n: name for n, name in waits.items() if cells[n].cell_type == "code"}
    assert shown == {2: "a", 5: "a", 6: "b", 8: "asked elsewhere"}


def test_a_cell_whose_result_waits_shows_its_python_and_the_text_around_it():
    lesson = nbformat.v4.new_notebook(
        cells=[cell(asks("a")), cell("", static.held("a", "<p>yes</p>"), source="table")]
    )
    assets = fragments.Assets()
    parts = notebooks.lesson(lesson, here="lessons/07.ipynb", pages={}.get, assets=assets)
    page = "".join(parts)
    waits = page.index(static.HELD.format("a"))
    assert waits < page.index("<table>") < page.index("<p>yes</p>") < page.index("table\n````")
    assert page.count("<div") == page.count("</div>")


@every_lesson
def test_no_result_of_a_lesson_stands_open_between_a_question_and_its_answer(path):
    """As the lesson is written: it need not run for this."""
    cells, asked, answered = [], {}, {}
    for number, each in enumerate(read(path).cells):
        source = each.source if each.cell_type == "code" else ""
        questions = [call.args[0].value for call in calls(source, "predict")]
        answers = [call.args[0].value for call in calls(source, "answered")]
        answers += [
            word.value.value
            for call in calls(source, "show")
            for word in call.keywords
            if word.arg == "predicted"
        ]
        forms = [*map(asks, questions), *(static.held(name, "") for name in answers)]
        cells.append(cell(*forms) if source else each)
        asked |= dict.fromkeys(questions, number)
        answered |= dict.fromkeys(answers, number)
    assert asked.keys() == answered.keys()
    waits = notebooks.waiting(cells)
    for name, number in asked.items():
        between = range(number + 1, answered[name] + 1)
        assert between
        assert not [n for n in between if cells[n].cell_type == "code" and n not in waits]
