"""What the figures of published estimates say, and what they refuse."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from indopacific import load
from indopacific.figures.theatres_estimates import draw_losses, written


def rows(*values):
    return pd.DataFrame(values, columns=["qualifier", "low", "high"])


def test_a_figure_is_written_with_its_precision():
    found = written(
        rows(
            ("exact", 226, 344),
            ("at_least", 1400, None),
            ("up_to", None, 1.6),
            ("about", 10, 10),
            ("more_than", 2, None),
            (None, None, None),
        )
    )
    assert found.tolist() == [
        "226 to 344", "at least 1,400", "up to 1.6", "about 10", "over 2", "not found",
    ]  # fmt: skip


@pytest.mark.parametrize("table", ["cost_estimates", "europe_burden"])
def test_every_row_of_the_tables_is_written_and_only_gaps_are_not_found(table):
    data = load(table)
    found = written(data)
    assert ((found == "not found") == (data["status"] == "unverified")).all()
    assert not found.str.contains("_|nan|None").any()


def test_losses_and_sales_in_one_picture_are_refused():
    data = load("cost_estimates").set_index("id", drop=False)
    with pytest.raises(ValueError, match="may not stand in one chart"):
        draw_losses(data.loc[["taiwan-war-world", "blockade-revenue"]], Figure())


def test_the_title_names_each_scenario_and_the_reading_each_gap():
    data = load("cost_estimates")
    own = data[(data["chart"] == "Bloomberg: percent of GDP") & data["case"].str.contains("Taiwan")]
    words = draw_losses(own, Figure(figsize=(7.4, 4.3)))
    assert words.title == (
        "Loss of world GDP in percent: 10.2 in war over Taiwan, the USA drawn in; 5.0 in blockade "
        "of Taiwan, no war"
    )
    for place in ("Japan", "South Korea", "EU"):
        assert f"{place} (war over Taiwan" in words.reading.partition("Not found: ")[2]
