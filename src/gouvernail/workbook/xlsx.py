"""The pages of the workbook as an XLSX file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from gouvernail.workbook.layout import LISTS_SHEET, Cell, Menu, Page

_FORMATS = {
    "text": "@",
    "integer": "#,##0",
    "plain": "0",
    "number": "General",
    "date": "dd/mm/yyyy",
}
_LOOKS: dict[str, dict[str, Any]] = {
    "body": {},
    "example": {"font_color": "#767676", "italic": True},
    "header": {"bold": True, "bg_color": "#E8EDF2", "bottom": 2},
    "title": {"bold": True, "font_size": 14, "text_wrap": False},
    "label": {"bold": True},
    "help": {},
}
# Excel's own limits on the message of a list.
_TITLE_LENGTH, _MESSAGE_LENGTH = 32, 255


def write_xlsx(pages: list[Page], destination: Path | BinaryIO, *, language: str) -> None:
    """Write the pages; texts are always texts, whatever sign they start with."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": False,
    }
    target = destination if not isinstance(destination, Path) else str(destination)
    with xlsxwriter.Workbook(target, options) as book:
        styles = _Styles(book)
        lists = _Lists(LISTS_SHEET.in_(language))
        for page in pages:
            _write_page(book.add_worksheet(page.title), page, styles, lists)
        lists.write(book)


class _Styles:
    """The formats of the file, made once for each look and form."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}

    def of(self, look: str, form: str) -> Any:
        key = (look, form)
        if key not in self._made:
            settings = {"text_wrap": True, "valign": "top", "num_format": _FORMATS[form]}
            self._made[key] = self._book.add_format({**settings, **_LOOKS[look]})
        return self._made[key]


class _Lists:
    """The words of the drop-down lists, kept in a hidden sheet.

    A list written in the cell's own rule is cut at its commas and at 255 signs.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._columns: dict[tuple[str, ...], int] = {}

    def range_of(self, words: tuple[str, ...]) -> str:
        column = _letters(self._columns.setdefault(words, len(self._columns)))
        return f"='{self._title}'!${column}$1:${column}${len(words)}"

    def write(self, book: Any) -> None:
        target = book.add_worksheet(self._title)
        for words, column in self._columns.items():
            for row, word in enumerate(words):
                target.write_string(row, column, word)
        target.hide()


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _write_page(target: Any, page: Page, styles: _Styles, lists: _Lists) -> None:
    for rank, (width, form) in enumerate(zip(page.widths, page.forms, strict=True)):
        target.set_column(rank, rank, width, styles.of("body", form))
    for row, cells in enumerate(page.rows):
        for column, cell in enumerate(cells):
            _write_cell(target, row, column, cell, styles)
    for menu in page.menus:
        target.data_validation(
            menu.first_row, menu.column, menu.last_row, menu.column, _rule(menu, lists)
        )
    if page.frozen_rows or page.frozen_columns:
        target.freeze_panes(page.frozen_rows, page.frozen_columns)
    target.set_landscape()
    target.set_paper(9)
    target.fit_to_pages(page.across, 0)
    target.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    target.set_footer("&L&A&R&P / &N")
    if page.frozen_rows:
        target.repeat_rows(0)
    if page.frozen_columns:
        target.repeat_columns(0)


def _write_cell(target: Any, row: int, column: int, cell: Cell, styles: _Styles) -> None:
    style = styles.of(cell.look, cell.form)
    value = cell.value
    if value is None or value == "":
        if cell.look != "body":
            target.write_blank(row, column, None, style)
    elif isinstance(value, str):
        target.write_string(row, column, value, style)
    elif isinstance(value, date):
        target.write_datetime(row, column, value, style)
    else:
        target.write_number(row, column, value, style)
    if cell.note:
        target.write_comment(row, column, cell.note, {"x_scale": 1.8, "y_scale": 0.9})


def _rule(menu: Menu, lists: _Lists) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": menu.title[:_TITLE_LENGTH],
        "input_message": menu.message[:_MESSAGE_LENGTH],
    }
    if menu.words:
        rule |= {"validate": "list", "source": lists.range_of(menu.words)}
    elif menu.source:
        # A person may be written before the service they belong to: a warning, not a refusal.
        quoted = menu.source.replace("'", "''")
        source = f"='{quoted}'!$A$2:$A${menu.last_row + 1}"
        rule |= {"validate": "list", "source": source, "error_type": "warning"}
    return rule
