"""The ambiguity model as a small game among players who know each other's values.

For teaching: a game tree that is solved backwards, one step at a time, and the same game as a
table of strategies. The table has more Nash equilibria than the tree has solutions. The others
rest on threats that nobody would carry out, and `Game.equilibria` keeps them, each with the
sentence that says which threat is empty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indopacific.models.ambiguity import Parameters, Policy

MOVES = ("status quo", "declare")
PLANS = (("refrain", "refrain"), ("refrain", "attack"), ("attack", "refrain"), ("attack", "attack"))


@dataclass(frozen=True, kw_only=True)
class Node:
    """A place in the tree.

    Attributes
    ----------
    mover : str
        "Taipei", "Beijing" or "Guarantor" (whose choice is a chance to the others); "" at an end.
    branches : tuple of (str, str)
        The label of each branch and the key of the node it leads to.
    chances : tuple of float
        One for each branch where the guarantor moves, else empty.
    payoffs : (float, float)
        Taipei's and Beijing's: written at an end, expected under best play elsewhere.
    chosen : str
        Label of the branch that the mover prefers; "" at an end and at a chance.
    """

    mover: str
    branches: tuple[tuple[str, str], ...]
    chances: tuple[float, ...]
    payoffs: tuple[float, float]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of backward induction: the node it settles, and what it says."""

    node: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The game tree with its backward induction.

    Attributes
    ----------
    nodes : dict of str to Node
        The first is the start.
    steps : tuple of Step
        In the order of the induction, ends first.
    path : tuple of str
        Nodes that best play passes, up to where only the guarantor's chance is left.
    """

    nodes: dict[str, Node]
    steps: tuple[Step, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Equilibrium:
    """A pair of strategies from which neither side alone would depart.

    Attributes
    ----------
    move : str
        Taipei's, one of `MOVES`.
    plan : (str, str)
        Beijing's answers to the status quo and to a declaration.
    credible : bool
        Whether Beijing would carry out each answer when the time came.
    reason : str
        One sentence for a reader.
    """

    move: str
    plan: tuple[str, str]
    credible: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Game:
    """The game as a table: Taipei's moves are rows (`MOVES`), Beijing's plans columns (`PLANS`).

    Attributes
    ----------
    taipei, beijing : ndarray, shape (2, 4)
    """

    taipei: np.ndarray
    beijing: np.ndarray

    def equilibria(self) -> tuple[Equilibrium, ...]:
        """Return every pure Nash equilibrium, credible ones first."""
        found = [
            self._judged(row, column)
            for row in range(2)
            for column in range(4)
            if self.taipei[row, column] >= self.taipei[:, column].max()
            and self.beijing[row, column] >= self.beijing[row].max()
        ]
        return tuple(sorted(found, key=lambda one: not one.credible))

    def _judged(self, row: int, column: int) -> Equilibrium:
        """Ask of each of Beijing's two answers whether Beijing would give it."""
        plan = PLANS[column]
        for place, move in enumerate(MOVES):
            # The payoff of an answer stands in any column whose plan has it at this place.
            value = {PLANS[c][place]: self.beijing[place, c] for c in range(4)}
            other = "refrain" if plan[place] == "attack" else "attack"
            if value[plan[place]] < value[other]:
                after = "a declaration" if move == "declare" else "the status quo"
                kind = "threat to attack" if plan[place] == "attack" else "promise to refrain"
                reason = (
                    f"The {kind} after {after} is empty: Beijing would get "
                    f"{value[plan[place]]:.2f} by it and {value[other]:.2f} if it did not."
                )
                return Equilibrium(move=MOVES[row], plan=plan, credible=False, reason=reason)
        reason = "Beijing would give each of its two answers when the time came."
        return Equilibrium(move=MOVES[row], plan=plan, credible=True, reason=reason)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A world whose players know each other's values, and one policy in it.

    Attributes
    ----------
    world : Parameters
        One setting; `tau`, `beta_lo`, `beta_hi` and `types` play no part.
    beta : float
        What independence is worth to Taipei.
    theta : float
        Beijing's cost shock; 0 is the average.
    unprovoked, provoked : float
        Probability of help on the status quo and after a declaration.

    Raises
    ------
    ValueError
        When a value is no single finite number, or as `Policy` does.
    """

    world: Parameters
    beta: float
    theta: float = 0.0
    unprovoked: float = 0.5
    provoked: float = 0.5

    def __post_init__(self) -> None:
        Policy(unprovoked=self.unprovoked, provoked=self.provoked)
        names = ("beta", "theta", "unprovoked", "provoked")
        values = {name: getattr(self, name) for name in names}
        values |= {name: getattr(self.world, name) for name in ("a", "b", "delta", "w1", "L1")}
        for name, value in values.items():
            if np.ndim(value) or not np.isfinite(value):
                raise ValueError(f"A game has one setting: {name} must be one number; got {value}.")

    def help_after(self, move: str) -> float:
        """Return the probability of help after Taipei's move."""
        return self.unprovoked if move == "status quo" else self.provoked

    def war(self, move: str, level: float) -> tuple[float, float]:
        """Return Taipei's and Beijing's payoffs of a war that is fought with help at `level`."""
        kept = 0.0 if move == "status quo" else (1 - self.world.success(level)) * self.beta
        gain = self.world.a - self.world.b * level - self.theta
        return float(kept - self.world.loss(level)), float(gain)

    def rest(self, move: str) -> tuple[float, float]:
        """Return Taipei's and Beijing's payoffs when Beijing refrains."""
        return (0.0, 0.0) if move == "status quo" else (float(self.beta), -float(self.world.delta))

    def after(self, move: str, answer: str) -> tuple[float, float]:
        """Return both payoffs of Taipei's move and Beijing's answer."""
        return self.war(move, self.help_after(move)) if answer == "attack" else self.rest(move)


def game(known: Known) -> Game:
    """Write the game as a table."""
    taipei, beijing = np.empty((2, 4)), np.empty((2, 4))
    for row, move in enumerate(MOVES):
        for column, plan in enumerate(PLANS):
            taipei[row, column], beijing[row, column] = known.after(move, plan[row])
    return Game(taipei=taipei, beijing=beijing)


def tree(known: Known) -> Tree:
    """Build the game tree and solve it backwards. Who is indifferent keeps the peace."""
    nodes: dict[str, Node] = {}
    for move in MOVES:
        nodes |= _guarantor(known, move)
    for move in MOVES:
        nodes[move] = _beijing(known, move)
    nodes["start"] = _taipei(nodes)
    chosen = nodes["start"].chosen
    settled = (*(f"{move}, attack" for move in MOVES), *MOVES, "start")
    return Tree(
        nodes={"start": nodes["start"], **nodes},
        steps=tuple(Step(node=key, sentence=_sentence(nodes, key)) for key in settled),
        path=("start", chosen, f"{chosen}, {nodes[chosen].chosen}"),
    )


def _end(payoffs: tuple[float, float]) -> Node:
    return Node(mover="", branches=(), chances=(), payoffs=payoffs, chosen="")


def _guarantor(known: Known, move: str) -> dict[str, Node]:
    """Return what may follow Taipei's move: restraint, and war with and without help."""
    attacked, level = f"{move}, attack", known.help_after(move)
    return {
        attacked: Node(
            mover="Guarantor",
            branches=(("help", f"{attacked}, help"), ("no help", f"{attacked}, no help")),
            chances=(level, 1 - level),
            payoffs=known.war(move, level),
            chosen="",
        ),
        f"{attacked}, help": _end(known.war(move, 1)),
        f"{attacked}, no help": _end(known.war(move, 0)),
        f"{move}, refrain": _end(known.rest(move)),
    }


def _beijing(known: Known, move: str) -> Node:
    answer = "attack" if known.after(move, "attack")[1] > known.rest(move)[1] else "refrain"
    return Node(
        mover="Beijing",
        branches=tuple((each, f"{move}, {each}") for each in ("attack", "refrain")),
        chances=(),
        payoffs=known.after(move, answer),
        chosen=answer,
    )


def _taipei(nodes: dict[str, Node]) -> Node:
    keep, declared = (nodes[move].payoffs[0] for move in MOVES)
    chosen = "declare" if declared > keep else "status quo"
    return Node(
        mover="Taipei",
        branches=tuple((move, move) for move in MOVES),
        chances=(),
        payoffs=nodes[chosen].payoffs,
        chosen=chosen,
    )


def _sentence(nodes: dict[str, Node], key: str) -> str:
    """Say what backward induction finds at a node."""
    node = nodes[key]
    values = [nodes[child].payoffs for _, child in node.branches]
    when = "After a declaration" if key.startswith("declare") else "On the status quo"
    if node.mover == "Guarantor":
        return (
            f"{when}, the guarantor answers an attack with help at a probability of "
            f"{node.chances[0]:.2f}. War is then worth {node.payoffs[1]:.2f} to Beijing and "
            f"{node.payoffs[0]:.2f} to Taipei."
        )
    if node.mover == "Beijing":
        verb = "attacks" if node.chosen == "attack" else "refrains"
        return (
            f"{when}, Beijing compares {values[0][1]:.2f} for an attack with {values[1][1]:.2f} "
            f"for restraint: it {verb}."
        )
    verb = "declares" if node.chosen == "declare" else "keeps the status quo"
    return (
        f"Taipei foresees both answers. Declaring is worth {values[1][0]:.2f} to it, the status "
        f"quo {values[0][0]:.2f}: it {verb}."
    )
