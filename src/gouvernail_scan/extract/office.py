"""Documents of office suites: the text of every part, by one pass over the tags of each.

No tree is built: a part of a document may be made to hold millions of elements, and what a worker
keeps in memory must not depend on the file. What stands between the signs of a tag is not text, the
rest is; entities beyond the five of XML are left as they are written, never followed.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.archives import member_stream, opened_zip
from gouvernail_scan.extract.formats import Format, kind_of_zip
from gouvernail_scan.extract.plain import decoded
from gouvernail_scan.extract.reading import (
    Context,
    Counted,
    Found,
    Over,
    blocks,
    quoted,
    spooled,
)

#: A text between two tags longer than this is passed on as it comes.
HELD = 1 << 20
#: A picture of at least this many bytes may be a scanned page: it is said not to have been read.
PICTURE = 100_000

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf")


def read_document(source: BinaryIO, context: Context) -> Found:
    """Return the text of a document of an office suite, or of the files of a mere archive."""
    from gouvernail_scan.extract.archives import read_zip
    from gouvernail_scan.extract.sheets import read_ods, read_xlsx

    with opened_zip(source, context) as archive:
        found = kind_of_zip(archive)
        if found is Format.XLSX:
            yield from read_xlsx(archive, context)
        elif found is Format.ODS:
            yield from read_ods(archive, context)
        elif found in (Format.DOCX, Format.PPTX):
            yield from _read_parts(archive, context, _OOXML)
        elif found is Format.ODF:
            yield from _read_odf(archive, context)
        else:
            yield from read_zip(source, context)
            return
        yield from read_held(archive, context)


# --- what all of them share --------------------------------------------------------------------


def cut_at_tags(texts: Iterable[str], mark: str = "<") -> Iterator[str]:
    """Return a text by pieces that end before a tag: none is cut, nor the text that follows one."""
    held = ""
    for text in texts:
        held += text
        at = held.rfind(mark)
        if at > 0:
            yield held[:at]
            held = held[at:]
        elif len(held) > HELD:
            yield held
            held = ""
    if held:
        yield held


def part_texts(archive: zipfile.ZipFile, name: str, context: Context) -> Iterator[str] | Gap:
    """Return the characters of a part, or why it cannot be opened."""
    stream = member_stream(archive, archive.NameToInfo[name], context)
    return stream if isinstance(stream, Gap) else decoded(stream)


def guarded(found: Found, context: Context) -> Found:
    """Return what a part gives; when it breaks or is too much, a gap for this part only."""
    try:
        yield from found
    except Over as over:
        if over.whole:
            raise
        yield Gap(over.cause, context.place)
    except (zipfile.BadZipFile, EOFError, ValueError, IndexError, KeyError):
        yield Gap(Cause.DAMAGED, context.place)
    except Exception as error:
        if type(error).__module__ != "zlib":
            raise
        yield Gap(Cause.DAMAGED, context.place)


def read_held(archive: zipfile.ZipFile, context: Context) -> Found:
    """Return what is put inside a document: other files are read, large pictures are gaps."""
    for member in archive.infolist():
        name = member.filename
        low = name.lower()
        if low.endswith(_PICTURES):
            if member.file_size >= PICTURE:
                yield Gap(Cause.IMAGE_ONLY, context.at(quoted(name.rpartition("/")[2])))
        elif "/embeddings/" in low and not low.endswith((".xml", ".rels")):
            yield from _embedded(archive, member, context)


def _embedded(archive: zipfile.ZipFile, member: zipfile.ZipInfo, context: Context) -> Found:
    base = member.filename.rpartition("/")[2]
    inner = context.inside(base, quoted(base))
    if inner.depth > inner.spent.limits.depth:
        yield Gap(Cause.TOO_DEEP, inner.place)
        return

    def read() -> Found:
        stream = member_stream(archive, member, inner)
        if isinstance(stream, Gap):
            yield stream
            return
        kept, cut = spooled(stream)
        with kept:
            yield from inner.read(kept, inner)  # type: ignore[arg-type]
        if cut is not None:
            yield Gap(cut, inner.place)

    yield from guarded(read(), inner)


# --- docx and pptx -----------------------------------------------------------------------------

#: Parts that hold text, and how a reader calls them.
_OOXML = (
    (re.compile(r"word/document\d*\.xml"), ""),
    (re.compile(r"word/header\d*\.xml"), "en-tête"),
    (re.compile(r"word/footer\d*\.xml"), "pied de page"),
    (re.compile(r"word/(?:foot|end)notes\.xml"), "notes"),
    (re.compile(r"(?:word|ppt)/(?:comments|threadedComments?|modernComment)[\w/]*\.xml"),
     "commentaires"),
    (re.compile(r"ppt/comments/[\w/]+\.xml"), "commentaires"),
    (re.compile(r"word/glossary/document\.xml"), "blocs de texte"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), "diapositive"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), "notes de la diapositive"),
    (re.compile(r"(?:word|ppt)/(?:diagrams/data|charts/chart)\d*\.xml"), "schéma"),
    (re.compile(r"customXml/item\d+\.xml"), "données jointes"),
    (re.compile(r"docProps/(?:core|app|custom)\.xml"), "propriétés"),
    (re.compile(r"(?:word|ppt|xl)/[\w/]*_rels/[\w.]+\.rels"), "liens"),
)  # fmt: skip
_OOXML_TOKEN = re.compile(
    r"<(?:\w+:)?(?:t|delText|instrText)(?: [^<>]*)?>([^<]*)"
    r"|<(?:\w+:)?(?:(tab)|br|cr)(?: [^<>]*)?/>|(</(?:\w+:)?(?:p|tr)>)|<(?:\w+:)?noBreak(Hyphen)/>"
)
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"Target=\"(?:mailto|tel|sms):([^\"]{1,2000})\"")


def _read_parts(
    archive: zipfile.ZipFile, context: Context, parts: tuple[tuple[re.Pattern[str], str], ...]
) -> Found:
    for name in list(archive.NameToInfo):
        label = _label(name, parts)
        if label is None:
            continue
        inner = context.part(label)

        def read(name: str = name, inner: Context = inner) -> Found:
            texts = part_texts(archive, name, inner)
            if isinstance(texts, Gap):
                yield texts
            else:
                yield from blocks(_ooxml_text(texts, name), inner.place)

        yield from guarded(read(), inner)


def _label(name: str, parts: tuple[tuple[re.Pattern[str], str], ...]) -> str | None:
    for pattern, label in parts:
        match = pattern.fullmatch(name)
        if match:
            number = match.group(1) if pattern.groups else ""
            return f"{label} {number}" if number else label
    return None


def _ooxml_text(texts: Iterable[str], name: str) -> Iterator[str]:
    """Return the text of a part, a line for each paragraph."""
    if name.endswith(".rels"):
        yield from _linked(texts)
        return
    if name.startswith(("docProps/", "customXml/")):
        yield from tagless(texts, _EVERY_CLOSE)
        return
    for piece in cut_at_tags(texts):
        out = []
        for text, tab, line, hyphen in _OOXML_TOKEN.findall(piece):
            if text:
                out.append(text)
            elif tab:
                out.append("\t")
            elif hyphen:
                out.append("-")
            elif line:
                out.append("\n")
            else:
                out.append(" ")
        joined = "".join(out)
        yield html.unescape(joined) if "&" in joined else joined


def _linked(texts: Iterable[str]) -> Iterator[str]:
    for piece in cut_at_tags(texts):
        for target in _LINK.findall(piece):
            yield html.unescape(target) + "\n"


# --- odt, odp, odg -----------------------------------------------------------------------------

_ODF_PARTS = {"content.xml": "", "styles.xml": "en-tête et pied de page", "meta.xml": "propriétés"}
_ODF_CLOSE = re.compile(r"</(?!text:(?:span|a|ruby|ruby-base)>)[^<>]*>|<text:line-break/>")
_EVERY_CLOSE = re.compile(r"</[^<>]*>")
_ODF_TAB = re.compile(r"<text:tab\b[^<>]*/>|</table:table-cell>")
_ODF_SPACE = re.compile(r"<text:s\b[^<>]*/>")
_ODF_LINK = re.compile(r"xlink:href=\"(?:mailto|tel|sms):([^\"]{1,2000})\"")


def _read_odf(archive: zipfile.ZipFile, context: Context) -> Found:
    if is_encrypted_odf(archive, context):
        yield Gap(Cause.ENCRYPTED, context.place)
        return
    for name, label in _ODF_PARTS.items():
        if name not in archive.NameToInfo:
            continue
        inner = context.part(label)

        def read(name: str = name, inner: Context = inner) -> Found:
            texts = part_texts(archive, name, inner)
            if isinstance(texts, Gap):
                yield texts
            else:
                yield from blocks(_odf_text(texts), inner.place)

        yield from guarded(read(), inner)


def is_encrypted_odf(archive: zipfile.ZipFile, context: Context) -> bool:
    """Return whether the manifest says that the parts are encrypted."""
    if "META-INF/manifest.xml" not in archive.NameToInfo:
        return False
    stream = member_stream(archive, archive.NameToInfo["META-INF/manifest.xml"], context)
    return isinstance(stream, Counted) and b"encryption-data" in stream.read(1 << 20)


def _odf_text(texts: Iterable[str]) -> Iterator[str]:
    for piece in cut_at_tags(texts):
        if "xlink:href" in piece:
            for target in _ODF_LINK.findall(piece):
                yield f"\n{html.unescape(target)}\n"
        yield plain_piece(piece, _ODF_CLOSE)


def plain_piece(piece: str, close: re.Pattern[str]) -> str:
    """Return a piece without its tags; those that `close` matches end a line."""
    piece = _ODF_SPACE.sub(" ", _ODF_TAB.sub("\t", piece)) if "<text:" in piece else piece
    piece = _TAG.sub("", close.sub("\n", piece))
    return html.unescape(piece) if "&" in piece else piece


def tagless(texts: Iterable[str], close: re.Pattern[str]) -> Iterator[str]:
    """Return a text without its tags."""
    for piece in cut_at_tags(texts):
        yield plain_piece(piece, close)
