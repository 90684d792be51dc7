"""The data themselves: the description fits the files, and the figures fit each other."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frictionless import Package

from indopacific.datasets import load
from indopacific.upkeep import datapackage

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
STATUSES = {"verified", "derived", "estimate", "unverified"}
SOURCE_ID = re.compile(r"\b[ACKSTWX]-[A-Z][A-Z0-9]+\b")

each_table = pytest.mark.parametrize("name", RESOURCES)
# Shares were rounded to four decimals before they were shipped.
ROUNDED = 1.01e-4


def close(left, right, within):
    """Whether two columns agree where both are there, up to rounding."""
    difference = (pd.Series(left) - pd.Series(right)).abs().dropna()
    assert len(difference) > 0
    return bool((difference <= within).all())


# ------------------------------------------------------------------ the description


def test_frictionless_finds_the_whole_package_valid():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldNumber", "message"])
    assert len(report.tasks) == len(RESOURCES)


def test_size_checksum_and_row_counts_are_up_to_date():
    assert datapackage.refresh(DATA, check_only=True) == []


@each_table
def test_a_table_is_described_in_full(name):
    resource = RESOURCES[name]
    for key in ("title", "description", "format", "mediatype", "encoding", "licenses", "hash"):
        assert resource[key], key
    assert resource["path"] == f"{name}.csv"
    assert resource["schema"]["missingValues"] == [""]
    assert resource["schema"]["primaryKey"]
    for licence in resource["licenses"]:
        assert licence["title"]
        assert licence["path"].startswith("https://")
    for field in resource["schema"]["fields"]:
        assert field["title"]
        assert field["description"].endswith("."), field["name"]
        if field["type"] in {"integer", "number"}:
            assert field["unit"], field["name"]
        if field["type"] == "number":
            bounded = "minimum" in field.get("constraints", {})
            assert bounded or field["name"] == "eu_balance_eur"


@each_table
def test_every_source_column_is_a_foreign_key(name):
    schema = RESOURCES[name]["schema"]
    keys = {key["fields"][0] for key in schema.get("foreignKeys", [])}
    columns = {field["name"] for field in schema["fields"] if field["name"].endswith("source_id")}
    if name != "sources":
        assert columns <= keys


def used_sources(name):
    """Ids in the source columns of a table, in its text and in its description."""
    table = load(name)
    used = set(SOURCE_ID.findall(RESOURCES[name]["description"]))
    for column in table.select_dtypes("str"):
        cells = table[column].dropna()
        if column.endswith("source_id"):
            used |= set(cells)
        else:
            used |= set(cells.str.findall(SOURCE_ID.pattern).explode().dropna())
    return used


@each_table
def test_the_sources_listed_are_those_of_the_rows(name):
    listed = {source["sourceId"] for source in RESOURCES[name].get("sources", [])}
    if name == "sources":
        assert listed == set()
    elif name == "alignment_inputs":
        # Its columns are copied from other tables, so its sources are theirs.
        assert listed == {"S-DOTS", "S-UNV", "S-IDEAL25", "S-TIV"}
    elif name == "alignment_methods":
        assert listed == set()
    else:
        assert listed == used_sources(name)


@each_table
def test_the_sources_listed_say_what_the_table_of_sources_says(name):
    known = load("sources").set_index("source_id").fillna("")
    for listed in RESOURCES[name].get("sources", []):
        row = known.loc[listed["sourceId"]]
        assert listed.get("path", "") == row["url"]
        for key in ("title", "publisher", "date", "read"):
            assert listed[key] == row[key]


def test_no_source_stands_without_a_table():
    used = set().union(*(used_sources(name) for name in RESOURCES if name != "sources"))
    assert used == set(load("sources")["source_id"])


def test_references_are_in_the_bibliography():
    keys = set(re.findall(r"^@\w+\{(\w+),", (DATA / "references.bib").read_text("utf-8"), re.M))
    cited = set(load("alignment_views")["reference"].dropna())
    for references in load("alignment_methods")["references"].dropna():
        cited |= set(references.split("; "))
    assert cited == keys


def test_methods_point_to_tables_that_exist():
    for names in load("alignment_methods")["tables"]:
        assert set(names.split("; ")) <= set(RESOURCES)


# ------------------------------------------------------------------ what is not known


VALUES = {
    "ukraine_votes": ["vote"],
    "china_russia_trade": ["total", "chinese_exports", "chinese_imports"],
    "russia_dprk_trade": ["total"],
    "china_us_trade": ["us_exports", "us_imports", "total"],
    "china_eu_trade": [
        "eu_exports_eur",
        "eu_imports_eur",
        "eu_balance_eur",
        "total_eur",
        "total_usd",
    ],
    "arms_published_shares": ["published"],
    "military_expenditure": ["constant_2023", "current", "share_of_gdp"],
    "exercise_counts": ["count"],
    "alignment_methods": ["references"],
}


@each_table
def test_a_row_without_a_verified_figure_has_no_value_and_no_source(name):
    table = load(name)
    if "status" not in table:
        return
    assert set(table["status"]) <= STATUSES
    unverified = table[table["status"] == "unverified"]
    if len(unverified):
        assert unverified[VALUES[name]].isna().all(axis=None)
        if "source_id" in table:
            assert unverified["source_id"].isna().all()


@pytest.mark.parametrize("name", [name for name in VALUES if name != "alignment_methods"])
def test_a_row_with_a_verified_figure_has_a_value_and_a_source(name):
    table = load(name)
    known = table[table["status"] != "unverified"]
    assert known[VALUES[name]].notna().any(axis=1).all()
    assert known["source_id"].notna().all()


def test_nothing_is_said_from_memory():
    for file in [*DATA.glob("*.csv"), DATA / "references.bib", DATA / "datapackage.json"]:
        text = file.read_text(encoding="utf-8")
        assert "memory" not in text.lower(), file.name
        assert "UNVERIFIED" not in text, file.name


@pytest.mark.parametrize(
    ("table", "name", "column", "precision"),
    [
        ("treaties_and_statements", "Sino-Soviet Border Agreement (eastern part)", "date", "1991"),
        (
            "treaties_and_statements",
            "Partnership of strategic coordination 'based on equality and trust'",
            "date",
            "1996-04",
        ),
        ("exercises_named", "Joint strategic air patrol no. 1", "start", "2019-07"),
        ("exercises_named", "Joint Sea / Maritime Interaction 2022", "start", "2022-12"),
    ],
)
def test_a_date_has_the_precision_that_was_read(table, name, column, precision):
    rows = load(table)
    text = rows["name"] if "name" in rows else rows["event"]
    assert rows.loc[text == name, column].tolist() == [precision]


@each_table
def test_text_dates_are_days_that_exist(name):
    table = load(name)
    for column in {"date", "start", "end"} & set(table.columns):
        if name == "sources" or str(table[column].dtype) != "str":
            continue
        for date in table[column].dropna():
            pd.Timestamp(f"{date}-01-01"[:10] if len(date) == 4 else date)


def test_the_years_without_a_figure_are_visible():
    trade = load("china_russia_trade").set_index("year")
    assert list(trade.index) == list(range(1999, 2026))
    missing = [2000, 2001, 2003, 2004, 2005, 2006, 2011, 2012]
    assert trade.index[trade["total"].isna()].tolist() == missing


def test_the_dprk_has_no_military_expenditure_and_not_zero():
    table = load("military_expenditure")
    values = table[["constant_2023", "current", "share_of_gdp"]]
    assert values[table["state"] == "DPRK"].isna().all(axis=None)
    assert values[table["state"] != "DPRK"].gt(0).all(axis=None)


# ------------------------------------------------------------------ the arithmetic


STATE_COLUMNS = ("state", "state_a", "state_b", "partner", "supplier", "recipient", "supporter")


def test_states_are_spelled_alike_in_every_table():
    known = set(load("un_ideal_points")["state"])
    for name in RESOURCES:
        table = load(name)
        for column in set(STATE_COLUMNS) & set(table.columns):
            assert set(table[column]) <= known, (name, column)


@pytest.mark.parametrize("name", ["un_agreement", "un_agreement_pooled"])
def test_the_five_agreement_scores_fit_each_other(name):
    votes = load(name)
    assert close(votes["s_score"], 2 * votes["agree_half"] - 1, 2 * ROUNDED)
    assert (votes["agree_strict"] <= votes["agree_half"]).all()
    assert (votes["yes_no_votes"] <= votes["joint_votes"]).all()
    # Votes that differ are either yes against no (worth 0) or one abstention (worth one half).
    opposed = votes["yes_no_votes"] * (1 - votes["agree_yes_no"]) / votes["joint_votes"]
    half = votes["agree_strict"] + (1 - votes["agree_strict"] - opposed) / 2
    assert close(votes["agree_half"], half, 2 * ROUNDED)


def test_whole_resolutions_are_part_of_all_votes_and_the_same_from_2018():
    votes = load("un_agreement").pivot(
        index=["year", "state_a", "state_b"], columns="sample", values="joint_votes"
    )
    difference = votes["all"] - votes["whole_resolutions_only"]
    assert (difference >= 0).all()
    years = difference.index.get_level_values("year")
    same = difference.groupby(years).max()
    assert same[same == 0].index.tolist() == [*range(1992, 1997), 2014, 2015, 2018, 2019]


def test_pooled_agreement_is_the_mean_of_the_years_weighted_by_votes():
    yearly = load("un_agreement").query("sample == 'all'")
    pooled = load("un_agreement_pooled").set_index(["state_a", "state_b"])
    groups = yearly.groupby(["state_a", "state_b"])
    joint, yes_no = groups["joint_votes"].sum(), groups["yes_no_votes"].sum()
    assert joint.sub(pooled["joint_votes"]).eq(0).all()
    assert yes_no.sub(pooled["yes_no_votes"]).eq(0).all()
    for column, weight in [
        ("agree_strict", "joint_votes"),
        ("agree_half", "joint_votes"),
        ("agree_yes_no", "yes_no_votes"),
    ]:
        weighted = yearly.assign(sum=yearly[column] * yearly[weight])
        mean = weighted.groupby(["state_a", "state_b"])["sum"].sum() / groups[weight].sum()
        assert close(mean, pooled[column], ROUNDED)


def test_dropping_absences_gives_the_agreement_of_the_yearly_table():
    coding = load("un_absence_coding").set_index(["state_a", "state_b", "sample", "absence_rule"])
    yearly = load("un_agreement")
    yearly["agreed"] = yearly["agree_strict"] * yearly["joint_votes"]
    sums = yearly.groupby(["state_a", "state_b", "sample"])[["agreed", "joint_votes"]].sum()
    dropped = coding.xs("dropped", level="absence_rule")
    own = coding.xs("own_category", level="absence_rule")
    sums = sums.loc[dropped.index]
    assert sums["joint_votes"].tolist() == dropped["votes"].tolist()
    assert close(sums["agreed"] / sums["joint_votes"], dropped["agree_strict"], ROUNDED)
    assert (own["votes"] > dropped["votes"]).all()
    assert (own["agree_strict"] < dropped["agree_strict"]).all()


def test_distances_are_differences_of_ideal_points():
    points = load("un_ideal_points").set_index(["year", "state"])["ideal_point"]
    distance = load("un_ideal_point_distance")
    first = points.loc[list(zip(distance["year"], distance["state_a"], strict=True))].to_numpy()
    second = points.loc[list(zip(distance["year"], distance["state_b"], strict=True))].to_numpy()
    assert close(distance["distance"], np.abs(first - second), 1e-9)


@pytest.mark.parametrize("name", ["un_ideal_points", "un_ideal_points_flagged"])
def test_ideal_points_lie_in_their_intervals(name):
    points = load(name)
    assert points["ideal_point"].between(points["q05"], points["q95"]).all()


def test_the_flagged_edition_is_flagged_where_its_votes_give_it_away():
    points = load("un_ideal_points_flagged")
    few = points["votes"] < 10
    assert (points.loc[few, "flag"] == "few_votes").all()
    assert set(points.loc[few, "year"]) == {2024}
    assert set(points.loc[points["flag"] == "years_mixed", "year"]) == {2025}
    assert load("un_ideal_points")["votes"].min() > 50


def test_the_tallies_leave_room_for_every_member():
    tallies = load("ukraine_resolutions")
    together = tallies[["yes", "no", "abstain", "not_voting"]].sum(axis=1)
    assert (together == 193).all()


def test_every_state_has_a_row_for_every_resolution():
    votes = load("ukraine_votes")
    assert len(votes) == votes["resolution"].nunique() * votes["state"].nunique() == 63
    assert set(votes["resolution"]) == set(load("ukraine_resolutions")["resolution"])


@pytest.mark.parametrize(
    ("name", "parts", "total", "within"),
    [
        ("china_russia_trade", ["chinese_exports", "chinese_imports"], "total", 0.0051),
        ("china_dprk_trade", ["chinese_exports", "chinese_imports"], "total", 0.0021),
        # The Census figures are rounded one by one; the notes say where that shows.
        ("china_us_trade", ["us_exports", "us_imports"], "total", 0.101),
        ("china_eu_trade", ["eu_exports_eur", "eu_imports_eur"], "total_eur", 0.051),
    ],
)
def test_exports_and_imports_make_up_the_total(name, parts, total, within):
    table = load(name)
    assert close(table[parts].sum(axis=1, min_count=2), table[total], within)


def test_the_balance_with_the_european_union_is_exports_minus_imports():
    table = load("china_eu_trade")
    assert close(table["eu_exports_eur"] - table["eu_imports_eur"], table["eu_balance_eur"], 0.051)


def test_derived_trade_totals_follow_from_their_notes():
    russia = load("china_russia_trade").set_index("year")["total"]
    assert russia[2007] == pytest.approx(russia[2008] / 1.18, abs=0.005)
    assert russia[2015] == pytest.approx(russia[2016] / 1.022, abs=0.005)
    dprk = load("china_dprk_trade").query("series == 'GACC'").set_index("year")["total"]
    assert dprk[2024] == pytest.approx(dprk[2025] / 1.25, abs=0.005)


def test_the_share_of_china_in_russian_trade_is_recomputed():
    share = load("china_share_of_russia_trade").set_index("year")
    percent = 100 * share["russia_china_trade"] / share["russia_world_trade"]
    # The share was taken before the two amounts were rounded.
    assert close(percent, share["china_share"], 0.0061)
    partners = load("russia_trade_partners").set_index("year").query("partner == 'China'")
    total = (partners["exports"] + partners["imports"]) / 1000
    assert close(total, share["russia_china_trade"], 0.0051)


def test_trade_with_the_dprk_is_the_sum_that_russia_reported():
    dprk = load("russia_trade_partners").query("partner == 'DPRK'").set_index("year")
    dots = load("russia_dprk_trade").query("series == 'IMF DOTS'").set_index("year")
    assert close(dprk["exports"] + dprk["imports"], dots["total"], 0.00051)
    assert np.isnan(dots.loc[2021, "total"])


def test_arms_shares_follow_from_the_volumes():
    arms = load("arms_russia_china")
    imports = 100 * arms["tiv"] / arms["china_total_imports"]
    exports = 100 * arms["tiv"] / arms["russia_total_exports"]
    assert close(imports, arms["russia_share_of_china_imports"], 0.0501)
    assert close(exports, arms["china_share_of_russia_exports"], 0.0501)


def test_five_year_sums_are_sums_of_five_years():
    yearly = load("arms_russia_china").set_index("year")
    for period in load("arms_five_year").itertuples():
        years = yearly.loc[period.first_year : period.last_year]
        assert len(years) == 5
        assert period.russia_to_china == pytest.approx(years["tiv"].sum(), abs=0.01)
        assert period.china_total_imports == pytest.approx(
            years["china_total_imports"].sum(), abs=0.01
        )
        share = 100 * period.russia_to_china / period.china_total_imports
        assert period.russia_share_of_china_imports == pytest.approx(share, abs=0.0501)
        share = 100 * period.russia_to_china / period.russia_total_exports
        assert period.china_share_of_russia_exports == pytest.approx(share, abs=0.0501)


def test_published_arms_shares_stand_beside_the_share_of_the_register():
    yearly = load("arms_russia_china").set_index("year")
    whole = {
        "china_share_of_russian_exports": "russia_total_exports",
        "russia_share_of_chinese_imports": "china_total_imports",
    }
    rows = load("arms_published_shares").dropna(subset="from_register")
    assert len(rows) == 5
    for row in rows.itertuples():
        years = yearly.loc[row.first_year : row.last_year]
        share = 100 * years["tiv"].sum() / years[whole[row.measure]].sum()
        assert row.from_register == pytest.approx(share, abs=0.0501)


def test_the_inputs_of_the_index_are_copies_of_the_other_tables():
    inputs = load("alignment_inputs").set_index("year")
    pair = "state_a == 'China' and state_b == 'Russia'"
    sample = "sample == 'whole_resolutions_only'"
    votes = load("un_agreement").query(f"{pair} and {sample}").set_index("year")
    distance = load("un_ideal_point_distance").query(pair).set_index("year")
    trade = load("china_share_of_russia_trade").set_index("year")
    arms = load("arms_russia_china").set_index("year")
    assert list(inputs.index) == list(range(2011, 2020))
    years = inputs.index
    assert inputs["trade_share"].equals(trade.loc[years, "china_share"].rename("trade_share"))
    assert inputs["votes"].equals(votes.loc[years, "agree_strict"].rename("votes"))
    assert inputs["ideal_points"].equals(-distance.loc[years, "distance"].rename("ideal_points"))
    assert inputs["arms"].equals(arms.loc[years, "tiv"].rename("arms"))


def test_bounds_of_the_estimates_are_in_order_and_carry_a_unit():
    estimates = load("war_support_estimates")
    both = estimates.dropna(subset=["low", "high"])
    assert (both["low"] <= both["high"]).all()
    numbers = estimates["kind"] != "statement"
    assert estimates.loc[numbers, ["low", "high"]].notna().any(axis=1).all()
    assert estimates.loc[numbers, "unit"].notna().all()
    assert estimates.loc[~numbers, ["low", "high", "unit"]].isna().all(axis=None)
    assert (estimates["disputed_by"].isna() == estimates["dispute"].isna()).all()


def test_only_two_treaties_contain_a_duty_to_assist():
    duties = load("treaty_duties")
    assist = duties[duties["duty"] == "assistance"]
    assert set(assist["parties"]) == {"China; DPRK", "Russia; DPRK"}
    signed = set(load("treaties_and_statements").query("kind == 'treaty'")["date"])
    assert set(duties["date"].dt.strftime("%Y-%m-%d")) <= signed


def test_the_incomplete_list_counts_the_names_it_gives():
    listed = load("exercise_list_rumod")
    assert listed["exercises"].sum() == 12
    assert (listed["names"].isna() == (listed["exercises"] == 0)).all()


def test_all_37_claims_are_there_with_a_verdict_and_a_lesson():
    claims = load("claims")
    assert claims["id"].tolist() == [f"C{number:02}" for number in range(1, 38)]
    lesson_one = claims[claims["lesson"].str.contains("1")]["id"].tolist()
    assert lesson_one == ["C01", "C02", "C03", "C04", "C05", "C24", "C25"]
    # Evidence is for readers: no reference to working papers that they do not have.
    assert not claims["evidence"].str.contains(r"dossier|\((?:alignment|language|ap4|models)").any()


# ------------------------------------------------------------------ the maintainers' script


@pytest.fixture
def copy(tmp_path):
    """Copy the data folder, to be edited."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_an_edited_table_is_noticed_and_only_computed_fields_change(copy, capsys):
    file = copy / "alignment_inputs.csv"
    file.write_text(file.read_text("utf-8").replace("760.5", "761"), "utf-8")
    assert datapackage.main([str(copy), "--check"]) == 1
    assert "Out of date: alignment_inputs." in capsys.readouterr().out
    assert datapackage.main([str(copy)]) == 0
    assert datapackage.refresh(copy, check_only=True) == []
    after = json.loads((copy / "datapackage.json").read_text("utf-8"))
    for old, new in zip(PACKAGE["resources"], after["resources"], strict=True):
        computed = {"bytes", "hash", "rows"} if new["name"] == "alignment_inputs" else set()
        assert list(old) == list(new)
        assert {key for key in old if old[key] != new[key]} <= computed
    assert not list(copy.glob(".*"))


def test_an_up_to_date_description_is_written_as_it_stands():
    assert datapackage.as_text(PACKAGE) == (DATA / "datapackage.json").read_text("utf-8")


def test_a_file_that_is_not_described_is_named(copy, capsys):
    (copy / "new.csv").write_text("a\n1\n", "utf-8")
    assert datapackage.main([str(copy)]) == 2
    assert "new.csv" in capsys.readouterr().err
    (copy / "new.csv").unlink()
    (copy / "claims.csv").unlink()
    assert datapackage.main([str(copy)]) == 2
    assert "claims.csv" in capsys.readouterr().err
