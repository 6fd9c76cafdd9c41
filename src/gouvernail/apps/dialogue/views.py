"""The calendar of social dialogue: shown, exported, filled from the bodies' own calendars."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gouvernail.apps.accounts.permissions import Act, act, may
from gouvernail.apps.dialogue import icalendar_file, presentation
from gouvernail.apps.dialogue.forms import CalendarForm
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts import services
from gouvernail.apps.steering.reading import plan_of, reads_plan
from gouvernail.common.fragments import show
from gouvernail.common.links import exports
from gouvernail.common.listing import Anchor, address, headings, paged
from gouvernail.common.request import Request
from gouvernail.common.sheets import download
from gouvernail_core.kernel import RefusedError

Plan = dict[str, Any]


@require_safe
@act(Act.READ)
@reads_plan
def calendar(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show the sittings, the last days before them, and what the opinions given call for."""
    params, path = request.GET.dict(), request.path
    every, titles = presentation.entries(plan), _titles(plan)
    wanted = presentation.filters(plan, every, params, path)
    shown = presentation.kept(plan, every, wanted, titles, params.get("tri", ""))
    columns = (
        ("date", _("Date"), False),
        ("quoi", _("What"), False),
        ("instance", _("Body"), False),
        ("", _("Use cases"), False),
        ("", _("State"), False),
    )
    ics = Anchor("ICS", address(reverse("dialogue:ics"), params))
    context = {
        "title": presentation.calendar_title(plan, every),
        "filters": wanted,
        "count": len(shown),
        "page": paged(shown, path, params),
        "headings": headings(path, params, columns, default="date"),
        "titles": titles,
        "exports": [ics, *exports("dialogue:export", params)],
        "may_import": may(request.actor, Act.IMPORT),  # type: ignore[attr-defined]
    }
    return show(request, "dialogue/calendar.html", "dialogue/_calendar.html", context)


@require_safe
@act(Act.READ)
@reads_plan
def export(request: HttpRequest, plan: Plan, form: str) -> HttpResponse:
    """Download the same lines as the page shows."""
    shown, titles = _asked(request, plan)
    rows = presentation.export_rows(shown, titles)
    return download(_("calendar"), form, _("Calendar"), *rows)


@require_safe
@act(Act.READ)
@reads_plan
def ics(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Download the same lines for a diary."""
    shown, titles = _asked(request, plan)
    view, authority = plan_of(request), request.authority  # type: ignore[attr-defined]
    content = icalendar_file.as_ics(
        shown,
        name=f"{_('Social dialogue')}, {authority.name}",
        titles=titles,
        authority=str(authority.uid),
        computed_at=view.computed_at if view else timezone.now(),
    )
    response = HttpResponse(content, content_type=icalendar_file.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{_("calendar")}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.IMPORT)
def fill(request: Request) -> HttpResponse:
    """Read the calendar of a body without changing anything, then show what it would add."""
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "dialogue/fill.html", {"form": CalendarForm()})
    if form.is_valid():
        file, body = form.cleaned_data["calendar"], form.cleaned_data["body"]
        content = file.read(icalendar_file.LARGEST_BYTES + 1)
        try:
            days = icalendar_file.sittings_of(content, on=timezone.localdate())
        except RefusedError as refused:
            language = get_language() or "fr"
            form.add_error("calendar", [p.text.in_(language) for p in refused.problems])
    if not form.is_valid():
        return render(request, "dialogue/fill.html", {"form": form}, status=422)
    kept = services.keep_upload(
        request.authority.pk,
        name=file.name,
        sha256=hashlib.sha256(content).hexdigest(),
        rows=icalendar_file.rows_with(facts.rows_of(request.authority.pk), body, days),
        problems=(),
        by=request.actor,
        at=timezone.now(),
    )
    return redirect("facts:review", kept.pk)


def _titles(plan: Plan) -> dict[str, str]:
    return {case["id"]: case["title"] for case in plan["cases"]}


def _asked(request: HttpRequest, plan: Plan) -> tuple[list[presentation.Entry], dict[str, str]]:
    """Return the lines that the address asks, and the titles of the cases."""
    params, every, titles = request.GET.dict(), presentation.entries(plan), _titles(plan)
    wanted = presentation.filters(plan, every, params, request.path)
    return presentation.kept(plan, every, wanted, titles, params.get("tri", "")), titles
