"""A table as a file to download: CSV, ODS or XLSX, in which no cell becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

Row = Sequence[Any]

MEDIA_TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: What a spreadsheet takes for the beginning of a formula, even inside a CSV file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """Return a value that no spreadsheet will compute: texts that look like formulas are quoted.

    >>> harmless("=1+1"), harmless(-3), harmless(None)
    ("'=1+1", -3, '')
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


#: Signs that no XML holds, hence neither ODS nor XLSX: what was kept with one is still given.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(value: Any) -> Any:
    """Return a value that every form of file can hold.

    >>> fit("a\\x0bb"), fit(3)
    ('a�b', 3)
    """
    return _UNFIT.sub("�", value) if isinstance(value, str) else value


def download(name: str, form: str, title: str, headings: Row, rows: Sequence[Row]) -> HttpResponse:
    """Return the table as an attachment `name`.`form`; an unknown form does not exist (404)."""
    writers = {"csv": as_csv, "ods": as_ods, "xlsx": as_xlsx}
    if form not in writers:
        raise Http404
    held = [[fit(value) for value in row] for row in rows]
    return attached(writers[form](title, [fit(value) for value in headings], held), name, form)


def attached(content: bytes, name: str, form: str) -> HttpResponse:
    """Return a file to keep, `name`.`form`, whatever signs the name holds; no relay keeps it."""
    response = HttpResponse(content, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    response["Cache-Control"] = "private, no-store"
    return response


def as_csv(title: str, headings: Row, rows: Sequence[Row]) -> bytes:
    """Return the table separated by semicolons, with the mark by which Excel knows UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(value) for value in headings])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, headings: Row, rows: Sequence[Row]) -> bytes:
    """Return the table as a workbook; texts stay texts, numbers stay numbers."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        sheet = workbook.add_worksheet(title[:31])
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, list(headings), bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(headings) - 1, 0), 24)
    return stream.getvalue()


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


def as_ods(title: str, headings: Row, rows: Sequence[Row]) -> bytes:
    """Return the table as an OpenDocument spreadsheet; a text is never read as a formula."""
    from odfdo import Document, Table

    document = Document("spreadsheet")
    document.body.clear()
    table = Table(title[:31])
    for number, row in enumerate([headings, *rows]):
        table.set_values([["" if value is None else value for value in row]], coord=(0, number))
    document.body.append(table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
