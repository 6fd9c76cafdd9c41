"""Why no plan exists: a smallest set of demands that cannot hold together.

Deletion filter (Chinneck and Dravnieks 1991, "Locating minimal infeasible constraint sets in
linear programs", ORSA Journal on Computing 3(2)): each group in turn is left out; if the rest is
still infeasible it was not needed and stays out. What remains is irreducible: leaving out any
one of its members makes a plan possible. It is one of possibly several such sets.
"""

from __future__ import annotations

from gouvernail_core.kernel import Conflict, Text
from gouvernail_core.roadmap.cpsat import Group, build
from gouvernail_core.roadmap.model import Problem
from gouvernail_core.roadmap.stages import solver_for
from gouvernail_core.roadmap.words import conflict_text


def groups_of(problem: Problem) -> tuple[Group, ...]:
    """Return the groups of demands, those easiest to question last, so that they are kept.

    >>> from gouvernail_core.roadmap.model import Task
    >>> groups_of(Problem((Task("a", 2, due=1, due_hard=True), Task("b", 1, after=("a",))), 9))
    (('horizon', '9'), ('precedence', 'precedence'), ('deadline', 'a'))
    """
    groups: dict[Group, None] = {("horizon", str(problem.horizon)): None}
    if problem.now > 0:
        groups["now", str(problem.now)] = None
    for task in problem.tasks:
        if problem.pinned(task) is not None and task.fixed_start is None:
            groups["started", task.id] = None
    for task in problem.tasks:
        if task.release > 0:
            groups["release", task.id] = None
    if any(task.waits for task in problem.tasks):
        groups["precedence", "precedence"] = None
    for task in problem.tasks:
        if task.only_at is not None:
            groups["calendar", task.case or task.id] = None
    for task in problem.tasks:
        if task.fixed_start is not None:
            groups["fixed", task.id] = None
    for capacity in problem.capacities:
        groups["capacity", capacity.id] = None
    for index in range(len(problem.budgets)):
        groups["budget", str(index)] = None
    for task in problem.tasks:
        if task.due is not None and task.due_hard:
            groups["deadline", task.id] = None
    return tuple(groups)


def conflict_of(
    problem: Problem, *, workers: int, seed: int, time_limit: float
) -> tuple[tuple[Conflict, ...], bool]:
    """Return an irreducible conflict in words, and whether each step of the filter was proven.

    Call it only for a problem known to have no plan. A group whose omission the solver could not
    judge within its share of `time_limit` seconds is kept: the set is then still a conflict, but
    perhaps not the smallest.
    """
    kept, proven = list(groups_of(problem)), True
    share = max(0.2, time_limit / max(1, len(kept)))
    for group in tuple(kept):
        trial = [other for other in kept if other != group]
        answer = _has_plan(problem, frozenset(trial), workers=workers, seed=seed, seconds=share)
        if answer is False:
            kept = trial
        proven &= answer is not None
    return tuple(_named(problem, group) for group in kept), proven


def _has_plan(
    problem: Problem, groups: frozenset[Group], *, workers: int, seed: int, seconds: float
) -> bool | None:
    """Return whether these groups can hold together, ``None`` when time ran out."""
    built = build(problem, groups)
    solver = solver_for(seconds, workers=workers, seed=seed)
    status = solver.status_name(solver.solve(built.model))
    return {"OPTIMAL": True, "FEASIBLE": True, "INFEASIBLE": False}.get(status)


def _named(problem: Problem, group: Group) -> Conflict:
    kind, label = group
    text: Text = conflict_text(problem, kind, label)
    if kind == "budget":
        budget = problem.budgets[int(label)]
        label = f"{budget.first}-{budget.last}"
    return Conflict(kind, label, text)
