"""What the law asks of the authority and of each case, and the sittings to come."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.obligations import presentation
from gouvernail.apps.steering.reading import reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.sheets import download

Plan = dict[str, Any]
#: The sittings shown here; the roadmap shows them all.
FIRST_SITTINGS = 5


@require_safe
@act(Act.READ)
@reads_plan
def duties(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the duties that the filters keep, crossed with the cases, then one by one."""
    params = request.GET.dict()
    wanted = presentation.filters(plan, params, request.path)
    groups = presentation.groups(plan, wanted)
    context = {
        "title": presentation.duties_title(plan),
        "filters": wanted,
        "groups": groups,
        "count": sum(len(group.findings) + len(group.aside) for group in groups),
        "matrix": presentation.matrix(plan, wanted),
        "matrix_cases": presentation.matrix_cases(plan, wanted),
        "questions": presentation.questions(plan),
        "plan": plan,
        "summaries": () if wanted.active else presentation.summaries(plan),
        "sittings": presentation.sittings(plan)[:FIRST_SITTINGS],
        "titles": {case["id"]: case["title"] for case in plan["cases"]},
        "exports": exports("obligations:export", params),
    }
    return show(request, "obligations/duties.html", "obligations/_results.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, plan: Plan, form: str) -> HttpResponse:
    """Download the same duties as the page shows."""
    wanted = presentation.filters(plan, request.GET.dict(), request.path)
    groups = presentation.groups(plan, wanted, everything=True)
    headings, rows = presentation.export_rows(groups)
    return download(_("duties"), form, _("Duties"), headings, rows)
