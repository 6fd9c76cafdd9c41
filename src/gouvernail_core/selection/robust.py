"""The portfolios that are the best for some admissible weighting, all of them, with the proof.

The best value f(w) = max_x w.Vx is convex and piecewise linear in the weights (weight set
decomposition: Przybylski, Klamroth & Lacour 2019). A portfolio has a cell of its own in W when
the linear programme ``max t : w in W, w.(y_p - y_q) >= t for all q`` has a positive optimum.
Candidates are tested against the pool found so far: a positive margin shows a weighting where
the pool is beaten, whose best portfolio joins the pool; otherwise the multipliers of the
programme are a convex combination of the pool that is at least as good everywhere, which is the
proof that the candidate is never needed, and often the proof for many others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.selection.enumerate import CHUNK
from gouvernail_core.selection.weights import WeightSet

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

#: Two portfolio values closer than this are equal (a value is at most the number of cases).
VALUE_TOLERANCE = 1e-9
#: Linear programmes granted to one proof, about two milliseconds each.
MAX_PROGRAMMES = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Portfolios that may be the best, as positions among those examined, with their proof.

    `leaders` has one portfolio per cell; `classes` gives for each leader the portfolios that have
    the same value for every admissible weighting, itself included. `complete` says that no other
    portfolio is ever strictly needed: the best value is reached inside the pool for all of W.
    """

    leaders: Indices
    classes: tuple[Indices, ...]
    complete: bool

    @property
    def everyone(self) -> Indices:
        """Return the positions of the leaders and of their equivalents."""
        return np.concatenate(self.classes)


def optimal_pool(
    values: Array, weights: WeightSet, *, max_programmes: int = MAX_PROGRAMMES
) -> Pool:
    """Return the portfolios of `values` (one row each, criteria in columns) optimal somewhere.

    A portfolio that is the best only on the boundary of other cells (zero margin) is left out.
    Without the programmes needed to finish, `complete` is false.

    >>> from gouvernail_core.selection.weights import weight_set
    >>> values = np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]])
    >>> sorted(optimal_pool(values, weight_set(("a", "b"))).leaders.tolist())
    [0, 1]
    """
    seeds = _best_at(values, _probes(weights))
    candidates = _surviving(values, weights.vertices, seeds)
    search = _Search(values[candidates], weights, max_programmes)
    for position in np.flatnonzero(np.isin(candidates, seeds)):
        search.add(int(position))
    while (candidate := search.next_candidate()) is not None:
        search.examine(candidate)
    leaders = search.with_own_cell()
    classes = tuple(candidates[search.equivalent_to(position)] for position in leaders)
    return Pool(candidates[leaders], classes, search.complete)


class _Search:
    """The state of one proof: candidates still open, pool found, programmes left."""

    def __init__(self, values: Array, weights: WeightSet, max_programmes: int) -> None:
        self._values = values
        self._weights = weights
        self._corners = values @ weights.vertices.T
        self._open = np.ones(len(values), dtype=np.bool_)
        self._pool: list[int] = []
        self._left = max_programmes
        self.complete = True

    def add(self, position: int) -> None:
        """Put a portfolio in the pool and close the candidates it equals or surpasses."""
        if not self._open[position]:
            return
        self._pool.append(position)
        self._close_below(self._corners[position])

    def next_candidate(self) -> int | None:
        """Return an open candidate, or ``None`` when the proof is finished or out of means."""
        still_open = np.flatnonzero(self._open)
        if not len(still_open):
            return None
        if self._left <= 0:
            self.complete = False
            return None
        return int(still_open[0])

    def examine(self, candidate: int) -> None:
        """Give the candidate a cell, find what beats the pool there, or close it with a proof."""
        margin, where, shares = self._margin(candidate, self._pool)
        if margin <= VALUE_TOLERANCE:
            self._open[candidate] = False
            self._close_below(shares @ self._corners[self._pool])
            return
        at = self._values @ where
        at[~self._open] = -np.inf
        best = int(at.argmax())
        self.add(candidate if at[best] <= at[candidate] + VALUE_TOLERANCE else best)

    def with_own_cell(self) -> list[int]:
        """Return the members of the pool that are strictly the best somewhere."""
        kept = list(self._pool)
        for position in self._pool:
            others = [other for other in kept if other != position]
            if others and self._margin(position, others)[0] <= VALUE_TOLERANCE:
                kept = others
        return kept

    def equivalent_to(self, position: int) -> Indices:
        """Return the candidates of equal value for every weighting, `position` first."""
        apart = np.abs(self._corners - self._corners[position]).max(axis=1)
        same = np.flatnonzero(apart <= VALUE_TOLERANCE)
        return np.append(position, same[same != position])

    def _close_below(self, corner_values: Array) -> None:
        """Close the candidates that are nowhere better than these values at the vertices of W."""
        rows = np.flatnonzero(self._open)
        below = (self._corners[rows] <= corner_values + VALUE_TOLERANCE / 10).all(axis=1)
        self._open[rows[below]] = False

    def _margin(self, candidate: int, pool: list[int]) -> tuple[float, Array, Array]:
        """Return the greatest lead over `pool`, where it is reached, and the multipliers."""
        from scipy.optimize import linprog

        if not pool:
            return np.inf, self._weights.centre, np.empty(0)
        self._left -= 1
        size = self._values.shape[1]
        leads = self._values[pool] - self._values[candidate]
        rows = np.hstack([self._weights.rows, np.zeros((len(self._weights.rows), 1))])
        answer = linprog(
            np.append(np.zeros(size), -1.0),
            A_ub=np.vstack([rows, np.hstack([leads, np.ones((len(leads), 1))])]),
            b_ub=np.append(self._weights.bounds, np.zeros(len(leads))),
            A_eq=[[1.0] * size + [0.0]],
            b_eq=[1.0],
            bounds=[(0.0, 1.0)] * size + [(None, None)],
            method="highs",
            options={
                "primal_feasibility_tolerance": 1e-10,
                "dual_feasibility_tolerance": 1e-10,
            },
        )
        if answer.status != 0:
            # A programme that fails numerically proves nothing: the pool is no longer certified.
            self.complete = False
            return -np.inf, self._weights.centre, np.full(len(pool), 1.0 / len(pool)) * 0.0
        where = np.maximum(answer.x[:size], 0.0)
        where /= where.sum()
        # The lead is measured again at the point found: the solver's own figure is not trusted.
        margin = float((-leads @ where).min())
        shares = np.maximum(-answer.ineqlin.marginals[len(rows) :], 0.0)
        return margin, where, shares / max(shares.sum(), 1e-300)


def _probes(weights: WeightSet) -> Array:
    """Return interior weightings spread over W: the centre, near each vertex, and a few draws."""
    vertices, centre = weights.vertices, weights.centre
    mixtures = np.random.default_rng(0).dirichlet(np.ones(len(vertices)), 64) @ vertices
    return np.vstack(
        [centre, 0.9 * vertices + 0.1 * centre, 0.5 * vertices + 0.5 * centre, mixtures]
    )


def _best_at(values: Array, points: Array) -> Indices:
    """Return the positions of the best portfolios at these weightings, most frequent first."""
    best = np.full(len(points), -np.inf)
    position = np.zeros(len(points), dtype=np.intp)
    for start in range(0, len(values), CHUNK):
        scores = values[start : start + CHUNK] @ points.T
        local = scores.argmax(axis=0)
        top = scores[local, np.arange(len(points))]
        better = top > best + VALUE_TOLERANCE
        best[better], position[better] = top[better], local[better] + start
    found, counts = np.unique(position, return_counts=True)
    return found[np.argsort(-counts, kind="stable")]


def _surviving(values: Array, vertices: Array, seeds: Indices) -> Indices:
    """Return the portfolios that no seed surpasses at every vertex of W (seeds and ties stay).

    Linear functions compare on W as they compare at its vertices.
    """
    marks = values[seeds] @ vertices.T
    kept = []
    for start in range(0, len(values), CHUNK):
        positions = np.arange(start, min(start + CHUNK, len(values)))
        corners = values[positions] @ vertices.T
        for mark in marks:
            worse = (corners <= mark + VALUE_TOLERANCE / 10).all(axis=1)
            worse &= (corners < mark - VALUE_TOLERANCE).any(axis=1)
            positions, corners = positions[~worse], corners[~worse]
        kept.append(positions)
    return np.concatenate(kept)
