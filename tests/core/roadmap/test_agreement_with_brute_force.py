"""Sixty drawn problems, small enough to try every plan: same optimum, same least movement."""

import dataclasses

import numpy as np
import pytest

from core.roadmap.brute import cost_of_ends, feasible_plans, late, movement
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

TOLERANCE = 0.005


def drawn_problem(seed: int) -> Problem:
    """Return a problem of 3 or 4 tasks over at most 8 units, with a bit of everything."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(3, 5))
    horizon = int(draw.integers(6, 9)) if count == 3 else int(draw.integers(5, 8))

    def chance(share: float) -> bool:
        return bool(draw.random() < share)

    tasks = []
    for index in range(count):
        duration = int(draw.integers(0, 3))
        earlier = [f"t{k}" for k in range(index)]
        due = int(draw.integers(1, horizon + 1)) if chance(0.4) else None
        dates = sorted({int(d) for d in draw.integers(0, horizon, 4)})
        tasks.append(
            Task(
                id=f"t{index}",
                duration=duration,
                demands={"x": int(draw.integers(0, 2)), "y": int(draw.integers(0, 2))},
                after=tuple(name for name in earlier if chance(0.3)),
                lag_before={name: int(draw.integers(0, 3)) for name in earlier if chance(0.15)},
                release=int(draw.integers(0, 3)) if chance(0.3) else 0,
                due=due,
                due_hard=due is not None and chance(0.2),
                only_at=tuple(dates) if chance(0.2) else None,
                cost=int(draw.integers(0, 4)) * max(1, duration),
                pay=Pay.SPREAD if chance(0.5) else Pay.START,
                value=0.0 if seed % 5 == 0 else int(draw.integers(0, 21)) / 10,
            )
        )
    middle = horizon // 2
    capacities = (
        Capacity(
            "x",
            (
                Period(0, 1, 2),
                Period(2, middle, int(draw.integers(1, 4))),
                Period(middle + 1, horizon - 1, 2),
            ),
        )
        if chance(0.5)
        else Capacity("x", 3),
        Capacity("y", int(draw.integers(1, 3))),
    )
    budgets = (Budget(0, middle, int(draw.integers(3, 9))), Budget(middle + 1, horizon, 8))
    if seed % 3:
        return Problem(tuple(tasks), horizon, capacities, budgets)
    current = {task.id: int(draw.integers(0, horizon - task.duration)) for task in tasks[1:]}
    return Problem(tuple(tasks), horizon, capacities, budgets, current, int(draw.integers(0, 2)))


@pytest.mark.parametrize(
    "seed", [*range(60), *(pytest.param(n, marks=pytest.mark.long) for n in range(60, 600))]
)
def test_agrees_with_trying_every_plan(seed: int) -> None:
    problem = drawn_problem(seed)
    plans = list(feasible_plans(problem))
    found = schedule(problem)
    if not plans:
        assert found.conflict
        assert not found.starts
        return
    least_late = min(late(problem, plan) for plan in plans)
    punctual = [plan for plan in plans if late(problem, plan) == least_late]
    best = min(cost_of_ends(problem, plan) for plan in punctual)
    assert found.proven
    assert violations(problem, found.starts) == ()
    assert late(problem, found.starts) == least_late
    assert found.bound == pytest.approx(best, abs=1e-9)
    assert found.objective == pytest.approx(cost_of_ends(problem, found.starts), abs=1e-9)
    near = [
        plan for plan in punctual if cost_of_ends(problem, plan) <= best * (1 + TOLERANCE) + 1e-9
    ]
    if problem.current:
        expected = min(movement(problem, plan) for plan in near)
        assert movement(problem, found.starts) == expected
        assert len(found.moved) == expected[0]
    else:
        assert found.objective == pytest.approx(best, abs=1e-9)
        assert found.gap == 0


def test_the_drawn_problems_are_of_every_kind() -> None:
    problems = [drawn_problem(seed) for seed in range(60)]
    solvable = [next(feasible_plans(problem), None) is not None for problem in problems]
    assert 20 <= sum(solvable) <= 55
    assert sum(bool(p.current) and ok for p, ok in zip(problems, solvable, strict=True)) >= 8
    assert sum(dataclasses.replace(p, current={}).by_makespan for p in problems) >= 8
