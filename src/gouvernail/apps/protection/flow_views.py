"""How data move between services: a picture and its table; what may be shared, for the open web."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.protection import presentation, queries
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import headings
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail_core.protection import catalogue as catalogue_of
from gouvernail_core.protection import flow_findings, kept_out, picture


@require_safe
@act(Act.READ)
def flows(request: Request) -> HttpResponse:
    """Show the flows: silos and single points first, the picture, the table."""
    pk, params = request.authority.pk, request.GET.dict()
    found, stores, known = queries.flows_of(pk), queries.stores_of(pk), queries.services_of(pk)
    names = {service.id: service.name for service in known}
    columns = (
        ("de", _("Who gives"), False),
        ("vers", _("Who receives"), False),
        ("", _("What"), False),
        ("moyen", _("Means"), False),
        ("personnelles", _("Personal data"), False),
        ("", _("Rests on"), False),
    )
    context = {
        "findings": presentation.finding_rows(flow_findings(found, stores, known)),
        "picture": picture(found, known),
        "rows": presentation.flow_rows(found, names, params.get("tri", "")),
        "headings": headings(request.path, params, columns, default="de"),
        "exports": exports("protection:export_flows", params),
        "kept_out": presentation.kept_out_rows(kept_out(stores)),
        "shared": len(stores) - len(kept_out(stores)),
    }
    return show(request, "protection/flows.html", "protection/_flows.html", context)


@require_safe
@act(Act.READ)
def export(request: Request, form: str) -> HttpResponse:
    """Download the flows."""
    pk = request.authority.pk
    names = {service.id: service.name for service in queries.services_of(pk)}
    rows = presentation.flow_rows(queries.flows_of(pk), names, request.GET.get("tri", ""))
    return download(_("flows"), form, _("Flows"), *presentation.flow_export(rows))


@require_safe
@act(Act.READ)
def catalogue(request: Request) -> HttpResponse:
    """Give the catalogue of what may be shared, in DCAT-AP."""
    pk, today = request.authority.pk, timezone.localdate()
    names = {service.id: service.name for service in queries.services_of(pk)}
    body = catalogue_of(
        queries.stores_of(pk), authority=request.authority.name, on=today, services=names
    )
    response = HttpResponse(body, content_type="application/ld+json")
    response["Content-Disposition"] = 'attachment; filename="catalogue.jsonld"'
    return response
