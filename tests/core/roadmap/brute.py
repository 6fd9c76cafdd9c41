"""A second, naive scheduler: every combination of starts, judged by rules written apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from gouvernail_core.roadmap import Pay, Problem, Task


def feasible_plans(problem: Problem) -> Iterator[dict[str, int]]:
    """Yield every plan that holds, without pruning and without the code under test."""
    ids = [task.id for task in problem.tasks]
    for combination in itertools.product(range(problem.horizon + 1), repeat=len(ids)):
        plan = dict(zip(ids, combination, strict=True))
        if _holds(problem, plan):
            yield plan


def _holds(problem: Problem, plan: Mapping[str, int]) -> bool:
    by_id = {task.id: task for task in problem.tasks}
    for task in problem.tasks:
        start = plan[task.id]
        if start + task.duration > problem.horizon or start < task.release:
            return False
        if task.only_at is not None and start not in task.only_at:
            return False
        if task.due_hard and task.due is not None and start + task.duration > task.due:
            return False
        if task.fixed_start is not None:
            if start != task.fixed_start:
                return False
        elif problem.current.get(task.id, problem.now) < problem.now:
            if start != problem.current[task.id]:
                return False
        elif start < problem.now:
            return False
        for name in task.after:
            if start < plan[name] + by_id[name].duration:
                return False
        for name, lag in task.lag_before.items():
            if start - plan[name] - by_id[name].duration < lag:
                return False
    return _fits(problem, plan) and _is_paid_for(problem, plan)


def _fits(problem: Problem, plan: Mapping[str, int]) -> bool:
    for capacity in problem.capacities:
        for unit in range(problem.horizon):
            present = [t for t in problem.tasks if plan[t.id] <= unit < plan[t.id] + t.duration]
            used = sum(task.demands.get(capacity.id, 0) for task in present)
            if isinstance(capacity.amount, tuple):
                periods = [p for p in capacity.amount if p.first <= unit <= p.last]
                available = sum(p.amount for p in periods)
            else:
                available = capacity.amount
            if used > available:
                return False
    return True


def _is_paid_for(problem: Problem, plan: Mapping[str, int]) -> bool:
    """Costs of the drawn problems are whole multiples of their durations: a share is exact."""
    return all(
        sum(_share(task, plan[task.id], budget.first, budget.last) for task in problem.tasks)
        <= budget.amount
        for budget in problem.budgets
    )


def _share(task: Task, start: int, first: int, last: int) -> float:
    if task.pay is Pay.START or task.duration == 0:
        return task.cost if first <= start <= last else 0
    inside = sum(first <= unit <= last for unit in range(start, start + task.duration))
    return task.cost * inside / task.duration


def late(problem: Problem, plan: Mapping[str, int]) -> int:
    """Return the total lateness over soft due dates."""
    total = 0
    for task in problem.tasks:
        if task.due is not None and not task.due_hard:
            total += max(plan[task.id] + task.duration - task.due, 0)
    return total


def cost_of_ends(problem: Problem, plan: Mapping[str, int]) -> float:
    """Return Σ value × end, or the last end when no value is given."""
    ends = [(task.value, plan[task.id] + task.duration) for task in problem.tasks]
    if not any(value for value, _ in ends):
        return max(end for _, end in ends)
    return sum(value * end for value, end in ends)


def movement(problem: Problem, plan: Mapping[str, int]) -> tuple[int, int]:
    """Return how many tasks left their current date, and by how much in all."""
    shifts = [abs(plan[name] - start) for name, start in problem.current.items()]
    return sum(shift > 0 for shift in shifts), sum(shifts)
