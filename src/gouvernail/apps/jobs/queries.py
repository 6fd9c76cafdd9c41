"""How far the computations are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404

from gouvernail.apps.jobs.models import Run
from gouvernail.apps.jobs.states import ACTIVE, State
from gouvernail.common.tenancy import owned
from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person sees of a run."""

    id: int
    authority_id: int
    state: str
    percent: int
    message: Text
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    attempts: int = 0
    kind: str = ""
    started_at: datetime | None = None

    @property
    def active(self) -> bool:
        """Return whether it is waiting or working."""
        return self.state in ACTIVE

    @property
    def failed(self) -> bool:
        """Return whether it ended without a result."""
        return self.state in (State.FAILED, State.ABANDONED, State.CANCELLED)


def progress_of(run: Run) -> Progress:
    """Return what a person sees of `run`."""
    return Progress(
        run.pk,
        run.authority_id,
        run.state,
        run.percent,
        Text(run.message_fr, run.message_en),
        run.asked_by,
        run.asked_at,
        run.finished_at,
        run.attempts,
        run.kind,
        run.started_at,
    )


def latest(authority_id: int, kind: str) -> Progress | None:
    """Return the latest run of that kind, active or ended."""
    run = owned(Run, authority_id).filter(kind=kind).order_by("-pk").first()
    return progress_of(run) if run else None


def run_for(authority_id: int, pk: int) -> Progress:
    """Return a run of this authority, or 404: another's does not exist for it."""
    run = owned(Run, authority_id).filter(pk=pk).first()
    if run is None:
        raise Http404(f"run {pk}")
    return progress_of(run)


def run(pk: int) -> Progress:
    """Return a run, whoever's it is: for what the platform does by itself."""
    return progress_of(Run.objects.get(pk=pk))


def asked_again(pk: int) -> bool:
    """Return whether somebody asked for the same thing while it was running."""
    return Run.objects.filter(pk=pk, again=True).exists()


def runs_of(authority_id: int, *, limit: int) -> list[Progress]:
    """Return the runs of an authority, the latest first."""
    return [progress_of(run) for run in owned(Run, authority_id).order_by("-pk")[:limit]]


def unclaimed(*, at: datetime) -> list[int]:
    """Return the runs that wait and whose time has come, the oldest first."""
    found = Run.objects.filter(due(at), state=State.QUEUED).order_by("pk")
    return list(found.values_list("pk", flat=True))


def held() -> dict[int, int]:
    """Return the runs that a worker holds, each with its attempt."""
    found = Run.objects.filter(state=State.RUNNING)
    return dict(found.values_list("pk", "attempts"))


def due(at: datetime) -> Q:
    """Return the condition of a run that no new attempt puts off beyond `at`."""
    return Q(run_after=None) | Q(run_after__lte=at)
