"""The authority leaves with everything that is its own, whenever it wants."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.administration import queries, services
from gouvernail.common.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.EXPORT_AUTHORITY)
@never_cache
def export(request: Request) -> HttpResponse:
    """Say what the export holds, how far it is, and where it is once ready; make it when asked."""
    pk, at = request.authority.pk, timezone.now()
    if request.method == "POST":
        services.ask_export(pk, by=request.actor, at=at)
        return redirect("administration:export")
    run = queries.latest_export(pk)
    if request.htmx:
        response = render(request, "administration/_export.html", {"run": run})
        if run is None or not run.active:
            response["HX-Refresh"] = "true"
        return response
    context = {"run": run, "exports": queries.exports_of(pk, at=at)} | queries.export_holds(pk)
    return render(request, "administration/export.html", context)


@require_safe
@act(Act.EXPORT_AUTHORITY)
def take(request: Request, uid: UUID) -> FileResponse:
    """Give an export to keep."""
    return given(request, uid)


def given(request: Request, uid: UUID) -> FileResponse:
    """Return an export: never shown by the browser, never kept by a relay."""
    at = timezone.now()
    found = queries.export_for(request.authority.pk, uid, at=at)
    if request.method == "GET":
        services.note_taken(found, by=request.actor, at=at)
    response = FileResponse(
        queries.path_of(found).open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/zip",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
