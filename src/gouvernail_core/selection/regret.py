"""What is lost at worst by holding a portfolio, over all the admissible weightings.

With sure values ``R(x) = max_w f(w) - w.y_x``; f is a maximum of linear functions, so the maximum
over w is reached at a vertex of W and ``R(x) = max_v f(v) - v.y_x``: exact, for every portfolio.
With values in intervals the worst is taken over them too, consistently for both portfolios: a
common case counts the same on both sides, a case of x alone counts low, a case of q alone high
(Liesiö, Mild & Salo 2007, EJOR 181(3):1488-1505, the bound of their dominance check).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.selection.enumerate import CHUNK

Array = NDArray[np.float64]
_ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True, eq=False)
class WorstLoss:
    """For one portfolio: the loss, the vertex where it is reached, what is better there."""

    value: float
    vertex: int
    instead: int
    best: float


def greatest_regrets(values: Array, vertices: Array) -> Array:
    """Return the maximum regret of each portfolio (rows of `values`, criteria in columns).

    >>> greatest_regrets(np.array([[1.0, 0.0], [0.4, 0.6]]), np.eye(2)).tolist()
    [0.6, 0.6]
    """
    best = np.full(len(vertices), -np.inf)
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK] @ vertices.T
        best = np.maximum(best, chunk.max(axis=0))
    regrets = np.empty(len(values))
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK] @ vertices.T
        regrets[start : start + CHUNK] = (best - chunk).max(axis=1)
    return np.maximum(regrets, 0.0)


def worst_loss(values: Array, vertices: Array, portfolio: int) -> WorstLoss:
    """Return where the regret of one portfolio is reached, and the best portfolio there."""
    own = vertices @ values[portfolio]
    best, position = np.full(len(vertices), -np.inf), np.zeros(len(vertices), dtype=np.intp)
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK] @ vertices.T
        local = chunk.argmax(axis=0)
        top = chunk[local, np.arange(len(vertices))]
        better = top > best + 1e-12
        best[better], position[better] = top[better], local[better] + start
    vertex = int((best - own).argmax())
    loss = max(float(best[vertex] - own[vertex]), 0.0)
    return WorstLoss(loss, vertex, int(position[vertex]), float(best[vertex]))


def greatest_regrets_in_intervals(
    members: NDArray[np.bool_], low: Array, high: Array, vertices: Array
) -> Array:
    """Return the maximum regret of each row of `members` against the others, worst values taken.

    `low` and `high` have one row per case and one column per criterion.
    """
    regrets = np.zeros(len(members))
    for weights in vertices:
        for start in range(0, len(members), _ROWS_AT_ONCE):
            losses = _losses(members[start : start + _ROWS_AT_ONCE], members, low, high, weights)
            block = slice(start, start + len(losses))
            regrets[block] = np.maximum(regrets[block], losses.max(axis=1))
    return regrets


def worst_loss_in_intervals(
    members: NDArray[np.bool_], low: Array, high: Array, vertices: Array, portfolio: int
) -> WorstLoss:
    """Return where the regret of one portfolio is reached, with intervals."""
    found = WorstLoss(-1.0, 0, portfolio, 0.0)
    own = members[portfolio]
    for vertex, weights in enumerate(vertices):
        losses = _losses(own[None], members, low, high, weights)[0]
        worst = int(losses.argmax())
        if losses[worst] > found.value + 1e-12:
            best = float(losses[worst] + (low @ weights)[own].sum())
            found = WorstLoss(max(float(losses[worst]), 0.0), vertex, worst, best)
    return found


def _losses(
    held: NDArray[np.bool_], members: NDArray[np.bool_], low: Array, high: Array, weights: Array
) -> Array:
    """Return what each row of `held` loses to each row of `members` at these weights."""
    least, most = low @ weights, high @ weights
    counted = np.where(held, least, most)
    losses: Array = counted @ members.T.astype(np.float64) - (held @ least)[:, None]
    return losses
