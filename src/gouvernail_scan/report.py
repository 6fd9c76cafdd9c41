"""What an examination found, store by store and file by file, from the state file.

Rows are read one at a time and only totals are kept, so that a million files take no more memory
than a thousand. Nothing here is a value: counts, classes, risks, reasons.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from gouvernail_core.kernel import Reason, Ternary
from gouvernail_core.protection import (
    DataClass,
    DataStore,
    FileRisk,
    Found,
    Loads,
    StoreRisk,
    data_class,
    file_risk,
    reach_of,
    store_risk,
)
from gouvernail_core.protection.detection.kinds import PersonalData
from gouvernail_core.protection.detection.tally import Tally
from gouvernail_scan.blocks import Cause
from gouvernail_scan.state import Row, State

#: Files told one by one in a summary, those of the highest risk.
TOP = 200
_YEAR = 365.25
_AT_ONCE = 1000


@dataclass(slots=True)
class Amount:
    """Files and bytes."""

    files: int = 0
    bytes: int = 0

    def add(self, files: int, size: int) -> None:
        """Add some."""
        self.files += files
        self.bytes += size


@dataclass(slots=True)
class Ledger:
    """What was looked at, in part, or not, each with its causes: together, everything listed."""

    examined: Amount = field(default_factory=Amount)
    partial: Amount = field(default_factory=Amount)
    unexamined: Amount = field(default_factory=Amount)
    causes: dict[str, Amount] = field(default_factory=dict)

    @property
    def total(self) -> Amount:
        """Return the inventory."""
        parts = (self.examined, self.partial, self.unexamined)
        return Amount(sum(part.files for part in parts), sum(part.bytes for part in parts))

    def add(self, found: FileFound) -> None:
        """Count a file where it belongs, and once under each of its causes."""
        getattr(self, found.state).add(found.files, found.size)
        for cause in found.causes:
            self.causes.setdefault(cause, Amount()).add(found.files, found.size)

    def merge(self, other: Ledger) -> None:
        """Count what another ledger counts."""
        for name in ("examined", "partial", "unexamined"):
            amount = getattr(other, name)
            getattr(self, name).add(amount.files, amount.bytes)
        for cause, amount in other.causes.items():
            self.causes.setdefault(cause, Amount()).add(amount.files, amount.bytes)


class FileFound(NamedTuple):
    """What is known of a file, its parts put together."""

    store: int
    path: str
    size: int
    files: int
    modified: date | None
    state: str
    causes: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]
    types: Mapping[str, Any]
    risk: FileRisk
    data_class: DataClass | None
    reasons: tuple[Reason, ...]

    @property
    def summary(self) -> dict[str, dict[str, Any]]:
        """Return the counts of each kind."""
        tally = Tally(b"")
        tally.merge(self.types)
        return tally.summary()


@dataclass(frozen=True, slots=True)
class StoreFound:
    """What an examination says of a store."""

    store: DataStore
    ledger: Ledger
    types: Mapping[str, Mapping[str, Any]]
    data_class: DataClass | None
    reasons: tuple[Reason, ...]
    risk: StoreRisk
    top: tuple[FileFound, ...]
    people: int


def files_found(state: State, stores: Sequence[DataStore], on: date) -> Iterator[FileFound]:
    """Return what was found file by file, in the order of stores and paths.

    `stores` are those of the folders examined, in the same order; `on` is the day that the age of
    files is counted to.
    """
    reaches = [reach_of(store) for store in stores]
    for (root, path), rows in groupby(state.rows(), key=lambda row: (row.root, row.path)):
        yield _file(root, path, list(rows), stores[root], reaches[root], on)


def _file(
    root: int, path: bytes, rows: Sequence[Row], store: DataStore, reach: Any, on: date
) -> FileFound:
    records = [json.loads(row.record) for row in rows if row.record]
    states = {_STATES.get(row.state, row.state) for row in rows}
    kind = states.pop() if len(states) == 1 else "partial"
    causes = {cause for record in records for cause in record["causes"]}
    causes |= {row.cause for row in rows if row.cause}
    causes |= {Cause.NOT_YET.value for row in rows if row.state == "todo"}
    types = records[0]["types"] if len(records) == 1 else _together(records)
    found = found_of(types)
    modified = datetime.fromtimestamp(rows[0].mtime / 1e9, UTC).date() if rows[0].mtime else None
    risk = file_risk(
        found,
        reach,
        age_years=max(0.0, (on - modified).days / _YEAR) if modified else None,
        keep_years=store.keep_years,
    )
    whole = Ternary.YES if kind == "examined" else Ternary.UNKNOWN
    given, reasons = data_class(found, public=store.open_data, whole=whole)
    return FileFound(
        root,
        path.decode("utf-8", "backslashreplace"),
        sum(row.stop - row.start for row in rows),
        sum(row.files for row in rows),
        modified,
        kind,
        tuple(sorted(causes)),
        tuple((cause, place) for record in records for cause, place in record["gaps"]),
        types,
        risk,
        given,
        reasons,
    )


_STATES = {"refused": "unexamined", "todo": "unexamined"}


def _together(records: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    tally = Tally(b"")
    for record in records:
        tally.merge(record["types"])
    return tally.packed()


def found_of(types: Mapping[str, Mapping[str, Any]]) -> list[Found]:
    """Return counts as the risk reads them."""
    tally = Tally(b"")
    tally.merge(types)
    return [
        Found(PersonalData(name), each["count"], each["distinct"], each["confidence"])
        for name, each in tally.summary().items()
    ]


def stores_found(state: State, stores: Sequence[DataStore], on: date) -> list[StoreFound]:
    """Return what was found in each store, in the order given."""
    gathered = [_Gathered() for _store in stores]
    for found in files_found(state, stores, on):
        gathered[found.store].add(found)
    return [each.result(store) for store, each in zip(stores, gathered, strict=True)]


class _Gathered:
    """The totals of one store, as its files go by."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.tally = Tally(b"")
        self.top: list[tuple[float, int, FileFound]] = []
        self.count = 0
        self.risks: list[FileRisk] = []
        self.value = 0.0
        self.loads = [0.0, 0.0, 0.0, 0.0]
        self.last: StoreRisk | None = None

    def add(self, found: FileFound) -> None:
        self.ledger.add(found)
        self.tally.merge(found.types)
        self.count += 1
        if found.risk.value > 0:
            item = (found.risk.value, -self.count, found)
            (heapq.heappush if len(self.top) < TOP else heapq.heappushpop)(self.top, item)
        if found.state != "unexamined":
            self.risks.append(found.risk)
            if len(self.risks) >= _AT_ONCE:
                self._sum()

    def _sum(self) -> None:
        """Put the risks of some files into the totals: the risk of a store is their sum."""
        part = store_risk(self.risks, examined_bytes=1, unexamined_bytes=0)
        self.value += part.value
        added = (part.loads.now, part.loads.purged, part.loads.rotated, part.loads.both)
        self.loads = [mine + more for mine, more in zip(self.loads, added, strict=True)]
        self.risks.clear()

    def result(self, store: DataStore) -> StoreFound:
        """Return what is said of the store."""
        kept = list(self.risks)
        self._sum()
        ledger = self.ledger
        seen = ledger.examined.bytes + ledger.partial.bytes
        unseen = ledger.unexamined.bytes
        alike = store_risk(kept, examined_bytes=seen, unexamined_bytes=unseen)
        files = ledger.examined.files + ledger.partial.files
        types = self.tally.summary()
        found = found_of(self.tally.packed())
        whole = ledger.partial.files == 0 and ledger.unexamined.files == 0
        given, reasons = data_class(
            found, public=store.open_data, whole=Ternary.YES if whole else Ternary.UNKNOWN
        )
        risk = StoreRisk(
            value=self.value,
            interval=None,
            files=files,
            examined_bytes=seen,
            unexamined_bytes=unseen,
            if_alike=_alike(self.value, seen, unseen, alike),
            loads=Loads(*self.loads),
            reasons=alike.reasons,
        )
        people = max(
            (each.distinct for each in found if each.kind not in _NOBODY and each.counted),
            default=0,
        )
        top = tuple(item[2] for item in sorted(self.top, key=lambda item: (-item[0], -item[1])))
        return StoreFound(store, ledger, types, given, reasons, risk, top, people)


_NOBODY = (PersonalData.SIREN, PersonalData.SIRET, PersonalData.SECRET)


def _alike(value: float, seen: int, unseen: int, last: StoreRisk) -> float | None:
    if value > 0 and seen > 0:
        return value * unseen / seen
    return last.if_alike


def total_ledger(found: Sequence[StoreFound]) -> Ledger:
    """Return the ledger of all the stores together."""
    ledger = Ledger()
    for each in found:
        ledger.merge(each.ledger)
    return ledger
