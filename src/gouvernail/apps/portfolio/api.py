"""Operations on the cases of the plan and on the AI that is already there."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Router, Schema

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.portfolio.case_documents import names_of
from gouvernail.apps.portfolio.exploring import fiche
from gouvernail.apps.steering.queries import whole_case, whole_cases
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail.formats.plan import CaseValue, ExistingUseValue
from gouvernail_core.access import Act

router = Router()


class CasesOut(Page[CaseValue]):
    """Some cases of the plan."""

    computed: Computed


class UsesOut(Page[ExistingUseValue]):
    """Some of the AI already there."""

    computed: Computed


class CaseOut(Schema):
    """A case, what its fiche still lacks, and its documents, by their names in the plan's."""

    computed: Computed
    case: CaseValue
    documents: list[str]
    complete: bool
    unwritten: int
    questions: int


@router.get("cases", auth=needs(Act.READ), response=CasesOut, by_alias=True)
def cases(request: Request, stage: str = "", limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the cases, all of them or those of a stage."""
    view = view_of(request)
    found = [each["id"] for each in view.plan["cases"] if not stage or each["stage"] == stage]
    whole = {each["id"]: each for each in whole_cases(view, found[offset : offset + limit])}
    return told(view, **page(request, found, limit, offset, whole.__getitem__))


@router.get("cases/{str:code}", auth=needs(Act.READ), response=CaseOut, by_alias=True)
def case(request: Request, code: str) -> Any:
    """Give a case."""
    view = view_of(request)
    found = whole_case(view, code)
    if found is None:
        raise Http404(code)
    state = fiche(found)
    return told(
        view,
        case=found,
        documents=names_of(view, code),
        complete=state.complete,
        unwritten=state.unwritten,
        questions=state.questions,
    )


@router.get("existing-uses", auth=needs(Act.READ), response=UsesOut, by_alias=True)
def uses(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the AI that is already there."""
    view = view_of(request)
    found = view.plan["existing_uses"]
    return told(view, **page(request, found, limit, offset, dict))
