"""The workbook of the plan opens with another reader, numbers as numbers, dates as dates."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from gouvernail.documents.plan_workbook import ods, sheets, xlsx


def _read(data, name):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_name(name).to_python()


@pytest.mark.parametrize("write", [ods, xlsx])
def test_costs_are_numbers_and_days_are_dates(whole_plan, write):
    data = write(whole_plan)
    header, first, *_ = _read(data, "Portefeuille")
    assert first[header.index("2027")] == 8000
    assert first[header.index("Coût total")] == 18000
    header, first, *_ = _read(data, "Tâches")
    assert first[header.index("Début")] == date(2027, 1, 4)
    share = [row[3] for row in _read(data, "Formation")[1:]]
    assert share == [0.218, 0]


@pytest.mark.parametrize("write", [ods, xlsx])
def test_every_row_of_the_plan_is_there(whole_plan, write):
    data = write(whole_plan)
    assert len(_read(data, "Portefeuille")) == 1 + len(whole_plan["cases"])
    assert len(_read(data, "Tâches")) == 1 + len(whole_plan["roadmap"]["tasks"])
    assert len(_read(data, "Séances")) == 1 + len(whole_plan["dialogue"]["sittings"])


def test_the_years_of_the_budget_add_up_to_the_roadmap(whole_plan):
    rows = next(s for s in sheets(whole_plan) if s.name == "Budget").rows
    for year in whole_plan["roadmap"]["budget"]:
        parts = [
            r[2] for r in rows if r[0] == year["year"] and r[1] not in {"Total prévu", "Enveloppe"}
        ]
        assert sum(parts) == year["planned_eur"]


def test_says_from_which_facts_it_was_made(whole_plan):
    cells = [cell for row in _read(ods(whole_plan), "À lire") for cell in row]
    assert "sha256:4f1d9a2c77b0" in cells
    assert "Gouvernail 0.1.0" in cells


def test_an_empty_plan_gives_sheets_with_only_their_headers(empty_plan):
    data = ods(empty_plan)
    assert len(_read(data, "Tâches")) == 1


def test_speaks_english(whole_plan):
    names = [sheet.name for sheet in sheets(whole_plan, language="en")]
    assert names[:3] == ["Read me", "Portfolio", "Tasks"]
