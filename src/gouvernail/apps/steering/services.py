"""Asks for a plan, computes it, keeps it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from gouvernail.apps.facts.queries import rows_of
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs import work
from gouvernail.apps.jobs.kinds import KINDS, Kind, Report
from gouvernail.apps.jobs.queries import Progress, asked_again, held
from gouvernail.apps.jobs.queries import run as run_of
from gouvernail.apps.jobs.states import State
from gouvernail.apps.journal.queries import seal_of
from gouvernail.apps.journal.services import record
from gouvernail.apps.messaging.notices import notify_those_who
from gouvernail.apps.steering.models import CaseResult, Result
from gouvernail.apps.steering.parts import parts_of
from gouvernail.apps.steering.queries import KIND, duties_plan, folder_of, latest_plan
from gouvernail.common.actor import Actor, service
from gouvernail.common.disk import older
from gouvernail.common.tenancy import owned
from gouvernail_core.access import Act
from gouvernail_core.facts import digest
from gouvernail_core.kernel import Text
from gouvernail_core.revision import changes_between

#: The part of the bar the computation takes; the documents take the rest.
COMPUTING = 0.7
#: Results kept with their documents; the journal remembers the older ones.
KEPT = 10
#: Results whose cases are kept whole: the latest, and the one a page may be reading meanwhile.
WHOLE = 2

#: How old documents without a plan must be before they are removed.
ORPHAN_AFTER = timedelta(hours=1)

_DONE = Text("Le plan est à jour.", "The plan is up to date.")
_WRITING = Text("Écriture des documents", "Writing the documents")


def request_run(authority_id: int, *, by: Actor, at: datetime) -> Progress:
    """Return the run that will compute the plan, made if none is active, and enqueue it."""
    return work.ask(authority_id, KINDS[KIND], by=by, at=at)


def run_now(authority_id: int, *, by: Actor, at: datetime, told: Report | None = None) -> Progress:
    """Compute the plan here and now, and return the ended run: for commands, not for pages."""
    with transaction.atomic():
        run, made = jobs.ask(authority_id, KIND, by=by.name, at=at)
        if made:
            _told_asked(authority_id, by, at)
    compute(run.id, told=told)
    return run_of(run.id)


def compute(run_id: int, *, told: Report | None = None) -> Result | None:
    """Do the run, once: return its result, None when another worker has it or when it failed."""
    result: Result | None = work.do(run_id, told=told)
    return result


def _compute(run: Progress, lease: jobs.Lease, report: Report) -> Result | None:
    """Compute, write the documents aside, and let both count in one act, if the lease held."""
    rows = rows_of(run.authority_id)
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
    result = keep_plan(
        run.authority_id,
        plan,
        facts_digest=facts_digest,
        documents=documents,
        run_id=run.id,
        at=at,
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
    _look_again(run, result)
    notify_those_who(Act.RUN, "plan-computed", authority_id=run.authority_id, at=at, link="/")
    return result


@transaction.atomic
def keep_plan(
    authority_id: int,
    plan: dict[str, Any],
    *,
    facts_digest: str,
    at: datetime,
    documents: Sequence[str] = (),
    run_id: int | None = None,
) -> Result:
    """Store a plan in its parts, with what moved since the one before."""
    before, split = latest_plan(authority_id), parts_of(plan)
    result = Result.objects.create(
        authority_id=authority_id,
        run_id=run_id,
        facts_digest=facts_digest,
        rules_version=str(plan.get("rules_version", ""))[:40],
        plan=split.plan,
        law=split.law,
        changes=None if before is None else _changes(duties_plan(before), plan),
        since=None if before is None else before.computed_at,
        documents=list(documents),
        computed_at=at,
    )
    CaseResult.objects.bulk_create(
        (
            CaseResult(
                authority_id=authority_id,
                result=result,
                code=row.whole["id"],
                detail=row.whole,
                brief=row.brief,
                duties=row.duties,
            )
            for row in split.rows
        ),
        batch_size=100,
    )
    return result


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what moved, as it is kept; a case that is no longer there leads nowhere."""
    there = {case["id"] for case in after["cases"]}
    return [
        {
            "case": change.case if change.case in there else "",
            "title": asdict(change.title),
            "before": asdict(change.before) if change.before else None,
            "after": asdict(change.after) if change.after else None,
        }
        for change in changes_between(before, after)
    ]


def _write_documents(folder: Path, plan: dict[str, Any], report: Report) -> list[str]:
    """Write the documents in a fresh folder and return their names in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report(0.0, _WRITING)
    written = import_string(settings.DOCUMENTS_WRITER)(plan, folder, progress=report)
    return [Path(path).relative_to(folder).as_posix() for path in written]


def _look_again(run: Progress, result: Result) -> None:
    """Ask anew when somebody asked during the run and the facts have moved meanwhile.

    In the transaction that ends the run: what was promised to who asked is never forgotten.
    """
    if asked_again(run.id) and digest(rows_of(run.authority_id)) != result.facts_digest:
        request_run(run.authority_id, by=service(), at=timezone.now())


def _forget_old(authority_id: int) -> None:
    numbers = list(owned(Result, authority_id).order_by("-pk").values_list("pk", flat=True))
    for old in numbers[KEPT:]:
        shutil.rmtree(folder_of(old, authority_id), ignore_errors=True)
    owned(Result, authority_id).filter(pk__in=numbers[KEPT:]).delete()
    owned(CaseResult, authority_id).filter(result__in=numbers[WHOLE:KEPT]).delete()


def _told_asked(authority_id: int, by: Actor, at: datetime) -> None:
    record("plan-asked", by=by, at=at, authority_id=authority_id)


def _told_failed(run: Progress, text: Text, at: datetime) -> None:
    record(
        "plan-failed",
        by=service(),
        at=at,
        authority_id=run.authority_id,
        after={"fr": text.fr, "en": text.en},
    )
    words = {"fr": text.fr, "en": text.en}
    notify_those_who(Act.RUN, "plan-failed", authority_id=run.authority_id, at=at, words=words)


def _part(report: Report, low: float, high: float) -> Report:
    """Return a report of [0, 1] that moves the bar from `low` to `high` only."""
    return lambda share, text: report(low + (high - low) * share, text)


def sweep_documents(*, at: datetime) -> int:
    """Remove what workers that were killed left on the disk; return how many folders.

    A folder aside is its worker's as long as the run is held under that attempt. One with the
    number of a plan is given time: it is in place a moment before its plan can be seen.
    """
    there = [path for path in Path(settings.DOCUMENTS_DIR).glob("*/*") if path.is_dir()]
    if not there:
        return 0
    # Read after the disk: whoever made a folder since then is not in the list.
    kept = {
        str(folder_of(pk, authority))
        for pk, authority in Result.objects.values_list("pk", "authority_id")
    }
    kept |= {f"run-{pk}-{attempt}" for pk, attempt in held().items()}
    before = (at - ORPHAN_AFTER).timestamp()
    swept = [
        path
        for path in there
        if str(path) not in kept
        and path.name not in kept
        and (path.name.startswith("run-") or older(path, before))
    ]
    for path in swept:
        shutil.rmtree(path, ignore_errors=True)
    return len(swept)


STEERING = Kind(
    code=KIND,
    label=Text("Calcul du plan", "Computation of the plan"),
    act=Act.RUN,
    function=_compute,
    asked=_told_asked,
    failed=_told_failed,
)
