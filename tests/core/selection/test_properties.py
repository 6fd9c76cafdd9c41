"""What must hold of any problem: repeatability, and how the answer follows the constraints."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.selection import naive_selection as naive
from gouvernail_core.kernel import Interval
from gouvernail_core.selection import Case, solve

pytestmark = pytest.mark.slow

seeds = st.integers(1_000, 5_000)
few = settings(max_examples=20, deadline=None, derandomize=True)


def best_value(problem):
    """Return the value of the best portfolio at equal weights, ``None`` when nothing fits."""
    equal = [1 / len(problem.criteria)] * len(problem.criteria)
    result = solve(replace(problem, weightings={}), samples=5)
    if result.conflict:
        return None
    return max(
        naive.value(problem, frozenset(told.cases), equal, of=lambda interval: interval.high)
        for told in result.portfolios
    )


def without_floor(seed):
    return replace(naive.random_problem(seed), cardinality=None, must=())


@few
@given(seeds, st.floats(0, 1))
def test_tightening_a_limit_never_raises_the_best_value(seed, share):
    problem = without_floor(seed)
    tighter = replace(problem, limits={name: share * x for name, x in problem.limits.items()})
    assert best_value(tighter) <= best_value(problem) + 1e-9


@few
@given(seeds)
def test_adding_a_case_never_lowers_the_best_value(seed):
    problem = without_floor(seed)
    more = Case("new", dict.fromkeys(problem.criteria, Interval(0.3, 0.6)), {"days": 4})
    assert best_value(replace(problem, cases=(*problem.cases, more))) >= best_value(problem) - 1e-9


@few
@given(seeds)
def test_the_same_problem_gives_the_same_answer_twice(seed):
    problem = naive.random_problem(seed)
    assert solve(problem, samples=50) == solve(problem, samples=50)


@few
@given(seeds)
def test_more_knowledge_of_the_weights_never_raises_an_actor_s_regret(seed):
    problem = naive.random_problem(seed)
    vague = solve(replace(problem, weightings={}), samples=5)
    for name, weighting in problem.weightings.items():
        known = solve(replace(problem, weightings={name: weighting}), samples=5)
        if known.regret is not None:
            assert known.regret.value <= vague.regret.value + 1e-9


def test_another_seed_changes_estimates_but_nothing_proven():
    problem = naive.random_problem(3)
    one, other = solve(problem, samples=50), solve(replace(problem, seed=77), samples=50)
    assert one.recommended == other.recommended
    assert one.regret == other.regret
    assert [case.status for case in one.cases] == [case.status for case in other.cases]


def test_refuses_to_draw_nothing():
    with pytest.raises(ValueError, match="at least one"):
        solve(naive.random_problem(3), samples=0)
