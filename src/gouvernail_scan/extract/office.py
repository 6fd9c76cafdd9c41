"""Word, PowerPoint, and the texts, slides and drawings of OpenDocument, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from gouvernail_scan.blocks import Cause
from gouvernail_scan.extract.archives import held
from gouvernail_scan.extract.parts import (
    LOOKS,
    PICTURES,
    PROPERTIES,
    After,
    ends,
    links,
    local,
    or_pictures,
    plain_xml,
    read_part,
)
from gouvernail_scan.extract.reading import CHUNK, Context, Found, Over, Stream, gap
from gouvernail_scan.extract.zips import Archive, Entry

# --- Word and PowerPoint ----------------------------------------------------------------------

_BLOCKS = ("p", "tc", "tr", "comment", "cNvPr", "cm", "text", "cmAuthor", "v")
_INSIDE_NAMES = "t delText instrText fldSimple tab br cr ptab noBreakHyphen docPr"
_INSIDE = tuple(f"{{*}}{name}" for name in _INSIDE_NAMES.split())

_WORD_PARTS = (
    (re.compile(r"word/document\d*\.xml\Z"), ""),
    (re.compile(r"word/header\d*\.xml\Z"), "en-tête"),
    (re.compile(r"word/footer\d*\.xml\Z"), "pied de page"),
    (re.compile(r"word/footnotes\d*\.xml\Z"), "notes de bas de page"),
    (re.compile(r"word/endnotes\d*\.xml\Z"), "notes de fin"),
    (re.compile(r"word/comments\w*\.xml\Z"), "commentaires"),
    (re.compile(r"word/glossary/document\d*\.xml\Z"), "blocs de construction"),
    (re.compile(r"word/(?:charts/chart|drawings/drawing|diagrams/\w+?)(\d*)\.xml\Z"), "dessin"),
)
_SLIDE_PARTS = (
    (re.compile(r"ppt/slides/slide(\d+)\.xml\Z"), "diapositive"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml\Z"), "notes"),
    (re.compile(r"ppt/comments/\w*?(\d*)\.xml\Z"), "commentaires"),
    (re.compile(r"ppt/(?:slideMasters|slideLayouts)/\D+(\d*)\.xml\Z"), "modèle"),
    (re.compile(r"ppt/(?:notesMasters|handoutMasters)/\D+(\d*)\.xml\Z"), "modèle"),
    (re.compile(r"ppt/(?:charts/chart|drawings/drawing|diagrams/\w+?)(\d*)\.xml\Z"), "dessin"),
)


def read_docx(archive: Archive, context: Context) -> Found:
    """Return what a document of Word says."""
    yield from or_pictures(_open_xml(archive, context, _WORD_PARTS), archive, context)


def read_pptx(archive: Archive, context: Context) -> Found:
    """Return what a presentation of PowerPoint says."""
    yield from or_pictures(_open_xml(archive, context, _SLIDE_PARTS), archive, context)


def _open_xml(
    archive: Archive, context: Context, known: tuple[tuple[re.Pattern[str], str], ...]
) -> Found:
    found: list[tuple[int, int, str, Entry]] = []
    others: list[Entry] = []
    for entry in archive.entries:
        for rank, (pattern, label) in enumerate(known):
            if match := pattern.match(entry.name):
                number = int(match.group(1) or 0) if pattern.groups else 0
                place = f"{label} {number}" if number else label
                found.append((rank, number, place, entry))
                break
        else:
            others.append(entry)
    found.sort(key=lambda each: each[:2])
    for _, _, place, entry in found:
        yield from read_part(archive, entry, context, open_xml_text, place)
    for entry in others:
        yield from read_common(archive, entry, context)
    if archive.unread:
        yield gap(archive.unread, context)


def read_common(archive: Archive, entry: Entry, context: Context) -> Found:
    """Return what a part of Word, PowerPoint or Excel that is not listed above says."""
    if entry.folder or LOOKS.match(entry.name) or PICTURES.match(entry.name):
        return
    if entry.name.endswith(".rels"):
        yield from read_part(archive, entry, context, links, "liens")
    elif PROPERTIES.match(entry.name):
        yield from read_part(archive, entry, context, plain_xml, "propriétés")
    elif entry.name.endswith(".xml"):
        yield from read_part(archive, entry, context, _any_xml, entry.name)
    else:
        context.spent.take_member()
        yield from held(partial(archive.open, entry, context.spent), entry.name, context)


#: What writes its texts in runs, whatever its part is called.
_IN_RUNS = re.compile(rb"wordprocessingml|presentationml|drawingml")


def _any_xml(stream: Stream) -> Iterator[str]:
    head = stream.read(CHUNK)
    whole = After(head, stream)
    yield from (open_xml_text if _IN_RUNS.search(head, 0, 4096) else plain_xml)(whole)


def open_xml_text(stream: Stream) -> Iterator[str]:
    """Return the text of a part of Word or PowerPoint: a line per paragraph or row of a table."""
    boxes: list[tuple[str, str]] = []
    for element in ends(stream, _BLOCKS, "p"):
        kind = local(element.tag)
        if kind == "p":
            said = text, aside = _paragraph(element)
            place = _name_above(element)
            if place == "txbxContent":
                # A text box is written twice, for the programs that do not know the first way.
                if said in boxes and _in_fallback(element):
                    element.clear()
                    continue
                boxes = [*boxes[-63:], said]
            if place == "txBody":
                place = _name_above(element.getparent())
            element.clear()
            yield text
            yield " " if place == "tc" and not aside else "\n"
            yield aside
        elif kind == "tc":
            yield "\t"
        elif kind == "tr":
            yield "\n"
        elif kind == "cNvPr":
            yield _described(element)
        elif kind in ("text", "v"):
            # The comments of a slide, the values of a chart.
            if element.text and not len(element):
                yield element.text + "\n"
        else:
            yield _signed(element)


def _name_above(element: Any) -> str:
    parent = element.getparent()
    return "" if parent is None else local(parent.tag)


def _in_fallback(element: Any) -> bool:
    return next(element.iterancestors("{*}Fallback"), None) is not None


def _paragraph(element: Any) -> tuple[str, str]:
    """Return the text of a paragraph, and what it holds that is not read in its line."""
    parts: list[str] = []
    aside: list[str] = []
    deleted: list[str] = []
    for each in element.iter(*_INSIDE):
        kind = local(each.tag)
        if kind == "t":
            if each.text:
                parts.append(each.text)
        elif kind == "delText":
            deleted.append(each.text or "")
        elif kind == "instrText":
            aside.append(each.text or "")
        elif kind == "fldSimple":
            aside.extend(v for k, v in each.items() if local(k) == "instr")
        elif kind in ("tab", "ptab"):
            # A place of tabulation has the same name as a tabulation.
            if local(each.getparent().tag) != "tabs":
                parts.append("\t")
        elif kind in ("br", "cr"):
            parts.append("\n")
        elif kind == "noBreakHyphen":
            parts.append("-")
        elif kind == "docPr":
            aside.append(_described(each))
    if deleted:
        aside.append("".join(deleted))
    said = [line.strip() for line in aside if line and not line.isspace()]
    return "".join(parts), "".join(f"{line}\n" for line in said)


def _described(element: Any) -> str:
    said = [v for k, v in element.items() if local(k) in ("descr", "title") and v]
    return "".join(f"{value}\n" for value in said)


def _signed(element: Any) -> str:
    said = [v for k, v in element.items() if local(k) in ("author", "name", "userId") and v]
    return "".join(f"{value}\n" for value in said)


# --- OpenDocument -----------------------------------------------------------------------------

_ODF_LOOKS = re.compile(
    r"(?:mimetype|settings\.xml|manifest\.rdf|META-INF/.*|Configurations2/.*|Thumbnails/.*"
    r"|Pictures/.*|ObjectReplacements/.*|layout-cache|.*/(?:settings|styles|meta)\.xml)\Z"
)
_ODF_BLOCKS = ("p", "h", "table-cell", "table-row", "creator", "title", "desc")


def read_odf(archive: Archive, context: Context) -> Found:
    """Return what a text, a presentation or a drawing of OpenDocument says."""
    refuse_locked(archive, context)
    yield from or_pictures(odf_parts(archive, context, ""), archive, context)


def odf_parts(archive: Archive, context: Context, known: str) -> Found:
    """Return what the parts of an OpenDocument file say, but for the one called `known`."""
    for entry in archive.entries:
        name = entry.name
        if name == known or entry.folder:
            continue
        if name == "content.xml":
            yield from read_part(archive, entry, context, odf_text)
        elif name == "styles.xml":
            yield from read_part(archive, entry, context, odf_text, "en-têtes et pieds de page")
        elif name == "meta.xml":
            yield from read_part(archive, entry, context, plain_xml, "propriétés")
        elif name.endswith("/content.xml"):
            yield from read_part(archive, entry, context, odf_text, name.rpartition("/")[0])
        elif _ODF_LOOKS.match(name):
            continue
        elif name.endswith(".xml"):
            yield from read_part(archive, entry, context, plain_xml, name)
        else:
            context.spent.take_member()
            yield from held(partial(archive.open, entry, context.spent), name, context)
    if archive.unread:
        yield gap(archive.unread, context)


def refuse_locked(archive: Archive, context: Context) -> None:
    """Refuse an OpenDocument file whose parts are encrypted."""
    entry = archive.names.get("META-INF/manifest.xml")
    if "encrypted-package" in archive.names:
        raise Over(Cause.ENCRYPTED, whole=False)
    if entry is None:
        return
    said = archive.open(entry, context.spent).read(1 << 20)
    if b"encryption-data" in said:
        raise Over(Cause.ENCRYPTED, whole=False)


def odf_text(stream: Stream) -> Iterator[str]:
    """Return the text of a part: a line per paragraph, a line per row of a table."""
    for element in ends(stream, _ODF_BLOCKS, "p"):
        kind = local(element.tag)
        if kind in ("p", "h"):
            yield odf_paragraph(element)
            parent = element.getparent()
            element.clear(keep_tail=True)
            in_cell = parent is not None and local(parent.tag) == "table-cell"
            yield " " if in_cell else "\n"
        elif kind == "table-cell":
            yield "\t"
        elif kind == "table-row":
            yield "\n"
        elif element.text and not len(element):
            # Who wrote a note, what a picture shows.
            yield element.text + "\n"
            element.text = None


def odf_paragraph(element: Any) -> str:
    """Return the text of a paragraph, with its spaces, tabulations and line ends.

    The paragraphs that it holds, in a note or a frame, are said apart, before.
    """
    if not len(element):
        return element.text or ""
    parts: list[str] = [element.text or ""]
    _gather(element, parts, 0)
    return "".join(parts)


def _gather(element: Any, parts: list[str], depth: int) -> None:
    for each in element:
        kind = local(each.tag)
        if kind == "s":
            parts.append(" " * _count(each))
        elif kind == "tab":
            parts.append("\t")
        elif kind == "line-break":
            parts.append("\n")
        elif kind not in ("annotation", "date", "note-citation"):
            parts.append(each.text or "")
            if len(each) and depth < 200:
                _gather(each, parts, depth + 1)
        parts.append(each.tail or "")


def _count(element: Any) -> int:
    for key, value in element.items():
        if local(key) == "c" and value.isdigit():
            return min(int(value[:4]), 100)
    return 1
