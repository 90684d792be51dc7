"""The drawings of lesson 01: what each says agrees with its data."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from indopacific.explorers.alignment import EXPLORER
from indopacific.figures import alignment, composite, records, style
from indopacific.models.alignment import then_and_now
from tests.figures.layout import texts
from tests.figures.samples import alignment as given
from tests.figures.samples import records as recorded

DRAWINGS = {**vars(alignment), **vars(composite), **vars(records)}


def draw(name, result, **guess):
    figure = Figure(figsize=style.SIZE, dpi=style.DPI)
    return DRAWINGS[name](result, figure, **guess), figure


def written(figure):
    return [each.get_text() for each in texts(figure)]


# ---------------------------------------------------------------- the index


def test_the_index_names_first_second_and_how_often_they_swap():
    found = EXPLORER.result({})
    words, _ = draw("draw_index", found)
    first, second = (found.labels[place] for place in np.argsort(found.rank)[:2])
    swaps = found.reversal_share(first, second, draws=2000, seed=2026)
    assert words.title == (
        f"{first} ranks first; {second} passes it in {100 * swaps:.0f} of 100 sets of weights near "
        "these"
    )
    assert f"The index is {found.index.max():.2f} for {first}" in words.reading
    for weight in ("25% for Trade", "25% for UN votes", "25% for Ideal points", "25% for Arms"):
        assert weight in words.reading


def test_ranks_stand_in_a_row_that_no_line_reaches():
    figure = Figure(figsize=style.SIZE)
    for preset in EXPLORER.presets:
        found = EXPLORER.result(preset.values)
        composite.draw_index(found, figure)
        numerals = [line for line in figure.axes[0].lines if str(line.get_marker()).startswith("$")]
        for rank, numeral in enumerate(numerals, start=1):
            assert list(numeral.get_xdata()) == list(np.flatnonzero(found.rank == rank))
            assert all(height > found.high.max() for height in numeral.get_ydata())


def test_a_tie_is_said_to_be_one():
    found = EXPLORER.result({"trade": 0.0, "votes": 0.0, "ideal_points": 0.0, "arms": 1.0})
    tied = type(found)(**{**vars(found), "rank": np.ones(len(found.labels), dtype=int)})
    words, _ = draw("draw_index", tied)
    assert "share the first rank" in words.title
    assert "2,000" not in words.reading


# ---------------------------------------------------------------- measures


def test_measures_compare_the_years_that_they_name():
    data = given.MEASURES
    words, _ = draw("draw_measures", then_and_now(data, since=2005))
    votes = 100 * data["votes"]
    assert f"{votes.loc[2005:2009].mean():.1f}% in 2005-2009" in words.reading
    assert f"{votes.loc[2015:2019].mean():.1f}% in 2015-2019" in words.reading
    assert f"{data['trade'].loc[2011:2015].mean():.1f}% in 2011-2015" in words.reading
    assert words.title.startswith("From 2005, China and Russia are closer by ")


def test_measures_say_for_how_many_starts_the_verdict_holds():
    falling = given.MEASURES.assign(votes=given.MEASURES["votes"].where(lambda s: s.index < 2020))
    falling["votes"] = [0.2] * 8 + [0.9] * 10 + [0.5] * 10 + [np.nan] * 5
    found = then_and_now(falling, since=2005)
    row = found.table.loc["votes"]
    words, figure = draw("draw_measures", found)
    assert row["verdict"] == "less close"
    assert 0 < row["same"] < row["starts"]
    assert (
        f"less close; so it is from {row['same']} of {row['starts']} possible starts"
        in words.reading
    )
    assert "another start changes the verdict on identical UN votes" in words.title
    assert any(f"{row['same']} of {row['starts']}" in text for text in written(figure))


def test_a_measure_that_is_too_short_has_no_verdict():
    found = then_and_now(given.MEASURES, since=2014)
    words, figure = draw("draw_measures", found)
    assert "of two measures that can start there" in words.title
    assert "Identical UN votes: too short to start from 2014; the latest start is 2010." in (
        words.reading
    )
    shaded = [len(axes.patches) for axes in figure.axes]
    assert shaded == [1, 2, 1, 2]


def test_measures_leave_years_without_data_empty():
    found = then_and_now(given.MEASURES, since=2005)
    words, figure = draw("draw_measures", found)
    for panel, name in zip(figure.axes, given.MEASURES.columns, strict=True):
        assert np.isnan(panel.lines[0].get_ydata()[given.MEASURES[name].isna()]).all()
    assert "no figure" in next(row for row in words.rows() if row[0] == "1992")


def test_measures_draw_a_guess_in_the_scale_of_the_data():
    found = then_and_now(given.MEASURES, since=2005)
    words, figure = draw("draw_measures", found, predicted={"votes": {2018: 0.1, 2019: 0.2}})
    (guess,) = [line for line in figure.axes[0].lines if line.get_marker() == "D"]
    assert list(guess.get_ydata()) == pytest.approx([10, 20])
    assert "you said 10.0%" in words.reading or "you said 20.0%" in words.reading
    assert "too low" in words.reading


# ---------------------------------------------------------------- votes and points


def test_pairs_name_both_groups_and_mark_them_by_shape():
    words, figure = draw("draw_pairs", given.PAIRS)
    assert words.title == (
        "Allies by treaty agree on 37% to 87% of votes, other pairs on 16% to 78% of votes"
    )
    assert (
        sum("allies by treaty" in text for text in written(figure)) == given.PAIRS["allies"].sum()
    )
    assert {line.get_marker() for line in figure.axes[0].lines} == {"s", "o"}


def test_pairs_without_one_of_the_groups_do_not_speak_of_it():
    words, _ = draw("draw_pairs", given.PAIRS.assign(allies=False))
    assert words.title == "Other pairs on 16% to 87% of votes"


def test_absence_says_how_far_each_pair_moves():
    words, figure = draw("draw_absence", given.CODING)
    assert "moves China-DPRK by 12.1 points" in words.title
    assert {"-12.1 points", "+1.4 points", "less than 0.1 points"} <= set(written(figure))
    assert "-0.0 points" not in written(figure)


def test_ideal_points_say_whether_the_intervals_overlap():
    assert draw("draw_ideal_points", given.POINTS)[0].title.endswith("intervals overlap")
    middle = given.POINTS["ideal_point"]
    narrow = given.POINTS.assign(q05=middle - 0.01, q95=middle + 0.01)
    assert draw("draw_ideal_points", narrow)[0].title.endswith("do not overlap")


def test_the_thin_year_is_found_from_the_votes():
    words, figure = draw("draw_thin_year", given.EDITIONS)
    assert words.title == (
        "The newer edition places 2024 by 8 votes; no other year has fewer than 78"
    )
    assert np.isnan(figure.axes[0].lines[0].get_ydata()[-1])  # the older edition has no 2025
    hatched = [bool(bar.get_hatch()) for bar in figure.axes[1].patches]
    assert hatched == list(given.EDITIONS["flagged"])


# ---------------------------------------------------------------- trade and arms


def test_trade_draws_no_line_across_years_without_a_figure():
    words, figure = draw("draw_trade", given.TRADE)
    missing = given.TRADE["value"].isna().to_numpy()
    line = figure.axes[0].lines[0]
    assert (np.isnan(np.asarray(line.get_ydata(), dtype=float)) == missing).all()
    assert [row[1] for row in words.rows()[1:]].count("no figure") == missing.sum() > 0
    assert "2017-2018 and 2023" in words.reading


def test_trade_says_rose_when_it_rose_and_nothing_across_a_gap():
    assert "fell by 6.8% in 2025" in draw("draw_trade", given.TRADE)[0].title
    until_2020 = given.TRADE[given.TRADE["year"] <= 2020]
    assert "rose by 18.0% in 2020" in draw("draw_trade", until_2020)[0].title
    until_2024 = given.TRADE[given.TRADE["year"] <= 2024]
    assert "has no figure for 2023" in draw("draw_trade", until_2024)[0].title


def test_asymmetry_shows_a_missing_partner_as_missing():
    words, figure = draw("draw_asymmetry", (given.SHARES, given.PARTNERS))
    assert "no verified\nfigure" in written(figure)
    assert ["China's trade with the EU (USD billion)", "2024", "no figure"] in words.rows()
    assert ["China in Russia's goods trade (%)", "2021", "18"] in words.rows()
    assert "No verified dollar figure was found for the EU." in words.reading
    assert "36% of what the USA is" in words.title
    whole = given.PARTNERS.fillna(700.0).rename(2024)
    words, figure = draw("draw_asymmetry", (given.SHARES, whole))
    assert "700" in written(figure)
    assert "No verified" not in words.reading


def test_arms_say_what_is_left_of_the_volume_and_both_shares():
    words, _ = draw("draw_arms", given.ARMS)
    left = given.ARMS["volume"].iloc[-1] / given.ARMS["volume"].max()
    assert words.title.startswith(f"The volume in 2023 was {left:.0%} of that in 2020;")
    assert words.title.endswith("the share went from 88.2 to 79.0 percent")


@pytest.mark.parametrize(
    ("name", "result", "guess", "said"),
    [
        ("draw_pairs", given.PAIRS, {"Japan-USA": 0.6}, "22 percentage points too high"),
        ("draw_absence", given.CODING, {"China-DPRK": 5}, "the other direction"),
        ("draw_trade", given.TRADE, {2025: 200.0}, "USD 28.1 billion too low"),
        ("draw_asymmetry", (given.SHARES, given.PARTNERS), 35.0, "17.0 percentage points too high"),
        ("draw_arms", given.ARMS, 3000.0, "2,628 million TIV too high"),
    ],
)
def test_a_guess_is_answered_with_how_far_off_and_which_way(name, result, guess, said):
    words, figure = draw(name, result, predicted=guess)
    assert said in words.reading
    assert any("you" in text.split() or "you:" in text for text in written(figure))


# ---------------------------------------------------------------- records


def test_duties_show_one_cell_a_pair_and_duty():
    words, figure = draw("draw_duties", recorded.DUTIES)
    cells = [text for text in written(figure) if text.startswith("art. ")]
    assert len(cells) == len(recorded.DUTIES)
    assert written(figure).count("not in our table") == 6 - len(recorded.DUTIES)
    assert words.title == (
        "A duty of assistance binds China-DPRK and Russia-DPRK; China-Russia promised consultation"
    )
    assert set(words.table["Qualifier"]) == set(recorded.DUTIES["qualifier"])


def test_votes_leave_unread_votes_open_and_compare_the_read_ones():
    words, figure = draw("draw_votes", recorded.VOTES)
    for vote in ("yes", "no", "abstain"):
        assert written(figure).count(vote) == (vote == recorded.VOTES).to_numpy().sum()
    assert written(figure).count("not read") == 2
    assert "none\nrecorded" in written(figure)
    assert words.title == (
        "The DPRK voted as Russia did in 3 of 3 votes that we read, China in 1 of 3"
    )
    assert "Japan in 0 of 2 and South Korea in 0 of 1" in words.reading


def test_estimates_draw_open_ends_as_arrows_and_keep_the_other_side():
    words, figure = draw("draw_estimates", recorded.ESTIMATES)
    arrows = [text for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert [np.sign(arrow.xy[0] - arrow.xyann[0]) for arrow in arrows] == [-1, -1, -1]
    assert words.title.startswith("From 4.8 million to 12.0 million rounds")
    assert words.reading.count("room for") == 2
    assert "Disputed by The other side: Rejected." in words.reading
    assert {"Disputed by", "Dispute"} <= set(words.table.columns)
    assert list(words.table["Disputed by"]) == ["The other side", *["none that we read"] * 2]
