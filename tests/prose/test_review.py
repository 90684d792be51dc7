"""A notebook held against its sources: what differs, where, and what is written anew."""

import json
import subprocess
import sys

import nbformat
import pytest

from indopacific.prose.review import Unreadable, examine, judge, update

SENTENCE = (
    "They agreed on 50%<!--= rates['Japan']:.0% --> of calls, in three<!--= len(rates):words --> "
    'states. They spoke of "no limits" on 4 February 2022.<!--@ statement -->'
)

SETTING = [
    ("code", "import pandas as pd\n\nrates = pd.Series({'Japan': 0.5, 'b': 0.2, 'c': 0.1})"),
    ("code", "statement = {'quote': 'has no limits', 'date': pd.Timestamp('2022-02-04')}"),
]


def notebook(*cells):
    made = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        }
    )
    for number, (kind, source) in enumerate(cells):
        new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        made.cells.append(new(source, id=f"c{number}"))
    return made


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "lesson.ipynb"
    cells = [*SETTING, ("markdown", SENTENCE), ("code", "rates = rates * 10")]
    file.write_text(nbformat.writes(notebook(*cells)) + "\n", encoding="utf-8")
    return file


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def wrong(path):
    return [each for each in examine(path, name="lesson") if each.state != "agrees"]


def test_a_sentence_agrees_with_the_names_at_its_place(path):
    assert [each.literal for each in examine(path)] == [
        "50%",
        "three",
        '"no limits", 4 February 2022',
    ]
    assert wrong(path) == []


SLIPS = {
    # What is changed in the sentence, what it becomes, what it should be, and the words for it.
    "digit": ("50%", "51%", "50%", "'51%' should be '50%'"),
    "word": ("three<", "four<", "three", "'four' should be 'three'"),
    "quotation": ('no limits"', 'no limit"', "", '"no limit" does not occur'),
    "day": ("4 February", "5 February", "", "5 February 2022 does not occur"),
    "year": ("February 2022", "February 2021", "", "4 February 2021 does not occur"),
    "key": ("rates['Japan']", "rates['Japn']", "", "KeyError: Japn"),
    "name": ("rates['Japan']", "rats['Japan']", "", "name 'rats' is not defined"),
    "format": (":.0%", ":.0q", "", "cannot be written"),
}


@pytest.fixture(scope="module")
def slips(tmp_path_factory):
    """All slips in one notebook, each in a cell of its own, so that one kernel tries them."""
    folder = tmp_path_factory.mktemp("slips")
    texts = []
    for old, new, _, _ in SLIPS.values():
        assert SENTENCE.count(old) == 1
        texts.append(("markdown", SENTENCE.replace(old, new)))
    file = folder / "lesson.ipynb"
    file.write_text(nbformat.writes(notebook(*SETTING, *texts)) + "\n", encoding="utf-8")
    return [each for each in examine(file, name="lesson") if each.state != "agrees"]


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_makes_one_finding_that_says_where_and_what(slips, slip):
    _, _, should, words = SLIPS[slip]
    cell = f"c{len(SETTING) + list(SLIPS).index(slip)}"
    (found,) = [each for each in slips if each.cell == cell]
    assert words in found.text
    assert found.should == should
    assert found.mendable == bool(should)
    assert found.where("lesson") == f"lesson, cell {cell!r}, line 1"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("'Japan': 0.5", "'Japan': 0.6", "'50%' should be '60%'"),
        ("has no limits", "has few limits", '"no limits" does not occur'),
    ],
)
def test_a_change_in_the_data_is_noticed(path, old, new, words):
    edit(path, old, new)
    (found,) = wrong(path)
    assert words in found.text


def test_only_the_figure_is_written_anew(path):
    before = path.read_bytes()
    edit(path, "50%<", "49%<")
    edit(path, "in three<", "in Seven<")
    assert update(path, examine(path)) == 2
    # A capital stays a capital, as at the beginning of a sentence.
    assert path.read_bytes() == before.replace(b"in three<", b"in Three<")


def test_a_quotation_is_never_written_anew(path):
    edit(path, 'no limits\\"', 'no limit\\"')
    before = path.read_bytes()
    assert update(path, examine(path)) == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("len(rates)", "len(rates", "not valid Python"),
        ("@ statement -->", "@ statement ", "not closed"),
        ("<!--@ statement -->", "", "4 February 2022' has no source"),
    ],
)
def test_a_fault_of_form_is_said_with_its_place_before_anything_runs(path, old, new, words):
    edit(path, old, new)
    found = [each for each in judge(nbformat.read(path, as_version=4)) if each.state == "fault"]
    assert any(words in each.text for each in found)
    assert {each.cell for each in found} == {"c2"}


def test_a_notebook_that_does_not_run_is_named_with_its_cell(path):
    edit(path, "rates = rates * 10", "rates = rtes * 10")
    with pytest.raises(Unreadable, match=r"lesson, cell 'c3' does not run: NameError"):
        examine(path, name="lesson")


@pytest.mark.parametrize("content", [None, "not json", "[]", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content):
    file = tmp_path / "x.ipynb"
    if content is not None:
        file.write_text(content)
    with pytest.raises(Unreadable, match=r"x\.ipynb"):
        examine(file)


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "indopacific.cli", "prose", *map(str, arguments)],
        capture_output=True,
        text=True,
    )


def test_the_command_says_what_differs_and_writes_it_only_when_told(path):
    edit(path, "50%", "51%")
    before = path.read_bytes()
    told = command(path)
    assert told.returncode == 1
    assert "lesson.ipynb, cell 'c2', line 1: '51%' should be '50%'" in told.stderr
    assert path.read_bytes() == before
    told = command(path, "--update")
    assert (told.returncode, told.stdout) == (0, "1 written anew.\n")
    assert "50%" in path.read_text(encoding="utf-8")
    rows = json.loads(command(path, "--json").stdout)
    assert {row["state"] for row in rows} == {"agrees"}


def test_the_command_writes_nothing_while_something_else_is_wrong(path):
    edit(path, "50%", "51%")
    edit(path, "4 February", "5 February")
    before = path.read_bytes()
    told = command(path, "--update")
    assert told.returncode == 1
    assert "5 February 2022 does not occur in statement" in told.stderr
    assert path.read_bytes() == before
