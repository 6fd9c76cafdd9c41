"""Operations on what the law asks."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.steering.queries import whole_plan
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common.request import Request
from gouvernail.formats.plan import AuthorityFindings, CaseFindings, FollowUpValue, SittingValue
from gouvernail_core.access import Act

router = Router()


class CaseDuties(Schema):
    """What the law asks for a case."""

    case: str
    obligations: CaseFindings


class DutiesOut(Schema):
    """What the law asks of the authority and of each case; the sittings, what opinions call for."""

    computed: Computed
    authority: AuthorityFindings
    cases: list[CaseDuties]
    sittings: list[SittingValue]
    follow_ups: list[FollowUpValue]


@router.get("obligations", auth=needs(Act.READ), response=DutiesOut, by_alias=True)
def duties(request: Request) -> Any:
    """Give what the law asks, with its reasons, its sources and what is missing to know."""
    view = view_of(request)
    cases = whole_plan(view)["cases"]
    return told(
        view,
        authority=view.plan["obligations"],
        cases=[{"case": each["id"], "obligations": each["obligations"]} for each in cases],
        sittings=view.plan["dialogue"]["sittings"],
        follow_ups=view.plan["dialogue"].get("follow_ups", []),
    )
