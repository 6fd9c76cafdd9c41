"""The only writer of the files: bytes first, under a name nobody knows, then the row and its act.

A fault between the two leaves bytes without a row, which `sweep` removes; never a row without
its bytes.
"""

from __future__ import annotations

import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction

from gouvernail.apps.files.models import StoredFile, random_place
from gouvernail.apps.files.queries import folder_of, known_places, path_of, weight_of
from gouvernail.apps.journal.services import record
from gouvernail.common.actor import Actor
from gouvernail.common.disk import older
from gouvernail.common.inspection import Accepted
from gouvernail.common.tenancy import owned
from gouvernail_core.kernel import Problem, RefusedError, Text

#: How long bytes without a row are left alone: their act may not be over.
UNFINISHED = timedelta(hours=1)
MEGABYTE = 1024 * 1024


@transaction.atomic
def add_file(
    authority_id: int, given: Accepted, *, sheet: str, row: str, by: Actor, at: datetime
) -> StoredFile:
    """Keep an inspected file with its row; raise RefusedError when it is there or nothing fits.

    The authority's row is locked: two who send at once cannot pass the quota together.
    """
    model: Any = apps.get_model("authority.Authority")
    model.objects.select_for_update(no_key=True).get(pk=authority_id)
    digest = hashlib.sha256(given.content).hexdigest()
    _refuse_twice(authority_id, sheet, row, digest)
    _refuse_beyond_quota(authority_id, len(given.content))
    place = random_place()
    path = _written(folder_of(authority_id), place, given.content)
    try:
        file = StoredFile.objects.create(
            authority_id=authority_id,
            place=place,
            name=given.name,
            media_type=given.media_type,
            size=len(given.content),
            sha256=digest,
            by_id=by.user_id,
            by_name=by.name,
            at=at,
            sheet=sheet,
            row=row,
        )
        record(
            "file-added",
            by=by,
            at=at,
            authority_id=authority_id,
            subject=given.name,
            after={"sheet": sheet, "row": row, "size": file.size, "sha256": digest},
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return file


@transaction.atomic
def remove_file(file: StoredFile, *, by: Actor, at: datetime) -> bool:
    """Take a file back and erase its bytes; return whether it was still there."""
    kept = owned(StoredFile, file.authority_id).filter(pk=file.pk, removed_at=None)
    if not kept.update(removed_at=at):
        return False
    record(
        "file-removed",
        by=by,
        at=at,
        authority_id=file.authority_id,
        subject=file.name,
        before={"sheet": file.sheet, "row": file.row, "size": file.size, "sha256": file.sha256},
    )
    path = path_of(file)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return True


@transaction.atomic
def note_taken(file: StoredFile, *, by: Actor, at: datetime) -> None:
    """Write in the journal that somebody takes a file."""
    record("file-taken", by=by, at=at, authority_id=file.authority_id, subject=file.name)


def follow_row(authority_id: int, sheet: str, before: str, after: str) -> int:
    """Attach to the new code of a row what was attached to the former; return how many."""
    if before == after:
        return 0
    return int(owned(StoredFile, authority_id).filter(sheet=sheet, row=before).update(row=after))


def sweep(*, at: datetime) -> int:
    """Erase the bytes no row answers for; return how many files that was."""
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return 0
    limit = (at - UNFINISHED).timestamp()
    # Looked at before the rows are read: what is written meanwhile is too young to be swept.
    waiting = [path for path in root.glob("*/*") if path.is_file() and older(path, limit)]
    known = known_places() if waiting else set()
    lost = [path for path in waiting if path.name not in known]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _written(folder: Path, place: str, content: bytes) -> Path:
    """Write the bytes whole or not at all, readable by the platform alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished, path = folder / f"{place}.part", folder / place
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    _settle(folder)
    return path


def _settle(folder: Path) -> None:
    """Make the new name outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_twice(authority_id: int, sheet: str, row: str, digest: str) -> None:
    kept = owned(StoredFile, authority_id).filter(removed_at=None)
    if kept.filter(sheet=sheet, row=row, sha256=digest).exists():
        raise RefusedError(
            Problem(
                "file-twice",
                Text("Ce fichier est déjà joint ici.", "This file is already attached here."),
            )
        )


def _refuse_beyond_quota(authority_id: int, size: int) -> None:
    most = settings.FILE_QUOTA
    if weight_of(authority_id) + size > most:
        shown = most // MEGABYTE
        raise RefusedError(
            Problem(
                "file-quota",
                Text(
                    f"Les pièces jointes de la collectivité atteindraient plus de {shown} Mo. "
                    "Retirez celles qui ne servent plus, ou demandez plus de place à qui "
                    "administre la plateforme.",
                    f"The attached files of the authority would exceed {shown} MB. Remove those "
                    "no longer needed, or ask whoever runs the platform for more room.",
                ),
            )
        )
