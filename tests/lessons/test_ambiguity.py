"""What lesson 05 says about its explorers and its figures beyond single numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from indopacific.explorers.ambiguity import CONDITION, EXPLORER, Setting
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
        ("Ambiguity, as its defenders see it", "II", "ambiguity", "ambiguity"),
        ("A stake in the status quo", "II", "clear commitment", "clear commitment"),
        ("Beijing no longer waits", "III", "clear commitment", "clear commitment"),
        ("The red line above all", "III", "ambiguity", "ambiguity"),
        ("War already too dear", "I", "clear commitment", "abandonment"),
        ("A guarantor that changes little", "IV", "clear commitment", "clear commitment"),
    ],
)
def test_each_preset_is_the_world_that_its_holders_mean(label, region, attack, either):
    assert EXPLORER.result(PRESETS[label]).region == region
    assert (verdict(label, "attack"), verdict(label, "either")) == (attack, either)


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
