"""What lesson 05 says about its explorers and its figures beyond single numbers."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from indopacific.datasets import load
from indopacific.explorers.ambiguity import EXPLORER, Setting
from indopacific.explorers.ambiguity_message import EXPLORER as MESSAGE
from indopacific.explorers.ambiguity_said import CONDITION
from indopacific.explorers.ambiguity_tree import EXPLORER as TREE
from indopacific.figures.ambiguity import borders
from indopacific.models import ambiguity as model
from indopacific.models import ambiguity_regions as regions
from indopacific.models.parameters import Real, declared

PRESETS = {preset.label: preset.values for preset in EXPLORER.presets}
shares = st.floats(0, 1)


def verdict(label, aim):
    world = Setting(**PRESETS[label]).world
    return str(regions.judge(world, aim).verdict)


@pytest.mark.parametrize(
    ("label", "region", "attack", "either"),
    [
        ("The knife edge", "II", "clear commitment", "ambiguity"),
        ("Double deterrence", "II", "ambiguity", "ambiguity"),
        ("A stake in the status quo", "II", "clear commitment", "clear commitment"),
        ("Ambiguity has run its course", "III", "clear commitment", "clear commitment"),
        ("The red line above all", "I", "ambiguity", "ambiguity"),
        ("Beijing can wait", "I", "clear commitment", "abandonment"),
        ("A guarantor that changes little", "IV", "clear commitment", "clear commitment"),
    ],
)
def test_each_preset_is_the_world_that_its_holders_mean(label, region, attack, either):
    assert EXPLORER.result(PRESETS[label]).region == region
    assert (verdict(label, "attack"), verdict(label, "either")) == (attack, either)


def test_who_holds_a_preset_and_in_which_words_stands_in_the_views():
    """A reader who knows a position finds its holder named and quoted, not described."""
    rows = load("views").query("lesson == 5")
    held = [each.meaning for each in EXPLORER.presets if each.meaning.startswith("Our setting")]
    assert len(held) == 7
    for meaning in held:
        holder, year = re.match(r"Our setting for (?:the )?(.+?) \((\d{4})\)", meaning).groups()
        holder = holder.removesuffix(" of Beijing")
        named = rows["author"].fillna("") + " " + rows["affiliation"].fillna("")
        own = rows[rows["date"].fillna("").str.startswith(year)]
        for surname in (name.split()[-1] for name in holder.split(" and ")):
            own = own[named.loc[own.index].str.contains(surname)]
        assert len(own), holder
        for quote in re.findall(r"'(.+?)'(?=\W)", meaning):
            assert own["quote"].str.contains(quote, regex=False).any(), quote


def test_both_halves_said_leave_neither_risk():
    here = EXPLORER.result(PRESETS["Both halves said"]).here
    assert here.either == 0


@given(help=shares, insurance=shares, level=shares, after=shares)
def test_no_control_can_ask_for_what_the_model_refuses(help, insurance, level, after):
    chosen = Setting(
        help=round(help, 2), insurance=round(insurance, 2), level=round(level, 2),
        after=round(after, 2), policy=CONDITION,
    )  # fmt: skip
    world = chosen.world
    assert world.w1 <= world.w0
    assert world.L1 <= world.L0
    found = EXPLORER.evaluate(chosen)
    assert found.provoked <= found.level


def test_every_end_of_every_control_is_a_world_of_the_model():
    lowest, highest = (
        {each.name: getattr(each, end) for each in declared(Setting) if isinstance(each, Real)}
        for end in ("low", "high")
    )
    for ends in (lowest, highest, {**lowest, "beta_hi": 4.0}, {**highest, "beta_hi": 0.1}):
        assert isinstance(Setting(**ends).world, model.Parameters)


@given(delta=st.floats(0.011, 1.5), k0=st.floats(0, 1.5), k1=st.floats(0, 1.5), help=shares)
def test_a_region_changes_only_where_a_line_is_crossed(delta, k0, k1, help):
    world = model.Parameters(delta=delta, k0=k0, k1=k1, w1=0.8 * (1 - help))
    flat, rising, low, window = borders(world, 1.5)
    slope = [left[1] + (delta - left[0]) for left, _ in (rising, window)]
    side = (k0 >= flat[0][1], k0 >= slope[0], k0 >= low[0][1], k0 >= slope[1])
    near = min(abs(k0 - height) for height in (flat[0][1], low[0][1], *slope))
    told = {
        (True, True, True, True): "V",
        (True, False, True, True): "I",
        (True, False, True, False): "I",
        (False, False, True, True): "II",
        (False, False, True, False): "III",
        (False, False, False, False): "IV",
    }
    if near > 1e-9:
        assert told[side] == regions.region(world)


def test_the_map_does_not_move_with_the_level():
    one, other = (EXPLORER.result({"level": level}) for level in (0.1, 0.9))
    assert one.map_verdicts is other.map_verdicts
    assert not np.array_equal(one.here.attack, other.here.attack)


@pytest.mark.parametrize(
    ("level", "unprovoked", "provoked"),
    [(0.1, "attack", "attack"), (0.5, "refrain", "attack"), (0.95, "refrain", "refrain")],
)
def test_beijing_answers_as_the_lesson_says(level, unprovoked, provoked):
    nodes = TREE.result({"level": level}).tree.nodes
    assert nodes["status quo"].chosen == unprovoked
    assert nodes["declare"].chosen == provoked


def test_each_step_settles_one_more_node():
    shown = [TREE.draw(TREE.result({"step": step}), Figure()) for step in range(6)]
    settled = [(words.table["Taipei"] != "not settled").sum() for words in shown]
    assert list(np.diff(settled)) == [1] * 5
    assert shown[-1].title.startswith("Best play: Taipei keeps the status quo")


@given(level=st.integers(0, 20), after=st.integers(0, 20))
def test_the_written_chances_of_help_add_up_to_one(level, after):
    found = TREE.result({"level": level / 20, "after": after / 20})
    branches = TREE.draw(found, Figure()).table.set_index("Node")["Branches"]
    for node in ("status quo, attack", "declare, attack"):
        chances = re.findall(r"\d\.\d\d", branches[node])
        assert sum(map(Fraction, chances)) == 1, branches[node]


def test_the_ring_is_whole_at_every_edge_of_the_map():
    figure = Figure()
    EXPLORER.draw(EXPLORER.result({"k0": 1.5, "delta": 0.0}), figure)
    (ring,) = (line for line in figure.axes[1].lines if list(line.get_ydata()) == [1.5])
    assert not ring.get_clip_on()


# ---------------------------------------------------------------- one message, two readings

attitudes = st.integers(-10, 10).map(lambda tenths: tenths / 10)
hundredths = st.integers(0, 50).map(lambda steps: steps / 100)


def message(**values):
    return MESSAGE.result(values)


@given(level=shares, spread=hundredths, attitude=attitudes, mistaken=hundredths)
def test_a_message_is_drawn_as_the_model_reads_it(level, spread, attitude, mistaken):
    given_ = {"level": round(level, 2), "spread": spread, "attitude": attitude}
    shown = message(**given_, misattribution=mistaken, policy=CONDITION, after=0.25)
    said = {"unprovoked": given_["level"], "provoked": given_["level"] * 0.25}
    heard = {"spread": spread, "attitude": attitude, "misattribution": mistaken}
    assert shown.here == model.solve(model.Parameters(), **said, **heard)
    assert shown.plain == model.solve(model.Parameters(), **said)
    for risk in ("attack", "declare", "either"):
        curve = getattr(shown.along, risk)
        assert np.interp(spread, shown.spreads, curve) == pytest.approx(getattr(shown.here, risk))


def test_the_rows_of_a_message_stand_where_the_sides_expect_help():
    figure = Figure()
    words = MESSAGE.draw(message(level=0.5, spread=0.2, attitude=1.0), figure)
    told = words.table.set_index("What")["Value"]
    assert told["Beijing expects, nothing declared"] == "0.70"
    assert told["Taipei expects, nothing declared"] == "0.30"
    drawn = {line.get_marker(): line.get_xdata() for line in figure.axes[0].lines}
    assert list(drawn["o"]) == pytest.approx([0.5, 0.7, 0.3])
    assert list(drawn["s"]) == pytest.approx([0.5, 0.7, 0.3])


def test_cautious_readers_are_restrained_by_vague_words_and_wishful_ones_are_tempted():
    """What the lesson lets a reader find, and that words can be too vague for cautious ones."""
    presets = {each.label: each.values for each in MESSAGE.presets}
    plain, cautious, wishful = (
        message(**presets[label]).here
        for label in ("Plain words", "Vague, cautious readers", "Vague, wishful readers")
    )
    assert cautious.attack < plain.attack < wishful.attack
    assert cautious.declare < plain.declare < wishful.declare
    along = message(**presets["Vague, cautious readers"]).along.either
    assert along[-1] > along[20]
    many = message(**presets["Many capitals"])
    assert many.here.attack > many.plain.attack


def test_mistakes_fade_a_condition_into_a_coin():
    seen = message(policy=CONDITION, level=1.0)
    fading = [
        float(message(policy=CONDITION, level=1.0, misattribution=wrong).here.either)
        for wrong in (0.0, 0.4, 0.5)
    ]
    assert seen.here.either == fading[0] == 0
    assert fading == sorted(fading)
    assert fading[-1] == pytest.approx(float(message(level=0.5).here.either))
