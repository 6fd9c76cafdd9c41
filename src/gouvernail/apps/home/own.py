"""« Ce qui me concerne »: the cases that touch somebody's service, in plain words.

No rating, no answer of anybody else: what an agent reads is what is prepared for their own work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gouvernail.apps.steering.queries import PlanView, briefs
from gouvernail.common import wording

#: What a stage means for those who do the work.
_PLAIN = {
    "idea": lambda: _("It is an idea: nothing changes in your work."),
    "exploring": lambda: _("It is being looked at: nothing changes in your work."),
    "candidate": lambda: _("It may be chosen: nothing changes in your work yet."),
    "chosen": lambda: _("It is chosen: it is being prepared, nothing changes yet."),
    "consulting": lambda: _("The staff’s representatives are being heard before any trial."),
    "trial": lambda: _("It is being tried out, without consequence for the public."),
    "pilot": lambda: _("It is used for real, by some, to learn whether it helps."),
    "general": lambda: _("It is used by all those concerned."),
    "suspended": lambda: _("It is suspended: work goes on as before."),
    "stopped": lambda: _("It is stopped: work goes on as before."),
}


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case that touches the reader's service."""

    id: str
    title: Any
    stage: Any
    plain: str
    today: Any
    lifted: tuple[Any, ...]
    stays_human: Any
    trainings: tuple[tuple[str, str], ...]
    heard_on: str
    heard: bool
    turn_to: str


def own_cases(view: PlanView | None, service: str) -> list[OwnCase]:
    """Return the cases of a service, those that go on first; none without a service."""
    if view is None or not service:
        return []
    tasks: Sequence[Mapping[str, Any]] = (view.plan.get("roadmap") or {}).get("tasks") or ()
    codes = [case["id"] for case in view.plan["cases"] if _service(case) == service]
    found = [
        _case(case, [task for task in tasks if task["case"] == code])
        for code, case in briefs(view, codes).items()
    ]
    return sorted(found, key=lambda case: wording.said(case.title).casefold())


def _service(case: Mapping[str, Any]) -> str:
    service = case.get("service") or ""
    return str(service.get("id", "")) if isinstance(service, Mapping) else str(service)


def _case(case: Mapping[str, Any], tasks: Sequence[Mapping[str, Any]]) -> OwnCase:
    consultation = case.get("consultation") or {}
    opinion = consultation.get("opinion_on") or ""
    planned = next((task["end"] for task in tasks if task["kind"] == "cst"), "")
    plain = _PLAIN.get(case["stage"])
    return OwnCase(
        case["id"],
        case["title"],
        case.get("stage_label"),
        plain() if plain else "",
        case.get("today"),
        tuple(case.get("tasks_lifted") or ()),
        case.get("stays_human"),
        tuple((task["start"], task["end"]) for task in tasks if task["kind"] == "training"),
        opinion or planned,
        bool(opinion),
        case.get("director") or "",
    )
