"""Do two coders agree, and by more than chance? Kappa, alpha, and how sure one can be.

`kappa` compares two coders, `alpha` any number of them, of whom each may have left something out.
`bootstrap` says how far either could lie from its value if other sentences of the same kind had
been coded. A coefficient that has no value, because nobody used a second code, says so in words.

Notes
-----
Kappa is that of J. Cohen (1960), A coefficient of agreement for nominal scales, *Educational and
Psychological Measurement* 20(1), 37-46; with weights that of Cohen (1968), *Psychological
Bulletin* 70(4), 213-220. Alpha is that of K. Krippendorff. The formulas are written out below, and
the tests compare them with another library.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

LIMITS = (
    "Agreement is not truth: two coders who share a mistake agree.",
    "A coder who saw the sentences before writing the rules agrees with them by construction.",
    "Kappa and alpha depend on how often each code occurs. They are not comparable across texts.",
    "The interval treats the sentences as a sample of others like them. They were not drawn so.",
    "Left out: how hard a sentence is, and what a coder would say on another day.",
)

WEIGHTS = (None, "linear", "quadratic")
LEVELS = ("nominal", "ordinal")


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One coefficient, and what it is made of.

    Attributes
    ----------
    name : str
        "kappa", "weighted kappa" or "alpha".
    value : float or None
        At most 1: full agreement. 0: as by chance. None: it is not defined; see `why`.
    observed, expected : float or None
        The agreement found, and that which chance would give, from 0 to 1. For weights and
        ordinal codes a near miss counts in part, so these are not shares of sentences.
    units : int
        Sentences that count: those with at least two codes.
    why : str
        Why there is no value; "" when there is one.
    """

    name: str
    value: float | None
    observed: float | None
    expected: float | None
    units: int
    why: str = ""

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.name} is not defined: {self.why}"
        return (
            f"{self.name} {self.value:.2f} over {self.units} sentences "
            f"(agreement {self.observed:.2f}, by chance {self.expected:.2f})"
        )


@dataclass(frozen=True, kw_only=True)
class Interval:
    """What `bootstrap` found.

    Attributes
    ----------
    of : Agreement
        The coefficient of the sentences themselves.
    low, high : float or None
        Ends of the interval; None when there is none, see `why`.
    share : float
        How much of the resamples lies in it, such as 0.95.
    times : int
        Resamples drawn.
    undefined : int
        Resamples in which the coefficient has no value. They are left out of the interval.
    why : str
        Why there is no interval; "" when there is one.
    """

    of: Agreement
    low: float | None
    high: float | None
    share: float
    times: int
    undefined: int
    why: str = ""

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"no interval: {self.why}"
        return f"{self.low:.2f} to {self.high:.2f} in {self.share:.0%} of {self.times:,} resamples"


def kappa(
    first: Sequence[Any] | pd.Series,
    second: Sequence[Any] | pd.Series,
    *,
    weights: str | None = None,
) -> Agreement:
    """Return Cohen's kappa of two coders.

    Parameters
    ----------
    first, second : sequence or Series
        The codes of the same sentences in the same order. A sentence that either left out (None
        or NaN) does not count. Two Series must have the same index.
    weights : {None, "linear", "quadratic"}
        None: every disagreement counts the same. Otherwise the codes are numbers, and a
        disagreement counts by the distance, or by its square.

    Returns
    -------
    Agreement
        With ``value = (observed - expected) / (1 - expected)``.

    Raises
    ------
    ValueError
        When the two are not of one length, their indexes differ, `weights` is unknown, or
        weighted codes are not numbers.

    Examples
    --------
    >>> print(kappa(["CHA", "CHA", "ENG", "COE"], ["CHA", "COE", "ENG", "COE"]))
    kappa 0.64 over 4 sentences (agreement 0.75, by chance 0.31)
    """
    if weights not in WEIGHTS:
        raise ValueError(f"weights must be None, 'linear' or 'quadratic'; got {weights!r}.")
    name = "weighted kappa" if weights else "kappa"
    one, other = _aligned(first, second)
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if not (_missing(a) or _missing(b))]
    if not pairs:
        return _undefined(name, 0, "no sentence has a code from both coders.")
    codes = _codes(chain.from_iterable(pairs), numbers=weights is not None, what="weights")
    places = {code: place for place, code in enumerate(codes)}
    together = np.zeros((len(codes), len(codes)))
    for a, b in pairs:
        together[places[a], places[b]] += 1
    together /= len(pairs)
    apart = _apart(codes, weights)
    chance = np.outer(together.sum(axis=1), together.sum(axis=0))
    missed, by_chance = float((together * apart).sum()), float((chance * apart).sum())
    if by_chance == 0:
        why = f"both coders gave every sentence the code {codes[0]}, so chance alone would agree."
        return _undefined(name, len(pairs), why, observed=1.0, expected=1.0)
    return Agreement(
        name=name,
        value=1 - missed / by_chance,
        observed=1 - missed,
        expected=1 - by_chance,
        units=len(pairs),
    )


def alpha(codes: pd.DataFrame | Sequence[Sequence[Any]], *, level: str = "nominal") -> Agreement:
    """Return Krippendorff's alpha of any number of coders.

    Parameters
    ----------
    codes : DataFrame or sequence of rows
        One row a sentence, one column a coder. A code that is missing (None or NaN) is left out;
        a sentence with fewer than two codes does not count.
    level : {"nominal", "ordinal"}
        Nominal: two codes are equal or not. Ordinal: the codes are numbers, of which only the
        order matters.

    Returns
    -------
    Agreement
        With ``value = 1 - D / E``: the disagreement within sentences over that among all codes,
        whoever gave them to whichever sentence.

    Raises
    ------
    ValueError
        When `level` is unknown, there are fewer than two coders, or ordinal codes are not numbers.

    Examples
    --------
    >>> print(alpha([["CHA", "CHA"], ["ENG", "ENG"], ["COE", None], ["COE", "CHA"]]))
    alpha 0.55 over 3 sentences (agreement 0.67, by chance 0.27)
    """
    if level not in LEVELS:
        raise ValueError(f"level must be 'nominal' or 'ordinal'; got {level!r}.")
    table = list(codes.itertuples(index=False)) if isinstance(codes, pd.DataFrame) else codes
    if any(len(row) < 2 for row in table):
        raise ValueError("alpha compares coders: give each sentence at least two codes or None.")
    rows = [[code for code in row if not _missing(code)] for row in table]
    rows = [row for row in rows if len(row) > 1]
    if not rows:
        return _undefined("alpha", 0, "no sentence has codes from two coders.")
    used = _codes(chain.from_iterable(rows), numbers=level == "ordinal", what="level='ordinal'")
    places = {code: place for place, code in enumerate(used)}
    counts = np.zeros((len(rows), len(used)))
    for unit, row in enumerate(rows):
        for code in row:
            counts[unit, places[code]] += 1
    # Each sentence weighs as many codes as it has: its pairs are shared out among them.
    shares = 1 / (counts.sum(axis=1) - 1)
    together = (counts * shares[:, None]).T @ counts - np.diag((counts * shares[:, None]).sum(0))
    totals = counts.sum(axis=0)
    apart = _steps(totals) if level == "ordinal" else 1 - np.eye(len(used))
    pairs = np.outer(totals, totals) / (totals.sum() - 1)
    missed, by_chance = float((together * apart).sum()), float((pairs * apart).sum())
    if by_chance == 0:
        why = f"every code given is {used[0]}, so there is nothing on which one could disagree."
        return _undefined("alpha", len(rows), why, observed=1.0, expected=1.0)
    whole = totals.sum() * (apart.max() or 1)
    return Agreement(
        name="alpha",
        value=1 - missed / by_chance,
        observed=1 - missed / whole,
        expected=1 - by_chance / whole,
        units=len(rows),
    )


def draws(units: int, *, seed: int, times: int = 2000) -> np.ndarray:
    """Return which sentences stand in each resample.

    Parameters
    ----------
    units : int
        How many sentences there are; at least one.
    seed : int
    times : int
        How many resamples.

    Returns
    -------
    ndarray of int, shape (times, units)
        Places from 0 to ``units - 1``, drawn with replacement.

    Raises
    ------
    ValueError
        When either number is below 1.
    """
    if units < 1 or times < 1:
        raise ValueError(f"Draw from at least one sentence, once; got {units} and {times}.")
    return np.random.default_rng(seed).integers(0, units, size=(times, units))


def bootstrap(
    measure: Callable[..., Agreement],
    *codes: Any,
    seed: int,
    times: int = 2000,
    share: float = 0.95,
    **options: Any,
) -> Interval:
    """Return the interval of a coefficient over resampled sentences.

    Parameters
    ----------
    measure : callable
        `kappa` or `alpha`.
    *codes
        What it takes: two coders' codes, or one table.
    seed : int
    times : int
        How many resamples are drawn; see `draws`.
    share : float
        How much of them the interval holds, in equal parts from either side of the middle.
    **options
        For `measure`, such as ``weights="quadratic"``.

    Returns
    -------
    Interval
        A resample in which the coefficient is not defined is left out and counted. If more than
        half are, or if the sentences themselves have no coefficient, there is no interval.

    Raises
    ------
    ValueError
        As by `measure`; or when `share` is not between 0 and 1.

    Examples
    --------
    >>> key = ["CHA", "CHA", "ENG", "ENG", "COE", "COE"]
    >>> print(bootstrap(kappa, key, ["CHA", "COE", "ENG", "ENG", "COE", "COE"], seed=1))
    0.20 to 1.00 in 95% of 2,000 resamples
    """
    if not 0 < share < 1:
        raise ValueError(f"share must lie between 0 and 1, such as 0.95; got {share:g}.")
    whole = measure(*codes, **options)
    if whole.value is None:
        return Interval(
            of=whole, share=share, times=times, low=None, high=None, undefined=times, why=whole.why
        )
    tables = [each if isinstance(each, pd.DataFrame) else list(each) for each in codes]
    found = []
    for places in draws(len(tables[0]), seed=seed, times=times):
        drawn = measure(*(_taken(table, places) for table in tables), **options)
        found += [] if drawn.value is None else [drawn.value]
    undefined = times - len(found)
    if undefined > times / 2:
        why = f"in {undefined} of {times} resamples the coefficient has no value."
        return Interval(
            of=whole, share=share, times=times, low=None, high=None, undefined=undefined, why=why
        )
    low, high = np.quantile(found, [(1 - share) / 2, (1 + share) / 2])
    return Interval(
        of=whole, share=share, times=times, low=float(low), high=float(high), undefined=undefined
    )


def confusion(
    first: Sequence[Any] | pd.Series,
    second: Sequence[Any] | pd.Series,
    *,
    order: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Count how often each code of one coder met each code of the other.

    Parameters
    ----------
    first, second : sequence or Series
        As for `kappa`.
    order : sequence, optional
        All codes in their order; without it those that were used, sorted.

    Returns
    -------
    DataFrame of int
        Index: the first coder's codes. Columns: the second's, in the same order.

    Raises
    ------
    ValueError
        When a code is not in `order`, or the two are not of one length.
    """
    one, other = _aligned(first, second)
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if not (_missing(a) or _missing(b))]
    used = _codes(chain.from_iterable(pairs), numbers=False, what="")
    known = used if order is None else list(order)
    if strange := [code for code in used if code not in known]:
        raise ValueError(f"The code {strange[0]!r} is not among {', '.join(map(str, known))}.")
    table = pd.DataFrame(0, index=known, columns=known)
    for a, b in pairs:
        table.loc[a, b] += 1
    return table


def _aligned(first: Any, second: Any) -> tuple[list[Any], list[Any]]:
    if (
        isinstance(first, pd.Series)
        and isinstance(second, pd.Series)
        and not first.index.equals(second.index)
    ):
        raise ValueError("The two coders' Series have different indexes: sort both by sentence.")
    one, other = list(first), list(second)
    if len(one) != len(other):
        raise ValueError(
            f"The first coder has {len(one)} codes and the second {len(other)}: "
            "give both for the same sentences, None where one is missing."
        )
    return one, other


def _missing(code: Any) -> bool:
    return code is None or code is pd.NA or code is pd.NaT or code != code


def _codes(used: Any, *, numbers: bool, what: str) -> list[Hashable]:
    """Return the codes used, in order: by size where they must be numbers."""
    codes = set(used)
    if not numbers:
        return sorted(codes, key=str)
    for code in codes:
        if isinstance(code, bool | str) or not isinstance(code, int | float | np.number):
            raise ValueError(f"{what} needs codes that are numbers, such as -2 to 2; got {code!r}.")
    return sorted(codes)


def _apart(codes: Sequence[Any], weights: str | None) -> np.ndarray:
    """Return how far each two codes lie apart, from 0 to 1."""
    if weights is None:
        return 1 - np.eye(len(codes))
    values = np.asarray(codes, dtype=float)
    distance = np.abs(values[:, None] - values)
    if distance.max() > 0:
        distance = distance / distance.max()
    return distance if weights == "linear" else distance**2


def _steps(totals: np.ndarray) -> np.ndarray:
    """Return the ordinal distance of each two codes: how many codes lie between, squared."""
    until = np.cumsum(totals) - totals / 2
    return (until[:, None] - until) ** 2


def _taken(table: Any, places: np.ndarray) -> Any:
    if isinstance(table, pd.DataFrame):
        return table.iloc[places]
    return [table[place] for place in places]


def _undefined(
    name: str,
    units: int,
    why: str,
    *,
    observed: float | None = None,
    expected: float | None = None,
) -> Agreement:
    return Agreement(
        name=name, value=None, observed=observed, expected=expected, units=units, why=why
    )
