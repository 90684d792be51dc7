"""The claims ledger: every claim has a home, and has one verdict wherever it is named."""

import html
import json
import re
import shutil
from pathlib import Path

import pytest

from indopacific import load
from indopacific.claims_ledger import Home, homes, ledger, page
from indopacific.curriculum import lessons
from indopacific.publishing import reference
from tests.browser.accessibility import violations

COURSE = Path(__file__).resolve().parents[1]
CLAIMS = load("claims").set_index("id")
WRITTEN = {each.number: each.id for each in lessons(COURSE) if each.written}


def numbers(claim):
    """Return the numbers of the lessons that the table gives a claim."""
    return {int(number) for number in re.findall(r"\d+", str(CLAIMS.at[claim, "lesson"]))}


@pytest.fixture(scope="module")
def found():
    return homes(COURSE)


@pytest.mark.parametrize("claim", CLAIMS.index)
def test_every_claim_has_a_home_in_each_written_lesson_that_examines_it(claim, found):
    marked = {home.number for home in found.get(claim, ())}
    expected = numbers(claim) & set(WRITTEN)
    assert marked == expected, (
        f"{claim}: marked in lessons {sorted(marked)}, and the table claims says "
        f"{sorted(expected)}. Put <!--# {claim} --> where it is examined, or mend the table."
    )


def test_a_home_is_the_heading_above_the_mark(found):
    """Read here in another way: the whole lesson as one text, cut at its headings."""
    for claim, places in found.items():
        for home in places:
            cells = json.loads((COURSE / "lessons" / f"{home.lesson}.ipynb").read_text())["cells"]
            whole = "\n\n".join(
                "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
            )
            parts = re.split(r"^#+ ", re.sub(r"<!--[^#].*?-->", "", whole, flags=re.S), flags=re.M)
            (part,) = (p for p in parts if home.heading in re.sub(r"[*`]", "", p.split("\n")[0]))
            assert re.search(rf"<!--#[^>]*\b{claim}\b", part)


WORDS = sorted(set(CLAIMS["verdict"]), key=len, reverse=True)
SAID = re.compile(rf"\b(C[0-3]\d)\b(?:(?!\bC\d\d\b)[^.|\n])*?\*({'|'.join(WORDS)})\*")


@pytest.mark.parametrize(
    "path",
    [
        *sorted(COURSE.glob("lessons/*.ipynb")),
        *sorted(COURSE.glob("solutions/*/*")),
        *sorted(COURSE.glob("*.md")),
    ],
    ids=lambda path: path.name,
)
def test_a_verdict_in_prose_is_the_ledgers(path):
    for claim, verdict in SAID.findall(path.read_text(encoding="utf-8")):
        assert CLAIMS.at[claim, "verdict"] == verdict, (path.name, claim)


def test_the_pattern_reads_a_verdict_where_one_is_said():
    assert SAID.findall("so the verdict on C23 stays *contested*.") == [("C23", "contested")]
    assert SAID.findall("C23 is asked of C24, *supported*") == [("C24", "supported")]


def test_each_claim_says_what_would_change_its_verdict():
    changes = load("claim_changes").set_index("id")["change"]
    assert list(changes.index) == list(CLAIMS.index)
    assert changes.str.split().str.len().between(5, 35).all()


def test_the_ledger_shows_every_claim_with_its_verdict_and_reachable_homes(found):
    shown = ledger(course=COURSE).data
    rows = re.findall(r'<tr id="c\d\d" data-claim="(C\d\d)">(.*?)</tr>', shown, re.S)
    assert [claim for claim, _ in rows] == list(CLAIMS.index)
    for claim, row in rows:
        assert f"<strong>{CLAIMS.at[claim, 'verdict']}</strong>" in row
        links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', row)]
        assert links == [home.address for home in found.get(claim, ())]
        for number in numbers(claim) - set(WRITTEN):
            assert f"<li>lesson {number:02}</li>" in row
    # JupyterLab would take the arrow keys from a button that does not say so.
    assert shown.count('type="radio"') == shown.count('data-lm-suppress-shortcuts="true"') > 10


def test_without_a_course_folder_the_ledger_is_whole_and_has_no_links():
    shown = page({}, address=lambda home: home.address)
    assert shown.count('<tr id="c') == len(CLAIMS)
    assert "href" not in shown


def test_a_mark_of_a_claim_that_is_none_is_said(tmp_path):
    shutil.copytree(COURSE / "lessons", tmp_path / "lessons")
    file = tmp_path / "lessons" / "05-ambiguity.ipynb"
    file.write_text(file.read_text(encoding="utf-8").replace("<!--# C36 -->", "<!--# C63 -->"))
    with pytest.raises(ValueError, match=r"05-ambiguity.ipynb: a mark names 'C63', which is no"):
        homes(tmp_path)


def test_a_mark_without_a_heading_is_said(tmp_path):
    (tmp_path / "lessons").mkdir()
    cells = [{"cell_type": "markdown", "source": "Text.\n\n<!--# C01 -->"}]
    (tmp_path / "lessons" / "01-a.ipynb").write_text(json.dumps({"cells": cells}))
    with pytest.raises(ValueError, match="mark of C01 stands under no heading"):
        homes(tmp_path)


def test_a_lesson_that_arrives_gets_its_homes_by_itself(tmp_path):
    shutil.copytree(COURSE / "lessons", tmp_path / "lessons")
    cells = [
        {"cell_type": "markdown", "source": "## 2. Cost and *loss*\n\nText.<!--# C12, C13 -->"}
    ]
    (tmp_path / "lessons" / "08-new.ipynb").write_text(json.dumps({"cells": cells}))
    arrived = homes(tmp_path)
    new = Home(lesson="08-new", heading="2. Cost and loss")
    assert arrived["C12"][-1] == arrived["C13"][-1] == new
    assert new.address == "08-new.ipynb#2.-Cost-and-loss"


def test_the_sites_page_leads_to_the_sections_as_sphinx_names_them():
    pages = {number: f"lessons/{name}" for number, name in WRITTEN.items()}
    shown = reference.claims(COURSE, pages)
    assert 'href="lessons/05-ambiguity.html#one-audience-then-two"' in shown
    assert len(re.findall(r'<tr [^>]*\bid="c\d\d"', shown)) == len(CLAIMS)


def test_the_filters_work_by_keyboard_and_without_scripts(browser):
    context = browser.new_context(java_script_enabled=False)
    sheet = context.new_page()
    shown = ledger(course=COURSE).data
    sheet.set_content(f"<html lang='en'><title>Ledger</title><main>{shown}</main></html>")

    def left():
        rows = sheet.locator("tbody tr")
        return {row.get_attribute("data-claim") for row in rows.all() if row.is_visible()}

    assert left() == set(CLAIMS.index)
    verdicts, by_lesson = (sheet.get_by_role("group", name=n) for n in ("Verdict", "Lesson"))
    sheet.keyboard.press("Tab")
    sheet.keyboard.press("ArrowRight")
    word = verdicts.get_by_role("radio", checked=True).get_attribute("value")
    first = CLAIMS["verdict"].value_counts().index[0]
    assert word == "verdict-1"
    assert left() == set(CLAIMS.index[CLAIMS["verdict"] == first])
    by_lesson.get_by_label("lesson 03").check()
    three = {claim for claim in CLAIMS.index if 3 in numbers(claim)}
    assert left() == three & set(CLAIMS.index[CLAIMS["verdict"] == first])
    verdicts.get_by_label("all").check()
    assert left() == three
    context.close()


def test_axe_finds_nothing_in_the_ledger(browser):
    sheet = browser.new_page()
    shown = f"<main><h1>Ledger</h1>{ledger(course=COURSE).data}</main>"
    sheet.set_content(f"<html lang='en'><title>Ledger</title>{shown}</html>")
    assert violations(sheet, "html") == []
    sheet.close()
