"""The roadmap: its calendar, its critical chain, its budget, its documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.roadmap import presentation
from gouvernail.apps.roadmap.downloads import documents
from gouvernail.apps.steering.reading import plan_of, reads_plan

#: The reasons shown at once; the others open on request.
FIRST_REASONS = 5


@require_safe
@act(Act.READ)
@reads_plan
def roadmap(request: HttpRequest, plan: dict[str, Any]) -> HttpResponse:
    """Show the roadmap."""
    found = plan.get("roadmap")
    view = plan_of(request)
    downloads = documents(view) if view else ()
    if not found or found.get("conflict") or not found.get("tasks"):
        context = {"roadmap": found, "plan": plan, "documents": downloads}
        return render(request, "roadmap/nothing_planned.html", context)
    context = {
        "roadmap": found, "plan": plan, "title": presentation.roadmap_title(found),
        "calendar": presentation.calendar(plan), "chain": presentation.chain(found),
        "budget": presentation.budget(plan), "tasks": presentation.task_rows(found),
        "sittings": (plan.get("dialogue") or {}).get("sittings") or [],
        "titles": {case["id"]: case["title"] for case in plan["cases"]},
        "documents": downloads, "binding": found["binding"][:FIRST_REASONS],
        "more_binding": found["binding"][FIRST_REASONS:],
    }
    return render(request, "roadmap/roadmap.html", context)
