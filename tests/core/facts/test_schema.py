"""The description of the workbook holds together."""

from __future__ import annotations

import pytest

from gouvernail_core.facts import Kind, parse, sheet, sheets
from gouvernail_core.facts.values import fold

COLUMNS = [(s, c) for s in sheets() for c in s.columns]


def test_no_two_sheets_share_a_name_in_either_language():
    for names in (
        [s.code for s in sheets()],
        [fold(s.label.fr) for s in sheets()],
        [fold(s.label.en) for s in sheets()],
    ):
        assert len(names) == len(set(names))


@pytest.mark.parametrize("described", sheets(), ids=lambda s: s.code)
def test_no_two_columns_of_a_sheet_share_a_name_in_either_language(described):
    for names in (
        [c.code for c in described.columns],
        [fold(c.label.fr) for c in described.columns],
        [fold(c.label.en) for c in described.columns],
    ):
        assert len(names) == len(set(names))


@pytest.mark.parametrize("described", sheets(), ids=lambda s: s.code)
def test_no_name_of_a_column_is_the_french_name_of_another(described):
    french = {fold(c.label.fr): c.code for c in described.columns}
    for column in described.columns:
        assert french.get(fold(column.code), column.code) == column.code
        assert french.get(fold(column.label.en), column.code) == column.code


@pytest.mark.parametrize("described", sheets(), ids=lambda s: s.code)
def test_the_key_of_a_sheet_is_made_of_its_columns(described):
    assert described.key
    for code in described.key:
        assert described.column(code)


def test_a_reference_points_to_a_sheet_whose_first_column_is_its_key():
    for _, column in COLUMNS:
        if column.kind in (Kind.REF, Kind.REFS):
            target = sheet(column.target)
            assert target.columns[0].code == target.key[0]
        else:
            assert not column.target


def test_only_a_choice_has_choices():
    for _, column in COLUMNS:
        assert bool(column.choices) == (column.kind in (Kind.CHOICE, Kind.CHOICES))


def test_a_word_of_several_choices_has_no_comma():
    for _, column in COLUMNS:
        if column.kind is Kind.CHOICES:
            for choice in column.choices:
                assert not set(",;|\n") & set(choice.label.fr + choice.label.en + choice.code)


def test_every_column_says_what_to_write_in_both_languages():
    for _, column in COLUMNS:
        for text in (column.label, column.help):
            assert text.fr.strip()
            assert text.en.strip()


def test_a_needed_column_has_an_example_that_can_be_read():
    for _, column in COLUMNS:
        if column.required:
            assert parse(column.example, column) not in (None, "", [])
