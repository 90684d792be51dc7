"""Every lesson run from top to bottom: in silence, offline, with figures that speak."""

import html
import re
import textwrap

import nbformat
import pytest

from indopacific.datasets import load, tables
from indopacific.prose.review import judge
from tests.lessons.conftest import run_offline
from tests.lessons.notebooks import (
    COURSE,
    LESSONS,
    every_lesson,
    last_call,
    numbered_lesson,
    outputs,
    prose,
    read,
)

EXERCISES = sorted(COURSE.glob("solutions/*/*.ipynb"))


@pytest.mark.parametrize(
    "path", [*LESSONS, *EXERCISES], ids=lambda path: path.parent.name + "/" + path.stem
)
def test_every_figure_and_quotation_agrees_with_its_source(path, executed):
    found = judge(read(path), executed(path))
    wrong = [f"{each.where(path.name)}: {each.text}" for each in found if each.state != "agrees"]
    assert wrong == [], "\n".join(wrong)


def test_every_figure_of_the_readme_agrees_with_its_source(monkeypatch):
    monkeypatch.chdir(COURSE)
    found = judge((COURSE / "README.md").read_text(encoding="utf-8"))
    assert [each.text for each in found if each.state != "agrees"] == []


@every_lesson
def test_a_lesson_runs_from_top_to_bottom_in_silence(path, executed):
    for cell in executed(path).cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"


def test_a_lesson_that_asks_for_the_network_is_stopped(tmp_path):
    asking = textwrap.dedent(
        """
        import socket
        import urllib.request

        def by_address():
            socket.socket().connect_ex(("192.0.2.1", 80))

        def without_a_connection():
            socket.socket(type=socket.SOCK_DGRAM).sendto(b"hello", ("192.0.2.1", 53))

        def by_name():
            urllib.request.urlopen("http://example.org", timeout=2)

        for ask in (by_address, without_a_connection, by_name):
            try:
                ask()
            except OSError as problem:
                print(problem)
        """
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(asking)])
    printed = run_offline(notebook, tmp_path, "asking").cells[1].outputs[0].text
    assert printed.count("A lesson asked for the network") == 3


def test_a_lesson_may_speak_with_its_own_machine(tmp_path):
    asking = textwrap.dedent(
        """
        import socket
        listening = socket.create_server(("127.0.0.1", 0))
        socket.create_connection(listening.getsockname()).close()
        print("heard")
        """
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(asking)])
    assert run_offline(notebook, tmp_path, "own").cells[1].outputs[0].text == "heard\n"


@every_lesson
def test_every_drawing_has_a_title_a_reading_and_its_numbers(path, executed):
    for cell in executed(path).cells:
        if cell.cell_type != "code" or last_call(cell) not in ("show", "explore"):
            continue
        (shown,) = outputs(cell, "text/html")
        assert re.search(r"<figcaption><p><strong>[^<]{15,}</strong>", shown), cell.id
        assert len(re.search(r'<img alt="([^"]+)"', shown)[1]) > 60, cell.id
        assert shown.count("<tr>") > 3, cell.id
        assert "Source: " in shown, cell.id


def test_the_map_gives_each_lesson_its_question_and_minutes(executed):
    (shown,) = [
        page
        for cell in executed(LESSONS[0]).cells
        if cell.source.startswith("course_map(")
        for page in outputs(cell, "text/html")
    ]
    rows = [re.sub("<[^>]+>", "|", row) for row in re.findall(r"<tr>.*?</tr>", shown)]
    for path in LESSONS:
        about = read(path).metadata["indopacific"]
        (told,) = [html.unescape(row) for row in rows if f"|{path.stem[:2]} " in row]
        assert about["question"] in told
        assert f"|{sum(about['minutes'].values())}|" in told
    assert len(rows) == 1 + len(load("lessons"))


@numbered_lesson
def test_every_claim_of_the_lesson_is_shown(path, executed):
    number = str(int(path.name[:2]))
    ledger = load("claims")
    here = ledger[[number in re.split(r",\s*", homes) for homes in ledger["lesson"].astype(str)]]
    assert len(here)
    shown = "".join(
        page
        for cell in executed(path).cells
        if cell.source.startswith("claims(")
        for page in outputs(cell, "text/html")
    )
    for row in here.itertuples():
        assert row.id in shown
        assert html.escape(row.claim) in shown
        assert html.escape(row.verdict) in shown


@numbered_lesson
def test_the_exercise_of_the_lesson_can_be_opened(path, executed):
    shown = "".join(
        page
        for cell in executed(path).cells
        if cell.source.startswith("exercise(")
        for page in outputs(cell, "text/markdown")
    )
    assert f"[Open exercise {path.stem}]" in shown


def test_the_start_page_explains_every_verdict_and_status():
    text = "\n".join(cell.source for cell in prose(LESSONS[0]))
    words = set(load("claims")["verdict"])
    for name in tables()["name"]:
        words |= set(load(name).get("status", []))
    for word in words:
        assert f"**{word}**" in text, word
        assert word in set(load("glossary")["term"])
