"""Files that hold files: zip, tar, and streams packed alone. Nothing they name reaches the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.formats import HEAD, TEXTS, Format, sniff_head
from gouvernail_scan.extract.packed import Inflated, Packing, Slice
from gouvernail_scan.extract.reading import (
    Broken,
    Context,
    Counted,
    Found,
    Stream,
    contained,
    deeper,
    gap,
    plain_name,
    spooled,
)
from gouvernail_scan.extract.zips import Archive

PACKINGS = {
    Format.GZIP: Packing.GZIP,
    Format.BZIP2: Packing.BZIP2,
    Format.XZ: Packing.XZ,
}
_TAR_BLOCK = 512
#: A long name, or the attributes of a member of a tar, beyond which they are not read.
_TAR_HEADER = 1 << 20


def held(opened: Callable[[], Stream], name: str, context: Context, part: str = "") -> Found:
    """Return what a file held by another says; of one that was cut, what a text still says."""
    part = part or plain_name(name)
    inner = context.inside(name, part)
    yield from contained(_held(opened, inner), inner)


def _held(opened: Callable[[], Stream], inner: Context) -> Found:
    if inner.depth > inner.spent.limits.depth:
        yield Gap(Cause.TOO_DEEP, inner.place)
        return
    kept, cut = spooled(opened())
    with kept:
        source: BinaryIO = kept  # type: ignore[assignment]
        if cut is None or sniff_head(source.read(HEAD), inner.name) in TEXTS:
            yield from inner.read(source, inner)
    if cut:
        yield Gap(cut, inner.place)


def read_zip(archive: Archive, context: Context) -> Found:
    """Return what the members of an archive say."""
    deeper(context)
    for entry in archive.entries:
        if entry.folder:
            continue
        context.spent.take_member()
        yield from held(partial(archive.open, entry, context.spent), entry.name, context)
    if archive.unread:
        yield gap(archive.unread, context)


def read_packed(source: BinaryIO, found: Format, context: Context) -> Found:
    """Return what a stream packed alone says: gzip, bzip2, xz."""
    deeper(context)
    context.spent.take_member()
    stream = Inflated(source, PACKINGS[found], many=True)
    name, _, ending = context.name.rpartition(".")
    name = f"{name}.tar" if ending.lower() in ("tgz", "tbz2", "txz") else name
    counted = Counted(stream, context.spent, lambda: stream.taken)
    yield from held(lambda: counted, name, context, plain_name(name) or "contenu")


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of a tar: where its bytes are, and how many."""

    name: str
    start: int
    size: int


def read_tar(source: BinaryIO, context: Context) -> Found:
    """Return what the members of a tar say."""
    deeper(context)
    try:
        for member in _tar_members(source, context):
            context.spent.take_member()
            yield from held(partial(_tar_bytes, source, member, context), member.name, context)
    except Broken:
        yield gap(Cause.DAMAGED, context)


def _tar_bytes(source: BinaryIO, member: _Member, context: Context) -> Counted:
    raw = Slice(source, member.start, member.size)
    # Nothing is packed here: no ratio to watch.
    return Counted(raw, context.spent, lambda: member.size)


def _tar_members(source: BinaryIO, context: Context) -> Iterator[_Member]:
    """Return the regular files of a tar; raise `Broken` where the next one cannot be found.

    `tarfile` of some supported Pythons does not end on some headers.
    """
    at = 0
    name, size = "", -1  # what a header said of the next one
    while True:
        context.spent.check_time()
        source.seek(at)
        header = source.read(_TAR_BLOCK)
        if not header.strip(b"\0"):
            return
        if len(header) < _TAR_BLOCK or not _sum_holds(header):
            raise Broken
        kind = header[156:157]
        start = at + _TAR_BLOCK
        if kind == b"S":
            # The map of a sparse file goes on in blocks of its own.
            more = header[482:483]
            while more == b"\1":
                source.seek(start)
                more = source.read(_TAR_BLOCK)[504:505]
                start += _TAR_BLOCK
                context.spent.check_time()
        length = _tar_number(header[124:136])
        if kind in b"LxXKg" and kind:
            said = Slice(source, start, min(length, _TAR_HEADER)).read()
            if kind == b"L":
                name = _tar_text(said)
            elif kind in (b"x", b"X"):
                name, size = _tar_attributes(said, name, size)
        else:
            length = size if size >= 0 else length
            shown = name or _tar_name(header)
            name, size = "", -1
            if kind in (b"0", b"\0", b"7", b"S") and not shown.endswith("/"):
                yield _Member(shown, start, length)
            elif kind in b"123456":
                length = 0
        at = start + -(-length // _TAR_BLOCK) * _TAR_BLOCK


def _sum_holds(header: bytes) -> bool:
    return _tar_number(header[148:156]) == sum(header[:148]) + 8 * 32 + sum(header[156:])


def _tar_number(field: bytes) -> int:
    if field[0] in (0x80, 0xFF):
        if field[0] == 0xFF:
            raise Broken
        return int.from_bytes(field[1:], "big")
    digits = field.split(b"\0")[0].strip()
    if not all(each in b"01234567" for each in digits):
        raise Broken
    return int(digits or b"0", 8)


def _tar_text(field: bytes) -> str:
    return field.split(b"\0")[0].decode("utf-8", "replace")


def _tar_name(header: bytes) -> str:
    name = _tar_text(header[:100])
    prefix = _tar_text(header[345:500]) if header[257:263] == b"ustar\0" else ""
    return f"{prefix}/{name}" if prefix else name


def _tar_attributes(said: bytes, name: str, size: int) -> tuple[str, int]:
    """Return the name and the size that records of « length key=value » give."""
    at = 0
    while at < len(said):
        space = said.find(b" ", at, at + 20)
        if space < 0 or not said[at:space].isdigit():
            break
        end = at + int(said[at:space])
        if end <= space:
            break
        key, _, value = said[space + 1 : end - 1].partition(b"=")
        if key == b"path":
            name = _tar_text(value)
        elif key == b"size" and value.isdigit() and len(value) < 20:
            size = int(value)
        at = end
    return name, size
