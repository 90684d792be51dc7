"""Pieces of the reading edition, and what the build refuses."""

import re
import shutil

import nbformat
import pandas as pd
import pytest

from indopacific.publishing import fragments, notebooks
from indopacific.publishing import site as publisher
from indopacific.publishing.running import NotRun, Runner


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
