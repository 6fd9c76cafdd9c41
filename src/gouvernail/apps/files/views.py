"""The attached files: all of them, one to take, one to remove."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.files import presentation, queries, services
from gouvernail.common.fragments import show
from gouvernail.common.request import Request
from gouvernail.common.sheets import download


@require_safe
@act(Act.READ_FILES)
def index(request: Request) -> HttpResponse:
    """List the files of the authority."""
    files = queries.files_of(request.authority.pk)
    context = {"table": presentation.table(files, request.GET.dict())}
    return show(request, "files/index.html", "files/_lines.html", context)


@require_safe
@act(Act.READ_FILES)
def export(request: Request, form: str) -> HttpResponse:
    """Give the list of the files, with their digests."""
    head, cells = presentation.export_rows(queries.files_of(request.authority.pk))
    return download(f"{request.authority.code}-pieces", form, _("Attached files"), head, cells)


@require_safe
@act(Act.READ_FILES)
def take(request: Request, uid: UUID, filename: str) -> FileResponse:
    """Give a file to keep: never shown by the browser, never run, never kept by a relay."""
    file = queries.file_for(request.authority.pk, uid)
    path = queries.path_of(file)
    if filename != file.name or not path.is_file():
        raise Http404("file")
    if request.method == "GET":
        services.note_taken(file, by=request.actor, at=timezone.now())
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=file.name, content_type=file.media_type
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.SEND_FILES)
def remove(request: Request, uid: UUID) -> HttpResponse:
    """Ask, then remove a file."""
    file = queries.file_for(request.authority.pk, uid)
    if request.method != "POST":
        return render(request, "files/remove.html", {"line": presentation.line(file)})
    services.remove_file(file, by=request.actor, at=timezone.now())
    messages.success(request, _("Removed. The journal keeps its name, not its content."))
    return redirect("files:index")
