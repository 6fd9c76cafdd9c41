"""Above twenty cases nothing is called proven, and what is told is still feasible and sound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.selection import naive_selection as naive
from gouvernail_core.kernel import Interval
from gouvernail_core.selection import Case, Method, Problem, Weighting, solve
from gouvernail_core.selection.large import solve_by_sampling
from gouvernail_core.selection.setting import setting_of

pytestmark = pytest.mark.slow


def problem(count):
    rng = np.random.default_rng(4)
    cases = tuple(
        Case(
            f"c{position}",
            {name: Interval(*[rng.integers(0, 100) / 100] * 2) for name in ("q", "r")},
            {"days": int(rng.integers(1, 9))},
        )
        for position in range(count)
    )
    return Problem(
        ("q", "r"),
        cases,
        {"days": 14},
        (1, 4),
        excludes=(("c0", "c1"),),
        requires=(("c2", "c3"),),
        weightings={"DGS": Weighting((("q",), ("r",))), "élus": Weighting()},
    )


@pytest.fixture(scope="module")
def result():
    return solve(problem(22))


def test_nothing_is_proven_and_the_note_says_so(result):
    assert result.method is Method.SAMPLED_MILP
    assert not result.complete
    assert 0 <= result.certified_gap <= 0.01
    assert not any(case.proven or case.drop_out_proven for case in result.cases)
    assert not any(case.proven for actor in result.actors.values() for case in actor.cases)
    assert "rien n’est prouvé" in result.notes[-1].fr


def test_every_portfolio_told_respects_the_constraints(result):
    assert all(naive.fits(problem(22), set(told.cases)) for told in result.portfolios)
    assert naive.fits(problem(22), set(result.recommended))


def test_the_same_problem_gives_the_same_answer(result):
    assert solve(problem(22)) == result


def test_its_regret_is_above_the_exact_one_by_no_more_than_the_gap():
    small = problem(12)
    exact, sampled = solve(small, samples=10), solve_by_sampling(setting_of(small))
    assert sampled.regret.bound == "upper"
    assert sampled.regret.value >= exact.regret.value - 1e-9
    # 1 % of the best value for the bound and again for the portfolios found.
    assert sampled.regret.value <= exact.regret.value + 0.02 * exact.regret.best + 0.02


def test_says_nothing_fits(result):
    found = solve(replace(problem(22), must=("c0", "c1")))
    assert [line.kind for line in found.conflict] == ["excludes", "must", "must"]
