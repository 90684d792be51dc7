"""The game among players who know each other's values, against nashpy and by hand."""

import re

import nashpy
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indopacific.models.ambiguity import Parameters
from indopacific.models.ambiguity_game import MOVES, PLANS, Known, game, tree

BASE = Parameters()
levels = st.integers(0, 100).map(lambda n: n / 100)
settings = st.fixed_dictionaries(
    {
        "beta": st.floats(-2, 4),
        "theta": st.floats(-1, 1),
        "unprovoked": levels,
        "provoked": levels,
    }
).map(lambda v: v | {"provoked": min(v["unprovoked"], v["provoked"])})
worlds = st.fixed_dictionaries(
    {"k0": st.floats(0, 1.5), "k1": st.floats(0, 1.5), "delta": st.floats(0, 1.5)}
).map(lambda v: Parameters(**v))


def at(level, beta=0.8, **values):
    return Known(world=BASE, beta=beta, unprovoked=level, provoked=level, **values)


def pure_by_nashpy(table):
    found = nashpy.Game(table.taipei, table.beijing).support_enumeration()
    pure = [(row, plan) for row, plan in found if row.max() == plan.max() == 1]
    return {(MOVES[row.argmax()], PLANS[plan.argmax()]) for row, plan in pure}


@pytest.mark.filterwarnings("ignore::RuntimeWarning:nashpy")
@pytest.mark.parametrize("level", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("beta", [-0.3, 0.5, 1.3])
def test_the_table_has_the_pure_equilibria_that_nashpy_finds(level, beta):
    table = game(at(level, beta))
    assert {(each.move, each.plan) for each in table.equilibria()} == pure_by_nashpy(table)


@given(worlds, settings)
def test_the_tree_s_solution_is_the_credible_equilibrium(world, values):
    known = Known(world=world, **values)
    solved = tree(known)
    chosen = solved.nodes["start"].chosen
    plan = tuple(solved.nodes[move].chosen for move in MOVES)
    # Where somebody is indifferent, there are more credible equilibria than the tree's one.
    table = game(known)
    for move in range(2):
        assume(
            abs(
                known.war(MOVES[move], known.help_after(MOVES[move]))[1]
                - known.rest(MOVES[move])[1]
            )
            > 1e-9
        )
    assume(abs(np.diff(table.taipei[:, PLANS.index(plan)])[0]) > 1e-9)
    credible = [each for each in table.equilibria() if each.credible]
    assert [(each.move, each.plan) for each in credible] == [(chosen, plan)]


@pytest.mark.parametrize(
    ("level", "move", "plan"),
    [
        (0.1, "declare", ("attack", "attack")),  # nothing to lose
        (0.5, "status quo", ("refrain", "attack")),  # inside the window [0.25, 0.875)
        (0.95, "declare", ("refrain", "refrain")),  # an answer that nobody need fear
    ],
)
def test_three_zones_of_the_default(level, move, plan):
    (credible,) = [each for each in game(at(level)).equilibria() if each.credible]
    assert (credible.move, credible.plan) == (move, plan)


def test_a_threat_that_would_not_be_carried_out_can_still_be_a_nash_equilibrium():
    found = game(at(0.95)).equilibria()
    (empty,) = [each for each in found if each.move == "status quo"]
    assert not empty.credible
    assert empty.plan == ("refrain", "attack")
    assert empty.reason == (
        "The threat to attack after a declaration is empty: Beijing would get -0.56 by it and "
        "-0.50 if it did not."
    )
    assert found[0].credible


def test_an_empty_promise_is_named_as_well():
    reasons = [each.reason for each in game(at(0.5, beta=-0.3)).equilibria() if not each.credible]
    assert any(reason.startswith("The promise to refrain after") for reason in reasons)


def test_who_is_indifferent_may_do_either_but_keeps_the_peace_in_the_tree():
    known = at(0.95, beta=0.0)
    both = {each.move for each in game(known).equilibria() if each.credible}
    assert both == set(MOVES)
    assert tree(known).nodes["start"].chosen == "status quo"


def test_payoffs_by_hand():
    table = game(Known(world=BASE, beta=1.0, theta=0.1, unprovoked=0.5, provoked=0.25))
    # w(.5) = .6, L(.5) = .8; w(.25) = .7, L(.25) = .9; a = .2, b = .8.
    assert table.taipei == pytest.approx(np.array([[0, 0, -0.8, -0.8], [1, -0.6, 1, -0.6]]))
    assert table.beijing == pytest.approx(np.array([[0, 0, -0.3, -0.3], [-0.5, -0.1, -0.5, -0.1]]))


def test_induction_goes_from_the_ends_to_the_start_and_says_why():
    solved = tree(at(0.5))
    assert [step.node for step in solved.steps] == [
        "status quo, attack",
        "declare, attack",
        "status quo",
        "declare",
        "start",
    ]
    assert solved.path == ("start", "status quo", "status quo, refrain")
    assert solved.steps[2].sentence == (
        "On the status quo, Beijing compares -0.20 for an attack with 0.00 for restraint: "
        "it refrains."
    )
    assert solved.steps[4].sentence == (
        "Taipei foresees both answers. Declaring is worth -0.48 to it, the status quo 0.00: "
        "it keeps the status quo."
    )


@given(worlds, settings)
def test_every_branch_leads_to_a_node_and_every_value_comes_from_below(world, values):
    solved = tree(Known(world=world, **values))
    assert next(iter(solved.nodes)) == "start"
    reached = {key for node in solved.nodes.values() for _, key in node.branches}
    assert reached == set(solved.nodes) - {"start"}
    for node in solved.nodes.values():
        below = [np.array(solved.nodes[key].payoffs) for _, key in node.branches]
        if node.mover == "Guarantor":
            mean = sum(chance * value for chance, value in zip(node.chances, below, strict=True))
            assert node.payoffs == pytest.approx(tuple(mean))
        elif node.mover:
            side = 0 if node.mover == "Taipei" else 1
            assert node.payoffs[side] == max(value[side] for value in below)
            assert dict(node.branches)[node.chosen] in solved.nodes
    for here, there in zip(solved.path, solved.path[1:], strict=False):
        assert there in dict(solved.nodes[here].branches).values()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"beta": float("nan")}, "beta must be one number; got nan"),
        ({"beta": np.array([0.1, 0.2])}, "beta must be one number"),
        ({"beta": 1, "theta": float("inf")}, "theta must be one number; got inf"),
        ({"beta": 1, "unprovoked": 0.2}, "provoked must lie from 0 to unprovoked, here 0.2"),
        ({"beta": 1, "world": Parameters(delta=np.array([0.1, 0.2]))}, "delta must be one number"),
    ],
)
def test_a_game_has_one_setting(values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Known(**({"world": BASE} | values))
