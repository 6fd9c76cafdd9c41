"""The only writers of the facts: each act in one transaction with its journal entry.

An act locks the authority's row first: two writers of one authority follow each other, and the
digest of the facts is always that of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.http import Http404

from gouvernail.apps.facts.difference import (
    SheetDifference,
    bare,
    completed,
    differences,
    key_of,
    merged,
    renamed,
)
from gouvernail.apps.facts.limits import storable
from gouvernail.apps.facts.models import Upload
from gouvernail.apps.facts.plain import plain_row, plain_rows, revived
from gouvernail.apps.facts.queries import Record, record_of, records_of, row_code, rows_of
from gouvernail.apps.facts.reserved import (
    OVERRIDES,
    entry_of,
    refuse_reserved,
    refuse_reserved_moves,
    reserved_moves,
)
from gouvernail.apps.facts.tables import fields_of, model_of, of_authority
from gouvernail.apps.files.services import add_file, follow_row
from gouvernail.apps.journal.services import record
from gouvernail.common.actor import Actor
from gouvernail.common.inspection import Accepted
from gouvernail_core.facts import Row, Rows, Sheet, check, digest
from gouvernail_core.kernel import Problem, RefusedError, Text

#: How long a workbook that was read waits for somebody to confirm it.
UNCONFIRMED = timedelta(days=7)
_TOO_OLD = Problem(
    "upload-forgotten",
    Text(
        "Ce classeur attendait depuis plus d’une semaine ; son contenu a été effacé. Déposez-le "
        "de nouveau.",
        "This workbook had been waiting for more than a week; its content was erased. Hand it in "
        "again.",
    ),
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody changed the row meanwhile: theirs is `theirs`, None when they removed it."""

    theirs: Record | None


@transaction.atomic
def import_rows(
    authority_id: int,
    rows: Rows,
    *,
    by: Actor,
    at: datetime,
    remove: bool = False,
    name: str = "",
) -> list[SheetDifference]:
    """Make the authority's facts those of a workbook, and return what moved.

    A row is recognised by its key: importing twice changes nothing the second time. The rows the
    workbook no longer has stay, unless `remove`. Raises RefusedError with every problem found;
    nothing is written then.
    """
    authority = _locked(authority_id)
    before = rows_of(authority_id)
    after = merged(before, rows, remove=remove)
    problems = (*_another_authority(authority, after), *storable(after), *check(after))
    if problems:
        raise RefusedError(*problems)
    moved = differences(before, after)
    refuse_reserved_moves(moved, by)
    for difference in moved:
        _apply(difference, authority_id, at)
    if any(difference.moves for difference in moved):
        _refresh(authority_id, at)
    record(
        "workbook-imported",
        by=by,
        at=at,
        authority_id=authority_id,
        subject=name,
        after={"sheets": [_told(difference) for difference in moved if difference.moves]},
    )
    for difference in moved:
        if difference.sheet.code == OVERRIDES:
            _tell_overrides(difference, authority_id, by, at)
    return moved


@transaction.atomic
def add_row(authority_id: int, sheet: Sheet, row: Row, *, by: Actor, at: datetime) -> int:
    """Add a row and return where it is; raise RefusedError for what it would break."""
    refuse_reserved(sheet, by)
    _locked(authority_id)
    before = rows_of(authority_id)
    row = completed(row, sheet)
    _refuse_new(before, {**before, sheet.code: [*before[sheet.code], row]}, sheet, row)
    stored = model_of(sheet).objects.create(authority_id=authority_id, **fields_of(row, sheet))
    _refresh(authority_id, at)
    record(
        entry_of(sheet, "fact-added"),
        by=by,
        at=at,
        authority_id=authority_id,
        subject=_subject(sheet, row),
        after=plain_row(row),
    )
    return int(stored.pk)


@transaction.atomic
def change_row(
    authority_id: int,
    sheet: Sheet,
    pk: int,
    row: Row,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Conflict | None:
    """Change a row read at `version`; return a Conflict when somebody wrote meanwhile.

    Changing what others refer to changes their references with it; the same change sent twice is
    no conflict. Raises RefusedError for what the change would break.
    """
    refuse_reserved(sheet, by)
    _refuse(storable({sheet.code: [row]}))
    authority = _locked(authority_id)
    stored = of_authority(sheet, authority_id).filter(pk=pk).first()
    if stored is None:
        return Conflict(None)
    current = record_of(stored, sheet)
    if current.version != version and not _says(current.row, row):
        return Conflict(current)
    row = {**current.row, **row}
    moved = {code: value for code, value in row.items() if current.row[code] != value}
    if not moved:
        return None
    before = rows_of(authority_id)
    after = _replaced(before, sheet, current.row, row)
    if sheet.code == "authority":
        _refuse(_another_authority(authority, after, moving=True))
    _refuse_new(before, after, sheet, row)
    of_authority(sheet, authority_id).filter(pk=pk).update(
        **fields_of(moved, sheet), version=F("version") + 1, updated_at=at
    )
    for difference in differences(rows_of(authority_id), after):
        _apply(difference, authority_id, at)
    _refresh(authority_id, at)
    follow_row(authority_id, sheet.code, row_code(sheet, current.row), row_code(sheet, row))
    record(
        entry_of(sheet, "fact-changed"),
        by=by,
        at=at,
        authority_id=authority_id,
        subject=_subject(sheet, row),
        before=plain_row({code: current.row[code] for code in moved}),
        after=plain_row(moved),
    )
    return None


@transaction.atomic
def write_rows(
    authority_id: int,
    sheet: Sheet,
    rows: Sequence[Row],
    *,
    seen: Sequence[int],
    by: Actor,
    at: datetime,
) -> tuple[Record, ...]:
    """Write several rows of one sheet in one act, each recognised by its key; return what stops it.

    `seen` are the versions their writer read, in the same order, 0 for a row that was not there.
    A row that somebody wrote otherwise meanwhile stops them all: its record is returned, nothing
    is written. The same row sent twice is no conflict.
    Raises RefusedError for what the rows would break.
    """
    refuse_reserved(sheet, by)
    _locked(authority_id)
    there = {key_of(old.row, sheet): old for old in records_of(sheet, authority_id)}
    found = [there.get(key_of(row, sheet)) for row in rows]
    moved_meanwhile = tuple(
        old
        for old, row, version in zip(found, rows, seen, strict=True)
        if old is not None and old.version != version and not _says(old.row, row)
    )
    if moved_meanwhile:
        return moved_meanwhile
    before = rows_of(authority_id)
    written = {
        key_of(row, sheet): completed({**(old.row if old else {}), **row}, sheet)
        for row, old in zip(rows, found, strict=True)
    }
    kept = [row for row in before[sheet.code] if key_of(row, sheet) not in written]
    after = {**before, sheet.code: [*kept, *written.values()]}
    _refuse_new(before, after, sheet, None)
    moved = next(each for each in differences(before, after) if each.sheet.code == sheet.code)
    if not moved.moves:
        return ()
    _apply(moved, authority_id, at)
    _refresh(authority_id, at)
    told: dict[str, Any] = {"by": by, "at": at, "authority_id": authority_id}
    for row in moved.added:
        record("fact-added", subject=_subject(sheet, row), after=plain_row(row), **told)
    for change in moved.changed:
        cells = change.cells
        record(
            "fact-changed",
            subject=_subject(sheet, change.after),
            before=plain_row({code: old for code, old, _ in cells}),
            after=plain_row({code: new for code, _, new in cells}),
            **told,
        )
    return ()


def _says(stored: Row, row: Row) -> bool:
    """Return whether a stored row says all that `row` does already."""
    return all(stored.get(code) == value for code, value in row.items())


@transaction.atomic
def remove_row(
    authority_id: int, sheet: Sheet, pk: int, *, version: int, by: Actor, at: datetime
) -> Conflict | None:
    """Remove a row; raise RefusedError when others still refer to it."""
    refuse_reserved(sheet, by)
    _locked(authority_id)
    stored = of_authority(sheet, authority_id).filter(pk=pk).first()
    if stored is None or sheet.code == "authority":
        raise Http404(f"{sheet.code} {pk}")
    current = record_of(stored, sheet)
    if current.version != version:
        return Conflict(current)
    before = rows_of(authority_id)
    left = [row for row in before[sheet.code] if row != current.row]
    _refuse_new(before, {**before, sheet.code: left}, sheet, None)
    stored.delete()
    _refresh(authority_id, at)
    record(
        entry_of(sheet, "fact-removed"),
        by=by,
        at=at,
        authority_id=authority_id,
        subject=_subject(sheet, current.row),
        before=plain_row(current.row),
    )
    return None


def attach(
    authority_id: int, sheet: Sheet, row: Row, given: Accepted, *, by: Actor, at: datetime
) -> None:
    """Attach an inspected file to a row; raise RefusedError when it cannot be kept."""
    add_file(authority_id, given, sheet=sheet.code, row=row_code(sheet, row), by=by, at=at)


@transaction.atomic
def keep_upload(
    authority_id: int,
    *,
    name: str,
    sha256: str,
    rows: Rows,
    problems: Iterable[Problem],
    notes: Iterable[Problem] = (),
    by: Actor,
    at: datetime,
) -> Upload:
    """Keep what a workbook holds until somebody confirms; the facts do not move."""
    upload = Upload.objects.create(
        authority_id=authority_id,
        by_id=by.user_id,
        name=name[:255],
        sha256=sha256,
        rows=plain_rows(rows),
        problems=[_said(problem) for problem in problems],
        notes=[_said(note) for note in notes],
        at=at,
    )
    record("workbook-read", by=by, at=at, authority_id=authority_id, subject=name)
    return upload


@transaction.atomic
def import_upload(
    upload: Upload, *, remove: bool, by: Actor, at: datetime
) -> list[SheetDifference]:
    """Import what was kept, once; asked twice, the second changes nothing."""
    moved = import_rows(
        upload.authority_id,
        revived(upload.rows),
        by=by,
        at=at,
        remove=remove,
        name=upload.name,
    )
    Upload.objects.filter(pk=upload.pk).update(imported_at=at, rows={})
    return moved


def forget_uploads(*, at: datetime) -> int:
    """Empty the workbooks nobody confirmed within a week: they may name people. Return how many."""
    waiting = Upload.objects.filter(at__lt=at - UNCONFIRMED, imported_at=None).exclude(rows={})
    return waiting.update(rows={}, imported_at=None, problems=[_said(_TOO_OLD)])


@transaction.atomic
def open_authority(code: str, *, name: str = "", by: Actor, at: datetime) -> int:
    """Return the authority of that code, opened if it is not there yet."""
    model = apps.get_model("authority.Authority")
    authority, made = model.objects.get_or_create(code=code, defaults={"name": name})
    if made:
        _refresh(authority.pk, at)
        record("authority-created", by=by, at=at, authority_id=authority.pk, subject=name or code)
    return authority.pk


def preview(
    authority_id: int, rows: Rows, *, remove: bool, by: Actor
) -> tuple[list[SheetDifference], tuple[Problem, ...]]:
    """Return what an import by `by` would move and what forbids it; write nothing.

    The rows the workbook no longer has are always named, removed or not.
    """
    authority = apps.get_model("authority.Authority").objects.get(pk=authority_id)
    before = rows_of(authority_id)
    after = merged(before, rows, remove=remove)
    problems = (
        *reserved_moves(differences(before, after), by),
        *_another_authority(authority, after),
        *storable(after),
        *check(after),
    )
    return differences(before, merged(before, rows, remove=True)), problems


def _locked(authority_id: int) -> Any:
    """Return the authority, locked for whoever else writes its facts.

    Not its key: a row that points to it is checked when its transaction ends, and would wait for
    us while we wait for the journal it holds. PostgreSQL ends such a pair by killing one.
    """
    return (
        apps.get_model("authority.Authority")
        .objects.select_for_update(no_key=True)
        .get(pk=authority_id)
    )


def _refresh(authority_id: int, at: datetime) -> None:
    apps.get_model("authority.Authority").objects.filter(pk=authority_id).update(
        facts_digest=digest(rows_of(authority_id)), facts_changed_at=at
    )


def _apply(difference: SheetDifference, authority_id: int, at: datetime) -> None:
    """Write what differs; a row of `absent` is no longer in the state to reach."""
    sheet = difference.sheet
    table = of_authority(sheet, authority_id)
    owner = {} if sheet.code == "authority" else {"authority_id": authority_id}
    model = model_of(sheet)
    for row in difference.absent:
        table.filter(**_where(row, sheet)).delete()
    for change in difference.changed:
        changed = {code: value for code, _, value in change.cells}
        found = table if sheet.code == "authority" else table.filter(**_where(change.before, sheet))
        found.order_by().update(
            **fields_of(changed, sheet), version=F("version") + 1, updated_at=at
        )
    model.objects.bulk_create([model(**owner, **fields_of(row, sheet)) for row in difference.added])


def _tell_overrides(
    difference: SheetDifference, authority_id: int, by: Actor, at: datetime
) -> None:
    """Write one entry for each override an import moved: it is a decision, not a mere fact."""
    sheet = difference.sheet
    moves: list[tuple[str, Row, Row | None, Row | None]] = [
        *(("fact-added", row, None, row) for row in map(bare, difference.added)),
        *(("fact-removed", row, row, None) for row in difference.absent),
    ]
    for change in difference.changed:
        old = {code: value for code, value, _ in change.cells}
        new = {code: value for code, _, value in change.cells}
        moves.append(("fact-changed", change.before, old, new))
    for usual, row, before, after in moves:
        record(
            entry_of(sheet, usual),
            by=by,
            at=at,
            authority_id=authority_id,
            subject=_subject(sheet, row),
            before=None if before is None else plain_row(before),
            after=None if after is None else plain_row(after),
        )


def _where(row: Row, sheet: Sheet) -> dict[str, Any]:
    return fields_of({code: row[code] for code in sheet.key}, sheet)


def _replaced(rows: Rows, sheet: Sheet, old: Row, new: Row) -> dict[str, list[Row]]:
    """Return the rows with one changed, and what refers to it changed as well."""
    after = {**rows, sheet.code: [new if row == old else row for row in rows[sheet.code]]}
    first = sheet.key[0]
    if len(sheet.key) == 1 and old[first] != new[first]:
        return renamed(after, sheet, old[first], new[first])
    return after


def _refuse_new(before: Rows, after: Rows, sheet: Sheet, row: Row | None) -> None:
    """Refuse what the change itself breaks; an incomplete workbook may stay incomplete."""
    known = {(p.code, p.sentence()) for p in check(before)}
    marked = {code: [dict(each) for each in lines] for code, lines in after.items()}
    found = (*storable(marked), *check(marked))
    _refuse(p for p in found if (p.code, p.sentence()) not in known)


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise RefusedError(*found)


def _another_authority(authority: Any, after: Rows, *, moving: bool = False) -> Iterable[Problem]:
    """Yield a problem when a workbook is another authority's, or a code is already taken."""
    lines = after.get("authority", [])
    code = lines[0].get("code") if lines else authority.code
    if not code or code == authority.code:
        return
    taken = type(authority).objects.filter(code=code).exclude(pk=authority.pk).exists()
    if taken or (authority.name and not moving):
        yield Problem(
            "another-authority",
            Text(
                f"Ce classeur porte le code « {code} » ; votre espace est celui de "
                f"« {authority.code} ». Vérifiez le classeur, ou corrigez d’abord le code dans "
                "les faits de la collectivité.",
                f"This workbook bears the code “{code}”; your space is that of "
                f"“{authority.code}”. Check the workbook, or correct the code in the facts of the "
                "authority first.",
            )
            if not moving
            else Text(
                f"Le code « {code} » est déjà pris. Vérifiez-le.",
                f"The code “{code}” is already taken. Check it.",
            ),
            sheet="Collectivité",
            column="Code",
        )


def _said(problem: Problem) -> dict[str, str]:
    return {"fr": problem.sentence("fr"), "en": problem.sentence("en")}


def _subject(sheet: Sheet, row: Row) -> str:
    shown = " · ".join(str(part) for part in key_of(row, sheet) if part)
    return f"{sheet.label.fr} : {shown}"


def _told(difference: SheetDifference) -> dict[str, Any]:
    sheet = difference.sheet
    return {
        "sheet": sheet.code,
        "added": [plain_row(bare(row)) for row in difference.added],
        "changed": [
            {
                "key": list(plain_row(dict(zip(sheet.key, change.key, strict=True))).values()),
                "before": plain_row({code: old for code, old, _ in change.cells}),
                "after": plain_row({code: new for code, _, new in change.cells}),
            }
            for change in difference.changed
        ],
        "removed": [plain_row(row) for row in difference.absent],
    }
