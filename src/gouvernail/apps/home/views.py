"""« Ma semaine »: what only the reader can move, what is blocked, what comes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gouvernail.apps.accounts import queries as accounts
from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.home import journal_page, own, small
from gouvernail.apps.home.changes import changes_of, moved_since
from gouvernail.apps.home.context import reader_of
from gouvernail.apps.home.landing import lands
from gouvernail.apps.home.presentation import way, week_page
from gouvernail.apps.journal.queries import seal_of, verified
from gouvernail.apps.network.queries import hosts, leads
from gouvernail.apps.obligations.validation import own_periods
from gouvernail.apps.steering.queries import running as latest_running
from gouvernail.apps.steering.reading import plan_of, reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.sheets import download
from gouvernail_core.facts import sheet
from gouvernail_core.obligations import SecondReading


@lands
@require_safe
@act(Act.READ)
def week(request: HttpRequest) -> HttpResponse:
    """Show the week, or the ten actions of somebody who holds every part of a small authority."""
    roles = request.actor.roles  # type: ignore[attr-defined]
    return _ten(request) if "secretary" in roles else _week(request)


@reads_plan
def _week(request: HttpRequest, plan: dict[str, Any]) -> HttpResponse:
    context = {
        "week": week_page(plan, reader_of(request.actor)),  # type: ignore[attr-defined]
        "way": way(plan),
        "changes": changes_of(request),
        "own_periods": _own_periods(request),
    }
    return render(request, "home/week.html", context)


def _own_periods(request: HttpRequest) -> tuple[SecondReading, ...]:
    """Return what is told to the reader alone of what they validate."""
    authority, user = request.authority.pk, request.actor.user_id  # type: ignore[attr-defined]
    return own_periods(authority, accounts.person_code(authority, user) if user else "")


def _ten(request: HttpRequest) -> HttpResponse:
    """Show the ten actions, and whom to turn to in the network."""
    authority = request.authority.pk  # type: ignore[attr-defined]
    view = plan_of(request)
    situation = small.Situation(
        facts=sum(facts.counts(authority).values()),
        has_plan=view is not None,
        stale=view is not None and view.stale,
        running=latest_running(authority) is not None,
        elu=any("elu" in member.roles for member in accounts.members_of(authority)),
    )
    found = small.actions(view.plan if view else None, situation)
    context = {"actions": found, "title": small.title(found), "networks": hosts(authority)}
    return render(request, "home/ten.html", context)


@require_safe
@act(Act.READ_OWN)
def mine(request: HttpRequest) -> HttpResponse:
    """Show the cases that touch the reader's service."""
    authority, user = request.authority.pk, request.actor.user_id  # type: ignore[attr-defined]
    code = accounts.person_code(authority, user)
    record = facts.record_of_code(sheet("people"), authority, code) if code else None
    service = str(record.row.get("service") or "") if record else ""
    view = plan_of(request)
    context = {
        "cases": own.own_cases(view, service),
        "own_periods": own_periods(authority, code),
        "leaders": [m.user.name for m in accounts.members_of(authority) if leads(m.roles)],
    }
    return render(request, "home/mine.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def changed(request: HttpRequest, plan: dict[str, Any]) -> HttpResponse:
    """List everything that moved: between the last two computations, and since the last one."""
    context = {"changes": changes_of(request), "since": moved_since(request)}
    return render(request, "home/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.READ_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """Show the journal as the address filters it; a POST verifies its chain on the way."""
    authority = request.authority.pk  # type: ignore[attr-defined]
    params = request.GET.dict()
    context = {
        "journal": journal_page.page(authority, params, request.path),
        "exports": exports("home:export_journal", journal_page.kept(params)),
        "seal": seal_of(authority),
    }
    if request.method == "POST":
        context["verified"] = journal_page.said_of(verified(authority))
    return show(request, "home/journal.html", "home/_journal.html", context)


@require_safe
@act(Act.READ_JOURNAL)
def export_journal(request: HttpRequest, form: str) -> HttpResponse:
    """Download the entries that the filters keep, the seal of the head at their foot."""
    authority = request.authority.pk  # type: ignore[attr-defined]
    rows = journal_page.export_rows(authority, request.GET.dict(), request.path)
    return download("journal", form, _("Journal"), journal_page.headings(), rows)
