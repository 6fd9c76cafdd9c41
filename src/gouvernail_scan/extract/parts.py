"""XML inside office files: events without a tree that grows, and the parts common to all of them.

No document type, no entity, no network: a part that declares some is read as a text of tags, which
expands nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.markup import xml_text
from gouvernail_scan.extract.plain import decoded, text_of
from gouvernail_scan.extract.reading import (
    CHUNK,
    FEW,
    Broken,
    Context,
    Found,
    Over,
    Stream,
    blocks,
    contained,
    gap,
)
from gouvernail_scan.extract.zips import Archive, Entry

#: One paragraph or row of XML longer than this, in bytes, is not kept.
KEPT = 4 << 20

SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)")

_local_names: dict[str, str] = {}


def local(tag: str) -> str:
    """Return the name of a tag without its namespace.

    >>> local("{urn:oasis}table-row")
    'table-row'
    """
    name = _local_names.get(tag)
    if name is None:
        name = str(tag).rpartition("}")[2]
        if len(_local_names) < 10_000:
            _local_names[tag] = name
    return name


def marked(text: str) -> bool:
    """Return whether a text holds « <! »: its sign is rare, its beginning is everywhere."""
    return "!" in text and "<!" in text


def declares(text: str) -> bool:
    """Return whether the beginning of a part declares a document type."""
    return marked(text) and _DOCTYPE.search(text) is not None


class Declared(Exception):
    """A part declares a document type, which no office program writes; `head` was read of it."""

    def __init__(self, head: bytes) -> None:
        super().__init__("document type")
        self.head = head


class After:
    """A stream of which some bytes were read already."""

    def __init__(self, head: bytes, stream: Stream) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; those read already come at once, whatever the size."""
        if self._head:
            data, self._head = self._head, b""
            return data
        return self._stream.read(size)


#: What ends early in long parts: by it the tree is known, and what came before is forgotten.
_EARLY = frozenset(("scripts", "font-face-decls", "style", "sheetViews", "bookViews", "si"))


def ends(stream: Stream, names: Iterable[str], whole: str) -> Iterator[Any]:
    """Return the elements of these local names as each of them ends, in bounded memory.

    What stands before the open elements is forgotten from time to time, but for what is inside an
    element named `whole`, which its reader takes as one. Raises `Declared` before anything is
    returned, `Over`, or the errors of lxml.
    """
    data = stream.read(CHUNK)
    if declares(text_of(data[: 1 << 16])):
        raise Declared(data)
    names = frozenset(names)
    tags = [f"{{*}}{name}" for name in names | _EARLY]
    parser = etree.XMLPullParser(events=("end",), tag=tags, **SAFE)
    root = kept = None
    size = 0
    while data:
        failure = None
        try:
            parser.feed(data)
        except etree.XMLSyntaxError as error:
            failure = error
        size += len(data)
        element = None
        for _, element in parser.read_events():
            if local(element.tag) in names:
                yield element
        if failure is not None:
            raise failure
        if root is None and element is not None:
            tree = element.getroottree()
            if tree.docinfo.internalDTD is not None:
                raise Over(Cause.DAMAGED, whole=False)
            root = tree.getroot()
        if root is not None:
            still = _forget(root, whole)
            if still is None or still is not kept:
                kept, size = still, 0
        if size > KEPT:
            raise Over(Cause.TOO_LARGE, whole=False)
        data = stream.read(CHUNK)
    parser.close()


def _forget(root: Any, whole: str) -> Any:
    """Drop all that stands before what is open; return the element to keep that is open, if any."""
    node = root
    while len(node):
        del node[:-1]
        node = node[-1]
        if local(node.tag) == whole:
            return node
    return None


_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)


def runs_of_tags(stream: Stream) -> Iterator[str]:
    """Return a part by runs of whole tags, each with the text that follows it.

    Comments are taken out, sections of characters are written as any text. Raises `Declared`
    before anything is returned, `Broken` when the part does not end on a tag.
    """
    kept = ""
    first = True
    for text in decoded(stream):
        if first and declares(text):
            raise Declared(text.encode("utf-8", "replace"))
        first = False
        kept += text
        cut = kept.rfind("<")
        if marked(kept):
            cut = _before_unclosed(kept, cut)
        if cut > 0:
            yield _without_sections(kept[:cut])
            kept = kept[cut:]
        elif len(kept) > KEPT:
            yield _without_sections(kept)
            raise Over(Cause.TOO_LARGE, whole=False)
    kept = kept.rstrip()
    if kept and not kept.endswith(">"):
        raise Broken
    yield _without_sections(kept)


def _before_unclosed(kept: str, cut: int) -> int:
    """Return where to cut so that no comment and no section is cut."""
    for start, end in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        at = kept.rfind(start, 0, cut + len(start))
        if at >= 0 and kept.find(end, at) < 0:
            cut = min(cut, at)
    return cut


def _without_sections(run: str) -> str:
    if not marked(run):
        return run
    return _CDATA.sub(lambda match: html.escape(match.group(1)), _COMMENT.sub("", run))


def read_part(
    archive: Archive,
    entry: Entry,
    context: Context,
    said: Callable[[Stream], Iterator[str]],
    place: str = "",
) -> Found:
    """Return the text that `said` finds in a part, whose failures make a gap of their own."""
    inner = context.part(place) if place else context
    context.spent.take_member()
    unread = inner if place else context.part(entry.name)
    yield from contained(_part_blocks(archive, entry, inner, said), unread)


def _part_blocks(
    archive: Archive, entry: Entry, inner: Context, said: Callable[[Stream], Iterator[str]]
) -> Found:
    stream = archive.open(entry, inner.spent)
    try:
        yield from blocks(said(stream), inner.place)
    except Declared as declared:
        yield from blocks(declared_xml(declared, stream), inner.place)


_ANY = re.compile(r"<(?:/[^<>]*+|([A-Za-z_][^\s/<>]*+)([^<>]*+))>([^<]*+)")
_PAIR = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)')")


def plain_xml(stream: Stream) -> Iterator[str]:
    """Return all that a part says, each element and attribute after its name."""
    for run in runs_of_tags(stream):
        said = []
        for name, attributes, text in _ANY.findall(run):
            if "=" in attributes:
                said += [
                    f"{key}: {double or single}\n"
                    for key, double, single in _PAIR.findall(attributes)
                    if not key.startswith("xmlns")
                ]
            if text and not text.isspace():
                name = name.rpartition(":")[2]
                said.append(f"{name}: {text}\n" if name else f"{text}\n")
        whole = "".join(said)
        yield html.unescape(whole) if "&" in whole else whole


def declared_xml(declared: Declared, stream: Stream) -> Iterator[str]:
    """Return what a part that declares a document type says; nothing is expanded."""
    return xml_text(decoded(After(declared.head, stream)))


# --- What is common to the parts of Word, PowerPoint and Excel ---------------------------------

#: Parts that say how a document looks, not what it says.
LOOKS = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|(?:word|ppt|xl)/(?:styles|stylesWithEffects|fontTable|"
    r"webSettings|settings|numbering|presProps|viewProps|tableStyles|calcChain|metadata|"
    r"richData/.*|theme/.*|fonts/.*|printerSettings/.*|ctrlProps/.*|charts/(?:style|colors)\d*"
    r"|diagrams/(?:layout|quickStyle|colors)\d*|glossary/(?:styles|fontTable|webSettings|settings|"
    r"numbering))(?:\.xml|\.bin|\.odttf|\.fntdata|\.rels)?|.*/thumbnail\.\w+"
    r"|docProps/thumbnail\.\w+|customXml/itemProps\d*\.xml|_xmlsignatures/.*)\Z",
    re.I,
)
PICTURES = re.compile(r".*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|ico|wdp|jfif|vml)\Z", re.I)
_LINK = re.compile(r"Target\s*=\s*[\"']((?:mailto|tel|sms|https?|ftp|file):[^\"']*)[\"']", re.I)
PROPERTIES = re.compile(r"docProps/.*\.xml\Z", re.I)


def outside_links(stream: Stream) -> Iterator[str]:
    """Return the addresses that a part points to outside of its file."""
    head = stream.read(CHUNK)
    more = stream.read(CHUNK)
    if not more and b"External" not in head and b"E\0x\0t" not in head:
        return
    before = ""
    for text in decoded(After(head + more, stream)):
        text = before + text
        end = 0
        for match in _LINK.finditer(text):
            yield html.unescape(match.group(1)) + "\n"
            end = match.end()
        before = text[max(end, len(text) - 4096) :]


#: A picture of this many bytes may be that of a page; a logo is smaller.
LARGE = 40_000


def _pictures(archive: Archive, least: int) -> bool:
    return any(
        entry.size >= least
        and PICTURES.match(entry.name)
        and not entry.name.endswith(".vml")
        and "thumbnail" not in entry.name.lower()
        for entry in archive.entries
    )


#: What a program says of a document is not what the document says.
_ABOUT = frozenset(("propriétés", "liens", "feuilles"))


def or_pictures(found: Found, archive: Archive, context: Context) -> Found:
    """Return what is found; a document of pictures alone, or nearly, makes a gap."""
    size = 0
    for item in found:
        if isinstance(item, Gap):
            size += FEW
        elif item.place.rpartition(" › ")[2] not in _ABOUT:
            size += len(item.text)
        yield item
    if _pictures(archive, LARGE if size else 1) and size < FEW:
        yield gap(Cause.IMAGE_ONLY, context)
