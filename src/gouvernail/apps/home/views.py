"""« Ma semaine »: what only the reader can move, what is blocked, what comes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.home.changes import changes_of, moved_since
from gouvernail.apps.home.context import reader_of
from gouvernail.apps.home.presentation import way, week_page
from gouvernail.apps.steering.reading import reads_plan


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
