"""The judge of a plan: a second, naive reading of every demand, without the solver."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from gouvernail_core.roadmap.model import Pay, Problem, Task, cents, exact


@dataclass(frozen=True, slots=True)
class Violation:
    """One demand a plan breaks. `task` is empty when the demand concerns them all."""

    kind: str
    label: str
    task: str = ""
    unit: int | None = None


def violations(problem: Problem, starts: Mapping[str, int]) -> tuple[Violation, ...]:
    """Return everything the plan breaks, nothing when it holds.

    >>> from gouvernail_core.roadmap.model import Capacity
    >>> p = Problem((Task("a", 2, demands={"x": 1}), Task("b", 2, demands={"x": 1})), 4,
    ...             (Capacity("x", 1),))
    >>> violations(p, {"a": 0, "b": 2})
    ()
    >>> violations(p, {"a": 0, "b": 1})
    (Violation(kind='capacity', label='x', task='', unit=1),)
    """
    found = [
        Violation("start", task.id, task.id) for task in problem.tasks if task.id not in starts
    ]
    if found:
        return tuple(found)
    durations = {task.id: task.duration for task in problem.tasks}
    for task in problem.tasks:
        found += _own_violations(problem, task, starts)
        found += [
            Violation("precedence", before, task.id)
            for before, lag in task.waits.items()
            if starts[task.id] < starts[before] + durations[before] + lag
        ]
    return tuple(
        found + _capacity_violations(problem, starts) + _budget_violations(problem, starts)
    )


def lateness(problem: Problem, starts: Mapping[str, int]) -> int:
    """Return the total lateness over the soft due dates, in units."""
    return sum(
        max(0, starts[task.id] + task.duration - task.due)
        for task in problem.tasks
        if task.due is not None and not task.due_hard
    )


def objective(problem: Problem, starts: Mapping[str, int]) -> float:
    """Return Σ value × end, or the last end when no task has a value."""
    ends = {task.id: starts[task.id] + task.duration for task in problem.tasks}
    if problem.by_makespan:
        return float(max(ends.values(), default=0))
    return float(sum(exact(task.value) * ends[task.id] for task in problem.tasks))


def _own_violations(problem: Problem, task: Task, starts: Mapping[str, int]) -> list[Violation]:
    """Return what the start of one task breaks by itself."""
    start, found = starts[task.id], []
    pinned = problem.pinned(task)
    if pinned is not None and start != pinned:
        kind = "fixed" if task.fixed_start is not None else "started"
        found.append(Violation(kind, task.id, task.id))
    if start < 0 or (pinned is None and start < problem.now):
        found.append(Violation("now", str(problem.now), task.id))
    if start < task.release and task.release > 0:
        found.append(Violation("release", task.id, task.id))
    if start + task.duration > problem.horizon:
        found.append(Violation("horizon", str(problem.horizon), task.id))
    if task.only_at is not None and start not in task.only_at:
        found.append(Violation("calendar", task.case or task.id, task.id))
    if task.due is not None and task.due_hard and start + task.duration > task.due:
        found.append(Violation("deadline", task.id, task.id))
    return found


def _capacity_violations(problem: Problem, starts: Mapping[str, int]) -> list[Violation]:
    """Return the units at which a capacity is exceeded."""
    found = []
    for capacity in problem.capacities:
        demands = {task.id: exact(task.demands.get(capacity.id, 0)) for task in problem.tasks}
        scale = math.lcm(*(demand.denominator for demand in demands.values()))
        used: dict[int, int] = {}
        for task in problem.tasks:
            demand = int(demands[task.id] * scale)
            if demand:
                for unit in range(starts[task.id], starts[task.id] + task.duration):
                    used[unit] = used.get(unit, 0) + demand
        limits = {amount: exact(amount) * scale // 1 for amount in {*map(capacity.at, used)}}
        for unit, total in sorted(used.items()):
            if total > limits[capacity.at(unit)]:
                found.append(Violation("capacity", capacity.id, unit=unit))
    return found


def _budget_violations(problem: Problem, starts: Mapping[str, int]) -> list[Violation]:
    """Return the budgets exceeded, from the payments of each unit one by one."""
    payments: dict[int, int] = {}
    for task in problem.tasks:
        cost, length = cents(task.cost), task.duration if task.pay is Pay.SPREAD else 1
        length = max(1, length)
        for rank in range(length):
            unit = starts[task.id] + rank
            amount = cost * (rank + 1) // length - cost * rank // length
            payments[unit] = payments.get(unit, 0) + amount
    return [
        Violation("budget", str(index))
        for index, budget in enumerate(problem.budgets)
        if sum(payments.get(unit, 0) for unit in range(budget.first, budget.last + 1))
        > cents(budget.amount)
    ]
