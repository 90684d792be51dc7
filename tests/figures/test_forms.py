"""Each form on data of its own: what it draws, leaves open, marks, and refuses."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from indopacific.figures import forms, style
from tests.figures.layout import contrast, faults, texts

whole = "{:.0f}".format


def drawn(form, *args, axes=None, **options):
    figure = Figure(figsize=style.SIZE, dpi=style.DPI)
    with forms.fresh(figure):
        form(figure.subplots(), *args, **options)
    return figure


def written(figure):
    return [each.get_text() for each in texts(figure)]


def line_at(axes, marker):
    return [line for line in axes.lines if line.get_marker() == marker and len(line.get_xdata())]


# ---------------------------------------------------------------- rows


def test_ranked_dots_stand_highest_first_and_missing_last():
    values = pd.Series({"low": 1.0, "none": np.nan, "high": 3.0})
    figure = drawn(forms.ranked_dots, values, write=whole, marked=["low"], notes={"low": "marked"})
    (axes,) = figure.axes
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["high", "low", "none"]
    assert axes.yaxis_inverted()
    assert {"3", "1   marked", "no figure"} <= set(written(figure))
    (square,) = line_at(axes, "s")
    assert square.get_xdata()[0] == 1.0
    assert faults(figure) == []


def test_a_guessed_number_is_hollow_dashed_and_labelled():
    figure = drawn(
        forms.ranked_dots, pd.Series({"a": 1.0, "b": 2.0}), write=whole, predicted={"a": 5.0}
    )
    (guess,) = line_at(figure.axes[0], style.GUESSED["marker"])
    assert list(guess.get_xdata()) == [1.0, 5.0]
    assert guess.get_markerfacecolor() == "white"
    assert guess.is_dashed()
    assert "1   you: 5" in written(figure)
    assert faults(figure) == []


def test_a_guessed_order_stands_behind_the_rows():
    figure = drawn(
        forms.ranked_dots, pd.Series({"a": 1.0, "b": 2.0}), write=whole, predicted=["a", "b"]
    )
    assert [text for text in written(figure) if "you" in text] == [
        "2   \N{WHITE DIAMOND} you: 2nd",
        "1   \N{WHITE DIAMOND} you: 1st",
    ]


def test_dumbbells_join_two_values_and_say_what_lies_between():
    ends = pd.DataFrame({"then": [1.0, 4.0], "now": [3.0, 2.0]}, index=["up", "down"])
    figure = drawn(
        forms.dumbbells, ends, write=lambda a, b: f"{b - a:+.0f}", predicted={"down": 5.0}
    )
    assert {"+2", "-2   you: +1", "then", "now"} <= set(written(figure))
    assert faults(figure) == []


@pytest.mark.parametrize(("low", "high", "towards"), [(np.nan, 5.0, -1), (5.0, np.nan, 1)])
def test_an_open_end_is_an_arrow(low, high, towards):
    frame = pd.DataFrame({"low": [low, 1.0], "high": [high, 2.0]}, index=["open", "closed"])
    figure = drawn(forms.bounds, frame, notes=["open end", "an interval"], marked=[False, True])
    (arrow,) = [text for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert np.sign(arrow.xy[0] - 5.0) == towards
    (interval,) = line_at(figure.axes[0], "s")
    assert list(interval.get_xdata()) == [1.0, 2.0]
    assert faults(figure) == []


def test_too_many_rows_are_refused():
    with pytest.raises(ValueError, match="90 rows of 1 lines are too many"):
        drawn(forms.ranked_dots, pd.Series(1.0, map(str, range(90))), write=whole)


@settings(max_examples=10)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(-2, 3))
def test_rows_are_readable_whatever_the_numbers(numbers, guess):
    values = pd.Series(numbers, [f"Name {place}" for place in range(len(numbers))])
    figure = drawn(
        forms.ranked_dots,
        values,
        write="{:.0%}".format,
        notes=dict.fromkeys(values.index, "a note"),
        predicted={"Name 0": guess},
    )
    assert faults(figure) == []


# ---------------------------------------------------------------- series


YEARS = pd.Index(range(2001, 2009))
LINE = pd.DataFrame({"one": [1.0, np.nan, 3, 4, 5, 6, 7, 8]}, index=YEARS)


def test_no_line_crosses_a_year_without_a_figure_written_or_not():
    for lines in (LINE, LINE.dropna()):
        figure = drawn(forms.series, lines, gaps="no figure")
        line = figure.axes[0].lines[0]
        assert np.isnan(line.get_ydata()[1])
        (hatched,) = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
        assert (hatched.get_x(), hatched.get_x() + hatched.get_width()) == (2001.5, 2002.5)
        assert "no figure" in written(figure)
        assert faults(figure) == []


def test_no_line_crosses_a_break():
    figure = drawn(forms.series, LINE, breaks={2005: "counted anew from 2005"})
    (axes,) = figure.axes
    drawn_years = [list(line.get_xdata()) for line in line_at(axes, "o")]
    assert drawn_years == [[2001, 2002, 2003, 2004], [2005, 2006, 2007, 2008]]
    assert "counted anew from 2005" in written(figure)
    assert faults(figure) == []


def test_derived_years_are_hollow_and_said_to_be():
    figure = drawn(forms.series, LINE, hollow={"derived": [2003]})
    (hollow,) = [line for line in figure.axes[0].lines if line.get_markerfacecolor() == "white"]
    assert list(hollow.get_xdata()) == [2003]
    assert "derived" in written(figure)


@pytest.mark.parametrize("apart", [0.0, 0.01, 3.0])
def test_names_at_the_ends_of_lines_never_meet(apart):
    lines = pd.DataFrame({name: 5.0 + place * apart for place, name in enumerate("abcde")}, YEARS)
    figure = drawn(forms.series, lines, predicted={2008: 5.0})
    assert {*"abcde", "you"} <= set(written(figure))
    assert faults(figure) == []


def test_lines_that_end_in_different_years_are_named_in_a_key():
    figure = drawn(forms.series, LINE.assign(two=LINE["one"].where(LINE.index < 2006) + 2))
    (legend,) = [axes.get_legend() for axes in figure.axes]
    assert [text.get_text() for text in legend.get_texts()] == ["one", "two"]
    assert faults(figure) == []


def test_a_guess_that_ends_early_stands_in_the_key():
    figure = drawn(forms.series, LINE, predicted={2004: 9.0, 2003: 2.0})
    (guess,) = line_at(figure.axes[0], style.GUESSED["marker"])
    assert list(guess.get_xdata()) == [2003, 2004]
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["you"]
    assert faults(figure) == []


# ---------------------------------------------------------------- bars and tiles


def test_a_bar_without_a_figure_says_so_and_is_no_zero():
    figure = drawn(forms.bars, pd.Series({"a": 5.0, "b": np.nan, "c": 0.0}), missing="unknown")
    assert {"5", "unknown", "0"} <= set(written(figure))
    assert written(figure).count("0") >= 1
    assert faults(figure) == []


def test_a_guessed_bar_is_hollow_and_its_label_joins_the_bars():
    figure = drawn(forms.bars, pd.Series({"a": 5.0, "b": 2.0}), predicted={"b": 9.0})
    assert "you: 9\n2" in written(figure)
    (hollow,) = [bar for bar in figure.axes[0].patches if not bar.get_facecolor()[3]]
    assert (hollow.get_height(), hollow.get_linestyle()) == (9.0, style.GUESSED["linestyle"])
    assert faults(figure) == []


def test_tiles_draw_what_is_unknown_unlike_what_is_known():
    cells = pd.DataFrame({"x": ["no", "yes"], "y": [None, "odd"]}, index=["first", "second"])
    figure = drawn(forms.tiles, cells, strength={"no": "strong", "yes": "light"})
    (axes,) = figure.axes
    assert [patch.get_linestyle() == ":" for patch in axes.patches] == [False, True, False, True]
    assert [text.get_text() for text in axes.texts] == ["no", "not read", "yes", "odd"]
    assert axes.yaxis_inverted()
    assert faults(figure) == []


def test_a_label_stays_inside_its_tile():
    days = [f"2018-12-{day} militarisation" for day in range(10, 24)]
    cells = pd.DataFrame("none recorded", index=days, columns=list("abcdef"))
    figure = drawn(forms.tiles, cells, strength={})
    (axes,) = figure.axes
    for text, tile in zip(axes.texts, axes.patches, strict=True):
        inner, outer = text.get_window_extent(), tile.get_window_extent()
        assert outer.x0 <= inner.x0
        assert inner.x1 <= outer.x1
        assert outer.y0 <= inner.y0
        assert inner.y1 <= outer.y1


def test_long_words_are_wrapped_or_refused_but_never_meet():
    columns = ["Democratic People's Republic", "New Zealand", "South Korea", "Germany", "Japan"]
    cells = pd.DataFrame("voted in favour of the text", index=["first"], columns=columns)
    figure = drawn(forms.tiles, cells, strength={})
    assert "\n" in "".join(written(figure))
    assert faults(figure) == []
    with pytest.raises(ValueError, match="No room for the label 'Donaudampfschifffahrt"):
        drawn(
            forms.tiles, cells.replace(r".+", "Donaudampfschifffahrt" * 2, regex=True), strength={}
        )


# ---------------------------------------------------------------- canvas


def test_an_axis_grows_until_its_labels_end_inside():
    figures = [
        drawn(forms.series, LINE.set_axis(["a name of some length"], axis=1)),
        drawn(forms.ranked_dots, pd.Series({"a": 1.0, "b": 2.0}), write="{:.0f} and a note".format),
        drawn(forms.bars, pd.Series({"a": 5.0, "b": 9.0}), predicted={"b": 9.5}),
    ]
    for (axes,) in (figure.axes for figure in figures):
        frame = axes.get_window_extent()
        for box in (text.get_window_extent() for text in axes.texts):
            assert box.x1 <= frame.x1
            assert box.y1 <= frame.y1


def test_panels_have_their_titles_and_hide_what_is_left():
    figure = Figure(figsize=style.SIZE)
    with forms.fresh(figure):
        made = forms.panels(figure, ["one", "two", "three"])
    assert len(made) == 3
    assert [axes.get_visible() for axes in figure.axes] == [True, True, True, False]
    assert {"one", "two", "three"} <= set(written(figure))


def test_a_key_lifts_the_title_over_it():
    figure = Figure(figsize=style.SIZE)
    with forms.fresh(figure):
        (axes,) = forms.panels(figure, ["The title"], columns=1)
        forms.series(axes, LINE, gaps="no figure", hollow={"derived": [2003]})
    assert faults(figure) == []


def test_a_canvas_is_cleared_before_it_is_drawn_on():
    figure = Figure(figsize=style.SIZE)
    for _ in range(2):
        with forms.fresh(figure):
            forms.bars(figure.subplots(), pd.Series({"a": 1.0, "b": 2.0}))
    assert len(figure.axes) == 1


# ---------------------------------------------------------------- curves, maps, trees, blocks


def test_a_place_is_marked_on_every_curve_at_its_height():
    figure = Figure(figsize=style.SIZE)
    axes = figure.subplots()
    x = np.linspace(0, 1, 11)
    kept = forms.Curves(axes, ["up", "down"], heavy="flat")
    kept.move(x, {"up": x, "down": 1 - x, "flat": 0 * x + 0.4}, at=0.25)
    (points,) = [line for line in axes.lines if line.get_color() == style.INK and
                 line.get_linestyle() == "None"]  # fmt: skip
    assert list(points.get_xdata()) == [0.25] * 3
    assert list(points.get_ydata()) == pytest.approx([0.25, 0.75, 0.4])


def test_a_window_is_shaded_no_farther_than_the_axis():
    lines = pd.DataFrame({"a": [0.0, 1.0]}, index=[0.0, 1.0])
    figure = drawn(forms.curves, lines, window=(0.5, 1.5), window_name="here")
    (axes,) = figure.axes
    (area,) = axes.patches
    assert (area.get_x(), area.get_x() + area.get_width()) == (0.5, 1.0)
    assert "here" in written(figure)
    assert faults(figure) == []


def phase(cells, regions, **options):
    figure = Figure(figsize=style.SIZE, dpi=style.DPI)
    axes = figure.subplots()
    steps = np.linspace(0, 1, 4)
    drawn = forms.PhaseMap(axes, steps, steps, kinds=["a", "b"], regions=["I", "II"], moving=False)
    drawn.move(np.array(cells), regions=np.array(regions), borders=[((0, 0), (1, 1))], **options)
    return axes


def test_a_map_fills_each_setting_and_names_the_regions_that_it_has():
    axes = phase([["a"] * 4, ["b"] * 4] * 2, [["I"] * 4] * 4, here=(0.5, 0.25))
    (mesh,) = axes.collections
    assert np.ravel(mesh.get_array()).tolist() == [0] * 4 + [1] * 4 + [0] * 4 + [1] * 4
    assert {text.get_text() for text in axes.texts if text.get_visible()} == {"I"}
    (ring,) = [line for line in axes.lines if line.get_marker() == "o"]
    assert (list(ring.get_xdata()), list(ring.get_ydata())) == ([0.5], [0.25])


def test_the_fills_of_a_map_are_told_apart_in_grey():
    greys = [contrast(one, other) for one, other in pairwise(forms.KINDS)]
    assert min(greys) > 1.4


def test_a_tree_makes_the_played_path_wider_than_a_choice_and_a_choice_than_the_rest():
    figure = Figure(figsize=style.SIZE)
    axes = figure.subplots()
    branches = [("start", "left", "l"), ("start", "right", "r")]
    places = {"start": (0, 1), "left": (1, 2), "right": (1, 0)}
    movers = {"start": "A", "left": "", "right": ""}
    tree = forms.DecisionTree(axes, places, branches, movers, columns=("A", "B"))
    ends = {"left": ("1", "2"), "right": ("3", "4")}

    def widths(**marked):
        tree.move(labels={}, ends=ends, values={}, **marked)
        return [line.get_linewidth() for line in axes.lines if len(line.get_xdata()) == 2]

    left = ("start", "left")
    plain = widths(chosen=[], played=[])
    chosen = widths(chosen=[left], played=[])
    played = widths(chosen=[left], played=[left])
    assert played[0] > chosen[0] > plain[0] == plain[1] == chosen[1] == played[1]
    assert {"1", "2", "3", "4"} <= {text.get_text() for text in axes.texts}


QUESTIONS = {
    ("2001, a university", "One question"): pd.Series({"yes": 58.7, "no": 41.3}),
    ("2002, a newspaper", "Another"): pd.Series({"yes": 6.0}),
}


def test_no_line_joins_the_answers_of_blocks():
    rough = [(("2002, a newspaper", "Another"), "yes")]
    figure = drawn(forms.blocks, QUESTIONS, write="{:g}%".format, hollow=rough)
    (axes,) = figure.axes
    assert all(len(line.get_xdata()) == 1 for line in axes.lines)
    assert [line.get_markerfacecolor() for line in axes.lines] == [style.BLUE] * 2 + ["white"]
    assert {"2001, a university", "One question", "Another", "58.7%"} <= set(written(figure))


def test_a_long_question_is_wrapped_and_none_of_it_is_lost():
    long = " ".join(f"word{n}" for n in range(30))
    figure = drawn(forms.blocks, {("2001", long): pd.Series({"yes": 1.0})}, write=whole)
    lines = [text for text in written(figure) if text.startswith("word")]
    assert len(lines) > 1
    assert " ".join(lines) == long
    assert faults(figure) == []


def test_blocks_are_as_large_as_other_text_or_are_refused():
    thirteen = {("2001", "Which?"): pd.Series(dict.fromkeys(map(str, range(13)), 5.0))}
    figure = drawn(forms.blocks, thirteen, write=whole)
    sizes = [text.get_fontsize() for text in texts(figure) if text.get_text() in ("12", "Which?")]
    assert min(sizes) >= 8.5
    fifty = {("2001", "Which?"): pd.Series(dict.fromkeys(map(str, range(50)), 5.0))}
    with pytest.raises(ValueError, match="too many"):
        drawn(forms.blocks, fifty, write=whole)
