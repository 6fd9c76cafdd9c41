"""Operations on what to protect first."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from ninja import Router, Schema, Status

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.protection import queries, services
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail.formats.plan import ProtectFirstValue
from gouvernail_core.access import Act
from gouvernail_core.protection import DataFlow
from gouvernail_core.protection import catalogue as catalogue_of

router = Router()


class RankingOut(Page[ProtectFirstValue]):
    """Some stores, in the order of protection."""

    computed: Computed


@router.get("protection", auth=needs(Act.READ), response=RankingOut, by_alias=True)
def ranking(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the stores in the order of protection, each with its reasons."""
    view = view_of(request)
    found = view.plan["protect_first"]
    return told(view, **page(request, found, limit, offset, dict))


class RunValue(Schema):
    """How far a computation is."""

    id: int
    state: str
    percent: int


class FlowValue(Schema):
    """What one service gives another."""

    id: str
    giver: str
    receiver: str
    what: str
    means: str | None
    store: str
    carrier: str
    personal: str


class FlowsOut(Page[FlowValue]):
    """Some flows, in the order of the sheet."""


class ExaminationOut(Schema):
    """How far the examination of the files is, and what it says of each store; never a value."""

    run: RunValue | None
    missing_duties: list[str]
    stores: list[dict[str, Any]]


class StoreOut(Schema):
    """What the last examination says of a store, and its riskiest files."""

    examined_at: datetime
    found: dict[str, Any]
    files: list[dict[str, Any]]


@router.get("protection/flows", auth=needs(Act.READ), response=FlowsOut)
def flows(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List what services give one another."""
    return page(request, queries.flows_of(request.authority.pk), limit, offset, _flow)


@router.get("protection/catalogue", auth=needs(Act.READ), response=dict[str, Any])
def catalogue(request: Request) -> Any:
    """Give the catalogue of what may be shared, in DCAT-AP (JSON-LD)."""
    pk = request.authority.pk
    names = {service.id: service.name for service in queries.services_of(pk)}
    text = catalogue_of(
        queries.stores_of(pk),
        authority=request.authority.name,
        on=timezone.localdate(),
        services=names,
    )
    return json.loads(text)


@router.get("protection/examination", auth=needs(Act.EXAMINE), response=ExaminationOut)
def examination(request: Request) -> Any:
    """Say how far the examination of the files is and what was found in each store."""
    return _examination(request.authority.pk)


@router.post("protection/examination", auth=needs(Act.EXAMINE), response={202: ExaminationOut})
def ask_examination(request: Request) -> Any:
    """Ask for the files to be examined, or go on; refused until its own duties are done."""
    services.ask(request.authority.pk, by=request.actor, at=timezone.now())
    return Status(202, _examination(request.authority.pk))


@router.post("protection/examination/pause", auth=needs(Act.EXAMINE), response=ExaminationOut)
def pause_examination(request: Request) -> Any:
    """Stop the examination where it is; asked again, it goes on from there."""
    run = queries.latest_examination(request.authority.pk)
    if run is not None and run.active:
        services.pause(request.authority.pk, run, by=request.actor, at=timezone.now())
    return _examination(request.authority.pk)


@router.get("protection/examination/stores/{slug:code}", auth=needs(Act.EXAMINE), response=StoreOut)
def examined_store(request: Request, code: str) -> Any:
    """Give what was found in a store: counts, class, risk, masked shapes, its riskiest files."""
    found = queries.found_in(request.authority.pk, code)
    if found is None:
        raise Http404(code)
    return {"examined_at": found.examined_at, "found": found.found, "files": found.top}


def _examination(authority_id: int) -> dict[str, Any]:
    run, duties = queries.latest_examination(authority_id), queries.duties_of(authority_id)
    return {
        "run": run and RunValue(id=run.id, state=run.state, percent=run.percent),
        "missing_duties": [duty.value for duty in queries.missing_of(duties)],
        "stores": [each.found for each in queries.found_of(authority_id).values()],
    }


def _flow(flow: DataFlow) -> dict[str, Any]:
    return {
        "id": flow.id,
        "giver": flow.giver,
        "receiver": flow.receiver,
        "what": flow.what,
        "means": flow.means and flow.means.value,
        "store": flow.store,
        "carrier": flow.carrier,
        "personal": flow.personal.value,
    }
