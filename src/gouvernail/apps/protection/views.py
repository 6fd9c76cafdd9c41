"""What to protect first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.protection import presentation
from gouvernail.apps.steering.reading import reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import headings
from gouvernail.common.sheets import download

Plan = dict[str, Any]


@require_safe
@act(Act.READ)
@reads_plan
def ranking(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the stores in the order of protection, and what nobody has looked at."""
    params = request.GET.dict()
    columns = (
        ("rang", _("Rank"), False),
        ("gisement", _("Store"), False),
        ("classe", _("Class"), False),
        ("", _("Examination"), False),
        ("lecteurs", _("Readers"), True),
        ("documents", _("Documents"), True),
        ("", _("Hosting"), False),
        ("", _("Why here"), False),
    )
    stores = plan.get("protect_first") or []
    context = {
        "title": presentation.protection_title(plan),
        "stores": stores,
        "rows": presentation.rows(plan, params.get("tri", "")),
        "coverage": presentation.coverage(stores),
        "unseen": presentation.unseen(stores),
        "headings": headings(request.path, params, columns, default="rang"),
        "exports": exports("protection:export", params),
    }
    return show(request, "protection/ranking.html", "protection/_stores.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, plan: Plan, form: str) -> HttpResponse:
    """Download the ranking."""
    rows = presentation.rows(plan, request.GET.get("tri", ""))
    return download(_("protection"), form, _("Protection"), *presentation.export_rows(rows))
