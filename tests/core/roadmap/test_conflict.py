"""When nothing fits, a smallest set of demands that cannot hold together is named."""

import dataclasses

import pytest

from core.roadmap.test_agreement_with_brute_force import drawn_problem
from gouvernail_core.roadmap import Budget, Capacity, Problem, Task, schedule

pytestmark = pytest.mark.slow


def told(problem: Problem) -> set[tuple[str, str]]:
    plan = schedule(problem)
    assert plan.starts == {}
    assert (plan.objective, plan.bound, plan.gap) == (None, None, None)
    return {(item.kind, item.label) for item in plan.conflict}


def without(problem: Problem, kind: str, label: str) -> Problem:
    """Return the problem without one demand, written apart from the filter."""
    tasks = tuple(freed(problem, task, kind, label) for task in problem.tasks)
    current = {
        name: start for name, start in problem.current.items() if (kind, label) != ("started", name)
    }
    budgets = tuple(
        budget
        for budget in problem.budgets
        if (kind, label) != ("budget", f"{budget.first}-{budget.last}")
    )
    return dataclasses.replace(
        problem,
        tasks=tasks,
        budgets=budgets,
        current=current,
        now=0 if kind == "now" else problem.now,
        horizon=problem.horizon + (60 if kind == "horizon" else 0),
    )


def freed(problem: Problem, task: Task, kind: str, label: str) -> Task:
    """Return the task without what that demand asks of it."""
    mine = task.id == label
    started = problem.current.get(task.id, problem.now) < problem.now
    fixed = task.fixed_start
    if kind in ("fixed", "started") and mine:
        fixed = None
    elif kind == "now" and started:
        fixed = problem.current[task.id]  # without a present, what has started is still a fact
    calendar = kind == "calendar" and label == (task.case or task.id)
    demands = task.demands
    if kind == "capacity":
        demands = {name: amount for name, amount in demands.items() if name != label}
    return dataclasses.replace(
        task,
        demands=demands,
        due=None if kind == "deadline" and mine else task.due,
        release=0 if kind == "release" and mine else task.release,
        fixed_start=fixed,
        only_at=None if calendar else task.only_at,
        after=() if kind == "precedence" else task.after,
        lag_before={} if kind == "precedence" else task.lag_before,
    )


def demands_of(problem: Problem) -> list[tuple[str, str]]:
    """Return every demand of a drawn problem, the present last: it decides what has started."""
    demands = [("horizon", str(problem.horizon)), ("precedence", "precedence")]
    demands += [("capacity", capacity.id) for capacity in problem.capacities]
    demands += [("budget", f"{budget.first}-{budget.last}") for budget in problem.budgets]
    for task in problem.tasks:
        demands += [("calendar", task.id), ("release", task.id), ("started", task.id)]
        demands += [("deadline", task.id)] if task.due_hard else []
    return [*demands, ("now", str(problem.now))]


def with_only(problem: Problem, kept: set[tuple[str, str]]) -> Problem:
    """Return the problem with these demands alone."""
    for kind, label in demands_of(problem):
        if (kind, label) not in kept:
            problem = without(problem, kind, label)
    return problem


def test_two_deadlines_on_one_person() -> None:
    tasks = (
        Task("a", 3, demands={"dpo": 1}, due=4, due_hard=True),
        Task("b", 3, demands={"dpo": 1}, due=4, due_hard=True),
        Task("c", 1, due=9, due_hard=True),
    )
    problem = Problem(tasks, 20, (Capacity("dpo", 1), Capacity("other", 1)))
    assert told(problem) == {("capacity", "dpo"), ("deadline", "a"), ("deadline", "b")}


def test_a_sitting_that_comes_after_the_deadline() -> None:
    task = Task("o", 1, case="guichet", only_at=(9,), due=5, due_hard=True)
    assert told(Problem((task,), 20)) == {("calendar", "guichet"), ("deadline", "o")}


def test_a_chain_longer_than_the_horizon() -> None:
    tasks = (Task("a", 6), Task("b", 6, after=("a",)))
    assert told(Problem(tasks, 10)) == {("horizon", "10"), ("precedence", "precedence")}


def test_a_budget_that_is_never_enough() -> None:
    problem = Problem((Task("a", 2, cost=60),), 20, budgets=(Budget(0, 19, 50),))
    assert told(problem) == {("horizon", "20"), ("budget", "0-19")}


def test_two_fixed_starts_in_the_wrong_order() -> None:
    tasks = (Task("a", 4, fixed_start=3), Task("b", 1, after=("a",), fixed_start=5))
    assert told(Problem(tasks, 20)) == {
        ("precedence", "precedence"),
        ("fixed", "a"),
        ("fixed", "b"),
    }


def test_a_started_task_whose_predecessor_has_slipped() -> None:
    tasks = (Task("a", 9), Task("b", 2, after=("a",)))
    problem = Problem(tasks, 30, current={"a": 0, "b": 4}, now=5)
    # wherever a is put, it does not end by 4: its own start is not part of the conflict.
    assert told(problem) == {("precedence", "precedence"), ("started", "b")}


def test_the_words_name_the_demand() -> None:
    task = Task("o", 1, case="guichet", only_at=(9,), due=5, due_hard=True)
    texts = {item.kind: item.text for item in schedule(Problem((task,), 20)).conflict}
    assert texts["deadline"].fr == "«\u202fo\u202f» doit être fini avant la semaine 5."
    assert texts["calendar"].en == "Only the dates allowed for “guichet” are used."


@pytest.mark.parametrize("seed", [seed for seed in range(120) if seed % 2])
def test_a_conflict_is_one_and_each_of_its_demands_is_needed(seed: int) -> None:
    problem = drawn_problem(seed)
    plan = schedule(problem)
    assert bool(plan.conflict) != bool(plan.starts)
    if not plan.conflict:
        return
    assert plan.proven
    kept = {(item.kind, item.label) for item in plan.conflict}
    assert kept <= set(demands_of(problem))
    assert schedule(with_only(problem, kept)).conflict
    for item in kept:
        assert schedule(with_only(problem, kept - {item})).starts, f"{item} could be left out"
