"""What lesson 06 says in words about options, readers and models is so in the tables and models."""

import re

import pytest

from indopacific import load
from indopacific.explorers import find
from indopacific.models import ambiguity_regions as regions
from indopacific.predictions.memo import LITTLE, MANY_CAPITALS, MEMBERS, MUCH, READY
from tests.lessons.notebooks import COURSE, code, prose, shown

LESSON = COURSE / "lessons" / "06-memo.ipynb"
CELLS = {cell.id: shown(cell) for cell in prose(LESSON)}
TEXT = "\n\n".join(CELLS.values())
OPTIONS = load("options").set_index("option")
VIEWS = load("views").set_index("id")


def holders(option):
    listed = OPTIONS["holders"].fillna("")[option]
    return [each for each in listed.split("; ") if each]


def test_the_lesson_recommends_nothing():
    """What NATO should do stands only in the question, in the claim, and in an example."""
    said = re.findall(r"[^.?!\n]*\bNATO (?:should|must|ought)\b[^.?!\n]*[.?!]", TEXT)
    allowed = ("what should NATO say", "C35 says that NATO should adopt", "<em>NATO should stand")
    assert [each for each in said if not any(one in each for one in allowed)] == []


def test_each_option_has_its_best_reason_and_its_best_objection_of_like_length():
    for row in OPTIONS.itertuples():
        lengths = [len(text.split()) for text in (row.case_for, row.case_against)]
        assert min(lengths) >= 6
        assert max(lengths) <= 2.5 * min(lengths), row.Index


def test_those_who_are_said_to_hold_an_option_speak_in_its_camp():
    camps = {
        "ambiguity": {"keep ambiguity"},
        "assurance": {"from Beijing and Shanghai", "conditional clarity"},
        "condition": {"conditional clarity"},
        "military": {"clear commitment"},
        "nothing new": {"officials"},
        "general": {"officials"},
        "stay out": {"officials", "in Paris"},
        "partners": {"in Tokyo", "in Washington", "in Brussels"},
        "economic": set(),
    }
    assert {o: {VIEWS.at[v, "camp"] for v in holders(o)} for o in OPTIONS.index} == camps


def test_nobody_in_the_tables_asks_nato_for_what_the_lesson_says_nobody_asks():
    assert "nobody who asks NATO for ambiguity, an assurance, a condition or military help" in TEXT
    for option in ("ambiguity", "assurance", "condition", "military"):
        for view in holders(option):
            assert "NATO" not in VIEWS.at[view, "claim"], view
    assert holders("economic") == []
    assert "of economic consequences no holder at all" in TEXT


def test_what_secretaries_general_said_begins_with_the_answer_of_2022():
    spoken = load("statements").query("topic == 'Taiwan: NATO'").sort_values("date")
    first = spoken.loc[spoken["date"].idxmin()]
    assert first["date"] == "2022-10-18"
    assert "doesn't apply for Taiwan" in first["quote"]
    assert "I'm not going to outline exactly how NATO will respond" in first["paraphrase"]


def test_readers_of_several_places_are_quoted_and_two_places_have_more_than_one_voice():
    places = re.findall(r"^- \*\*([A-Z][A-Za-z ]+)\.\*\*(.*)$", CELLS["listen-see"], re.M)
    assert [name for name, _ in places] == [
        "Beijing",
        "Taipei",
        "Washington",
        "Tokyo",
        "Seoul",
        "Paris and Berlin",
        "Moscow",
    ]
    said = dict(places)
    assert "The scholar Zhou Bo" in said["Beijing"]
    assert "the opposition Kuomintang" in said["Taipei"]


def test_the_two_settings_of_section_3_are_as_the_lesson_tells_them():
    explorer = find("ambiguity")
    weak = {"k0": 0.1, "k1": 0.1, "help": 0.1}
    assert {float(explorer.result({**weak, "level": p}).here.attack) for p in (0, 0.5, 1)} == {1.0}
    assert explorer.result(weak).region == "IV"
    tempted = [float(explorer.result({"k0": 0.3, "level": p}).here.attack) for p in (0, 0.5, 1)]
    assert tempted[0] == 1.0
    assert tempted == sorted(tempted, reverse=True)


def test_the_readers_change_places_when_their_attitude_does():
    explorer = find("ambiguity_message")
    assert any(dict(preset.values) == MANY_CAPITALS for preset in explorer.presets)
    for attitude, more in ((-0.5, "Taipei"), (0.5, "Beijing")):
        message = explorer.result({**MANY_CAPITALS, "attitude": attitude}).policy
        heard = {
            "Beijing": max(message.read_by_beijing()),
            "Taipei": max(message.read_by_taipei()),
        }
        assert max(heard, key=heard.get) == more
    vague = explorer.result(MANY_CAPITALS)
    assert float(vague.here.attack) > float(vague.plain.attack)


def test_predictions_and_cells_use_the_same_numbers():
    source = "\n".join(cell.source for cell in code(LESSON))
    assert f"<= {LITTLE}," in source
    assert f"> {MUCH:g}}}" in source
    assert f"{MEMBERS})" in source
    assert f"{READY * 100:.0f} percent" in CELLS["room-idea"]
    chance = 100 * READY**MEMBERS
    assert chance == pytest.approx(52.4, abs=0.05)


def test_like_the_us_matters_for_every_seed():
    """The figure's finding is no accident of the draw."""
    for seed in range(3):
        worlds = regions.sample(4_000, seed=seed)
        best = regions.judge(worlds, "either", levels=51).verdict == "ambiguity"
        little, much = worlds.b <= LITTLE, worlds.b > MUCH
        assert best[much].mean() > 2 * best[little].mean()
