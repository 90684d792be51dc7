"""Points and outlines: an independent look at what lies inside, and the law of a cut."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from indopacific.geometry import cut, inside

SPAN = st.floats(-10, 10)
POINTS = st.lists(st.tuples(SPAN, SPAN), min_size=1, max_size=20)


@st.composite
def stars(draw):
    """An outline that winds once around the origin, by corners at rising angles."""
    radii = draw(st.lists(st.floats(1, 9), min_size=3, max_size=12))
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    return [(r * np.cos(a), r * np.sin(a)) for r, a in zip(radii, angles, strict=True)]


def clear_of(outline, points):
    """Points that do not lie on a side, where rounding decides."""
    ends = np.roll(outline, -1, axis=0)
    side = ends - outline
    along = np.clip(
        ((points[:, None] - outline) * side).sum(-1) / np.maximum((side**2).sum(-1), 1e-12), 0, 1
    )
    away = np.hypot(*(points[:, None] - (outline + along[..., None] * side)).transpose(2, 0, 1))
    return away.min(axis=1) > 1e-6


@given(stars(), POINTS)
def test_a_point_is_inside_where_matplotlib_says_so(outline, points):
    corners, points = np.array(outline), np.array(points)
    expected = Path(corners).contains_points(points)
    found = inside(points[:, 0], points[:, 1], [outline])
    clear = clear_of(corners, points)
    assert found[clear].tolist() == expected[clear].tolist()
    one_by_one = [inside(x, y, [outline]) for x, y in points]
    assert one_by_one == found.tolist()


@given(stars(), POINTS)
def test_a_hole_is_outside(outline, points):
    hole = [(0.5 * x, 0.5 * y) for x, y in outline]
    x, y = np.array(points).T
    found = inside(x, y, [outline, hole])
    assert found.tolist() == (inside(x, y, [outline]) ^ inside(x, y, [hole])).tolist()


@given(stars(), SPAN, SPAN, POINTS)
def test_a_cut_keeps_what_lies_between_its_edges_and_nothing_else(outline, one, other, points):
    low, high = min(one, other), max(one, other)
    part = cut(outline, low, high)
    points = np.array(points)
    x, y = points.T
    whole = inside(x, y, [outline])
    kept = inside(x, y, [part]) if len(part) > 2 else np.zeros(len(x), dtype=bool)
    clear = (
        clear_of(np.array(outline), points) & (np.abs(x - low) > 1e-6) & (np.abs(x - high) > 1e-6)
    )
    assert kept[clear].tolist() == (whole & (x > low) & (x < high))[clear].tolist()
    assert all(low <= corner <= high for corner, _ in part)
