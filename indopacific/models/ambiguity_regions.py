"""Which policy is best, for whom, and in which region of the ambiguity model.

Three ways to look at one world. `window` and `region` answer for sharp types, when nobody is in
doubt about anybody's costs; they are lines on a map that a reader can draw by hand. `judge`
answers for the doubt that the parameters hold. And both depend on what is to be made small:
`OBJECTIVES` has no neutral member.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from indopacific.models.ambiguity import Cells, Parameters, solve
from indopacific.models.parameters import Real, declared

REGIONS = {
    "I": "Beijing is deterred by its own costs until Taipei declares. No commitment is needed.",
    "II": "There is a window: commitment enough to deter an unprovoked attack and little enough "
    "to leave a declaration dangerous. Ambiguity beats both certainties.",
    "III": "Commitment can deter an unprovoked attack, but a declaration would be answered even "
    "against the guarantor. Clear commitment is as good as any, unless it makes war so cheap for "
    "Taipei that Taipei declares all the same.",
    "IV": "Nothing that the guarantor can say deters Beijing.",
    "V": "Beijing attacks in no case, so Taipei risks nothing by declaring.",
}

OBJECTIVES = {
    "attack": "the risk of an attack",
    "declare": "the risk of a declaration",
    "either": "the risk of an attack or a declaration",
    "weighted": "a weighted sum of the risk of an attack and of a declaration",
}

_ROOM = 50_000

VERDICTS = ("abandonment", "ambiguity", "clear commitment", "tie")


def window(world: Parameters, *, spread: Any = 0.0, attitude: Any = 0.0) -> tuple[Any, Any]:
    """Return where the window of sharp types begins and ends.

    Parameters
    ----------
    world : Parameters
    spread, attitude : float or array
        A vague message moves the two ends apart if audiences are cautious (attitude above 0) and
        together if they are wishful.

    Returns
    -------
    start, end : float or ndarray
        Levels of commitment. From `start` on Beijing does not attack unprovoked; below `end` it
        answers a declaration. Not clipped to 0 and 1. Where the guarantor's fighting takes nothing
        from Beijing the ends are infinite, or NaN if Beijing is indifferent as well.

    Notes
    -----
    ``[a/b - kappa s, (a + delta)/b + kappa s)``, width ``delta/b + 2 kappa s``: k0 moves the
    window and never makes it wider.
    """
    shift = np.asarray(attitude) * spread
    with np.errstate(divide="ignore", invalid="ignore"):
        start, end = world.a / world.b, (world.a + world.delta) / world.b
    return start - shift, end + shift


def hazard_start(world: Parameters) -> Any:
    """Return p_e, the level at which commitment begins to make a declaration safer.

    With uniform types Beijing answers a declaration for certain below ``(a + delta - tau)/b``, so
    that more commitment up to there deters and costs no restraint. With logistic types there is no
    such level, and the value has no meaning.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return (world.a + world.delta - world.tau) / world.b


def war_price(world: Parameters, level: Any) -> Any:
    """Return r(p) = L(p)/(1 - w(p)): declare at this price, if a war follows for certain.

    Inside the window Taipei keeps the status quo if independence is worth at most this to it. The
    price falls in the level of commitment: a guarantee also insures. It is infinite where an
    attack succeeds for certain.
    """
    loss, kept = world.loss(level), 1 - world.success(level)
    loss, kept = np.broadcast_arrays(loss, kept)
    return np.divide(loss, kept, out=np.full(loss.shape, np.inf), where=kept > 0)[()]


def region(world: Parameters) -> Any:
    """Return the region, a key of `REGIONS`, in which each setting lies.

    Returns
    -------
    str, or ndarray of str
        With ``a <= 0``: "V" if ``a + delta <= 0``, else "I". With ``a > 0``: "IV" if ``a > b``,
        "II" if ``delta > 0`` and ``a + delta <= b``, else "III". Without a red line (delta 0) the
        window has no width; such a setting counts as "III", as certainty does as well as any level.
    """
    # 1.0 * 0.8 - 0.6 is not 0.2 in binary: without rounding a setting on a line would miss it.
    a, b, delta = np.broadcast_arrays(world.a, world.b, world.delta)
    kept, answered, short = (np.round(value, 12) for value in (a, a + delta, a + delta - b))
    conditions = [answered <= 0, kept <= 0, np.round(a - b, 12) > 0, (delta > 0) & (short <= 0)]
    found = np.select(conditions, ["V", "I", "IV", "II"], default="III")
    return str(found) if found.ndim == 0 else found


def sample(settings: int, *, seed: int, types: str = "uniform") -> Parameters:
    """Draw many worlds evenly over the ranges of the parameters, V at 1.

    Shares of such settings are facts about the ranges that this course chose, not about the world.

    Parameters
    ----------
    settings : int
    seed : int
    types : {"uniform", "logistic"}

    Returns
    -------
    world : Parameters
        Every number an array of shape (settings,). w1 and L1 are drawn evenly below w0 and L0.
    """
    generator = np.random.default_rng(seed)
    fixed = {"V", "w1", "L1"}
    ranges = [
        one for one in declared(Parameters) if isinstance(one, Real) and one.name not in fixed
    ]
    drawn: dict[str, Any] = {
        one.name: generator.uniform(one.low, one.high, settings) for one in ranges
    }
    for part, whole in (("w1", "w0"), ("L1", "L0")):
        drawn[part] = drawn[whole] * generator.uniform(0, 1, settings)
    return Parameters(V=1.0, types=types, **drawn)


def loss(cells: Cells, objective: str = "either", *, weight: float = 0.5) -> Any:
    """Return what is to be made small.

    Parameters
    ----------
    cells : Cells
        For instance what `solve` returned.
    objective : {"attack", "declare", "either", "weighted"}
    weight : float, from 0 to 1
        Weight of an attack in "weighted"; a declaration has the rest. Otherwise without effect.

    Raises
    ------
    ValueError
        For an unknown objective, or a weight outside 0 to 1.
    """
    if objective not in OBJECTIVES:
        raise ValueError(f"objective must be one of {', '.join(OBJECTIVES)}; got {objective!r}.")
    if not 0 <= weight <= 1:
        raise ValueError(f"weight must lie from 0 to 1; got {weight!r}.")
    if objective == "weighted":
        return weight * cells.attack + (1 - weight) * cells.declare
    return getattr(cells, objective)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The unconditional policies compared by one objective.

    Attributes
    ----------
    verdict : str, or ndarray of str
        One of `VERDICTS`.
    best_level : float or ndarray
        The lowest of the levels that make the objective smallest.
    at_best, at_none, at_clear : float or ndarray
        The objective at that level, without any commitment (0) and with a clear one (1).
    """

    verdict: Any
    best_level: Any
    at_best: Any
    at_none: Any
    at_clear: Any


def judge(
    world: Parameters,
    objective: str = "either",
    *,
    weight: float = 0.5,
    margin: float = 0.02,
    levels: int = 101,
    **message: Any,
) -> Judgement:
    """Compare no commitment, every degree of ambiguity and a clear commitment.

    Parameters
    ----------
    world : Parameters
        Arrays give a map: one verdict a setting.
    objective : str
        One of `OBJECTIVES`.
    weight : float
        See `loss`.
    margin : float
        Ambiguity is best when it beats both ends by more than this; two ends that differ by no
        more are a tie.
    levels : int
        Number of levels from 0 to 1 that are tried, at least 3.
    **message
        `spread` and `attitude`, as in `solve`.

    Returns
    -------
    Judgement

    Raises
    ------
    ValueError
        As `solve` and `loss` do, and for fewer than three levels.
    """
    if levels < 3:
        raise ValueError(f"levels must be at least 3, two ends and one between; got {levels}.")
    grid = np.linspace(0, 1, levels)

    def at(level: Any) -> np.ndarray:
        cells = solve(world, unprovoked=level, **message)
        return np.asarray(loss(cells, objective, weight=weight))

    none, clear = at(0.0), at(1.0)
    inner, inner_level = np.full(none.shape, np.inf), np.zeros(none.shape)
    # Levels in blocks: a map of 200 x 200 settings must not need the room of all levels at once.
    block = max(1, _ROOM // none.size)
    for first in range(1, levels - 1, block):
        tried = grid[first : min(first + block, levels - 1)]
        values = at(tried.reshape(-1, *[1] * none.ndim))
        place, lowest = values.argmin(axis=0), values.min(axis=0)
        inner_level = np.where(lowest < inner, tried[place], inner_level)
        inner = np.minimum(inner, lowest)
    ends, end_level = np.minimum(none, clear), np.where(none <= clear, 0.0, 1.0)
    ambiguous = inner < ends - margin
    verdict = np.select(
        [ambiguous, np.abs(none - clear) <= margin, clear < none],
        ["ambiguity", "tie", "clear commitment"],
        default="abandonment",
    )
    inside = (inner < ends) | ((inner == ends) & (inner_level < end_level))
    return Judgement(
        verdict=str(verdict) if verdict.ndim == 0 else verdict,
        best_level=np.where(inside, inner_level, end_level)[()],
        at_best=np.minimum(inner, ends)[()],
        at_none=none[()],
        at_clear=clear[()],
    )
