"""The examination of files: what is due first, how far it is, what it found. Never a value."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.facts.queries import places_of
from gouvernail.apps.protection import presentation, queries, services
from gouvernail.common.fragments import show
from gouvernail.common.listing import headings
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.EXAMINE)
@never_cache
def examination(request: Request) -> HttpResponse:
    """Say what is due, how far the examination is and what it found; begin it when asked."""
    pk, refused = request.authority.pk, None
    if request.method == "POST":
        try:
            services.ask(pk, by=request.actor, at=timezone.now())
        except RefusedError as error:
            refused = error.problems
        else:
            return redirect("protection:examination")
    run = queries.latest_examination(pk)
    if request.htmx and request.GET.get("avancee"):
        response = render(request, "protection/_run.html", {"run": run})
        if run is None or not run.active:
            response["HX-Refresh"] = "true"
        return response
    params = request.GET.dict()
    places = queries.places_of(pk)
    found = queries.found_of(pk)
    columns = (
        ("gisement", _("Store"), False),
        ("classe", _("Class"), False),
        ("risque", _("Risk"), True),
        ("lu", _("Read"), True),
        ("personnes", _("People"), True),
        ("", _("What was found"), False),
    )
    duties = queries.duties_of(pk)
    context = {
        "run": run,
        "refused": refused,
        "duties": presentation.duty_rows(duties, places_of(sheet("scan_duties"), pk)),
        "missing": queries.missing_of(duties),
        "rows": presentation.examined_rows(places, found, params.get("tri", "")),
        "headings": headings(request.path, params, columns, default="risque"),
        "root": queries.root_of(pk),
        "there": any(place.there for place in places),
        "any_found": bool(found),
    }
    status = 409 if refused else 200
    response = show(request, "protection/examination.html", "protection/_examined.html", context)
    response.status_code = status
    return response


@require_POST
@act(Act.EXAMINE)
def pause(request: Request) -> HttpResponse:
    """Stop the examination where it is; it goes on from there when asked again."""
    run = queries.latest_examination(request.authority.pk)
    if run is not None and run.active:
        services.pause(request.authority.pk, run, by=request.actor, at=timezone.now())
    return redirect("protection:examination")


@require_safe
@act(Act.EXAMINE)
def store(request: Request, code: str) -> HttpResponse:
    """Show what was found in one store: its ledger, its kinds, its riskiest files."""
    found = queries.found_in(request.authority.pk, code)
    if found is None:
        raise Http404(code)
    context = {
        "found": found.found,
        "examined_at": found.examined_at,
        "kinds": presentation.kind_rows(found.found["types"]),
        "files": presentation.file_rows(found.top),
    }
    return render(request, "protection/store.html", context)


@require_safe
@act(Act.EXAMINE)
def export(request: Request, code: str, form: str) -> HttpResponse:
    """Download the riskiest files of a store."""
    found = queries.found_in(request.authority.pk, code)
    if found is None:
        raise Http404(code)
    rows = presentation.file_rows(found.top)
    return download(f"{_('examination')}-{code}", form, code, *presentation.file_export(rows))
