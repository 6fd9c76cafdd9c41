"""Operations on the facts: every sheet, every row, the whole workbook and its import."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Header, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.facts import presentation, queries, services
from gouvernail.apps.facts.directory import known_of
from gouvernail.apps.facts.forms import LARGEST_FILE_BYTES, RowForm
from gouvernail.apps.facts.plain import plain_row, revived
from gouvernail.apps.facts.queries import Record
from gouvernail.common import problems
from gouvernail.common.inspection import inspect
from gouvernail.common.paging import USUAL, Limit, Offset, Page, part
from gouvernail.common.request import Request
from gouvernail.common.sheets import attached
from gouvernail.common.wording import language
from gouvernail.workbook import all_notes, all_problems, read_rows, write_workbook
from gouvernail_core.access import Act
from gouvernail_core.facts import Column, Kind, Layout, Row, Sheet, sheets
from gouvernail_core.kernel import Problem, RefusedError

router = Router()

Finite = Annotated[float, Field(allow_inf_nan=False)]
Plain = str | int | Finite | bool | None
Values = dict[str, Plain | list[Plain]]
#: The columns that hold several values.
_SEVERAL = (Kind.LINES, Kind.CHOICES, Kind.REFS)
IfMatch = Annotated[str | None, Header(alias="If-Match", description="The version that was read.")]


class ColumnOut(Schema):
    """A column of a sheet."""

    code: str
    label_fr: str
    label_en: str
    kind: str
    unit: str
    required: bool
    choices: list[str]


class SheetOut(Schema):
    """A sheet of the facts, and how many rows it holds."""

    code: str
    label_fr: str
    label_en: str
    rows: int
    columns: list[ColumnOut]


class RowOut(Schema):
    """A row: `version` grows at each change."""

    id: int
    version: int
    updated_at: datetime
    values: dict[str, Any]


class RowIn(Schema):
    """The values to write; what is left out stays as it is."""

    values: Annotated[Values, Field(max_length=100)]


class AttachedOut(Schema):
    """A file that was attached, as it is kept."""

    name: str
    size: int


class ListedOut(Schema):
    """An authority of the official list, as the sheet writes it."""

    values: dict[str, str | int]


class SaidOut(Schema):
    """A sentence in both languages."""

    fr: str
    en: str


class MovedOut(Schema):
    """What an import would move in a sheet, or has moved."""

    sheet: str
    added: int
    changed: int
    absent: int


class ImportOut(Schema):
    """A workbook that was read, what it would move, and what forbids it."""

    id: int
    name: str
    imported_at: datetime | None
    moved: list[MovedOut]
    problems: list[str]
    notes: list[SaidOut]


class ImportIn(Schema):
    """How to import: `remove` takes away the rows that the workbook no longer has."""

    remove: bool = False


@router.get("facts", auth=needs(Act.READ), response=list[SheetOut])
def index(request: Request) -> list[SheetOut]:
    """List the sheets, their columns, and how much each holds."""
    counts = queries.counts(request.authority.pk)
    return [_sheet(sheet, counts[sheet.code]) for sheet in sheets()]


@router.get("facts/{str:code}", auth=needs(Act.READ), response=Page[RowOut])
def rows(request: Request, code: str, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the rows of a sheet."""
    shown = queries.sheet_for(code)
    found = queries.some_records(shown, request.authority.pk, start=offset, limit=limit + 1)
    return part(request, found, limit, offset, _row)


@router.post("facts/{str:code}", auth=needs(Act.EDIT_FACTS), response={201: RowOut})
def add(request: Request, response: HttpResponse, code: str, given: RowIn) -> Any:
    """Add a row."""
    shown = queries.sheet_for(code)
    if shown.layout is Layout.FORM:
        raise Http404(code)
    typed = _read(request, shown, given.values, {})
    if isinstance(typed, HttpResponse):
        return typed
    try:
        pk = services.add_row(
            request.authority.pk, shown, typed, by=request.actor, at=timezone.now()
        )
    except RefusedError as error:
        return problems.refused(request, error, pointer=_place_in(shown))
    made = queries.record_for(shown, request.authority.pk, pk)
    response["ETag"], response["Location"] = _etag(made), f"{request.path}/{pk}"
    return Status(201, _row(made))


@router.get("facts/{str:code}/{int:pk}", auth=needs(Act.READ), response=RowOut)
def row(request: Request, response: HttpResponse, code: str, pk: int) -> RowOut:
    """Give a row; its ETag is what a change must show."""
    record = queries.record_for(queries.sheet_for(code), request.authority.pk, pk)
    response["ETag"] = _etag(record)
    return _row(record)


@router.patch("facts/{str:code}/{int:pk}", auth=needs(Act.EDIT_FACTS), response=RowOut)
def change(
    request: Request,
    response: HttpResponse,
    code: str,
    pk: int,
    given: RowIn,
    match: IfMatch = None,
) -> Any:
    """Change a row read at the version shown in If-Match."""
    shown = queries.sheet_for(code)
    record = queries.record_for(shown, request.authority.pk, pk)
    version = _version(match)
    if version is None:
        return _unmatched(request)
    typed = _read(request, shown, given.values, record.row)
    if isinstance(typed, HttpResponse):
        return typed
    try:
        conflict = services.change_row(
            request.authority.pk, shown, pk, typed, version=version, by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
    except RefusedError as error:
        return problems.refused(request, error, pointer=_place_in(shown))
    if conflict is not None:
        return _moved_meanwhile(request, conflict.theirs)
    now = queries.record_for(shown, request.authority.pk, pk)
    response["ETag"] = _etag(now)
    return _row(now)


@router.delete("facts/{str:code}/{int:pk}", auth=needs(Act.EDIT_FACTS), response={204: None})
def remove(request: Request, code: str, pk: int, match: IfMatch = None) -> Any:
    """Remove a row nothing refers to, read at the version shown in If-Match."""
    shown = queries.sheet_for(code)
    queries.record_for(shown, request.authority.pk, pk)
    version = _version(match)
    if version is None:
        return _unmatched(request)
    conflict = services.remove_row(
        request.authority.pk, shown, pk, version=version, by=request.actor, at=timezone.now()
    )
    return Status(204, None) if conflict is None else _moved_meanwhile(request, conflict.theirs)


@router.post(
    "facts/{str:code}/{int:pk}/files", auth=needs(Act.SEND_FILES), response={201: AttachedOut}
)
def attach(request: Request, code: str, pk: int, file: File[UploadedFile]) -> Any:
    """Attach a file to a row."""
    shown = queries.sheet_for(code)
    record = queries.record_for(shown, request.authority.pk, pk)
    content = file.read(settings.FILE_LIMIT + 1)  # a huge one is not read whole
    given = inspect(content, file.name or "", limit=settings.FILE_LIMIT)
    services.attach(
        request.authority.pk, shown, record.row, given, by=request.actor, at=timezone.now()
    )
    return Status(201, AttachedOut(name=given.name, size=len(given.content)))


@router.get("directory", auth=needs(Act.EDIT_FACTS), response=list[ListedOut])
def directory(request: Request, word: Annotated[str, Field(max_length=100)] = "") -> Any:
    """Search the official list of authorities; `values` fill the sheet of the authority."""
    return [ListedOut(values=dict(each)) for each in known_of(word)]


@router.get("workbook.{str:form}", auth=needs(Act.READ))
def workbook(request: Request, form: str) -> HttpResponse:
    """Give the whole workbook (ods or xlsx)."""
    return _workbook(request.authority.code, queries.rows_of(request.authority.pk), form)


@router.get("empty-workbook.{str:form}", auth=needs(Act.READ))
def empty_workbook(request: Request, form: str) -> HttpResponse:
    """Give the workbook to fill (ods or xlsx)."""
    return _workbook("gouvernail", None, form)


@router.post("imports", auth=needs(Act.IMPORT), response={201: ImportOut})
def upload(request: Request, workbook: File[UploadedFile]) -> Any:
    """Read a workbook without changing anything; tell what it would move."""
    if workbook.size is None or workbook.size > LARGEST_FILE_BYTES:
        return problems.problem(
            request, 413, _("This file is larger than 10 MB. Remove its pictures.")
        )
    content = workbook.read()
    name = workbook.name or ""
    read = read_rows(content, name=name)
    kept = services.keep_upload(
        request.authority.pk, name=name, sha256=hashlib.sha256(content).hexdigest(),
        rows=read.rows, problems=all_problems(read), notes=all_notes(read), by=request.actor,
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, _import(request, kept, remove=False))


@router.get("imports/{int:pk}", auth=needs(Act.IMPORT), response=ImportOut)
def review(request: Request, pk: int, remove: bool = False) -> ImportOut:
    """Tell what a workbook that was read would move now."""
    kept = queries.upload_for(request.authority.pk, pk)
    return _import(request, kept, remove=remove)


@router.post("imports/{int:pk}/apply", auth=needs(Act.IMPORT), response=ImportOut)
def apply(request: Request, pk: int, given: ImportIn) -> Any:
    """Import a workbook that was read; asked twice, the second changes nothing."""
    kept = queries.upload_for(request.authority.pk, pk)
    told = _import(request, kept, remove=given.remove)
    if kept.imported_at is not None:
        return told
    if told.problems:
        title = _("This cannot be done as it stands")
        errors = [{"detail": each} for each in told.problems]
        return problems.problem(request, 422, title, errors=errors)
    services.import_upload(kept, remove=given.remove, by=request.actor, at=timezone.now())
    told.imported_at = queries.upload_for(request.authority.pk, pk).imported_at
    return told


def _sheet(sheet: Sheet, count: int) -> SheetOut:
    columns = [
        ColumnOut(
            code=c.code,
            label_fr=c.label.fr,
            label_en=c.label.en,
            kind=c.kind.value,
            unit=c.unit,
            required=c.required,
            choices=[choice.code for choice in c.choices],
        )
        for c in sheet.columns
    ]
    return SheetOut(
        code=sheet.code,
        label_fr=sheet.label.fr,
        label_en=sheet.label.en,
        rows=count,
        columns=columns,
    )


def _row(record: Record) -> RowOut:
    return RowOut(
        id=record.pk,
        version=record.version,
        updated_at=record.updated_at,
        values=plain_row(record.row),
    )


def _read(request: HttpRequest, sheet: Sheet, given: Values, row: Row) -> Row | HttpResponse:
    """Return the row typed, read by the same reader as the forms; or what to correct."""
    known = {column.code for column in sheet.columns}
    unknown = sorted(set(given) - known)
    title = _("This cannot be done as it stands")
    if unknown:
        errors = [
            {"pointer": f"/values/{code}", "detail": _("This column does not exist.")}
            for code in unknown
        ]
        return problems.problem(request, 422, title, errors=errors)
    errors = [
        {"pointer": f"/values/{code}", "detail": _("This column holds one value, not several.")}
        for code, value in given.items()
        if isinstance(value, list) and sheet.column(code).kind not in _SEVERAL
    ]
    if errors:
        return problems.problem(request, 422, title, errors=errors)
    typed = {code: _as_typed(value, sheet.column(code)) for code, value in given.items()}
    options = queries.options_of(sheet, request.authority.pk)  # type: ignore[attr-defined]
    form = RowForm(sheet, options, row=row, typed=typed)
    if row:  # what is left out stays as it is, even what could no longer be typed
        form.fields = [each for each in form.fields if each.name in given]
    read = form.read()
    if read is not None:
        return read
    errors = [
        {"pointer": f"/values/{each.name}", "detail": said} for each in form for said in each.errors
    ]
    errors += [{"detail": said} for said in form.non_field_errors]
    return problems.problem(request, 422, title, errors=errors)


def _place_in(sheet: Sheet) -> Callable[[Problem], str]:
    """Return where a problem of the facts is in the row that was sent, when it is there."""
    codes = {column.label.fr: column.code for column in sheet.columns}

    def place(problem: Problem) -> str:
        code = codes.get(problem.column or "", "") if problem.sheet == sheet.label.fr else ""
        return f"/values/{code}" if code else ""

    return place


def _as_typed(value: Any, column: Column) -> Any:
    """Return a value of JSON as the forms type it: a list where several are held."""
    if column.kind in _SEVERAL:
        several = [str(_scalar(each)) for each in (value if isinstance(value, list) else [value])]
        return "\n".join(several) if column.kind is Kind.LINES else several
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else value


def _etag(record: Record) -> str:
    return f'"{record.version}"'


def _version(match: str | None) -> int | None:
    """Return the version that If-Match shows, 0 when it is none of ours, None when missing."""
    if match is None:
        return None
    shown = match.strip().removeprefix("W/").strip('"')
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else 0


def _unmatched(request: HttpRequest) -> HttpResponse:
    return problems.problem(
        request,
        428,
        _("If-Match is missing"),
        _("Read the row first, then show its ETag in If-Match: nobody’s work is written over."),
    )


def _moved_meanwhile(request: HttpRequest, theirs: Record | None) -> HttpResponse:
    if theirs is None:
        return problems.problem(request, 409, _("Somebody removed this row meanwhile"))
    current = _row(theirs).model_dump(mode="json")
    return problems.problem(request, 412, _("Somebody changed this row meanwhile"), current=current)


def _workbook(name: str, rows: Any, form: str) -> HttpResponse:
    if form not in ("ods", "xlsx"):
        raise Http404(form)
    stream = io.BytesIO()
    write_workbook(rows, stream, format=form, language=language())
    return attached(stream.getvalue(), name, form)


def _import(request: HttpRequest, kept: Any, *, remove: bool) -> ImportOut:
    moved: list[MovedOut] = []
    said: list[str] = []
    if kept.imported_at is None:
        authority = request.authority.pk  # type: ignore[attr-defined]
        found, problems_found = services.preview(
            authority,
            revived(kept.rows),
            remove=remove,
            by=request.actor,  # type: ignore[attr-defined]
        )
        said = presentation.problems(kept.problems, problems_found)
        if any(kept.rows.values()):
            moved = [
                MovedOut(
                    sheet=each.sheet.code,
                    added=len(each.added),
                    changed=len(each.changed),
                    absent=len(each.absent),
                )
                for each in found
                if each.moves
            ]
    return ImportOut(
        id=kept.pk,
        name=kept.name,
        imported_at=kept.imported_at,
        moved=moved,
        problems=[str(each) for each in said],
        notes=[SaidOut(**each) for each in kept.notes],
    )
