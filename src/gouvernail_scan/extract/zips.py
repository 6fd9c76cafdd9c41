"""Zip: the directory of the archive, bounded, and its members, streamed.

`zipfile` takes the whole directory in memory whatever its length, and is slower to open than most
office documents are to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from struct import Struct
from typing import BinaryIO, NamedTuple

from gouvernail_scan.blocks import Cause
from gouvernail_scan.extract.formats import Format, kind_of_zip
from gouvernail_scan.extract.packed import Checked, Inflated, Packing, Slice
from gouvernail_scan.extract.reading import CHUNK, Broken, Counted, Over, Spent, Stream

#: Of a directory, what is read: this many bytes, this many members.
DIRECTORY = 32 << 20
ENTRIES = 1 << 17

_END = b"PK\5\6"
_END_LENGTH = 22
_LOCATOR = Struct("<4sLQL")
_END_64 = b"PK\6\6"
_ENTRY = Struct("<4s4x2H4x3L3H8xL")
_LOCAL = Struct("<4s22x2H")
_BEFORE = Struct("<6x2H4x3L2H")
_ENCRYPTED = 1
_UTF8 = 0x800
_STORED, _DEFLATED, _BZIP2, _AES = 0, 8, 12, 99
_LATER = 8  # the sizes come after the member
_NOT_SAID = -1
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF


class Entry(NamedTuple):
    """What a directory says of a member; sizes in bytes, `offset` from the start of the file."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def folder(self) -> bool:
        """Return whether this is a mere folder."""
        return self.name.endswith("/") and not self.size


class Archive:
    """The members of a zip, in the order of its directory, with those that bear the same name.

    `unread` says why the directory was not read to its end, when it was not.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.unread: Cause | None = None
        try:
            self.entries = list(self._entries())
        except Broken:
            # Its directory is its end: what was cut still holds what it held.
            self.entries = list(self._found())
            self.unread = Cause.DAMAGED
            if not self.entries:
                raise

    @cached_property
    def names(self) -> dict[str, Entry]:
        """Return the members by name."""
        return {entry.name: entry for entry in self.entries}

    @property
    def kind(self) -> Format:
        """Return which document this is."""
        entry = self.names.get("mimetype")
        said = b""
        if entry and entry.method == _STORED and entry.packed < 200:
            said = self._slice(entry).read()
        return kind_of_zip(self.names, said)

    def open(self, entry: Entry, account: Spent) -> Counted:
        """Return a member as a stream; raise `Over` when it cannot be unpacked, or `Broken`."""
        if entry.flags & _ENCRYPTED or entry.method == _AES:
            raise Over(Cause.ENCRYPTED, whole=False)
        packed = self._slice(entry)
        raw: Stream = packed
        if entry.method == _DEFLATED:
            raw = Inflated(packed, Packing.DEFLATE)
        elif entry.method == _BZIP2:
            raw = Inflated(packed, Packing.BZIP2)
        elif entry.method != _STORED:
            raise Over(Cause.UNKNOWN_FORMAT, whole=False)
        if entry.crc != _NOT_SAID:
            raw = Checked(raw, entry.crc)
        return Counted(raw, account, lambda: entry.packed - packed.left)

    def _slice(self, entry: Entry) -> Slice:
        self._source.seek(entry.offset)
        head = self._source.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(b"PK\3\4"):
            raise Broken
        _, name, extra = _LOCAL.unpack(head)
        return Slice(self._source, entry.offset + _LOCAL.size + name + extra, entry.packed)

    def _entries(self) -> Iterator[Entry]:
        start, length, shift, expected = self._directory()
        self._source.seek(start)
        data = self._source.read(min(length, DIRECTORY))
        at = count = 0
        while at + _ENTRY.size <= len(data) and data.startswith(b"PK\1\2", at):
            _, flags, method, crc, packed, size, name, extra, comment, offset = _ENTRY.unpack_from(
                data, at
            )
            after = at + _ENTRY.size + name
            if count == ENTRIES or after + extra + comment > len(data):
                break
            said = data[at + _ENTRY.size : after]
            if _FULL_32 in (packed, size, offset):
                packed, size, offset = _sizes_64(data[after : after + extra], packed, size, offset)
            yield Entry(
                _name(said, flags),
                flags,
                method,
                crc,
                packed,
                size,
                max(offset + shift, 0),
            )
            count += 1
            at = after + extra + comment
        if at < length or count & _FULL_16 != expected:
            full = count == ENTRIES or length > DIRECTORY
            self.unread = Cause.TOO_MANY_PARTS if full else Cause.DAMAGED

    def _found(self) -> Iterator[Entry]:
        """Return the members of an archive without a directory, by what stands before each."""
        starts = list(islice(self._marks(), ENTRIES))
        ends = [*starts[1:], self._source.seek(0, 2)]
        for start, end in zip(starts, ends, strict=True):
            self._source.seek(start)
            head = self._source.read(_LOCAL.size + _FULL_16)
            if len(head) < _LOCAL.size:
                return
            flags, method, crc, packed, size, name, extra = _BEFORE.unpack_from(head)
            said = head[_LOCAL.size : _LOCAL.size + name]
            left = end - start - _LOCAL.size - name - extra
            if left < 0:
                continue
            if flags & _LATER or packed > left or packed == _FULL_32:
                packed, crc = left, _NOT_SAID
            yield Entry(_name(said, flags), flags, method, crc, packed, size, start)

    def _marks(self) -> Iterator[int]:
        """Return where members seem to start."""
        self._source.seek(0)
        base, held = 0, b""
        while data := self._source.read(CHUNK):
            held += data
            at = held.find(b"PK\3\4")
            while at >= 0:
                place = self._source.tell()
                yield base + at
                self._source.seek(place)
                at = held.find(b"PK\3\4", at + 4)
            base, held = base + len(held) - 3, held[-3:]

    def _directory(self) -> tuple[int, int, int, int]:
        """Return where the directory starts, its length, what to add to its offsets.

        Last, how many members it lists, of which only the last 16 bits are sure.
        """
        size = self._source.seek(0, 2)
        tail_at = max(size - _END_LENGTH - (1 << 16), 0)
        self._source.seek(tail_at)
        tail = self._source.read()
        at = tail.rfind(_END, 0, max(len(tail) - _END_LENGTH + len(_END), 0))
        if at < 0:
            raise Broken
        end = tail_at + at
        length = int.from_bytes(tail[at + 12 : at + 16], "little")
        offset = int.from_bytes(tail[at + 16 : at + 20], "little")
        count = int.from_bytes(tail[at + 10 : at + 12], "little")
        if count == _FULL_16 or _FULL_32 in (length, offset):
            end, length, offset, count = self._directory_64(end, length, offset, count)
        # What stands before an archive, as in one that unpacks itself, shifts all that it says.
        start = end - length
        if start < 0:
            raise Broken
        return start, length, start - offset, count & _FULL_16

    def _directory_64(
        self, end: int, length: int, offset: int, count: int
    ) -> tuple[int, int, int, int]:
        self._source.seek(max(end - _LOCATOR.size, 0))
        found = self._source.read(_LOCATOR.size)
        if len(found) < _LOCATOR.size or not found.startswith(b"PK\6\7"):
            return end, length, offset, count
        for at in (_LOCATOR.unpack(found)[2], end - _LOCATOR.size - 56):
            if not 0 <= at < end:
                continue
            self._source.seek(at)
            record = self._source.read(56)
            if record.startswith(_END_64) and len(record) == 56:
                count, length, offset = Struct("<QQQ").unpack_from(record, 32)
                return at, length, offset, count
        raise Broken


def _name(said: bytes, flags: int) -> str:
    # Some programs write the separator of their own system.
    return said.decode("utf-8" if flags & _UTF8 else "cp437", "replace").replace("\\", "/")


def _sizes_64(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """Return the sizes that did not fit in 32 bits, from the extra field that holds them."""
    at = 0
    while at + 4 <= len(extra):
        kind = int.from_bytes(extra[at : at + 2], "little")
        length = int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            found = []
            for value in (size, packed, offset):
                if value == _FULL_32 and len(field) >= 8:
                    value, field = int.from_bytes(field[:8], "little"), field[8:]
                found.append(value)
            return found[1], found[0], found[2]
        at += 4 + length
    return packed, size, offset
