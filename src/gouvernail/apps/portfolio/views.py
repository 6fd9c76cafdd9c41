"""The portfolio: its board and its table, one case, the fiches, the AI that is already there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act, may
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts.presentation import stated
from gouvernail.apps.portfolio import case_page, existing_uses, exploring, presentation
from gouvernail.apps.portfolio.case_documents import MOST, case_documents
from gouvernail.apps.portfolio.since_opinion import moves_since
from gouvernail.apps.steering.queries import briefs, whole_case
from gouvernail.apps.steering.reading import plan_of, reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import Filters, address, headings, paged
from gouvernail.common.sheets import download
from gouvernail.common.wording import as_date
from gouvernail_core.facts import sheet

Plan = dict[str, Any]
#: The sheets of the facts that these pages lead to.
CASES, USES, VALIDATIONS = "use_cases", "existing_uses", "validations"


def _may_edit(request: HttpRequest) -> bool:
    return may(request.actor, Act.EDIT_FACTS)  # type: ignore[attr-defined]


@require_safe
@act(Act.READ)
@reads_plan
def board(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the cases by stage and in a table, filtered and sorted as the address says."""
    params, path = request.GET.dict(), request.path
    wanted, year, cases = _asked(request, plan)
    page = paged(cases, path, params)
    shown = {*presentation.on_the_board(cases), *(case["id"] for case in page.rows)}
    cards = _cards(request, year, shown)
    context = {
        "title": presentation.portfolio_title(plan["cases"]),
        "filters": wanted,
        "year": year,
        "view": "tableau" if params.get("vue") == "tableau" else "etapes",
        "columns": presentation.board(
            cases,
            cards,
            lambda step: address(path, params, vue="tableau", etape=step, page=""),
            () if wanted.active else _fresh(request, plan),
        ),
        "count": len(cases),
        "plan": plan,
        "page": page,
        "rows": [cards[case["id"]] for case in page.rows],
        "headings": headings(path, params, _columns(year), default="etape"),
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
    _wanted, year, cases = _asked(request, plan)
    cards = _cards(request, year)
    rows = [cards[case["id"]] for case in cases]
    return download(_("portfolio"), form, _("Portfolio"), *presentation.export_rows(rows, year))


def _cards(
    request: HttpRequest, year: str, codes: Iterable[str] | None = None
) -> dict[str, presentation.Card]:
    """Return the cards of cases by code, of all of them when `codes` is None."""
    view = plan_of(request)
    found = briefs(view, codes) if view else {}
    return {code: presentation.card(case, year) for code, case in found.items()}


def _columns(year: str) -> tuple[tuple[str, str, bool], ...]:
    return (
        ("cas", _("Use case"), False),
        ("etape", _("Stage"), False),
        ("binome", _("Pair: élu, director"), False),
        ("", _("Gates"), False),
        ("cout", _("Cost in %(year)s") % {"year": year}, True),
        ("jours", _("Days"), True),
    )


def _asked(request: HttpRequest, plan: Plan) -> tuple[Filters, str, list[presentation.Case]]:
    """Return the filters, the year of the costs, and the cases kept, in the order asked."""
    params = request.GET.dict()
    wanted, year = presentation.filters(plan, params, request.path), presentation.cost_year(plan)
    kept = presentation.kept_cases(plan["cases"], wanted)
    return wanted, year, presentation.sorted_cases(kept, year, params.get("tri", ""))


@require_safe
@act(Act.READ)
@reads_plan
def case(request: HttpRequest, _plan: Plan, code: str) -> HttpResponse:
    """Show one case; one that the computation has not seen yet is shown by its facts."""
    view = plan_of(request)
    found = whole_case(view, code) if view else None
    if view is None or found is None:
        return _new_case(request, code)
    opinion = as_date((found.get("consultation") or {}).get("opinion_on"))
    documents = case_documents(view, code)
    context = {
        "page": case_page.case_page(found),
        "documents": documents[:MOST],
        "more_papers": max(len(documents) - MOST, 0),
        "moved": moves_since(view.authority, code, opinion) if opinion else (),
        "override_url": _override_url(request, found),
        "validation": case_page.validated(found, _validations(request, code)),
    }
    return render(request, "portfolio/case.html", context)


def _validations(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    rows = facts.rows_of_sheet(sheet(VALIDATIONS), request.authority.pk)  # type: ignore[attr-defined]
    return [row for row in rows if row["case"] == code]


def _override_url(request: HttpRequest, found: presentation.Case) -> str:
    """Return where the reader may go on without the opinion, "" when it is not theirs to decide."""
    heard = found.get("consultation") or {}
    waits = heard.get("due") == "yes" and not heard.get("opinion_on")
    if not (waits or heard.get("override")):
        return ""
    if not may(request.actor, Act.OVERRIDE_GATE):  # type: ignore[attr-defined]
        return ""
    return reverse("dialogue:override", args=[found["id"]])


def _new_case(request: HttpRequest, code: str) -> HttpResponse:
    authority = request.authority.pk  # type: ignore[attr-defined]
    record = facts.record_of_code(sheet(CASES), authority, code)
    if record is None:
        raise Http404(code)
    options = facts.options_of(sheet(CASES), authority)
    context = {
        "title": record.row["title"],
        "facts": stated(sheet(CASES), record.row, options),
        "edit": reverse("facts:row", args=[CASES, record.pk]),
    }
    return render(request, "portfolio/new_case.html", context)


def _fresh(request: HttpRequest, plan: Plan) -> tuple[presentation.Fresh, ...]:
    """Return the cases entered since the computation; there are none while the facts stand."""
    view = plan_of(request)
    if view is None or not view.stale:
        return ()
    authority = request.authority.pk  # type: ignore[attr-defined]
    return presentation.fresh_cases(plan, facts.rows_of_sheet(sheet(CASES), authority))


@require_safe
@act(Act.READ)
@reads_plan
def explore(request: HttpRequest, _plan: Plan) -> HttpResponse:
    """Show how complete each fiche is."""
    view = plan_of(request)
    fiches = [exploring.fiche(case) for case in (briefs(view) if view else {}).values()]
    context = {
        "title": exploring.exploring_title(fiches),
        "page": paged(fiches, request.path, request.GET.dict()),
    }
    return render(request, "portfolio/explore.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def uses(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the AI that is already there, with what is advised and what was decided."""
    params = request.GET.dict()
    waiting = params.get("decision") == "attente"
    authority = request.authority.pk  # type: ignore[attr-defined]
    places = facts.places_of(sheet(USES), authority) if _may_edit(request) else {}
    every = existing_uses.uses(plan, params.get("tri", ""), places)
    rows = [row for row in every if not (waiting and row.decided)]
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
        "every": address(request.path, params, decision="") if waiting else "",
        "title": existing_uses.uses_title(every),
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
