"""Which body is heard, at each threshold and for each kind of matter."""

from datetime import date

import pytest

from gouvernail_core.dialogue import Routing, StaffBody, body_for
from gouvernail_core.kernel import Ternary

ON = date(2027, 1, 5)
YES, NO, UNKNOWN = Ternary.YES, Ternary.NO, Ternary.UNKNOWN


def routed(
    agents: int | None, kind: str | None, organisation: Ternary, reorganisation: Ternary = NO
) -> Routing:
    return body_for(agents, kind, on=ON, organisation=organisation, reorganisation=reorganisation)


@pytest.mark.parametrize(
    ("agents", "organisation", "body"),
    [
        (49, YES, StaffBody.CDG_CST),
        (50, YES, StaffBody.CST),
        (49, NO, StaffBody.CDG_CST),
        (199, NO, StaffBody.CST),
        (200, NO, StaffBody.FS),
        (200, YES, StaffBody.CST),
    ],
)
def test_a_commune_hears_the_body_of_its_size(
    agents: int, organisation: Ternary, body: StaffBody
) -> None:
    assert routed(agents, "commune", organisation).body is body


def test_a_fire_service_hears_its_panel_whatever_its_size() -> None:
    assert routed(60, "sdis", NO).body is StaffBody.FS
    assert routed(None, "sdis", NO).body is StaffBody.FS


def test_a_reorganisation_goes_to_the_committee_alone() -> None:
    assert routed(900, "commune", NO, YES).body is StaffBody.CST


def test_a_panel_created_by_deliberation_is_heard() -> None:
    found = body_for(120, "commune", on=ON, organisation=NO, reorganisation=NO, has_panel=YES)
    assert found.body is StaffBody.FS


@pytest.mark.parametrize(
    ("agents", "organisation", "reorganisation", "missing"),
    [
        (None, YES, NO, "authority.agents"),
        (None, NO, NO, "authority.agents"),
        (300, UNKNOWN, NO, "use_case.work_impact"),
        (300, NO, UNKNOWN, "use_case.part_of_reorganisation"),
    ],
)
def test_names_what_is_missing_rather_than_guess(
    agents: int | None, organisation: Ternary, reorganisation: Ternary, missing: str
) -> None:
    found = routed(agents, "commune", organisation, reorganisation)
    assert found.body is None
    assert missing in found.missing
    assert found.reasons


def test_a_stated_committee_wins_over_the_threshold() -> None:
    found = body_for(30, "ccas_cias", on=ON, organisation=YES, committee_code="commun")
    assert found.body is StaffBody.CST
