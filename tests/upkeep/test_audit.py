"""The audit says every fault at once, in a sentence that says what to do."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.datasets import BrokenTable
from indopacific.upkeep.audit import FILL_IN, audit, figures

SOURCES = "source_id\nS-A\nS-B1\n"
TRADE = (
    "year,flow,value,status,source_id,as_read,note\n"
    "2000,total,5,verified,S-A,nearly 5 billion,\n"
    "2000,exports,2,verified,S-A,,\n"
    "2000,imports,3,verified,S-B1,,\n"
    "2001,total,,unverified,,,Not found.\n"
)
FIELDS = [
    {"name": "year", "type": "integer", "unit": "calendar year", "constraints": {"minimum": 1990}},
    {"name": "flow", "type": "string"},
    {"name": "value", "type": "number", "unit": "USD billion", "constraints": {"minimum": 0}},
    {"name": "status", "type": "string"},
    {"name": "source_id", "type": "string"},
    {"name": "as_read", "type": "string", "figures": ["value"]},
    {"name": "note", "type": "string"},
]
CHECKS = [
    {"row": {"year": 2000, "flow": "total"}, "column": "value", "value": 5, "read": "S-A"},
    {
        "row": {"year": 2000, "flow": "total"},
        "column": "status",
        "value": "verified",
        "read": "S-A",
    },
    {"rows": "flow == 'exports'", "column": "value", "sum": 2, "read": "S-A"},
]
WIDE = {"index": ["year"], "columns": ["flow"], "values": "value"}
TABLE = {
    "name": "trade",
    "path": "trade.csv",
    "title": "Trade",
    "description": "Trade of two.",
    "values": ["value"],
    "schema": {
        "fields": [{**each, "title": "A", "description": "A column."} for each in FIELDS],
        "primaryKey": ["year", "flow"],
        "foreignKeys": [
            {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}}
        ],
    },
    "identities": [
        {"identity": "value >= 0"},
        {"wide": WIDE, "identity": "total == exports + imports", "within": 0.1},
        {
            "rows": "flow == 'exports'",
            "with": [
                {"table": "trade", "rows": "flow == 'total'", **WIDE},
            ],
            "identity": "value <= total",
        },
    ],
    "sums": {"year": 8001, "value": 10},
    "checks": CHECKS,
}
KEYS = {
    "name": "sources",
    "path": "sources.csv",
    "title": "Sources",
    "description": "What was read.",
    "schema": {
        "fields": [{"name": "source_id", "title": "Id", "type": "string", "description": "A key."}],
        "primaryKey": ["source_id"],
    },
    "checks": [{"row": {"source_id": "S-A"}, "column": "source_id", "value": "S-A", "read": "S-A"}]
    * 3,
}


@pytest.fixture
def found(tmp_path):
    """Write a folder with the table and the entry given, and audit it."""

    def write(text=TRADE, sources=SOURCES, **entry):
        (tmp_path / "trade.csv").write_text(text, encoding="utf-8")
        (tmp_path / "sources.csv").write_text(sources, encoding="utf-8")
        package = {"resources": [{**copy.deepcopy(TABLE), **entry}, KEYS]}
        (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        return audit(tmp_path)

    return write


def test_a_good_folder_has_no_fault(found):
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "total,5,verified,S-A,nearly 5 billion",
            "total,6,verified,S-A,nearly 5 billion",
            [
                "trade.csv, row 2000, total: value is 6, but as_read says 'nearly 5 billion'",
                "column value adds up to 11, but the description says 10",
                "value is 6, but 5 was read (S-A)",
                "total == exports + imports does not hold (6 and 5)",
            ],
        ),
        (
            "exports,2",
            "exports,7",
            [
                "value of the rows flow == 'exports' adds up to 7, but 2 was read in S-A",
                "row 2000: total == exports + imports does not hold",
                "row 2000, exports: value <= total does not hold (7 and 5)",
            ],
        ),
        ("imports,3", "imports,3.05", ["column value adds up to 10.05"]),
        ("total,,unverified", "total,1,unverified", ["is unverified, but value is given. Empty"]),
        ("unverified,,", "unverified,S-A,", ["is unverified, but names a source"]),
        (
            "total,,unverified",
            "total,,verified",
            ["value are empty. Give a value", "has no source"],
        ),
        ("nearly 5 billion", "nearly five billion", []),
        ("nearly 5 billion", "so many", ["as_read 'so many' holds no figure"]),
        ("nearly 5 billion", "5 " + "word " * 25, ["has 26 words; quote at most 25"]),
        ("Not found.", "See S-C2.", ["S-C2 is named in a note", "does not stand in the table"]),
        ("verified,S-B1", "verified,S-A", ["row S-B1: no table names this source. Take the row"]),
    ],
)
def test_a_changed_cell_is_said(found, old, new, says):
    assert TRADE.count(old) == 1
    faults = found(TRADE.replace(old, new))
    assert bool(faults) == bool(says)
    for part in says:
        assert [fault for fault in faults if part in fault], faults


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"title": ""}, "trade: write a title."),
        ({"description": f"{FILL_IN}: what"}, "description still says 'FILL IN' (1 times)"),
        ({"checks": CHECKS[:2]}, "has 2 check values; give at least 3"),
        ({"sums": {"year": 8001}}, "column value: write what the column adds up to in sums"),
        ({"sums": {"year": 8001, "value": 10, "vlue": 1}}, "sums names no column 'vlue'"),
        ({"values": []}, "say in values which columns they must leave empty"),
        ({"name": "commerce"}, "the file trade.csv should bear the table's name"),
        (
            {
                "checks": [
                    *CHECKS,
                    {"row": {"year": 2000}, "column": "value", "value": 1, "read": "x"},
                ]
            },
            "{'year': 2000} picks 3 rows; it should pick one",
        ),
        (
            {"checks": [*CHECKS, {"row": {"yr": 1}, "column": "value", "value": 1, "read": "x"}]},
            "row names no column yr",
        ),
        ({"checks": [*CHECKS, {"column": "value", "value": 1}]}, "give column, read (where)"),
        ({"checks": [*CHECKS, {**CHECKS[0], "column": "price"}]}, "there is no such column"),
        ({"identities": [{"identity": "value = 5"}]}, "the identity 'value = 5' cannot be read"),
        (
            {
                "identities": [
                    {"wide": {"index": ["flow"], "sum": ["value"]}, "identity": "value < 5"}
                ]
            },
            "trade.csv, row total: value < 5 does not hold (5 and 5)",
        ),
        ({"identities": [{"identity": "price >= 0"}]}, "the identity 'price >= 0' cannot be read"),
        (
            {"identities": [{"rows": "year > 2050", "identity": "value >= 0"}]},
            "no row meets the identity",
        ),
    ],
)
def test_a_description_that_lacks_something_is_said(found, entry, says):
    faults = found(**entry)
    assert [fault for fault in faults if says in fault], faults


@pytest.mark.parametrize(
    ("column", "key", "says"),
    [
        ("value", "unit", "column value: say its unit."),
        ("value", "constraints", "column value: say its minimum"),
        ("note", "title", "column note: write a title."),
        ("note", "description", "column note: write a description"),
    ],
)
def test_a_column_that_lacks_something_is_said(found, column, key, says):
    schema = copy.deepcopy(TABLE["schema"])
    for field in schema["fields"]:
        if field["name"] == column:
            del field[key]
    faults = found(schema=schema)
    assert len(faults) == 1
    assert says in faults[0]


def test_a_source_column_without_a_key_is_said(found):
    schema = {**TABLE["schema"], "foreignKeys": []}
    assert "column source_id: make it a foreign key" in found(schema=schema)[0]


def test_many_faults_in_many_places_come_together(found):
    text = TRADE.replace("2000,exports,2,verified,S-A", "2000,exports,two,verified,S-Z")
    faults = found(text, title="", checks=[])
    assert len(faults) == 4
    for part in (
        "write a title",
        "0 check values",
        "'two' is not a number",
        "'S-Z' does not stand",
    ):
        assert [fault for fault in faults if part in fault], faults


def test_two_tables_of_one_name_are_said(tmp_path):
    (tmp_path / "sources.csv").write_text(SOURCES, encoding="utf-8")
    description = json.dumps({"resources": [KEYS, KEYS]})
    (tmp_path / "datapackage.json").write_text(description, encoding="utf-8")
    assert "datapackage.json names the table sources twice." in audit(tmp_path)


def test_an_entry_without_a_schema_is_an_error_that_names_it(tmp_path):
    description = json.dumps({"resources": [{"name": "small", "path": "small.csv"}]})
    (tmp_path / "datapackage.json").write_text(description, encoding="utf-8")
    with pytest.raises(BrokenTable, match="resource small: schema"):
        audit(tmp_path)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("over ten thousand", [10_000]),
        ("as many as 9 million", [9e6]),
        ("roughly one billion", [1e9]),
        ("from 5.72 to 11.92", [5.72, 11.92]),
        ("nearly 2,000", [2000]),
        ("none at all", []),
        ("the 27th of May", []),
    ],
)
def test_the_figures_of_a_few_words(words, numbers):
    assert figures(words) == numbers


@given(st.integers(0, 10**9))
def test_a_whole_number_is_read_with_and_without_commas(number):
    assert figures(f"about {number} rounds") == figures(f"about {number:,} rounds") == [number]
