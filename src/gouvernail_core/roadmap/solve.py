"""From a problem to a plan: dates, proof, what holds it back, or why there is none."""

from __future__ import annotations

from gouvernail_core.kernel import Problem as Fault
from gouvernail_core.kernel import RefusedError, Text
from gouvernail_core.roadmap.binding import critical_chain
from gouvernail_core.roadmap.checker import lateness, objective, violations
from gouvernail_core.roadmap.conflict import conflict_of
from gouvernail_core.roadmap.model import TOLERANCE, Plan, Problem, StageProof
from gouvernail_core.roadmap.stages import Search, search
from gouvernail_core.roadmap.tidy import pull_earlier
from gouvernail_core.roadmap.validate import check_problem


def schedule(
    problem: Problem, *, tolerance: float = TOLERANCE, workers: int = 2, seed: int = 1
) -> Plan:
    """Return the plan that is late the least, then ends the earliest, then moves the least.

    Three stages, each held while the next is improved: (1) the total lateness over soft due
    dates, in units; (2) Σ value × end, or the last end when no task has a value; (3) with a
    current plan, the number of tasks moved, then their total shift, within `tolerance` of (2).
    The same problem, seed and workers give the same plan whenever every stage is proven.

    Raises `RefusedError` when the problem cannot be read, and when no plan was found in time.
    Interval model: Laborie, Rogerie, Shaw and Vilím 2018, "IBM ILOG CP optimizer for
    scheduling", Constraints 23; solver: OR-Tools CP-SAT.

    >>> from gouvernail_core.roadmap.model import Capacity, Task
    >>> tasks = (Task("a", 3, demands={"dpo": 1}), Task("b", 2, demands={"dpo": 1}))
    >>> plan = schedule(Problem(tasks, 9, (Capacity("dpo", 1),)))
    >>> plan.objective, plan.proven
    (5.0, True)
    """
    check_problem(problem)
    found = search(problem, tolerance=tolerance, workers=workers, seed=seed)
    if found.infeasible:
        conflict, proven = conflict_of(
            problem, workers=workers, seed=seed, time_limit=problem.time_limit
        )
        return Plan({}, None, None, None, proven, conflict=conflict, measure=_measure(problem))
    if not found.starts and problem.tasks:
        raise RefusedError(_too_slow(problem))
    return _plan(problem, found)


def _plan(problem: Problem, found: Search) -> Plan:
    """Return the plan of a search, judged by the checker before anyone sees it."""
    starts = pull_earlier(problem, found.starts)
    broken = violations(problem, starts)
    if broken:
        raise RuntimeError(f"the plan found breaks {broken}")
    reached = objective(problem, starts)
    bound = min(reached, _bound(problem, found))
    proofs = tuple(_proof(problem, found, name, starts) for name in _names(found))
    return Plan(
        starts={task.id: starts[task.id] for task in problem.tasks},
        objective=reached,
        bound=bound,
        gap=(reached - bound) / max(1.0, abs(reached)),
        proven=all(result.proven for result in found.results),
        moved=tuple(
            task.id
            for task in problem.tasks
            if task.id in problem.current and starts[task.id] != problem.current[task.id]
        ),
        binding=critical_chain(problem, starts),
        stages=proofs,
        measure=_measure(problem),
    )


def _measure(problem: Problem) -> str:
    return "makespan" if problem.by_makespan else "value"


def _names(found: Search) -> list[str]:
    return [result.name for result in found.results]


def _bound(problem: Problem, found: Search) -> float:
    """Return what no plan with that lateness can beat, in the units of the objective."""
    result = next((r for r in found.results if r.name == _measure(problem)), None)
    if result is None:
        return 0.0
    if result.name == "makespan":
        return float(result.bound)
    # Exact until the last step, as the objective is: a proven plan has a gap of 0, not of 1e-16.
    return max(0.0, float(result.bound / found.weights.scale) - found.weights.slack)


def _proof(problem: Problem, found: Search, name: str, starts: dict[str, int]) -> StageProof:
    """Return one stage in the units people read, its objective as the final plan has it."""
    result = next(result for result in found.results if result.name == name)
    shifts = [abs(starts[key] - start) for key, start in problem.current.items() if key in starts]
    reached = {
        "lateness": lambda: float(lateness(problem, starts)),
        "moved": lambda: float(sum(shift > 0 for shift in shifts)),
        "shift": lambda: float(sum(shifts)),
    }.get(name, lambda: objective(problem, starts))()
    bound = _bound(problem, found) if name == _measure(problem) else float(result.bound)
    return StageProof(name, reached, min(reached, bound), result.proven)


def _too_slow(problem: Problem) -> Fault:
    return Fault(
        code="roadmap-time-limit",
        path="time_limit",
        text=Text(
            f"aucun plan n’a été trouvé en {problem.time_limit:g} s, et rien ne prouve qu’il n’en "
            "existe pas. Donnez plus de temps, ou moins de tâches à la fois.",
            f"no plan was found in {problem.time_limit:g} s, and nothing proves that none exists. "
            "Give more time, or fewer tasks at once.",
        ),
    )
