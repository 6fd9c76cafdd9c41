"""Files of an office, written by hand: the same content gives the same bytes.

A page is a list of blocks: « # » starts a heading, « - » a bullet, a list of rows is a table, and
the rest are paragraphs.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

Cell = str | int | float | date | None
Row = Sequence[Cell]
Rows = Sequence[Row]
Block = str | Rows
Page = Sequence[Block]


class File(NamedTuple):
    """A file of a store: its path in it, its bytes, its last change, the text put into it.

    `said` is all that was written, whether or not a reader can get it back.
    """

    path: str
    content: bytes
    on: date
    said: str = ""


def page(path: str, on: date, blocks: Page, encoding: str = "utf-8") -> File:
    """Return the page in the format that its name says."""
    suffix = path.rpartition(".")[2].lower()
    match suffix:
        case "docx":
            content = docx(blocks, on)
        case "odt":
            content = odt(blocks, on)
        case "pdf":
            content = pdf(blocks)
        case "html" | "htm":
            content = html(blocks, encoding).encode(encoding)
        case "doc":
            content = old_doc(blocks)
        case _:
            content = text(blocks).encode(encoding)
    return File(path, content, on, text(blocks))


def sheet(
    path: str, on: date, rows: Rows | Mapping[str, Rows], encoding: str = "utf-8-sig"
) -> File:
    """Return the table, or the sheets by name, in the format that the file's name says."""
    named = rows if isinstance(rows, Mapping) else {"Feuil1": rows}
    match path.rpartition(".")[2].lower():
        case "xlsx":
            content = xlsx(named, on)
        case "ods":
            content = ods(named, on)
        case _:
            content = comma_separated(next(iter(named.values())), encoding)
    return File(path, content, on, text(list(named.values())))


def written(path: str, on: date, said: str, encoding: str = "utf-8") -> File:
    """Return the words as they are."""
    return File(path, said.encode(encoding), on, said)


def message(path: str, mails: Sequence[Mail]) -> File:
    """Return a message, or a folder of them, in the format that the file's name says."""
    content = mbox(mails) if path.endswith(".mbox") else eml(mails[0])
    said = "\n".join(
        "\n".join((mail.sender, mail.to, mail.subject, mail.body, *(f.said for f in mail.attached)))
        for mail in mails
    )
    return File(path, content, mails[-1].on, said)


def packed(path: str, on: date, files: Sequence[File], password: str = "") -> File:
    """Return an archive of the files, closed by the password if there is one."""
    parts = {each.path: each.content for each in files}
    if path.endswith(".tar.gz"):
        content = tar_gz(parts, on)
    else:
        content = encrypted_zip(parts, password, on) if password else archive(parts, on)
    return File(path, content, on, "\n".join(each.said for each in files))


def shown(cell: Cell) -> str:
    """Return the cell as a French office shows it."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return "" if cell is None else str(cell)


# ------------------------------------------------------------------------------- text, csv, json
def text(blocks: Page) -> str:
    """Return the page as a note, with the line ends of Windows."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            said = block.removeprefix("# ")
            lines += [said.upper() if block.startswith("# ") else said, ""]
        else:
            lines += ["\t".join(map(shown, row)) for row in block]
            lines.append("")
    return "\r\n".join(lines)


def comma_separated(rows: Rows, encoding: str) -> bytes:
    """Return the table with the semicolons of a French spreadsheet."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [shown(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode(encoding)


def as_json(value: object) -> bytes:
    """Return the value as an application exports it."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def sql(table: str, columns: Sequence[str], rows: Rows) -> str:
    """Return what creates the table and fills it."""

    def value(cell: Cell) -> str:
        if cell is None:
            return "NULL"
        if isinstance(cell, int | float):
            return str(cell)
        return "'" + str(cell).replace("'", "''") + "'"

    kinds = ",\n".join(f"  {name} varchar(255)" for name in columns)
    lines = [f"DROP TABLE IF EXISTS {table};", f"CREATE TABLE {table} (\n{kinds}\n);"]
    lines += [f"INSERT INTO {table} VALUES ({', '.join(map(value, row))});" for row in rows]  # noqa: S608 - a file, never run
    return "\n".join(lines) + "\n"


def html(blocks: Page, encoding: str = "utf-8") -> str:
    """Return the page as a web page."""
    title = next((each for each in blocks if isinstance(each, str)), "").removeprefix("# ")
    parts: list[str] = []
    for block in blocks:
        if not isinstance(block, str):
            rows = "".join(
                "<tr>"
                + "".join(f"<{kind}>{escape(shown(cell))}</{kind}>" for cell in row)
                + "</tr>\n"
                for kind, row in zip(("th", *["td"] * len(block)), block, strict=False)
            )
            parts.append(f"<table>\n{rows}</table>")
        elif block.startswith("# "):
            parts.append(f"<h1>{escape(block[2:])}</h1>")
        elif block.startswith("- "):
            parts.append(f"<ul><li>{escape(block[2:])}</li></ul>")
        else:
            parts.append(f"<p>{escape(block)}</p>")
    return (
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="{encoding}">'
        f"<title>{escape(title)}</title></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


# -------------------------------------------------------------------------------------- archives
def archive(parts: Mapping[str, bytes | str], on: date, *, first_stored: bool = False) -> bytes:
    """Return a zip whose entries bear one date; OpenDocument wants its first entry stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for at, (name, content) in enumerate(parts.items()):
            entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 9, 30, 0))
            stored = first_stored and at == 0
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return out.getvalue()


def tar_gz(parts: Mapping[str, bytes], on: date) -> bytes:
    """Return a tar archive, compressed."""
    out = io.BytesIO()
    when = moment(on)
    with (
        gzip.GzipFile(fileobj=out, mode="wb", mtime=when, filename="") as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as packed,
    ):
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.uname = len(content), when, "ancien"
            packed.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def moment(on: date) -> int:
    """Return the date's nine thirty, as a file system counts it."""
    return int(datetime(on.year, on.month, on.day, 9, 30, tzinfo=UTC).timestamp())


def encrypted_zip(parts: Mapping[str, bytes], password: str, on: date) -> bytes:
    """Return a zip that asks for a password, with the old cipher that every program reads."""
    plain = archive(parts, on)
    out, central = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as packed:
        for entry in packed.infolist():
            squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
            squeezed = squeezer.compress(packed.read(entry)) + squeezer.flush()
            noise = random.Random(entry.filename).randbytes(11)  # noqa: S311 - a demonstration
            sealed = _sealed(noise + bytes([entry.CRC >> 24]) + squeezed, password.encode())
            name, time = entry.filename.encode(), (9 << 11) | (30 << 5)
            day = ((on.year - 1980) << 9) | (on.month << 5) | on.day
            # Flags: encrypted, names in UTF-8.
            common = struct.pack(
                "<HHHHHLLLHH", 20, 0x801, 8, time, day, entry.CRC, len(sealed), entry.file_size,
                len(name), 0,
            )  # fmt: skip
            central.write(b"PK\x01\x02" + struct.pack("<H", 20) + common)
            central.write(struct.pack("<HHHLL", 0, 0, 0, 0, out.tell()) + name)
            out.write(b"PK\x03\x04" + common + name + sealed)
        count = len(packed.infolist())
    start, table = out.tell(), central.getvalue()
    out.write(table + b"PK\x05\x06")
    out.write(struct.pack("<HHHHLLH", 0, 0, count, count, len(table), start, 0))
    return out.getvalue()


def _sealed(content: bytes, password: bytes) -> bytes:
    """Return the content under the traditional cipher of PKWARE (APPNOTE, 6.1)."""
    table = [_crc(value) for value in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def turn(sign: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ sign) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for sign in password:
        turn(sign)
    out = bytearray()
    for sign in content:
        mask = (keys[2] | 2) & 0xFFFF
        out.append(sign ^ ((mask * (mask ^ 1) >> 8) & 0xFF))
        turn(sign)
    return bytes(out)


def _crc(value: int) -> int:
    for _bit in range(8):
        value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
    return value


# --------------------------------------------------------------------------- office, Open XML
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument"


def docx(blocks: Page, on: date) -> bytes:
    """Return the page as a document of Word."""
    body = "".join(_word(block) for block in blocks)
    return archive(
        {
            "[Content_Types].xml": _types(
                {"/word/document.xml": f"{_KIND}.wordprocessingml.document.main+xml"}
            ),
            "_rels/.rels": _links([("officeDocument", "word/document.xml")]),
            "docProps/core.xml": _core(on),
            "word/document.xml": (
                f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body>'
                "</w:document>"
            ),
        },
        on,
    )


def _word(block: Block) -> str:
    if isinstance(block, str):
        bold = "<w:rPr><w:b/></w:rPr>" if block.startswith("# ") else ""
        said = escape(block.removeprefix("# "), quote=False)
        return f'<w:p><w:r>{bold}<w:t xml:space="preserve">{said}</w:t></w:r></w:p>'
    width = max(map(len, block))
    grid = '<w:gridCol w:w="1700"/>' * width
    rows = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="1700" w:type="dxa"/></w:tcPr>{_word(shown(cell))}</w:tc>'
            for cell in row
        )
        + "</w:tr>"
        for row in block
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lined = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>' for side in sides)
    shape = f"<w:tblPr><w:tblBorders>{lined}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{shape}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"


def pptx(slides: Sequence[tuple[str, Sequence[str]]], on: date) -> bytes:
    """Return a presentation: for each slide its title and its lines."""
    spaces = f'xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}" xmlns:p="{_SLIDES}"'
    empty = (
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    )
    kind = f"{_KIND}.presentationml"
    types = {
        "/ppt/presentation.xml": f"{kind}.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{kind}.slideMaster+xml",
        "/ppt/slideLayouts/slideLayout1.xml": f"{kind}.slideLayout+xml",
        "/ppt/theme/theme1.xml": f"{_KIND}.theme+xml",
    }
    parts: dict[str, bytes | str] = {}
    for at, (title, lines) in enumerate(slides, start=1):
        types[f"/ppt/slides/slide{at}.xml"] = f"{kind}.slide+xml"
        shapes = _shape(2, "title", [title]) + _shape(3, "body", lines)
        parts[f"ppt/slides/slide{at}.xml"] = (
            f"{_XML}<p:sld {spaces}><p:cSld><p:spTree>{empty}{shapes}</p:spTree></p:cSld></p:sld>"
        )
        parts[f"ppt/slides/_rels/slide{at}.xml.rels"] = _links(
            [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        )
    listed = "".join(f'<p:sldId id="{255 + at}" r:id="rId{at + 1}"/>' for at in _ranks(slides))
    tree = f"<p:cSld><p:spTree>{empty}</p:spTree></p:cSld>"
    colours = " ".join(
        f'{a}="{b}"'
        for a, b in [("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2")]
        + [(each, each) for each in (*(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")]
    )
    return archive(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _links([("officeDocument", "ppt/presentation.xml")]),
            "docProps/core.xml": _core(on),
            "ppt/presentation.xml": (
                f'{_XML}<p:presentation {spaces}><p:sldMasterIdLst><p:sldMasterId id="2147483648"'
                f' r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>{listed}</p:sldIdLst>'
                '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>'
                "</p:presentation>"
            ),
            "ppt/_rels/presentation.xml.rels": _links(
                [
                    ("slideMaster", "slideMasters/slideMaster1.xml"),
                    *(("slide", f"slides/slide{at}.xml") for at in _ranks(slides)),
                ]
            ),
            "ppt/slideMasters/slideMaster1.xml": (
                f"{_XML}<p:sldMaster {spaces}>{tree}<p:clrMap {colours}/><p:sldLayoutIdLst>"
                '<p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>'
            ),
            "ppt/slideMasters/_rels/slideMaster1.xml.rels": _links(
                [
                    ("slideLayout", "../slideLayouts/slideLayout1.xml"),
                    ("theme", "../theme/theme1.xml"),
                ]
            ),
            "ppt/slideLayouts/slideLayout1.xml": (
                f"{_XML}<p:sldLayout {spaces}>{tree}</p:sldLayout>"
            ),
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _links(
                [("slideMaster", "../slideMasters/slideMaster1.xml")]
            ),
            "ppt/theme/theme1.xml": _theme(),
            **parts,
        },
        on,
    )


def _ranks(slides: Sequence[object]) -> range:
    return range(1, len(slides) + 1)


def _shape(number: int, place: str, lines: Sequence[str]) -> str:
    said = "".join(
        f"<a:p><a:r><a:t>{escape(line, quote=False)}</a:t></a:r></a:p>" for line in lines
    )
    top, height = (400_000, 1_100_000) if place == "title" else (1_700_000, 4_500_000)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{place}"/><p:cNvSpPr/><p:nvPr>'
        f'<p:ph type="{place}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="500000" y="{top}"/>'
        f'<a:ext cx="8100000" cy="{height}"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>{said}'
        "</p:txBody></p:sp>"
    )


def _theme() -> str:
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{"FFFFFF" if name.startswith("lt") else "1F3A5F"}"/></a:{name}>'
        for name in names
    )
    font = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_XML}<a:theme xmlns:a="{_DRAWING}" name="Mairie"><a:themeElements>'
        f'<a:clrScheme name="Mairie">{colours}</a:clrScheme><a:fontScheme name="Mairie">'
        f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Mairie"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}"
        "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _types(parts: Mapping[str, str]) -> str:
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        for name, kind in {**parts, "/docProps/core.xml": core}.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{listed}</Types>'
    )


def _links(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _core(on: date) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Utilisateur</dc:creator>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{on}T09:30:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )


def xlsx(sheets: Mapping[str, Rows], on: date) -> bytes:
    """Return a workbook of Excel."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        created = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - Excel knows no zone
        book.set_properties({"author": "Utilisateur", "created": created})
        bold = book.add_format({"bold": True, "bg_color": "#DDE6F0"})
        day, euros = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "#,##0.00"))
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            page.set_column(0, 12, 18)
            for at, row in enumerate(rows):
                for rank, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(at, rank, cell, day)
                    else:
                        shape = bold if at == 0 else euros if isinstance(cell, float) else None
                        page.write(at, rank, cell, shape)
    return out.getvalue()


# ------------------------------------------------------------------------- office, OpenDocument
_OPEN = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "text", "table", "meta", "manifest")
)


def odt(blocks: Page, on: date) -> bytes:
    """Return the page as a document of LibreOffice."""
    return _open_document("text", "".join(_open_block(block) for block in blocks), on)


def _open_block(block: Block) -> str:
    if not isinstance(block, str):
        return _open_table("Tableau", block)
    if block.startswith("# "):
        return f'<text:h text:outline-level="1">{escape(block[2:], quote=False)}</text:h>'
    return f"<text:p>{escape(block, quote=False)}</text:p>"


def ods(sheets: Mapping[str, Rows], on: date) -> bytes:
    """Return a workbook of LibreOffice."""
    body = "".join(_open_table(name, rows) for name, rows in sheets.items())
    return _open_document("spreadsheet", body, on)


def _open_table(name: str, rows: Rows) -> str:
    width = max(map(len, rows))
    lines = "".join(
        f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows
    )
    return (
        f'<table:table table:name="{escape(name)}"><table:table-column '
        f'table:number-columns-repeated="{width}"/>{lines}</table:table>'
    )


def _open_cell(cell: Cell) -> str:
    match cell:
        case int() | float():
            value = f'office:value-type="float" office:value="{cell}"'
        case date():
            value = f'office:value-type="date" office:date-value="{cell}"'
        case None:
            return "<table:table-cell/>"
        case _:
            value = 'office:value-type="string"'
    said = escape(shown(cell), quote=False)
    return f"<table:table-cell {value}><text:p>{said}</text:p></table:table-cell>"


def _open_document(kind: str, body: str, on: date) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    start = '<?xml version="1.0" encoding="UTF-8"?>\n'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (
            ("/", mime),
            *((f"{part}.xml", "text/xml") for part in ("content", "meta", "styles")),
        )
    )
    return archive(
        {
            "mimetype": mime,
            "META-INF/manifest.xml": (
                f'{start}<manifest:manifest {_OPEN} manifest:version="1.3">{entries}'
                "</manifest:manifest>"
            ),
            "meta.xml": (
                f'{start}<office:document-meta {_OPEN} office:version="1.3"><office:meta>'
                f"<meta:creation-date>{on}T09:30:00</meta:creation-date></office:meta>"
                "</office:document-meta>"
            ),
            "styles.xml": (
                f'{start}<office:document-styles {_OPEN} office:version="1.3"><office:styles>'
                '<style:style style:name="Standard" style:family="paragraph"/>'
                "</office:styles></office:document-styles>"
            ),
            "content.xml": (
                f'{start}<office:document-content {_OPEN} office:version="1.3"><office:body>'
                f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
            ),
        },
        on,
        first_stored=True,
    )


def old_doc(blocks: Page) -> bytes:
    """Return what an old Word left: a header, noise, the text in the old code page, noise."""
    said = text(blocks).replace("\r\n", "\r").encode("cp1252", "replace")
    noise = random.Random(len(said)).randbytes(1024)  # noqa: S311 - a demonstration
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHH", 0x3E, 3, 0xFFFE)
    whole = header.ljust(512, b"\xff") + noise + said.ljust(4096, b"\0") + bytes(512) + noise
    return whole.ljust(-(-len(whole) // 512) * 512, b"\0")


# ------------------------------------------------------------------------------------------- PDF
def pdf(blocks: Page, *, tilt: float = 0) -> bytes:
    """Return the page as a PDF, turned by `tilt` degrees as a sheet badly laid on a scanner."""
    import typst

    source = "".join(
        [
            '#set document(date: none)\n#set page(paper: "a4", margin: 2.2cm)\n'
            '#set text(lang: "fr", size: 10.5pt)\n#set par(justify: true)\n'
            "#show heading: set block(below: 1.2em)\n",
            f"#rotate({tilt}deg)[\n" if tilt else "",
            *map(_typst, blocks),
            "]" if tilt else "",
        ]
    )
    return bytes(typst.compile(source.encode(), ignore_system_fonts=True))


def _typst(block: Block) -> str:
    if isinstance(block, str):
        if block.startswith("# "):
            return f"#heading({_quoted(block[2:])})\n\n"
        return f"#par({_quoted(block)})\n\n"
    width = max(map(len, block))
    cells = ", ".join(
        f"text(size: 8.5pt, {_quoted(shown(cell))})"
        for row in block
        for cell in (*row, *[""] * (width - len(row)))
    )
    return f"#table(columns: {width}, {cells})\n\n"


def _quoted(said: str) -> str:
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scanned(blocks: Page) -> bytes:
    """Return a PDF that holds only the image of the page, as a copier sends it."""
    import numpy as np
    import pypdfium2

    with pypdfium2.PdfDocument(pdf(blocks, tilt=0.6)) as document:
        sheet = document[0]
        grey = sheet.render(scale=1.5, grayscale=True).to_numpy()
        height, width = grey.shape[:2]
        bits = np.packbits(grey.reshape(height, width) > 150, axis=1).tobytes()
    return _pdf_of_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</Im0 5 0 R>>>>>>",
        _stream(b"", b"q 595 0 0 842 0 0 cm /Im0 Do Q"),
        _stream(
            f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1"
            "/ColorSpace/DeviceGray/Filter/FlateDecode".encode(),
            zlib.compress(bits, 9),
        ),
    )


def photograph(seed: str, on: date, *, wide: int = 480) -> bytes:
    """Return a photograph of nothing: a sky, a ground and the side of a wall, with its date."""
    import numpy as np
    from PIL import Image

    draw = np.random.default_rng(zlib.crc32(seed.encode()))
    tall = wide * 3 // 4
    rows, columns = np.mgrid[0:tall, 0:wide]
    horizon = int(tall * draw.uniform(0.35, 0.65)) + 8 * np.sin(columns / draw.uniform(40, 160))
    tones = ((170, 195, 220), (95, 110, 80), (190, 175, 150))
    sky, ground, wall = (np.array(tone) + draw.integers(-18, 18) for tone in tones)
    left, right = sorted(draw.integers(wide // 8, wide - wide // 8, 2))
    scene = np.where((rows < horizon)[..., None], sky, ground).astype(float)
    scene[(columns > left) & (columns < right) & (rows > tall // 4) & (rows < horizon + 40)] = wall
    scene += (rows / tall * 30)[..., None] + draw.normal(0, 4, (tall, wide, 1))
    picture = Image.fromarray(scene.clip(0, 255).astype(np.uint8))
    marks = Image.Exif()
    marks[0x0132] = f"{on:%Y:%m:%d} 09:30:00"  # DateTime
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70, exif=marks)
    return out.getvalue()


def drawing_exchange(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """Return a plan of lines as programs of drawing exchange it (DXF, release 12)."""
    body = "".join(
        f"0\nLINE\n8\nRESEAU\n10\n{x:.2f}\n20\n{y:.2f}\n11\n{to_x:.2f}\n21\n{to_y:.2f}\n"
        for x, y, to_x, to_y in lines
    )
    return f"0\nSECTION\n2\nENTITIES\n{body}0\nENDSEC\n0\nEOF\n"


def old_drawing(size: int) -> bytes:
    """Return what begins as a plan of AutoCAD 2000 and that few programs read."""
    return b"AC1015" + bytes(7) + random.Random(size).randbytes(size)  # noqa: S311 - a demonstration


def _stream(said: bytes, content: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (said, len(content), content)


def _pdf_of_objects(*objects: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(out)


def locked_pdf(blocks: Page, password: str) -> bytes:
    """Return a PDF that asks for a password, with the cipher of the time and no random part."""
    import pikepdf

    out = io.BytesIO()
    locked = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
    with pikepdf.open(io.BytesIO(pdf(blocks))) as document:
        document.save(out, static_id=True, encryption=locked)
    return out.getvalue()


# ------------------------------------------------------------------------------------------ mail
class Mail(NamedTuple):
    """A message, its addresses and what is attached to it."""

    sender: str
    to: str
    subject: str
    body: str
    on: date
    attached: Sequence[File] = ()


def eml(mail: Mail) -> bytes:
    """Return the message as a mail program saves it."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=200))
    message["Return-Path"] = f"<{_address(mail.sender)}>"
    message["From"], message["To"], message["Subject"] = mail.sender, mail.to, mail.subject
    message["Date"] = format_datetime(datetime.fromtimestamp(moment(mail.on), UTC))
    mark = zlib.crc32(f"{mail.sender}{mail.subject}{mail.on}".encode())
    message["Message-ID"] = f"<{mark:08x}.{mail.on:%Y%m%d}@val-de-brenne.example>"
    message.set_content(mail.body, cte="quoted-printable")
    for each in mail.attached:
        message.add_attachment(
            each.content,
            maintype="application",
            subtype="octet-stream",
            filename=each.path.rpartition("/")[2],
        )
    if mail.attached:
        message.set_boundary(f"=_{mark:08x}_suite")
    return message.as_bytes()


def _address(who: str) -> str:
    return who.rpartition("<")[2].rstrip(">")


def mbox(mails: Sequence[Mail]) -> bytes:
    """Return the messages one after the other, as a folder of mail is saved."""
    return b"".join(_mbox_parts(mails))


def _mbox_parts(mails: Sequence[Mail]) -> Iterator[bytes]:
    for mail in mails:
        when = datetime.fromtimestamp(moment(mail.on), UTC)
        yield f"From {_address(mail.sender)} {when:%a %b %d %H:%M:%S %Y}\n".encode()
        content = eml(mail).replace(b"\r\n", b"\n")
        yield content.replace(b"\nFrom ", b"\n>From ") + b"\n"
