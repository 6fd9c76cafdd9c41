"""Operations on the whole of an authority: its export, its computations, how much is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.utils import timezone
from ninja import Router, Schema, Status

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.administration import mail_api, queries, services
from gouvernail.apps.administration.export_views import given
from gouvernail.apps.administration.models import Export
from gouvernail.apps.jobs.queries import Progress, run_for
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail_core.access import Act

router = Router()
router.add_router("", mail_api.router)


class JobOut(Schema):
    """A computation: what it does, how far it is, how it ended."""

    id: int
    kind: str
    state: str
    percent: int
    attempts: int
    message_fr: str
    message_en: str
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ExportOut(Schema):
    """An export ready to be taken until `until`."""

    uid: UUID
    name: str
    size: int
    made_at: datetime
    until: datetime


class LookedAfter(Schema):
    """How much is kept at that moment, and which versions run."""

    at: datetime
    sizes: queries.Sizes
    versions: queries.Versions


@router.get("administration", auth=needs(Act.ADMINISTER), response=LookedAfter)
def index(request: Request) -> Any:
    """Say how much is kept and which versions run."""
    return LookedAfter(
        at=timezone.now(),
        sizes=queries.sizes_of(request.authority.pk),
        versions=queries.versions(),
    )


@router.post("exports", auth=needs(Act.EXPORT_AUTHORITY), response={202: JobOut})
def export(request: Request) -> Any:
    """Ask for everything that is the authority's own, in open formats (zip)."""
    run = services.ask_export(request.authority.pk, by=request.actor, at=timezone.now())
    return Status(202, job_out(run))


@router.get("exports", auth=needs(Act.EXPORT_AUTHORITY), response=list[ExportOut])
def exports(request: Request) -> list[Export]:
    """List the exports that are ready."""
    return queries.exports_of(request.authority.pk, at=timezone.now())


@router.get("exports/{uuid:uid}", auth=needs(Act.EXPORT_AUTHORITY))
def take(request: Request, uid: UUID) -> FileResponse:
    """Give an export that is ready."""
    return given(request, uid)


@router.get("jobs", auth=needs(Act.ADMINISTER), response=Page[JobOut])
def jobs(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the latest computations."""
    return page(request, queries.runs_of(request.authority.pk), limit, offset, job_out)


@router.get("jobs/{int:pk}", auth=needs(Act.ADMINISTER), response=JobOut)
def job(request: Request, pk: int) -> JobOut:
    """Say how far a computation is."""
    return job_out(run_for(request.authority.pk, pk))


@router.post("jobs/{int:pk}/cancel", auth=needs(Act.ADMINISTER), response=JobOut)
def cancel(request: Request, pk: int) -> JobOut:
    """Cancel a computation; one that ended meanwhile is left as it is, and told as it is."""
    authority = request.authority.pk
    run = run_for(authority, pk)
    services.cancel_job(authority, run, by=request.actor, at=timezone.now())
    return job_out(run_for(authority, pk))


@router.post("jobs/{int:pk}/retry", auth=needs(Act.ADMINISTER), response={202: JobOut})
def retry(request: Request, pk: int) -> Any:
    """Start again what ended without a result; give the new computation, or the one on its way."""
    authority = request.authority.pk
    run = run_for(authority, pk)
    new = services.retry_job(authority, run, by=request.actor, at=timezone.now())
    return Status(202, job_out(new or queries.latest_run(authority, run.kind)))


def job_out(run: Progress) -> JobOut:
    """Return a computation as it is told."""
    return JobOut(
        id=run.id,
        kind=run.kind,
        state=run.state,
        percent=run.percent,
        attempts=run.attempts,
        message_fr=run.message.fr,
        message_en=run.message.en,
        asked_by=run.asked_by,
        asked_at=run.asked_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
    )
