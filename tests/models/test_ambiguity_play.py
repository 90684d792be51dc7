"""The played game: many rounds are the model, and every round is told truly."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.models.ambiguity import Guarantor, Parameters, solve
from indopacific.models.ambiguity_play import (
    SEATS,
    Hand,
    deal,
    often,
    play,
    review,
    say,
    table,
)

BASE = Parameters()
CELLS = ("peace", "unprovoked_war", "declaration_without_war", "both")

statements = st.one_of(
    st.just(say()),
    st.floats(0, 1).map(lambda p: say("a level", p)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(
        lambda two: say("a condition", max(two), min(two))
    ),
)
seats = st.sampled_from([(None, None), ("Guarantor", None)]) | st.sampled_from(
    [(seat, choice) for seat in ("Taipei", "Beijing") for choice in SEATS[seat]]
)


# ---------------------------------------------------------------- the model and the game


@pytest.mark.parametrize(
    ("world", "statement"),
    [
        (BASE, say()),
        (BASE, say("a level", 0.5)),
        (BASE, say("a condition", 0.9, 0.5)),
        (Parameters(types="logistic", delta=0.3), say("a level", 0.7)),
        (Parameters(k0=0.3, beta_hi=2.0, tau=0.6), say("a condition", 0.6, 0.2)),
    ],
)
def test_many_rounds_give_the_probabilities_of_the_closed_form(world, statement):
    rounds = 20_000
    here = table(world, statement)
    played = Counter(play(here, hand).cell for hand in deal(world, rounds=rounds, seed=11))
    found = solve(world, unprovoked=statement.unprovoked, provoked=statement.provoked)
    for cell in CELLS:
        share = getattr(found, cell)
        error = np.sqrt(share * (1 - share) / rounds)
        assert played[cell] / rounds == pytest.approx(share, abs=4 * error + 1e-12), cell


def test_help_and_success_come_as_often_as_the_levels_say():
    world, said = Parameters(k0=0.0, beta_hi=4.0), say("a condition", 0.7, 0.2)
    here = table(world, said)
    wars = [play(here, hand) for hand in deal(world, rounds=30_000, seed=2)]
    for move, level in (("status quo", 0.7), ("declare", 0.2)):
        fought = [each for each in wars if (each.move, each.answer) == (move, "attack")]
        assert len(fought) > 3000
        assert np.mean([each.helped for each in fought]) == pytest.approx(level, abs=0.03)
        for helped, success in ((True, world.w1), (False, world.w0)):
            these = [each.succeeded for each in fought if each.helped == helped]
            assert np.mean(these) == pytest.approx(success, abs=0.04)


@pytest.mark.parametrize("move", SEATS["Taipei"])
def test_payoffs_are_on_average_those_of_the_model(move):
    said = say("a condition", 0.6, 0.3)
    world = Parameters(tau=0.02)
    here, value = table(world, said), {"status quo": -9.0, "declare": 9.0}[move]
    # A value beyond doubt settles Taipei's move, and a reader attacks whatever war may cost.
    hands = [replace(hand, beta=value, theta=0.0) for hand in deal(world, rounds=20_000, seed=4)]
    rounds = [play(here, hand, seat="Beijing", choice="attack") for hand in hands]
    assert {each.move for each in rounds} == {move}
    level = said.provoked if move == "declare" else said.unprovoked
    gain = world.a - world.b * level
    kept = value * (1 - world.success(level)) if move == "declare" else 0
    assert np.mean([each.beijing for each in rounds]) == pytest.approx(gain, abs=0.02)
    assert np.mean([each.taipei for each in rounds]) == pytest.approx(
        kept - world.loss(level), abs=0.1
    )


@given(statements, st.integers(0, 10_000))
def test_the_model_in_a_chair_does_what_pays_best_given_what_it_knows(statement, seed):
    here = table(BASE, statement)
    found = solve(BASE, unprovoked=statement.unprovoked, provoked=statement.provoked)
    (hand,) = deal(BASE, rounds=1, seed=seed)
    for move, level, rest in (
        ("status quo", statement.unprovoked, 0.0),
        ("declare", statement.provoked, -BASE.delta),
    ):
        gain = BASE.a - BASE.b * level - hand.theta - rest
        assert here.answer(hand, move) == ("attack" if gain > 0 else "refrain")
    keep = -found.alpha_S * BASE.loss(statement.unprovoked)
    kept = 1 - found.alpha_D * BASE.success(statement.provoked)
    declare = kept * hand.beta - found.alpha_D * BASE.loss(statement.provoked)
    if abs(declare - keep) > 1e-9:
        assert here.move(hand) == ("declare" if declare > keep else "status quo")


# ---------------------------------------------------------------- chairs


@given(statements, seats, st.integers(0, 10_000))
def test_a_round_says_what_happened_and_no_more_than_one_side_knew(statement, chair, seed):
    seat, choice = chair
    (hand,) = deal(BASE, rounds=1, seed=seed)
    here = table(BASE, statement)
    each = play(here, hand, seat=seat, choice=choice)
    if seat == "Taipei":
        assert each.move == choice
        assert each.answer == each.model_answer == here.answer(hand, choice)
    if seat == "Beijing":
        assert each.answer == choice
        assert each.move == each.model_move
    assert ("declared independence" in each.happened) == (each.move == "declare")
    assert ("Beijing attacked" in each.happened) == (each.answer == "attack")
    assert ("fought" in each.happened) == each.helped
    assert ("the attack succeeded" in each.happened) == each.succeeded
    assert ("Only Taipei knew" in each.hidden) == (seat != "Taipei")
    assert ("Only Beijing knew" in each.hidden) == (seat != "Beijing")
    who = "you" if seat == "Guarantor" else "the guarantor"
    assert (f"Whether {who} would fight" in each.hidden) == (each.answer == "attack")
    if each.answer == "refrain":
        assert not each.helped
        assert not each.succeeded


def test_two_rounds_told_in_words():
    world = Parameters(w1=0.0, w0=1.0)
    here = table(world, say("a condition", 1.0, 0.0))
    war = Hand(beta=1.2, theta=-0.3, resolve=0.5, fortune=0.5)
    lost = play(here, war, seat="Taipei", choice="declare")
    assert lost.happened == (
        "Taipei declared independence. Beijing attacked, the guarantor stayed out, "
        "and the attack succeeded."
    )
    assert lost.hidden == (
        "Only Beijing knew that war would cost it 0.30: below the 1.50 at which it stops attacking "
        "in such a case. Nobody else knew that independence was worth 1.20 to you. "
        "Whether the guarantor would fight, only it could know before the attack."
    )
    assert (lost.cell, lost.taipei, lost.beijing) == ("both", -1.0, pytest.approx(0.7))
    calm = play(here, war, seat="Beijing", choice="refrain")
    assert calm.happened == "Taipei kept the status quo. Beijing did not attack."
    assert "no value would have been enough to declare" in calm.hidden


def test_what_peace_is_worth():
    here, hand = table(BASE, say()), Hand(beta=2.0, theta=0.0, resolve=0.5, fortune=0.5)
    # A reader in Beijing's chair refrains; beta decides what the model's Taipei does before.
    declared = play(here, hand, seat="Beijing", choice="refrain")
    kept = play(here, replace(hand, beta=-0.5), seat="Beijing", choice="refrain")
    assert (declared.cell, declared.taipei, declared.beijing) == (
        "declaration_without_war",
        2.0,
        -BASE.delta,
    )
    assert (kept.cell, kept.taipei, kept.beijing) == ("peace", 0.0, 0.0)


def test_the_same_seed_can_be_played_again_with_other_choices():
    assert deal(BASE, rounds=5, seed=7) == deal(BASE, rounds=5, seed=7)
    assert deal(BASE, rounds=5, seed=7) != deal(BASE, rounds=5, seed=8)
    (hand, *_) = deal(BASE, rounds=5, seed=7)
    for choice in SEATS["Taipei"]:
        each = play(table(BASE, say()), hand, seat="Taipei", choice=choice)
        assert each.model_move == table(BASE, say()).move(hand)


def test_draws_are_independent_of_each_other():
    hands = deal(BASE, rounds=20_000, seed=3)
    drawn = np.array([[h.beta, h.theta, h.resolve, h.fortune] for h in hands])
    assert np.abs(np.corrcoef(drawn.T) - np.eye(4)).max() < 0.03


def test_to_say_nothing_leaves_the_bare_interest():
    silent = say()
    assert silent.unprovoked == silent.provoked == Guarantor(tied=0.0).levels()[0]
    assert "says nothing" in silent.words()


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (0.0, "in no case"),
        (1.0, "in every case"),
        (0.5, "in 50 of 100 cases"),
        (0.29, "in 29 of 100 cases"),
        (0.125, "in 12.5 of 100 cases"),
    ],
)
def test_a_level_is_said_in_cases_and_not_as_a_bare_number(level, said):
    assert often(level) == said
    assert said in say("a level", level).words()
    before, after = say("a condition", 1.0, level).words().split(" if nothing was declared")
    assert "in every case" in before
    assert said in after


# ---------------------------------------------------------------- looking back


def test_looking_back_sets_choices_beside_the_model_without_a_score():
    here = table(BASE, say("a level", 0.5))
    hands = deal(BASE, rounds=3, seed=1)
    told = review(BASE, [play(here, h, seat="Taipei", choice="declare") for h in hands])
    assert len(told) == 3
    for line, hand in zip(told, hands, strict=True):
        assert line.chose == "declare"
        assert line.model == here.move(hand)
        assert ("also" in line.sentence) == (line.model == "declare")
    assert not any(word in line.sentence for line in told for word in ("score", "won", "points"))


def test_looking_back_from_the_guarantor_s_chair_depends_on_the_objective():
    said = say("a level", 1.0)
    (hand,) = deal(BASE, rounds=1, seed=1)
    (line,) = review(BASE, [play(table(BASE, said), hand, seat="Guarantor")])
    assert line.chose == "a level"
    assert line.model == ""
    assert "attack has the probability 0.21" in line.sentence
    assert "declaration 0.57" in line.sentence
    assert "help in 69 of 100 cases makes an attack least likely" in line.sentence
    assert "help in 15 of 100 cases a declaration" in line.sentence


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda here, hand: play(here, hand, seat="Tokyo"), "seat must be one of Taipei, Beijing"),
        (lambda here, hand: play(here, hand, seat="Taipei"), "Taipei chooses one of status quo"),
        (
            lambda here, hand: play(here, hand, seat="Beijing", choice="declare"),
            "Beijing chooses one of refrain, attack; got 'declare'",
        ),
        (lambda here, hand: play(here, hand, choice="attack"), "Only Taipei and Beijing choose"),
        (lambda here, hand: say("a threat"), "kind must be one of nothing, a level, a condition"),
        (
            lambda here, hand: table(BASE, say("a condition", 0.2, 0.4)),
            "provoked must lie from 0 to unprovoked, here 0.2; got 0.4",
        ),
        (lambda here, hand: table(BASE, say("a level", 1.4)), "unprovoked must lie from 0 to 1"),
        (
            lambda here, hand: table(Parameters(delta=np.array([0.1, 0.2])), say()),
            "A round is played in one setting",
        ),
        (lambda here, hand: deal(BASE, rounds=-1, seed=1), "rounds must be at least 1; got -1"),
    ],
)
def test_bad_input_is_refused(call, message):
    (hand,) = deal(BASE, rounds=1, seed=1)
    with pytest.raises(ValueError, match=message):
        call(table(BASE, say()), hand)
