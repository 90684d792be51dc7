"""Functions: what they return, and what goes wrong inside them."""

import subprocess
import sys

import numpy as np
import pytest

from indopacific.checks import NotAnswered, WrongKind, case, function, mistaken, table
from indopacific.checks.marking import check
from tests.checks.examples import FRAME, KINDS, failure, unweighted, weighted


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
        assert "Came: for ([0, 1], [1, 3]) it returned 0; 0.75 is right." in said

    def test_what_goes_wrong_inside_is_named(self):
        def mutates(values, weights):
            values.append(0)
            return 1.0

        def stops(values, weights):
            total = 0
            return values[99] + total

        assert "changes its input 'values'" in failure(mutates, self.KIND)
        said = failure(stops, self.KIND)
        assert "for ([0, 1], [1, 3]) it stopped in line 3 of it with IndexError" in said
        assert "prints its result" in failure(lambda v, w: print(1), self.KIND)
        assert "returned something of another kind" in failure(lambda v, w: "1", self.KIND)
        assert "SystemExit" in failure(lambda v, w: sys.exit(), self.KIND)
        assert "returns nothing" in failure(lambda v, w: None, self.KIND, NotAnswered)
        assert "cannot be called with 2" in failure(lambda v: 1, self.KIND, WrongKind)
        assert "leave out the call" in failure(0.75, self.KIND, WrongKind)

    def test_a_rounded_result_is_told_from_a_wrong_one(self):
        kind = function("x").cases(case(1, gives=2 / 3))
        rounded = "That is the right value, rounded."
        assert rounded in failure(lambda x: 0.67, kind)
        assert rounded in failure(lambda x: 0.6667, kind)
        assert rounded not in failure(lambda x: 0.66, kind)
        check("i", lambda x: 1 - 1 / 3, kind)

    def test_a_rounded_result_sends_nobody_back_to_the_lesson(self):
        kind = function("x").cases(case(1, gives=2 / 3))
        assert "Look again" not in failure(lambda x: 0.67, kind, again="lesson 01")
        assert "Look again at: lesson 01." in failure(lambda x: 0.66, kind, again="lesson 01")

    def test_the_line_of_an_error_in_another_process_is_told(self):
        def stops(values, weights):
            error = ValueError("no")
            error.learner_line = 7
            raise error from None

        assert "it stopped in line 7 of it with ValueError: no" in failure(stops, self.KIND)

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


def test_warnings_of_numpy_do_not_reach_stderr():
    code = (
        "import numpy as np\n"
        "from indopacific.checks import check, function, number\n"
        "check('i', lambda x: np.log(x - x) * 0 + 1, function('x').like(lambda x: 1, on=[(1.0,)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Warning" not in done.stderr
