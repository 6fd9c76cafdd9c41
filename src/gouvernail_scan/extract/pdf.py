"""PDF, page by page; a page that shows pictures and says nothing makes a gap."""

from __future__ import annotations

import ctypes
import io
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.archives import held
from gouvernail_scan.extract.reading import (
    FEW,
    Context,
    Counted,
    Found,
    Over,
    blocks,
    contained,
    gap,
)

#: A document is taken in memory up to this size, in bytes, then read where it is, more slowly.
TAKEN = 32 << 20

#: Of one page or document: annotations, headings, attached files that are looked at.
_NOTES = 20_000
_HEADINGS = 50_000
_ATTACHED = 1_000
#: How deep pictures are looked for in drawings that hold drawings, and among how many.
_DRAWINGS = 3
_OBJECTS = 300

_WRONG_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
#: What a heading, a note or a field is cut to, in bytes of UTF-16.
_SAID = 1 << 20


class _Source(io.RawIOBase):
    """A file as the reader in C wants it; the first failure of the disk waits to be raised."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.failed: OSError | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._source.tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        try:
            return self._source.seek(offset, whence)
        except OSError as error:
            self.failed = self.failed or error
            return 0

    def readinto(self, buffer: Any, /) -> int:
        if self.failed:
            return 0
        try:
            data = self._source.read(len(buffer))
        except OSError as error:
            self.failed = error
            return 0
        memoryview(buffer).cast("B")[: len(data)] = data
        return len(data)


def read_pdf(source: BinaryIO, context: Context) -> Found:
    """Return what a PDF says: pages, fields and notes, headings, properties, attached files."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    wrapped = _Source(source)
    try:
        document = pypdfium2.PdfDocument(source.read() if size <= TAKEN else wrapped)
    except pypdfium2.PdfiumError as error:
        _raise(wrapped)
        locked = getattr(error, "err_code", None) in _WRONG_PASSWORD
        raise Over(Cause.ENCRYPTED if locked else Cause.DAMAGED, whole=False) from error
    try:
        yield from _document(document, context, wrapped)
    finally:
        document.close()


def _raise(wrapped: _Source) -> None:
    if wrapped.failed:
        raise wrapped.failed


def _document(document: Any, context: Context, wrapped: _Source) -> Found:
    yield from blocks(_properties(document), context.at("propriétés"))
    form = None
    if document.get_formtype() in (pdfium.FORMTYPE_ACRO_FORM, pdfium.FORMTYPE_XFA_FOREGROUND):
        document.init_forms()
        form = document.formenv
    if not len(document):
        raise Over(Cause.DAMAGED, whole=False)
    silent = _Silent(context)
    for index in range(len(document)):
        context.spent.check_time()
        inner = context.part(f"page {index + 1}")
        pictured = False
        for item in contained(_page(document, index, form, inner), inner):
            if item is _PICTURES:
                pictured = True
            else:
                yield item
        _raise(wrapped)
        yield from silent.told(index + 1, silent=pictured)
    yield from silent.told(0, silent=False)
    yield from blocks(_headings(document), context.at("signets"))
    yield from _attached(document, context)


#: What a page yields when what it shows is a picture.
_PICTURES = Gap(Cause.IMAGE_ONLY, "")


class _Silent:
    """The pages of pictures alone, told by runs: a scan of a thousand pages is one gap."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._first = self._last = 0

    def told(self, page: int, *, silent: bool) -> Iterator[Gap]:
        """Take one page, and return the gap of the run that it ends, if any."""
        if silent:
            self._first = self._first or page
            self._last = page
        elif self._first:
            one = self._first == self._last
            place = f"page {self._first}" if one else f"pages {self._first} à {self._last}"
            self._first = 0
            yield gap(Cause.IMAGE_ONLY, self._context, place)


def _page(document: Any, index: int, form: Any, context: Context) -> Found:
    page = document.get_page(index)
    try:
        texts = page.get_textpage()
        try:
            text = texts.get_text_range()
        finally:
            texts.close()
        # A hyphen at the end of a line comes out as a mark of its own.
        text = text.replace("\r\n", "\n").replace("\ufffe", "-").replace("\x02", "-")
        yield from blocks([text, "\n"], context.place, layout=True)
        notes = 0
        for block in blocks(_notes(page, form), context.at("champs et annotations")):
            notes += len(block.text)
            yield block
        # A scan bears a stamp, a number, the line of the machine that sent it.
        said = len("".join(text.split())) + notes
        if said < FEW and _shows_pictures(page, most=said > 0):
            yield _PICTURES
    finally:
        page.close()


def _shows_pictures(page: Any, *, most: bool) -> bool:
    """Return whether a page shows a picture, or one that covers `most` of it."""
    width, height = page.get_size()
    covered = 0.0
    for count, each in enumerate(page.get_objects(max_depth=_DRAWINGS)):
        if count > _OBJECTS:
            # Letters drawn as lines, when there is no other: as little readable as a picture.
            return not most
        if each.type not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            continue
        if not most:
            return True
        left, bottom, right, top = each.get_bounds()
        # A scanner may cut a page in bands.
        covered += max(right - left, 0) * max(top - bottom, 0)
        if covered * 2 > width * height:
            return True
    return False


def _said(ask: Callable[..., int], *of: Any) -> str:
    """Return a text of UTF-16 that a function of the library writes where it is told."""
    size = ask(*of, None, 0)
    if size <= 2:
        return ""
    kept = (ctypes.c_ushort * (size // 2 + 1))()
    ask(*of, ctypes.cast(kept, ctypes.POINTER(ctypes.c_ushort)), size)
    return bytes(kept)[: min(size - 2, _SAID)].decode("utf-16-le", "replace")


def _said_bytes(ask: Callable[..., int], *of: Any) -> str:
    """Return the same from a function that takes any memory."""
    size = ask(*of, None, 0)
    if size <= 2:
        return ""
    kept = ctypes.create_string_buffer(size)
    ask(*of, kept, size)
    return kept.raw[: min(size - 2, _SAID)].decode("utf-16-le", "replace")


def _notes(page: Any, form: Any) -> Iterator[str]:
    """Return what is typed in the fields of a page and written in its notes."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            subtype = pdfium.FPDFAnnot_GetSubtype(note)
            if subtype == pdfium.FPDF_ANNOT_WIDGET and form:
                name = _said(pdfium.FPDFAnnot_GetFormFieldName, form, note)
                value = _said(pdfium.FPDFAnnot_GetFormFieldValue, form, note)
                if value:
                    yield f"{name} : {value}\n"
            elif subtype == pdfium.FPDF_ANNOT_LINK:
                yield _link(page, note)
            elif subtype != pdfium.FPDF_ANNOT_POPUP:
                for key in (b"Contents", b"T"):
                    value = _said(pdfium.FPDFAnnot_GetStringValue, note, key)
                    if value:
                        yield value + "\n"
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _link(page: Any, note: Any) -> str:
    link = pdfium.FPDFAnnot_GetLink(note)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = pdfium.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    if not 1 < size < _SAID:
        return ""
    kept = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(page.pdf, action, kept, size)
    return kept.value.decode("utf-8", "replace") + "\n"


def _properties(document: Any) -> Iterator[str]:
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if key not in ("CreationDate", "ModDate"):
            yield f"{key}: {value}\n"


def _headings(document: Any) -> Iterator[str]:
    for count, each in enumerate(document.get_toc(max_depth=8)):
        if count == _HEADINGS:
            return
        yield _said_bytes(pdfium.FPDFBookmark_GetTitle, each) + "\n"


def _attached(document: Any, context: Context) -> Found:
    count = document.count_attachments()
    for index in range(min(count, _ATTACHED)):
        context.spent.take_member()
        each = document.get_attachment(index)
        name = _said(pdfium.FPDFAttachment_GetName, each)
        yield from held(partial(_stream, each, context), name, context)
    if count > _ATTACHED:
        yield gap(Cause.TOO_MANY_PARTS, context)


def _stream(attachment: Any, context: Context) -> Counted:
    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
    if size.value > context.spent.limits.member_bytes:
        raise Over(Cause.TOO_LARGE, whole=False)
    data = bytes(attachment.get_data()) if size.value else b""
    return Counted(io.BytesIO(data), context.spent, lambda: len(data))
