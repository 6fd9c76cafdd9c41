"""Readers of files that go wrong, for a process that is started with them."""

import os
from typing import Any

from gouvernail_scan import pool, unit

SERVE = pool._serve


def die_on_one_file(pipe: Any, *given: Any) -> None:
    """Serve as a worker does, but die, as a library in C would, on one file."""
    real = unit.scan_file

    def scan_file(file: Any, *rest: Any) -> Any:
        if file.path.endswith(b"fiche 7.txt"):
            os.abort()
        return real(file, *rest)

    unit.scan_file = scan_file
    SERVE(pipe, *given)


def compute_without_end(pipe: Any, *given: Any) -> None:
    """Serve as a worker does, but never come back from one file."""
    real = unit.scan_file

    def scan_file(file: Any, *rest: Any) -> Any:
        while file.path.endswith(b"lent.txt"):
            pass
        return real(file, *rest)

    unit.scan_file = scan_file
    pool.SEARCHING = 0.5
    SERVE(pipe, *given)


def die_at_once(*_given: Any) -> None:
    """Never begin."""
    os._exit(3)
