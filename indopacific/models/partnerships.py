"""What does a deeper partnership give, and whom does it alarm? Two arms levels in a spiral.

Richardson's two equations, with a depth of partnership in both. The partners' arms `x` answer the
neighbour's arms `y`, wear out by their cost, and grow with what the partners want in any case and
with the depth `d`. The neighbour's arms do the same, and how strongly they answer depends on the
depth, unless the partners reassure::

    x' = k y    - alpha x + g + d
    y' = l(d) x - beta y  + h          l(d) = l0 + psi d (1 - r)

    from indopacific.models import partnerships
    partnerships.solve(partnerships.Parameters(d=2)).state

Both sides settle where ``alpha beta > k l(d)``: where their costs outweigh their answers to one
another. Otherwise the two levels rise without end. ``psi = 0`` says that nobody is provoked.

Notes
-----
The equations are those of L. F. Richardson, *Arms and Insecurity* (1960). Depth, reassurance and
the benefit are this course's own, and no number is estimated. `LIMITS` says what is left out.

`Assurance` is the other half of the argument: how much trust it takes to hold back when the other
side may be hostile, and what an act says about it (after A. Kydd, *Trust and Mistrust in
International Relations*, 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from indopacific.models import parameters
from indopacific.models.parameters import real

LIMITS = (
    "The units are illustrative. Nothing is estimated from data, and no value is a forecast.",
    "Both answers are straight lines, and arms have no ceiling: a spiral rises without end here, "
    "where in the world money, politics or a war would stop it.",
    "There are two sides. The four partners differ among themselves, and so do NATO's members.",
    "Only one side has a partnership with a depth. The neighbour's own partners are left out.",
    "Why the neighbour arms is assumed. That it does so for reasons of its own, whatever the "
    "partners do, is a live hypothesis: set the provocation to 0.",
    "Nobody looks ahead, bargains or learns. The record of such equations against real arms "
    "levels is poor.",
    "Arms stand for what is spent and deployed on one's own account. They are not NATO budgets.",
)

BALANCE, EDGE, SPIRAL = "balance", "edge", "spiral"
STATES = {
    BALANCE: "Both levels settle.",
    EDGE: "Costs and answers cancel out exactly: no balance, and both levels rise steadily.",
    SPIRAL: "No balance: each side's answer outweighs its costs, and both levels rise faster and "
    "faster.",
}
"""What becomes of the two arms levels, in words."""

_ON_THE_EDGE = 1e-12  # relative: how near costs and answers must be to count as equal


@dataclass(frozen=True, kw_only=True)
class Parameters(parameters.Parameters):
    """How two sides answer one another, and what a partnership adds; numbers may be arrays."""

    d: float = real(
        1.0,
        low=0,
        high=12,
        step=0.05,
        label="Depth of partnership",
        meaning="How much NATO and its partners do together; it adds to the partners' arms.",
    )
    psi: float = real(
        0.3,
        low=0,
        high=1,
        step=0.05,
        label="Provocation",
        meaning="How much more strongly the neighbour answers for each unit of depth; 0: not at "
        "all.",
    )
    r: float = real(
        0.0,
        low=0,
        high=1,
        step=0.05,
        label="Reassurance",
        meaning="Which share of the provocation the partners take away by showing restraint.",
    )
    mu: float = real(
        0.5,
        low=0,
        high=2,
        step=0.05,
        label="Benefit of depth",
        meaning="How much more the partners' own arms are worth to them for each unit of depth.",
    )
    k: float = real(
        0.5,
        low=0.1,
        high=0.9,
        step=0.05,
        label="Partners' answer",
        meaning="How strongly the partners answer the neighbour's arms.",
    )
    l0: float = real(
        0.5,
        low=0.1,
        high=0.9,
        step=0.05,
        label="Neighbour's answer",
        meaning="How strongly the neighbour answers the partners' arms without any partnership.",
    )
    alpha: float = real(
        1.0,
        low=0.3,
        high=1.5,
        step=0.05,
        label="Partners' cost of arms",
        meaning="How fast the partners' arms wear out, and how dear they are to keep.",
    )
    beta: float = real(
        1.0,
        low=0.3,
        high=1.5,
        step=0.05,
        label="Neighbour's cost of arms",
        meaning="How fast the neighbour's arms wear out, and how dear they are to keep.",
    )
    g: float = real(
        0.2,
        low=0,
        high=1,
        step=0.05,
        label="Partners' own reasons",
        meaning="How much the partners arm whatever the neighbour does.",
    )
    h: float = real(
        0.2,
        low=0,
        high=1,
        step=0.05,
        label="Neighbour's own reasons",
        meaning="How much the neighbour arms whatever the partners do.",
    )

    @property
    def answer(self) -> Any:
        """l(d): how strongly the neighbour answers at this depth and reassurance."""
        return np.asarray(self.l0) + self._provoked * self.d

    @property
    def slack(self) -> Any:
        """``alpha beta - k l(d)``: what costs have over answers; there is a balance above 0."""
        return np.asarray(self.alpha) * self.beta - np.asarray(self.k) * self.answer

    @property
    def growth(self) -> Any:
        """The larger eigenvalue: below 0 both levels settle, above 0 they grow at this rate."""
        half = (np.asarray(self.alpha) - self.beta) / 2
        middle = (np.asarray(self.alpha) + self.beta) / 2
        return np.sqrt(half**2 + np.asarray(self.k) * self.answer) - middle

    @property
    def _provoked(self) -> Any:
        return np.asarray(self.psi) * (1 - np.asarray(self.r))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What `solve` found; arrays where the parameters are arrays.

    Attributes
    ----------
    x, y : float or ndarray
        The partners' and the neighbour's arms in balance; not a number where there is none.
    ratio : float or ndarray
        The partners' share of effective arms, ``x (1 + mu d) / (x (1 + mu d) + y)``.
    state : str or ndarray of str
        One of `STATES`.
    growth : float or ndarray
        As in `Parameters`.
    critical : float or ndarray
        As `critical_depth` gives it.
    """

    x: Any
    y: Any
    ratio: Any
    state: Any
    growth: Any
    critical: Any

    @property
    def total(self) -> Any:
        """All arms in balance: the partners' and the neighbour's."""
        return self.x + self.y

    @property
    def stable(self) -> Any:
        """Whether both levels settle."""
        return self.state == BALANCE


def solve(setting: Parameters) -> Outcome:
    """Return where both levels settle, if they do.

    Parameters
    ----------
    setting : Parameters

    Returns
    -------
    Outcome
        Arrays among the parameters broadcast together.

    Notes
    -----
    With ``D = alpha beta - k l(d)`` the balance lies at ``x = (beta (g + d) + k h) / D`` and
    ``y = (alpha h + l(d) (g + d)) / D``. At ``D <= 0`` the two lines of rest do not meet at arms
    that could exist, so none is given.
    """
    drive = np.asarray(setting.g) + setting.d
    x = np.asarray(setting.beta) * drive + np.asarray(setting.k) * setting.h
    y = np.asarray(setting.alpha) * setting.h + setting.answer * drive
    worth = 1 + np.asarray(setting.mu) * setting.d
    x, y, worth, slack, costs, growth, critical = np.broadcast_arrays(
        x, y, worth, setting.slack, np.asarray(setting.alpha) * setting.beta, setting.growth,
        critical_depth(setting),
    )  # fmt: skip
    edge = np.abs(slack) <= _ON_THE_EDGE * costs
    settles = ~edge & (slack > 0)
    state = np.where(settles, BALANCE, np.where(edge, EDGE, SPIRAL))
    x, y = (np.divide(v, slack, out=np.full(v.shape, np.nan), where=settles) for v in (x, y))
    effective = x * worth
    # Two sides without arms: nobody has a share.
    armed = effective + y > 0
    ratio = np.divide(effective, effective + y, out=np.full(x.shape, np.nan), where=armed)
    return Outcome(
        x=x[()],
        y=y[()],
        ratio=ratio[()],
        state=state[()],
        growth=growth[()],
        critical=critical[()],
    )


def critical_depth(setting: Parameters) -> Any:
    """Return the smallest depth at which there is no balance any more.

    Parameters
    ----------
    setting : Parameters
        Its depth plays no part.

    Returns
    -------
    float or ndarray
        ``(alpha beta / k - l0) / (psi (1 - r))``. Infinite where no depth tips the balance,
        because nobody is provoked; 0 where there is none even without a partnership.
    """
    room = np.asarray(setting.alpha) * setting.beta / np.asarray(setting.k) - setting.l0
    room, provoked = np.broadcast_arrays(room, setting._provoked)
    tips = (provoked > 0) & (room > 0)
    with np.errstate(over="ignore"):  # next to no provocation: beyond all numbers, so infinite
        depth = np.divide(room, provoked, out=np.full(room.shape, np.inf), where=tips)
    return np.where(room > 0, depth, 0.0)[()]


def path(
    setting: Parameters, times: Any, *, start: tuple[float, float] = (0.0, 0.0)
) -> tuple[np.ndarray, np.ndarray]:
    """Return both arms levels over time; a spiral is followed as far as it is asked for.

    Parameters
    ----------
    setting : Parameters
        One setting, no arrays.
    times : array of float
        0 or later.
    start : (float, float)
        The partners' and the neighbour's arms at time 0, neither below 0.

    Returns
    -------
    x, y : ndarray
        As many as `times`.

    Raises
    ------
    ValueError
        For a setting of arrays, a time before 0 or not finite, arms below 0, or a time so late
        that the levels are larger than a number can be.

    Notes
    -----
    Exact, not stepped: with the two eigenvalues m, always real here, and their projections P,
    the levels are the sum of ``P (start e^(m t) + drive (e^(m t) - 1) / m)``.
    """
    if any(np.ndim(getattr(setting, each.name)) for each in parameters.declared(Parameters)):
        raise ValueError("path follows one setting: give each parameter one number, no array.")
    t, at = np.asarray(times, dtype=float), np.asarray(start, dtype=float)
    if not (np.isfinite(t) & (t >= 0)).all():
        raise ValueError("times must be finite and 0 or later.")
    if at.shape != (2,) or not (np.isfinite(at) & (at >= 0)).all():
        raise ValueError(f"start must be two arms levels, 0 or more; got {start!r}.")
    answers = np.array([[-setting.alpha, setting.k], [setting.answer, -setting.beta]])
    drive = np.array([setting.g + setting.d, setting.h])
    high = float(setting.growth)
    low = -(setting.alpha + setting.beta) - high
    levels = np.zeros((2, *t.shape))
    with np.errstate(over="ignore", invalid="ignore"):
        for own, other in ((high, low), (low, high)):
            projection = (answers - other * np.eye(2)) / (own - other)
            levels += np.multiply.outer(projection @ at, np.exp(own * t))
            levels += np.multiply.outer(projection @ drive, _filled(own, t))
    if not np.isfinite(levels).all():
        raise ValueError(
            f"By time {t.max():g} this spiral has left all numbers behind: ask for earlier times."
        )
    # What starts at nothing may come out as a rounding error below it.
    return np.maximum(levels[0], 0.0), np.maximum(levels[1], 0.0)


def _filled(rate: float, t: np.ndarray) -> np.ndarray:
    """Return ``(e^(rate t) - 1) / rate``, and t at a rate of 0."""
    if abs(rate) * t.max(initial=0.0) < 1e-12:
        return t.copy()
    return np.expm1(rate * t) / rate


def pull(setting: Parameters, x: Any, y: Any) -> tuple[Any, Any]:
    """Return ``x'`` and ``y'``: how fast both levels change where they stand."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return (
        np.asarray(setting.k) * y - np.asarray(setting.alpha) * x + setting.g + setting.d,
        setting.answer * x - np.asarray(setting.beta) * y + setting.h,
    )


def nullclines(setting: Parameters, x: Any) -> tuple[Any, Any]:
    """Return the two lines of rest over the partners' arms.

    Parameters
    ----------
    setting : Parameters
    x : array of float
        The partners' arms.

    Returns
    -------
    partners, neighbour : ndarray
        The neighbour's arms at which the partners' level rests, and at which its own does.
    """
    x = np.asarray(x, dtype=float)
    partners = (np.asarray(setting.alpha) * x - setting.g - setting.d) / np.asarray(setting.k)
    neighbour = (setting.answer * x + setting.h) / np.asarray(setting.beta)
    return partners, neighbour


@dataclass(frozen=True, kw_only=True)
class Assurance(parameters.Parameters):
    """What holding back and arming are worth to a side that wants no war, by what the other does.

    Raises
    ------
    ValueError
        For a value outside its range, R not above T, or P not above S: then trust plays no part.
    """

    R: float = real(
        4.0,
        low=0,
        high=5,
        step=0.1,
        label="Both hold back (R)",
        meaning="What it is worth when both sides hold back; above T.",
    )
    T: float = real(
        3.0,
        low=0,
        high=5,
        step=0.1,
        label="I arm, they hold back (T)",
        meaning="What an advantage taken of the other is worth.",
    )
    P: float = real(
        2.0,
        low=0,
        high=5,
        step=0.1,
        label="Both arm (P)",
        meaning="What it is worth when both sides arm; above S.",
    )
    S: float = real(
        0.0,
        low=0,
        high=5,
        step=0.1,
        label="I hold back, they arm (S)",
        meaning="What it is worth to be taken advantage of.",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        for more, less in (("R", "T"), ("P", "S")):
            high, low = np.broadcast_arrays(getattr(self, more), getattr(self, less))
            wrong = low >= high
            if wrong.any():
                raise ValueError(
                    f"{more} must lie above {less}, here {low[wrong][0]:g}; got {high[wrong][0]:g}."
                )

    @property
    def threshold(self) -> Any:
        """The least trust at which holding back is as good as arming."""
        gain, loss = np.asarray(self.R) - self.T, np.asarray(self.P) - self.S
        return (loss / (gain + loss))[()]


def trust_after(trust: Any, *, if_trustworthy: Any, if_hostile: Any) -> Any:
    """Return what an act that was seen makes of trust, by Bayes' rule.

    Parameters
    ----------
    trust : float or array, from 0 to 1
        Probability, before the act, that the other side is trustworthy.
    if_trustworthy, if_hostile : float or array, from 0 to 1
        How probable the act is from a side of either kind. Where both are equal it says nothing;
        an act that a hostile side could not afford says most.

    Returns
    -------
    float or ndarray

    Raises
    ------
    ValueError
        For a value outside 0 to 1, or an act that neither side would have shown.
    """
    given = {"trust": trust, "if_trustworthy": if_trustworthy, "if_hostile": if_hostile}
    for name, value in given.items():
        numbers = np.asarray(value, dtype=float)
        if not ((numbers >= 0) & (numbers <= 1)).all():
            raise ValueError(f"{name} must lie from 0 to 1; got {value!r}.")
    shown = np.asarray(trust) * if_trustworthy
    seen = shown + (1 - np.asarray(trust)) * if_hostile
    if not np.all(seen > 0):
        raise ValueError(
            "What was seen cannot have happened: both kinds that are still possible would have "
            "shown it with probability 0. Raise if_trustworthy or if_hostile."
        )
    return (shown / seen)[()]
