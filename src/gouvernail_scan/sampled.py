"""« In one hour, where is the fire? »: read files drawn at random until the time is over.

Everything is listed; first some files of each store are read, then those of the strata that say
most, until the time given is over or the order of the stores is told. Every file is held in memory
as a card of some 200 bytes: a million take about 200 MB, unlike a whole examination.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from gouvernail_core.kernel import Reason
from gouvernail_core.protection import DataStore, FileRisk, Scale
from gouvernail_core.protection.sampling import (
    Draw,
    FileCard,
    StoreEstimate,
    estimates,
    first_draw,
    sampling_reasons,
    second_draw,
    undecided,
)
from gouvernail_scan.blocks import Limits
from gouvernail_scan.examination import Progress, Run, executor_of
from gouvernail_scan.report import files_found
from gouvernail_scan.state import Done, State
from gouvernail_scan.unit import rules_hash
from gouvernail_scan.walk import PRIVATE, walk

#: Files of the second draw read between two looks at whether the order of the stores is told.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the files drawn say of each store, the riskiest first, and what is not told."""

    estimates: tuple[StoreEstimate, ...]
    reasons: tuple[Reason, ...]
    seed: int


def sample(
    folders: Sequence[str],
    state: State,
    stores: Sequence[DataStore],
    *,
    on: date,
    seconds: float,
    seed: int = 1,
    workers: int = 0,
    limits: Limits | None = None,
    excluded: Sequence[str] = PRIVATE,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    scale: Scale | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Sampled:
    """Read files drawn at random for `seconds` at most; return what they say of the stores.

    The same seed, files and number of files read give the same answer. What was read already, by
    this state, is not read again; a whole examination later reads the rest.
    """
    until = clock() + seconds
    rules = rules_hash()
    told = progress or (lambda _progress: None)
    roots = [os.fsencode(folder) for folder in folders]
    for count in state.list_files([(n, walk(r, excluded)) for n, r in enumerate(roots)], rules):
        told(Progress(True, Done(0, count, 0, 0)))
    rows = state.cards()
    cards = [_card(stores[root].id, path, size) for _row, root, path, size in rows]
    ranks = {(root, _shown(path)): n for n, (_row, root, path, _size) in enumerate(rows)}
    spent = {"files": 0, "seconds": 0.0}

    def over() -> bool:
        return stop() or clock() >= until

    def read(wanted: Sequence[int]) -> None:
        began = clock()
        with executor_of(
            workers, "", rules, state.key, limits or Limits(), len(wanted)
        ) as executor:
            only = [rows[rank][0] for rank in wanted]
            Run(state, roots, executor, told, over, only).go()
        spent["files"] += len(wanted)
        spent["seconds"] += clock() - began

    def risks(wanted: Sequence[int]) -> dict[int, FileRisk | None]:
        drawn = set(wanted)
        found: dict[int, FileRisk | None] = {}
        for each in files_found(state, stores, on):
            rank = ranks.get((each.store, each.path))
            if rank in drawn and "not_yet" not in each.causes:
                found[rank] = None if each.state == "unexamined" else each.risk
        return found

    first = first_draw(cards, seed=seed, scale=scale)
    read(first)
    known = risks(first)
    pace = spent["seconds"] / max(1, spent["files"])
    left = max(0.0, (until - clock()) / pace) if pace else float(len(cards))
    told_risks = {rank: risk.value for rank, risk in known.items() if risk}
    draw = second_draw(cards, told_risks, budget=left, seed=seed, scale=scale)
    found = estimates(cards, draw, _in_order(draw, known), scale=scale)
    for at in range(0, len(draw.second), BATCH):
        if over() or (len(found) > 1 and not undecided(found)):
            break
        batch = draw.second[at : at + BATCH]
        read(batch)
        known |= risks(batch)
        found = estimates(cards, draw, _in_order(draw, known), scale=scale)
    return Sampled(found, sampling_reasons(draw, found), seed)


def _in_order(draw: Draw, known: Mapping[int, FileRisk | None]) -> dict[int, FileRisk | None]:
    """Return what was read up to the first file of the draw that was not: a draw has no hole."""
    read: dict[int, FileRisk | None] = {}
    for rank in draw.order:
        if rank not in known:
            break
        read[rank] = known[rank]
    return read


def _shown(path: bytes) -> str:
    return path.decode("utf-8", "backslashreplace")


def _card(store: str, path: bytes, size: int) -> FileCard:
    parts = PurePosixPath(_shown(path))
    return FileCard(store, parts.parts[:-1], parts.suffix.lower().lstrip(".") or "-", size)
