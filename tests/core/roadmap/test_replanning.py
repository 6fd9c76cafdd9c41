"""A new plan keeps what it can of the current one."""

import dataclasses
from datetime import date

import pytest

from gouvernail_core.roadmap import (
    Capacity,
    PlanCalendar,
    PlannedCase,
    Problem,
    Task,
    problem_for,
    schedule,
    violations,
)


def test_a_plan_still_the_best_does_not_move() -> None:
    tasks = (Task("a", 2, demands={"x": 1}, value=1), Task("b", 2, demands={"x": 1}, value=1))
    problem = Problem(tasks, 20, (Capacity("x", 1),), current={"a": 2, "b": 0})
    plan = schedule(problem)
    # both orders are worth 6: the solver would be free to swap, the current plan decides.
    assert plan.starts == {"a": 2, "b": 0}
    assert plan.moved == ()


def test_moving_fewer_tasks_comes_before_moving_less() -> None:
    # a slips onto week 3, which b held; c holds 4 to 6. Pushing b to 4 and c to 5 would shift two
    # units in all, but move two tasks; b alone goes to 7, after c.
    tasks = (
        Task("a", 1, release=3, demands={"x": 1}, value=1),
        Task("b", 1, release=3, demands={"x": 1}),
        Task("c", 3, release=3, demands={"x": 1}),
    )
    problem = Problem(tasks, 40, (Capacity("x", 1),), current={"a": 0, "b": 3, "c": 4})
    plan = schedule(problem)
    assert plan.starts == {"a": 3, "b": 7, "c": 4}
    assert plan.moved == ("a", "b")
    assert [(stage.name, stage.objective) for stage in plan.stages] == [
        ("value", 4),
        ("moved", 2),
        ("shift", 3 + 4),
    ]


def test_what_has_started_is_a_fact() -> None:
    tasks = (Task("a", 2), Task("b", 2, after=("a",)))
    plan = schedule(Problem(tasks, 20, current={"a": 1, "b": 6}, now=4))
    assert plan.starts["a"] == 1
    assert plan.starts["b"] == 4
    assert plan.moved == ("b",)


def test_nothing_new_starts_in_the_past() -> None:
    plan = schedule(Problem((Task("a", 2), Task("b", 2)), 20, current={"a": 1}, now=4))
    assert plan.starts == {"a": 1, "b": 4}


def test_a_gain_under_half_a_percent_moves_nothing() -> None:
    # the end at 401 instead of 400 is 0.25 % more.
    problem = Problem((Task("a", 1, release=399),), 600, current={"a": 400})
    plan = schedule(problem)
    assert plan.moved == ()
    assert (plan.objective, plan.bound) == (401, 400)
    assert plan.gap == pytest.approx(1 / 401)
    assert plan.proven
    assert schedule(problem, tolerance=0).starts == {"a": 399}


def test_a_task_given_up_leaves_the_plan() -> None:
    plan = schedule(Problem((Task("a", 1),), 9, current={"a": 0, "gone": 3}))
    assert plan.starts == {"a": 0}
    assert plan.moved == ()


def test_a_sitting_lost_moves_only_the_case_that_was_waiting_for_it() -> None:
    calendar = PlanCalendar(date(2026, 11, 23), 156, sittings=(16, 29, 42, 55, 68))
    cases = [
        PlannedCase(f"c{k}", f"Cas {k}", needs_opinion=k != 0, service=f"s{k}", data_weeks=2 + k)
        for k in range(4)
    ]
    capacities = {"dpo": 2.0, **{f"service:s{k}": 2.0 for k in range(4)}}
    first = problem_for(cases, calendar, capacities=capacities)
    plan = schedule(first)
    assert plan.proven
    now = 10
    lost = dataclasses.replace(calendar, sittings=(29, 42, 55, 68))
    again = problem_for(cases, lost, capacities=capacities, current=plan.starts, now=now)
    replanned = schedule(again)
    assert violations(again, replanned.starts) == ()
    hit = {name.split(":")[0] for name, start in plan.starts.items() if start == 16}
    assert hit
    assert {name.split(":")[0] for name in replanned.moved} <= hit
    for name, start in plan.starts.items():
        if start < now:
            assert replanned.starts[name] == start
