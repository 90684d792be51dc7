"""The course's data obey their own description, and a new table is drafted, not typed."""

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from frictionless import Package

from indopacific.datasets import DataFolder, load
from indopacific.upkeep import datapackage
from indopacific.upkeep.audit import FILL_IN, audit

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = PACKAGE["resources"]


def test_frictionless_finds_the_whole_package_valid():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldNumber", "message"])
    assert len(report.tasks) == len(RESOURCES)


def test_size_checksum_and_row_counts_are_up_to_date():
    assert datapackage.refresh(DATA, check_only=True) == []


def test_every_table_obeys_its_description():
    """Values, identities, sums, check values, statuses, words of sources, keys: see `audit`."""
    assert audit(DATA) == []


def test_names_are_unique_and_every_table_lies_in_a_folder_of_its_subject():
    paths = [Path(resource["path"]) for resource in RESOURCES]
    assert len({path.stem for path in paths}) == len(paths)
    assert all(len(path.parts) == 2 for path in paths)


def test_references_are_in_the_bibliography_and_nothing_else_is():
    keys = set(re.findall(r"^@\w+\{(\w+),", (DATA / "references.bib").read_text("utf-8"), re.M))
    cited = set(load("views")["reference"].dropna())
    cited |= set(load("methods")["references"].dropna().str.split("; ").explode())
    assert cited == keys


def test_methods_point_to_tables_that_exist():
    named = set(load("methods")["tables"].dropna().str.split("; ").explode())
    assert named <= {resource["name"] for resource in RESOURCES}


def test_nothing_is_said_from_memory():
    for file in [*DATA.rglob("*.csv"), DATA / "references.bib", DATA / "datapackage.json"]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\bmemory\b", text, re.I), file.name
        assert "UNVERIFIED" not in text, file.name


def test_a_vote_that_was_not_read_is_empty_and_never_an_absence():
    votes = load("votes")
    unread = votes[votes["status"] == "unverified"]
    assert len(unread) > 20
    assert unread["vote"].isna().all()
    assert not votes["vote"].eq("absent").any()


def test_every_estimate_of_support_keeps_the_other_side():
    support = load("estimates").query("topic == 'war support'")
    assert support["dispute"].notna().all()
    assert support.loc[support["disputed_by"].notna(), "dispute"].notna().all()


def test_evidence_is_for_readers_and_names_no_working_paper():
    evidence = load("claims")["evidence"]
    assert not evidence.str.contains(r"dossier|\((?:alignment|language|ap4|models)").any()


def test_a_claim_about_several_pairs_has_one_verdict_each():
    claims = load("claims").set_index("id")
    words = set(claims["verdict"])
    detail = claims.loc["C01", "verdict_detail"]
    judged = re.findall(r"(China-Russia|Russia-DPRK|China-DPRK): ([a-z ]+) \(", detail)
    assert len(judged) == 3
    assert {word for _, word in judged} <= words


# ------------------------------------------------------------------ mutations of the real tables


@pytest.fixture
def copy(tmp_path):
    """Copy the data folder, to be edited."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def slip(folder, resource, draw):
    """Change one number of a table, as a slip of the hand would, and say which."""
    table = DataFolder(folder).load(resource["name"])
    numbers = [
        field["name"]
        for field in resource["schema"]["fields"]
        if field["type"] in ("integer", "number") and field["name"] in resource["sums"]
    ]
    column = draw.choice(numbers)
    row = draw.choice(table.index[table[column].notna()].tolist())
    cells = table.astype(object).where(table.notna(), None)
    for name in table.select_dtypes("datetime"):
        cells[name] = table[name].dt.strftime("%Y-%m-%d")
    value = cells.loc[row, column]
    cells.loc[row, column] = value + 1 if isinstance(value, int) else round(value + 0.01, 6)
    cells.to_csv(folder / resource["path"], index=False)
    return f"row {row + 2}, {column}: {value}"


@pytest.mark.parametrize("seed", range(4))
def test_a_changed_number_is_noticed_in_every_table_even_with_a_new_checksum(copy, seed):
    draw = random.Random(seed)
    summed = [resource for resource in RESOURCES if resource.get("sums")]
    slips = {resource["name"]: slip(copy, resource, draw) for resource in summed}
    datapackage.refresh(copy)
    said = "\n".join(audit(copy))
    missed = [
        (resource["path"], slips[resource["name"]])
        for resource in summed
        if resource["path"] not in said
    ]
    assert missed == []
    assert len(slips) > 8


# ------------------------------------------------------------------ the maintainers' command


def test_an_edited_table_is_noticed_and_only_computed_fields_change(copy, capsys):
    file = copy / "arms" / "arms_deliveries.csv"
    file.write_text(file.read_text("utf-8").replace(",760.5,", ",761,"), "utf-8")
    assert datapackage.main([str(copy), "--check"]) == 1
    said = capsys.readouterr().out
    assert "Out of date: arms_deliveries." in said
    assert "column tiv adds up to" in said
    assert datapackage.main([str(copy)]) == 0
    assert datapackage.refresh(copy, check_only=True) == []
    after = json.loads((copy / "datapackage.json").read_text("utf-8"))
    for old, new in zip(RESOURCES, after["resources"], strict=True):
        computed = {"bytes", "hash", "rows"} if new["name"] == "arms_deliveries" else set()
        assert list(old) == list(new)
        assert {key for key in old if old[key] != new[key]} <= computed
    assert not list(copy.glob(".*"))


def test_an_up_to_date_description_is_written_as_it_stands():
    assert datapackage.as_text(PACKAGE) == (DATA / "datapackage.json").read_text("utf-8")


def test_a_file_that_is_not_described_is_named(copy, capsys):
    (copy / "trade" / "new.csv").write_text("a\n1\n", "utf-8")
    assert datapackage.main([str(copy)]) == 2
    said = capsys.readouterr().err
    assert "trade/new.csv" in said
    assert "--draft" in said
    (copy / "trade" / "new.csv").unlink()
    (copy / "course" / "claims.csv").unlink()
    assert datapackage.main([str(copy)]) == 2
    assert "course/claims.csv" in capsys.readouterr().err


NEW = (
    "state,year,budget,change,source_id\n"
    "Japan,2023,48.2,1.5,S-MILEX\n"
    "Japan,2024,58.4,-0.5,S-MILEX\n"
)


def test_a_draft_guesses_what_the_file_shows_and_leaves_the_rest_to_the_author(copy, capsys):
    file = copy / "defence" / "budgets.csv"
    file.write_text(NEW, encoding="utf-8")
    assert datapackage.main([str(copy), "--draft", str(file)]) == 0
    marks = int(re.search(r"the (\d+) marks", capsys.readouterr().out)[1])
    entry = json.loads((copy / "datapackage.json").read_text("utf-8"))["resources"][-1]
    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    kinds = {name: field["type"] for name, field in fields.items()}
    assert entry["path"] == "defence/budgets.csv"
    assert kinds == {
        "state": "string",
        "year": "integer",
        "budget": "number",
        "change": "number",
        "source_id": "string",
    }
    assert entry["schema"]["primaryKey"] == ["state", "year"]
    assert entry["schema"]["foreignKeys"][0]["fields"] == ["source_id"]
    assert entry["sums"] == {"year": 4047, "budget": 106.6, "change": 1}
    assert fields["budget"]["constraints"] == {"required": True, "minimum": 0}
    assert json.dumps(entry).count(FILL_IN) == marks > 10
    datapackage.refresh(copy)
    faults = [fault for fault in audit(copy) if "budgets" in fault]
    assert [fault for fault in faults if FILL_IN in fault and "Write what is true" in fault]
    assert [fault for fault in faults if "column change: say its minimum" in fault]


def test_a_filled_in_draft_passes_the_audit(copy):
    file = copy / "defence" / "budgets.csv"
    file.write_text(NEW, encoding="utf-8")
    datapackage.draft(file, copy)
    description = copy / "datapackage.json"
    package = json.loads(description.read_text("utf-8"))
    entry = package["resources"][-1]
    entry |= {"title": "Budgets", "description": "Two budgets. Left out: all others."}
    for field in entry["schema"]["fields"]:
        field["description"] = "What it means."
        if "unit" in field:
            field["unit"] = "USD billion"
        if field["name"] == "year":
            field["unit"] = "calendar year"
        if field["name"] == "change":
            field["constraints"]["minimum"] = -10
    entry["checks"] = [
        {
            "row": {"state": "Japan", "year": year},
            "column": column,
            "value": value,
            "read": "S-MILEX",
        }
        for year, column, value in [
            (2023, "budget", 48.2),
            (2024, "budget", 58.4),
            (2024, "change", -0.5),
        ]
    ]
    description.write_text(datapackage.as_text(package), encoding="utf-8")
    datapackage.refresh(copy)
    assert audit(copy) == []


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("../outside.csv", NEW, "does not lie in"),
        ("trade/empty.csv", "a,b\n", "holds no rows"),
        ("defence/trade.csv", NEW, "has a table trade already"),
    ],
)
def test_a_draft_that_cannot_be_made_says_why_and_writes_nothing(copy, capsys, path, text, says):
    before = (copy / "datapackage.json").read_bytes()
    (copy / path).write_text(text, encoding="utf-8")
    assert datapackage.main([str(copy), "--draft", str(copy / path)]) == 2
    assert says in capsys.readouterr().err
    assert (copy / "datapackage.json").read_bytes() == before
