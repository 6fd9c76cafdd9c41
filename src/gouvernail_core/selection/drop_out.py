"""The nearest admissible weighting at which a portfolio becomes the best.

One linear programme per portfolio p: ``min |w - w0|_1`` over ``w in W`` with ``w.(y_p - y_q) >= 0``
for every q of a complete pool. The nearest change of a case is the least of these distances over
the portfolios on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.selection.weights import WeightSet

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Switch:
    """A weighting where a portfolio becomes the best, and its distance from today's."""

    distance: float
    weights: Array


def nearest_switch(weights: WeightSet, reference: Array, leads: Array) -> Switch | None:
    """Return the weighting of W nearest to `reference` where all ``leads . w >= 0``.

    `leads` has one row per rival: the value by criterion of the portfolio minus the rival's.
    ``None`` when no admissible weighting makes the portfolio the best: a proof.

    >>> from gouvernail_core.selection.weights import weight_set
    >>> leads, today = np.array([[-1.0, 1.0]]), np.array([0.7, 0.3])
    >>> found = nearest_switch(weight_set(("a", "b")), today, leads)
    >>> round(found.distance, 9), found.weights.round(9).tolist()
    (0.4, [0.5, 0.5])
    """
    from scipy.optimize import linprog

    size = len(reference)
    eye, rows = np.eye(size), weights.rows
    matrix = np.vstack(
        [
            np.hstack([rows, np.zeros((len(rows), size))]),
            np.hstack([-leads, np.zeros((len(leads), size))]),
            np.hstack([eye, -eye]),
            np.hstack([-eye, -eye]),
        ]
    )
    answer = linprog(
        np.append(np.zeros(size), np.ones(size)),
        A_ub=matrix,
        b_ub=np.concatenate([weights.bounds, np.zeros(len(leads)), reference, -reference]),
        A_eq=[[1.0] * size + [0.0] * size],
        b_eq=[1.0],
        bounds=[(0.0, 1.0)] * size + [(0.0, None)] * size,
        method="highs",
    )
    if answer.status != 0:
        return None
    found = np.maximum(answer.x[:size], 0.0)
    found /= found.sum()
    return Switch(float(np.abs(found - reference).sum()), found)


def most_moved(reference: Array, weights: Array) -> int:
    """Return the position of the weight that moves most; at equality, one that grows.

    >>> most_moved(np.array([0.5, 0.3, 0.2]), np.array([0.3, 0.5, 0.2]))
    1
    """
    moves = weights - reference
    most = np.abs(moves).max()
    candidates = np.flatnonzero(np.abs(moves) >= most - 1e-9)
    return int(max(candidates, key=lambda position: (moves[position] > 0, -position)))
