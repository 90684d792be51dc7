"""Functions of plain data, called on copies and judged by what they return."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .answers import plain
from .comparing import EXACT, Tolerance
from .kind import Kind, distinct_words, read_safely
from .limits import FUNCTION_TYPES
from .numbers import number
from .verdicts import Blank, Refused, Verdict
from .wording import count, describe, shown, type_name


@dataclass(frozen=True, init=False)
class case:
    """One call of a function, and what it should give.

    Parameters
    ----------
    *arguments
        Plain data, DataFrames or Series.
    gives
        The right result.
    """

    arguments: tuple[Any, ...]
    gives: Any

    def __init__(self, *arguments: Any, gives: Any) -> None:
        object.__setattr__(self, "arguments", arguments)
        object.__setattr__(self, "gives", gives)


@dataclass(frozen=True)
class _Call:
    """What one call of a learner's function did: a result, or in words what went wrong."""

    result: Any = None
    problem: str = ""
    advice: str = ""
    nothing: bool = False


@dataclass(frozen=True, init=False)
class function(Kind):
    """A function of plain data, judged by what it returns.

    Parameters
    ----------
    *parameters : str
        Their names, in order; the function is called by position.
    returns : kind
        What it returns; `number()` unless told otherwise.
    """

    parameters: tuple[str, ...]
    returns: Kind
    wanted: tuple[case, ...]
    tolerance: Tolerance

    def __init__(
        self,
        *parameters: str,
        returns: Kind | None = None,
        wanted: tuple[case, ...] = (),
        tolerance: Tolerance = EXACT,
    ) -> None:
        object.__setattr__(self, "parameters", distinct_words(parameters))
        object.__setattr__(self, "returns", returns or number())
        object.__setattr__(self, "wanted", wanted)
        object.__setattr__(self, "tolerance", tolerance)

    def cases(self, *calls: case, within: float = 0.0, relative: float = 0.0) -> function:
        """Judge the function by calls whose right results are given."""
        if not calls:
            raise ValueError("give at least one case")
        for call in calls:
            if len(call.arguments) != len(self.parameters):
                raise ValueError(f"a case needs {len(self.parameters)} arguments: {call}")
        wanted = tuple(
            case(*call.arguments, gives=self.returns._own_answer(call.gives)) for call in calls
        )
        return function(
            *self.parameters,
            returns=self.returns,
            wanted=wanted,
            tolerance=Tolerance(within, relative),
        )

    def like(
        self,
        reference: Callable[..., Any],
        *,
        on: Iterable[tuple[Any, ...]],
        within: float = 0.0,
        relative: float = 0.0,
    ) -> function:
        """Judge the function by comparing it with a right one on the given arguments."""
        calls = [case(*args, gives=reference(*copy.deepcopy(args))) for args in on]
        return self.cases(*calls, within=within, relative=relative)

    @property
    def _expects(self) -> str:
        return f"a function of ({', '.join(self.parameters)}) that returns {self.returns._expects}"

    @property
    def _answered(self) -> bool:
        return bool(self.wanted)

    def _show(self, value: Any) -> str:
        return "a function"

    def _passed(self) -> str:
        return f"right on the {count(len(self.wanted), 'input')} tried here."

    def _read(self, answer: Any) -> Any:
        if type(answer) not in FUNCTION_TYPES:
            raise Refused(
                f"This is {describe(answer)}, not a function. Write "
                f"`def name({', '.join(self.parameters)}):` and leave out the call."
            )
        try:
            inspect.signature(answer).bind(*self.parameters)
        except TypeError:
            raise Refused(
                f"It cannot be called with {count(len(self.parameters), 'argument')}: "
                f"({', '.join(self.parameters)})."
            ) from None
        except Exception:
            return answer  # a built-in without a signature: the call itself will tell
        return answer

    def _call(self, answer: Any, arguments: tuple[Any, ...]) -> _Call:
        """Call a function on copies of the arguments, and say in words what went wrong."""
        given = copy.deepcopy(arguments)
        printed = io.StringIO()
        try:
            with (
                contextlib.redirect_stdout(printed),
                contextlib.redirect_stderr(io.StringIO()),
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("ignore")
                result = answer(*given)
        except KeyboardInterrupt:
            raise  # this is how a grader stops an endless loop
        except BaseException as error:
            line = _line_of(error, getattr(answer, "__code__", None))
            return _Call(problem=f"it stopped{line} with {_error_text(error)}")
        changed = [
            name
            for name, a, b in zip(self.parameters, arguments, given, strict=True)
            if not _same(a, b)
        ]
        if changed:
            return _Call(problem=f"it changes its input {changed[0]!r}", advice="Work on a copy.")
        if result is None and printed.getvalue().strip():
            return _Call(
                problem="it prints its result instead of returning it", advice="Use `return`."
            )
        if result is None or result is ...:
            return _Call(
                problem="it returned nothing",
                advice="`return` is missing there, or the function is not written yet.",
                nothing=True,
            )
        try:
            return _Call(result=read_safely(self.returns, result))
        except Refused as problem:
            return _Call(problem="it returned something of another kind", advice=str(problem))

    def _judge(self, value: Any) -> Verdict:
        calls = [self._call(value, c.arguments) for c in self.wanted]
        if all(c.nothing for c in calls):
            raise Blank(
                "The function returns nothing (None): it is not written yet, or `return` "
                "is missing."
            )
        for done, wanted in zip(calls, self.wanted, strict=True):
            at = f"for ({', '.join(_shown_argument(a) for a in wanted.arguments)}) "
            if done.problem:
                return Verdict(0.0, at + done.problem, done.advice)
            if not self.tolerance.agrees(done.result, wanted.gives):
                gave = self.returns._show(done.result)
                due = self.returns._show(wanted.gives)
                words = f"it returned {gave}; {due} is right"
                if gave == due:
                    words = f"it returned {gave} with a wrong value inside"
                rounded = _rounded(done.result, wanted.gives)
                return Verdict(0.0, at + words, rounded, understood=bool(rounded))
        return Verdict(1.0, "a function")

    def _behaves_like(self, value: Any, alternative: Callable[..., Any]) -> bool:
        """Whether a function gives on every case what a known wrong one gives."""
        for wanted in self.wanted:
            mine = self._call(value, wanted.arguments)
            other = self._call(alternative, wanted.arguments)
            if mine.problem or other.problem:
                if mine.problem != other.problem:
                    return False
            elif not self.tolerance.agrees(mine.result, other.result):
                return False
        return True


def _rounded(came: Any, wanted: Any) -> str:
    """Say so if a result is the right one, rounded."""
    if type(came) in (int, float) and type(wanted) is float and abs(wanted) < 1e15:
        for decimals in range(2, 9):
            if came == round(wanted, decimals):
                return "That is the right value, rounded. Return it as it is."
    return ""


def _same(before: Any, after: Any) -> bool:
    """Whether an argument is still what it was."""
    if isinstance(before, pd.DataFrame):
        return type(after) is pd.DataFrame and before.equals(after)
    if isinstance(before, pd.Series):
        return type(after) is pd.Series and before.equals(after)
    if isinstance(before, np.ndarray):
        return type(after) is np.ndarray and np.array_equal(before, after, equal_nan=True)
    try:
        return EXACT.agrees(plain(after), plain(before))
    except Refused:
        return False


def _line_of(error: BaseException, code: Any) -> str:
    """Say in which line of the learner's function an error was raised."""
    # A function in another process has no traceback here; its line comes with the error.
    told = object.__getattribute__(error, "__dict__").get("learner_line")
    if type(told) is int:
        return f" in line {told} of it"
    step, line = error.__traceback__, 0
    while step is not None:
        if code is not None and step.tb_frame.f_code is code:
            line = step.tb_lineno - code.co_firstlineno + 1
        step = step.tb_next
    return f" in line {line} of it" if line > 0 else ""


def _error_text(error: BaseException) -> str:
    said = error.args[0] if error.args and type(error.args[0]) is str else ""
    return type_name(error) + (f": {shown(said)[1:-1]}" if said else "")


def _shown_argument(value: Any) -> str:
    if isinstance(value, pd.DataFrame | pd.Series):
        return describe(value)
    return shown(value.tolist() if isinstance(value, np.ndarray) else value, 40, most=10)
