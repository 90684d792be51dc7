"""The ambiguity model played by a reader, one chair at a time.

A reader sits in one of three chairs for a few rounds. Nature draws what only one side knows, the
other two answer by the model's own equilibrium, and every round is told in sentences: what
happened, and what the others could not know. Nobody wins and nothing is scored. The draws of a
round do not depend on what is chosen, so the same seed can be played again with other choices.

With nobody in a chair (`seat=None`) all three follow the model, and many rounds then give the
probabilities that `solve` gives: a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indopacific.models.ambiguity import Guarantor, Parameters, solve
from indopacific.models.ambiguity_regions import judge

SEATS = {
    "Taipei": ("status quo", "declare"),
    "Beijing": ("refrain", "attack"),
    "Guarantor": ("nothing", "a level", "a condition"),
}

SILENCE = Guarantor(tied=0.0)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What the guarantor says before anybody moves.

    Attributes
    ----------
    kind : {"nothing", "a level", "a condition"}
    unprovoked, provoked : float
        Probability of help after an attack, without and after a declaration.
    """

    kind: str
    unprovoked: float
    provoked: float

    def words(self) -> str:
        """Return the statement in words."""
        before, after = often(self.unprovoked), often(self.provoked)
        if self.kind == "nothing":
            return (
                "The guarantor says nothing. All know its interest: after an attack it would "
                f"fight {before}."
            )
        if self.kind == "a level":
            return (
                f"The guarantor lets it be known that after an attack it would fight {before}, "
                "whether or not Taipei had declared."
            )
        return (
            f"The guarantor says that after an attack it would fight {before} if nothing was "
            f"declared, and {after} after a declaration."
        )


def often(level: float) -> str:
    """Say a probability as so many of 100 cases.

    Examples
    --------
    >>> often(0.5), often(1.0), often(0.0)
    ('in 50 of 100 cases', 'in every case', 'in no case')
    """
    if level in (0, 1):
        return "in every case" if level else "in no case"
    return f"in {100 * level:.3g} of 100 cases"


def say(kind: str = "nothing", unprovoked: float = 0.5, provoked: float = 0.0) -> Statement:
    """Make the guarantor's statement.

    Parameters
    ----------
    kind : {"nothing", "a level", "a condition"}
        Saying nothing leaves the guarantor its bare interest (`SILENCE`): hands are not tied.
    unprovoked : float
        The level; without effect for "nothing".
    provoked : float
        Its level after a declaration; for "a condition" only.

    Returns
    -------
    Statement

    Raises
    ------
    ValueError
        For an unknown kind. A level outside its range is refused when the round is played.
    """
    if kind not in SEATS["Guarantor"]:
        raise ValueError(f"kind must be one of {', '.join(SEATS['Guarantor'])}; got {kind!r}.")
    if kind == "nothing":
        level = float(SILENCE.levels()[0])
        return Statement(kind=kind, unprovoked=level, provoked=level)
    after = unprovoked if kind == "a level" else provoked
    return Statement(kind=kind, unprovoked=unprovoked, provoked=after)


@dataclass(frozen=True, kw_only=True)
class Hand:
    """What nature has drawn for one round; each value is known to one side or to none.

    Attributes
    ----------
    beta : float
        Taipei's value of independence. Only Taipei knows it.
    theta : float
        Beijing's cost shock. Only Beijing knows it.
    resolve : float
        From 0 to 1; the guarantor fights if it lies below the level it stated. Only it knows.
    fortune : float
        From 0 to 1; an attack succeeds if it lies below the probability of success.
    """

    beta: float
    theta: float
    resolve: float
    fortune: float


def deal(world: Parameters, *, rounds: int, seed: int) -> tuple[Hand, ...]:
    """Draw the hands of several rounds; raises ValueError for fewer than one."""
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1; got {rounds}.")
    beta, theta = world.draw(rounds, seed=seed)
    # A stream of its own: the same seed must not tie the guarantor's resolve to Taipei's value.
    resolve, fortune = np.random.default_rng([seed, 1]).uniform(size=(2, rounds))
    columns = (beta.tolist(), theta.tolist(), resolve.tolist(), fortune.tolist())
    return tuple(
        Hand(beta=b, theta=t, resolve=r, fortune=f) for b, t, r, f in zip(*columns, strict=True)
    )


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round as it was played.

    Attributes
    ----------
    seat : str or None
        The reader's chair.
    statement : Statement
    move, answer : str
        Taipei's and Beijing's.
    helped, succeeded : bool
        Whether the guarantor fought, and whether the attack succeeded; False without an attack.
    model_move, model_answer : str
        What the model would have done in those two chairs, given what each could see.
    taipei, beijing : float
        What the round was worth to each, in the model's units.
    cell : str
        One of the four names of `Cells`.
    happened, hidden : str
        What happened, and what the others could not know.
    """

    seat: str | None
    statement: Statement
    move: str
    answer: str
    helped: bool
    succeeded: bool
    model_move: str
    model_answer: str
    taipei: float
    beijing: float
    cell: str
    happened: str
    hidden: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A world and a statement, with what the model does in each chair.

    Attributes
    ----------
    world : Parameters
        One setting.
    statement : Statement
    threshold : float
        beta*: the model's Taipei declares if independence is worth more to it.
    bound_status_quo, bound_declared : float
        The model's Beijing attacks if its cost shock lies below the one that applies.
    """

    world: Parameters
    statement: Statement
    threshold: float
    bound_status_quo: float
    bound_declared: float

    def move(self, hand: Hand) -> str:
        """Return the move of the model's Taipei, which knows `beta` only."""
        return "declare" if hand.beta > self.threshold else "status quo"

    def answer(self, hand: Hand, move: str) -> str:
        """Return the answer of the model's Beijing, which sees the move and knows `theta` only."""
        bound = self.bound_declared if move == "declare" else self.bound_status_quo
        return "attack" if hand.theta < bound else "refrain"


def table(world: Parameters, statement: Statement) -> Table:
    """Solve the model once for the rounds that follow; raises ValueError as `solve` does."""
    found = solve(world, unprovoked=statement.unprovoked, provoked=statement.provoked)
    if np.ndim(found.declare):
        raise ValueError("A round is played in one setting; these parameters hold several.")
    return Table(
        world=world,
        statement=statement,
        threshold=float(found.beta_star),
        bound_status_quo=float(world.a - world.b * statement.unprovoked),
        bound_declared=float(world.a + world.delta - world.b * statement.provoked),
    )


def play(table: Table, hand: Hand, *, seat: str | None = None, choice: str | None = None) -> Round:
    """Play one round.

    Parameters
    ----------
    table : Table
        With the guarantor's statement: whoever sits in the guarantor's chair chose it there.
    hand : Hand
    seat : {"Taipei", "Beijing", "Guarantor"}, optional
        The reader's chair. Left out: the model plays all.
    choice : str
        What the reader does in the chair of Taipei or Beijing.

    Returns
    -------
    Round

    Raises
    ------
    ValueError
        For an unknown seat, or a choice that the seat does not have.
    """
    _check_choice(seat, choice)
    model_move = table.move(hand)
    move = str(choice) if seat == "Taipei" else model_move
    model_answer = table.answer(hand, move)
    answer = str(choice) if seat == "Beijing" else model_answer
    said = table.statement
    level = said.provoked if move == "declare" else said.unprovoked
    attack = answer == "attack"
    helped = attack and hand.resolve < level
    success = table.world.w1 if helped else table.world.w0
    succeeded = attack and hand.fortune < success
    taipei, beijing = _worth(table.world, hand, move, attack, helped, succeeded)
    return Round(
        seat=seat,
        statement=said,
        move=move,
        answer=answer,
        helped=helped,
        succeeded=succeeded,
        model_move=model_move,
        model_answer=model_answer,
        taipei=taipei,
        beijing=beijing,
        cell=_CELLS[move, answer],
        happened=_happened(move, attack, helped, succeeded),
        hidden=_hidden(table, hand, move, answer, seat),
    )


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The reader's choice of one round beside the model's.

    Attributes
    ----------
    chose : str
        What the reader did; for the guarantor, the kind of statement.
    model : str
        What the model would have done with the same knowledge. "" for the guarantor: no statement
        is best before one says what is to be made small.
    sentence : str
    """

    chose: str
    model: str
    sentence: str


def review(world: Parameters, rounds: Sequence[Round]) -> tuple[Beside, ...]:
    """Set the reader's choices beside the model's, round by round, without a score.

    Parameters
    ----------
    world : Parameters
        The one that was played in.
    rounds : sequence of Round
        Rounds with a reader in a chair.

    Returns
    -------
    tuple of Beside

    Raises
    ------
    ValueError
        For a round that nobody played.
    """
    return tuple(_beside(world, each) for each in rounds)


def _beside(world: Parameters, each: Round) -> Beside:
    if each.seat is None:
        raise ValueError("In this round nobody sat in a chair: there is no choice to look back on.")
    if each.seat == "Guarantor":
        return Beside(
            chose=each.statement.kind, model="", sentence=_guarantor_words(world, each.statement)
        )
    chose, model = (
        (each.move, each.model_move) if each.seat == "Taipei" else (each.answer, each.model_answer)
    )
    if chose == model:
        sentence = f"You chose: {chose}. The model would also have chosen it."
    else:
        sentence = f"You chose: {chose}. The model would have chosen: {model}."
    return Beside(chose=chose, model=model, sentence=sentence)


def _guarantor_words(world: Parameters, said: Statement) -> str:
    """Say what a statement leaves to chance, and which level would be best for what."""
    found = solve(world, unprovoked=said.unprovoked, provoked=said.provoked)
    attack, declare = (
        round(float(judge(world, aim, levels=401).best_level), 2) for aim in ("attack", "declare")
    )
    return (
        f"With what you said an attack has the probability {found.attack:.2f} and a declaration "
        f"{found.declare:.2f}. Of all single levels, help {often(attack)} makes an attack "
        f"least likely, and help {often(declare)} a declaration: the model has no best statement "
        "until you say what you want to prevent."
    )


_CELLS = {
    ("status quo", "refrain"): "peace",
    ("status quo", "attack"): "unprovoked_war",
    ("declare", "refrain"): "declaration_without_war",
    ("declare", "attack"): "both",
}


def _check_choice(seat: str | None, choice: str | None) -> None:
    if seat is not None and seat not in SEATS:
        raise ValueError(f"seat must be one of {', '.join(SEATS)}; got {seat!r}.")
    if seat in ("Taipei", "Beijing"):
        options = SEATS[seat]
        if choice not in options:
            raise ValueError(f"{seat} chooses one of {', '.join(options)}; got {choice!r}.")
    elif choice is not None:
        raise ValueError("Only Taipei and Beijing choose here; the guarantor speaks with `say`.")


def _worth(
    world: Parameters, hand: Hand, move: str, attack: bool, helped: bool, succeeded: bool
) -> tuple[float, float]:
    """Return what a round was worth to Taipei and to Beijing once the war is decided."""
    independent = move == "declare" and not succeeded
    taipei = hand.beta if independent else 0.0
    if not attack:
        return taipei, (-world.delta if move == "declare" else 0.0)
    beijing = (world.V if succeeded else 0.0) - world.k0 - hand.theta
    if helped:
        return taipei - world.L1, beijing - world.k1
    return taipei - world.L0, beijing


def _happened(move: str, attack: bool, helped: bool, succeeded: bool) -> str:
    moved = "declared independence" if move == "declare" else "kept the status quo"
    if not attack:
        return f"Taipei {moved}. Beijing did not attack."
    aid = "fought" if helped else "stayed out"
    end = "succeeded" if succeeded else "failed"
    return f"Taipei {moved}. Beijing attacked, the guarantor {aid}, and the attack {end}."


def _hidden(table: Table, hand: Hand, move: str, answer: str, seat: str | None) -> str:
    """Say what each side that the reader did not play knew, and the others could not."""
    sentences = []
    if seat != "Taipei":
        bound = "above" if move == "declare" else "not above"
        price = (
            "no value would have been enough to declare"
            if np.isinf(table.threshold)
            else f"{bound} the {table.threshold:.2f} from which it declares"
        )
        sentences.append(
            f"Only Taipei knew that independence was worth {hand.beta:.2f} to it: {price}."
        )
    if seat != "Beijing":
        limit = table.bound_declared if move == "declare" else table.bound_status_quo
        side = "below" if answer == "attack" else "not below"
        sentences.append(
            f"Only Beijing knew that war would cost it {table.world.k0 + hand.theta:.2f}: {side} "
            f"the {table.world.k0 + limit:.2f} at which it stops attacking in such a case."
        )
    if seat == "Taipei":
        sentences.append(f"Nobody else knew that independence was worth {hand.beta:.2f} to you.")
    if seat == "Beijing":
        cost = table.world.k0 + hand.theta
        sentences.append(f"Nobody else knew that war would cost you {cost:.2f}.")
    if answer == "attack" and seat == "Guarantor":
        sentences.append("Whether you would fight, neither could know before the attack.")
    elif answer == "attack":
        sentences.append("Whether the guarantor would fight, only it could know before the attack.")
    return " ".join(sentences)
