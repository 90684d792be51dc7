"""What is said of a guess: never a wrong direction, never a difference made up or hidden."""

import doctest
import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indopacific.figures import guesses, wording
from indopacific.figures.guesses import POINTS, SHARE, TIV, WHOLE_SHARE, Unit

UNITS = [unit for unit in vars(guesses).values() if isinstance(unit, Unit)]
numbers = st.floats(-1e7, 1e7, allow_nan=False)
units = st.sampled_from(UNITS)
names = st.sampled_from("abcdefgh")
many_years = st.dictionaries(st.integers(1990, 2030), numbers, min_size=1)
# Half of them next to each other, where rounding could hide or turn a difference.
pairs = numbers.flatmap(
    lambda data: st.tuples(
        st.just(data), numbers | st.floats(-1e-3, 1e-3).map(lambda little: data + little)
    )
)


@pytest.mark.parametrize("module", [guesses, wording], ids=lambda module: module.__name__)
def test_the_examples_are_true(module):
    found = doctest.testmod(module)
    assert found.attempted > 5
    assert found.failed == 0


# ---------------------------------------------------------------- a number


@given(pairs, units)
def test_the_direction_is_that_of_the_numbers(pair, unit):
    data, guess = pair
    said = guesses.number(guess, data, unit)
    assert ("too high" in said) == (guess > data)
    assert ("too low" in said) == (guess < data)
    assert ("so do the data" in said) == (guess == data)


@given(pairs, units)
def test_a_difference_is_neither_nothing_nor_other_than_what_is_written(pair, unit):
    data, guess = pair
    assume(guess != data)
    said = guesses.number(guess, data, unit)
    apart = unit.apart(guess, data)
    written = abs(unit.rounded(guess) - unit.rounded(data))
    assert apart in said
    assert ("less than" in apart) == (written == 0)
    number = float(re.search(r"[\d,.]*\d", apart).group().replace(",", ""))
    assert number > 0
    if written:
        assert math.isclose(number, written, abs_tol=0.51 * 10**-unit.decimals)


@given(numbers, units)
def test_a_missing_figure_is_no_verdict(guess, unit):
    said = guesses.number(guess, math.nan, unit)
    assert "no figure" in said
    assert "too" not in said
    assert unit.write(guess) in said


@pytest.mark.parametrize("guess", [math.nan, math.inf, -math.inf])
def test_a_guess_that_is_no_number_is_refused(guess):
    for compare in (guesses.number, guesses.move):
        with pytest.raises(ValueError, match="finite"):
            compare(guess, 1.0, POINTS)
    with pytest.raises(ValueError, match="finite"):
        guesses.line({2001: guess}, {2001: 1.0}, POINTS)


def test_zero_is_written_without_a_minus():
    assert guesses.number(-0.0001, 0.5, SHARE).startswith("You said 0.0%;")


@pytest.mark.parametrize(("guess", "data"), [(0, 1), (1, 0), (0, 0.38), (1, 0.38), (50, 0.38)])
def test_guesses_at_and_beyond_the_ends(guess, data):
    said = guesses.number(guess, data, WHOLE_SHARE)
    points = round(100 * guess) - round(100 * data)
    assert f"{abs(points):,} percentage points too {'high' if points > 0 else 'low'}" in said


# ---------------------------------------------------------------- a rise or fall


@given(pairs, units)
def test_a_rise_is_never_called_a_fall(pair, unit):
    data, guess = pair
    said = guesses.move(guess, data, unit)
    start, _, rest = said.partition("; the data show")
    for change, text in ((guess, start), (data, rest)) if rest else ((guess, start),):
        assert ("rise" in text) == (change > 0)
        assert ("fall" in text) == (change < 0)
    assert ("the other direction" in said) == (guess * data < 0)
    if guess != data and guess * data >= 0:
        assert said.endswith("more.") == (abs(data) > abs(guess))
        assert said.endswith("less.") == (abs(data) < abs(guess))


# ---------------------------------------------------------------- a line


@given(many_years, many_years, units)
def test_a_line_is_compared_where_both_have_a_figure(guess, data, unit):
    said = guesses.line(guess, data, unit)
    both = [year for year in guess if year in data]
    assert ("no figure" in said) == (len(both) < len(guess))
    if not both:
        assert "too" not in said
        return
    worst = max(abs(guess[year] - data[year]) for year in both)
    if worst == 0:
        assert "as in the data" in said
        return
    (year,) = map(int, re.findall(r"(?:Farthest off is|In) (\d{4}):", said))
    assert abs(guess[year] - data[year]) == worst
    assert ("too high" in said) == (guess[year] > data[year])


@given(many_years, units)
def test_the_datas_own_line_is_right(data, unit):
    assert "too" not in guesses.line(data, data, unit)
    assert "as in the data" in guesses.line(data, data, unit)


def test_a_line_counts_the_years_above_below_and_on():
    said = guesses.line(
        {2001: 2, 2002: 2, 2003: 0, 2004: 1, 2005: 9}, dict.fromkeys(range(2001, 2005), 1.0), TIV
    )
    assert said.startswith(
        "Of four years that you drew, two lie above the data and one below, one on it."
    )
    assert said.endswith("There is no figure for 2005.")


def test_a_line_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one year"):
        guesses.line({}, {2001: 1.0}, TIV)


# ---------------------------------------------------------------- an order


@given(st.dictionaries(names, st.integers(0, 4), min_size=2), st.data())
def test_an_order_is_right_only_if_it_sorts_the_data(data, draw):
    guess = draw.draw(st.permutations(sorted(data)))
    said = guesses.order(guess, data)
    values = [data[name] for name in guess]
    assert ("Your order is right" in said) == (values == sorted(values, reverse=True))


@given(st.dictionaries(names, st.integers(0, 4), min_size=2), st.data())
def test_too_high_means_nearer_to_the_top_than_it_is(data, draw):
    guess = draw.draw(st.permutations(sorted(data)))
    said = guesses.order(guess, data)
    if "right" in said:
        return
    name, side = re.search(r"(\w) is farthest off: .* too (\w+)\)", said).groups()
    above = sum(value > data[name] for value in data.values())
    not_below = sum(value >= data[name] for value in data.values())
    at = guess.index(name) + 1
    assert at < above + 1 if side == "high" else at > not_below


def test_equal_numbers_may_stand_in_either_order():
    assert guesses.order(["a", "b"], {"a": 1, "b": 1}) == "Your order is right: a, b."
    assert guesses.order(["b", "a"], {"a": 1, "b": 1}) == "Your order is right: b, a."


@pytest.mark.parametrize(
    ("guess", "match"),
    [(["a"], "two names"), (["a", "a"], "each once"), (["a", "x"], "no figure for x")],
)
def test_an_order_that_cannot_be_compared_is_refused(guess, match):
    with pytest.raises(ValueError, match=match):
        guesses.order(guess, {"a": 1.0, "b": 2.0})


# ---------------------------------------------------------------- none


@pytest.mark.parametrize("guess", [None, {}, [], {"a": None}])
def test_without_a_guess_nothing_is_said(guess):
    assert guesses.given(guess) is None
    assert guesses.answer(guess, 1.0, TIV) == ""
