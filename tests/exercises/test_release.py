"""exercises/ is what solutions/ makes, gives nothing away, and never swallows an answer."""

import json
import re
import shutil

import nbformat
import pytest
from traitlets.config.loader import PyFileConfigLoader

from indopacific import checks
from indopacific.exercises.lint import lint
from indopacific.exercises.release import (
    KEPT,
    Change,
    ReleaseError,
    is_untouched,
    release,
    sources,
)
from tests.grading import practice

NOTEBOOK = f"exercises/{practice.EXERCISE}/{practice.EXERCISE}.ipynb"
SOURCE = f"solutions/{practice.EXERCISE}/{practice.EXERCISE}.ipynb"


@pytest.fixture
def course(tmp_path):
    return practice.make_course(tmp_path / "course")


@pytest.fixture
def released(course):
    release(course)
    return course


#: What `test_all_come_at_once` expects, in this order.
SAID = [
    "does not show its points",
    "the folded hints are",
    "its own solution earns 0 of 2",
    "02-other.ipynb cannot be released",
    "instructor-notes.md is missing",
]


def edit(path, change):
    notebook = nbformat.read(path, as_version=4)
    change({c.metadata.get("nbgrader", {}).get("grade_id"): c for c in notebook.cells}, notebook)
    nbformat.write(notebook, path)


def faults(course, change):
    """Return what the release says about an edited source."""
    edit(course / SOURCE, change)
    with pytest.raises(ReleaseError) as caught:
        release(course)
    assert not (course / "exercises").exists()
    return str(caught.value)


@pytest.mark.parametrize(
    "exercise",
    sources(practice.REPOSITORY)
    or [pytest.param("", marks=pytest.mark.skip(reason="no exercise has a source yet"))],
)
def test_the_committed_exercises_are_what_their_sources_make(exercise):
    assert release(practice.REPOSITORY, [exercise], check_only=True) == []


class TestMaking:
    def test_it_says_what_it_did_and_then_has_nothing_to_do(self, course):
        assert release(course, check_only=True) == [Change(NOTEBOOK, "added")]
        assert not (course / "exercises").exists()
        assert release(course) == [Change(NOTEBOOK, "added")]
        assert release(course) == []

    def test_no_gradebook_and_no_notes_are_left(self, released):
        files = {p.relative_to(released).as_posix() for p in released.rglob("*") if p.is_file()}
        assert files == {
            NOTEBOOK,
            SOURCE,
            "nbgrader_config.py",
            SOURCE.replace(f"{practice.EXERCISE}.ipynb", "instructor-notes.md"),
        }

    def test_the_bytes_do_not_depend_on_the_authors_machine(self, released, tmp_path):
        notebook = practice.source_notebook()
        notebook.metadata = {
            "kernelspec": {"name": "other", "display_name": "Other"},
            "language_info": {"name": "python", "version": "3.99.1"},
            "widgets": {"state": {}},
        }
        for cell in notebook.cells:
            cell.id = f"random-{id(cell)}"
        other = practice.make_course(tmp_path / "other", notebook)
        release(other)
        assert (other / NOTEBOOK).read_bytes() == (released / NOTEBOOK).read_bytes()

    def test_the_file_is_plain(self, released):
        raw = (released / NOTEBOOK).read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"}\n")
        found = json.loads(raw)
        assert found["metadata"]["language_info"] == {"name": "python"}
        nbformat.validate(nbformat.from_dict(found))

    def test_the_first_cell_says_where_to_edit(self, released):
        first = nbformat.read(released / NOTEBOOK, as_version=4).cells[0].source
        assert f"Generated from {SOURCE}" in first

    def test_what_an_author_notes_behind_a_figure_is_not_released(self, course):
        def note(cells, notebook):
            notebook.cells[
                0
            ].source += " They agreed on 38%<!--= rates['Japan'] --> of calls.<!--@ secret_row -->"

        edit(course / SOURCE, note)
        release(course)
        text = (course / NOTEBOOK).read_text("utf-8")
        assert "They agreed on 38% of calls." in text
        assert "rates[" not in text
        assert "secret_row" not in text

    def test_points_are_shown_from_the_metadata(self, released):
        text = (released / NOTEBOOK).read_text("utf-8")
        assert f"Together {practice.TOTAL} points." in text
        assert "## 1 · Share (2 points)" in text
        assert "## 2 · Treaty (1 point)" in text

    def test_answers_and_hidden_tests_are_gone(self, released):
        text = (released / NOTEBOOK).read_text("utf-8")
        assert not re.search(r"BEGIN|18\.0|Russia's share|unweighted|Votes, because", text)

    def test_an_unknown_exercise_gets_the_nearest(self, course):
        with pytest.raises(ReleaseError, match="Did you mean '00-practice'"):
            release(course, ["00-practise"])


class TestAnswersAreSafe:
    def write_in(self, course):
        edit(
            course / NOTEBOOK,
            lambda cells, _: cells[practice.item_id(1)].update(source="share = 18"),
        )

    def test_running_it_is_not_answering_it(self, released):
        def run(cells, notebook):
            cells[practice.item_id(1)].execution_count = 3
            notebook.metadata["language_info"]["version"] = "3.12"

        edit(released / NOTEBOOK, run)
        assert is_untouched(released / NOTEBOOK)
        assert release(released) == [Change(NOTEBOOK, "changed")]

    def test_a_notebook_with_answers_is_not_replaced(self, released):
        self.write_in(released)
        before = (released / NOTEBOOK).read_bytes()
        with pytest.raises(ReleaseError, match="has been written in"):
            release(released)
        assert (released / NOTEBOOK).read_bytes() == before

    def test_with_force_a_copy_is_kept_each_time(self, released):
        for name in (f"{practice.EXERCISE}.ipynb", f"{practice.EXERCISE}-2.ipynb"):
            self.write_in(released)
            kept = f"my-work/exercises/{practice.EXERCISE}/{name}"
            assert release(released, force=True)[0] == Change(kept, "kept a copy")
            assert "share = 18" in (released / kept).read_text("utf-8")
        assert is_untouched(released / NOTEBOOK)

    def test_a_readers_own_file_is_left_alone(self, released):
        own = released / "exercises" / practice.EXERCISE / "mine.txt"
        own.write_text("notes", encoding="utf-8")
        assert [c.action for c in release(released)] == ["not from the source"]
        assert own.exists()


class TestFaultsOfTheAuthor:
    ITEM = practice.item_id(1)
    TEST = f"{ITEM}-test"

    def test_the_practice_exercise_has_none(self, released):
        source, made = (nbformat.read(released / p, as_version=4) for p in (SOURCE, NOTEBOOK))
        assert lint(source.cells, made.cells) == []

    @pytest.mark.parametrize(
        ("cell", "old", "new", "said"),
        [
            (TEST, "    import pandas", "    import os\n    import pandas", "nothing else: os"),
            (TEST, "'practice-1-share'", "'practice-2-treaty'", "names its own item"),
            (TEST, "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS", "BEGIN HIDDEN TESTS"),
            (TEST, "__told__.check(lambda: share)", "1", "last line must be"),
            (TEST, "number(unit='percent', low=0, high=100)", "text()", "judged by a person"),
            (TEST, "__asked__ = ", "share = 3\n__asked__ = ", "line 3 binds `share`"),
            (TEST, "__asked__ = ", "__checks__.x(list)\n__asked__ = ", "line 3 reads `list`"),
            (TEST, "as __checks__", "as checks", "line 1 binds `checks`"),
            (TEST, "@__asked__.told", "@__asked__.told\n@print", "it needs one function"),
            (TEST, "(asked)", "(asked, year=2014)", "it needs one function"),
            (TEST, "(asked)", "(asked, *, x=share)", "a default is a learner's name"),
            (TEST, "18.0", "share", "`share` is not known inside __told__"),
            (TEST, "import case, mistaken", "import case", "`mistaken` is not known inside"),
            (TEST, "\n__asked__.check", "\n__checks__.x\n" * 4 + "__asked__.check", "has 7 lines"),
            (
                TEST,
                "__told__.check(lambda: share)",
                "__told__.check(lambda: order)",
                "(share, order)",
            ),
            (ITEM, "share = ...", "shore = ...", "the test reads `share`"),
            (ITEM, "share = ...", "share = 18", "use dots"),
            (ITEM, "share = ...", "print(1)", "the stub starts with"),
            (ITEM, "share = ...", "\n".join(f"x{n} = ..." for n in range(16)), "at most 15"),
            (f"{ITEM}-task", "Hint 2: method", "Hint 2", "the folded hints are"),
            (f"{ITEM}-task", "({points})", "", "does not show its points"),
            (f"{practice.item_id(3)}-test", "points=2", "points=3", "metadata says 2"),
            (f"{practice.ARGUMENT}-task", "|", "", "shows the rubric"),
            # Of marks, mistakes and guessing.
            (ITEM, "share = 18.0", "share = 17.0", "its own solution earns 0 of 2"),
            (ITEM, "share = 18.0", "share = nothing", "the answer cell stopped with NameError"),
            (TEST, "return", "raise ValueError\n    return", "the check says: ValueError"),
            (TEST, "mistaken(3.0", "mistaken(17.9", "counts as right"),
            (f"{practice.item_id(3)}-test", "right('ace')", "right('acefg')", "guessing earns"),
        ],
    )
    def test_are_named_with_their_cell(self, course, cell, old, new, said):
        def change(cells, _):
            assert old in cells[cell].source
            cells[cell].source = cells[cell].source.replace(old, new)

        told = faults(course, change)
        assert said in told
        assert cell.removesuffix("-task").removesuffix("-test") in told or "HIDDEN" in said

    def test_all_come_at_once(self, course):
        """Of several exercises, too: whoever mends one has not to start again for the next."""
        other = course / "solutions" / "02-other"
        shutil.copytree(course / "solutions" / practice.EXERCISE, other)
        (other / f"{practice.EXERCISE}.ipynb").rename(other / "02-other.ipynb")
        (other / "instructor-notes.md").unlink()

        def change(cells, _):
            cells[self.ITEM].source = cells[self.ITEM].source.replace("18.0", "17.0")
            task = cells[f"{self.ITEM}-task"]
            task.source = task.source.replace("Hint 2: method", "Hint 2").replace("({points})", "")

        told = faults(course, change).splitlines()
        assert told[0] == f"{SOURCE} cannot be released:"
        assert [said for line in told for said in SAID if said in line] == SAID
        assert all(line.endswith((".", ":")) for line in told)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("## Timing", "## Time", "add a section `## Timing`"),
            ("### 1 · Share", "### 1", "add a section `### 1 · Share` with the common mistakes"),
            (practice.COMMON, "", "say"),
            ("## Rubric", "## Criteria", "add a section `## Rubric`"),
            ("Votes, because", "Trade, because", "put the model answer of practice-12-argument"),
        ],
    )
    def test_in_the_instructors_notes_are_named(self, course, old, new, said):
        notes = course / SOURCE.replace(f"{practice.EXERCISE}.ipynb", "instructor-notes.md")
        assert old in notes.read_text("utf-8")
        notes.write_text(notes.read_text("utf-8").replace(old, new), encoding="utf-8")
        with pytest.raises(ReleaseError, match=f"instructor-notes.md: {re.escape(said)}"):
            release(course)

    def test_a_solution_that_can_be_read_elsewhere_is_a_leak(self, course):
        def change(cells, notebook):
            solution = f"{practice.QUESTIONS[2].solution}  # as in the treaty"
            cells[
                practice.item_id(3)
            ].source = f"clauses = ...\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
            notebook.cells[0].source += f"\n\n    {solution}\n"
            cells[practice.ARGUMENT].source = "votes-are-public<!--~ said so -->-in-any-case"
            notes = course / "solutions" / practice.EXERCISE / "instructor-notes.md"
            notes.write_text(practice.notes(notebook), encoding="utf-8")
            cells[self.TEST].metadata["tags"] = ["votes-are-public-in-any-case"]

        told = faults(course, change)
        assert "practice-3-clauses: the text of the release contains 'clauses" in told.replace(
            '"', "'"
        )
        assert "practice-12-argument: the metadata of the release contains 'votes" in told

    def test_what_the_course_gives_uses_no_built_in(self, course):
        """Whoever has called something `map` still gets the table of the next task."""

        def change(_, notebook):
            notebook.cells[1].source += "\ngiven = [*map(str, [1])]"

        told = faults(course, change)
        assert "cell 2: line 2 uses `map`, which a learner may have bound anew" in told

    def test_metadata_beside_nbgraders_is_refused(self, course):
        def change(cells, _):
            cells[self.TEST].metadata["answer"] = "18"

        assert "metadata that a release does not need: answer" in faults(course, change)

    def test_a_misnamed_cell_gets_the_nearest(self, course):
        def change(cells, _):
            cells[self.ITEM].metadata["nbgrader"]["grade_id"] = "practice-1-shore"

        assert "Is 'practice-1-shore' meant?" in faults(course, change)

    def test_saved_outputs_are_refused(self, course):
        def change(cells, _):
            cells[self.ITEM].outputs = [nbformat.v4.new_output("stream", text="18")]

        assert "has saved outputs" in faults(course, change)

    def test_two_totals_are_refused(self, course):
        def change(_, notebook):
            notebook.cells[0].source = "no sum"

        assert "{total} stands in 0 cells" in faults(course, change)

    def test_a_duplicate_id_is_refused(self, course):
        def change(cells, _):
            cells[practice.item_id(2)].metadata["nbgrader"]["grade_id"] = self.ITEM

        assert "practice-1-share: two cells have this grade_id." in faults(course, change)


@pytest.mark.parametrize("exercise", sources(practice.REPOSITORY))
def test_an_exercise_that_names_the_learner_s_copy_names_the_right_place(exercise):
    text = (practice.REPOSITORY / "solutions" / exercise / f"{exercise}.ipynb").read_text("utf-8")
    named = set(re.findall(r"my-work/[\w./-]+\.ipynb", text))
    assert named <= {f"{KEPT}/{exercise}/{exercise}.ipynb"}


def test_the_untouched_text_is_the_one_that_checks_know():
    settings = PyFileConfigLoader("nbgrader_config.py", path=str(practice.REPOSITORY)).load_config()
    assert settings.ClearSolutions.text_stub == checks.TEXT_STUB
