"""Doing a run, whatever its kind: once, under its lease, with a sentence when it fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from gouvernail.apps.jobs import queries, services
from gouvernail.apps.jobs.kinds import KINDS, Kind, Report
from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.jobs.services import TASKS_KEPT, Lease
from gouvernail.apps.jobs.states import State
from gouvernail.common.tenancy import scoped
from gouvernail_core.kernel import RefusedError, Text

logger = logging.getLogger(__name__)

#: A page polls every two seconds: more writes than that serve nobody.
TELL_EVERY_SECONDS = 0.5
_BROKEN = Text(
    "Le calcul a échoué de notre côté ; vos faits sont intacts. Relancez-le, et si cela se "
    "répète, donnez à votre administrateur l’heure de cet essai.",
    "The computation failed on our side; your facts are intact. Start it again, and if it happens "
    "again give your administrator the time of this attempt.",
)


class LeaseLostError(Exception):
    """The run is no longer this worker's: somebody cancelled it, or another worker has it."""


class WorkerStops(KeyboardInterrupt):
    """The worker is asked to stop in the middle of a run.

    A KeyboardInterrupt, which the database's driver knows how to leave a query for.
    """


class _Now:
    """Whether this process does a run that a signal may stop where it is."""

    stoppable = False


def stop_now() -> bool:
    """Leave the run under way, whose worker gives it back; return False when there is none."""
    if _Now.stoppable:
        _Now.stoppable = False
        raise WorkerStops
    return False


@transaction.atomic
def ask(authority_id: int, kind: Kind, *, by: Any, at: datetime) -> Progress:
    """Return the run of that kind, made, told and called for if none is active."""
    run, made = services.ask(authority_id, kind.code, by=by.name, at=at)
    if made:
        kind.asked(authority_id, by, at)
        perform.enqueue(run.id)
    return run


def do(run_id: int, *, told: Report | None = None) -> Any:
    """Do the run, once: return what it gives, None when another worker has it or when it failed.

    A failure is written for the person who waits; it is never raised to the worker. A run whose
    worker is asked to stop goes back to the queue, at once.
    """
    with scoped(platform=True, lasting=True):  # whose run it is, only the run says
        run = services.claim(run_id, at=timezone.now())
    if run is None:
        return None
    lease = services.lease_of(run)
    try:
        with scoped(authority=run.authority_id, lasting=True), services.kept_alive(lease):
            return _do(run, lease, told)
    except WorkerStops:
        give_back(lease, at=timezone.now())
        raise


def _do(run: Progress, lease: Lease, told: Report | None) -> Any:
    kind = KINDS[run.kind]
    try:
        with _stoppable():
            return kind.function(run, lease, _reporter(lease, told))
    except LeaseLostError:
        logger.info("run %s is no longer ours", run.id)
    except RefusedError as refused:
        _fail(kind, run, lease, _problems(refused))
    except OperationalError:  # busy, gone for a moment, or two writers in each other's way
        logger.exception("run %s", run.id)
        if not services.try_again(lease, at=timezone.now()):
            _fail(kind, run, lease, _BROKEN)
    except Exception:
        logger.exception("run %s", run.id)
        _fail(kind, run, lease, _BROKEN)
    return None


@contextmanager
def _stoppable() -> Iterator[None]:
    _Now.stoppable = True
    try:
        yield
    finally:
        _Now.stoppable = False


@transaction.atomic
def _fail(kind: Kind, run: Progress, lease: Lease, text: Text) -> None:
    at = timezone.now()
    if services.finish(lease, State.FAILED, text, at=at):
        kind.failed(run, text, at)


def give_back(lease: Lease, *, at: datetime) -> bool:
    """Put a run back in the queue, called for anew; return whether it was still held."""
    if not connection.in_atomic_block:
        connection.close()  # it may be in the middle of an answer
    with scoped(platform=True), transaction.atomic():
        given = services.give_back(lease, at=at)
        if given:
            perform.enqueue(lease.run_id)
    return given


def _problems(refused: RefusedError) -> Text:
    """Return the first problems in a few lines: the facts pages say them all."""
    shown = refused.problems[:3]
    more = len(refused.problems) - len(shown)
    fr = " ".join(problem.sentence("fr") for problem in shown)
    en = " ".join(problem.sentence("en") for problem in shown)
    if more:
        fr, en = f"{fr} Et {more} autre(s).", f"{en} And {more} more."
    return Text(fr, en)


def _reporter(lease: Lease, told: Report | None) -> Report:
    last = 0.0

    def report(share: float, text: Text) -> None:
        nonlocal last
        if told:
            told(share, text)
        if time.monotonic() - last >= TELL_EVERY_SECONDS:
            last = time.monotonic()
            if not services.tell(lease, share, text, at=timezone.now()):
                raise LeaseLostError

    return report


@task()
def perform(run_id: int) -> None:
    """Do a run, whoever calls; what it gives is kept by what it does."""
    do(run_id)


def catch_up(*, at: datetime) -> int:
    """Enqueue the runs that wait and that no task will do; return how many.

    The task of a worker that was killed says for ever that it is running: it is ended here once
    nobody holds its run.
    """
    called = DBTaskResult.objects.filter(task_path=perform.module_path)
    holding = queries.held()
    for task_row in called.filter(status=TaskResultStatus.RUNNING):
        if task_row.args_kwargs["args"][0] not in holding:
            called.filter(pk=task_row.pk).update(status=TaskResultStatus.FAILED, finished_at=at)
    DBTaskResult.objects.filter(finished_at__lt=at - TASKS_KEPT).delete()
    alive = called.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    known = {call["args"][0] for call in alive.values_list("args_kwargs", flat=True)}
    lost = [pk for pk in queries.unclaimed(at=at) if pk not in known]
    for pk in lost:
        perform.enqueue(pk)
    return len(lost)
