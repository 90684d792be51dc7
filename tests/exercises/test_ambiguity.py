"""What exercise 05 says in fixed words and keys follows from the model and the tables."""

import re
from functools import partial

import numpy as np
import pytest

from indopacific import load
from indopacific.exercises.questions import items, plain_text, role
from indopacific.models import ambiguity_regions as regions
from indopacific.models.ambiguity import Parameters, solve
from tests.grading.harness import REPOSITORY, bound, source_cells

EXERCISE = "05-ambiguity"
answer = partial(bound, EXERCISE)
SOURCES = source_cells(EXERCISE)
ITEMS = {item.id: item for item in items(SOURCES)}
NOTES = (REPOSITORY / "solutions" / EXERCISE / "instructor-notes.md").read_text(encoding="utf-8")


def test_ten_items_make_twenty_points_one_of_them_marked_by_a_person():
    assert len(ITEMS) == 10
    assert sum(item.points for item in ITEMS.values()) == 20
    assert [item.points for item in ITEMS.values() if item.by_hand] == [3]


def test_the_war_of_item_1_is_one_of_the_models():
    world = Parameters(w0=0.7, w1=0.3, k0=0.5, k1=0.3)
    assert answer("ambiguity-1-value")["attack_value"] == pytest.approx(world.a - world.b * 0.6)
    assert answer("ambiguity-1-value")["attack_value"] == pytest.approx(-0.22)


def test_the_width_of_the_window_moves_with_all_names_of_item_3_but_two():
    """Each name is changed alone, at many worlds, to where the others still allow it."""
    named = re.findall(r"^\| `(\w+)` \|", ITEMS["ambiguity-3-width"].task, re.M)
    assert named == ["k0", "k1", "delta", "L1", "w1", "V"]

    def width(**changed):
        start, end = regions.window(Parameters(**changed))
        return end - start

    changes = {"k0": 1.1, "k1": 0.7, "delta": 0.9, "L1": 0.2, "w1": 0.1, "V": 1.5}
    for base in ({}, {"tau": 0.1, "w0": 0.9}, {"k0": 0.2, "delta": 0.3}):
        stay = {
            n for n in named if width(**(base | {n: changes[n]})) == pytest.approx(width(**base))
        }
        assert stay == set(answer("ambiguity-3-width")["stays"])


def test_the_words_for_the_regions_in_item_4_say_what_the_model_says():
    """A reader who compares four numbers with 0, as the task tells, finds the model's region."""
    words = {
        # no help: unprovoked, after a declaration; certain help: the same
        (False, True, False, False): "I",
        (False, True, False, True): "I",
        (True, True, False, False): "II",
        (True, True, False, True): "III",
        (True, True, True, True): "IV",
        (False, False, False, False): "V",
    }
    worlds = regions.sample(2_000, seed=8)
    a, b, delta = worlds.a, worlds.b, worlds.delta
    acts = np.column_stack([a > 0, a > -delta, a - b > 0, a - b > -delta]).tolist()
    assert [words[tuple(one)] for one in acts] == regions.region(worlds).tolist()
    given = dict(re.findall(r"`(\w+)` ([\d.]+)(?=,|\.$)", ITEMS["ambiguity-4-regions"].task, re.M))
    default = Parameters()
    assert {
        n: float(v) for n, v in given.items() if n in ("V", "w0", "w1", "k0", "k1", "delta")
    } == {n: getattr(default, n) for n in ("V", "w0", "w1", "k0", "k1", "delta")}


def test_the_settings_of_item_4_lie_where_the_solution_puts_them():
    settings = answer("ambiguity-4-regions")["settings"]
    worlds = {
        "s1": Parameters(),
        "s2": Parameters(k0=1.2),
        "s3": Parameters(k0=0.3),
        "s4": Parameters(k0=0.1, k1=0.1, w1=0.7),
        "s5": Parameters(k0=1.4),
        "s6": Parameters(delta=0.6),
    }
    assert settings == {name: regions.region(world) for name, world in worlds.items()}
    assert set(settings.values()) == set(regions.REGIONS)  # each region is asked for
    edge = worlds["s6"]
    assert edge.a + edge.delta - edge.b == pytest.approx(0)


def test_many_answers_refute_the_claim_of_item_5_and_none_does_where_taipei_never_declares():
    levels = np.round(np.linspace(0, 1, 51), 2)
    rise = np.triu(np.subtract.outer(*[solve(Parameters(), unprovoked=levels).attack] * 2).T)
    assert (rise > 0.01).sum() > 50
    never = solve(Parameters(beta_hi=0.0), unprovoked=levels)
    assert (np.diff(never.attack) <= 1e-12).all()
    low, high = solve(Parameters(), unprovoked=np.array([0.69, 0.83])).attack
    assert f"0.69 and 0.83: {low:.4f} and {high:.4f}" in NOTES


@pytest.mark.parametrize(("delta", "levels"), [(0.3, (1.0, 0.68)), (0.6, (0.6, 0.6))])
def test_the_best_levels_of_item_6_are_the_only_ones(delta, levels):
    """Another level with nearly the same risk would be right, too, and marked wrong."""
    tried = np.linspace(0, 1, 101)
    outcome = solve(Parameters(delta=delta), unprovoked=tried)
    for aim, level in zip(("attack", "either"), levels, strict=True):
        risk = getattr(outcome, aim)
        assert tried[risk.argmin()] == pytest.approx(level)
        away = np.abs(tried - level) > 0.0111
        assert risk[away].min() > risk.min() + 0.0004
        assert f"{level:.2f}" in NOTES


def test_the_codes_of_item_7_are_those_of_the_table_of_wordings():
    verbs = {
        "takes_note": "acknowledges",
        "recognises": "recognises",
        "opposes": "opposes",
        "withholds_support": "does not support",
        "promises": "promises",
        "denies_change": "no change",
        "leaves_open": "does not say",
    }
    rows = {
        "t1": "normalisation-1979-position",
        "t2": "normalisation-1979-government",
        "t3": "bush-2003",
        "t4": "kirby-2022",
        "t5": "nss-2025",
        "t6": "biden-2021-10",
        "t7": "psaki-2021-10",
        "t8": "stoltenberg-2022",
    }
    worded = load("wordings").set_index("id")
    coded = answer("ambiguity-7-verbs")["verbs"]
    assert {t: verbs[code] for t, code in coded.items()} == {
        t: worded.loc[row, "verb"] for t, row in rows.items()
    }
    said = load("statements").set_index("id")["quote"]
    task = ITEMS["ambiguity-7-verbs"].task
    for text, row in rows.items():
        if text not in ("t2", "t8"):  # in our words, or quoted in part
            assert f'| {text} | "{said[worded.loc[row, "statement"]]}" |' in task


def test_the_sentences_of_item_8_are_borne_out_or_not_as_marked():
    task = ITEMS["ambiguity-8-surveys"].task
    assert re.findall(r"^- \*\*([a-z])\*\* ", task, re.M) == list("abcdefgh")
    surveys = load("surveys")

    def share(series, **where):
        rows = surveys[surveys["series"] == series]
        for column, value in where.items():
            rows = rows[rows[column].astype(str).str.startswith(value)]
        return rows["share"].item()

    def question(series, year=""):
        rows = surveys[
            (surveys["series"] == series) & surveys["start"].astype(str).str.startswith(year)
        ]
        return set(rows["question"])

    six, two = "nccu six options", "tpof two options"
    assert share(six, start="2023", answer="independence as soon") == 3.8  # a, h
    assert share(two, start="2023", answer="independence") == 48.9
    assert question(six).isdisjoint(question(two))
    still = ("maintain", "status quo, decide later", "status quo, move toward independence")
    assert sum(share(six, start="2023", answer=one) for one in still) > 80  # b
    assert share("tpof troops 2021") == 65.0  # c
    assert share("tpof troops 2024", answer="believe") == 29.8
    assert question("tpof troops 2021").isdisjoint(question("tpof troops 2024"))
    without = share("portrait resist", answer="resist at all costs if the US does not")
    with_help = share("portrait resist", answer="resist at all costs if the US sends")
    assert 0 < without - with_help < 3  # d: slightly
    assert share("reagan forces", start="2025") == 60  # e
    assert share("chicago troops", start="2025") == 43
    assert question("reagan forces").isdisjoint(question("chicago troops"))
    attacked = share("tnss if attacked", answer="favour")
    assert share("tnss if not attacked", answer="favour") > 2 * attacked  # f: far more
    europe = surveys[surveys["series"] == "ecfr side"]
    assert share("ecfr side", answer="remain neutral") == 62  # g
    assert europe["note"].str.contains("Eleven member states. No later wave").all()
    named = set(re.findall(r"`([a-z]+ [a-z0-9 ]+)`", task))
    assert named <= set(surveys["series"])


def test_the_slope_of_item_9_is_what_deterrence_leaves_after_moral_hazard():
    around = solve(Parameters(), unprovoked=np.array([0.549, 0.551]))
    slope, alone = (np.diff(v).item() / 0.002 for v in (around.attack, around.alpha_S))
    world = Parameters()
    assert alone == pytest.approx(-world.b / (2 * world.tau))
    assert f"{slope:.3f}, give or take 0.02" in NOTES
    assert 0.88 < 1 - slope / alone < 0.92  # "about nine tenths of it"


def test_the_two_model_answers_disagree_keep_the_length_and_quote_what_is_so():
    own = next(plain_text(c.source) for c in SOURCES if role(c).id == "ambiguity-10-argument")
    other = NOTES.split("## Another answer of item 10")[1].split("\n\n")[1]
    assert (own[:4], other[:3]) == ("Yes:", "No.")
    for text in (own, other):
        assert 150 <= len(text.split()) <= 250
    dear = Parameters(k0=0.3)
    judged = regions.judge(dear, "attack")
    assert (regions.region(dear), judged.at_none, judged.best_level) == ("III", 1.0, 1.0)
    weak = Parameters(k0=0.1, k1=0.1, w1=0.7)
    certain = solve(weak, unprovoked=np.linspace(0, 1, 101)).either
    assert regions.region(weak) == "IV"
    assert (certain == 1).all()
    europe = load("surveys").query("series == 'ecfr side' and share == 62")
    assert europe["start"].astype(str).item().startswith("2023-04")
