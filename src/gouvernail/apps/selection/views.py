"""The choice: what is proposed, how sure it is, where people differ."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.selection import presentation
from gouvernail.apps.steering.reading import reads_plan
from gouvernail.common.fragments import show


@require_safe
@act(Act.READ)
@reads_plan
def choose(request: HttpRequest, plan: dict[str, Any]) -> HttpResponse:
    """Show the proposal; with weights in the address, what they would propose."""
    selection = plan.get("selection")
    if not selection:
        return render(request, "selection/nothing_to_choose.html", {"plan": plan})
    if selection.get("conflict"):
        title = presentation.choice_title(selection)
        return render(
            request,
            "selection/conflict.html",
            {"selection": selection, "title": title, "plan": plan},
        )
    context = {
        "selection": selection,
        "title": presentation.choice_title(selection),
        "proposal": presentation.proposal(plan),
        "gauges": presentation.gauges(selection),
        "bars": presentation.bars(selection),
        "disputed": presentation.disputed(selection),
        "actors": presentation.actor_lines(selection),
        "core": presentation.common_core(selection),
        "others": presentation.other_portfolios(selection),
        "trial": presentation.trial(selection, request.GET.dict()),
    }
    status = 422 if context["trial"].refused else 200
    return show(request, "selection/choose.html", "selection/_trial.html", context, status=status)
