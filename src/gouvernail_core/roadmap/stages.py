"""The lexicographic search: lateness, then the ends, then the least movement."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouvernail_core.roadmap.cpsat import Built, Weights, build, integer_weights
from gouvernail_core.roadmap.model import Problem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

#: Share of the time left that a stage may take, against those that follow it.
_SHARES = {"lateness": 3, "value": 5, "makespan": 5, "moved": 2, "shift": 1}


@dataclass(frozen=True, slots=True)
class StageResult:
    """What the solver says of one stage, in its integer units."""

    name: str
    objective: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Search:
    """The outcome of all stages; no starts: no plan found, or none exists (`infeasible`)."""

    starts: dict[str, int]
    results: tuple[StageResult, ...]
    weights: Weights
    infeasible: bool = False


def search(problem: Problem, *, tolerance: float, workers: int, seed: int) -> Search:
    """Return the best plan found, stage by stage, each held while the next is improved.

    The stages that have nothing to say (no soft due date, no current plan) are left out. The
    last two may give up `tolerance` of the ends so that fewer tasks move.
    """
    built = build(problem)
    weights = integer_weights(problem)
    stages = _stages(built, weights)
    for task in problem.tasks:
        if task.id in problem.current:
            built.model.add_hint(built.starts[task.id], problem.current[task.id])
    left, results, starts = problem.time_limit, [], dict[str, int]()
    for index, (name, expression) in enumerate(stages):
        shares = [_SHARES[later] for later, _ in stages[index:]]
        built.model.minimize(expression)
        solver = solver_for(left * shares[0] / sum(shares), workers=workers, seed=seed)
        status = solver.solve(built.model)
        left = max(0.05, left - solver.wall_time)
        if solver.status_name(status) == "INFEASIBLE":
            return Search({}, (), weights, infeasible=True)
        if solver.status_name(status) not in ("OPTIMAL", "FEASIBLE"):
            if not starts:
                return Search({}, (), weights)
            break
        starts = {key: solver.value(var) for key, var in built.starts.items()}
        best = round(solver.objective_value)
        proven = solver.status_name(status) == "OPTIMAL"
        bound = best if proven else math.ceil(solver.best_objective_bound - 1e-6)
        results.append(StageResult(name, best, bound, proven))
        allowed = math.floor(best * (1 + tolerance)) if name in ("value", "makespan") else best
        if index + 1 < len(stages):
            built.model.add(expression <= allowed)
            _hint(built, solver)
    missing = [StageResult(name, 0, 0, proven=False) for name, _ in stages[len(results) :]]
    return Search(starts, (*results, *missing), weights)


def solver_for(seconds: float, *, workers: int, seed: int) -> cp_model.CpSolver:
    """Return a solver that gives the same answer each time it has time to finish.

    Two workers race; interleaving makes their exchange deterministic.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.interleave_search = True
    solver.parameters.max_time_in_seconds = max(0.05, seconds)
    # Ctrl-C belongs to the program that calls: CP-SAT would leave its own handler behind.
    solver.parameters.catch_sigint_signal = False
    return solver


def _hint(built: Built, solver: cp_model.CpSolver) -> None:
    """Give the plan just found as the hint of the next stage, every variable of it."""
    built.model.clear_hints()
    for index in range(len(built.model.proto.variables)):
        variable = built.model.get_int_var_from_proto_index(index)
        built.model.add_hint(variable, solver.value(variable))


def _stages(built: Built, weights: Weights) -> list[tuple[str, cp_model.LinearExprT]]:
    """Return the stages in order, each with the expression it minimises."""
    problem = built.problem
    stages: list[tuple[str, cp_model.LinearExprT]] = []
    late = _lateness_terms(built)
    if late:
        stages.append(("lateness", _sum(late)))
    if problem.by_makespan:
        stages.append(("makespan", _makespan(built)))
    else:
        ends = [
            weight * (built.starts[task.id] + task.duration)
            for task in problem.tasks
            if (weight := weights.by_task.get(task.id, 0))
        ]
        stages.append(("value", _sum(ends)))
    free = [
        task
        for task in problem.tasks
        if task.id in problem.current and problem.pinned(task) is None
    ]
    if free:
        moved, shift = [], []
        for task in free:
            start, before = built.starts[task.id], problem.current[task.id]
            distance = built.model.new_int_var(0, max(built.last, before), "")
            literal = built.model.new_bool_var("")
            built.model.add_abs_equality(distance, start - before)
            built.model.add(distance == 0).only_enforce_if(~literal)
            moved.append(literal)
            shift.append(distance)
        stages += [("moved", _sum(moved)), ("shift", _sum(shift))]
    return stages


def _sum(terms: Sequence[cp_model.LinearExprT]) -> cp_model.LinearExprT:
    """Return the sum of these terms as one expression, without one object per addition."""
    from ortools.sat.python import cp_model

    return cp_model.LinearExpr.sum(terms)


def _lateness_terms(built: Built) -> list[cp_model.IntVar]:
    """Return one variable per task that may be late."""
    terms = []
    for task in built.problem.tasks:
        if task.due is None or task.due_hard or task.due >= built.last:
            continue
        late = built.model.new_int_var(0, built.last, f"late {task.id}")
        built.model.add(late >= built.starts[task.id] + task.duration - task.due)
        terms.append(late)
    return terms


def _makespan(built: Built) -> cp_model.IntVar:
    """Return the last end."""
    last = built.model.new_int_var(0, built.last, "makespan")
    for task in built.problem.tasks:
        built.model.add(last >= built.starts[task.id] + task.duration)
    return last
