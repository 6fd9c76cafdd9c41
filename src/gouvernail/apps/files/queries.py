"""The only readers of the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Sum
from django.http import Http404

from gouvernail.apps.files.models import StoredFile
from gouvernail.common.tenancy import owned


def files_of(authority_id: int) -> Sequence[StoredFile]:
    """Return the files of an authority, the latest first."""
    return list(_kept(authority_id))


def files_of_row(authority_id: int, sheet: str, row: str) -> Sequence[StoredFile]:
    """Return the files attached to one row, the latest first."""
    return list(_kept(authority_id).filter(sheet=sheet, row=row))


def files_of_sheet(authority_id: int, sheet: str) -> Sequence[StoredFile]:
    """Return the files attached to the rows of one sheet, the latest first."""
    return list(_kept(authority_id).filter(sheet=sheet))


def file_for(authority_id: int, uid: UUID) -> StoredFile:
    """Return a file of this authority, or 404: another's does not exist for it."""
    found: StoredFile | None = _kept(authority_id).filter(uid=uid).first()
    if found is None:
        raise Http404("file")
    return found


def weight_of(authority_id: int) -> int:
    """Return how many bytes an authority keeps."""
    return int(_kept(authority_id).order_by().aggregate(all=Sum("size"))["all"] or 0)


def path_of(file: StoredFile) -> Path:
    """Return where the bytes of a file are."""
    return folder_of(file.authority_id) / file.place


def folder_of(authority_id: int) -> Path:
    """Return the folder of an authority's files."""
    model: Any = apps.get_model("authority.Authority")
    uid = model.objects.values_list("uid", flat=True).get(pk=authority_id)
    return Path(settings.MEDIA_ROOT) / str(uid)


def known_places() -> set[str]:
    """Return the names on the disk that a row answers for, in every authority."""
    kept = StoredFile.objects.filter(removed_at=None)
    return set(kept.order_by().values_list("place", flat=True))


def _kept(authority_id: int) -> Any:
    return owned(StoredFile, authority_id).filter(removed_at=None)
