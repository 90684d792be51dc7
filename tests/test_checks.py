"""The language of questions: every kind, what it refuses, and what it says."""

import ast
import math
import subprocess
import sys
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indopacific import checks
from indopacific.checks import (
    CheckFailed,
    NotAnswered,
    WrongKind,
    case,
    check,
    choice,
    choices,
    function,
    grade,
    labelling,
    listing,
    mapping,
    marks,
    mistaken,
    near,
    number,
    ordering,
    series,
    setting,
    table,
    text,
)

FRAME = pd.DataFrame({"year": [2017, 2018, 2019], "share": [0.1, 0.2, 0.3]})


def weighted(values, weights):
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def unweighted(values, weights):
    return sum(values) / len(values)


#: One question of every kind, with its right answer and a wrong one of the right kind.
KINDS = {
    "number": (number(unit="percent", low=0, high=100).near(18.0, within=0.3), 18.1, 3.1),
    "choice": (choice("abcd").right("b"), "b", "c"),
    "choices": (choices("abcde").right("ace"), ["e", "a", "c"], ["b", "d"]),
    "ordering": (ordering(["x", "y", "z"]).right("zyx"), ["z", "y", "x"], ["x", "y", "z"]),
    "labelling": (
        labelling(["t1", "t2"], codes=["assist", "consult"]).right(
            {"t1": "assist", "t2": "consult"}
        ),
        {"t2": "consult", "t1": "assist"},
        {"t1": "consult", "t2": "assist"},
    ),
    "listing": (listing(length=2).right([0.7, 0.3], within=0.01), [0.7, 0.3], [0.3, 0.7]),
    "mapping": (mapping(["a", "b"]).right({"a": 1, "b": 2}), {"b": 2, "a": 1}, {"a": 2, "b": 1}),
    "series": (
        series([2018, 2019]).right({2018: 0.77, 2019: 0.79}, within=0.005),
        pd.Series({2019: 0.79, 2018: 0.77}),
        pd.Series({2018: 0.0, 2019: 0.0}),
    ),
    "table": (
        table(["year", "share"], key="year").right(FRAME, within=0.01),
        FRAME[::-1],
        FRAME.assign(share=0.9),
    ),
    "function": (
        function("values", "weights").like(weighted, on=[([0, 1], [1, 3]), ([2, 4], [1, 1])]),
        weighted,
        unweighted,
    ),
    "setting": (
        setting(weight=number(low=0, high=1)).such_that(lambda weight: weight > 0.5, "it tips"),
        {"weight": 0.6},
        {"weight": 0.4},
    ),
}


def verdict(answer, kind):
    """Return what a check says, whether it passes or fails."""
    try:
        check("alignment-1-item", answer, kind)
    except CheckFailed as failed:
        return str(failed)
    return ""


PART_MARKS = [name for name, (kind, _, _) in KINDS.items() if kind._parts]


def failure(answer, kind, error=CheckFailed, **more):
    """Return what a check says about a wrong answer."""
    with pytest.raises(CheckFailed) as caught:
        check("alignment-1-item", answer, kind, **more)
    assert type(caught.value) is error
    return " ".join(str(caught.value).split())


@pytest.mark.parametrize(("kind", "right", "wrong"), KINDS.values(), ids=KINDS)
class TestEveryKind:
    def test_the_right_answer_passes(self, kind, right, wrong, capsys):
        check("alignment-1-item", right, kind)
        said = capsys.readouterr()
        assert said.out.startswith("alignment-1-item: right")
        assert said.err == ""

    def test_a_wrong_answer_fails_and_says_what_was_expected(self, kind, right, wrong):
        said = failure(wrong, kind)
        assert said.startswith("alignment-1-item: not right yet. Expected:")
        assert "Came:" in said

    @pytest.mark.parametrize("stub", [..., None, "", "...", checks.TEXT_STUB])
    def test_a_stub_is_not_answered(self, kind, right, wrong, stub):
        assert "not answered yet" in failure(stub, kind, NotAnswered)

    def test_another_kind_is_refused_without_crash(self, kind, right, wrong):
        for other in (object(), 1j, b"18", pd.Timestamp("2022-02-24"), np.zeros((2, 2)), type):
            failure(other, kind, WrongKind)

    def test_an_object_equal_to_everything_earns_nothing(self, kind, right, wrong):
        class Agreeable(type(right) if not callable(right) else object):
            __hash__ = object.__hash__

            def __eq__(self, other):
                return True

        try:
            answer = Agreeable(right)
        except TypeError:
            answer = Agreeable()
        failure(answer, kind, WrongKind)

    def test_where_to_look_again_is_said(self, kind, right, wrong):
        assert "Look again at: lesson 01." in failure(wrong, kind, again="lesson 01")


class TestShapesOnly:
    def test_a_passed_visible_check_says_what_it_has_not_checked(self, capsys):
        check("alignment-3-share", 3.1, number(unit="percent"))
        said = " ".join(capsys.readouterr().out.split())
        assert "read as 3.1 percent" in said
        assert "Whether the value is right is checked when it is graded." in said

    def test_a_text_is_left_to_a_person(self, capsys):
        check("alignment-8-argument", "Votes are one measure.", text(at_least=3, at_most=9))
        assert "A person reads and marks it." in capsys.readouterr().out
        assert "1 word" in failure("Votes", text(at_least=3), WrongKind)


class TestNumber:
    @pytest.mark.parametrize("answer", [18, 18.3, 17.7, np.float64(18), np.int32(18)])
    def test_the_tolerance_includes_its_ends(self, answer):
        check("i", answer, number().near(18.0, within=0.3))

    @pytest.mark.parametrize("answer", [True, np.bool_(True), "18", "18%", [18.0], 18j])
    def test_what_only_looks_like_a_number_is_refused(self, answer):
        failure(answer, number().near(18, within=20), WrongKind)

    @pytest.mark.parametrize("answer", [math.nan, math.inf, -math.inf, np.nan, 10**400])
    def test_nan_and_infinity_are_refused(self, answer):
        failure(answer, number().near(18, within=1e9), WrongKind)

    def test_the_percent_sign_in_a_text_is_named(self):
        assert "no per cent sign" in failure("18%", number(unit="percent"), WrongKind)

    def test_a_share_given_for_a_percentage_is_named(self):
        assert "share of one" in failure(0.18, number(unit="percent").near(18, within=0.3))
        assert "percentage" in failure(18, number(unit="share").near(0.18, within=0.003))

    def test_a_wrong_sign_is_named(self):
        assert "sign is wrong" in failure(6.8, number(unit="percent").near(-6.8, within=0.2))

    def test_a_value_out_of_range_is_refused(self):
        assert "outside" in failure(101, number(low=0, high=100), WrongKind)
        assert "not a whole number" in failure(19.5, number(whole=True), WrongKind)

    def test_a_range_of_right_values(self):
        check("i", 17, number().between(17, 19))
        failure(16.9, number().between(17, 19))

    @given(
        right=st.floats(-1e6, 1e6),
        within=st.floats(0.001, 1e3),
        step=st.floats(0, 1),
        sign=st.sampled_from([-1, 1]),
    )
    def test_law_of_the_tolerance(self, right, within, step, sign):
        kind = number().near(right, within=within)
        assert kind._judge(right + sign * step * within).share == 1
        beyond = right + sign * (within * (1.01 + step) + 1e-6 * max(1.0, abs(right)))
        assert kind._judge(beyond).share == 0

    def test_authors_slips_are_errors_in_words(self):
        with pytest.raises(ValueError, match="not both"):
            number().near(1, within=1, relative=0.1)
        with pytest.raises(ValueError, match="not one"):
            number(low=0).near(-1)
        with pytest.raises(TypeError, match="a kind"):
            check("i", 1, 1)


class TestChoosing:
    def test_the_reason_against_a_distractor_is_given(self):
        kind = choice("ab").right("b", reasons={"a": "Article 9 only says: consult."})
        assert "Article 9" in failure("A", kind)

    def test_a_misspelt_word_gets_the_nearest(self):
        assert "'z-score'" in failure("zscore", choice(["min-max", "z-score"]), WrongKind)

    def test_picks_that_do_not_belong_and_options_left_out_are_counted(self):
        said = failure(["a", "b"], choices("abc").right("ac", reasons={"b": "Trade only."}))
        assert "'b' does not belong: Trade only." in said
        assert "left out 1 option" in said

    def test_picking_everything_earns_less_than_picking_right(self):
        kind = choices("abcd").right("ab")
        assert kind._judge(frozenset("abcd")).share == 0
        assert kind._judge(frozenset("a")).share == 0.5

    @given(st.permutations("vwxyz"))
    def test_law_of_orderings(self, order):
        kind = ordering("vwxyz").right("vwxyz")
        share = kind._judge(order).share
        assert 0 <= share <= 1
        assert (share == 1) == (list(order) == list("vwxyz"))
        assert kind._judge(list(order[::-1])).share <= 1 - share

    def test_an_ordering_names_what_is_missing_or_twice(self):
        assert "Not in the list: 'z'" in failure(["x", "y"], ordering("xyz"), WrongKind)
        assert "More than once" in failure(["x", "y", "z", "z"], ordering("xyz"), WrongKind)


class TestLabelling:
    KIND = labelling(["t1", "t2", "t3", "t4"], codes=["assist", "consult"])
    RIGHT = MappingProxyType({"t1": "assist", "t2": "consult", "t3": "assist", "t4": "consult"})

    def test_a_text_left_open_counts_as_wrong(self, capsys):
        answer = self.RIGHT | {"t4": ...}
        assert grade("i", answer, self.KIND.right(self.RIGHT), points=4) == 3.0
        assert "Read again: 't4'" in capsys.readouterr().out

    def test_one_code_for_everything_earns_nothing_above_the_floor(self):
        same = dict.fromkeys(self.RIGHT, "assist")
        kind = self.KIND.right(dict(self.RIGHT), floor=0.5)
        with pytest.raises(CheckFailed):
            grade("i", same, kind, points=4)

    def test_the_reason_against_a_code_is_given(self, capsys):
        kind = self.KIND.right(dict(self.RIGHT), reasons={("t2", "assist"): "To consult is less."})
        grade("i", self.RIGHT | {"t2": "assist"}, kind, points=4)
        assert "To consult is less." in capsys.readouterr().out

    def test_an_unknown_code_or_text_is_named(self):
        assert "'t1'" in failure(self.RIGHT | {"t1": "help"}, self.KIND, WrongKind)
        assert "'t9' is not one" in failure(self.RIGHT | {"t9": "assist"}, self.KIND, WrongKind)


class TestTable:
    KIND = table(["year", "share"], key="year")

    def test_the_wrong_cell_is_named(self):
        said = failure(FRAME.assign(share=[0.1, 0.5, 0.3]), self.KIND.right(FRAME, within=0.01))
        assert "Column 'share' is wrong where year is 2018 (0.5 there)." in said

    def test_a_missing_value_is_not_zero(self):
        zero = FRAME.assign(share=[0.0, 0.2, 0.3])
        gap = FRAME.assign(share=[None, 0.2, 0.3])
        check("i", gap, self.KIND.right(gap))
        assert "a missing value there" in failure(gap, self.KIND.right(zero))
        assert "(0 there)" in failure(zero, self.KIND.right(gap))

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (FRAME.set_index("year"), "reset_index"),
            (FRAME.rename(columns={"share": "Share"}), "Did you mean 'Share'?"),
            (FRAME.assign(more=1), "not asked for: 'more'"),
            (pd.concat([FRAME, FRAME]), "Two rows have the same year"),
            (FRAME.assign(share=[[1], [2], [3]]), "Column 'share': It contains a list"),
            (FRAME["share"], "a Series of length 3, not a DataFrame"),
        ],
    )
    def test_wrong_shapes_are_named(self, answer, said):
        assert said in failure(answer, self.KIND, WrongKind)

    def test_missing_and_extra_rows_are_named(self):
        assert "No row for year is 2019." in failure(FRAME[:2], self.KIND.right(FRAME))
        assert "should not be there: year is 2019" in failure(FRAME, self.KIND.right(FRAME[:2]))

    @given(st.permutations(range(3)), st.permutations(["year", "share"]))
    def test_law_rows_and_columns_come_in_any_order(self, rows, columns):
        assert self.KIND.right(FRAME)._judge(self.KIND._read(FRAME.iloc[rows][columns])).share == 1

    def test_categories_dates_and_text_columns_are_read(self):
        frame = pd.DataFrame(
            {
                "who": pd.Categorical(["x", "y"]),
                "day": pd.to_datetime(["2022-02-04", "2022-02-24"]),
            }
        )
        check("i", frame, table(["who", "day"], key="who").right(frame.astype({"who": "str"})))


class TestFunction:
    KIND = KINDS["function"][0]

    def test_a_known_wrong_function_is_recognised(self):
        note = mistaken(unweighted, "The weights are not used.")
        assert "Probably: The weights are not used." in failure(
            lambda v, w: np.mean(v), self.KIND, mistakes=[note]
        )

    def test_another_wrong_function_is_not_taken_for_it(self):
        note = mistaken(unweighted, "The weights are not used.")
        said = failure(lambda v, w: 0.0, self.KIND, mistakes=[note])
        assert "weights are not used" not in said
        assert "It returns 0; 0.75 is right." in said

    def test_what_goes_wrong_inside_is_named(self):
        def mutates(values, weights):
            values.append(0)
            return 1.0

        def stops(values, weights):
            total = 0
            return values[99] + total

        assert "changes its input 'values'" in failure(mutates, self.KIND)
        assert "in line 3 of it with IndexError" in failure(stops, self.KIND)
        assert "prints its result" in failure(lambda v, w: print(1), self.KIND)
        assert "returns something else" in failure(lambda v, w: "1", self.KIND)
        assert "SystemExit" in failure(lambda v, w: sys.exit(), self.KIND)
        assert "returns nothing" in failure(lambda v, w: None, self.KIND, NotAnswered)
        assert "cannot be called with 2" in failure(lambda v: 1, self.KIND, WrongKind)
        assert "leave out the call" in failure(0.75, self.KIND, WrongKind)

    def test_nothing_reaches_the_screen_or_stderr(self, capfd):
        def noisy(values, weights):
            print("working")
            print("warning", file=sys.stderr)
            return np.float64(weighted(values, weights)) + 0 * np.log(0.0)

        failure(noisy, self.KIND)
        assert capfd.readouterr() == ("", "")

    def test_an_endless_loop_can_be_interrupted(self):
        def interrupted(values, weights):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            check("i", interrupted, self.KIND)

    def test_tables_go_in_and_out(self):
        kind = function("frame", returns=table(["year", "share"], key="year")).cases(
            case(FRAME, gives=FRAME[:1])
        )
        check("i", lambda frame: frame.query("year < 2018"), kind)
        assert "changes its input 'frame'" in failure(
            lambda frame: frame.drop(index=[1, 2], inplace=True), kind
        )


class TestSetting:
    def test_the_judge_may_explain(self):
        kind = setting(weight=number(low=0, high=1)).such_that(
            lambda weight: f"With {weight} 2019 stays above 2018.", "2019 ranks below 2018"
        )
        assert "With 0.4 2019 stays above 2018." in failure({"weight": 0.4}, kind)

    def test_a_misspelt_parameter_is_named(self):
        kind = setting(weight=number(low=0, high=1))
        assert "Did you mean 'weight'?" in failure({"weigth": 0.4}, kind, WrongKind)
        assert "Missing: 'weight'" in failure({}, kind, WrongKind)


class TestMistakes:
    NOTE = mistaken(near(3.0, within=0.6), "That is Russia's share.", again="lesson 01, Trade")

    def test_a_known_mistake_is_named_with_its_own_place(self):
        kind = number(unit="percent").near(18.0, within=0.3)
        said = failure(3.1, kind, mistakes=[self.NOTE], again="lesson 01")
        assert "Probably: That is Russia's share. Look again at: lesson 01, Trade." in said

    def test_a_mistake_never_costs_a_right_answer(self):
        check("i", 3.0, number().near(3.0, within=0.1), mistakes=[self.NOTE])

    @pytest.mark.parametrize("when", [2.0, lambda value: value == 2, number().near(2)])
    def test_three_ways_to_recognise_one(self, when):
        assert "Probably: Half." in failure(2, number().near(4), mistakes=[mistaken(when, "Half.")])

    def test_a_detector_that_stumbles_does_not_stop_the_check(self):
        note = mistaken(lambda value: value["x"], "never said")
        assert "never said" not in failure(2, number().near(4), mistakes=[note])


class TestMarks:
    @given(st.floats() | st.integers(), st.floats(0.5, 20), st.sampled_from([0.25, 0.5, 1]))
    def test_law_of_marks(self, share, points, step):
        earned = marks(share, points, step=step)
        assert type(earned) is float
        assert 0 <= earned <= points
        assert (earned == points) == (share == 1) or earned == 0

    @pytest.mark.parametrize("share", [math.nan, -1, 2, "1", None, True, [1]])
    def test_what_is_not_a_share_earns_nothing(self, share):
        assert marks(share, 5) == 0

    @pytest.mark.parametrize("name", PART_MARKS)
    def test_part_marks_of_every_kind_that_has_them(self, name):
        kind, right, wrong = KINDS[name]
        assert grade("i", right, kind, points=3) == 3.0
        with pytest.raises(CheckFailed):
            grade("i", wrong, kind, points=3)

    def test_a_kind_without_parts_is_an_authors_error(self):
        with pytest.raises(ValueError, match="partly right"):
            grade("i", 1, number().near(1), points=2)

    def test_partly_right_says_the_marks(self, capsys):
        assert grade("i", ["a"], choices("abc").right("ab"), points=3) == 1.5
        assert "partly right, 1.5 of 3 marks." in capsys.readouterr().out


class TestHostileAnswers:
    def test_oversized_answers_are_refused_in_words(self):
        for huge in ([0] * 10**6, {i: 0 for i in range(10**5)}, "x" * 10**7):
            failure(huge, listing(), WrongKind)
        failure(
            pd.DataFrame(np.zeros((10**6, 2)), columns=["year", "share"]), TestTable.KIND, WrongKind
        )

    def test_a_list_that_contains_itself_is_refused(self):
        loop = [1]
        loop.append(loop)
        failure(loop, listing(), WrongKind)
        failure(lambda v, w: loop, KINDS["function"][0])

    def test_repr_and_type_name_of_an_answer_are_not_trusted(self):
        class Liar(type):
            __name__ = "<script>"

            def __repr__(cls):
                raise SystemExit

        class Answer(metaclass=Liar):
            def __repr__(self):
                raise SystemExit

        assert "object of type Answer" in failure(Answer(), number(), WrongKind)

    def test_control_characters_are_shown_as_text(self):
        assert "\x1b" not in failure("\x1b[2J\x00", choice("ab"), WrongKind)

    @settings(max_examples=150, deadline=None)
    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.text()
            | st.binary()
            | st.just(...)
            | st.complex_numbers(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(st.text() | st.integers(), inner)
                | st.tuples(inner, inner)
                | st.builds(pd.Series, st.lists(inner), dtype=st.just(object))
            ),
            max_leaves=8,
        )
    )
    def test_law_any_plain_answer_is_judged_without_crash(self, answer):
        for kind, _, _ in KINDS.values():
            said = verdict(answer, kind)
            assert all(line.isprintable() for line in said.splitlines())


def test_a_failed_check_shows_its_message_and_no_traceback():
    failed = CheckFailed("line one\nline two")
    assert failed._render_traceback_() == ["line one", "line two"]


def test_lines_are_short_enough_for_nbgrader_to_show_whole():
    kind = choice("ab").right("b", reasons={"a": "word " * 60})
    with pytest.raises(CheckFailed) as caught:
        check("alignment-1-item", "a", kind)
    assert max(map(len, str(caught.value).splitlines())) <= 80


def test_the_language_stands_alone():
    """It is imported into kernels that judge other people's answers: nothing may come along."""
    with open(checks.__file__, encoding="utf-8") as source:
        tree = ast.parse(source.read())
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    others = {name.split(".")[0] for name in imported} - set(sys.stdlib_module_names)
    assert others == {"numpy", "pandas"}


def test_warnings_of_numpy_do_not_reach_stderr():
    code = (
        "import numpy as np\n"
        "from indopacific.checks import check, function, number\n"
        "check('i', lambda x: np.log(x - x) * 0 + 1, function('x').like(lambda x: 1, on=[(1.0,)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Warning" not in done.stderr
