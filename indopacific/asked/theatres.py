"""What exercise 04 asks."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from indopacific.checks import (
    Question,
    case,
    choices,
    function,
    mistaken,
    number,
    setting,
)
from indopacific.models.parameters import Real, declared
from indopacific.models.theatres import Parameters

CHARTS = Question(
    "theatres-1-charts",
    choices("abcdefghi"),
    again="lesson 04, section 1, what an estimate counts",
)

# Each mistaken rule takes what `loss` takes: the share in cost, the cut, the substitution.


def _formula(share: float, left: float, r: float) -> float:
    return (share * left**r + 1 - share) ** (1 / r)


def _power(
    share: float,
    cut: float,
    sigma: float,
    formula: Callable[[float, float, float], float] = _formula,
) -> float:
    """Return output by the formula, or by a mistaken one; 0 and 1 have forms of their own."""
    if sigma == 0:
        return 1 - cut
    if sigma == 1:
        return (1 - cut) ** share
    return formula(share, 1 - cut, (sigma - 1) / sigma)


def _no_root(share: float, cut: float, sigma: float) -> float:
    return 1 - _power(share, cut, sigma, lambda s, left, r: s * left**r + 1 - s)


def _signed(share: float, cut: float, sigma: float) -> float:
    return 1 - _power(share, cut, sigma, lambda s, left, r: _formula(s, left, -r))


def _plain_exponent(share: float, cut: float, sigma: float) -> float:
    return 1 - _power(share, cut, sigma, lambda s, left, r: _formula(s, left, sigma))


def _all_raised(share: float, cut: float, sigma: float) -> float:
    return 1 - _power(share, cut, sigma, lambda s, left, r: (s * left**r + (1 - s) ** r) ** (1 / r))


def _of_the_cut(share: float, cut: float, sigma: float) -> float:
    return 1 - _power(share, 1 - cut, sigma) if sigma else cut


def _at_one(share: float, cut: float, sigma: float) -> float:
    return share * cut if sigma == 1 else 1 - _power(share, cut, sigma)


LOSS = Question(
    "theatres-2-loss",
    function("share", "cut", "sigma", returns=number(low=0, high=1)).cases(
        case(0.1, 0.6, 0.2, gives=1 - _power(0.1, 0.6, 0.2)),
        case(0.2, 0.5, 0.5, gives=1 / 6),
        case(0.04, 0.1, 2.0, gives=1 - _power(0.04, 0.1, 2.0)),
        case(0.1, 0.6, 1, gives=1 - 0.4**0.1),
        case(0.05, 0.3, 0, gives=0.3),
        within=1e-6,
    ),
    mistakes=[
        mistaken(_power, "This is what is left of output. What is lost is one less that."),
        mistaken(
            _no_root, "The last exponent, 1 / r, is left out where the substitution is not 0 or 1."
        ),
        mistaken(_signed, "r has the wrong sign: take 1 off sigma, not sigma off 1."),
        mistaken(
            _plain_exponent, "The exponent is r, not sigma: first work out r = (sigma - 1) / sigma."
        ),
        mistaken(_all_raised, "Only what is left of the input, 1 - z, has the exponent r inside."),
        mistaken(
            lambda share, cut, sigma: 1 - _power(1 - share, cut, sigma),
            "The shares are exchanged: s belongs to the input that fails, 1 - s to all the rest.",
        ),
        mistaken(
            _of_the_cut,
            "The cut itself is put where what is left of the input belongs, 1 - z.",
        ),
        mistaken(
            _at_one,
            "At a substitution of 1 you multiply share and cut. That is the loss if everything is "
            "replaced with ease; here what is left is raised to the share.",
        ),
        mistaken(
            lambda share, cut, sigma: share * cut,
            "Share times cut, whatever the substitution: that is the loss if the input is replaced "
            "with ease.",
        ),
        mistaken(
            lambda share, cut, sigma: cut,
            "The whole cut, whatever the substitution: that is the loss if nothing is replaced.",
        ),
    ],
    again="lesson 04, section 2, chips alone, and the formula in the task",
)

USERS = Question(
    "theatres-3-users",
    number(unit="percent", low=0, high=100),
    again="lesson 04, section 2, chips alone",
)

# Each mistaken rule takes what `best` takes.


def _clipped(value: float) -> float:
    return min(1.0, max(0.0, value))


def _best(
    e: float,
    c: float,
    pool: float,
    russia: float,
    china: float,
    v_e: float,
    v_p: float,
    *,
    rho: float | None = None,
    total: float | None = None,
    off: float | None = None,
) -> float:
    """Return the best share before it is kept in its range; a slip replaces a part."""
    ratio = sqrt(v_e * russia / (v_p * china)) if rho is None else rho
    forces = e + c + pool + russia + china if total is None else total
    return (ratio * forces / (1 + ratio) - (e + russia if off is None else off)) / pool


BEST = Question(
    "theatres-4-best",
    function(
        *("europe", "pacific", "pool", "russia", "china", "value_europe", "value_pacific"),
        returns=number(),
    ).cases(
        case(0.5, 0.3, 1, 0.8, 1, 1, 1, gives=_best(0.5, 0.3, 1, 0.8, 1, 1, 1)),
        case(0.4, 0.4, 1, 0.9, 0.9, 1, 1, gives=0.5),
        case(0.6, 0.2, 1.5, 1.2, 1, 2, 1, gives=_best(0.6, 0.2, 1.5, 1.2, 1, 2, 1)),
        case(2, 0, 1, 0.8, 1, 1, 1, gives=0.0),
        case(0, 2, 1, 0.8, 0.4, 1, 1, gives=1.0),
        within=1e-6,
    ),
    mistakes=[
        mistaken(
            _best,
            "The share leaves the range from 0 to 1. More than the whole pool cannot be sent, and "
            "less than nothing neither.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: _clipped(
                _best(e, c, pool, russia, china, v_e, v_p, rho=v_e * russia / (v_p * china))
            ),
            "rho lacks its square root.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: _clipped(
                _best(e, c, pool, russia, china, v_e, v_p, rho=sqrt(v_e * russia / v_p * china))
            ),
            "In rho, v_p and China's forces are divided by together: a / (b * c), with brackets.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: _clipped(
                _best(
                    *(e, c, pool, russia, china, v_e, v_p),
                    rho=sqrt(v_p * china / (v_e * russia)),
                )
            ),
            "rho is upside down, or left out before T: Europe's value and Russia's forces stand on "
            "top.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: _clipped(
                _best(e, c, pool, russia, china, v_e, v_p, rho=sqrt(russia / china))
            ),
            "The values play no part here. What is worth more gets more.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: _clipped(
                _best(
                    *(e, c, pool, russia, china, v_e, v_p),
                    total=e + c + russia + china,
                )
            ),
            "T is all forces together: the pool is missing in it.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: _clipped(
                _best(e, c, pool, russia, china, v_e, v_p, off=e)
            ),
            "Only the allies are taken off. What stands in Europe already is theirs and Russia's.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: (
                1 - _clipped(_best(e, c, pool, russia, china, v_e, v_p))
            ),
            "This is the share that goes to the Pacific.",
        ),
        mistaken(
            lambda e, c, pool, russia, china, v_e, v_p: _clipped(
                pool * _best(e, c, pool, russia, china, v_e, v_p)
            ),
            "These are the forces that are sent. Divide by the pool for its share.",
        ),
    ],
    again="lesson 04, section 3, one pool, two theatres",
)

FREED = Question(
    "theatres-5-freed",
    number(low=0, high=10),
    again="lesson 04, section 3, burden sharing",
)

SHARP = Question(
    "theatres-6-sharp",
    setting(
        **{
            each.name: number(low=each.low, high=each.high)
            for each in declared(Parameters)
            if isinstance(each, Real)
        }
    ),
    again="lesson 04, section 3, and the explorer in section 4",
)

# Each mistaken rule takes what `left` takes: our forces, theirs, and in how many parts ours come.


def _root(value: float) -> float:
    return sqrt(max(0.0, value))


LEFT = Question(
    "theatres-7-left",
    function("ours", "theirs", "parts", returns=number(low=0)).cases(
        case(4, 3, 2, gives=1.0),
        case(4, 3, 1, gives=0.0),
        case(6, 5, 3, gives=_root(25 - 12)),
        case(1, 5, 1, gives=_root(24)),
        case(3, 5, 2, gives=_root(25 - 4.5)),
        within=1e-6,
    ),
    mistakes=[
        mistaken(
            lambda ours, theirs, parts: _root(theirs**2 - ours**2),
            "The parts make no difference here. They meet all of theirs, one part after the other.",
        ),
        mistaken(
            lambda ours, theirs, parts: _root(theirs**2 - (ours / parts) ** 2),
            "Only the first part has fought. The others come, too.",
        ),
        mistaken(
            lambda ours, theirs, parts: _root(theirs**2 - parts * ours**2),
            "Each part fights as if it were the whole force. A part has ours / parts units.",
        ),
        mistaken(
            lambda ours, theirs, parts: _root(theirs**2 - (ours / parts) ** 2 * (parts - 1)),
            "The last part has not fought yet.",
        ),
        mistaken(
            lambda ours, theirs, parts: max(0.0, theirs - ours),
            "Numbers are taken one against one. In the square law each counts by its square.",
        ),
        mistaken(
            lambda ours, theirs, parts: max(0.0, theirs**2 - ours**2 / parts),
            "This is the square of what is left: the root is missing.",
        ),
        mistaken(
            lambda ours, theirs, parts: _root(ours**2 / parts - theirs**2),
            "The difference is the wrong way round: what is left of theirs is asked.",
        ),
    ],
    again="lesson 04, section 3, the square law",
)

FLIP = Question(
    "theatres-8-flip",
    number(unit="percent", low=0, high=100),
    again="lesson 04, section 4, money joined to risk",
)

SENTENCES = Question(
    "theatres-9-sentences",
    choices("abcdefghijk"),
    again="lesson 04, sections 1 and 4, with the table that the sentence names",
)
