"""What a lesson shows around its figures: tables of texts, claims, views."""

import html
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from indopacific import claims, glossary, holders, load, table, views
from indopacific.figures.easel import Picture
from indopacific.figures.words import Words, safe

LESSONS = sorted(load("views")["lesson"].unique())


class Pieces(HTMLParser):
    """The text of a page, piece by piece: JupyterLab looks for formulas within one piece."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_data(self, data):
        self.found.append(data)


def shown(page):
    return Pieces(page.data if hasattr(page, "data") else page).found


DOLLARS = "NT$780bn instead of NT$1.25tn"


def words():
    frame = pd.DataFrame({"What": [DOLLARS], "Value": ["$1 < $2"]})
    return Words(title=DOLLARS, reading=DOLLARS, table=frame, source=DOLLARS)


@pytest.mark.parametrize(
    "page",
    [
        safe(DOLLARS),
        table(pd.DataFrame({"$a$": [DOLLARS]})),
        words().html_table(),
        re.sub(r' alt="[^"]*"', "", Picture(png=b"", words=words())._repr_html_()),
    ],
    ids=["safe", "table", "numbers of a figure", "figure"],
)
def test_an_amount_in_dollars_is_never_set_as_a_formula(page):
    pieces = shown(page)
    assert DOLLARS in "".join(pieces) or "$a$" in "".join(pieces)
    assert [piece for piece in pieces if piece.count("$") > 1] == []


def test_a_table_of_texts_stands_flush_left_and_keeps_dates_whole():
    frame = pd.DataFrame(
        {"When": ["2026-05-15", "2026"], "What": ["a <b>", None], "Number": [1.5, float("nan")]},
        index=[7, 8],
    )
    page = table(frame).data
    assert page.count("text-align:left") == page.count("<th") + page.count("<td") - 1  # <thead>
    assert re.findall(r"nowrap\">([^<]+)<", page) == ["2026-05-15"]
    assert html.escape("a <b>") in page
    assert not re.search(r"nan|None", page)
    assert ">7<" not in page, "the index is not shown"


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_heading_of_a_camp_keeps_its_names(lesson):
    page = views(f"{lesson:02d}-any-name").data
    camps = load("views").query("lesson == @lesson")["camp"].unique()
    headings = [html.unescape(each) for each in re.findall(r"padding-top:1em\">([^<]+)<", page)]
    assert headings == [camp[0].upper() + camp[1:] for camp in camps]


def test_views_of_any_lesson_stand_under_headings_of_ones_own_with_their_sources():
    page = holders({"say $2": ["strait-nato-2022", "tokyo-motegi-2026"], "say more": []}).data
    assert page.count('<th scope="row"') == 2
    assert page.count("padding-top:1em") == 2
    assert "<q>Taiwan is not a NATO member" in page
    assert "Nobody was found" in page.partition("Say more")[2]
    assert page.count('<a href="http') == 2
    with pytest.raises(KeyError, match="nobody-2022"):
        holders({"say": ["nobody-2022"]})


def test_claims_and_glossary_are_whole():
    assert len(re.findall("<tr>", claims().data)) == len(load("claims")) + 1
    assert len(re.findall("<tr>", glossary().data)) == len(load("glossary")) + 1
