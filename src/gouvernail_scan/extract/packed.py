"""What comes out of packed bytes, whatever they are: streamed, checked, no more than asked."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from enum import Enum
from typing import BinaryIO, Protocol

from gouvernail_scan.extract.reading import CHUNK, Broken, Stream

#: A stream of xz may ask for a dictionary of gigabytes.
XZ_MEMORY = 192 << 20


class Slice:
    """The bytes of a file between two offsets, read forwards, wherever others move in the file."""

    def __init__(self, source: BinaryIO, start: int, size: int) -> None:
        self._source, self._at, self.left = source, start, size

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; raise `Broken` when the file ends before them."""
        size = self.left if size < 0 else min(size, self.left)
        if not size:
            return b""
        self._source.seek(self._at)
        data = self._source.read(size)
        if not data:
            raise Broken
        self._at += len(data)
        self.left -= len(data)
        return data


class _Machine(Protocol):
    """What the decompressors of the standard library have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes: ...


class _Zlib:
    """A stream of zlib with the manners of the other two."""

    def __init__(self, window: int) -> None:
        self._machine = zlib.decompressobj(window)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        held = self._machine.unconsumed_tail
        out = self._machine.decompress(held + data if held else data, max(max_length, 0))
        # A full answer may be followed by another without any new byte.
        self.needs_input = not self._machine.unconsumed_tail and len(out) < max_length
        return out


class Packing(Enum):
    """A way of packing one stream."""

    DEFLATE = "deflate"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"

    def machine(self) -> _Machine:
        """Return what unpacks one stream."""
        return _MACHINES[self]()


_MACHINES: dict[Packing, Callable[[], _Machine]] = {
    Packing.DEFLATE: lambda: _Zlib(-zlib.MAX_WBITS),
    Packing.GZIP: lambda: _Zlib(16 + zlib.MAX_WBITS),
    Packing.BZIP2: bz2.BZ2Decompressor,
    Packing.XZ: lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY),
}


class Inflated:
    """What a packed stream holds; `many` when several may follow one another, as in gzip."""

    def __init__(self, raw: Stream, packing: Packing, *, many: bool = False) -> None:
        self._raw = raw
        self._packing = packing
        self._many = many
        self._machine = packing.machine()
        self._ahead = b""
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most `size`; raise `Broken` when they make no sense."""
        if size < 0:
            return b"".join(iter(lambda: self.read(CHUNK), b""))
        while not self._ended():
            data, self._ahead = self._ahead, b""
            if not data and self._machine.needs_input:
                data = self._more()
                if not data:
                    raise Broken
            try:
                out = self._machine.decompress(data, size)
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
                raise Broken from error
            if out:
                return out
        return b""

    def _more(self) -> bytes:
        data = self._raw.read(CHUNK)
        self.taken += len(data)
        return data

    def _ended(self) -> bool:
        """Return whether nothing is left, after passing to the next stream if there is one."""
        if not self._machine.eof:
            return False
        if not self._many:
            return True
        # Streams may be followed by NUL bytes up to the end of a tape's block.
        ahead = self._machine.unused_data.lstrip(b"\0")
        while not ahead:
            data = self._more()
            if not data:
                return True
            ahead = data.lstrip(b"\0")
        self._machine, self._ahead = self._packing.machine(), ahead
        return False


class Checked:
    """A stream that must end on a known checksum."""

    def __init__(self, raw: Stream, crc: int) -> None:
        self._raw, self._expected, self._crc = raw, crc, 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; raise `Broken` at the end when they are not the expected ones."""
        data = self._raw.read(size)
        if data:
            self._crc = zlib.crc32(data, self._crc)
        elif self._crc != self._expected:
            raise Broken
        return data
