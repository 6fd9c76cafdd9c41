"""Asks for a plan, computes it, keeps it."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from gouvernail.apps.facts.queries import rows_of
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs.queries import Progress, asked_again, held, unclaimed
from gouvernail.apps.jobs.queries import run as run_of
from gouvernail.apps.jobs.states import State
from gouvernail.apps.journal.queries import seal_of
from gouvernail.apps.journal.services import record
from gouvernail.apps.messaging.notices import notify_those_who
from gouvernail.apps.steering.models import Result
from gouvernail.apps.steering.queries import KIND, folder_of
from gouvernail.common.actor import Actor, service
from gouvernail.common.tenancy import owned, scoped
from gouvernail_core.access import Act
from gouvernail_core.facts import digest
from gouvernail_core.kernel import RefusedError, Text

logger = logging.getLogger(__name__)

#: A page polls every two seconds: more writes than that serve nobody.
TELL_EVERY_SECONDS = 0.5
#: The part of the bar the computation takes; the documents take the rest.
COMPUTING = 0.7
#: Results kept with their documents; the journal remembers the older ones.
KEPT = 10

#: How long the record of an ended task is kept; the run and the journal keep what happened.
TASKS_KEPT = timedelta(days=7)

Report = Callable[[float, Text], None]

_DONE = Text("Le plan est à jour.", "The plan is up to date.")
_BROKEN = Text(
    "Le calcul a échoué de notre côté ; vos faits sont intacts. Relancez-le, et si cela se "
    "répète, donnez à votre administrateur l’heure de cet essai.",
    "The computation failed on our side; your facts are intact. Start it again, and if it happens "
    "again give your administrator the time of this attempt.",
)
_WRITING = Text("Écriture des documents", "Writing the documents")


@transaction.atomic
def request_run(authority_id: int, *, by: Actor, at: datetime) -> Progress:
    """Return the run that will compute the plan, made if none is active, and enqueue it."""
    run, made = jobs.ask(authority_id, KIND, by=by.name, at=at)
    if made:
        record("plan-asked", by=by, at=at, authority_id=authority_id)
        run_steering.enqueue(run.id)
    return run


def run_now(authority_id: int, *, by: Actor, at: datetime, told: Report | None = None) -> Progress:
    """Compute the plan here and now, and return the ended run: for commands, not for pages."""
    with transaction.atomic():
        run, made = jobs.ask(authority_id, KIND, by=by.name, at=at)
        if made:
            record("plan-asked", by=by, at=at, authority_id=authority_id)
    compute(run.id, told=told)
    return run_of(run.id)


def compute(run_id: int, *, told: Report | None = None) -> Result | None:
    """Do the run, once: return its result, None when another worker has it or when it failed.

    A failure is written for the person who waits; it is never raised to the worker.
    """
    with scoped(platform=True, lasting=True):  # whose run it is, only the run says
        run = jobs.claim(run_id, at=timezone.now())
    if run is None:
        return None
    lease = jobs.lease_of(run)
    with scoped(authority=run.authority_id, lasting=True), jobs.kept_alive(lease):
        try:
            return _compute(run, lease, told)
        except RefusedError as refused:
            _fail(run, lease, _problems(refused))
        except Exception:
            logger.exception("run %s", run_id)
            _fail(run, lease, _BROKEN)
    return None


def _compute(run: Progress, lease: jobs.Lease, told: Report | None) -> Result | None:
    """Compute, write the documents aside, and let both count in one act, if the lease held."""
    rows = rows_of(run.authority_id)
    report = _reporter(lease, told)
    plan = import_string(settings.STEERING_RUN)(
        rows, on=timezone.localdate(), progress=_part(report, 0.0, COMPUTING)
    )
    aside = folder_of(0, run.authority_id).with_name(f"run-{run.id}-{lease.attempt}")
    try:
        sealed = plan | {"journal_seal": seal_of(run.authority_id)}
        names = _write_documents(aside, sealed, _part(report, COMPUTING, 1.0))
        result = _keep(run, lease, plan, digest(rows), names, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    if result is not None:
        _look_again(run, result)
        _forget_old(run.authority_id)
    return result


@transaction.atomic
def _keep(
    run: Progress,
    lease: jobs.Lease,
    plan: dict[str, Any],
    facts_digest: str,
    documents: list[str],
    aside: Path,
) -> Result | None:
    """End the run with its result and its journal entry; None when the lease was lost."""
    at = timezone.now()
    if not jobs.finish(lease, State.DONE, _DONE, at=at):
        return None
    result = Result.objects.create(
        authority_id=run.authority_id,
        run_id=run.id,
        facts_digest=facts_digest,
        rules_version=str(plan.get("rules_version", ""))[:40],
        plan=plan,
        documents=documents,
        computed_at=at,
    )
    folder = folder_of(result.pk, run.authority_id)
    shutil.rmtree(folder, ignore_errors=True)  # of a transaction that a power cut took back
    aside.rename(folder)
    record(
        "plan-computed",
        by=service(),
        at=at,
        authority_id=run.authority_id,
        after={"result": result.pk, "facts_digest": result.facts_digest},
    )
    notify_those_who(Act.RUN, "plan-computed", authority_id=run.authority_id, at=at, link="/")
    return result


def _write_documents(folder: Path, plan: dict[str, Any], report: Report) -> list[str]:
    """Write the documents in a fresh folder and return their names in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report(0.0, _WRITING)
    written = import_string(settings.DOCUMENTS_WRITER)(plan, folder, progress=report)
    return [Path(path).relative_to(folder).as_posix() for path in written]


def _look_again(run: Progress, result: Result) -> None:
    """Ask anew when somebody asked during the run and the facts have moved meanwhile."""
    if asked_again(run.id) and digest(rows_of(run.authority_id)) != result.facts_digest:
        request_run(run.authority_id, by=service(), at=timezone.now())


def _forget_old(authority_id: int) -> None:
    results = owned(Result, authority_id).order_by("-pk")
    for old in results[KEPT:]:
        shutil.rmtree(folder_of(old.pk, authority_id), ignore_errors=True)
        old.delete()


@transaction.atomic
def _fail(run: Progress, lease: jobs.Lease, text: Text) -> None:
    at = timezone.now()
    if jobs.finish(lease, State.FAILED, text, at=at):
        record(
            "plan-failed",
            by=service(),
            at=at,
            authority_id=run.authority_id,
            after={"fr": text.fr, "en": text.en},
        )
        words = {"fr": text.fr, "en": text.en}
        notify_those_who(Act.RUN, "plan-failed", authority_id=run.authority_id, at=at, words=words)


def _problems(refused: RefusedError) -> Text:
    """Return the first problems in a few lines: the facts pages say them all."""
    shown = refused.problems[:3]
    more = len(refused.problems) - len(shown)
    fr = " ".join(problem.sentence("fr") for problem in shown)
    en = " ".join(problem.sentence("en") for problem in shown)
    if more:
        fr, en = f"{fr} Et {more} autre(s).", f"{en} And {more} more."
    return Text(fr, en)


def _reporter(lease: jobs.Lease, told: Report | None) -> Report:
    last = 0.0

    def report(share: float, text: Text) -> None:
        nonlocal last
        if told:
            told(share, text)
        if time.monotonic() - last >= TELL_EVERY_SECONDS:
            last = time.monotonic()
            jobs.tell(lease, share, text, at=timezone.now())

    return report


def _part(report: Report, low: float, high: float) -> Report:
    """Return a report of [0, 1] that moves the bar from `low` to `high` only."""
    return lambda share, text: report(low + (high - low) * share, text)


@task()
def run_steering(run_id: int) -> int | None:
    """Compute the plan of a run and return the result's number; once, whoever calls."""
    result = compute(run_id)
    return result.pk if result else None


def catch_up(*, at: datetime) -> int:
    """Enqueue the runs that wait and that no task will do; return how many.

    The task of a worker that was killed says for ever that it is running: it is ended here once
    nobody holds its run.
    """
    called = DBTaskResult.objects.filter(task_path=run_steering.module_path)
    holding = held(KIND)
    for task_row in called.filter(status=TaskResultStatus.RUNNING):
        if task_row.args_kwargs["args"][0] not in holding:
            called.filter(pk=task_row.pk).update(status=TaskResultStatus.FAILED, finished_at=at)
    called.filter(finished_at__lt=at - TASKS_KEPT).delete()
    alive = called.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    known = {call["args"][0] for call in alive.values_list("args_kwargs", flat=True)}
    lost = [pk for pk in unclaimed(KIND, at=at) if pk not in known]
    for pk in lost:
        run_steering.enqueue(pk)
    return len(lost)
