"""What rows would change in others: pure, so that a dry run and an import say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gouvernail_core.facts import LINE, Kind, Row, Rows, Sheet, blank, sheets

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs; `cells` are column code, before, after."""

    key: Key
    before: Row
    after: Row

    @property
    def cells(self) -> list[tuple[str, Any, Any]]:
        """Return what moved in it."""
        return [
            (code, self.before.get(code), value)
            for code, value in self.after.items()
            if self.before.get(code) != value
        ]


@dataclass(slots=True)
class SheetDifference:
    """What would move in one sheet."""

    sheet: Sheet
    added: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    absent: list[Row] = field(default_factory=list)
    same: int = 0

    @property
    def moves(self) -> bool:
        """Return whether anything is added, changed or no longer there."""
        return bool(self.added or self.changed or self.absent)


def key_of(row: Row, sheet: Sheet) -> Key:
    """Return what tells a row from another."""
    return tuple(row.get(code) for code in sheet.key)


def bare(row: Row) -> Row:
    """Return a row without the line it came from."""
    return {code: value for code, value in row.items() if code != LINE}


def completed(row: Row, sheet: Sheet) -> Row:
    """Return a row with every column of its sheet."""
    return {**{column.code: blank(column) for column in sheet.columns}, **row}


def merged(current: Rows, incoming: Rows, *, remove: bool) -> dict[str, list[Row]]:
    """Return the rows after an import: same key, same row; the rest added, or removed if asked.

    A column the workbook does not have keeps what is known; a cell left blank empties it.
    """
    result: dict[str, list[Row]] = {}
    for sheet in sheets():
        coming = [dict(row) for row in incoming.get(sheet.code, [])]
        known = {key_of(row, sheet): row for row in current.get(sheet.code, [])}
        keys = {key_of(row, sheet) for row in coming}
        if sheet.code == "authority" and coming and known:
            known = {key_of(coming[0], sheet): next(iter(known.values()))}
        kept = [] if remove else [row for key, row in known.items() if key not in keys]
        result[sheet.code] = kept + [
            completed({**known.get(key_of(row, sheet), {}), **row}, sheet) for row in coming
        ]
    return result


def differences(before: Rows, after: Rows) -> list[SheetDifference]:
    """Return what moves between two states, sheet by sheet, in the order of the workbook."""
    return [_difference(sheet, before, after) for sheet in sheets()]


def _difference(sheet: Sheet, before: Rows, after: Rows) -> SheetDifference:
    found = SheetDifference(sheet)
    known = {key_of(row, sheet): bare(row) for row in before.get(sheet.code, [])}
    if sheet.code == "authority" and known and after.get(sheet.code):
        known = {key_of(after[sheet.code][0], sheet): next(iter(known.values()))}
    for raw in after.get(sheet.code, []):
        row = bare(raw)
        key = key_of(row, sheet)
        old = known.pop(key, None)
        if old is None:
            found.added.append(row)
        elif old == row:
            found.same += 1
        else:
            found.changed.append(Change(key, old, row))
    found.absent = list(known.values())
    return found


def renamed(rows: Rows, sheet: Sheet, old: str, new: str) -> dict[str, list[Row]]:
    """Return the rows where every reference to `old` of `sheet` points to `new`."""
    result = {code: [dict(row) for row in lines] for code, lines in rows.items()}
    for code, column in referring(sheet):
        for row in result.get(code, []):
            value = row.get(column)
            if isinstance(value, list):
                row[column] = [new if each == old else each for each in value]
            elif value == old:
                row[column] = new
    return result


def referring(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the sheets and columns that point to `sheet`."""
    for other in sheets():
        for column in other.columns:
            if column.kind in (Kind.REF, Kind.REFS) and column.target == sheet.code:
                yield other.code, column.code
