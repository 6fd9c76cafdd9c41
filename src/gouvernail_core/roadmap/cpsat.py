"""The CP-SAT model of a roadmap, whole or with some groups of demands left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from gouvernail_core.roadmap.model import (
    Budget,
    Capacity,
    Problem,
    Task,
    cents,
    exact,
    paid_within,
)

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

#: A group of demands that a conflict may name: its kind and its label.
Group = tuple[str, str]

#: Weighted ends stay below this, where sums of the solver are exact also as doubles.
_LARGEST_SUM = 2**50


@dataclass
class Built:
    """A model under construction, then ready to be solved by stages."""

    problem: Problem
    model: cp_model.CpModel
    last: int
    starts: dict[str, cp_model.IntVar] = field(default_factory=dict)
    intervals: dict[str, cp_model.IntervalVar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """Integer weights of the ends: `scale` times the values, `slack` off at most in the sum."""

    by_task: Mapping[str, int]
    scale: Fraction
    slack: float


def integer_weights(problem: Problem) -> Weights:
    """Return integer weights proportional to the values, exactly whenever they fit.

    Values are read as they are written (0.1 is a tenth), multiplied by their least common
    denominator and divided by what they share. When the sum could then exceed 2^50, they are
    rounded on the finest scale that fits, and `slack` bounds what rounding changes of
    Σ value × end.

    >>> integer_weights(Problem((Task("a", 1, value=0.5), Task("b", 1, value=0.2)), 9)).by_task
    {'a': 5, 'b': 2}
    """
    values = {task.id: exact(task.value) for task in problem.tasks if task.value > 0}
    total = sum(values.values()) * problem.horizon
    scale = math.lcm(*(value.denominator for value in values.values()))
    common = math.gcd(*(int(value * scale) for value in values.values())) or 1
    if total * scale / common <= _LARGEST_SUM:
        by_task = {name: int(value * scale) // common for name, value in values.items()}
        return Weights(by_task, Fraction(scale, common), 0.0)
    rounded_scale = exact(1.0) * _LARGEST_SUM / (2 * total)
    by_task = {name: round(value * rounded_scale) for name, value in values.items()}
    off = sum(abs(by_task[name] / rounded_scale - value) for name, value in values.items())
    return Weights(by_task, rounded_scale, float(off * problem.horizon))


def build(problem: Problem, groups: frozenset[Group] | None = None) -> Built:
    """Return the model of the problem without objective.

    With `groups`, only these demands hold (what is not a group always holds), which is how the
    deletion filter asks whether the others can live together.
    """
    from ortools.sat.python import cp_model

    def holds(kind: str, label: str) -> bool:
        return groups is None or (kind, label) in groups

    last = problem.horizon
    if not holds("horizon", str(problem.horizon)):
        last = _far_enough(problem)
    built = Built(problem, cp_model.CpModel(), last)
    for task in problem.tasks:
        lowest, highest, allowed = _start_range(built, task, groups)
        _add_task(built, task, lowest, highest, allowed)
    if holds("precedence", "precedence"):
        durations = {task.id: task.duration for task in problem.tasks}
        for task in problem.tasks:
            for before, lag in task.waits.items():
                built.model.add(
                    built.starts[task.id] >= built.starts[before] + durations[before] + lag
                )
    for capacity in problem.capacities:
        if holds("capacity", capacity.id):
            _add_capacity(built, capacity)
    for index, budget in enumerate(problem.budgets):
        if holds("budget", str(index)):
            _add_budget(built, budget)
    return built


def _far_enough(problem: Problem) -> int:
    """Return an end of time late enough never to be the reason of a conflict.

    Periods said to last for ever (up to 999 999) are cut at ten horizons.
    """
    dates = [problem.horizon, problem.now]
    for task in problem.tasks:
        dates += [task.release, task.fixed_start or 0, problem.current.get(task.id, 0)]
        dates += task.only_at or ()
    for capacity in problem.capacities:
        if isinstance(capacity.amount, tuple):
            dates += [min(period.last + 1, 10 * problem.horizon) for period in capacity.amount]
    dates += [min(budget.last + 1, 10 * problem.horizon) for budget in problem.budgets]
    work = sum(task.duration + max(task.waits.values(), default=0) for task in problem.tasks)
    return max(dates) + work


def _start_range(
    built: Built, task: Task, groups: frozenset[Group] | None
) -> tuple[int, int, tuple[int, ...] | None]:
    """Return the earliest and latest start of a task and its allowed dates, from active groups."""

    def holds(kind: str, label: str) -> bool:
        return groups is None or (kind, label) in groups

    problem = built.problem
    pinned = problem.pinned(task)
    lowest, highest = 0, built.last - task.duration
    if pinned is None and holds("now", str(problem.now)):
        lowest = problem.now
    if holds("release", task.id):
        lowest = max(lowest, task.release)
    if task.due is not None and task.due_hard and holds("deadline", task.id):
        highest = min(highest, task.due - task.duration)
    kind = "fixed" if task.fixed_start is not None else "started"
    if pinned is not None and holds(kind, task.id):
        lowest, highest = max(lowest, pinned), min(highest, pinned)
    allowed = task.only_at if holds("calendar", task.case or task.id) else None
    return lowest, highest, allowed


def _add_task(
    built: Built, task: Task, lowest: int, highest: int, allowed: tuple[int, ...] | None
) -> None:
    """Add the start and the interval of one task; an empty domain makes the model infeasible."""
    from ortools.sat.python import cp_model

    if allowed is None:
        domain = cp_model.Domain(lowest, highest) if lowest <= highest else None
    else:
        dates = sorted({date for date in allowed if lowest <= date <= highest})
        domain = cp_model.Domain.from_values(dates) if dates else None
    if domain is None:
        built.model.add_bool_or([])
        domain = cp_model.Domain(0, built.last)
    start = built.model.new_int_var_from_domain(domain, f"start {task.id}")
    built.starts[task.id] = start
    built.intervals[task.id] = built.model.new_fixed_size_interval_var(
        start, task.duration, f"interval {task.id}"
    )


def _add_capacity(built: Built, capacity: Capacity) -> None:
    """Add a cumulative; where less than the peak is available, a fixed interval takes the rest."""
    users = [
        task
        for task in built.problem.tasks
        if task.duration > 0 and task.demands.get(capacity.id, 0) > 0
    ]
    if not users:
        return
    levels = _levels(capacity, built.last)
    demands = [exact(task.demands[capacity.id]) for task in users]
    peak = max(amount for _, _, amount in levels)
    scale = math.lcm(peak.denominator, *(d.denominator for d in demands))
    scale = math.lcm(scale, *(amount.denominator for _, _, amount in levels))
    intervals = [built.intervals[task.id] for task in users]
    sizes = [int(demand * scale) for demand in demands]
    for first, end, amount in levels:
        if amount < peak:
            intervals.append(
                built.model.new_fixed_size_interval_var(first, end - first, f"off {capacity.id}")
            )
            sizes.append(int((peak - amount) * scale))
    built.model.add_cumulative(intervals, sizes, int(peak * scale))


def _levels(capacity: Capacity, last: int) -> list[tuple[int, int, Fraction]]:
    """Return the amounts of a capacity as stretches ``[first, end)`` that cover ``[0, last)``."""
    if not isinstance(capacity.amount, tuple):
        return [(0, last, exact(capacity.amount))]
    cuts = {0, last}
    for period in capacity.amount:
        cuts |= {min(period.first, last), min(period.last + 1, last)}
    ordered = sorted(cuts)
    return [(first, end, exact(capacity.at(first))) for first, end in pairwise(ordered)]


def _add_budget(built: Built, budget: Budget) -> None:
    """Add the limit of one budget on what the tasks pay in it, in cents over their common part."""
    amounts: list[tuple[cp_model.IntVar, list[int]]] = []
    for task in built.problem.tasks:
        table = [paid_within(task, start, budget) for start in range(built.last + 1)]
        if any(table):
            amounts.append((built.starts[task.id], table))
    unit = math.gcd(*(amount for _, table in amounts for amount in table)) or 1
    terms = []
    for start, table in amounts:
        payment = [amount // unit for amount in table]
        if len(set(payment)) == 2 and 0 in payment:
            terms.append(max(payment) * _within(built, start, payment))
        else:
            paid = built.model.new_int_var(0, max(payment), "")
            built.model.add_element(start, payment, paid)
            terms.append(paid)
    built.model.add(sum(terms) <= cents(budget.amount) // unit)


def _within(built: Built, start: cp_model.IntVar, payment: list[int]) -> cp_model.IntVar:
    """Return a literal equivalent to: the task starts where it pays something."""
    from ortools.sat.python import cp_model

    inside = cp_model.Domain.from_values([date for date, paid in enumerate(payment) if paid])
    literal = built.model.new_bool_var("")
    built.model.add_linear_expression_in_domain(start, inside).only_enforce_if(literal)
    built.model.add_linear_expression_in_domain(start, inside.complement()).only_enforce_if(
        ~literal
    )
    return literal
