"""What every operation that reads the plan says of it: from what, when, how true it still is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError

from gouvernail.apps.steering.queries import PlanView
from gouvernail.apps.steering.reading import plan_of
from gouvernail.common.request import Request


class Computed(Schema):
    """From what a result was computed: `stale` says that the facts have moved since."""

    id: int
    computed_at: datetime
    stale: bool
    on: str
    rules_version: str
    facts_digest: str


def view_of(request: Request) -> PlanView:
    """Return the latest plan, or 404 before the first one."""
    found = plan_of(request)
    if found is None:
        raise HttpError(404, _("No plan has been computed yet: ask for one first."))
    return found


def computed(view: PlanView) -> Computed:
    """Return from what a plan was computed."""
    return Computed(
        id=view.id,
        computed_at=view.computed_at,
        stale=view.stale,
        on=view.plan["on"],
        rules_version=view.plan["rules_version"],
        facts_digest=view.plan["facts_digest"],
    )


def told(view: PlanView, **parts: Any) -> JsonResponse:
    """Return parts of a plan as they were computed, even by an earlier version of the software.

    The operations declare the shape of today; a plan kept from yesterday is given as it is.
    """
    said = {"computed": computed(view).model_dump(mode="json"), **parts}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
