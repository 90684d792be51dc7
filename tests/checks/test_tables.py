"""Tables: rows by key, columns by name, and which cell is wrong."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.checks import WrongKind, table
from indopacific.checks.marking import check
from tests.checks.examples import FRAME, TABLE, failure


class TestTable:
    KIND = TABLE

    def test_the_wrong_cell_is_named(self):
        said = failure(FRAME.assign(share=[0.1, 0.5, 0.3]), self.KIND.right(FRAME, within=0.01))
        assert "Column 'share' is wrong where year is 2018 (0.5 there)." in said

    def test_a_missing_value_is_not_zero(self):
        zero = FRAME.assign(share=[0.0, 0.2, 0.3])
        gap = FRAME.assign(share=[None, 0.2, 0.3])
        check("i", gap, self.KIND.right(gap))
        assert "a missing value there" in failure(gap, self.KIND.right(zero))
        assert "(0 there)" in failure(zero, self.KIND.right(gap))

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (FRAME.set_index("year"), "reset_index"),
            (FRAME.rename(columns={"share": "Share"}), "Did you mean 'Share'?"),
            (FRAME.assign(more=1), "not asked for: 'more'"),
            (pd.concat([FRAME, FRAME]), "Two rows have the same year"),
            (FRAME.assign(share=[[1], [2], [3]]), "Column 'share': It contains a list"),
            (FRAME["share"], "a Series of length 3, not a DataFrame"),
        ],
    )
    def test_wrong_shapes_are_named(self, answer, said):
        assert said in failure(answer, self.KIND, WrongKind)

    def test_missing_and_extra_rows_are_named(self):
        assert "No row for year is 2019." in failure(FRAME[:2], self.KIND.right(FRAME))
        assert "should not be there: year is 2019" in failure(FRAME, self.KIND.right(FRAME[:2]))

    @given(st.permutations(range(3)), st.permutations(["year", "share"]))
    def test_law_rows_and_columns_come_in_any_order(self, rows, columns):
        assert self.KIND.right(FRAME)._judge(self.KIND._read(FRAME.iloc[rows][columns])).share == 1

    def test_categories_dates_and_text_columns_are_read(self):
        frame = pd.DataFrame(
            {
                "who": pd.Categorical(["x", "y"]),
                "day": pd.to_datetime(["2022-02-04", "2022-02-24"]),
            }
        )
        check("i", frame, table(["who", "day"], key="who").right(frame.astype({"who": "str"})))
