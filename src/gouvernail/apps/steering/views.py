"""Asking for the plan, following its computation, taking its documents."""

from __future__ import annotations

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.jobs.queries import run_for
from gouvernail.apps.journal.services import record
from gouvernail.apps.steering import queries, services
from gouvernail.common.request import Request


@require_POST
@act(Act.RUN)
def ask(request: Request) -> HttpResponse:
    """Ask for the plan; who asks while it is computed follows the same computation."""
    run = services.request_run(request.authority.pk, by=request.actor, at=timezone.now())
    return redirect("steering:progress", run.id)


@require_safe
@act(Act.READ)
@never_cache
def progress(request: Request, pk: int) -> HttpResponse:
    """Show how far a computation is; once it is over, the page that polled is loaded again."""
    run = run_for(request.authority.pk, pk)
    if request.htmx:
        response = render(request, "steering/_progress.html", {"run": run})
        if not run.active:
            response["HX-Refresh"] = "true"
        return response
    return render(request, "steering/progress.html", {"run": run})


@require_safe
@act(Act.READ)
def document(request: Request, result: int, name: str) -> HttpResponse | FileResponse:
    """Give a document of a plan of this authority, as a file to keep."""
    path = queries.document_for(request.authority.pk, result, name)
    with transaction.atomic():
        record("document-taken", by=request.actor, at=timezone.now(), subject=name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
