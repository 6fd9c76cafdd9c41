"""The only readers of the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Value
from django.http import Http404

from gouvernail.apps.facts.models import Upload
from gouvernail.apps.facts.tables import of_authority, row_of
from gouvernail.apps.files.queries import files_of_row
from gouvernail.common.rows import field_name
from gouvernail.common.tenancy import owned
from gouvernail_core.facts import Choice, Column, Kind, Row, Sheet, sheets
from gouvernail_core.facts import sheet as core_sheet
from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Record:
    """A row and what is needed to change it: where it is, and which version was read."""

    pk: int
    version: int
    updated_at: datetime
    row: Row


def sheet_for(code: str) -> Sheet:
    """Return the sheet of that code, or 404."""
    try:
        return core_sheet(code)
    except KeyError:
        raise Http404(code) from None


def rows_of(authority_id: int) -> dict[str, list[Row]]:
    """Return every row of an authority: one query a sheet."""
    return {sheet.code: rows_of_sheet(sheet, authority_id) for sheet in sheets()}


def rows_of_sheet(sheet: Sheet, authority_id: int) -> list[Row]:
    """Return the rows of one sheet."""
    return [row_of(stored, sheet) for stored in of_authority(sheet, authority_id)]


def records_of(sheet: Sheet, authority_id: int, **where: Any) -> list[Record]:
    """Return the rows of one sheet, each with its version; of those that `where` keeps."""
    found = of_authority(sheet, authority_id).filter(**where)
    return [record_of(stored, sheet) for stored in found]


def some_records(sheet: Sheet, authority_id: int, *, start: int, limit: int) -> list[Record]:
    """Return `limit` rows of one sheet at most, from the one of rank `start`."""
    found = of_authority(sheet, authority_id)[start : start + limit]
    return [record_of(stored, sheet) for stored in found]


def record_of(stored: Any, sheet: Sheet) -> Record:
    """Return a stored row as a record."""
    return Record(stored.pk, stored.version, stored.updated_at, row_of(stored, sheet))


def record_for(sheet: Sheet, authority_id: int, pk: int) -> Record:
    """Return one row of this authority, or 404: another's does not exist for it."""
    record = record_if_there(sheet, authority_id, pk)
    if record is None:
        raise Http404(f"{sheet.code} {pk}")
    return record


def record_if_there(sheet: Sheet, authority_id: int, pk: int) -> Record | None:
    """Return one row of this authority, None when it has none of that number."""
    stored = of_authority(sheet, authority_id).filter(pk=pk).first()
    return None if stored is None else record_of(stored, sheet)


def counts(authority_id: int) -> dict[str, int]:
    """Return how many rows each sheet has, in one query."""
    parts = [
        of_authority(sheet, authority_id)
        .order_by()
        .values(which=Value(sheet.code))
        .annotate(n=Count("pk"))
        for sheet in sheets()
    ]
    found = parts[0].union(*parts[1:], all=True)
    given = {row["which"]: row["n"] for row in found}
    return {sheet.code: given.get(sheet.code, 0) for sheet in sheets()}


def options_of(sheet: Sheet, authority_id: int) -> dict[str, tuple[Choice, ...]]:
    """Return, for each column that points to another sheet, the rows it may point to."""
    targets = {c.target for c in sheet.columns if c.kind in (Kind.REF, Kind.REFS)}
    choices = {target: _choices(core_sheet(target), authority_id) for target in targets}
    return {c.code: choices[c.target] for c in sheet.columns if c.target in choices}


def _choices(target: Sheet, authority_id: int) -> tuple[Choice, ...]:
    columns = (field_name(target.key[0]), field_name(name_column(target).code))
    rows = of_authority(target, authority_id).values_list(*columns)
    return tuple(Choice(code, Text(shown := str(name), shown)) for code, name in rows)


def row_code(sheet: Sheet, row: Row) -> str:
    """Return what names a row among those of its sheet, for what is attached to it."""
    return " · ".join(str(row[code]) for code in sheet.key if row.get(code) not in (None, ""))


def files_of(sheet: Sheet, authority_id: int, row: Row) -> Sequence[Any]:
    """Return the files attached to a row."""
    return files_of_row(authority_id, sheet.code, row_code(sheet, row))


def name_column(sheet: Sheet) -> Column:
    """Return the column that names a row for people."""
    wanted = ("name", "title", "label", "what")
    return next((c for c in sheet.columns if c.code in wanted), sheet.columns[0])


def places_of(sheet: Sheet, authority_id: int) -> dict[str, int]:
    """Return where each row of a sheet is changed, by its code."""
    code = field_name(sheet.key[0])
    found = of_authority(sheet, authority_id).values_list(code, "pk")
    return {str(key): pk for key, pk in found}


def record_of_code(sheet: Sheet, authority_id: int, code: str) -> Record | None:
    """Return the row of this authority that bears this code, None when there is none."""
    where = {field_name(sheet.key[0]): code}
    stored = of_authority(sheet, authority_id).filter(**where).first()
    return None if stored is None else record_of(stored, sheet)


def people_of_role(authority_id: int, role: str) -> frozenset[str]:
    """Return the codes of the people who hold a role."""
    people = rows_of_sheet(core_sheet("people"), authority_id)
    return frozenset(str(row["id"]) for row in people if row["role"] == role)


def upload_for(authority_id: int, pk: int) -> Upload:
    """Return a workbook this authority handed in, or 404."""
    found: Upload | None = owned(Upload, authority_id).filter(pk=pk).first()
    if found is None:
        raise Http404(f"upload {pk}")
    return found
