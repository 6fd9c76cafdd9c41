"""PDF: the text of each page, forms, notes, attached files; a page of image only is a gap."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.reading import Context, Found, blocks, quoted

#: A document up to this size is taken into memory, which is faster than being asked for pieces.
WHOLE = 32 << 20
#: Notes and fields read on one page, and the characters of each.
ANNOTATIONS, ANNOTATION = 2_000, 20_000

_ENCRYPTED = ("password", "security")


def read_pdf(source: BinaryIO, context: Context) -> Found:
    """Return the text of the pages, `layout` set: where lines end is the page's choice."""
    import pypdfium2

    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    try:
        document = pypdfium2.PdfDocument(source.read() if size <= WHOLE else source)
    except pypdfium2.PdfiumError as error:
        locked = any(word in str(error).lower() for word in _ENCRYPTED)
        yield Gap(Cause.ENCRYPTED if locked else Cause.DAMAGED, context.place)
        return
    try:
        metadata = document.get_metadata_dict(skip_empty=True)
        said = (f"{metadata[key]}\n" for key in ("Title", "Author", "Subject", "Keywords")
                if key in metadata)  # fmt: skip
        yield from blocks(said, context.at("propriétés"))
        for place in range(len(document)):
            context.spent.check_time()
            yield from _page(document, place, context)
        yield from _attached(document, context)
    finally:
        document.close()


def _page(document: Any, place: int, context: Context) -> Found:
    """Return what one page says; a page that breaks does not stop the others."""
    import pypdfium2

    label = f"page {place + 1}"
    try:
        page = document[place]
    except pypdfium2.PdfiumError:
        yield Gap(Cause.DAMAGED, context.at(label))
        return
    try:
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_bounded()
        finally:
            text_page.close()
        noted = list(_annotations(page))
        image_only = not text.strip() and _has_image(page)
    except pypdfium2.PdfiumError:
        yield Gap(Cause.DAMAGED, context.at(label))
        return
    finally:
        page.close()
    text = text.replace("\r\n", "\n").replace("\ufffe", "-")
    yield from blocks([text], context.at(label), layout=True)
    if noted:
        yield from blocks((f"{each}\n" for each in noted), context.at(f"{label}, formulaire"))
    if image_only:
        yield Gap(Cause.IMAGE_ONLY, context.at(label))


def _has_image(page: Any) -> bool:
    from pypdfium2 import raw

    return any(True for _image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _annotations(page: Any) -> Iterator[str]:
    """Return what the fields of a form hold and what notes say: the text of a page omits them."""
    from pypdfium2 import raw

    for index in range(min(raw.FPDFPage_GetAnnotCount(page), ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            said = (_string(raw, annotation, key) for key in (b"T", b"V", b"Contents"))
            name, value, note = said
            if value or note:
                yield " ".join(each for each in (f"{name} :" if name else "", value, note) if each)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _string(raw: Any, annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length <= ANNOTATION:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length
    )
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _attached(document: Any, context: Context) -> Found:
    import pypdfium2

    for index in range(document.count_attachments()):
        context.spent.take_member()
        try:
            attachment = document.get_attachment(index)
            name = attachment.get_name()
            data = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            yield Gap(Cause.DAMAGED, context.at("pièce jointe"))
            continue
        inner = context.inside(name, quoted(name))
        if inner.depth > inner.spent.limits.depth:
            yield Gap(Cause.TOO_DEEP, inner.place)
            continue
        context.spent.take(len(data))
        yield from inner.read(io.BytesIO(data), inner)
