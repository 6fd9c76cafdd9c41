"""Units read on many machines, by way of Dask: same files, same results.

Every machine must see the files under the same paths and hold the same version of this program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from gouvernail_scan.blocks import Cause, Limits
from gouvernail_scan.pool import Lost, Read
from gouvernail_scan.unit import FileRef, scan_unit

#: Units that wait beside the one being read: no worker is idle, no scheduler overfilled.
_IN_FLIGHT = 4


class DaskPool:
    """The workers of a Dask scheduler; a unit that kills them is cut in two to find the file."""

    def __init__(self, address: str, rules: str, key: bytes, limits: Limits) -> None:
        self._address = address
        self._given = (rules, key, limits)
        self._units: dict[Any, list[FileRef]] = {}
        self.returned: list[list[FileRef]] = []

    def __enter__(self) -> DaskPool:
        from distributed import Client

        self._client: Any = Client(self._address, set_as_default=False, timeout=10)
        return self

    def __exit__(self, *_error: object) -> None:
        for future in self._units:
            future.cancel()
        self._client.close()

    @property
    def free(self) -> int:
        """Return how many units may be added now."""
        workers = len(self._client.scheduler_info(n_workers=-1)["workers"])
        return max(0, _IN_FLIGHT * max(1, workers) - len(self._units))

    @property
    def busy(self) -> bool:
        """Return whether a unit is being read."""
        return bool(self._units)

    def add(self, unit: Sequence[FileRef]) -> None:
        """Give a unit to read."""
        future = self._client.submit(scan_unit, list(unit), *self._given, pure=False, retries=1)
        self._units[future] = list(unit)

    def events(self, seconds: float) -> Iterator[Read | Lost]:
        """Return what happened, waiting at most `seconds` for the first event."""
        from distributed import wait

        try:
            with self._client.as_current():
                ended = wait(list(self._units), seconds, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return
        for future in ended:
            unit = self._units.pop(future)
            if future.status == "finished":
                for identity, record in json.loads(future.result()).items():
                    yield Read(int(identity), json.dumps(record).encode())
            else:
                yield from self._failed(future, unit)

    def _failed(self, future: Any, unit: list[FileRef]) -> Iterator[Lost]:
        from distributed import KilledWorker

        error = future.exception()
        if not isinstance(error, KilledWorker):
            raise error
        if len(unit) == 1:
            # Dask has given it to several workers already: none of them came back.
            yield Lost(unit[0].id, Cause.TOO_MUCH_MEMORY)
            return
        middle = len(unit) // 2
        self.returned.extend((unit[:middle], unit[middle:]))
