"""What to protect first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act, may
from gouvernail.apps.facts.queries import places_of
from gouvernail.apps.protection import presentation
from gouvernail.apps.steering.reading import reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import headings
from gouvernail.common.sheets import download
from gouvernail_core.facts import sheet

Plan = dict[str, Any]
#: What the table shows at once; the rest opens on request.
FIRST = 10


def _places(request: HttpRequest) -> dict[str, int]:
    """Return where each store is changed, nothing to those who may not."""
    if not may(request.actor, Act.EDIT_FACTS):  # type: ignore[attr-defined]
        return {}
    return places_of(sheet("stores"), request.authority.pk)  # type: ignore[attr-defined]


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
    rows = presentation.rows(plan, params.get("tri", ""), _places(request))
    context = {
        "title": presentation.protection_title(plan),
        "stores": stores,
        "rows": rows[:FIRST],
        "more": rows[FIRST:],
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
