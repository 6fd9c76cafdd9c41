"""The authority leaves with everything that is its own, whenever it wants."""

from __future__ import annotations

import tempfile
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.facts.queries import counts
from gouvernail.apps.files.queries import files_of, weight_of
from gouvernail.apps.journal.queries import seal_of
from gouvernail.common.request import Request
from gouvernail.keeping.export import export_to

#: A larger file is sent piece by piece.
IN_MEMORY = 16 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.EXPORT_AUTHORITY)
def export(request: Request) -> Any:
    """Say what the export holds; give it when asked."""
    if request.method == "POST":
        return given(request)
    return _page(request)


def _page(request: Request) -> HttpResponse:
    pk = request.authority.pk
    context = {
        "facts": sum(counts(pk).values()),
        "files": len(files_of(pk)),
        "weight": weight_of(pk),
        "seal": seal_of(pk),
    }
    return render(request, "administration/export.html", context)


def given(request: Request) -> HttpResponse | FileResponse:
    """Return the export, written whole before its first byte leaves: half a file helps nobody."""
    at = timezone.now()
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - a long answer closes it at its end
    export_to(request.authority.pk, stream, by=request.actor, at=at)
    long = stream.tell() > IN_MEMORY
    stream.seek(0)
    response: HttpResponse | FileResponse
    if long:
        response = FileResponse(stream, content_type="application/zip")
    else:
        with stream:
            response = HttpResponse(stream.read(), content_type="application/zip")
    name = f"{request.authority.code}-{at:%Y-%m-%d}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
