"""The course on paper: what a printed file holds, and that no page of it is spoilt."""

import re
import shutil
import unicodedata

import nbformat
import numpy as np
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from indopacific.publishing import book, paper, pdf
from tests.publishing.conftest import LESSON, kept_back

pytestmark = pytest.mark.browser

MILLIMETRE = 72 / 25.4


def plain(words):
    """Return words without spaces, and with letters in the place of ligatures."""
    return re.sub(r"\s|\u200b", "", unicodedata.normalize("NFKC", words))


@pytest.fixture(scope="module")
def printed(course, site, tmp_path_factory):
    """Print the lesson with its exercise; return how to do it again, and what came of it."""
    folder = tmp_path_factory.mktemp("pdf")

    def again():
        return pdf.print_pages(
            course,
            site,
            folder / "out",
            work=folder / "work",
            whole=False,
            program=paper.browser(),
        )

    return again, again()


@pytest.fixture(scope="module")
def file(printed):
    return printed[1][0].file


@pytest.fixture(scope="module")
def reader(file):
    return PdfReader(file)


@pytest.fixture(scope="module")
def pages(reader):
    """The words of each page, without spaces."""
    return [plain(page.extract_text()) for page in reader.pages]


def outline(reader, entries=None, depth=0):
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            yield from outline(reader, entry, depth + 1)
        else:
            yield depth, entry.title, reader.get_destination_page_number(entry)


def test_a_book_holds_every_page_of_the_site_and_no_solutions(site):
    found = {file.relative_to(site).with_suffix("").as_posix() for file in site.rglob("*.html")}
    assert set(book.contents(site)) == found - {"index", "search", f"solutions/{LESSON}"}
    assert book.contents(site)[:2] == [f"lessons/{LESSON}", f"exercises/{LESSON}"]


def test_a_file_says_what_it_is_in_which_language_and_has_tags(printed, reader):
    again, [made] = printed
    assert made.again
    assert made.pages == len(reader.pages) > 20
    root = reader.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title.startswith("01 Alignment: how close are")
    assert [each.again for each in again()] == [False]


def test_the_outline_names_every_section_as_the_lesson_does(course, reader, pages):
    cells = nbformat.read(course / "lessons" / f"{LESSON}.ipynb", as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    sections = [re.sub(r"[*`]", "", line) for line in re.findall(r"^## (.*)$", prose, re.MULTILINE)]
    found = list(outline(reader))
    titles = [title for _, title, _ in found]
    assert len(sections) > 8
    assert [title for title in sections if title not in titles] == []
    assert any(depth == 0 and title.startswith("Exercise 01") for depth, title, _ in found)
    assert [title for _, title, page in found if plain(title) not in pages[page]] == []
    # Chromium drops the space where a long title goes on in a second line; this one has two.
    assert titles.count(reader.metadata.title) == 2


def test_every_reference_names_the_page_on_which_its_target_stands(reader, file, pages):
    document = BeautifulSoup(
        (file.parents[1] / "work" / f"{LESSON}.html").read_text(encoding="utf-8"), "html.parser"
    )
    references = document.select(".book-page")
    assert len(references) > 60
    for each in references:
        target = document.find(id=each["data-to"])
        heading = target.find(["h1", "h2"]) or target.find("strong") or target
        assert plain(heading.get_text()) in pages[int(each.get_text()) - 1], each["data-to"]


def test_every_number_of_an_address_leads_to_the_address_with_this_number(file):
    """The list of a lesson's file holds what the lesson names; that of the whole book, all."""
    document = BeautifulSoup(
        (file.parents[1] / "work" / f"{LESSON}.html").read_text(encoding="utf-8"), "html.parser"
    )
    listed = {
        entry.get_text().partition(" ")[0]: entry.find("a")["href"]
        for entry in document.select(".book-addresses > li")
    }
    numbered = document.select(".book-number")
    assert len(numbered) > 10
    assert all(listed[each.get_text()] == each["href"] for each in numbered)
    links = document.select("a[href*='://']")
    named = {link["href"] for link in links if not link.find_parent(class_="book-addresses")}
    assert set(listed.values()) == named


def test_every_reference_of_the_whole_book_leads_somewhere(site):
    document = book.compose(site, book.contents(site), book.Cover(title="The book"))
    targets = set(re.findall(r'data-to="([^"]+)"', document))
    assert len(targets) > 150
    assert targets <= set(re.findall(r'id="([^"]+)"', document))
    assert not re.search("<(script|fieldset|input|button)", document)


def test_a_reference_that_leads_nowhere_is_refused():
    document = f'<span class="book-page" data-to="p-gone">{book.UNKNOWN}</span>'
    assert book.numbered(document, {"p-gone": 12}).endswith(">12</span>")
    with pytest.raises(book.NoBook, match="leads to 'p-gone', which is on no page"):
        book.numbered(document, {"p-here": 1})


def test_answers_stand_behind_all_questions_and_solutions_nowhere(course, site, reader, pages):
    behind = {title: page for _, title, page in outline(reader)}
    source = BeautifulSoup(
        (site / f"lessons/{LESSON}.html").read_text(encoding="utf-8"), "html.parser"
    )
    answers = source.select("article .ipp-held figcaption strong")
    answers += [each.find("p") for each in source.select("article section > details:not([class])")]
    assert len(answers) > 15
    for answer in answers:
        words = plain(answer.get_text())[:60]
        where = [number for number, text in enumerate(pages) if words in text]
        assert where, words
        assert min(where) >= behind["Answers"], words
    secret, hidden = kept_back(course)
    whole = "".join(pages)
    assert [line for line in secret | hidden if plain(line) in whole] == []


def test_a_moving_figure_stands_still_with_its_controls_and_where_it_moves(pages):
    whole = "".join(pages)
    for words in (
        "Weight of trade and the presets move this figure on its page",
        'In JupyterLab every control does: explore("alignment")',
        f"its page: lessons/{LESSON}.html#one-index",
        "Weight of ideal points 0.5 0 to 1, in steps of 0.01",
        "Only what the two do at the United Nations counts.",
        "A number from USD 0.0 billion to USD 400.0 billion.",
    ):
        assert plain(words) in whole, words


def test_fonts_are_embedded_and_figures_have_words(reader):
    described = []
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            keys = inner["/FontDescriptor"].get_object().keys()
            assert any(key.startswith("/FontFile") for key in keys), font
    for number in range(1, reader.trailer["/Size"]):
        entry = reader.get_object(number)
        if isinstance(entry, dict) and entry.get("/S") == "/Figure":
            described.append(entry.get("/Alt", ""))
    assert len(described) >= 10
    assert min(map(len, described)) > 40


def test_nothing_is_printed_in_the_margins(file):
    document = pypdfium2.PdfDocument(file)
    edge = round(17 * MILLIMETRE)
    for number, page in enumerate(document, start=1):
        dots = np.asarray(page.render(grayscale=True).to_pil())
        used = {"left": dots[:, :edge], "right": dots[:, -edge:], "top": dots[: edge // 3]}
        assert [name for name, strip in used.items() if strip.min() < 250] == [], number


def test_no_page_is_half_empty_but_the_last_of_a_part(file, reader):
    starts = {page for depth, _, page in outline(reader) if depth == 0}
    for number, page in enumerate(pypdfium2.PdfDocument(file)):
        dots = np.asarray(page.render(grayscale=True).to_pil())
        text = dots[round(18 * MILLIMETRE) : -round(20 * MILLIMETRE)]
        used = (np.flatnonzero(text.min(axis=1) < 200).max() + 1) / len(text)
        assert used > 0.5 or number + 1 in starts | {len(reader.pages)}, number + 1


def test_what_is_too_wide_for_the_paper_is_refused(site, tmp_path):
    """Chromium would make the whole file smaller, without a word."""
    long = "https://example.org/" + "a" * 300
    page = tmp_path / "site" / "wide.html"
    shutil.copytree(site / "_static", page.parent / "_static")
    page.write_text(f'<article><h1>Wide</h1><table><tr><td><a href="{long}">{long}</a>')
    names, cover = ["wide"], book.Cover(title="A cover")
    out = tmp_path / "out.pdf"
    made = paper.printed(
        page.parent, names, cover, out, work=tmp_path / "work", program=paper.browser()
    )
    assert made.pages == 2
    page.write_text("<article><h1>Wide</h1><pre style='white-space:pre'>" + "a" * 300)
    with pytest.raises(paper.NotPrinted, match=r"wide.* is wider than the paper.*% of its size"):
        paper.printed(
            page.parent, names, cover, tmp_path / "wide.pdf", work=tmp_path, program=paper.browser()
        )


def test_without_a_browser_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(paper.sys, "platform", "linux")
    with pytest.raises(paper.NotPrinted, match="Install one .*--browser PATH"):
        paper.browser()
    with pytest.raises(paper.NotPrinted, match="lynx is no program here"):
        paper.browser("lynx")


def test_what_is_no_printing_browser_is_refused_and_leaves_nothing(site, tmp_path):
    out = tmp_path / "out" / "x.pdf"
    names, cover = [f"lessons/{LESSON}"], book.Cover(title="x")
    with pytest.raises(paper.NotPrinted, match="printed nothing"):
        paper.printed(site, names, cover, out, work=tmp_path, program=shutil.which("true"))
    assert not out.exists()
