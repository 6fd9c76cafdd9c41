"""The files themselves, opened by a second reader that knows nothing of ours: plain XML."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import odfdo
import pytest

from gouvernail.workbook import write_workbook
from gouvernail.workbook.layout import EXAMPLE_MARK, HELP_SHEET, LISTS_SHEET
from gouvernail_core.facts import Kind, Layout, sheets
from gouvernail_core.knowledge import read_yaml
from workbook.making import written

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TITLES = [HELP_SHEET.fr, *(described.label.fr for described in sheets())]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def ods() -> bytes:
    return written(None, "ods")


@pytest.fixture(scope="module")
def xlsx() -> bytes:
    return written(None, "xlsx")


def test_an_ods_starts_with_its_type_uncompressed(ods):
    assert ods[30:38] == b"mimetype"
    assert ods[38:84] == b"application/vnd.oasis.opendocument.spreadsheet"


def test_another_reader_finds_the_sheets_and_headers_of_the_ods(ods):
    document = odfdo.Document(io.BytesIO(ods))
    tables = document.body.tables
    assert [table.name for table in tables] == TITLES
    budgets = next(table for table in tables if table.name == "Budgets")
    assert budgets.get_row_values(0)[:2] == ["Année *", "Enveloppe (€ TTC) *"]
    assert [int(value) for value in budgets.get_row_values(1)[:2]] == [2027, 70_000]
    assert budgets.get_row_values(1)[2] == EXAMPLE_MARK.fr


def test_every_part_of_both_files_is_well_formed(ods, xlsx):
    for content in (ods, xlsx):
        for name, data in parts(content).items():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(data)


def test_the_ods_names_each_list_it_uses_and_uses_each_list_it_names(ods):
    content = ElementTree.fromstring(parts(ods)["content.xml"])
    named = {item.get(f"{TABLE}name") for item in content.iter(f"{TABLE}content-validation")}
    used = {
        name
        for cell in content.iter(f"{TABLE}table-cell")
        if (name := cell.get(f"{TABLE}content-validation-name"))
    }
    assert used == named


def conditions(content: bytes) -> list[str]:
    tree = ElementTree.fromstring(parts(content)["content.xml"])
    return [item.get(f"{TABLE}condition", "") for item in tree.iter(f"{TABLE}content-validation")]


def test_every_choice_and_reference_has_its_list_in_the_ods(ods):
    found = conditions(ods)
    assert any('"Intercommunalité à fiscalité propre"' in one for one in found)
    assert any("[$'Cas d’usage'.$A$2:" in one for one in found)
    listed = sum(bool(condition) for condition in found)
    assert listed == expected_lists()


def expected_lists() -> int:
    with_a_list = (Kind.CHOICE, Kind.TERNARY, Kind.REF)
    columns = [column for described in sheets() for column in described.columns]
    return 1 + sum(column.kind in with_a_list for column in columns)  # and the codes of the facts


def test_every_choice_and_reference_has_its_list_in_the_xlsx(xlsx):
    lists = 0
    for name, data in parts(xlsx).items():
        if name.startswith("xl/worksheets/sheet"):
            tree = ElementTree.fromstring(data)
            lists += sum(rule.get("type") == "list" for rule in tree.iter(f"{MAIN}dataValidation"))
    assert lists == expected_lists()


def test_the_words_of_the_xlsx_lists_are_kept_in_a_hidden_sheet(xlsx):
    book = ElementTree.fromstring(parts(xlsx)["xl/workbook.xml"])
    found = {item.get("name"): item.get("state") for item in book.iter(f"{MAIN}sheet")}
    assert list(found) == [*TITLES, LISTS_SHEET.fr]
    assert found[LISTS_SHEET.fr] == "hidden"
    assert {state for name, state in found.items() if name != LISTS_SHEET.fr} == {None}


def test_numbers_and_dates_are_numbers_and_dates():
    read = parts(written(None, "ods", example=True))["content.xml"].decode()
    assert 'office:value-type="float" office:value="70000"' in read
    assert 'office:value-type="date" office:date-value="2027-02-11"' in read


def test_headers_are_frozen_and_repeated_on_each_printed_page(ods, xlsx):
    settings = parts(ods)["settings.xml"].decode()
    assert settings.count("VerticalSplitPosition") == len(sheets())
    panes = [
        data.decode()
        for name, data in parts(xlsx).items()
        if name.startswith("xl/worksheets/sheet") and b'state="frozen"' in data
    ]
    assert len(panes) == len(sheets())
    assert parts(ods)["content.xml"].count(b"<table:table-header-rows>") == len(sheets())


def test_the_help_sheet_explains_every_column_and_every_legal_fact(ods):
    tables = odfdo.Document(io.BytesIO(ods)).body.tables
    rows = [tuple(str(value or "") for value in row) for row in tables[0].get_values()]
    explained = {(row[0], row[1].removesuffix(" *")) for row in rows}
    for described in sheets():
        for column in described.columns:
            assert (described.label.fr, column.label.fr) in explained
    assert {row[1] for row in rows} >= set(read_yaml("facts.yaml"))


def test_each_table_of_the_empty_workbook_shows_one_example(ods):
    marks = parts(ods)["content.xml"].decode().count(EXAMPLE_MARK.fr)
    assert marks == sum(described.layout is Layout.TABLE for described in sheets())


def test_an_export_shows_no_example():
    rows = {described.code: [] for described in sheets()}
    for kind in ("ods", "xlsx"):
        assert not any(
            EXAMPLE_MARK.fr.encode() in data for data in parts(written(rows, kind)).values()
        )


def test_the_same_facts_give_the_same_ods_byte_for_byte(ods):
    assert written(None, "ods") == ods


def test_the_format_follows_the_name_of_the_file(tmp_path):
    write_workbook(None, tmp_path / "a.xlsx")
    write_workbook(None, str(tmp_path / "b.ods"))
    assert "xl/workbook.xml" in parts((tmp_path / "a.xlsx").read_bytes())
    assert "content.xml" in parts((tmp_path / "b.ods").read_bytes())


def test_refuses_to_write_another_format(tmp_path):
    with pytest.raises(ValueError, match="ods or xlsx"):
        write_workbook(None, tmp_path / "a.csv", format="csv")
