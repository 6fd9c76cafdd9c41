"""Any file in, its text out by blocks, with a gap for each part that could not be read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

from gouvernail_scan.blocks import Block, Cause, Gap, Limits
from gouvernail_scan.extract import archives, mail, markup, office, ole, pdf, plain, sheets, tables
from gouvernail_scan.extract.formats import HEAD, Format, sniff_head
from gouvernail_scan.extract.reading import Context, Found, Over, contained, spent
from gouvernail_scan.extract.zips import Archive

__all__ = ["extract"]

_LIMITS = Limits()

_TEXTS = {
    Format.TEXT: plain.read_text,
    Format.CSV: tables.read_csv,
    Format.SQL: tables.read_sql,
    Format.JSON: tables.read_json,
    Format.HTML: markup.read_html,
    Format.XML: markup.read_xml,
}
_BINARIES: dict[Format, Callable[[BinaryIO, Context], Found]] = {
    Format.MAIL: mail.read_mail,
    Format.MBOX: mail.read_mbox,
    Format.PDF: pdf.read_pdf,
    Format.TAR: archives.read_tar,
    Format.OLE: ole.read_ole,
}
_ZIPS: dict[Format, Callable[[Archive, Context], Found]] = {
    Format.ZIP: archives.read_zip,
    Format.DOCX: office.read_docx,
    Format.PPTX: office.read_pptx,
    Format.XLSX: sheets.read_xlsx,
    Format.ODF: office.read_odf,
    Format.ODS: sheets.read_ods,
}


def extract(source: BinaryIO, *, name: str = "", limits: Limits = _LIMITS) -> Iterator[Block | Gap]:
    """Return the text of a file by blocks, and a gap for each part that was not looked at.

    `source` is seekable; `name` only tells apart texts that look alike. Whatever the bytes, the
    only exceptions are `MemoryError` and the `OSError` of reading `source` itself. The seconds of
    `limits` are those spent here, not those of the caller between two blocks.
    """
    account = spent(limits)
    found = _read(source, Context(account, _read, name))
    while True:
        try:
            item = next(found, None)
        except Over as over:
            item = Gap(over.cause, over.place or "")
        if item is None:
            return
        left = time.process_time()
        yield item
        account.until += time.process_time() - left


def _read(source: BinaryIO, context: Context) -> Found:
    """Return what a file, or a file held by another, says; a broken one makes a gap."""
    yield from contained(_opened(source, context), context)


def _opened(source: BinaryIO, context: Context) -> Found:
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    found = sniff_head(head, context.name)
    if found is Format.EMPTY:
        return
    if found in _TEXTS:
        yield from _TEXTS[found](plain.decoded(source), context)
    elif found in _BINARIES:
        yield from _BINARIES[found](source, context)
    elif found is Format.ZIP:
        archive = Archive(source)
        yield from _ZIPS[archive.kind](archive, context)
    elif found in archives.PACKINGS:
        yield from archives.read_packed(source, found, context)
    elif found is Format.IMAGE:
        yield Gap(Cause.IMAGE_ONLY, context.place)
    else:
        yield Gap(Cause.UNKNOWN_FORMAT, context.place)
