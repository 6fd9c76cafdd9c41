"""The facts on screen: every sheet, every row, and the workbook."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gouvernail.apps.accounts.permissions import Act, act, may
from gouvernail.apps.facts import drafts, presentation, queries, services
from gouvernail.apps.facts.answers import KNOWN
from gouvernail.apps.facts.directory import suggestions
from gouvernail.apps.facts.forms import RowForm, WorkbookForm
from gouvernail.apps.facts.plain import revived
from gouvernail.apps.facts.queries import Record
from gouvernail.apps.files.presentation import FileForm
from gouvernail.apps.files.presentation import line as file_line
from gouvernail.common.fragments import show
from gouvernail.common.request import Request
from gouvernail.common.sheets import attached, download
from gouvernail.common.wording import language
from gouvernail.workbook import all_notes, all_problems, read_rows, write_workbook
from gouvernail_core.facts import Choice, Layout, Row, Rows, Sheet, notes, sheets
from gouvernail_core.kernel import RefusedError


@require_safe
@act(Act.READ)
def index(request: Request) -> HttpResponse:
    """List the sheets, and how much each holds."""
    counts = queries.counts(request.authority.pk)
    listed = [(sheet, counts[sheet.code]) for sheet in sheets()]
    return render(request, "facts/index.html", {"sheets": listed})


@require_safe
@act(Act.READ)
def sheet(request: Request, code: str) -> HttpResponse:
    """List the rows of a sheet; a sheet of one row is shown as that row."""
    shown = queries.sheet_for(code)
    if shown.layout is Layout.FORM:
        return redirect("facts:row", code, request.authority.pk)
    records = queries.records_of(shown, request.authority.pk)
    options = queries.options_of(shown, request.authority.pk)
    table = presentation.table(shown, records, options, request.GET.dict())
    context = {"sheet": shown, "table": table}
    return show(request, "facts/sheet.html", "facts/_lines.html", context)


@require_safe
@act(Act.READ)
def export(request: Request, code: str, form: str) -> HttpResponse:
    """Give a sheet with every column."""
    shown = queries.sheet_for(code)
    rows = queries.rows_of_sheet(shown, request.authority.pk)
    head, cells = presentation.export_rows(shown, rows)
    label = shown.label.in_(language())
    return download(f"{request.authority.code}-{code}", form, label, head, cells)


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.EDIT_FACTS)
def add(request: Request, code: str) -> HttpResponse:
    """Add a row; the address may fill some fields beforehand."""
    shown = queries.sheet_for(code)
    if shown.layout is Layout.FORM:
        return redirect("facts:sheet", code)
    if request.method != "POST":
        return _opened(request, shown, None)
    form = _form(request, shown)
    by_whom: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    if typed := form.read():
        _attempt(form, lambda: services.add_row(request.authority.pk, shown, typed, **by_whom))
    if form.errors:
        return _page(request, shown, form, status=422)
    drafts.forget(request.authority.pk, request.actor.user_id, shown, 0)
    messages.success(request, _("Added. The plan can be computed again."))
    _tell_notes(request, shown, typed)
    return redirect("facts:sheet", code)


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.READ)
def row(request: Request, code: str, pk: int) -> HttpResponse:
    """Show a row, and let those who may change it; the address may propose values."""
    shown = queries.sheet_for(code)
    if request.method == "POST":
        return cast(HttpResponse, change(request, shown, pk))
    return _opened(request, shown, queries.record_for(shown, request.authority.pk, pk))


@act(Act.EDIT_FACTS)
def change(request: Request, shown: Sheet, pk: int) -> HttpResponse:
    """Save what was typed; show both versions when somebody else wrote meanwhile."""
    record = queries.record_if_there(shown, request.authority.pk, pk)
    if record is None:
        return _gone(request, shown)
    form, version = _form(request, shown), _version(request)
    by_whom: dict[str, Any] = {"version": version, "by": request.actor, "at": timezone.now()}
    conflict = None
    if typed := form.read():
        conflict = _attempt(
            form,
            lambda: services.change_row(request.authority.pk, shown, pk, typed, **by_whom),
        )
    if form.errors:
        return _page(request, shown, form, record=record, version=version, status=422)
    if conflict is None:
        drafts.forget(request.authority.pk, request.actor.user_id, shown, pk)
        messages.success(request, _("Saved. The plan can be computed again."))
        _tell_notes(request, shown, typed)
        return redirect("facts:sheet", shown.code)
    if conflict.theirs is None:
        return _gone(request, shown)
    theirs = presentation.both(shown, conflict.theirs.row, typed or {})
    version = conflict.theirs.version
    return _page(request, shown, form, record=record, version=version, theirs=theirs, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.EDIT_FACTS)
def remove(request: Request, code: str, pk: int) -> HttpResponse:
    """Ask, then remove a row nothing refers to."""
    shown = queries.sheet_for(code)
    record = queries.record_for(shown, request.authority.pk, pk)
    problems: list[str] = []
    if request.method == "POST":
        problems = _removed(request, shown, pk)
        if not problems:
            messages.success(request, _("Removed. The journal keeps it."))
            return redirect("facts:sheet", code)
    name = presentation.row_name(record.row, shown)
    context = {"sheet": shown, "record": record, "name": name, "problems": problems}
    return render(request, "facts/remove.html", context, status=422 if problems else 200)


@require_POST
@act(Act.SEND_FILES)
def attach(request: Request, code: str, pk: int) -> HttpResponse:
    """Attach a file to a row, or say what to send instead."""
    shown = queries.sheet_for(code)
    record = queries.record_for(shown, request.authority.pk, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data["file"]
        by_whom: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
        try:
            services.attach(request.authority.pk, shown, record.row, given, **by_whom)
        except RefusedError as refused:
            form.refuse(refused)
    if form.is_valid():
        messages.success(request, _("Attached."))
        return redirect("facts:row", code, pk)
    typed = _form(request, shown, row=record.row)
    context = {"record": record, "version": record.version, "file_form": form}
    return _page(request, shown, typed, status=422, **context)


@require_safe
@act(Act.EDIT_FACTS)
def directory(request: Request) -> HttpResponse:
    """Search the official list of authorities; each line fills the form."""
    word = request.GET.get("mot", "")
    form = reverse("facts:row", args=["authority", request.authority.pk])
    found = suggestions(word, form, language())
    context = {"word": word, "found": found}
    return show(request, "facts/directory.html", "facts/_directory.html", context)


@require_safe
@act(Act.READ)
def workbook(request: Request, form: str) -> HttpResponse:
    """Give the whole workbook, ready to be changed and imported again."""
    return _workbook(request.authority.code, queries.rows_of(request.authority.pk), form)


@require_safe
@act(Act.READ)
def empty_workbook(request: Request, form: str) -> HttpResponse:
    """Give the workbook to fill."""
    return _workbook("gouvernail", None, form)


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.IMPORT)
def upload(request: Request) -> HttpResponse:
    """Read a workbook without changing anything, then show what it would change."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "facts/upload.html", {"form": WorkbookForm()})
    if not form.is_valid():
        return render(request, "facts/upload.html", {"form": form}, status=422)
    file = form.cleaned_data["workbook"]
    content = file.read()
    read = read_rows(content, name=file.name)
    kept = services.keep_upload(
        request.authority.pk,
        name=file.name,
        sha256=hashlib.sha256(content).hexdigest(),
        rows=read.rows,
        problems=all_problems(read),
        notes=all_notes(read),
        by=request.actor,
        at=timezone.now(),
    )
    return redirect("facts:review", kept.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.IMPORT)
def review(request: Request, pk: int) -> HttpResponse:
    """Show what a workbook would change; import it when asked."""
    kept = queries.upload_for(request.authority.pk, pk)
    wanted = request.POST if request.method == "POST" else request.GET
    removing = wanted.get("retirer") == "1"
    found, problems = services.preview(
        request.authority.pk, revived(kept.rows), remove=removing, by=request.actor
    )
    said = presentation.problems(kept.problems, problems)
    if request.method == "POST" and not said and kept.imported_at is None:
        services.import_upload(kept, remove=removing, by=request.actor, at=timezone.now())
        messages.success(request, _("Imported. The plan can be computed again."))
        return redirect("facts:index")
    context = {
        "upload": kept,
        # A file nothing was read from would seem to remove everything.
        "moved": presentation.moved(found) if any(kept.rows.values()) else (),
        "problems": said,
        "removing": removing,
        "notes": presentation.problems(kept.notes, ()),
    }
    return render(request, "facts/review.html", context, status=422 if said else 200)


def _workbook(name: str, rows: Rows | None, form: str) -> HttpResponse:
    if form not in ("ods", "xlsx"):
        raise Http404
    stream = io.BytesIO()
    write_workbook(rows, stream, format=form, language=language())
    return attached(stream.getvalue(), name, form)


def _tell_notes(request: Request, shown: Sheet, typed: Row | None) -> None:
    """Say what was accepted and should be looked at twice."""
    for note in notes({shown.code: [typed]} if typed else {}):
        messages.warning(request, note.text.in_(language()))


def _opened(request: Request, shown: Sheet, record: Record | None) -> HttpResponse:
    """Return a form as it is opened: what its reader began earlier is proposed, or taken up."""
    row = {**(record.row if record else {}), **request.GET.dict()}
    version = record.version if record else 0
    place = (request.authority.pk, request.actor.user_id, shown, record.pk if record else 0)
    draft = drafts.draft_of(*place) if may(request.actor, Act.EDIT_FACTS) else None
    context: dict[str, Any] = {"record": record, "version": version}
    if draft is None or request.GET.get("brouillon") != "1":
        return _page(request, shown, _form(request, shown, row=row), draft=draft, **context)
    typed = presentation.as_typed(draft.values)
    if record and draft.version != version:  # the row has moved since: show both
        ours = _form(request, shown, typed=typed).read() or {}
        context["theirs"] = presentation.both(shown, record.row, ours)
    return _page(request, shown, _form(request, shown, typed=typed), **context)


def _gone(request: Request, shown: Sheet) -> HttpResponse:
    """Show what was typed on a row that somebody removed meanwhile: it can be added again."""
    if shown.layout is Layout.FORM:
        raise Http404(shown.code)
    return _page(request, shown, _form(request, shown), gone=True, status=409)


def _form(request: Request, shown: Sheet, *, row: Row | None = None, typed: Any = None) -> RowForm:
    options: dict[str, tuple[Choice, ...]] = queries.options_of(shown, request.authority.pk)
    for (code, column), choices in KNOWN.items():
        if code == shown.code:
            options[column] = choices()
    if row is None and typed is None:
        typed = request.POST
    return RowForm(shown, options, row=row, typed=typed, first=_first(request, shown))


def _first(request: Request, shown: Sheet) -> dict[str, tuple[str, frozenset[str]]]:
    """Return, for the columns that name a person of a role, who is offered first."""
    if shown.code != "use_cases":
        return {}
    people = partial(queries.people_of_role, request.authority.pk)
    return {
        "elu": (_("Élus"), people("elu")),
        "director": (_("Heads of service"), people("director")),
    }


def _page(
    request: Request, shown: Sheet, form: RowForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Return the page of a row, new or known."""
    record = context.get("record")
    alone = shown.layout is Layout.FORM
    if record and may(request.actor, Act.READ_FILES):
        found = queries.files_of(shown, request.authority.pk, record.row)
        context["attached"] = [file_line(file) for file in found]
        context["attach"] = reverse("facts:attach", args=[shown.code, record.pk])
        context.setdefault("file_form", FileForm())
    context |= {
        "sheet": shown,
        "form": form,
        "name": presentation.row_name(record.row, shown) if record else "",
        "adding": presentation.adding(shown),
        "place": record.pk if record else 0,
        "removable": not alone,
        "back": reverse("facts:index") if alone else reverse("facts:sheet", args=[shown.code]),
    }
    return render(request, "facts/row.html", context, status=status)


def _attempt(form: RowForm, attempt: Callable[[], Any]) -> Any:
    """Return what the act gives; what it refuses goes on the form."""
    try:
        return attempt()
    except RefusedError as refused:
        form.refuse(refused)
        return None


def _removed(request: Request, shown: Sheet, pk: int) -> list[str]:
    """Remove the row; return why it cannot be."""
    by_whom: dict[str, Any] = {
        "version": _version(request),
        "by": request.actor,
        "at": timezone.now(),
    }
    try:
        conflict = services.remove_row(request.authority.pk, shown, pk, **by_whom)
    except RefusedError as refused:
        return [problem.sentence(language()) for problem in refused.problems]
    if conflict is None:
        return []
    return [_("Somebody changed this row meanwhile. Read it again before removing it.")]


def _version(request: Request) -> int:
    """Return the version the form was made from; none given never matches."""
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() and len(given) < 10 else 0
