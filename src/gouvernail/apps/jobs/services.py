"""The only writer of runs: asked once, claimed once, told as they go, never left hanging."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from gouvernail.apps.jobs.models import Run
from gouvernail.apps.jobs.queries import Progress, due, progress_of
from gouvernail.apps.jobs.states import ACTIVE, State
from gouvernail.common.tenancy import owned, scoped
from gouvernail_core.kernel import Text

logger = logging.getLogger(__name__)

#: How long a worker holds a run without renewing its lease.
LEASE = timedelta(seconds=60)
#: A run is tried this many times in all before somebody is told to look.
ATTEMPTS = 3
#: How long the record of an ended task is kept; the run and the journal keep what happened.
TASKS_KEPT = timedelta(days=7)
#: How long to wait before the second attempt, then the third.
DELAYS = (timedelta(seconds=0), timedelta(minutes=1))
WAITING = Text("En attente du calcul.", "Waiting to be computed.")
RESUMING = Text(
    "Le calcul s’est arrêté avant la fin ; il va reprendre de lui-même.",
    "The computation stopped before its end; it will start again by itself.",
)
GIVEN_BACK = Text(
    "Le calcul est interrompu par un entretien de la plateforme ; il va reprendre de lui-même.",
    "The computation is paused while the platform is looked after; it will start again by itself.",
)
STOPPED = Text(
    f"Le calcul s’est arrêté {ATTEMPTS} fois avant la fin. Relancez-le ; si cela se répète, "
    "prévenez votre administrateur.",
    f"The computation stopped {ATTEMPTS} times before its end. Start it again; if it happens "
    "again, tell your administrator.",
)
CANCELLED = Text("Le calcul a été annulé.", "The computation was cancelled.")


@dataclass(frozen=True, slots=True)
class Lease:
    """The hold of one worker on one run: what it does without it changes nothing.

    `attempt` is the fencing token of Kleppmann (« How to do distributed locking », 2016): a worker
    that slept through its lease comes back with an older number than the one that took over.
    """

    run_id: int
    attempt: int


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
    claimed = Run.objects.filter(due(at), pk=run_id, state=State.QUEUED).update(
        state=State.RUNNING,
        started_at=at,
        beat_at=at,
        lease_until=at + LEASE,
        attempts=F("attempts") + 1,
    )
    return progress_of(Run.objects.get(pk=run_id)) if claimed else None


def lease_of(run: Progress) -> Lease:
    """Return the hold of the worker that has just claimed `run`."""
    return Lease(run.id, run.attempts)


def renew(lease: Lease, *, at: datetime) -> bool:
    """Hold the run longer; return whether it was still held."""
    return bool(_held(lease).update(beat_at=at, lease_until=at + LEASE))


def tell(lease: Lease, share: float, text: Text, *, at: datetime) -> bool:
    """Write how far a run is; `share` is in [0, 1]. Return whether it was still held."""
    told = _held(lease).update(
        percent=round(100 * min(max(share, 0.0), 1.0)),
        message_fr=text.fr[:500],
        message_en=text.en[:500],
        beat_at=at,
        lease_until=at + LEASE,
    )
    return bool(told)


def finish(lease: Lease, state: State, text: Text, *, at: datetime) -> bool:
    """End a run; return whether the worker still held it, which makes its effects count."""
    changed: dict[str, Any] = {
        "state": state,
        "message_fr": text.fr[:500],
        "message_en": text.en[:500],
    }
    if state is State.DONE:
        changed["percent"] = 100
    return bool(_held(lease).update(**changed, finished_at=at, beat_at=at, lease_until=None))


def cancel(authority_id: int, run_id: int, *, at: datetime) -> bool:
    """End a run that somebody no longer wants; its worker, if any, will change nothing."""
    active = owned(Run, authority_id).filter(pk=run_id, state__in=ACTIVE)
    ended = active.update(
        state=State.CANCELLED,
        message_fr=CANCELLED.fr,
        message_en=CANCELLED.en,
        finished_at=at,
        lease_until=None,
    )
    return bool(ended)


def give_back(lease: Lease, *, at: datetime) -> bool:
    """Put a run back in the queue when its worker is asked to stop; that attempt is spared."""
    given = _held(lease).update(
        state=State.QUEUED,
        spared=F("spared") + 1,
        percent=0,
        message_fr=GIVEN_BACK.fr,
        message_en=GIVEN_BACK.en,
        beat_at=at,
        run_after=None,
        lease_until=None,
    )
    return bool(given)


def forget_name(authority_id: int, name: str, new: str) -> int:
    """Replace the name of somebody who asked for runs; return in how many."""
    return int(owned(Run, authority_id).filter(asked_by=name).update(asked_by=new))


def reap(*, at: datetime) -> int:
    """Take back the runs whose lease is over; return how many.

    They wait for another attempt, or end with a sentence after the last one.
    """
    lost = _tried(Run.objects.filter(state=State.RUNNING, lease_until__lt=at))
    ended = lost.filter(tried__gte=ATTEMPTS).update(
        state=State.ABANDONED,
        message_fr=STOPPED.fr,
        message_en=STOPPED.en,
        finished_at=at,
        lease_until=None,
    )
    return int(ended) + _again(lost, at=at)


def try_again(lease: Lease, *, at: datetime) -> bool:
    """Put off a run that met a fault which passes; return False after the last attempt."""
    return bool(_again(_tried(_held(lease)), at=at))


def _again(runs: Any, *, at: datetime) -> int:
    """Let runs wait for another attempt, longer and longer; return how many had one left."""
    return sum(
        runs.filter(tried=tried).update(
            state=State.QUEUED,
            message_fr=RESUMING.fr,
            message_en=RESUMING.en,
            run_after=at + delay,
            lease_until=None,
        )
        for tried, delay in enumerate(DELAYS, start=1)
    )


def _tried(runs: Any) -> Any:
    return runs.annotate(tried=F("attempts") - F("spared"))


@contextmanager
def kept_alive(lease: Lease, *, every: float = 0.0) -> Iterator[None]:
    """Renew the lease while the work goes on, from a thread with its own connection.

    A worker that is killed takes the thread with it: the lease ends, and another one takes over.
    In a transaction (a test, a request) no other connection could see the run: nothing is renewed.
    """
    if connection.in_atomic_block:
        yield
        return
    stop = threading.Event()
    pause = every or LEASE.total_seconds() / 4

    def beat() -> None:
        try:
            while not stop.wait(pause):
                try:
                    with scoped(platform=True):
                        if not renew(lease, at=timezone.now()):
                            return
                except DatabaseError:  # busy, or gone for a moment: the lease outlives some beats
                    logger.exception("lease of run %s", lease.run_id)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"lease-{lease.run_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _held(lease: Lease) -> Any:
    return Run.objects.filter(pk=lease.run_id, state=State.RUNNING, attempts=lease.attempt)
