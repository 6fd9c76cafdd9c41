"""Which format a file is in: by its bytes, whatever its name says."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from enum import StrEnum

from gouvernail_scan.extract.plain import MARKS, text_of, wide

#: What `sniff_head` needs of the beginning of a file.
HEAD = 1 << 16


class Format(StrEnum):
    """What a reader knows how to open, or knows that it does not."""

    EMPTY = "empty"
    TEXT = "text"
    CSV = "csv"
    SQL = "sql"
    JSON = "json"
    HTML = "html"
    XML = "xml"
    MAIL = "mail"
    MBOX = "mbox"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODF = "odf"
    ODS = "ods"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    OLE = "ole"
    IMAGE = "image"
    UNKNOWN = "unknown"


#: Texts: what is left of one that was cut is still worth reading.
TEXTS = frozenset(
    {
        Format.TEXT,
        Format.CSV,
        Format.SQL,
        Format.JSON,
        Format.HTML,
        Format.XML,
        Format.MAIL,
        Format.MBOX,
    }
)

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"PK\x07\x08", Format.ZIP),
    (b"PK00PK\x03\x04", Format.ZIP),
    (b"\x1f\x8b", Format.GZIP),
    (b"BZh", Format.BZIP2),
    (b"\xfd7zXZ\0", Format.XZ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.OLE),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF87a", Format.IMAGE),
    (b"GIF89a", Format.IMAGE),
    (b"II*\0", Format.IMAGE),
    (b"MM\0*", Format.IMAGE),
    (b"{\\rtf", Format.UNKNOWN),
    (b"7z\xbc\xaf\x27\x1c", Format.UNKNOWN),
    (b"Rar!\x1a\x07", Format.UNKNOWN),
    (b"\x28\xb5\x2f\xfd", Format.UNKNOWN),
    (b"ID3", Format.UNKNOWN),
    (b"OggS", Format.UNKNOWN),
    (b"fLaC", Format.UNKNOWN),
    (b"\x1a\x45\xdf\xa3", Format.UNKNOWN),
    (b"SQLite format 3\0", Format.UNKNOWN),
)

#: Bytes that no text holds: controls but for tab, line ends, form feed, backspace, escape, NUL.
_CONTROLS = bytes(sorted(set(range(1, 32)) - {8, 9, 10, 11, 12, 13, 26, 27}))


def sniff_head(head: bytes, name: str = "") -> Format:
    """Return the format of a file by its first bytes; a zip is not looked into."""
    if not head:
        return Format.EMPTY
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.IMAGE
    if head[4:8] == b"ftyp":
        return Format.IMAGE if head[8:11] in (b"hei", b"avi", b"mif") else Format.UNKNOWN
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return Format.IMAGE
    if _is_pdf(head):
        return Format.PDF
    if _is_tar(head):
        return Format.TAR
    if not _is_text(head):
        return Format.UNKNOWN
    return text_format(text_of(head), name)


def _is_pdf(head: bytes) -> bool:
    at = head[:1024].find(b"%PDF-")
    if at < 0:
        return False
    # Readers accept some bytes before the mark; a text that quotes it is still a text.
    return not head[:at].strip(b"\xef\xbb\xbf \t\r\n\f\0") or b" obj" in head


def _is_tar(head: bytes) -> bool:
    if len(head) < 512:
        return False
    if head[257:262] == b"ustar":
        return True
    digits = head[148:156].strip(b" \0")
    if not digits or not head[0] or any(each not in b"01234567" for each in digits):
        return False
    return int(digits, 8) == sum(head[:148]) + 8 * 32 + sum(head[156:512])


def _is_text(head: bytes) -> bool:
    if head.startswith(MARKS) or (b"\0" in head and wide(head)):
        return True
    # A NUL here and there in a log is a defect, not a format.
    controls = len(head) - len(head.translate(None, _CONTROLS)) + head.count(0)
    return controls * 200 <= len(head)


#: Where the parts of a document stand in its zip, and the first of them.
_OPEN_XML = (
    ("word/", "word/document.xml", Format.DOCX),
    ("xl/", "xl/workbook.xml", Format.XLSX),
    ("ppt/", "ppt/presentation.xml", Format.PPTX),
)


def kind_of_zip(names: Collection[str], mimetype: bytes = b"") -> Format:
    """Return which document a zip is by the names it lists, or that it is a mere archive."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        kind = mimetype.removeprefix(b"application/vnd.oasis.opendocument.").strip()
        return Format.ODS if kind.startswith(b"spreadsheet") else Format.ODF
    typed = "[Content_Types].xml" in names
    for folder, main, found in _OPEN_XML:
        if main in names or (typed and any(name.startswith(folder) for name in names)):
            return found
    return Format.ZIP


_MBOX = re.compile(r"From \S[^\n]*\n(?:>?[A-Za-z][A-Za-z0-9-]*:|\s)", re.A)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):(?:[ \t\r]|$)", re.A)
_MAIL_NAMES = (
    "from to cc subject date received message-id mime-version return-path content-type sender "
    "delivered-to reply-to x-mozilla-status x-mailer"
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_SQL = re.compile(
    r"^(?:INSERT\s+INTO|REPLACE\s+INTO|CREATE\s+TABLE|COPY\s[^\n;]*\bFROM\s+stdin)\b", re.I | re.M
)


def text_format(text: str, name: str = "") -> Format:
    """Return the format of a text by its beginning; `name` tells apart what looks alike."""
    sample = text.lstrip("\ufeff \t\r\n\f")
    if not sample:
        return Format.TEXT
    ending = name.lower().rpartition(".")[2]
    if sample[0] == "<":
        if _HTML.search(sample, 0, 2048):
            return Format.HTML
        if re.match(r"<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])", sample):
            return Format.HTML if ending in ("html", "htm") else Format.XML
    if _MBOX.match(sample):
        return Format.MBOX
    if _looks_like_mail(sample):
        return Format.MAIL
    if sample[0] in "{[" and re.match(r"\{\s*[\"}]|\[\s*[\[{\"\]\d-]", sample):
        return Format.JSON
    if _SQL.search(sample) and (
        ending == "sql" or _SQL.match(sample) or sample[:2] in ("--", "/*")
    ):
        return Format.SQL
    return Format.CSV if delimiter(sample, lenient=ending in ("csv", "tsv")) else Format.TEXT


def _looks_like_mail(sample: str) -> bool:
    known = 0
    for line in sample[:8192].split("\n")[:60]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        match = _HEADER.match(line)
        if not match:
            return False
        known += match.group(1).lower() in _MAIL_NAMES.split()
    return known >= 2


def delimiter(sample: str, *, lenient: bool = True) -> str:
    """Return what separates the cells of a table with a header, empty when it is none.

    The first line must read like names of columns and the next ones hold as many cells.
    """
    cut = sample[:HEAD]
    for mark in (";", "\t", "|", ","):
        first = cut.partition("\n")[0]
        if mark not in first:
            continue
        lines = cut.split("\n")[:40]
        if len(sample) > len(cut) or (len(lines) > 1 and not cut.endswith("\n")):
            lines = lines[:-1] if len(lines) > 2 else lines
        try:
            rows = [row for row in csv.reader(lines, delimiter=mark) if row][:20]
        except csv.Error:
            continue
        if len(rows) < 2 or not is_header(rows[0]):
            continue
        width = len(rows[0])
        same = sum(len(row) == width for row in rows[1:])
        if same == len(rows) - 1 or (lenient and same >= 0.8 * (len(rows) - 1)):
            return mark
    return ""


_NUMBERS = re.compile(r"\d[\d .,/-]{3,}\d|@")


def is_header(cells: list[str]) -> bool:
    """Return whether a row reads like the names of columns: short, distinct, without values.

    >>> is_header(["Nom", "Né le", "Téléphone 2"]), is_header(["Martin", "06 12 34 56 78"])
    (True, False)
    """
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) < 2 or len({name.lower() for name in names if name}) < len(
        [*filter(None, names)]
    ):
        return False
    filled = [name for name in names if name]
    if len(filled) * 2 < len(names):
        return False
    return all(
        len(name) <= 80
        and not (len(name) > 30 and name[-1] in ".!?…")
        and any(each.isalpha() for each in name)
        and not _NUMBERS.search(name)
        and "\n" not in name
        for name in filled
    )
