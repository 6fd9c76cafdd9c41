"""The only writer of examinations: asked, paused, done, kept; the stores learn what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gouvernail.apps.facts import services as facts
from gouvernail.apps.facts.queries import record_of_code
from gouvernail.apps.jobs import services as jobs
from gouvernail.apps.jobs import work
from gouvernail.apps.jobs.kinds import KINDS, Kind, Report
from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.jobs.queries import run as run_of
from gouvernail.apps.jobs.states import State
from gouvernail.apps.journal.services import record
from gouvernail.apps.protection import queries
from gouvernail.apps.protection.models import StoreExamination
from gouvernail.common.actor import Actor, service
from gouvernail_core.access import Act
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import Problem, RefusedError, Text

_DUE = Problem(
    "scan-duties",
    Text(
        "L’examen des fichiers des autres attend que ses propres exigences soient remplies : "
        "dites-les dans la page de l’examen.",
        "The files of others wait for the duties of the examination itself: state them on the "
        "page of the examination.",
    ),
)
_NOWHERE = Problem(
    "no-share",
    Text(
        "Aucun dossier à examiner n’est ouvert à la plateforme. Demandez à votre administrateur "
        "de les rendre lisibles, puis indiquez celui de chaque gisement.",
        "No folder to examine is open to the platform. Ask your administrator to make them "
        "readable, then state the one of each store.",
    ),
)
_BUSY = Problem(
    "busy",
    Text(
        "Un autre examen de ces fichiers est en cours.",
        "Another examination of these files is under way.",
    ),
)
_DONE = Text("L’examen des fichiers est terminé.", "The examination of the files is done.")


def ask(authority_id: int, *, by: Actor, at: datetime) -> Progress:
    """Return the run that examines the files, or goes on with it; made if none is active.

    Raises RefusedError while a duty of the examination itself is not done.
    """
    _check(authority_id)
    return work.ask(authority_id, KINDS[queries.EXAMINATION], by=by, at=at)


def examine_now(
    authority_id: int, *, by: Actor, at: datetime, told: Report | None = None
) -> Progress:
    """Examine here and now, and return the ended run: for commands, not for pages."""
    _check(authority_id)
    with transaction.atomic():
        run, made = jobs.ask(authority_id, queries.EXAMINATION, by=by.name, at=at)
        if made:
            _told_asked(authority_id, by, at)
    work.do(run.id, told=told)
    return run_of(run.id)


def _check(authority_id: int) -> list[queries.Place]:
    if queries.missing_of(queries.duties_of(authority_id)):
        raise RefusedError(_DUE)
    places = [place for place in queries.places_of(authority_id) if place.there]
    if not places:
        raise RefusedError(_NOWHERE)
    return places


@transaction.atomic
def pause(authority_id: int, run: Progress, *, by: Actor, at: datetime) -> bool:
    """Stop an examination where it is; asked again, it goes on from there."""
    if not jobs.cancel(authority_id, run.id, at=at):
        return False
    record("examination-paused", by=by, at=at, authority_id=authority_id)
    return True


def _examine(run: Progress, lease: jobs.Lease, report: Report) -> bool:
    """Examine what can be, from where it was left, and let it count if the lease held."""
    from gouvernail_scan.examination import examine
    from gouvernail_scan.report import stores_found
    from gouvernail_scan.state import Busy
    from gouvernail_scan.state import State as Book

    places = _check(run.authority_id)
    path = queries.state_path(run.authority_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with Book(path) as book:
            examine(
                [str(place.folder) for place in places],
                book,
                progress=lambda each: report(*_said(each)),
            )
            stores = [place.store for place in places]
            found = stores_found(book, stores, timezone.localdate())
    except Busy as error:
        raise RefusedError(_BUSY) from error
    return _keep(run, lease, found)


def _said(each: Any) -> tuple[float, Text]:
    """Return the share that is done and the words that say it."""
    done = each.done
    if each.listing:
        return 0.0, Text(
            f"Inventaire : {done.total_files} fichiers.", f"Listing: {done.total_files} files."
        )
    share = done.bytes / done.total_bytes if done.total_bytes else 1.0
    left_fr = left_en = ""
    if each.remaining is not None:
        minutes = max(1, round(each.remaining / 60))
        left_fr, left_en = f" ; reste {minutes} min environ", f"; about {minutes} min left"
    return share, Text(
        f"{done.files} fichiers lus sur {done.total_files}{left_fr}.",
        f"{done.files} files read of {done.total_files}{left_en}.",
    )


@transaction.atomic
def _keep(run: Progress, lease: jobs.Lease, found: Sequence[Any]) -> bool:
    """End the run with what was found and its journal entry; False when the lease was lost."""
    from gouvernail.formats.scan import file_json, head_json
    from gouvernail_scan.unit import rules_hash

    at = timezone.now()
    if not jobs.finish(lease, State.DONE, _DONE, at=at):
        return False
    head = head_json(found, rules=rules_hash(), on=timezone.localdate(at), finished=True)
    told = {each["id"]: each for each in head["stores"]}
    for each in found:
        loads = each.risk.loads
        StoreExamination.objects.update_or_create(
            authority_id=run.authority_id,
            store=each.store.id,
            defaults={
                "found": told[each.store.id]
                | {"loads": [loads.now, loads.purged, loads.rotated, loads.both]},
                "top": [file_json(file, each.store.id) for file in each.top],
                "rules": head["rules"],
                "examined_at": at,
            },
        )
        _teach(run.authority_id, each, at=at)
    record(
        "files-examined",
        by=service(),
        at=at,
        authority_id=run.authority_id,
        after={"stores": len(found), **head["ledger"]["total"]},
    )
    return True


def _teach(authority_id: int, found: Any, *, at: datetime) -> None:
    """Tell a store what was found in it: what somebody has said is never lowered by a machine.

    A class is given where there was none and raised where more was found; the examination is said
    whole only when everything was read.
    """
    stored = record_of_code(sheet("stores"), authority_id, found.store.id)
    if stored is None:
        return
    row: dict[str, Any] = {}
    if found.data_class and found.data_class.value > (stored.row["data_class"] or ""):
        row["data_class"] = found.data_class.value
    if stored.row["examined"] is not True and found.ledger.examined.files:
        whole = not found.ledger.partial.files and not found.ledger.unexamined.files
        row["examined"] = True if whole else None
    if row:
        facts.change_row(
            authority_id,
            sheet("stores"),
            stored.pk,
            row,
            version=stored.version,
            by=service(),
            at=at,
        )


def _told_asked(authority_id: int, by: Actor, at: datetime) -> None:
    record("examination-asked", by=by, at=at, authority_id=authority_id)


def _told_failed(run: Progress, text: Text, at: datetime) -> None:
    record(
        "examination-failed",
        by=service(),
        at=at,
        authority_id=run.authority_id,
        after={"fr": text.fr, "en": text.en},
    )


EXAMINING = Kind(
    code=queries.EXAMINATION,
    label=Text("Examen des fichiers", "Examination of the files"),
    act=Act.EXAMINE,
    function=_examine,
    asked=_told_asked,
    failed=_told_failed,
)
