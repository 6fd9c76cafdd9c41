"""What no database can hold, said before it is tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gouvernail.common.rows import LONGEST_KEY
from gouvernail_core.facts import LINE, Column, Row, Rows, Sheet, sheets
from gouvernail_core.kernel import Problem, Text

#: Beyond it a float no longer tells one whole number from the next.
GREATEST = 2**53


def storable(rows: Rows) -> Iterator[Problem]:
    """Yield the cells that cannot be kept, and what to write instead."""
    for sheet in sheets():
        for row in rows.get(sheet.code, []):
            for column in sheet.columns:
                text = _wrong(row.get(column.code), column, key=column.code in sheet.key)
                if text:
                    yield _problem(sheet, row, column, text)


def _wrong(value: Any, column: Column, *, key: bool) -> Text | None:
    if isinstance(value, int) and abs(value) > GREATEST:
        return Text("Ce nombre est trop grand.", "This number is too large.")
    if key and isinstance(value, str) and len(value) > LONGEST_KEY:
        return Text(
            f"Ce texte compte {len(value)} signes ; {LONGEST_KEY} au plus ici.",
            f"This text is {len(value)} signs long; {LONGEST_KEY} at most here.",
        )
    texts = value if isinstance(value, list) else [value]
    if any("\x00" in text for text in texts if isinstance(text, str)):
        return Text(
            "Ce texte contient un signe invisible qui ne peut pas être gardé. Retapez-le.",
            "This text has an invisible sign that cannot be kept. Type it again.",
        )
    return None


def _problem(sheet: Sheet, row: Row, column: Column, text: Text) -> Problem:
    return Problem(
        "not-storable",
        text,
        sheet=sheet.label.fr,
        row=row.get(LINE),
        column=column.label.fr,
    )
