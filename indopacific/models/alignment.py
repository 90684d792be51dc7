"""How close are two states, and by which measure? Vote agreement and a composite index.

Two small models. `agreement` compares two voting records by one of five scoring rules; `scores`
and `pooled` do so from counts of roll calls, `distances` compares ideal points, and `indicators`
lays the four measures of one pair side by side. `composite_index` puts several indicators on one
scale, weighs them and adds them up; its uncertainty says how far the answer follows from the
weights rather than from the data.

Notes
-----
The steps of the composite index (normalisation, weighting, aggregation, uncertainty) follow
Nardo, Saisana, Saltelli, Tarantola, Hoffmann and Giovannini, *Handbook on Constructing
Composite Indicators* (OECD/JRC 2008, ISBN 978-92-64-04345-9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indopacific.models.parameters import Parameters, choice, real

INDICATORS = ("trade", "votes", "ideal_points", "arms")

LIMITS = (
    "The weights are value judgements. No data can say which are right.",
    "Min-max and ranks compare the years of this sample only: add a year and every value may move.",
    "Votes and ideal points are made from the same roll calls. Weighing both counts them twice.",
    "A linear index lets a high value buy back a low one. A geometric index does so less.",
    "The spread of the weights is a choice too: try several before you quote a band.",
    "Left out: treaties, exercises, wartime support, and all that no indicator here records.",
)

COUNTS = ("joint_votes", "same", "opposed", "yes_no_votes")

_SCORES = {"yes": 2, "abstain": 1, "no": 0}
RULES = ("strict", "half", "yes-no", "s-score", "scott-pi")


@dataclass(frozen=True, kw_only=True)
class AlignmentParameters(Parameters):
    """Settings of the composite index; the four weights count relative to one another."""

    trade: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Weight of trade",
        meaning="How much China's share of Russia's goods trade counts.",
    )
    votes: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Weight of UN votes",
        meaning="How much the share of identical votes in the UN General Assembly counts.",
    )
    ideal_points: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Weight of ideal points",
        meaning="How much the closeness of the two ideal points counts.",
    )
    arms: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Weight of arms",
        meaning="How much the volume of Russian arms deliveries to China counts.",
    )
    normaliser: str = choice(
        "min-max",
        options=("min-max", "z-score", "rank"),
        label="Normalisation",
        meaning=(
            "How each indicator is put on a scale from 0 to 1. Min-max: 0 is the lowest year, 1 "
            "the highest. Z-score: how unusual a year is among these. Rank: the order only."
        ),
    )
    aggregator: str = choice(
        "linear",
        options=("linear", "geometric"),
        label="Aggregation",
        meaning=(
            "How the four become one. Linear: a weighted mean, in which a high indicator makes up "
            "for a low one. Geometric: a product, in which a low one pulls the whole down."
        ),
    )
    concentration: float = real(
        20,
        low=4,
        high=200,
        step=4,
        label="Agreement about the weights",
        meaning=(
            "How far other weights may lie from yours. 4: with equal weights, any weights are as "
            "likely. 200: hardly any others. (In formulas: concentration c.)"
        ),
    )
    floor: float = real(
        0.01,
        low=0.01,
        high=0.1,
        step=0.01,
        label="Floor for zeros",
        meaning="Smallest value in a product, where a single zero would erase all the others.",
    )

    def weights(self) -> np.ndarray:
        """Return the four weights on the simplex.

        Returns
        -------
        ndarray, shape (..., 4)
            Not negative, sum 1, in the order of `INDICATORS`. Four zeros express no preference,
            so they count as equal weights.
        """
        raw = np.stack(
            np.broadcast_arrays(*(np.asarray(getattr(self, name), float) for name in INDICATORS)),
            axis=-1,
        )
        total = raw.sum(axis=-1, keepdims=True)
        equal = np.full_like(raw, 1 / len(INDICATORS))
        return np.where(total > 0, raw / np.where(total > 0, total, 1), equal)


@dataclass(frozen=True, kw_only=True)
class AlignmentResult:
    """What `composite_index` found.

    Attributes
    ----------
    parameters : AlignmentParameters
    labels : tuple of str, length n
        The cases compared, here years.
    indicators : tuple of str, length k
    normalised : ndarray, shape (n, k)
        From 0 to 1; with the floor applied when the aggregation is geometric.
    weights : ndarray, shape (..., k)
    index : ndarray, shape (..., n)
        From 0 to 1.
    low, high : ndarray, shape (..., n)
        One standard deviation below and above, when the weights are Dirichlet distributed.
    rank : ndarray of int, shape (..., n)
        1 is the highest index; equal values share the better rank.
    """

    parameters: AlignmentParameters
    labels: tuple[str, ...]
    indicators: tuple[str, ...]
    normalised: np.ndarray
    weights: np.ndarray
    index: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray

    def reversal_share(self, first: str, second: str, *, draws: int = 2000, seed: int) -> float:
        """Return the share of drawn weightings that put two cases in the opposite order.

        Parameters
        ----------
        first, second : str
            Two of `labels`.
        draws : int
            Number of weightings drawn from Dirichlet(c w).
        seed : int

        Returns
        -------
        float
            From 0 to 1; 0 when the index ties the two at the given weights.

        Raises
        ------
        ValueError
            When a label is unknown, or the parameters hold more than one setting.
        """
        if self.index.ndim > 1:
            raise ValueError("reversal_share takes one setting; these parameters hold several.")
        for label in (first, second):
            if label not in self.labels:
                raise ValueError(f"No case {label!r}; known: {', '.join(self.labels)}.")
        scores = _scores(self.normalised, self.parameters.aggregator)
        gap = scores[self.labels.index(first)] - scores[self.labels.index(second)]
        drawn = draw_weights(self.weights, self.parameters.concentration, draws=draws, seed=seed)
        return float(np.mean((drawn @ gap) * (self.weights @ gap) < 0))


def scores(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the four agreement scores that follow from counts of roll calls.

    Parameters
    ----------
    counts : DataFrame
        The columns `COUNTS`, whatever the rows stand for: ``joint_votes``, of which ``same`` were
        identical and ``opposed`` were yes against no, and ``yes_no_votes`` without an abstention.

    Returns
    -------
    DataFrame
        The same rows and columns, and ``agree_strict``, ``agree_half`` and ``agree_yes_no`` (0 to
        1; the first two differ by how an abstention counts) and ``s_score`` (-1 to 1). Scott's pi
        needs more than these counts.
    """
    joint, same, opposed = (counts[name] for name in ("joint_votes", "same", "opposed"))
    return counts.assign(
        agree_strict=same / joint,
        agree_half=(joint + same - opposed) / (2 * joint),
        agree_yes_no=1 - opposed / counts["yes_no_votes"],
        s_score=(same - opposed) / joint,
    )


def pooled(counts: pd.DataFrame) -> pd.DataFrame:
    """Score each pair of states over all the years given.

    Parameters
    ----------
    counts : DataFrame
        Rows of the table ``un_agreement``: ``state_a``, ``state_b``, ``sample`` and `COUNTS`.

    Returns
    -------
    DataFrame
        One row for each pair and sample, in the order of the table, with the sums of the counts
        and the columns that `scores` adds. Years with more roll calls weigh more.
    """
    groups = counts.groupby(["state_a", "state_b", "sample"], as_index=False, sort=False)
    return scores(groups[list(COUNTS)].sum())


def distances(
    points: pd.DataFrame, first: str = "China", second: str = "Russia", *, edition: int = 2025
) -> pd.Series:
    """Return how far apart the ideal points of two states are in each year.

    Parameters
    ----------
    points : DataFrame
        Rows of the table ``un_ideal_points``.
    first, second : str
        Two states; their order does not matter.
    edition : int
        Year of the edition. Editions are never joined.

    Returns
    -------
    Series
        Named ``distance``, by year; missing where one of the two has no point.

    Raises
    ------
    ValueError
        When the edition has no points of one of the two states.
    """
    wide = points[points["edition"] == edition].pivot(
        index="year", columns="state", values="ideal_point"
    )
    absent = [state for state in (first, second) if state not in wide]
    if absent:
        raise ValueError(f"Edition {edition} has no ideal points of {' and '.join(absent)}.")
    return (wide[first] - wide[second]).abs().rename("distance")


def measures(
    votes: pd.DataFrame, points: pd.DataFrame, shares: pd.DataFrame, arms: pd.DataFrame
) -> pd.DataFrame:
    """Lay four measures of the ties of China and Russia side by side.

    Parameters
    ----------
    votes, points, shares, arms : DataFrame
        The tables ``un_agreement``, ``un_ideal_points``, ``trade_shares``, ``arms_deliveries``.

    Returns
    -------
    DataFrame
        Index: year. Columns: `votes`, strict agreement on whole resolutions (share; the sample
        with every roll call changes its make-up in 2018); `ideal_points`, their distance (less is
        closer); `trade`, China's share of Russia's trade (percent); `arms`, Russian deliveries to
        China (SIPRI TIV, million). A year that a source lacks is missing.
    """
    pair = votes.query(
        "state_a == 'China' and state_b == 'Russia' and sample == 'whole_resolutions_only'"
    )
    trade = shares.query("counter == 'IMF DOTS' and reporter == 'Russia' and partner == 'China'")
    sent = arms.query("supplier == 'Russia' and recipient == 'China' and edition == 2025")
    series = {
        "votes": scores(pair).set_index("year")["agree_strict"],
        "ideal_points": distances(points),
        "trade": trade.set_index("year")["share"],
        "arms": sent.set_index("year")["tiv"],
    }
    return pd.concat(series, axis=1).sort_index()


def indicators(measured: pd.DataFrame) -> pd.DataFrame:
    """Turn measures into indicators of an index: the years in which all exist, higher is closer.

    Parameters
    ----------
    measured : DataFrame
        As `measures` returns it.

    Returns
    -------
    DataFrame
        One column for each of `INDICATORS`; `ideal_points` is minus the distance.

    Notes
    -----
    Votes and ideal points are made from the same roll calls. Trade and arms measure one direction
    of dependence each.
    """
    turned = measured.assign(ideal_points=-measured["ideal_points"])
    return turned.dropna()[list(INDICATORS)]


def composite_index(values: pd.DataFrame, parameters: AlignmentParameters) -> AlignmentResult:
    """Put indicators on one scale, weigh them and aggregate them.

    Parameters
    ----------
    values : DataFrame, shape (n, 4)
        One row a case, one column for each of `INDICATORS`; higher means closer. The row labels
        name the cases. Units may differ between columns.
    parameters : AlignmentParameters
        Weights may be arrays that broadcast together: every setting is computed in one call.

    Returns
    -------
    AlignmentResult

    Raises
    ------
    ValueError
        When a column is absent, a value is missing (the message names row and column), or there
        are fewer than two rows.

    Notes
    -----
    Linear: ``sum_j w_j x_ij``. Geometric: ``prod_j x_ij ** w_j``, never above the linear one.
    With ``W ~ Dirichlet(c w)`` the linear index has variance
    ``(sum_j w_j x_j**2 - (sum_j w_j x_j)**2) / (c + 1)``; for the geometric index the same holds
    for its logarithm, so its band is the exponential of a band in logarithms.
    """
    absent = [name for name in INDICATORS if name not in values.columns]
    if absent:
        raise ValueError(f"The indicators lack the column(s) {', '.join(absent)}.")
    if len(values) < 2:
        raise ValueError(f"An index compares at least two cases; got {len(values)}.")
    data = values.loc[:, list(INDICATORS)].to_numpy(dtype=float)
    missing = np.argwhere(~np.isfinite(data))
    if len(missing):
        row, column = missing[0]
        raise ValueError(
            f"Row {values.index[row]!r}, column {INDICATORS[column]!r} has no finite value. "
            "A missing value is not zero: drop the row or the indicator, and say so."
        )
    normalised = normalise(data, parameters.normaliser)
    if parameters.aggregator == "geometric":
        normalised = np.maximum(normalised, parameters.floor)
    scores = _scores(normalised, parameters.aggregator)
    weights = parameters.weights()
    centre = weights @ scores.T
    variance = dirichlet_variance(scores, weights, np.asarray(parameters.concentration, float))
    low, high = centre - np.sqrt(variance), centre + np.sqrt(variance)
    if parameters.aggregator == "geometric":
        centre, low, high = np.exp(centre), np.exp(low), np.exp(high)
    return AlignmentResult(
        parameters=parameters,
        labels=tuple(str(label) for label in values.index),
        indicators=INDICATORS,
        normalised=normalised,
        weights=weights,
        index=centre,
        low=low,
        high=high,
        rank=_ranks(centre),
    )


def normalise(values: np.ndarray, how: str) -> np.ndarray:
    """Put every column on a scale from 0 to 1.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        Finite numbers, higher means more.
    how : {"min-max", "z-score", "rank"}
        Distance from the lowest value relative to the range; logistic function of the z-score
        (population standard deviation); or rank from 0 to 1, ties sharing their mean rank.

    Returns
    -------
    ndarray, shape (n, k)
        A column without any variation becomes 0.5 throughout: it tells the cases apart by nothing.

    Raises
    ------
    ValueError
        For an unknown `how`.
    """
    if how == "min-max":
        low, span = values.min(axis=0), np.ptp(values, axis=0)
        scaled = (values - low) / np.where(span > 0, span, 1)
        return np.where(span > 0, scaled, 0.5)
    if how == "z-score":
        spread = values.std(axis=0)
        z = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1)
        return 1 / (1 + np.exp(-np.where(spread > 0, z, 0)))
    if how == "rank":
        lower = (values[None] < values[:, None]).sum(axis=1)
        equal = (values[None] == values[:, None]).sum(axis=1) - 1
        return (lower + equal / 2) / (len(values) - 1)
    raise ValueError(f"how must be 'min-max', 'z-score' or 'rank'; got {how!r}.")


def dirichlet_variance(
    scores: np.ndarray, weights: np.ndarray, concentration: np.ndarray | float
) -> np.ndarray:
    """Return the variance of a weighted mean whose weights are drawn from Dirichlet(c w).

    Parameters
    ----------
    scores : ndarray, shape (n, k)
    weights : ndarray, shape (..., k)
        The mean weights, on the simplex.
    concentration : float or ndarray
        c > 0; the higher, the closer the draws to `weights`.

    Returns
    -------
    ndarray, shape (..., n)
        ``(sum w x**2 - (sum w x)**2) / (c + 1)``.
    """
    spread = weights @ (scores**2).T - (weights @ scores.T) ** 2
    return np.maximum(spread, 0) / (np.asarray(concentration)[..., None] + 1)


def draw_weights(weights: np.ndarray, concentration: float, *, draws: int, seed: int) -> np.ndarray:
    """Draw weightings from Dirichlet(c w).

    Parameters
    ----------
    weights : ndarray, shape (k,)
        A weight of 0 stays 0 in every draw.
    concentration : float
    draws : int
    seed : int

    Returns
    -------
    ndarray, shape (draws, k)
    """
    drawn = np.zeros((draws, len(weights)))
    used = weights > 0
    generator = np.random.default_rng(seed)
    drawn[:, used] = generator.dirichlet(concentration * weights[used], size=draws)
    return drawn


def agreement(
    first: Sequence[str], second: Sequence[str], rule: str = "strict", *, absence: str = "drop"
) -> float:
    """Compare two voting records by one scoring rule.

    Parameters
    ----------
    first, second : sequence of {"yes", "abstain", "no", "absent"}
        Votes on the same roll calls, in the same order.
    rule : {"strict", "half", "yes-no", "s-score", "scott-pi"}
        Identical votes (an abstention is a third kind of vote); identical 1 and abstention against
        yes or no 0.5 (Lijphart 1963); only calls on which both said yes or no; twice the second
        less 1 (Signorino and Ritter 1999); the second corrected for chance with pooled shares of
        the votes (Scott's pi).
    absence : {"drop", "category"}
        Leave out a call that one of the two missed, or count "absent" as one more kind of vote:
        two absences agree, an absence and a vote do not. The category goes with "strict" only.

    Returns
    -------
    float
        A share from 0 to 1; the s-score from -1 to 1; Scott's pi at most 1. NaN when no call is
        left, or when the correction for chance is undefined because both always cast one and the
        same vote.

    Raises
    ------
    ValueError
        For records of different length, an unknown vote, rule or treatment of absence.
    """
    _check_records(first, second, rule, absence)
    calls = list(zip(first, second, strict=True))
    if absence == "drop":
        calls = [call for call in calls if "absent" not in call]
    if rule == "yes-no":
        calls = [call for call in calls if "abstain" not in call]
    if not calls:
        return float("nan")
    if rule in ("strict", "yes-no"):
        return float(np.mean([a == b for a, b in calls]))
    positions = np.array([[_SCORES[a], _SCORES[b]] for a, b in calls])
    half = 1 - float(np.mean(np.abs(positions[:, 0] - positions[:, 1]))) / 2
    if rule == "half":
        return half
    if rule == "s-score":
        return 2 * half - 1
    pooled = np.bincount(positions.ravel(), minlength=3) / positions.size
    distance = np.abs(np.subtract.outer(np.arange(3), np.arange(3))) / 2
    expected = 1 - float(pooled @ distance @ pooled)
    return (half - expected) / (1 - expected) if expected < 1 else float("nan")


def _check_records(first: Sequence[str], second: Sequence[str], rule: str, absence: str) -> None:
    if len(first) != len(second):
        raise ValueError(f"The records differ in length: {len(first)} and {len(second)} votes.")
    for which, record in (("first", first), ("second", second)):
        for place, vote in enumerate(record, start=1):
            if vote not in _SCORES and vote != "absent":
                raise ValueError(
                    f"vote {place} of the {which} record is {vote!r}; "
                    "use yes, abstain, no or absent."
                )
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(RULES)}; got {rule!r}.")
    if absence not in ("drop", "category"):
        raise ValueError(f"absence must be 'drop' or 'category'; got {absence!r}.")
    if absence == "category" and rule != "strict":
        raise ValueError("absence='category' has a meaning for rule='strict' only.")


def _scores(normalised: np.ndarray, aggregator: str) -> np.ndarray:
    return np.log(normalised) if aggregator == "geometric" else normalised


def _ranks(index: np.ndarray) -> np.ndarray:
    rounded = np.round(index, 12)
    return 1 + (rounded[..., None, :] > rounded[..., :, None]).sum(axis=-1)


@dataclass(frozen=True, kw_only=True)
class ThenAndNow:
    """What `then_and_now` found.

    Attributes
    ----------
    measures : DataFrame
        As given.
    since : int
        The year from which the earlier years count.
    table : DataFrame
        One row a measure: `before_first`, `before_last`, `after_first`, `after_last` (years),
        `latest` (the last year from which one could start), `before`, `after` (means), `verdict`
        ("closer", "less close", "as close", or "too short" to start from `since`), and for how
        many of the years from which one could start (`starts`) the verdict is the same (`same`).
    """

    measures: pd.DataFrame
    since: int
    table: pd.DataFrame


def then_and_now(
    measures: pd.DataFrame,
    *,
    since: int,
    years: int = 5,
    turned: Sequence[str] = ("ideal_points",),
) -> ThenAndNow:
    """Compare the first years from `since` on with the last years of each series.

    Parameters
    ----------
    measures : DataFrame
        Index: year. One column a measure; a year without a figure is missing.
    since : int
        Where the earlier years begin; a series that starts later begins with its own first year.
    years : int
        How many years are averaged at either end.
    turned : sequence of str
        Columns where less means closer, such as a distance.

    Returns
    -------
    ThenAndNow

    Raises
    ------
    ValueError
        When the earlier and the later years of every measure would overlap.

    Notes
    -----
    A finding on *since when* depends on the start. So the same comparison is made from every year
    from which one could start, and the result says how many of them agree with the verdict.
    """
    rows = {}
    for name in measures.columns:
        series = measures[name].dropna().sort_index()
        first, last = int(series.index.min()), int(series.index.max())
        latest = last - 2 * years + 1
        start = max(since, first)
        sign = -1 if name in turned else 1
        now = float(series.loc[last - years + 1 :].mean())
        means = {year: _mean(series, year, years) for year in range(first, latest + 1)}
        verdicts = {
            year: _verdict(sign * (now - then)) for year, then in means.items() if then == then
        }
        verdict = verdicts.get(start, "too short")
        rows[name] = {
            "before_first": start,
            "before_last": start + years - 1,
            "after_first": last - years + 1,
            "after_last": last,
            "latest": latest,
            "before": means.get(start, float("nan")),
            "after": now,
            "verdict": verdict,
            "same": sum(each == verdict for each in verdicts.values()),
            "starts": len(verdicts),
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    if (table["verdict"] == "too short").all():
        raise ValueError(
            f"From {since} no measure has {years} earlier and {years} later years; choose a start "
            f"of {table['latest'].max()} or before."
        )
    return ThenAndNow(measures=measures, since=since, table=table)


def _mean(series: pd.Series, first: int, years: int) -> float:
    return float(series.loc[first : first + years - 1].mean())


def _verdict(nearer: float) -> str:
    if nearer == 0:
        return "as close"
    return "closer" if nearer > 0 else "less close"
