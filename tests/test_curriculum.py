"""Ways through the course: their minutes are those of their lessons, exercises and parts."""

import json
import re

import pytest

from indopacific import curriculum
from indopacific.curriculum import described, duration, routes


@pytest.fixture(scope="module")
def ways(course):
    return {way.name: way for way in routes(course)}


def written(course):
    return [each for each in curriculum.lessons(course) if each.written]


def test_a_way_takes_as_long_as_its_lessons_and_exercises(ways, course):
    known = {each.id: each for each in written(course)}
    for way in ways.values():
        for step in way.steps:
            lesson = known[step.lesson.id]
            if not step.parts:
                done = lesson.exercise.minutes if step.exercise else 0
                assert step.minutes == lesson.reading + lesson.doing + done
            else:
                assert 0 < step.minutes < lesson.minutes
        assert way.minutes == sum(step.minutes for step in way.steps)


def test_an_hour_and_a_day_are_not_longer_than_that_nor_much_shorter(ways):
    for name in ("An hour", "A day"):
        assert 0.7 * ways[name].limit <= ways[name].minutes <= ways[name].limit


def test_a_term_is_the_whole_course(ways, course):
    term = ways["A term"]
    assert [step.lesson for step in term.steps] == written(course)
    assert all(step.exercise == (step.lesson.exercise is not None) for step in term.steps)
    assert 10 <= term.weeks <= 16


def test_a_part_counts_by_its_share_of_the_words(course):
    (way, *_) = routes(course)
    (step,) = [step for step in way.steps if step.parts]
    path = course / "lessons" / f"{step.lesson.id}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    sections = re.split(r"^(?=## )", re.sub(r"<!--.*?-->", "", prose, flags=re.S), flags=re.M)
    words = sum(
        len(each.split())
        for each in sections
        if each.partition("\n")[0].removeprefix("## ") in step.parts
    )
    share = words / len(re.sub(r"<!--.*?-->", "", prose, flags=re.S).split())
    assert step.minutes == pytest.approx(share * step.lesson.minutes, abs=1)


def test_a_way_that_names_a_lost_heading_says_so(course, monkeypatch):
    monkeypatch.setattr(curriculum, "_HOUR", ("A heading that went",))
    with pytest.raises(LookupError, match=r"01-alignment.ipynb has no heading 'A heading that"):
        routes(course)


def test_a_way_is_told_in_one_line(ways):
    told = described(ways["An hour"], lambda lesson: f"<{lesson.id}>")
    assert told.startswith(f"**An hour** ({ways['An hour'].minutes} minutes): <00-start-here>; ")
    assert "\n" not in told
    assert f"in {ways['A term'].weeks} weeks" in described(ways["A term"], str)
    assert [duration(n) for n in (0, 1, 59, 60, 61, 120, 394)] == [
        "0 minutes", "1 minute", "59 minutes", "1 hour", "1 hour 1 minute", "2 hours",
        "6 hours 34 minutes",
    ]  # fmt: skip
