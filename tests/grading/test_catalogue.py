"""The catalogue of answers, tried on a practice exercise: it says what to add or to change."""

from types import SimpleNamespace

import nbformat
import pytest

from indopacific.exercises.questions import role
from tests.grading import catalogue
from tests.grading.catalogue import Answer
from tests.grading.practice import QUESTIONS, item_id, right_answers, source_notebook

EXERCISE = "00-practice"
CELLS = source_notebook().cells

WRONG = [
    Answer(f"{q.slug}-{n}", item_id(number), f"{q.wrong}\nspare = {n}", 0, q.said)
    for number, q in enumerate(QUESTIONS, start=1)
    for n in range(3)
]
RIGHT = [
    Answer("again", item, f"spare = 1\n{source}", QUESTIONS[n].points, "right")
    for n, (item, source) in enumerate(right_answers().items())
]
SHARE, TREATY = item_id(1), item_id(2)


def said(wrong=WRONG, right=RIGHT, cells=CELLS, **more):
    """Return what is wrong with such a catalogue."""
    module = SimpleNamespace(WRONG=wrong, RIGHT=right, **more)
    return catalogue.faults(EXERCISE, cells, module)


def without(answers, item):
    return [answer for answer in answers if answer.item != item]


def edited(item, old, new):
    """Return the exercise with a change in one test cell."""
    notebook = nbformat.from_dict(source_notebook())
    (cell,) = (c for c in notebook.cells if role(c).id == f"{item}-test")
    assert old in cell.source
    cell.source = cell.source.replace(old, new)
    return notebook.cells


def test_a_good_catalogue_has_no_faults():
    assert said() == []


def test_an_exercise_without_a_catalogue_is_told_where_to_put_it(tmp_path):
    assert catalogue.of("02-other", tmp_path) is None
    (fault,) = catalogue.faults("02-other", CELLS, None)
    assert fault.startswith("tests/grading/wrong_answers/other.py is missing. Add it, with WRONG")


def test_a_catalogue_is_found_by_the_name_of_its_exercise(tmp_path):
    (tmp_path / "other.py").write_text("WRONG = RIGHT = ()\n", encoding="utf-8")
    assert catalogue.of("02-other", tmp_path).WRONG == ()


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ([], RIGHT, "WRONG has 0 answers; add what learners get wrong, up to 25."),
        (WRONG[:24], RIGHT, "WRONG has 24 answers"),
        (["nonsense"] * 30, RIGHT, "WRONG: entry 1 is 'nonsense'; write Answer("),
        (without(WRONG, SHARE), RIGHT, f"WRONG has 0 answers to {SHARE}; add 2 more."),
        (WRONG, without(RIGHT, TREATY), f"RIGHT has no answer to {TREATY}"),
        ([*WRONG, WRONG[0]], RIGHT, "2 answers are called 'share-0'"),
        ([*WRONG, Answer("x", "practice-9-x", "x = 1", 0, "not right")], RIGHT, "no test marks"),
        ([*WRONG, Answer("x", SHARE, "share = 18", 2, "right.")], RIGHT, "in the wrong list"),
        ([*WRONG, Answer("x", SHARE, "share = 1", 0, "")], RIGHT, "say in `words`"),
        # Nonsense that has the form of answers.
        ([*WRONG, Answer("x", SHARE, "share = 18", 0, "not right")], RIGHT, "it earns 2, not 0"),
        ([*WRONG, Answer("x", SHARE, "share = 1", 0, "too large")], RIGHT, "not told 'too large'"),
        (
            [*WRONG, Answer("x", SHARE, "share = 3.1", 0, "not right", unsaid="Russia")],
            RIGHT,
            "it is told 'Russia', which is not its mistake",
        ),
        (
            [
                a._replace(source="share = 1", words="not right") if a.item == SHARE else a
                for a in WRONG
            ],
            RIGHT,
            f'{SHARE}: no answer in WRONG makes the mistake "That is Russia\'s share."; add one.',
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said(wrong, right, fault):
    found = said(wrong, right)
    assert any(fault in one for one in found), found
    assert all(one.startswith("tests/grading/wrong_answers/practice.py: ") for one in found)


def test_a_misconception_that_nobody_has_is_said():
    (fault,) = said(MISCONCEPTIONS={3: "Votes are promises."})
    assert "no wrong answer shows misconception 3: Votes are promises." in fault


def test_a_mistake_that_only_a_question_recognises_needs_a_near_miss():
    cells = edited(SHARE, "mistaken(3.0", "mistaken(lambda value: value < 9")
    (fault,) = said(cells=cells)
    assert "add an answer that is close to the mistake" in fault
    near = Answer("near", SHARE, "share = 9.5", 0, "not right", unsaid="Russia's share")
    assert said([*WRONG, near], cells=cells) == []


def test_a_mistake_that_is_said_of_its_neighbours_is_a_fault():
    cells = edited(SHARE, "mistaken(3.0", "mistaken(near(3.0, within=6)")
    cells = [c if role(c).id != f"{SHARE}-test" else _importing_near(c) for c in cells]
    assert any("is said of" in fault for fault in said(cells=cells))


def _importing_near(cell):
    cell.source = cell.source.replace("import case, mistaken", "import case, mistaken, near")
    return cell


def test_a_reason_that_is_never_given_is_a_fault():
    cells = edited(TREATY, "right('b', reasons={'a'", "right('b', reasons={'b'")
    assert any(f"{TREATY}: the reason 'Article 9" in fault for fault in said(cells=cells))
