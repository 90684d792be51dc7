"""Outlines on a flat map: what lies inside one, and where one is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

Point = tuple[float, float]


def rings(land: pd.DataFrame) -> list[np.ndarray]:
    """Return the outlines of a base map.

    Parameters
    ----------
    land : DataFrame
        As ``load("land")`` gives it: `ring`, `longitude`, `latitude`.

    Returns
    -------
    list of ndarray, shape (n, 2)
        Longitude and latitude, largest outline first.
    """
    return [
        rows[["longitude", "latitude"]].to_numpy(dtype=float)
        for _, rows in land.groupby("ring", sort=True)
    ]


def inside(x: Any, y: Any, outlines: Iterable[Sequence[Point] | np.ndarray]) -> Any:
    """Say whether points lie inside an odd number of closed outlines, so that holes are out.

    Parameters
    ----------
    x, y : float or array
    outlines : iterable of outline

    Returns
    -------
    bool or ndarray of bool
    """
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    within = np.zeros(x.shape, dtype=bool)
    for outline in outlines:
        corners = np.asarray(outline, dtype=float)
        for (x0, y0), (x1, y1) in _sides(corners, float(y.min()), float(y.max())):
            # A ray to the east meets a side that spans its height and lies beyond the point.
            spans = (y0 > y) != (y1 > y)
            within ^= spans & (x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x)
    return bool(within) if not within.ndim else within


def _sides(corners: np.ndarray, low: float, high: float) -> Iterable[tuple[Any, Any]]:
    """Return those sides of an outline that a point from `low` to `high` can meet."""
    following = np.roll(corners, -1, axis=0)
    bottom = np.minimum(corners[:, 1], following[:, 1])
    top = np.maximum(corners[:, 1], following[:, 1])
    near = (bottom <= high) & (top >= low) & (bottom < top)
    return zip(corners[near].tolist(), following[near].tolist(), strict=True)


def cut(outline: Sequence[Point] | np.ndarray, low: float, high: float) -> list[Point]:
    """Return the part of a closed outline from `low` to `high` of x; empty if there is none."""
    kept = [(float(x), float(y)) for x, y in outline]
    for edge, sign in ((low, 1), (high, -1)):
        kept = _one_side(kept, edge, sign)
    return kept


def _one_side(outline: list[Point], edge: float, sign: int) -> list[Point]:
    """Cut at one edge (Sutherland and Hodgman): parts that fall apart stay joined along it."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in zip(outline, outline[1:] + outline[:1], strict=True):
        one, other = sign * (x0 - edge) >= 0, sign * (x1 - edge) >= 0
        if one:
            kept.append((x0, y0))
        if one != other:
            kept.append((edge, y0 + (edge - x0) / (x1 - x0) * (y1 - y0)))
    return kept
