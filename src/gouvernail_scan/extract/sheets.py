"""Spreadsheets: rows of cells, as they are shown, in memory that does not depend on the sheet.

A cell far from the others is not aligned under its column: no empty cell is ever made up to get to
it, which is what ends other readers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache, partial
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from lxml import etree

from gouvernail_scan.blocks import Cause
from gouvernail_scan.extract.formats import is_header
from gouvernail_scan.extract.office import (
    DRAWN,
    odf_paragraph,
    odf_parts,
    open_xml_text,
    read_common,
    refuse_locked,
)
from gouvernail_scan.extract.parts import (
    KEPT,
    SAFE,
    After,
    Declared,
    declared_xml,
    declares,
    ends,
    local,
    or_pictures,
    read_part,
)
from gouvernail_scan.extract.plain import decoded, text_of
from gouvernail_scan.extract.reading import (
    CHUNK,
    Context,
    Found,
    Over,
    Spent,
    Stream,
    blocks,
    contained,
    gap,
    quoted,
)
from gouvernail_scan.extract.tables import COLUMNS, column_names
from gouvernail_scan.extract.zips import Archive, Entry

#: The names of columns are looked for in this many rows.
HEADER_WITHIN = 20
#: Shared texts kept to fill the cells: how many, and how many characters in all.
STRINGS = 500_000
STRINGS_SIZE = 24 << 20
#: Sheets that a workbook lists.
SHEETS = 1 << 17
#: Text that rows make is counted by this many characters.
COUNTED = 1 << 16

Row = list[str]


def table(rows: Iterator[Row], context: Context) -> Found:
    """Return rows of cells under the names of their columns, when there are some.

    What stands before the rows, and the names themselves, are a text of their own.
    """
    first, failure = _first(rows)
    named = next((i for i, row in enumerate(first) if is_header(row[:COLUMNS])), -1)
    columns = column_names(first[named]) if named >= 0 else ()
    yield from blocks(_lines(first[: named + 1], context.spent), context.place)
    rest = _after(first[named + 1 :], failure, rows)
    yield from blocks(_lines(rest, context.spent), context.place, columns=columns)


def _after(first: list[Row], failure: Exception | None, rows: Iterator[Row]) -> Iterator[Row]:
    yield from first
    if failure:
        raise failure
    yield from rows


def _first(rows: Iterator[Row]) -> tuple[list[Row], Exception | None]:
    """Return the first rows, and what went wrong while reading them."""
    first: list[Row] = []
    try:
        first.extend(islice(rows, HEADER_WITHIN))
    except MemoryError:
        raise
    except Exception as failure:
        return first, failure
    return first, None


def _lines(rows: Iterable[Row], account: Spent) -> Iterator[str]:
    """Return rows as lines, by packets, whose size counts for the file.

    A long text that a million cells show is not long in the file.
    """
    packet: list[str] = []
    size = 0
    try:
        for row in rows:
            line = "\t".join(row)
            packet.append(line)
            size += len(line) + 1
            if size > COUNTED:
                account.take(size)
                yield "\n".join([*packet, ""])
                packet.clear()
                size = 0
    except Exception:
        yield from (f"{line}\n" for line in packet)
        raise
    if packet:
        yield "\n".join([*packet, ""])


def _on_one_line(text: str) -> str:
    """Return the text of a cell without what separates cells and rows."""
    return " ".join(text.split()) if "\n" in text or "\t" in text or "\r" in text else text


def _pad(row: Row, at: int) -> None:
    """Fill a row up to a column; beyond those that may have a name, cells only follow."""
    row.extend([""] * (min(at, COLUMNS) - len(row)))


# --- Excel ------------------------------------------------------------------------------------

#: (letters of the column, style, kind, value, text written in place), as they are in the XML.
Cell = tuple[str, str, str, str, str]

_CELL = re.compile(
    r'<c r="([A-Z]++)\d++"(?: s="(\d++)")?+(?: t="(\w++)")?+(?:>'
    r"(?:<f(?:>|\s[^<>]*>)[^<]*</f>|<f(?:\s[^<>]*)?/>)?+"
    r"(?:<v>([^<]*+)</v>|<v/>|<is><t(?:\s[^<>]*)?>([^<]*)</t></is>)?+</c>|/>)"
)
_ROW = re.compile(r"<row[\s>]")
_SHEET = re.compile(r"<worksheet\b[^<>]*>")
_STRINGS = re.compile(r"<sst\b[^<>]*>")
_SI = re.compile(r"<si><t(?: xml:space=\"preserve\")?>([^<]*)</t></si>")
_T = re.compile(r"<t(?:\s[^<>]*)?>([^<]*)</t>")
_SPOKEN = re.compile(r"<rPh\b.*?</rPh>", re.S)
_AROUND_NAMES = "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter formula1"
_AROUND = tuple(_AROUND_NAMES.split())
_AROUND_TEXT = re.compile(rf"<({'|'.join(_AROUND)})\b[^<>]*>([^<]*)</")
_UTF8 = re.compile(r"encoding=.utf-?8", re.I)
_DEFAULT = re.compile(r"\sxmlns\s*=\s*[\"']([^\"']*)")
_MARKUP = re.compile(r"<!(?:\[CDATA\[|--)")

_BOOK_PART = re.compile(r"xl/workbook\d*\.xml\Z", re.I)
_SHEET_PART = re.compile(r"xl/(?:work|chart|dialog|macro)sheets/[^/]*\.xml\Z", re.I)
_XL_COMMENTS = re.compile(r"xl/(?:worksheets/)?comments\w*/?\w*\.xml\Z", re.I)
_XL_DRAWINGS = re.compile(rf"xl/{DRAWN}\.xml\Z", re.I)


class _Book:
    """What the sheets of a workbook share: their texts, and how numbers are shown."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.used = bytearray()
        self.size = 0
        self.overflow = False
        self.shows: list[Callable[[str], str] | None] = []
        self.from_1904 = False
        self.sheets: list[tuple[str, str, str]] = []  # name, state, identifier of its part
        self.targets: dict[str, str] = {}  # of the parts, by their identifiers
        self.kinds: dict[str, str] = {}
        self.columns: dict[str, int] = {}

    def keep(self, texts: list[str]) -> list[str]:
        """Keep shared texts; return those for which there is no room."""
        room = min(len(texts), STRINGS - len(self.strings))
        if self.size > STRINGS_SIZE:
            room = 0
        kept, left = texts[:room], texts[room:]
        self.strings += kept
        self.size += sum(map(len, kept))
        self.overflow = self.overflow or bool(left)
        return left

    def row(self, cells: Iterable[Cell]) -> Row:
        """Return the texts that cells show, in their columns."""
        strings, shows, columns, used = self.strings, self.shows, self.columns, self.used
        row: Row = []
        length = 0
        for letters, style, kind, value, inline in cells:
            if kind == "s":
                index = int(value) if value.isdigit() else len(strings)
                if index >= len(strings):
                    continue
                text = strings[index]
                used[index] = 1
            elif value and (not kind or kind == "n"):
                number = int(style) if style else 0
                show = shows[number] if number < len(shows) else None
                text = show(value) if show else _number(value) if "E" in value else value
            elif kind == "e":
                continue
            else:
                text = _on_one_line(html.unescape(value or inline))
            if not text:
                continue
            at = columns.get(letters, -1)
            if at < 0:
                at = columns[letters] = _column(letters[:4])
            if length < at:
                _pad(row, at)
            row.append(text)
            length = len(row) if length < at else length + 1
        return row


def _column(letters: str) -> int:
    """Return the index of a column.

    >>> _column("A"), _column("AA"), _column("XFD")
    (0, 26, 16383)
    """
    index = 0
    for each in letters:
        index = index * 26 + ord(each) - 64
    return index - 1


def read_xlsx(archive: Archive, context: Context) -> Found:
    """Return what a workbook of Excel says."""
    yield from or_pictures(_workbook(archive, context), archive, context)


def _workbook(archive: Archive, context: Context) -> Found:
    book = _Book()
    # Names may be written with other capitals where they are listed and where they are referred to.
    named = {entry.name.lower(): entry for entry in archive.entries}
    main = next((each for each in archive.entries if _BOOK_PART.match(each.name)), None)
    done: set[Entry] = set()
    if main:
        rels = named.get(f"xl/_rels/{main.name[3:]}.rels".lower())
        yield from read_part(archive, main, context, partial(_read_workbook, book), "feuilles")
        if rels:
            yield from read_part(archive, rels, context, partial(_read_targets, book), "feuilles")
        done |= {main, *([rels] if rels else [])}
    for kind, place, said in (
        ("styles", "styles", _read_styles),
        ("sharedStrings", "textes partagés", _read_strings),
    ):
        entry = named.get(book.kinds.get(kind, f"xl/{kind}.xml").lower())
        if entry:
            yield from read_part(archive, entry, context, partial(said, book), place)
            done.add(entry)
    if book.overflow:
        yield gap(Cause.TOO_LARGE, context, "textes partagés")
    book.used = bytearray(len(book.strings))
    # A sheet that is said to be something else too is still a sheet.
    shown: set[Entry] = set()
    for name, state, identifier in book.sheets:
        entry = named.get(book.targets.get(identifier, ""))
        if entry is None or entry in shown:
            continue
        shown.add(entry)
        hidden = " (masquée)" if state not in ("", "visible") else ""
        yield from _sheet_part(archive, entry, context, f"feuille {quoted(name)}{hidden}", book)
    # Of several parts of one name, the last was taken: the others are read like any part.
    for entry in archive.entries:
        if entry in shown or (entry in done and not _SHEET_PART.match(entry.name)):
            continue
        if _SHEET_PART.match(entry.name):
            yield from _sheet_part(archive, entry, context, entry.name, book)
        elif _XL_COMMENTS.match(entry.name):
            yield from read_part(archive, entry, context, _comments, "commentaires")
        elif _XL_DRAWINGS.match(entry.name):
            yield from read_part(archive, entry, context, open_xml_text, "dessin")
        else:
            yield from read_common(archive, entry, context)
    left = (text + "\n" for text, used in zip(book.strings, book.used, strict=True) if not used)
    yield from blocks(left, context.at("textes qu’aucune feuille ne montre"))
    if archive.unread:
        yield gap(archive.unread, context)


def _read_workbook(book: _Book, stream: Stream) -> Iterator[str]:
    for element in ends(stream, ("sheet", "workbookPr", "definedName"), ""):
        said = {local(key): value for key, value in element.items()}
        kind = local(element.tag)
        if kind == "workbookPr":
            book.from_1904 = said.get("date1904", "") in ("1", "true")
        elif kind == "sheet" and len(book.sheets) < SHEETS:
            book.sheets.append((said.get("name", ""), said.get("state", ""), said.get("id", "")))
            yield said.get("name", "") + "\n"
        elif kind == "definedName" and element.text:
            yield f"{said.get('name', '')}: {element.text}\n"


def _read_targets(book: _Book, stream: Stream) -> Iterator[str]:
    """Learn where the parts are, by their identifiers, and the two that are alone by their kind."""
    for element in ends(stream, ("Relationship",), ""):
        target = element.get("Target", "").replace("/./", "/").lower()
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        book.targets[element.get("Id", "")] = path
        kind = element.get("Type", "").rpartition("/")[2]
        if kind in ("styles", "sharedStrings"):
            book.kinds[kind] = path
    yield from ()


def _read_styles(book: _Book, stream: Stream) -> Iterator[str]:
    codes = {number: "d/m/y" for number in (*range(14, 18), *range(27, 32), 36, *range(50, 59))}
    codes |= {number: "h:m" for number in (18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47)}
    codes[22] = "d/m/y h:m"
    for element in ends(stream, ("numFmt", "xf"), ""):
        said = element.get
        if local(element.tag) == "numFmt":
            number = said("numFmtId", "")
            if number.isdigit():
                codes[int(number)] = said("formatCode", "")
        elif local(element.getparent().tag) == "cellXfs" and len(book.shows) < 1 << 17:
            number = said("numFmtId", "")
            code = codes.get(int(number), "") if number.isdigit() else ""
            book.shows.append(shown_as(code, from_1904=book.from_1904) if code else None)
    yield from ()


def _read_strings(book: _Book, stream: Stream) -> Iterator[str]:
    """Keep the shared texts; return those for which there is no more room."""
    for texts in _strings(stream):
        yield from (f"{text}\n" for text in book.keep(texts))


def _strings(stream: Stream) -> Iterator[list[str]]:
    """Return the shared texts, by packets."""
    head = stream.read(CHUNK)
    stream = After(head, stream)
    start = _plain_start(head, _STRINGS)
    if start is None:
        for element in ends(stream, ("si",), "si"):
            yield [_on_one_line(_rich(element))]
        return
    for run in _runs(stream, start, "</si>"):
        texts = _SI.findall(run)
        if len(texts) != run.count("<si"):
            texts = [
                text for piece in run.split("</si>")[:-1] for text in _rich_texts(piece, start)
            ]
        if "&" in run:
            texts = list(map(html.unescape, texts))
        at = run.find("<si")
        if run.find("\n", at) >= 0 or run.find("\t", at) >= 0:
            texts = list(map(_on_one_line, texts))
        yield texts


def _rich_texts(piece: str, start: str) -> Iterator[str]:
    """Return the text of a `si` after those of the empty ones before it."""
    yield from [""] * piece.count("<si/>")
    if piece.rfind("<si") != piece.rfind("<si/>"):
        yield _rich_text(piece, start)


def _rich_text(piece: str, start: str) -> str:
    """Return the text of a `si` in several runs, still escaped, without how it is pronounced."""
    piece = piece[piece.rfind("<si") :]
    if _MARKUP.search(piece):
        document = etree.fromstring(f"{start}{piece}</si></sst>".encode(), _parser())
        return html.escape("".join(map(_rich, document)), quote=False)
    if "<rPh" in piece:
        piece = _SPOKEN.sub("", piece)
    return "".join(_T.findall(piece))


def _rich(element: Any) -> str:
    return "".join(
        each.text or "" for each in element.iter("{*}t") if local(each.getparent().tag) != "rPh"
    )


def _parser() -> Any:
    return etree.XMLParser(**SAFE)


def _plain_start(head: bytes, root: re.Pattern[str]) -> str | None:
    """Return how a part begins, when it is written the usual way; raise `Declared` for a DTD."""
    text = text_of(head[: 1 << 14])
    if declares(text):
        raise Declared(head)
    match = root.search(text)
    if match is None or (text.find("encoding=", 0, 200) >= 0 and not _UTF8.search(text, 0, 200)):
        return None
    start = match.group()
    default = _DEFAULT.search(start)
    # Two ways of writing one name, and half of the cells would be passed over.
    twice = default is not None and start.count(default.group(1)) > 1
    return None if twice or "&" in start else start


def _runs(stream: Stream, start: str, closing: str) -> Iterator[str]:
    """Return a part by runs of whole elements, then what follows the last one."""
    kept = ""
    at = 0
    for text in decoded(stream):
        kept += text
        cut = kept.rfind(closing)
        if cut >= 0:
            cut += len(closing)
            at = at or kept.find(start) + len(start)
            if kept.find("xmlns", at, cut) >= 0:
                raise Over(Cause.DAMAGED, whole=False)
            at = 1
            yield kept[:cut]
            kept = kept[cut:]
        elif len(kept) > KEPT:
            raise Over(Cause.TOO_LARGE, whole=False)
    yield kept


def _sheet_part(archive: Archive, entry: Entry, context: Context, place: str, book: _Book) -> Found:
    context.spent.take_member()
    inner = context.part(place)
    yield from contained(_sheet(archive, entry, inner, book), inner)


def _sheet(archive: Archive, entry: Entry, context: Context, book: _Book) -> Found:
    stream = archive.open(entry, context.spent)
    around: list[str] = []
    try:
        yield from table(_rows(stream, book, around), context)
    except Declared as declared:
        yield from blocks(declared_xml(declared, stream), context.place)
    yield from blocks(around, context.place)


def _rows(stream: Stream, book: _Book, around: list[str]) -> Iterator[Row]:
    """Return the rows that are not empty; `around` receives what the sheet says elsewhere."""
    head = stream.read(CHUNK)
    stream = After(head, stream)
    start = _plain_start(head, _SHEET)
    if start is None:
        for element in ends(stream, ("row", *_AROUND), "row"):
            if local(element.tag) != "row":
                around.append((element.text or "") + "\n")
            elif row := book.row(_cells(element)):
                yield row
        return
    last = ""
    for run in _runs(stream, start, "</row>"):
        *pieces, last = run.split("</row>")
        rows = [_CELL.findall(piece) for piece in pieces]
        if sum(map(len, rows)) != _cell_count(run) - _cell_count(last):
            rows = [
                cells if len(cells) == _cell_count(piece) else list(_cells_of(piece, start))
                for cells, piece in zip(rows, pieces, strict=True)
            ]
        for cells in rows:
            if row := book.row(cells):
                yield row
    if _cell_count(last):
        raise Over(Cause.DAMAGED, whole=False)
    around.extend(html.unescape(text) + "\n" for _, text in _AROUND_TEXT.findall(last))


def _cell_count(text: str) -> int:
    return sum(map(text.count, ("<c ", "<c>", "<c\n", "<c\t", "<c\r")))


def _cells_of(piece: str, start: str) -> Iterator[Cell]:
    """Return the cells of a row that is not written the usual way."""
    match = _ROW.search(piece)
    row = piece[match.start() :] if match else piece
    document = etree.fromstring(f"{start}{row}</row></worksheet>".encode(), _parser())
    for element in document:
        yield from _cells(element)


def _cells(row: Any) -> Iterator[Cell]:
    at = 0
    for cell in row:
        if local(cell.tag) != "c":
            continue
        letters = "".join(each for each in cell.get("r", "") if "A" <= each <= "Z")[:3]
        letters = letters or _letters(at)
        at = _column(letters) + 1
        value = inline = ""
        for each in cell:
            name = local(each.tag)
            if name == "v":
                value = each.text or ""
            elif name == "is":
                inline = _rich(each)
        style = cell.get("s", "")
        yield (
            letters,
            style if style.isdigit() and len(style) < 7 else "",
            cell.get("t", ""),
            html.escape(value, quote=False),
            html.escape(inline, quote=False),
        )


def _letters(at: int) -> str:
    """Return the letters of a column, the reverse of `_column`."""
    letters = ""
    at += 1
    while at > 0:
        at, left = divmod(at - 1, 26)
        letters = chr(65 + left) + letters
    return letters


def _comments(stream: Stream) -> Iterator[str]:
    for element in ends(stream, ("comment", "author"), "comment"):
        said = _rich(element) if local(element.tag) == "comment" else element.text or ""
        yield said + "\n"


# --- How a number is shown --------------------------------------------------------------------

_IN_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.I)
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|_.|\*.", re.S)
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a date of a sheet has no zone
_TOKEN = re.compile(r"\"([^\"]*)\"|\\(.)|_(.)|\*.|([0#?])|([ ()/|-])|(.)", re.S)


@lru_cache(maxsize=4096)
def shown_as(code: str, *, from_1904: bool = False) -> Callable[[str], str] | None:
    r"""Return what shows a number under a format: a date, or digits in their places.

    >>> shown_as("dd/mm/yyyy")("31138"), shown_as(r"0#\ ##\ ##\ ##\ ##")("612345678")
    ('01/04/1985', '06 12 34 56 78')
    >>> shown_as("General"), shown_as("#,##0.00")
    (None, None)
    """
    code = _IN_BRACKETS.sub("", code.partition(";")[0])
    if code.lower() in ("", "general", "standard", "@"):
        return None
    letters = _LITERAL.sub("", code).lower()
    if re.search(r"[dyj]|mmm", letters) or re.search(r"h|s(?!\w)|m{1,2}\s*:", letters):
        days = re.search(r"[dyj]|mmm", letters) is not None
        return lru_cache(maxsize=1 << 16)(
            partial(_moment, days=days, hours="h" in letters, from_1904=from_1904)
        )
    tokens = []
    for quoted_text, escaped, blank, digit, sign, other in _TOKEN.findall(code):
        if other:
            return None
        tokens.append((digit, quoted_text or escaped or (" " if blank else "") or sign))
    digits = [digit for digit, _ in tokens if digit]
    if len(digits) < 5 or ("0" not in digits[:-1] and len(digits) == len(tokens)):
        return None
    return partial(_in_places, tokens=tuple(tokens))


def _moment(value: str, *, days: bool, hours: bool, from_1904: bool) -> str:
    """Return a date, a time of the day or both, from a count of days."""
    try:
        count = float(value)
    except ValueError:
        return value
    if not 0 <= count < 2_958_466:
        return _number(value)
    # Excel believes in 29 February 1900.
    shift = 1462 if from_1904 else 1 if count < 60 else 0
    moment = _EXCEL_EPOCH + timedelta(days=shift, seconds=round(count * 86400))
    if moment.year > 9999:
        return value
    date = f"{moment.day:02}/{moment.month:02}/{moment.year}"
    time = f"{moment.hour:02}:{moment.minute:02}"
    if days:
        return f"{date} {time}" if hours and count % 1 else date
    return time if count < 1 else f"{date} {time}"


def _in_places(value: str, *, tokens: tuple[tuple[str, str], ...]) -> str:
    left = _number(value)
    if not left.isdigit():
        return value
    shown: list[str] = []
    places = sum(bool(digit) for digit, _ in tokens)
    for digit, text in reversed(tokens):
        if not digit:
            shown.append(text)
            continue
        places -= 1
        if places:
            shown.append(left[-1:] or ("0" if digit == "0" else ""))
            left = left[:-1]
        else:
            shown.append(left or ("0" if digit == "0" else ""))
    return "".join(reversed(shown)).strip()


def _number(value: str) -> str:
    """Return a number as people write it: no power of ten for an identifier.

    >>> _number("1.85017512345678E+14"), _number("0.5"), _number("1E-7")
    ('185017512345678', '0.5', '1E-7')
    """
    if "E" not in value and "." not in value:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if abs(number) < 1e17 and number == int(number) else value


# --- OpenDocument -----------------------------------------------------------------------------

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_REPEATED = f"{_TABLE}number-columns-repeated"


def read_ods(archive: Archive, context: Context) -> Found:
    """Return what a spreadsheet of OpenDocument says."""
    refuse_locked(archive, context)
    yield from or_pictures(_ods(archive, context), archive, context)


def _ods(archive: Archive, context: Context) -> Found:
    content = archive.names.get("content.xml")
    if content:
        context.spent.take_member()
        yield from contained(_ods_sheets(archive, content, context), context)
    yield from odf_parts(archive, context, content)


def _ods_sheets(archive: Archive, entry: Entry, context: Context) -> Found:
    stream = archive.open(entry, context.spent)
    aside: list[str] = []
    try:
        rows = _ods_rows(stream, aside)
        for name, group in groupby(rows, key=itemgetter(0)):
            inner = context.part(f"feuille {quoted(name)}")
            yield from table((row for _, row in group), inner)
            yield from blocks(aside, inner.at("commentaires et dessins"))
            aside.clear()
    except Declared as declared:
        yield from blocks(declared_xml(declared, stream), context.place)
    yield from blocks(aside, context.at("commentaires et dessins"))


def _ods_rows(stream: Stream, aside: list[str]) -> Iterator[tuple[str, Row]]:
    """Return the rows that are not empty, each after the name of its sheet.

    A row or a cell that is repeated is given once: it says the same.
    """
    sheet, name = None, ""
    for element in ends(stream, ("table-row", "shapes"), "table-row"):
        if local(element.tag) == "shapes":
            _apart(element, aside)
            element.clear()
            continue
        parent = element.getparent()
        while parent is not None and local(parent.tag) != "table":
            parent = parent.getparent()
        if parent is not sheet:
            sheet = parent
            name = "" if parent is None else parent.get(f"{_TABLE}name", "")
        if row := _ods_row(element, aside):
            yield name, row
        element.clear()


def _ods_row(element: Any, aside: list[str]) -> Row:
    row: Row = []
    at = 0
    for cell in element:
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            text = _on_one_line(_ods_text(cell, aside))
            if text:
                _pad(row, at)
                row.append(text)
        repeated = cell.get(_REPEATED, "1")
        at += int(repeated) if repeated.isdigit() and len(repeated) < 8 else 1
    return row


def _ods_text(cell: Any, aside: list[str]) -> str:
    said = []
    for each in cell:
        if local(each.tag) == "p":
            said.append(odf_paragraph(each, aside))
        else:
            _apart(each, aside)
    shown = " ".join(filter(None, said))
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        return _ods_date(cell.get(f"{_OFFICE}date-value", "")) or shown
    if kind in ("float", "currency", "percentage") and (not shown or "E" in shown or "#" in shown):
        return _number(cell.get(f"{_OFFICE}value", "")) or shown
    return shown or cell.get(f"{_OFFICE}string-value", "")


def _ods_date(value: str) -> str:
    """Return a date as it is written in French.

    >>> _ods_date("1985-04-01"), _ods_date("1985-04-01T08:30:00")
    ('01/04/1985', '01/04/1985 08:30')
    """
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?", value)
    if not match:
        return value
    year, month, day, time = match.groups()
    return f"{day}/{month}/{year} {time}" if time and time != "00:00" else f"{day}/{month}/{year}"


def _apart(element: Any, aside: list[str]) -> None:
    for each in element.iter("{*}p", "{*}creator", "{*}title", "{*}desc"):
        said = odf_paragraph(each, aside)
        if said:
            aside.append(said + "\n")
