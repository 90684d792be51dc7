"""The glossary: no abbreviation of the course without an entry, and every entry can be found."""

import json
import re

import pytest

from indopacific import glossary, load
from indopacific.publishing.reference import ABBREVIATION

# Numbers of regions and footnotes, and the claims, which have a page of their own.
_NUMERAL = re.compile(r"[IVX]+|C\d\d")
_WORD = re.compile(rf"\b{ABBREVIATION.pattern}\b")
# Columns that lessons show as prose; quotations are not ours.
SHOWN = {
    "claims": ["claim", "evidence", "verdict_detail"],
    "claim_changes": ["change"],
    "views": ["label", "claim", "affiliation", "camp"],
    "glossary": ["term", "meaning"],
    "lessons": ["title", "question"],
}


def prose(path):
    """A notebook's text as a reader sees it, without code, formulas, addresses and quotations."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    return re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|\$[^$]*\$|\"[^\"]*\"", " ", text, flags=re.S)


def missing(text):
    found = {word for word in _WORD.findall(text) if not _NUMERAL.fullmatch(word)}
    return sorted(found - set(load("glossary")["term"]))


def notebooks(course):
    return sorted([*course.glob("lessons/*.ipynb"), *course.glob("solutions/*/*.ipynb")])


def test_no_abbreviation_of_a_notebook_lacks_its_entry(course):
    lacking = {path.name: missing(prose(path)) for path in notebooks(course)}
    assert {name: words for name, words in lacking.items() if words} == {}, (
        "write them into data/course/glossary.csv"
    )


@pytest.mark.parametrize("table", SHOWN)
def test_no_abbreviation_of_a_table_that_is_read_lacks_its_entry(table):
    rows = load(table)[SHOWN[table]].astype("object").fillna("")
    assert missing("\n".join(map(str, rows.to_numpy().ravel()))) == []


def test_an_abbreviation_is_found_wherever_it_stands():
    assert missing("The QUAD met. QUAD2 (QX) did not; NATO's and C05, region IV did.") == [
        "QUAD", "QUAD2", "QX",
    ]  # fmt: skip


def test_a_term_is_looked_up_in_any_case():
    shown = glossary("ap4", "Strategic Ambiguity").data
    assert "Australia, Japan, New Zealand and South Korea" in shown
    assert shown.count("<tr>") == 3
    assert glossary().data.count("<tr>") == len(load("glossary")) + 1


def test_a_term_that_is_not_there_leads_to_the_nearest():
    with pytest.raises(ValueError, match="no entry for AP5. Did you mean 'AP4'"):
        glossary("AP5")


def test_every_term_stands_once_and_its_meaning_ends_as_a_sentence():
    terms = load("glossary")
    assert not terms["term"].str.casefold().duplicated().any()
    assert terms["meaning"].str.endswith((".", "?")).all()


def test_every_lesson_explains_terms_of_its_own(course):
    counted = load("glossary")["lesson"].value_counts()
    numbers = [int(p.name[:2]) for p in course.glob("lessons/[0-9]*.ipynb") if "claims(" in
               p.read_text(encoding="utf-8")]  # fmt: skip
    assert {
        number: counted.get(number, 0) for number in numbers if counted.get(number, 0) < 2
    } == {}
