"""Small words that every figure needs: counts, lists and shares as a sentence has them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WITH_ARTICLE = {"USA", "DPRK", "EU", "UK"}


def count(number: int, noun: str = "") -> str:
    """Return a count in words up to ten, with its noun in the plural where it belongs.

    Examples
    --------
    >>> count(1, "measure"), count(11, "vote"), count(0)
    ('one measure', '11 votes', 'no')
    """
    said = _COUNTS[number] if number < len(_COUNTS) else str(number)
    return f"{said} {noun}{'' if number == 1 else 's'}" if noun else said


def times(number: int) -> str:
    """Return how often: once, twice, three times.

    Examples
    --------
    >>> times(0), times(2), times(12)
    ('never', 'twice', '12 times')
    """
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{count(number)} times")


def ordinal(place: int) -> str:
    """Return a place in figures.

    Examples
    --------
    >>> ordinal(1), ordinal(2), ordinal(11), ordinal(23)
    ('1st', '2nd', '11th', '23rd')
    """
    teen = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def listed(names: Sequence[object]) -> str:
    """Return names as a sentence lists them.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed([2009, 2015]), listed([])
    ('a, b and c', '2009 and 2015', 'none')
    """
    said = [str(name) for name in names]
    if len(said) < 2:
        return said[0] if said else "none"
    return f"{', '.join(said[:-1])} and {said[-1]}"


def runs(years: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of consecutive years, each with its first and last.

    Examples
    --------
    >>> runs([2000, 2001, 2003])
    [(2000, 2001), (2003, 2003)]
    """
    found: list[tuple[int, int]] = []
    for year in sorted(years):
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def spans(years: Sequence[int]) -> str:
    """Return years as a sentence lists them, runs as from-to.

    Examples
    --------
    >>> spans([2000, 2001, 2003])
    '2000-2001 and 2003'
    """
    return listed([f"{a}-{b}" if b > a else a for a, b in runs(years)])


def percent(share: float) -> str:
    """Return a share in percent, with one decimal where it is needed.

    Four weights of 12% and 62% would not seem to add up; 12.5% and 62.5% do.

    Examples
    --------
    >>> percent(0.25), percent(0.125)
    ('25%', '12.5%')
    """
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def points(move: float) -> str:
    """Return a rise or fall in percentage points, with its sign.

    Examples
    --------
    >>> points(-12.24), points(0.7), points(-0.04)
    ('-12.2 points', '+0.7 points', 'less than 0.1 points')
    """
    return f"{move:+.1f} points" if abs(move) >= 0.05 else "less than 0.1 points"


def in_100(share: float) -> str:
    """Return a share as so many of 100, never rounded to none or to all.

    Examples
    --------
    >>> in_100(0.114), in_100(0.0), in_100(0.001), in_100(0.999)
    ('11 of 100', 'none of 100', 'fewer than 1 of 100', 'more than 99 of 100')
    """
    if 0 < share < 0.005:
        return "fewer than 1 of 100"
    if 0.995 < share < 1:
        return "more than 99 of 100"
    return f"{100 * share:.0f} of 100" if share else "none of 100"


def between(values: Collection[float], write: Callable[[float], str]) -> str:
    """Return the lowest and the highest of some numbers, or the only one.

    Examples
    --------
    >>> between([0.2, 0.5, 0.3], "{:.0%}".format), between([0.2], "{:.0%}".format)
    ('20% to 50%', '20%')
    """
    low, high = (write(end(values)) for end in (min, max))
    return low if low == high else f"{low} to {high}"


def the(state: str) -> str:
    """Return the name of a state as a sentence has it.

    Examples
    --------
    >>> the("DPRK"), the("China")
    ('the DPRK', 'China')
    """
    return f"the {state}" if state in _WITH_ARTICLE else state


def sentence(text: str) -> str:
    """Return a text with a capital first letter; the rest stays.

    Examples
    --------
    >>> sentence("allies by treaty of the USA")
    'Allies by treaty of the USA'
    """
    return text[:1].upper() + text[1:]
