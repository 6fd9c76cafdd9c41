"""“In one hour, where is the fire?”: which files to read, in which order, and what they tell.

First, in each store, enough files drawn at random not to miss a content held by one in a hundred.
Then the time left goes where the risk of files varies most (Neyman, 1934), stratum by stratum. What
is read at any moment gives an estimate, for each prefix of the order is itself a random draw.
Nothing here opens a file: descriptions come in, an order and estimates go out.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import NormalDist

import numpy as np

from gouvernail_core.kernel import Interval, Reason, Text
from gouvernail_core.protection.detection.kinds import PersonalData
from gouvernail_core.protection.risk import (
    LEVEL,
    Factor,
    FileRisk,
    Reach,
    StoreRisk,
    file_risk,
    store_risk,
)
from gouvernail_core.protection.scale import Scale, default_scale

#: Folders below the root of a store that tell strata apart.
FOLDERS = 2
#: Files of a stratum among the first for its variance to be told; smaller ones are put together.
FIRST_IN_STRATUM = 10
#: Files drawn again in each stratum, at least, before the second draw is used.
AGAIN = 2
#: A variance told by a few files is drawn towards its store's, as if so many more had that one:
#: a stratum whose rare files were all missed at first would otherwise be read too little.
PRIOR_FILES = 10


@dataclass(frozen=True, slots=True)
class FileCard:
    """A file before it is read: its store, the folders it is in, its type, its size in bytes.

    `cost` is what reading it takes, in the unit of the budget: one file by default, or seconds.
    """

    store: str
    folders: tuple[str, ...]
    kind: str
    size: int
    cost: float = 1.0


@dataclass(frozen=True, slots=True)
class Draw:
    """The files to read, as ranks in the cards: `first`, then `second`; and each one's stratum.

    `strata` gives the stratum of every card, the small ones of a store put together.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    strata: tuple[str, ...]
    seed: int

    @property
    def order(self) -> tuple[int, ...]:
        """Return the whole order of reading."""
        return (*self.first, *self.second)


@dataclass(frozen=True, slots=True)
class StratumShare:
    """A stratum: how many files it has, how many were read, and the share that holds something."""

    stratum: str
    files: int
    read: int
    holding: int
    share: Interval


@dataclass(frozen=True, slots=True)
class StoreEstimate:
    """What the files read so far say of a store; `inclusion` is each one's chance to be read."""

    store: str
    files: int
    read: int
    risk: StoreRisk
    strata: tuple[StratumShare, ...]
    inclusion: Mapping[int, float]

    @property
    def bounds(self) -> Interval | None:
        """Return the interval of its risk, reduced to a point when all was read."""
        if self.risk.interval is not None:
            return self.risk.interval
        if self.files == self.read:
            return Interval(self.risk.value, self.risk.value)
        return None


def wilson(holding: int, read: int, *, level: float = LEVEL) -> Interval:
    """Return the interval of a share from `holding` out of `read` (Wilson, 1927).

    >>> wilson(0, 10).high, wilson(5, 10).low
    (0.2775, 0.2366)
    """
    if not 0 <= holding <= read:
        raise ValueError("as many hold something as were read, at most")
    if read == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, extra = holding / read, z * z / read
    middle = (share + extra / 2) / (1 + extra)
    half = z / (1 + extra) * math.sqrt(share * (1 - share) / read + extra / (4 * read))
    low = 0.0 if holding == 0 else max(0.0, middle - half)
    high = 1.0 if holding == read else min(1.0, middle + half)
    return Interval(round(low, 4), round(high, 4))


def strata_of(cards: Sequence[FileCard]) -> tuple[str, ...]:
    """Return the stratum of each file: store, first two folders, type, tenth of its store by size.

    >>> strata_of([FileCard("commun", ("rh", "paie", "2019"), "pdf", 9)])
    ('commun/rh/paie · pdf · 1',)
    """
    sizes: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        sizes[card.store].append(card.size)
    limits = {
        store: np.quantile(own, [tenth / 10 for tenth in range(1, 10)])
        for store, own in sizes.items()
    }
    return tuple(
        f"{'/'.join((card.store, *card.folders[:FOLDERS]))} · {card.kind} · "
        f"{int(np.searchsorted(limits[card.store], card.size)) + 1}"
        for card in cards
    )


def first_draw(
    cards: Sequence[FileCard], *, seed: int = 1, scale: Scale | None = None
) -> tuple[int, ...]:
    """Return the ranks of the files to read first, stores in turn.

    As many in each store as `Scale.first_files`, or all of it when it has fewer. The same cards and
    seed give the same files, whatever the other stores are.
    """
    count = (scale or default_scale()).first_files
    shuffled = _shuffled(cards, seed)
    return _in_turn(ranks[:count] for ranks in shuffled.values())


def second_draw(
    cards: Sequence[FileCard],
    risks: Mapping[int, float],
    *,
    budget: float,
    seed: int = 1,
    scale: Scale | None = None,
) -> Draw:
    """Return the whole draw once the first files are read: where to spend the budget that is left.

    `risks` gives the risk of each first file that could be read, by rank; `budget` is in the unit
    of the costs. A stratum gets files in proportion to N · s / √c: those it has left, the deviation
    of their risk among the first, their cost (Neyman, 1934; Cochran, 1977, §5.5).
    """
    count = (scale or default_scale()).first_files
    shuffled = _shuffled(cards, seed)
    first = _in_turn(ranks[:count] for ranks in shuffled.values())
    strata = _merged(cards, set(first))
    left: dict[str, list[int]] = {}
    for ranks in shuffled.values():
        for rank in ranks[count:]:
            left.setdefault(strata[rank], []).append(rank)
    spread = _deviations(cards, strata, first, risks)
    wanted = _allocation(cards, left, spread, budget)
    second, spent = [], 0.0
    for rank in _by_turns(left, wanted):
        if spent + cards[rank].cost > budget + 1e-9:
            break
        spent += cards[rank].cost
        second.append(rank)
    return Draw(first, tuple(second), strata, seed)


def estimates(
    cards: Sequence[FileCard],
    draw: Draw,
    read: Mapping[int, FileRisk | None],
    *,
    holding: Collection[int] | None = None,
    scale: Scale | None = None,
) -> tuple[StoreEstimate, ...]:
    """Return what the files read so far say of each store, the riskiest first.

    `read` gives the risk of each file reached so far, by rank; none for one that could not be
    read, which counts as not examined. `holding` are the ranks of files that hold what one looks
    for; by default, those in which something was found. Files must be read in the order of the
    draw. Raises ValueError for a rank that was not drawn.
    """
    if strangers := set(read) - set(draw.order):
        raise ValueError(f"files that were not drawn: {sorted(strangers)[:3]}")
    if holding is None:
        holding = {rank for rank, risk in read.items() if risk and risk.content.distinct}
    by_store: dict[str, list[int]] = {}
    for rank, card in enumerate(cards):
        by_store.setdefault(card.store, []).append(rank)
    found = [
        _estimate(cards, draw, read, frozenset(holding), store, ranks, scale)
        for store, ranks in by_store.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.risk.value, item.store)))


def undecided(found: Sequence[StoreEstimate]) -> tuple[tuple[str, str], ...]:
    """Return the stores next to each other whose order is not told yet; none means one may stop.

    Two stores are told apart when their intervals do not overlap.
    """
    return tuple(
        (one.store, two.store)
        for one, two in pairwise(found)
        if one.bounds is None or two.bounds is None or one.bounds.low <= two.bounds.high
    )


def sampling_reasons(draw: Draw, found: Sequence[StoreEstimate]) -> tuple[Reason, ...]:
    """Return what is proven and what is not: files drawn, seed, stores whose order is open."""
    read, files = sum(item.read for item in found), sum(item.files for item in found)
    drawn = Text(
        f"{read} fichiers lus sur {files}, tirés au sort (graine {draw.seed}).",
        f"{read} files read of {files}, drawn at random (seed {draw.seed}).",
    )
    if len(found) < 2:
        return (Reason("drawn", drawn),)
    pairs = undecided(found)
    if not pairs:
        text = Text(
            "L’ordre des gisements est établi : leurs intervalles à 95 % ne se touchent pas.",
            "The order of the stores is settled: their 95% intervals do not touch.",
        )
        return (Reason("drawn", drawn), Reason("settled", text))
    names = ", ".join(f"« {one} » et « {two} »" for one, two in pairs)
    names_en = ", ".join(f"“{one}” and “{two}”" for one, two in pairs)
    text = Text(
        f"Ordre non établi entre {names} : leurs intervalles à 95 % se touchent.",
        f"Order not settled between {names_en}: their 95% intervals touch.",
    )
    return (Reason("drawn", drawn), Reason("unsettled", text))


def _shuffled(cards: Sequence[FileCard], seed: int) -> dict[str, list[int]]:
    """Return the files of each store in random order, the seed being the store's own."""
    by_store: dict[str, list[int]] = {}
    for rank, card in enumerate(cards):
        by_store.setdefault(card.store, []).append(rank)
    shuffled = {}
    for store in sorted(by_store):
        own = int.from_bytes(hashlib.sha256(store.encode()).digest()[:8], "big")
        order = np.random.default_rng([seed, own]).permutation(len(by_store[store]))
        shuffled[store] = [by_store[store][place] for place in order.tolist()]
    return shuffled


def _in_turn(lists: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(rank for row in zip_longest(*lists) for rank in row if rank is not None)


def _merged(cards: Sequence[FileCard], first: Collection[int]) -> tuple[str, ...]:
    """Return the stratum of each file, those too small to tell a variance put together by store."""
    names = strata_of(cards)
    seen = Counter(names[rank] for rank in first)
    return tuple(
        name if seen[name] >= FIRST_IN_STRATUM else f"{card.store} · …"
        for name, card in zip(names, cards, strict=True)
    )


def _deviations(
    cards: Sequence[FileCard],
    strata: Sequence[str],
    first: Iterable[int],
    risks: Mapping[int, float],
) -> dict[str, float]:
    """Return the deviation of the risk of files in each stratum, drawn towards its store's."""
    by_stratum: dict[str, list[float]] = defaultdict(list)
    by_store: dict[str, list[float]] = defaultdict(list)
    for rank in first:
        if rank in risks:
            by_stratum[strata[rank]].append(risks[rank])
            by_store[cards[rank].store].append(risks[rank])
    whole = {store: _variance(own) for store, own in by_store.items()}
    home = {strata[rank]: card.store for rank, card in enumerate(cards)}
    found = {}
    for name, store in home.items():
        own = by_stratum.get(name, [])
        known = max(len(own) - 1, 0)
        variance = known * _variance(own) + PRIOR_FILES * whole.get(store, 0.0)
        found[name] = math.sqrt(variance / (known + PRIOR_FILES))
    return found


def _variance(values: Sequence[float]) -> float:
    return float(np.var(values, ddof=1)) if len(values) > 1 else 0.0


def _allocation(
    cards: Sequence[FileCard],
    left: Mapping[str, Sequence[int]],
    spread: Mapping[str, float],
    budget: float,
) -> dict[str, int]:
    """Return how many files of each stratum to read again, a full one giving its part to others."""
    size = {name: len(ranks) for name, ranks in left.items()}
    cost = {name: _mean_cost(cards, ranks) for name, ranks in left.items()}
    given: dict[str, int] = {name: min(AGAIN, size[name]) for name in left}
    open_ones = sorted(name for name in left if spread[name] > 0)
    money = budget - sum(given[name] * cost[name] for name in left if name not in open_ones)
    while open_ones and money > 0:
        pull = {name: size[name] * spread[name] / math.sqrt(cost[name]) for name in open_ones}
        whole = sum(pull[name] * cost[name] for name in open_ones)
        share = {name: money * pull[name] / whole for name in open_ones}
        full = [name for name in open_ones if share[name] >= size[name]]
        if not full:
            for name in open_ones:
                given[name] = max(given[name], math.floor(share[name]))
            break
        for name in full:
            given[name] = size[name]
            money -= size[name] * cost[name]
        open_ones = [name for name in open_ones if name not in full]
    return given


def _mean_cost(cards: Sequence[FileCard], ranks: Sequence[int]) -> float:
    return max(1e-9, math.fsum(cards[rank].cost for rank in ranks) / len(ranks))


def _by_turns(left: Mapping[str, Sequence[int]], wanted: Mapping[str, int]) -> list[int]:
    """Return the files wanted, a few of each stratum first, then each stratum at its own pace."""
    paced = [
        (-1.0 if place < AGAIN else place / wanted[name], name, place)
        for name in left
        for place in range(wanted[name])
    ]
    return [left[name][place] for _, name, place in sorted(paced)]


#: What stands for a file that could not be read: it adds no risk, its bytes are told apart.
_UNREAD_REASON = Reason("unread", Text("Non lu.", "Not read."))
_UNREAD = file_risk([], Reach(Factor(0.0, _UNREAD_REASON), Factor(0.0, _UNREAD_REASON)))


def _estimate(
    cards: Sequence[FileCard],
    draw: Draw,
    read: Mapping[int, FileRisk | None],
    holding: frozenset[int],
    store: str,
    ranks: Sequence[int],
    scale: Scale | None,
) -> StoreEstimate:
    chances, by_stratum = _inclusion(draw, read, ranks)
    used = sorted(chances)
    readable = [rank for rank in used if read[rank] is not None]
    lost = sum(cards[rank].size / chances[rank] for rank in used if read[rank] is None)
    total = sum(cards[rank].size for rank in ranks)
    unexamined = min(total, round(lost)) if used else total
    if not readable:
        unexamined = total
    risk = store_risk(
        [read[rank] or _UNREAD for rank in used] if readable else [],
        examined_bytes=total - unexamined,
        unexamined_bytes=unexamined,
        inclusion=[chances[rank] for rank in used] if readable else None,
        strata=[draw.strata[rank] for rank in used] if readable and by_stratum else None,
        seed=draw.seed,
        scale=scale,
    )
    if readable and risk.value == 0 and len(used) < len(ranks):
        risk = replace(
            risk, interval=_nothing_found([read[rank] for rank in readable], ranks, scale)
        )
    return StoreEstimate(
        store=store,
        files=len(ranks),
        read=sum(read.get(rank) is not None for rank in ranks),
        risk=risk,
        strata=_shares(draw, read, holding, ranks),
        inclusion=chances,
    )


def _nothing_found(
    read: Sequence[FileRisk | None], ranks: Sequence[int], scale: Scale | None
) -> Interval:
    """Return what may still be there when nothing was found in the files read.

    Up to 3 / n of the files could hold something (rule of three; Hanley and Lippman-Hand, 1983),
    each counted as one social security number at the worst exposure seen: nothing found in a few
    files is not nothing in all of them.
    """
    weights = scale or default_scale()
    worst = max(item.reach.value * item.age.value for item in read if item is not None)
    one = weights.weight(PersonalData.NIR) ** 2 * math.log10(2) * worst
    return Interval(0.0, min(1.0, 3 / len(read)) * len(ranks) * one)


def _inclusion(
    draw: Draw, read: Mapping[int, FileRisk | None], ranks: Sequence[int]
) -> tuple[dict[int, float], bool]:
    """Return the chance of each file used in the estimate of a store, and whether by stratum.

    The second draw is used once each stratum has been drawn again: the first files then stand for
    themselves, and those of the second draw for all that the first left. Given the first, the
    estimate is therefore unbiased however the second was shared out. Until then, the first files
    stand for the whole store.
    """
    own = set(ranks)
    first = [rank for rank in draw.first if rank in own and rank in read]
    again = [rank for rank in draw.second if rank in own and rank in read]
    whole = len(first) == sum(rank in own for rank in draw.first)
    left = Counter(draw.strata[rank] for rank in own - set(draw.first))
    drawn = Counter(draw.strata[rank] for rank in again)
    covered = all(drawn[name] >= min(AGAIN, count) for name, count in left.items())
    if not (whole and left and covered):
        return {rank: len(first) / len(own) for rank in first}, False
    later = {rank: drawn[draw.strata[rank]] / left[draw.strata[rank]] for rank in again}
    return dict.fromkeys(first, 1.0) | later, True


def _shares(
    draw: Draw,
    read: Mapping[int, FileRisk | None],
    holding: frozenset[int],
    ranks: Sequence[int],
) -> tuple[StratumShare, ...]:
    files = Counter(draw.strata[rank] for rank in ranks)
    seen = [rank for rank in ranks if read.get(rank) is not None]
    counted = Counter(draw.strata[rank] for rank in seen)
    held = Counter(draw.strata[rank] for rank in seen if rank in holding)
    return tuple(
        StratumShare(
            name, files[name], counted[name], held[name], wilson(held[name], counted[name])
        )
        for name in sorted(files)
    )
