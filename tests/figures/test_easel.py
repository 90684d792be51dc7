"""An easel paints in place: the same pixels as a fresh figure, without building it again."""

import io
from types import SimpleNamespace

import numpy as np
import pandas as pd
from PIL import Image

from indopacific.figures.easel import Easel, kept, paint
from indopacific.figures.words import Words

BUILT = []


def draw_level(level, figure):
    """One bar whose height is `level`, with `level` written over it."""
    parts = kept(figure, set_up, key=level > 100)
    parts.bar.set_height(level)
    parts.text.set_text(f"{level}")
    return Words(
        title=f"The level is {level}.",
        reading="One bar.",
        table=pd.DataFrame({"Name": ["level"], "Value": [level]}),
        source="<none> & more",
    )


def set_up(figure):
    BUILT.append(figure)
    axes = figure.subplots()
    axes.set(ylim=(0, 200), xlim=(-1, 1))
    (bar,) = axes.bar([0], [0])
    bar.set_animated(True)
    return SimpleNamespace(bar=bar, text=axes.text(0, 150, "", animated=True))


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB"), dtype=int)


def test_a_kept_figure_shows_what_a_fresh_one_would():
    easel = Easel(draw_level)
    for level in (10, 60, 30, 10):
        fresh = pixels(Easel(draw_level).paint(level))
        assert np.abs(pixels(easel.paint(level)) - fresh).max() <= 2  # palettes may round colours


def test_a_figure_is_built_once_and_again_only_when_its_key_changes():
    BUILT.clear()
    easel = Easel(draw_level)
    for level in (1, 2, 3):
        easel.paint(level)
    assert len(BUILT) == 1
    easel.paint(150)
    assert len(BUILT) == 2
    assert np.abs(pixels(easel.paint(150)) - pixels(Easel(draw_level).paint(150))).max() <= 2


def test_a_picture_shows_alternative_text_source_and_numbers_escaped():
    shown = paint(draw_level, 42)._repr_html_()
    assert 'alt="The level is 42. One bar."' in shown
    assert "&lt;none&gt; &amp; more" in shown
    assert '<th scope="row">level</th><td>42</td>' in shown


def test_a_still_picture_has_twice_the_pixels_of_a_moving_one():
    still, moving = (pixels(each) for each in (paint(draw_level, 1), Easel(draw_level).paint(1)))
    assert still.shape[0] == 2 * moving.shape[0]


def test_a_missing_number_is_said_in_words():
    words = Words(
        title="", reading="", table=pd.DataFrame({"a": [1.5, None], "b": ["x", None]}), source=""
    )
    assert words.rows() == [["a", "b"], ["1.5", "x"], ["no figure", "no figure"]]
