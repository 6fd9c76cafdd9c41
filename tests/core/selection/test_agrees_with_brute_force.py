"""Two hundred small problems, solved again by plain loops."""

from __future__ import annotations

import numpy as np
import pytest

from core.selection import naive_selection as naive
from gouvernail_core.selection import (
    Basis,
    DropOutValues,
    Problem,
    Selection,
    Status,
    Weighting,
    solve,
)
from gouvernail_core.selection.acceptability import case_values
from gouvernail_core.selection.weights import draw, weight_set

pytestmark = pytest.mark.slow

SAMPLES = 30
SEEDS_PER_TEST = 20
TOLERANCE = 1e-7


def weightings(problem: Problem) -> dict[str, Weighting]:
    return dict(problem.weightings) or {"": Weighting()}


def portfolios_of(result: Selection) -> dict[frozenset[str], float]:
    """Return the regret of every portfolio told, equivalents included."""
    return {
        frozenset(cases): told.regret
        for told in result.portfolios
        for cases in (told.cases, *told.equivalent)
    }


@pytest.mark.parametrize(
    "first",
    [
        *range(0, 200, SEEDS_PER_TEST),
        *(pytest.param(n, marks=pytest.mark.long) for n in range(200, 1200, SEEDS_PER_TEST)),
    ],
)
def test_agrees_with_plain_loops(first):
    for seed in range(first, first + SEEDS_PER_TEST):
        problem = naive.random_problem(seed)
        everyone = naive.portfolios(problem)
        result = solve(problem, samples=SAMPLES)
        assert result.complete
        assert result.feasible_count == len(everyone)
        if not everyone:
            assert result.conflict
            continue
        check_regret(problem, result, everyone)
        check_portfolios(problem, result, everyone)
        check_shares(problem, result, everyone)
        check_changes(problem, result, everyone)


def check_regret(problem, result, everyone):
    """The least maximum regret over every portfolio, every actor, every vertex, every rival."""
    corners = [
        corner
        for item in weightings(problem).values()
        for corner in naive.vertices(problem.criteria, item)
    ]
    regrets = {
        held: max(
            naive.loss(problem, held, other, corner) for other in everyone for corner in corners
        )
        for held in everyone
    }
    recommended = frozenset(result.recommended)
    assert result.regret.value == pytest.approx(min(regrets.values()), abs=TOLERANCE)
    assert regrets[recommended] == pytest.approx(result.regret.value, abs=TOLERANCE)
    for held, regret in portfolios_of(result).items():
        assert regrets[held] == pytest.approx(regret, abs=TOLERANCE)
    lost = naive.loss(
        problem, recommended, frozenset(result.regret.instead), list(result.regret.weights.values())
    )
    assert lost == pytest.approx(result.regret.value, abs=TOLERANCE)


def check_portfolios(problem, result, everyone):
    """No best portfolio is missing, and statuses say in which of them a case is."""
    told = set(portfolios_of(result))
    assert len(told) >= result.portfolio_count
    if result.basis is Basis.NON_DOMINATED:
        expected = {
            held
            for item in weightings(problem).values()
            for held in everyone
            if not naive.dominated(problem, held, everyone, naive.vertices(problem.criteria, item))
        }
        assert told == expected
    else:
        for item in weightings(problem).values():
            for weights in naive.grid(problem.criteria, item, 8):
                values = {held: naive.value(problem, held, weights) for held in everyone}
                best = max(values.values())
                assert max(values[held] for held in told) == pytest.approx(best, abs=TOLERANCE)
                winners = [held for held in everyone if values[held] > best - 1e-9]
                assert len(winners) > 1 or winners[0] in told
    for case in result.cases:
        inside = [case.id in held for held in told]
        assert case.proven
        assert (case.status is Status.CORE) == all(inside)
        assert (case.status is Status.EXTERIOR) == (not any(inside))


def check_changes(problem, result, everyone):
    """At the weighting told the case may change sides; on the grid it never does nearer."""
    points = {
        name: list(naive.grid(problem.criteria, item, 5))
        for name, item in weightings(problem).items()
    }
    every = [weights for some in points.values() for weights in some]
    check_changes_on(problem, result, result.cases, every, everyone)
    for name, actor in result.actors.items():
        check_changes_on(problem, result, actor.cases, points[name], everyone)
        rows = naive.inequalities(problem.criteria, problem.weightings[name])
        for case in actor.cases:
            there = case.drop_out and list(case.drop_out.weights.values())
            assert there is None or naive.admissible(rows, there, slack=1e-6)


def check_changes_on(problem, result, cases, points, everyone):
    reference = list(result.reference.values())
    for case in cases:
        found = case.drop_out
        assert case.drop_out_proven
        adverse = found is not None and found.values is DropOutValues.ADVERSE
        lead = adverse_lead if adverse else side_lead
        reach = 0.0 if found is None else found.distance
        if found is not None:
            there = list(found.weights.values())
            assert gap(reference, there) == pytest.approx(reach, abs=1e-6)
            assert lead(problem, everyone, case, there) > -TOLERANCE
        for weights in points:
            if found is None or gap(reference, weights) < reach - 1e-6:
                assert lead(problem, everyone, case, weights) < TOLERANCE


def adverse_lead(problem, everyone, case, weights):
    """Return by how much some portfolio of the other side may be ahead of all, at best for it."""
    other_side = [held for held in everyone if (case.id in held) != case.recommended]
    return max(
        (min(naive.loss(problem, held, one, weights) for held in everyone) for one in other_side),
        default=-np.inf,
    )


def gap(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def side_lead(problem, everyone, case, weights):
    """Return by how much the best portfolio with the case on the other side is ahead."""
    lead = {True: -np.inf, False: -np.inf}
    for held in everyone:
        other_side = (case.id in held) != case.recommended
        lead[other_side] = max(lead[other_side], naive.value(problem, held, weights))
    return lead[True] - lead[False]


def check_shares(problem, result, everyone):
    """The share of the same draws, best portfolio found by comparing them all."""
    low = np.array([[case.values[k].low for k in problem.criteria] for case in problem.cases])
    high = np.array([[case.values[k].high for k in problem.criteria] for case in problem.cases])
    means = []
    for position, (name, item) in enumerate(weightings(problem).items()):
        rng = np.random.default_rng([problem.seed, position])
        draws = draw(weight_set(problem.criteria, item), SAMPLES, rng)
        scores = case_values(draws, low, high, rng)
        counts = dict.fromkeys((case.id for case in problem.cases), 0.0)
        for row in scores.tolist():
            worth = dict(zip(counts, row, strict=True))
            values = [(sum(worth[one] for one in held), held) for held in everyone]
            best = max(total for total, _ in values)
            winners = [held for total, held in values if total > best - 1e-10]
            for held in winners:
                for one in held:
                    counts[one] += 1 / len(winners) / SAMPLES
        means.append(counts)
        if name:
            for case in result.actors[name].cases:
                assert case.acceptability == pytest.approx(counts[case.id], abs=1e-9)
    for case in result.cases:
        mean = sum(counts[case.id] for counts in means) / len(means)
        assert case.acceptability == pytest.approx(mean, abs=1e-9)
