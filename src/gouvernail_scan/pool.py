"""Workers that may be lost: each reads one file at a time, and says which."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from gouvernail_scan.blocks import Cause, Limits
from gouvernail_scan.unit import FileRef, scan_unit

#: A file that gives no sign of life for this long, in seconds, is given up, whatever it waits for.
SILENCE = 900.0
#: Seconds of CPU that searching a file may take besides opening it, and per byte of the file.
SEARCHING, PER_BYTE = 60.0, 1 / 1_000_000


#: So many processes in a row that end without having begun a file will not start.
_STILLBORN = 2


@dataclass(frozen=True, slots=True)
class Read:
    """A file was read: its record, as JSON."""

    id: int
    record: bytes


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker died or was given up while reading a file, and why."""

    id: int
    cause: Cause


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    unit: list[FileRef] = field(default_factory=list)
    reading: int = 0
    since: float = 0.0

    @property
    def idle(self) -> bool:
        return not self.unit


class NoReader(Exception):
    """Processes end before they have read anything: this machine cannot start them."""


class Pool:
    """A few processes that read units of files; a lost one is replaced.

    `add` gives a unit to an idle worker; `events` waits for what happens next. What a lost worker
    had not read is given back by `returned`.
    """

    def __init__(self, size: int, rules: str, key: bytes, limits: Limits) -> None:
        self._size = size
        self._given = (rules, key, limits)
        self._workers: list[_Worker] = []
        self._stillborn = 0
        self.returned: list[list[FileRef]] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_error: object) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    @property
    def free(self) -> int:
        """Return how many units may be added now."""
        busy = sum(not worker.idle for worker in self._workers)
        return self._size - busy

    @property
    def busy(self) -> bool:
        """Return whether a unit is being read."""
        return any(not worker.idle for worker in self._workers)

    def add(self, unit: Sequence[FileRef]) -> None:
        """Give a unit to an idle worker, started for it if there is none."""
        worker = next((each for each in self._workers if each.idle), None)
        if worker is None:
            worker = self._start()
        worker.unit = list(unit)
        worker.since = time.monotonic()
        try:
            worker.pipe.send(worker.unit)
        except OSError:
            # It died between two units: nothing was being read.
            self._drop(worker)
            self.add(unit)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        mine, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, *self._given), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, mine)
        self._workers.append(worker)
        return worker

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()

    def events(self, seconds: float) -> Iterator[Read | Lost]:
        """Return what happened, waiting at most `seconds` for the first event."""
        busy = {worker.pipe: worker for worker in self._workers if not worker.idle}
        ready = wait(list(busy), seconds)
        for pipe in ready:
            worker = busy[pipe]  # type: ignore[index]
            try:
                yield from self._received(worker)
            except (EOFError, OSError):
                yield from self._lost(worker, _cause_of(worker.process))
        now = time.monotonic()
        for worker in [each for each in self._workers if not each.idle]:
            if now - worker.since > SILENCE:
                yield from self._lost(worker, Cause.TOO_LONG)

    def _received(self, worker: _Worker) -> Iterator[Read]:
        while worker.unit and worker.pipe.poll():
            identity, record = worker.pipe.recv()
            worker.since = time.monotonic()
            self._stillborn = 0
            if record is None:
                worker.reading = identity
            else:
                worker.unit = [file for file in worker.unit if file.id != identity]
                worker.reading = 0
                yield Read(identity, record)

    def _lost(self, worker: _Worker, cause: Cause) -> Iterator[Lost]:
        left = [file for file in worker.unit if file.id != worker.reading]
        guilty = worker.reading
        self._drop(worker)
        if left:
            self.returned.append(left)
        if guilty:
            yield Lost(guilty, cause)
            return
        self._stillborn += 1
        if self._stillborn > _STILLBORN:
            raise NoReader


def _cause_of(process: SpawnProcess) -> Cause:
    process.join(5)
    return Cause.TOO_LONG if process.exitcode == -signal.SIGXCPU else Cause.KILLS_READER


def _serve(pipe: Connection, rules: str, key: bytes, limits: Limits) -> None:
    """Read units until there is nobody to give them; run in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent(os.getppid())
    from gouvernail_core.protection.detection.engine import detector
    from gouvernail_core.protection.detection.lexicon import lexicon

    detector()
    lexicon()
    _bound_memory(limits.memory)
    sizes: dict[int, int] = {}

    def told(identity: int, record: bytes | None) -> None:
        if record is None:
            _bound_time(limits.seconds + SEARCHING + sizes[identity] * PER_BYTE)
        pipe.send((identity, record))

    while True:
        try:
            unit: Any = pipe.recv()
        except (EOFError, OSError):
            return
        sizes = {file.id: file.stop - file.start for file in unit}
        try:
            scan_unit(unit, rules, key, limits, told)
        except OSError:
            return


def _die_with_parent(parent: int) -> None:
    """End this process once the one that started it is gone, even killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _bound_memory(most: int) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _bound_time(seconds: float) -> None:
    """Let this process use that many more seconds of CPU, then be ended by the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = until if hard == resource.RLIM_INFINITY else min(until, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))
