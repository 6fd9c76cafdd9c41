"""What the law asks of the authority and of each case, and the sittings to come."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.obligations import papers as papers_shown
from gouvernail.apps.obligations import presentation
from gouvernail.apps.steering.queries import duties_plan, whole_plan
from gouvernail.apps.steering.reading import plan_of, reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import Filters, paged
from gouvernail.common.sheets import download

Plan = dict[str, Any]
#: The sittings shown here; the roadmap shows them all.
FIRST_SITTINGS = 5


@require_safe
@act(Act.READ)
@reads_plan
def duties(request: HttpRequest, _plan: Plan) -> HttpResponse:
    """Show the duties that the filters keep, crossed with the cases, then one by one."""
    params = request.GET.dict()
    plan, wanted = _asked(request)
    groups = presentation.groups(plan, wanted)
    summaries = () if wanted.active else presentation.summaries(plan)
    context = {
        "title": presentation.duties_title(plan),
        "filters": wanted,
        "groups": groups,
        "count": sum(len(group.findings) + len(group.aside) for group in groups),
        "matrix": presentation.matrix(plan, wanted),
        "matrix_cases": presentation.matrix_cases(plan, wanted),
        "too_many": presentation.too_many(plan, wanted),
        "questions": presentation.questions(plan),
        "plan": plan,
        "rules": presentation.rules_moved(plan_of(request)),
        "page": paged(summaries, request.path, params),
        "sittings": presentation.sittings(plan)[:FIRST_SITTINGS],
        "titles": {case["id"]: case["title"] for case in plan["cases"]},
        "exports": exports("obligations:export", params),
    }
    return show(request, "obligations/duties.html", "obligations/_results.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, _plan: Plan, form: str) -> HttpResponse:
    """Download the same duties as the page shows."""
    plan, wanted = _asked(request, everything=True)
    groups = presentation.groups(plan, wanted, everything=True)
    headings, rows = presentation.export_rows(groups)
    return download(_("duties"), form, _("Duties"), headings, rows)


@require_safe
@act(Act.READ)
@reads_plan
def papers(request: HttpRequest, _plan: Plan) -> HttpResponse:
    """Offer the papers to sign, one at a time."""
    view = plan_of(request)
    assert view is not None  # `reads_plan` answered otherwise
    view = papers_shown.with_chosen(view)
    wanted = papers_shown.filters(view, request.GET.dict(), request.path)
    page = papers_shown.papers_page(view, wanted.value("cas"))
    context = {"title": papers_shown.page_title(page), "page": page, "filters": wanted}
    return show(request, "obligations/papers.html", "obligations/_papers.html", context)


def _asked(request: HttpRequest, *, everything: bool = False) -> tuple[Plan, Filters]:
    """Return the plan with what the rules say, and the filters.

    The cases whose findings are shown one by one are whole: that of the filter, all of them when
    another filter is in force, none on the page without a filter.
    """
    view = plan_of(request)
    assert view is not None  # `reads_plan` answered otherwise
    plan = duties_plan(view)
    wanted = presentation.filters(plan, request.GET.dict(), request.path)
    case = wanted.value("cas")
    if case == presentation.AUTHORITY:
        return plan, wanted
    if case:
        return duties_plan(view, whole=(case,)), wanted
    return whole_plan(view) if wanted.active or everything else plan, wanted
