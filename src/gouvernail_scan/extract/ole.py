"""The containers of old office files: recognised and told, not read."""

from __future__ import annotations

from typing import BinaryIO

from gouvernail_scan.blocks import Cause
from gouvernail_scan.extract.reading import Context, Found, gap

#: Sectors of the directory that are looked at.
_SECTORS = 256
_NO_SECTOR = 0xFFFFFFFA
_PROTECTED = frozenset(("encryptedpackage", "encryptioninfo", "\x09drmcontent"))


def read_ole(source: BinaryIO, context: Context) -> Found:
    """Return the gap that an old office file makes: it is encrypted, or its format is not read."""
    locked = bool(_PROTECTED & {name.lower() for name in stream_names(source)})
    yield gap(Cause.ENCRYPTED if locked else Cause.UNKNOWN_FORMAT, context)


def stream_names(source: BinaryIO) -> list[str]:
    """Return the names of the streams that a compound file lists."""
    source.seek(0)
    head = source.read(512)
    shift = int.from_bytes(head[30:32], "little")
    if len(head) < 512 or not 7 <= shift <= 16:
        return []
    size = 1 << shift
    tables = [int.from_bytes(head[at : at + 4], "little") for at in range(76, 512, 4)]
    sector = int.from_bytes(head[48:52], "little")
    names = []
    for _ in range(_SECTORS):
        if sector >= _NO_SECTOR:
            break
        source.seek((sector + 1) * size)
        data = source.read(size)
        for at in range(0, len(data) - 127, 128):
            length = int.from_bytes(data[at + 64 : at + 66], "little")
            if 2 <= length <= 64:
                names.append(data[at : at + length - 2].decode("utf-16-le", "replace"))
        table, place = divmod(sector, size // 4)
        if table >= len(tables) or tables[table] >= _NO_SECTOR:
            break
        source.seek((tables[table] + 1) * size + place * 4)
        sector = int.from_bytes(source.read(4).ljust(4, b"\xff"), "little")
    return names
