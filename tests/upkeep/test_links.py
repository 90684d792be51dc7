"""Every address outside the course is listed once, with the day by which it was read."""

import re
import shutil

import pytest

from indopacific.datasets import load
from indopacific.publishing.reference import addresses
from indopacific.upkeep import links


@pytest.fixture
def small(course, tmp_path):
    """A course with one table, one lesson and a README that name addresses."""
    for name in ("data/course", "lessons", "solutions"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(course / "data" / "datapackage.json", tmp_path / "data")
    (tmp_path / "data/references.bib").write_text("@article{A2020,\n  doi = {10.1000/one},\n}\n")
    (tmp_path / "data/course/a.csv").write_text("a,url\n1,https://a.test/x(1)?q=2\n")
    (tmp_path / links.TABLE).write_text("address,read_by\nhttps://gone.test,2026-11-01\n")
    cell = '{"source": ["See [this](https://b.test/page_(2)), or http://localhost:8888.\\n"]}'
    (tmp_path / "lessons/01-a.ipynb").write_text(cell)
    (tmp_path / "README.md").write_text("Written at https://c.test, and <https://d.test/e>.")
    return tmp_path


def test_every_address_of_the_course_is_listed_and_no_other(course):
    listed, named = set(links.known(course)), set(links.found(course))
    advice = "run: python -m indopacific.upkeep.links, then indopacific.upkeep.datapackage"
    assert sorted(listed ^ named) == [], advice


def test_each_stands_once_with_a_day():
    table = load("links")
    assert not table["address"].duplicated().any()
    assert table["read_by"].notna().all()
    assert table["address"].is_monotonic_increasing


def test_sources_and_works_are_among_them(course):
    listed = set(links.known(course))
    assert set(load("sources")["url"].dropna()) <= listed
    bibliography = (course / "data/references.bib").read_text(encoding="utf-8")
    works = re.findall(r"^\s*doi\s*=\s*\{(.+?)\}", bibliography, re.M)
    assert len(works) > 10
    assert {f"https://doi.org/{doi}" for doi in works} <= listed


def test_addresses_are_found_whole_wherever_they_stand(small):
    ours = [each for each in links.found(small) if ".test" in each or "10.1000" in each]
    assert ours == [
        "https://a.test/x(1)?q=2", "https://b.test/page_(2)", "https://c.test",
        "https://d.test/e", "https://doi.org/10.1000/one",
    ]  # fmt: skip
    assert not [each for each in links.found(small) if "localhost" in each]


def test_an_update_keeps_days_adds_what_is_new_and_drops_what_is_gone(small):
    added, removed = links.update(small, today="2026-11-20")
    assert removed == ["https://gone.test"]
    assert "https://c.test" in added
    (small / "README.md").write_text("Now at https://new.test")
    links.update(small, today="2026-11-21")
    after = links.known(small)
    assert after["https://a.test/x(1)?q=2"] == "2026-11-20"
    assert after["https://new.test"] == "2026-11-21"
    assert "https://c.test" not in after


def test_the_page_links_each_address_once(course):
    page = addresses()
    assert page.count('<a href="http') == len(load("links"))
    assert "United Nations General Assembly Voting Data" in page
