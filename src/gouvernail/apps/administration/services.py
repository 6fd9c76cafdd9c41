"""What an administrator does: export the authority, cancel a computation or start it again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gouvernail.apps.accounts.permissions import may
from gouvernail.apps.administration.models import Export, random_place
from gouvernail.apps.administration.queries import EXPORT, exports_root, path_of
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs import work
from gouvernail.apps.jobs.kinds import KINDS, Kind, Report
from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.jobs.services import Lease
from gouvernail.apps.jobs.states import State
from gouvernail.apps.journal.services import record
from gouvernail.common.actor import Actor, service
from gouvernail.common.disk import older
from gouvernail.common.tenancy import owned
from gouvernail.keeping.export import export_to
from gouvernail_core.access import Act
from gouvernail_core.kernel import Problem, RefusedError, Text

#: How long an export can be taken, and how many are kept: everything of an authority is in each.
KEPT_FOR = timedelta(days=7)
KEPT = 3
#: How long bytes without a row are left alone: their act may not be over.
UNFINISHED = timedelta(hours=6)
_NOTHING = Problem(
    "nothing-to-retry",
    Text(
        "Ce calcul n’a rien à relancer : il attend, travaille, ou il est fait.",
        "This computation has nothing to start again: it waits, works, or is done.",
    ),
)
_READY = Text("Le fichier est prêt.", "The file is ready.")


def ask_export(authority_id: int, *, by: Actor, at: datetime) -> Progress:
    """Return the run that makes the export, made if none is active."""
    return work.ask(authority_id, KINDS[EXPORT], by=by, at=at)


@transaction.atomic
def note_taken(export: Export, *, by: Actor, at: datetime) -> None:
    """Write in the journal that somebody takes everything."""
    record("export-taken", by=by, at=at, authority_id=export.authority_id, subject=export.name)


@transaction.atomic
def cancel_job(authority_id: int, run: Progress, *, by: Actor, at: datetime) -> bool:
    """End a computation nobody wants any more; return False when it had ended meanwhile."""
    if not jobs.cancel(authority_id, run.id, at=at):
        return False
    record(
        "job-cancelled",
        by=by,
        at=at,
        authority_id=authority_id,
        subject=label_of(run).fr,
        before={"state": run.state},
    )
    return True


@transaction.atomic
def retry_job(authority_id: int, run: Progress, *, by: Actor, at: datetime) -> Progress | None:
    """Ask again for what ended without a result; None when the same is on its way already.

    Raises RefusedError for what has nothing to start again, PermissionDenied for somebody who may
    not ask for that kind of work.
    """
    kind = KINDS.get(run.kind)
    if kind is None or not run.failed:
        raise RefusedError(_NOTHING)
    if not may(by, kind.act):
        raise PermissionDenied(_("Your role does not open this page."))
    new = work.ask(authority_id, kind, by=by, at=at)
    if new.id <= run.id or new.asked_at != at:
        return None
    record(
        "job-retried",
        by=by,
        at=at,
        authority_id=authority_id,
        subject=kind.label.fr,
        before={"state": run.state},
    )
    return new


def label_of(run: Progress) -> Text:
    """Return what a computation does, in words."""
    kind = KINDS.get(run.kind)
    return kind.label if kind else Text(run.kind, run.kind)


def _make(run: Progress, lease: Lease, report: Report) -> Export | None:
    """Write the export aside, then let it count in one act, if the lease held."""
    at, place = timezone.now(), random_place()
    path = exports_root() / place
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    export = None
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as stream:
            export_to(run.authority_id, stream, by=None, at=at, told=report)
            stream.flush()
            os.fsync(stream.fileno())
        export = _keep(run, lease, place, path.stat().st_size, at=at)
    finally:
        if export is None:
            path.unlink(missing_ok=True)
    return export


@transaction.atomic
def _keep(run: Progress, lease: Lease, place: str, size: int, *, at: datetime) -> Export | None:
    """End the run with its file and its journal entry; None when the lease was lost."""
    now = timezone.now()
    if not jobs.finish(lease, State.DONE, _READY, at=now):
        return None
    code = apps.get_model("authority.Authority").objects.get(pk=run.authority_id).code
    export = Export.objects.create(
        authority_id=run.authority_id,
        run_id=run.id,
        place=place,
        name=f"{code}-{timezone.localtime(at):%Y-%m-%d-%H%M}.zip",
        size=size,
        made_at=at,
        until=now + KEPT_FOR,
    )
    record("authority-exported", by=service(), at=now, authority_id=run.authority_id)
    _forget(owned(Export, run.authority_id).order_by("-pk")[KEPT:])
    return export


def _forget(exports: Any) -> int:
    """Remove exports; the bytes once their rows are gone for good."""
    paths = []
    for export in exports:
        paths.append(path_of(export))
        export.delete()
    transaction.on_commit(lambda: _unlink(paths))
    return len(paths)


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def sweep_exports(*, at: datetime) -> int:
    """Remove the exports whose time is over and the bytes no row answers for; return how many."""
    with transaction.atomic():
        count = _forget(Export.objects.filter(until__lte=at))
    root, limit = exports_root(), (at - UNFINISHED).timestamp()
    # Looked at before the rows are read: what is written meanwhile is too young to be swept.
    there = root.iterdir() if root.is_dir() else ()
    waiting = [path for path in there if path.is_file() and older(path, limit)]
    known = set(Export.objects.values_list("place", flat=True)) if waiting else set()
    lost = [path for path in waiting if path.name not in known]
    _unlink(lost)
    return count + len(lost)


def _told_asked(authority_id: int, by: Actor, at: datetime) -> None:
    record("export-asked", by=by, at=at, authority_id=authority_id)


def _told_failed(run: Progress, text: Text, at: datetime) -> None:
    record(
        "export-failed",
        by=service(),
        at=at,
        authority_id=run.authority_id,
        after={"fr": text.fr, "en": text.en},
    )


EXPORTING = Kind(
    code=EXPORT,
    label=Text("Export de la collectivité", "Export of the authority"),
    act=Act.EXPORT_AUTHORITY,
    function=_make,
    asked=_told_asked,
    failed=_told_failed,
)
