"""Nothing waits without a reason: tasks are pulled earlier where no demand forbids it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gouvernail_core.roadmap.model import Problem, Task, cents, exact, paid_within


def pull_earlier(problem: Problem, starts: dict[str, int]) -> dict[str, int]:
    """Return the plan with each task as early as the others let it, from the first to the last.

    No end gets later, so no objective gets worse. A task that has kept its date of the current
    plan keeps it, one that came later than that date never passes it, one that came earlier
    stays: movement does not grow.
    """
    plan = dict(starts)
    ledger = _Ledger(problem, plan)
    durations = {task.id: task.duration for task in problem.tasks}
    order = sorted(problem.tasks, key=lambda task: (plan[task.id], task.id))
    changed = True
    while changed:
        changed = False
        for task in order:
            ledger.move(task, plan[task.id], sign=-1)
            date = next(
                (
                    date
                    for date in _earlier(problem, task, plan, durations)
                    if ledger.has_room(task, date)
                ),
                plan[task.id],
            )
            changed |= date != plan[task.id]
            plan[task.id] = date
            ledger.move(task, date, sign=1)
    return plan


def _earlier(
    problem: Problem, task: Task, plan: dict[str, int], durations: dict[str, int]
) -> Iterator[int]:
    """Yield the earlier starts its own dates and its predecessors leave to a task."""
    if problem.pinned(task) is not None:
        return
    lowest = max(problem.now, task.release, 0)
    if task.id in problem.current:
        before = problem.current[task.id]
        lowest = max(lowest, before if plan[task.id] > before else plan[task.id])
    for name, lag in task.waits.items():
        lowest = max(lowest, plan[name] + durations[name] + lag)
    for date in range(lowest, plan[task.id]):
        if task.only_at is None or date in task.only_at:
            yield date


class _Ledger:
    """What the plan uses of each capacity, unit by unit, and of each budget."""

    def __init__(self, problem: Problem, plan: dict[str, int]) -> None:
        self.problem = problem
        self.limits = {
            capacity.id: [exact(capacity.at(unit)) for unit in range(problem.horizon)]
            for capacity in problem.capacities
        }
        self.used = {name: [Fraction(0)] * problem.horizon for name in self.limits}
        self.paid = [0] * len(problem.budgets)
        for task in problem.tasks:
            self.move(task, plan[task.id], sign=1)

    def move(self, task: Task, start: int, *, sign: int) -> None:
        """Write the task at `start` (`sign` 1) or take it off (-1)."""
        for name, demand in task.demands.items():
            row, amount = self.used[name], sign * exact(demand)
            for unit in range(start, start + task.duration):
                row[unit] += amount
        for index, budget in enumerate(self.problem.budgets):
            self.paid[index] += sign * paid_within(task, start, budget)

    def has_room(self, task: Task, start: int) -> bool:
        """Return whether the task, not written at present, fits at `start`."""
        for name, demand in task.demands.items():
            row, limit, amount = self.used[name], self.limits[name], exact(demand)
            if any(row[u] + amount > limit[u] for u in range(start, start + task.duration)):
                return False
        return all(
            self.paid[index] + paid_within(task, start, budget) <= cents(budget.amount)
            for index, budget in enumerate(self.problem.budgets)
        )
