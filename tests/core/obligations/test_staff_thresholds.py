"""Fifty and two hundred staff members: below, at, and what stays unknown."""

from datetime import date
from typing import Any

import pytest

from gouvernail_core.kernel import Outcome, Ternary
from gouvernail_core.obligations import Assessment, Situation, assess

ON = date(2026, 11, 22)


def judged(**facts: Any) -> Assessment:
    return assess(
        Situation.of({f"authority.{name}": value for name, value in facts.items()}), on=ON
    )


@pytest.mark.parametrize(("agents", "body"), [(0, "cdg"), (49, "cdg"), (50, "propre")])
def test_an_authority_has_its_own_committee_from_fifty_staff(agents: int, body: str) -> None:
    assert judged(agents=agents).derived.staff_body == body


def test_does_not_guess_the_committee_without_the_staff() -> None:
    found = judged(type="commune")
    assert found.derived.staff_body is None
    assert found.finding("DS-CDG").outcome is Outcome.TO_EXAMINE


def test_a_stated_committee_wins_over_the_threshold() -> None:
    assert judged(agents=30, cst="commun").derived.staff_body == "commun"
    assert judged(agents=30, cst="commun").finding("DS-CDG").outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"agents": 199, "type": "commune"}, Ternary.NO),
        ({"agents": 200, "type": "commune"}, Ternary.YES),
        ({"agents": 200}, Ternary.YES),
        ({"agents": 30, "type": "sdis"}, Ternary.YES),
        ({"type": "sdis"}, Ternary.YES),
        ({"agents": 120, "has_fs": True}, Ternary.YES),
        ({"agents": 900, "has_fs": False}, Ternary.NO),
        ({"type": "commune"}, Ternary.UNKNOWN),
        ({"agents": 120}, Ternary.UNKNOWN),
    ],
)
def test_a_panel_exists_from_two_hundred_staff_or_in_a_fire_service(
    facts: dict[str, Any], expected: Ternary
) -> None:
    assert judged(**facts).derived.specialised_panel is expected


def test_says_aloud_that_a_small_authority_is_presumed_without_panel() -> None:
    reasons = judged(agents=199, type="commune").derived.reasons["specialised_panel"]
    assert "sauf délibération" in reasons[0].text.fr


@pytest.mark.parametrize(
    ("population", "outcome"), [(50_000, Outcome.NOT_APPLICABLE), (50_001, Outcome.DUE)]
)
def test_a_digital_strategy_is_due_above_fifty_thousand_inhabitants(
    population: int, outcome: Outcome
) -> None:
    found = judged(type="commune", population=population)
    assert found.finding("ENV-REEN").outcome is outcome


@pytest.mark.parametrize(
    ("work", "agents", "reorganisation", "code"),
    [
        (["organisation", "cadences"], 300, False, "committee-alone"),
        (["cadences"], 300, False, "panel"),
        (["cadences"], 199, False, "committee-without-panel"),
    ],
)
def test_the_committee_alone_is_heard_when_both_bodies_would_be(
    work: list[str], agents: int, reorganisation: bool, code: str
) -> None:
    facts = {
        "authority.type": "commune",
        "authority.agents": agents,
        "use_case.is_ai_system": True,
        "use_case.work_impact": work,
        "use_case.psychosocial_risk": True,
        "use_case.important_project": True,
        "use_case.part_of_reorganisation": reorganisation,
    }
    found = assess(Situation.of(facts), on=ON, ask=False).finding("DS-ARTIC")
    assert found.outcome is Outcome.DUE
    assert code in [reason.code for reason in found.reasons]


def test_gives_the_days_to_hold_for_the_next_sitting() -> None:
    facts = {
        "use_case.work_impact": ["organisation"],
        "authority.next_cst_dates": ["2026-11-01", "2026-12-03", "2027-03-18"],
    }
    found = assess(Situation.of(facts), on=ON, ask=False).finding("DS-DELAIS")
    said = next(reason.text.fr for reason in found.reasons if reason.code == "calendar")
    assert "3 décembre 2026" in said
    assert "18 novembre 2026" in said
    assert "25 novembre 2026" in said
