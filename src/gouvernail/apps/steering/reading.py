"""How a page reads the plan: once per request, and kindly when there is none yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gouvernail.apps.steering.queries import PlanView, latest_plan, latest_run

_KEPT = "_gouvernail_plan"


def plan_of(request: HttpRequest) -> PlanView | None:
    """Return the latest plan of the reader's authority; the frame and the page share one read."""
    if not hasattr(request, _KEPT):
        authority = getattr(request, "authority", None)
        setattr(request, _KEPT, latest_plan(authority) if authority is not None else None)
    found: PlanView | None = getattr(request, _KEPT)
    return found


def reads_plan(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the plan; before the first one, the page says where to begin."""

    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = plan_of(request)
        if found is None:
            run = latest_run(request.authority.pk)  # type: ignore[attr-defined]
            return render(request, "home/first_steps.html", {"run": run})
        return view(request, found.plan, *args, **kwargs)

    return reading
