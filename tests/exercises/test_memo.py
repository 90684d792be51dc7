"""What exercise 06 and its sample memos say follows from the tables, the models and the rubric."""

import re

import pytest

from indopacific import load
from indopacific.asked.memo import OPTIONS, VERDICTS
from indopacific.exercises.questions import items, plain_text, role
from indopacific.explorers import explore
from indopacific.explorers.evidence import fault, words
from indopacific.figures.wording import sentence
from tests.grading.harness import (
    REPOSITORY,
    grade_answers,
    reference_answers,
    source_cells,
)

EXERCISE = "06-memo"
SOURCES = source_cells(EXERCISE)
ITEMS = {item.id: item for item in items(SOURCES)}
NOTES = (REPOSITORY / "solutions" / EXERCISE / "instructor-notes.md").read_text(encoding="utf-8")
SHEET = ("memo-1-options", "memo-2-evidence", "memo-3-claim", "memo-4-readings")
MEMO = "memo-5-memo"
CRITERIA = ("Recommendation", "Options", "Evidence", "Claim", "Uncertainty", "Readings")
PARAGRAPHS = (
    "Recommendation.",
    "Options.",
    "Evidence.",
    "A claim of the article.",
    "What is not known.",
    "Readings.",
)


def samples():
    """Return {letter: its part of the notes}."""
    parts = re.findall(
        r"^## (?:Model answer: s|S)ample ([A-Z]),.*\n((?:(?!## ).*\n?)*)", NOTES, re.M
    )
    return dict(parts)


def memo(part):
    """Return the memo of a sample, without its sheet and marks."""
    unmarked = part.partition("<details>")[0].partition("Its sheet is the solution")[0]
    return re.sub(r"```python\n.*?```", "", unmarked, flags=re.S).strip()


def marks(part):
    """Return the marks of a sample: {criterion: (given, of)}."""
    rows = re.findall(r"^\| (\w+) \| ([\d.]+) of (\d+) \|", part, re.M)
    return {name: (float(given), int(of)) for name, given, of in rows}


def totals(part):
    """Return (sheet, by hand, together) as the sample states them."""
    found = re.search(
        r"Sheet ([\d.]+) of 5.*?by hand ([\d.]+) of 15, together ([\d.]+) of 20", part
    )
    return tuple(map(float, found.groups()))


SAMPLES = samples()
every_sample = pytest.mark.parametrize("letter", SAMPLES)


def test_five_items_make_twenty_points_and_a_person_marks_fifteen():
    assert list(ITEMS) == [*SHEET, MEMO]
    assert [item.points for item in ITEMS.values()] == [1, 2, 1, 1, 15]
    assert [item.id for item in ITEMS.values() if item.by_hand] == [MEMO]


def test_the_options_and_verdicts_that_are_asked_for_are_those_of_the_tables():
    table = load("options").set_index("option")
    assert list(table.index) == OPTIONS
    shown = dict(re.findall(r"\| `([a-z ]+)` \| ([a-z][^|]*?) (?=\|)", ITEMS[SHEET[0]].task))
    assert {name: sentence(said) for name, said in shown.items()} == table["name"].to_dict()
    assert set(VERDICTS) == set(load("claims")["verdict"])


def test_the_rubric_of_the_task_and_that_of_the_notes_have_the_same_points():
    asked = dict(re.findall(r"^\| \*\*(\w+)\*\*.*\| (\d+) \|$", ITEMS[MEMO].task, re.M))
    noted = dict(re.findall(r"^\| (\w+) \((\d)\) \| \2:", NOTES, re.M))
    assert tuple(asked) == CRITERIA
    assert asked == noted


def test_no_line_of_the_rubric_names_an_option():
    """A line that names an option would pay for, or fine, a conclusion."""
    task = ITEMS[MEMO].task
    rubric = task[task.index("| criterion") : task.index("Steps of half")]
    rubric += NOTES[NOTES.index("| criterion | full |") : NOTES.index("**The same points")]
    for name in ("ambigu", "military", "sanction", "guarantee", "deter", "stay out", "condition"):
        assert name not in rubric.lower(), name


# --- The sample memos ----------------------------------------------------------------------------


def test_there_are_two_strong_samples_that_disagree_a_middling_and_a_weak_one():
    together = {letter: totals(part)[2] for letter, part in SAMPLES.items()}
    assert together["A"] == together["B"] == 20
    assert 8 <= together["C"] <= 13
    assert together["D"] <= 4
    chosen = {}
    for letter, part in SAMPLES.items():
        found = re.search(r'"chosen": "([a-z ]+)"', part)
        chosen[letter] = found[1] if found else "general"
    assert len(set(chosen.values())) == 4
    assert chosen["A"] == re.search(r'"chosen": "(\w+)"', reference_answers(EXERCISE)[SHEET[0]])[1]
    assert chosen["B"] == "nothing new"


@every_sample
def test_the_tests_give_the_sheet_of_a_sample_the_marks_that_are_stated(letter):
    blocks = re.findall(r"```python\n(.*?)```", SAMPLES[letter], re.S)
    answers = dict(zip(SHEET, blocks, strict=True)) if blocks else reference_answers(EXERCISE)
    done = grade_answers(EXERCISE, answers)
    assert sum(earned for earned, _ in done.values()) == totals(SAMPLES[letter])[0]


@every_sample
def test_the_marks_of_a_sample_follow_the_rubric_and_add_up(letter):
    given = marks(SAMPLES[letter])
    asked = dict(re.findall(r"^\| \*\*(\w+)\*\*.*\| (\d+) \|$", ITEMS[MEMO].task, re.M))
    assert {name: str(of) for name, (_, of) in given.items()} == asked
    assert all(0 <= mark <= of and mark * 2 == int(mark * 2) for mark, of in given.values())
    length = len(memo(SAMPLES[letter]).split())
    fine = 0.0 if 550 <= length <= 950 else 0.5
    assert ("half a point less" in SAMPLES[letter]) == bool(fine), length
    sheet, by_hand, together = totals(SAMPLES[letter])
    assert by_hand == max(sum(mark for mark, _ in given.values()) - fine, 0)
    assert together == sheet + by_hand


@pytest.mark.parametrize("letter", "AB")
def test_a_strong_sample_has_the_length_and_every_part(letter):
    text = memo(SAMPLES[letter])
    assert 600 <= len(text.split()) <= 850
    assert tuple(re.findall(r"^\*\*([^*]+)\*\*", text, re.M)[1:]) == PARAGRAPHS


def test_the_solution_of_the_exercise_is_sample_a():
    own = next(c.source for c in SOURCES if role(c).id == MEMO)
    assert plain_text(memo(SAMPLES["A"])) == plain_text(own)


@every_sample
def test_every_quotation_of_a_sample_stands_in_a_table(letter):
    """Of the weak ones too: what they get wrong is what they make of it."""
    known = "\n".join(
        str(cell)
        for table in ("statements", "views", "surveys")
        for column in load(table)
        for cell in load(table)[column]
    )
    prose = re.sub(r"`[^`]*`", "", memo(SAMPLES[letter]))
    for said in re.findall(r'"([^"]+)"', prose):
        assert said in known, said


CITED = re.compile(r"`(explore\([^`]*\))`, row \*([^*]+)\*: (\d+\.\d+)")


@pytest.mark.parametrize("letter", "AB")
def test_every_setting_that_a_strong_sample_cites_gives_its_number(letter):
    cited = CITED.findall(memo(SAMPLES[letter]))
    assert len(cited) == 2
    for call, row, number in cited:
        assert fault(call, row, float(number)) == ""


def test_the_further_numbers_of_the_samples_are_those_of_the_models():
    a, b, c = (memo(SAMPLES[letter]) for letter in "ABC")

    def attack(**values):
        return f"{float(explore('ambiguity', **values).result.here.attack):.2f}"

    def heard(attitude):
        said = explore("ambiguity_message", level=0.3, spread=0.25, attitude=attitude)
        return f"{float(said.result.here.attack):.2f}"

    assert f"With `level=0.0` the same row says {attack(k0=0.3, level=0.0)}" in a
    weak = {"k0": 0.1, "k1": 0.1, "help": 0.1}
    assert {attack(**weak, level=level) for level in (0.0, 0.5, 1.0)} == {"1.00"}
    assert f"at 0.1 an attack stands at {attack(**weak)} at every level" in a
    read = f"make an attack {heard(0.5)} likely; at -0.5, where they hear what suits them"
    assert f"{read}, it is {heard(-0.5)}" in b
    table = words('explore("partnerships", d=3.0, psi=0.0)').table.set_index("What")["Value"]
    assert f"the row says {table['All arms, in balance']};" in b
    table = words('explore("partnerships", d=3.0, r=0.5)').table.set_index("What")["Value"]
    assert f"reassured, {table['All arms, in balance']}." in b
    assert f"a probability of {attack(level=0.5)} with" in c
    assert f"and {attack(level=0.0)} without commitment" in c


def test_the_surveys_of_the_samples_say_what_they_say_here():
    surveys = load("surveys").set_index("id")["share"]
    assert surveys["ecfr-side-2023-04-remain-neutral-in-a-us-china-conflict-over-taiwan"] == 62
    assert surveys["partners-if-invaded-nato-2022-send-troops"] == 2
    assert surveys["partners-if-invaded-nato-2022-economic-sanctions"] == 32
    assert surveys["ecfr-side-2023-04-take-the-us-side"] == 23
    assert "62 percent for staying neutral" in memo(SAMPLES["B"])
    assert "and 23 for taking the US side" in memo(SAMPLES["B"])
