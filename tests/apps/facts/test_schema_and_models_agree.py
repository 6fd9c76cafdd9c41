"""The tables have the workbook's columns, all of them and no other."""

from __future__ import annotations

import pytest
from django.apps import apps

from gouvernail.apps.facts.tables import TABLES, model_of, row_of
from gouvernail.common.rows import FactRow, field_name
from gouvernail_core.facts import Kind, blank, sheets

KEEPING = {"uid", "id", "authority", "version", "updated_at", "facts_digest", "facts_changed_at"}
FIELDS = {
    Kind.CODE: "CharField",
    Kind.REF: "CharField",
    Kind.CHOICE: "CharField",
    Kind.TEXT: "TextField",
    Kind.LONG_TEXT: "TextField",
    Kind.VALUE: "TextField",
    Kind.INTEGER: "BigIntegerField",
    Kind.NUMBER: "FloatField",
    Kind.DATE: "DateField",
    Kind.TERNARY: "BooleanField",
    Kind.CHOICES: "JSONField",
    Kind.REFS: "JSONField",
    Kind.LINES: "JSONField",
}


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.code)
def test_the_fields_of_a_table_are_the_columns_of_its_sheet(sheet):
    fields = [f.name for f in model_of(sheet)._meta.get_fields() if f.concrete]
    columns = {field_name(column.code) for column in sheet.columns}
    assert set(fields) - KEEPING - columns == set()
    assert columns <= set(fields)


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.code)
def test_each_column_is_held_by_a_field_of_its_kind(sheet):
    for column in sheet.columns:
        field = model_of(sheet)._meta.get_field(field_name(column.code))
        if not (column.kind is Kind.TEXT and column.code in sheet.key):
            assert field.get_internal_type() == FIELDS[column.kind], column.code


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.code)
def test_the_key_of_a_sheet_is_unique_within_an_authority(sheet):
    model = model_of(sheet)
    if sheet.code == "authority":
        assert model._meta.get_field("code").unique
        return
    wanted = ["authority", *(field_name(code) for code in sheet.key)]
    assert [list(c.fields) for c in model._meta.total_unique_constraints] == [wanted]


def test_every_table_of_facts_belongs_to_a_sheet():
    tables = {
        f"{m._meta.app_label}.{m.__name__}" for m in apps.get_models() if issubclass(m, FactRow)
    }
    assert tables == set(TABLES.values()) - {"authority.Authority"}
    assert set(TABLES) == {sheet.code for sheet in sheets()}


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.code)
def test_a_new_row_reads_as_blank_cells(sheet):
    row = row_of(model_of(sheet)(), sheet)
    for column in sheet.columns:
        if not column.required:
            assert row[column.code] == blank(column), column.code
