"""Zip, tar and compressed files: each file they hold is read as any other, one level deeper."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from gouvernail_scan.blocks import Cause, Gap
from gouvernail_scan.extract.formats import Format
from gouvernail_scan.extract.reading import Context, Counted, Found, Over, Stream, quoted, spooled

#: A zip lists its members in a directory that is read whole: no more than this, in bytes.
DIRECTORY = 32 << 20

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")


def directory_size(source: BinaryIO) -> tuple[int, int]:
    """Return how many members a zip announces, and how many bytes its directory takes."""
    source.seek(0, os.SEEK_END)
    size = source.tell()
    source.seek(max(0, size - 70_000))
    tail = source.read(70_000)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile
    _mark, _disk, _first, _here, members, length, _start, _comment = _END.unpack_from(tail, at)
    at64 = tail.rfind(b"PK\x06\x06", 0, at)
    if at64 >= 0 and len(tail) - at64 >= _END64.size:
        wide = _END64.unpack_from(tail, at64)
        members, length = max(members, wide[7]), max(length, wide[8])
    return members, length


def opened_zip(source: BinaryIO, context: Context) -> zipfile.ZipFile:
    """Open a zip whose directory is of a bearable length; raise `Over` otherwise."""
    members, length = directory_size(source)
    if length > DIRECTORY or members > 10 * context.spent.limits.members:
        raise Over(Cause.TOO_MANY_PARTS, whole=False)
    source.seek(0)
    return zipfile.ZipFile(source)


def member_stream(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, context: Context
) -> Counted | Gap:
    """Return what a member of a zip holds, counted, or why it cannot be opened."""
    context.spent.take_member()
    if member.flag_bits & 1:
        return Gap(Cause.ENCRYPTED, context.place)
    try:
        raw = archive.open(member)
    except NotImplementedError:
        return Gap(Cause.UNKNOWN_FORMAT, context.place)
    return Counted(cast(Stream, raw), context.spent, lambda: member.compress_size)


def read_zip(source: BinaryIO, context: Context) -> Found:
    """Return what the files of a zip hold."""
    with opened_zip(source, context) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            inner = context.inside(member.filename, quoted(member.filename))
            yield from _guarded(
                inner,
                lambda m=member, i=inner: member_stream(archive, m, i),  # type: ignore[misc]
            )


def read_tar(source: BinaryIO, context: Context) -> Found:
    """Return what the files of a tar hold; links and devices hold nothing."""
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for member in archive:
            context.spent.take_member()
            if not member.isreg():
                continue
            inner = context.inside(member.name, quoted(member.name))

            def stream(member: tarfile.TarInfo = member) -> Counted:
                raw = archive.extractfile(member)
                assert raw is not None
                return Counted(cast(Stream, raw), context.spent, lambda: member.size)

            yield from _guarded(inner, stream)


def read_compressed(source: BinaryIO, context: Context, found: Format) -> Found:
    """Return what a compressed file holds; it is no archive, its file is at the same level."""
    name = os.path.splitext(context.name)[0]
    inner = Context(context.spent, context.read, name, context.place, context.depth)
    openers: dict[Format, Callable[[BinaryIO], Any]] = {
        Format.GZIP: _gzip,
        Format.BZIP2: bz2.BZ2File,
        Format.XZ: lzma.LZMAFile,
    }
    most = context.spent.limits.file_bytes
    stream = Counted(openers[found](source), context.spent, source.tell, most)
    yield from _spooled(inner, stream)


def _gzip(source: BinaryIO) -> gzip.GzipFile:
    return gzip.GzipFile(fileobj=source)


def _guarded(inner: Context, open_: Callable[[], Counted | Gap]) -> Found:
    """Return what one member holds, a gap when it is too deep or broken: the others go on."""
    if inner.depth > inner.spent.limits.depth:
        yield Gap(Cause.TOO_DEEP, inner.place)
        return
    try:
        stream = open_()
        if isinstance(stream, Gap):
            yield stream
            return
        yield from _spooled(inner, stream)
    except Over as over:
        if over.whole:
            raise
        yield Gap(over.cause, inner.place)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, lzma.LZMAError, ValueError):
        yield Gap(Cause.DAMAGED, inner.place)
    except OSError as error:
        if error.errno is not None:
            raise
        yield Gap(Cause.DAMAGED, inner.place)
    except Exception as error:
        # zlib.error has no public base but Exception.
        if type(error).__module__ != "zlib":
            raise
        yield Gap(Cause.DAMAGED, inner.place)


def _spooled(inner: Context, stream: Counted) -> Found:
    kept, cut = spooled(stream)
    with kept:
        yield from inner.read(cast(BinaryIO, kept), inner)
    if cut is not None:
        yield Gap(cut, inner.place)
