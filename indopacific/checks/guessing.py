"""How much of the part marks a blind guess would earn."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from .choosing import choices, labelling, ordering
from .kind import Kind

#: Share of the points that blind guessing may earn in part marks, on average.
MOST = 0.1

_DRAWS = 2_000


def guessed(kind: Kind) -> float:
    """Return the part marks, as a share, that the best way of guessing blindly earns on average.

    Parameters
    ----------
    kind : kind
        One that has been told what is right.

    Returns
    -------
    float
        0 for kinds in which nobody can guess. Counted out where there are few answers, from 2,000
        random ones otherwise. Full marks by luck do not count: no rule of part marks prevents them.
    """
    return max((_expected(kind, answers) for answers in _ways(kind)), default=0.0)


def _expected(kind: Kind, answers: Iterable[Any]) -> float:
    shares = [kind._judge(answer).share for answer in answers]
    return sum(share for share in shares if share < 1) / len(shares)


def _ways(kind: Kind) -> Iterator[Iterable[Any]]:
    draw = np.random.default_rng(0)
    if isinstance(kind, choices):
        for picks in range(1, len(kind.options) + 1):
            if math.comb(len(kind.options), picks) <= _DRAWS:
                found = itertools.combinations(kind.options, picks)
                yield [frozenset(picked) for picked in found]
    elif isinstance(kind, ordering):
        if math.factorial(len(kind.items)) <= _DRAWS:
            yield itertools.permutations(kind.items)
        else:
            yield [draw.permutation(kind.items).tolist() for _ in range(_DRAWS)]
    elif isinstance(kind, labelling):
        yield from ([dict.fromkeys(kind.ids, code)] for code in kind.codes)
        rows = draw.choice(list(kind.codes), size=(_DRAWS, len(kind.ids))).tolist()
        yield [dict(zip(kind.ids, row, strict=True)) for row in rows]
