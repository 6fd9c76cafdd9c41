"""Word, PowerPoint, and the texts, slides and drawings of OpenDocument, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from html import unescape
from typing import Any

from gouvernail_scan.blocks import Cause
from gouvernail_scan.extract.archives import held
from gouvernail_scan.extract.parts import (
    LOOKS,
    PICTURES,
    PROPERTIES,
    After,
    ends,
    local,
    or_pictures,
    outside_links,
    plain_xml,
    read_part,
    runs_of_tags,
)
from gouvernail_scan.extract.reading import CHUNK, Broken, Context, Found, Over, Stream, gap
from gouvernail_scan.extract.zips import Archive, Entry

# --- Word and PowerPoint ----------------------------------------------------------------------

#: Charts, drawings, diagrams, by their numbers.
DRAWN = r"(?:charts/chart|drawings/drawing|diagrams/(?:data|drawing))(\d{0,9})"

#: How a part is told by its name, whatever its capitals, and what it is called.
Roles = tuple[tuple[re.Pattern[str], str], ...]


def _roles(*said: tuple[str, str]) -> Roles:
    return tuple((re.compile(rf"{name}\.xml\Z", re.I), label) for name, label in said)


_WORD_PARTS = _roles(
    (r"word/document\d*", ""),
    (r"word/header\d*", "en-tête"),
    (r"word/footer\d*", "pied de page"),
    (r"word/footnotes\d*", "notes de bas de page"),
    (r"word/endnotes\d*", "notes de fin"),
    (r"word/comments\w*", "commentaires"),
    (r"word/glossary/document\d*", "blocs de construction"),
    (rf"word/{DRAWN}", "dessin"),
)
_SLIDE_PARTS = _roles(
    (r"ppt/slides/slide(\d{1,9})", "diapositive"),
    (r"ppt/notesSlides/notesSlide(\d{1,9})", "notes"),
    (r"ppt/comments/\w*?(\d{0,9})", "commentaires"),
    (r"ppt/(?:slideMasters|slideLayouts)/\D+(\d{0,9})", "modèle"),
    (r"ppt/(?:notesMasters|handoutMasters)/\D+(\d{0,9})", "modèle"),
    (rf"ppt/{DRAWN}", "dessin"),
)


def read_docx(archive: Archive, context: Context) -> Found:
    """Return what a document of Word says."""
    yield from or_pictures(_open_xml(archive, context, _WORD_PARTS), archive, context)


def read_pptx(archive: Archive, context: Context) -> Found:
    """Return what a presentation of PowerPoint says."""
    yield from or_pictures(_open_xml(archive, context, _SLIDE_PARTS), archive, context)


def _open_xml(archive: Archive, context: Context, known: Roles) -> Found:
    found: list[tuple[int, int, str, Entry]] = []
    others: list[Entry] = []
    for entry in archive.entries:
        role = _role(entry.name, known)
        if role is None:
            others.append(entry)
        else:
            found.append((*role, entry))
    found.sort(key=lambda each: each[:2])
    for _, _, place, entry in found:
        yield from read_part(archive, entry, context, open_xml_text, place)
    for entry in others:
        yield from read_common(archive, entry, context)
    if archive.unread:
        yield gap(archive.unread, context)


@lru_cache(maxsize=4096)
def _role(name: str, known: Roles) -> tuple[int, int, str] | None:
    """Return the rank of a part, its number and how it is called; names are always the same."""
    for rank, (pattern, label) in enumerate(known):
        if match := pattern.match(name):
            number = int(match.group(1) or 0) if pattern.groups else 0
            return rank, number, f"{label} {number}" if number else label
    return None


@lru_cache(maxsize=4096)
def _says_nothing(name: str) -> bool:
    return bool(LOOKS.match(name) or PICTURES.match(name))


def read_common(archive: Archive, entry: Entry, context: Context) -> Found:
    """Return what a part of Word, PowerPoint or Excel that is not listed above says."""
    if entry.folder or _says_nothing(entry.name):
        return
    if entry.name.endswith(".rels"):
        yield from read_part(archive, entry, context, outside_links, "liens")
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


_CLOSED = r"p|t(?:[cr]|xbxContent)|Fallback"
_OPENED = (
    r"t(?:c|ab|ext|xbxContent)?|p(?:tab)?|br|c(?:r|m(?:Author)?|omment|NvPr)|d(?:elText|ocPr)"
    r"|instrText|fldSimple|noBreakHyphen|v|Fallback"
)
#: (name of what closes, name of what opens, its attributes, the text that follows). The first
#: letters are looked at first, and what closes a run is passed over: most tags are of no interest.
_TOKEN = re.compile(
    rf"<(?:/(?:w:|[\w.-]++:)?+(?=[ptF])({_CLOSED})\s*+"
    rf"|(?:w:|[\w.-]++:)?+(?=[ptbcdifnvF])({_OPENED})((?:\s[^<>]*+)?+/?+))>([^<]*+)(?:</w:t></w:r>)?+"
)
_ATTRIBUTE = re.compile(r"(?:^|[\s:])([a-zA-Z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SAYING = {
    "fldSimple": ("instr",),
    "docPr": ("descr", "title"),
    "cNvPr": ("descr", "title"),
    "comment": ("author",),
    "cm": ("userId",),
    "cmAuthor": ("name", "userId"),
}
_SIGNS = {"br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: A paragraph longer than this, in characters, is given before its end.
_LONG = 1 << 20


def open_xml_text(stream: Stream) -> Iterator[str]:
    """Return the text of a part of Word or PowerPoint: a line per paragraph or row of a table.

    What is written in a paragraph without being in its line comes after it: deleted text, codes of
    fields, descriptions of pictures; and the text boxes that it holds, before.
    """
    texts = _Texts()
    try:
        for run in runs_of_tags(stream):
            yield texts.take(_TOKEN.findall(run))
    except Exception:
        yield texts.left()
        raise
    yield texts.left()
    if texts.open:
        raise Broken


class _Texts:
    """What is open at one point of a part: paragraphs in paragraphs, cells, text boxes."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._aside: list[str] = []
        self._above: list[tuple[list[str], list[str]]] = []
        self._holders: list[str] = []  # cells and text boxes
        self._fallbacks = 0
        self._boxes: list[tuple[str, str]] = []
        self._out: list[str] = []

    def take(self, tokens: list[tuple[str, str, str, str]]) -> str:
        """Return the text that some tags end."""
        parts = self._parts
        for closed, opened, attributes, text in tokens:
            if opened == "t":
                if text:
                    parts.append(unescape(text) if "&" in text else text)
            elif opened == "p":
                self._above.append((parts, self._aside))
                parts = self._parts = []
                self._aside = []
                if attributes[-1:] == "/":
                    parts = self._close()
            elif closed == "p":
                parts = self._close()
            elif closed:
                self._close_holder(closed)
            elif opened == "tab" or opened == "ptab":
                # A place of tabulation has the same name, and attributes.
                if attributes in ("", "/") or opened == "ptab":
                    parts.append("\t")
            elif opened in _SIGNS:
                parts.append(_SIGNS[opened])
            elif opened in ("delText", "instrText"):
                self._aside.append(unescape(text))
            elif opened in ("text", "v"):
                if text and not text.isspace():
                    self._out.append(f"{unescape(text)}\n")
            else:
                self._open(opened, attributes)
        if len(self._above) == 1 and sum(map(len, parts)) > _LONG:
            self._out.append("".join(parts))
            parts.clear()
        said = "".join(self._out)
        self._out.clear()
        return said

    @property
    def open(self) -> bool:
        """Return whether a paragraph is not ended."""
        return bool(self._above)

    def left(self) -> str:
        """Return the text of what is not ended."""
        held = [*self._above, (self._parts, self._aside)]
        return "".join("".join([*parts, *aside]) for parts, aside in held)

    def _open(self, name: str, attributes: str) -> None:
        if name in ("tc", "txbxContent", "Fallback"):
            if attributes[-1:] != "/":
                self._fallbacks += name == "Fallback"
                self._holders.append(name)
            return
        said = [
            unescape(double or single)
            for key, double, single in _ATTRIBUTE.findall(attributes)
            if key in _SAYING[name]
        ]
        if self._above:
            self._aside.extend(said)
        else:
            self._out.extend(f"{each}\n" for each in said if each)

    def _close_holder(self, name: str) -> None:
        if name == "tr":
            self._out.append("\n")
            return
        if name in self._holders:
            while self._holders.pop() != name:
                pass
        if name == "tc":
            self._out.append("\t")
        self._fallbacks = self._holders.count("Fallback")

    def _close(self) -> list[str]:
        """Give the paragraph that ends, and return what the one around it holds so far."""
        if not self._above:
            return self._parts
        text = "".join(self._parts)
        aside = ""
        if self._aside:
            lines = [line.strip() for line in self._aside]
            aside = "".join(f"{line}\n" for line in lines if line)
        self._parts, self._aside = self._above.pop()
        holder = self._holders[-1] if self._holders else ""
        if holder == "txbxContent":
            # A text box is written twice, for the programs that do not know the first way.
            if self._fallbacks and (text, aside) in self._boxes:
                return self._parts
            self._boxes = [*self._boxes[-63:], (text, aside)]
        self._out.append(text)
        self._out.append(" " if holder == "tc" and not aside else "\n")
        if aside:
            self._out.append(aside)
        return self._parts


# --- OpenDocument -----------------------------------------------------------------------------

_ODF_LOOKS = re.compile(
    r"(?:mimetype|settings\.xml|manifest\.rdf|META-INF/.*|Configurations2/.*|Thumbnails/.*"
    r"|Pictures/.*|ObjectReplacements/.*|layout-cache|.*/(?:settings|styles|meta)\.xml)\Z"
)
_ODF_BLOCKS = ("p", "h", "table-cell", "table-row", "creator", "title", "desc")


def read_odf(archive: Archive, context: Context) -> Found:
    """Return what a text, a presentation or a drawing of OpenDocument says."""
    refuse_locked(archive, context)
    yield from or_pictures(odf_parts(archive, context, None), archive, context)


def odf_parts(archive: Archive, context: Context, known: Entry | None) -> Found:
    """Return what the parts of an OpenDocument file say, but for one that is known."""
    for entry in archive.entries:
        name = entry.name
        if entry == known or entry.folder:
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
            links: list[str] = []
            yield odf_paragraph(element, links)
            above = element.getparent()
            in_cell = above is not None and local(above.tag) == "table-cell"
            element.clear(keep_tail=True)
            yield " " if in_cell and not links else "\n"
            yield "".join(links)
        elif kind == "table-cell":
            yield "\t"
        elif kind == "table-row":
            yield "\n"
        elif element.text and not len(element):
            # Who wrote a note, what a picture shows.
            yield element.text + "\n"
            element.text = None


def odf_paragraph(element: Any, links: list[str]) -> str:
    """Return the text of a paragraph, with its spaces, tabulations and line ends.

    `links` receives the addresses it leads to, a line each. The paragraphs that it holds, in a
    note or a frame, are said apart, before.
    """
    if not len(element):
        return element.text or ""
    parts: list[str] = [element.text or ""]
    _gather(element, parts, links, 0)
    return "".join(parts)


def _gather(element: Any, parts: list[str], links: list[str], depth: int) -> None:
    for each in element:
        kind = local(each.tag)
        if kind == "s":
            parts.append(" " * _count(each))
        elif kind == "tab":
            parts.append("\t")
        elif kind == "line-break":
            parts.append("\n")
        elif kind not in ("annotation", "date", "note-citation"):
            if kind == "a":
                links.extend(f"{value}\n" for key, value in each.items() if local(key) == "href")
            parts.append(each.text or "")
            if len(each) and depth < 200:
                _gather(each, parts, links, depth + 1)
        parts.append(each.tail or "")


def _count(element: Any) -> int:
    for key, value in element.items():
        if local(key) == "c" and value.isdigit():
            return min(int(value[:4]), 100)
    return 1
