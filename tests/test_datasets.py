"""The loader: what it gives a beginner, and what it says when a file or a name is wrong."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indopacific import datasets
from indopacific.datasets import (
    BrokenTable,
    DataFolder,
    UnknownColumn,
    UnknownReference,
    UnknownSource,
    UnknownTable,
    cite,
    describe,
    load,
    reference_of,
    source_of,
    sources,
    tables,
    unit,
)

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
NAMES = [
    resource["name"]
    for resource in json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_columns_and_types_that_its_description_promises(name):
    table, columns = load(name), describe(name)
    assert list(table.columns) == list(columns["column"])
    kinds = {
        "integer": {"int64", "Int64"},
        "number": {"float64"},
        "string": {"str"},
        "date": {"datetime64[s]"},
    }
    for column, kind in zip(columns["column"], columns["type"], strict=True):
        assert str(table[column].dtype) in kinds[kind], column


def test_tables_lists_each_table_with_its_rows_and_one_sentence():
    listed = tables()
    assert list(listed["name"]) == NAMES
    for row in listed.itertuples():
        assert row.rows == len(load(row.name))
        assert row.shows.endswith(".")
        assert len(row.shows) < 200


def test_a_changed_copy_does_not_change_the_next_load():
    first = load("trade_shares")
    first.loc[:, "share"] = 0.0
    first["new"] = 1
    second = load("trade_shares")
    assert "new" not in second
    assert (second["share"] > 0).all()


def test_missing_values_stay_missing():
    trade = load("trade").query("counter == 'GACC' and partner == 'Russia' and flow == 'total'")
    trade = trade.set_index("year")
    assert list(trade.index) == list(range(1999, 2026))
    assert np.isnan(trade.loc[2003, "value"])
    assert trade.loc[2003, "status"] == "unverified"
    tallies = load("resolutions").set_index("resolution")
    assert tallies["yes"].dtype == "Int64"
    assert pd.isna(tallies.loc["A/RES/76/70", "yes"])


def test_units_are_given_column_by_column():
    assert unit("un_agreement", "joint_votes") == "roll calls"
    assert unit("arms_deliveries", "tiv") == "SIPRI TIV, million"
    assert unit("un_agreement", "state_a") == ""


def test_sources_of_a_table_are_those_of_its_rows():
    listed = sources("arms_deliveries")
    assert list(listed["source_id"]) == ["S-TIV", "S-TIV22"]
    assert list(listed.columns) == ["source_id", "publisher", "title", "date", "url", "read"]
    assert sources("claims")["url"].tolist() == [""]


def test_sources_in_a_column_of_several_are_counted_too():
    listed = set(sources("statements")["source_id"])
    assert {"M-UPTW22", "M-TWMOFA22", "M-TN22"} <= listed


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (
            "Lo2008",
            "Bobo Lo, *Axis of Convenience: Moscow, Beijing, and the New Geopolitics*, 2008",
        ),
        (
            "BaileyStrezhnevVoeten2017",
            "Michael A. Bailey, Anton Strezhnev and Erik Voeten, *Estimating Dynamic State "
            "Preferences from United Nations Voting Data*, 2017",
        ),
        ("SaradzhyanWyne2018", "Simon Saradzhyan and Ali Wyne, 2018"),
    ],
)
def test_a_reference_reads_as_author_title_and_year(key, line):
    assert reference_of(key) == line


def test_every_reference_can_be_read():
    for table, column in (("views", "reference"), ("methods", "references")):
        for key in load(table)[column].dropna().str.split("; ").explode():
            assert reference_of(key).count("*") in (0, 2)


def test_a_source_is_found_by_its_id():
    source = source_of("S-MILEX")
    assert source.publisher == "SIPRI"
    assert source.url == "https://www.sipri.org/databases/milex"


@pytest.mark.parametrize("name", NAMES)
def test_a_citation_is_one_line_with_a_licence(name):
    line = cite(name)
    assert "\n" not in line
    assert "Licence: [" in line
    listed = sources(name)
    assert len(listed) > 3 or all(publisher in line for publisher in listed["publisher"])


def test_a_citation_names_publisher_title_date_and_address():
    line = cite("defence_spending")
    assert line.startswith("SIPRI, *SIPRI Military Expenditure Database 1949-2024")
    assert "2025-04, <https://www.sipri.org/databases/milex>" in line


def test_a_long_citation_names_the_leading_sources_and_says_where_the_rest_is():
    assert 'more: `from indopacific import sources; sources("trade")`' in cite("trade")


def test_a_table_without_a_licence_has_that_of_the_package():
    assert "Licence: [Creative Commons" in cite("glossary")
    assert "SIPRI" in cite("arms_deliveries").split("Licence:")[1]


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (
            lambda: load("un_agrement"),
            UnknownTable,
            ["'un_agrement'", "'un_agreement'", "tables()"],
        ),
        (lambda: load("zzz"), UnknownTable, ["'zzz'", "tables()"]),
        (lambda: describe("claim"), UnknownTable, ["'claims'"]),
        (lambda: cite("surces"), UnknownTable, ["'sources'"]),
        (
            lambda: unit("un_agreement", "joint_vote"),
            UnknownColumn,
            ["'un_agreement'", "'joint_votes'", "describe('un_agreement')"],
        ),
        (lambda: reference_of("Lo2018"), UnknownReference, ["'Lo2018'", "'Lo2008'"]),
        (lambda: source_of("S-MILX"), UnknownSource, ["'S-MILEX'", 'load("sources")']),
    ],
)
def test_an_unknown_name_suggests_the_nearest(call, error, says):
    with pytest.raises(error) as caught:
        call()
    assert isinstance(caught.value, LookupError)
    for part in says:
        assert part in str(caught.value)


def test_every_table_loads_from_another_folder_and_read_only(tmp_path):
    copy = tmp_path / "à part" / "indopacific"
    shutil.copytree(ROOT / "indopacific", copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA, copy / "data")
    for path in [*copy.rglob("*"), copy]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    script = (
        "from indopacific import datasets as d; "
        "print(d.__file__); print(sum(len(d.load(name)) for name in d.tables()['name']))"
    )
    result = subprocess.run(
        [sys.executable, "-B", "-c", script],
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(copy.parent), "LC_ALL": "C", "LANG": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    file, rows = result.stdout.splitlines()[-2:]
    assert file.startswith(os.fsdecode(copy)) or "part" in file
    assert int(rows) == tables()["rows"].sum()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_loader_does_not_listen_to_the_options_of_pandas():
    with pd.option_context("future.infer_string", False):
        assert str(DataFolder(DATA).load("claims")["claim"].dtype) == "str"


# A folder with one small table, which the tests below break in one place each.
GOOD = (
    "year,state,share,day,source_id,more\n2000,China,0.5,2000-01-02,S-A,S-B; S-A\n2001,DPRK,,,,\n"
)
SOURCES = "source_id,title\nS-A,One\nS-B,Two\n"
SCHEMA = {
    "fields": [
        {
            "name": "year",
            "type": "integer",
            "constraints": {"required": True, "minimum": 1990, "maximum": 2030},
        },
        {
            "name": "state",
            "type": "string",
            "constraints": {"required": True, "enum": ["China", "DPRK"]},
        },
        {"name": "share", "type": "number", "constraints": {"minimum": 0, "maximum": 1}},
        {"name": "day", "type": "date"},
        {"name": "source_id", "type": "string", "constraints": {"pattern": "S-[A-Z]"}},
        {
            "name": "more",
            "type": "string",
            "listOf": {"resource": "sources", "field": "source_id", "separator": "; "},
        },
    ],
    "primaryKey": ["year", "state"],
    "foreignKeys": [
        {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}}
    ],
}


@pytest.fixture
def folder(tmp_path):
    """Write a data folder with the text given for its one table."""

    def write(text):
        data = tmp_path / "data"
        data.mkdir()
        keys = {"fields": [{"name": name, "type": "string"} for name in ("source_id", "title")]}
        package = {
            "resources": [
                {"name": "small", "path": "small.csv", "schema": SCHEMA},
                {"name": "sources", "path": "sources.csv", "schema": keys},
            ]
        }
        (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        (data / "sources.csv").write_text(SOURCES, encoding="utf-8")
        content = text if isinstance(text, bytes) else text.encode()
        (data / "small.csv").write_bytes(content)
        return DataFolder(data)

    return write


def test_the_small_table_is_good_before_it_is_broken(folder):
    table = folder(GOOD).load("small")
    assert table["share"].tolist()[0] == 0.5
    assert table["day"][0] == pd.Timestamp("2000-01-02")
    assert table["day"].isna().tolist() == [False, True]


def test_windows_line_ends_are_read_alike(folder):
    assert len(folder(GOOD.replace("\n", "\r\n")).load("small")) == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("0.5", "half", ["row 2, column 'share'", "'half'", "is not a number"]),
        ("0.5", "nan", ["row 2, column 'share'", "'nan'", "is not a number"]),
        ("0.5", "1_0", ["row 2, column 'share'", "'1_0'", "is not a number"]),
        ("0.5", '"0,5"', ["row 2, column 'share'", "'0,5'", "point as decimal mark"]),
        ("2001", "2001.0", ["row 3, column 'year'", "'2001.0'", "is not a whole number"]),
        ("2001", "201", ["row 3, column 'year'", "201", "below the minimum 1990"]),
        ("0.5", "50", ["row 2, column 'share'", "50", "above the maximum 1"]),
        ("DPRK", "North Korea", ["row 3, column 'state'", "'North Korea'", "China, DPRK"]),
        ("2001,DPRK", "2001,", ["row 3, column 'state'", "empty", "required"]),
        ("2000-01-02", "2000-13-02", ["row 2, column 'day'", "'2000-13-02'", "is not a day"]),
        ("2000-01-02", "2.1.2000", ["row 2, column 'day'", "'2.1.2000'", "YYYY-MM-DD"]),
        (",S-A,", ",A,", ["row 2, column 'source_id'", "'A'", "does not have the form S-[A-Z]"]),
        (",S-A,", ",S-C,", ["row 2, column 'source_id'", "'S-C'", "'sources'", "Did you mean"]),
        ("S-B;", "S-C;", ["row 2, column 'more'", "'S-C'", "'sources'", "Did you mean"]),
        ("S-B; ", "S-B;", ["row 2, column 'more'", "'S-B;S-A'"]),
        ("year,state", "state,year", ["row 1", "the header is", "should be 'year,state"]),
        ("2001,DPRK", "2001,DPRK,0", ["row 3", "7 cells", "header has 6"]),
        (
            "2001,DPRK,,,,",
            "2000,China,,,,",
            ["row 3, column 'year, state'", "stands already in row 2"],
        ),
        ("2001,DPRK", '2001,"DPRK', ["row 3", "not readable as CSV"]),
    ],
)
def test_a_broken_row_is_named_with_file_row_column_and_value(folder, old, new, says):
    assert GOOD.count(old) == 1
    with pytest.raises(BrokenTable) as caught:
        folder(GOOD.replace(old, new)).load("small")
    assert isinstance(caught.value, ValueError)
    for part in ["data/small.csv", *says]:
        assert part in str(caught.value)


def test_the_row_is_that_of_a_text_editor_even_after_a_line_break_in_a_cell(folder):
    broken = GOOD.replace("2001,DPRK", '2001,"DPRK\n"')
    with pytest.raises(BrokenTable, match="row 3, column 'state'"):
        folder(broken + "2002,China,x,,,\n").load("small")


def test_all_faults_of_a_file_are_said_at_once(folder):
    broken = GOOD.replace("0.5", "half").replace("DPRK", "Korea").replace("S-B;", "S-C;")
    with pytest.raises(BrokenTable) as caught:
        folder(broken).load("small")
    lines = str(caught.value).splitlines()
    assert [re.search(r"row (\d), column '(\w+)'", line).groups() for line in lines] == [
        ("2", "share"),
        ("3", "state"),
        ("2", "more"),
    ]


def test_a_file_with_very_many_faults_shows_the_first_and_counts_the_rest(folder):
    rows = "".join(f"{year},Korea,,,,\n" for year in range(2000, 2030))
    with pytest.raises(BrokenTable) as caught:
        folder(GOOD.splitlines()[0] + "\n" + rows).load("small")
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "... and 10 more."


def test_an_entry_that_lacks_what_every_entry_needs_is_named(tmp_path):
    package = {"resources": [{"name": "small", "path": "small.csv"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(BrokenTable, match=r"resource small: schema, schema\.fields is missing"):
        DataFolder(tmp_path).load("small")


def test_text_that_is_not_utf8_is_named(folder):
    with pytest.raises(BrokenTable, match=r"small\.csv, row 2: not readable as UTF-8"):
        folder(GOOD.replace("China", "Chine é").encode("latin-1")).load("small")


def test_an_empty_or_missing_file_is_named(folder):
    data = folder("")
    with pytest.raises(BrokenTable, match=r"small\.csv, row 1: the header is ''"):
        data.load("small")
    (data.path / "small.csv").unlink()
    with pytest.raises(BrokenTable, match=r"small\.csv is missing"):
        data.load("small")


def test_a_folder_without_or_with_a_broken_description_is_named(tmp_path):
    with pytest.raises(BrokenTable, match=r"datapackage\.json is missing"):
        DataFolder(tmp_path).tables()
    (tmp_path / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(BrokenTable, match="not valid JSON"):
        DataFolder(tmp_path).tables()


def test_importing_reads_no_table():
    script = (
        "import sys, indopacific.datasets as d; "
        "assert d._course_data.cache_info().currsize == 0; "
        "assert 'frictionless' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", script], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def test_the_public_names_are_all_there():
    for name in datasets.__all__:
        assert hasattr(datasets, name)
