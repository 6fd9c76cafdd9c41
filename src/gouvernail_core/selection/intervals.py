"""The portfolios nothing surpasses when values are only known within intervals.

Robust portfolio modelling (Liesiö, Mild & Salo 2007, EJOR 181(3):1488-1505): p dominates p' when
at every vertex w of W ``sum_{p minus p'} w.v_low - sum_{p' minus p} w.v_high >= 0``, and > 0 at
one of them. Whatever the weighting and the values, some non-dominated portfolio is the best.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.selection.enumerate import CHUNK, Masks, SubsetSums, members

Array = NDArray[np.float64]

#: Beyond, comparing the non-dominated portfolios two by two takes too long: not complete.
MAX_NON_DOMINATED = 4_000
_TOLERANCE = 1e-10


def non_dominated(
    masks: Masks, low: Array, high: Array, vertex_sets: Sequence[Array]
) -> tuple[Masks, bool]:
    """Return the portfolios that no other dominates for each of the weight sets, and if complete.

    With several sets, a portfolio leaves only when one other dominates it on every set, so that
    the answer holds the non-dominated portfolios of each set and the one of least regret over all.
    `low` and `high` have one row per case; a set is given by its vertices.

    >>> masks = np.array([1, 2], dtype=np.uint32)
    >>> low, high = np.array([[0.5], [0.1]]), np.array([[0.6], [0.4]])
    >>> non_dominated(masks, low, high, [np.ones((1, 1))])[0].tolist()
    [1]
    """
    count = len(low)
    centre = np.mean([vertices.mean(axis=0) for vertices in vertex_sets], axis=0)
    # A dominating portfolio has a strictly greater middle value at the centre: it comes first.
    middle = SubsetSums.of(((low + high) / 2 @ centre)[:, None]).at(masks)[:, 0]
    remaining = masks[np.argsort(-middle, kind="stable")]
    kept: list[int] = []
    while len(remaining) and len(kept) < MAX_NON_DOMINATED:
        best = remaining[:1]
        kept.append(int(best[0]))
        held = members(best, count)[0]
        remaining = remaining[1:]
        if len(remaining):
            remaining = remaining[~_dominated_by(held, remaining, low, high, vertex_sets)]
    return np.array(kept, dtype=np.uint32), len(remaining) == 0


def _dominated_by(
    held: NDArray[np.bool_],
    masks: Masks,
    low: Array,
    high: Array,
    vertex_sets: Sequence[Array],
) -> NDArray[np.bool_]:
    """Return which portfolios the one of the cases `held` dominates on every set."""
    tables = []
    for vertices in vertex_sets:
        least, most = low @ vertices.T, high @ vertices.T
        # A case of both portfolios counts on neither side: its low value is taken off again.
        counted = np.where(held[:, None], least, most)
        tables.append((SubsetSums.of(counted), least[held].sum(axis=0)))
    dominated = np.ones(len(masks), dtype=np.bool_)
    for start in range(0, len(masks), CHUNK):
        block = slice(start, start + CHUNK)
        for sums, own in tables:
            gains = sums.at(masks[block]) - own
            dominated[block] &= (gains <= _TOLERANCE).all(axis=1)
            dominated[block] &= (gains < -_TOLERANCE).any(axis=1)
    return dominated
