"""Operations on what the law asks."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Router, Schema

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.obligations import validation as maps
from gouvernail.apps.obligations.papers import PaperLine, paper_lines, with_chosen
from gouvernail.apps.steering.queries import whole_plan
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common.request import Request
from gouvernail.formats.plan import AuthorityFindings, CaseFindings, FollowUpValue, SittingValue
from gouvernail_core.access import Act
from gouvernail_core.obligations import Rate, ValidatedAct

router = Router()


class RateOut(Schema):
    """A share in [0, 1] with its interval at 95 %; null with the reason when it is not given."""

    count: int | None
    of: int | None
    share: float | None
    low: float | None
    high: float | None
    refused_fr: str
    refused_en: str


class ValidatedActOut(Schema):
    """An act prepared with AI: who validates it and what its periods show, never by person."""

    case: str
    act: str
    asked: Literal["yes", "no", "unknown"]
    rules: list[str]
    validators: list[str]
    legal_basis: str
    look_at: list[str]
    sample_percent: float | None
    second_reader: str
    expected: int | None
    read_again: int
    changed: RateOut
    wrong: RateOut


class ValidationOut(Schema):
    """The map of validation."""

    computed: Computed
    acts: list[ValidatedActOut]


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


@router.get("validation", auth=needs(Act.READ), response=ValidationOut)
def validation(request: Request) -> Any:
    """Give who validates each act, under which text, and what shows that it is read."""
    view = view_of(request)
    acts = maps.found_of(view, request.authority.pk)
    return told(view, acts=[_act(each).model_dump(mode="json") for each in acts])


def _act(each: ValidatedAct) -> ValidatedActOut:
    row = each.validation
    return ValidatedActOut(
        case=each.case,
        act=each.act,
        asked=each.asked.value,
        rules=list(each.rules),
        validators=list(row.validators) if row else [],
        legal_basis=row.legal_basis if row else "",
        look_at=list(row.look_at) if row else [],
        sample_percent=row.sample_percent if row else None,
        second_reader=row.second_reader if row else "",
        expected=each.expected,
        read_again=each.read_again,
        changed=_rate(each.overridden),
        wrong=_rate(each.wrong),
    )


def _rate(rate: Rate) -> RateOut:
    """Return a rate; a refused one does not give its figures either."""
    known = rate.share is not None
    return RateOut(
        count=rate.count if known else None,
        of=rate.of if known else None,
        share=rate.share,
        low=rate.low,
        high=rate.high,
        refused_fr=rate.refused.fr if rate.refused else "",
        refused_en=rate.refused.en if rate.refused else "",
    )
