"""Exercise 01: the facts behind those answers that its tests do not compute."""

import re

import pandas as pd

from indopacific.datasets import load
from indopacific.exercises.questions import items, plain_text, role
from indopacific.explorers.alignment import EXPLORER
from indopacific.models.alignment import distances
from tests.grading.harness import reference_answers, source_cells

EXERCISE = "01-alignment"
SOURCES = source_cells(EXERCISE)
ITEMS = {item.id: item for item in items(SOURCES)}
LETTERS = re.compile(r"^- \*\*([a-z])\*\* ", re.M)


def test_ten_items_make_twenty_points_one_of_them_marked_by_a_person():
    assert len(ITEMS) == 10
    assert sum(item.points for item in ITEMS.values()) == 20
    assert [item.points for item in ITEMS.values() if item.by_hand] == [3]


def test_the_sentences_of_item_8_are_true_and_false_as_marked():
    assert LETTERS.findall(ITEMS["alignment-8-claims"].task) == list("abcdefgh")
    votes = load("un_agreement").query("state_a == 'China' and state_b == 'Russia'")
    for _, sample in votes.groupby("sample"):
        early, late = (
            sample[sample["year"].between(first, first + 4)][["same", "joint_votes"]].sum()
            for first in (2005, 2015)
        )
        assert late["same"] / late["joint_votes"] < early["same"] / early["joint_votes"]  # a
    distance = distances(load("un_ideal_points"), "China", "Russia")
    assert distance[2024] < distance[2014] / 2  # b
    roll = load("votes").merge(load("resolutions"), on="resolution", suffixes=("", "_of_text"))
    cast = roll.query("session == 'emergency'")
    cast = cast.pivot(index="resolution", columns="state", values="vote")
    cast = cast.dropna(subset=["China", "Russia", "DPRK"])
    assert len(cast) == 7
    assert (cast["Russia"] == "no").all()
    assert cast["China"].value_counts().to_dict() == {"abstain": 5, "no": 2}  # c
    assert (cast["DPRK"] == cast["Russia"]).all()  # h
    customs = load("trade").query("counter == 'GACC' and flow == 'total'")
    customs = customs.pivot(index="year", columns="partner", values="value")
    assert customs.loc[2025, "Russia"] < customs.loc[2024, "Russia"]  # d
    assert 2.7 < customs.loc[2024, "USA"] / customs.loc[2024, "Russia"] < 3  # e: almost three times
    arms = load("arms_deliveries").query("edition == 2025")
    arms = arms.pivot(index="year", columns=["supplier", "recipient"], values="tiv")
    old, new = (arms.loc[y : y + 4].sum() for y in (2014, 2019))
    shares = [p["Russia", "China"] / p["World", "China"] for p in (old, new)]
    assert shares[1] > shares[0]  # f, first half
    assert new["Russia", "China"] < old["Russia", "China"]  # f, second half
    official = load("trade").query("reporter == 'Russia' and partner == 'DPRK'")
    official = official.set_index(["counter", "year"])["value"]
    assert round(official["Russian officials", 2023].item()) == 34
    assert round(official["Russian logistics association", 2024].item()) == 34  # g
    support = load("estimates").query("topic == 'war support' and about == 'DPRK'")
    assert support.query("unit == 'troops'")["low"].max() >= 10_000


def test_the_clauses_are_coded_as_the_table_of_duties_codes_them():
    answer = reference_answers(EXERCISE)["alignment-3-clauses"]
    names = {}
    exec(answer, names)
    rows = re.findall(
        r"^\| (t\d) \|.*\| ([\w-]+), (\d{4}), art\. (\w+)", ITEMS["alignment-3-clauses"].task, re.M
    )
    duties = load("duties").merge(
        load("documents")[["id", "parties", "date"]], left_on="document", right_on="id"
    )
    pairs = duties["parties"].str.replace("; ", "-")
    year = duties["date"].astype(str).str[:4]
    duties.index = pd.MultiIndex.from_arrays([pairs, year, duties["article"]])
    assert len(rows) == 6
    for text, pair, when, article in rows:
        assert names["clauses"][text] == duties.loc[(pair, when, article), "duty"]


def test_the_headline_of_item_1_is_what_the_newest_edition_says():
    newest = load("un_ideal_points").query("edition == 2026 and state in ['China', 'Russia']")
    newest = newest.pivot(index="year", columns="state")
    distance = (newest["ideal_point"]["China"] - newest["ideal_point"]["Russia"]).abs()
    assert 19.5 < distance[2025] / distance[2024] < 21.5
    votes = newest["votes"]["China"]
    others = votes.drop([2024, 2025])
    assert votes[2024] < others.min() / 5
    assert votes[2025] == votes.max()
    assert (newest["flag"]["China"] != "none").to_numpy().nonzero()[0].tolist() == [9, 10]


def _first(**values):
    result = EXPLORER.result(values)
    return {label for label, rank in zip(result.labels, result.rank, strict=True) if rank == 1}


def test_item_9_tells_the_truth_about_the_presets_and_has_many_answers():
    presets = {preset.label: preset.values for preset in EXPLORER.presets}
    winners = {label for label, values in presets.items() if "2017" in _first(**values)}
    assert winners == {"Diplomat", "Ranks only"}
    assert presets["Diplomat"]["trade"] == presets["Diplomat"]["arms"] == 0
    assert presets["Ranks only"] == {"normaliser": "rank"}
    assert _first() == {"2018"}
    grid = [(votes, points) for votes in (0.4, 0.6, 0.8, 1.0) for points in (0.4, 0.6, 0.8, 1.0)]
    found = [_first(trade=0.2, arms=0.2, votes=v, ideal_points=p) == {"2017"} for v, p in grid]
    assert sum(found) >= 6


def test_the_model_answer_keeps_the_rules_and_its_figures_are_those_of_the_tables():
    model = next(c.source for c in SOURCES if role(c).id == "alignment-10-argument")
    assert 120 <= len(plain_text(model).split()) <= 180
    distance = distances(load("un_ideal_points"), "China", "Russia")
    arms = load("arms_deliveries").query(
        "supplier == 'Russia' and recipient == 'China' and edition == 2025"
    )
    arms = arms.set_index("year")["tiv"]
    for figure in (
        f"{distance[2014]:.2f}",
        f"{distance[2024]:.2f}",
        f"{arms[2005]:,.0f}",
        f"{arms[2023]:.0f}",
    ):
        assert figure in model
