"""Figures of lesson 05 that an explorer keeps: policy and map, and the decision tree."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from indopacific.figures import forms, style
from indopacific.figures.ambiguity import RISKS, SOURCE, VERDICTS, borders, two
from indopacific.figures.easel import kept
from indopacific.figures.wording import sentence
from indopacific.figures.words import Words
from indopacific.models import ambiguity_regions as regions
from indopacific.models.ambiguity import Outcome, Parameters, Policy
from indopacific.models.ambiguity_game import Known, Node, Tree
from indopacific.models.ambiguity_regions import OBJECTIVES, REGIONS, Judgement

_SIDES = ("Beijing, unprovoked", "Beijing, after a declaration", "Taipei declares")
_AIM = "what is to be made small"
_PLACES = {
    "start": (0.0, 2.75),
    "status quo": (1.0, 4.25),
    "status quo, refrain": (3.0, 5.0),
    "status quo, attack": (2.0, 3.5),
    "status quo, attack, help": (3.0, 4.0),
    "status quo, attack, no help": (3.0, 3.0),
    "declare": (1.0, 1.25),
    "declare, refrain": (3.0, 2.0),
    "declare, attack": (2.0, 0.5),
    "declare, attack, help": (3.0, 1.0),
    "declare, attack, no help": (3.0, 0.0),
}


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One setting of the ambiguity explorer, with everything that its picture shows.

    Attributes
    ----------
    world : Parameters
    level, provoked : float
        Help on the status quo, and after a declaration.
    aim : str
        One of `OBJECTIVES`.
    levels : ndarray
    along : Outcome
        Over the levels, with the same share of help after a declaration.
    aimed : ndarray
        What is to be made small, over the levels.
    here : Outcome
        At the level.
    judged : Judgement
        Of the unconditional policies in this world.
    region : str
    map_delta, map_k0 : ndarray
    map_verdicts, map_regions : ndarray of str
    """

    world: Parameters
    level: float
    provoked: float
    aim: str
    levels: np.ndarray
    along: Outcome
    aimed: np.ndarray
    here: Outcome
    judged: Judgement
    region: str
    map_delta: np.ndarray
    map_k0: np.ndarray
    map_verdicts: np.ndarray
    map_regions: np.ndarray


def draw_panel(panel: Panel, figure: Figure) -> Words:
    """Draw both sides' curves over the level, and where this world lies on the phase map.

    Parameters
    ----------
    panel : Panel
    figure : Figure
    """
    parts = kept(figure, lambda empty: _set_up_panel(empty, panel), key=len(panel.map_delta))
    along, here, judged = panel.along, panel.here, panel.judged
    sides = (along.alpha_S, along.alpha_D, along.declare)
    lines = {**dict(zip(_SIDES, sides, strict=True)), _AIM: panel.aimed}
    parts.curves.move(panel.levels, lines, at=panel.level)
    parts.map.move(
        panel.map_verdicts,
        regions=panel.map_regions,
        borders=borders(panel.world, float(panel.map_delta[-1])),
        here=(float(panel.world.delta), float(panel.world.k0)),
    )
    said = f"at a level of {two(panel.level)}"
    if panel.provoked != panel.level:
        said += f", and {two(panel.provoked)} after a declaration"
    verdict = VERDICTS[str(judged.verdict)]
    aim = OBJECTIVES[panel.aim]
    chances = {
        "Beijing attacks, nothing declared": here.unprovoked_war,
        "Taipei declares, no attack": here.declaration_without_war,
        "Taipei declares, Beijing attacks": here.both,
        "Nothing happens": here.peace,
        "An attack": here.attack,
        "A declaration": here.declare,
        "Either": here.either,
        "Best single level for the aim": judged.best_level,
        "The aim at that level": judged.at_best,
        "The aim without commitment": judged.at_none,
        "The aim with clear commitment": judged.at_clear,
    }
    return Words(
        title=f"An attack has a probability of {two(here.attack)}, a declaration of "
        f"{two(here.declare)}, {said}",
        reading=f"This world lies in region {panel.region}. {REGIONS[panel.region]} That is "
        "for known costs; with the doubt set here and one level for both cases, the verdict on "
        f"{aim} is: {verdict}. The best level is {two(judged.best_level)} with "
        f"{two(judged.at_best)}, against {two(judged.at_none)} without commitment and "
        f"{two(judged.at_clear)} with a clear one. These are the model's numbers, not a forecast.",
        table=pd.DataFrame({"What": list(chances), "Value": [two(v) for v in chances.values()]}),
        source=SOURCE,
    )


def _set_up_panel(figure: Figure, panel: Panel) -> SimpleNamespace:
    left, right = figure.subplots(1, 2, width_ratios=(1, 1))
    figure.subplots_adjust(left=0.075, right=0.97, top=0.78, bottom=0.12, wspace=0.25)
    left.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="Level of commitment", ylabel="Probability")
    right.set(xlabel="Beijing's red line (delta)", ylabel="Beijing's cost of war (k0)")
    right.set(xticks=np.linspace(0, 1.5, 4), yticks=np.linspace(0, 1.5, 4))
    curves = forms.Curves(left, _SIDES, heavy=_AIM)
    phases = forms.PhaseMap(
        right,
        panel.map_delta,
        panel.map_k0,
        kinds=list(VERDICTS.values()),
        regions=list(REGIONS),
    )
    return SimpleNamespace(curves=curves, map=phases)


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message of the guarantor, how both sides read it, and what follows.

    Attributes
    ----------
    world : Parameters
    policy : Policy
    spreads : ndarray
    along : Outcome
        Over the spreads, with all else as in `policy`.
    here, plain : Outcome
        With the policy's own spread, and with neither spread nor mistakes.
    """

    world: Parameters
    policy: Policy
    spreads: np.ndarray
    along: Outcome
    here: Outcome
    plain: Outcome


def draw_message(message: Message, figure: Figure) -> Words:
    """Draw how two audiences read one message, and the three risks over its spread.

    Parameters
    ----------
    message : Message
    figure : Figure
    """
    window = tuple(float(end) for end in regions.window(message.world))
    parts = kept(figure, lambda empty: _set_up_message(empty, window), key=window)
    policy, here, plain = message.policy, message.here, message.plain
    spread, mistaken = float(policy.spread), float(policy.misattribution)
    said = (float(policy.unprovoked), float(policy.provoked))
    beijing, taipei = (
        tuple(map(float, read)) for read in (policy.read_by_beijing(), policy.read_by_taipei())
    )
    reach = [(max(0.0, level - spread), min(1.0, level + spread)) for level in said]
    parts.readings.move(np.array([said, beijing, taipei]).T, reach=reach)
    lines = {name: getattr(message.along, risk) for risk, name in RISKS.items()}
    parts.curves.move(message.spreads, lines, at=spread)
    risks = {name: two(getattr(here, risk)) for risk, name in RISKS.items()}
    one = said[0] == said[1]
    spoken = two(said[0]) if one else f"{two(said[0])}, and {two(said[1])} after a declaration"
    heard = [
        f"{who} expects {two(read[0])}"
        + ("" if one else f", and after a declaration {two(read[1])}")
        for who, read in (("Beijing", beijing), ("Taipei", taipei))
    ]
    words = (
        f"the words allow everything from {two(reach[0][0])} to {two(reach[0][1])}"
        if spread
        else "the words allow one reading only"
    )
    # Otherwise a reader who moves a control that is out of play would look for a fault.
    chance = " With one reading only, the attitude has nothing to act on." * (
        not spread and bool(policy.attitude)
    )
    if mistaken:
        chance += f" Who began is mistaken with probability {two(mistaken)}"
        chance += ", which changes nothing at one level." if one else "."
    rows = {
        "Said: help if nothing was declared": two(said[0]),
        "Said: help after a declaration": two(said[1]),
        "The words reach from": two(reach[0][0]),
        "The words reach to": two(reach[0][1]),
        "Beijing expects, nothing declared": two(beijing[0]),
        "Beijing expects, after a declaration": two(beijing[1]),
        "Taipei expects, nothing declared": two(taipei[0]),
        "Taipei expects, after a declaration": two(taipei[1]),
        "Probability of mistaking who began": two(mistaken),
        **{sentence(name): risk for name, risk in risks.items()},
        **{
            f"{sentence(name)}, if all were plain and seen": two(getattr(plain, risk))
            for risk, name in RISKS.items()
        },
    }
    return Words(
        title=f"An attack has a probability of {risks['attack']}, a declaration of "
        f"{risks['declaration']}, either of {risks['either of the two']}",
        reading=f"The guarantor says: help with probability {spoken}; {words}. {'. '.join(heard)}."
        f"{chance} With the same words, plain and with no mistake, an attack would have "
        f"{two(plain.attack)}, a declaration {two(plain.declare)} and either {two(plain.either)}.",
        table=pd.DataFrame({"What": list(rows), "Value": list(rows.values())}),
        source=SOURCE,
    )


def _set_up_message(figure: Figure, window: tuple[float, ...]) -> SimpleNamespace:
    left, right = figure.subplots(1, 2, width_ratios=(1.1, 1))
    figure.subplots_adjust(left=0.1, right=0.98, top=0.74, bottom=0.12, wspace=0.2)
    start, end = window
    readings = forms.Readings(
        left,
        ("What is\nsaid", "Beijing\nexpects", "Taipei\nexpects"),
        cases=("help if nothing was declared", "help after a declaration"),
        reach="what the words allow",
        window=("window, if costs were known", start, end),
    )
    left.set_xlabel("Level of commitment")
    right.set(xlim=(0, 0.5), ylim=(0, 1.02), xlabel="Spread of the message", ylabel="Probability")
    curves = forms.Curves(right, list(RISKS.values()), key_columns=1)
    return SimpleNamespace(readings=readings, curves=curves)


@dataclass(frozen=True, kw_only=True)
class Steps:
    """A solved tree, and how many steps of backward induction are shown."""

    known: Known
    tree: Tree
    step: int


def draw_steps(shown: Steps, figure: Figure) -> Words:
    """Draw the decision tree with the first steps of its backward induction.

    Parameters
    ----------
    shown : Steps
    figure : Figure
    """
    return _draw(shown.tree, shown.step, figure)


def draw_tree(solved: Tree, figure: Figure) -> Words:
    """Draw the decision tree, solved from its end, with the path that is played.

    Parameters
    ----------
    solved : Tree
    figure : Figure
    """
    return _draw(solved, len(solved.steps), figure)


def _draw(tree: Tree, step: int, figure: Figure) -> Words:
    nodes, settled = tree.nodes, {each.node for each in tree.steps[:step]}
    parts = kept(figure, lambda empty: _set_up_tree(empty, tree))
    ends = {key for key, node in nodes.items() if not node.mover}
    labels = {}
    for key, node in nodes.items():
        chances = _chances(node)
        for place, (label, child) in enumerate(node.branches):
            labels[key, child] = f"{label}{chances[place]}"
    chosen = {
        (key, child)
        for key in settled
        for label, child in nodes[key].branches
        if label == nodes[key].chosen
    }
    done = step == len(tree.steps)
    played = set(zip(tree.path, tree.path[1:], strict=False)) if done else set()
    values = {key: ", ".join(map(two, nodes[key].payoffs)) for key in settled}
    parts.tree.move(
        labels={branch: said for branch, said in labels.items() if nodes[branch[0]].chances},
        ends={key: (two(nodes[key].payoffs[0]), two(nodes[key].payoffs[1])) for key in ends},
        values=values,
        chosen=chosen,
        played=played,
    )
    last = tree.path[-1].replace(", ", ", then ")
    moves = {"refrain": "Beijing refrains", "attack": "Beijing attacks"}
    taipei, _, beijing = tree.path[-1].partition(", ")
    opening = "keeps the status quo" if taipei == "status quo" else "declares"
    title = f"Best play: Taipei {opening}, and {moves[beijing]}"
    if not done:
        title = f"{step} of {len(tree.steps)} steps: nothing is settled yet"
        if step:
            title = f"{step} of {len(tree.steps)} steps: {len(settled)} nodes are settled"
    told = [f"Step {place}: {each.sentence}" for place, each in enumerate(tree.steps[:step], 1)]
    if not told:
        told = ["Begin at the ends: their payoffs are known. Move the step on."]
    elif done:
        told.append(f"The wide line is the path that is played: {last}.")
    order = {each.node: str(place) for place, each in enumerate(tree.steps, 1)}
    rows = [
        {
            "Node": key,
            "Who moves": node.mover or "end",
            "Settled in step": order.get(key, "an end"),
            "Branches": "; ".join(labels[key, child] for _, child in node.branches) or "none",
            "Best": _best(node, key in settled),
            "Taipei": two(node.payoffs[0]) if key in settled | ends else "not settled",
            "Beijing": two(node.payoffs[1]) if key in settled | ends else "not settled",
        }
        for key, node in nodes.items()
    ]
    return Words(
        title=title,
        reading=" ".join(told),
        table=pd.DataFrame(rows),
        source=SOURCE,
    )


def _chances(node: Node) -> tuple[str, ...]:
    """Write the chances of a node's branches so that what is written adds up to 1."""
    if not node.chances:
        return ("",) * len(node.branches)
    first = two(node.chances[0])
    return f" {first}", f" {two(1 - float(first))}"


def _best(node: Node, settled: bool) -> str:
    """Say what a table tells of a node's choice: some nodes have none."""
    if not node.mover:
        return "an end"
    if node.chances:
        return "a chance"
    return node.chosen if settled else "not settled"


def _set_up_tree(figure: Figure, tree: Tree) -> SimpleNamespace:
    axes = figure.subplots()
    figure.subplots_adjust(left=0.01, right=0.99, top=0.995, bottom=0.07)
    branches: Any = [
        (key, child, label) for key, node in tree.nodes.items() for label, child in node.branches
    ]
    movers = {key: node.mover for key, node in tree.nodes.items()}
    note = "Under a node: payoffs of Taipei, Beijing. Heavy: chosen. Wide: the path that is played."
    figure.text(0.02, 0.02, note, fontsize=8.5, color=style.QUIET)
    drawn = forms.DecisionTree(
        axes, _PLACES, branches, movers, columns=("Taipei", "Beijing"), changing=("Guarantor",)
    )
    return SimpleNamespace(tree=drawn)
