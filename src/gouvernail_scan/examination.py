"""Examine folders from end to end: list, share out, gather, keep; stop and go on at any moment."""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from gouvernail_scan.blocks import Cause, Limits
from gouvernail_scan.extract.formats import HEAD, Format, sniff_head
from gouvernail_scan.extract.plain import encoding
from gouvernail_scan.pool import Lost, Pool, Read
from gouvernail_scan.state import Done, State
from gouvernail_scan.unit import FileRef, rules_hash
from gouvernail_scan.walk import PRIVATE, walk

#: A unit of work holds no more than this many files and bytes.
UNIT_FILES, UNIT_BYTES = 512, 64 << 20
#: No process is started for fewer files than this.
FILES_PER_WORKER = 20
#: A long text is cut in parts of this size, at the ends of lines, for several workers to read.
PART_BYTES = 64 << 20
#: A part ends with the first line end within this many bytes; a text without any is not cut.
_LINE_WITHIN = 1 << 20
#: A file that has killed this many readers is not given to another.
DEATHS = 2
#: What is found is written at least this often, in seconds, and every so many files.
_WRITE_SECONDS, _WRITE_FILES = 1.0, 200
#: What opening a file costs, in bytes read, for the time that remains.
_FILE_COST = 50_000


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an examination stands; `remaining` is in seconds, None while nothing can be said."""

    listing: bool
    done: Done
    remaining: float | None = None


class Executor(Protocol):
    """Where units are read: on this machine or on many."""

    returned: list[list[FileRef]]

    @property
    def free(self) -> int:
        """Return how many units may be added now."""

    @property
    def busy(self) -> bool:
        """Return whether a unit is being read."""

    def add(self, unit: Sequence[FileRef]) -> None:
        """Give a unit to read."""

    def events(self, seconds: float) -> Iterator[Read | Lost]:
        """Return what happened, waiting at most `seconds` for the first event."""


def examine(
    folders: Sequence[str],
    state: State,
    *,
    workers: int = 0,
    dask: str = "",
    limits: Limits | None = None,
    excluded: Sequence[str] = PRIVATE,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Examine every file under `folders`, go on from what `state` holds; return whether it is done.

    `workers` is a number of processes (0: one per core); `dask` the address of a scheduler that
    takes their place. `stop` is asked several times a second: the units being read are then given
    up, to be read again next time.
    """
    rules = rules_hash()
    told = progress or (lambda _progress: None)
    roots = [os.fsencode(folder) for folder in folders]
    listed = [(place, walk(root, excluded)) for place, root in enumerate(roots)]
    for count in state.list_files(listed, rules):
        told(Progress(True, Done(0, count, 0, 0)))
        if stop():
            return False
    done = state.done()
    left = done.total_files - done.files
    with executor_of(workers, dask, rules, state.key, limits or Limits(), left) as executor:
        return Run(state, roots, executor, told, stop).go()


def executor_of(
    workers: int, dask: str, rules: str, key: bytes, limits: Limits, files: int
) -> _Opened:
    """Return where units are read; a process takes longer to start than a few files to read."""
    if dask:
        from gouvernail_scan.dask_pool import DaskPool

        return DaskPool(dask, rules, key, limits)
    count = min(workers or os.cpu_count() or 1, 1 + files // FILES_PER_WORKER)
    return Pool(count, rules, key, limits)


class _Opened(Executor, Protocol):
    def __enter__(self) -> Executor: ...

    def __exit__(self, *error: object) -> None: ...


class Run:
    """One passage over what is left to examine."""

    def __init__(
        self,
        state: State,
        roots: Sequence[bytes],
        executor: Executor,
        told: Callable[[Progress], None],
        stop: Callable[[], bool],
        only: Sequence[int] | None = None,
    ) -> None:
        self._only = None if only is None else deque(only)
        self._state, self._roots, self._executor = state, roots, executor
        self._told, self._stop = told, stop
        self._after = 0
        self._ready: deque[FileRef] = deque()
        self._again: list[list[FileRef]] = []
        self._found: list[tuple[int, str, str, str]] = []
        self._written = self._began = time.monotonic()
        # Counted here and not asked again of the state, which would read every row each time.
        self._done = before = state.done()
        self._before = before
        self._given: dict[int, tuple[int, int]] = {}
        left = before.total_bytes - before.bytes
        # A few units for each worker even where there is little: they then end together.
        shares = 4 * max(1, executor.free)
        self._unit_files = min(UNIT_FILES, -(-(before.total_files - before.files) // shares) or 1)
        self._unit_bytes = min(UNIT_BYTES, -(-left // shares) or 1)

    def go(self) -> bool:
        """Read everything; return whether it is done."""
        while True:
            while self._executor.free and (unit := self._next_unit()):
                self._executor.add(unit)
            if not self._executor.busy:
                break
            for event in self._executor.events(0.25):
                self._take(event)
            self._again.extend(self._executor.returned)
            self._executor.returned.clear()
            self._write()
            if self._stop():
                self._write(now=True)
                return False
        self._write(now=True)
        return True

    def _take(self, event: Read | Lost) -> None:
        if isinstance(event, Read):
            record = event.record.decode()
            state, cause = _state_of(record)
            self._found.append((event.id, state, cause, record))
        elif event.cause is Cause.KILLS_READER and self._state.died(event.id) < DEATHS:
            self._write(now=True)
            self._again.append(self._state.files(self._roots, event.id))
            return
        else:
            self._found.append((event.id, "unexamined", event.cause.value, ""))
        files, size = self._given.pop(event.id, (0, 0))
        self._done = self._done._replace(
            files=self._done.files + files, bytes=self._done.bytes + size
        )

    def _next_unit(self) -> list[FileRef]:
        if self._again:
            return self._again.pop()
        unit: list[FileRef] = []
        weight = 0
        while len(unit) < self._unit_files and (weight < self._unit_bytes or not unit):
            if not self._ready and not self._fetch():
                break
            file = self._ready.popleft()
            whole = self._only is None
            if whole and file.whole and file.size > PART_BYTES and self._split(file):
                continue
            unit.append(file)
            self._given[file.id] = (int(file.start == 0), file.stop - file.start)
            weight += file.stop - file.start
        return unit

    def _fetch(self) -> bool:
        if self._only is not None:
            while self._only and not self._ready:
                rows = [self._only.popleft() for _ in range(min(len(self._only), UNIT_FILES))]
                self._ready.extend(self._state.these(self._roots, rows))
            return bool(self._ready)
        files = self._state.todo(self._roots, self._after, UNIT_FILES)
        if files:
            self._after = files[-1].id
            self._ready.extend(files)
        return bool(files)

    def _split(self, file: FileRef) -> bool:
        """Cut a long text in parts; the first takes its place, the others come in their turn."""
        ends = part_ends(file.path, file.size)
        if len(ends) < 2:
            return False
        self._state.split(file, ends)
        self._ready.extendleft(self._state.files(self._roots, file.id))
        return True

    def _write(self, *, now: bool = False) -> None:
        moment = time.monotonic()
        late = moment - self._written > _WRITE_SECONDS or len(self._found) >= _WRITE_FILES
        if self._found and (now or late):
            self._state.write(self._found)
            self._found.clear()
        if now or late:
            self._written = moment
            left = self._remaining(self._done, moment - self._began)
            self._told(Progress(False, self._done, left))

    def _remaining(self, done: Done, spent: float) -> float | None:
        before = self._before
        made = (done.bytes - before.bytes) + _FILE_COST * (done.files - before.files)
        left = (done.total_bytes - done.bytes) + _FILE_COST * (done.total_files - done.files)
        return spent * left / made if made > 0 and spent > 1 else None


def _state_of(record: str) -> tuple[str, str]:
    """Return the state of a record and its first cause, without reading what it counts."""
    read = json.loads(record)
    return read["state"], (read["causes"] or [""])[0]


def part_ends(path: bytes, size: int) -> list[int]:
    """Return where the parts of a long text end: near every `PART_BYTES`, after a line end.

    A file that is no plain text, or whose characters are wider than a byte, is a single part.
    """
    try:
        with open(path, "rb") as source:
            head = source.read(HEAD)
            name, _mark = encoding(head)
            plain = sniff_head(head, "") is Format.TEXT and name in ("utf-8", "cp1252")
            ends = []
            for near in range(PART_BYTES, size - PART_BYTES // 2, PART_BYTES) if plain else ():
                source.seek(near)
                line_end = source.read(_LINE_WITHIN).find(b"\n")
                if line_end >= 0:
                    ends.append(near + line_end + 1)
    except OSError:
        return [size]
    return [*ends, size]
