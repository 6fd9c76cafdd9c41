"""Operations on the plan: ask for it, follow its computation, read it, take its documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from ninja import Router, Schema, Status

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.jobs.queries import Progress, run_for
from gouvernail.apps.journal.services import record
from gouvernail.apps.steering import queries, services
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common.request import Request
from gouvernail.formats.plan import PlanValue
from gouvernail_core.access import Act

router = Router()


class RunOut(Schema):
    """How far a computation is."""

    id: int
    state: str
    percent: int
    message_fr: str
    message_en: str
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None


class PlanOut(Schema):
    """The latest plan, how true it still is, and its documents."""

    computed: Computed
    documents: list[str]
    plan: PlanValue


@router.get("plan", auth=needs(Act.READ), response=PlanOut, by_alias=True)
def plan(request: Request) -> Any:
    """Give the whole of the latest plan."""
    view = view_of(request)
    return told(view, documents=list(view.documents), plan=queries.whole_plan(view))


@router.post("plan/runs", auth=needs(Act.RUN), response={202: RunOut})
def ask(request: Request) -> Any:
    """Ask for the plan; who asks while it is computed follows the same computation."""
    run = services.request_run(request.authority.pk, by=request.actor, at=timezone.now())
    return Status(202, _run(run))


@router.get("plan/runs/{int:pk}", auth=needs(Act.READ), response=RunOut)
def progress(request: Request, pk: int) -> RunOut:
    """Say how far a computation is."""
    return _run(run_for(request.authority.pk, pk))


@router.get("plan/{int:result}/documents/{path:name}", auth=needs(Act.READ))
def document(request: Request, result: int, name: str) -> FileResponse:
    """Give a document of a plan."""
    path = queries.document_for(request.authority.pk, result, name)
    with transaction.atomic():
        record("document-taken", by=request.actor, at=timezone.now(), subject=name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def _run(run: Progress) -> RunOut:
    return RunOut(
        id=run.id,
        state=run.state,
        percent=run.percent,
        message_fr=run.message.fr,
        message_en=run.message.en,
        asked_by=run.asked_by,
        asked_at=run.asked_at,
        finished_at=run.finished_at,
    )
