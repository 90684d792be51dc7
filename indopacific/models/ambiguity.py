"""When does a promise to help deter both sides? Dual deterrence with moral hazard on both.

Three players. A guarantor (the United States, or a hypothetical NATO policy) says with what
probability it will fight: after an attack that nobody provoked, and after one that follows a
declaration of independence. Taipei, who alone knows what independence is worth to it, keeps the
status quo or declares. Beijing, who alone knows what a war would cost it, sees that and attacks or
refrains. `solve` gives the perfect Bayesian equilibrium in closed form.

    from indopacific.models import ambiguity
    ambiguity.solve(ambiguity.Parameters(delta=0.2), unprovoked=0.6).either

Notes
-----
The functional form is this course's own, and nothing in it is estimated. Its roots: commitments
that are probable or conditional (Benson, *Constructing International Security*, 2012), two possible
first movers (Benson and Niou, "Comprehending Strategic Ambiguity", working paper, 2001), the price
of tying one's hands (Fearon, *Journal of Conflict Resolution* 41, 1997).

With ``a = V w0 - k0``, ``b = V (w0 - w1) + k1``, ``w(p) = w0 - p (w0 - w1)`` and
``L(p) = L0 - p (L0 - L1)`` the payoffs before the war is decided are

======================  ====================  ============================
outcome                 Beijing               Taipei
======================  ====================  ============================
status quo, no attack   0                     0
status quo, attack      a - b p - theta       -L(p)
declared, no attack     -delta                beta
declared, attack        a - b p - theta       (1 - w(p)) beta - L(p)
======================  ====================  ============================

`LIMITS` says what is left out; a lesson prints it beside its results.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from indopacific.models import parameters
from indopacific.models.parameters import Real, choice, declared, real

LIMITS = (
    "The units are illustrative. Nothing is estimated from data, and no value is a forecast.",
    "Each side moves once, and a move is yes or no. There is no blockade, no pressure below the "
    "threshold of war, no series of small steps and no bargaining.",
    "To declare independence is modelled as a choice. In a poll of 2023 3.8% of people in Taiwan "
    "wanted independence as soon as possible, and a poll is not a government.",
    "How hard Taipei would fight is fixed. Help that strengthens the will to fight, and so deters, "
    "is absent: it would speak for clarity.",
    "Beijing may call a step a provocation because that suits it, and a guarantor may help in the "
    "end although it said that it would not. Both enter only through misattribution and the "
    "excuse, and both speak for ambiguity.",
    "What fighting costs the guarantor decides here how likely it is to help, and is in no aim. To "
    "count it would speak for less commitment.",
    "A guarantee by NATO has no treaty duty behind it for Taiwan (Article 6), and more capitals "
    "speak. That this means less credibility and more spread is an assumption.",
    "Two distributions of the unknown types are offered. How large an effect is depends on them. "
    "With the bounded, uniform types a probability can be exactly zero: zero in the model.",
)


@dataclass(frozen=True, kw_only=True)
class Parameters(parameters.Parameters):
    """The world in which a guarantee is given; every number may be an array.

    The default lies on a knife edge on purpose: for the risk of an attack alone the best ambiguity
    and a clear commitment differ by 0.0013.

    Raises
    ------
    ValueError
        For a value outside its range, w1 above w0, L1 above L0, or beta_lo not below beta_hi.
    """

    V: float = real(
        1.0,
        low=0.1,
        high=3,
        step=0.1,
        label="Beijing's value of unification",
        meaning="What a successful attack is worth to Beijing; the other values relate to it.",
    )
    w0: float = real(
        0.8,
        low=0.4,
        high=1,
        step=0.01,
        label="Attack succeeds, no help",
        meaning="Probability that an attack succeeds when the guarantor stays out.",
    )
    w1: float = real(
        0.4,
        low=0,
        high=1,
        step=0.01,
        label="Attack succeeds, with help",
        meaning="Probability that an attack succeeds when the guarantor fights; at most w0.",
    )
    k0: float = real(
        0.6,
        low=0,
        high=1.5,
        step=0.01,
        label="Beijing's cost of war",
        meaning="What war costs Beijing on average when the guarantor stays out.",
    )
    k1: float = real(
        0.4,
        low=0,
        high=1.5,
        step=0.01,
        label="Beijing's extra cost",
        meaning="What war costs Beijing on top of that when the guarantor fights.",
    )
    delta: float = real(
        0.5,
        low=0,
        high=1.5,
        step=0.01,
        label="Beijing's red line",
        meaning="What Beijing loses when it lets a declaration of independence stand.",
    )
    tau: float = real(
        0.35,
        low=0.02,
        high=1,
        step=0.01,
        label="Doubt about Beijing's cost",
        meaning="How far Beijing's private cost may lie above or below the average.",
    )
    L0: float = real(
        1.0,
        low=0.3,
        high=3,
        step=0.1,
        label="Taipei's loss, no help",
        meaning="What an attack costs Taipei when the guarantor stays out.",
    )
    L1: float = real(
        0.6,
        low=0,
        high=3,
        step=0.1,
        label="Taipei's loss, with help",
        meaning="What an attack costs Taipei when the guarantor fights; at most L0.",
    )
    beta_lo: float = real(
        -0.6,
        low=-2,
        high=0,
        step=0.1,
        label="Independence, lowest value",
        meaning="The least that formal independence may be worth to Taipei, beyond the status quo.",
    )
    beta_hi: float = real(
        1.4,
        low=0,
        high=4,
        step=0.1,
        label="Independence, highest value",
        meaning="The most that formal independence may be worth to Taipei; above the lowest value.",
    )
    types: str = choice(
        "uniform",
        options=("uniform", "logistic"),
        label="Distribution of the unknown",
        meaning="Bounded and even (uniform), or a bell of the same mean and spread (logistic).",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        _ordered(self, "w1", "w0", strictly=False)
        _ordered(self, "L1", "L0", strictly=False)
        _ordered(self, "beta_lo", "beta_hi", strictly=True)

    @property
    def a(self) -> Any:
        """Beijing's average gain from a war in which the guarantor stays out."""
        return np.asarray(self.V) * self.w0 - self.k0

    @property
    def b(self) -> Any:
        """How much the guarantor's fighting takes from Beijing's gain."""
        return np.asarray(self.V) * (np.asarray(self.w0) - self.w1) + self.k1

    def success(self, level: Any) -> Any:
        """Return w(p), the probability that an attack succeeds at a level of commitment."""
        return self.w0 - np.asarray(level) * (np.asarray(self.w0) - self.w1)

    def loss(self, level: Any) -> Any:
        """Return L(p), what an attack costs Taipei at a level of commitment."""
        return self.L0 - np.asarray(level) * (np.asarray(self.L0) - self.L1)

    def risk_at(self, gain: Any) -> Any:
        """Return F(x), the probability that Beijing's private cost shock lies below `gain`."""
        return _below(np.asarray(gain), 0.0, self.tau, self.types)

    def share_above(self, threshold: Any) -> Any:
        """Return the probability that independence is worth more to Taipei than `threshold`."""
        low, high = np.asarray(self.beta_lo), np.asarray(self.beta_hi)
        # Both distributions are symmetric: a share above is a share below, mirrored.
        return _below(-np.asarray(threshold), -(low + high) / 2, (high - low) / 2, self.types)

    def draw(self, rounds: int, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Draw what only one side knows.

        Parameters
        ----------
        rounds : int
        seed : int

        Returns
        -------
        beta, theta : ndarray, shape (rounds,)
            Taipei's value of independence, and Beijing's cost shock.
        """
        generator = np.random.default_rng(seed)
        centre, half = (self.beta_lo + self.beta_hi) / 2, (self.beta_hi - self.beta_lo) / 2
        if self.types == "uniform":
            unit = generator.uniform(-1, 1, size=(2, rounds))
        else:
            unit = generator.logistic(0, 1 / np.pi, size=(2, rounds))
        return centre + half * unit[0], self.tau * unit[1]


@dataclass(frozen=True, kw_only=True)
class Policy(parameters.Parameters):
    """What the guarantor says, how clearly, and how well it can tell who began.

    Raises
    ------
    ValueError
        For a value outside its range, or `provoked` above `unprovoked`: a declaration can only
        make help less likely here.
    """

    unprovoked: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Help if nothing was declared",
        meaning="Probability that the guarantor fights after an attack that nobody provoked.",
    )
    provoked: float = real(
        0.5,
        low=0,
        high=1,
        step=0.01,
        label="Help after a declaration",
        meaning="Probability that it fights after a declaration; at most the one above.",
    )
    spread: float = real(
        0.0,
        low=0,
        high=0.5,
        step=0.01,
        label="Spread of the message",
        meaning="How far below and above the stated level an audience can read the message.",
    )
    attitude: float = real(
        0.0,
        low=-1,
        high=1,
        step=0.1,
        label="Attitude of the audiences",
        meaning="1: each side reads the message as is worst for it (cautious); -1: as is best.",
    )
    misattribution: float = real(
        0.0,
        low=0,
        high=0.5,
        step=0.01,
        label="Misattribution",
        meaning="Probability that the guarantor mistakes who provoked whom.",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        _ordered(self, "provoked", "unprovoked", strictly=False)

    def read_by_beijing(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the two probabilities of help, unprovoked and provoked, as Beijing reads them."""
        return self._read(+1)

    def read_by_taipei(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the two probabilities of help, unprovoked and provoked, as Taipei reads them."""
        return self._read(-1)

    def meant(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the two probabilities with which the guarantor will in fact fight."""
        return self._read(0)

    def _read(self, side: int) -> tuple[np.ndarray, np.ndarray]:
        """Shift both levels towards what this side fears, then mix in mistaken attribution."""
        shift = side * np.asarray(self.attitude) * self.spread
        unprovoked = np.clip(self.unprovoked + shift, 0, 1)
        provoked = np.clip(self.provoked + shift, 0, 1)
        wrong, right = np.asarray(self.misattribution), 1 - np.asarray(self.misattribution)
        return right * unprovoked + wrong * provoked, right * provoked + wrong * unprovoked


@dataclass(frozen=True, kw_only=True)
class Guarantor(parameters.Parameters):
    """Where a probability of help comes from: interest, tied hands, an excuse, private costs.

    The guarantor's cost of fighting is drawn evenly from 0 to `cost` and known to it alone. It
    fights when that cost is at most its interest plus what breaking its word would cost it. To tie
    one's hands has a price: `tied` is lost whenever the guarantor stays out after all.
    """

    interest: float = real(
        0.2,
        low=0,
        high=2,
        step=0.01,
        label="Interest",
        meaning="What Taipei's survival is worth to the guarantor, whatever it has said.",
    )
    tied: float = real(
        0.3,
        low=0,
        high=2,
        step=0.01,
        label="Tied hands (sigma)",
        meaning="What it loses if it said that it would help and then stays out.",
    )
    excuse: float = real(
        0.0,
        low=0,
        high=2,
        step=0.01,
        label="Excuse (phi)",
        meaning="How much of its reason to help falls away when Taipei has declared.",
    )
    cost: float = real(
        1.0,
        low=0.1,
        high=3,
        step=0.1,
        label="Highest cost of fighting (C)",
        meaning="The most that fighting may cost the guarantor.",
    )

    def levels(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the probability of help after no declaration, and after one."""
        reason = np.asarray(self.interest) + self.tied
        unprovoked = np.clip(reason / self.cost, 0, 1)
        return unprovoked, np.clip((reason - self.excuse) / self.cost, 0, 1)


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The four things that can happen; their probabilities sum to 1."""

    peace: Any
    unprovoked_war: Any
    declaration_without_war: Any
    both: Any

    @property
    def declare(self) -> Any:
        """Probability that Taipei declares independence."""
        return self.declaration_without_war + self.both

    @property
    def attack(self) -> Any:
        """Probability that Beijing attacks."""
        return self.unprovoked_war + self.both

    @property
    def either(self) -> Any:
        """Probability that Taipei declares, Beijing attacks, or both."""
        return self.unprovoked_war + self.declaration_without_war + self.both


@dataclass(frozen=True, kw_only=True)
class Outcome(Cells):
    """What `solve` found: the four cells, and the strategies behind them.

    Attributes
    ----------
    alpha_S, alpha_D : float or ndarray
        Probability that Beijing attacks when Taipei keeps the status quo, and when it declares.
    beta_star : float or ndarray
        Taipei declares when independence is worth more to it than this; infinite when nothing
        could make a declaration pay.
    """

    alpha_S: Any
    alpha_D: Any
    beta_star: Any


def solve(
    world: Parameters,
    *,
    unprovoked: Any = 0.5,
    provoked: Any = None,
    spread: Any = 0.0,
    attitude: Any = 0.0,
    misattribution: Any = 0.0,
) -> Outcome:
    """Return the equilibrium of one policy, or of many at once.

    Parameters
    ----------
    world : Parameters
    unprovoked : float or array, from 0 to 1
        Probability of help after an attack that follows no declaration.
    provoked : float or array, from 0 to `unprovoked`, optional
        The same after a declaration. Left out: one level for both, an unconditional policy.
    spread, attitude, misattribution : float or array
        See `Policy`.

    Returns
    -------
    Outcome
        Arrays among the parameters and the policy broadcast together.

    Raises
    ------
    ValueError
        For a value outside its range, or `provoked` above `unprovoked`.

    Notes
    -----
    ``alpha_S = F(a - b p_u)``, ``alpha_D = F(a + delta - b p_d)``, and Taipei declares if
    ``beta > beta* = [alpha_D L(p_d) - alpha_S L(p_u)] / [1 - alpha_D w(p_d)]``. The numerator is
    the gap between two risks: where an attack comes anyway, restraint buys nothing.
    """
    policy = Policy(
        unprovoked=unprovoked,
        provoked=unprovoked if provoked is None else provoked,
        spread=spread,
        attitude=attitude,
        misattribution=misattribution,
    )
    # Taipei forecasts Beijing with its own reading of the message, not with Beijing's.
    beta_star = _threshold(world, *policy.read_by_taipei())
    alpha_S, alpha_D = _risks(world, *policy.read_by_beijing())
    declare = world.share_above(beta_star)
    alpha_S, alpha_D, beta_star, declare = np.broadcast_arrays(alpha_S, alpha_D, beta_star, declare)
    return Outcome(
        alpha_S=alpha_S[()],
        alpha_D=alpha_D[()],
        beta_star=beta_star[()],
        peace=(1 - declare) * (1 - alpha_S),
        unprovoked_war=(1 - declare) * alpha_S,
        declaration_without_war=declare * (1 - alpha_D),
        both=declare * alpha_D,
    )


def toss(first: Cells, second: Cells, chance: float) -> Cells:
    """Return the outcome when a public coin picks one of two policies before anybody moves.

    Parameters
    ----------
    first, second : Cells
        The outcomes of the two policies.
    chance : float
        Probability that the coin picks the first, from 0 to 1.

    Returns
    -------
    Cells
        An average, so never better than the better of the two: a coin that all have seen leaves
        nobody in doubt. Ambiguity is doubt that lasts until war.

    Raises
    ------
    ValueError
        For a chance outside 0 to 1.
    """
    if not 0 <= chance <= 1:
        raise ValueError(f"chance must lie from 0 to 1; got {chance!r}.")
    names = ("peace", "unprovoked_war", "declaration_without_war", "both")
    mixed = {n: chance * getattr(first, n) + (1 - chance) * getattr(second, n) for n in names}
    return Cells(**mixed)


def _risks(world: Parameters, unprovoked: Any, provoked: Any) -> tuple[Any, Any]:
    """Return alpha_S and alpha_D at the given probabilities of help."""
    a, b = world.a, world.b
    return world.risk_at(a - b * unprovoked), world.risk_at(a + world.delta - b * provoked)


def _threshold(world: Parameters, unprovoked: Any, provoked: Any) -> np.ndarray:
    """Return beta*, as Taipei reckons with the given probabilities of help."""
    alpha_S, alpha_D = _risks(world, unprovoked, provoked)
    gap = alpha_D * world.loss(provoked) - alpha_S * world.loss(unprovoked)
    kept = 1 - alpha_D * world.success(provoked)
    # Where independence would be lost for certain, its value cannot matter: the status quo stays.
    gap, kept = np.broadcast_arrays(gap, kept)
    return np.divide(gap, kept, out=np.full(gap.shape, np.inf), where=kept > 0)


def _below(x: np.ndarray, centre: Any, half: Any, types: str) -> Any:
    """Return the cumulative probability at x of types around `centre`.

    Uniform types lie at most `half` away; logistic ones have the same standard deviation.
    """
    distance = (x - centre) / half
    if types == "uniform":
        return np.clip((distance + 1) / 2, 0, 1)
    return np.exp(-np.logaddexp(0, -np.pi * distance))


def _ordered(setting: parameters.Parameters, lower: str, upper: str, *, strictly: bool) -> None:
    """Raise ValueError, with both names and the first offending pair, if lower exceeds upper."""
    low, high = (np.asarray(getattr(setting, name), float) for name in (lower, upper))
    low, high = np.broadcast_arrays(low, high)
    wrong = low >= high if strictly else low > high
    if wrong.any():
        lowest = next(
            each.low
            for each in declared(type(setting))
            if isinstance(each, Real) and each.name == lower
        )
        rule = "lie below" if strictly else f"lie from {lowest:g} to"
        raise ValueError(
            f"{lower} must {rule} {upper}, here {high[wrong][0]:g}; got {low[wrong][0]:g}."
        )
