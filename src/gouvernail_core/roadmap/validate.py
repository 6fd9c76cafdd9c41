"""Refusals of a problem that cannot be read as a roadmap, each saying where and what to do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from gouvernail_core.kernel import Problem as Fault
from gouvernail_core.kernel import RefusedError, Text
from gouvernail_core.roadmap.model import Capacity, Problem, Task, exact

#: Limits that keep the arithmetic of the solver in 64 bits and the model in memory.
MAX_HORIZON = 20_000
MAX_AMOUNT = 10**12
MAX_DECIMALS = 10**6


def check_problem(problem: Problem) -> None:
    r"""Return nothing when the problem can be read, or refuse with every fault found.

    Raises `RefusedError`. What can be read but not satisfied is not refused here: the plan then
    carries a `conflict`.

    >>> check_problem(Problem((Task("a", 1),), 3))
    >>> check_problem(Problem((Task("a", -1),), 3))
    Traceback (most recent call last):
    gouvernail_core.kernel.errors.RefusedError: tasks[0].duration\xa0: la durée -1 est négative. ...
    """
    faults = list(_frame_faults(problem))
    faults += [fault for capacity in problem.capacities for fault in _capacity_faults(capacity)]
    faults += list(_budget_faults(problem))
    for index, task in enumerate(problem.tasks):
        faults += list(_task_faults(problem, task, f"tasks[{index}]"))
    faults += list(_identity_faults(problem))
    if not faults:
        faults += list(_cycle_faults(problem))
    if faults:
        raise RefusedError(*faults)


def _fault(code: str, path: str, fr: str, en: str) -> Fault:
    return Fault(code=f"roadmap-{code}", text=Text(fr, en), path=path)


def _frame_faults(problem: Problem) -> Iterator[Fault]:
    """Yield the faults of the horizon, of the present and of the time limit."""
    if not 1 <= problem.horizon <= MAX_HORIZON:
        yield _fault(
            "horizon",
            "horizon",
            f"l’horizon {problem.horizon} doit aller de 1 à {MAX_HORIZON}.",
            f"the horizon {problem.horizon} must be from 1 to {MAX_HORIZON}.",
        )
    if not 0 <= problem.now <= max(0, problem.horizon):
        yield _fault(
            "now",
            "now",
            f"la date présente {problem.now} est hors de l’horizon (0 à {problem.horizon}).",
            f"the present {problem.now} is outside the horizon (0 to {problem.horizon}).",
        )
    if not (math.isfinite(problem.time_limit) and problem.time_limit > 0):
        yield _fault(
            "time-limit",
            "time_limit",
            f"le temps de calcul {problem.time_limit} doit être un nombre de secondes positif.",
            f"the time limit {problem.time_limit} must be a positive number of seconds.",
        )
    for name, start in problem.current.items():
        yield from _date_bounds(f"current.{name}", "le début", "the start", start)


def _capacity_faults(capacity: Capacity) -> Iterator[Fault]:
    """Yield the faults of one capacity and of its periods."""
    path = f"capacities.{capacity.id}"
    if not isinstance(capacity.amount, tuple):
        yield from _amount_faults(path, capacity.amount)
        return
    if not capacity.amount:
        yield _fault(
            "capacity-empty",
            path,
            "cette capacité n’a aucune période. Donnez un nombre ou au moins une période.",
            "this capacity has no period. Give a number or at least one period.",
        )
    for index, period in enumerate(capacity.amount):
        yield from _amount_faults(f"{path}[{index}].amount", period.amount)
        yield from _period_faults(f"{path}[{index}]", period.first, period.last)
    ordered = sorted(capacity.amount, key=lambda period: period.first)
    for left, right in pairwise(ordered):
        if right.first <= left.last:
            yield _fault(
                "capacity-overlap",
                path,
                f"les périodes {left.first}-{left.last} et {right.first}-{right.last} se "
                "recouvrent. Les bornes sont comprises : séparez-les.",
                f"the periods {left.first}-{left.last} and {right.first}-{right.last} overlap. "
                "Bounds are included: separate them.",
            )


def _budget_faults(problem: Problem) -> Iterator[Fault]:
    """Yield the faults of the budgets."""
    for index, budget in enumerate(problem.budgets):
        path = f"budgets[{index}]"
        yield from _period_faults(path, budget.first, budget.last)
        yield from _amount_faults(f"{path}.amount", budget.amount)


def _period_faults(path: str, first: int, last: int) -> Iterator[Fault]:
    """Yield the faults of the bounds of a period."""
    if first < 0 or last < first:
        yield _fault(
            "period",
            path,
            f"la période va de {first} à {last}. Le début est au moins 0 et la fin le suit.",
            f"the period goes from {first} to {last}. It starts at 0 or later and ends after.",
        )


def _amount_faults(path: str, amount: float, *, divisor: int = MAX_DECIMALS) -> Iterator[Fault]:
    """Yield the fault of an amount: not finite, negative, too large or too finely written."""
    if not math.isfinite(amount):
        yield _fault(
            "not-finite",
            path,
            "la valeur n’est pas un nombre fini. Donnez un nombre.",
            "the value is not a finite number. Give a number.",
        )
    elif amount < 0:
        yield _negative(path, "la valeur", "the value", amount)
    elif amount > MAX_AMOUNT:
        yield _fault(
            "too-large",
            path,
            f"la valeur {amount} est trop grande (au plus {MAX_AMOUNT}).",
            f"the value {amount} is too large (at most {MAX_AMOUNT}).",
        )
    elif (exact(amount) * divisor).denominator != 1:
        digits = len(str(divisor)) - 1
        yield _fault(
            "decimals",
            path,
            f"la valeur {amount} a plus de {digits} décimales. Arrondissez-la.",
            f"the value {amount} has more than {digits} decimals. Round it.",
        )


def _negative(path: str, fr: str, en: str, value: float) -> Fault:
    agreed = "négative" if fr.startswith("la ") else "négatif"
    return _fault(
        "negative",
        path,
        f"{fr} {value} est {agreed}. Donnez 0 ou plus.",
        f"{en} {value} is negative. Give 0 or more.",
    )


def _date_bounds(path: str, fr: str, en: str, value: int) -> Iterator[Fault]:
    """Yield the fault of a date or a lag that no horizon could hold."""
    if value < 0:
        yield _negative(path, fr, en, value)
    elif value > MAX_HORIZON:
        yield _fault(
            "too-large",
            path,
            f"{fr} {value} est au-delà de tout horizon (au plus {MAX_HORIZON}).",
            f"{en} {value} is beyond any horizon (at most {MAX_HORIZON}).",
        )


def _unknown(path: str, name: str) -> Fault:
    return _fault(
        "unknown-task",
        path,
        f"la tâche « {name} » n’existe pas. Vérifiez son identifiant.",
        f"the task “{name}” does not exist. Check its identifier.",
    )


def _task_faults(problem: Problem, task: Task, path: str) -> Iterator[Fault]:
    """Yield the faults of one task."""
    if task.duration < 0:
        yield _negative(f"{path}.duration", "la durée", "the duration", task.duration)
    elif task.duration > problem.horizon:
        yield _fault(
            "horizon-too-small",
            f"{path}.duration",
            f"la durée {task.duration} dépasse l’horizon {problem.horizon}. Allongez l’horizon.",
            f"the duration {task.duration} exceeds the horizon {problem.horizon}. Extend it.",
        )
    yield from _date_bounds(f"{path}.release", "la date", "the date", task.release)
    yield from _amount_faults(f"{path}.cost", task.cost, divisor=100)
    yield from _value_faults(f"{path}.value", task.value)
    yield from _demand_faults(problem, task, path)
    yield from _link_faults(problem, task, path)
    yield from _date_faults(problem, task, path)


def _value_faults(path: str, value: float) -> Iterator[Fault]:
    """Yield the fault of the weight of an end; any number of decimals is allowed."""
    if not math.isfinite(value) or value < 0 or value > MAX_AMOUNT:
        yield from _amount_faults(path, value)


def _demand_faults(problem: Problem, task: Task, path: str) -> Iterator[Fault]:
    """Yield the faults of what a task demands of the capacities."""
    capacities = {capacity.id: capacity for capacity in problem.capacities}
    for name, demand in task.demands.items():
        where = f"{path}.demands.{name}"
        if name not in capacities:
            yield _fault(
                "unknown-capacity",
                where,
                f"la capacité « {name} » n’existe pas. Ajoutez-la ou vérifiez son identifiant.",
                f"the capacity “{name}” does not exist. Add it or check its identifier.",
            )
            continue
        faults = list(_amount_faults(where, demand))
        yield from faults
        highest = capacities[name].highest
        if not faults and task.duration > 0 and demand > highest:
            yield _fault(
                "demand-above-capacity",
                where,
                f"la tâche demande {demand:g} et la capacité n’est jamais au-dessus de "
                f"{highest:g}. Réduisez la demande ou augmentez la capacité.",
                f"the task demands {demand:g} and the capacity is never above {highest:g}. "
                "Reduce the demand or raise the capacity.",
            )


def _link_faults(problem: Problem, task: Task, path: str) -> Iterator[Fault]:
    """Yield the faults of the predecessors of a task."""
    known = {other.id for other in problem.tasks}
    for index, name in enumerate(task.after):
        if name not in known:
            yield _unknown(f"{path}.after[{index}]", name)
    for name, lag in task.lag_before.items():
        if name not in known:
            yield _unknown(f"{path}.lag_before.{name}", name)
        yield from _date_bounds(f"{path}.lag_before.{name}", "le délai", "the lag", lag)


def _date_faults(problem: Problem, task: Task, path: str) -> Iterator[Fault]:
    """Yield the faults of the dates a task is given."""
    if task.only_at is not None:
        if not task.only_at:
            yield _fault(
                "only-at-empty",
                f"{path}.only_at",
                "aucune date de début n’est permise. Donnez des dates, ou null pour toutes.",
                "no start is allowed. Give dates, or null for any.",
            )
        for index, start in enumerate(task.only_at):
            yield from _date_bounds(f"{path}.only_at[{index}]", "la date", "the date", start)
    last = problem.horizon - task.duration
    if task.fixed_start is not None and not task.release <= task.fixed_start <= last:
        yield _fault(
            "fixed-start",
            f"{path}.fixed_start",
            f"le début fixé {task.fixed_start} est hors du possible ({task.release} à {last}).",
            f"the fixed start {task.fixed_start} is outside what is possible "
            f"({task.release} to {last}).",
        )
    if task.due is None:
        return
    if task.due < 0:
        yield _negative(f"{path}.due", "l’échéance", "the due date", task.due)
    elif task.due_hard and problem.pinned(task) is None and task.due < problem.now:
        yield _fault(
            "due-before-now",
            f"{path}.due",
            f"l’échéance ferme {task.due} est passée (nous sommes à {problem.now}). "
            "Changez-la ou rendez-la souple.",
            f"the hard due date {task.due} is past (it is now {problem.now}). "
            "Change it or make it soft.",
        )


def _identity_faults(problem: Problem) -> Iterator[Fault]:
    """Yield the identifiers given twice."""
    first: dict[str, int] = {}
    for index, task in enumerate(problem.tasks):
        if task.id in first:
            yield _fault(
                "task-twice",
                f"tasks[{index}].id",
                f"l’identifiant « {task.id} » est déjà celui de tasks[{first[task.id]}].",
                f"the identifier “{task.id}” is already that of tasks[{first[task.id]}].",
            )
        first.setdefault(task.id, index)
    seen: set[str] = set()
    for capacity in problem.capacities:
        if capacity.id in seen:
            yield _fault(
                "capacity-twice",
                f"capacities.{capacity.id}",
                "cette capacité est donnée deux fois. Gardez-en une.",
                "this capacity is given twice. Keep one.",
            )
        seen.add(capacity.id)


def _cycle_faults(problem: Problem) -> Iterator[Fault]:
    """Yield one cycle of the precedences, named task by task."""
    cycle = find_cycle({task.id: tuple(task.waits) for task in problem.tasks})
    if cycle:
        shown = " → ".join((*cycle, cycle[0]))
        yield _fault(
            "cycle",
            "tasks",
            f"ces tâches s’attendent en rond : {shown}. Retirez un des liens.",
            f"these tasks wait for each other in a circle: {shown}. Remove one of the links.",
        )


def find_cycle(before: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the tasks of one cycle in working order, nothing when there is none.

    >>> find_cycle({"a": ("c",), "b": ("a",), "c": ("b",), "d": ("a",)})
    ('a', 'b', 'c')
    """
    left = {name: set(names) for name, names in before.items()}
    while free := [name for name, names in left.items() if not names & left.keys()]:
        for name in free:
            del left[name]
    if not left:
        return ()
    trail = [min(left)]
    while (previous := min(left[trail[-1]] & left.keys())) not in trail:
        trail.append(previous)
    cycle = trail[trail.index(previous) :][::-1]
    lowest = cycle.index(min(cycle))
    return tuple(cycle[lowest:] + cycle[:lowest])
