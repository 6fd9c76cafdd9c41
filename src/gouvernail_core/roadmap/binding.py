"""What holds a plan back: the critical chain, read backward from the ends that count.

The reasons come from the judge of plans (`checker`), not from the solver: the task is put one
unit earlier, the others staying where they are, and what breaks is the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gouvernail_core.roadmap.checker import Violation, violations
from gouvernail_core.roadmap.model import Binding, Problem, Task
from gouvernail_core.roadmap.words import binding_text


def critical_chain(
    problem: Problem, starts: Mapping[str, int], *, ends: Iterable[str] | None = None
) -> tuple[Binding, ...]:
    """Return why each task of the critical chain does not start earlier, in order of date.

    The chain begins with the tasks `ends`, by default those whose end counts (the tasks with a
    value; without values, those that end last), and goes back through the predecessors they wait
    for and the tasks that occupy the capacity they lack. It stops at a date nobody can move: the
    present, a release, a fixed start, a budget. Give one end to have the chain of one case.

    >>> p = Problem((Task("a", 2), Task("b", 1, after=("a",))), 9)
    >>> [(b.task, b.kind, b.label) for b in critical_chain(p, {"a": 0, "b": 2})]
    [('a', 'now', '0'), ('b', 'predecessor', 'a')]
    """
    tasks = {task.id: task for task in problem.tasks}
    waiting = list(_ends_that_count(problem, starts) if ends is None else ends)
    seen: set[str] = set()
    found: list[Binding] = []
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        reasons, further = reasons_for(problem, starts, tasks[name])
        found += reasons
        waiting += further
    return tuple(sorted(found, key=lambda b: (b.start, b.task, b.kind, b.label)))


def _ends_that_count(problem: Problem, starts: Mapping[str, int]) -> list[str]:
    """Return the tasks whose end makes the objective."""
    if not problem.by_makespan:
        return [task.id for task in problem.tasks if task.value > 0]
    ends = {task.id: starts[task.id] + task.duration for task in problem.tasks}
    last = max(ends.values(), default=0)
    return [name for name, end in ends.items() if end == last]


def reasons_for(
    problem: Problem, starts: Mapping[str, int], task: Task
) -> tuple[list[Binding], list[str]]:
    """Return why one task does not start one date earlier, and the tasks to look at next."""
    start = starts[task.id]
    if problem.pinned(task) is not None:
        kind = "fixed" if task.fixed_start is not None else "started"
        return [_binding(problem, kind, task.id, task, start)], []
    target = start - 1
    reasons: list[Binding] = []
    if task.only_at is not None and target not in task.only_at:
        reasons.append(_binding(problem, "calendar", task.case or task.id, task, start))
        previous = [date for date in task.only_at if date < start]
        if not previous:
            return reasons, []
        target = max(previous)
    broken = violations(problem, {**starts, task.id: target})
    further: list[str] = []
    for kind, label in dict.fromkeys(_reason(violation, task, problem) for violation in broken):
        reasons.append(_binding(problem, kind, label, task, start))
        if kind in ("predecessor", "lag"):
            further.append(label)
        if kind == "capacity":
            units = [v.unit for v in broken if v.kind == "capacity" and v.label == label]
            further += _occupants(problem, starts, task, label, units)
    if not reasons:
        kind = "current" if task.id in problem.current else "search"
        reasons.append(_binding(problem, kind, task.id, task, start))
    return reasons, further


def _reason(violation: Violation, task: Task, problem: Problem) -> tuple[str, str]:
    """Return the kind and the label of the reason a violation stands for."""
    if violation.kind == "precedence":
        kind = "lag" if task.waits[violation.label] else "predecessor"
        return kind, violation.label
    return violation.kind, violation.label


def _occupants(
    problem: Problem,
    starts: Mapping[str, int],
    task: Task,
    capacity: str,
    units: list[int | None],
) -> list[str]:
    """Return the tasks that hold the capacity at these units and leave before `task` starts."""
    return [
        other.id
        for other in problem.tasks
        if other.id != task.id
        and other.demands.get(capacity, 0) > 0
        and starts[other.id] + other.duration <= starts[task.id]
        and any(
            unit is not None and starts[other.id] <= unit < starts[other.id] + other.duration
            for unit in units
        )
    ]


def _binding(problem: Problem, kind: str, label: str, task: Task, start: int) -> Binding:
    text = binding_text(problem, kind, label, task, start)
    if kind == "budget":
        budget = problem.budgets[int(label)]
        label = f"{budget.first}-{budget.last}"
    return Binding(kind, label, text, task.id, start)
