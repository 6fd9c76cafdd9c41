"""One small instance per demand, its optimum found by hand and reasoned in the comment."""

import pytest

from gouvernail_core.roadmap import (
    Budget,
    Capacity,
    Pay,
    Period,
    Plan,
    Problem,
    Task,
    schedule,
    violations,
)


def planned(*tasks: Task, horizon: int = 20, **more: object) -> Plan:
    """Return the plan, checked by the judge, proven."""
    problem = Problem(tasks, horizon, **more)  # type: ignore[arg-type]
    plan = schedule(problem)
    assert plan.proven
    assert violations(problem, plan.starts) == ()
    return plan


def test_without_demands_everything_starts_at_once() -> None:
    plan = planned(Task("a", 3), Task("b", 5))
    assert plan.starts == {"a": 0, "b": 0}
    assert (plan.objective, plan.bound, plan.gap) == (5, 5, 0)
    assert plan.measure == "makespan"


def test_a_task_starts_at_the_end_of_the_one_it_follows() -> None:
    # a occupies 0, 1, 2: its end is 3, the first start left to b.
    assert planned(Task("a", 3), Task("b", 2, after=("a",))).starts == {"a": 0, "b": 3}


def test_a_lag_counts_from_the_end() -> None:
    # end of a = 3, two whole weeks later = 5.
    assert planned(Task("a", 3), Task("b", 2, lag_before={"a": 2})).starts["b"] == 5


def test_a_sitting_is_waited_for() -> None:
    # papers end at 4, three weeks of notice: 7; the sittings are 6 and 13, so 13.
    papers, opinion = Task("p", 4), Task("o", 1, lag_before={"p": 3}, only_at=(6, 13))
    assert planned(papers, opinion).starts["o"] == 13


def test_a_release_is_respected() -> None:
    assert planned(Task("a", 2, release=4)).starts == {"a": 4}


def test_a_capacity_of_one_puts_the_more_valuable_first() -> None:
    # value per week: b 3/2 against a 1/4: b then a costs 3x2 + 1x6 = 12, a then b 1x4 + 3x6 = 22.
    plan = planned(
        Task("a", 4, demands={"dpo": 1}, value=1),
        Task("b", 2, demands={"dpo": 1}, value=3),
        capacities=(Capacity("dpo", 1),),
    )
    assert plan.starts == {"a": 2, "b": 0}
    assert plan.objective == 12
    assert plan.measure == "value"


def test_a_capacity_may_be_a_fraction() -> None:
    # 0.1 + 0.2 fits in 0.3 exactly, which binary sums would deny; the third 0.1 waits.
    parts = [Task(f"t{k}", 2, demands={"x": 0.1}) for k in range(2)]
    plan = planned(*parts, Task("u", 2, demands={"x": 0.2}), capacities=(Capacity("x", 0.3),))
    assert plan.objective == 4


def test_a_capacity_may_change_with_time() -> None:
    # nobody in 0-1, one in 2-3, two from 4: one alone can start at 2, the other waits for 4.
    capacity = Capacity("x", (Period(2, 3, 1), Period(4, 19, 2)))
    plan = planned(
        Task("a", 3, demands={"x": 1}), Task("b", 3, demands={"x": 1}), capacities=(capacity,)
    )
    assert sorted(plan.starts.values()) == [2, 4]


def test_outside_its_periods_a_capacity_is_nil() -> None:
    capacity = Capacity("x", (Period(0, 1, 1), Period(6, 9, 1)))
    assert planned(Task("a", 3, demands={"x": 1}), capacities=(capacity,)).starts == {"a": 6}


def test_a_cost_paid_at_the_start_counts_in_the_budget_of_that_week() -> None:
    # 60 + 60 exceed the 100 of the first year: the second starts with the next one.
    plan = planned(
        Task("a", 2, cost=60),
        Task("b", 2, cost=60),
        budgets=(Budget(0, 9, 100), Budget(10, 19, 100)),
    )
    assert sorted(plan.starts.values()) == [0, 10]


def test_a_spread_cost_is_shared_between_two_budgets() -> None:
    # 100 over 4 weeks is 25 a week: with 50 before week 10, it starts at 8 at the earliest.
    plan = planned(
        Task("a", 4, cost=100, pay=Pay.SPREAD), budgets=(Budget(0, 9, 50), Budget(10, 19, 50))
    )
    assert plan.starts == {"a": 8}


def test_spread_cents_are_whole_and_add_up() -> None:
    # 1 euro over 3 weeks: 33, 33 and 34 cents. With 0.66 in the first two weeks, two of them fit.
    cost = Task("a", 3, cost=1.0, pay=Pay.SPREAD)
    assert planned(cost, budgets=(Budget(0, 1, 0.66),)).starts == {"a": 0}
    assert planned(cost, budgets=(Budget(0, 1, 0.65),)).starts == {"a": 1}


def test_weeks_without_a_budget_are_not_limited() -> None:
    assert planned(Task("a", 1, cost=10), budgets=(Budget(0, 3, 5),)).starts == {"a": 4}


def test_a_milestone_without_duration_takes_no_capacity() -> None:
    plan = planned(
        Task("a", 2, demands={"x": 1}),
        Task("m", 0, demands={"x": 1}, after=("a",)),
        Task("b", 1, after=("m",)),
        capacities=(Capacity("x", 1),),
    )
    assert plan.starts == {"a": 0, "m": 2, "b": 2}


def test_a_milestone_may_end_with_the_horizon() -> None:
    assert planned(Task("a", 3), Task("m", 0, after=("a",)), horizon=3).starts["m"] == 3


def test_a_fixed_start_is_kept_even_in_the_past() -> None:
    plan = planned(Task("a", 2, fixed_start=1), Task("b", 1, after=("a",)), now=5)
    assert plan.starts == {"a": 1, "b": 5}


def test_a_hard_due_date_comes_before_value() -> None:
    # alone, b (value 9) would go first; a must end by 2.
    plan = planned(
        Task("a", 2, demands={"x": 1}, due=2, due_hard=True, value=1),
        Task("b", 2, demands={"x": 1}, value=9),
        capacities=(Capacity("x", 1),),
    )
    assert plan.starts == {"a": 0, "b": 2}


def test_lateness_comes_before_value() -> None:
    # b first is worth 9 x 2 + 1 x 4 = 22 but a is two weeks late; a first costs 38, late by 0.
    plan = planned(
        Task("a", 2, demands={"x": 1}, due=2, value=1),
        Task("b", 2, demands={"x": 1}, value=9),
        capacities=(Capacity("x", 1),),
    )
    assert plan.starts == {"a": 0, "b": 2}
    assert plan.objective == 38
    assert [(stage.name, stage.objective) for stage in plan.stages] == [
        ("lateness", 0),
        ("value", 38),
    ]


def test_a_soft_due_date_that_cannot_be_kept_is_late_the_least() -> None:
    plan = planned(Task("a", 5, due=3))
    assert plan.stages[0].objective == 2
    assert plan.stages[0].proven


def test_tasks_without_value_do_not_wait_either() -> None:
    # only b counts in the objective; a has room at once and takes it.
    assert planned(Task("a", 2), Task("b", 4, value=1)).starts == {"a": 0, "b": 0}


def test_no_task_gives_an_empty_plan() -> None:
    plan = planned()
    assert (dict(plan.starts), plan.objective, plan.proven) == ({}, 0, True)


@pytest.mark.parametrize("value", [1 / 3, 1e-9, 123456.789012345, 1e12])
def test_any_value_gives_an_exact_objective(value: float) -> None:
    plan = planned(Task("a", 3, value=value), Task("b", 2, value=1, after=("a",)))
    assert plan.objective == pytest.approx(3 * value + 5, rel=1e-12)
    assert plan.bound is not None
    assert plan.bound <= plan.objective
    assert plan.gap == pytest.approx(0, abs=1e-6)
