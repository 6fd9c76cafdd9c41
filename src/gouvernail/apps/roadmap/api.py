"""Operations on the roadmap."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common.request import Request
from gouvernail.formats.plan import RoadmapValue, TrainingValue
from gouvernail_core.access import Act

router = Router()


class RoadmapOut(Schema):
    """The calendar, its budget, the training; null when nothing is planned."""

    computed: Computed
    roadmap: RoadmapValue | None
    training: list[TrainingValue]


@router.get("roadmap", auth=needs(Act.READ), response=RoadmapOut, by_alias=True)
def roadmap(request: Request) -> Any:
    """Give the roadmap: tasks, milestones, what holds it back, what each year pays."""
    view = view_of(request)
    return told(view, roadmap=view.plan.get("roadmap"), training=view.plan["training"])
