"""What becomes of a page on paper: answers, addresses, tables, and what it says twice."""

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from indopacific.publishing import addressed, apart, book, fitting, paper, repeats
from indopacific.publishing.marks import plain

NAME = "lessons/01-x"
CODE = '<details class="course-code"><pre>show(it)</pre></details>'
SEE = "<details><summary>What you should see</summary><p>It fell.</p></details>"


def article(inner):
    page = f"<article><section><h1>X</h1>{inner}</section></article>"
    return BeautifulSoup(page, "html.parser").find("article")


def output(inner):
    return f'<div class="course-output">{inner}</div>'


def box(name):
    asks = f"<p>Predict. How many of {name}?</p>"
    return output(f'<div class="book-question" id="p-lessons-01-x--ipp-{name}">{asks}</div>')


def held(name):
    return output(f'<div class="ipp-held" data-answers="{name}"><p>The data say nine.</p></div>')


def told(page):
    """Return the words before the answers, and each answer's."""
    end = page.find(class_="book-apart").extract()
    return plain(page), [plain(entry) for entry in end.select(".book-entry")]


def test_a_prediction_and_what_one_should_see_are_one_answer_behind_the_question():
    page = article(box("ships") + output("<p>A table of nine.</p>") + held("ships") + CODE + SEE)
    apart.set_apart(page, NAME)
    pointers = page.select(".book-question .book-waits")
    assert "page\u00a0<span" in str(pointers)  # a number never begins a line
    before, answers = told(page)
    assert [plain(each) for each in pointers] == ["What the data say: answer 1, page 000"]
    assert before == (
        "XPredict. How many of ships?What the data say: answer 1, page 000show(it)"
    )  # what the same cell shows would give the answer away
    assert answers == [
        "1 · How many of ships? · X, page 000A table of nine.The data say nine.It fell."
    ]


def test_what_answers_a_question_without_a_box_waits_too():
    asks = '<p class="book-asks"><strong>Predict.</strong> Votes vary. Did it fall?</p>'
    page = article(asks + output("<p>A figure.</p>") + CODE + SEE)
    apart.set_apart(page, NAME)
    before, answers = told(page)
    assert (
        before
        == "XPredict. Votes vary. Did it fall?show(it)What you should see: answer 1, page 000"
    )
    assert answers == ["1 · Did it fall? · X, page 000A figure.It fell."]


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(output('<p class="ipx-still">An explorer.</p>'), id="explorer"),
        pytest.param(output("<p>Another cell's.</p>") + CODE + "<p>Prose.</p>", id="other cell"),
        pytest.param(output('<p id="p-x--ipm-map">A map.</p>'), id="map"),
    ],
)
def test_what_gives_nothing_away_stays(shown):
    page = article(f'<p class="book-asks">Predict.</p>{shown}{CODE}{SEE}')
    words = plain(BeautifulSoup(shown, "html.parser").find("p"))
    apart.set_apart(page, NAME)
    assert words in told(page)[0]


def test_hints_of_a_task_stand_together_and_questions_apart():
    hints = "".join(
        f"<details><summary>Hint {one}: {kind}</summary>{inner}</details>"
        for one, kind, inner in ((1, "nudge", "<p>Look.</p>"), (2, "code", "<pre>x = _</pre>"))
    )
    page = article(f"<section><h2>1 · Task</h2>{hints}</section>")
    apart.set_apart(page, "exercises/01-x")
    before, entries = told(page)
    assert before == "X1 · TaskHint 1: nudge · Hint 2: code: hints, page 000"
    assert entries == ["1 · Task, page 000Hint 1: nudge. Look.Hint 2: code. x = _"]
    page = article("".join(f"<details><summary>Why {n}?</summary>So.</details>" for n in "ab"))
    apart.set_apart(page, NAME)
    assert told(page)[1] == ["1 · Why a? · X, page 000So.", "2 · Why b? · X, page 000So."]


def test_what_a_game_tells_is_no_answer_to_the_question_above_it():
    game = output("<p>A round.</p><details><summary>What follows</summary>War.</details>")
    page = article(box("ships") + game)
    apart.set_apart(page, NAME)
    assert plain(page.select_one(".book-question")) == "Predict. How many of ships?"


def test_blanks_to_fill_in_stay_blank_in_print(course):
    """Markdown takes three underscores beside a quotation mark for the begin of bold letters."""
    notebooks = sorted((course / "exercises").glob("*/*.ipynb"))
    assert len(notebooks) > 5
    for file in notebooks:
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "markdown" and "___" in cell.source:
                shown = BeautifulSoup(MarkdownIt().render(cell.source), "html.parser").get_text()
                assert shown.count("_") == cell.source.count("_"), (file.name, cell.id)


LONG = "https://example.org/" + "a" * 60
LISTED = {f"https://example.org/{n}/{'b' * 50}": f"Source {n}" for n in range(3)}
DAYS = ("2026-11-20", "2026-11-20", "2026-11-21")


def table_of_addresses():
    rows = "".join(
        f'<tr><td><a href="{there}">{there}</a></td><td>{day}</td><td>{what}</td></tr>'
        for day, (there, what) in zip(DAYS, LISTED.items(), strict=True)
    )
    head = "<thead><tr><th>Address</th></tr></thead>"
    return article(f"<p>All 3.</p><table>{head}<tbody>{rows}</tbody></table>")


def test_addresses_have_numbers_in_the_order_of_their_list():
    page = table_of_addresses()
    first, second, third = LISTED
    assert addressed.listed(page, set(LISTED)) == {first: 1, second: 2, third: 3}
    entries = [plain(each) for each in page.find_all("li")]
    assert entries[0] == f"[1] {first} Source 0"
    assert entries[2] == f"[3] {third} Source 2; read by 2026-11-21"
    assert "All 3.Read by 2026-11-20, if no other day is named." in plain(page)


def test_a_file_lists_only_the_addresses_that_it_names():
    page = table_of_addresses()
    assert list(addressed.listed(page, {list(LISTED)[2]}).values()) == [1]
    assert len(page.find_all("li")) == 1
    assert "All 3." not in plain(page)


@pytest.mark.parametrize(
    ("words", "address", "shown"),
    [
        (LONG, LONG, "[7]"),
        ("The report", LONG, "The report [7]"),
        ("The report", "https://example.org/a", "The report (example.org/a)"),
        ("https://example.org/a", "https://example.org/a", "https://example.org/a"),
        ("The report", LONG + "c", f"The report ({LONG[8:]}c)"),
        (
            "https://example.org/即時",
            "https://example.org/即時",
            "https://example.org/%E5%8D%B3%E6%99%82",
        ),
    ],
    ids=["long", "behind words", "short behind words", "short", "not listed", "rare letters"],
)
def test_an_address_is_printed_or_its_number(words, address, shown):
    page = article(f'<p><a href="{address}">{words}</a></p>')
    addressed.shown(page.find("a"), {LONG: 7, "https://example.org/a": 8})
    assert plain(page.find("p")) == shown
    assert page.find("a")["href"] == address


def table(rows, *, head=("Year", "Value"), extra=""):
    heads = "".join(f"<th>{name}</th>" for name in head)
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return article(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{extra}")


@given(st.integers(1, 120))
def test_a_narrow_table_stands_beside_itself_with_every_row_once(count):
    page = table([(1900 + n, n) for n in range(count)])
    fitting.fit(page.find("table"))
    years = [row.find("td").get_text() for row in page.select("tbody tr")]
    assert years == [str(1900 + n) for n in range(count)]
    beside = page.select(".book-beside > table")
    assert len(beside) == (0 if count + 1 < 10 else 2 if count + 1 < 15 else 3 if count < 75 else 0)
    assert all(each.find("thead") for each in beside)
    assert bool(page.select(".book-columns")) == (count >= 75)


def test_a_table_of_many_words_may_be_cut_and_keeps_dates_in_one_line():
    page = table([("2026-11-25", "word " * 60)] * 8)
    fitting.fit(page.find("table"))
    assert page.find("table")["class"] == "book-table book-long"
    assert page.select("td.book-short") == page.select("td:first-child")
    page = table([("2026-11-25", "word")] * 8)
    fitting.fit(page.find("table"))
    assert page.find("table")["class"] == "book-table book-whole"


def test_a_list_of_sources_that_stands_above_word_for_word_goes():
    folded = "<details><summary>1 source</summary><ul><li>SIPRI, Trends</li></ul></details>"
    page = article(f"<p>SIPRI, <em>Trends</em>; and more.</p>{folded}<p>No.</p>{folded}")
    repeats.lists_within_their_own_words(page)
    assert [plain(each.find_previous_sibling()) for each in page.find_all("details")] == ["No."]


def test_sources_of_a_table_are_said_once_and_then_where():
    said = "<code>trade</code>: IMF, Statistics. Licence: CC0."
    again = said.replace("<code>trade</code>", '<a href="../sources.html#trade">trade</a>')
    page = article(
        f"<ul><li>{said}</li></ul><ul><li>{again}</li><li>R1: said.</li><li>R1: said.</li></ul>"
    )
    repeats.entries(page, NAME)
    first, second, *rules = page.find_all("li")
    assert plain(first) == "trade: IMF, Statistics. Licence: CC0."
    assert plain(second) == "trade: as above, page 000"
    assert second.select("a")[1]["href"] == f"#{first['id']}"
    assert [plain(each) for each in rules] == ["R1: said.", "R1: said."]


def test_a_long_table_stands_in_the_last_part_that_has_it():
    rows = [(n, n) for n in range(30)]
    early, late, other = table(rows), table(rows), table(rows[:-1])
    parts = [(NAME, "A lesson", early), ("claims", "Claims", late), ("z", "Z", other)]
    repeats.tables(parts)
    assert plain(early) == "XThe table stands in Claims, page 000."
    assert [bool(each.find("table")) for each in (early, late, other)] == [False, True, True]


@pytest.fixture
def small(tmp_path):
    """Return a function that makes pages, and returns the folder of these."""
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "pygments.css").touch()

    def make(**pages):
        for name, inner in pages.items():
            (tmp_path / f"{name}.html").write_text(str(article(inner)), encoding="utf-8")
        return tmp_path

    return make


def test_a_file_that_names_no_address_has_no_list_of_them(small):
    site = small(a="<p>Words.</p>", b=f"<a href='{next(iter(LISTED))}'>Words</a>")
    (site / "addresses.html").write_text(str(table_of_addresses()), encoding="utf-8")
    cover = book.Cover(title="A cover")
    without, named = (book.compose(site, [page, "addresses"], cover) for page in "ab")
    assert "p-addresses" not in without
    assert named.count("p-addresses") > 2


@pytest.mark.browser
def test_nothing_stands_alone_at_the_foot_of_a_page(small, tmp_path):
    """Each pair, wherever on a page it comes to stand, is on one page."""
    picture = (
        "<img alt='A grey field' src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' height='90'>"
    )
    pairs = [
        "<section><h2>Ahead{n}x</h2><p>Next{n}x</p></section>",
        "<p><strong>Predict.</strong> Ahead{n}x</p><p>Next{n}x</p>",
        "<ol><li><p>Ahead{n}x</p><blockquote><p>Next{n}x</p></blockquote></li></ol>",
        "<p>Ahead{n}x</p>"
        "<div class='course-output'><div id='ipp-{n}'><p>Predict. Next{n}x</p></div></div>",
        "<p>Ahead{n}x:</p><ul><li>Next{n}x</li></ul>",
        "<table><caption>Ahead{n}x</caption><thead><tr><th>A</th></tr></thead><tbody>"
        + "<tr><td>Next{n}x</td></tr>"
        + f"<tr><td>{'B ' * 80}</td></tr>" * 12
        + "</tbody></table>",
        "<figure class='indopacific-figure'><figcaption><p><strong>Ahead{n}x "
        + "long " * 25
        + f"</strong></p></figcaption>{picture}<figcaption><p>Next{{n}}x</p></figcaption></figure>",
        "<div class='highlight'><pre>Ahead{n}x\nb\nNext{n}x</pre></div>",
    ]
    # The text of a page is 256 mm high.
    fill = "<div style='break-before: page; height: {}mm'></div>"
    trials = [(pair, height) for pair in pairs for height in range(220, 255, 3)]
    blocks = [fill.format(height) + pair.format(n=n) for n, (pair, height) in enumerate(trials)]
    site = small(a="".join(blocks))
    out = tmp_path / "out.pdf"
    cover = book.Cover(title="A cover")
    paper.printed(site, ["a"], cover, out, work=tmp_path / "work", program=paper.browser())
    pages = [page.extract_text() for page in PdfReader(out).pages[2:]]
    assert len(pages) > len(blocks)
    for n in range(len(blocks)):
        ahead, following = (
            next(number for number, words in enumerate(pages) if f"{word}{n}x" in words)
            for word in ("Ahead", "Next")
        )
        assert ahead == following, blocks[n]
