"""The only writer of runs: asked once, claimed once, told as they go, never left hanging."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from gouvernail.apps.jobs.models import Run
from gouvernail.apps.jobs.queries import Progress, progress_of
from gouvernail.apps.jobs.states import ACTIVE, State
from gouvernail.common.tenancy import owned
from gouvernail_core.kernel import Text

#: A worker that has said nothing for this long is dead: the longest silent step is a solver's.
SILENCE = timedelta(minutes=5)
WAITING = Text("En attente du calcul.", "Waiting to be computed.")
STOPPED = Text(
    "Le calcul s’est arrêté avant la fin, par exemple au redémarrage du serveur. Relancez-le.",
    "The computation stopped before its end, for example when the server restarted. "
    "Start it again.",
)


def ask(authority_id: int, kind: str, *, by: str, at: datetime) -> tuple[Progress, bool]:
    """Return the active run of that kind and whether this call made it.

    The database refuses a second active run, so that two people who ask at once share one. A
    run that has begun is told to look again once it is done.
    """
    try:
        with transaction.atomic():
            run = Run.objects.create(
                authority_id=authority_id,
                kind=kind,
                asked_by=by,
                asked_at=at,
                message_fr=WAITING.fr,
                message_en=WAITING.en,
            )
            return progress_of(run), True
    except IntegrityError:
        active = owned(Run, authority_id).filter(kind=kind, state__in=ACTIVE)
        active.filter(state=State.RUNNING).update(again=True)
        found = active.first()
        if found is None:  # it ended between the two: ask anew
            return ask(authority_id, kind, by=by, at=at)
        return progress_of(found), False


def claim(run_id: int, *, at: datetime) -> Progress | None:
    """Return the run for the one worker that gets it, None for the others."""
    claimed = Run.objects.filter(pk=run_id, state=State.QUEUED).update(
        state=State.RUNNING, started_at=at, beat_at=at
    )
    return progress_of(Run.objects.get(pk=run_id)) if claimed else None


def tell(run_id: int, share: float, text: Text, *, at: datetime) -> None:
    """Write how far a run is; `share` is in [0, 1]."""
    Run.objects.filter(pk=run_id, state=State.RUNNING).update(
        percent=round(100 * min(max(share, 0.0), 1.0)),
        message_fr=text.fr[:500],
        message_en=text.en[:500],
        beat_at=at,
    )


def finish(run_id: int, state: State, text: Text, *, at: datetime) -> bool:
    """End a running run; return whether it was still running, and not reaped meanwhile."""
    changed = Run.objects.filter(pk=run_id, state=State.RUNNING).update(
        state=state, message_fr=text.fr[:500], message_en=text.en[:500], finished_at=at, beat_at=at
    )
    if changed and state is State.DONE:
        Run.objects.filter(pk=run_id).update(percent=100)
    return bool(changed)


def reap(*, at: datetime, silence: timedelta = SILENCE) -> int:
    """End the runs whose worker has died; return how many."""
    return Run.objects.filter(state=State.RUNNING, beat_at__lt=at - silence).update(
        state=State.ABANDONED, message_fr=STOPPED.fr, message_en=STOPPED.en, finished_at=at
    )
