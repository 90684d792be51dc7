"""Fetching texts from a real server that misbehaves: what is kept is whole, and nothing else is."""

import datetime
import email.utils
import json
import time
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from indopacific import cli, corpus, terminal
from indopacific.corpus.fetching import Wanted, add, fetch
from indopacific.corpus.page import WrongText, check, paragraphs_of
from indopacific.corpus.polite import Limits, NotGiven, Refused, Visitor
from indopacific.corpus.shelf import NotHere, Shelf
from tests.corpus.server import FRENCH, SENTENCE, Site, listed, page, serving, written

QUICK = Limits(pause=0.0, silence=0.6, whole=1.2, largest=200_000, longest_wait=2.0)
TEXT = Wanted(
    document="atlantis-2021",
    name="Atlantis 2021",
    date="2021-06-14",
    addresses=(),
    paragraphs=9,
    quotations=("the peace and the order of our seas", "said the 9th"),
)


@pytest.fixture
def site():
    with serving(Site()) as running:
        yield running


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "texts")


@pytest.fixture
def fetched(site, shelf):
    """Fetch the text from some paths of the site; return the outcome."""

    def go(*paths, limits=QUICK, again=False, **changes):
        text = replace(TEXT, addresses=tuple(site.at(path) for path in paths), **changes)
        (outcome,) = fetch([text], shelf, Visitor(limits), again=again)
        return outcome

    return go


def nothing_is_kept(shelf):
    return not shelf.folder.exists() or not list(shelf.folder.iterdir())


# ---------------------------------------------------------------- a page that is right


@pytest.mark.parametrize("form", [written, listed])
def test_both_forms_of_page_give_the_same_text(fetched, site, shelf, form):
    site.pages["/text"] = page(form(9))
    outcome = fetched("/text")
    assert (outcome.state, outcome.paragraphs, outcome.why) == ("fetched", 9, "")
    found = shelf.read("atlantis-2021")
    assert found == [f"{SENTENCE}, said the {n}th." for n in range(1, 10)]


def test_what_stands_around_a_text_is_not_of_it(fetched, site, shelf):
    site.pages["/text"] = page(written(9))
    fetched("/text")
    assert "China" not in " ".join(shelf.read("atlantis-2021"))


def test_a_copy_says_what_it_is_and_whose(fetched, site, shelf):
    site.pages["/text"] = page(written(9))
    fetched("/text")
    head = shelf.path("atlantis-2021").read_text(encoding="utf-8").splitlines()[:4]
    assert head[0] == "# Atlantis 2021, 2021-06-14"
    assert site.at("/text") in head[1]
    assert "do not pass it on" in head[2]
    assert head[3] == "# paragraphs: 9"


def test_the_second_address_is_asked_when_the_first_fails(fetched, site):
    site.pages["/old"] = page(written(9))
    outcome = fetched("/new", "/old")
    assert outcome.state == "fetched"
    assert outcome.address == site.at("/old")


def test_lists_inside_a_paragraph_are_not_paragraphs(fetched, site, shelf):
    inner = f"<p>1. {SENTENCE}: <ol><li>one</li><li>two</li><li>three</li></ol></p>"
    rest = "".join(f"<p>{n}. {SENTENCE}, said the {n}th.</p>" for n in range(2, 10))
    site.pages["/text"] = page(inner + rest)
    assert fetched("/text").state == "fetched"
    assert shelf.read("atlantis-2021")[0].endswith("1. one 2. two 3. three")


# ---------------------------------------------------------------- a page that is wrong


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (written(6), "it has 6 numbered paragraphs, the text has 9"),
        (written(12), "it has 12 numbered paragraphs, the text has 9"),
        (written(9, sentence=FRENCH), "it is not in English"),
        ("<p>The page was moved to our archive, and we are working on it.</p>", "not in English"),
        (written(9).replace("<p>5.", "<p>"), "paragraph 5 is missing: 4 is followed by 6"),
        (
            written(9, sentence="We are the other Allies of the other sea"),
            "1 of the 1 passages that the course quotes from this text do not stand in it",
        ),
    ],
    ids=["cut", "too long", "French", "no text", "a gap", "another text"],
)
def test_a_page_that_is_not_the_whole_text_is_refused(fetched, site, shelf, body, why):
    site.pages["/text"] = page(body)
    outcome = fetched("/text", quotations=("the peace and the order of our seas",))
    assert outcome.state == "not fetched"
    assert "the page is not the whole text: " in outcome.why
    assert why in outcome.why
    assert nothing_is_kept(shelf)


def test_a_page_without_any_number_is_refused(fetched, site, shelf):
    site.pages["/text"] = f"<p>{SENTENCE}.</p>" * 9
    assert "it has no numbered paragraphs" in fetched("/text").why
    assert nothing_is_kept(shelf)


def test_when_the_number_is_not_known_a_gap_is_still_seen(fetched, site):
    site.pages["/text"] = page(written(9).replace("<p>5.", "<p>"))
    assert "paragraph 5 is missing" in fetched("/text", paragraphs=None).why
    site.pages["/text"] = page(written(7))
    assert fetched("/text", paragraphs=None).paragraphs == 7
    site.pages["/text"] = page(written(2))
    assert "only 2 numbered" in fetched("/text", paragraphs=None, again=True).why


def test_a_quotation_that_is_absent_is_told_and_half_of_them_may_be(fetched, site):
    site.pages["/text"] = page(written(9))
    outcome = fetched("/text", quotations=("order of our seas", "our neighbours' behavior"))
    assert outcome.state == "fetched"
    assert outcome.absent == ("our neighbours' behavior",)


# ---------------------------------------------------------------- a server that misbehaves


def test_no_such_page(fetched, shelf):
    assert "has no such page (status 404)" in fetched("/nowhere").why
    assert nothing_is_kept(shelf)


def test_a_page_that_moved_is_followed_within_its_site(fetched, site):
    site.pages["/old"] = lambda handler: handler.give("", status=301, Location="/new")
    site.pages["/new"] = page(written(9))
    outcome = fetched("/old")
    assert outcome.state == "fetched"
    assert outcome.address == site.at("/new")


def test_a_page_that_moved_to_another_site_is_not_followed(fetched, site):
    with serving(Site(pages={"/text": page(written(9))})) as other:
        target = other.at("/text")
        site.pages["/old"] = lambda handler: handler.give("", status=302, Location=target)
        assert f"has moved to another site ({target})" in fetched("/old").why
        assert other.asked == []


def test_a_circle_of_moves_ends(fetched, site):
    site.pages["/a"] = lambda handler: handler.give("", status=302, Location="/b")
    site.pages["/b"] = lambda handler: handler.give("", status=302, Location="/a")
    assert "sends one round in a circle" in fetched("/a").why


def test_a_page_that_is_cut_on_its_way(fetched, site, shelf):
    whole = page(written(9))

    def cut(handler):
        handler.close_connection = True
        handler.give(whole, length=str(len(whole.encode()) + 5000))

    site.pages["/text"] = cut
    assert "bytes came" in fetched("/text").why
    assert nothing_is_kept(shelf)


@pytest.mark.parametrize(
    ("behave", "why"),
    [
        (lambda handler: handler.drip(every=0.1), "was not there after 1.2 seconds"),
        (lambda handler: handler.drip(every=0), "longer than 200,000 bytes"),
        (lambda handler: time.sleep(2.5), "nothing came for 0.6 seconds"),
    ],
    ids=["slow", "endless", "silent"],
)
def test_a_server_that_holds_one_up_does_not_for_long(fetched, site, shelf, behave, why):
    site.pages["/text"] = behave
    start = time.monotonic()
    assert why in fetched("/text").why
    assert time.monotonic() - start < 4
    assert nothing_is_kept(shelf)


def test_headers_that_drip_do_not_hold_one_up_either(fetched, site):
    def headers(handler):
        handler.close_connection = True
        try:
            for _ in range(40):
                handler.wfile.write(b"H")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    site.pages["/text"] = headers
    start = time.monotonic()
    assert "was not there after 1.2 seconds" in fetched("/text").why
    assert time.monotonic() - start < 3


def test_a_connection_that_breaks_off_or_is_not_there(fetched, site, shelf):
    def broken(handler):
        handler.close_connection = True
        handler.connection.close()

    site.pages["/text"] = broken
    assert "broke off" in fetched("/text").why or "cannot be reached" in fetched("/text").why
    (outcome,) = fetch(
        [replace(TEXT, addresses=("http://127.0.0.1:9/text", "atlantis"))],
        shelf,
        Visitor(QUICK),
    )
    assert "cannot be reached" in outcome.why
    assert "atlantis is not a web address" in outcome.why


def test_a_pdf_is_said_to_be_one(fetched, site, shelf):
    site.pages["/text"] = lambda handler: handler.give("%PDF-1.7", kind="application/pdf")
    assert "the text is a PDF: save its text as a .txt file" in fetched("/text").why
    assert nothing_is_kept(shelf)


def test_a_strange_charset_is_no_stumbling_block(fetched, site):
    site.pages["/text"] = lambda handler: handler.give(
        page(written(9)), kind="text/html; charset=x-atlantis"
    )
    assert fetched("/text").state == "fetched"


# ---------------------------------------------------------------- politeness


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_server_that_refuses_is_asked_nothing_more(site, shelf, status):
    site.pages["/one"] = lambda handler: handler.give("", status=status)
    site.pages["/two"] = page(written(9))
    texts = [
        replace(TEXT, document=name, addresses=(site.at("/one"), site.at("/two")))
        for name in ("first", "second")
    ]
    outcomes = fetch(texts, shelf, Visitor(QUICK))
    assert [each.state for each in outcomes] == ["not fetched"] * 2
    assert all(f"refuses (status {status})" in each.why for each in outcomes)
    assert site.paths() == ["/one"]


def busy(times, **headers):
    """Answer 429 so many times, then with the text."""
    left = [times]

    def answer(handler):
        left[0] -= 1
        if left[0] >= 0:
            handler.give("", status=429, **headers)
        else:
            handler.give(page(written(9)))

    return answer


def test_a_busy_server_is_given_the_time_that_it_asks_for(fetched, site):
    site.pages["/text"] = busy(1, Retry_After="1")
    assert fetched("/text").state == "fetched"
    assert site.paths() == ["/text"] * 2
    assert site.times[-1] - site.times[-2] >= 1


def test_it_may_name_a_time_of_day(fetched, site):
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=1.6)
    site.pages["/text"] = busy(1, Retry_After=email.utils.format_datetime(later, usegmt=True))
    assert fetched("/text").state == "fetched"
    assert site.times[-1] - site.times[-2] >= 0.5


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (busy(1, Retry_After="86400"), "asks to come back in 86400 seconds"),
        (busy(9, Retry_After="0"), "refuses (status 429)"),
    ],
    ids=["for long", "again and again"],
)
def test_a_server_that_stays_busy_is_left_in_peace(fetched, site, answer, why):
    site.pages["/text"] = answer
    assert why in fetched("/text", "/other").why
    assert "/other" not in site.paths()
    assert len(site.paths()) <= 2


def test_what_robots_txt_forbids_is_not_asked_for(fetched, site):
    site.robots = "User-agent: *\nDisallow: /private"
    site.pages["/private/text"] = site.pages["/text"] = page(written(9))
    outcome = fetched("/private/text", "/text")
    assert outcome.state == "fetched"
    assert site.asked == ["/robots.txt", "/text"]
    assert "asks programs not to read" in fetched("/private/text", again=True).why


def test_a_move_to_what_robots_txt_forbids_is_not_followed(fetched, site):
    site.robots = "User-agent: *\nDisallow: /private"
    site.pages["/text"] = lambda handler: handler.give("", status=301, Location="/private")
    assert "asks programs not to read" in fetched("/text").why
    assert site.paths() == ["/text"]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_without_knowing_what_may_be_read_nothing_is(fetched, site, status):
    site.robots = status
    site.pages["/text"] = page(written(9))
    assert "what may be read" in fetched("/text").why
    assert site.paths() == []


@pytest.mark.parametrize(
    ("robots", "pause", "least"),
    [(404, 0.4, 0.4), ("User-agent: *\nCrawl-delay: 1", 0.0, 1.0)],
    ids=["ours", "the server's"],
)
def test_there_is_a_pause_between_two_requests(fetched, site, robots, pause, least):
    site.robots = robots
    site.pages["/b"] = page(written(9))
    fetched("/a", "/b", limits=replace(QUICK, pause=pause))
    assert site.paths() == ["/a", "/b"]
    assert site.times[-1] - site.times[-2] >= least - 0.02


# ---------------------------------------------------------------- broken off, and taken up again


def test_a_fetch_that_was_broken_off_goes_on_where_it_stopped(site, shelf):
    site.pages["/text"] = page(written(9))
    texts = [
        replace(TEXT, document=f"t{n}", name=f"T{n}", addresses=(site.at("/text"),))
        for n in range(3)
    ]

    def stops(done, _all, _item):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(texts, shelf, Visitor(QUICK), progress=stops)
    assert sorted(path.name for path in shelf.folder.iterdir()) == ["t0.txt", "t1.txt"]
    outcomes = fetch(texts, shelf, Visitor(QUICK))
    assert [each.state for each in outcomes] == ["here", "here", "fetched"]
    assert len(site.paths()) == 3


def test_a_good_copy_outlives_a_bad_page(fetched, site, shelf):
    site.pages["/text"] = page(written(9))
    fetched("/text")
    before = shelf.path("atlantis-2021").read_bytes()
    site.pages["/text"] = page(written(4))
    assert fetched("/text", again=True).state == "not fetched"
    assert shelf.path("atlantis-2021").read_bytes() == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("\n5. ", "\n"),
        lambda text: "",
    ],
    ids=["cut", "a number lost", "emptied"],
)
def test_a_copy_that_was_changed_is_told_and_fetched_again(fetched, site, shelf, spoil):
    site.pages["/text"] = page(written(9))
    fetched("/text")
    path = shelf.path("atlantis-2021")
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NotHere, match="was changed since it was fetched"):
        shelf.read("atlantis-2021")
    assert fetched("/text").state == "fetched"


def test_nothing_half_written_is_left_when_the_disk_says_no(fetched, site, shelf, tmp_path):
    site.pages["/text"] = page(written(9))
    tmp_path.joinpath("texts").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="texts"):
        fetched("/text")


# ---------------------------------------------------------------- filed by hand


def test_a_text_saved_by_hand_meets_the_same_checks(shelf, tmp_path):
    plain = tmp_path / "saved.txt"
    lines = [f"{n}.  {SENTENCE}, said the {n}th." for n in range(1, 10)]
    plain.write_text("Atlantis Declaration\n\n" + "\n\n".join(lines), encoding="utf-8")
    assert add(TEXT, plain, shelf).paragraphs == 9
    saved = tmp_path / "saved.html"
    saved.write_text(page(listed(8)), encoding="utf-8")
    with pytest.raises(WrongText, match="it has 8 numbered paragraphs, the text has 9"):
        add(TEXT, saved, shelf)
    saved.write_bytes(b"%PDF-1.7")
    with pytest.raises(WrongText, match="it is a PDF"):
        add(TEXT, saved, shelf)
    assert len(shelf.read("atlantis-2021")) == 9


# ---------------------------------------------------------------- paragraphs and checks alone


def test_the_longest_run_of_numbers_is_the_text():
    lines = ["1. one", "2. two", "1. We", "a list: 7. of", "2. the", "and more", "3. sea", "4. end"]
    assert paragraphs_of("\n".join(lines), html=False) == [
        "We a list: 7. of", "the and more", "sea", "end",
    ]  # fmt: skip
    assert paragraphs_of("no number\n2. two", html=False) == []


def test_html_that_is_not_closed_or_closed_twice_is_read_all_the_same():
    assert paragraphs_of("<p>1. We<p>2. the</div></p></p><p>3. sea", html=True) == [
        "We", "the", "sea",
    ]  # fmt: skip


def test_an_empty_page_is_refused():
    with pytest.raises(WrongText, match="no numbered paragraphs"):
        check([], expected=None)


def test_a_visitor_tells_a_refusal_from_a_page_that_is_not_there(site):
    site.pages["/no"] = lambda handler: handler.give("", status=403)
    visitor = Visitor(QUICK)
    with pytest.raises(NotGiven) as missing:
        visitor.get(site.at("/nowhere"))
    assert not isinstance(missing.value, Refused)
    for _ in range(2):
        with pytest.raises(Refused, match="refuses"):
            visitor.get(site.at("/no"))


# ---------------------------------------------------------------- the course's own tables


def test_every_text_has_an_address_and_can_be_found_by_id_and_name():
    known = corpus.known()
    assert {"nato-2021", "nato-2025", "nato-2026"} <= set(known)
    for each in known.values():
        assert each.addresses
        assert all(address.startswith("https://") for address in each.addresses)
        assert corpus.find(each.name.lower().replace(" ", "-")) == corpus.find(each.document)
    assert known["nato-2021"].paragraphs == 79
    assert known["nato-2025"].addresses[0].endswith("the-hague-summit-declaration")
    assert len(known["nato-2021"].quotations) == 14
    with pytest.raises(ValueError, match="no text 'brussel-2021'. Did you mean 'brussels-2021'"):
        corpus.find("brussel-2021")


def communique(mentions):
    """Return 79 invented paragraphs, some of which name China; and what the course quotes."""
    quotes = corpus.known()["nato-2021"].quotations
    lines = [f"We, the Allies of the {n}th sea, are one in our aims." for n in range(1, 80)]
    lines[54] += f" {' ; '.join(quotes)}"
    named = sum(line.count("China") for line in lines)
    lines[2] += " China" * (mentions - named)
    return lines


@pytest.mark.parametrize(("mentions", "agree"), [(10, "yes"), (11, "no")])
def test_whole_texts_are_counted_against_published_counts(shelf, mentions, agree):
    shelf.keep("nato-2021", communique(mentions), about=("invented",))
    shelf.keep("nato-2025", ["We are the Allies of the sea.", "Russia is.", *["Our sea."] * 3],
               about=("invented",))  # fmt: skip
    found = corpus.against_known_counts(shelf=shelf).set_index(["text", "term"])
    row = found.loc[("Brussels 2021", "China, plain search")]
    assert row.to_list() == [10, mentions, agree]
    assert found.loc[("The Hague 2025", "China, all names")].to_list() == [0, 0, "yes"]
    assert found.loc[("The Hague 2025", "Russia, Russian")].to_list() == [1, 1, "yes"]
    assert found.loc[("Strategic Concept 2010", "China, all names"), "counted"] == "not fetched"
    assert list(corpus.texts(shelf=shelf)) == ["Brussels 2021", "The Hague 2025"]
    assert len(corpus.paragraphs("brussels-2021", shelf=shelf)) == 79
    assert corpus.paragraphs("brussels-2021", shelf=shelf)[3].endswith("China")


def test_a_text_that_is_not_here_says_how_to_fetch_it(shelf):
    with pytest.raises(NotHere, match="python3 course.py corpus fetch nato-2021"):
        corpus.text("brussels-2021", shelf=shelf)
    assert (corpus.against_known_counts(shelf=shelf)["counted"] == "not fetched").all()


# ---------------------------------------------------------------- the command


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command line in a small course; return the result."""
    tmp_path.joinpath("lessons").mkdir()
    tmp_path.joinpath("nbgrader_config.py").touch()
    monkeypatch.setattr(terminal, "find_course", lambda: tmp_path)
    return lambda *words: CliRunner().invoke(cli.app, ["corpus", *words])


@pytest.mark.parametrize("verb", ["fetch", "add", "list"])
def test_every_verb_shows_help_with_an_example(run, verb):
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert f"python3 course.py corpus {verb}" in " ".join(result.stdout.split())


def test_the_command_fetches_and_says_where(run, site, tmp_path):
    site.pages["/text"] = page(
        "".join(f"<p>{n}. {line}</p>" for n, line in enumerate(communique(10), 1))
    )
    words = ("fetch", "brussels-2021", "--address", site.at("/text"), "--pause", "0.5")
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert "fetched      nato-2021" in result.stdout
    assert "79 paragraphs" in result.stdout
    copy = tmp_path / "my-work" / "texts" / "nato-2021.txt"
    assert copy.is_file()
    assert run(*words).stdout.startswith("here ")
    listed_ = run("list").stdout
    assert "Brussels 2021, China, plain search: published 10, counted 10\n" in listed_
    assert json.loads(run("list", "--json").stdout)["counts"][1]["agree"] == "yes"


def test_a_failure_has_a_reason_and_an_exit_status(run, site):
    result = run("fetch", "nato-2021", "--address", site.at("/nowhere"), "--pause", "0.5")
    assert result.exit_code == 1
    assert "has no such page (status 404)" in result.stderr
    assert "The lessons work without" in result.stderr
    result = run("fetch", "nato-2021", "--address", site.at("/x"), "--pause", "0.5", "--json")
    (outcome,) = json.loads(result.stdout)
    assert outcome["state"] == "not fetched"
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fetch", "brussel-2021"), "Did you mean 'brussels-2021'"),
        (("fetch", "--address", "https://x.example"), "--address goes with one text"),
        (("add", "nato-2021", "no-such-file.txt"), "no-such-file.txt was not filed: No such file"),
        (("add", "atlantis", "no-such-file.txt"), "There is no text 'atlantis'"),
    ],
)
def test_a_wrong_command_line_is_told_what_is_wrong(run, words, said):
    result = run(*words)
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())


def test_a_text_filed_by_hand_through_the_command(run, tmp_path):
    saved = tmp_path / "saved.txt"
    lines = [f"{n}. {line}" for n, line in enumerate(communique(10), 1)]
    saved.write_text("\n".join(lines), encoding="utf-8")
    assert run("add", "nato-2021", str(saved)).exit_code == 0
    saved.write_text("\n".join(lines[:40]), encoding="utf-8")
    result = run("add", "nato-2021", str(saved))
    assert result.exit_code == 1
    assert "it has 40 numbered paragraphs, the text has 79" in result.stderr
