"""What could a war cost the world economy? Four simple answers, and what each of them can carry.

``interpolated`` draws a line between two published scenarios and is no model at all. ``input_cut``
says what an economy loses when an input fails, from "nothing replaces it" to "everything does".
``trade_loss`` is the long-run gain from trade that would be lost. ``Economy`` follows a failing
sector through fixed input coefficients. `bound` and `expected` put them together::

    from indopacific.models import cost
    cost.bound(cost.Parameters(cut=0.6, substitution=0))      # of world GDP, at most

Every loss is a share of output: 0.05 is 5 percent.

Notes
-----
CES: as used for a cut in energy imports by Bachmann and others, *What if?* (2022). Trade:
Arkolakis, Costinot and Rodríguez-Clare, *American Economic Review* 102 (2012). Input-output: W.
Leontief; the hypothetical extraction of a sector is a standard exercise on such tables. `LIMITS`
says what is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from indopacific.models import parameters
from indopacific.models.parameters import real

LIMITS = (
    "Nothing here is a forecast. A published figure is one study's answer to one scenario.",
    "Between two published scenarios a straight line is drawn. It is no model, and nobody has "
    "computed the points on it.",
    "A cut and a share go in, a loss comes out: prices, panic, policy and time are absent.",
    "How easily an input is replaced differs by product and by month. One number stands for all.",
    "Fixed coefficients let nothing be replaced, so what follows from them is an upper kind of "
    "bound, and for some products too high by far.",
    "Trade losses are for the long run and for peace. A war also destroys, blocks and frightens.",
    "Output is not welfare, and no loss of output measures a death.",
)

ANYTHING_GOES = 5.0
"""A substitution from which on the slider's end stands for an input that is replaced with ease."""


_NOTHING = 1e-9  # a substitution so low is none: its exponent would be too large for a number


@dataclass(frozen=True, kw_only=True)
class Parameters(parameters.Parameters):
    """How an input fails, and who needs it; every number may be an array."""

    cut: float = real(
        0.6,
        low=0,
        high=1,
        step=0.01,
        label="Cut of the input",
        meaning="Which part of the chips fails to arrive.",
    )
    substitution: float = real(
        0.2,
        low=0,
        high=ANYTHING_GOES,
        step=0.05,
        label="Substitution",
        meaning="Elasticity of substitution; 0: nothing replaces the input, 1: half-way.",
    )
    share: float = real(
        0.1,
        low=0.01,
        high=0.5,
        step=0.01,
        label="Share of the input in cost",
        meaning="Which part of the users' cost the input is; it does not matter at substitution 0.",
    )
    users: float = real(
        0.056,
        low=0,
        high=0.3,
        step=0.002,
        label="The users' share",
        meaning="Which part of world value added is made by sectors that use chips directly.",
        source="Bloomberg Economics, January 2024, as reported: 5.6 percent",
    )


def interpolated(intensity: Any, *, blockade: float, war: float) -> Any:
    """Return a loss between published scenarios: 0 is no conflict, 1 the blockade, 2 the war.

    Parameters
    ----------
    intensity : float or array of float
        From 0 to 2.
    blockade, war : float
        The published losses, in any unit.

    Returns
    -------
    float or ndarray
        In the same unit. A straight line between published points, and no model.

    Raises
    ------
    ValueError
        For an intensity outside the range, or a loss that is no finite number.
    """
    at = np.asarray(intensity, dtype=float)
    if not ((at >= 0) & (at <= 2)).all():
        raise ValueError(
            f"intensity must lie from 0 (none) to 2 (the published war); got {intensity!r}."
        )
    if not np.isfinite([blockade, war]).all():
        raise ValueError("blockade and war must be published losses, that is finite numbers.")
    return np.interp(at, [0, 1, 2], [0.0, blockade, war])[()]


def input_cut(share: Any, cut: Any, substitution: Any) -> Any:
    """Return the share of output lost when an input is cut.

    Parameters
    ----------
    share : float or array of float
        Share of the input in cost, from 0 to 1.
    cut : float or array of float
        Part of the input that is gone, from 0 to 1.
    substitution : float or array of float
        Elasticity sigma, 0 or more, ``inf`` allowed.

    Returns
    -------
    float or ndarray
        ``1 - (s (1 - z)^r + 1 - s)^(1/r)`` with ``r = (sigma - 1) / sigma``. At sigma 0 it is z, at
        1 it is ``1 - (1 - z)^s``, at infinity ``s z``. It never rises with sigma.

    Raises
    ------
    ValueError
        For a number outside its range.
    """
    s, z, sigma = np.broadcast_arrays(
        *(np.asarray(each, dtype=float) for each in (share, cut, substitution))
    )
    for name, value in (("share", s), ("cut", z)):
        if not ((value >= 0) & (value <= 1)).all():
            raise ValueError(f"{name} must lie from 0 to 1, as a share: 0.1 is 10 percent.")
    if not (sigma >= 0).all():
        raise ValueError("substitution must be 0 or more.")
    with np.errstate(all="ignore"):
        left = np.log1p(-z)
        r = np.where(np.isinf(sigma), 1.0, (sigma - 1) / sigma)
        # Near 1 the exponents vanish, and near 0 they overflow: each form where it is exact.
        near = np.log1p(s * np.expm1(r * left)) / r
        far = np.logaddexp(np.log(s) + r * left, np.log1p(-s)) / r
        power = np.where(np.abs(r * left) < 1, near, far)
        power = np.where(r == 0, s * left, power)
    lost = -np.expm1(power)
    lost = np.where((sigma < _NOTHING) & (s > 0), z, lost)
    # Nothing is used, or nothing is cut; all the input there is, and nothing besides.
    lost = np.where((s == 0) | (z == 0), 0.0, np.where(s == 1, z, lost))
    return np.clip(lost, 0, 1)[()]


def trade_loss(home_share: Any, elasticity: Any) -> Any:
    """Return the long-run loss of income if an economy traded no more.

    Parameters
    ----------
    home_share : float or array of float
        Lambda: the share of its spending on its own goods, above 0 and at most 1.
    elasticity : float or array of float
        Epsilon: how strongly trade answers its cost, above 0; about 5 to 10 in the literature.

    Returns
    -------
    float or ndarray
        ``1 - lambda^(1 / epsilon)``.

    Raises
    ------
    ValueError
        For a number outside its range.
    """
    lam, epsilon = np.asarray(home_share, dtype=float), np.asarray(elasticity, dtype=float)
    if not ((lam > 0) & (lam <= 1)).all():
        raise ValueError("home_share must lie above 0 and at most at 1.")
    if not (epsilon > 0).all():
        raise ValueError("elasticity must be above 0.")
    return (1 - lam ** (1 / epsilon))[()]


def bound(setting: Parameters) -> Any:
    """Return what a cut of the input takes from world GDP by its direct users alone.

    Parameters
    ----------
    setting : Parameters

    Returns
    -------
    float or ndarray
        The users' share times `input_cut`. With substitution 0 nothing is higher: it is a bound for
        the direct users, and none for what follows elsewhere.
    """
    return setting.users * input_cut(setting.share, setting.cut, setting.substitution)


def expected(attack: Any, *, help_given: Any, war: float, unaided: float) -> Any:
    """Return the loss to be expected from a risk of war.

    Parameters
    ----------
    attack : float or array of float
        Probability of an attack, such as `ambiguity.solve` gives it.
    help_given : float or array of float
        Probability that the guarantor fights, if there is an attack.
    war, unaided : float
        The loss in a war with the guarantor, and in one without, in one unit.

    Returns
    -------
    float or ndarray
        ``attack (help war + (1 - help) unaided)``, in that unit.

    Raises
    ------
    ValueError
        For a probability outside 0 to 1, or a negative loss.
    """
    chances = np.asarray(attack, dtype=float), np.asarray(help_given, dtype=float)
    for name, value in zip(("attack", "help_given"), chances, strict=True):
        if not ((value >= 0) & (value <= 1)).all():
            raise ValueError(f"{name} must be a probability, from 0 to 1.")
    if not (war >= 0 and unaided >= 0):
        raise ValueError("war and unaided must be losses of 0 or more.")
    return (chances[0] * (chances[1] * war + (1 - chances[1]) * unaided))[()]


# ---------------------------------------------------------------- input and output


@dataclass(frozen=True, eq=False)
class Economy:
    """A small input-output table.

    Attributes
    ----------
    sectors : tuple of str
    flows : ndarray, shape (n, n)
        What row i delivers to column j in a year, in money.
    final : ndarray, shape (n,)
        What each sector delivers to households, the state, and for investment.

    Raises
    ------
    ValueError
        For shapes that do not fit, negative or missing numbers, or a sector that uses as much as it
        makes.
    """

    sectors: tuple[str, ...]
    flows: np.ndarray
    final: np.ndarray

    def __post_init__(self) -> None:
        flows, final = np.asarray(self.flows, dtype=float), np.asarray(self.final, dtype=float)
        n = len(self.sectors)
        if flows.shape != (n, n) or final.shape != (n,):
            raise ValueError(f"{n} sectors need flows of {n} by {n} and {n} final deliveries.")
        if (
            not (np.isfinite(flows) & (flows >= 0)).all()
            or not (np.isfinite(final) & (final >= 0)).all()
        ):
            raise ValueError("Flows and final deliveries must be numbers of 0 or more.")
        object.__setattr__(self, "flows", flows)
        object.__setattr__(self, "final", final)
        if not (self.value_added > 0).all():
            raise ValueError("Each sector must make more than it uses, or it adds no value.")

    @property
    def output(self) -> np.ndarray:
        """What each sector makes: all its deliveries."""
        return self.flows.sum(axis=1) + self.final

    @property
    def coefficients(self) -> np.ndarray:
        """A: what column j uses of row i for one unit of its own output."""
        return self.flows / self.output

    @property
    def value_added(self) -> np.ndarray:
        """Output less what was used; it sums to GDP, as final deliveries do."""
        return self.output - self.flows.sum(axis=0)

    def place(self, sector: str) -> int:
        """Return where a sector stands."""
        if sector not in self.sectors:
            raise ValueError(f"There is no sector {sector!r}. Known: {', '.join(self.sectors)}.")
        return self.sectors.index(sector)


ATLANTIS = Economy(
    sectors=("chips", "electronics", "vehicles", "transport", "services"),
    flows=np.array(
        [
            [2.0, 8.0, 3.0, 0.5, 1.5],
            [3.0, 20.0, 12.0, 4.0, 16.0],
            [0.0, 1.0, 30.0, 18.0, 6.0],
            [0.5, 5.0, 10.0, 12.0, 30.0],
            [4.0, 22.0, 28.0, 30.0, 200.0],
        ]
    ),
    final=np.array([1.0, 55.0, 95.0, 60.0, 520.0]),
)
"""An invented economy, for the arithmetic. No state has these numbers, and none is meant."""


def leontief(coefficients: Any, final: Any) -> np.ndarray:
    """Return the output that a final demand needs, ``x = (I - A)^-1 f``.

    Parameters
    ----------
    coefficients : array of float, shape (n, n)
    final : array of float, shape (n,)

    Raises
    ------
    ValueError
        If the sectors use up as much as they make, so that no output would do.
    """
    a, f = np.asarray(coefficients, dtype=float), np.asarray(final, dtype=float)
    if np.abs(np.linalg.eigvals(a)).max() >= 1:
        raise ValueError("These coefficients use up all that is made: no output would be enough.")
    return np.linalg.solve(np.eye(len(f)) - a, f)


def extracted(economy: Economy, sector: str, *, cut: float = 1.0) -> float:
    """Return the share of GDP lost if a sector's deliveries fall and nobody misses them.

    Parameters
    ----------
    economy : Economy
    sector : str
    cut : float
        Part of its deliveries that is gone, from 0 to 1.

    Returns
    -------
    float
        The sector's own value added and that of its suppliers. Its users go on without it, so what
        follows downstream is not in it: see `stopped`.

    Notes
    -----
    The hypothetical extraction: the sector's row in A, and its final deliveries, are cut.
    """
    n, left = economy.place(sector), 1 - _part(cut)
    coefficients, final = economy.coefficients.copy(), economy.final.copy()
    coefficients[n] *= left
    final[n] *= left
    added = economy.value_added / economy.output
    remaining = added @ leontief(coefficients, final)
    return float(1 - remaining / economy.value_added.sum())


def stopped(
    economy: Economy, sector: str, *, cut: float = 1.0, rounds: int = 1, least: float = 0.0
) -> float:
    """Return the share of GDP lost if users can replace nothing, round by round.

    Parameters
    ----------
    economy : Economy
    sector : str
    cut : float
        Part of the sector's deliveries that is gone, from 0 to 1.
    rounds : int
        0: the sector alone; 1: its users as well; 2: the users' users; and so on.
    least : float
        A delivery of less than this part of a user's output is taken to be dispensable.

    Returns
    -------
    float
        The value added of all sectors that stop, times the cut: with fixed coefficients a sector
        that gets 40 percent of an input makes 40 percent.
    """
    lost, part = np.zeros(len(economy.sectors), dtype=bool), _part(cut)
    lost[economy.place(sector)] = True
    needs = economy.coefficients > least
    for _ in range(rounds):
        lost |= needs[lost].any(axis=0)
    return float(part * economy.value_added[lost].sum() / economy.value_added.sum())


def power_series(coefficients: Any, final: Any, *, rounds: int) -> np.ndarray:
    """Return output after so many rounds of orders, ``f + A f + A^2 f + ...``.

    Parameters
    ----------
    coefficients : array of float, shape (n, n)
    final : array of float, shape (n,)
    rounds : int
        0 gives the final demand itself.

    Returns
    -------
    ndarray, shape (rounds + 1, n)
        The sum after each round; it approaches `leontief`.
    """
    a, order = np.asarray(coefficients, dtype=float), np.asarray(final, dtype=float)
    orders = [order]
    for _ in range(rounds):
        orders.append(a @ orders[-1])
    return np.cumsum(orders, axis=0)


def _part(cut: float) -> float:
    if not 0 <= cut <= 1:
        raise ValueError(f"cut must lie from 0 to 1; got {cut!r}.")
    return float(cut)


# ---------------------------------------------------------------- side by side

WORLD, OWN = "world GDP", "the economy's own output"
"""What a loss in `side_by_side` is a share of."""


def side_by_side(
    setting: Parameters,
    *,
    published: Mapping[str, float],
    home_share: float = 0.93,
    elasticity: float = 5.0,
) -> pd.DataFrame:
    """Return what each model makes of one setting, beside published losses.

    Parameters
    ----------
    setting : Parameters
        How the input fails.
    published : mapping of str to float
        Losses of world GDP by scenario, in percent, from the table cost_estimates.
    home_share, elasticity : float
        Of an economy that trades no more, as for `trade_loss`.

    Returns
    -------
    DataFrame
        Columns `of` (`WORLD` or `OWN`), `model`, `loss` (a share of that), `kind`: "published",
        "bound", "formula", or "invented" for `ATLANTIS`. Losses of one are none of the other.
    """
    cut = float(setting.cut)
    rows = [(WORLD, f"published {name}", loss / 100, "published")
            for name, loss in published.items()]  # fmt: skip
    rows += [
        (WORLD, "direct users, nothing replaced", setting.users * cut, "bound"),
        (WORLD, "direct users, as set", float(bound(setting)), "formula"),
        (OWN, "no more trade, long run", float(trade_loss(home_share, elasticity)), "formula"),
        (OWN, "Atlantis: chips and suppliers", extracted(ATLANTIS, "chips", cut=cut), "invented"),
        (OWN, "Atlantis: users stop, too", stopped(ATLANTIS, "chips", cut=cut, least=0.01),
         "invented"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["of", "model", "loss", "kind"])


# ---------------------------------------------------------------- what may stand in one chart


def one_chart(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of published estimates, if they may stand in one chart.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table cost_estimates or europe_burden, with the columns `id` and `chart`.

    Returns
    -------
    DataFrame
        The same rows.

    Raises
    ------
    ValueError
        If a row is to be read alone, or two rows count different things: it names both.
    """
    alone = rows[rows["chart"].isna() | (rows["chart"] == "")]
    if len(rows) > 1 and len(alone):
        raise ValueError(
            f"{alone['id'].iloc[0]} stands in no chart: its words are mixed or its question is its "
            "own. Put it into a table, and say what it counts."
        )
    kinds = rows.drop_duplicates("chart")
    if len(kinds) > 1:
        one, other = (f"{row.id} ({row.chart})" for row in list(kinds.itertuples())[:2])
        raise ValueError(
            f"These count different things and may not stand in one chart: {one} and {other}. "
            "Choose rows with the same words in the column chart."
        )
    return rows
