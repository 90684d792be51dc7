"""The test of the tests: every exercise gives every answer the marks and the message it deserves.

Exercises are found in solutions/, their answers in `wrong_answers/`: nothing is listed here.
"""

import builtins
import importlib
import re

import nbformat
import pytest

from indopacific.checks import Question, function
from indopacific.datasets import tables
from indopacific.exercises import release as releasing
from indopacific.exercises.questions import ITEM_ID, items, points_in_words, role
from indopacific.exercises.rehearsal import answer_names, blanks, rehearse, solutions
from indopacific.exercises.sources import block, without_block
from indopacific.grading.check import check_exercise
from tests.grading import catalogue
from tests.grading.harness import REPOSITORY, source_cells
from tests.grading.practice import answered

ASKED = REPOSITORY / "indopacific" / "asked"
EXERCISES = releasing.sources(REPOSITORY)
every_exercise = pytest.mark.parametrize("exercise", EXERCISES)


def released(exercise):
    """Return the path of the released notebook."""
    return REPOSITORY / releasing.RELEASE / exercise / f"{exercise}.ipynb"


def released_cells(exercise):
    return nbformat.read(released(exercise), as_version=4).cells


def by_tests(exercise):
    """Return the points of every item that a test marks."""
    return {i.id: i.points for i in items(source_cells(exercise)) if not i.by_hand}


def test_there_are_exercises():
    assert EXERCISES


@every_exercise
def test_nothing_is_wrong_with_form_marks_mistakes_or_notes(exercise):
    assert releasing.faults(REPOSITORY, exercise) == []


@every_exercise
def test_every_answer_of_the_catalogue_earns_its_marks_and_its_words(exercise):
    assert catalogue.faults(exercise, source_cells(exercise), catalogue.of(exercise)) == []


@every_exercise
def test_an_odd_value_earns_nothing_anywhere_and_no_traceback(exercise):
    names = answer_names(source_cells(exercise))
    for odd in catalogue.ODD.values():
        answers = {item: f"{name} = {odd}" for item, name in names.items()}
        for item, done in rehearse(source_cells(exercise), answers).items():
            assert done.earned == 0, (item, odd)
            assert done.said.startswith(f"{item}: not"), (item, odd)


# What a learner may call things: every built-in, every word of the language of checks, and more.
TAKEN = [
    *(name for name in dir(builtins) if not name.startswith("_")),
    *["check", "grade", "case", "mistaken", "near", "number", "choice", "choices", "table"],
    *["setting", "function", "Question", "rule", "known", "one", "two", "mistakes", "example"],
    *["points", "world", "np", "asked", "told", "right", "reasons"],
]


@every_exercise
def test_a_learner_may_call_anything_by_any_name(exercise):
    """Names bound anew in one answer cost no other, and no test binds them back."""
    mark = "'the learner'"
    before = f"""
import builtins as _b
_own = _b.globals()
assert _b.all([_own[_n] == {mark} for _n in _own.get("_taken", [])]), "a test bound it back"
for _n in _own.get("_taken", []):
    del _own[_n]
"""
    answers, taken_of = {}, {}
    for item, source in solutions(source_cells(exercise)).items():
        # A function of the learner's own is run by the test, with the learner's own names.
        taken = [n for n in TAKEN if not source.lstrip().startswith("def ") or n not in source]
        taken = [n for n in taken if n != answer_names(source_cells(exercise))[item]]
        bind = f"\n_taken = {taken!r}\nglobals().update((_n, {mark}) for _n in _taken)\n"
        answers[item], taken_of[item] = before + source + bind, taken
    for item, done in rehearse(source_cells(exercise), answers).items():
        assert done.stopped == "", item
        assert done.earned == by_tests(exercise)[item], (item, done.said)
        assert len(taken_of[item]) > 100


@pytest.mark.slow
@every_exercise
def test_a_real_run_gives_the_same_marks(exercise, tmp_path):
    cells = source_cells(exercise)
    first = {a.item: a for a in reversed(catalogue.of(exercise).WRONG)}
    mixed = {item: a.source for item, a in list(first.items())[::2]}
    file = tmp_path / f"{exercise}.ipynb"
    nbformat.write(answered(released(exercise), solutions(cells) | mixed), file)
    report = check_exercise(exercise, file, course=REPOSITORY)
    earned = {item.id: item.earned for item in report.items if item.id in by_tests(exercise)}
    expected = {i: first[i].marks if i in mixed else p for i, p in by_tests(exercise).items()}
    assert earned == expected
    assert [item.id for item in report.items] == [item.id for item in items(cells)]


# --- The form of an exercise -------------------------------------------------------------------


@every_exercise
def test_items_are_numbered_in_order_and_headed_by_their_number(exercise):
    for number, item in enumerate(items(source_cells(exercise)), start=1):
        assert ITEM_ID.fullmatch(item.id)
        assert item.id.split("-")[-2 if item.id.count("-") == 2 else 1] == str(number)
        assert item.title.startswith(f"{number} · ")


@every_exercise
def test_the_release_shows_points_and_total(exercise):
    listed = items(source_cells(exercise))
    text = "\n".join(c.source for c in released_cells(exercise))
    assert "{points}" not in text
    assert "{total}" not in text
    assert points_in_words(sum(item.points for item in listed)) in text
    for item in listed:
        assert f"({points_in_words(item.points)})" in text


@every_exercise
def test_every_task_says_what_is_given_what_is_asked_and_where_it_was_taught(exercise):
    for item in items(source_cells(exercise)):
        assert "**Given:**" in item.task, item.id
        assert "**Answer:**" in item.task, item.id
        assert re.search(r"\((Sections? \d|The whole lesson)", item.task), item.id


@every_exercise
def test_every_hint_opens_and_is_plain_in_a_terminal(exercise):
    for item in items(released_cells(exercise)):
        assert len(item.hints) == 3, item.id
        assert all(len(hint) > 20 for hint in item.hints), item.id
        assert not re.search(r"\*\*|(?<!\w)\*\w", "".join(item.hints)), item.id
        assert item.task.count("<details>") == item.task.count("</details>") == 3
        # Markdown inside a folded part is rendered only after an empty line.
        assert len(re.findall(r"</summary>\n\n\S", item.task)) == 3, item.id
        assert item.task.count("```") % 2 == 0, item.id


@every_exercise
def test_the_almost_code_of_a_hint_leaves_the_thinking(exercise):
    codes = {}
    for item in items(source_cells(exercise)):
        if item.by_hand:
            continue
        code = re.findall(r"```python\n(.*?)```", item.task, re.DOTALL)
        assert code, item.id
        assert "_" in code[-1], item.id
        codes[item.id] = code[-1]
    for item, done in rehearse(source_cells(exercise), codes).items():
        assert done.earned == 0, item


@every_exercise
def test_no_hint_tells_what_a_wrong_answer_is_told(exercise):
    """A hint that names the mistake in advance tests nothing."""
    cells = source_cells(exercise)
    for item, done in rehearse(cells, solutions(cells)).items():
        hints = " ".join(next(i.hints for i in items(cells) if i.id == item))
        kind = done.questions[-1].kind
        told = [m.message for m in done.questions[-1].mistakes]
        told += list(getattr(kind, "reasons", {}).values())
        sentences = {s.strip() for text in told for s in re.split(r"(?<=[.:;])\s", text)}
        assert not [s for s in sentences if len(s) > 25 and s in hints], item


@every_exercise
def test_every_table_and_section_that_is_named_is_there(exercise):
    known = set(tables()["name"])
    lesson = nbformat.read(REPOSITORY / "lessons" / f"{exercise}.ipynb", as_version=4)
    headings = re.findall(r"^## (\d)\. ", "\n".join(c.source for c in lesson.cells), re.M)
    for cell in source_cells(exercise):
        assert set(re.findall(r'load\("(\w+)"\)', cell.source)) <= known
        sections = re.findall(r"[Ss]ections? (\d)(?: to (\d))?", cell.source)
        assert {n for found in sections for n in found if n} <= set(headings)


@every_exercise
def test_visible_checks_give_no_right_answer_away(exercise):
    """What *Validate* and the checks of a blank exercise say is the same for whoever is right."""
    shown = [c.source for c in released_cells(exercise) if role(c).id.endswith("-test")]
    assert not re.search(r"\.(near|right|like|such_that|between)\(", "\n".join(shown))
    answers = blanks(source_cells(exercise))
    said = "\n".join(done.said for done in rehearse(source_cells(exercise), answers).values())
    for answer in solutions(source_cells(exercise)).values():
        for line in block(answer, "SOLUTION").splitlines():
            assert len(line.strip()) < 12 or line.strip() not in said


@pytest.mark.parametrize("path", sorted(ASKED.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_what_learners_can_import_knows_no_answer(path):
    """Only a function may be asked with an example: its answer is code, not the example."""
    module = importlib.import_module(f"indopacific.asked.{path.stem}")
    asked = [one for one in vars(module).values() if isinstance(one, Question)]
    assert asked
    for one in asked:
        assert isinstance(one.kind, function) or not one.kind._answered, one.item


@every_exercise
def test_no_line_of_a_solution_or_of_a_hidden_test_is_in_the_release(exercise):
    cells = source_cells(exercise)
    shown = {line.strip() for c in released_cells(exercise) for line in c.source.splitlines()}
    allowed = {
        line.strip()
        for c in cells
        if not (role(c).solution and role(c).grade)
        for line in without_block(without_block(c.source, "SOLUTION"), "HIDDEN TESTS").splitlines()
    }
    for cell in cells:
        whole = role(cell).solution and role(cell).grade
        secret = (
            cell.source
            if whole
            else "".join(block(cell.source, name) for name in ("SOLUTION", "HIDDEN TESTS"))
        )
        lines = {line.strip() for line in secret.splitlines() if len(line.strip()) > 8}
        assert not (lines - allowed) & shown, role(cell).id
    assert "answer-keys" not in str(released_cells(exercise))


@every_exercise
def test_links_lead_somewhere_from_the_learners_copy(exercise):
    copy = REPOSITORY / "my-work" / exercise
    for cell in released_cells(exercise):
        for target in re.findall(r"\]\(([^)#]+)\)", cell.source):
            assert (copy / target).resolve().is_file(), target


@every_exercise
def test_a_rubric_adds_up(exercise):
    for item in items(source_cells(exercise)):
        points = re.findall(r"\| (\d+) \|$", item.rubric, re.M)
        assert not item.by_hand or sum(map(int, points)) == item.points
