"""What the tests read in a written document, with other tools than those that wrote it."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass
class Pdf:
    """What accessibility asks of a PDF, as found in it."""

    marked: bool
    language: str
    shows_title: bool
    title: str
    ua: str
    a: tuple[str, str]
    tabs: bool
    tags: Counter[str] = field(default_factory=Counter)
    alts: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    actions: int = 0


def pages_of(data: bytes) -> list[str]:
    """Return the text of each page, its white space made plain."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def read_pdf(data: bytes) -> Pdf:
    """Return what the structure of the PDF says."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root, meta = pdf.Root, pdf.open_metadata()
        found = Pdf(
            marked=bool(root.MarkInfo.Marked),
            language=str(root.Lang),
            shows_title=bool(root.ViewerPreferences.DisplayDocTitle),
            title=str(meta.get("dc:title")),
            ua=str(meta.get("pdfuaid:part")),
            a=(str(meta.get("pdfaid:part")), str(meta.get("pdfaid:conformance"))),
            tabs=all(page.obj.get("/Tabs") == "/S" for page in pdf.pages),
            actions=sum("/OpenAction" in root or "/AA" in root for _ in (0,)),
        )
        _walk(root.StructTreeRoot.K, found)
    return found


def _walk(node: Any, found: Pdf) -> None:
    if isinstance(node, pikepdf.Array):
        for child in node:
            _walk(child, found)
    if not isinstance(node, pikepdf.Dictionary):
        return
    tag = str(node.get("/S", "")).lstrip("/")
    if tag:
        found.tags[tag] += 1
    if tag == "Figure":
        found.alts.append(str(node.get("/Alt", "")))
    if tag == "TH":
        attributes = node.get("/A", [])
        every = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
        found.scopes.append(next((str(a["/Scope"]) for a in every if "/Scope" in a), ""))
    if re.fullmatch(r"H\d", tag):
        found.headings.append(int(tag[1]))
    if "/K" in node:
        _walk(node.K, found)


@dataclass
class Office:
    """What a word processor finds in a file: headings, tables, and all its text."""

    headings: list[tuple[int, str]]
    tables: int
    text: str
    lines: list[str]


def read_odt(data: bytes) -> Office:
    """Return what an ODT holds; the file must be a valid archive with its type first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "mimetype"
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        tree = ElementTree.fromstring(archive.read("content.xml"))
    headings = [
        (int(node.get(f"{TEXT}outline-level", "0")), "".join(node.itertext()))
        for node in tree.iter(f"{TEXT}h")
    ]
    lines = [_odt_line(node) for node in tree.iter() if node.tag in {f"{TEXT}p", f"{TEXT}h"}]
    tables = sum(1 for _ in tree.iter(f"{TABLE}table"))
    return Office(headings, tables, "\n".join(lines), lines)


def _odt_line(node: ElementTree.Element) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{TEXT}s":
            parts.append(" " * int(child.get(f"{TEXT}c", "1")))
        else:
            parts.append(_odt_line(child))
        parts.append(child.tail or "")
    return "".join(parts)


def read_docx(data: bytes) -> Office:
    """Return what a DOCX holds; the file must be a valid archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
    headings, lines = [], []
    for node in tree.iter(f"{W}p"):
        line = "".join(text.text or "" for text in node.iter(f"{W}t"))
        style = node.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        if match := re.fullmatch(r"Heading(\d)", name):
            headings.append((int(match[1]), line))
        lines.append(line)
    return Office(headings, sum(1 for _ in tree.iter(f"{W}tbl")), "\n".join(lines), lines)


def words_of(document: Any) -> str:
    """Return every text of a document of blocks, charts by their tables."""
    from gouvernail.documents import blocks as b

    found: list[str] = [document.title, document.subtitle, document.kicker]
    for block in document.blocks:
        if isinstance(block, b.BarsChart | b.GanttChart | b.StacksChart):
            block = block.as_table()
        match block:
            case b.Heading():
                found.append(block.text)
            case b.Paragraph():
                found.append(b.plain(block.content))
            case b.Bullets() | b.Numbered():
                found += [b.plain(item) for item in block.items]
            case b.Table():
                found += [block.caption, *(column.label for column in block.columns)]
                found += [b.plain(cell) for row in block.rows for cell in row]
            case b.Callout():
                found += [block.label, b.plain(block.content)]
            case b.KeyFigures():
                found += [f"{figure.value} {figure.label}" for figure in block.figures]
            case b.DatesList():
                found += [
                    f"{day} {b.plain(what)} {b.plain(more)}" for day, what, more in block.items
                ]
            case b.SignatureBlock():
                found += [block.place, *block.labels]
    return "\n".join(found)


def blanks_of(document: Any) -> list[str]:
    """Return the labels of every visible blank of a document."""
    from dataclasses import fields, is_dataclass

    from gouvernail.documents import blocks as b

    found: list[str] = []

    def look(value: Any) -> None:
        if isinstance(value, b.Blank):
            found.append(value.label)
        elif isinstance(value, tuple):
            for item in value:
                look(item)
        elif is_dataclass(value):
            for known in fields(value):
                look(getattr(value, known.name))

    look(document.blocks)
    return found
