"""The nine cases of the example, all planned at once: the calendar is proven, and it holds."""

from datetime import date

import pytest

from gouvernail.demo.example import example_rows
from gouvernail_core.facts import build
from gouvernail_core.roadmap import violations
from gouvernail_core.steering.consulting import consultation_status
from gouvernail_core.steering.law import law_of_cases
from gouvernail_core.steering.planning import plan_of

pytestmark = pytest.mark.slow
ON = date(2026, 11, 23)


def test_the_calendar_of_the_nine_cases_is_proven_and_breaks_nothing():
    facts = build(example_rows())
    law = law_of_cases(facts, on=ON)
    planning = plan_of(
        facts,
        [case.id for case in facts.use_cases],
        on=ON,
        findings={code: (*said.own, *said.authority) for code, said in law.items()},
        consultations={
            case.id: consultation_status(facts, case, law[case.id], on=ON)
            for case in facts.use_cases
        },
        worth={case.id: 5.0 - 0.3 * rank for rank, case in enumerate(facts.use_cases)},
        time_limit=90,
    )
    assert len({task.case for task in planning.problem.tasks}) == 9
    assert planning.plan.proven
    assert planning.plan.gap == 0
    assert violations(planning.problem, planning.plan.starts) == ()
