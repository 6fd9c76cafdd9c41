"""Whatever the problem: a plan that holds and cannot be pulled earlier, or a conflict."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouvernail_core.roadmap import (
    Budget,
    Capacity,
    Pay,
    Period,
    Problem,
    Task,
    schedule,
    violations,
)

pytestmark = pytest.mark.slow

HORIZON = 30


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, 7))
    tasks = []
    for index in range(count):
        earlier = st.lists(
            st.sampled_from([f"t{k}" for k in range(index)]), max_size=2, unique=True
        )
        after = draw(earlier) if index else []
        lagged = draw(earlier) if index else []
        tasks.append(
            Task(
                id=f"t{index}",
                duration=draw(st.integers(0, 5)),
                demands={"x": draw(st.sampled_from([0, 0.5, 1, 1.5]))},
                after=tuple(after),
                lag_before={name: draw(st.integers(0, 3)) for name in lagged},
                release=draw(st.integers(0, 6)),
                due=draw(st.none() | st.integers(4, HORIZON)),
                only_at=draw(st.none() | st.just(tuple(range(0, HORIZON, 4)))),
                cost=draw(st.integers(0, 3000)) / 100,
                pay=draw(st.sampled_from(Pay)),
                value=draw(st.integers(0, 30)) / 10,
            )
        )
    capacity = draw(st.sampled_from([2.0, (Period(0, 9, 1.5), Period(10, HORIZON, 2.5))]))
    budgets = (Budget(0, 14, draw(st.integers(30, 90))), Budget(15, HORIZON, 200))
    names = [task.id for task in tasks if task.duration < 5]
    current = draw(st.dictionaries(st.sampled_from(names), st.integers(0, 20))) if names else {}
    return Problem(
        tuple(tasks), HORIZON, (Capacity("x", capacity),), budgets, current, draw(st.integers(0, 3))
    )


@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(problems())
def test_a_plan_holds_and_its_bound_is_below_its_objective(problem: Problem) -> None:
    plan = schedule(problem)
    if plan.conflict:
        assert not plan.starts
        return
    assert violations(problem, plan.starts) == ()
    assert plan.objective is not None
    assert plan.bound is not None
    assert plan.gap is not None
    assert plan.bound <= plan.objective
    assert plan.gap == (plan.objective - plan.bound) / max(1, abs(plan.objective))
    assert plan.proven
    assert plan.gap <= 0.005
    moved = {n for n, start in problem.current.items() if plan.starts.get(n, start) != start}
    assert set(plan.moved) == moved
    for task in problem.tasks:
        if task.id in problem.current or problem.pinned(task) is not None:
            continue
        for start in range(problem.now, plan.starts[task.id]):
            earlier = {**plan.starts, task.id: start}
            assert violations(problem, earlier) != (), f"{task.id} waits without a reason"


@settings(max_examples=15, deadline=None, derandomize=True)
@given(problems())
def test_the_same_problem_gives_the_same_plan(problem: Problem) -> None:
    assert schedule(problem) == schedule(problem)
