"""Examine a few files: the one function that every executor runs, here or on another machine."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from io import BufferedReader, RawIOBase
from itertools import chain
from typing import Any, BinaryIO, cast

from gouvernail_core.protection.detection.columns import Heading, in_table, kinds_of
from gouvernail_core.protection.detection.engine import Detector, detector
from gouvernail_core.protection.detection.kinds import Span
from gouvernail_core.protection.detection.names import names
from gouvernail_core.protection.detection.stream import search
from gouvernail_core.protection.detection.tally import Tally
from gouvernail_core.protection.detection.text import plain_spaces
from gouvernail_scan.blocks import Block, Cause, Gap, Limits
from gouvernail_scan.extract import extract

#: Names are counted at the beginning of a text; further, only around sensitive words.
NAMED = 64 << 10
#: How many gaps of one file are told one by one.
TOLD = 20


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file to examine, or the part of a long text between two offsets, in bytes."""

    id: int
    path: bytes
    size: int
    mtime: int
    start: int = 0
    stop: int = 0

    @property
    def whole(self) -> bool:
        """Return whether this is the file and not a part of it."""
        return self.start == 0 and self.stop >= self.size


class RulesDiffer(Exception):
    """A worker has other rules of detection than who asks."""


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """Return what tells one version of the readers and of the detector from another."""
    digest = blake2b(digest_size=12)
    for package in ("gouvernail_core.protection.detection", "gouvernail_scan.extract"):
        for file in sorted(resources.files(package).iterdir(), key=lambda each: each.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    digest.update(repr((sorted(asdict(Limits()).items()), NAMED)).encode())
    return digest.hexdigest()


def scan_unit(
    files: Iterable[FileRef],
    rules: str,
    key: bytes,
    limits: Limits | None = None,
    told: Callable[[int, bytes | None], None] | None = None,
) -> bytes:
    """Return what some files hold: JSON, ``{id: record}``, the same wherever it runs.

    `key` turns values into hashes; `told` is called when a file begins, then with its record. A
    file that fails never fails the others.
    """
    if rules != rules_hash():
        raise RulesDiffer(rules_hash())
    records: dict[int, Any] = {}
    for file in files:
        if told:
            told(file.id, None)
        record = scan_file(file, key, limits or Limits())
        if told:
            told(file.id, json.dumps(record).encode())
        else:
            records[file.id] = record
    return json.dumps(records).encode()


def scan_file(file: FileRef, key: bytes, limits: Limits) -> dict[str, Any]:
    """Return the record of one file: its state, the gaps, what it holds."""
    reading = _Reading(Tally(key))
    try:
        with _opened(file) as source:
            reading.read(_part(source, file, limits))
            after = os.fstat(source.fileno())
            if (after.st_size, after.st_mtime_ns) != (file.size, file.mtime):
                reading.gaps.append(Gap(Cause.CHANGED))
    except _Refused as refused:
        reading.gaps.append(Gap(refused.cause))
    except MemoryError:
        reading.gaps.append(Gap(Cause.TOO_MUCH_MEMORY))
    except OSError as error:
        vanished = isinstance(error, FileNotFoundError)
        reading.gaps.append(Gap(Cause.VANISHED if vanished else Cause.UNREADABLE))
    return reading.record()


class _Refused(Exception):
    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.value)
        self.cause = cause


def _opened(file: FileRef) -> BinaryIO:
    """Open a file that is still the one that was listed; never a link, a pipe or a device."""
    descriptor = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise _Refused(Cause.NOT_A_FILE)
    if (found.st_size, found.st_mtime_ns) != (file.size, file.mtime):
        os.close(descriptor)
        raise _Refused(Cause.CHANGED)
    return os.fdopen(descriptor, "rb")


def _part(source: BinaryIO, file: FileRef, limits: Limits) -> Iterator[Block | Gap]:
    name = os.fsdecode(os.path.basename(file.path))
    if file.whole:
        return extract(source, name=name, limits=limits)
    part = BufferedReader(cast(RawIOBase, _Window(source, file.start, file.stop)))
    return extract(cast(BinaryIO, part), name="part.txt", limits=limits)


class _Window(RawIOBase):
    """The bytes of a file between two offsets, as a file of its own."""

    def __init__(self, source: BinaryIO, start: int, stop: int) -> None:
        self._source, self._start, self._stop, self._at = source, start, stop, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._stop - self._start}
        self._at = max(0, base[whence] + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        left = self._stop - self._start - self._at
        self._source.seek(self._start + self._at)
        data = self._source.read(max(0, min(len(buffer), left)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class _Reading:
    """What one file has given so far."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.gaps: list[Gap] = []
        self.text_bytes = 0

    def read(self, items: Iterator[Block | Gap]) -> None:
        """Search the blocks of a file, those that follow on from one another as one text."""
        engine = detector()
        left = NAMED
        for blocks in _texts(items, self.gaps):
            first = next(blocks)
            heading = Heading(b"\t", kinds_of(first.columns)) if first.columns else None
            find = _finder(engine, heading)
            for text, spans in search(_plain(chain([first], blocks)), find, named=left):
                self.tally.add(text, spans)
                self.text_bytes += len(text)
                left = max(0, left - len(text))

    def record(self) -> dict[str, Any]:
        """Return what is stored of the file; nothing of it is a value."""
        whole = any(not gap.place for gap in self.gaps)
        state = "examined" if not self.gaps else "partial"
        if self.gaps and not self.text_bytes and (whole or not self.tally.packed()):
            state = "unexamined"
        told = list(dict.fromkeys((gap.cause.value, gap.place) for gap in self.gaps))
        return {
            "state": state,
            "causes": sorted({cause for cause, _place in told}),
            "gaps": told[:TOLD],
            "more_gaps": max(0, len(told) - TOLD),
            "text_bytes": self.text_bytes,
            "types": self.tally.packed(),
        }


def _texts(items: Iterator[Block | Gap], gaps: list[Gap]) -> Iterator[Iterator[Block]]:
    """Return the texts of a file, each as the blocks that follow on; gaps go to the list."""
    ahead: list[Block] = []

    def blocks_of_one() -> Iterator[Block]:
        yield ahead.pop()
        for item in items:
            if isinstance(item, Gap):
                gaps.append(item)
            elif item.continues:
                yield item
            else:
                ahead.append(item)
                return

    for item in items:
        if isinstance(item, Gap):
            gaps.append(item)
            continue
        ahead.append(item)
        while ahead:
            text = blocks_of_one()
            yield text
            for _unread in text:
                pass


def _plain(blocks: Iterable[Block]) -> Iterator[bytes]:
    for block in blocks:
        text = block.text.replace(b"\n", b" ") if block.layout else block.text
        yield plain_spaces(text)


def _finder(engine: Detector, heading: Heading | None) -> Callable[[bytes, int], list[Span]]:
    """Return what searches a piece; the heading holds for the first, which begins with a row."""
    given = [heading]

    def find(text: bytes, named: int) -> list[Span]:
        mine, given[0] = given[0], None
        return engine.find(text, names, named=named, tables=in_table(text, mine))

    return find
