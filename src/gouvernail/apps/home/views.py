"""« Ma semaine »: what only the reader can move, what is blocked, what comes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.home.changes import changes
from gouvernail.apps.home.presentation import way, week_page
from gouvernail.apps.steering.reading import plan_before, reads_plan


@require_safe
@act(Act.READ)
@reads_plan
def week(request: HttpRequest, plan: dict[str, Any]) -> HttpResponse:
    """Show the week."""
    context = {
        "week": week_page(plan),
        "way": way(plan),
        "changes": changes(plan_before(request), plan),
    }
    return render(request, "home/week.html", context)
