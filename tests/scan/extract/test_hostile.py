"""Files made to stop, fill or slow their reader: each costs little, and is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest

from gouvernail_scan.blocks import Block, Limits
from gouvernail_scan.extract import extract
from scan.extract.making import (
    PLANTED,
    S,
    W,
    docx,
    found,
    gaps,
    odf,
    paragraph,
    pdf,
    said,
    sheet,
    xlsx,
    zipped,
)

ROOT = Path(__file__).resolve().parents[3]
#: What the reader of a hostile file may take: seconds of CPU, bytes.
SECONDS, MEMORY = 12, 200 << 20

_READ = """
import json, resource, sys
from gouvernail_scan.blocks import Gap
from gouvernail_scan.extract import extract
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
size, gaps = 0, []
with open(sys.argv[1], "rb") as source:
    for each in extract(source):
        if isinstance(each, Gap):
            gaps.append([each.cause.value, each.place])
        else:
            size += len(each.text)
with open("/proc/self/status") as status:  # what getrusage says begins with the parent's
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps([size, gaps[:100], peak << 10]))
"""


def read_apart(data: bytes, folder: Path) -> tuple[int, list[tuple[str, str]], int]:
    """Read a file in a process of its own: (bytes of text, gaps, greatest memory in bytes)."""
    path = folder / "hostile"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _READ.format(seconds=SECONDS), str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=True,
        timeout=120,
    )
    size, told, memory = json.loads(done.stdout)
    return size, [(cause, place) for cause, place in told], memory


def bomb(name: str, start: bytes, piece: bytes, times: int, end: bytes, *others: str) -> bytes:
    """Return a zip whose first member repeats a piece, packed once and copied."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(end) + packer.flush()
    packed = head + body * times + tail
    crc = zlib.crc32(start)
    for _ in range(times):
        crc = zlib.crc32(piece, crc)
    crc = zlib.crc32(end, crc)
    size = len(start) + len(piece) * times + len(end)
    out = central = b""
    for each in (name, *others):
        if each == name:
            method, data, checksum, plain = 8, packed, crc, size
        else:
            method, data, checksum, plain = 0, b"<a/>", zlib.crc32(b"<a/>"), 4
        fields = pack("<HHHHLLLHH", 0, method, 0, 0, checksum, len(data), plain, len(each), 0)
        central += b"PK\1\2\x14\0\x14\0" + fields + pack("<HHHLL", 0, 0, 0, 0, len(out))
        central += each.encode()
        out += b"PK\3\4\x14\0" + fields + each.encode() + data
    count = 1 + len(others)
    return (
        out + central + b"PK\5\6" + pack("<HHHHLLH", 0, 0, count, count, len(central), len(out), 0)
    )


WORD = f"<w:document {W}><w:body>".encode()
MIB = 1 << 20


def repeated(text: bytes) -> bytes:
    return text * (MIB // len(text))


OTHERS = ("[Content_Types].xml", "xl/workbook.xml")


def word_bomb(start: bytes, piece: bytes, times: int, end: bytes = b"") -> bytes:
    return bomb("word/document.xml", start, repeated(piece), times, end)


def sheet_bomb(name: str, start: str, piece: bytes, times: int, end: bytes = b"") -> bytes:
    return bomb(f"xl/{name}.xml", start.encode(), repeated(piece), times, end, *OTHERS)


SHEET = f"<worksheet {S}><sheetData>"
SHEET_END = b"</sheetData></worksheet>"
WORD_END = b"</w:body></w:document>"
ONE = "worksheets/sheet1"
SAYING = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
STYLES = f"<styleSheet {S}><cellXfs>"
STYLE, STYLES_END = b'<xf numFmtId="14"/>', b"</cellXfs></styleSheet>"
FAR = b'<row><c r="XFD1"><v>1</v></c></row>'

#: Each with whether something is left unread.
BOMBS: dict[str, tuple[Callable[[], bytes], bool]] = {
    "a document of 1.5 GB": (lambda: word_bomb(WORD, SAYING, 1500), True),
    "a text of 1.5 GB": (
        lambda: bomb("a.txt", b"", repeated(b"06 39 98 12 34\n"), 1500, b""), True
    ),
    "a paragraph without end": (lambda: word_bomb(WORD + b"<w:p>", SAYING[5:-6], 15), True),
    "a text without end": (lambda: word_bomb(WORD + b"<w:p><w:r><w:t>", b"06 39 98 ", 15), True),
    "empty elements": (lambda: word_bomb(WORD, b"<a/>", 15, WORD_END), False),
    "empty elements and paragraphs": (
        lambda: word_bomb(WORD, b"<w:p/><a/><a/><a/><a/>", 6, WORD_END), False
    ),
    "elements in elements": (lambda: word_bomb(WORD, b"<a>", 2), False),
    "a tag without end": (lambda: word_bomb(b"<w:document ", b'a="1" ', 15), True),
    "cells without end": (
        lambda: sheet_bomb(ONE, SHEET + "<row>", b"<c><v>1</v></c>", 15), True
    ),
    "empty rows": (lambda: sheet_bomb(ONE, SHEET, b"<row></row>", 15, SHEET_END), False),
    "far cells": (lambda: sheet_bomb(ONE, SHEET, FAR, 3, SHEET_END), False),
    "empty shared texts": (
        lambda: sheet_bomb("sharedStrings", f"<sst {S}>", b"<si/>", 15, b"</sst>"), True
    ),
    "styles without end": (lambda: sheet_bomb("styles", STYLES, STYLE, 6, STYLES_END), False),
    "links without end": (
        lambda: bomb("word/_rels/document.xml.rels", b"<R>", repeated(b'Target="mailto:'), 15, b"",
                     "word/document.xml"), False
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_told_and_costs_little(name: str, tmp_path: Path) -> None:
    make, unread = BOMBS[name]
    _, told, memory = read_apart(make(), tmp_path)
    assert bool(told) == unread
    assert memory < MEMORY


def entities() -> str:
    declared = "<!ENTITY a0 '06 39 98 12 34'>" + "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
    )
    return f"<?xml version='1.0'?><!DOCTYPE a [{declared}]>"


def test_entities_are_not_expanded_and_what_they_hold_is_read() -> None:
    shown = f"{paragraph(PLANTED[0])}<w:p>&a11;</w:p>"
    cell = '<row><c r="A1" t="str"><v>&a11;</v></c></row>'
    files = [
        zipped({"word/document.xml": f"{entities()}<w:document {W}>{shown}</w:document>"}),
        xlsx({"A": entities() + sheet(cell)}),
        xlsx({"A": sheet("")}, sharedStrings=f"{entities()}<sst {S}><si><t>&a11;</t></si></sst>"),
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": f"{entities()}<a>&a11;</a>",
            },
            packed=False,
        ),
    ]
    for data in files:
        text = said(found(data))
        assert text.count("06 39 98 12 34") == 1
        assert len(text) < 10_000


def test_a_file_outside_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    start = f"<!DOCTYPE a [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>"
    data = zipped({"word/document.xml": f"{start}<w:document {W}><w:p>&x;</w:p></w:document>"})
    assert "SECRET" not in said(found(data))
    long = f"<!--{' ' * 300_000}-->{start}"
    data = zipped({"word/document.xml": f"{long}<w:document {W}><w:p>&x;</w:p></w:document>"})
    assert "SECRET" not in said(found(data))


@pytest.mark.parametrize(
    "count", [pytest.param(10_000, id="few"), pytest.param(100_000, marks=pytest.mark.long)]
)
def test_a_hundred_thousand_pages_are_read_or_told(count: int) -> None:
    items = found(pdf([["texte"]] * count), limits=Limits(seconds=count / 100_000))
    assert gaps(items) == [("too_long", "")]
    assert said(items).startswith("texte")


def test_the_seconds_of_the_caller_do_not_count() -> None:
    data = docx("".join(paragraph("mot " * 5_000) for _ in range(150)))
    for each in extract(BytesIO(data), limits=Limits(seconds=0.3)):
        assert isinstance(each, Block)
        start = time.process_time()
        while time.process_time() < start + 0.2:
            pass


@pytest.mark.parametrize(
    "text",
    [
        b"<" * 666_666,
        b"<a " * 233_333,
        b"<a b='" * 100_000,
        b"<!--" * 166_666,
        b"<p>" + b"&" * 666_666,
        b'"' * 666_666,
        b"a;b\n" + b'"' * 666_667,
        b"INSERT INTO t VALUES (" + b"('" * 233_333,
        b"INSERT INTO t VALUES " + b"(1)," * 133_333,
        b"CREATE TABLE t (\n" * 16_666,
        b"COPY t FROM stdin;\n" + b"\\" * 666_666,
        b"[" * 666_666,
        b'{"a":' * 133_333,
        b"\\u12" * 166_666,
        "Ã".encode() * 333_333,
        b"From a\n" * 100_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_texts_made_to_be_slow_are_not(text: bytes) -> None:
    for name in ("a.txt", "a.csv", "a.sql", "a.json", "a.html"):
        start = time.process_time()
        found(text, name)
        assert time.process_time() - start < 2, name


def test_open_document_with_repeated_cells_that_say_something_is_bounded() -> None:
    cell = "<table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p>"
    row = "<table:table-row table:number-rows-repeated='1048576'>"
    rows = f"{row}{f'{cell}</table:table-cell>' * 3}</table:table-row>" * 50
    items = found(odf("spreadsheet", f"<table:table table:name='a'>{rows}</table:table>"))
    assert len(said(items)) < 100_000
