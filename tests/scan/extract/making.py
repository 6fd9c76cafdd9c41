"""Files made by hand, byte by byte, so that what they hold is known."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import escape

from gouvernail_scan.blocks import Block, Gap, Limits
from gouvernail_scan.extract import extract

#: Invented: the telephone numbers are of the range that Arcep keeps for fiction.
PLANTED = (
    "Éloïse Fauxnom",
    "06 39 98 12 34",
    "eloise.fauxnom@exemple.example",
    "2 85 04 69 123 456 12",
    "01/04/1985",
    "FR76 3000 6000 0112 3456 7890 189",
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
CONTENT_TYPES = b"<Types/>"


def found(data: bytes, name: str = "", limits: Limits | None = None) -> list[Block | Gap]:
    """Return what `extract` finds in bytes."""
    return list(extract(io.BytesIO(data), name=name, limits=limits or Limits()))


def said(items: Iterable[Block | Gap]) -> str:
    """Return the text of what was found, without the gaps."""
    return "".join(each.text.decode() for each in items if isinstance(each, Block))


def gaps(items: Iterable[Block | Gap]) -> list[tuple[str, str]]:
    """Return the gaps of what was found: (cause, place)."""
    return [(each.cause.value, each.place) for each in items if isinstance(each, Gap)]


def missing(text: str, values: Iterable[str] = PLANTED) -> list[str]:
    """Return the values that a text does not hold."""
    return [value for value in values if value not in text]


def zipped(
    members: dict[str, bytes | str] | Iterable[tuple[str, bytes | str]], packed: bool = True
) -> bytes:
    """Return a zip of these members."""
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, data)
    return out.getvalue()


def paragraph(text: str) -> str:
    """Return a paragraph of Word, cut in runs as Word cuts it."""
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(each)}</w:t></w:r>'
        for each in (text[:half], text[half:])
    )
    return f"<w:p><w:pPr><w:jc/></w:pPr>{runs}</w:p>"


def docx(body: str, **parts: bytes | str) -> bytes:
    """Return a document of Word; `parts` by name, « header1 » for « word/header1.xml »."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    for name, text in parts.items():
        members[f"word/{name}.xml"] = text
    return zipped(members)


def sheet(rows: str, around: str = "") -> str:
    """Return a sheet of Excel around these rows."""
    return f"<worksheet {S}><sheetData>{rows}</sheetData>{around}</worksheet>"


def xlsx(sheets: dict[str, str], strings: Iterable[str] = (), **parts: str) -> bytes:
    """Return a workbook of these sheets; `strings` are the shared texts, as XML."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
        for i, name in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{i}" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "xl/workbook.xml": f"<workbook {S} {R}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>",
    }
    for i, xml in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{i}.xml"] = xml
    if strings:
        members["xl/sharedStrings.xml"] = f"<sst {S}>{''.join(strings)}</sst>"
    for name, xml in parts.items():
        members[f"xl/{name}.xml"] = xml
    return zipped(members)


def odf(kind: str, content: str, **parts: str) -> bytes:
    """Return an OpenDocument file whose body is `content`."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"),
                             ("draw", "drawing"), ("meta", "meta"))
    ) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
    members: list[tuple[str, bytes | str]] = [
        ("content.xml", f"<office:document-content {spaces}>{content}</office:document-content>")
    ]
    for name, xml in parts.items():
        root = f"<office:document {spaces}>{xml}</office:document>"
        members.append((f"{name}.xml", root))
    out = io.BytesIO(zipped(members))
    whole = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(whole, "w") as new:
        new.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for each in old.namelist():
            new.writestr(each, old.read(each), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def pdf(pages: Iterable[Iterable[str]], extra: str = "", info: str = "") -> bytes:
    """Return a PDF of pages of lines; a page without any line shows a picture."""
    objects: list[bytes] = []

    def add(body: bytes | str) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("cp1252"))
        return len(objects)

    def stream(head: str, data: bytes) -> int:
        packed = zlib.compress(data)
        return add(
            f"<<{head}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode()
            + packed
            + b"\nendstream"
        )

    font = add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    image = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
        b"0",
    )
    tree = len(objects) + 1
    objects.append(b"")
    kids = []
    for lines in pages:
        shown = [f"({line}) Tj T*" for line in lines]
        drawn = "BT /F1 11 Tf 14 TL 40 800 Td " + " ".join(shown) + " ET" if shown else "/I1 Do"
        content = stream("", drawn.encode("cp1252"))
        kids.append(
            add(
                f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R"
                f"/Resources<</Font<</F1 {font} 0 R>>/XObject<</I1 {image} 0 R>>>>{extra}>>"
            )
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[tree - 1] = f"<</Type/Pages/Kids[{listed}]/Count {len(kids)}>>".encode()
    root = add(f"<</Type/Catalog/Pages {tree} 0 R>>")
    properties = add(f"<<{info}>>")
    return _numbered(objects, root, properties)


def _numbered(objects: list[bytes], root: int, properties: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += (
        f"trailer<</Size {len(objects) + 1}/Root {root} 0 R/Info {properties} 0 R>>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)


def packets(size: int, piece: bytes = b"\0" * (1 << 20)) -> Iterator[bytes]:
    """Return `size` bytes by pieces."""
    while size > 0:
        yield piece[:size]
        size -= len(piece)
