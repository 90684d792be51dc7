"""The drawings of lesson 01, on exactly what the lesson hands them.

What a drawing says agrees with its data, what is missing stays missing, and nothing that it
writes is hidden.
"""

import io
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from indopacific.explorers.alignment import EXPLORER
from indopacific.figures import alignment, style
from indopacific.figures.easel import Easel
from indopacific.lessons import say
from tests.figures.layout import faults, texts

LESSON = Path(__file__).resolve().parents[2] / "lessons" / "01-alignment.ipynb"
DRAWINGS = sorted(name for name in dir(alignment) if name.startswith("draw_"))


def drawn_in_the_lesson():
    """Run the lesson's cells up to the explorer; keep each drawing with what it was given."""
    found = {}
    scope = {}
    for cell in json.loads(LESSON.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["id"] == "index-explorer":
            break
        if cell["cell_type"] == "code":
            exec(source, scope)
            scope["show"] = lambda draw, result: found.update({draw.__name__: result})
            scope["say"] = say
    return found


@pytest.fixture(scope="module")
def given():
    return {**drawn_in_the_lesson(), "draw_index": EXPLORER.result({})}


def draw(name, result, *, dpi=style.DPI):
    figure = Figure(figsize=style.SIZE, dpi=dpi)
    return getattr(alignment, name)(result, figure), figure


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB"), dtype=int)


def written(figure):
    return [each.get_text() for each in texts(figure)]


# ---------------------------------------------------------------- laws of every drawing


def test_the_lesson_uses_every_drawing(given):
    assert sorted(given) == DRAWINGS


@pytest.mark.parametrize("dpi", [style.DPI, 2 * style.DPI])
@pytest.mark.parametrize("name", DRAWINGS)
def test_nothing_written_is_hidden(name, dpi, given):
    _, figure = draw(name, given[name], dpi=dpi)
    assert faults(figure) == []


@pytest.mark.parametrize("preset", EXPLORER.presets, ids=lambda preset: preset.label)
def test_nothing_written_is_hidden_in_any_preset(preset):
    _, figure = draw("draw_index", EXPLORER.result(preset.values))
    assert faults(figure) == []


@pytest.mark.parametrize("name", ["trade", "votes", "ideal_points", "arms"])
def test_nothing_written_is_hidden_when_one_indicator_has_all_the_weight(name):
    alone = {"trade": 0.0, "votes": 0.0, "ideal_points": 0.0, "arms": 0.0, name: 1.0}
    _, figure = draw("draw_index", EXPLORER.result(alone))
    assert "100%" in written(figure)
    assert faults(figure) == []


def test_the_look_at_the_layout_can_fail():
    figure = Figure(figsize=style.SIZE)
    figure.text(0.5, 0.5, "one text")
    figure.text(0.51, 0.5, "another")
    figure.text(0.99, 0.9, "over the edge")
    assert faults(figure) == [
        "'over the edge' leaves the canvas",
        "'one text' overlaps 'another'",
    ]


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_again_in_place_shows_what_a_fresh_figure_shows(name, given):
    easel = Easel(getattr(alignment, name))
    first = easel.paint(given[name])
    again = easel.paint(given[name])
    fresh = Easel(getattr(alignment, name)).paint(given[name])
    assert np.abs(pixels(again) - pixels(fresh)).max() <= 2  # palettes may round colours
    assert again.words.alt == fresh.words.alt == first.words.alt


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_leaves_its_input_as_it_was(name, given):
    def frozen(result):
        parts = result if isinstance(result, tuple) else (result,)
        return [part.to_csv() if hasattr(part, "to_csv") else repr(part) for part in parts]

    before = frozen(given[name])
    draw(name, given[name])
    assert frozen(given[name]) == before


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_words_are_whole(name, given):
    words, _ = draw(name, given[name])
    for text in (words.title, words.reading, words.source):
        assert text
        assert "nan" not in text.lower().split()
        assert "<NA>" not in text
    assert len(words.table) >= 3
    assert not any("nan" in cell.lower().split() for row in words.rows() for cell in row)


def test_colours_differ_in_greyscale_or_the_marks_differ():
    looks = [(look["marker"], str(look["linestyle"])) for look in style.LINES]
    assert len(set(looks)) == len(looks)
    white = np.array([1, 1, 1])
    for look in style.LINES:
        assert contrast(np.array(to_rgb(look["color"])), white) >= 3  # WCAG, graphical objects


def contrast(one, other):
    def luminance(colour):
        linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
        return linear @ (0.2126, 0.7152, 0.0722)

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# ---------------------------------------------------------------- each drawing and its data


def test_measures_compares_the_windows_that_it_names(given):
    data = given["draw_measures"]
    words, _ = draw("draw_measures", data)
    votes = data["votes"].dropna()
    assert f"{votes.loc[2005:2009].mean():.2f} in 2005-2009" in words.reading
    assert f"{votes.loc[2015:2019].mean():.2f} in 2015-2019, less close" in words.reading
    assert f"{data['trade'].loc[2011:2015].mean():.1f} in 2011-2015" in words.reading
    assert words.title == "China and Russia: closer by two measures, less close by two"


def test_measures_takes_a_smaller_distance_as_closer(given):
    data = given["draw_measures"]
    turned = data.assign(ideal_points=data["ideal_points"].max() - data["ideal_points"])
    words, _ = draw("draw_measures", turned)
    assert words.title == "China and Russia: closer by one measure, less close by three"


def test_measures_leaves_years_without_data_empty(given):
    data = given["draw_measures"]
    words, figure = draw("draw_measures", data)
    for panel, name in zip(figure.axes, ("votes", "ideal_points", "trade", "arms"), strict=True):
        line = panel.lines[0]
        assert np.isnan(line.get_ydata()[data[name].isna()]).all()
    assert "no figure" in next(row for row in words.rows() if row[0] == "1992")


def test_pairs_names_both_groups_and_marks_them_by_shape(given):
    data = given["draw_pairs"]
    words, figure = draw("draw_pairs", data)
    allies = data.loc[data["allies"], "agree_strict"]
    assert f"{allies.min():.0%} to {allies.max():.0%}" in words.title
    assert sum("allies by treaty" in text for text in written(figure)) == len(allies)
    assert {line.get_marker() for line in figure.axes[0].lines} == {"s", "o"}


def test_absence_says_how_far_each_pair_moves(given):
    data = given["draw_absence"]
    words, figure = draw("draw_absence", data)
    move = (data["own_category"] - data["dropped"]) * 100
    assert f"China-DPRK by {abs(move['China-DPRK']):.1f} points" in words.title
    assert abs(move["China-DPRK"]) > 10
    assert f"{move['China-DPRK']:+.1f} points" in written(figure)
    assert "less than 0.1 points" in written(figure)
    assert "-0.0 points" not in written(figure)


def test_ideal_points_say_whether_the_intervals_overlap(given):
    data = given["draw_ideal_points"]
    words, _ = draw("draw_ideal_points", data)
    last = data[data["year"] == data["year"].max()].set_index("state")
    assert words.title.endswith("their intervals overlap")
    assert last["q05"].max() < last["q95"].min()
    narrow = data.assign(q05=data["ideal_point"] - 0.01, q95=data["ideal_point"] + 0.01)
    assert draw("draw_ideal_points", narrow)[0].title.endswith("do not overlap")


def test_thin_year_is_found_from_the_votes(given):
    data = given["draw_thin_year"]
    words, figure = draw("draw_thin_year", data)
    assert words.title == (
        "The newer edition places 2024 by 8 votes; no other year has fewer than 78"
    )
    assert np.isnan(figure.axes[0].lines[0].get_ydata()[-1])  # the older edition has no 2025
    hatched = [bar.get_hatch() for bar in figure.axes[1].patches]
    assert [bool(hatch) for hatch in hatched] == list(data["flagged"])


def test_trade_draws_no_line_across_years_without_a_figure(given):
    data = given["draw_trade"]
    words, figure = draw("draw_trade", data)
    missing = data["total"].isna().to_numpy()
    line = figure.axes[0].lines[0]
    assert (np.isnan(np.asarray(line.get_ydata(), dtype=float)) == missing).all()
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == missing.sum() > 0
    hollow = figure.axes[0].lines[1]
    assert len(hollow.get_xdata()) == (data["status"] == "derived").sum()
    assert [row[1] for row in words.rows()[1:]].count("no figure") == missing.sum()


def test_trade_says_rose_when_it_rose(given):
    data = given["draw_trade"]
    assert "fell by 6.8% in 2025" in draw("draw_trade", data)[0].title
    earlier = data[data["year"] <= 2024]
    assert "rose by 2.0% in 2024" in draw("draw_trade", earlier)[0].title


def test_asymmetry_shows_a_missing_partner_as_missing(given):
    shares, partners = given["draw_asymmetry"]
    words, figure = draw("draw_asymmetry", (shares, partners))
    assert math.isnan(partners["EU"])
    assert "no verified\nfigure" in written(figure)
    assert ["China's trade with EU (USD billion)", "2024", "no figure"] in words.rows()
    assert ["China in Russia's goods trade (%)", "2021", "17.96"] in words.rows()
    assert "For the EU no verified dollar figure was found." in words.reading
    assert f"{partners['Russia'] / partners['USA']:.0%} of what the USA is" in words.title
    whole = pd.Series({**partners, "EU": 700.0}, name=partners.name)
    words, figure = draw("draw_asymmetry", (shares, whole))
    assert "700" in written(figure)
    assert "no verified" not in words.reading


def test_arms_says_the_fall_in_volume_and_both_shares(given):
    data = given["draw_arms"].set_index("year")
    words, _ = draw("draw_arms", given["draw_arms"])
    fall = 1 - data.loc[2023, "tiv"] / data.loc[2005, "tiv"]
    assert f"From 2005 to 2023 the volume fell by {fall:.0%}" in words.title
    assert words.title.endswith("from 88 to 79 percent")


def test_duties_shows_one_cell_a_pair_and_duty(given):
    data = given["draw_duties"]
    words, figure = draw("draw_duties", data)
    cells = [text for text in written(figure) if text.startswith("art. ")]
    assert len(cells) == len(data)
    assert written(figure).count("not in our table") == 9 - len(data)
    assert "binds China-DPRK and Russia-DPRK" in words.title
    assert set(words.table["Qualifier"]) == set(data["qualifier"])


def test_ukraine_votes_leaves_unread_votes_open(given):
    data = given["draw_ukraine_votes"]
    words, figure = draw("draw_ukraine_votes", data)
    for vote in ("yes", "no", "abstain"):
        assert written(figure).count(vote) == (data == vote).to_numpy().sum()
    assert written(figure).count("not read") == data.isna().to_numpy().sum() > 0
    assert "China abstained five times and voted no twice" in words.title
    assert sum(cell == "no figure" for row in words.rows() for cell in row) == 4


def test_estimates_draws_an_open_end_as_an_arrow(given):
    data = given["draw_estimates"]
    words, figure = draw("draw_estimates", data)
    arrows = [text for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == data[["low", "high"]].isna().any(axis=1).sum() == len(data)
    known = data["high"].fillna(data["low"])
    assert f"From {known.min() / 1e6:.1f} to {known.max() / 1e6:.1f} million" in words.title
    assert words.reading.count("room for") == (data["kind"] == "capacity").sum()
    for estimator in data["estimator"]:
        assert estimator in words.reading
