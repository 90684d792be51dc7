"""Every lesson: its form, its run from top to bottom, and that its sentences agree with the data.

A new file in lessons/ is covered without a change here.
"""

import ast
import functools
import html
import itertools
import json
import os
import re
import shutil
import textwrap
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from indopacific.datasets import load
from indopacific.explorers.alignment import EXPLORER
from indopacific.models.alignment import AlignmentParameters, composite_index

COURSE = Path(__file__).resolve().parents[2]
LESSONS = sorted((COURSE / "lessons").glob("[0-9][0-9]-*.ipynb"))
NUMBERED = [path for path in LESSONS if not path.name.startswith("00")]
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
numbered_lesson = pytest.mark.parametrize("path", NUMBERED, ids=lambda path: path.stem)

LINES_A_CELL, LINES_SHOWN = 15, 180
WORDS = range(2000, 3001)
WORDS_AN_IDEA = 120

NO_NETWORK = """
import socket

_connect, _resolve = socket.socket.connect, socket.getaddrinfo
_own = ("127.0.0.1", "::1", "localhost")

def _refuse(host):
    raise OSError(f"A lesson asked for the network: {host}")

def connect(self, address, *rest):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _own:
        _refuse(address[0])
    return _connect(self, address, *rest)

def getaddrinfo(host, *rest, **more):
    return _resolve(host, *rest, **more) if host in _own else _refuse(host)

socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
"""


# ---------------------------------------------------------------- reading a notebook


@functools.cache
def read(path):
    return nbformat.read(path, as_version=4)


def prose(path):
    return [cell for cell in read(path).cells if cell.cell_type == "markdown"]


def code(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def is_hidden(cell):
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def said(cell):
    """The sentences that a cell hands to `say`."""
    for call in calls(cell.source, "say"):
        if call.args and isinstance(call.args[0], ast.Constant):
            yield call.args[0].value


def calls(source, name):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == name:
            yield node


def last_call(cell):
    last = ast.parse(cell.source).body[-1] if cell.source.strip() else None
    is_call = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    return getattr(last.value.func, "id", None) if is_call else None


def count_words(text):
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return len(re.findall(r"[A-Za-z0-9{][\w'’{}:.,%-]*", text))


def text_of(cell):
    return cell.source if cell.cell_type == "markdown" else "\n".join(said(cell))


# ---------------------------------------------------------------- running a notebook


def run(notebook, folder):
    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=120, resources=where)
    client.execute(env={**os.environ, "PYTHONPATH": str(COURSE)})
    return notebook


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """Run a lesson once, in a copy of the course without network; remember the result."""
    home = tmp_path_factory.mktemp("course")
    shutil.copytree(COURSE / "lessons", home / "lessons")
    if (COURSE / "exercises").is_dir():
        shutil.copytree(COURSE / "exercises", home / "exercises")
    else:
        (home / "exercises").mkdir()

    @functools.cache
    def result(path):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(NO_NETWORK, id="no-network"))
        return run(notebook, home / "lessons")

    return result


def outputs(cell, kind):
    for output in cell.get("outputs", []):
        if kind in output.get("data", {}):
            yield output["data"][kind]


# ---------------------------------------------------------------- form


@every_lesson
def test_a_lesson_is_stored_clean(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "indopacific"}
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids)
    for cell in code(path):
        assert not cell.outputs
        assert cell.execution_count is None
    assert path.read_text(encoding="utf-8").endswith("}\n")


@every_lesson
def test_a_lesson_says_its_question_and_its_minutes(path):
    about = read(path).metadata["indopacific"]
    assert about["question"].endswith("?")
    assert set(about["minutes"]) == {"reading", "doing"}
    assert about["measured"].startswith(("estimate:", "measured:"))
    card = next(cell.source for cell in prose(path) if cell.source.startswith("## Card"))
    minutes = about["minutes"]
    assert f"{minutes['reading']} reading, {minutes['doing']} doing" in card
    assert ("estimates" in card) == about["measured"].startswith("estimate:")


@every_lesson
def test_a_lesson_has_one_title_and_its_cells_are_short(path):
    titles = [cell for cell in prose(path) if re.search(r"^# ", cell.source, re.M)]
    assert titles == [read(path).cells[0]]
    lengths = {cell.id: len(cell.source.splitlines()) for cell in code(path)}
    assert {name: n for name, n in lengths.items() if n > LINES_A_CELL} == {}
    assert sum(lengths[cell.id] for cell in code(path) if not is_hidden(cell)) <= LINES_SHOWN


@every_lesson
def test_everything_is_imported_in_one_cell(path):
    importing = [cell.id for cell in code(path) if re.search(r"^(import|from) ", cell.source, re.M)]
    assert importing == ["import"]


@numbered_lesson
def test_a_lesson_has_the_right_length(path):
    words = sum(count_words(text_of(cell)) for cell in read(path).cells)
    assert words in WORDS


@numbered_lesson
def test_the_parts_stand_in_their_order(path):
    cells = read(path).cells
    wanted = [
        r"^# .*\?",
        r"^## Card",
        r"^(import|from) ",
        r"\*\*Predict\.\*\*",
        r"^show\(",
        r"^## 1\. ",
        r"^## The article's claims examined here",
        r"^claims\(",
        r"^## Where experts disagree",
        r"^## Limits",
        r"^## Summary",
        r"^## Exercise",
        r"^exercise\(",
        r"^## Further reading",
        r"^\[Previous: .*Contents.*Next: ",
    ]
    place = 0
    for part in wanted:
        found = [
            n for n, cell in enumerate(cells[place:], place) if re.search(part, cell.source, re.M)
        ]
        assert found, f"{part} is missing, or stands too early"
        place = found[0]
    assert place == len(cells) - 1


@numbered_lesson
def test_each_section_predicts_shows_explains_and_asks(path):
    cells = read(path).cells
    starts = [n for n, cell in enumerate(cells) if cell.source.startswith("## ")]
    sections = [
        cells[start:end]
        for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)
        if re.match(r"## \d\. ", cells[start].source)
    ]
    assert 3 <= len(sections) <= 5
    for number, section in enumerate(sections, start=1):
        assert section[0].source.startswith(f"## {number}. ")
        whole = "\n".join(text_of(cell) for cell in section)
        assert "**Predict.**" in whole
        assert "**What you should see.**" in whole
        assert "<details>" in whole
        assert any(last_call(c) in ("show", "explore") for c in section if c.cell_type == "code")


@numbered_lesson
def test_an_idea_is_short(path):
    long = {
        cell.id: count_words(cell.source)
        for cell in prose(path)
        if "**Predict.**" in cell.source and count_words(cell.source) > WORDS_AN_IDEA
    }
    assert long == {}


@every_lesson
def test_no_explorer_stands_without_a_question(path):
    cells = read(path).cells
    for before, cell in itertools.pairwise(cells):
        if cell.cell_type == "code" and last_call(cell) in ("explore", "show"):
            assert "**Predict.**" in before.source, cell.id


@every_lesson
def test_folded_answers_open_and_hold_something(path):
    for cell in prose(path):
        assert cell.source.count("<details>") == cell.source.count("</details>")
        for inside in re.findall(r"<details>(.*?)</details>", cell.source, re.S):
            question, answer = re.fullmatch(
                r"<summary>(.+?)</summary>\n\n(.+)\n", inside, re.S
            ).groups()
            assert question.strip()
            assert len(answer.split()) > 5


@every_lesson
def test_links_lead_somewhere(path):
    links = [
        link
        for cell in prose(path)
        for link in re.findall(r"\]\(([^)]+)\)", cell.source)
        if not link.startswith(("http://", "https://"))
    ]
    assert links
    for link in links:
        assert (path.parent / link.partition("#")[0]).exists(), link


# ---------------------------------------------------------------- figures in the prose


def names_from_data(path):
    """Names that hold something loaded or computed, followed through every assignment."""
    known = {"load", "explore", "agreement"}
    for cell in code(path):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assign) and uses(node.value, known):
                targets = [n for target in node.targets for n in ast.walk(target)]
                known |= {n.id for n in targets if isinstance(n, ast.Name)}
            if isinstance(node, ast.FunctionDef | ast.For) and uses(node, known):
                known |= {node.name} if isinstance(node, ast.FunctionDef) else set()
    return known


def uses(node, names):
    return any(isinstance(each, ast.Name) and each.id in names for each in ast.walk(node))


@every_lesson
def test_figures_in_sentences_come_from_the_data(path):
    known = names_from_data(path)
    for cell in code(path):
        for call in calls(cell.source, "say"):
            for figure in call.keywords:
                assert uses(figure.value, known), f"{cell.id}: {figure.arg} is typed in"
                places = [n for n in ast.walk(figure.value) if isinstance(n, ast.Attribute)]
                assert all(n.attr not in ("iloc", "iat") for n in places), (
                    f"{cell.id}: {figure.arg} is chosen by position"
                )


MEASURED = re.compile(
    r"\d[\d,.]*\s*(?:%|percent|points?\b|million|billion|TIV|times\b|votes\b)", re.I
)
STATED = {"90 percent"}  # the interval between the columns q05 and q95 of the ideal points


@numbered_lesson
def test_plain_prose_holds_no_measured_figure(path):
    for cell in read(path).cells:
        plain = re.sub(r"\{[^}]*\}|^#+ .*$", "", text_of(cell), flags=re.M)
        found = set(MEASURED.findall(plain))
        assert found <= STATED, cell.id


def test_the_guard_against_typed_figures_can_fail():
    assert uses(ast.parse("load('x')").body[0], {"load"})
    assert not uses(ast.parse("0.79").body[0], {"load"})
    assert MEASURED.findall("It fell by 6.8 percent to 12 million.") == [
        "6.8 percent",
        "12 million",
    ]


# ---------------------------------------------------------------- the run


@every_lesson
def test_a_lesson_runs_from_top_to_bottom_in_silence(path, executed):
    for cell in executed(path).cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"


def test_a_lesson_that_asks_for_the_network_is_stopped(tmp_path):
    asking = textwrap.dedent(
        """
        import urllib.request
        for address in ("http://example.org", "http://192.0.2.1"):
            try:
                urllib.request.urlopen(address, timeout=2)
            except OSError as problem:
                print(problem)
        """
    )
    cells = [nbformat.v4.new_code_cell(source) for source in (NO_NETWORK, asking)]
    printed = run(nbformat.v4.new_notebook(cells=cells), tmp_path).cells[1].outputs[0].text
    assert printed.count("A lesson asked for the network") == 2


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


def test_the_map_agrees_with_the_lessons(executed):
    start = executed(LESSONS[0])
    (shown,) = [
        page
        for cell in start.cells
        if cell.source.startswith("course_map(")
        for page in outputs(cell, "text/html")
    ]
    rows = re.findall(r"<tr>(.*?)</tr>", shown)[1:]
    assert len(rows) == len(LESSONS)
    for path, row in zip(LESSONS, rows, strict=True):
        about = read(path).metadata["indopacific"]
        cells = [html.unescape(re.sub("<[^>]+>", "", c)) for c in re.findall(r"<t[hd].*?</t", row)]
        minutes = [str(about["minutes"][kind]) for kind in ("reading", "doing")]
        told = [each.removesuffix("</t") for each in cells]
        assert told[:4] == [path.stem, about["question"], *minutes]


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


def test_the_start_page_names_every_planned_lesson_once():
    planned = next(cell.source for cell in prose(LESSONS[0]) if "in preparation" in cell.source)
    numbers = re.findall(r"^\| (\d\d) ", planned, re.M)
    written = [path.name[:2] for path in NUMBERED]
    assert sorted(numbers + written) == [f"{n:02}" for n in range(1, 7)]


def test_the_start_page_explains_every_verdict_and_status():
    text = "\n".join(cell.source for cell in prose(LESSONS[0]))
    words = set(load("claims")["verdict"]) | set(load("war_support_estimates")["status"])
    words |= set(load("china_russia_trade")["status"])
    for word in words:
        assert f"**{word}**" in text, word
        assert word in set(load("glossary")["term"])


# ---------------------------------------------------------------- sentences of lesson 01


ALIGNMENT = COURSE / "lessons" / "01-alignment.ipynb"


def test_one_slider_alone_puts_2019_first_as_task_2_says():
    def winners(name):
        results = (EXPLORER.result({name: value}) for value in np.linspace(0, 1, 101).round(2))
        return {result.labels[int(result.rank.argmin())] for result in results}

    weights = ("trade", "votes", "ideal_points", "arms")
    assert [name for name in weights if "2019" in winners(name)] == ["arms"]


@pytest.mark.parametrize("normaliser", ["min-max", "z-score", "rank"])
@pytest.mark.parametrize("aggregator", ["linear", "geometric"])
def test_no_weighting_puts_2014_above_2017_as_task_3_says(normaliser, aggregator):
    inputs = EXPLORER.result({})
    values = load("alignment_inputs").rename(columns={"trade_share": "trade"}).set_index("year")
    steps = np.linspace(0, 1, 6)
    trade, votes, ideal_points, arms = np.meshgrid(steps, steps, steps, steps)
    found = composite_index(
        values,
        AlignmentParameters(
            trade=trade,
            votes=votes,
            ideal_points=ideal_points,
            arms=arms,
            normaliser=normaliser,
            aggregator=aggregator,
        ),
    )
    y2014, y2017 = inputs.labels.index("2014"), inputs.labels.index("2017")
    assert (found.index[..., y2014] < found.index[..., y2017]).all()


def test_the_ideal_points_came_closer_but_not_in_a_straight_line():
    points = load("un_ideal_points").set_index(["state", "year"])["ideal_point"]
    distance = points["China"].sub(points["Russia"]).abs()
    assert distance[2024] < distance[2014] < distance[2000]
    assert distance.loc[2000:].diff().gt(0).sum() > 5
    assert all(points[state, 2022] < points[state, 2021] for state in ("Russia", "China"))


def test_the_treaty_articles_of_section_4_stand_in_the_table():
    text = next(cell.source for cell in prose(ALIGNMENT) if cell.id == "duties-see")
    duties = load("treaty_duties").astype({"article": str}).set_index(["parties", "article"])
    assert duties.loc[("China; DPRK", "II"), "duty"] == "assistance"
    assert duties.loc[("Russia; DPRK", "4"), "duty"] == "assistance"
    assert duties.loc[("China; Russia", "9"), "duty"] == "consultation"
    assert "assistance" not in set(duties.loc["China; Russia", "duty"])
    for place in ("article II of 1961", "article 4 of 2024", "Article 9 of the treaty of 2001"):
        assert place in text


def test_the_quotations_of_section_4_stand_in_the_tables():
    kept = " ".join(
        load(table).astype(str).to_csv()
        for table in ("treaties_and_statements", "war_support_estimates")
    )
    for quotation in ("no limits", "aimed against third countries", "decisive enabler"):
        assert f'"{quotation}"' in "\n".join(cell.source for cell in prose(ALIGNMENT))
        assert quotation in kept
    assert "obvious lies and smears" in kept


def test_every_table_that_a_lesson_loads_is_described():
    described = json.loads((COURSE / "data" / "datapackage.json").read_text(encoding="utf-8"))
    known = {resource["name"] for resource in described["resources"]}
    for path in LESSONS:
        for cell in code(path):
            named = {c.args[0].value for c in calls(cell.source, "load") if c.args}
            assert named - {"china_rusia_trade"} <= known


def test_the_readme_gives_each_lesson_its_question_and_minutes():
    readme = (COURSE / "README.md").read_text(encoding="utf-8")
    for path in LESSONS:
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"]["indopacific"]
        minutes = sum(about["minutes"].values())
        assert re.search(
            rf"\(lessons/{path.name}\) \| {re.escape(about['question'])} \| {minutes} \|", readme
        ), path.name
