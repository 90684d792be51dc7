"""Whatever a learner did to the cells, the run starts from the exercise's own order and roles."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indopacific.exercises.questions import items, role
from indopacific.grading.contract import as_cell
from indopacific.grading.repair import repair
from tests.grading.broken import CELLS, ESSAY, KNOWN, with_answers
from tests.grading.practice import ARGUMENT, QUESTIONS, TOTAL, item_id


def tidy(cells):
    """Repair cells and return (id or None, source) of each, and the notes."""
    done, notes = repair(cells, KNOWN)
    return [(c.known.role.id if c.known else None, c.source) for c in done], " ".join(notes)


UNTOUCHED, _ = tidy(CELLS)


def find(grade_id):
    return next(i for i, cell in enumerate(CELLS) if role(cell).id == grade_id)


def test_an_untouched_notebook_stays_as_it_is():
    done, notes = tidy(CELLS)
    tests = {k.role.id: k.source for k in KNOWN if not k.learners}
    assert [s for _, s in done] == [tests.get(role(c).id, c["source"]) for c in CELLS]
    assert notes == ""


def test_of_a_copied_answer_the_last_counts_and_the_first_still_runs():
    first = CELLS[find(item_id(1))] | {"source": "share = 1"}
    done, notes = tidy([first, *with_answers({item_id(1): "share = 2"})])
    assert done[0] == (None, "share = 1")
    assert dict(done)[item_id(1)] == "share = 2"
    assert "is a copy of 'practice-1-share'" in notes


def test_a_copy_that_nobody_wrote_in_neither_counts_nor_runs():
    stub = CELLS[find(item_id(1))]
    done, _ = tidy([*with_answers({item_id(1): "share = 2"}), copy.deepcopy(stub)])
    assert dict(done)[item_id(1)] == "share = 2"
    assert stub["source"] not in [source for _, source in done]


def test_a_copied_test_is_dropped():
    done, _ = tidy([*CELLS, copy.deepcopy(CELLS[find(f"{item_id(1)}-test")])])
    assert done == UNTOUCHED


def test_a_deleted_test_comes_back_and_a_deleted_answer_is_told():
    gone = {item_id(1), f"{item_id(2)}-test"}
    done, notes = tidy([c for c in CELLS if role(c).id not in gone])
    assert [name for name, _ in done] == [n for n, _ in UNTOUCHED if n != item_id(1)]
    assert "answer cell 'practice-1-share' is missing" in notes
    assert "'practice-2-treaty-test' was missing and has been put back" in notes


def test_an_edited_test_is_restored_and_an_edited_answer_kept():
    edited = copy.deepcopy(CELLS)
    edited[find(f"{item_id(1)}-test")]["source"] = "pass"
    edited[find(item_id(1))]["source"] = "share = 7"
    done, _ = tidy(edited)
    assert dict(done)[f"{item_id(1)}-test"] == dict(UNTOUCHED)[f"{item_id(1)}-test"]
    assert dict(done)[item_id(1)] == "share = 7"


def test_an_essay_turned_into_code_is_text_again():
    edited = copy.deepcopy(CELLS)
    edited[find(ARGUMENT)]["cell_type"] = "code"
    done, notes = repair(edited, KNOWN)
    assert next(c for c in done if c.known and c.known.role.id == ARGUMENT).cell_type == "markdown"
    assert "had become code" in " ".join(notes)


def test_extra_cells_stay_behind_the_cell_they_followed():
    place = find(item_id(2)) + 1
    extra = {"cell_type": "code", "metadata": {}, "source": ["x = 1\n", "x"]}
    done, _ = tidy([*CELLS[:place], extra, *CELLS[place:]])
    assert done[place] == (None, "x = 1\nx")


@settings(max_examples=60)
@given(st.permutations(range(len(CELLS))))
def test_law_moving_cells_changes_nothing_that_is_graded(order):
    done, _ = tidy([CELLS[i] for i in order])
    assert [cell for cell in done if cell[0]] == [cell for cell in UNTOUCHED if cell[0]]


@given(
    st.sampled_from([i for i, c in enumerate(CELLS) if role(c).grade or role(c).solution]),
    st.integers(0, len(CELLS) - 1),
)
def test_law_a_moved_answer_or_test_does_not_take_the_imports_with_it(source, target):
    moved = list(CELLS)
    moved.insert(target, moved.pop(source))
    assert tidy(moved)[0] == UNTOUCHED


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nbgrader", "grade_id", "points", "grade", "solution", "x"]), inner
        )
    ),
    max_leaves=6,
)
odd_cell = st.fixed_dictionaries(
    {},
    optional={"cell_type": json_like | st.just("code"), "metadata": json_like, "source": json_like},
)


@settings(max_examples=200)
@given(st.lists(odd_cell, max_size=5))
def test_law_no_cell_whatever_stops_a_repair(cells):
    done, _ = repair(cells, KNOWN)
    assert all(type(c.source) is str and c.cell_type in ("code", "markdown", "raw") for c in done)
    assert [c.known.role.id for c in done if c.known and c.known.role.grade] == [
        k.role.id for k in KNOWN if k.role.grade
    ]


def test_items_are_read_with_title_points_hints_and_rubric():
    listed = items(CELLS)
    assert len(listed) == len(QUESTIONS) + 1
    assert sum(item.points for item in listed) == TOTAL
    assert listed[0].title == "1 · Share"
    assert len(listed[0].hints) == 3
    assert [item.id for item in listed if item.by_hand] == [ARGUMENT]
    assert listed[-1].rubric.startswith("| criterion | points |")


# --- More ways to break a notebook ---------------------------------------------------------------

MEAN = "def mean(values, weights):\n    total = sum(weights)\n    return sum(values) / total"


def nameless(cell, **changes):
    """Return a cell as an editor leaves it that keeps neither metadata nor ids."""
    bare = {k: v for k, v in cell.items() if k != "id"}
    return bare | {"metadata": {}} | changes


def replaced(grade_id, *cells):
    place = find(grade_id)
    return [*CELLS[:place], *cells, *CELLS[place + 1 :]]


@pytest.mark.parametrize("cut", ["\n    return", "\n    total"])
@pytest.mark.parametrize("names", ["both", "first", "second"])
def test_code_that_was_split_in_two_is_one_answer_again(cut, names):
    cell = CELLS[find(item_id(10))]
    parts = [MEAN[: MEAN.index(cut)], MEAN[MEAN.index(cut) + 1 :]]
    first, second = (cell | {"source": part} for part in parts)
    halves = {
        "both": (first, second),
        "first": (first, nameless(second)),
        "second": (nameless(first), second),
    }
    done, notes = tidy(replaced(item_id(10), *halves[names]))
    assert dict(done)[item_id(10)] == MEAN
    assert len(done) == len(UNTOUCHED)
    assert "are the parts of 'practice-10-mean'" in notes


def test_two_attempts_side_by_side_are_not_joined():
    cell = CELLS[find(item_id(1))]
    done, _ = tidy(
        replaced(item_id(1), cell | {"source": "share = 1 / 0"}, cell | {"source": "share = 18"})
    )
    assert dict(done)[item_id(1)] == "share = 18"
    assert (None, "share = 1 / 0") in done


def test_a_text_that_was_split_is_joined_and_a_second_draft_is_not():
    cell = CELLS[find(ARGUMENT)]
    second = "Trade is the other measure that I would look at, because it cannot be staged easily."
    done, _ = tidy(replaced(ARGUMENT, cell | {"source": ESSAY}, cell | {"source": second}))
    assert dict(done)[ARGUMENT] == f"{ESSAY}\n{second}"
    draft = ESSAY.replace("every year", "each year")
    done, _ = tidy(replaced(ARGUMENT, cell | {"source": draft}, cell | {"source": ESSAY}))
    assert dict(done)[ARGUMENT] == ESSAY
    assert (None, draft) in done


@pytest.mark.parametrize("keep_ids", [True, False])
def test_a_notebook_without_any_metadata_is_recognised_by_what_it_says(keep_ids):
    written = with_answers({item_id(1): "share = 18", item_id(10): MEAN, ARGUMENT: ESSAY})
    bare = [nameless(cell) | ({"id": cell["id"]} if keep_ids else {}) for cell in written]
    done, notes = tidy(bare)
    assert [name for name, _ in done] == [name for name, _ in UNTOUCHED]
    assert dict(done)[item_id(1)] == "share = 18"
    assert dict(done)[item_id(10)] == MEAN
    assert dict(done)[ARGUMENT] == ESSAY
    assert "had lost its name 'practice-1-share'" in notes


def test_a_renamed_cell_has_its_name_again():
    cell = copy.deepcopy(CELLS[find(item_id(1))]) | {"source": "share = 18", "id": "x"}
    cell["metadata"]["nbgrader"]["grade_id"] = "my-answer"
    done, notes = tidy(replaced(item_id(1), cell))
    assert dict(done)[item_id(1)] == "share = 18"
    assert "had lost its name 'practice-1-share'" in notes


def test_a_cell_of_another_exercise_is_an_extra_cell():
    cell = copy.deepcopy(CELLS[find(item_id(1))]) | {"source": "other = 1", "id": "x"}
    cell["metadata"]["nbgrader"]["grade_id"] = "other\x1b[31m-1-x"
    done, notes = tidy([*CELLS, cell])
    assert done[-1] == (None, "other = 1")
    assert "which this exercise does not have" in notes
    assert "\x1b" not in notes


def test_edited_tasks_and_tests_inflated_points_and_tags_are_told():
    edited = copy.deepcopy(CELLS)
    test, task = find(f"{item_id(1)}-test"), find(f"{item_id(2)}-task")
    edited[test]["source"] += "\nshare"
    edited[test]["metadata"]["nbgrader"]["points"] = 100
    edited[test]["metadata"]["tags"] = ["skip-execution"]
    edited[task]["source"] = "No task"
    done, notes = tidy(edited)
    assert done == UNTOUCHED
    assert "'practice-1-share-test' had been changed" in notes
    assert "points of 'practice-1-share-test' had been changed and are 2 again" in notes
    assert "'practice-2-treaty-task' had been changed" in notes
    assert "Tags ('skip-execution') were taken off 1 cell" in notes


CONFLICT = "{before}<<<<<<< HEAD\n{mine}=======\n{other}>>>>>>> their-branch\n{after}"


@pytest.mark.parametrize(
    ("mine", "other", "kept"),
    [
        ("share = 18\n", "share = 3\n", "share = 18\n"),
        ("", "share = 3\n", "share = 3\n"),
        ("share = ...\n", "share = 3\n", "share = 3\n"),
    ],
)
def test_of_two_versions_left_by_a_merge_one_counts(mine, other, kept):
    source = CONFLICT.format(before="# my answer\n", mine=mine, other=other, after="")
    done, notes = tidy(with_answers({item_id(1): source}))
    assert dict(done)[item_id(1)] == f"# my answer\n{kept}"
    assert "merge's marks" in notes


def test_marks_that_are_not_a_whole_conflict_are_left_alone():
    source = "<<<<<<< HEAD\nshare = 18\n"
    done, _ = tidy(with_answers({item_id(1): source}))
    assert dict(done)[item_id(1)] == source


def test_a_thousand_copies_are_told_in_few_words():
    copies = [CELLS[find(item_id(1))] | {"source": f"share = {n}"} for n in range(1000)]
    _, notes = repair([*CELLS, *copies], KNOWN)
    assert len(notes) < 100
    assert "more repairs" in notes[-1]


ANSWERS = {
    k.role.id: ESSAY if k.cell_type == "markdown" else f"{k.source.rstrip()}\nmine_{n} = {n}"
    for n, k in enumerate(KNOWN)
    if k.learners
}
WRITTEN = with_answers(ANSWERS)
edit = st.one_of(
    st.tuples(st.just("copy"), st.integers(0, 99), st.integers(0, 99)),
    st.tuples(st.just("move"), st.integers(0, 99), st.integers(0, 99)),
    st.tuples(st.just("delete"), st.integers(0, 99), st.none()),
    st.tuples(
        st.just("retype"), st.integers(0, 99), st.sampled_from(["code", "markdown", "raw", 7])
    ),
    st.tuples(st.just("strip"), st.integers(0, 99), st.none()),
    st.tuples(st.just("rename"), st.integers(0, 99), st.sampled_from(["x", 3, None])),
    st.tuples(st.just("unlock"), st.integers(0, 99), json_like),
    st.tuples(st.just("split"), st.integers(0, 99), st.integers(0, 40)),
    st.tuples(st.just("list"), st.integers(0, 99), st.none()),
    st.tuples(st.just("insert"), st.integers(0, 99), odd_cell),
)


def edited(cells, changes):
    """Apply edits as people and editors make them."""
    cells = copy.deepcopy(cells)
    for kind, place, more in changes:
        at = place % len(cells) if cells else 0
        if kind == "insert":
            cells.insert(at, more)
            continue
        if not cells or not isinstance(cells[at].get("source", ""), str | list):
            continue
        cell = cells[at]
        source = cell.get("source", "")
        grader = (
            (cell.get("metadata") or {}).get("nbgrader")
            if isinstance(cell.get("metadata"), dict)
            else None
        )
        if kind == "copy":
            cells.insert(more % (len(cells) + 1), copy.deepcopy(cell))
        elif kind == "move":
            cells.insert(more % len(cells), cells.pop(at))
        elif kind == "delete":
            del cells[at]
        elif kind == "retype":
            cell["cell_type"] = more
        elif kind == "strip":
            cells[at] = nameless(cell)
        elif kind == "rename" and isinstance(grader, dict):
            grader["grade_id"] = more
        elif kind == "unlock" and isinstance(grader, dict):
            grader["locked"] = grader["grade"] = grader["solution"] = grader["points"] = more
        elif kind == "split" and isinstance(source, str):
            other = copy.deepcopy(cell) | {"source": source[more:]}
            cell["source"] = source[:more]
            cells.insert(at + 1, other)
        elif kind == "list" and isinstance(source, str):
            cell["source"] = source.splitlines(keepends=True)
    return cells


@settings(max_examples=300)
@given(st.lists(edit, max_size=8))
def test_law_whatever_is_edited_the_graded_cells_are_the_releases_and_no_text_is_lost(changes):
    cells = edited(WRITTEN, changes)
    done, notes = repair(cells, KNOWN)
    graded = [c for c in done if c.known and c.known.role.grade]
    assert [c.known for c in graded] == [k for k in KNOWN if k.role.grade]
    assert all(c.source == c.known.source for c in done if c.known and not c.known.learners)
    assert all(type(note) is str and "\n" not in note for note in notes)
    # Every line that a learner wrote into an answer still stands somewhere.
    kept = "\n".join(c.source for c in done)
    for cell in cells:
        grade_id = role(cell).id
        if grade_id in ANSWERS and isinstance(cell.get("source"), str):
            assert all(line in kept for line in cell["source"].splitlines())


@given(st.lists(edit, max_size=8))
def test_law_a_repaired_notebook_needs_no_repair(changes):
    once, _ = repair(edited(WRITTEN, changes), KNOWN)
    again, _ = repair([as_cell(c) for c in once], KNOWN)
    assert [(c.known, c.source) for c in again] == [(c.known, c.source) for c in once]
