"""« Ma semaine »: what only the reader can move, what is blocked, what comes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.home import journal_page
from gouvernail.apps.home.changes import changes_of, moved_since
from gouvernail.apps.home.context import reader_of
from gouvernail.apps.home.presentation import way, week_page
from gouvernail.apps.journal.queries import seal_of, verified
from gouvernail.apps.steering.reading import reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.sheets import download


@require_safe
@act(Act.READ)
@reads_plan
def week(request: HttpRequest, plan: dict[str, Any]) -> HttpResponse:
    """Show the week."""
    context = {
        "week": week_page(plan, reader_of(request.actor)),  # type: ignore[attr-defined]
        "way": way(plan),
        "changes": changes_of(request),
    }
    return render(request, "home/week.html", context)


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
