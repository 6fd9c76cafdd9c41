"""The administration of an authority: what there is to look after, and its computations."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.administration import presentation, queries, services
from gouvernail.apps.jobs.queries import run_for
from gouvernail.common.fragments import show
from gouvernail.common.health import worker_heard
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail_core.kernel import RefusedError


@require_safe
@act(Act.ADMINISTER)
@never_cache
def index(request: Request) -> HttpResponse:
    """Show where to go, how much is kept, which versions run."""
    at = timezone.now()
    context = {
        "links": presentation.links(request.actor),
        "sizes": presentation.size_lines(queries.sizes_of(request.authority.pk)),
        "versions": presentation.version_lines(queries.versions()),
        "backup": queries.last_backup(request.authority),
        "worker": worker_heard(at),
        "at": at,
    }
    return render(request, "administration/index.html", context)


@require_safe
@act(Act.ADMINISTER)
@never_cache
def jobs(request: Request) -> HttpResponse:
    """List the computations."""
    runs = queries.runs_of(request.authority.pk)
    context = {"table": presentation.table(runs, request.GET.dict(), request.actor)}
    return show(request, "administration/jobs.html", "administration/_jobs.html", context)


@require_safe
@act(Act.ADMINISTER)
@never_cache
def job(request: Request, pk: int) -> HttpResponse:
    """Show how far one computation is; once it is over, the page that polled is loaded again."""
    run = run_for(request.authority.pk, pk)
    context = {"line": presentation.line(run, request.actor)}
    if not request.htmx:
        return redirect("administration:jobs")
    response = render(request, "administration/_state.html", context)
    if not run.active:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@act(Act.ADMINISTER)
def export_jobs(request: Request, form: str) -> HttpResponse:
    """Give the list of the computations."""
    head, cells = presentation.export_rows(queries.runs_of(request.authority.pk))
    return download(f"{request.authority.code}-calculs", form, _("Computations"), head, cells)


@require_POST
@act(Act.ADMINISTER)
def cancel(request: Request, pk: int) -> HttpResponse:
    """End a computation; one that ended meanwhile is left as it is."""
    run = run_for(request.authority.pk, pk)
    if services.cancel_job(request.authority.pk, run, by=request.actor, at=timezone.now()):
        messages.success(request, _("Cancelled. Nothing of it will count."))
    else:
        messages.info(request, _("This computation had already ended: nothing was cancelled."))
    return redirect("administration:jobs")


@require_POST
@act(Act.ADMINISTER)
def retry(request: Request, pk: int) -> HttpResponse:
    """Start again what ended without a result."""
    authority = request.authority.pk
    run = run_for(authority, pk)
    try:
        new = services.retry_job(authority, run, by=request.actor, at=timezone.now())
    except RefusedError as refused:
        messages.info(request, refused.problems[0].text.in_(get_language() or "fr"))
    else:
        if new:
            messages.success(request, _("Started again. You may leave this page."))
        else:
            messages.info(request, _("The same computation is already on its way."))
    return redirect("administration:jobs")
