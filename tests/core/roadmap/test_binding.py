"""What holds the plan back is what, taken away, lets the task start earlier."""

import dataclasses

import pytest

from core.roadmap.test_agreement_with_brute_force import drawn_problem
from gouvernail_core.roadmap import (
    Budget,
    Capacity,
    Period,
    Problem,
    Task,
    critical_chain,
    schedule,
    violations,
)

pytestmark = pytest.mark.slow

#: The kind of broken demand each reason stands for.
BREAKS = {"predecessor": "precedence", "lag": "precedence"}


def told(problem: Problem) -> list[tuple[str, str, str]]:
    return [(b.task, b.kind, b.label) for b in schedule(problem).binding]


def test_names_the_chain_from_the_present_to_the_last_end() -> None:
    tasks = (Task("a", 2), Task("b", 3, after=("a",)), Task("c", 1), Task("d", 1, after=("b", "c")))
    assert told(Problem(tasks, 20)) == [
        ("a", "now", "0"),
        ("b", "predecessor", "a"),
        ("d", "predecessor", "b"),
    ]


def test_names_the_saturated_capacity_and_goes_on_with_who_holds_it() -> None:
    tasks = (
        Task("a", 2, demands={"dpo": 1}, value=5),
        Task("b", 2, demands={"dpo": 1}, value=1),
    )
    problem = Problem(tasks, 20, (Capacity("dpo", 1),))
    assert told(problem) == [("a", "now", "0"), ("b", "capacity", "dpo")]


def test_names_the_absence_of_a_capacity() -> None:
    problem = Problem(
        (Task("a", 2, demands={"dpo": 1}),), 20, (Capacity("dpo", (Period(5, 9, 1),)),)
    )
    assert told(problem) == [("a", "capacity", "dpo")]


def test_names_the_sitting_and_what_made_the_previous_one_too_early() -> None:
    tasks = (Task("p", 4), Task("o", 1, lag_before={"p": 3}, only_at=(6, 13), case="guichet"))
    problem = Problem(tasks, 20)
    assert told(problem) == [("p", "now", "0"), ("o", "calendar", "guichet"), ("o", "lag", "p")]
    text = next(b.text for b in schedule(problem).binding if b.kind == "lag")
    assert "3 semaines" in text.fr
    assert "3 weeks" in text.en


def test_names_the_budget() -> None:
    tasks = (Task("a", 2, cost=60, value=2), Task("b", 2, cost=60, value=1))
    problem = Problem(tasks, 20, budgets=(Budget(0, 9, 100), Budget(10, 19, 100)))
    assert told(problem) == [("a", "now", "0"), ("b", "budget", "0-9")]


def test_tells_the_chain_of_one_end_when_asked() -> None:
    tasks = (Task("a", 2, value=1), Task("b", 3, release=1, value=1))
    starts = {"a": 0, "b": 1}
    one = critical_chain(Problem(tasks, 20), starts, ends=["b"])
    assert [(b.task, b.kind) for b in one] == [("b", "release")]


def test_names_the_release() -> None:
    assert told(Problem((Task("a", 2, release=4),), 20)) == [("a", "release", "a")]


def test_names_the_current_plan_when_it_is_what_keeps_a_date() -> None:
    # starting at 400 instead of 399 costs less than 0.5 %: the date of the current plan is kept.
    problem = Problem((Task("a", 100),), 600, current={"a": 1}, now=1)
    assert told(problem) == [("a", "now", "1")]
    kept = Problem((Task("a", 1, release=399),), 600, current={"a": 400})
    assert told(kept) == [("a", "current", "a")]


@pytest.mark.parametrize("seed", range(60))
def test_each_reason_is_what_breaks_one_date_earlier(seed: int) -> None:
    problem = drawn_problem(seed)
    plan = schedule(problem)
    tasks = {task.id: task for task in problem.tasks}
    for binding in plan.binding:
        task, start = tasks[binding.task], plan.starts[binding.task]
        assert binding.start == start
        if binding.kind in ("started", "fixed"):
            continue
        earlier = [d for d in (task.only_at or range(-1, start)) if d < start]
        if binding.kind == "calendar":
            assert start - 1 not in (task.only_at or ())
            continue
        broken = violations(problem, {**plan.starts, task.id: max(earlier)})
        if binding.kind == "current":
            assert broken == ()
            continue
        assert BREAKS.get(binding.kind, binding.kind) in {v.kind for v in broken}


def test_a_reason_taken_away_lets_the_task_start_earlier() -> None:
    tasks = (Task("a", 2, demands={"x": 1}), Task("b", 3, demands={"x": 1}, value=1))
    problem = Problem(tasks, 20, (Capacity("x", 1),))
    starts = {"a": 0, "b": 2}
    assert ("b", "capacity") in {(b.task, b.kind) for b in critical_chain(problem, starts)}
    wider = dataclasses.replace(problem, capacities=(Capacity("x", 2),))
    assert violations(wider, {"a": 0, "b": 1}) == ()
