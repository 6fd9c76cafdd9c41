"""The JSON of `gouvernail schedule` keeps its contract, and says what is wrong in words."""

import json
from typing import Any

import pytest

from gouvernail.formats.problems import read_json
from gouvernail.formats.schedule import ScheduleOutput, read, schema, to_json, to_problem
from gouvernail_core.kernel import RefusedError
from gouvernail_core.roadmap import Pay, Period, Unit, schedule

#: The example of the contract, with the task its lag names.
EXAMPLE = """
{"unit": "week", "horizon": 156, "capacities": {"dpo": 1},
 "tasks": [{"id": "t0", "duration": 3, "pay": "spread", "cost": 900},
           {"id": "t1", "case": "c1", "duration": 4, "demands": {"dpo": 1}, "after": [],
            "release": 0, "due": null, "only_at": [10, 23], "lag_before": {"t0": 2},
            "cost": 3000, "value": 0.0, "fixed_start": null}],
 "budgets": [{"from": 0, "to": 51, "amount": 60000}], "current": {"t1": 3}, "now": 0,
 "time_limit": 30}
"""


def test_reads_every_field_of_the_contract() -> None:
    problem = to_problem(read_json(EXAMPLE))
    first, second = problem.tasks
    assert (problem.unit, problem.horizon, problem.now, problem.time_limit) == (
        Unit.WEEK,
        156,
        0,
        30,
    )
    assert (first.pay, first.cost) == (Pay.SPREAD, 900)
    assert (second.case, second.duration, second.demands) == ("c1", 4, {"dpo": 1})
    assert (second.only_at, second.lag_before, second.cost) == ((10, 23), {"t0": 2}, 3000)
    assert (second.due, second.due_hard, second.fixed_start) == (None, False, None)
    assert problem.capacities[0].amount == 1
    assert problem.current == {"t1": 3}
    assert (problem.budgets[0].first, problem.budgets[0].last) == (0, 51)


def test_writes_every_field_of_the_contract() -> None:
    plan = to_json(schedule(to_problem(read(read_json(EXAMPLE)))))
    assert list(plan) == [
        "starts",
        "objective",
        "bound",
        "gap",
        "proven",
        "moved",
        "binding",
        "conflict",
        "stages",
    ]
    # t0 ends at 3, two weeks: 5; the first allowed start is 10, so t1 ends at 14 and has moved.
    assert plan["starts"] == {"t0": 0, "t1": 10}
    assert (plan["objective"], plan["bound"], plan["gap"], plan["proven"]) == (14, 14, 0, True)
    assert plan["moved"] == ["t1"]
    assert plan["conflict"] == []
    assert [item["kind"] for item in plan["binding"]] == ["calendar"]
    assert json.loads(json.dumps(plan, allow_nan=False)) == plan
    ScheduleOutput.model_validate(plan)


def test_an_impossible_problem_gives_a_conflict_in_the_language_asked_for() -> None:
    task = {"id": "a", "duration": 5, "due": 3, "due_hard": True}
    plan = schedule(to_problem({"horizon": 9, "tasks": [task]}))
    assert to_json(plan)["starts"] == {}
    assert to_json(plan)["objective"] is None
    assert to_json(plan)["conflict"] == [
        {
            "kind": "deadline",
            "label": "a",
            "text": "«\u202fa\u202f» doit être fini avant la semaine 3.",
        }
    ]
    assert to_json(plan, language="en")["conflict"][0]["text"] == "“a” must end before week 3."


def test_a_capacity_may_be_given_by_periods() -> None:
    periods = [{"from": 0, "to": 3, "amount": 0.5}, {"from": 4, "to": 9, "amount": 2}]
    problem = to_problem({"horizon": 9, "tasks": [], "capacities": {"x": periods}})
    assert problem.capacities[0].amount == (Period(0, 3, 0.5), Period(4, 9, 2))


def test_the_way_of_paying_may_be_said_once_for_all() -> None:
    tasks: list[dict[str, Any]] = [
        {"id": "a", "duration": 1},
        {"id": "b", "duration": 1, "pay": "start"},
    ]
    problem = to_problem({"horizon": 9, "pay": "spread", "tasks": tasks})
    assert [task.pay for task in problem.tasks] == [Pay.SPREAD, Pay.START]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"tasks": []}, "horizon"),
        ({"horizon": 9}, "tasks"),
        ({"horizon": 9, "tasks": [], "speed": 1}, "speed"),
        ({"horizon": 9, "tasks": [{"id": "a"}]}, "tasks[0].duration"),
        ({"horizon": 9, "tasks": [{"id": "", "duration": 1}]}, "tasks[0].id"),
        ({"horizon": 9, "tasks": [{"id": "a", "duration": "3"}]}, "tasks[0].duration"),
        ({"horizon": 9, "tasks": [{"id": "a", "duration": 1.5}]}, "tasks[0].duration"),
        ({"horizon": 9, "tasks": [{"id": "a", "duration": True}]}, "tasks[0].duration"),
        ({"horizon": 9, "tasks": [{"id": "a", "duration": 1, "pay": "late"}]}, "tasks[0].pay"),
        ({"horizon": 9, "tasks": [], "unit": "year"}, "unit"),
        ({"horizon": 9, "tasks": [], "budgets": [{"from": 0, "amount": 1}]}, "budgets[0].to"),
        ({"horizon": 9, "tasks": [], "capacities": {"x": "many"}}, "capacities.x"),
        ([], None),
    ],
)
def test_refuses_another_shape_and_says_where(document: object, path: str | None) -> None:
    with pytest.raises(RefusedError) as refused:
        to_problem(document)
    assert [problem.path for problem in refused.value.problems] == [path]


def test_its_schema_names_the_fields_as_they_are_written() -> None:
    properties = schema()["$defs"]["PeriodInput"]["properties"]
    assert list(properties) == ["from", "to", "amount"]
