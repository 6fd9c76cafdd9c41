"""Rows as JSON and back: only dates need a word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gouvernail_core.facts import Kind, Row, Rows, sheets


def plain_row(row: Row) -> Row:
    """Return a row that JSON can hold."""
    return {code: _plain(value) for code, value in row.items()}


def plain_rows(rows: Rows) -> dict[str, list[Row]]:
    """Return rows that JSON can hold."""
    return {code: [plain_row(row) for row in lines] for code, lines in rows.items()}


def revived(rows: dict[str, Any]) -> dict[str, list[Row]]:
    """Return the rows that were made plain."""
    result: dict[str, list[Row]] = {}
    for sheet in sheets():
        dates = [column.code for column in sheet.columns if column.kind is Kind.DATE]
        result[sheet.code] = [_revived(row, dates) for row in rows.get(sheet.code, [])]
    return result


def _revived(row: Row, dates: list[str]) -> Row:
    return {**row, **{d: date.fromisoformat(row[d]) for d in dates if row.get(d)}}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
