"""Spreadsheets: cells as they are shown, columns with their names, all the sheets."""

from __future__ import annotations

import io
import tracemalloc
from datetime import date, datetime

import odfdo
import pytest
import xlsxwriter

from gouvernail_scan.blocks import Limits
from gouvernail_scan.extract import sheets
from gouvernail_scan.extract.sheets import shown_as
from scan.extract.making import PLANTED, R, S, found, gaps, missing, odf, said, sheet, xlsx, zipped


def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    phone = book.add_format({"num_format": r"0#\ ##\ ##\ ##\ ##"})
    people = book.add_worksheet("Agents")
    people.write_row(0, 0, ["Liste des agents"])
    people.write_row(1, 0, ["Nom", "Né le", "Téléphone", "NIR", "Courriel"])
    people.write(2, 0, PLANTED[0])
    people.write_datetime(2, 1, datetime(1985, 4, 1), day)
    people.write_number(2, 2, 639981234, phone)
    people.write_number(2, 3, 285046912345612)
    people.write_rich_string(
        2, 4, "eloise.", book.add_format({"bold": True}), "fauxnom@exemple.example"
    )
    people.write_comment(2, 0, "Rappeler au 06 39 98 00 01")
    people.write_formula(3, 0, '="M. "&A3', None, "M. Éloïse")
    people.set_header("&CConfidentiel 06 39 98 00 02")
    hidden = book.add_worksheet("Paie & primes")
    hidden.write(0, 0, PLANTED[5])
    hidden.hide()
    book.set_properties({"author": "Paul Feint"})
    book.close()
    return out.getvalue()


def test_a_workbook_gives_its_rows_under_the_names_of_their_columns() -> None:
    items = found(workbook())
    rows = next(each for each in items if each.columns)
    assert rows.columns == ("Nom", "Né le", "Téléphone", "NIR", "Courriel")
    assert rows.text.decode().splitlines()[0].split("\t") == [
        PLANTED[0], "01/04/1985", "06 39 98 12 34", "285046912345612", PLANTED[2],
    ]  # fmt: skip
    assert rows.place == "feuille « Agents »"
    assert not gaps(items)


def test_comments_headers_formulas_properties_and_hidden_sheets_are_read() -> None:
    items = found(workbook())
    assert not missing(
        said(items),
        (
            "Liste des agents",
            "06 39 98 00 01",
            "06 39 98 00 02",
            "M. Éloïse",
            "Paul Feint",
            PLANTED[5],
        ),
    )
    assert "feuille « Paie & primes » (masquée)" in {each.place for each in items}


def test_every_shape_of_cell_is_read_alike() -> None:
    usual = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>Né</t></is></c>'
        '<c r="C1" t="str"><f>A1</f><v>a&amp;b</v></c><c r="E1"><v>1.5E+3</v></c></row>'
    )
    odd = (
        '<row r="1"><c t="s" r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>N</t></r><r>'
        '<t>é</t></r><rPh><t>x</t></rPh></is></c><c cm="1" r="C1" t="str"><f>A1</f>'
        '<v><![CDATA[a&b]]></v></c><c r="E1"  ><v>1.5E+3</v></c></row>'
    )
    strings = ("<si/>", "<si><r><t>06 39</t></r><r><t xml:space='preserve'> 98</t></r></si>")
    expected = "06 39 98\tNé\ta&b\t\t1500\n"
    for rows in (usual, odd):
        for prefix in ("", "x:"):
            xml = sheet(rows)
            if prefix:
                xml = xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
                xml = xml.replace("<x:![", "<![")
            items = found(xlsx({"A": xml}, strings))
            assert [each.text.decode() for each in items if each.place == "feuille « A »"] == [
                expected
            ]


def test_a_text_that_no_sheet_shows_any_more_is_read() -> None:
    data = xlsx({"A": sheet('<row><c r="A1" t="s"><v>0</v></c></row>')},
                ("<si><t>montré</t></si>", f"<si><t>{PLANTED[2]}</t></si>"))  # fmt: skip
    items = found(data)
    assert [each.place for each in items if PLANTED[2] in each.text.decode()] == [
        "textes qu’aucune feuille ne montre"
    ]


def test_two_cells_at_both_ends_of_a_sheet_are_two_cells() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>un</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>deux</t></is></c></row>'
    )
    size = '<dimension ref="A1:XFD1048576"/>'
    data = xlsx({"A": f"<worksheet {S}>{size}<sheetData>{rows}</sheetData></worksheet>"})
    tracemalloc.start()
    items = found(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said(items).split() == ["A", "un", "deux"]
    assert peak < 8 << 20


@pytest.mark.parametrize(
    "count", [pytest.param(1_200, id="few"), pytest.param(100_000, marks=pytest.mark.long)]
)
def test_a_hundred_thousand_sheets_stop_at_the_limit(count: int) -> None:
    book = xlsx({f"F{n}": sheet("") for n in range(count)})
    items = found(book, limits=Limits(members=min(count // 2, 10_000)))
    assert ("too_many_parts", "") in gaps(items)


def test_shared_texts_beyond_what_is_kept_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "STRINGS", 20_000)
    strings = [f"<si><t>n{n}</t></si>" for n in range(20_002)]
    items = found(xlsx({"A": sheet("")}, strings))
    assert ("too_large", "textes partagés") in gaps(items)
    assert "n20001\n" in said(items)


def test_a_long_text_shown_by_every_cell_does_not_go_on_for_ever() -> None:
    cells = '<row><c r="A1" t="s"><v>0</v></c></row>' * 20_000
    book = xlsx({"A": sheet(cells)}, [f"<si><t>{'a' * 32_000}</t></si>"])
    items = found(book, limits=Limits(file_bytes=64 << 20))
    assert [cause for cause, _ in gaps(items)] == ["too_large"]


def test_dates_are_those_of_the_other_program() -> None:
    shown = shown_as("d mmmm yyyy")
    assert shown is not None
    for year in range(1901, 2030, 7):
        day = date(year, 3, 1)
        assert shown(str((day - date(1899, 12, 30)).days)) == f"01/03/{year}"
    assert shown("59") == "28/02/1900"  # Excel counts a 29 February 1900
    assert shown("1e400") == "1e400"


def test_formats_that_are_no_dates_are_left_alone() -> None:
    for code in ("0.00", "#,##0 €", '0" jours"', "[Red]0", "0%", "@", '"s"0', "General;[Red]-0"):
        assert shown_as(code) is None, code
    time = shown_as("[h]:mm")
    assert time is not None
    assert time("0.5") == "12:00"
    nir = shown_as(r"0\ 00\ 00\ 00\ 000\ 000\ \|\ 00")
    assert nir is not None
    assert nir("285046912345612") == "2 85 04 69 123 456 | 12"
    code = shown_as("00000")
    assert code is not None
    assert code("1000") == "01000"


def test_a_book_that_counts_from_1904_keeps_its_dates() -> None:
    styles = (
        f'<styleSheet {S}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    rows = '<row><c r="A1" s="1"><v>29676</v></c></row>'
    data = xlsx({"A": sheet(rows)}, styles=styles)
    assert "31/03/1981" in said(found(data))
    old = xlsx(
        {"A": sheet(rows)},
        styles=styles,
        workbook=f'<workbook {S}><workbookPr date1904="1"/></workbook>',
    )
    assert "01/04/1985" in said(found(old))


def ods(rows: str, around: str = "") -> bytes:
    return odf(
        "spreadsheet",
        f'<office:body><office:spreadsheet><table:table table:name="Agents">{around}{rows}'
        "</table:table></office:spreadsheet></office:body>",
    )


def test_cells_of_open_document_come_out_as_shown() -> None:
    rows = (
        "<table:table-row><table:table-cell office:value-type='string'><text:p>Nom</text:p>"
        "</table:table-cell><table:table-cell office:value-type='string'><text:p>Né le</text:p>"
        "</table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell office:value-type='string'><office:annotation>"
        "<dc:creator>Paul Feint</dc:creator><text:p>à rappeler</text:p></office:annotation>"
        f"<text:p>{PLANTED[0]}</text:p></table:table-cell>"
        "<table:table-cell office:value-type='date' office:date-value='1985-04-01'><text:p>1/4/85"
        "</text:p></table:table-cell><table:table-cell office:value-type='float' "
        "office:value='285046912345612'><text:p>2,85E+14</text:p></table:table-cell>"
        "</table:table-row>"
    )
    items = found(ods(rows, "<table:shapes><text:p>cadre</text:p></table:shapes>"))
    row = next(each for each in items if each.columns)
    assert row.columns == ("Nom", "Né le")
    assert row.text.decode() == f"{PLANTED[0]}\t01/04/1985\t285046912345612\n"
    assert not missing(said(items), ("Paul Feint", "à rappeler", "cadre"))


def test_repeated_empty_cells_and_rows_are_not_made_up() -> None:
    rows = (
        "<table:table-row table:number-rows-repeated='1048575'><table:table-cell "
        "table:number-columns-repeated='16384'/></table:table-row><table:table-row>"
        "<table:table-cell table:number-columns-repeated='2'/><table:table-cell "
        "table:number-columns-repeated='900000' office:value-type='string'><text:p>fin</text:p>"
        "</table:table-cell></table:table-row>"
    )
    assert said(found(ods(rows))) == "\t\tfin\n"


def test_a_sheet_written_by_another_program_is_read() -> None:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    one = odfdo.Table("Paie")
    one.set_values([["Nom", "Courriel", "Né le"], [PLANTED[0], PLANTED[2], date(1985, 4, 1)]])
    document.body.append(one)
    out = io.BytesIO()
    document.save(out)
    items = found(out.getvalue())
    row = next(each for each in items if each.columns)
    assert row.place == "feuille « Paie »"
    assert row.text.decode().split() == [*PLANTED[0].split(), PLANTED[2], "01/04/1985"]


def test_the_rows_before_the_damage_are_kept() -> None:
    row = '<row><c r="A1" t="inlineStr"><is><t>n{}</t></is></c><c r="B1"><v>{}</v></c></row>'
    for count in (5, 3_000):
        rows = "".join(row.format(n, n) for n in range(count))
        data = xlsx({"A": sheet(rows).replace("</sheetData></worksheet>", "<row><c <")})
        items = found(data)
        assert f"n{count - 1}\t{count - 1}\n" in said(items)
        assert gaps(items) == [("damaged", "feuille « A »")]
    cells = "".join(
        "<table:table-row><table:table-cell office:value-type='string'><text:p>"
        f"n{n}</text:p></table:table-cell></table:table-row>"
        for n in range(20_000)
    )
    items = found(ods(cells + "<table:table-row></broken>"))
    assert "n19999\n" in said(items)
    assert gaps(items) == [("damaged", "")]


def test_parts_are_found_where_the_workbook_says_whatever_their_capitals() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl\\Workbook2.xml": f'<workbook {S} {R}><sheets><sheet name="A" r:id="x"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook2.xml.rels": '<Relationships><Relationship Id="x" '
            f'Target="/xl/Feuilles/Un.xml" Type="{kind}/worksheet"/><Relationship Id="y" '
            f'Target="Textes.xml" Type="{kind}/sharedStrings"/></Relationships>',
            "xl/feuilles/un.xml": sheet('<row><c r="A1" t="s"><v>0</v></c></row>'),
            "xl/textes.xml": f"<sst {S}><si><t>{PLANTED[0]}</t></si></sst>",
        }
    )
    items = found(data)
    assert [each.place for each in items if PLANTED[0] in each.text.decode()] == ["feuille « A »"]


def test_a_sheet_said_to_be_something_else_is_still_a_sheet() -> None:
    data = zipped(
        {
            "xl/workbook.xml": f'<workbook {S} {R}><sheets><sheet name="A" r:id="styles"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="styles" '
            'Target="caché.xml" Type="x/styles"/></Relationships>',
            "xl/caché.xml": sheet('<row><c r="A1" t="str"><v>un</v></c></row>'),
            "xl/worksheets/sheet9.xml": sheet('<row><c r="A1" t="str"><v>deux</v></c></row>'),
        }
    )
    assert said(found(data)) == "A\nun\ndeux\n"


def test_cells_written_in_unusual_ways_are_not_passed_over() -> None:
    usual = '<row><c r="A1" t="str"><v>un</v></c></row>'
    odd = '<row><c\nr="A2"\tt="str"><v>deux</v></c></row>'
    other = '<x:row><x:c r="A3" t="str"><x:v>trois</x:v></x:c></x:row>'
    assert "un\ndeux\n" in said(found(xlsx({"A": sheet(usual + odd)})))
    twice = S.replace("xmlns", "xmlns:x")
    root = f"<worksheet {S} {twice}><sheetData>{usual}{other}</sheetData></worksheet>"
    assert "un\ntrois\n" in said(found(xlsx({"A": root})))
    late = sheet(usual + f"<x:row {twice}>" + other[7:] + usual)
    assert gaps(found(xlsx({"A": late}))) == [("damaged", "feuille « A »")]
