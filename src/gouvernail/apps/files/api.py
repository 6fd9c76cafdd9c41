"""Operations on the attached files."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404
from django.utils import timezone
from ninja import Router, Schema, Status

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.files import queries, services
from gouvernail.apps.files.models import StoredFile
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail_core.access import Act

router = Router()


class FileOut(Schema):
    """A file, what it is attached to, and the digest of its bytes."""

    uid: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    sheet: str
    row: str
    by: str
    at: datetime


@router.get("files", auth=needs(Act.READ_FILES), response=Page[FileOut])
def index(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the files of the authority."""
    return page(request, queries.files_of(request.authority.pk), limit, offset, file_out)


@router.get("files/{uuid:uid}", auth=needs(Act.READ_FILES))
def take(request: Request, uid: UUID) -> FileResponse:
    """Give the bytes of a file."""
    file = queries.file_for(request.authority.pk, uid)
    path = queries.path_of(file)
    if not path.is_file():
        raise Http404("file")
    services.note_taken(file, by=request.actor, at=timezone.now())
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=file.name, content_type=file.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return response


@router.delete("files/{uuid:uid}", auth=needs(Act.SEND_FILES), response={204: None})
def remove(request: Request, uid: UUID) -> Any:
    """Remove a file and its bytes."""
    file = queries.file_for(request.authority.pk, uid)
    services.remove_file(file, by=request.actor, at=timezone.now())
    return Status(204, None)


def file_out(file: StoredFile) -> FileOut:
    """Return a file as it is told."""
    return FileOut(
        uid=file.uid,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        sheet=file.sheet,
        row=file.row,
        by=file.by_name,
        at=file.at,
    )
