"""The same answers by plain loops: every portfolio, every basis of the weight set, a dense grid.

Nothing here uses the code under test, nor a solver.
"""

from __future__ import annotations

import itertools
import math
import random

import numpy as np

from gouvernail_core.kernel import Interval
from gouvernail_core.selection import Case, Problem, Weighting


def fits(problem, chosen):
    """Return whether the set of ids `chosen` respects every constraint."""
    used = {
        label: sum(case.uses.get(label, 0.0) for case in problem.cases if case.id in chosen)
        for label in problem.limits
    }
    low, high = problem.cardinality or (0, len(problem.cases))
    return (
        all(used[label] <= limit + 1e-9 for label, limit in problem.limits.items())
        and low <= len(chosen) <= high
        and not any(a in chosen and b in chosen for a, b in problem.excludes)
        and not any(a in chosen and b not in chosen for a, b in problem.requires)
        and all(name in chosen for name in problem.must)
        and not any(name in chosen for name in problem.never)
    )


def portfolios(problem):
    ids = [case.id for case in problem.cases]
    every = (
        frozenset(some)
        for size in range(len(ids) + 1)
        for some in itertools.combinations(ids, size)
    )
    return [chosen for chosen in every if fits(problem, chosen)]


def value(problem, chosen, weights, *, of=lambda interval: interval.middle):
    """Return the weighted value of a portfolio."""
    return sum(
        weights[position] * of(case.values[criterion])
        for case in problem.cases
        if case.id in chosen
        for position, criterion in enumerate(problem.criteria)
    )


def inequalities(criteria, weighting):
    """Return the rows (a, b) of ``a . w <= b``, positivity included."""
    index = {name: position for position, name in enumerate(criteria)}
    rows = []

    def row(entries, bound):
        line = [0.0] * len(criteria)
        for name, coefficient in entries.items():
            line[index[name]] += coefficient
        rows.append((line, bound))

    for name in criteria:
        row({name: -1.0}, 0.0)
    tiers = weighting.ranking or ()
    for tier in tiers:
        for one, other in itertools.permutations(tier, 2):
            row({one: 1.0, other: -1.0}, 0.0)
    for above, below in itertools.pairwise(tiers):
        for one, other in itertools.product(above, below):
            row({other: 1.0, one: -1.0}, 0.0)
    for name, (low, high) in weighting.bounds.items():
        row({name: -1.0}, -low)
        row({name: 1.0}, high)
    return rows


def admissible(rows, weights, slack=1e-9):
    return all(
        sum(a * w for a, w in zip(line, weights, strict=True)) <= bound + slack
        for line, bound in rows
    )


def vertices(criteria, weighting):
    """Return the vertices: every system of K-1 tight rows and sum 1 with one solution, inside."""
    rows = inequalities(criteria, weighting)
    size = len(criteria)
    found = []
    for tight in itertools.combinations(rows, size - 1):
        matrix = np.array([[1.0] * size, *(line for line, _ in tight)])
        if abs(np.linalg.det(matrix)) < 1e-9:
            continue
        point = np.linalg.solve(matrix, np.array([1.0, *(bound for _, bound in tight)]))
        if admissible(rows, point) and not any(
            np.abs(point - other).max() < 1e-8 for other in found
        ):
            found.append(point)
    return found


def grid(criteria, weighting, steps):
    """Return the admissible weightings whose weights are multiples of 1/steps."""
    rows = inequalities(criteria, weighting)
    size = len(criteria)
    for cuts in itertools.combinations(range(steps + size - 1), size - 1):
        ends = (-1, *cuts, steps + size - 1)
        weights = [(after - before - 1) / steps for before, after in itertools.pairwise(ends)]
        if admissible(rows, weights):
            yield weights


def loss(problem, held, other, weights):
    """Return the most that `other` may be worth above `held` at these weights (intervals)."""
    gain = value(problem, other - held, weights, of=lambda interval: interval.high)
    return gain - value(problem, held - other, weights, of=lambda interval: interval.low)


def dominated(problem, held, everyone, corners):
    """Return whether one portfolio surpasses `held` whatever the weights and values."""
    for other in everyone:
        worst = [loss(problem, other, held, weights) for weights in corners]
        if max(worst) <= 1e-10 and min(worst) < -1e-10:
            return True
    return False


def random_problem(seed):
    """Return a small problem with everything in it, always the same for one seed."""
    rng = random.Random(seed)
    criteria = tuple("qrfs"[: rng.randint(1, 4)])
    count = rng.randint(1, 8 if len(criteria) < 4 else 6)
    uncertain = rng.random() < 0.4
    ids = [f"c{position}" for position in range(count)]
    cases = []
    for name in ids:
        values = {}
        for criterion in criteria:
            low = rng.randint(0, 100) / 100
            width = rng.choice([0, 0, 0.1, 0.2]) if uncertain else 0
            values[criterion] = Interval(low, min(1.0, low + width))
        cases.append(Case(name, values, {"budget": rng.randint(0, 30), "days": rng.randint(0, 9)}))
    pairs = list(itertools.combinations(ids, 2))
    rng.shuffle(pairs)
    return Problem(
        criteria=criteria,
        cases=tuple(cases),
        limits={"budget": rng.randint(20, 90), "days": rng.randint(5, 30)},
        cardinality=rng.choice([None, (0, count), (1, max(1, count - 1))]),
        excludes=tuple(pairs[: rng.randint(0, 2)]),
        # From a later case to an earlier one: no cycle.
        requires=tuple((b, a) for a, b in pairs[2 : 2 + rng.randint(0, 2)]),
        must=tuple(rng.sample(ids, 1)) if rng.random() < 0.2 else (),
        weightings={
            f"actor {position}": _random_weighting(rng, criteria)
            for position in range(rng.randint(0, 3))
        },
        seed=seed,
    )


def _random_weighting(rng, criteria):
    shuffled = rng.sample(criteria, len(criteria))
    ranking = None
    if rng.random() < 0.6:
        ranking = tuple((name,) for name in shuffled[: rng.randint(1, len(criteria))])
        if len(shuffled) > 2 and rng.random() < 0.3:
            ranking = (tuple(shuffled[:2]), *((name,) for name in shuffled[2:]))
    bounds = {}
    if rng.random() < 0.5:
        # Around the equal weighting, which satisfies any ranking: never contradictory.
        equal = 1 / len(criteria)
        for name in rng.sample(criteria, rng.randint(1, len(criteria))):
            bounds[name] = (
                math.floor(equal * rng.choice([0.3, 0.6, 0.9]) * 100) / 100,
                min(1.0, math.ceil(equal * rng.choice([1.1, 1.5, 2.0]) * 100) / 100),
            )
    return Weighting(ranking, bounds)
