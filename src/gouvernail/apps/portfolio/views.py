"""The portfolio: its board and its table, one case, the fiches, the AI that is already there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.portfolio import case_page, existing_uses, exploring, presentation
from gouvernail.apps.steering.reading import reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import address, headings
from gouvernail.common.sheets import download

Plan = dict[str, Any]


@require_safe
@act(Act.READ)
@reads_plan
def board(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the cases by stage and in a table, filtered and sorted as the address says."""
    params, path = request.GET.dict(), request.path
    wanted = presentation.filters(plan, params, path)
    year = presentation.cost_year(plan)
    cases = presentation.kept_cases(plan["cases"], wanted)
    columns = (
        ("cas", _("Use case"), False),
        ("etape", _("Stage"), False),
        ("binome", _("Pair: élu, director"), False),
        ("", _("Gates"), False),
        ("cout", _("Cost in %(year)s") % {"year": year}, True),
        ("jours", _("Days"), True),
    )
    context = {
        "title": presentation.portfolio_title(plan["cases"]),
        "filters": wanted,
        "year": year,
        "view": "tableau" if params.get("vue") == "tableau" else "etapes",
        "columns": presentation.board(cases, year),
        "count": len(cases),
        "plan": plan,
        "rows": presentation.sorted_cards(cases, year, params.get("tri", "")),
        "headings": headings(path, params, columns, default="etape"),
        "away": [case for case in cases if case["stage"] in presentation.AWAY],
        "exports": exports("portfolio:export", params),
        "by_stage": address(path, params, vue=""),
        "by_row": address(path, params, vue="tableau"),
    }
    return show(request, "portfolio/board.html", "portfolio/_results.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, plan: Plan, form: str) -> HttpResponse:
    """Download the same cases as the page shows, in the same order."""
    params = request.GET.dict()
    year = presentation.cost_year(plan)
    wanted = presentation.filters(plan, params, request.path)
    cases = presentation.kept_cases(plan["cases"], wanted)
    rows = presentation.sorted_cards(cases, year, params.get("tri", ""))
    return download(_("portfolio"), form, _("Portfolio"), *presentation.export_rows(rows, year))


@require_safe
@act(Act.READ)
@reads_plan
def case(request: HttpRequest, plan: Plan, code: str) -> HttpResponse:
    """Show one case."""
    found = case_page.find_case(plan, code)
    if found is None:
        raise Http404(code)
    return render(request, "portfolio/case.html", {"page": case_page.case_page(found)})


@require_safe
@act(Act.READ)
@reads_plan
def explore(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show how complete each fiche is."""
    fiches = [exploring.fiche(case) for case in plan["cases"]]
    title = exploring.exploring_title(fiches)
    return render(request, "portfolio/explore.html", {"fiches": fiches, "title": title})


@require_safe
@act(Act.READ)
@reads_plan
def uses(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the AI that is already there, with what is advised and what was decided."""
    params = request.GET.dict()
    rows = existing_uses.uses(plan, params.get("tri", ""))
    columns = (
        ("usage", _("Use"), False),
        ("service", _("Service"), False),
        ("personnes", _("Users"), True),
        ("", _("Personal data"), False),
        ("", _("Tool and hosting"), False),
        ("", _("Advice"), False),
        ("decision", _("Decision"), False),
    )
    context = {
        "rows": rows,
        "title": existing_uses.uses_title(rows),
        "headings": headings(request.path, params, columns, default="decision"),
        "exports": exports("portfolio:export_uses", params),
    }
    return show(request, "portfolio/existing_uses.html", "portfolio/_uses.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export_uses(request: HttpRequest, plan: Plan, form: str) -> HttpResponse:
    """Download the existing uses."""
    rows = existing_uses.uses(plan, request.GET.get("tri", ""))
    headings_, cells = existing_uses.export_rows(rows)
    return download(_("existing-uses"), form, _("AI already there"), headings_, cells)
