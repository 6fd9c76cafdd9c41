"""The pages of the workbook as an ODS file (OpenDocument 1.3, part 3), written as plain XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from gouvernail.workbook.layout import Cell, Menu, Page

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"),
        ("config", "config"),
    )
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# A fixed moment in the archive: the same facts give the same file.
_MOMENT = (2026, 1, 1, 0, 0, 0)

_DATA_STYLES = """
<number:date-style style:name="n-date"><number:day number:style="long"/><number:text>/</number:text>
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>
</number:date-style>
<number:number-style style:name="n-integer"><number:number number:decimal-places="0"
 number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:number-style style:name="n-plain"><number:number number:decimal-places="0"
 number:min-integer-digits="1"/></number:number-style>
<number:number-style style:name="n-number"><number:number number:min-integer-digits="1"/>
</number:number-style>
<number:text-style style:name="n-text"><number:text-content/></number:text-style>
"""
_LOOKS = {
    "body": ("", ""),
    "example": ("", 'fo:color="#767676" fo:font-style="italic"'),
    "header": (
        'fo:background-color="#E8EDF2" fo:border-bottom="1pt solid #333333"',
        'fo:font-weight="bold"',
    ),
    "title": ("", 'fo:font-weight="bold" fo:font-size="14pt"'),
    "label": ("", 'fo:font-weight="bold"'),
    "help": ("", ""),
}
_FORMS = ("text", "integer", "plain", "number", "date")

_STYLES = f"""{_DECLARATION}<office:document-styles {_NAMESPACES} office:version="1.3">
<office:styles><style:default-style style:family="table-cell">
<style:text-properties fo:language="fr" fo:country="FR" fo:font-size="10pt"/>
</style:default-style></office:styles>
<office:automatic-styles>@layouts@</office:automatic-styles>
<office:master-styles>@pages@</office:master-styles></office:document-styles>"""
_LAYOUT = """<style:page-layout style:name="landscape{across}">
<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"
 style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to-X="{across}"
 style:scale-to-Y="0"/>
<style:footer-style><style:header-footer-properties fo:min-height="0.7cm"/></style:footer-style>
</style:page-layout>"""
_MASTER = """<style:master-page style:name="page{across}"
 style:page-layout-name="landscape{across}">
<style:footer><text:p><text:sheet-name>?</text:sheet-name> · <text:page-number>1</text:page-number>
 / <text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"""

_MANIFEST = f"""{_DECLARATION}<manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3"
 manifest:media-type="{_MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def write_ods(pages: list[Page], destination: Path | BinaryIO, *, language: str) -> None:
    """Write the pages; texts are always texts, whatever sign they start with."""
    with zipfile.ZipFile(destination, "w") as archive:
        # The type comes first and uncompressed, so that it can be read without unpacking.
        _add(archive, "mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        _add(archive, "META-INF/manifest.xml", _MANIFEST)
        _add(archive, "content.xml", "".join(_content(pages)))
        _add(archive, "styles.xml", _styles(pages, language))
        _add(archive, "settings.xml", _settings(pages))


def _styles(pages: list[Page], language: str) -> str:
    across = sorted({page.across for page in pages})
    layouts = "".join(_LAYOUT.format(across=count) for count in across)
    masters = "".join(_MASTER.format(across=count) for count in across)
    text = _STYLES.replace("@layouts@", layouts).replace("@pages@", masters)
    if language.startswith("en"):
        text = text.replace('"fr" fo:country="FR"', '"en" fo:country="GB"')
    return text


def _add(
    archive: zipfile.ZipFile, name: str, text: str, compression: int = zipfile.ZIP_DEFLATED
) -> None:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = compression
    archive.writestr(info, text)


def _content(pages: list[Page]) -> Iterator[str]:
    yield f'{_DECLARATION}<office:document-content {_NAMESPACES} office:version="1.3">'
    yield "<office:automatic-styles>"
    yield _DATA_STYLES
    yield from _cell_styles()
    widths = sorted({width for page in pages for width in page.widths})
    for width in widths:
        yield (
            f'<style:style style:name="w{width}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width * 0.2:.2f}cm"/>'
            "</style:style>"
        )
    yield (
        '<style:style style:name="row" style:family="table-row"><style:table-row-properties'
        ' style:use-optimal-row-height="true"/></style:style>'
    )
    for across in sorted({page.across for page in pages}):
        yield (
            f'<style:style style:name="sheet{across}" style:family="table"'
            f' style:master-page-name="page{across}">'
            '<style:table-properties table:display="true"/></style:style>'
        )
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    yield from _validations(pages)
    for rank, page in enumerate(pages):
        yield from _table(page, rank)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _cell_styles() -> Iterator[str]:
    for look, (cell, text) in _LOOKS.items():
        for form in _FORMS:
            yield (
                f'<style:style style:name="{look}-{form}" style:family="table-cell"'
                f' style:data-style-name="n-{form}"><style:table-cell-properties {cell}'
                f' fo:wrap-option="{"no-wrap" if look == "title" else "wrap"}"'
                f' style:vertical-align="top"/><style:text-properties {text}/></style:style>'
            )


# ------------------------------------------------------------------------------ drop-down lists


def _validations(pages: list[Page]) -> Iterator[str]:
    menus = [(page, rank, menu) for rank, page in enumerate(pages) for menu in page.menus]
    if not menus:
        return
    yield "<table:content-validations>"
    for page, rank, menu in menus:
        condition = _condition(menu)
        rule = f" table:condition={quoteattr(condition)}" if condition else ""
        error = "warning" if menu.source else "stop"
        base = f"{_quoted(page.title)}.A1"
        yield (
            f'<table:content-validation table:name="{_menu_name(rank, menu)}"{rule}'
            f' table:allow-empty-cell="true" table:display-list="unsorted"'
            f" table:base-cell-address={quoteattr(base)}>"
            f'<table:help-message table:title={quoteattr(menu.title)} table:display="true">'
            f"<text:p>{escape(menu.message)}</text:p></table:help-message>"
            f'<table:error-message table:message-type="{error}" table:display="true"/>'
            "</table:content-validation>"
        )
    yield "</table:content-validations>"


def _condition(menu: Menu) -> str:
    if menu.words:
        words = ";".join('"' + word.replace('"', '""') + '"' for word in menu.words)
        return f"of:cell-content-is-in-list({words})"
    if menu.source:
        area = f"[${_quoted(menu.source)}.$A$2:.$A${menu.last_row + 1}]"
        return f"of:cell-content-is-in-list({area})"
    return ""


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _menu_name(page: int, menu: Menu) -> str:
    return f"v{page}-{menu.column}-{menu.first_row}"


# ------------------------------------------------------------------------------ the cells


def _table(page: Page, rank: int) -> Iterator[str]:
    yield (
        f'<table:table table:name={quoteattr(page.title)} table:style-name="sheet{page.across}">'
    )
    columns = [
        f'<table:table-column table:style-name="w{width}"'
        f' table:default-cell-style-name="body-{form}"/>'
        for width, form in zip(page.widths, page.forms, strict=True)
    ]
    if page.frozen_columns:
        columns[0] = f"<table:table-header-columns>{columns[0]}</table:table-header-columns>"
    yield from columns
    lists = {
        (row, menu.column): _menu_name(rank, menu)
        for menu in page.menus
        for row in range(menu.first_row, min(menu.last_row + 1, len(page.rows)))
    }
    for row, cells in enumerate(page.rows):
        line = "".join(
            _cell(cell, lists.get((row, column), "")) for column, cell in enumerate(cells)
        )
        text = f'<table:table-row table:style-name="row">{line or _cell(Cell(), "")}'
        text += "</table:table-row>"
        is_header = row == 0 and page.frozen_rows
        yield f"<table:table-header-rows>{text}</table:table-header-rows>" if is_header else text
    yield from _ready_rows(page, rank)
    yield "</table:table>"


def _ready_rows(page: Page, rank: int) -> Iterator[str]:
    """Return the blank lines that already carry the lists, up to the last line of the menus."""
    menus = [menu for menu in page.menus if menu.last_row >= len(page.rows)]
    if not menus:
        return
    blanks = "".join(
        f'<table:table-cell table:content-validation-name="{_menu_name(rank, menu)}"'
        f' table:style-name="body-{page.forms[menu.column]}"/>'
        for menu in sorted(menus, key=lambda menu: menu.column)
    )
    count = max(menu.last_row for menu in menus) - len(page.rows) + 1
    yield (
        f'<table:table-row table:style-name="row" table:number-rows-repeated="{count}">'
        f"{blanks}</table:table-row>"
    )


def _cell(cell: Cell, menu: str) -> str:
    attributes = f'table:style-name="{cell.look}-{cell.form}"'
    if menu:
        attributes += f' table:content-validation-name="{menu}"'
    note = ""
    if cell.note:
        note = f'<office:annotation office:display="false">{_paragraphs(cell.note)}'
        note += "</office:annotation>"
    value = cell.value
    if value is None or value == "":
        return f"<table:table-cell {attributes}>{note}</table:table-cell>"
    if isinstance(value, str):
        typed, shown = 'office:value-type="string"', value
    elif isinstance(value, date):
        typed = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        shown = value.strftime("%d/%m/%Y")
    else:
        typed, shown = f'office:value-type="float" office:value="{value!r}"', f"{value}"
    return f"<table:table-cell {attributes} {typed}>{note}{_paragraphs(shown)}</table:table-cell>"


def _paragraphs(text: str) -> str:
    return "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))


def _spaced(line: str) -> str:
    """Return the line with the runs of spaces that XML would swallow written out.

    A tab stays as it is: spreadsheets show it as a space, and our reader would lose the element
    that stands for it.
    """
    runs = re.compile(r"(?:^ +)|(?: {2,})")
    return runs.sub(lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(line))


# ------------------------------------------------------------------------------ frozen panes


def _settings(pages: list[Page]) -> str:
    tables = "".join(_frozen(page) for page in pages)
    return (
        f'{_DECLARATION}<office:document-settings {_NAMESPACES} office:version="1.3">'
        '<office:settings><config:config-item-set config:name="ooo:view-settings"'
        ' xmlns:ooo="http://openoffice.org/2004/office">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item config:name="ActiveTable" config:type="string">'
        f"{escape(pages[0].title)}</config:config-item>"
        f'<config:config-item-map-named config:name="Tables">{tables}'
        "</config:config-item-map-named>"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def _frozen(page: Page) -> str:
    items = []
    for axis, count, after in (
        ("Horizontal", page.frozen_columns, "PositionRight"),
        ("Vertical", page.frozen_rows, "PositionBottom"),
    ):
        if count:
            items += [
                (f"{axis}SplitMode", "short", 2),
                (f"{axis}SplitPosition", "int", count),
                (after, "int", count),
            ]
    if items:
        items.append(("ActiveSplitRange", "short", 3 if page.frozen_columns else 2))
    written = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}'
        "</config:config-item>"
        for name, kind, value in items
    )
    return (
        f"<config:config-item-map-entry config:name={quoteattr(page.title)}>{written}"
        "</config:config-item-map-entry>"
    )
