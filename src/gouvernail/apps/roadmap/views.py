"""The roadmap: its calendar, its critical chain, its budget, its documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.obligations.presentation import sittings
from gouvernail.apps.roadmap import presentation
from gouvernail.apps.roadmap.downloads import documents
from gouvernail.apps.steering.reading import plan_of, reads_plan

#: What a list shows at once; the rest opens on request.
FIRST = 6


def split(name: str, items: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Return the first items under `name`, the others under `more_name`."""
    return {name: items[:FIRST], f"more_{name}": items[FIRST:]}


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
        "roadmap": found,
        "plan": plan,
        "title": presentation.roadmap_title(found),
        "calendar": presentation.calendar(plan),
        "budget": presentation.budget(plan),
        "tasks": presentation.task_rows(found),
        **split("sittings", sittings(plan)),
        **split("links", presentation.chain(found)),
        "titles": {case["id"]: case["title"] for case in plan["cases"]},
        "documents": downloads,
        **split("binding", found["binding"]),
    }
    return render(request, "roadmap/roadmap.html", context)
