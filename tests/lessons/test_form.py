"""Every lesson's form: its parts and their order, its length, its links, its folded answers.

A new file in lessons/ is covered without a change here; CONTRIBUTING.md says the same rules.
"""

import ast
import itertools
import re

import nbformat

from tests.lessons.notebooks import (
    LESSONS,
    code,
    concept_check,
    count_words,
    every_lesson,
    kind,
    last_call,
    numbered_lesson,
    prose,
    read,
    shown,
)

LINES_A_CELL, LINES_SHOWN = 15, 180
# By what a lesson's metadata call it. An example shows the form only; the course has none.
WORDS = {"lesson": range(2000, 3001), "example": range(300, 1001)}
CELLS = {"lesson": range(30, 71), "example": range(15, 41)}
WORDS_AN_IDEA = 120
FOLDED = "<details><summary>What you should see</summary>"


@every_lesson
def test_a_lesson_is_stored_clean(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "indopacific"}
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids)
    for cell in code(path):
        assert not cell.outputs
        assert cell.execution_count is None
    assert path.read_text(encoding="utf-8").endswith("}\n")


@every_lesson
def test_a_lesson_says_its_question_and_its_minutes(path):
    about = read(path).metadata["indopacific"]
    assert about["question"].endswith("?")
    assert set(about["minutes"]) == {"reading", "doing"}
    assert about["measured"].startswith(("estimate:", "measured:"))
    card = next(shown(cell) for cell in prose(path) if cell.source.startswith("## Card"))
    minutes = about["minutes"]
    assert f"{minutes['reading']} reading, {minutes['doing']} doing" in card
    assert ("estimates" in card) == about["measured"].startswith("estimate:")


@every_lesson
def test_a_lesson_has_one_title_and_its_cells_are_short(path):
    titles = [cell for cell in prose(path) if re.search(r"^# ", cell.source, re.M)]
    assert titles == [read(path).cells[0]]
    # The formatter gives every imported name a line of its own; one import is one line to a reader.
    lengths = {
        cell.id: len(ast.parse(cell.source).body)
        if cell.id == "import"
        else len(cell.source.splitlines())
        for cell in code(path)
    }
    assert {name: n for name, n in lengths.items() if n > LINES_A_CELL} == {}
    assert sum(lengths.values()) <= LINES_SHOWN


@every_lesson
def test_everything_is_imported_in_one_cell(path):
    importing = [cell.id for cell in code(path) if re.search(r"^(import|from) ", cell.source, re.M)]
    assert importing == ["import"]


@numbered_lesson
def test_a_lesson_has_the_right_length(path):
    words = sum(count_words(cell.source) for cell in prose(path))
    assert words in WORDS[kind(path)]
    assert len(read(path).cells) in CELLS[kind(path)]


def test_the_course_itself_holds_no_example():
    """Only the recipe of CONTRIBUTING may be short, in a copy of the course."""
    assert [
        f'{path.name} calls itself an example; take "kind" out of its metadata and write '
        f"{WORDS['lesson'].start} words or more"
        for path in LESSONS
        if kind(path) not in ("lesson", "check")
    ] == []


@concept_check
def test_a_concept_check_asks_and_does_nothing_else(path):
    called = [last_call(cell) for cell in code(path) if cell.id != "import"]
    assert called == [*["ask"] * (len(called) - 1), "predictions"]
    assert sum(count_words(cell.source) for cell in prose(path)) in range(300, 1501)


@numbered_lesson
def test_the_parts_stand_in_their_order(path):
    cells = read(path).cells
    wanted = [
        r"^# .*\?",
        r"^## Card",
        r"^(import|from) ",
        r"\*\*Predict\.\*\*",
        r"^show\(",
        r"^## 1\. ",
        r"^## The article's claims examined here",
        r"^claims\(",
        r"^## Where experts disagree",
        r"^## Limits",
        r"^## Summary",
        r"^## Exercise",
        r"^exercise\(",
        r"^## Further reading",
        r"^Previous: .*Contents",
    ]
    place = 0
    for part in wanted:
        found = [
            n for n, cell in enumerate(cells[place:], place) if re.search(part, cell.source, re.M)
        ]
        assert found, f"{part} is missing, or stands too early"
        place = found[0]
    assert place == len(cells) - 1


@numbered_lesson
def test_each_section_predicts_shows_explains_and_asks(path):
    cells = read(path).cells
    starts = [n for n, cell in enumerate(cells) if cell.source.startswith("## ")]
    sections = [
        cells[start:end]
        for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)
        if re.match(r"## \d\. ", cells[start].source)
    ]
    assert 3 <= len(sections) <= 5
    for number, section in enumerate(sections, start=1):
        assert section[0].source.startswith(f"## {number}. ")
        whole = "\n".join(cell.source for cell in section)
        assert "**Predict.**" in whole
        assert FOLDED in whole
        assert "**Ask yourself**" in whole
        assert any(last_call(c) == "predict" for c in section if c.cell_type == "code")
        assert any(last_call(c) in ("show", "explore") for c in section if c.cell_type == "code")


@numbered_lesson
def test_an_idea_is_short(path):
    unfolded = {
        cell.id: re.sub(r"<details>.*?</details>", "", shown(cell), flags=re.S)
        for cell in prose(path)
    }
    words = {name: count_words(text) for name, text in unfolded.items() if "**Predict.**" in text}
    assert {name: n for name, n in words.items() if n > WORDS_AN_IDEA} == {}


@every_lesson
def test_no_figure_stands_without_a_question(path):
    asked = False
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            asked = "**Predict.**" in cell.source
        elif last_call(cell) in ("explore", "show"):
            assert asked, cell.id


@every_lesson
def test_no_reason_covers_a_whole_cell_of_a_lesson(path):
    for cell in prose(path):
        assert not re.search(r"(\n\s*\n|^)\s*<!--~[^>]*-->\s*(\n\s*\n|$)", cell.source), cell.id


@numbered_lesson
def test_what_answers_a_prediction_is_folded(path):
    cells = read(path).cells
    for before, cell in itertools.pairwise(cells):
        if before.cell_type == "code" and last_call(before) in ("show", "answered"):
            assert cell.source.startswith(FOLDED), cell.id


@every_lesson
def test_folded_answers_open_and_hold_something(path):
    for cell in prose(path):
        assert cell.source.count("<details>") == cell.source.count("</details>")
        for inside in re.findall(r"<details>(.*?)</details>", cell.source, re.S):
            question, answer = re.fullmatch(
                r"<summary>(.+?)</summary>\n\n(.+)\n", inside, re.S
            ).groups()
            assert question.strip()
            assert len(answer.split()) > 5


@every_lesson
def test_links_lead_somewhere(path):
    links = [
        link
        for cell in prose(path)
        for link in re.findall(r"\]\(([^)]+)\)", cell.source)
        if not link.startswith(("http://", "https://"))
    ]
    assert links
    for link in links:
        assert (path.parent / link.partition("#")[0]).exists(), link
