"""The test of the tests: exercise 01 gives every answer the marks and the message it deserves.

The answers are data, in `wrong_answers/alignment.py`.
"""

import html
import re
from collections import Counter

import nbformat
import pandas as pd
import pytest

from indopacific.datasets import load, tables
from indopacific.exercises.lint import block, without_block
from indopacific.exercises.questions import ITEM_ID, item_of, items, points_in_words, role
from indopacific.exercises.release import RELEASE, SOURCE
from indopacific.explorers.alignment import EXPLORER
from indopacific.grading.check import check_exercise
from tests.grading.harness import REPOSITORY, grade_answers, reference_answers
from tests.grading.practice import answered
from tests.grading.wrong_answers.alignment import (
    EXERCISE,
    MISCONCEPTIONS,
    NAMES,
    ODD,
    RIGHT,
    WRONG,
)


def _read(folder):
    path = REPOSITORY / folder / EXERCISE / f"{EXERCISE}.ipynb"
    return nbformat.read(path, as_version=4).cells


SOURCES, RELEASED = _read(SOURCE), _read(RELEASE)
ITEMS = {item.id: item for item in items(SOURCES)}
AUTOMATIC = {name: item.points for name, item in ITEMS.items() if not item.by_hand}
LETTERS = re.compile(r"^- \*\*([a-z])\*\* ", re.M)


def said_of(answer):
    """Return marks and message of an answer, the message without line breaks."""
    marks, message = grade_answers(EXERCISE, {answer.item: answer.source})[answer.item]
    return marks, " ".join(message.split())


def visible_tests():
    """Return the test cells as a learner sees them."""
    return {item_of(role(c).id): c.source for c in RELEASED if role(c).id.endswith("-test")}


# --- Marks -------------------------------------------------------------------------------------


def test_the_reference_solution_earns_every_automatic_point():
    graded = grade_answers(EXERCISE, reference_answers(EXERCISE))
    assert {item: marks for item, (marks, _) in graded.items()} == AUTOMATIC


def test_the_untouched_release_earns_nothing_and_says_why():
    stubs = {role(c).id: c.source for c in RELEASED if role(c).id in AUTOMATIC}
    assert stubs.keys() == AUTOMATIC.keys()
    for item, (marks, message) in grade_answers(EXERCISE, stubs).items():
        assert marks == 0, item
        assert "not answered yet" in message, item


@pytest.mark.parametrize("answer", WRONG, ids=lambda a: f"{a.item}-{a.id}")
def test_a_wrong_answer_earns_what_it_should_and_is_explained(answer):
    marks, message = said_of(answer)
    assert marks == answer.marks < AUTOMATIC[answer.item]
    assert answer.words in message


@pytest.mark.parametrize("answer", RIGHT, ids=lambda a: f"{a.item}-{a.id}")
def test_a_right_answer_in_other_clothes_earns_everything(answer):
    marks, message = said_of(answer)
    assert marks == answer.marks == AUTOMATIC[answer.item]
    assert answer.words in message


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_value_earns_nothing_anywhere_and_no_traceback(odd):
    answers = {item: f"{name} = {ODD[odd]}" for item, name in NAMES.items()}
    for item, (marks, message) in grade_answers(EXERCISE, answers).items():
        assert marks == 0, item
        assert message.startswith(f"{item}: not"), message


def test_a_real_run_gives_the_same_marks(tmp_path):
    firsts = {a.item: a for a in reversed(WRONG) if "NameError" not in a.words}
    mixed = {item: a.source for item, a in list(firsts.items())[::2]}
    file = tmp_path / f"{EXERCISE}.ipynb"
    released = REPOSITORY / RELEASE / EXERCISE / f"{EXERCISE}.ipynb"
    nbformat.write(answered(released, reference_answers(EXERCISE) | mixed), file)
    report = check_exercise(EXERCISE, file, course=REPOSITORY)
    earned = {item.id: item.earned for item in report.items if item.id in AUTOMATIC}
    assert earned == {i: firsts[i].marks if i in mixed else p for i, p in AUTOMATIC.items()}
    assert {item.id for item in report.items} == set(ITEMS)


# --- The catalogue -----------------------------------------------------------------------------


def test_the_catalogue_is_large_enough_and_its_names_are_unique():
    assert len(WRONG) >= 25
    assert min(Counter(a.item for a in WRONG)[item] for item in AUTOMATIC) >= 3
    names = [(a.item, a.id) for a in (*WRONG, *RIGHT)]
    assert len(names) == len(set(names))


def test_every_known_misconception_is_in_the_catalogue():
    assert {a.misconception for a in WRONG} - {0} == MISCONCEPTIONS.keys()


def test_every_false_sentence_of_item_8_gets_its_reason():
    item = "alignment-8-claims"
    for letter in "acefg":
        answer = {item: f"supported = ['b', 'd', 'h', '{letter}']"}
        _, message = grade_answers(EXERCISE, answer)[item]
        assert f"'{letter}' does not belong: " in message


# --- The exercise ------------------------------------------------------------------------------


def test_ten_items_make_twenty_points_one_of_them_marked_by_a_person():
    assert len(ITEMS) == 10
    assert sum(item.points for item in ITEMS.values()) == 20
    assert [item.points for item in ITEMS.values() if item.by_hand] == [3]
    assert NAMES.keys() == AUTOMATIC.keys()


def test_items_are_numbered_in_order_and_headed_by_their_number():
    for number, item in enumerate(ITEMS.values(), start=1):
        assert ITEM_ID.fullmatch(item.id)
        assert item.id.split("-")[1] == str(number)
        assert item.title.startswith(f"{number} · ")


def test_the_release_shows_points_and_total():
    text = "\n".join(c.source for c in RELEASED)
    assert "{points}" not in text
    assert "{total}" not in text
    assert points_in_words(20) in text
    for item in ITEMS.values():
        assert f"({points_in_words(item.points)})" in text


def test_every_task_says_what_is_given_what_is_asked_and_where_it_was_taught():
    for item in ITEMS.values():
        assert "**Given:**" in item.task, item.id
        assert "**Answer:**" in item.task, item.id
        assert re.search(r"\((Sections? \d|The whole lesson)", item.task), item.id


def test_every_hint_opens():
    for item in items(RELEASED):
        assert len(item.hints) == 3, item.id
        assert all(len(hint) > 20 for hint in item.hints), item.id
        assert item.task.count("<details>") == item.task.count("</details>") == 3
        # Markdown inside a folded part is rendered only after an empty line.
        assert len(re.findall(r"</summary>\n\n\S", item.task)) == 3, item.id
        assert item.task.count("```") % 2 == 0, item.id


def test_the_almost_code_of_a_hint_is_not_yet_an_answer():
    for item in (i for i in ITEMS.values() if not i.by_hand):
        codes = re.findall(r"```python\n(.*?)```", item.task, re.DOTALL)
        assert codes, item.id
        marks, _ = grade_answers(EXERCISE, {item.id: codes[-1]})[item.id]
        assert marks == 0, item.id


def test_every_table_and_section_that_is_named_is_there():
    known = set(tables()["name"])
    lesson = nbformat.read(REPOSITORY / "lessons" / f"{EXERCISE}.ipynb", as_version=4)
    headings = re.findall(r"^## (\d)\. ", "\n".join(c.source for c in lesson.cells), re.M)
    for cell in SOURCES:
        assert set(re.findall(r'load\("(\w+)"\)', cell.source)) <= known
        sections = re.findall(r"[Ss]ections? (\d)(?: to (\d))?", cell.source)
        assert {n for found in sections for n in found if n} <= set(headings)


def test_nothing_that_a_learner_sees_gives_a_right_answer_away():
    shown = "\n".join([*visible_tests().values(), *(said_when_visible_only().values())])
    for secret in ("11.26", "-10.97", "11236", "85.9", '"bdh"', ".right(", "such_that"):
        assert secret not in shown, secret
    assert not re.search(r"\.near\(|\.like\(", shown)


def said_when_visible_only():
    """Return what the visible checks say about the stubs."""
    stubs = {role(c).id: c.source for c in RELEASED if role(c).id in AUTOMATIC}
    return {item: said for item, (_, said) in grade_answers(EXERCISE, stubs).items()}


def test_no_line_of_a_solution_or_of_a_hidden_test_is_in_the_release():
    shown = {line.strip() for c in RELEASED for line in c.source.splitlines()}
    allowed = {
        line.strip()
        for c in SOURCES
        if not (role(c).solution and role(c).grade)
        for line in without_block(without_block(c.source, "SOLUTION"), "HIDDEN TESTS").splitlines()
    }
    for cell in SOURCES:
        whole = role(cell).solution and role(cell).grade
        secret = (
            cell.source
            if whole
            else "".join(block(cell.source, name) for name in ("SOLUTION", "HIDDEN TESTS"))
        )
        lines = {line.strip() for line in secret.splitlines() if len(line.strip()) > 8}
        assert not (lines - allowed) & shown, role(cell).id
    assert "answer-keys" not in str(RELEASED)


def test_links_lead_somewhere_from_the_learners_copy():
    copy = REPOSITORY / "my-work" / EXERCISE
    for cell in RELEASED:
        for target in re.findall(r"\]\(([^)#]+)\)", cell.source):
            assert (copy / target).resolve().is_file(), target


# --- The facts behind the answers that are not computed in their tests ---------------------------


def test_the_sentences_of_item_8_are_true_and_false_as_marked():
    assert LETTERS.findall(ITEMS["alignment-8-claims"].task) == list("abcdefgh")
    votes = load("un_agreement").query("state_a == 'China' and state_b == 'Russia'")
    for _, sample in votes.groupby("sample"):
        early = sample[sample["year"].between(2005, 2009)]
        late = sample[sample["year"].between(2015, 2019)]
        rates = [
            (part["agree_strict"] * part["joint_votes"]).sum() / part["joint_votes"].sum()
            for part in (early, late)
        ]
        assert rates[1] < rates[0]  # a
    distance = load("un_ideal_point_distance").query("state_a == 'China' and state_b == 'Russia'")
    distance = distance.set_index("year")["distance"]
    assert distance[2024] < distance[2014] / 2  # b
    cast = load("ukraine_votes").pivot(index="resolution", columns="state", values="vote")
    assert len(cast) == 7
    assert (cast["Russia"] == "no").all()
    assert cast["China"].value_counts().to_dict() == {"abstain": 5, "no": 2}  # c
    assert (cast["DPRK"] == cast["Russia"]).all()  # h
    russia = load("china_russia_trade").set_index("year")["total"]
    assert russia[2025] < russia[2024]  # d
    usa = load("china_us_trade").query("series == 'GACC'").set_index("year")["total"]
    assert 2.7 < usa[2024] / russia[2024] < 3  # e: almost three times
    arms = load("arms_russia_china").set_index("year")
    old, new = (arms.loc[y : y + 4] for y in (2014, 2019))
    shares = [p["tiv"].sum() / p["china_total_imports"].sum() for p in (old, new)]
    assert shares[1] > shares[0]  # f, first half
    assert new["tiv"].sum() < old["tiv"].sum()  # f, second half
    official = load("russia_dprk_trade").set_index(["series", "year"])["total"]
    assert round(official["Russian officials", 2023]) == 34
    assert round(official["Russian logistics association", 2024]) == 34  # g
    troops = load("war_support_estimates").query("supporter == 'DPRK' and unit == 'troops'")
    assert troops["high"].max() >= 10_000


def test_the_clauses_are_coded_as_the_table_of_duties_codes_them():
    answer = reference_answers(EXERCISE)["alignment-3-clauses"]
    names = {}
    exec(answer, names)
    rows = re.findall(
        r"^\| (t\d) \|.*\| ([\w-]+), (\d{4}), art\. (\w+)", ITEMS["alignment-3-clauses"].task, re.M
    )
    duties = load("treaty_duties")
    pairs = duties["parties"].str.replace("; ", "-")
    year = duties["date"].astype(str).str[:4]
    duties.index = pd.MultiIndex.from_arrays([pairs, year, duties["article"]])
    assert len(rows) == len(duties) == 6
    for text, pair, when, article in rows:
        assert names["clauses"][text] == duties.loc[(pair, when, article), "duty"]


def test_the_headline_of_item_1_is_what_the_newest_edition_says():
    newest = load("un_ideal_points_flagged").pivot(index="year", columns="state")
    distance = (newest["ideal_point"]["China"] - newest["ideal_point"]["Russia"]).abs()
    assert 19.5 < distance[2025] / distance[2024] < 21.5
    votes = newest["votes"]["China"]
    others = votes.drop([2024, 2025])
    assert votes[2024] < others.min() / 5
    assert votes[2025] == votes.max()
    assert (newest["flag"]["China"] != "none").to_numpy().nonzero()[0].tolist() == [9, 10]


def _first(**values):
    result = EXPLORER.result(values)
    return {label for label, rank in zip(result.labels, result.rank, strict=True) if rank == 1}


def test_item_9_tells_the_truth_about_the_presets_and_has_many_answers():
    presets = {preset.label: preset.values for preset in EXPLORER.presets}
    winners = {label for label, values in presets.items() if "2017" in _first(**values)}
    assert winners == {"Diplomat", "Ranks only"}
    assert presets["Diplomat"]["trade"] == presets["Diplomat"]["arms"] == 0
    assert presets["Ranks only"] == {"normaliser": "rank"}
    assert _first() == {"2018"}
    grid = [(votes, points) for votes in (0.4, 0.6, 0.8, 1.0) for points in (0.4, 0.6, 0.8, 1.0)]
    found = [_first(trade=0.2, arms=0.2, votes=v, ideal_points=p) == {"2017"} for v, p in grid]
    assert sum(found) >= 6


# --- The argument ------------------------------------------------------------------------------


def test_the_model_answer_keeps_the_rules_and_stands_in_the_instructors_notes():
    model = next(c.source for c in SOURCES if role(c).id == "alignment-10-argument")
    assert 120 <= len(model.split()) <= 180
    notes = (REPOSITORY / SOURCE / EXERCISE / "instructor-notes.md").read_text("utf-8")
    assert model in notes
    for item in ITEMS.values():
        assert f"### {html.unescape(item.title)}" in notes, item.id
    distance = load("un_ideal_point_distance").query("state_a == 'China' and state_b == 'Russia'")
    distance = distance.set_index("year")["distance"]
    arms = load("arms_russia_china").set_index("year")["tiv"]
    for figure in (
        f"{distance[2014]:.2f}",
        f"{distance[2024]:.2f}",
        f"{arms[2005]:,.0f}",
        f"{arms[2023]:.0f}",
    ):
        assert figure in model


def test_the_rubric_adds_up():
    (item,) = (i for i in ITEMS.values() if i.by_hand)
    points = re.findall(r"\| (\d+) \|$", item.rubric, re.M)
    assert sum(map(int, points)) == item.points
