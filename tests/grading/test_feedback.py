"""Feedback explains every mark, and nothing that a student wrote becomes part of the page."""

import base64
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from indopacific.grading.contract import CellFault, ItemMark, Marked, as_cell
from indopacific.grading.feedback import ByHand, explained, feedback, page
from indopacific.grading.intake import mend
from indopacific.grading.pages.html import MOST_WIDTH, picture
from tests.grading.broken import ANSWERS, KNOWN, WHOLE
from tests.grading.practice import ARGUMENT, EXERCISE, QUESTIONS, RUBRIC, item_id

WRONG = (
    "practice-1-share: not right yet.\n"
    "Expected: a number in percent, from 0 to 100, near what the\n  tables say.\n"
    "Came: the number 3.1.\n"
    "Probably: That is Russia's share.\n"
    "Look again at: lesson 00, section 1."
)


def result(**changes):
    """Return a result with an item of every state."""
    states = ("wrong", "right", "partly", "unanswered", "broken")
    marks = [
        ItemMark(
            id=item_id(n),
            title=f"{n} · {q.slug.title()}",
            earned={"right": float(q.points), "partly": q.points / 2}.get(states[n % 5 - 1], 0.0),
            points=float(q.points),
            state=states[n % 5 - 1],
            message=WRONG if n == 1 else f"{item_id(n)}: {states[n % 5 - 1]}, and why.",
            hint="" if states[n % 5 - 1] == "right" else "Look at the nudge of it.",
        )
        for n, q in enumerate(QUESTIONS, start=1)
    ]
    by_hand = ItemMark(
        ARGUMENT,
        "12 · Argue",
        None,
        3.0,
        "by hand",
        f"A person marks this, by these criteria:\n{RUBRIC}",
    )
    made = Marked(
        exercise=EXERCISE,
        status="marked",
        items=(*marks, by_hand),
        faults=(CellFault(18, "NameError: name 'x' is not defined", 18, item_id(5), 3, "x + 1"),),
        repairs=("The cell 'practice-3-clauses-test' was missing and has been put back.",),
        notes=("'pandas.py' was left out: only notebooks, tables and pictures are taken.",),
    )
    # As it is read from its file again.
    read: dict = json.loads(json.dumps(made.as_dict()))
    return read | changes


def png(width=40, height=30, *, text="", colour="teal"):
    info = PngImagePlugin.PngInfo()
    if text:
        info.add_text("Comment", text)
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG", pnginfo=info)
    return base64.b64encode(buffer.getvalue()).decode()


def run_cells(outputs=()):
    """Return the notebook as it was run, with these outputs under the first answer."""
    cells = [as_cell(cell) for cell in mend(WHOLE.encode(), KNOWN)[0]]
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == item_id(1):
            cell["outputs"] = list(outputs)
    return cells


class Reader(HTMLParser):
    """Collect the tags, attributes and text of a page."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "strong"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "a", "span", "div", "ul", "li"),
    *("article", "dl", "dt", "dd", "blockquote", "pre", "code", "img"),
}


def assert_harmless(markup, also=frozenset()):
    """No tag but ours, no script, nothing to load from anywhere."""
    found = Reader(markup)
    assert set(found.tags) <= ALLOWED | also
    for name, value in found.attributes:
        assert not name.startswith("on")
        assert name != "style"
        if name in ("href", "src"):
            assert value.startswith(("#", "data:image/png;base64,"))
    policy = dict(found.attributes)
    assert "default-src 'none'" in markup
    assert policy["http-equiv"] == "Content-Security-Policy"
    return found


def test_every_mark_is_explained():
    found = assert_harmless(page(result(), student="ana", title="Exercise", cells=run_cells()))
    for words in (
        "Exercise",
        "Feedback for ana",
        "a number in percent, from 0 to 100, near what the tables say.",
        "the number 3.1.",
        "That is Russia's share.",
        "lesson 00, section 1",
        "Look at the nudge of it.",
        "names a measure",
        "was missing and has been put back",
        "'pandas.py' was left out",
        "cell [18], line 3: x + 1: NameError",
        "3 of these points wait for a person",
        "share = 18.0",
    ):
        assert words in found.text, words
    assert found.tags.count("article") == len(QUESTIONS) + 1


def test_a_check_message_is_taken_apart():
    told = explained("practice-1-share", WRONG)
    assert told.said == ()
    assert told.expected == "a number in percent, from 0 to 100, near what the tables say."
    assert told.came == "the number 3.1."
    assert told.probably == "That is Russia's share."
    assert told.look_again == "lesson 00, section 1."


def test_what_a_person_gave_outweighs_the_result_and_is_shown_with_the_comment():
    by_hand = {
        ARGUMENT: ByHand(2.5, True, "Two measures, well used.\nNo limit named."),
        item_id(1): ByHand(1.0, True, "Half for the method."),
        item_id(2): ByHand(1.0, False),
    }
    found = feedback(result(), student="ana", by_hand=by_hand)
    items = {item.id: item for item in found.items}
    assert (items[ARGUMENT].earned, items[ARGUMENT].state) == (2.5, "marked")
    assert (items[item_id(1)].earned, items[item_id(1)].state) == (1.0, "marked")
    assert items[item_id(2)].state == "right"
    assert found.waiting == 0
    text = Reader(page(result(), student="ana", by_hand=by_hand)).text
    assert "Two measures, well used.\nNo limit named." in text
    assert "wait for a person" not in text


def test_a_penalty_is_told_and_never_makes_marks_negative():
    assert (
        feedback(result(), student="ana", penalty=1.0).earned
        == feedback(result(), student="ana").earned - 1
    )
    assert feedback(result(), student="ana", penalty=999).earned == 0
    assert "because it came late" in page(result(), student="ana", penalty=1.0)


def test_a_refused_submission_says_why():
    refused = Marked(EXERCISE, "refused", notes=("The file is empty.",)).as_dict()
    found = assert_harmless(page(refused, student="ana"))
    assert "could not be marked" in found.text
    assert "The file is empty." in found.text


HOSTILE = (
    "<script>alert(1)</script>",
    "</pre></code><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example'>",
    "<!-- --><iframe src=javascript:alert(1)>",
    "[click](javascript:alert(1))",
    "\u202egnp.exe\x1b[31m\x00\ud800",
    "&lt;b&gt; &amp;",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_anyone_becomes_markup(text):
    marked = result(
        repairs=[text],
        notes=[text],
        faults=[{"number": 3, "error": text, "shown": 4, "line": 1, "code": text}],
    )
    marked["items"][0] |= {
        "message": f"x: {text}\nCame: {text}",
        "title": text,
        "hint": text,
        "id": text,
    }
    cells = run_cells(
        [
            {"output_type": "stream", "name": "stdout", "text": text},
            {"output_type": "error", "ename": text, "evalue": text, "traceback": []},
            {
                "output_type": "display_data",
                "data": {"text/html": text, "image/svg+xml": text, "text/plain": text},
            },
        ]
    )
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = text
    by_hand = {ARGUMENT: ByHand(1.0, True, text)}
    markup = page(marked, student=text, title=text, cells=cells, by_hand=by_hand)
    assert_harmless(markup)
    assert not re.search("[\x00\x1b\u202e\ud800]", markup)
    markup.encode("utf-8")


@given(st.text(max_size=60))
def test_law_text_is_text(text):
    marked = result(notes=[text])
    marked["items"][0] |= {"message": text, "title": text}
    assert_harmless(page(marked, student=text, title=text, cells=run_cells()))


HIDDEN = [
    line.strip()
    for known in KNOWN
    if known.role.grade and not known.learners
    for line in known.source.splitlines()
    if "check(" in line or "grade(" in line
]


def test_no_test_and_no_key_is_on_the_page_or_in_the_data():
    assert len(HIDDEN) >= 2 * len(QUESTIONS)
    cells = run_cells()
    markup = Reader(page(result(), student="ana", cells=cells)).text
    data = json.dumps(feedback(result(), student="ana", cells=cells).as_dict())
    for line in HIDDEN:
        assert line not in markup
        assert json.dumps(line)[1:-1] not in data
    assert "HIDDEN TESTS" not in markup + data


# --- Pictures ------------------------------------------------------------------------------------


def display(data, kind="image/png"):
    return {"output_type": "display_data", "data": {kind: data, "text/plain": "<Figure>"}}


def opened(uri):
    raw = base64.b64decode(uri.removeprefix("data:image/png;base64,"))
    return raw, Image.open(io.BytesIO(raw))


def test_a_picture_is_drawn_anew_and_only_its_pixels_remain():
    raw, image = opened(picture(png(text="<script>alert(1)</script>")))
    assert image.size == (40, 30)
    assert b"script" not in raw
    assert image.info == {}
    tail = base64.b64encode(base64.b64decode(png()) + b"<script>").decode()
    assert b"script" not in opened(picture(tail))[0]


def test_a_large_picture_is_made_smaller_and_a_huge_one_left_out():
    _, image = opened(picture(png(2000, 100)))
    assert image.size == (MOST_WIDTH, 60)
    assert picture(png(6000, 5000)) is None


@pytest.mark.parametrize(
    "data",
    ["", "not base64 !", base64.b64encode(b"<svg/>").decode(), base64.b64encode(b"GIF89a").decode(),
     png()[:60], 3, None, ["a", 3], "A" * 20_000_000],
)  # fmt: skip
def test_what_is_no_picture_is_left_out(data):
    assert picture(data) is None


def test_pictures_stand_on_the_page_with_words_and_are_few():
    cells = run_cells([display(png(colour=c)) for c in ("red", "blue", "green", "black", "grey")])
    markup = page(result(), student="ana", cells=cells)
    assert_harmless(markup)
    assert markup.count("<img ") == 3
    assert 'alt="Picture 1 that your answer drew"' in markup


def test_long_outputs_and_answers_are_cut():
    cells = run_cells([{"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000}])
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] += "\n#" + "y" * 100_000
    markup = page(result(), student="ana", cells=cells)
    assert len(markup) < 400_000
    assert "The rest is not shown." in markup


def test_the_same_stands_in_the_data():
    data = feedback(result(), student="ana", cells=run_cells([display(png())])).as_dict()
    again = json.loads(json.dumps(data))
    assert again["items"][0]["explained"]["came"] == "the number 3.1."
    assert again["items"][0]["pictures"] == 1
    assert again["items"][0]["answer"] == ANSWERS[item_id(1)]
    assert again["waiting"] == 3
    assert again["earned"] == sum(i["earned"] or 0 for i in again["items"])
