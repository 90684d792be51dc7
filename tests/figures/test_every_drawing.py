"""Laws that every drawing obeys, whoever wrote it and for which lesson."""

import io
import re
from functools import lru_cache
from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from indopacific.figures import style
from indopacific.figures.easel import Easel
from indopacific.figures.words import Words
from tests.figures.drawings import Case, cases, drawings, frozen, lacking
from tests.figures.layout import contrast, faults

CASES = cases()
SOME = list({(case.draw, case.sample.predicted is None): case for case in CASES}.values())
# All laws of one case follow each other, so that only its figure need be kept.
every_case = pytest.mark.parametrize("case", CASES, ids=str, scope="module")
some_cases = pytest.mark.parametrize("case", SOME, ids=str)  # each drawing, alone and with a guess


def drawn(case: Case, dpi: int = style.DPI) -> tuple[Words, Figure]:
    figure = Figure(figsize=style.SIZE, dpi=dpi)
    return case.on(figure), figure


@lru_cache(maxsize=2)
def shown(case: Case) -> tuple[Words, Figure, bool]:
    """Draw a case once for all that look at it: words, figure, and was the input left alone?"""
    before = frozen(case.sample.result)
    words, figure = drawn(case)
    return words, figure, frozen(case.sample.result) == before


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB"), dtype=int)


def test_every_drawing_is_tried():
    assert sum(map(len, drawings().values())) > 10
    assert lacking() == []


@every_case
def test_everything_is_readable(case):
    _, figure, _ = shown(case)
    assert faults(figure) == []


@some_cases
def test_everything_is_readable_at_twice_the_size(case):
    _, figure = drawn(case, dpi=2 * style.DPI)
    assert faults(figure) == []


@every_case
def test_the_words_are_whole(case):
    words, _, _ = shown(case)
    for text in (words.title, words.reading, words.source, *chain.from_iterable(words.rows())):
        assert text
        assert not re.search(r"\b(nan|NaT|inf|None\b(?! of))\b|<NA>|  ", text), text
    for text in (words.title, words.reading):
        assert text[0].isupper() or text[0].isdigit()
        assert not re.search(r" [.,;:]|\.\.|-0(\.0+)?(?![\d.])", text), text
    assert words.reading.endswith((".", "'"))
    assert len(words.table)


@every_case
def test_a_drawing_leaves_its_input_as_it_was(case):
    assert shown(case)[2]


@some_cases
def test_drawing_again_shows_what_a_fresh_figure_shows(case):
    guess = {} if case.sample.predicted is None else {"predicted": case.sample.predicted}
    easel = Easel(case.draw)
    first = easel.paint(case.sample.result)
    again = easel.paint(case.sample.result, **guess)
    fresh = Easel(case.draw).paint(case.sample.result, **guess)
    assert np.abs(pixels(again) - pixels(fresh)).max() <= 2  # palettes may round colours
    assert again.words.alt == fresh.words.alt
    assert bool(guess) == (first.words.alt != again.words.alt)


# ---------------------------------------------------------------- numbers in words and table


def strange_numbers(words: Words) -> list[str]:
    """Return the numbers of title and reading that neither stand in the table nor count it."""
    cells = [cell.replace(",", "") for row in words.rows() for cell in row]
    told = {number for cell in cells for number in re.findall(r"\d+(?:\.\d+)?", cell)}
    table = words.table.astype(str)
    known = ~table.isin(["nan", "None", "not read", "none recorded"])
    counts = {len(table), *chain.from_iterable(table[each].value_counts() for each in table)}
    for one, other in combinations(table, 2):
        both, same = known[one] & known[other], table[one] == table[other]
        counts |= {int(each.sum()) for each in (both, same, both & same)}
    text = f"{words.title} {words.reading}".replace(",", "")
    said = re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text)
    return [
        number
        for number in dict.fromkeys(said)
        if number not in told
        and not any(_rounds_to(float(each), number) for each in told)
        and not (number.isdigit() and int(number) in counts)
    ]


def _rounds_to(value: float, number: str) -> bool:
    decimals = len(number.partition(".")[2])
    return abs(value - float(number)) <= 0.5 * 10**-decimals + 1e-9 and decimals > 0


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.sample.predicted is None and not case.moving], ids=str
)
def test_every_number_of_the_words_stands_in_the_table(case):
    words, _, _ = shown(case)
    assert strange_numbers(words) == []


def test_the_look_at_numbers_can_fail():
    table = pd.DataFrame({"Year": ["2001", "2002"], "Share (%)": [41.73, 38.0]})
    words = Words(
        title="41.7 in 2001", reading="38 in 2002: 3.8 less, or 2003.", table=table, source=""
    )
    assert strange_numbers(words) == ["3.8", "2003"]


# ---------------------------------------------------------------- style, and tests that can fail


def test_lines_differ_in_marker_and_pattern_and_stand_out_from_white():
    looks = [*style.LINES, style.GUESSED]
    marks = [(look["marker"], str(look["linestyle"]), "markerfacecolor" in look) for look in looks]
    assert len(set(marks)) == len(looks)
    assert all(contrast(look["color"], "white") >= 4.5 for look in looks)


def test_overlaps_and_texts_beyond_the_edge_are_found():
    figure = Figure(figsize=style.SIZE)
    figure.text(0.5, 0.5, "one text")
    figure.text(0.51, 0.5, "another")
    figure.text(0.99, 0.9, "over the edge")
    assert faults(figure) == [
        "'over the edge' leaves the canvas",
        "'one text' overlaps 'another'",
    ]


def test_weak_and_crossed_texts_are_found():
    figure = Figure(figsize=style.SIZE)
    axes = figure.subplots()
    axes.text(0.2, 0.2, "pale", color="#aaaaaa")
    axes.text(0.2, 0.8, "crossed", color="black")
    axes.plot([0, 1], [0.82, 0.82], color="black", linewidth=4)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    assert faults(figure) == [
        "'pale' has a contrast of 2.3",
        "something dark lies behind 'crossed'",
    ]


def test_a_meaning_by_colour_alone_is_found():
    figure = Figure(figsize=style.SIZE)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], "o-", color=style.BLUE)
    axes.plot([0, 1], [1, 0], "o-", color=style.ORANGE)
    axes.bar([0, 1], [1, 1], color=[style.BLUE, style.ORANGE])
    found = f"only colour tells {style.BLUE} from {style.ORANGE}"
    assert faults(figure) == [found, found]


def test_a_drawing_without_samples_is_named_with_what_to_write(monkeypatch):
    def draw_nothing(result, figure, *, predicted=None):
        raise AssertionError

    monkeypatch.setattr(
        "tests.figures.drawings.drawings", lambda: {"new": {"draw_nothing": draw_nothing}}
    )
    assert lacking() == [
        "figures/new.py: draw_nothing has no sample: write into tests/figures/samples/new.py "
        'SAMPLES = {"draw_nothing": {"plain": Sample(result)}}'
    ]
