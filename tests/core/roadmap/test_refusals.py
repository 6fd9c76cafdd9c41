"""What cannot be read is refused: every fault at once, where it is and what to do."""

import math

import pytest

from gouvernail_core.kernel import RefusedError
from gouvernail_core.roadmap import Budget, Capacity, Period, Problem, Task, check_problem

DPO = Capacity("dpo", 2)


def faults(problem: Problem) -> dict[str, str]:
    with pytest.raises(RefusedError) as refused:
        check_problem(problem)
    for problem_found in refused.value.problems:
        assert problem_found.path
        assert problem_found.text.fr
        assert problem_found.text.en
        assert problem_found.text.fr != problem_found.text.en
    return {
        str(found.path): found.code.removeprefix("roadmap-") for found in refused.value.problems
    }


@pytest.mark.parametrize(
    ("task", "path", "code"),
    [
        (Task("a", -1), "tasks[0].duration", "negative"),
        (Task("a", 30), "tasks[0].duration", "horizon-too-small"),
        (Task("a", 1, release=-1), "tasks[0].release", "negative"),
        (Task("a", 1, release=10**30), "tasks[0].release", "too-large"),
        (Task("a", 1, only_at=(10**30,)), "tasks[0].only_at[0]", "too-large"),
        (Task("a", 1, lag_before={"a": 10**30}), "tasks[0].lag_before.a", "too-large"),
        (Task("a", 1, cost=-1), "tasks[0].cost", "negative"),
        (Task("a", 1, cost=math.inf), "tasks[0].cost", "not-finite"),
        (Task("a", 1, cost=0.001), "tasks[0].cost", "decimals"),
        (Task("a", 1, cost=1e15), "tasks[0].cost", "too-large"),
        (Task("a", 1, value=math.nan), "tasks[0].value", "not-finite"),
        (Task("a", 1, value=-2), "tasks[0].value", "negative"),
        (Task("a", 1, demands={"dpo": -1}), "tasks[0].demands.dpo", "negative"),
        (Task("a", 1, demands={"dpo": math.nan}), "tasks[0].demands.dpo", "not-finite"),
        (Task("a", 1, demands={"dpo": 3}), "tasks[0].demands.dpo", "demand-above-capacity"),
        (Task("a", 1, demands={"rssi": 1}), "tasks[0].demands.rssi", "unknown-capacity"),
        (Task("a", 1, after=("b",)), "tasks[0].after[0]", "unknown-task"),
        (Task("a", 1, lag_before={"b": 1}), "tasks[0].lag_before.b", "unknown-task"),
        (Task("a", 1, lag_before={"a": -1}), "tasks[0].lag_before.a", "negative"),
        (Task("a", 1, only_at=()), "tasks[0].only_at", "only-at-empty"),
        (Task("a", 1, only_at=(3, -3)), "tasks[0].only_at[1]", "negative"),
        (Task("a", 1, fixed_start=25), "tasks[0].fixed_start", "fixed-start"),
        (Task("a", 1, fixed_start=-1), "tasks[0].fixed_start", "fixed-start"),
        (Task("a", 1, release=5, fixed_start=4), "tasks[0].fixed_start", "fixed-start"),
        (Task("a", 1, due=-1), "tasks[0].due", "negative"),
        (Task("a", 1, due=2, due_hard=True), "tasks[0].due", "due-before-now"),
    ],
)
def test_refuses_a_task_that_cannot_be(task: Task, path: str, code: str) -> None:
    assert faults(Problem((task,), 20, (DPO,), now=3)) == {path: code}


def test_accepts_a_soft_due_date_already_past_and_counts_the_delay() -> None:
    check_problem(Problem((Task("a", 1, due=2),), 20, now=3))


@pytest.mark.parametrize(
    ("problem", "path", "code"),
    [
        (Problem((), 0), "horizon", "horizon"),
        (Problem((), 10**9), "horizon", "horizon"),
        (Problem((), 9, now=-1), "now", "now"),
        (Problem((), 9, now=10), "now", "now"),
        (Problem((), 9, time_limit=0), "time_limit", "time-limit"),
        (Problem((), 9, time_limit=math.inf), "time_limit", "time-limit"),
        (Problem((), 9, (Capacity("x", -1),)), "capacities.x", "negative"),
        (Problem((), 9, (Capacity("x", math.nan),)), "capacities.x", "not-finite"),
        (Problem((), 9, (Capacity("x", ()),)), "capacities.x", "capacity-empty"),
        (Problem((), 9, (Capacity("x", (Period(3, 1, 1),)),)), "capacities.x[0]", "period"),
        (
            Problem((), 9, (Capacity("x", (Period(0, 4, 1), Period(4, 6, 2))),)),
            "capacities.x",
            "capacity-overlap",
        ),
        (Problem((), 9, (Capacity("x", 1), Capacity("x", 1))), "capacities.x", "capacity-twice"),
        (Problem((), 9, budgets=(Budget(0, 4, -5),)), "budgets[0].amount", "negative"),
        (Problem((), 9, budgets=(Budget(5, 4, 5),)), "budgets[0]", "period"),
        (Problem((Task("a", 1),), 9, current={"a": -1}), "current.a", "negative"),
        (Problem((Task("a", 1), Task("a", 1)), 9), "tasks[1].id", "task-twice"),
    ],
)
def test_refuses_a_frame_that_cannot_be(problem: Problem, path: str, code: str) -> None:
    assert faults(problem) == {path: code}


def test_names_the_cycle() -> None:
    tasks = (
        Task("a", 1, after=("c",)),
        Task("b", 1, after=("a",)),
        Task("c", 1, lag_before={"b": 2}),
        Task("d", 1, after=("a",)),
    )
    with pytest.raises(RefusedError) as refused:
        check_problem(Problem(tasks, 20))
    (fault,) = refused.value.problems
    assert fault.path == "tasks"
    assert "a → b → c → a" in fault.text.fr


def test_a_task_that_follows_itself_is_a_cycle() -> None:
    assert faults(Problem((Task("a", 1, after=("a",)),), 9)) == {"tasks": "cycle"}


def test_says_every_fault_at_once() -> None:
    tasks = (Task("a", -1, after=("z",)), Task("b", 1, cost=-1))
    assert set(faults(Problem(tasks, 9))) == {
        "tasks[0].duration",
        "tasks[0].after[0]",
        "tasks[1].cost",
    }
