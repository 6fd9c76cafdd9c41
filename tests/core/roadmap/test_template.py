"""The tasks of a case: their order follows the law, their lengths say where they come from."""

import dataclasses
from datetime import date

import pytest

from gouvernail_core.kernel import RefusedError
from gouvernail_core.roadmap import (
    Budget,
    Pay,
    Plan,
    PlanCalendar,
    PlannedCase,
    Procedure,
    Task,
    monday,
    problem_for,
    schedule,
    tasks_for,
    usual_durations,
    week_of,
)

CALENDAR = PlanCalendar(date(2026, 11, 23), 156, sittings=(11, 30, 56))
WHOLE = PlannedCase(
    "c1",
    "Guichet",
    procurement=Procedure.ADAPTEE,
    training={"accueil": 3},
    service="accueil",
    cost_eur=20_000,
    running_eur_per_year=5_200,
    staff_days=40,
)


def by_step(case: PlannedCase, calendar: PlanCalendar = CALENDAR) -> dict[str, Task]:
    return {task.id.removeprefix(f"{case.id}:"): task for task in tasks_for(case, calendar)}


def planned(case: PlannedCase, calendar: PlanCalendar = CALENDAR) -> tuple[Plan, dict[str, int]]:
    """Return the plan of one case and the ends of its steps."""
    problem = problem_for([case], calendar, capacities={"dpo": 1.0})
    plan = schedule(problem)
    return plan, {
        task.id.removeprefix(f"{case.id}:"): plan.starts[task.id] + task.duration
        for task in problem.tasks
    }


def test_nothing_is_done_in_real_conditions_before_opinion_assessment_and_training() -> None:
    plan, ends = planned(WHOLE)
    pilot = plan.starts["c1:pilot"]
    for step in ("aipd", "cst_opinion", "training:accueil", "procurement_adaptee", "trial"):
        assert ends[step] <= pilot
    assert plan.starts["c1:rollout"] >= ends["evaluation"]
    assert plan.starts["c1:evaluation"] >= ends["pilot"]


def test_the_opinion_is_given_at_a_sitting_the_papers_having_been_sent_in_time() -> None:
    plan, ends = planned(WHOLE)
    # 4 weeks of data, 6 of assessment, 2 of papers, 3 of notice: 15, so not the sitting of 11.
    assert plan.starts["c1:cst_opinion"] == 30
    assert plan.starts["c1:cst_opinion"] - ends["cst_papers"] >= CALENDAR.lag_weeks
    assert ("c1:cst_opinion", "calendar") in {(b.task, b.kind) for b in plan.binding}


def test_the_trial_on_fictive_data_does_not_wait_for_the_opinion() -> None:
    plan, ends = planned(WHOLE)
    assert ends["trial"] <= plan.starts["c1:cst_opinion"]


def test_a_case_without_duties_has_only_the_steps_it_needs() -> None:
    light = PlannedCase("c2", "Repas", needs_aipd=False, needs_opinion=False, trial_weeks=0)
    assert list(by_step(light)) == ["preparation", "pilot", "evaluation", "rollout"]


@pytest.mark.parametrize("procedure", list(Procedure))
def test_the_procedure_decides_the_length_of_the_purchase(
    procedure: Procedure,
) -> None:
    steps = by_step(dataclasses.replace(WHOLE, procurement=procedure))
    code = f"procurement_{procedure.value}"
    assert steps[code].duration == usual_durations()[code].typical
    assert steps[code].cost == 20_000


def test_the_running_cost_is_spread_from_the_pilot_on() -> None:
    steps = by_step(WHOLE)
    # 12 weeks of pilot at 5 200 € a year of 52 weeks: 1 200 €.
    assert (steps["pilot"].cost, steps["pilot"].pay) == (1_200, Pay.SPREAD)
    assert steps["evaluation"].cost == 400


def test_without_contract_the_cost_is_paid_before_the_pilot() -> None:
    case = dataclasses.replace(WHOLE, procurement=None)
    steps = by_step(case)
    assert steps["purchase"].cost == 20_000
    assert "c1:purchase" in steps["pilot"].after
    problem = problem_for([case], CALENDAR, capacities={}, budgets=[Budget(0, 51, 10_000)])
    assert schedule(problem).starts["c1:purchase"] >= 52


def test_the_project_days_are_spread_without_being_understated() -> None:
    steps = by_step(WHOLE)
    days = sum(task.demands.get("projet", 0) * task.duration for task in steps.values())
    assert 40 <= days <= 41


def test_nothing_starts_in_a_closed_week() -> None:
    closed = dataclasses.replace(CALENDAR, closed_weeks=(4, 5, 31, 32))
    plan, _ = planned(WHOLE, closed)
    assert not set(plan.starts.values()) & {4, 5, 31, 32}


def test_a_case_that_needs_an_opinion_is_refused_without_sittings() -> None:
    nobody = dataclasses.replace(CALENDAR, sittings=())
    with pytest.raises(RefusedError) as refused:
        planned(WHOLE, nobody)
    assert [problem.code for problem in refused.value.problems] == ["roadmap-only-at-empty"]


def test_a_group_is_not_in_two_trainings_at_once() -> None:
    cases = [
        PlannedCase(name, name, needs_opinion=False, needs_aipd=False, training={"accueil": 3})
        for name in ("c1", "c2")
    ]
    plan = schedule(problem_for(cases, CALENDAR, capacities={}))
    first, second = sorted(plan.starts[f"{name}:training:accueil"] for name in ("c1", "c2"))
    assert second >= first + 3


def test_two_cases_share_what_the_service_can_carry() -> None:
    cases = [
        PlannedCase(name, name, needs_opinion=False, needs_aipd=False, service="s", rollout_weeks=4)
        for name in ("c1", "c2")
    ]
    plan = schedule(problem_for(cases, CALENDAR, capacities={"service:s": 1.0}))
    pilots = sorted(plan.starts[f"{name}:pilot"] for name in ("c1", "c2"))
    assert pilots[1] >= pilots[0] + 12


def test_every_length_says_where_it_comes_from_and_stays_in_its_range() -> None:
    for duration in usual_durations().values():
        assert duration.low <= duration.typical <= duration.high
        assert duration.label.fr
        assert duration.label.en
        assert duration.basis.fr == "notre proposition" or "R. 254-38" in duration.basis.fr


def test_each_task_is_named_after_its_step_and_its_case_in_both_languages() -> None:
    for task in tasks_for(WHOLE, CALENDAR):
        assert task.label is not None
        assert task.label.fr.endswith("(Guichet)")
        assert task.label.en.endswith("(Guichet)")
        assert task.label.fr != task.label.en


def test_a_week_runs_from_monday_to_sunday() -> None:
    origin = date(2026, 11, 23)
    assert [week_of(date(2026, 11, day), origin) for day in (22, 23, 29, 30)] == [-1, 0, 0, 1]
    assert monday(week_of(date(2027, 2, 11), origin), origin) == date(2027, 2, 8)


def test_an_origin_that_is_not_a_monday_is_refused() -> None:
    with pytest.raises(ValueError, match="Monday"):
        week_of(date(2026, 12, 1), date(2026, 11, 22))
    with pytest.raises(ValueError, match="Monday"):
        PlanCalendar(date(2026, 11, 22), 52)
