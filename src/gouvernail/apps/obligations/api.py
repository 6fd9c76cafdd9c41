"""Operations on what the law asks."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.obligations.papers import PaperLine, paper_lines, with_chosen
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


class PaperOut(Schema):
    """A paper to sign: whether it is asked and why, of which case ("" is the authority)."""

    code: str
    title: str
    case: str
    need: str
    why: str
    signed_by: str
    by: str
    documents: list[str]


class PapersOut(Schema):
    """The papers, the one to do now first; the documents are named as those of the plan."""

    computed: Computed
    papers: list[PaperOut]


@router.get("papers", auth=needs(Act.READ), response=PapersOut, by_alias=True)
def papers(request: Request) -> Any:
    """List the papers of the authority and of the proposed cases, in the order of signing."""
    view = with_chosen(view_of(request))
    return told(view, papers=[_paper(line) for line in paper_lines(view)])


def _paper(line: PaperLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "title": line.title,
        "case": line.case,
        "need": line.need,
        "why": line.why,
        "signed_by": line.signed_by,
        "by": line.by,
        "documents": list(line.documents),
    }
