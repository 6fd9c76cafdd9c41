"""The admissible weightings of an actor: a small polytope, its vertices, its centre, its draws.

Every set is ``W = {w >= 0, sum w = 1, G w <= c}``. Without bounds W is a simplex whose vertices
are known in closed form (for a ranking, the averages of the first i criteria: Barron & Barrett
1996, Management Science 42(11), rank order centroid); bounds then cut it one by one (double
description: Motzkin, Raiffa, Thompson & Thrall 1953), which needs no interior point and so holds
for degenerate sets: equal weights, a fixed weight, a single admissible weighting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gouvernail_core.kernel import Problem as Fault
from gouvernail_core.kernel import RefusedError, Text
from gouvernail_core.selection.model import Weighting

Array = NDArray[np.float64]

#: Two weights closer than this are the same weight.
TOLERANCE = 1e-10
#: Above it, the cuts and the passes over the vertices take minutes: refused with a sentence.
MAX_VERTICES = 5_000
#: Below this share of accepted draws, rejection costs more than walking inside the set.
_LEAST_ACCEPTANCE = 0.02


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One statement of an actor as ``row . w <= bound``, with its words."""

    kind: str
    label: str
    row: tuple[float, ...]
    bound: float
    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class WeightSet:
    """The admissible weightings: `vertices` (one per row, criteria in columns) and ``G w <= c``.

    An empty set has no vertex.
    """

    criteria: tuple[str, ...]
    vertices: Array
    rows: Array
    bounds: Array
    without_bounds: Array

    @property
    def is_empty(self) -> bool:
        """Return whether no weighting is admissible."""
        return len(self.vertices) == 0

    @property
    def centre(self) -> Array:
        """Return the mean of the vertices: the centroid itself for a ranking (ROC weights)."""
        mean: Array = self.vertices.mean(axis=0)
        return np.asarray(mean / mean.sum())

    @property
    def dimension(self) -> int:
        """Return the number of directions in which a weighting may move, 0 for a single one."""
        return _affine_rank(self.vertices)

    def holds(self, weights: Array) -> NDArray[np.bool_]:
        """Return, for each row of `weights`, whether it is admissible."""
        inside = (weights >= -1e-9).all(axis=1) & (abs(weights.sum(axis=1) - 1) < 1e-9)
        if len(self.rows):
            inside &= (weights @ self.rows.T <= self.bounds + 1e-9).all(axis=1)
        return np.asarray(inside, dtype=np.bool_)


def weight_lines(criteria: Sequence[str], weighting: Weighting) -> tuple[WeightLine, ...]:
    """Return the statements of `weighting`, one linear inequality each, in the order given."""
    lines = [*_ranking_lines(criteria, weighting.ranking or ())]
    for name, (low, high) in weighting.bounds.items():
        unit = _unit(criteria, {name: 1.0})
        if low > 0:
            lines.append(
                WeightLine(
                    "bounds",
                    name,
                    tuple(-unit),
                    -low,
                    Text(
                        f"« {name} » pèse au moins {low:.4g}", f"“{name}” weighs at least {low:.4g}"
                    ),
                )
            )
        if high < 1:
            lines.append(
                WeightLine(
                    "bounds",
                    name,
                    tuple(unit),
                    high,
                    Text(
                        f"« {name} » pèse au plus {high:.4g}", f"“{name}” weighs at most {high:.4g}"
                    ),
                )
            )
    return tuple(lines)


def weight_set(criteria: Sequence[str], *weightings: Weighting) -> WeightSet:
    """Return the weightings admissible for all of `weightings` at once (none: the whole simplex).

    Refuses when bounds on many criteria give more than `MAX_VERTICES` vertices.

    >>> weight_set(("a", "b"), Weighting(ranking=(("a",), ("b",)))).vertices
    array([[1. , 0. ],
           [0.5, 0.5]])
    """
    names = tuple(criteria)
    first = weightings[0] if weightings else Weighting()
    start = _ranked_vertices(names, first.ranking or ())
    lines = [line for item in weightings for line in weight_lines(names, item)]
    vertices, incidence = start, ~np.eye(len(start), dtype=np.bool_)
    for line in lines:
        if len(vertices):
            vertices, incidence = _cut(vertices, incidence, np.array(line.row), line.bound)
        if len(vertices) > MAX_VERTICES:
            raise RefusedError(_too_many_vertices())
    rows = np.array([line.row for line in lines]).reshape(len(lines), len(names))
    bounds = np.array([line.bound for line in lines], dtype=np.float64)
    return WeightSet(names, vertices, rows, bounds, start)


def draw(weights: WeightSet, size: int, rng: np.random.Generator) -> Array:
    """Return `size` independent weightings, uniform in the set, one per row.

    A simplex (any ranking without bounds) is drawn exactly: Dirichlet(1, …, 1) over its vertices,
    which an affine map keeps uniform (sorting a Dirichlet draw is the special case of a full
    ranking). With bounds: exact rejection from the simplex while at least 2 % of the draws are
    accepted; below, `size` independent hit-and-run walks (Smith 1984, Operations Research 32(6))
    started from random mixtures of the vertices, whose last points are independent of each other,
    so that the standard error of a share stays sqrt(p(1-p)/size).

    >>> draw(weight_set(("a", "b")), 3, np.random.default_rng(0)).sum(axis=1).round(12)
    array([1., 1., 1.])
    """
    vertices = weights.vertices
    if len(vertices) == weights.dimension + 1:
        return rng.dirichlet(np.ones(len(vertices)), size) @ vertices
    accepted = _draw_by_rejection(weights, size, rng)
    return accepted if accepted is not None else _draw_by_walk(weights, size, rng)


def conflicting_lines(criteria: Sequence[str], weighting: Weighting) -> tuple[WeightLine, ...]:
    """Return a minimal set of statements that no weighting satisfies, empty when one does.

    Deletion filter: a line is kept only when the others become satisfiable without it.
    """
    kept = list(weight_lines(criteria, weighting))
    if not weight_set(criteria, weighting).is_empty:
        return ()
    for line in list(kept):
        without = [other for other in kept if other is not line]
        if not _is_satisfiable(len(criteria), without):
            kept = without
    return tuple(kept)


def named(criteria: Sequence[str], weights: Iterable[float]) -> dict[str, float]:
    """Return the weights by criterion, rounded to 12 digits and never -0."""
    return {
        name: round(float(value), 12) + 0.0 for name, value in zip(criteria, weights, strict=True)
    }


def _ranking_lines(
    criteria: Sequence[str], ranking: Sequence[Sequence[str]]
) -> Iterable[WeightLine]:
    """Yield ``w_b <= w_a`` along the ranking, and both ways inside a tier."""
    for tier in ranking:
        for one, other in pairwise(tier):
            words = Text(
                f"« {one} » et « {other} » pèsent autant", f"“{one}” and “{other}” weigh the same"
            )
            label = f"{one} = {other}"
            for first, second in ((one, other), (other, one)):
                row = _unit(criteria, {second: 1.0, first: -1.0})
                yield WeightLine("ranking", label, tuple(row), 0.0, words)
    for above, below in pairwise(ranking):
        one, other = above[-1], below[0]
        yield WeightLine(
            "ranking",
            f"{one} > {other}",
            tuple(_unit(criteria, {other: 1.0, one: -1.0})),
            0.0,
            Text(
                f"« {one} » pèse au moins autant que « {other} »",
                f"“{one}” weighs at least as much as “{other}”",
            ),
        )


def _unit(criteria: Sequence[str], entries: Mapping[str, float]) -> Array:
    """Return the row with these entries and zeros elsewhere."""
    return np.array([entries.get(name, 0.0) for name in criteria])


def _ranked_vertices(criteria: tuple[str, ...], ranking: Sequence[Sequence[str]]) -> Array:
    """Return the vertices of the simplex of a ranking: averages of its first tiers, then the free.

    w in W is a convex combination of the averages of the first i tiers (Abel summation) and of
    the unit vectors of the criteria that are not ranked.
    """
    index = {name: position for position, name in enumerate(criteria)}
    found: list[Array] = []
    so_far = np.zeros(len(criteria))
    for tier in ranking:
        so_far[[index[name] for name in tier]] = 1.0
        found.append(so_far / so_far.sum())
    ranked = {name for tier in ranking for name in tier}
    found += [np.eye(len(criteria))[index[name]] for name in criteria if name not in ranked]
    return np.array(found)


def _cut(
    vertices: Array, incidence: NDArray[np.bool_], row: Array, bound: float
) -> tuple[Array, NDArray[np.bool_]]:
    """Return the vertices of the part where ``row . w <= bound``, with their facets.

    One step of the double description: vertices outside are replaced by the points where the
    edges that leave the set cross the plane. Two vertices share an edge when no third one lies on
    all their common facets.
    """
    side = vertices @ row - bound
    outside, strictly_in = side > TOLERANCE, side < -TOLERANCE
    kept = ~outside
    on_plane = (kept & ~strictly_in)[kept, None]
    points, facets = vertices[kept], np.hstack([incidence[kept], on_plane])
    if not outside.any() or not strictly_in.any():
        return points, facets
    rank = _affine_rank(vertices)
    inner, outer = np.flatnonzero(strictly_in), np.flatnonzero(outside)
    shared = incidence[inner].astype(np.int16) @ incidence[outer].T.astype(np.int16)
    new_points: list[Array] = []
    new_facets: list[NDArray[np.bool_]] = []
    missing = ~incidence
    for i, o in zip(*np.nonzero(shared >= rank - 1), strict=True):
        a, b = inner[i], outer[o]
        common = incidence[a] & incidence[b]
        if int((~(missing & common).any(axis=1)).sum()) != 2:
            continue
        share = side[a] / (side[a] - side[b])
        new_points.append(vertices[a] + share * (vertices[b] - vertices[a]))
        new_facets.append(np.append(common, True))
    if new_points:
        points = np.vstack([points, np.array(new_points)])
        facets = np.vstack([facets, np.array(new_facets)])
    return points, facets


def _affine_rank(points: Array) -> int:
    """Return the dimension of the smallest flat that holds `points`."""
    if len(points) < 2:
        return 0
    return int(np.linalg.matrix_rank(points[1:] - points[0], tol=1e-9))


def _draw_by_rejection(weights: WeightSet, size: int, rng: np.random.Generator) -> Array | None:
    """Return exact draws from the simplex before bounds, or ``None`` when too few fall inside."""
    if _affine_rank(weights.without_bounds) != weights.dimension:
        return None
    ones = np.ones(len(weights.without_bounds))
    batch = max(2_000, size)
    accepted: list[Array] = []
    count = 0
    while count < size:
        points = rng.dirichlet(ones, batch) @ weights.without_bounds
        inside = points[weights.holds(points)]
        if not accepted and len(inside) < _LEAST_ACCEPTANCE * batch:
            return None
        accepted.append(inside)
        count += len(inside)
    return np.vstack(accepted)[:size]


def _draw_by_walk(weights: WeightSet, size: int, rng: np.random.Generator) -> Array:
    """Return the last points of `size` independent hit-and-run walks in the hull of the set.

    The number of steps, 25 per dimension, is far past the few steps per dimension that a set of
    this size needs from a start already spread inside (checked against rejection by the tests).
    """
    vertices, size_of_set = weights.vertices, len(weights.vertices)
    points = rng.dirichlet(np.ones(size_of_set), size) @ vertices
    spread, basis = np.linalg.svd(vertices - vertices.mean(axis=0), full_matrices=False)[1:]
    axes = basis[spread > 1e-9] * spread[spread > 1e-9, None]
    rows = np.vstack([weights.rows, -np.eye(vertices.shape[1])])
    bounds = np.append(weights.bounds, np.zeros(vertices.shape[1]))
    for _ in range(25 * len(axes)):
        step = rng.standard_normal((size, len(axes))) @ axes
        step /= np.linalg.norm(step, axis=1, keepdims=True)
        slope = step @ rows.T
        room = np.maximum(bounds - points @ rows.T, 0.0)
        flat = np.abs(slope) < 1e-12
        reach = np.divide(room, slope, out=np.zeros_like(room), where=~flat)
        ahead = np.where(~flat & (slope > 0), reach, np.inf).min(axis=1)
        behind = np.where(~flat & (slope < 0), reach, -np.inf).max(axis=1)
        points += (behind + rng.random(size) * (ahead - behind))[:, None] * step
    points = np.maximum(points, 0.0)
    return np.asarray(points / points.sum(axis=1, keepdims=True))


def _is_satisfiable(size: int, lines: Sequence[WeightLine]) -> bool:
    """Return whether a weighting satisfies `lines`: least total excess of one LP is zero."""
    from scipy.optimize import linprog

    if not lines:
        return True
    count = len(lines)
    matrix = np.hstack([np.array([line.row for line in lines]), -np.eye(count)])
    answer = linprog(
        np.append(np.zeros(size), np.ones(count)),
        A_ub=matrix,
        b_ub=[line.bound for line in lines],
        A_eq=[[1.0] * size + [0.0] * count],
        b_eq=[1.0],
        method="highs",
    )
    return bool(answer.fun < 1e-9)


def _too_many_vertices() -> Fault:
    return Fault(
        code="weights-too-many-vertices",
        path="weightings",
        text=Text(
            "les bornes portent sur trop de critères à la fois pour un calcul exact. "
            "Bornez moins de critères, ou regroupez-en.",
            "the bounds bear on too many criteria at once for an exact computation. "
            "Bound fewer criteria, or merge some.",
        ),
    )
