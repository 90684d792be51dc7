"""A report reads well on a terminal and on a page, whatever a learner or an author wrote."""

import io
import re
from html.parser import HTMLParser

import pytest
from rich.console import Console

from indopacific import reporting

RUBRIC = "A person marks this:\n| criterion | points |\n|---|---|\n| names a *measure* | 1 |"


def item(**changes):
    return {
        "id": "alignment-2-b",
        "title": "2 · A share [of trade]",
        "earned": 0.0,
        "points": 2.0,
        "state": "wrong",
        "message": "alignment-2-b: not right.\nExpected: a number that stands\n  for a share.",
        "look_again": "Lesson 01, section 2",
        "hint": "Ask: a share of *what*, and in `percent`?\n\n- of trade\n- of imports",
    } | changes


def report(*items, **changes):
    return {
        "exercise": "01-alignment",
        "file": "my-work/exercises/01-alignment/01-alignment.ipynb",
        "hidden_tests": True,
        "items": list(items),
        "errors": [],
        "notes": [],
        "seconds": 3.2,
        "earned": 0.0,
        "points": 2.0,
    } | changes


def on_terminal(shown):
    text = io.StringIO()
    Console(file=text, width=90).print(reporting.on_terminal(shown))
    return text.getvalue()


class Outline(HTMLParser):
    """What a screen reader goes by: elements, and the text in each."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "text": ""}
        self.found.append(element)
        if tag != "br":
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def texts(self, tag):
        return [element["text"] for element in self.found if element["tag"] == tag]


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "2"), (1.5, "1.5"), (0.333333, "0.33"), (10, "10")]
)
def test_marks_are_written_as_people_write_them(value, text):
    assert reporting.number(value) == text


def test_markdown_of_authors_is_rendered_on_a_terminal():
    text = on_terminal(report(item()))
    assert "Hint: Ask: a share of what, and in percent?" in text
    assert "*" not in text
    assert "`" not in text
    assert " • of imports" in text


def test_a_check_s_broken_lines_are_joined_and_its_item_is_not_named_twice():
    text = on_terminal(report(item()))
    assert "    Not right." in [line.rstrip() for line in text.splitlines()]
    assert "Expected: a number that stands for a share." in text
    assert "alignment-2-b" not in text


def test_a_rubric_is_a_table_on_a_terminal_and_on_a_page():
    shown = report(item(state="by hand", earned=None, message=RUBRIC, hint="", look_again=""))
    assert "|---|" not in on_terminal(shown)
    assert re.search(r"names a measure +1 *$", on_terminal(shown), re.MULTILINE)
    page = Outline(reporting.on_page(shown))
    assert len(page.texts("table")) == 2
    headers = [each["attrs"] for each in page.found if each["tag"] == "th"]
    assert all(each["scope"] in ("col", "row") for each in headers)
    assert "measure" in page.texts("em")


def test_a_page_has_headings_and_a_table_with_headers():
    right = item(id="a", title="1 · Easy", earned=1.0, points=1.0, state="right", message="Right.")
    page = Outline(reporting.on_page(report(right, item(), earned=1.0, points=3.0)))
    assert page.found[0]["tag"] == "section"
    assert page.found[0]["attrs"] == {"aria-label": "Check of exercise 01-alignment"}
    assert page.texts("h3") == ["Check of 01-alignment: 1 of 3 points"]
    assert page.texts("h4") == ["2 · A share [of trade] (not right yet)"]
    scopes = [each["attrs"].get("scope") for each in page.found if each["tag"] == "th"]
    assert scopes == ["col"] * 3 + ["row"] * 2
    assert page.texts("td") == ["1/1", "right", "0/2", "not right yet"]
    assert "what" in page.texts("em")
    assert page.texts("li") == ["of trade", "of imports"]


@pytest.mark.parametrize("field", ["message", "hint", "title", "look_again"])
def test_nothing_in_a_report_is_obeyed_by_the_page(field):
    page = reporting.on_page(report(item(**{field: "<script>alert(1)</script> & <img src=x>"})))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_what_a_learner_wrote_is_quoted_as_it_is():
    quoted = "Came: 'a*b*c' and _x_ and **kwargs."
    assert quoted in on_terminal(report(item(message=quoted)))
    assert quoted.replace("'", "&#x27;") in reporting.on_page(report(item(message=quoted)))


def test_square_brackets_are_no_colours():
    assert "[red]x[/red]" in on_terminal(report(item(message="[red]x[/red]")))


def test_errors_and_notes_are_told():
    shown = report(
        errors=[{"number": 7, "error": "NameError: name 'x' is not defined"}],
        notes=["A copied cell was put aside."],
        hidden_tests=False,
    )
    for text in (on_terminal(shown), reporting.on_page(shown)):
        assert "Your cell 7 stopped with NameError" in text
        assert "Note: A copied cell was put aside." in text
        assert "right in kind and" in text


def test_a_state_that_is_new_to_us_is_shown_in_its_own_words():
    shown = report(item(state="late"))
    assert "0/2  late" in on_terminal(shown)
    assert "late" in Outline(reporting.on_page(shown)).texts("td")


def test_an_error_is_placed_as_the_reader_sees_it():
    error = {"number": 19, "shown": 18, "task": "alignment-2-b", "line": 3, "code": "share = ("}
    shown = report(item(), errors=[error | {"error": "SyntaxError: incomplete input"}])
    said = " ".join(reporting.remarks(shown))
    assert "task 2 · A share [of trade], cell [18], line 3 (`share = (`) stopped with Syn" in said


def test_the_total_says_what_a_person_still_gives():
    by_hand = item(id="alignment-9", state="by hand", earned=None, points=3.0)
    assert reporting.total(report(item())) == "0 of 2 points"
    assert reporting.total(report(item(), by_hand)) == (
        "0 of 2 points that a test can give; a person gives the other 3 of 5"
    )
