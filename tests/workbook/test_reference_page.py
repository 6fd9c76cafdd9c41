"""The reference page of the workbook says what the workbook is today."""

from __future__ import annotations

import workbook_reference
from gouvernail_core.facts import sheets


def test_the_page_is_the_one_the_description_gives():
    written = workbook_reference.TARGET.read_text(encoding="utf-8")
    assert written == workbook_reference.reference(), "run: python bin/workbook_reference.py"


def test_the_page_names_every_sheet_and_every_column():
    page = workbook_reference.reference()
    for described in sheets():
        assert f"\n## {described.label.fr}\n" in page
        for column in described.columns:
            assert f"| `{column.code}` |" in page
