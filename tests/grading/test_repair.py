"""Whatever a learner did to the cells, the run starts from the exercise's own order and roles."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from indopacific.exercises.known import known_cells
from indopacific.exercises.questions import items, role
from indopacific.grading.repair import repair
from tests.grading.practice import ARGUMENT, QUESTIONS, TOTAL, item_id, source_notebook

CELLS = [dict(cell) for cell in source_notebook().cells]
KNOWN = known_cells(CELLS)


def tidy(cells):
    """Repair cells and return (id or None, source) of each, and the notes."""
    done, notes = repair(cells, KNOWN)
    return [(c.known.role.id if c.known else None, c.source) for c in done], " ".join(notes)


UNTOUCHED, _ = tidy(CELLS)


def find(grade_id):
    return next(i for i, cell in enumerate(CELLS) if role(cell).id == grade_id)


def test_an_untouched_notebook_stays_as_it_is():
    done, notes = tidy(CELLS)
    assert [source for _, source in done] == [cell["source"] for cell in CELLS]
    assert notes == ""


def test_of_a_copied_answer_the_last_counts_and_the_first_still_runs():
    first = CELLS[find(item_id(1))] | {"source": "share = 1"}
    done, notes = tidy([first, *CELLS])
    assert done[0] == (None, "share = 1")
    assert done[1:] == UNTOUCHED
    assert "is a copy of 'practice-1-share'" in notes


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
    assert dict(done)[f"{item_id(1)}-test"] == CELLS[find(f"{item_id(1)}-test")]["source"]
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
