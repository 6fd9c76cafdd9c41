"""What to protect first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act, may
from gouvernail.apps.facts.queries import places_of
from gouvernail.apps.protection import presentation, queries
from gouvernail.apps.steering.reading import reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import headings
from gouvernail.common.sheets import download
from gouvernail_core.facts import sheet

Plan = dict[str, Any]
#: What the table shows at once; the rest opens on request.
FIRST = 10
#: Days of work for the first acts, until somebody says another number.
DAYS = 5.0


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
    pk = request.authority.pk  # type: ignore[attr-defined]
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
        "others": rows[FIRST:],
        "coverage": presentation.coverage(stores),
        "unseen": presentation.unseen(stores),
        "headings": headings(request.path, params, columns, default="rang"),
        "exports": exports("protection:export", params),
        "matrix": presentation.matrix_lines(queries.choices_of(pk)),
        "tools": presentation.matrix_heads(),
    } | _acts(request, pk)
    return show(request, "protection/ranking.html", "protection/_stores.html", context)


def _acts(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return what to do first in a number of days, nothing before files were examined."""
    found = queries.found_of(pk)
    if not found:
        return {"examined": False}
    days = _days(request.GET.get("jours", ""))
    stores = queries.stores_of(pk)
    plan = queries.acts_plan(pk, stores, found, days)
    names = {store.id: store.name for store in stores}
    return {
        "examined": True,
        "days": days,
        "acts": presentation.act_rows(plan, names),
        "acts_plan": plan,
        "left": 100 * plan.after / plan.before if plan.before else 0.0,
        "one_more": presentation.more_time(plan, names),
        "unweighed": [names.get(each, each) for each in plan.unweighed],
    }


def _days(given: str) -> float:
    """Return the days of work typed, ours when they are none; a comma is a point."""
    try:
        days = float(given.replace(",", "."))
    except ValueError:
        return DAYS
    return min(max(days, 0.0), 365.0) if days == days else DAYS


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, plan: Plan, form: str) -> HttpResponse:
    """Download the ranking."""
    rows = presentation.rows(plan, request.GET.get("tri", ""))
    return download(_("protection"), form, _("Protection"), *presentation.export_rows(rows))
