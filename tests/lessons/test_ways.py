"""From every lesson and exercise one can go back, to the map and on; minutes have one source."""

import re

import pytest

from indopacific import curriculum
from indopacific.prose import sources
from tests.lessons.notebooks import COURSE, LESSONS, every_lesson, prose, read

EXERCISES = sorted(COURSE.glob("solutions/*/*.ipynb"))
every_exercise = pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
_MADE = re.compile(r"<!--\[.*?<!--\]-->", re.DOTALL)
# A number, in digits or as a word, the comment behind it, and what it counts.
_MINUTES = re.compile(
    r"([\w.]+)(?:<!--((?:(?!-->).)*)-->)? (?:minutes|minute|hours|hour)\b", re.DOTALL
)
_FROM_CURRICULUM = re.compile(r'= lesson\("([\w-]+)"\)\.(reading|doing|minutes|exercise\.minutes) ')
_NUMBER = re.compile(
    r"\d[\d.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\w+ty", re.I
)


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.chdir(COURSE)


@every_lesson
def test_a_lesson_begins_and_ends_with_its_neighbours(path):
    first, *_, last = read(path).cells
    for cell in (first, last):
        assert f'<!--[ neighbours("{path.stem}") -->' in cell.source
        assert sources.neighbours(path.stem) in cell.source


@every_exercise
def test_an_exercise_ends_with_the_way_on(path):
    last = prose(path)[-1].source
    assert f'<!--[ around_exercise("{path.stem}") -->' in last
    links = re.findall(r"\]\(([^)#]+)", _MADE.search(last).group())
    assert links[0].endswith(f"/{path.stem}.ipynb")
    assert all((COURSE / "exercises" / path.stem / link).resolve().is_file() for link in links)


def test_next_leads_from_the_first_lesson_through_all_to_the_last():
    found, name = [], LESSONS[0].stem
    while name:
        found.append(name)
        on = re.search(r"Next: \[[^\]]+\]\(([\w-]+)\.ipynb\)", sources.neighbours(name))
        name = on[1] if on else ""
    assert found == [path.stem for path in LESSONS]


def stated(text):
    """Minutes and hours that a text states, with the comments behind them."""
    plain = _MADE.sub("", text)
    return [found.groups() for found in _MINUTES.finditer(plain) if _NUMBER.fullmatch(found[1])]


@pytest.mark.parametrize("path", [*LESSONS, *EXERCISES], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_minutes_come_from_the_curriculum(path):
    for cell in prose(path):
        for number, comment in stated(cell.source):
            if (comment or "").startswith("~"):
                continue  # minutes of something else, as its reason says
            source = _FROM_CURRICULUM.search(comment or "")
            assert source, f"{cell.id}: write <!--= lesson(...).reading --> behind {number}"
            lesson = curriculum.lesson(source[1], COURSE)
            value = lesson
            for part in source[2].split("."):
                value = getattr(value, part)
            assert number == str(value), cell.id
            assert source[1] == path.stem, cell.id


def test_minutes_without_a_source_are_seen():
    assert stated("About 12 minutes, or two<!--~ so --> hours; a few minutes more.") == [
        ("12", None), ("two", "~ so "),
    ]  # fmt: skip
    assert stated("<!--[ routes() -->An hour (46 minutes)<!--]-->") == []
