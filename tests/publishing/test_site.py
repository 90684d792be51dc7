"""The reading edition: what it holds, what it hides, and what it does again."""

import json
import re
import shutil

import nbformat
import pytest

from indopacific.exercises.questions import role
from indopacific.exercises.sources import block
from indopacific.publishing import fragments, notebooks
from indopacific.publishing import site as publisher
from indopacific.publishing.running import NotRun, Runner
from tests.publishing.conftest import LESSON

PLAIN = {"index", "claims", "glossary", "bibliography", "sources", "search"}


def text(site, name):
    return (site / f"{name}.html").read_text(encoding="utf-8")


def test_lesson_exercise_and_solutions_have_a_page_each(site):
    found = {p.relative_to(site).with_suffix("").as_posix() for p in site.rglob("*.html")}
    assert found == PLAIN | {f"{part}/{LESSON}" for part in ("lessons", "exercises", "solutions")}


def test_every_section_of_the_lesson_has_an_address(course, site):
    cells = nbformat.read(course / "lessons" / f"{LESSON}.ipynb", as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^#{1,3} ", prose, re.MULTILINE)
    addresses = re.findall(r'<section id="([^"]+)"', text(site, f"lessons/{LESSON}"))
    assert len(headings) > 10
    assert len(set(addresses)) == len(headings) + 1  # and the sources of the page


def test_no_page_holds_a_comment_of_the_prose_or_asks_another_host(site):
    for page in site.rglob("*.html"):
        source = page.read_text(encoding="utf-8")
        assert not re.search(r"(<|&lt;)!--[=@~\[\]]", source), page
        asked = re.findall(r'<(?:script|img|link|iframe)\b[^>]*(?:src|href)="([^"]+)"', source)
        assert asked
        assert [each for each in asked if each.startswith(("http", "//"))] == [], page


def test_solutions_stand_on_their_own_page_only(course, site):
    cells = nbformat.read(course / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4).cells
    released = (course / "exercises" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    lesson = (course / "lessons" / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    known = json.dumps([released, lesson])
    solutions = {
        line.strip()
        for cell in cells
        if role(cell).solution and cell.cell_type == "code"
        for line in block(cell.source, "SOLUTION").splitlines()
    }
    secret = {line for line in solutions if len(line) > 12 and json.dumps(line)[1:-1] not in known}
    tests = {
        line.strip() for cell in cells for line in block(cell.source, "HIDDEN TESTS").splitlines()
    }
    hidden = {line for line in tests - solutions if len(line) > 25}
    assert len(secret) > 10
    assert len(hidden) > 50
    plain = {page: _plain(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")}
    for page, words in plain.items():
        assert not [line for line in hidden if line in words], page
        if page.parent.name != "solutions":
            assert not [line for line in secret if line in words], page
    own = plain[site / "solutions" / f"{LESSON}.html"]
    assert all(line in own for line in secret)
    assert '<meta content="noindex" name="robots"' in text(site, f"solutions/{LESSON}")


def _plain(source):
    import html

    return html.unescape(re.sub(r"<[^>]+>", "", source))


def test_the_search_knows_the_lesson_and_nothing_of_the_solutions(site):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    place = found["docnames"].index(f"solutions/{LESSON}")
    assert found["titles"][place] == ""

    def places(entry):
        return [entry] if isinstance(entry, int) else entry

    assert found["docnames"].index(f"lessons/{LESSON}") in places(found["terms"]["alli"])
    assert not [word for word, where in found["terms"].items() if place in places(where)]
    assert not [t for t, w in found["alltitles"].items() if place in [n for n, _ in w]]


def test_a_second_build_runs_nothing_and_gives_the_same(course, site, work, tmp_path):
    again = publisher.build(course, tmp_path / "again", work=work, only=[LESSON])
    assert again.ran == ()
    names = sorted(p.relative_to(site) for p in site.rglob("*") if p.is_file())
    assert names == sorted(
        p.relative_to(again.folder) for p in again.folder.rglob("*") if p.is_file()
    )
    pages = [name for name in names if name.suffix == ".html"]
    assert [n for n in pages if (site / n).read_bytes() != (again.folder / n).read_bytes()] == []


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


# ---------------------------------------------------------------- pieces


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
