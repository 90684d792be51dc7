"""One pool of forces, two theatres: how it divides, and what a shifted burden frees.

The USA has one pool `X` and two theatres. In each it stands beside allies and against an adversary,
and what holds there is a contest of forces: with ``A`` defending against ``y``, the theatre holds
with probability ``A^m / (A^m + y^m)``. A share `f` of the pool goes to Europe, the rest to the
Pacific, and it is chosen so that the two theatres, each weighed by its value, hold best::

    W(f) = v_E P_E + v_P P_P        A_E = e + f X        A_P = c + (1 - f) X

    from indopacific.models import theatres
    theatres.allocate(theatres.Parameters(europe=0.8)).share

At a decisiveness ``m = 1`` the best share has a closed form, and every unit that Europe adds frees
``1 / (1 + rho)`` of a unit for the Pacific. Otherwise it is searched for: above 1 two peaks may
stand against one another.

Notes
-----
The contest is Tullock's ratio form, as in allocation games since L. Friedman, *Operations Research*
6 (1958). Shares in proportion to values, if both sides allocate: Anbarci, Cingiz and Ismail (2020).
The square law of `lanchester` is F. W. Lanchester's, *Aircraft in Warfare* (1916). No number is
estimated. `LIMITS` says what is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from indopacific.models import ambiguity, ambiguity_regions, parameters
from indopacific.models.parameters import declared, real

LIMITS = (
    "The units are illustrative. Nothing is estimated from data, and no value is a forecast.",
    "Forces are one stuff here, which can be moved. In the world tanks are of little use in the "
    "Strait and ships of little use on the plain, so a unit freed in Europe may be of the wrong "
    "kind.",
    "There is no distance and no time. What is freed arrives at once, and what was sent away is "
    "not missed on the way.",
    "Nuclear weapons are absent. Whoever holds that they deter in Europe whatever stands there "
    "will find the share of Europe too large.",
    "The two wars are weighed one by one. That one adversary may wait for the other's attack, or "
    "that both agree, is not in the share; `both_hold` shows how far that matters.",
    "The contest is as if: a probability that rises with the ratio of forces is assumed, and so is "
    "how sharply.",
    "It looks from Washington: what a theatre is worth is what it is worth there, and forces on "
    "the other side are there to attack. That they may be meant for defence, or that more of ours "
    "may frighten them into more (lesson 03), is not in it.",
    "What is done in one theatre tells nobody anything in the other. Whoever holds that a lost war "
    "in Europe invites one in Asia will miss it here.",
    "Each adversary's forces are given. In `simultaneous` both sides choose, with one pool each.",
)

BOTH, EUROPE, PACIFIC = "both theatres", "Europe only", "the Pacific only"
PLACES = (BOTH, EUROPE, PACIFIC)
"""Where the pool may go."""

_POINTS = 101  # of the first look at the share: 9 were enough in 20,000 random settings, 4 were not
_HALVINGS = 40  # of the stretch around each peak, by the sign of the slope
_NEAR = 1e-9  # so near an end of the range a peak is that end


@dataclass(frozen=True, kw_only=True)
class Parameters(parameters.Parameters):
    """Who stands where, and what each theatre is worth; every number may be an array."""

    europe: float = real(
        0.5,
        low=0,
        high=2,
        step=0.05,
        label="Allies in Europe",
        meaning="Forces of the European allies and Canada against Russia.",
    )
    pacific: float = real(
        0.3,
        low=0,
        high=2,
        step=0.05,
        label="Allies in the Pacific",
        meaning="Forces that stand beside the USA against China, Taiwan's own among them.",
    )
    pool: float = real(
        1.0,
        low=0.2,
        high=2,
        step=0.05,
        label="The US pool",
        meaning="US forces that can go to one theatre or the other.",
    )
    russia: float = real(
        0.8,
        low=0.2,
        high=2,
        step=0.05,
        label="Russia",
        meaning="Forces that could attack in Europe.",
    )
    china: float = real(
        1.0,
        low=0.2,
        high=2,
        step=0.05,
        label="China",
        meaning="Forces that could attack across the Strait.",
    )
    value_europe: float = real(
        1.0,
        low=0.2,
        high=5,
        step=0.1,
        label="Value of Europe",
        meaning="What it is worth to Washington that Europe holds; only the ratio of both counts.",
    )
    value_pacific: float = real(
        1.0,
        low=0.2,
        high=5,
        step=0.1,
        label="Value of the Pacific",
        meaning="What it is worth to Washington that the Pacific theatre holds.",
    )
    decisiveness: float = real(
        1.0,
        low=0.5,
        high=3,
        step=0.1,
        label="Decisiveness",
        meaning="How sharply more forces decide; 1: by their ratio, high: the larger side wins.",
    )

    @property
    def rho(self) -> Any:
        """``sqrt(v_E y_E / (v_P y_P))``: how much Europe weighs against the Pacific."""
        europe = np.asarray(self.value_europe, dtype=float) * self.russia
        return np.sqrt(europe / (np.asarray(self.value_pacific, dtype=float) * self.china))


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """What `allocate` found; arrays where the parameters are arrays.

    Attributes
    ----------
    share : float or ndarray
        f, the part of the pool that goes to Europe, from 0 to 1.
    force_europe, force_pacific : float or ndarray
        Allies and the US forces sent, ``A_E`` and ``A_P``.
    hold_europe, hold_pacific : float or ndarray
        Probability that each theatre holds, ``P_E`` and ``P_P``.
    pass_through : float or ndarray
        Units that leave Europe for the Pacific for each unit that Europe's allies add. 0 where the
        whole pool is in one theatre.
    where : str or ndarray of str
        One of `PLACES`.
    """

    share: Any
    force_europe: Any
    force_pacific: Any
    hold_europe: Any
    hold_pacific: Any
    pass_through: Any
    where: Any


def allocate(setting: Parameters) -> Allocation:
    """Return the share of the pool for Europe with which both theatres hold best.

    Parameters
    ----------
    setting : Parameters

    Returns
    -------
    Allocation
        Arrays among the parameters broadcast together. Of several best shares the smallest.

    Notes
    -----
    At ``m = 1``, with ``rho = sqrt(v_E y_E / (v_P y_P))`` and ``T = e + c + X + y_E + y_P``::

        f* = clip((rho T / (1 + rho) - e - y_E) / X, 0, 1)

    Otherwise W is looked at in 101 shares, and each of its peaks is narrowed down by the sign of
    its slope. Within the ranges that has missed no better share in thousands of random settings
    that were looked at in 20,001 shares. With m below 1 there is one peak only.
    """
    return at_share(setting, best_share(setting))


def best_share(setting: Parameters) -> Any:
    """Return f*, as `allocate` describes it."""
    m = np.asarray(setting.decisiveness, dtype=float)
    if np.all(m == 1):
        return _closed(setting)
    searched = _searched(setting)
    return np.where(m == 1, _closed(setting), searched)[()] if np.any(m == 1) else searched


def at_share(setting: Parameters, share: Any) -> Allocation:
    """Return what stands and what holds at a share of one's own.

    Parameters
    ----------
    setting : Parameters
    share : float or array of float
        From 0 to 1.

    Raises
    ------
    ValueError
        For a share that is no number from 0 to 1.
    """
    f = np.asarray(share, dtype=float)
    if not ((f >= 0) & (f <= 1)).all():
        raise ValueError(f"share must lie from 0 to 1; got {share!r}.")
    force_europe, force_pacific = _forces(setting, f)
    m = setting.decisiveness
    where = np.where(f <= 0, PACIFIC, np.where(f >= 1, EUROPE, BOTH))
    found = np.broadcast_arrays(
        f,
        force_europe,
        force_pacific,
        holds(force_europe, setting.russia, decisiveness=m),
        holds(force_pacific, setting.china, decisiveness=m),
        np.where(where == BOTH, _freed(setting, force_europe, force_pacific), 0.0),
        where,
    )
    return Allocation(
        share=found[0][()],
        force_europe=found[1][()],
        force_pacific=found[2][()],
        hold_europe=found[3][()],
        hold_pacific=found[4][()],
        pass_through=found[5][()],
        where=found[6][()],
    )


def holds(force: Any, adversary: Any, *, decisiveness: Any = 1.0) -> Any:
    """Return the probability that a theatre holds, ``A^m / (A^m + y^m)``.

    Parameters
    ----------
    force : float or array of float
        What defends, 0 or more.
    adversary : float or array of float
        What attacks, above 0.
    decisiveness : float or array of float
        m.
    """
    ratio = np.asarray(force, dtype=float) / np.asarray(adversary, dtype=float)
    power = ratio ** np.asarray(decisiveness, dtype=float)
    return (power / (1 + power))[()]


def worth(setting: Parameters, share: Any) -> Any:
    """Return W, the values of both theatres weighed by the probabilities that they hold."""
    europe, pacific = _forces(setting, np.asarray(share, dtype=float))
    m = setting.decisiveness
    return setting.value_europe * holds(europe, setting.russia, decisiveness=m) + (
        setting.value_pacific * holds(pacific, setting.china, decisiveness=m)
    )


def _forces(setting: Parameters, share: Any) -> tuple[Any, Any]:
    """Return what defends in Europe and in the Pacific, allies and the pool's part together."""
    return (
        setting.europe + share * setting.pool,
        setting.pacific + (1 - share) * setting.pool,
    )


def _closed(setting: Parameters) -> Any:
    rho, pool = setting.rho, np.asarray(setting.pool, dtype=float)
    total = pool + setting.europe + setting.pacific + setting.russia + setting.china
    return np.clip((rho * total / (1 + rho) - setting.europe - setting.russia) / pool, 0, 1)[()]


def _searched(setting: Parameters) -> Any:
    # One axis more, along which the shares lie. Each parameter keeps its own shape: on a map the
    # powers of one theatre are then taken once a row or once a column, not once a point.
    longer: dict[str, Any] = {
        each.name: np.asarray(getattr(setting, each.name), dtype=float)[..., None]
        for each in declared(Parameters)
    }
    wide = replace(setting, **longer)
    shares = np.linspace(0, 1, _POINTS)
    seen = worth(wide, shares)
    shape = np.broadcast_shapes(*(each.shape[:-1] for each in longer.values()))
    seen = np.broadcast_to(seen, (*shape, _POINTS))
    peak = np.ones(seen.shape, dtype=bool)
    peak[..., 1:] &= seen[..., 1:] >= seen[..., :-1]
    peak[..., :-1] &= seen[..., :-1] >= seen[..., 1:]
    count = int(peak.sum(axis=-1).max())
    # The peaks of each setting first, in order; where there are fewer, other shares do no harm.
    tops = np.sort(np.argsort(~peak, axis=-1, kind="stable")[..., :count], axis=-1)
    low, high = shares[np.maximum(tops - 1, 0)], shares[np.minimum(tops + 1, _POINTS - 1)]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        upward = _gain(wide, middle) > 0
        low, high = np.where(upward, middle, low), np.where(upward, high, middle)
    ends = np.broadcast_to([0.0, 1.0], (*shape, 2))
    found = np.sort(np.concatenate([(low + high) / 2, ends], axis=-1), axis=-1)
    # A corner is to be reached exactly, not nearly.
    found = np.where(found < _NEAR, 0.0, np.where(found > 1 - _NEAR, 1.0, found))
    best = worth(wide, found)
    first = np.argmax(best >= best.max(axis=-1, keepdims=True) - 1e-12, axis=-1)
    return np.take_along_axis(found, first[..., None], axis=-1)[..., 0][()]


def _gain(setting: Parameters, share: Any) -> Any:
    """Return the slope of W over the share, for each unit of the pool."""
    m = np.asarray(setting.decisiveness, dtype=float)
    europe, pacific = _forces(setting, share)
    return setting.value_europe * _slope(europe, setting.russia, m) - (
        setting.value_pacific * _slope(pacific, setting.china, m)
    )


def _slope(force: Any, adversary: Any, m: Any) -> Any:
    """Return the first derivative of `holds` by the force; infinite at no force where m < 1."""
    ratio = force / adversary
    with np.errstate(divide="ignore"):
        return m * ratio ** (m - 1) / adversary / (1 + ratio**m) ** 2


def _freed(setting: Parameters, force_europe: Any, force_pacific: Any) -> Any:
    """Return how the US forces in Europe fall for each unit that the allies there add.

    From the condition that both theatres gain the same from the last unit, by implicit
    differentiation; at m = 1 it is ``1 / (1 + rho)``.
    """
    m = setting.decisiveness
    europe = _bend(force_europe, setting.russia, m) * setting.value_europe
    pacific = _bend(force_pacific, setting.china, m) * setting.value_pacific
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(europe) / (np.asarray(europe) + np.asarray(pacific))


def _bend(force: Any, adversary: Any, m: Any) -> Any:
    """Return the second derivative of `holds` by the force."""
    force, adversary = np.asarray(force, dtype=float), np.asarray(adversary, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (force / adversary) ** m
        falling = (m - 1) - (m + 1) * ratio
        return m * ratio * falling / (force**2 * (1 + ratio) ** 3)


# ---------------------------------------------------------------- what lesson 05 takes over


@dataclass(frozen=True, kw_only=True)
class Odds:
    """Beijing's odds of success in the Strait.

    Attributes
    ----------
    without_help, with_help : float or ndarray
        Against the allies in the Pacific alone, and against what stands there with the share of
        the pool that the allocation leaves: w0 and w1 of lesson 05.
    """

    without_help: Any
    with_help: Any


def odds(setting: Parameters, found: Allocation | None = None) -> Odds:
    """Return what the force ratio says of an attack across the Strait.

    Parameters
    ----------
    setting : Parameters
    found : Allocation, optional
        The setting's own, if it is known already.

    Returns
    -------
    Odds
        ``with_help`` is ``1 - P_P`` at the best share, and never above ``without_help``.
    """
    alone = holds(setting.pacific, setting.china, decisiveness=setting.decisiveness)
    return Odds(without_help=1 - alone, with_help=1 - (found or allocate(setting)).hold_pacific)


def carried(
    setting: Parameters,
    world: ambiguity.Parameters | None = None,
    *,
    found: Allocation | None = None,
) -> ambiguity.Parameters:
    """Return the world of lesson 05 with Beijing's odds as the forces here make them.

    Parameters
    ----------
    setting : Parameters
    world : ambiguity.Parameters, optional
        Everything else; the default of lesson 05 if it is left out.
    found : Allocation, optional
        As for `odds`.

    Raises
    ------
    ValueError
        Where the odds lie outside the range of lesson 05, as with very strong allies.
    """
    own = odds(setting, found)
    return replace(world or ambiguity.Parameters(), w0=own.without_help, w1=own.with_help)


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What lesson 05 says with odds that were carried over.

    Attributes
    ----------
    attack, declare, either : float or ndarray
        Probability of an attack, of a declaration, and of one of them at least.
    verdict : str, or ndarray of str
        Which policy keeps `either` smallest, as `ambiguity_regions.judge` says it.
    best_level : float or ndarray
        The level of commitment that does so.
    """

    attack: Any
    declare: Any
    either: Any
    verdict: Any
    best_level: Any


def consequence(world: ambiguity.Parameters, *, level: Any = 0.5) -> Consequence:
    """Return lesson 05's answer in a world, such as `carried` gives it.

    Parameters
    ----------
    world : ambiguity.Parameters
    level : float or array of float, from 0 to 1
        The level of commitment, the same whatever Taipei does; lesson 05 begins with 0.5.
    """
    here, judged = ambiguity.solve(world, unprovoked=level), ambiguity_regions.judge(world)
    return Consequence(
        attack=here.attack,
        declare=here.declare,
        either=here.either,
        verdict=judged.verdict,
        best_level=judged.best_level,
    )


# ---------------------------------------------------------------- other contests


def both_hold(one: Any, other: Any) -> tuple[Any, Any, Any]:
    """Return how likely it is that two theatres both hold, whatever ties them together.

    Parameters
    ----------
    one, other : float or array of float
        The probability that each holds.

    Returns
    -------
    lowest, independent, highest : float or ndarray
        If they fail as rarely together as can be, if neither tells anything of the other, and if
        they fail together as often as can be (the bounds of Fréchet).
    """
    one, other = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    for value in (one, other):
        if not ((value >= 0) & (value <= 1)).all():
            raise ValueError("Both must be probabilities, from 0 to 1.")
    lowest = np.maximum(0.0, one + other - 1)
    return lowest[()], (one * other)[()], np.minimum(one, other)[()]


@dataclass(frozen=True, kw_only=True)
class Simultaneous:
    """Two pools over two theatres, when both sides choose; attributes as `simultaneous` says."""

    ours: tuple[float, float]
    theirs: tuple[float, float]
    hold: float


def simultaneous(
    ours: float, theirs: float, *, value_europe: float = 1.0, value_pacific: float = 1.0
) -> Simultaneous:
    """Return what two sides do that each divide one pool, without knowing what the other does.

    Parameters
    ----------
    ours, theirs : float
        The two pools, above 0.
    value_europe, value_pacific : float
        What each theatre is worth, to both sides alike; above 0.

    Returns
    -------
    Simultaneous
        `ours` and `theirs`: forces in Europe and in the Pacific. `hold`: the probability that each
        theatre holds, the same in both.

    Raises
    ------
    ValueError
        For a number that is not above 0.

    Notes
    -----
    Both divide in proportion to the values, and neither gains by leaving that: an equilibrium of
    the ratio contest at m = 1 (Anbarci, Cingiz and Ismail 2020).
    """
    given = {"ours": ours, "theirs": theirs, "value_europe": value_europe,
             "value_pacific": value_pacific}  # fmt: skip
    for name, value in given.items():
        if not (np.isfinite(value) and value > 0):
            raise ValueError(f"{name} must be a number above 0; got {value!r}.")
    part = value_europe / (value_europe + value_pacific)
    return Simultaneous(
        ours=(ours * part, ours * (1 - part)),
        theirs=(theirs * part, theirs * (1 - part)),
        hold=ours / (ours + theirs),
    )


def lanchester(
    ours: Any, theirs: Any, *, our_skill: Any = 1.0, their_skill: Any = 1.0
) -> tuple[Any, Any]:
    """Return what is left of both sides when one is spent, by the square law.

    Parameters
    ----------
    ours, theirs : float or array of float
        Forces at the beginning, 0 or more.
    our_skill, their_skill : float or array of float
        What one unit destroys in a unit of time, above 0.

    Returns
    -------
    ours_left, theirs_left : float or ndarray
        At least one is 0.

    Raises
    ------
    ValueError
        For a negative force or a skill that is not above 0.

    Notes
    -----
    With ``A' = -b B`` and ``B' = -a A`` the difference ``a A^2 - b B^2`` stays as it is.
    """
    a, b = np.asarray(our_skill, dtype=float), np.asarray(their_skill, dtype=float)
    one, other = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    if not ((one >= 0) & (other >= 0)).all():
        raise ValueError("Forces must be 0 or more.")
    if not ((a > 0) & (b > 0)).all():
        raise ValueError("A skill must be above 0.")
    left = a * one**2 - b * other**2
    ours_left = np.sqrt(np.maximum(left, 0) / a)
    theirs_left = np.sqrt(np.maximum(-left, 0) / b)
    return ours_left[()], theirs_left[()]
