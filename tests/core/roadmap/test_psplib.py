"""Ten published instances of resource-constrained project scheduling, with their proven optima."""

import pytest

from gouvernail.formats.schedule import to_problem
from gouvernail_core.roadmap import schedule, violations
from psplib import published_optima, read_instance


@pytest.mark.parametrize(("name", "optimum"), published_optima().items())
def test_reaches_and_proves_the_published_optimum(name: str, optimum: int) -> None:
    problem = to_problem(read_instance(name))
    plan = schedule(problem)
    assert plan.objective == optimum
    assert plan.bound == optimum
    assert plan.proven
    assert plan.gap == 0
    assert violations(problem, plan.starts) == ()
    last = max(plan.starts[task.id] + task.duration for task in problem.tasks)
    assert last == optimum
