"""The README's first minute: what this is, a picture that moves, and three doors that open."""

import json
import re
import shlex
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from PIL import Image
from typer.main import get_command
from typer.testing import CliRunner

from indopacific import cli
from indopacific.prose.sources import project
from indopacific.upkeep import moving_picture

MOST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def readme(course):
    text = (course / "README.md").read_text(encoding="utf-8")
    return re.sub(r"<!--.*?-->", "", text, flags=re.S)


@pytest.fixture(scope="module")
def first_screen(readme):
    return readme.partition("\n## ")[0]


class Pictures(HTMLParser):
    """The pictures of a page, as their tags' attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in ("img", "source"):
            self.found.setdefault(tag, []).append(dict(attributes))


def commands(text):
    """Every command of the course that stands in a text, as its words."""
    quoted = re.findall(r"`([^`\n]+)`", text)
    lines = [line.partition("#")[0] for block in re.findall(r"```\n(.*?)```", text, re.S)
             for line in block.splitlines()]  # fmt: skip
    own = [each.strip() for each in quoted + lines]
    starts = ("python3 course.py ", "indopacific ")
    return [
        shlex.split(each.removeprefix(start))
        for each in own
        for start in starts
        if each.startswith(start)
    ]


def test_the_first_screen_says_what_it_is_and_has_three_doors(first_screen):
    doors = re.findall(r"^\| \*\*(\w+)", first_screen, re.M)
    assert doors == ["read", "try", "install"]
    assert len(commands(first_screen)) >= 2
    prose = re.sub(r"<picture>.*?</picture>|\|.*", "", first_screen, flags=re.S)
    assert 50 < len(prose.split()) < 110


def test_every_command_of_the_readme_exists_with_its_options(readme):
    found = commands(readme)
    assert len(found) > 12
    verbs = get_command(cli.app).commands
    for verb, *rest in found:
        assert verb in verbs, verb
        known = {option for each in verbs[verb].params for option in each.opts}
        assert {word for word in rest if word.startswith("--")} <= known, verb


@pytest.mark.parametrize("verb", ["site", "lab"])
def test_a_door_answers(verb):
    assert CliRunner().invoke(cli.app, [verb, "--help"]).exit_code == 0


def test_the_picture_moves_unless_a_reader_wants_less_motion(course, first_screen):
    pictures = Pictures(first_screen).found
    (moving,), (still,) = pictures["img"], pictures["source"]
    assert still["media"] == "(prefers-reduced-motion: reduce)"
    assert len(moving["alt"]) > 60
    with Image.open(course / moving["src"]) as picture:
        assert picture.n_frames >= 12
        assert picture.info["loop"] == 0
    with Image.open(course / still["srcset"]) as picture:
        assert getattr(picture, "n_frames", 1) == 1
    for name in (moving["src"], still["srcset"]):
        assert (course / name).stat().st_size < MOST_BYTES


def test_the_picture_shows_what_the_explorer_says_now(course):
    with Image.open(course / moving_picture.MOVING) as picture:
        told = json.loads(picture.info["comment"])
    advice = "run: python -m indopacific.upkeep.moving_picture"
    assert told == moving_picture.titles(), advice


def test_every_link_leads_to_a_file_or_a_heading_and_no_address_is_invented(course, readme):
    pages = [token for token in MarkdownIt("commonmark").enable("table").parse(readme)]
    links = [
        child.attrs["href"]
        for token in pages
        for child in token.children or []
        if child.type == "link_open"
    ]
    headings = {
        "#" + re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", readme, re.M)
    }
    known = set(project().get("urls", {}).values())
    for link in links:
        if link.startswith("#"):
            assert link in headings, link
        elif "://" in link:
            assert link in known, link
        else:
            assert (course / link.partition("#")[0]).exists(), link
    assert re.findall(r"https?://", readme) == [] or known
