"""The plan that pages read, and how true it still is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import Http404

from gouvernail.apps.jobs import queries as jobs
from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.steering import parts
from gouvernail.apps.steering.models import CaseResult, Result
from gouvernail.common.tenancy import owned

KIND = "steering"


@dataclass(frozen=True, slots=True)
class PlanView:
    """The latest plan. `stale`: the facts have moved since. `running`: a new one is on its way.

    Its cases are what lists read; `briefs`, `whole_case`, `whole_plan`, `duties_plan` give more.
    """

    id: int
    authority: int
    plan: dict[str, Any]
    stale: bool
    computed_at: datetime
    running: Progress | None
    documents: tuple[str, ...]


def latest_plan(authority: Any) -> PlanView | None:
    """Return the latest plan of an authority (or of its id), None before the first one."""
    authority = _authority(authority)
    result = owned(Result, authority.pk).defer("law", "changes").order_by("-pk").first()
    if result is None:
        return None
    return PlanView(
        result.pk,
        authority.pk,
        result.plan,
        result.facts_digest != authority.facts_digest,
        result.computed_at,
        running(authority.pk),
        tuple(result.documents),
    )


def briefs(view: PlanView, codes: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Return the sheets of cases in brief, by code; of all of them when `codes` is None."""
    rows = _cases_of(view) if codes is None else _cases_of(view).filter(code__in=tuple(codes))
    return dict(rows.values_list("code", "brief"))


def whole_case(view: PlanView, code: str) -> dict[str, Any] | None:
    """Return all that the plan says of a case, None when it does not have it."""
    rows = _cases_of(view).filter(code=code).values_list("detail", "result__law")
    return next((parts.whole(detail, law) for detail, law in rows), None)


def whole_cases(view: PlanView, codes: Iterable[str]) -> list[dict[str, Any]]:
    """Return all that the plan says of some cases, in the plan's order."""
    return _wholes(view, _law_of(view), codes)


def whole_plan(view: PlanView) -> dict[str, Any]:
    """Return the plan as it was computed, every case whole: megabytes when cases are many."""
    law = _law_of(view)
    return parts.named(view.plan, law, {}, _wholes(view, law))


def duties_plan(view: PlanView, whole: Iterable[str] = ()) -> dict[str, Any]:
    """Return the plan with what the rules say of each case, in brief; the codes `whole`, whole."""
    law, codes = _law_of(view), tuple(whole)
    rows = _cases_of(view).values_list("code", "duties")
    return parts.named(view.plan, law, dict(rows), _wholes(view, law, codes) if codes else ())


def changes_of(view: PlanView) -> tuple[list[dict[str, Any]], datetime] | None:
    """Return what moved since the plan before, and when that one was computed; None when first."""
    rows = owned(Result, view.authority).filter(pk=view.id, changes__isnull=False)
    found: tuple[list[dict[str, Any]], datetime] | None = rows.values_list(
        "changes", "since"
    ).first()
    return found


def _cases_of(view: PlanView) -> Any:
    return owned(CaseResult, view.authority).filter(result=view.id)


def _law_of(view: PlanView) -> dict[str, Any]:
    rows = owned(Result, view.authority).filter(pk=view.id)
    law: dict[str, Any] = rows.values_list("law", flat=True).get()
    return law


def _wholes(
    view: PlanView, law: dict[str, Any], codes: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    rows = _cases_of(view) if codes is None else _cases_of(view).filter(code__in=tuple(codes))
    return [parts.whole(detail, law) for detail in rows.values_list("detail", flat=True)]


def running(authority_id: int) -> Progress | None:
    """Return the computation that waits or works, if any."""
    found = jobs.latest(authority_id, KIND)
    return found if found and found.active else None


def latest_run(authority_id: int) -> Progress | None:
    """Return the latest computation, ended or not."""
    return jobs.latest(authority_id, KIND)


def folder_of(result_id: int, authority_id: int) -> Path:
    """Return the folder of a result's documents."""
    return Path(settings.DOCUMENTS_DIR) / str(authority_id) / str(result_id)


def document_for(authority_id: int, result_id: int, name: str) -> Path:
    """Return a document of this authority, or 404; only names the result itself lists exist."""
    result = owned(Result, authority_id).filter(pk=result_id)
    if name not in (result.values_list("documents", flat=True).first() or ()):
        raise Http404(name)
    path = folder_of(result_id, authority_id) / name
    if not path.is_file():
        raise Http404(name)
    return path


def _authority(authority: Any) -> Any:
    if isinstance(authority, int):
        return apps.get_model("authority.Authority").objects.get(pk=authority)
    return authority
