"""Spreadsheets: rows of cells under the names of their columns, hidden sheets and notes included.

A cell is where its address says, but no row is filled up to it beyond the columns one may name: two
cells, A1 and XFD1048576, are two cells.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.formats import is_header
from gouvernail_scan.extract.office import (
    cut_at_tags,
    guarded,
    is_encrypted_odf,
    part_texts,
    tagless,
)
from gouvernail_scan.extract.reading import Context, Found, blocks, quoted
from gouvernail_scan.extract.tables import COLUMNS, column_names

#: Cells are looked for in at most this many characters.
CELLS = 1 << 20
#: Shared texts kept to be put in their cells; the others are read as a text of their own.
SHARED, SHARED_CHARACTERS = 500_000, 24 << 20
#: A heading is looked for in the first rows of a sheet.
_HEADING_WITHIN = 5
#: A number that a style shows as a date is between these serials: 1900 and 2150.
_SERIALS = range(1, 91_313)

_EPOCH = date(1899, 12, 30)
_STYLE = re.compile(r'\bs="(\d+)"')
_CLOSE = re.compile(r"</[^<>]*>")

Row = list[str]


# --- xlsx --------------------------------------------------------------------------------------

_OTHERS = (
    (re.compile(r"xl/comments[\w/]*\.xml|xl/threadedComments/[\w/]+\.xml"), "commentaires"),
    (re.compile(r"xl/(?:drawings/drawing|charts/chart)\d*\.xml"), "dessins"),
    (re.compile(r"xl/persons/[\w/]+\.xml"), "auteurs"),
    (re.compile(r"docProps/(?:core|app|custom)\.xml"), "propriétés"),
    (re.compile(r"xl/worksheets/_rels/[\w.]+\.rels"), "liens"),
)
_SHEET = re.compile(r"xl/worksheets/(?:sheet)?[\w.-]+\.xml|xl/sheets?/[\w.-]+\.xml")
_SI = re.compile(r"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)|(</(?:\w+:)?si>)")
_CELL = re.compile(
    r'<(?:\w+:)?c(?: r="([A-Z]{1,3})\d{1,7}")?((?: [^<>/]*+(?:/(?!>)[^<>/]*+)*+)?)'
    r"(?:/>|>([^<]*+(?:<(?!/?(?:\w+:)?c[ >/])[^<]*+)*+)</(?:\w+:)?c>)|(</(?:\w+:)?row>)"
)
_VALUE = re.compile(r"<(?:\w+:)?v>([^<]*)</")
_TEXT = re.compile(r"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)")
_XF = re.compile(r"<(?:\w+:)?xf\b[^<>]*?numFmtId=\"(\d+)\"")
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\b[^<>]*?numFmtId=\"(\d+)\"[^<>]*?formatCode=\"([^\"]*)\"")
_SHEET_NAME = re.compile(r"<(?:\w+:)?sheet\b[^<>]*?name=\"([^\"]*)\"")
_NOT_DATE = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_LINK = re.compile(r"Target=\"(?:mailto|tel|sms):([^\"]{1,2000})\"")


def read_xlsx(archive: zipfile.ZipFile, context: Context) -> Found:
    """Return the rows of every sheet, then the notes, drawings and properties."""
    shared = _Shared()
    yield from guarded(_read_shared(archive, context, shared), context.part("textes"))
    dates = _date_styles(archive, context)
    names = _sheet_names(archive, context)
    yield from blocks([f"{name}\n" for name in names], context.at("noms des feuilles"))
    sheets = [name for name in archive.NameToInfo if _SHEET.fullmatch(name)]
    sheets.sort(key=lambda name: (int(re.sub(r"\D", "", name) or 0), name))
    for place, name in enumerate(sheets):
        label = names[place] if place < len(names) else name.rpartition("/")[2]
        inner = context.part(f"feuille {quoted(label)}")
        yield from guarded(_read_sheet(archive, name, inner, shared, dates), inner)
    for name in list(archive.NameToInfo):
        for pattern, label in _OTHERS:
            if pattern.fullmatch(name):
                inner = context.part(label)
                yield from guarded(_read_other(archive, name, inner), inner)


class _Shared:
    """The texts that cells point to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.size = 0

    @property
    def full(self) -> bool:
        return len(self.texts) >= SHARED or self.size >= SHARED_CHARACTERS

    def add(self, text: str) -> None:
        self.texts.append(text)
        self.size += len(text)

    def get(self, index: str) -> str:
        try:
            return self.texts[int(index)]
        except (ValueError, IndexError):
            return ""


def _read_shared(archive: zipfile.ZipFile, context: Context, shared: _Shared) -> Found:
    name = "xl/sharedStrings.xml"
    if name not in archive.NameToInfo:
        return
    texts = part_texts(archive, name, context)
    if isinstance(texts, Gap):
        yield texts
        return
    found = _shared_texts(texts)
    for text in found:
        shared.add(text)
        if shared.full:
            yield from blocks((f"{text}\n" for text in found), context.at("textes partagés"))


def _shared_texts(texts: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for piece in cut_at_tags(texts):
        for text, end in _SI.findall(piece):
            if end:
                yield _plain("".join(held))
                held.clear()
            else:
                held.append(text)


def _plain(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    if "\n" in text or "\t" in text or "\r" in text:
        text = " ".join(text.split())
    return text


def _date_styles(archive: zipfile.ZipFile, context: Context) -> frozenset[str]:
    """Return the styles, as cells name them, that show a number as a date."""
    name = "xl/styles.xml"
    if name not in archive.NameToInfo:
        return frozenset()
    texts = part_texts(archive, name, context)
    if isinstance(texts, Gap):
        return frozenset()
    text = "".join(texts)[: 4 << 20]
    codes = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
    for number, code in _FORMAT.findall(text):
        shown = _NOT_DATE.sub("", html.unescape(code)).lower()
        if "d" in shown and ("m" in shown or "y" in shown):
            codes.add(int(number))
    formats = text.partition("cellXfs")[2].partition("cellXfs>")[0]
    return frozenset(
        str(place) for place, number in enumerate(_XF.findall(formats)) if int(number) in codes
    )


def _sheet_names(archive: zipfile.ZipFile, context: Context) -> list[str]:
    name = "xl/workbook.xml"
    if name not in archive.NameToInfo:
        return []
    texts = part_texts(archive, name, context)
    if isinstance(texts, Gap):
        return []
    return [
        html.unescape(found)
        for piece in cut_at_tags(texts)
        for found in _SHEET_NAME.findall(piece + ">")
    ]


def _read_sheet(
    archive: zipfile.ZipFile, name: str, context: Context, shared: _Shared, dates: frozenset[str]
) -> Found:
    texts = part_texts(archive, name, context)
    if isinstance(texts, Gap):
        yield texts
        return
    yield from in_columns(_rows(texts, shared, dates), context)


def _rows(texts: Iterable[str], shared: _Shared, dates: frozenset[str]) -> Iterator[Row]:
    row: Row = []
    for piece in _whole_cells(texts):
        for column, attributes, inside, end in _CELL.findall(piece):
            if end:
                yield row
                row = []
                continue
            if not inside:
                continue
            value = _cell(attributes, inside, shared, dates)
            if value:
                _put(row, _index(column) if column else len(row), value)
    if row:
        yield row


def _whole_cells(texts: Iterable[str]) -> Iterator[str]:
    """Return the sheet by pieces that cut no cell."""
    held = ""
    for text in texts:
        held += text
        at = max(held.rfind("</c>"), held.rfind("</row>"), held.rfind(":c>"))
        if at < 0 and len(held) > CELLS:
            at = held.rfind("/>")
        if at > 0:
            end = held.index(">", at) + 1
            yield held[:end]
            held = held[end:]
        elif len(held) > 4 * CELLS:
            raise ValueError("no cell is that long")
    if held:
        yield held


def _cell(attributes: str, inside: str, shared: _Shared, dates: frozenset[str]) -> str:
    if 't="s"' in attributes:
        found = _VALUE.search(inside)
        return shared.get(found.group(1)) if found else ""
    if 't="inlineStr"' in attributes:
        return _plain("".join(_TEXT.findall(inside)))
    found = _VALUE.search(inside)
    if not found:
        return ""
    value = found.group(1)
    if 't="' in attributes and 't="n"' not in attributes:
        return _plain(value)
    style = _STYLE.search(attributes) if dates else None
    if style and style.group(1) in dates:
        return _as_date(value)
    return _as_number(value)


def _as_date(value: str) -> str:
    try:
        serial = int(float(value))
    except (ValueError, OverflowError):
        return value
    return (_EPOCH + timedelta(serial)).isoformat() if serial in _SERIALS else value


def _as_number(value: str) -> str:
    """Return a number as it would be read: 2.69054958815780E14 is fifteen digits."""
    if "E" in value or "e" in value or value.endswith(".0"):
        try:
            number = float(value)
        except ValueError:
            return value
        if number.is_integer() and abs(number) < 1e24:
            return str(int(number))
    return value


@lru_cache(maxsize=1024)
def _index(column: str) -> int:
    index = 0
    for letter in column:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _put(row: Row, place: int, value: str) -> None:
    """Put a cell in its column; beyond those that have names, after the others."""
    if len(row) < place <= COLUMNS:
        row.extend([""] * (place - len(row)))
    if place < len(row):
        row[place] = value
    else:
        row.append(value)


def _read_other(archive: zipfile.ZipFile, name: str, context: Context) -> Found:
    texts = part_texts(archive, name, context)
    if isinstance(texts, Gap):
        yield texts
    elif name.endswith(".rels"):
        links = (f"{html.unescape(t)}\n" for p in cut_at_tags(texts) for t in _LINK.findall(p))
        yield from blocks(links, context.place)
    elif "persons/" in name:
        found = re.compile(r"displayName=\"([^\"]*)\"")
        names = (f"{html.unescape(t)}\n" for p in cut_at_tags(texts) for t in found.findall(p))
        yield from blocks(names, context.place)
    else:
        runs = re.compile(r"</(?:\w+:)?(?!r>|t>)[^<>]*>")
        yield from blocks(tagless(texts, runs), context.place)


def in_columns(rows: Iterator[Row], context: Context) -> Found:
    """Return rows as blocks, under the names of the columns when one of the first rows gives them.

    The rows before the heading are a text of their own.
    """
    before: list[Row] = []
    for row in rows:
        cells = row[:]
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > 1 and is_header(cells):
            yield from blocks((_line(each) for each in before), context.place)
            yield from blocks([_line(cells)], context.place)
            columns = column_names(cells)
            yield from blocks((_line(each) for each in rows), context.place, columns=columns)
            return
        before.append(row)
        if len(before) >= _HEADING_WITHIN:
            break

    def all_rows() -> Iterator[str]:
        yield from map(_line, before)
        yield from map(_line, rows)

    yield from blocks(all_rows(), context.place)


def _line(row: Row) -> str:
    return "\t".join(row) + "\n"


# --- ods ---------------------------------------------------------------------------------------

_ODS = re.compile(
    r"<table:(?:covered-)?table-cell\b([^<>]*?)(/?)>|(</table:(?:covered-)?table-cell>)"
    r"|(</table:table-row>)|<table:table\b[^<>]*?table:name=\"([^\"]*)\"|(</table:table>)"
    r"|(</text:p>|<text:line-break/>|</office:annotation>)|(<text:(?:s|tab)\b[^<>]*>)"
    r"|<[^<>]*>|([^<]+)"
)
_REPEATED = re.compile(r'table:number-columns-repeated="(\d+)"')
_DATE = re.compile(r'office:date-value="(\d{4}-\d\d-\d\d)')
_NUMBER = re.compile(r'office:value="([^"]*)"')


def read_ods(archive: zipfile.ZipFile, context: Context) -> Found:
    """Return the rows of every sheet of an OpenDocument workbook, then its properties."""
    if is_encrypted_odf(archive, context):
        yield Gap(Cause.ENCRYPTED, context.place)
        return
    if "content.xml" in archive.NameToInfo:
        yield from guarded(_read_content(archive, context), context)
    for name, label in (("meta.xml", "propriétés"), ("styles.xml", "en-tête et pied de page")):
        if name in archive.NameToInfo:
            inner = context.part(label)
            yield from guarded(_read_other(archive, name, inner), inner)


def _read_content(archive: zipfile.ZipFile, context: Context) -> Found:
    texts = part_texts(archive, "content.xml", context)
    if isinstance(texts, Gap):
        yield texts
        return
    sheets = _Sheets(texts)
    for name in sheets:
        inner = context.part(f"feuille {quoted(name)}")
        yield from blocks([f"{name}\n"], context.at("noms des feuilles"))
        yield from in_columns(sheets.rows(), inner)


class _Sheets:
    """The sheets of a content, one after the other: a name, then its rows."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._tokens = (match for piece in cut_at_tags(texts) for match in _ODS.finditer(piece))
        self._open = False

    def __iter__(self) -> Iterator[str]:
        for match in self._tokens:
            if match.group(5) is not None:
                self._open = True
                yield html.unescape(match.group(5))
                for _rest in self.rows():
                    pass

    def rows(self) -> Iterator[Row]:
        """Return the rows of the sheet that was named last."""
        row: Row = []
        held: list[str] = []
        attributes = ""
        if not self._open:
            return
        for match in self._tokens:
            kind = match.lastindex
            if kind is None:
                continue
            if match.group(9) is not None:
                held.append(match.group(9))
            elif match.group(1) is not None:
                attributes = match.group(1)
                held.clear()
                if match.group(2):
                    _close(row, attributes, held)
            elif match.group(3):
                _close(row, attributes, held)
                held.clear()
            elif match.group(4):
                if any(row):
                    yield row
                row = []
            elif match.group(7) or match.group(8):
                held.append(" ")
            elif match.group(6):
                self._open = False
                break
        if any(row):
            yield row


def _close(row: Row, attributes: str, held: list[str]) -> None:
    """End a cell: a date and a number are told by their value, the rest by the text."""
    value = _plain("".join(held)).strip()
    if found := _DATE.search(attributes):
        value = found.group(1)
    elif 'value-type="float"' in attributes and (number := _NUMBER.search(attributes)):
        value = _as_number(number.group(1))
    repeated = _REPEATED.search(attributes)
    times = min(int(repeated.group(1)), COLUMNS) if repeated else 1
    if value or len(row) + times <= COLUMNS:
        row.extend([value] * (times if not value else min(times, 8)))
