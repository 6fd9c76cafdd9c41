"""Any file in, its text out by blocks, with a gap for each part that could not be read."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from typing import BinaryIO

from gouvernail_scan.blocks import Block, Cause, Gap, Limits
from gouvernail_scan.extract import archives, mail, markup, office, pdf, plain, tables
from gouvernail_scan.extract.formats import HEAD, Format, sniff_head
from gouvernail_scan.extract.reading import Context, Found, Over, spent

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

_FILES = {
    Format.ZIP: office.read_document,
    Format.TAR: archives.read_tar,
    Format.PDF: pdf.read_pdf,
    Format.MAIL: mail.read_mail,
    Format.MBOX: mail.read_mbox,
}
#: The name of the stream in which the suites put a document locked by a password.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


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
    try:
        yield from _opened(source, context)
    except MemoryError:
        raise
    except Over as over:
        if over.whole:
            over.place = context.place if over.place is None else over.place
            raise
        yield Gap(over.cause, context.place)
    except OSError as error:
        # Those of a decompressor carry no number; EINVAL is a seek to where a file says.
        if error.errno not in (None, errno.EINVAL):
            raise
        yield Gap(Cause.DAMAGED, context.place)
    except Exception:
        yield Gap(Cause.DAMAGED, context.place)


def _opened(source: BinaryIO, context: Context) -> Found:
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    found = sniff_head(head, context.name)
    if found is Format.EMPTY:
        return
    if found in _TEXTS:
        yield from _TEXTS[found](plain.decoded(source), context)
    elif found in _FILES:
        yield from _FILES[found](source, context)
    elif found in (Format.GZIP, Format.BZIP2, Format.XZ):
        yield from archives.read_compressed(source, context, found)
    elif found is Format.OLE:
        yield Gap(_locked_or_old(source), context.place)
    elif found is Format.IMAGE:
        yield Gap(Cause.IMAGE_ONLY, context.place)
    else:
        yield Gap(Cause.UNKNOWN_FORMAT, context.place)


def _locked_or_old(source: BinaryIO) -> Cause:
    """Return why a compound file is not read: locked by a password, or of before 2007."""
    return Cause.ENCRYPTED if _LOCKED in source.read(4 << 20) else Cause.UNKNOWN_FORMAT
