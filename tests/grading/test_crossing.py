"""Values cross by value and with exact types; nothing that arrives can do anything."""

import collections
import contextlib
import datetime
import decimal
import fractions
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.grading.crossing import (
    CannotCross,
    Foreign,
    Held,
    Packer,
    Unpacker,
    put_back,
)

DATES = pd.date_range("2020", periods=3, tz="Europe/Berlin")
VALUES = [
    None,
    True,
    1,
    -(2**63),
    2**200,
    -5.5,
    math.inf,
    "lone \ud800",
    [1, (2, 3), {4}],
    {1: "a", (1, 2): {3}},
    frozenset([1]),
    range(3, 9, 2),
    ...,
    pd.NA,
    pd.NaT,
    1j,
    b"\0x",
    bytearray(b"x"),
    np.float32(1.5),
    np.str_("a"),
    np.datetime64("2020-01-01"),
    np.bool_(True),
    np.int64(7),
    np.arange(6).reshape(2, 3),
    np.array([1, "a", None], dtype=object),
    np.zeros((0, 3)),
    pd.Series([1, 2], name="x"),
    pd.Series(["a", None]),
    pd.Series(["a", "b"], dtype="category"),
    pd.Series([1, None], dtype="Int64"),
    pd.Series([True, None], dtype="boolean"),
    pd.Series(DATES),
    pd.Series([1.0, 2.0], index=pd.date_range("2020", periods=2, freq="D")),
    pd.cut(pd.Series([1, 2, 3]), 2),
    pd.DataFrame(),
    pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}).set_index(["a", "b"]),
    pd.DataFrame(
        {"y": [1, 2], "t": [1.5, None], "p": pd.period_range("2020", periods=2, freq="Q")}
    ),
    pd.DataFrame([[1, 2]], columns=["a", "a"]),
    pd.DataFrame({"a": [1, 1, 2], "b": [1, 2, 3]}).groupby("a").agg(["sum", "mean"]),
    pd.Index(["a", "b"], name="n"),
    pd.RangeIndex(2, 9, 3),
    pd.Timestamp("2020-01-01 12:00", tz="Asia/Tokyo"),
    pd.Timedelta("1h"),
    datetime.datetime(2020, 1, 1, 12),
    datetime.date(2020, 1, 1),
    datetime.time(12, 30),
    datetime.timedelta(1, 2, 3),
    decimal.Decimal("1.20"),
    collections.Counter("aab"),
    collections.OrderedDict(b=1, a=2),
    collections.defaultdict(list, {"a": [1]}),
    collections.deque([1, 2]),
    {"a": 1}.keys(),
    {"a": 1}.items(),
    fractions.Fraction(1, 3),
]


def there_and_back(value, far=None):
    return Unpacker(far).unpack(json.loads(json.dumps(Packer(Held()).pack(value))))


def same(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, pd.DataFrame):
        pd.testing.assert_frame_equal(a, b)
    elif isinstance(a, pd.Series):
        pd.testing.assert_series_equal(a, b)
    elif isinstance(a, pd.Index):
        pd.testing.assert_index_equal(a, b, exact=True)
    elif isinstance(a, np.ndarray):
        assert a.dtype == b.dtype
        np.testing.assert_array_equal(a, b)
    elif a is pd.NA or a is pd.NaT or a is ...:
        return a is b
    elif isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    else:
        return a == b or (a != a and b != b)
    return True


@pytest.mark.parametrize("value", VALUES, ids=lambda v: f"{type(v).__name__}")
def test_what_arrives_is_what_was_sent(value):
    assert same(there_and_back(value), value)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(trees)
def test_any_plain_data_crosses(value):
    assert repr(there_and_back(value)) == repr(value)


raw = st.recursive(
    scalars
    | st.sampled_from(["list", "dict", "array", "frame", "index", "function", "<f8", "one"]),
    st.lists,
    max_leaves=30,
)


@given(raw)
def test_whatever_arrives_is_a_value_or_a_refusal(tree):
    # Any other exception would fail this test.
    with contextlib.suppress(CannotCross):
        Unpacker(None).unpack(tree)


def test_a_named_tuple_arrives_with_its_name_and_fields():
    arrived = there_and_back(collections.namedtuple("Vote", "state answer")("China", "abstain"))
    assert (type(arrived).__name__, arrived.state, arrived) == (
        "Vote",
        "China",
        ("China", "abstain"),
    )


class Sly(float):
    """A float that says it equals anything."""

    def __eq__(self, other):
        return True

    __hash__ = None


def test_a_subclass_arrives_as_a_stranger_of_that_name():
    arrived = there_and_back(Sly(3))
    assert isinstance(arrived, Foreign)
    assert type(arrived).__name__ == "Sly"
    assert arrived != 18.0


def test_a_value_that_contains_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(CannotCross, match="contains itself"):
        there_and_back(endless)


def test_an_enormous_value_is_refused():
    with pytest.raises(CannotCross, match="too large"):
        there_and_back([0] * 2_000_001)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([1], [1, 2]),
        ({"a": 1}, {"b": 2}),
        ({1}, {2}),
        (np.zeros(2), np.ones(2)),
        (pd.Series([1]), pd.Series([2, 3])),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [2, 3]})),
    ],
)
def test_a_change_in_place_can_be_repeated_here(before, after):
    put_back(before, after)
    assert same(before, after)


def test_a_figure_arrives_as_what_is_drawn_in_it():
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2], [3, 4], label="votes")
    axes.set(title="Finding", xlabel="year")
    arrived = there_and_back(figure)
    drawn = arrived.summary["axes"][0]
    assert (drawn["title"], drawn["xlabel"]) == ("Finding", "year")
    assert drawn["lines"][0]["label"] == "votes"
    assert drawn["lines"][0]["y"].tolist() == [3, 4]
