"""What the game says is what the model plays, in every branch."""

import re

import pytest

from indopacific import play
from indopacific.models import ambiguity_play as model
from indopacific.models.ambiguity import Parameters, solve
from indopacific.playing import ambiguity, deal, games
from indopacific.playing.board import told

WORLD = Parameters()
SEATS = list(model.SEATS)
# With 18 Beijing sees a declaration and answers otherwise than it would have on the status quo.
SEEDS = [0, 6, 18]


def hand_of(seed, chair, place):
    """The hand of one round, dealt anew."""
    return model.deal(WORLD, rounds=9, seed=seed)[3 * chair + place]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("chair", range(3))
@pytest.mark.parametrize("place", range(3))
def test_every_branch_says_what_the_model_plays(seed, chair, place):
    seat, hand = SEATS[chair], hand_of(seed, chair, place)
    shown = deal("ambiguity", seed=seed).chairs[chair]
    assert shown.name == seat
    choices = shown.rounds[place].choices
    if seat == "Guarantor":
        statements = list(ambiguity.OFFERED.values())
        options = [None] * len(statements)
    else:
        options = list(model.SEATS[seat])
        statements = [ambiguity.HEARD[place]] * len(options)
    assert len(choices) == len(options)
    for choice, option, said in zip(choices, options, statements, strict=True):
        played = model.play(model.table(WORLD, said), hand, seat=seat, choice=option)
        assert choice.happened == played.happened
        assert choice.hidden == played.hidden
        assert choice.beside == model.review(WORLD, [played])[0].sentence


@pytest.mark.parametrize("seed", SEEDS)
def test_the_models_choice_is_the_one_it_makes_with_nobody_in_the_chair(seed):
    game = deal("ambiguity", seed=seed)
    for chair in (0, 1):
        for place, shown in enumerate(game.chairs[chair].rounds):
            table = model.table(WORLD, ambiguity.HEARD[place])
            alone = model.play(table, hand_of(seed, chair, place))
            assert shown.choices[shown.model].happened == alone.happened
            assert "would also have chosen it" in shown.choices[shown.model].beside
            assert "would have chosen:" in shown.choices[1 - shown.model].beside


def test_a_round_tells_the_chair_its_own_secret_and_no_other():
    for chair in (0, 1):
        for place, shown in enumerate(deal("ambiguity").chairs[chair].rounds):
            hand = hand_of(6, chair, place)
            own, other = f"{hand.beta:.2f}", f"{WORLD.k0 + hand.theta:.2f}"
            if chair == 1:
                own, other = other, own
            known = " ".join(shown.knows)
            assert own in known
            assert other not in re.findall(r"-?\d\.\d\d", known)
            assert ambiguity.HEARD[place].words() in shown.knows


def test_beijing_is_told_what_taipei_did():
    rounds = deal("ambiguity").chairs[1].rounds
    seen = [next(line for line in shown.knows if line.startswith("Taipei ")) for shown in rounds]
    for place, line in enumerate(seen):
        move = model.table(WORLD, ambiguity.HEARD[place]).move(hand_of(6, 1, place))
        assert line == ambiguity.MOVED[move]
    assert len(set(seen)) == 2, "the default seed shows Beijing both moves"


@pytest.mark.parametrize("move", model.SEATS["Taipei"])
@pytest.mark.parametrize("helped", [False, True])
def test_the_worth_of_a_war_is_the_average_of_wars_that_were_played(move, helped):
    """Beijing's shock is far below its average, so that it attacks; it is taken out again."""
    beta, shock = hand_of(6, 0, 0).beta, -9.0
    table = model.table(WORLD, model.say("a level", 1.0 if helped else 0.0))
    wars = [
        model.play(
            table,
            model.Hand(beta=beta, theta=shock, resolve=0.5, fortune=(n + 0.5) / 1000),
            seat="Taipei",
            choice=move,
        )
        for n in range(1000)
    ]
    assert all(war.answer == "attack" and war.helped is helped for war in wars)
    start = "Declared" if move == "declare" else "Status quo"
    row = f"{start}, attack, {'with' if helped else 'no'} help"
    taipei, beijing = dict(_worths())[row]
    assert taipei == pytest.approx(sum(war.taipei for war in wars) / 1000, abs=0.006)
    assert beijing == pytest.approx(sum(war.beijing for war in wars) / 1000 + shock, abs=0.006)


@pytest.mark.parametrize("move", model.SEATS["Taipei"])
def test_the_worth_of_restraint_is_what_was_played(move):
    table = model.table(WORLD, model.say("a level", 1.0))
    hand = model.Hand(beta=hand_of(6, 0, 0).beta, theta=9.0, resolve=0.5, fortune=0.5)
    rest = model.play(table, hand, seat="Taipei", choice=move)
    start = "Declared" if move == "declare" else "Status quo"
    expected = pytest.approx((rest.taipei, rest.beijing), abs=0.006)
    assert dict(_worths())[f"{start}, no attack"] == expected


def _worths():
    for end, taipei, beijing in deal("ambiguity", seed=6).chairs[0].rounds[0].payoffs[1:]:
        yield end, (float(taipei), float(beijing))


def test_many_deals_give_the_probabilities_of_the_closed_form():
    """What the guarantor's chair tells over many seeds is what `solve` says in its review."""
    said = ambiguity.OFFERED["Help in 50 of 100 cases"]
    place = list(ambiguity.OFFERED).index("Help in 50 of 100 cases")
    ends = [
        shown.choices[place].happened
        for seed in range(40)
        for shown in deal("ambiguity", seed=seed).chairs[2].rounds
    ]
    declared = sum("declared" in end for end in ends) / len(ends)
    attacked = sum("attacked" in end for end in ends) / len(ends)
    found = solve(WORLD, unprovoked=said.unprovoked, provoked=said.provoked)
    assert declared == pytest.approx(float(found.declare), abs=0.1)
    assert attacked == pytest.approx(float(found.attack), abs=0.1)


def test_the_same_seed_deals_the_same_and_another_deals_otherwise():
    assert deal("ambiguity", seed=3) == deal("ambiguity", seed=3)
    assert deal("ambiguity", seed=3).chairs != deal("ambiguity", seed=4).chairs


def test_what_rounds_to_nothing_has_no_sign():
    rows = ambiguity._payoffs(WORLD, beta=-0.004, theta=0.0)
    assert ("Declared, no attack", "0.00", "-0.50") in rows


@pytest.mark.parametrize("seed", range(0, 30, 3))
def test_nobody_wins_and_nothing_is_scored(seed):
    text = told(deal("ambiguity", seed=seed))
    assert re.findall(r"\b(wins?|won|lose|loses|lost|points?|victory|defeat)\b", text, re.I) == []
    assert re.findall(r"(?<!no )\bscore", text, re.I) == []
    assert not re.search(r"\b(nan|inf)\b", text)


@pytest.mark.parametrize("name", games())
def test_every_game_is_shown_without_asking_and_tells_every_branch_on_paper(name):
    data, _ = play(name)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    for chair in deal(name).chairs:
        assert chair.rounds
        for shown in chair.rounds:
            assert len(shown.choices) > 1
            assert all(
                choice.happened and choice.hidden and choice.beside for choice in shown.choices
            )
            assert all(choice.happened in data["text/html"] for choice in shown.choices)


def test_games_are_found_by_themselves():
    assert games() == ["ambiguity"]


def test_an_unknown_game_names_the_nearest():
    with pytest.raises(ValueError, match=r"no game 'ambigity'\. Did you mean 'ambiguity'"):
        play("ambigity")


@pytest.mark.parametrize("seed", [-1, 1.5, "6", True, None])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(ValueError, match="seed must be a whole number from 0 up"):
        play("ambiguity", seed=seed)
