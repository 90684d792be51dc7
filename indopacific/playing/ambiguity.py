"""Three chairs of the ambiguity model: Taipei, Beijing, and the guarantor who speaks first."""

from __future__ import annotations

import dataclasses

from indopacific.models import ambiguity
from indopacific.models import ambiguity_play as model
from indopacific.models.ambiguity import Parameters
from indopacific.models.ambiguity_game import Known
from indopacific.models.ambiguity_play import Hand, Statement, Table, often, say
from indopacific.playing.game import Chair, Choice, Game, Round, Rows

# What the guarantor has said, round by round, when the reader sits in another chair.
HEARD = (say(), say("a level", 0.5), say("a condition", 0.9, 0.1))

# What the reader may say in the guarantor's chair.
OFFERED = {
    "Say nothing": say(),
    **{f"Help {often(level)}": say("a level", level) for level in (0.25, 0.5, 0.75, 1.0)},
    **{
        f"If nothing is declared, help {often(before)}; after a declaration, {often(after)}": say(
            "a condition", before, after
        )
        for before, after in ((0.9, 0.1), (1.0, 0.0))
    },
}

LABELS = {
    "status quo": "Keep the status quo",
    "declare": "Declare independence",
    "refrain": "Refrain from an attack",
    "attack": "Attack",
}

MOVED = {"status quo": "Taipei kept the status quo.", "declare": "Taipei declared independence."}


def game(seed: int) -> Game:
    """Deal three rounds for each chair, and play every branch of them."""
    world = Parameters()
    hands = model.deal(world, rounds=3 * len(HEARD), seed=seed)
    thirds = [hands[start : start + len(HEARD)] for start in range(0, len(hands), len(HEARD))]
    heard = [model.table(world, said) for said in HEARD]
    return Game(
        name="ambiguity",
        title="Play it first",
        about=(
            "Sit in three chairs, three rounds in each. The other two sides answer as the model of "
            "this lesson does. There is no score."
        ),
        seed=seed,
        chairs=(
            Chair(
                name="Taipei",
                about="You keep the status quo or declare independence. Then Beijing moves.",
                rounds=tuple(map(_taipei, heard, thirds[0])),
            ),
            Chair(
                name="Beijing",
                about="You see what Taipei did, and attack or refrain.",
                rounds=tuple(map(_beijing, heard, thirds[1])),
            ),
            Chair(
                name="Guarantor",
                about="You speak before either moves. In the model both believe what you say.",
                rounds=tuple(_guarantor(world, hand) for hand in thirds[2]),
            ),
        ),
        reading=(
            "What each end is worth to a side, in invented units: a larger number is better for "
            "it. For a war: the average of its success and its failure."
        ),
        doubt=(
            "Every number here is invented to make the situation thinkable. None is estimated, and "
            "no side has agreed to how its stakes are written. Ask which you would write otherwise."
        ),
        numbers=_numbers(world),
        after="Your choices, with what the model would have done in the same chair:",
    )


def _taipei(table: Table, hand: Hand) -> Round:
    world, value = table.world, f"{hand.beta:z.2f}"
    return Round(
        knows=(
            table.statement.words(),
            f"Only you know what independence is worth to you in this round: {value}. To the "
            f"others it may be anything from {world.beta_lo:.2f} to {world.beta_hi:.2f}.",
            "You do not know what war would cost Beijing, or whether the guarantor would fight.",
        ),
        asks="What does Taipei do?",
        payoffs=_payoffs(world, beta=hand.beta),
        model=model.SEATS["Taipei"].index(table.move(hand)),
        choices=_branches(table, hand, "Taipei"),
    )


def _beijing(table: Table, hand: Hand) -> Round:
    world, move = table.world, table.move(hand)
    return Round(
        knows=(
            table.statement.words(),
            MOVED[move],
            "Only you know what war would cost you in this round if the guarantor stays out: "
            f"{world.k0 + hand.theta:.2f}. To the others it may be anything from "
            f"{world.k0 - world.tau:.2f} to {world.k0 + world.tau:.2f}.",
            "You do not know whether the guarantor would fight.",
        ),
        asks="What does Beijing do?",
        payoffs=_payoffs(world, theta=hand.theta),
        model=model.SEATS["Beijing"].index(table.answer(hand, move)),
        choices=_branches(table, hand, "Beijing"),
    )


def _guarantor(world: Parameters, hand: Hand) -> Round:
    return Round(
        knows=(
            "You know the stakes of both sides on average. You do not know what independence is "
            "worth to Taipei in this round, or what war would cost Beijing.",
            "You can say how likely it is that you fight after an attack, or name a condition: "
            "another likelihood for an attack that follows a declaration. If it comes to that, "
            "chance decides as you said.",
            "If you say nothing, both reckon with your interest alone: that you would fight "
            f"{often(say().unprovoked)}.",
        ),
        asks="What does the guarantor say?",
        payoffs=_payoffs(world),
        model=-1,
        choices=tuple(_spoken(world, hand, label, said) for label, said in OFFERED.items()),
    )


def _branches(table: Table, hand: Hand, seat: str) -> tuple[Choice, ...]:
    rounds = [model.play(table, hand, seat=seat, choice=each) for each in model.SEATS[seat]]
    return tuple(
        _told(table.world, LABELS[choice], each)
        for choice, each in zip(model.SEATS[seat], rounds, strict=True)
    )


def _spoken(world: Parameters, hand: Hand, label: str, said: Statement) -> Choice:
    return _told(world, label, model.play(model.table(world, said), hand, seat="Guarantor"))


def _told(world: Parameters, label: str, played: model.Round) -> Choice:
    (beside,) = model.review(world, [played])
    return Choice(
        label=label, happened=played.happened, hidden=played.hidden, beside=beside.sentence
    )


def _payoffs(world: Parameters, *, beta: float | None = None, theta: float | None = None) -> Rows:
    """Write what each end is worth; a value that the chair does not know stands at its average."""
    known = Known(
        world=world,
        beta=(world.beta_lo + world.beta_hi) / 2 if beta is None else beta,
        theta=0.0 if theta is None else theta,
    )
    taipei = "To Taipei" + (", at its average value" if beta is None else "")
    beijing = "To Beijing" + (", at its average cost" if theta is None else "")
    ends = [
        (start + end, *worth)
        for start, move in (("Status quo, ", "status quo"), ("Declared, ", "declare"))
        for end, worth in (
            ("no attack", known.rest(move)),
            ("attack, no help", known.war(move, 0)),
            ("attack, with help", known.war(move, 1)),
        )
    ]
    # z: what rounds to nothing is written as 0.00, never as -0.00.
    rows = [(name, f"{one:z.2f}", f"{two:z.2f}") for name, one, two in ends]
    return (("How it may end", taipei, beijing), *rows)


def _numbers(world: Parameters) -> Rows:
    values = dataclasses.asdict(world)
    rows = [
        (
            each.label,
            f"{value:.2f}" if isinstance(value := values[each.name], float) else value,
            each.meaning,
        )
        for each in ambiguity.declared(Parameters)
    ]
    return (("Number", "Here", "What it says"), *rows)
