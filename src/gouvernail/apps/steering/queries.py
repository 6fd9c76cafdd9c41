"""The plan that pages read, and how true it still is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import Http404

from gouvernail.apps.jobs import queries as jobs
from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.steering.models import Result
from gouvernail.common.tenancy import owned

KIND = "steering"


@dataclass(frozen=True, slots=True)
class PlanView:
    """The latest plan. `stale`: the facts have moved since. `running`: a new one is on its way."""

    id: int
    plan: dict[str, Any]
    stale: bool
    computed_at: datetime
    running: Progress | None
    documents: tuple[str, ...]


def latest_plan(authority: Any) -> PlanView | None:
    """Return the latest plan of an authority (or of its id), None before the first one."""
    authority = _authority(authority)
    result = owned(Result, authority.pk).order_by("-pk").first()
    if result is None:
        return None
    return PlanView(
        result.pk,
        result.plan,
        result.facts_digest != authority.facts_digest,
        result.computed_at,
        running(authority.pk),
        tuple(result.documents),
    )


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


def path_of(result_id: int, authority_id: int, name: str) -> Path | None:
    """Return where a document is, None for a name that leads out of the result's folder.

    The names of a plan that came from another installation were not written by ours.
    """
    folder = folder_of(result_id, authority_id)
    path = folder / name
    return path if path.resolve().is_relative_to(folder.resolve()) else None


def document_for(authority_id: int, result_id: int, name: str) -> Path:
    """Return a document of this authority, or 404; only names the result itself lists exist."""
    result = owned(Result, authority_id).filter(pk=result_id).first()
    if result is None or name not in result.documents:
        raise Http404(name)
    path = path_of(result_id, authority_id, name)
    if path is None or not path.is_file():
        raise Http404(name)
    return path


def _authority(authority: Any) -> Any:
    if isinstance(authority, int):
        return apps.get_model("authority.Authority").objects.get(pk=authority)
    return authority
